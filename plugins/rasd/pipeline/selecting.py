"""Which pages a run has to process: what has not been done yet by the versions of the run, cut into batches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from rasd.pipeline.landing import MOST_BATCHES
from rasd.warehouse.engine import transaction

if TYPE_CHECKING:
    from uuid import UUID

# What to do with pages that the warehouse knows: renew what older versions made, leave it, or do all of it again.
Seen = Literal["renew", "skip", "reread"]

# Pages that a dead run landed and did not finish, and pages that a person let out of quarantine, join this run.
_TAKE_OVER = """
INSERT INTO ops.outcome (run_id, source_no, page_no, page_id, uri, member, is_known)
SELECT :run_id, 0, row_number() OVER (ORDER BY page_id), page_id, uri, member,
  EXISTS (SELECT FROM core.page AS p WHERE p.page_id = waiting.page_id)
FROM (
  SELECT DISTINCT ON (page_id) page_id, uri, member
  FROM (
    SELECT o.page_id, o.uri, o.member
    FROM ops.outcome AS o
    JOIN ops.run AS r USING (run_id)
    WHERE o.outcome IS NULL AND o.page_id IS NOT NULL AND r.state = 'failed' AND r.run_id <> :run_id
    UNION ALL
    SELECT q.page_id, q.uri, q.member
    FROM ops.quarantine AS q
    WHERE q.page_id IS NOT NULL AND q.released_at IS NOT NULL AND q.resolved_at IS NULL
  ) AS unfinished
  ORDER BY page_id, uri COLLATE "C", member COLLATE "C"
) AS waiting
WHERE NOT EXISTS (SELECT FROM ops.outcome AS own WHERE own.run_id = :run_id AND own.page_id = waiting.page_id)
ON CONFLICT DO NOTHING
"""

# Digest of what the pages of article t say beside its words; annotating uses it, as it uses the words.
PAGE_DIGEST = """
md5(
  coalesce((
    SELECT string_agg(DISTINCT concat_ws('/', o.country, a.place), '|' ORDER BY concat_ws('/', o.country, a.place))
    FROM core.appearance AS a LEFT JOIN core.outlet AS o USING (outlet_id) WHERE a.article_id = t.article_id
  ), '') || '|' || coalesce((
    SELECT string_agg(concat_ws(',', q.start_offset, q.end_offset, q.speaker_start, q.speaker_end, q.speaker_how), '|'
      ORDER BY q.quotation_no)
    FROM core.quotation AS q WHERE q.article_id = t.article_id
  ), '')
)
"""

_UNDONE = f"""
SELECT DISTINCT o.page_id
FROM ops.outcome AS o
JOIN ops.run AS r USING (run_id)
LEFT JOIN core.page AS p USING (page_id)
WHERE o.run_id = :run_id AND o.page_id IS NOT NULL
  AND (
    :seen = 'reread'
    OR NOT EXISTS (
      SELECT FROM ops.quarantine AS q
      WHERE q.page_id = o.page_id AND q.released_at IS NULL AND q.reader_version = r.reader_version
    )
    AND (
      p.page_id IS NULL
      OR EXISTS (
        SELECT FROM ops.quarantine AS q
        WHERE q.page_id = o.page_id AND q.released_at IS NOT NULL AND q.resolved_at IS NULL
      )
      OR :seen = 'renew' AND p.reader_version <> r.reader_version
      OR EXISTS (
        SELECT
        FROM core.appearance AS a
        JOIN core.article AS t USING (article_id)
        LEFT JOIN core.annotation AS n USING (article_id)
        LEFT JOIN core.article_sketch AS k USING (article_id)
        WHERE a.page_id = o.page_id
          AND (
            (t.text_sha256, {PAGE_DIGEST}) IS DISTINCT FROM (n.text_sha256, n.page_digest)
            OR t.text_sha256 IS DISTINCT FROM k.text_sha256
            OR k.outlets IS NULL
            OR :seen = 'renew' AND n.recogniser_version <> r.recogniser_version
          )
      )
    )
  )
"""

_CUT = f"""
UPDATE ops.outcome AS o
SET batch_no = c.batch_no
FROM (
  SELECT page_id,
    1 + (row_number() OVER (ORDER BY page_id) - 1)
      / greatest(:batch_pages, (count(*) OVER () + {MOST_BATCHES - 1}) / {MOST_BATCHES}) AS batch_no
  FROM ({_UNDONE}) AS undone
) AS c
WHERE o.run_id = :run_id AND o.page_id = c.page_id AND o.batch_no IS DISTINCT FROM c.batch_no
"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Pages of the warehouse, chosen by what is known of them; what is None does not restrict.

    Attributes:
        since, until: days published, both included. Undated pages match only where neither is given.
        outlet: id or name of the outlet.
        reader_version, recogniser_version: pages with rows that this version made.
    """

    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    reader_version: str | None = None
    recogniser_version: str | None = None

    def as_options(self) -> dict[str, str]:
        """Return what restricts the selection, as plain values for the run's record."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: str(value) for name, value in values.items() if value is not None}


_CHOSEN = """
SELECT DISTINCT p.page_id
FROM core.page AS p
LEFT JOIN core.appearance AS a USING (page_id)
LEFT JOIN core.outlet AS o USING (outlet_id)
LEFT JOIN core.annotation AS n USING (article_id)
WHERE (CAST(:since AS date) IS NULL OR a.published_on >= :since)
  AND (CAST(:until AS date) IS NULL OR a.published_on <= :until)
  AND (CAST(:outlet AS text) IS NULL OR :outlet IN (a.outlet_id, a.outlet_name, o.name))
  AND (CAST(:reader_version AS text) IS NULL OR p.reader_version = :reader_version)
  AND (CAST(:recogniser_version AS text) IS NULL OR n.recogniser_version = :recogniser_version)
"""

_CHOOSE = f"""
INSERT INTO ops.outcome (run_id, source_no, page_no, page_id, uri, member, is_known)
SELECT :run_id, 0, row_number() OVER (ORDER BY c.page_id), c.page_id, d.uri, d.member, true
FROM ({_CHOSEN}) AS c
CROSS JOIN LATERAL (
  SELECT uri, member FROM raw.delivery AS d
  WHERE d.page_id = c.page_id ORDER BY uri COLLATE "C", member COLLATE "C" LIMIT 1
) AS d
ON CONFLICT DO NOTHING
"""


def count(engine: sa.Engine, selection: Selection) -> int:
    """Return how many pages a selection holds."""
    with transaction(engine) as connection:
        return int(connection.scalar(sa.text(f"SELECT count(*) FROM ({_CHOSEN}) AS c"), _parameters(selection)) or 0)


def choose(engine: sa.Engine, run_id: UUID, selection: Selection) -> None:
    """Note the pages of a selection as seen by the run."""
    with transaction(engine) as connection:
        connection.execute(sa.text(_CHOOSE), {"run_id": run_id, **_parameters(selection)})
        connection.execute(sa.text("UPDATE ops.run SET listed_at = now() WHERE run_id = :run_id"), {"run_id": run_id})


def cut(engine: sa.Engine, run_id: UUID, *, seen: Seen, batch_pages: int, take_over: bool = True) -> list[int]:
    """Cut what the run has to process into batches and return their numbers; none if there is nothing to do."""
    with transaction(engine) as connection:
        if take_over:
            connection.execute(sa.text(_TAKE_OVER), {"run_id": run_id})
        connection.execute(sa.text(_CUT), {"run_id": run_id, "seen": seen, "batch_pages": batch_pages})
        return list(
            connection.scalars(
                sa.text(
                    "SELECT DISTINCT batch_no FROM ops.outcome"
                    " WHERE run_id = :run_id AND batch_no IS NOT NULL ORDER BY batch_no"
                ),
                {"run_id": run_id},
            )
        )


def pages_of(connection: sa.Connection, run_id: UUID, batch_no: int) -> list[UUID]:
    """Return the pages of a batch, in order."""
    return list(
        connection.scalars(
            sa.text(
                "SELECT DISTINCT page_id FROM ops.outcome"
                " WHERE run_id = :run_id AND batch_no = :batch_no ORDER BY page_id"
            ),
            {"run_id": run_id, "batch_no": batch_no},
        )
    )


def _parameters(selection: Selection) -> dict[str, object]:
    return {name: getattr(selection, name) for name in Selection.__slots__}
