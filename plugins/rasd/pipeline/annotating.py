"""The third step: names are found in articles, and pointed to the entities that they name."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from rasd.annotating.annotate import annotate
from rasd.annotating.names import load_names
from rasd.pipeline import ids, runs
from rasd.pipeline.runs import Versions
from rasd.pipeline.selecting import pages_of
from rasd.reading.reader import READER_VERSION
from rasd.resolving.document import resolve, resolver_version
from rasd.warehouse.engine import transaction
from rasd.warehouse.load import Staging

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from rasd.annotating.model import Mention, Recogniser
    from rasd.annotating.names import Names
    from rasd.resolving.document import Resolved

# Articles annotated and merged in one transaction.
_CHUNK_ARTICLES = 500
# What the tables of names write for a country where there is none: organisations of many.
_INTERNATIONAL = "INT"

_UNDONE = """
SELECT t.article_id
FROM core.article AS t
LEFT JOIN core.annotation AS n USING (article_id)
WHERE t.article_id IN (SELECT article_id FROM core.appearance WHERE page_id = ANY(:page_ids))
  AND (n.recogniser_version, n.text_sha256) IS DISTINCT FROM (:version, t.text_sha256)
ORDER BY t.article_id
"""
_TEXTS = """
SELECT t.article_id, t.headline, t.body,
  ARRAY(SELECT start_offset FROM core.sentence AS s WHERE s.article_id = t.article_id ORDER BY sentence_no) AS starts
FROM core.article AS t
WHERE t.article_id = ANY(:ids)
ORDER BY t.article_id
"""


_STAGE_ENTITIES_BEFORE = """
INSERT INTO stage_entity
SELECT e.* FROM core.entity AS e
WHERE e.entity_id IN (SELECT entity_id FROM core.mention WHERE article_id = ANY(:ids))
  AND NOT EXISTS (SELECT FROM stage_entity AS s WHERE s.entity_id = e.entity_id)
"""
_STAGE_NAMES_BEFORE = """
INSERT INTO stage_entity_name (entity_id, name, run_id)
SELECT DISTINCT entity_id, spelling, run_id FROM core.mention WHERE article_id = ANY(:ids)
"""
# Of the spellings of an entity that no table knows, the shortest is shown, then the smallest: whichever came first.
_SHOW_NAMES = """
UPDATE core.entity AS e
SET name = n.name, run_id = :run_id
FROM (SELECT DISTINCT entity_id FROM stage_entity) AS s
CROSS JOIN LATERAL (
  SELECT name FROM core.entity_name AS n WHERE n.entity_id = s.entity_id
  ORDER BY char_length(name), name COLLATE "C" LIMIT 1
) AS n
WHERE e.entity_id = s.entity_id AND NOT e.is_curated AND e.name <> n.name
"""
# What lost its last mention was never there, says the recogniser of today.
_DROP_UNNAMED = """
DELETE FROM core.entity AS e
USING (SELECT DISTINCT entity_id FROM stage_entity) AS s
WHERE e.entity_id = s.entity_id AND NOT EXISTS (SELECT FROM core.mention AS m WHERE m.entity_id = e.entity_id)
"""


class _Text(NamedTuple):
    article_id: UUID
    headline: str | None
    body: str
    starts: list[int]  # of its sentences

    @property
    def sha256(self) -> bytes:
        return ids.text_sha256(self.headline, self.body)


class _Named(NamedTuple):
    """A mention with the part of the article that its offsets count in, and what it points to."""

    part: str
    mention: Mention
    entity: Resolved


def versions(recogniser: Recogniser) -> Versions:
    """Return the versions that stamp what a run with this recogniser derives."""
    return Versions(READER_VERSION, recogniser_version(recogniser))


def recogniser_version(recogniser: Recogniser) -> str:
    """Return the stamp of mentions: engine, model and version, and the version of what points them to entities."""
    return f"{recogniser.engine}/{recogniser.model}/{recogniser.version}+{resolver_version()}"


def annotate_batch(engine: sa.Engine, run_id: UUID, batch_no: int, recogniser: Recogniser) -> int:
    """Annotate the articles on a batch's pages that this recogniser has not done yet; return how many those were."""
    version = recogniser_version(recogniser)
    with transaction(engine) as connection:
        undone = connection.scalars(
            sa.text(_UNDONE), {"page_ids": pages_of(connection, run_id, batch_no), "version": version}
        ).all()
    for start in range(0, len(undone), _CHUNK_ARTICLES):
        _annotate_chunk(engine, run_id, undone[start : start + _CHUNK_ARTICLES], recogniser, version)
    return len(undone)


def _annotate_chunk(
    engine: sa.Engine, run_id: UUID, article_ids: Sequence[UUID], recogniser: Recogniser, version: str
) -> None:
    # Recognising takes far longer than writing, so it is done before the transaction that locks the articles.
    with transaction(engine) as connection:
        texts = [_Text(*row) for row in connection.execute(sa.text(_TEXTS), {"ids": list(article_ids)})]
    flat = [part for text in texts for part in (text.headline or "", text.body)]
    found = annotate(flat, recogniser)
    named = {text.article_id: _resolve(found[2 * i], found[2 * i + 1]) for i, text in enumerate(texts)}
    stamp = {"recogniser_version": version, "run_id": run_id}
    names = load_names()
    with transaction(engine) as connection:
        _lock(connection, texts)
        staging = Staging(connection, "core.annotation", "core.entity", "core.entity_name", "core.mention")
        everything = [(text, n) for text in texts for n in named[text.article_id]]
        staging.copy(
            "core.annotation",
            (
                {
                    "article_id": text.article_id,
                    "text_sha256": text.sha256,
                    "n_mentions": len(named[text.article_id]),
                    **stamp,
                }
                for text in texts
            ),
        )
        staging.copy("core.entity", ({**_entity(n, names), "run_id": run_id} for _, n in everything))
        staging.copy("core.entity_name", ({**_name(n), "run_id": run_id} for _, n in everything))
        _stage_named_before(connection, texts)
        staging.copy("core.mention", ({**_mention(text, n), **stamp} for text, n in everything))
        # The entities are locked first, in order of their ids; what follows then meets nobody else on their rows.
        staging.merge("core.entity", "core.mention", "core.entity_name", "core.annotation")
        connection.execute(sa.text(_SHOW_NAMES), {"run_id": run_id})
        connection.execute(sa.text(_DROP_UNNAMED))
        runs.heartbeat(connection, run_id)


def _lock(connection: sa.Connection, texts: Sequence[_Text]) -> None:
    connection.execute(
        sa.text("SELECT FROM core.article WHERE article_id = ANY(:ids) ORDER BY article_id FOR NO KEY UPDATE"),
        {"ids": [t.article_id for t in texts]},
    )


def _stage_named_before(connection: sa.Connection, texts: Sequence[_Text]) -> None:
    """Stage what the articles named so far beside what they name now: a name that goes is looked at as well."""
    article_ids = {"ids": [t.article_id for t in texts]}
    connection.execute(sa.text(_STAGE_ENTITIES_BEFORE), article_ids)
    connection.execute(sa.text(_STAGE_NAMES_BEFORE), article_ids)


def _resolve(headline: Sequence[Mention], body: Sequence[Mention]) -> list[_Named]:
    parts = [("headline", m) for m in headline] + [("body", m) for m in body]
    entities = resolve([m for _, m in parts])
    return [_Named(part, mention, entity) for (part, mention), entity in zip(parts, entities, strict=True)]


# Rows --------------------------------------------------------------------------------------------------------


def _entity(named: _Named, names: Names) -> dict[str, Any]:
    entity = named.entity
    known = names.entities.get(entity.key)
    latitude, longitude = known.point if known and known.point else (None, None)
    return {
        "entity_id": ids.of_text(entity.key),
        "entity_key": entity.key,
        "entity_type": entity.type,
        "name": entity.name,
        "is_curated": entity.is_curated,
        "kind": known.kind or None if known else None,
        "country": known.country if known and known.country != _INTERNATIONAL else None,
        "wikidata_id": known.wikidata if known else None,
        "geonames_id": known.geonames if known else None,
        "latitude": latitude,
        "longitude": longitude,
    }


def _name(named: _Named) -> dict[str, Any]:
    return {
        "entity_id": ids.of_text(named.entity.key),
        "name": named.entity.spelling,
    }


def _mention(text: _Text, named: _Named) -> dict[str, Any]:
    part, mention, entity = named
    return {
        "article_id": text.article_id,
        "part": part,
        "start_offset": mention.start,
        "end_offset": mention.end,
        "sentence_no": bisect_right(text.starts, mention.start) if part == "body" else 0,
        "mention_type": mention.type,
        "surface": mention.surface,
        "prefix": mention.prefix,
        "confidence": mention.confidence,
        "entity_id": ids.of_text(entity.key),
        "spelling": entity.spelling,
        "link_rule": entity.rule,
        "link_score": entity.score,
    }
