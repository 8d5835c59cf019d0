"""Score the search on labelled pairs, beside Postgres's own configurations: `make eval-search`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from rasd.arabic.search import vector
from rasd.warehouse import migrate
from rasd.warehouse.embedded import EmbeddedPostgres
from rasd.warehouse.engine import connect

HERE = Path(__file__).resolve().parent


class Pair(NamedTuple):
    is_match: bool
    query: str
    text: str


class Score(NamedTuple):
    """Shares of the pairs that must match and do, and of those that must not and do not."""

    found: float
    spared: float
    wrong: tuple[Pair, ...]


def pairs() -> list[Pair]:
    lines = (HERE / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [Pair(sign == "+", query, text) for sign, query, text in rows]


_OWN = "SELECT CAST(:tokens AS tsvector) @@ report.search_query(:query)"
# What Postgres offers a user: websearch syntax, and to_tsquery for a single beginning of a word.
_OTHERS = """
SELECT to_tsvector('{0}', :text) @@ CASE WHEN :query ~ '^\\w+\\*$'
  THEN to_tsquery('{0}', rtrim(:query, '*') || ':*') ELSE websearch_to_tsquery('{0}', :query) END
"""


def scores(connection: sa.Connection) -> dict[str, Score]:
    """Return the score of Rasd's search and of the configurations `arabic` and `simple`."""
    statements = {"rasd": _OWN, "arabic": _OTHERS.format("arabic"), "simple": _OTHERS.format("simple")}
    everything = pairs()
    result = {}
    for name, statement in statements.items():
        answers = [
            connection.scalar(
                sa.text(statement.replace(":*'", "\\:*'")),
                {"query": p.query, "text": p.text, "tokens": vector(None, p.text)},
            )
            for p in everything
        ]
        right = [a == p.is_match for a, p in zip(answers, everything, strict=True)]
        found = [r for r, p in zip(right, everything, strict=True) if p.is_match]
        spared = [r for r, p in zip(right, everything, strict=True) if not p.is_match]
        wrong = tuple(p for r, p in zip(right, everything, strict=True) if not r)
        result[name] = Score(sum(found) / len(found), sum(spared) / len(spared), wrong)
    return result


def main() -> None:
    with tempfile.TemporaryDirectory() as home, EmbeddedPostgres(Path(home), durable=False) as server:
        migrate.create_database(server.dsn("search"))
        engine = connect(server.dsn("search"))
        migrate.migrate(engine)
        with engine.connect() as connection:
            result = scores(connection)
        engine.dispose()
    everything = pairs()
    must = sum(p.is_match for p in everything)
    print(f"{must} pairs must match, {len(everything) - must} must not\n")
    print(f"{'':<8}{'found':>10}{'spared':>10}")
    for name, score in result.items():
        print(f"{name:<8}{score.found:>10.1%}{score.spared:>10.1%}")
    for pair in result["rasd"].wrong:
        print(f"\n{'missed' if pair.is_match else 'wrongly found'}: {pair.query} | {pair.text}")


if __name__ == "__main__":
    sys.exit(main())
