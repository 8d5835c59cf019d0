"""The whole way of a page in one process: what the DAGs run as tasks, in the same order, without a scheduler."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from rasd.errors import TransientError
from rasd.landing.listing import Storage, default_storage
from rasd.pipeline import annotating, landing, publishing, reading, resolving, runs, selecting
from rasd.warehouse.engine import retrying

if TYPE_CHECKING:
    from uuid import UUID

    import sqlalchemy as sa

    from rasd.annotating.model import Recogniser
    from rasd.pipeline.runs import Books
    from rasd.pipeline.selecting import Seen, Selection

# Told what is going on: the step, how far it is, and out of how much.
Progress = Callable[[str, int, int], None]


def _silent(step: str, done: int, of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What an ingest run is asked to do.

    Attributes:
        inbox: folder, glob or object-store address.
        batch_pages: pages per batch.
        seen: what to do with pages that the warehouse knows.
        settle_seconds: a file modified less than this ago waits for the next run.
    """

    inbox: str
    batch_pages: int = 500
    seen: Seen = "renew"
    settle_seconds: float = 2.0


def ingest(
    engine: sa.Engine,
    options: IngestOptions,
    recogniser: Recogniser,
    *,
    storage: Storage = default_storage,
    progress: Progress = _silent,
) -> Books:
    """Land, read, annotate and resolve what is in the inbox, close the books, and return them."""
    run_id = runs.open_run(engine, "ingest", asdict(options), annotating.versions(recogniser))
    try:
        batches = landing.list_files(engine, run_id, settle_seconds=options.settle_seconds, storage=storage)
        for batch_no in range(1, batches + 1):
            retrying(partial(landing.land_batch, engine, run_id, batch_no, storage=storage))
            progress("land", batch_no, batches)
        return _process(engine, run_id, recogniser, options.seen, options.batch_pages, progress)
    except BaseException:
        _give_up(engine, run_id)
        raise


def reprocess(
    engine: sa.Engine,
    selection: Selection,
    recogniser: Recogniser,
    *,
    batch_pages: int = 500,
    progress: Progress = _silent,
) -> Books:
    """Do again what the warehouse holds of a selection, with the current versions, and return the books."""
    run_id = runs.open_run(engine, "reprocess", selection.as_options(), annotating.versions(recogniser))
    try:
        selecting.choose(engine, run_id, selection)
        return _process(engine, run_id, recogniser, "renew", batch_pages, progress)
    except BaseException:
        _give_up(engine, run_id)
        raise


def _process(
    engine: sa.Engine, run_id: UUID, recogniser: Recogniser, seen: Seen, batch_pages: int, progress: Progress
) -> Books:
    batches = selecting.cut(engine, run_id, seen=seen, batch_pages=batch_pages)
    for done, batch_no in enumerate(batches, 1):
        retrying(partial(reading.read_batch, engine, run_id, batch_no))
        retrying(partial(annotating.annotate_batch, engine, run_id, batch_no, recogniser))
        retrying(partial(resolving.resolve_batch, engine, run_id, batch_no))
        progress("read, annotate, resolve", done, len(batches))
    retrying(partial(publishing.publish, engine))
    return runs.close_run(engine, run_id)


def _give_up(engine: sa.Engine, run_id: UUID) -> None:
    """Mark the run as failed where the warehouse still answers; otherwise the next run finds it silent."""
    with suppress(TransientError):
        runs.fail_run(engine, run_id)
