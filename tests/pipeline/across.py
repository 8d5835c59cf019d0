"""Labelled articles that name the same and different entities, sent through the whole pipeline.

A file of articles: a line `== part | outlet | headline`, then the body, one paragraph a line. Names are marked
`[PER:id|surface]`; the id says who is meant, across all articles. The recogniser of these tests finds exactly the
marked names, and the places and organisations that the tables know, so that what is measured is the joining alone.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from rasd.annotating.gazetteer import Gazetteer
from rasd.annotating.model import Chunk, Tag, chunks, spread
from rasd.arabic.sentences import split_sentences
from rasd.arabic.tokens import tokenize
from rasd.pipeline.ingest import IngestOptions, ingest

_MARK = re.compile(r"\[(PER|LOC|ORG|MISC):([^|\]]+)\|([^\]]+)\]")


class Label(NamedTuple):
    """A marked name: type, who is meant, offsets into the body."""

    type: str
    entity: str
    start: int
    end: int


@dataclass(frozen=True)
class Labelled:
    """An article with its marked names."""

    part: str
    outlet: str
    headline: str
    body: str
    labels: tuple[Label, ...]


def parse(text: str) -> list[Labelled]:
    """Return the articles of a file."""
    found = []
    for chunk in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        head, _, marked = chunk.partition("\n")
        part, outlet, headline = (field.strip() for field in head.split("|"))
        found.append(Labelled(part, outlet, headline, *_unmark("\n".join(marked.split("\n")).strip())))
    return found


def _unmark(marked: str) -> tuple[str, tuple[Label, ...]]:
    body, labels, at = "", [], 0
    for mark in _MARK.finditer(marked):
        body += marked[at : mark.start()]
        labels.append(Label(mark[1], mark[2], len(body), len(body) + len(mark[3])))
        body += mark[3]
        at = mark.end()
    return body + marked[at:], tuple(labels)


class Oracle:
    """A recogniser that finds the marked names, and what the tables know of places and organisations."""

    engine, model, version = "oracle", "labels", "1"

    def __init__(self, articles: Iterable[Labelled]) -> None:
        self._known = Gazetteer()
        self._marked: dict[tuple[str, ...], list[Chunk]] = {}
        for article in articles:
            for span in split_sentences(article.body):
                tokens = tokenize(article.body, *span)
                found = []
                for label in article.labels:
                    inside = [i for i, t in enumerate(tokens) if t.start < label.end and label.start < t.end]
                    if inside:
                        found.append(Chunk(label.type, inside[0], inside[-1] + 1, 1.0))  # type: ignore[arg-type]
                self._marked[tuple(t.text for t in tokens)] = found
                # The reader takes the dateline off a body (دمشق - افتتح …).
                dash = next((i for i, t in enumerate(tokens[:4]) if t.text == "-"), None)
                if dash is not None:
                    cut = [c._replace(start=c.start - dash - 1, end=c.end - dash - 1) for c in found if c.start > dash]
                    self._marked[tuple(t.text for t in tokens[dash + 1 :])] = cut

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        """Return one tag per token."""
        tagged = []
        for sentence, known in zip(sentences, self._known.tag(sentences), strict=True):
            marked = self._marked.get(tuple(sentence), [])
            others = [
                c
                for c in chunks(known)
                if c.type != "PER" and all(c.end <= m.start or m.end <= c.start for m in marked)
            ]
            tagged.append(spread(sorted([*marked, *others], key=lambda c: c.start), len(sentence)))
        return tagged


def load(
    engine: sa.Engine, folder: Path, articles: Sequence[Labelled], *, oracle: Oracle, batch_pages: int = 500
) -> None:
    """Send articles through the pipeline, in the order given."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, article in enumerate(articles):
        record = {
            "title": article.headline,
            "maintext": article.body,
            "date_publish": "2024-05-14 10:00:00",
            "publisher": article.outlet,
        }
        (folder / f"{number:04}.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    books = ingest(engine, IngestOptions(str(folder), batch_pages=batch_pages, settle_seconds=0), oracle)
    assert books.loaded == len(articles), books


_FOUND = """
SELECT t.headline, t.body, m.start_offset, e.entity_key
FROM core.mention AS m JOIN core.article AS t USING (article_id) LEFT JOIN core.entity AS e USING (entity_id)
WHERE m.part = 'body'
"""


def found(engine: sa.Engine, articles: Sequence[Labelled]) -> list[tuple[Labelled, Label, str | None]]:
    """Return each marked name with the key of the entity that the warehouse points it to."""
    whole = {a.headline: a.body for a in articles}
    with engine.connect() as connection:
        rows = connection.execute(sa.text(_FOUND)).all()
    # What the reader took off the beginning of a body shifts its offsets.
    keys = {(h, start + len(whole[h]) - len(body)): key for h, body, start, key in rows if h in whole}
    labels = [(a, x) for a in articles for x in a.labels]
    missing = [(a.headline, a.body[x.start : x.end]) for a, x in labels if (a.headline, x.start) not in keys]
    assert not missing, missing[:5]
    return [(a, label, keys[a.headline, label.start]) for a, label in labels]


def pairs(grouped: Iterable[tuple[int, str, str | None]]) -> tuple[int, int, int]:
    """Return how many pairs of (article, wanted, found) are rightly one, are made one, and should be one.

    A pair is two entities of two articles, each article counted once for each of its entities.
    """
    items = sorted({(article, wanted, got or f"none {i}") for i, (article, wanted, got) in enumerate(grouped)})
    counted: dict[str, int] = defaultdict(int)
    for (a, wanted, got), (b, other, also) in combinations(items, 2):
        if a != b:
            counted["wanted"] += wanted == other
            counted["made"] += got == also
            counted["right"] += wanted == other and got == also
    return counted["right"], counted["made"], counted["wanted"]
