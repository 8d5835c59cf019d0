"""Bad input ends in quarantine with a reason, or in a clear message, and stops nothing else."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from rasd import resources
from rasd.errors import SettingError, TransientError
from rasd.pipeline import ingest as pipeline
from rasd.pipeline import landing, runs
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rasd.annotating.model import Recogniser
    from rasd.pipeline.runs import Books

GOOD = next((resources.seeds() / "inbox").glob("01*.txt")).read_bytes()


def run(engine: sa.Engine, inbox: Path, recogniser: Recogniser, **options: object) -> Books:
    return ingest(engine, IngestOptions(str(inbox), settle_seconds=0, **options), recogniser)  # type: ignore[arg-type]


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def record(text: str) -> bytes:
    return json.dumps({"title": "عنوان", "maintext": text}).encode()


BAD = {
    "empty.txt": (b"", {"empty"}),
    "white.txt": (b" \n\t \r\n", {"blank"}),
    "nul.txt": (GOOD[:200] + b"\0" + GOOD[200:], {"nul_bytes", "binary"}),
    "broken.txt": (bytes(range(0x80, 0x100)) * 10, {"bad_encoding"}),
    "surrogate.jsonl": (b'{"title": "x", "maintext": "\\ud800"}\n', {"lone_surrogate"}),
    "list.jsonl": (b"[1, 2]\n", {"not_an_object"}),
    "torn.jsonl": (b'{"title": "x", \n', {"bad_json"}),
    "cut.txt.gz": (gzip.compress(os.urandom(20000))[:-5000], {"truncated"}),
    "cut.zip": (zipped(**{"a.txt": os.urandom(20000)})[:-3000], {"truncated", "damaged"}),
    "bomb.zip": (zipped(**{"b.txt": b"0" * 60_000_000}), {"archive_bomb", "too_large"}),
    "climbs.zip": (zipped(**{"..__..__up.txt": GOOD}), {"unsafe_path"}),
    "image.txt": (b"\x89PNG\r\n\x1a\n" + os.urandom(3000), {"binary"}),
    "menu.txt": (next((resources.seeds() / "inbox").glob("*menu_only.txt")).read_bytes(), {"no_article"}),
    "large.txt": (None, {"too_large"}),
    "unreadable.txt": (GOOD + b"1", {"no_permission"}),
}


@pytest.fixture
def bad_inbox(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "good.txt").write_bytes(GOOD)
    for name, (content, _) in BAD.items():
        if content is not None:
            (inbox / name).write_bytes(content)
    with (inbox / "large.txt").open("wb") as large:
        large.truncate(200 * 1024 * 1024)
    (inbox / "unreadable.txt").chmod(0)
    (inbox / "loop").symlink_to(inbox, target_is_directory=True)
    return inbox


def test_every_bad_page_is_quarantined_with_its_reason_and_the_good_one_is_loaded(
    warehouse: sa.Engine, bad_inbox: Path, recogniser: Recogniser
) -> None:
    books = run(warehouse, bad_inbox, recogniser)
    with warehouse.connect() as c:
        found = c.execute(
            sa.text("SELECT regexp_replace(uri, '.*/', ''), outcome, reason FROM ops.outcome ORDER BY 1")
        ).all()
        held = c.execute(sa.text("SELECT detail, advice, reason FROM report.quarantine")).all()
    outcomes = {name: (outcome, reason) for name, outcome, reason in found}
    assert outcomes["good.txt"][0] == "loaded"
    for name, (_, reasons) in BAD.items():
        if name == "unreadable.txt" and os.geteuid() == 0:
            continue  # root may read everything
        assert outcomes[name][0] == "quarantined", (name, outcomes[name])
        assert outcomes[name][1] in reasons, (name, outcomes[name])
    assert books.seen == books.loaded + books.quarantined
    for detail, advice, reason in held:
        assert len(detail.split()) >= 3, "a sentence for a person"
        assert advice or reason == "no_article"


def test_a_line_of_five_megabytes_is_read(warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser) -> None:
    sentence = "أعلنت الوزارة في بيان اليوم أن العمل في المشروع يسير وفق الخطة الموضوعة له. "
    (tmp_path / "long.txt").write_text("عنوان الصفحة الطويلة جداً\n" + sentence * 38_000, encoding="utf-8")
    books = run(warehouse, tmp_path, recogniser)
    assert (books.loaded, books.quarantined) == (1, 0)


def test_a_page_that_vanishes_before_it_is_read_is_told(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone.txt").write_bytes(GOOD)
    original = landing.land_batch

    def vanishing(*args: object, **kwargs: object) -> int:
        (tmp_path / "gone.txt").unlink()
        return original(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(landing, "land_batch", vanishing)
    books = run(warehouse, tmp_path, recogniser)
    assert (books.seen, books.quarantined) == (1, 1)
    with warehouse.connect() as c:
        assert c.scalar(sa.text("SELECT reason FROM ops.outcome")) == "vanished"


def test_a_file_still_being_written_waits(warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser) -> None:
    (tmp_path / "fresh.txt").write_bytes(GOOD)
    books = ingest(warehouse, IngestOptions(str(tmp_path), settle_seconds=60), recogniser)
    assert (books.seen, books.waiting) == (0, 1)
    os.utime(tmp_path / "fresh.txt", (1_700_000_000, 1_700_000_000))
    books = ingest(warehouse, IngestOptions(str(tmp_path), settle_seconds=60), recogniser)
    assert (books.seen, books.loaded, books.waiting) == (1, 1, 0)


def test_an_inbox_that_is_not_there_is_a_clear_message(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser
) -> None:
    with pytest.raises(SettingError, match="no such inbox"):
        run(warehouse, tmp_path / "nowhere", recogniser)


def test_what_is_released_is_tried_again(warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser) -> None:
    (tmp_path / "menu.txt").write_bytes(BAD["menu.txt"][0] or b"")
    assert run(warehouse, tmp_path, recogniser).quarantined == 1
    (tmp_path / "menu.txt").unlink()
    with warehouse.begin() as c:
        c.execute(sa.text("UPDATE ops.quarantine SET released_at = now(), released_by = 'test'"))
    again = run(warehouse, tmp_path, recogniser)
    assert (again.seen, again.quarantined) == (1, 1), "taken from the warehouse, tried, and held anew"
    with warehouse.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM report.quarantine")) == 1


def test_a_refused_file_that_is_delivered_whole_is_resolved(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser
) -> None:
    path = tmp_path / "page.txt.gz"
    path.write_bytes(gzip.compress(GOOD)[:-200])
    assert run(warehouse, tmp_path, recogniser).quarantined == 1
    path.write_bytes(gzip.compress(GOOD))
    assert run(warehouse, tmp_path, recogniser).loaded == 1
    with warehouse.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM report.quarantine")) == 0
        assert c.scalar(sa.text("SELECT count(*) FROM ops.quarantine WHERE resolved_at IS NOT NULL")) == 1


def test_the_bytes_can_be_got_back(warehouse: sa.Engine, bad_inbox: Path, recogniser: Recogniser) -> None:
    run(warehouse, bad_inbox, recogniser)
    with warehouse.connect() as c:
        for name in ("good.txt", "nul.txt", "broken.txt", "image.txt", "white.txt"):
            content = c.scalar(
                sa.text("SELECT content FROM raw.page JOIN raw.delivery USING (page_id) WHERE uri LIKE :name"),
                {"name": f"%/{name}"},
            )
            assert bytes(content) == (bad_inbox / name).read_bytes()


# Faults that pass ------------------------------------------------------------------------------------------------


def test_a_warehouse_that_is_down_at_start_is_a_clear_message(tmp_path: Path, recogniser: Recogniser) -> None:
    (tmp_path / "page.txt").write_bytes(GOOD)
    engine = connect(f"postgresql://rasd@/rasd?host={tmp_path}")
    with pytest.raises(TransientError, match="the warehouse could not do it now"):
        run(engine, tmp_path, recogniser)
    engine.dispose()


@pytest.mark.parametrize("nth", [5, 20, 40, 60])
def test_a_connection_lost_in_mid_run_is_made_again(
    new_database: Callable[..., str], inbox: Path, recogniser: Recogniser, nth: int
) -> None:
    dsn = new_database()
    engine, killer = connect(dsn), connect(dsn)
    count = 0

    @sa.event.listens_for(engine, "before_cursor_execute")
    def lose(connection: sa.Connection, *_: object) -> None:
        nonlocal count
        count += 1
        if count == nth:
            pid = connection.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
            with killer.begin() as k:
                k.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

    run_id = None
    try:
        books = run(engine, inbox, recogniser, batch_pages=4)
    except TransientError:  # lost where the run is opened or closed: nothing retries there but the next run
        books = run(engine, inbox, recogniser, batch_pages=4)
    run_id = books.run_id
    assert count > nth
    assert books.seen == books.loaded + books.updated + books.duplicate + books.quarantined
    assert runs.books(killer, run_id).loaded + books.duplicate >= 12
    engine.dispose()
    killer.dispose()


def test_a_full_disk_at_landing_is_waited_for(
    warehouse: sa.Engine, inbox: Path, recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Postgres says disk_full (53100) for as long as a sequence has not reached 3: it does not roll back."""
    with warehouse.begin() as c:
        c.exec_driver_sql("CREATE SEQUENCE public.tries")
        c.exec_driver_sql(
            """
            CREATE FUNCTION public.full() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF nextval('public.tries') < 3 THEN
                RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
              END IF;
              RETURN NULL;
            END $$
            """
        )
        c.exec_driver_sql(
            "CREATE TRIGGER full_disk BEFORE INSERT ON raw.page FOR EACH STATEMENT EXECUTE FUNCTION public.full()"
        )
    monkeypatch.setattr(pipeline, "retrying", _at_once)
    books = run(warehouse, inbox, recogniser)
    assert books.loaded >= 12


def _at_once(work: Callable[[], object]) -> object:
    from rasd.warehouse.engine import retrying

    return retrying(work, first_pause=0.01)
