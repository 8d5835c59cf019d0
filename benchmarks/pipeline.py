"""Measures the pipeline: pages per second with and without Airflow, the rerun, peak memory, merge against bare COPY.

    python benchmarks/pipeline.py [--count 5000] [--recogniser default]

Everything compared is run in this one call, on an embedded Postgres of its own; ratios mean more than times.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from rasd.local import airflow
from rasd.local.house import House
from rasd.warehouse import migrate
from rasd.warehouse.embedded import EmbeddedPostgres
from rasd.warehouse.engine import connect
from rasd.warehouse.load import Staging

HERE = Path(__file__).resolve().parent


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run_plainly(dsn: str, inbox: Path, recogniser: str) -> tuple[float, float]:
    """Run `rasd run` as a process of its own and return its seconds and its peak memory in MiB."""
    environment = {**os.environ, "RASD_WAREHOUSE_DSN": dsn, "RASD_RECOGNISER": recogniser, "RASD_SETTLE_SECONDS": "0"}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "rasd", "run", str(inbox)], env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("rasd run failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def run_dag(house: House, inbox: Path) -> float:
    return timed(lambda: airflow.run_dag(house, "rasd_ingest", {"inbox": str(inbox)}, while_waiting=lambda: None))


def database(server: EmbeddedPostgres, name: str) -> str:
    dsn = server.dsn(name)
    migrate.create_database(dsn)
    engine = connect(dsn)
    migrate.migrate(engine)
    engine.dispose()
    return dsn


def merge_against_copy(dsn: str) -> tuple[int, float, float, float]:
    """Return the number of segments, and seconds to COPY them bare, to COPY and merge them new, and unchanged."""
    engine = connect(dsn)
    out = io.StringIO()
    with engine.connect() as c:
        c.connection.cursor().copy_expert("COPY core.segment TO STDOUT", out)
    rows = out.getvalue()
    count = rows.count("\n")

    def bare() -> None:
        with engine.begin() as c:
            c.exec_driver_sql("CREATE TABLE bare_segment (LIKE core.segment)")
            c.connection.cursor().copy_expert("COPY bare_segment FROM STDIN", io.StringIO(rows))

    def merged() -> None:
        with engine.begin() as c:
            staging = Staging(c, "core.page", "core.segment")
            c.exec_driver_sql("INSERT INTO stage_page SELECT * FROM core.page")
            c.connection.cursor().copy_expert("COPY stage_segment FROM STDIN", io.StringIO(rows))
            staging.merge("core.segment")

    seconds_bare = timed(bare)
    with engine.begin() as c:
        c.exec_driver_sql("TRUNCATE core.segment")
    seconds_new, seconds_same = timed(merged), timed(merged)
    engine.dispose()
    return count, seconds_bare, seconds_new, seconds_same


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5000, help="pages")
    parser.add_argument("--recogniser", default="default")
    arguments = parser.parse_args()
    os.environ["RASD_RECOGNISER"] = arguments.recogniser
    os.environ["RASD_SETTLE_SECONDS"] = "0"
    with tempfile.TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder) / "home") as server:
        inbox = Path(folder) / "inbox"
        command = [sys.executable, str(HERE / "pages.py"), "--count", str(arguments.count), "--seed", "1"]
        subprocess.run([*command, "--out", str(inbox)], check=True, stdout=subprocess.DEVNULL)
        plain, with_airflow = database(server, "plain"), database(server, "dag")
        migrate.create_database(server.dsn("airflow"))
        house = House(server.home, server, with_airflow)
        airflow.prepare(house)
        first, memory = run_plainly(plain, inbox, arguments.recogniser)
        dag = run_dag(house, inbox)
        # The median of three: right after a load Postgres is still tidying up.
        again, memory_again = sorted(run_plainly(plain, inbox, arguments.recogniser) for _ in range(3))[1]
        engine = connect(plain)
        with engine.connect() as c:
            articles = c.scalar(sa.text("SELECT count(*) FROM core.article"))
            words = c.scalar(sa.text("SELECT sum(n_words) FROM core.article"))
        engine.dispose()
        rows, bare, merged, unchanged = merge_against_copy(plain)
    count = arguments.count
    print(f"{count} pages, {articles} articles, {words} words; {os.cpu_count()} cores\n")
    print("| what | figure |\n| --- | --- |")
    rate = f"{count / first:.0f} pages/s, {articles / first:.0f} articles/s"
    print(f"| whole pipeline, no Airflow | {rate} ({first:.1f} s) |")
    print(f"| rerun of the unchanged inbox, median of three | {first / again:.1f} times as fast ({again:.1f} s) |")
    print(f"| the DAG, whole command | {dag / first:.2f} times the plain run ({dag:.1f} s) |")
    print(f"| peak memory of the plain run | {memory:.0f} MiB (rerun {memory_again:.0f} MiB) |")
    print(f"| bare COPY of {rows} segments | {rows / bare:.0f} rows/s |")
    print(f"| COPY and merge of the same, new | {rows / merged:.0f} rows/s, {bare / merged:.2f} of bare COPY |")
    print(f"| COPY and merge of the same, unchanged | {rows / unchanged:.0f} rows/s |")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"| peak memory of any process, Airflow and Postgres included | {largest:.0f} MiB |")


if __name__ == "__main__":
    main()
