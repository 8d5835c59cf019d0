"""The third step: names are found in articles, and pointed to the entities that they name."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from rasd.annotating.annotate import annotate_articles
from rasd.annotating.names import load_names, phrase
from rasd.pipeline import ids, joining, runs
from rasd.pipeline.runs import Versions
from rasd.pipeline.selecting import PAGE_DIGEST, pages_of
from rasd.reading.version import reader_version
from rasd.resolving import places
from rasd.resolving.context import Part, demonyms_of
from rasd.resolving.document import aliases, resolve, resolver_version
from rasd.resolving.joining import JOINING_VERSION, SCORES, block, family
from rasd.resolving.naming import known_sense, namings
from rasd.resolving.speakers import Asked, find_speakers
from rasd.resolving.spelling import nominative
from rasd.warehouse.engine import transaction
from rasd.warehouse.load import Staging

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from rasd.annotating.model import Mention, Recogniser
    from rasd.annotating.names import Names
    from rasd.resolving.document import Resolved
    from rasd.resolving.joining import Sense
    from rasd.resolving.naming import Naming
    from rasd.resolving.speakers import Speaker

# Articles annotated and merged in one transaction.
_CHUNK_ARTICLES = 500

_UNDONE = f"""
SELECT t.article_id
FROM core.article AS t
LEFT JOIN core.annotation AS n USING (article_id)
WHERE t.article_id IN (SELECT article_id FROM core.appearance WHERE page_id = ANY(:page_ids))
  AND (n.recogniser_version, n.text_sha256, n.page_digest) IS DISTINCT FROM (:version, t.text_sha256, {PAGE_DIGEST})
ORDER BY t.article_id
"""
_TEXTS = f"""
SELECT t.article_id, t.headline, t.body,
  ARRAY(SELECT start_offset FROM core.sentence AS s WHERE s.article_id = t.article_id ORDER BY sentence_no) AS starts,
  ARRAY(
    SELECT DISTINCT o.country FROM core.appearance AS a JOIN core.outlet AS o USING (outlet_id)
    WHERE a.article_id = t.article_id AND o.kind <> 'aggregator' AND o.country IS NOT NULL ORDER BY 1
  ) AS countries,
  ARRAY(
    SELECT DISTINCT place FROM core.appearance AS a WHERE a.article_id = t.article_id AND place IS NOT NULL ORDER BY 1
  ) AS places,
  {PAGE_DIGEST} AS page_digest
FROM core.article AS t
WHERE t.article_id = ANY(:ids)
ORDER BY t.article_id
"""
_DIGESTS = f"""
SELECT t.article_id, t.text_sha256, {PAGE_DIGEST} AS page_digest
FROM core.article AS t
WHERE t.article_id = ANY(:ids)
"""
_QUOTATIONS = """
SELECT article_id, quotation_no, speaker_start, speaker_end, speaker_how
FROM core.quotation
WHERE article_id = ANY(:ids) AND speaker_start IS NOT NULL
ORDER BY article_id, quotation_no
"""


class _Text(NamedTuple):
    article_id: UUID
    headline: str | None
    body: str
    starts: list[int]  # of its sentences
    countries: list[str]  # of the outlets that published it
    places: list[str]  # of its datelines
    page_digest: str

    @property
    def sha256(self) -> bytes:
        return ids.text_sha256(self.headline, self.body)


class _Quotation(NamedTuple):
    article_id: UUID
    number: int
    asked: Asked


@dataclass(frozen=True, slots=True)
class _Annotated:
    """An article with all that was found in it: its parts by name, how it names each entity, its speakers."""

    text: _Text
    parts: Mapping[str, Part]
    namings: Mapping[str, Naming]
    speakers: Sequence[tuple[int, Speaker]]

    def mentions(self) -> Iterator[tuple[str, Mention, Resolved]]:
        """Yield each mention with the part that its offsets count in and what it names."""
        for name, part in self.parts.items():
            for mention, entity in zip(part.mentions, part.entities, strict=True):
                yield name, mention, entity

    def sense_id(self, entity: Resolved) -> UUID:
        return ids.of_text(self.namings[entity.key].sense.key)


def versions(recogniser: Recogniser) -> Versions:
    """Return the versions that stamp what a run with this recogniser derives."""
    return Versions(reader_version(), recogniser_version(recogniser))


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
    stamp = {"recogniser_version": version, "run_id": run_id}
    undone = list(article_ids)
    while undone:
        # Recognising takes far longer than writing, so it is done before the transaction that locks the articles.
        with transaction(engine) as connection:
            texts = [_Text(*row) for row in connection.execute(sa.text(_TEXTS), {"ids": undone})]
            quotations = [
                _Quotation(row.article_id, row.quotation_no, Asked(row.speaker_start, row.speaker_end, row.speaker_how))
                for row in connection.execute(sa.text(_QUOTATIONS), {"ids": undone})
            ]
        annotated = _annotate(texts, quotations, recogniser)
        with transaction(engine, is_derived=True) as connection:
            now = _lock(connection, undone)
            # A page that another worker has read since says more; that worker may have annotated with it already, and
            # what was found without it must not take the place of that.
            current = [a for a in annotated if now.get(a.text.article_id) == (a.text.sha256, a.text.page_digest)]
            staging = Staging(connection, *_TABLES)
            _stage(staging, current, stamp)
            joining.join_staged(connection, staging, run_id, [a.text.article_id for a in current])
            runs.heartbeat(connection, run_id)
        undone = sorted(now.keys() - {a.text.article_id for a in current})


def _lock(connection: sa.Connection, article_ids: Sequence[UUID]) -> dict[UUID, tuple[bytes, str]]:
    """Lock articles; return, of those that are still there, the digests of words and pages as they are now."""
    connection.execute(
        sa.text("SELECT FROM core.article WHERE article_id = ANY(:ids) ORDER BY article_id FOR NO KEY UPDATE"),
        {"ids": list(article_ids)},
    )
    # A statement of its own: what was committed while the lock was waited for is seen by this one only.
    return {
        row.article_id: (bytes(row.text_sha256), row.page_digest)
        for row in connection.execute(sa.text(_DIGESTS), {"ids": list(article_ids)})
    }


def _annotate(texts: Sequence[_Text], quotations: Sequence[_Quotation], recogniser: Recogniser) -> list[_Annotated]:
    names = load_names()
    found = annotate_articles([(text.headline or "", text.body) for text in texts], recogniser)
    asked: dict[UUID, list[_Quotation]] = {}
    for quotation in quotations:
        asked.setdefault(quotation.article_id, []).append(quotation)
    return [
        _understood(text, headline, body, asked.get(text.article_id, []), names)
        for text, (headline, body) in zip(texts, found, strict=True)
    ]


def _understood(
    text: _Text,
    headline: Sequence[Mention],
    body: Sequence[Mention],
    quotations: Sequence[_Quotation],
    names: Names,
) -> _Annotated:
    written = {"headline": text.headline or "", "body": text.body}
    entities = resolve([*headline, *body], names, aliases(written, {"headline": headline, "body": body}))
    parts = {
        "headline": Part(
            written["headline"],
            headline,
            entities[: len(headline)],
            demonyms_of(written["headline"], headline, names),
        ),
        "body": Part(text.body, body, entities[len(headline) :], demonyms_of(text.body, body, names)),
    }
    background = [*text.countries, *_countries_of(text.places, names, dict.fromkeys(places.shared()))]
    keys = places.meant(list(parts.values()), text.places, background)
    parts = dict(zip(parts, places.settled(list(parts.values()), keys), strict=True))
    speakers = find_speakers(text.body, body, parts["body"].entities, [q.asked for q in quotations])
    return _Annotated(
        text,
        parts,
        namings(list(parts.values()), [*text.countries, *_countries_of(text.places, names, keys)], names),
        [(q.number, speaker) for q, speaker in zip(quotations, speakers, strict=True) if speaker is not None],
    )


def _countries_of(given: Sequence[str], names: Names, settled: Mapping[str, str | None]) -> list[str]:
    """Return the countries of places by name; `settled`: the key that a name stands for here, None: not known yet."""
    likeliest = {name: form.key for name in map(phrase, given) for form in names.lookup(name)[:1]}
    known = [key for name in map(phrase, given) if (key := settled.get(name, likeliest.get(name)))]
    return [country for key in known if (country := names.entities[key].country)]


# Rows --------------------------------------------------------------------------------------------------------


_TABLES = (
    "core.annotation",
    "core.sense",
    "core.sense_name",
    "core.naming",
    "core.mention",
    "core.demonym",
    "core.speaker",
)


def _stage(staging: Staging, annotated: Sequence[_Annotated], stamp: Mapping[str, Any]) -> None:
    run_id = {"run_id": stamp["run_id"]}
    staging.copy("core.annotation", ({**_annotation(a), **stamp} for a in annotated))
    staging.copy("core.sense", ({**_sense(sense), **run_id} for sense in _senses(annotated)))
    staging.copy("core.sense_name", ({**_sense_name(a, m), **run_id} for a in annotated for m in a.mentions()))
    staging.copy("core.naming", ({**row, **run_id} for a in annotated for row in _namings(a)))
    staging.copy("core.mention", ({**_mention(a, *m), **stamp} for a in annotated for m in a.mentions()))
    staging.copy("core.demonym", ({**row, **stamp} for a in annotated for row in _demonyms(a)))
    staging.copy("core.speaker", ({**row, **stamp} for a in annotated for row in _speakers(a)))


def _annotation(annotated: _Annotated) -> dict[str, Any]:
    return {
        "article_id": annotated.text.article_id,
        "text_sha256": annotated.text.sha256,
        "page_digest": annotated.text.page_digest,
        "n_mentions": sum(1 for _ in annotated.mentions()),
    }


def _senses(annotated: Sequence[_Annotated]) -> Iterator[Sense]:
    names = load_names()
    found = {naming.sense.key: naming.sense for a in annotated for naming in a.namings.values()}
    places = {d.place for a in annotated for part in a.parts.values() for d in part.demonyms}
    found |= {key: known_sense(key, names) for key in places}
    yield from found.values()


def _sense(sense: Sense) -> dict[str, Any]:
    return {
        "sense_id": ids.of_text(sense.key),
        "sense_key": sense.key,
        "entity_type": sense.type,
        "name": sense.name,
        "country": sense.country,
        "field": sense.field,
        "is_curated": sense.is_curated,
        "is_short": sense.is_short,
        "is_common": sense.is_common,
        "block": None if sense.is_curated else block(sense.type, sense.name),
        "family": family(sense.type, sense.name),
        "rule": "own name",
        "score": SCORES["own name"],
        "joining_version": JOINING_VERSION,
    }


def _sense_name(annotated: _Annotated, found: tuple[str, Mention, Resolved]) -> dict[str, Any]:
    entity = found[2]
    return {
        "sense_id": annotated.sense_id(entity),
        "name": entity.spelling,
        "phrase": nominative(phrase(entity.spelling)),
        "rule": entity.rule,
        "score": entity.score,
    }


def _namings(annotated: _Annotated) -> Iterator[dict[str, Any]]:
    for naming in annotated.namings.values():
        if not naming.sense.is_curated:
            yield {
                "sense_id": ids.of_text(naming.sense.key),
                "article_id": annotated.text.article_id,
                "country": naming.setting.country,
                "field": naming.setting.field,
                "companions": [ids.of_text(annotated.namings[key].sense.key) for key in naming.companions],
            }


def _mention(annotated: _Annotated, part: str, mention: Mention, entity: Resolved) -> dict[str, Any]:
    return {
        "article_id": annotated.text.article_id,
        "part": part,
        "start_offset": mention.start,
        "end_offset": mention.end,
        "sentence_no": _sentence_no(annotated.text, part, mention.start),
        "mention_type": mention.type,
        "surface": mention.surface,
        "prefix": mention.prefix,
        "confidence": mention.confidence,
        "sense_id": annotated.sense_id(entity),
        "spelling": entity.spelling,
        "link_rule": entity.rule,
        "link_score": entity.score,
    }


def _demonyms(annotated: _Annotated) -> Iterator[dict[str, Any]]:
    for name, part in annotated.parts.items():
        for demonym in part.demonyms:
            yield {
                "article_id": annotated.text.article_id,
                "part": name,
                "start_offset": demonym.start,
                "end_offset": demonym.end,
                "sentence_no": _sentence_no(annotated.text, name, demonym.start),
                "surface": demonym.surface,
                "prefix": demonym.prefix,
                "sense_id": ids.of_text(demonym.place),
            }


def _speakers(annotated: _Annotated) -> Iterator[dict[str, Any]]:
    entities = annotated.parts["body"].entities
    for number, speaker in annotated.speakers:
        entity = entities[speaker.mention]
        yield {
            "article_id": annotated.text.article_id,
            "quotation_no": number,
            "sense_id": annotated.sense_id(entity),
            "name": entity.spelling,
            "rule": speaker.rule,
            "score": speaker.score,
        }


def _sentence_no(text: _Text, part: str, start: int) -> int:
    return bisect_right(text.starts, start) if part == "body" else 0
