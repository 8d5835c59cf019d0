"""Measures the warehouse at size: loading into an empty and into a full one, merging, asking, exporting, disk.

    RASD_HOME=/data/million python benchmarks/million.py      # once: fill a warehouse of a million articles
    RASD_HOME=/data/million python benchmarks/warehouse.py    # measure on it; without one, a small one is made first
    RASD_HOME=… python benchmarks/warehouse.py --only partitions    # does it pay to partition by month? not in the rest

Everything compared is run in this one call, on one server. It adds the batches that it loads to the warehouse: their
pages are new in every call. Rates are rows of all tables together, ratios mean more than times. "CPU" is the ratio of
processor seconds, of this program and of the whole server together: it stands on a machine that others use as well.
A question is asked once with each of its samples, then again and again: "worst of the first" includes the disk.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, ClassVar, NamedTuple

import million
import sqlalchemy as sa
from sqlalchemy import orm
from warehouse_questions import QUESTIONS, Question

from rasd.annotating import load_recogniser
from rasd.local import house
from rasd.pipeline import publishing, resolving
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.reading.outlets import Outlets
from rasd.warehouse import embedded, migrate, schema
from rasd.warehouse.engine import connect, transaction
from rasd.warehouse.load import Staging, stage

HERE = Path(__file__).resolve().parent
# As the pipeline does it: pages and articles of one transaction.
PAGES, ARTICLES = 500, 500
# Batches have as many articles a day as a warehouse of so many.
_DAYS_OF = 1_000_000
# Generated pages go through the pipeline in so many parts; the last is what is measured.
_PIPELINE_PARTS = 4
# A table with more rows than this, and than a fifth of the articles, is large: a question must not read it through.
LARGE = 20_000

# What is merged together, what of it first; the keys by which its rows belong to one transaction.
LANDED = ("raw.page", "raw.delivery", "ops.outcome", "ops.quarantine")
READ = (
    "core.page", "core.article", "core.appearance", "core.segment", "core.tweet", "core.sentence", "core.quotation"
)  # fmt: skip
NAMED = ("core.annotation", "core.entity", "core.sense", "core.sense_name", "core.mention", "core.speaker")
TOLD = ("core.article_sketch", "core.story_link", "core.story_article")
Rows = dict[str, list[str]]


# Batches ---------------------------------------------------------------------------------------------------------


class Batch:
    """Rows of some blocks as the pipeline would stage them: per transaction, by table, as lines of COPY.

    What arrives together was published together: its articles are of a day or two, some time in the two years.
    """

    def __init__(self, seed: int, blocks: int) -> None:
        self.lines: Rows = defaultdict(list)
        names: set[tuple[int, int]] = set()
        first = Random(seed).randrange(_DAYS_OF // million.BLOCK - blocks)
        for number in range(first, first + blocks):
            lines, found = million.block(seed, number, _DAYS_OF)
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
        for part in _parts(pages, PAGES):
            yield LANDED, {t: _of(by_page[t], part) for t in LANDED}
        of_page = {t: _grouped(self.lines[t], 6 if t == "core.article" else 0) for t in READ[:5]}
        of_article = {t: _grouped(self.lines[t]) for t in (*READ[5:], *NAMED, *TOLD) if t not in NAMED[1:4]}
        # A link belongs to both of its articles, as resolving stages it: what one stages without it, it takes away.
        for other, links in _grouped(self.lines["core.story_link"], 1).items():
            of_article["core.story_link"].setdefault(other, []).extend(links)
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
            rows = {t: _of(of_article[t], part) for t in ("core.annotation", "core.mention", "core.speaker")}
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
            with transaction(engine, is_derived=tables is not LANDED) as connection:
                staging = Staging(connection, *tables)
                for table in tables:
                    if rows[table]:
                        extra = ", page_id, appearance_no" if table in READ[5:] else ""
                        staging.copy_lines(table, (million.COLUMNS[table] + extra).split(", "), rows[table])
                order = (
                    "core.entity",
                    "core.sense",
                    "core.mention",
                    "core.speaker",
                    "core.sense_name",
                    "core.annotation",
                )
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

    def prepare_names(self, engine: sa.Engine) -> None:
        """Write whom its rows name, for a way of loading that cannot tell what is there already."""
        with engine.begin() as connection:
            staging = Staging(connection, "core.entity", "core.sense")
            for table, rows in (("core.entity", self.entity), ("core.sense", self.sense)):
                million.copy_lines(connection, stage(table), million.COLUMNS[table], list(rows.values()))
                staging.merge(table)

    def settle(self, engine: sa.Engine) -> None:
        """Say where its names point, as joining does after a load: each to the entity of its own sense."""
        with engine.begin() as connection:
            staging = Staging(connection, "core.sense_name")
            million.copy_lines(
                connection, stage("core.sense_name"), million.COLUMNS["core.sense_name"], list(self.spelling.values())
            )
            staging.merge("core.sense_name")
            for table in ("core.sense", "core.sense_name", "core.mention"):
                connection.execute(
                    sa.text(
                        f"UPDATE {table} SET entity_id = sense_id"
                        " WHERE sense_id = ANY (CAST(:senses AS uuid[])) AND entity_id IS NULL"
                    ),
                    {"senses": list(self.sense)},
                )
            # Whoever inserted them without a merge did not know that a name had been joined.
            connection.execute(
                sa.text(
                    "UPDATE core.mention AS m SET entity_id = n.entity_id FROM core.sense_name AS n"
                    " WHERE m.article_id = ANY (CAST(:articles AS uuid[]))"
                    " AND (n.sense_id, n.name) = (m.sense_id, m.spelling) AND m.entity_id IS DISTINCT FROM n.entity_id"
                ),
                {"articles": list(_grouped(self.lines["core.article"]))},
            )

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


class Cost(NamedTuple):
    """What something cost: seconds by the clock, and processor seconds of this program and of the server."""

    seconds: float
    cpu: float

    def per(self, n: float) -> Cost:
        """Return what one of n things cost."""
        return Cost(self.seconds / n, self.cpu / n)


class Meter:
    """Measures what is done on the embedded server: time, processor, write-ahead log."""

    def __init__(self, postgres: embedded.EmbeddedPostgres) -> None:
        self._postgres = postgres
        self._server = int((postgres.data / "postmaster.pid").read_text().split("\n", 1)[0])

    def cost(self, work: Callable[[], object]) -> Cost:
        """Do `work` and return what it cost."""
        gc.collect()
        cpu, start = self._cpu(), time.perf_counter()
        work()
        return Cost(time.perf_counter() - start, self._cpu() - cpu)

    @staticmethod
    def _position(engine: sa.Engine, *, before: str = "SELECT 1", after: str = "SELECT 1") -> str:
        """Return the place in the log that the next record will have, between two statements."""
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(before)
            place = connection.scalar(sa.text("SELECT pg_current_wal_insert_lsn()"))
            connection.exec_driver_sql(after)
        return str(place)

    def _cpu(self) -> float:
        """Return processor seconds used so far: of the server with all its processes, those that have ended too."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(") ")[2].split()
            except OSError:  # it has just ended, and is in the sum of its parent
                continue
            if int(stat.parent.name) == self._server:
                ticks += sum(map(int, fields[11:15]))
            elif int(fields[1]) == self._server:
                ticks += sum(map(int, fields[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK") + time.process_time()

    def read_indexes(self, engine: sa.Engine) -> int:
        """Read the files of all indexes, so that the machine has them in memory; return how many bytes those are."""
        with engine.connect() as connection:
            paths = connection.scalars(
                sa.text(
                    "SELECT pg_relation_filepath(oid) FROM pg_class"
                    " WHERE relkind = 'i' AND relnamespace::regnamespace::text IN ('raw', 'core', 'ops')"
                )
            ).all()
        n_bytes = 0
        for path in (self._postgres.data / p for p in paths):
            for part in (path, *path.parent.glob(f"{path.name}.*")):  # a file of more than a gigabyte has several
                with part.open("rb") as file:
                    while block := file.read(2**22):
                        n_bytes += len(block)
        return n_bytes

    @staticmethod
    def _own(engine: sa.Engine) -> int:
        """Return the bytes of log that the connection which `engine` gives next has written itself."""
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("SELECT pg_stat_force_next_flush()")
            written = connection.scalar(sa.text("SELECT wal_bytes FROM pg_stat_get_backend_wal(pg_backend_pid())"))
        return int(written or 0)

    def wal(self, engine: sa.Engine, work: Callable[[], object]) -> tuple[Cost, int, dict[str, int]]:
        """Do `work`; return its cost, the bytes of write-ahead log that its connection wrote, and by kind the server's.

        What the server writes besides is autovacuum, mostly: it looks after what was loaded and published before.
        """
        # What a checkpoint makes of a first change afterwards depends on when it was. The connection is given back
        # before `work` wants one: a new one would make staging tables anew.
        first, before = self._position(engine, before="CHECKPOINT"), self._own(engine)
        cost = self.cost(work)
        own = self._own(engine) - before
        last = self._position(engine, after="SELECT pg_switch_wal()")
        dump = [str(embedded.binaries() / "pg_waldump"), "--path", str(self._postgres.data / "pg_wal")]
        shown = subprocess.run(
            [*dump, "--start", str(first), "--end", str(last), "--stats=record"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        # Kind, records, their share, bytes of records, of page images, of both, each with its share.
        kinds = re.findall(r"^(\S+/\S+) +\d+ .* (\d+) \( *[\d.]+\)$", shown, re.MULTILINE)
        return cost, own, {kind: int(n) for kind, n in kinds if int(n)}


def largest(kinds: dict[str, int]) -> str:
    """Return the three largest kinds of log records with their shares, in words."""
    total = sum(kinds.values()) or 1
    most = sorted(kinds.items(), key=lambda kind: -kind[1])[:3]
    return ", ".join(f"{name} {100 * n / total:.0f} %" for name, n in most)


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


_BESIDE_KEYS = """
SELECT format('DROP INDEX %s', indexrelid::regclass) FROM pg_index
WHERE indrelid = CAST(:table AS regclass) AND NOT indisprimary
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


def copy_keyed(meter: Meter, engine: sa.Engine, batch: Batch) -> Cost:
    """COPY the batch's rows into the tables themselves with nothing left but their primary keys: less cannot be done.

    Names are left out, which are there already. Everything is taken back: only the space stays until a vacuum.
    """
    written = [(t, rows) for t, rows in batch.tables() if rows and t not in NAMED[1:4]]
    with engine.connect() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table, _ in written:
            for statement in connection.scalars(sa.text(_BESIDE_KEYS), {"table": table}).all():
                connection.exec_driver_sql(statement)

        def copy() -> None:
            for table, rows in written:
                million.copy_lines(connection, table, million.COLUMNS[table], rows)

        cost = meter.cost(copy)
        connection.rollback()
    return cost.per(sum(len(rows) for _, rows in written))


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

        @staticmethod
        def _serialize_cell(cell: object, _conn: object = None) -> object:  # as PostgresHook has it
            return cell

        def get_conn(self) -> Any:
            return engine.raw_connection()

    written = 0
    for table, columns, rows in python_rows(batch):
        # Names are shared with other articles, and this only inserts: they are there already.
        if rows and table not in NAMED[1:4]:
            plain = [tuple(str(v) if isinstance(v, uuid.UUID) else v for v in row) for row in rows]
            with contextlib.redirect_stdout(io.StringIO()):  # it tells every thousand rows
                Hook().insert_rows(table, plain, target_fields=columns)
            written += len(rows)
    return written


def orm_merge(engine: sa.Engine, batch: Batch) -> int:
    """Merge object by object with SQLAlchemy's ORM; return how many.

    Names are left out, as above: it would take them back to where they pointed before they were joined.
    """
    registry = orm.registry()
    classes: dict[str, type] = {}
    for name, table in schema.metadata.tables.items():
        if table.primary_key.columns:
            classes[name] = type(name.replace(".", "_"), (), {})
            registry.map_imperatively(classes[name], table)
    written = 0
    with orm.Session(engine) as session:
        for table, columns, rows in python_rows(batch):
            if table in NAMED[1:4]:
                continue
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

# Rows of large tables that this session read by reading a table through, inside functions too.
_READ_THROUGH = """
SELECT s.relname, s.seq_tup_read
FROM pg_stat_xact_user_tables AS s JOIN pg_class AS c ON c.oid = s.relid
WHERE s.schemaname IN ('raw', 'core', 'ops') AND s.seq_tup_read > 0 AND c.reltuples > greatest(:large,
  (SELECT reltuples / 5 FROM pg_class WHERE oid = 'core.article'::regclass))
"""


def _read_through(connection: sa.Connection) -> dict[str, int]:
    return {row.relname: row.seq_tup_read for row in connection.execute(sa.text(_READ_THROUGH), {"large": LARGE})}


class Asked(NamedTuple):
    """How long a question took, in milliseconds: each sample once, then again and again; what it read through."""

    first: float
    median: float
    high: float
    cpu: float
    through: list[str]


def ask(engine: sa.Engine, times: int) -> Iterator[tuple[Question, Asked]]:
    """Ask every question so many times, in turn with different samples."""
    for question in QUESTIONS:
        with engine.connect() as connection:
            samples = [dict(r._mapping) for r in connection.execute(sa.text(question.samples), {"n": times})] or [{}]
            connection.rollback()

            def once(chosen: dict[str, Any], connection: sa.Connection = connection, text: str = question.sql) -> float:
                start = time.perf_counter()
                connection.execute(sa.text(text), chosen).all()
                return 1000 * (time.perf_counter() - start)

            # The first time rows come from the disk, and the counters are looked at.
            first, through = 0.0, set[str]()
            for chosen in samples:
                before = _read_through(connection)
                first = max(first, once(chosen))
                after = _read_through(connection)
                through |= {name for name, n in after.items() if n - before.get(name, 0) > LARGE}
                connection.rollback()
            used = _backend_seconds(connection)
            taken = []
            for number in range(times):
                taken.append(once(samples[number % len(samples)]))
                connection.rollback()
            used = 1000 * (_backend_seconds(connection) - used) / times
        high = statistics.quantiles(taken, n=20, method="inclusive")[-1]
        yield question, Asked(first, statistics.median(taken), high, used, sorted(through))


def _backend_seconds(connection: sa.Connection) -> float:
    """Return the processor seconds that the server has used for this connection; 0 if it runs elsewhere."""
    stat = Path(f"/proc/{connection.scalar(sa.text('SELECT pg_backend_pid()'))}/stat")
    connection.rollback()
    fields = stat.read_text().rpartition(") ")[2].split() if stat.exists() else ["0"] * 13
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


# Exporting -------------------------------------------------------------------------------------------------------


def export_days(opened: house.House, folder: Path, since: date, until: date) -> tuple[float, int]:
    """Run `rasd export` of some days; return seconds and the most memory that it held, in bytes."""
    command = [sys.executable, "-m", "rasd", "export", str(folder), "--since", str(since), "--until", str(until)]
    environment = {**os.environ, "RASD_WAREHOUSE_DSN": opened.warehouse_dsn}
    start, most = time.perf_counter(), 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as process:
        while process.poll() is None:
            # Its own high-water mark: what wait4 tells counts this program as well, out of which it was made.
            with contextlib.suppress(OSError, IndexError):
                status = Path(f"/proc/{process.pid}/status").read_text()
                most = max(most, 1024 * int(status.split("VmHWM:")[1].split()[0]))
            time.sleep(0.05)
    if process.returncode:
        sys.exit("the export failed")
    return time.perf_counter() - start, most


def measure_export(opened: house.House, large: sa.Engine, days: int) -> None:
    with large.connect() as connection:
        newest = connection.scalar(sa.text("SELECT max(published_on) FROM core.press_day"))
        assert newest is not None
        since = newest - timedelta(days=days - 1)
        rows = connection.scalar(
            sa.text("SELECT sum(n_articles) FROM core.press_day WHERE published_on >= :since"), {"since": since}
        )
    with tempfile.TemporaryDirectory() as folder:
        _, least = export_days(opened, Path(folder) / "a", newest, newest)
        seconds, most = export_days(opened, Path(folder) / "b", since, newest)
        again, _ = export_days(opened, Path(folder) / "b", since, newest)
    show(
        f"export of {days} days",
        f"{rows / seconds:,.0f} articles/s with all that belongs to them, at most {most / 2**20:.0f} MiB",
        "",
    )
    show("memory of it against one day's", f"{most / least:.2f} times", "<= 1.2", most <= 1.2 * least)
    show("the same export again", f"{seconds / again:.1f} times as fast")


# Partitions ------------------------------------------------------------------------------------------------------

# What grows with every article, once as it is and once by month: in the shape of core.entity_article, which has both
# kinds of questions (by article, by day). The day joins the key, and what has none goes into a partition of its own.
_PARTITIONED = """
CREATE SCHEMA bench_parts;
CREATE TABLE bench_parts.whole (LIKE core.entity_article);
CREATE TABLE bench_parts.parts (LIKE core.entity_article) PARTITION BY RANGE (published_on);
CREATE TABLE bench_parts.parts_undated PARTITION OF bench_parts.parts DEFAULT;
DO $$
DECLARE
  first date;
BEGIN
  FOR first IN
    SELECT generate_series(date_trunc('month', min(published_on)), max(published_on), interval '1 month')
    FROM core.press_day
  LOOP
    EXECUTE format('CREATE TABLE bench_parts.parts_%s PARTITION OF bench_parts.parts FOR VALUES FROM (%L) TO (%L)',
      to_char(first, 'YYYY_MM'), first, first + interval '1 month');
  END LOOP;
END $$;
"""
_FILL = "INSERT INTO bench_parts.{} SELECT * FROM core.entity_article WHERE article_id < :below ORDER BY article_id"
_INDEX = """
CREATE UNIQUE INDEX ON bench_parts.whole (article_id, entity_id);
CREATE INDEX ON bench_parts.whole (entity_id, published_on, article_id);
CREATE UNIQUE INDEX ON bench_parts.parts (article_id, entity_id, published_on);
CREATE INDEX ON bench_parts.parts (entity_id, published_on, article_id);
"""
_MERGE = """
INSERT INTO bench_parts.{0} SELECT * FROM core.entity_article AS s
WHERE article_id BETWEEN :below AND :last
  AND NOT EXISTS (SELECT FROM bench_parts.{0} AS t WHERE (t.article_id, t.entity_id) = (s.article_id, s.entity_id))
"""
_OF_ARTICLES = "SELECT count(*) FROM bench_parts.{} WHERE article_id = ANY (:articles)"
_OF_DAY = "SELECT entity_id, count(*) FROM bench_parts.{} WHERE published_on = :day AND entity_id = :entity GROUP BY 1"
_OF_ENTITY = "SELECT published_on, count(*) FROM bench_parts.{} WHERE entity_id = :entity GROUP BY 1"
_NEWEST = "SELECT * FROM bench_parts.{} WHERE entity_id = :entity ORDER BY published_on DESC NULLS LAST LIMIT 50"
_DROP_OLD = {
    "whole": "DELETE FROM bench_parts.whole WHERE published_on < :next",
    "parts": "DROP TABLE bench_parts.parts_{month}",
}


def measure_partitions(meter: Meter, large: sa.Engine, share: float) -> None:
    """Compare one table with the same by month: filling, merging a batch, asking, dropping the oldest month."""
    bound = round(share * 2**32)
    below, last = (uuid.UUID(int=n << 96) for n in (bound, min(bound + bound // 50, 2**32 - 1)))
    with large.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA IF EXISTS bench_parts CASCADE")
        connection.exec_driver_sql(_PARTITIONED.replace("%", "%%"))
        days = connection.execute(sa.text("SELECT min(published_on), max(published_on) FROM core.press_day")).one()
        entities = connection.scalars(
            sa.text("SELECT entity_id FROM core.entity_total ORDER BY n_articles DESC LIMIT 40")
        ).all()
    articles = {"articles": []}
    first = days[0].replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    costs: dict[str, dict[str, Cost]] = defaultdict(dict)

    def run(what: str, table: str, text: str, values: Sequence[dict[str, Any]]) -> int:
        rows = 0

        def work() -> None:
            nonlocal rows
            with large.begin() as connection:
                for value in values:
                    found = connection.execute(sa.text(text), value)
                    rows += len(found.all()) if found.returns_rows else max(0, found.rowcount)

        costs[what][table] = meter.cost(work)
        return rows

    show("rows in a table of its own, and by month", "clock, CPU by month against whole")
    tables = ("whole", "parts")
    for table in tables:
        rows = run("fill without indexes", table, _FILL.format(table), [{"below": below}])
    with large.begin() as connection:
        connection.exec_driver_sql(_INDEX)
        connection.exec_driver_sql("ANALYZE bench_parts.whole")
        connection.exec_driver_sql("ANALYZE bench_parts.parts")
        articles["articles"] = connection.scalars(
            sa.text("SELECT DISTINCT article_id FROM bench_parts.whole WHERE article_id < :few"),
            {"few": uuid.UUID(int=(bound // 100) << 96)},
        ).all()
    tested = f"{rows:,} rows, {len(articles['articles'])} articles looked up"
    for table in tables:
        run("merge a batch of a fiftieth", table, _MERGE.format(table), [{"below": below, "last": last}])
    one_by_one = [{"articles": [a]} for a in articles["articles"][:500]]
    named = [{"entity": e, "day": days[1] - timedelta(days=n)} for n, e in enumerate(entities)]
    for what, text, values in (
        ("look articles up, all at once", _OF_ARTICLES, [articles]),
        ("look 500 articles up, one by one", _OF_ARTICLES, one_by_one),
        ("an entity on a day, 40 times", _OF_DAY, named),
        ("an entity on all days, 40 times", _OF_ENTITY, named),
        ("an entity's newest 50, 40 times", _NEWEST, named),
    ):
        for table in tables:
            run(what, table, text.format(table), values)
    for table in tables:
        text = _DROP_OLD[table].format(month=f"{first:%Y_%m}")
        run("drop the oldest month", table, text, [{"next": following}])
    for what, cost in costs.items():
        whole, parts = cost["whole"], cost["parts"]
        show(
            what,
            f"{1000 * whole.seconds:,.0f} ms whole, {1000 * parts.seconds:,.0f} by month:"
            f" {parts.seconds / whole.seconds:.2f}, {parts.cpu / max(whole.cpu, 0.01):.2f}",
        )
    show("measured on", tested)
    with large.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA bench_parts CASCADE")


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


def measure_loads(meter: Meter, small: sa.Engine, large: sa.Engine, blocks: int, rounds: int, warm: int) -> None:
    seed = time.time_ns()
    warehouses = {"small": small, "large": large}
    # Right after a start nothing is in memory. Later all indexes are in the machine's, and what batches change is in
    # the server's buffers: that is how a desk's server runs, and what is measured below.
    for number in range(max(1, warm)):
        batch = Batch(seed - number, blocks)
        for name, engine in warehouses.items():
            if name == "small" and number:
                continue
            cost = meter.cost(partial(batch.load, engine)).per(batch.n_rows)
            if not number:
                show(f"first merge after a start, {name} warehouse", f"{1 / cost.seconds:,.0f} rows/s")
            batch.settle(engine)
            publishing.publish(engine)
        if not number:
            show("indexes, read once from here on", f"{meter.read_indexes(large) / 2**30:.1f} GiB")
    loads, publications = (defaultdict[str, list[Cost]](list) for _ in range(2))
    bare: list[Cost] = []
    keyed: list[Cost] = []
    # In turn, so that what else the machine does meets all of them.
    for number in range(1, rounds + 1):
        batch = Batch(seed + number, blocks)
        for name, engine in warehouses.items():
            loads[name].append(meter.cost(partial(batch.load, engine)).per(batch.n_rows))
            batch.settle(engine)
            publications[name].append(meter.cost(partial(publishing.publish, engine)).per(ARTICLES * blocks))
        bare.append(meter.cost(partial(copy_bare, large, batch)).per(batch.n_rows))
        keyed.append(copy_keyed(meter, large, Batch(seed - number - warm, blocks)))
    with large.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA bare CASCADE")
    empty, full, copied = map(middle, (loads["small"], loads["large"], bare))
    full = with_settling(meter, large, full, batch.n_rows / (ARTICLES * blocks))
    show("merge into an empty warehouse", f"{1 / empty.seconds:,.0f} rows/s")
    compare("merge into the full one", "rows/s", full, empty, 0.8)
    first, later = map(middle, (publications["small"], publications["large"]))
    show("publish into an empty warehouse", f"{1 / first.seconds:,.0f} articles/s")
    compare("publish into the full one", "articles/s", later, first, 0.8)
    show("bare COPY of the same rows", f"{1 / copied.seconds:,.0f} rows/s")
    compare("merge into the full one, against that", "rows/s", full, copied, 0.3)
    least = middle(keyed)
    show("COPY into the full one's tables with nothing but their keys", f"{1 / least.seconds:,.0f} rows/s")
    compare("merge into the full one, against that", "rows/s", full, least)
    # Whoever reads a row first after it was written marks it so, once its commit is on the disk: that belongs to the
    # first load.
    with large.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
    batch.load(large)
    again, own, kinds = meter.wal(large, partial(batch.load, large))
    per_row, beside = own / batch.n_rows, (sum(kinds.values()) - own) / batch.n_rows
    compare("merge of the same batch again", "rows/s", again.per(batch.n_rows), full, 1)
    show("its write-ahead log", f"{per_row:.1f} bytes a row", "<= 20", per_row <= 20)
    show("what the server wrote meanwhile", f"{beside:.1f} bytes a row besides; of all {largest(kinds)}")
    measure_other_ways(meter, large, full, seed + rounds + 1)


def with_settling(meter: Meter, large: sa.Engine, merged: Cost, rows: float) -> Cost:
    """Return what merging a row costs with its share of what was left for later; an article has so many rows.

    The keys of sketches are settled when there are enough of them, once for many runs of this program.
    """
    with large.connect() as connection:
        waiting = connection.scalar(sa.text("SELECT count(*) FROM ops.recent_sketch_key")) or 0
    cost = meter.cost(partial(resolving.settle_keys, large, at_least=resolving.SETTLED_BYTES))
    with large.connect() as connection:
        left = connection.scalar(sa.text("SELECT count(*) FROM ops.recent_sketch_key")) or 0
    if left or not waiting:
        show("sketches whose keys wait to be settled", f"{left:,}")
        return merged
    share = cost.per(waiting * rows)
    show(
        f"settle the keys of {waiting:,} sketches",
        f"{waiting / cost.seconds:,.0f} articles/s,"
        f" {share.seconds / merged.seconds:.2f} of their merge (CPU {share.cpu / merged.cpu:.2f})",
    )
    return Cost(merged.seconds + share.seconds, merged.cpu + share.cpu)


def measure_other_ways(meter: Meter, large: sa.Engine, merged: Cost, seed: int) -> None:
    """Load a block as somebody would who has not read this library."""
    for number, (what, load, goal) in enumerate(
        (("Airflow hook's insert_rows", insert_rows, 5), ("SQLAlchemy's ORM merge", orm_merge, 50))
    ):
        batch = Batch(seed + number, 1)
        batch.prepare(large)
        batch.prepare_names(large)
        written: list[int] = []
        cost = meter.cost(lambda load=load, batch=batch, written=written: written.append(load(large, batch)))
        cost = cost.per(written[0])
        batch.settle(large)
        times = cost.seconds / merged.seconds
        show(
            what,
            f"{1 / cost.seconds:,.0f} rows/s; merging is {times:.1f} times as fast (CPU {cost.cpu / merged.cpu:.1f})",
            f">= {goal}",
            times >= goal,
        )


def middle(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(values) for values in zip(*costs, strict=True)))


def compare(what: str, unit: str, cost: Cost, other: Cost, goal: float | None = None) -> None:
    """Show a rate as a part of another one: met by the clock."""
    share = other.seconds / cost.seconds
    figure = f"{1 / cost.seconds:,.0f} {unit}, {share:.2f} of it (CPU {other.cpu / max(cost.cpu, 1e-9):.2f})"
    show(what, figure, *(() if goal is None else (f">= {goal:g}", share >= goal)))


def measure_pipeline(meter: Meter, small: sa.Engine, large: sa.Engine, pages: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder)
        seed = str(int(time.time()))
        command = [sys.executable, str(HERE / "pages.py"), "--count", str(pages), "--seed", seed, "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        parts = [inbox / f"part {number}" for number in range(_PIPELINE_PARTS)]
        for part in parts:
            part.mkdir()
        for number, path in enumerate(sorted(p for p in inbox.rglob("*") if p.is_file())):
            path.rename(parts[number % _PIPELINE_PARTS] / path.name)
        # The people of generated pages are unknown in the large one at first, and each that is joined to somebody moves
        # old mentions: so it is with a press that nobody has followed yet. What counts is how it is later.
        for part in parts:
            count = len(list(part.iterdir()))
            empty, full = (meter.cost(partial(ingest_pages, engine, part)).per(count) for engine in (small, large))
        again, _, kinds = meter.wal(large, partial(ingest_pages, large, parts[-1]))
    show("whole pipeline into an empty warehouse", f"{1 / empty.seconds:.0f} pages/s")
    compare("whole pipeline into the full one", "pages/s", full, empty, 0.8)
    compare("rerun of the unchanged batch", "pages/s", again.per(count), full, 5)
    show("its write-ahead log", f"{sum(kinds.values()) / count:,.0f} bytes a page: {largest(kinds)}")


def measure_disk(large: sa.Engine) -> None:
    with large.connect() as connection:
        articles = int(connection.scalar(sa.text("SELECT count(*) FROM core.article")) or 1)
        total = int(connection.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0)
        tables = connection.execute(
            sa.text(
                """
                SELECT oid::regclass::text, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class
                WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('raw', 'core', 'ops', 'report')
                ORDER BY pg_total_relation_size(oid) DESC LIMIT 12
                """
            )
        ).all()
        never = connection.execute(
            sa.text(
                """
                SELECT indexrelid::regclass::text, pg_relation_size(indexrelid) FROM pg_stat_user_indexes
                JOIN pg_index USING (indexrelid)
                WHERE idx_scan = 0 AND NOT indisunique AND pg_relation_size(indexrelid) > 8 * :articles
                ORDER BY 2 DESC
                """
            ),
            {"articles": articles},
        ).all()
    show("disk", f"{total / articles / 1024:.1f} KiB an article, {total / 2**30:.1f} GiB in all")
    for name, heap, indexes in tables:
        show(f"of it {name}", f"{heap / articles:,.0f} bytes an article, indexes {indexes / articles:,.0f}")
    for name, size in never:
        show(f"never asked: {name}", f"{size / articles:,.0f} bytes an article")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blocks", type=int, default=4, help="blocks of 500 articles in a merged batch")
    parser.add_argument("--rounds", type=int, default=5, help="batches merged into each warehouse")
    parser.add_argument("--warm", type=int, default=10, help="batches merged into the full warehouse before that")
    parser.add_argument("--pages", type=int, default=1000, help="pages through the whole pipeline")
    parser.add_argument("--times", type=int, default=40, help="how often each question is asked")
    parser.add_argument("--days", type=int, default=30, help="days to export")
    parser.add_argument("--share", type=float, default=0.2, help="of the rows, to try partitions on")
    parts = ["merge", "pipeline", "ask", "export", "disk", "partitions"]
    parser.add_argument("--only", choices=parts, help="measure only this")
    arguments = parser.parse_args()
    with house.opened() as opened:
        small, large = small_and_large(opened)
        meter = Meter(opened.postgres)
        with large.connect() as connection:
            articles = connection.scalar(sa.text("SELECT count(*) FROM core.article"))
        print(f"{articles:,} articles; {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}\n")
        print("| what | figure | goal | met |\n| --- | --- | --- | --- |")
        if arguments.only in (None, "merge"):
            measure_loads(meter, small, large, arguments.blocks, arguments.rounds, arguments.warm)
        if arguments.only in (None, "pipeline"):
            measure_pipeline(meter, small, large, arguments.pages)
        if arguments.only in (None, "ask"):
            measure_questions(large, arguments.times)
        if arguments.only in (None, "export"):
            measure_export(opened, large, arguments.days)
        if arguments.only in (None, "disk"):
            measure_disk(large)
        if arguments.only == "partitions":
            measure_partitions(meter, large, arguments.share)
        small.dispose()
        large.dispose()


def measure_questions(large: sa.Engine, times: int) -> None:
    for question, asked in ask(large, times):
        figure = f"p50 {asked.median:.0f} ms, p95 {asked.high:.0f}, CPU {asked.cpu:.0f}"
        figure += f"; worst of the first {asked.first:.0f}"
        if asked.through:
            figure += f"; reads through {', '.join(asked.through)}"
        goal = question.goal_ms
        show(question.name, figure, f"p95 < {goal:.0f} ms", asked.high < goal and not asked.through)


if __name__ == "__main__":
    main()
