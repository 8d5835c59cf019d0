"""Inbox and archive on an S3-compatible store, over HTTP: the same laws as in a folder."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from tables import assert_same, row_versions, rows

from object_store import KEY, SECRET, object_store, upload
from rasd.landing import archiving
from rasd.landing.listing import default_storage, list_sources
from rasd.pipeline import landing
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rasd.annotating.model import Recogniser


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A store that boto finds through the environment, as an operator would set it."""
    with object_store("press", "kept") as (address, fs):
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        type(fs).clear_instance_cache()
        yield fs
        type(fs).clear_instance_cache()


def newest(engine: sa.Engine) -> Any:
    with engine.connect() as c:
        return c.scalar(sa.text("SELECT run_id FROM ops.run ORDER BY run_id DESC LIMIT 1"))


def test_a_bucket_gives_the_same_tables_as_a_folder_and_again_changes_nothing(
    store: Any, inbox: Path, recogniser: Recogniser, warehouse: sa.Engine, new_database: Callable[..., str]
) -> None:
    upload(store, inbox, "press/inbox")
    options = IngestOptions("s3://press/inbox", settle_seconds=0)
    books = ingest(warehouse, options, recogniser)
    local = connect(new_database())
    assert books.counts() | {"run_id": ""} == ingest(
        local, IngestOptions(str(inbox), settle_seconds=0), recogniser
    ).counts() | {"run_id": ""}
    assert_same(rows(warehouse), rows(local))
    local.dispose()
    before = row_versions(warehouse)
    again = ingest(warehouse, options, recogniser)
    assert (again.seen, again.loaded, again.updated) == (books.seen, 0, 0)
    assert row_versions(warehouse) == before


def test_loaded_objects_move_to_the_archive_and_quarantined_ones_stay(
    store: Any, inbox: Path, recogniser: Recogniser, warehouse: sa.Engine
) -> None:
    upload(store, inbox, "press/inbox")
    delivered = {
        f"{hashlib.sha256(p.read_bytes()).hexdigest()[:16]}-{p.name}": p.name for p in inbox.rglob("*") if p.is_file()
    }
    ingest(warehouse, IngestOptions("s3://press/inbox/**", settle_seconds=0), recogniser)
    removed = landing.remove_files(warehouse, newest(warehouse), archive="s3://kept/press")
    kept = store.find("kept/press")
    left = store.find("press/inbox")
    assert removed == len(kept) == len(delivered) - len(left)
    assert [p.rsplit("/", 1)[1] for p in left] == ["10_menu_only.txt"]
    for path in kept:
        digest = hashlib.sha256(store.cat_file(path)).hexdigest()
        name = path.rsplit("/", 1)[1]
        assert name == f"{digest[:16]}-{delivered[name]}"


def test_from_a_folder_into_a_bucket_and_stopped_half_way(store: Any, inbox: Path) -> None:
    source = next(s for s in list_sources(str(inbox / "01_wheat_corridor.txt"), settle_seconds=0))
    there = archiving.keep(source, "s3://kept")  # type: ignore[arg-type]
    # Stopped before the file could be removed, it is kept again: at the same place.
    assert archiving.keep(source, "s3://kept") == there  # type: ignore[arg-type]
    assert len(store.find("kept")) == 1
    fs, path = default_storage(there)
    assert fs.cat_file(path) == Path(inbox, "01_wheat_corridor.txt").read_bytes()


def test_a_store_that_is_not_there_fails_with_a_word_about_it(
    warehouse: sa.Engine, recogniser: Recogniser, store: Any
) -> None:
    with pytest.raises(Exception, match="no-such-bucket"):
        ingest(warehouse, IngestOptions("s3://no-such-bucket/inbox", settle_seconds=0), recogniser)
