"""Measures recognisers on annotated text and holds them to floors that only rise.

    python -m rasd.annotating.evaluate --data ../shared [--engine neural] [--floors tests/annotating/floors.json]

Mentions count as found when start, end and type agree. Three texts: the labelled pages (`gold/README.md` says what is
optional and what is ignored there), the dev cut of ANERcorp (last 15 % of the train sentences, BIO labels compared)
and AQMAR dev. ANERcorp and AQMAR draw some borders otherwise than Rasd does (clitics inside, some titles inside), so
there the tags of the recogniser itself are compared.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from rasd.annotating.annotate import annotate
from rasd.annotating.engines import load_recogniser
from rasd.annotating.model import ENTITY_TYPES, LABELS, EntityType, Mention, Recogniser, Tag, chunks
from rasd.errors import SettingError

# Kinds of segments whose names are labelled on the gold pages.
_LABELLED = frozenset({"title", "metadata", "dateline", "main_article", "related_article", "tweet", "tags"})
_DEV_SHARE = 0.15


@dataclass
class Score:
    """Counts of mentions by type, and the measures that follow from them."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)

    def measures(self, kind: str | None = None) -> tuple[float, float, float]:
        """Return precision, recall and F1 in per cent, of one type or of all."""
        right, found, wanted = (
            (sum(c.values()) if kind is None else c[kind]) for c in (self.right, self.found, self.wanted)
        )
        precision = 100 * right / found if found else 0.0
        recall = 100 * right / wanted if wanted else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


# ------------------------------------------------------------------------------------------------- labelled pages


def gold_pages(data: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the decoded text and the labels of each gold page."""
    for path in sorted((data / "gold").glob("0*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        yield (data / "seeds" / gold["file"]).read_bytes().decode("utf-8"), gold


def labelled_stretches(text: str, gold: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return the ranges of a gold page where every name is labelled: an English post is left out."""
    ranges = []
    for segment in gold["segments"]:
        if segment["kind"] not in _LABELLED:
            continue
        start, end = segment["start"], segment["end"]
        if segment["kind"] == "tweet":
            body = next(t["body"] for t in gold["tweets"] if t["segment"] == segment["id"])
            start, end = body["start"], body["end"]
            if not any("\u0621" <= c <= "\u064a" for c in text[start:end]):
                continue
        ranges.append((start, end))
    return ranges


def score_page(gold: Mapping[str, Any], found: Sequence[Mention], into: Score) -> tuple[list[Mention], list[Any]]:
    """Add a page's counts; return what was found wrongly and what was missed."""
    wanted: dict[tuple[int, int], tuple[str, set[str]]] = {}
    optional: set[tuple[int, int]] = set()
    for entity in gold["entities"]:
        for mention in entity["mentions"]:
            span = (mention["start"], mention["end"])
            if mention["status"] == "required":
                wanted[span] = (entity["type"], {entity["type"], *(entity.get("alt_types") or ())})
            else:
                optional.add(span)
    ignored = [(r["start"], r["end"]) for r in gold["ignore_regions"]]
    into.wanted.update(kind for kind, _ in wanted.values())
    wrong, hit = [], set()
    for mention in found:
        span = (mention.start, mention.end)
        if span in wanted and mention.type in wanted[span][1]:
            kind = wanted[span][0]
            into.right[kind] += 1
            into.found[kind] += 1
            hit.add(span)
        elif span in optional or (not _overlaps(span, wanted) and _overlaps(span, [*ignored, *optional])):
            continue
        else:
            into.found[mention.type] += 1
            wrong.append(mention)
    return wrong, [(span, kind) for span, (kind, _) in wanted.items() if span not in hit]


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def score_gold(data: Path, recogniser: Recogniser, errors: list[str] | None = None) -> Score:
    """Return the score on the gold pages; with `errors`, what was wrong is told there."""
    score = Score()
    for text, gold in gold_pages(data):
        ranges = labelled_stretches(text, gold)
        annotated = annotate([text[start:end] for start, end in ranges], recogniser)
        found = [
            Mention(m.type, m.start + start, m.end + start, m.surface, m.prefix, m.confidence)
            for (start, _), mentions in zip(ranges, annotated, strict=True)
            for m in mentions
        ]
        wrong, missed = score_page(gold, found, score)
        if errors is not None:
            errors += [f"{gold['file']} +{m.type} {m.surface!r} [{m.start}, {m.end})" for m in wrong]
            errors += [f"{gold['file']} -{kind} {text[a:b]!r} [{a}, {b})" for (a, b), kind in missed]
    return score


# ------------------------------------------------------------------------------------------------ annotated corpora


def read_bio(path: Path) -> list[list[tuple[str, str]]]:
    """Return the sentences of a `word TAG` file with labels in Rasd's words (PERS is PER, MIS is MISC)."""
    names = {"PERS": "PER", "MIS": "MISC"}
    sentences = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        sentence = []
        for line in block.splitlines():
            word, _, label = line.rpartition(" ")
            part, dash, kind = label.partition("-")
            full = f"{part}{dash}{names.get(kind, kind)}"
            if full not in LABELS:
                raise SettingError(
                    f"{label!r} is no label", where=str(path), do="Use BIO labels over PER LOC ORG MISC."
                )
            sentence.append((word, full))
        sentences.append(sentence)
    return sentences


def score_bio(sentences: Sequence[Sequence[tuple[str, str]]], recogniser: Recogniser) -> Score:
    """Return the score on sentences of words and labels."""
    score = Score()
    tagged = recogniser.tag([[word for word, _ in sentence] for sentence in sentences])
    for sentence, tags in zip(sentences, tagged, strict=True):
        wanted = {c[:3] for c in chunks([Tag(label) for _, label in sentence])}
        found = {c[:3] for c in chunks(tags)}
        score.wanted.update(kind for kind, _, _ in wanted)
        score.found.update(kind for kind, _, _ in found)
        score.right.update(kind for kind, _, _ in wanted & found)
    return score


def scores(data: Path, recogniser: Recogniser, errors: list[str] | None = None) -> dict[str, Score]:
    """Return the scores on all three texts, by name."""
    train = read_bio(data / "ner" / "anercorp" / "train.txt")
    return {
        "gold pages": score_gold(data, recogniser, errors),
        "ANERcorp dev": score_bio(train[len(train) - round(len(train) * _DEV_SHARE) :], recogniser),
        "AQMAR dev": score_bio(read_bio(data / "ner" / "aqmar" / "dev.txt"), recogniser),
    }


# --------------------------------------------------------------------------------------------------------- reporting


def figures(measured: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    """Return F1 by text and type, rounded to a tenth of a point as floors are kept."""
    kinds: list[EntityType | None] = [None, *ENTITY_TYPES]
    return {
        text: {kind or "all": round(score.measures(kind)[2], 1) for kind in kinds} for text, score in measured.items()
    }


def below(floors: Mapping[str, Mapping[str, float]], measured: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return, in words, each figure that is under its floor."""
    return [
        f"{text}, {kind}: {measured[text][kind]:.1f} is below the floor of {floor:.1f}"
        for text, kinds in floors.items()
        for kind, floor in kinds.items()
        if measured[text][kind] < floor
    ]


def _table(measured: Mapping[str, Score]) -> str:
    lines = [f"{'text':14} {'type':5} {'precision':>9} {'recall':>7} {'F1':>6} {'mentions':>9}"]
    for text, score in measured.items():
        for kind in (None, *ENTITY_TYPES):
            precision, recall, f1 = score.measures(kind)
            count = sum(score.wanted.values()) if kind is None else score.wanted[kind]
            lines.append(f"{text:14} {kind or 'all':5} {precision:9.1f} {recall:7.1f} {f1:6.1f} {count:9}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures; return 1 if one of them is below its floor."""
    parser = argparse.ArgumentParser(prog="python -m rasd.annotating.evaluate", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="folder that holds gold, seeds and ner")
    parser.add_argument("--engine", default=None, help="recogniser, as RASD_RECOGNISER names it")
    parser.add_argument(
        "--floors", type=Path, default=Path("tests/annotating/floors.json"), help="F1 that must be kept"
    )
    parser.add_argument("--raise", dest="lift", action="store_true", help="write floors up to what was measured")
    parser.add_argument("--errors", action="store_true", help="tell what is wrong on the gold pages")
    given = parser.parse_args(arguments)
    recogniser = load_recogniser(given.engine)
    errors: list[str] = []
    measured = scores(given.data, recogniser, errors)
    print(f"{recogniser.engine} {recogniser.model} {recogniser.version}\n{_table(measured)}")
    if given.errors:
        print("\n".join(errors))
    floors = cast(dict[str, Any], json.loads(given.floors.read_text("utf-8")) if given.floors.exists() else {})
    mine, now = floors.get(recogniser.engine, {}), figures(measured)
    if given.lift:
        lifted = {t: {k: max(f, mine.get(t, {}).get(k, 0.0)) for k, f in kinds.items()} for t, kinds in now.items()}
        floors[recogniser.engine] = lifted
        given.floors.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    failures = below(mine, now)
    for failure in failures:
        print(f"below the floor: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
