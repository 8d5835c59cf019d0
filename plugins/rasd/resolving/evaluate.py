"""Measures how names are joined, and holds the measures to floors that only rise.

    python -m rasd.resolving.evaluate [--data ../shared] [--floors tests/resolving/floors.json]

Pairs: two names stand in one article; do they come out as one entity? (`tests/resolving/name_pairs.tsv`, half of it
set aside.) Groups: the labelled mentions of the gold pages, article by article; do those of one person, place or
organisation get one key on all pages? (B³, Bagga and Baldwin 1998: per mention, the share of its group that is right.)
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from rasd.annotating.evaluate import gold_pages
from rasd.annotating.model import EntityType, Mention
from rasd.resolving.document import resolve

_PAIRS = Path("tests/resolving/name_pairs.tsv")
_FLOORS = Path("tests/resolving/floors.json")


class Pair(NamedTuple):
    """Two names and whether they are one; `part` is dev or held."""

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
    found = {f"pairs, {part}": score_pairs([p for p in pairs if p.part == part]) for part in ("dev", "held")}
    if data is not None and (data / "gold").is_dir():
        found["groups of the gold pages"] = score_groups(data)
    return found


def below(floors: Mapping[str, Mapping[str, float]], found: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return, in words, each measure under its floor."""
    return [
        f"{what}, {name}: {found[what][name]:.1f} is below the floor of {floor:.1f}"
        for what, named in floors.items()
        if what in found
        for name, floor in named.items()
        if found[what][name] < floor
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures; return 1 if one of them is below its floor."""
    parser = argparse.ArgumentParser(prog="python -m rasd.resolving.evaluate", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="folder that holds gold and seeds")
    parser.add_argument("--pairs", type=Path, default=_PAIRS)
    parser.add_argument("--floors", type=Path, default=_FLOORS)
    parser.add_argument("--raise", dest="lift", action="store_true", help="write floors up to what was measured")
    parser.add_argument("--errors", action="store_true", help="tell which dev pairs are decided wrongly")
    given = parser.parse_args(arguments)
    pairs = read_pairs(given.pairs)
    found = measures(pairs, given.data)
    for what, named in found.items():
        print(f"{what:26}", *(f"{name} {value:5.1f}" for name, value in named.items()), sep="  ")
    if given.errors:
        for pair in pairs:
            if pair.part == "dev" and joined(pair) != (pair.verdict == "same"):
                print("wrong:", *pair[1:], sep="  ")
    floors = json.loads(given.floors.read_text("utf-8")) if given.floors.exists() else {}
    if given.lift:
        lifted = {w: {n: max(v, floors.get(w, {}).get(n, 0.0)) for n, v in named.items()} for w, named in found.items()}
        given.floors.write_text(json.dumps({**floors, **lifted}, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    failures = below(floors, found)
    for failure in failures:
        print(f"below the floor: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
