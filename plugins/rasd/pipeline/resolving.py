"""The last step before publishing: articles that tell the same text again are joined into stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from rasd.pipeline import runs
from rasd.pipeline.selecting import pages_of
from rasd.resolving.stories import LEAST_SHARED, Link, Version, compare, sketch, version
from rasd.warehouse.engine import transaction
from rasd.warehouse.load import Staging

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

# Two writers that bring in the two halves of a story at once would each miss the other's: one at a time.
_LOCK = 0x52535459  # "RSTY"

_CHUNK_ARTICLES = 500
# Keys of new sketches are settled when their table has grown to this, two hundred thousand articles: few enough to stay
# in memory with their index, and enough that each page of the large index takes dozens.
SETTLED_BYTES = 50 * 2**20

# Who published a text on any page: two texts of one outlet may be versions of one report.
_OUTLETS = """
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(DISTINCT name COLLATE "C") FILTER (WHERE name IS NOT NULL), '{}') AS outlets
  FROM (SELECT coalesce(outlet_id, outlet_name) AS name FROM core.appearance WHERE article_id = t.article_id) AS named
) AS published
"""

# Whatever a batch has read, and whatever reading it has changed elsewhere (`compare_again`).
_IN_QUESTION = """
SELECT article_id FROM core.appearance WHERE page_id = ANY(:page_ids)
UNION
SELECT article_id FROM core.article_sketch WHERE outlets IS NULL
ORDER BY article_id
"""

_UNDONE = f"""
SELECT t.article_id, t.text_sha256, t.headline, t.body, published.outlets
FROM core.article AS t {_OUTLETS}
LEFT JOIN core.article_sketch AS s USING (article_id)
WHERE t.article_id = ANY(:ids)
  AND (t.text_sha256, published.outlets) IS DISTINCT FROM (s.text_sha256, s.outlets)
ORDER BY t.article_id
"""

_COMPARED = f"""
SELECT t.article_id, t.headline, t.body, published.outlets
FROM core.article AS t {_OUTLETS}
WHERE t.article_id = ANY(:ids)
"""

_OUTDATE = f"""
UPDATE core.article_sketch AS s
SET outlets = NULL
FROM (
  SELECT s.article_id
  FROM core.article AS t {_OUTLETS}
  JOIN core.article_sketch AS s USING (article_id)
  WHERE t.article_id = ANY(:ids) AND s.outlets IS NOT NULL
    AND (t.text_sha256, published.outlets) IS DISTINCT FROM (s.text_sha256, s.outlets)
  ORDER BY s.article_id
  FOR UPDATE OF s
) AS outdated
WHERE s.article_id = outdated.article_id
"""

_MET = """
SELECT k.article_id FROM stage_article_sketch AS s JOIN ops.sketch_key AS k ON k.keys && s.hashes[1:s.n_keys]
UNION
SELECT k.article_id FROM stage_article_sketch AS s JOIN ops.recent_sketch_key AS k ON k.keys && s.hashes[1:s.n_keys]
"""
# Two texts have to meet by a key of both, though their other hashes count as well: else whether a pair is found would
# hang on what else is compared at the same time. Sketches are asked as they are now: what keys are kept may be of words
# that have changed. Hashes that no staged text has are left out by one look into a table of them (IS TRUE keeps it from
# becoming a join), and both sides are made once: joined text by text, the staged hashes were gone through for each.
_CANDIDATES = """
WITH own AS MATERIALIZED (
  SELECT article_id, cardinality(hashes) AS n, hash, no <= n_keys AS is_key
  FROM stage_article_sketch CROSS JOIN unnest(hashes) WITH ORDINALITY AS h (hash, no)
), other AS MATERIALIZED (
  SELECT article_id, cardinality(hashes) AS n, hash, no <= n_keys AS is_key
  FROM core.article_sketch CROSS JOIN unnest(hashes) WITH ORDINALITY AS h (hash, no)
  WHERE article_id = ANY(:met) AND (hash IN (SELECT hash FROM own)) IS TRUE
)
SELECT DISTINCT least(a.article_id, b.article_id), greatest(a.article_id, b.article_id)
FROM own AS a
JOIN other AS b USING (hash)
WHERE a.article_id <> b.article_id
GROUP BY a.article_id, b.article_id, a.n, b.n
HAVING count(*) >= :least_shared * least(a.n, b.n) AND bool_or(a.is_key AND b.is_key)
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
    headline: str | None
    body: str
    outlets: list[str]


def resolve_batch(engine: sa.Engine, run_id: UUID, batch_no: int) -> int:
    """Find the stories of the articles on a batch's pages and return how many articles were compared."""
    with transaction(engine) as connection:
        pages = {"page_ids": pages_of(connection, run_id, batch_no)}
        in_question = connection.scalars(sa.text(_IN_QUESTION), pages).all()
    compared = sum(
        _resolve_chunk(engine, run_id, in_question[start : start + _CHUNK_ARTICLES])
        for start in range(0, len(in_question), _CHUNK_ARTICLES)
    )
    settle_keys(engine, at_least=SETTLED_BYTES)
    return compared


def settle_keys(engine: sa.Engine, *, at_least: int = 0) -> int:
    """Put the keys of new sketches into the large index, if they take at least so many bytes; return of how many."""
    with transaction(engine, is_derived=True) as connection:
        if connection.scalar(sa.text("SELECT pg_relation_size('ops.recent_sketch_key')")) <= at_least:
            return 0
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        return connection.scalar(sa.text("SELECT ops.settle_sketch_keys()")) or 0


def _resolve_chunk(engine: sa.Engine, run_id: UUID, article_ids: Sequence[UUID]) -> int:
    """Compare those of some articles that have changed since they were compared last; return how many those were."""
    with transaction(engine, is_derived=True) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        # Asked only now: whoever held the lock may have compared them already, and nobody else may from here on.
        articles = [_Article(*row) for row in connection.execute(sa.text(_UNDONE), {"ids": list(article_ids)})]
        if not articles:
            return 0
        versions = {a.article_id: version(a.body, a.headline, a.outlets) for a in articles}
        sketches = {article_id: sketch(one.body) for article_id, one in versions.items()}
        staging = Staging(connection, "core.article_sketch", "core.story_link", "core.story_article")
        staging.copy(
            "core.article_sketch",
            (
                {
                    "article_id": a.article_id,
                    "text_sha256": a.text_sha256,
                    **sketches[a.article_id]._asdict(),
                    "outlets": a.outlets,
                    "run_id": run_id,
                }
                for a in articles
            ),
        )
        staging.merge("core.article_sketch")
        links = _links(connection, versions)
        # What a text was linked to before may hang together no longer once the text has changed.
        loosened = connection.scalars(sa.text(_SAME_STORY), {"ids": list(versions)}).all()
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
        _group(connection, staging, run_id, {*versions, *loosened})
        runs.heartbeat(connection, run_id)
    return len(articles)


def _links(connection: sa.Connection, versions: dict[UUID, Version]) -> dict[tuple[UUID, UUID], Link]:
    """Return how these texts hang together with each other and with all that the warehouse holds."""
    pairs = candidates(connection)
    compared = dict(versions)
    others = sorted({i for pair in pairs for i in pair} - versions.keys())
    for other_id, headline, body, outlets in connection.execute(sa.text(_COMPARED), {"ids": others}):
        compared[other_id] = version(body, headline, outlets)
    found = ((pair, compare(compared[pair[0]], compared[pair[1]])) for pair in pairs)
    return {pair: link for pair, link in found if link is not None}


def candidates(connection: sa.Connection) -> list[tuple[UUID, UUID]]:
    """Return the pairs of texts, at least one of them in stage_article_sketch, that share enough to be compared."""
    # Asked for first: in one statement the planner takes those that met for a fiftieth of the warehouse, and reads all
    # sketches through.
    met = connection.scalars(sa.text(_MET)).all()
    found = connection.execute(sa.text(_CANDIDATES), {"met": met, "least_shared": LEAST_SHARED})
    return [(article_id, other_id) for article_id, other_id in found]


def articles_on(connection: sa.Connection, page_ids: Sequence[UUID]) -> set[UUID]:
    """Return the articles that stand on some pages."""
    return {
        *connection.scalars(
            sa.text("SELECT DISTINCT article_id FROM core.appearance WHERE page_id = ANY(:ids)"), {"ids": page_ids}
        )
    }


def compare_again(connection: sa.Connection, article_ids: Collection[UUID]) -> None:
    """Have articles compared again whose words or outlets are no longer those that were compared.

    The next `resolve_batch` does it, on whatever pages they stand.
    """
    connection.execute(sa.text(_OUTDATE), {"ids": sorted(article_ids)})


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
