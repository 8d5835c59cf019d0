"""Measures how names are joined, and holds the measures to floors that only rise.

    python tests/resolving/evaluate_groups.py [--data ../shared] [--raise] [--errors]

Pairs: two names stand in one article; do they come out as one entity? (`name_pairs.tsv`, half of it set aside.)
Groups: the labelled mentions of the gold pages, article by article; do those of one person, place or organisation get
one key on all pages? (B³, Bagga and Baldwin 1998: per mention, the share of its group that is right.) Speakers: which
of the names, given rightly, speaks in each quotation, on the gold pages and in `speakers.txt`, half of it set aside?
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from floors import Measures, lifted, told  # noqa: E402
from floors import below as under  # noqa: E402
from gold import gold_pages  # noqa: E402
from rasd.annotating.model import EntityType, Mention  # noqa: E402
from rasd.reading.quotations import find_quotations  # noqa: E402
from rasd.resolving.document import Resolved, resolve  # noqa: E402
from rasd.resolving.speakers import Asked, find_speakers  # noqa: E402

_PAIRS = HERE / "name_pairs.tsv"
_FLOORS = HERE / "floors.json"
_SPEAKERS = HERE / "speakers.txt"


class Pair(NamedTuple):
    """Two names and whether they are one; `part` is dev, open or held."""

    part: str
    type: EntityType
    a: str
    b: str
    verdict: str
    hard: str


def read_pairs(path: Path) -> list[Pair]:
    """Return the labelled pairs of a file."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [Pair(**cast(dict[str, Any], row)) for row in csv.DictReader(lines, delimiter="\t")]


def _mention(kind: EntityType, surface: str, prefix: str = "") -> Mention:
    return Mention(kind, 0, len(surface), surface, prefix, 1.0)


def joined(pair: Pair) -> bool:
    """Whether the two names, alone in an article, come out as one entity."""
    a, b = resolve([_mention(pair.type, pair.a), _mention(pair.type, pair.b)])
    return a.key == b.key


def score_pairs(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return precision and recall of `same`, in per cent."""
    said = {pair: joined(pair) for pair in pairs}
    right = sum(same for pair, same in said.items() if pair.verdict == "same")
    return {
        "precision": round(100 * right / max(sum(said.values()), 1), 1),
        "recall": round(100 * right / max(sum(pair.verdict == "same" for pair in pairs), 1), 1),
    }


def score_groups(data: Path) -> dict[str, float]:
    """Return B³ precision, recall and F1 of the gold pages' mentions, in per cent, over all pages together."""
    wanted: list[str] = []
    found: list[str] = []
    for _, gold in gold_pages(data):
        article_of = {segment["id"]: segment["group"] for segment in gold["segments"]}
        articles: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
        for entity in gold["entities"]:
            for m in entity["mentions"]:
                mention = Mention(entity["type"], m["start"], m["end"], m["surface"], m["prefix"], 1.0)
                articles[article_of[m["segment"]] or "M"].append((entity["id"], mention))
        for labelled in articles.values():
            wanted += [entity for entity, _ in labelled]
            found += [entity.key for entity in resolve([mention for _, mention in labelled])]
    return b_cubed(wanted, found)


# A text with its names (who is meant, the mention) and, by the offsets of the quotations that are speech, who speaks:
# "-" where the text leaves it open.
Spoken = tuple[str, list[tuple[str, Mention]], dict[tuple[int, int], str]]


def score_speakers(texts: Iterable[Spoken]) -> dict[str, float]:
    """Return precision and recall, in per cent, of the speakers of quotations."""
    right = told = wanted = 0
    for text, named, spoken in texts:
        named.sort(key=lambda n: n[1].start)
        mentions = [mention for _, mention in named]
        entities = [Resolved(f"{m.type}/{who}", m.type, who, False, "own name", 1.0) for who, m in named]
        quotations = [q for q in find_quotations(text) if (q.start, q.end) in spoken]
        asked = [Asked(q.speaker_start, q.speaker_end, q.how) for q in quotations]
        found = find_speakers(text, mentions, entities, asked)
        wanted += sum(who != "-" for who in spoken.values())
        for quotation, speaker in zip(quotations, found, strict=True):
            if speaker is not None:
                told += 1
                right += named[speaker.mention][0] == spoken[quotation.start, quotation.end]
    return {"precision": round(100 * right / max(told, 1), 1), "recall": round(100 * right / max(wanted, 1), 1)}


def gold_speakers(data: Path) -> Iterator[Spoken]:
    """Yield the gold pages as `score_speakers` takes them: an article at a time, line breaks as paragraphs."""
    for text, gold in gold_pages(data):
        named = [
            (entity["id"], Mention(entity["type"], m["start"], m["end"], m["surface"], m["prefix"], 1.0))
            for entity in gold["entities"]
            for m in entity["mentions"]
        ]
        spoken = {
            (q["start"], q["end"]): q["speaker"] or "-"
            for q in gold["quotations"]
            if q["type"] in ("direct", "partial")
        }
        yield text, named, spoken


_MARK = re.compile(r"\[(PER|LOC|ORG|MISC):([^|\]]+)\|([^\]]+)\]|\{([^}]+)\}")


def own_speakers(part: str) -> Iterator[Spoken]:
    """Yield the texts of a part of `speakers.txt` as `score_speakers` takes them."""
    for chunk in re.split(r"^== ", _SPEAKERS.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, _, marked = chunk.partition("\n")
        if name.strip() != part:
            continue
        text, named, spoken, at = "", [], {}, 0
        for mark in _MARK.finditer(marked):
            text += marked[at : mark.start()]
            if mark[4] is None:
                mention = Mention(cast(EntityType, mark[1]), len(text), len(text) + len(mark[3]), mark[3], "", 1.0)
                named.append((mark[2], mention))
                text += mark[3]
            else:
                spoken[text.rindex('"', 0, len(text) - 1), len(text)] = mark[4]
            at = mark.end()
        yield text + marked[at:], named, spoken


def b_cubed(wanted: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """Return B³ precision, recall and F1 in per cent of one grouping of items against another."""
    by_wanted, by_found = _groups(wanted), _groups(found)
    together = [len(by_wanted[w] & by_found[f]) for w, f in zip(wanted, found, strict=True)]
    count = len(together)
    precision = sum(n / len(by_found[f]) for n, f in zip(together, found, strict=True)) / count
    recall = sum(n / len(by_wanted[w]) for n, w in zip(together, wanted, strict=True)) / count
    f1 = 2 * precision * recall / (precision + recall)
    return {"precision": round(100 * precision, 1), "recall": round(100 * recall, 1), "F1": round(100 * f1, 1)}


def _groups(labels: Sequence[str]) -> dict[str, set[int]]:
    groups: dict[str, set[int]] = defaultdict(set)
    for i, label in enumerate(labels):
        groups[label].add(i)
    return groups


def measures(pairs: Sequence[Pair], data: Path | None) -> dict[str, dict[str, float]]:
    """Return all measures; those of the gold pages only where they are there."""
    found = {f"pairs, {part}": score_pairs([p for p in pairs if p.part == part]) for part in ("dev", "open", "held")}
    found |= {f"speakers, {part}": score_speakers(own_speakers(part)) for part in ("dev", "open", "held")}
    if data is not None and (data / "gold").is_dir():
        found["groups of the gold pages"] = score_groups(data)
        found["speakers of the gold pages"] = score_speakers(gold_speakers(data))
    return found


def below(floors: Measures, found: Measures) -> list[str]:
    """Return, in words, each measure under its floor; what could not be measured here has none."""
    return under({what: named for what, named in floors.items() if what in found}, found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures; return 1 if one of them is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="folder that holds gold and seeds")
    parser.add_argument("--pairs", type=Path, default=_PAIRS)
    parser.add_argument("--floors", type=Path, default=_FLOORS)
    parser.add_argument("--raise", dest="lift", action="store_true", help="write floors up to what was measured")
    parser.add_argument("--errors", action="store_true", help="tell which open pairs are decided wrongly")
    given = parser.parse_args(arguments)
    pairs = read_pairs(given.pairs)
    found = measures(pairs, given.data)
    for what, named in found.items():
        print(f"{what:26}", *(f"{name} {value:5.1f}" for name, value in named.items()), sep="  ")
    if given.errors:
        for pair in pairs:
            if pair.part != "held" and joined(pair) != (pair.verdict == "same"):
                print("wrong:", *pair[1:], sep="  ")
    floors = json.loads(given.floors.read_text("utf-8")) if given.floors.exists() else {}
    if given.lift:
        given.floors.write_text(
            json.dumps({**floors, **lifted(floors, found)}, indent=2, sort_keys=True) + "\n", encoding="utf-8"
        )
    return told(below(floors, found))


if __name__ == "__main__":
    sys.exit(main())
