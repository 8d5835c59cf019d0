"""The last step before publishing: articles that tell the same text again are joined into stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from rasd.pipeline import runs
from rasd.pipeline.selecting import pages_of
from rasd.resolving.stories import LEAST_SHARED, Link, compare, shingles, sketch, words
from rasd.warehouse.engine import transaction
from rasd.warehouse.load import Staging

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

# Two writers that bring in the two halves of a story at once would each miss the other's: one at a time.
_LOCK = 0x52535459  # "RSTY"

_CHUNK_ARTICLES = 200

_UNDONE = """
SELECT DISTINCT t.article_id, t.text_sha256, t.body
FROM core.appearance AS a
JOIN core.article AS t USING (article_id)
LEFT JOIN core.article_sketch AS s USING (article_id)
WHERE a.page_id = ANY(:page_ids) AND t.text_sha256 IS DISTINCT FROM s.text_sha256
ORDER BY t.article_id
"""

_CANDIDATES = """
WITH met AS MATERIALIZED (
  SELECT DISTINCT o.article_id, o.hashes
  FROM stage_article_sketch AS s
  JOIN core.article_sketch AS o ON o.hashes && s.hashes
), own AS (
  SELECT article_id, cardinality(hashes) AS n, unnest(hashes) AS hash FROM stage_article_sketch
), other AS (
  SELECT article_id, cardinality(hashes) AS n, unnest(hashes) AS hash FROM met
)
SELECT DISTINCT least(a.article_id, b.article_id), greatest(a.article_id, b.article_id)
FROM own AS a
JOIN other AS b USING (hash)
WHERE a.article_id <> b.article_id
GROUP BY a.article_id, b.article_id, a.n, b.n
HAVING count(*) >= :least_shared * least(a.n, b.n)
ORDER BY 1, 2
"""

_SAME_STORY = """
SELECT article_id FROM core.story_article
WHERE story_id IN (SELECT story_id FROM core.story_article WHERE article_id = ANY(:ids))
"""

# All articles that links lead to from some, those included, each with the smallest id it is connected to.
_STORIES = """
WITH RECURSIVE pair (a, b) AS (
  SELECT article_id, other_article_id FROM core.story_link
  UNION ALL
  SELECT other_article_id, article_id FROM core.story_link
), reached (start, article_id) AS (
  SELECT id, id FROM unnest(CAST(:ids AS uuid[])) AS id
  UNION
  SELECT r.start, p.b FROM reached AS r JOIN pair AS p ON p.a = r.article_id
), story AS (
  SELECT start, min(article_id::text)::uuid AS story_id FROM reached GROUP BY start
)
SELECT DISTINCT r.article_id, s.story_id FROM reached AS r JOIN story AS s USING (start) ORDER BY 1
"""


class _Article(NamedTuple):
    article_id: UUID
    text_sha256: bytes
    body: str


def resolve_batch(engine: sa.Engine, run_id: UUID, batch_no: int) -> int:
    """Find the stories of the articles on a batch's pages and return how many articles were compared."""
    with transaction(engine) as connection:
        page_ids = pages_of(connection, run_id, batch_no)
        undone = [_Article(*row) for row in connection.execute(sa.text(_UNDONE), {"page_ids": page_ids})]
    for start in range(0, len(undone), _CHUNK_ARTICLES):
        _resolve_chunk(engine, run_id, undone[start : start + _CHUNK_ARTICLES])
    return len(undone)


def _resolve_chunk(engine: sa.Engine, run_id: UUID, articles: Sequence[_Article]) -> None:
    texts = {a.article_id: words(a.body) for a in articles}
    with transaction(engine) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        staging = Staging(connection, "core.article_sketch", "core.story_link", "core.story_article")
        sketches = {article_id: sketch(text) for article_id, text in texts.items()}
        staging.copy(
            "core.article_sketch",
            (
                {
                    "article_id": a.article_id,
                    "text_sha256": a.text_sha256,
                    "hashes": sketches[a.article_id],
                    "run_id": run_id,
                }
                for a in articles
            ),
        )
        staging.merge("core.article_sketch")
        links = _links(connection, texts)
        # What a text was linked to before may hang together no longer once the text has changed.
        loosened = connection.scalars(
            sa.text(_SAME_STORY),
            {"ids": list(texts)},
        ).all()
        staging.copy(
            "core.story_link",
            (
                {
                    "article_id": article_id,
                    "other_article_id": other_id,
                    "containment": containment,
                    "relation": relation,
                    "run_id": run_id,
                }
                for (article_id, other_id), (containment, relation) in links.items()
            ),
        )
        staging.merge("core.story_link")
        _group(connection, staging, run_id, {*texts, *loosened})
        runs.heartbeat(connection, run_id)


def _links(connection: sa.Connection, texts: dict[UUID, list[str]]) -> dict[tuple[UUID, UUID], Link]:
    """Return how these texts hang together with each other and with all that the warehouse holds."""
    pairs = [(row[0], row[1]) for row in connection.execute(sa.text(_CANDIDATES), {"least_shared": LEAST_SHARED})]
    others = sorted({i for pair in pairs for i in pair} - texts.keys())
    compared = {i: shingles(texts[i]) for pair in pairs for i in pair if i in texts}
    for other_id, body in connection.execute(
        sa.text("SELECT article_id, body FROM core.article WHERE article_id = ANY(:ids)"), {"ids": others}
    ):
        compared[other_id] = shingles(words(body))
    found = ((pair, compare(compared[pair[0]], compared[pair[1]])) for pair in pairs)
    return {pair: link for pair, link in found if link is not None}


def leave_stories(connection: sa.Connection, run_id: UUID, article_ids: Sequence[UUID]) -> None:
    """Take articles that are about to vanish out of their stories, and regroup those that they leave behind."""
    if not article_ids:
        return
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    leaving = {"ids": list(article_ids)}
    left_behind = {*connection.scalars(sa.text(_SAME_STORY), leaving)} - {*article_ids}
    connection.execute(
        sa.text("DELETE FROM core.story_link WHERE article_id = ANY(:ids) OR other_article_id = ANY(:ids)"), leaving
    )
    connection.execute(sa.text("DELETE FROM core.story_article WHERE article_id = ANY(:ids)"), leaving)
    _group(connection, Staging(connection, "core.story_article"), run_id, left_behind)


def _group(connection: sa.Connection, staging: Staging, run_id: UUID, article_ids: Collection[UUID]) -> None:
    """Write the story of these articles and of all that links lead to from them."""
    found = connection.execute(sa.text(_STORIES), {"ids": sorted(article_ids)}).all()
    staging.copy(
        "core.story_article",
        ({"article_id": article_id, "story_id": story_id, "run_id": run_id} for article_id, story_id in found),
    )
    staging.merge("core.story_article")
