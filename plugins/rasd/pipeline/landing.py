"""The first step: files are listed, cut into batches, and their pages landed byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from rasd.landing import archiving
from rasd.landing.containers import open_pages
from rasd.landing.listing import Storage, default_storage, list_sources
from rasd.landing.model import DEFAULT_LIMITS, LandedPage, Limits, Refused, Skipped, Source
from rasd.pipeline import ids, runs
from rasd.reading.version import reader_version
from rasd.warehouse.engine import transaction
from rasd.warehouse.load import Staging

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

# A scheduler maps one task over at most this many batches (Airflow's max_map_length is 1024).
MOST_BATCHES = 1000
# One task opens about this many bytes of files; opening a small file costs as much as reading _FILE_COST bytes of it.
_LAND_BATCH_BYTES = 32 * 1024 * 1024
_FILE_COST = 64 * 1024
# One transaction lands at most about this much: it bounds the memory of a worker.
_CHUNK_BYTES = 8 * 1024 * 1024
_CHUNK_PAGES = 500


@dataclass(frozen=True, slots=True)
class Survey:
    """What a dry run finds in an inbox: files, and their pages by what a real run would do with them.

    Attributes:
        left: what a run would not land, and why: refused, or passed over (hidden, still being written).
    """

    files: int
    waiting: int
    new: int
    known: int
    refused: int
    left: tuple[Refused | Skipped, ...]

    def told(self) -> str:
        """Return it in words: a line for everything that is left, then the sums."""
        lines = [
            f"{'refused' if isinstance(one, Refused) else 'passed over'}: "
            f"{one.uri}{f' {one.member}' if one.member else ''}: {one.what} ({one.reason})"
            for one in self.left
        ]
        sums = (
            f"{self.files} files: {self.new} new pages, {self.known} known ones, {self.refused} refused, "
            f"{self.waiting} files still being written. Nothing was written."
        )
        return "\n".join([*lines, sums])


def list_files(engine: sa.Engine, run_id: UUID, *, settle_seconds: float, storage: Storage = default_storage) -> int:
    """List the inbox that the run was opened for (its option `inbox`); return how many batches there are to land.

    All or nothing: a run that has been listed is not listed again, so that a retry sees the same files.
    """
    with transaction(engine) as connection:
        runs.bury_dead_runs(connection, run_id)
        inbox, is_listed = connection.execute(
            sa.text("SELECT options ->> 'inbox', listed_at IS NOT NULL FROM ops.run WHERE run_id = :run_id"),
            {"run_id": run_id},
        ).one()
        if not is_listed:
            waiting = weight = 0
            batch_no = 1
            refusals: list[tuple[int, Refused]] = []

            def rows() -> Iterator[dict[str, Any]]:
                nonlocal waiting, weight, batch_no
                number = 0
                for found in list_sources(inbox, settle_seconds=settle_seconds, storage=storage):
                    if isinstance(found, Skipped):
                        waiting += found.reason == "still_written"
                        continue
                    number += 1
                    if isinstance(found, Refused):
                        refusals.append((number, found))
                    more = _FILE_COST + (getattr(found, "size", None) or 0)
                    if weight and weight + more > _LAND_BATCH_BYTES:
                        batch_no, weight = batch_no + 1, 0
                    weight += more
                    yield _listed(run_id, number, batch_no, found)

            staging = Staging(connection, "ops.source", "ops.outcome", "ops.quarantine")
            staging.copy("ops.source", rows())
            staging.copy("ops.outcome", (_seen(run_id, number, 1, refused) for number, refused in refusals))
            staging.copy("ops.quarantine", (_refusal(refused, run_id) for _, refused in refusals))
            staging.merge("ops.source", "ops.outcome", "ops.quarantine")
            if batch_no > MOST_BATCHES:
                connection.execute(
                    sa.text(
                        "UPDATE ops.source SET land_batch_no = (land_batch_no - 1) / :n + 1 WHERE run_id = :run_id"
                    ),
                    {"n": -(-batch_no // MOST_BATCHES), "run_id": run_id},
                )
            connection.execute(
                sa.text("UPDATE ops.run SET listed_at = now(), n_waiting = :n WHERE run_id = :run_id"),
                {"n": waiting, "run_id": run_id},
            )
        return int(
            connection.scalar(
                sa.text("SELECT coalesce(max(land_batch_no), 0) FROM ops.source WHERE run_id = :run_id"),
                {"run_id": run_id},
            )
            or 0
        )


def land_batch(
    engine: sa.Engine,
    run_id: UUID,
    batch_no: int,
    *,
    storage: Storage = default_storage,
    limits: Limits = DEFAULT_LIMITS,
) -> int:
    """Land the pages of one batch of files and return how many the run has seen in it.

    Bytes, place, and the run's note of having seen them are written in one transaction per chunk.
    """
    with transaction(engine) as connection:
        sources = connection.execute(
            sa.text(
                """
                SELECT source_no, uri, n_bytes, extract(epoch FROM modified_at)::float8
                FROM ops.source
                WHERE run_id = :run_id AND land_batch_no = :batch_no AND landed_at IS NULL
                ORDER BY source_no
                """
            ),
            {"run_id": run_id, "batch_no": batch_no},
        ).all()
    seen = 0
    chunk = _Chunk(engine, run_id)
    for source_no, uri, size, modified in sources:
        for page_no, found in enumerate(open_pages(Source(uri, size, modified), limits, storage=storage), 1):
            if isinstance(found, Skipped):
                chunk.n_waiting += found.reason == "still_written"
                continue
            chunk.add(source_no, page_no, found)
            seen += 1
        chunk.finish(source_no, uri)
    chunk.write()
    return seen


class _Chunk:
    """Pages gathered until they are enough for one transaction."""

    def __init__(self, engine: sa.Engine, run_id: UUID) -> None:
        self._engine, self._run_id = engine, run_id
        self._found: list[tuple[int, int, LandedPage | Refused]] = []
        self._finished: list[tuple[int, str]] = []
        self._bytes = 0
        self.n_waiting = 0

    def add(self, source_no: int, page_no: int, found: LandedPage | Refused) -> None:
        self._found.append((source_no, page_no, found))
        if isinstance(found, LandedPage):
            self._bytes += len(found.content)
        if self._bytes >= _CHUNK_BYTES or len(self._found) >= _CHUNK_PAGES:
            self.write()

    def finish(self, source_no: int, uri: str) -> None:
        self._finished.append((source_no, uri))

    def write(self) -> None:
        pages = [f for _, _, f in self._found if isinstance(f, LandedPage)]
        refusals = [f for _, _, f in self._found if isinstance(f, Refused)]
        with transaction(self._engine) as connection:
            staging = Staging(connection, "raw.page", "raw.delivery", "ops.outcome", "ops.quarantine")
            # Bytes that are kept already would travel for nothing; the merge settles a race with another run.
            kept = _among(connection, "raw.page", [ids.of_digest(p.sha256) for p in pages])
            staging.copy(
                "raw.page",
                (
                    {
                        "page_id": page_id,
                        "sha256": p.sha256,
                        "content": p.content,
                        "media_type": p.media_type,
                        "n_bytes": len(p.content),
                        "run_id": self._run_id,
                    }
                    for p in pages
                    if (page_id := ids.of_digest(p.sha256)) not in kept
                ),
            )
            staging.copy(
                "raw.delivery",
                (
                    {
                        "page_id": ids.of_digest(p.sha256),
                        "uri": p.uri,
                        "member": p.member or "",
                        "run_id": self._run_id,
                    }
                    for p in pages
                ),
            )
            staging.copy("ops.outcome", (_seen(self._run_id, *found) for found in self._found))
            staging.copy("ops.quarantine", (_refusal(r, self._run_id) for r in refusals))
            staging.merge("raw.page", "raw.delivery", "ops.outcome", "ops.quarantine")
            self._release(connection)
            runs.heartbeat(connection, self._run_id)
        self._found, self._finished, self._bytes, self.n_waiting = [], [], 0, 0

    def _release(self, connection: sa.Connection) -> None:
        """Note the files that have been landed, and as resolved what only an earlier run had to refuse in them."""
        if self.n_waiting:
            connection.execute(
                sa.text("UPDATE ops.run SET n_waiting = n_waiting + :n WHERE run_id = :run_id"),
                {"n": self.n_waiting, "run_id": self._run_id},
            )
        connection.execute(
            sa.text("UPDATE ops.source SET landed_at = now() WHERE run_id = :run_id AND source_no = ANY(:numbers)"),
            {"run_id": self._run_id, "numbers": [n for n, _ in self._finished]},
        )
        connection.execute(
            sa.text(
                """
                UPDATE ops.quarantine AS q
                SET resolved_at = now(), released_at = coalesce(released_at, now())
                WHERE q.page_id IS NULL AND q.resolved_at IS NULL AND q.uri = ANY(:uris)
                  AND NOT EXISTS (
                    SELECT FROM ops.outcome AS o
                    WHERE o.run_id = :run_id AND o.uri = q.uri AND o.member = q.member AND o.page_id IS NULL
                  )
                """
            ),
            {"run_id": self._run_id, "uris": [u for _, u in self._finished]},
        )


def _among(connection: sa.Connection, table: str, page_ids: list[UUID]) -> set[UUID]:
    """Return those of the pages that the table holds."""
    return set(connection.scalars(sa.text(f"SELECT page_id FROM {table} WHERE page_id = ANY(:ids)"), {"ids": page_ids}))


def _listed(run_id: UUID, source_no: int, batch_no: int, found: Source | Refused) -> dict[str, Any]:
    size, modified = (found.size, found.modified) if isinstance(found, Source) else (None, None)
    return {
        "run_id": run_id,
        "source_no": source_no,
        "uri": found.uri,
        "n_bytes": size,
        "modified_at": None if modified is None else datetime.fromtimestamp(modified, UTC),
        "land_batch_no": batch_no,
        # What cannot even be listed has been dealt with by noting so.
        "landed_at": datetime.now(UTC) if isinstance(found, Refused) else None,
    }


def _seen(run_id: UUID, source_no: int, page_no: int, found: LandedPage | Refused) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "source_no": source_no,
        "page_no": page_no,
        "page_id": ids.of_digest(found.sha256) if isinstance(found, LandedPage) else None,
        "uri": found.uri,
        "member": found.member or "",
    }


def _refusal(refused: Refused, run_id: UUID) -> dict[str, Any]:
    member = refused.member or ""
    return {
        "quarantine_id": ids.of_place(refused.uri, member),
        "page_id": None,
        "uri": refused.uri,
        "member": member,
        "stage": "land",
        "reason": refused.reason,
        "detail": refused.what,
        "advice": refused.do,
        "reader_version": reader_version(),
        "run_id": run_id,
    }


def survey(
    engine: sa.Engine,
    inbox: str,
    *,
    settle_seconds: float,
    storage: Storage = default_storage,
    limits: Limits = DEFAULT_LIMITS,
) -> Survey:
    """Say what a run over the inbox would find, and write nothing."""
    files = new = known = 0
    left: list[Refused | Skipped] = []
    seen: set[UUID] = set()
    for found in list_sources(inbox, settle_seconds=settle_seconds, storage=storage):
        files += not isinstance(found, Skipped)
        if isinstance(found, (Refused, Skipped)):
            left.append(found)
            continue
        page_ids = []
        for page in open_pages(found, limits, storage=storage):
            if isinstance(page, LandedPage):
                page_ids.append(ids.of_digest(page.sha256))
            else:
                left.append(page)
        with transaction(engine) as connection:
            there = _among(connection, "core.page", page_ids)
        for page_id in page_ids:
            known += page_id in there or page_id in seen
            new += page_id not in there and page_id not in seen
            seen.add(page_id)
    waiting = sum(one.reason == "still_written" for one in left)
    return Survey(files, waiting, new, known, sum(isinstance(one, Refused) for one in left), tuple(left))


def remove_files(
    engine: sa.Engine, run_id: UUID, *, archive: str | None = None, storage: Storage = default_storage
) -> int:
    """Remove from the inbox the files of a closed run whose every page is in the warehouse; return how many.

    A file stays if anything in it was quarantined, or if it is no longer the one that was listed. With an `archive`
    (folder or object-store address) it is copied there first, under the day of its last change and its content's
    digest: stopped at any moment and done again, nothing is lost and nothing lies there twice.

    Raises:
        TransientError: if the storage does not answer.
    """
    with transaction(engine) as connection:
        files = connection.execute(
            sa.text(
                """
                SELECT s.uri, s.n_bytes, extract(epoch FROM s.modified_at)::float8
                FROM ops.source AS s
                JOIN ops.run AS r USING (run_id)
                WHERE s.run_id = :run_id AND r.state = 'closed'
                  AND EXISTS (SELECT FROM ops.outcome AS o WHERE (o.run_id, o.source_no) = (s.run_id, s.source_no))
                  AND NOT EXISTS (
                    SELECT FROM ops.outcome AS o
                    WHERE (o.run_id, o.source_no) = (s.run_id, s.source_no) AND o.outcome = 'quarantined'
                  )
                ORDER BY s.source_no
                """
            ),
            {"run_id": run_id},
        ).all()
    removed = 0
    for uri, size, modified in files:
        now = next(iter(list_sources(uri, settle_seconds=0, storage=storage)), None)
        if isinstance(now, Source) and now.size == size and _same_time(now.modified, modified):
            if archive is not None:
                archiving.keep(now, archive, storage=storage)
            archiving.remove(uri, storage=storage)
            removed += 1
    return removed


def _same_time(a: float | None, b: float | None) -> bool:
    """Say whether two times are the same, as far as the warehouse keeps them (microseconds)."""
    return a is b or (a is not None and b is not None and abs(a - b) < 1e-5)
