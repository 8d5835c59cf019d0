"""Files and pages are cut into batches: none empty, none lost, never more than a scheduler can map over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from rasd.pipeline import landing, selecting
from rasd.pipeline.ingest import IngestOptions, ingest

if TYPE_CHECKING:
    from pathlib import Path

    from rasd.annotating.model import Recogniser


@pytest.mark.parametrize(("limit", "most"), [(1, 1000), (200_000, 1000), (1, 4), (10**9, 1000)])
def test_every_file_is_in_one_batch(
    warehouse: sa.Engine,
    inbox: Path,
    recogniser: Recogniser,
    monkeypatch: pytest.MonkeyPatch,
    limit: int,
    most: int,
) -> None:
    monkeypatch.setattr(landing, "_LAND_BATCH_BYTES", limit)
    monkeypatch.setattr(landing, "MOST_BATCHES", most)
    books = ingest(warehouse, IngestOptions(str(inbox), batch_pages=3, settle_seconds=0), recogniser)
    assert books.seen == 19
    with warehouse.connect() as c:
        files = c.execute(sa.text("SELECT land_batch_no, count(*) FROM ops.source GROUP BY 1 ORDER BY 1")).all()
        pages = c.execute(
            sa.text(
                "SELECT batch_no, count(DISTINCT page_id) FROM ops.outcome WHERE batch_no IS NOT NULL"
                " GROUP BY 1 ORDER BY 1"
            )
        ).all()
    assert [number for number, _ in files] == list(range(1, len(files) + 1))
    assert len(files) <= most
    assert sum(count for _, count in files) == 16
    assert [number for number, _ in pages] == list(range(1, len(pages) + 1))
    assert all(count <= 3 for _, count in pages)


def test_many_pages_never_make_more_batches_than_can_be_mapped() -> None:
    assert selecting.MOST_BATCHES <= 1024
