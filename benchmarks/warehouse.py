"""Measures the warehouse at size: loading into an empty and into a full one, merging, asking, disk.

    RASD_HOME=/data/million python benchmarks/million.py      # once: fill a warehouse of a million articles
    RASD_HOME=/data/million python benchmarks/warehouse.py    # measure on it; without one, a small one is made first

Everything compared is run in this one call, on one server. It adds the batches that it loads to the warehouse: their
pages are new in every call. Rates are rows of all tables together, ratios mean more than times.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import million
import sqlalchemy as sa
from sqlalchemy import orm
from warehouse_questions import QUESTIONS

from rasd.annotating import load_recogniser
from rasd.local import house
from rasd.pipeline import publishing
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.reading.outlets import Outlets
from rasd.warehouse import migrate, schema
from rasd.warehouse.engine import connect
from rasd.warehouse.load import Staging, stage

HERE = Path(__file__).resolve().parent
# As the pipeline does it: pages and articles of one transaction.
PAGES, ARTICLES = 250, 500
# A table with more rows than this is large: a question must not read it through.
LARGE = 20_000

# What is merged together, what of it first; the keys by which its rows belong to one transaction.
LANDED = ("raw.page", "raw.delivery", "ops.outcome", "ops.quarantine")
READ = (
    "core.page", "core.article", "core.appearance", "core.segment", "core.tweet", "core.sentence", "core.quotation"
)  # fmt: skip
NAMED = ("core.annotation", "core.entity", "core.sense", "core.sense_name", "core.mention")
TOLD = ("core.article_sketch", "core.story_link", "core.story_article")
Rows = dict[str, list[str]]


# Batches ---------------------------------------------------------------------------------------------------------


class Batch:
    """Rows of some blocks as the pipeline would stage them: per transaction, by table, as lines of COPY."""

    def __init__(self, seed: int, blocks: int) -> None:
        self.lines: Rows = defaultdict(list)
        names: set[tuple[int, int]] = set()
        for number in range(blocks):
            lines, found = million.block(seed, number, blocks * million.BLOCK)
            names |= found
            for table, rows in lines.items():
                self.lines[table] += rows
        run = self.lines["ops.run"][0].split("\t", 1)[0]
        entities = million.catalogue().entities
        named = [entities[who] for who in sorted({who for who, _ in names})]
        self.entity = {e.entity_id: million.entity_row(e, run) for e in named}
        self.sense = {e.entity_id: million.sense_row(e, run) for e in named}
        self.spelling = {
            (entities[who].entity_id, f.spelling): million.sense_name_row(entities[who].entity_id, f, run)
            for who, number in sorted(names)
            for f in (entities[who].forms[number],)
        }
        self.run = run
        self.n_rows = sum(map(len, self.lines.values())) - len(self.lines["ops.run"])
        self.transactions = list(self._transactions())

    def _transactions(self) -> Iterator[tuple[tuple[str, ...], Rows]]:
        """Yield the tables and rows of each transaction, in the order in which the pipeline writes them."""
        by_page = {t: _grouped(self.lines[t], 3 if t == "ops.outcome" else 0) for t in LANDED}
        pages = sorted(by_page["raw.page"])
        for part in _parts(pages, 5 * PAGES):
            yield LANDED, {t: _of(by_page[t], part) for t in LANDED}
        of_page = {t: _grouped(self.lines[t], 6 if t == "core.article" else 0) for t in READ[:5]}
        of_article = {t: _grouped(self.lines[t]) for t in (*READ[5:], *NAMED, *TOLD) if t not in NAMED[1:4]}
        home = {row.split("\t", 1)[0]: row.split("\t")[6:8] for row in self.lines["core.article"]}
        for part in _parts(pages, PAGES):
            rows = {t: _of(of_page[t], part) for t in READ[:5]}
            articles = [row.split("\t", 1)[0] for row in rows["core.article"]]
            for table in READ[5:]:
                rows[table] = [
                    f"{row}\t{home[a][0]}\t{home[a][1]}" for a in articles for row in of_article[table].get(a, ())
                ]
            yield READ, rows
        for part in _parts(sorted(home), ARTICLES):
            rows = {t: _of(of_article[t], part) for t in ("core.annotation", "core.mention")}
            spelled = {(m[10], m[11]) for m in (row.split("\t") for row in rows["core.mention"])}
            met = sorted({e for e, _ in spelled})
            rows["core.entity"] = [self.entity[e] for e in met]
            rows["core.sense"] = [self.sense[e] for e in met]
            rows["core.sense_name"] = [self.spelling[s] for s in sorted(spelled)]
            yield NAMED, rows
        for part in _parts(sorted(home), ARTICLES):
            yield TOLD, {t: _of(of_article[t], part) for t in TOLD}

    def load(self, engine: sa.Engine) -> None:
        """Load it as the pipeline does: staged by COPY, one merge per table, one transaction per part."""
        self.prepare(engine)
        for tables, rows in self.transactions:
            with engine.begin() as connection:
                staging = Staging(connection, *tables)
                for table in tables:
                    if rows[table]:
                        extra = ", page_id, appearance_no" if table in READ[5:] else ""
                        columns = million.COLUMNS[table] + extra
                        million.copy_lines(connection, stage(table), columns, rows[table])
                        staging.analyze(table)
                order = ("core.entity", "core.sense", "core.mention", "core.sense_name", "core.annotation")
                staging.merge(*(order if tables is NAMED else tables))

    def prepare(self, engine: sa.Engine) -> None:
        """Write what the rows refer to and the pipeline had written before: the runs, the outlets."""
        with engine.begin() as connection:
            staging = Staging(connection, "core.outlet")
            staging.copy(
                "core.outlet",
                (
                    {"outlet_id": o.outlet_id, "name": o.name, "kind": o.kind, "country": o.country}
                    for o in Outlets.load()
                ),
            )
            staging.merge("core.outlet")
            if not connection.scalar(sa.text("SELECT EXISTS (SELECT FROM ops.run WHERE run_id = :r)"), {"r": self.run}):
                million.copy_lines(connection, "ops.run", million.COLUMNS["ops.run"], self.lines["ops.run"])

    def tables(self) -> Iterator[tuple[str, list[str]]]:
        """Yield all rows by table, in an order in which each finds what it refers to."""
        for table in million.COLUMNS:
            if table == "core.entity":
                yield table, list(self.entity.values())
            elif table == "core.sense":
                yield table, list(self.sense.values())
            elif table == "core.sense_name":
                yield table, list(self.spelling.values())
            elif table not in ("ops.run", "core.article_search", "core.entity_name"):
                yield table, self.lines[table]


def _grouped(lines: Sequence[str], column: int = 0) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        groups[line.split("\t", column + 1)[column]].append(line)
    return groups


def _of(groups: dict[str, list[str]], keys: Sequence[str]) -> list[str]:
    return [line for key in keys for line in groups.get(key, ())]


def _parts(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


# Loading ---------------------------------------------------------------------------------------------------------


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def wal_bytes(engine: sa.Engine, work: Callable[[], object]) -> tuple[float, int]:
    """Do `work`; return its seconds and the bytes of write-ahead log that the server wrote meanwhile."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What a checkpoint makes of a page's first change afterwards depends on when it was.
        connection.exec_driver_sql("CHECKPOINT")
        before = connection.scalar(sa.text("SELECT pg_current_wal_insert_lsn()"))
        seconds = timed(work)
        written = connection.scalar(
            sa.text("SELECT pg_current_wal_insert_lsn() - CAST(:lsn AS pg_lsn)"), {"lsn": before}
        )
    return seconds, int(written or 0)


def copy_bare(engine: sa.Engine, batch: Batch) -> None:
    """COPY the batch's rows into tables without key, index or check."""
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA IF EXISTS bare CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA bare")
        for table, rows in batch.tables():
            target = f"bare.{table.replace('.', '_')}"
            connection.exec_driver_sql(f"CREATE TABLE {target} (LIKE {table})")
            # What is filled in by a default stays empty here.
            for column in schema.metadata.tables[table].columns:
                if column.name not in million.COLUMNS[table].replace(",", "").split() and not column.nullable:
                    connection.exec_driver_sql(f"ALTER TABLE {target} ALTER {column.name} DROP NOT NULL")
            if rows:
                million.copy_lines(connection, target, million.COLUMNS[table], rows)


def python_rows(batch: Batch) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Yield table, columns and rows as Python values, as a program that reads pages has them."""
    for table, lines in batch.tables():
        columns = million.COLUMNS[table].split(", ")
        types = [schema.metadata.tables[table].c[c].type for c in columns]
        yield (
            table,
            columns,
            [tuple(_value(text, type_) for text, type_ in zip(line.split("\t"), types, strict=True)) for line in lines],
        )


def _value(text: str, type_: Any) -> Any:
    if text == "\\N":
        return None
    if isinstance(type_, sa.ARRAY):
        inner = text[1:-1]
        convert: Callable[[str], Any] = int if isinstance(type_.item_type, sa.Integer) else str
        return [convert(part.strip('"')) for part in inner.split(",")] if inner else []
    if isinstance(type_, sa.LargeBinary):
        return bytes.fromhex(text.removeprefix("\\\\x"))
    if isinstance(type_, sa.UUID):
        return uuid.UUID(text)
    if isinstance(type_, sa.Boolean):
        return text == "t"
    if isinstance(type_, sa.Integer):
        return int(text)
    if isinstance(type_, sa.Float):
        return float(text)
    return text.replace("\\n", "\n")


def insert_rows(engine: sa.Engine, batch: Batch) -> int:
    """Insert with `insert_rows` of Airflow's database hook, as it comes; return how many rows."""
    from airflow.providers.common.sql.hooks.sql import DbApiHook

    class Hook(DbApiHook):  # PostgresHook without its connection form: `insert_rows` is this one's
        conn_name_attr = "bench"
        bench = "bench"
        supports_autocommit = True
        dialect_name = "default"  # asked of the connection form otherwise
        connection_extra: ClassVar[dict[str, str]] = {}

        def get_conn(self) -> Any:
            return engine.raw_connection()

    written = 0
    for table, columns, rows in python_rows(batch):
        if rows:
            plain = [tuple(str(v) if isinstance(v, uuid.UUID) else v for v in row) for row in rows]
            Hook().insert_rows(table, plain, target_fields=columns)
            written += len(rows)
    return written


def orm_merge(engine: sa.Engine, batch: Batch) -> int:
    """Merge object by object with SQLAlchemy's ORM; return how many."""
    registry = orm.registry()
    classes: dict[str, type] = {}
    for name, table in schema.metadata.tables.items():
        if table.primary_key.columns:
            classes[name] = type(name.replace(".", "_"), (), {})
            registry.map_imperatively(classes[name], table)
    written = 0
    with orm.Session(engine) as session:
        for table, columns, rows in python_rows(batch):
            for row in rows:
                session.merge(classes[table](**dict(zip(columns, row, strict=True))))
            session.flush()
            session.expunge_all()
            written += len(rows)
        session.commit()
    return written


def ingest_pages(engine: sa.Engine, inbox: Path) -> None:
    books = ingest(engine, IngestOptions(str(inbox), settle_seconds=0), load_recogniser("default"))
    if books.seen != books.loaded + books.updated + books.duplicate + books.quarantined:
        sys.exit("the books do not close")


# Asking ----------------------------------------------------------------------------------------------------------


def ask(engine: sa.Engine, times: int) -> Iterator[tuple[str, float, float, float, list[str]]]:
    """Yield question, median and 95th percentile in milliseconds, the goal, and what large tables it reads through."""
    with engine.connect() as connection:
        large = {
            row[0]
            for row in connection.execute(
                sa.text("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND reltuples > :n"), {"n": LARGE}
            )
        }
    for question in QUESTIONS:
        seconds: list[float] = []
        through: Counter[str] = Counter()
        with engine.connect() as connection:
            samples = [dict(r._mapping) for r in connection.execute(sa.text(question.samples), {"n": times})] or [{}]
            for number in range(times):
                chosen = samples[number % len(samples)]
                if number < 3:
                    plan = connection.scalar(sa.text(f"EXPLAIN (FORMAT JSON) {question.sql}"), chosen)
                    through.update(name for name in _read_through(plan[0]["Plan"]) if name in large)
                start = time.perf_counter()
                connection.execute(sa.text(question.sql), chosen).all()
                seconds.append(time.perf_counter() - start)
                connection.rollback()
        cuts = statistics.quantiles(seconds, n=20, method="inclusive")
        yield question.name, 1000 * statistics.median(seconds), 1000 * cuts[-1], question.goal_ms, sorted(through)


def _read_through(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"].endswith("Seq Scan"):
        yield plan["Relation Name"]
    for child in plan.get("Plans", ()):
        yield from _read_through(child)


# All of it -------------------------------------------------------------------------------------------------------


def small_and_large(opened: house.House) -> tuple[sa.Engine, sa.Engine]:
    """Return an empty warehouse and the full one, on one server; fill that with a little where there is none."""
    migrate.create_database(opened.warehouse_dsn)
    large = opened.warehouse()
    migrate.migrate(large)
    with large.connect() as connection:
        is_empty = not connection.scalar(sa.text("SELECT EXISTS (SELECT FROM core.article)"))
    if is_empty:
        print(
            "No warehouse to measure on: one of 20,000 articles is made. See benchmarks/million.py for the million.\n"
        )
        million.fill(opened.warehouse_dsn, articles=20_000, workers=os.cpu_count() or 1)
    name = "bench_empty"
    admin = connect(opened.postgres.dsn("postgres")).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    admin.dispose()
    migrate.create_database(opened.postgres.dsn(name))
    small = connect(opened.postgres.dsn(name))
    migrate.migrate(small)
    return small, large


def show(what: str, figure: str, goal: str = "", is_met: bool | None = None) -> None:
    met = {None: "", True: "yes", False: "NO"}[is_met]
    print(f"| {what} | {figure} | {goal} | {met} |", flush=True)


def measure_loads(small: sa.Engine, large: sa.Engine, blocks: int) -> None:
    seed = time.time_ns()
    batches = [Batch(seed + i, blocks) for i in range(4)]
    # In turn, so that what else the machine does meets both.
    into: dict[str, list[float]] = {"small": [], "large": []}
    published: dict[str, list[float]] = {"small": [], "large": []}
    warehouses = {"small": small, "large": large}
    for engine in warehouses.values():
        Batch(seed + 9, 1).load(engine)
        publishing.publish(engine)
    for batch in batches:
        for name, engine in warehouses.items():
            into[name].append(batch.n_rows / timed(partial(batch.load, engine)))
            published[name].append(len(batch.lines["core.article"]) / timed(partial(publishing.publish, engine)))
    empty, full = (statistics.median(into[k]) for k in ("small", "large"))
    bare = statistics.median(b.n_rows / timed(partial(copy_bare, large, b)) for b in batches)
    with large.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA bare CASCADE")
    show("merge into an empty warehouse", f"{empty:,.0f} rows/s")
    show("merge into the full one", f"{full:,.0f} rows/s, {full / empty:.2f} of that", ">= .8", full >= 0.8 * empty)
    first, later = (statistics.median(published[k]) for k in ("small", "large"))
    show("publish into an empty warehouse", f"{first:,.0f} articles/s")
    show(
        "publish into the full one",
        f"{later:,.0f} articles/s, {later / first:.2f} of that",
        ">= .8",
        later >= 0.8 * first,
    )
    show("bare COPY of the same rows", f"{bare:,.0f} rows/s")
    show("merge against bare COPY", f"{full / bare:.2f}", ">= .3", full >= 0.3 * bare)
    seconds, wal = wal_bytes(large, partial(batches[-1].load, large))
    again = batches[-1].n_rows / seconds
    per_row = wal / batches[-1].n_rows
    show("merge of the same batch again", f"{again:,.0f} rows/s, {per_row:.1f} bytes of WAL a row")
    few = Batch(seed + 5, 1)
    few.prepare(large)
    rate = few.n_rows / timed(partial(insert_rows, large, few))
    show("Airflow hook's insert_rows", f"{rate:,.0f} rows/s, merge {full / rate:.1f} times", ">= 5", full >= 5 * rate)
    fewer = Batch(seed + 6, 1)
    fewer.prepare(large)
    rate = fewer.n_rows / timed(partial(orm_merge, large, fewer))
    show("SQLAlchemy's ORM merge", f"{rate:,.0f} rows/s, merge {full / rate:.1f} times", ">= 50", full >= 50 * rate)


def measure_pipeline(small: sa.Engine, large: sa.Engine, pages: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder)
        seed = str(int(time.time()))
        command = [sys.executable, str(HERE / "pages.py"), "--count", str(pages), "--seed", seed, "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        half, rest = inbox / "half", inbox / "rest"
        found = sorted(p for p in inbox.rglob("*") if p.is_file())
        for target in (half, rest):
            target.mkdir()
        for number, path in enumerate(found):
            path.rename((half, rest)[number % 2] / path.name)
        ingest_pages(small, half)  # warm: models and tables are read, both have something to compare with
        ingest_pages(large, half)
        count = sum(1 for _ in rest.iterdir())
        empty = count / timed(partial(ingest_pages, small, rest))
        full = count / timed(partial(ingest_pages, large, rest))
        again, wal = wal_bytes(large, partial(ingest_pages, large, rest))
    show("whole pipeline into an empty warehouse", f"{empty:.0f} pages/s")
    show(
        "whole pipeline into the full one",
        f"{full:.0f} pages/s, {full / empty:.2f} of that",
        ">= .8",
        full >= 0.8 * empty,
    )
    show(
        "rerun of the unchanged batch",
        f"{count / again:.0f} pages/s, {count / again / full:.1f} times the first, {wal / count:.0f} bytes of WAL each",
        ">= 5",
        count / again >= 5 * full,
    )


def measure_disk(large: sa.Engine) -> None:
    with large.connect() as connection:
        articles = int(connection.scalar(sa.text("SELECT count(*) FROM core.article")) or 1)
        total = int(connection.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0)
        tables = connection.execute(
            sa.text(
                """
                SELECT oid::regclass::text, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class
                WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('raw', 'core', 'ops', 'report')
                ORDER BY pg_total_relation_size(oid) DESC LIMIT 8
                """
            )
        ).all()
    show("disk", f"{total / articles / 1024:.1f} KiB an article, {total / 2**30:.1f} GiB in all")
    for name, heap, indexes in tables:
        show(f"of it {name}", f"{heap / articles:,.0f} bytes an article, indexes {indexes / articles:,.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blocks", type=int, default=4, help="blocks of 500 articles in a merged batch")
    parser.add_argument("--pages", type=int, default=1000, help="pages through the whole pipeline")
    parser.add_argument("--times", type=int, default=40, help="how often each question is asked")
    parser.add_argument("--only", choices=["merge", "pipeline", "ask", "disk"], help="measure only this")
    arguments = parser.parse_args()
    with house.opened() as opened:
        small, large = small_and_large(opened)
        with large.connect() as connection:
            articles = connection.scalar(sa.text("SELECT count(*) FROM core.article"))
        print(f"{articles:,} articles; {os.cpu_count()} cores\n")
        print("| what | figure | goal | met |\n| --- | --- | --- | --- |")
        if arguments.only in (None, "merge"):
            measure_loads(small, large, arguments.blocks)
        if arguments.only in (None, "pipeline"):
            measure_pipeline(small, large, arguments.pages)
        if arguments.only in (None, "ask"):
            for name, median, high, goal, through in ask(large, arguments.times):
                figure = f"p50 {median:.0f} ms, p95 {high:.0f} ms"
                if through:
                    figure += f", reads through {', '.join(through)}"
                show(name, figure, f"p95 < {goal:.0f} ms", high < goal and not through)
        if arguments.only in (None, "disk"):
            measure_disk(large)
        small.dispose()
        large.dispose()


if __name__ == "__main__":
    main()
