"""Measures how names of different articles are joined, and holds the measures to floors that only rise.

    python tests/pipeline/evaluate_joining.py [--raise] [--errors]

The labelled articles of `across.txt` go through the whole pipeline into a warehouse. Pairs: two entities of two
articles, are they one where they should be? B³ (Bagga and Baldwin 1998) over all marked names: per name, the share of
its group that is right. Half of the articles is set aside: only their measures are looked at.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from across import Label, Labelled, Oracle, found, load, pairs, parse

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from floors import below, lifted, told  # noqa: E402

ARTICLES, FLOORS = HERE / "across.txt", HERE / "joining_floors.json"

Found = Sequence[tuple[Labelled, Label, str | None]]


def measures(engine: sa.Engine, folder: Path) -> tuple[dict[str, dict[str, float]], Found]:
    """Send the articles through the pipeline and return the measures of each half, in per cent, with what was found."""
    articles = parse(ARTICLES.read_text(encoding="utf-8"))
    load(engine, folder, articles, oracle=Oracle(articles))
    everything = found(engine, articles)
    return {part: score([f for f in everything if f[0].part == part]) for part in ("dev", "held")}, everything


def score(items: Found) -> dict[str, float]:
    """Return pair precision and recall, and B³ F1."""
    number = {a.headline: i for i, a in enumerate(dict.fromkeys(a for a, _, _ in items))}
    right, made, wanted = pairs((number[a.headline], label.entity, key) for a, label, key in items)
    by_wanted, by_found = defaultdict(set), defaultdict(set)
    for i, (_, label, key) in enumerate(items):
        by_wanted[label.entity].add(i)
        by_found[key].add(i)
    together = [len(by_wanted[label.entity] & by_found[key]) for _, label, key in items]
    precision = sum(n / len(by_found[key]) for n, (_, _, key) in zip(together, items, strict=True)) / len(items)
    recall = sum(n / len(by_wanted[x.entity]) for n, (_, x, _) in zip(together, items, strict=True)) / len(items)
    return {
        "pair precision": round(100 * right / max(made, 1), 1),
        "pair recall": round(100 * right / max(wanted, 1), 1),
        "B³ F1": round(200 * precision * recall / (precision + recall), 1),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures; return 1 if one of them is below its floor."""
    from rasd.warehouse import migrate
    from rasd.warehouse.embedded import EmbeddedPostgres
    from rasd.warehouse.engine import connect

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", dest="lift", action="store_true", help="write floors up to what was measured")
    parser.add_argument("--errors", action="store_true", help="tell what is joined wrongly in the dev half")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder) / "house", durable=False) as server:
        migrate.create_database(server.dsn("joining"))
        engine = connect(server.dsn("joining"))
        migrate.migrate(engine)
        measured, everything = measures(engine, Path(folder) / "inbox")
        engine.dispose()
    for part, named in measured.items():
        print(f"names across articles, {part:5}", *(f"{name} {value:5.1f}" for name, value in named.items()), sep="  ")
    if given.errors:
        for article, label, key in sorted(everything, key=lambda f: f[1].entity):
            if article.part == "dev":
                print(label.entity, article.body[label.start : label.end], key, article.headline, sep="  ")
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    if given.lift:
        FLOORS.write_text(
            json.dumps(lifted(floors, measured), ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8"
        )
    return told(below(floors, measured))


if __name__ == "__main__":
    sys.exit(main())
