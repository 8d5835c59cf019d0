"""Measures how the pipeline grows with workers: articles per second with one and with two, the same input, one run.

    python benchmarks/scale.py [--count 1500] [--workers 1 2] [--recogniser default]

Each worker is a process of its own that is handed batches, as a Celery worker is, over one Postgres; what Airflow adds
for each task is not in it (`benchmarks/pipeline.py` measures that). The tables that come out are compared. Beside the
rates it prints what an article costs: CPU of a worker by step, CPU of Postgres, bytes on disk. Workers share landing,
reading, annotating and resolving; one publisher at a time follows, once a run.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from rasd.annotating import load_recogniser
from rasd.pipeline import annotating, landing, publishing, reading, resolving, runs, selecting
from rasd.warehouse import migrate, schema
from rasd.warehouse.embedded import EmbeddedPostgres
from rasd.warehouse.engine import connect, retrying

HERE = Path(__file__).resolve().parent
_worker: dict[str, Any] = {}


@dataclass(frozen=True)
class Measured:
    """One load: seconds, in all and of what workers share; articles; CPU seconds of workers by step; bytes; tables."""

    seconds: float
    shared: float
    articles: int
    pages: int
    cpu: dict[str, float]
    n_bytes: int
    digests: dict[str, str]


def start(dsn: str, recogniser: str) -> None:
    """Begin as a worker: connected, with the recogniser loaded, as one that lives long."""
    _worker.update(engine=connect(dsn), recogniser=load_recogniser(recogniser))
    _worker["recogniser"].tag([["خبر"]])


def ready(_: int) -> None:
    time.sleep(0.2)


def land(job: tuple[str, int]) -> dict[str, float]:
    run, batch_no = job
    return {"land": cpu_of(lambda: landing.land_batch(_worker["engine"], UUID(run), batch_no))}


def process(job: tuple[str, int]) -> dict[str, float]:
    run, batch_no = job
    engine, recogniser = _worker["engine"], _worker["recogniser"]
    return {
        "read": cpu_of(lambda: reading.read_batch(engine, UUID(run), batch_no)),
        "annotate": cpu_of(lambda: annotating.annotate_batch(engine, UUID(run), batch_no, recogniser)),
        "resolve": cpu_of(lambda: resolving.resolve_batch(engine, UUID(run), batch_no)),
    }


def cpu_of(work: Any) -> float:
    """Return the CPU seconds of this process that some work took."""
    before = time.process_time()
    retrying(work)
    return time.process_time() - before


def load(dsn: str, inbox: Path, workers: int, batch_pages: int, recogniser: str) -> Measured:
    """Load the inbox with so many workers."""
    migrate.create_database(dsn)
    engine = connect(dsn)
    migrate.migrate(engine)
    with engine.connect() as c:
        empty = c.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0
    cpu = dict.fromkeys(("land", "read", "annotate", "resolve"), 0.0)
    versions = annotating.versions(load_recogniser(recogniser))
    with multiprocessing.get_context("spawn").Pool(workers, start, (dsn, recogniser)) as pool:
        pool.map(ready, range(workers), chunksize=1)
        began = time.perf_counter()
        run = runs.open_run(engine, "ingest", {"inbox": str(inbox)}, versions)
        batches = landing.list_files(engine, run, settle_seconds=0)
        jobs = [(str(run), n + 1) for n in range(batches)]
        spent = pool.map(land, jobs, chunksize=1)
        cut = selecting.cut(engine, run, seen="renew", batch_pages=batch_pages)
        spent += pool.map(process, [(str(run), n) for n in cut], chunksize=1)
        shared = time.perf_counter() - began
        publishing.publish(engine)
        runs.close_run(engine, run)
        seconds = time.perf_counter() - began
    for part in spent:
        for step, value in part.items():
            cpu[step] += value
    with engine.connect() as c:
        articles, pages, n_bytes = c.execute(
            sa.text(
                "SELECT (SELECT count(*) FROM core.article), (SELECT count(*) FROM core.page),"
                " pg_database_size(current_database())"
            )
        ).one()
        digests = {name: digest(c, name) for name in sorted(schema.metadata.tables) if name.startswith("core.")}
    engine.dispose()
    return Measured(seconds, shared, articles, pages, cpu, n_bytes - empty, digests)


def digest(connection: sa.Connection, name: str) -> str:
    """Return the digest of a table's rows, without what tells of the run that made them."""
    columns = ", ".join(
        f"t.{c.name}" for c in schema.metadata.tables[name].columns if c.name != "run_id" and not c.name.endswith("_at")
    )
    query = (
        f"SELECT md5(string_agg(h, '' ORDER BY h)) FROM (SELECT md5(ROW({columns})::text) AS h FROM {name} AS t) AS r"
    )
    return str(connection.scalar(sa.text(query)))


def server_cpu(server: EmbeddedPostgres) -> float:
    """Return the CPU seconds that the server and its processes, gone ones too, have used so far."""
    parent = int((server.data / "postmaster.pid").read_text().splitlines()[0])
    ticks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(folder.name) == parent:
            ticks += sum(map(int, fields[11:15]))  # its own, and its children's that it has waited for
        elif int(fields[1]) == parent:
            ticks += sum(map(int, fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1500, help="pages")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--batch-pages", type=int, default=100)
    parser.add_argument("--recogniser", default="default")
    arguments = parser.parse_args()
    found: dict[int, Measured] = {}
    postgres: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder) / "home") as server:
        inbox = Path(folder) / "inbox"
        command = [sys.executable, str(HERE / "pages.py"), "--count", str(arguments.count), "--seed", "1"]
        subprocess.run([*command, "--out", str(inbox)], check=True, stdout=subprocess.DEVNULL)
        delivered = sum(p.stat().st_size for p in inbox.rglob("*") if p.is_file())
        for workers in arguments.workers:
            before = server_cpu(server)
            found[workers] = load(
                server.dsn(f"scale_{workers}"), inbox, workers, arguments.batch_pages, arguments.recogniser
            )
            postgres[workers] = server_cpu(server) - before
    first = found[arguments.workers[0]]
    print(f"{first.pages} pages, {first.articles} articles; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| workers | seconds | articles/s | times the first | before publishing | times | CPU an article | tables |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for workers, m in found.items():
        same = "the same" if m.digests == first.digests else "DIFFERENT"
        spent = sum(m.cpu.values()) + postgres[workers]
        print(
            f"| {workers} | {m.seconds:.1f} | {m.articles / m.seconds:.1f} | {first.seconds / m.seconds:.2f} |"
            f" {m.shared:.1f} s | {first.shared / m.shared:.2f} | {1000 * spent / m.articles:.1f} ms | {same} |"
        )
    print("\n| an article costs | with one worker |\n| --- | --- |")
    for step, seconds in first.cpu.items():
        print(f"| CPU of a worker, {step} | {1000 * seconds / first.articles:.2f} ms |")
    print(f"| CPU of a worker, all steps | {1000 * sum(first.cpu.values()) / first.articles:.2f} ms |")
    print(f"| CPU of Postgres | {1000 * postgres[arguments.workers[0]] / first.articles:.2f} ms |")
    print(f"| bytes delivered | {delivered / first.articles:.0f} |")
    print(f"| bytes in the warehouse | {first.n_bytes / first.articles:.0f} |")
    differing = sorted({name for m in found.values() for name in m.digests if m.digests[name] != first.digests[name]})
    if differing:
        sys.exit(f"the tables differ: {', '.join(differing)}")


if __name__ == "__main__":
    main()
