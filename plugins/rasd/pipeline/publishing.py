"""The last step: what analysts ask for is brought up to date with what has changed, and only with that.

Triggers on core write the articles that change into `ops.unpublished`. Publishing takes them from there: it indexes
their words for the search, subtracts what they added to the counts when they were last published, and adds what they
add now. So a batch costs what a batch costs, whatever the warehouse holds, and publishing again changes nothing.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from rasd import resources
from rasd.arabic.search import LONGEST_KEY, search_version, vector
from rasd.pipeline import watches
from rasd.warehouse.engine import transaction
from rasd.warehouse.load import Staging

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

# Two publishers would each count from what the other has not committed yet: one at a time.
_LOCK = 0x52505542  # "RPUB"
_CHUNK_ARTICLES = 1000
# What waits before the search index is sorted in memory: with less, pages of the index would be changed several times.
_MEMORY = "64MB"

# What publishing writes, and nothing else does.
COUNTED = (
    "core.publication",
    "core.article_day",
    "core.entity_article",
    "core.entity_day",
    "core.entity_total",
    "core.outlet_day",
    "core.outlet_total",
    "core.press_day",
    "core.article_search",
)

_CHANGED = "SELECT DISTINCT article_id FROM ops.unpublished ORDER BY article_id LIMIT :most"

_UNINDEXED = """
SELECT t.article_id, t.headline, t.body, t.text_sha256, d.published_on, o.outlets
FROM now_article_day AS d
JOIN core.article AS t USING (article_id)
JOIN (
  SELECT article_id, coalesce(array_agg(DISTINCT outlet) FILTER (WHERE outlet IS NOT NULL), '{}') AS outlets
  FROM now_publication
  GROUP BY article_id
) AS o USING (article_id)
LEFT JOIN core.article_search AS s USING (article_id)
WHERE (s.text_sha256, s.published_on, s.outlets, s.search_version)
  IS DISTINCT FROM (t.text_sha256, d.published_on, o.outlets, :version)
"""


class _Article(NamedTuple):
    article_id: UUID
    headline: str | None
    body: str
    text_sha256: bytes
    published_on: date | None
    outlets: list[str]


def _silent(published: int) -> None:
    """Tell nobody."""


def publish(engine: sa.Engine, *, progress: Callable[[int], None] = _silent) -> int:
    """Publish every article that has changed, and return how many those were."""
    with transaction(engine) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        watches.refresh(connection)
    published = 0
    while (done := _publish_chunk(engine)) > 0:
        published += done
        progress(published)
    if published:
        with transaction(engine) as connection:
            watches.look(connection)
    return published


def recount(engine: sa.Engine, *, progress: Callable[[int], None] = _silent) -> int:
    """Forget every count and every entry of the search index, and publish all articles anew; return how many."""
    with transaction(engine) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        for table in COUNTED:
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql("INSERT INTO ops.unpublished (article_id) SELECT article_id FROM core.article")
    return publish(engine, progress=progress)


def _publish_chunk(engine: sa.Engine) -> int:
    with transaction(engine, is_derived=True) as connection:
        connection.exec_driver_sql(f"SET LOCAL work_mem = '{_MEMORY}'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        changed = connection.scalars(sa.text(_CHANGED), {"most": _CHUNK_ARTICLES}).all()
        if changed:
            publish_articles(connection, changed)
    return len(changed)


def publish_articles(connection: sa.Connection, article_ids: Sequence[UUID]) -> None:
    """Publish these articles; the caller holds the transaction and is alone in publishing."""
    connection.exec_driver_sql("CREATE TEMPORARY TABLE touched (article_id uuid PRIMARY KEY) ON COMMIT DROP")
    connection.execute(
        sa.text(
            """
            WITH taken AS (DELETE FROM ops.unpublished WHERE article_id = ANY(:ids))
            INSERT INTO touched SELECT unnest(CAST(:ids AS uuid[]))
            """
        ),
        {"ids": list(article_ids)},
    )
    connection.exec_driver_sql(_statements("stage"))
    _index(connection)
    for step in ("difference", "replace", "count"):
        connection.exec_driver_sql(_statements(step))
    watches.evaluate(connection, article_ids)


def _index(connection: sa.Connection) -> None:
    version = search_version()
    found = connection.execute(sa.text(_UNINDEXED), {"version": version})
    articles = [_Article(*row) for row in found]
    if not articles:
        return
    staging = Staging(connection, "core.article_search")
    staging.copy(
        "core.article_search",
        (
            {
                "article_id": a.article_id,
                "text_sha256": bytes(a.text_sha256),
                "published_on": a.published_on,
                "outlets": a.outlets,
                "tokens": vector(a.headline, a.body, labels(a.published_on, a.outlets)),
                "search_version": version,
            }
            for a in articles
        ),
    )
    staging.merge("core.article_search")


def labels(published_on: date | None, outlets: Sequence[str]) -> list[str]:
    """Return the lexemes by which the index knows days, months and outlets: they narrow a search without any row."""
    days = [f"@{published_on:%Y-%m}", f"@{published_on:%Y-%m-%d}"] if published_on else ["@undated"]
    return [*days, *(f"@o:{outlet[:LONGEST_KEY]}" for outlet in outlets)]


@cache
def _statements(name: str) -> str:
    return (resources.sql() / "publish" / f"{name}.sql").read_text(encoding="utf-8").replace("%", "%%")
