"""Measure the newsroom over HTTP: the first page of every room, as a browser asks for it.

    make bench-newsroom RASD_WAREHOUSE_DSN=postgresql://… [ARGS="--times 40"]

The application is the one that Airflow serves, without Airflow's login, on a port of this machine. Each request gets a
connection of its own from the pool; rooms that show one thing show another one each time (the most named entities, the
newest articles, different words), so that no answer comes out of a memory of the same question.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from itertools import cycle

import sqlalchemy as sa

from rasd.newsroom import alone
from rasd.warehouse.engine import connect

# Searched for in turn: what stands in every second text, what stands in few, two words, a phrase.
QUESTIONS = (
    "السعودية",
    "كازاخستان",
    "مصر القاهرة",
    '"وزارة الخارجية"',
    "الحكومة OR البرلمان",
    "مخطوط*",
    "النفط -الغاز",
)


def rooms(dsn: str) -> dict[str, Callable[[], str]]:
    """Return, by room, what gives the next address to ask for."""
    engine = connect(dsn)
    with engine.connect() as connection:

        def column(query: str) -> list[str]:
            return [str(row[0]) for row in connection.execute(sa.text(query))]

        entities = column("SELECT entity_id FROM core.entity_total ORDER BY n_articles DESC LIMIT 20")
        rare = column("SELECT entity_id FROM core.entity_total WHERE n_articles BETWEEN 20 AND 60 LIMIT 20")
        articles = column("SELECT article_id FROM core.article_day ORDER BY published_on DESC NULLS LAST LIMIT 40")
        days = column("SELECT published_on FROM core.press_day WHERE published_on IS NOT NULL ORDER BY 1 DESC LIMIT 20")
    engine.dispose()

    def each(path: str, values: list[str] | tuple[str, ...]) -> Callable[[], str]:
        turn = cycle(values)
        return lambda: path.format(urllib.parse.quote(next(turn)))

    return {
        "today, newest day": lambda: "",
        "today, another day": each("?day={}", days),
        "articles": each("articles?day={}", days),
        "article": each("article/{}", articles),
        "entities": lambda: "entities",
        "entity, most named": each("entity/{}", entities),
        "entity, seldom named": each("entity/{}", rare),
        "search": each("search?q={}", QUESTIONS),
        "health": lambda: "health",
    }


def measure(newsroom: str, address: Callable[[], str], times: int) -> tuple[list[float], int]:
    """Ask for one address of a room after another; return their milliseconds, sorted, and the last one's bytes."""
    taken, size = [], 0
    for number in range(times + 1):
        started = time.perf_counter()
        with urllib.request.urlopen(f"{newsroom}/{address()}", timeout=60) as answer:
            size = len(answer.read())
        if number:  # the first one opens connections and reads templates
            taken.append(1000 * (time.perf_counter() - started))
    return sorted(taken), size


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dsn", default=os.environ.get("RASD_WAREHOUSE_DSN"))
    parser.add_argument("--times", type=int, default=40, help="requests per room")
    asked = parser.parse_args()
    if not asked.dsn:
        sys.exit("Name a warehouse: RASD_WAREHOUSE_DSN or --dsn. benchmarks/million.py fills one.")
    engine = connect(asked.dsn)
    with engine.connect() as connection:
        n = connection.scalar(sa.text("SELECT reltuples::bigint FROM pg_class WHERE oid = 'core.article'::regclass"))
    engine.dispose()
    print(f"{n:,} articles; milliseconds from request to the last byte, {asked.times} requests a room\n")
    print(f"{'room':22} {'p50':>7} {'p95':>7} {'worst':>7} {'KiB':>6}")
    with alone.served(asked.dsn) as newsroom:
        for room, address in rooms(asked.dsn).items():
            times, size = measure(newsroom, address, asked.times)
            p95 = times[min(len(times) - 1, round(0.95 * len(times)))]
            print(f"{room:22} {times[len(times) // 2]:7.0f} {p95:7.0f} {times[-1]:7.0f} {size / 1024:6.0f}", flush=True)


if __name__ == "__main__":
    main()
