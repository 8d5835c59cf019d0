"""A run and its books: opened, kept alive, and closed only when every page it saw has exactly one outcome."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

import sqlalchemy as sa

from rasd.errors import RasdError
from rasd.pipeline import furniture
from rasd.warehouse.engine import transaction

if TYPE_CHECKING:
    from collections.abc import Mapping

# A run that has not stirred for this long has died: no step goes without a sign of life for a tenth of it.
DEAD_AFTER = "1 hour"

Pipeline = Literal["ingest", "reprocess"]


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions that stamp what a run derives."""

    reader: str
    recogniser: str


@dataclass(frozen=True, slots=True)
class Books:
    """What became of the pages of a run."""

    run_id: UUID
    seen: int
    loaded: int
    updated: int
    duplicate: int
    quarantined: int
    waiting: int

    def counts(self) -> dict[str, int | str]:
        """Return the books as plain values, for a log line or a message between tasks."""
        return {**asdict(self), "run_id": str(self.run_id)}


def new_run_id() -> UUID:
    """Return an id that sorts by time (UUID version 7, RFC 9562)."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds << 80) | (0x7 << 76) | ((random >> 68) << 64) | (0b10 << 62) | (random & ((1 << 62) - 1))
    return UUID(int=value)


def open_run(
    engine: sa.Engine,
    pipeline: Pipeline,
    options: Mapping[str, Any],
    versions: Versions,
    *,
    external_id: str | None = None,
) -> UUID:
    """Open a run, or find the one that the scheduler's `external_id` already opened, and return its id.

    Its pages are read with the furniture that is known now: the reader's version in `ops.run` says which.
    A run that was closed is opened again: its steps find nothing to do and close the same books.
    """
    statement = sa.text(
        """
        INSERT INTO ops.run AS t (run_id, external_id, pipeline, options, reader_version, recogniser_version, state)
        VALUES (:run_id, :external_id, :pipeline, CAST(:options AS jsonb), :reader, :recogniser, 'open')
        ON CONFLICT (external_id) DO UPDATE SET
          state = 'open', heartbeat_at = now(), reader_version = excluded.reader_version,
          recogniser_version = excluded.recogniser_version
        RETURNING run_id
        """
    )
    with transaction(engine) as connection:
        known = furniture.load(connection, furniture.current(connection))
        opened: UUID = connection.scalars(
            statement,
            {
                "run_id": new_run_id(),
                "external_id": external_id,
                "pipeline": pipeline,
                "options": json.dumps(dict(options), ensure_ascii=False),
                "reader": versions.reader + known.reader_suffix,
                "recogniser": versions.recogniser,
            },
        ).one()
    return opened


def furniture_of(connection: sa.Connection, run_id: UUID) -> furniture.Furniture:
    """Return the furniture that was known when the run began."""
    version = connection.scalar(sa.text("SELECT reader_version FROM ops.run WHERE run_id = :id"), {"id": run_id})
    return furniture.load(connection, furniture.version_in(version or ""))


def heartbeat(connection: sa.Connection, run_id: UUID) -> None:
    """Say that the run is alive; at most once a minute, so that writers do not queue behind each other for it."""
    connection.execute(
        sa.text(
            "UPDATE ops.run SET heartbeat_at = now()"
            " WHERE run_id = :run_id AND heartbeat_at < now() - interval '1 minute'"
        ),
        {"run_id": run_id},
    )


def fail_run(engine: sa.Engine, run_id: UUID) -> None:
    """Mark an open run as failed: the next run takes over what it landed and did not finish."""
    with transaction(engine) as connection:
        connection.execute(
            sa.text("UPDATE ops.run SET state = 'failed' WHERE run_id = :run_id AND state = 'open'"), {"run_id": run_id}
        )


def bury_dead_runs(connection: sa.Connection, own: UUID) -> None:
    """Mark runs that have died without a word as failed, and forget the listings of runs closed a day ago."""
    connection.execute(
        sa.text(
            """
            DELETE FROM ops.source AS s USING ops.run AS r
            WHERE r.run_id = s.run_id AND r.state = 'closed' AND r.closed_at < now() - interval '1 day'
            """
        )
    )
    connection.execute(
        sa.text(
            f"""
            UPDATE ops.run SET state = 'failed'
            WHERE state = 'open' AND run_id <> :own AND heartbeat_at < now() - interval '{DEAD_AFTER}'
            """
        ),
        {"own": own},
    )


# The outcome of a page follows from what the warehouse holds when the run ends, and from nothing that a crash could
# lose: a page counts as this run's work if the run made or replaced its rows or annotated one of its articles.
# A page that was given to a batch must carry this run's versions; a dead run is not held to that (`is_strict`).
_JUDGE = """
UPDATE ops.outcome AS o
SET outcome = j.outcome, reason = j.reason
FROM (
  SELECT
    o.source_no, o.page_no,
    CASE
      WHEN q.quarantine_id IS NOT NULL THEN 'quarantined'
      WHEN p.page_id IS NULL OR made.n_unfinished > 0 THEN NULL
      WHEN :is_strict AND o.batch_no IS NOT NULL
        AND (p.reader_version <> r.reader_version OR made.n_other_recogniser > 0) THEN NULL
      WHEN o.delivery_no > 1 OR NOT made.is_here THEN 'duplicate'
      WHEN o.is_known THEN 'updated'
      ELSE 'loaded'
    END AS outcome,
    CASE
      WHEN q.quarantine_id IS NOT NULL THEN q.reason
      WHEN o.delivery_no > 1 THEN 'same page earlier in this run'
      WHEN NOT made.is_here THEN 'in the warehouse already'
    END AS reason
  FROM (
    SELECT *, row_number() OVER (PARTITION BY page_id ORDER BY source_no, page_no) AS delivery_no
    FROM ops.outcome
    WHERE run_id = :run_id
  ) AS o
  LEFT JOIN ops.quarantine AS q
    ON q.released_at IS NULL
   AND q.quarantine_id = coalesce(o.page_id, md5(o.uri || E'\\n' || o.member)::uuid)
  LEFT JOIN core.page AS p ON p.page_id = o.page_id
  JOIN ops.run AS r ON r.run_id = :run_id
  CROSS JOIN LATERAL (
    SELECT
      count(*) FILTER (WHERE t.text_sha256 IS DISTINCT FROM n.text_sha256
        OR t.text_sha256 IS DISTINCT FROM k.text_sha256) AS n_unfinished,
      count(*) FILTER (WHERE n.recogniser_version <> r.recogniser_version) AS n_other_recogniser,
      p.run_id = :run_id OR coalesce(bool_or(n.run_id = :run_id), false) AS is_here
    FROM core.appearance AS a
    JOIN core.article AS t USING (article_id)
    LEFT JOIN core.annotation AS n USING (article_id)
    LEFT JOIN core.article_sketch AS k USING (article_id)
    WHERE a.page_id = p.page_id
  ) AS made
) AS j
WHERE o.run_id = :run_id AND o.source_no = j.source_no AND o.page_no = j.page_no
  AND (o.outcome, o.reason) IS DISTINCT FROM (j.outcome, j.reason)
"""

_COUNT = """
UPDATE ops.run AS r
SET n_seen = c.seen, n_loaded = c.loaded, n_updated = c.updated, n_duplicate = c.duplicate,
    n_quarantined = c.quarantined, state = 'closed', closed_at = now(), heartbeat_at = now()
FROM (
  SELECT
    count(*) AS seen,
    count(*) FILTER (WHERE outcome = 'loaded') AS loaded,
    count(*) FILTER (WHERE outcome = 'updated') AS updated,
    count(*) FILTER (WHERE outcome = 'duplicate') AS duplicate,
    count(*) FILTER (WHERE outcome = 'quarantined') AS quarantined
  FROM ops.outcome
  WHERE run_id = :run_id
) AS c
WHERE r.run_id = :run_id
"""


def close_run(engine: sa.Engine, run_id: UUID) -> Books:
    """Give every page of the run its outcome and close the books; those of dead runs too, where they now add up.

    Raises:
        RasdError: if a page has no outcome; the run is then marked failed and the next one takes the page over.
    """
    with transaction(engine) as connection:
        is_listed = connection.scalar(
            sa.text("SELECT listed_at IS NOT NULL FROM ops.run WHERE run_id = :run_id"), {"run_id": run_id}
        )
        open_pages = _judge(connection, run_id, is_strict=True)
        unlanded = connection.scalar(
            sa.text("SELECT count(*) FROM ops.source WHERE run_id = :run_id AND landed_at IS NULL"), {"run_id": run_id}
        )
        adds_up = is_listed and not open_pages and not unlanded
        if adds_up:
            _close(connection, run_id)
            for dead in connection.scalars(
                sa.text("SELECT run_id FROM ops.run WHERE state = 'failed' ORDER BY run_id FOR UPDATE SKIP LOCKED")
            ).all():
                if not _judge(connection, dead, is_strict=False):
                    _close(connection, dead)
    if not adds_up:
        fail_run(engine, run_id)
        raise RasdError(
            f"the books of the run do not close: {open_pages} pages without an outcome, {unlanded} files not landed"
            + ("" if is_listed else ", the inbox not listed"),
            where=f"run {run_id}",
            do="Run again: it takes over what is unfinished. The steps' own errors above say why it stopped.",
        )
    return books(engine, run_id)


def _judge(connection: sa.Connection, run_id: UUID, *, is_strict: bool) -> int:
    """Write the outcomes of a run's pages and return how many pages have none."""
    connection.execute(sa.text(_JUDGE), {"run_id": run_id, "is_strict": is_strict})
    left = connection.scalar(
        sa.text("SELECT count(*) FROM ops.outcome WHERE run_id = :run_id AND outcome IS NULL"), {"run_id": run_id}
    )
    return int(left or 0)


def _close(connection: sa.Connection, run_id: UUID) -> None:
    connection.execute(sa.text(_COUNT), {"run_id": run_id})


def books(engine: sa.Engine, run_id: UUID) -> Books:
    """Return the books of a run as they stand."""
    with transaction(engine) as connection:
        row = connection.execute(
            sa.text(
                "SELECT run_id, n_seen, n_loaded, n_updated, n_duplicate, n_quarantined, n_waiting"
                " FROM ops.run WHERE run_id = :run_id"
            ),
            {"run_id": run_id},
        ).one()
    return Books(*row)
