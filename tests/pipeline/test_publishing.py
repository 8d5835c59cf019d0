"""What reports count is what core holds: however it came about, and at the cost of what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tables import row_versions, rows

from rasd.pipeline import ingest as pipeline
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.pipeline.publishing import COUNTED, publish, recount

if TYPE_CHECKING:
    from pathlib import Path

    from rasd.annotating.model import Recogniser


def counted(engine: sa.Engine) -> dict[str, list[object]]:
    return {name: found for name, found in rows(engine).items() if name in COUNTED}


def recounted(engine: sa.Engine) -> dict[str, list[object]]:
    recount(engine)
    return counted(engine)


def test_every_count_is_there_and_publishing_again_changes_nothing(sample_warehouse: sa.Engine) -> None:
    before = row_versions(sample_warehouse)
    assert all(before[name] for name in COUNTED)
    assert publish(sample_warehouse) == 0
    with sample_warehouse.begin() as c:
        c.exec_driver_sql("INSERT INTO ops.unpublished (article_id) SELECT article_id FROM core.article")
    assert publish(sample_warehouse) > 0
    assert row_versions(sample_warehouse) == before


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM core.mention WHERE start_offset % 2 = 0",
        "UPDATE core.mention SET entity_id = NULL WHERE start_offset % 2 = 0",
        "UPDATE core.mention SET entity_id = (SELECT min(entity_id::text)::uuid FROM core.entity)",
        "UPDATE core.appearance SET published_on = published_on - 40 WHERE appearance_no = 1",
        "UPDATE core.appearance SET published_on = NULL, published_precision = NULL, published_calendar = NULL,"
        " published_evidence = NULL",
        "UPDATE core.appearance SET outlet_id = NULL, outlet_name = NULL",
        "UPDATE core.appearance SET published_precision = 'month' WHERE published_on IS NOT NULL",
        "UPDATE core.story_article SET story_id = (SELECT min(story_id::text)::uuid FROM core.story_article)",
        "DELETE FROM core.story_article",
        "UPDATE core.article SET body = 'نص آخر', text_sha256 = '\\x00'",
        "DELETE FROM core.story_article; DELETE FROM core.story_link; DELETE FROM core.appearance;"
        " DELETE FROM core.article",
    ],
)
def test_whatever_changes_in_core_the_counts_follow(sample_warehouse: sa.Engine, change: str) -> None:
    with sample_warehouse.begin() as c:
        c.exec_driver_sql(change.replace("%", "%%"))
    publish(sample_warehouse)
    followed = counted(sample_warehouse)
    assert followed == recounted(sample_warehouse)


def test_a_batch_touches_only_what_it_changes(
    warehouse: sa.Engine, inbox: Path, recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = sorted(inbox.glob("1*.txt"))
    for path in late:
        path.rename(path.with_name("." + path.name))
    ingest(warehouse, IngestOptions(str(inbox), settle_seconds=0), recogniser)
    before = set(row_versions(warehouse)["core.entity_article"])
    for path in late:
        path.with_name("." + path.name).rename(path)
    looked_at = []
    with monkeypatch.context() as watched:
        watched.setattr(pipeline.publishing, "publish", lambda engine: looked_at.append(publish(engine)))
        ingest(warehouse, IngestOptions(str(inbox), settle_seconds=0), recogniser)
    with warehouse.connect() as c:
        total = c.scalar(sa.text("SELECT count(*) FROM core.article"))
    assert 0 < looked_at[0] < total
    assert before <= set(row_versions(warehouse)["core.entity_article"])
    followed = counted(warehouse)
    assert followed == recounted(warehouse)
