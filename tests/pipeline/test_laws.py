"""The laws: nothing is lost, twice is once, any order and any batch size give the same tables."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tables import assert_same, row_versions, rows

from rasd import resources
from rasd.annotating.gazetteer import Gazetteer
from rasd.pipeline import reading, runs
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rasd.annotating.model import Recogniser, Tag
    from rasd.pipeline.runs import Books


def run(engine: sa.Engine, inbox: Path, recogniser: Recogniser, **options: object) -> Books:
    books = ingest(engine, IngestOptions(str(inbox), settle_seconds=0, **options), recogniser)  # type: ignore[arg-type]
    assert books.seen == books.loaded + books.updated + books.duplicate + books.quarantined
    return books


def test_the_sample_inbox_is_loaded_and_its_books_close(
    warehouse: sa.Engine, inbox: Path, recogniser: Recogniser
) -> None:
    books = run(warehouse, inbox, recogniser)
    assert books.loaded >= 12
    assert books.duplicate >= 1
    assert books.quarantined >= 1
    with warehouse.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM core.article")) >= 12
        assert c.scalar(sa.text("SELECT count(*) FROM core.mention")) >= 50
        assert c.scalar(sa.text("SELECT count(*) FROM raw.page")) == c.scalar(
            sa.text("SELECT count(DISTINCT page_id) FROM ops.outcome")
        )


def test_segments_tile_every_page_and_offsets_give_the_text_back(
    warehouse: sa.Engine, inbox: Path, recogniser: Recogniser
) -> None:
    run(warehouse, inbox, recogniser)
    with warehouse.connect() as c:
        for text, starts, ends in c.execute(
            sa.text(
                "SELECT p.text, array_agg(s.start_offset ORDER BY segment_no),"
                " array_agg(s.end_offset ORDER BY segment_no)"
                " FROM core.page AS p JOIN core.segment AS s USING (page_id) GROUP BY page_id"
            )
        ):
            assert starts == [0, *ends[:-1]]
            assert ends[-1] == len(text)
        astray = c.scalar(
            sa.text(
                """
                SELECT count(*) FROM core.mention AS m JOIN core.article AS t USING (article_id)
                WHERE m.surface <> substr(CASE m.part WHEN 'body' THEN t.body ELSE t.headline END,
                                          m.start_offset + 1, m.end_offset - m.start_offset)
                """
            )
        )
        assert astray == 0
        bodies = c.execute(
            sa.text(
                "SELECT p.text, t.body, a.body_map FROM core.article AS t"
                " JOIN core.appearance AS a USING (page_id, appearance_no) JOIN core.page AS p USING (page_id)"
            )
        ).all()
    for text, body, body_map in bodies:
        triples = list(zip(*[iter(body_map)] * 3, strict=True))
        covered = sum(length for _, _, length in triples)
        assert covered >= 0.9 * len(body.replace("\n", ""))
        same = sum(body[d + i] == text[s + i] for d, s, n in triples for i in range(n) if d + i < len(body))
        assert same >= 0.9 * covered


def test_running_again_writes_nothing(warehouse: sa.Engine, inbox: Path, recogniser: Recogniser) -> None:
    first = run(warehouse, inbox, recogniser)
    before = row_versions(warehouse)
    again = run(warehouse, inbox, recogniser)
    assert row_versions(warehouse) == before
    assert (again.seen, again.loaded, again.updated) == (first.seen, 0, 0)
    assert again.quarantined == first.quarantined


def test_reading_everything_again_writes_nothing(warehouse: sa.Engine, inbox: Path, recogniser: Recogniser) -> None:
    run(warehouse, inbox, recogniser)
    before = row_versions(warehouse)
    again = run(warehouse, inbox, recogniser, seen="reread")
    assert row_versions(warehouse) == before
    assert again.updated == 0


def test_any_order_and_any_batch_size_give_the_same_tables(
    new_database: Callable[..., str], tmp_path: Path, inbox: Path, recogniser: Recogniser
) -> None:
    files = sorted(p for p in inbox.rglob("*") if p.is_file())
    expected = None
    for seed, batch_pages in ((1, 1), (2, 3), (3, 200)):
        engine = connect(new_database())
        # Three deliveries, each with a random part of the files.
        shuffled = random.Random(seed).sample(files, len(files))
        for part in range(3):
            folder = tmp_path / f"{seed}-{part}"
            for path in shuffled[part::3]:
                target = folder / path.relative_to(inbox)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
            run(engine, folder, recogniser, batch_pages=batch_pages)
        found = rows(engine)
        engine.dispose()
        if expected is None:
            expected = found
        else:
            assert_same(found, expected)


def _run_in_process(dsn: str, inbox: str, batch_pages: int, results: multiprocessing.Queue[object]) -> None:
    from rasd.annotating.gazetteer import Gazetteer

    engine = connect(dsn)
    try:
        books = ingest(
            engine,
            IngestOptions(inbox, batch_pages=batch_pages, seen="reread", settle_seconds=0),
            Gazetteer(),
        )
        results.put(books)
    except BaseException as error:
        results.put(repr(error))
        raise


def test_two_runs_at_once_give_the_same_tables(
    new_database: Callable[..., str], sample_warehouse: sa.Engine, inbox: Path
) -> None:
    dsn = new_database()
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    both = [context.Process(target=_run_in_process, args=(dsn, str(inbox), size, results)) for size in (2, 3)]
    for process in both:
        process.start()
    books = [results.get(timeout=120) for _ in both]
    for process in both:
        process.join()
    assert all(isinstance(b, runs.Books) for b in books), books
    together = connect(dsn)
    assert_same(rows(together), rows(sample_warehouse))
    with together.connect() as c:
        assert c.scalar(sa.text("SELECT sum(n_loaded) FROM ops.run")) >= books[0].loaded
        deadlocks = c.scalar(sa.text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
    assert deadlocks == 0
    together.dispose()


@pytest.mark.parametrize("step", ["listing", "landing", "reading", "annotating", "resolving", "closing"])
def test_a_kill_in_any_step_then_a_rerun_gives_the_same_tables(
    new_database: Callable[..., str],
    sample_warehouse: sa.Engine,
    inbox: Path,
    recogniser: Recogniser,
    step: str,
    tmp_path: Path,
) -> None:
    dsn = new_database()
    flag = tmp_path / "reached"
    process = subprocess.Popen(
        [sys.executable, "-c", _VICTIM, dsn, str(inbox), step, str(flag)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    deadline = time.monotonic() + 60
    while not flag.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    assert flag.exists(), "the victim never reached the step"
    time.sleep(random.Random(step).uniform(0, 0.05))
    process.send_signal(signal.SIGKILL)
    process.wait()
    engine = connect(dsn)
    _wait_until_alone(engine)
    with engine.begin() as c:  # as if the hour had passed after which a silent run counts as dead
        c.execute(sa.text("UPDATE ops.run SET heartbeat_at = now() - interval '2 hours'"))
    run(engine, inbox, recogniser)
    assert_same(rows(engine), rows(sample_warehouse))
    with engine.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM report.run_books WHERE NOT is_closed")) == 0
    engine.dispose()


def _wait_until_alone(engine: sa.Engine) -> None:
    """Wait until the server has noticed that the killed client is gone."""
    for _ in range(200):
        with engine.connect() as c:
            others = c.scalar(
                sa.text(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        if not others:
            return
        time.sleep(0.05)
    raise AssertionError("the killed client's transaction is still open")


# Runs the pipeline in batches of two, raises a flag when a step begins, and slows each statement down a little so
# that the kill falls into the middle of it.
_VICTIM = """
import sys, time
from pathlib import Path
import sqlalchemy as sa
from rasd.annotating.gazetteer import Gazetteer
from rasd.pipeline import annotating, ingest, landing, reading, resolving, runs
from rasd.warehouse.engine import connect

dsn, inbox, step, flag = sys.argv[1:]
module, name = {
    "listing": (landing, "list_files"), "landing": (landing, "land_batch"), "reading": (reading, "read_batch"),
    "annotating": (annotating, "annotate_batch"), "resolving": (resolving, "resolve_batch"),
    "closing": (runs, "close_run"),
}[step]
original = getattr(module, name)

def flagged(engine, *args, **kwargs):
    @sa.event.listens_for(engine, "before_cursor_execute")
    def slow(*_):
        time.sleep(0.01)
    Path(flag).touch()
    return original(engine, *args, **kwargs)

setattr(module, name, flagged)
recogniser = Gazetteer()
ingest.ingest(connect(dsn), ingest.IngestOptions(inbox, batch_pages=2, settle_seconds=0), recogniser)
time.sleep(60)
"""


def test_a_new_version_replaces_exactly_its_own_rows(
    warehouse: sa.Engine,
    sample_warehouse: sa.Engine,
    inbox: Path,
    recogniser: Recogniser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as old:
        for module in (reading, sys.modules["rasd.pipeline.annotating"], sys.modules["rasd.pipeline.landing"]):
            old.setattr(module, "reader_version", lambda: "0-old")
        first = run(warehouse, inbox, recogniser)
    again = run(warehouse, inbox, recogniser)
    assert again.updated == first.loaded
    assert_same(rows(warehouse), rows(sample_warehouse))


def _two_wordings(folder: Path, *which: int) -> Path:
    """Write one article in two wordings that differ in what a fingerprint does not count: marks and spacing."""
    page = next((resources.seeds() / "inbox").glob("01*.txt")).read_text(encoding="utf-8")
    folder.mkdir(exist_ok=True)
    for number in which:
        text = page if number == 0 else page.replace("مصر", "مِصر").replace("الوزير", "الوزيـر")
        (folder / f"wording {number}.txt").write_text(text, encoding="utf-8")
    return folder


def test_one_article_in_two_wordings_is_the_same_whichever_comes_first(
    new_database: Callable[..., str], tmp_path: Path, recogniser: Recogniser
) -> None:
    found = []
    for order in ((0, 1), (1, 0)):
        engine = connect(new_database())
        for number in order:
            run(engine, _two_wordings(tmp_path / f"{order[0]} first, then {number}", number), recogniser)
        found.append(rows(engine))
        engine.dispose()
    assert_same(found[0], found[1])
    bodies = {row[0] for row in found[0]["core.article"]}
    pages = {row[0] for row in found[0]["core.page"]}
    assert len(pages) == 2
    assert len(bodies) == len({row[2] for row in found[0]["core.appearance"]}), "no article without an appearance"


def test_what_another_worker_reads_while_names_are_being_found_is_not_lost(
    new_database: Callable[..., str], tmp_path: Path, recogniser: Recogniser
) -> None:
    """A worker that is overtaken must not write what it found in words, and beside pages, that are no longer all."""
    alone = connect(new_database())
    run(alone, _two_wordings(tmp_path / "both", 0, 1), recogniser)
    for first in (0, 1):
        engine = connect(new_database())

        class Overtaken(Gazetteer):
            is_first = True

            def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
                if self.is_first:
                    self.is_first = False
                    run(engine, _two_wordings(tmp_path / f"after {first}", 1 - first), recogniser)  # noqa: B023
                return super().tag(sentences)

        run(engine, _two_wordings(tmp_path / f"only {first}", first), Overtaken())
        assert_same(rows(engine), rows(alone))
        engine.dispose()
    alone.dispose()


def test_an_article_outlives_the_page_that_its_row_was_taken_from(
    new_database: Callable[..., str], tmp_path: Path, recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer reader finds no article on the smaller page: the row must then come from the other one."""
    engine = connect(new_database())
    run(engine, _two_wordings(tmp_path / "both", 0, 1), recogniser)
    with engine.connect() as c:
        smaller, text = c.execute(
            sa.text(
                "SELECT p.page_id, p.text FROM core.article AS t JOIN core.page AS p USING (page_id)"
                " ORDER BY t.page_id LIMIT 1"
            )
        ).one()
        before = c.scalar(sa.text("SELECT count(*) FROM core.article"))
    original = reading.read

    def newer(page: str, **kwargs: object) -> object:
        found = original(page, **kwargs)  # type: ignore[arg-type]
        if page == text:
            segments = tuple(dataclasses.replace(s, article=None) for s in found.segments)
            return dataclasses.replace(found, segments=segments, articles=())
        return found

    monkeypatch.setattr(reading, "read", newer)
    again = run(engine, tmp_path / "both", recogniser, seen="reread")
    assert (again.quarantined, again.seen) == (1, 2)
    with engine.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM core.article")) == before
        assert c.scalar(sa.text("SELECT count(*) FROM core.article WHERE page_id = :id"), {"id": smaller}) == 0
        assert c.scalar(sa.text("SELECT count(*) FROM core.article WHERE reader_version = ''")) == 0
        astray = c.scalar(
            sa.text(
                "SELECT count(*) FROM core.mention AS m JOIN core.article AS t USING (article_id) WHERE m.part = 'body'"
                " AND m.surface <> substr(t.body, m.start_offset + 1, m.end_offset - m.start_offset)"
            )
        )
        assert astray == 0
    (tmp_path / "both" / "wording 0.txt").unlink()
    monkeypatch.setattr(reading, "read", lambda page, **kwargs: dataclasses.replace(newer(page, **kwargs), articles=()))
    run(engine, tmp_path / "both", recogniser, seen="reread")
    with engine.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM core.article")) == 0, "nobody carries it any more"
        assert c.scalar(sa.text("SELECT count(*) FROM core.story_article")) == 0
    engine.dispose()
