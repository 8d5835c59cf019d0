"""The second step: landed pages are decoded and read, and what stands on them is merged into core."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from rasd.errors import PoisonError
from rasd.landing.decoding import decode
from rasd.landing.reasons import poison
from rasd.pipeline import ids, joining, resolving, runs
from rasd.pipeline.furniture import load as load_furniture
from rasd.pipeline.furniture import version_in
from rasd.pipeline.selecting import pages_of
from rasd.reading.outlets import Outlets
from rasd.reading.reader import read
from rasd.reading.version import reader_version
from rasd.warehouse.engine import transaction
from rasd.warehouse.load import Staging

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from rasd.landing.model import PageText
    from rasd.pipeline.furniture import Furniture
    from rasd.reading.model import Article, Reading

# Pages read and merged in one transaction: at most so many, and at most so many bytes of them.
_CHUNK_PAGES = 500
_CHUNK_BYTES = 8 * 1024 * 1024

# What stamps a row: the version of the reader, the furniture it knew included, and the run.
Stamp = dict[str, Any]

_TABLES = (
    "core.outlet",
    "core.page",
    "core.article",
    "core.appearance",
    "core.segment",
    "core.tweet",
    "core.sentence",
    "core.quotation",
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A page with what became of it: its text and reading, or why it has none."""

    page_id: UUID
    text: PageText | None = None
    reading: Reading | None = None
    refusal: PoisonError | None = None


def read_batch(engine: sa.Engine, run_id: UUID, batch_no: int) -> int:
    """Read the pages of a batch and merge what they hold; return how many were read or refused."""
    with transaction(engine) as connection:
        page_ids = pages_of(connection, run_id, batch_no)
        rows = connection.execute(
            sa.text("SELECT page_id, n_bytes FROM raw.page WHERE page_id = ANY(:ids)"), {"ids": page_ids}
        )
        sizes: dict[UUID, int] = {page_id: n_bytes for page_id, n_bytes in rows}  # noqa: C416 -- a row is no pair to mypy
    for chunk in _chunks(page_ids, sizes):
        _read_chunk(engine, run_id, chunk)
    return len(page_ids)


def _chunks(page_ids: Sequence[UUID], sizes: dict[UUID, int]) -> Iterator[list[UUID]]:
    chunk: list[UUID] = []
    weight = 0
    for page_id in page_ids:
        if chunk and (len(chunk) >= _CHUNK_PAGES or weight + sizes[page_id] > _CHUNK_BYTES):
            yield chunk
            chunk, weight = [], 0
        chunk.append(page_id)
        weight += sizes[page_id]
    if chunk:
        yield chunk


def _read_chunk(engine: sa.Engine, run_id: UUID, page_ids: list[UUID]) -> None:
    # Reading takes far longer than writing, so it is done before the transaction that locks the pages.
    with transaction(engine) as connection:
        furniture = runs.furniture_of(connection, run_id)
        pages = list(_read_pages(connection, page_ids, furniture))
    stamp = _stamp(furniture, run_id)
    with transaction(engine, is_derived=True) as connection:
        # Two runs may hold the same page: the second waits here, and then finds nothing to change.
        _lock(connection, page_ids)
        carried = resolving.articles_on(connection, page_ids)
        staging = Staging(connection, *_TABLES, "ops.quarantine")
        _stage(staging, stamp, pages)
        staging.copy("ops.quarantine", (_refusal(connection, stamp, p) for p in pages if p.refusal))
        staging.merge("core.outlet", "core.page", "core.article", "core.appearance", "core.segment", "core.tweet")
        _rederive(connection, staging, run_id, page_ids)
        staging.merge("core.sentence", "core.quotation", "ops.quarantine")
        resolving.compare_again(connection, {*carried, *resolving.articles_on(connection, page_ids)})
        connection.execute(
            sa.text(
                "UPDATE ops.quarantine SET resolved_at = now(), released_at = coalesce(released_at, now())"
                " WHERE page_id = ANY(:ids) AND resolved_at IS NULL"
            ),
            {"ids": [p.page_id for p in pages if not p.refusal]},
        )
        runs.heartbeat(connection, run_id)


def _lock(connection: sa.Connection, page_ids: Sequence[UUID]) -> None:
    connection.execute(
        sa.text("SELECT FROM raw.page WHERE page_id = ANY(:ids) ORDER BY page_id FOR NO KEY UPDATE"), {"ids": page_ids}
    )


def _stamp(furniture: Furniture, run_id: UUID) -> Stamp:
    return {"reader_version": reader_version() + furniture.reader_suffix, "run_id": run_id}


def _read_pages(connection: sa.Connection, page_ids: Sequence[UUID], furniture: Furniture) -> Iterator[_Read]:
    rows = connection.execute(
        sa.text(
            "SELECT page_id, content, media_type, landed_at FROM raw.page WHERE page_id = ANY(:ids) ORDER BY page_id"
        ),
        {"ids": page_ids},
    )
    for page_id, content, media_type, landed_at in rows:
        try:
            text = decode(bytes(content), media_type)
        except PoisonError as error:
            yield _Read(page_id, refusal=error)
            continue
        reading = read(text.text, hints=text.hints, landed=landed_at.date())
        # Whose furniture stands on a page is known once it has been read.
        if reading.articles and (lines := furniture.of(reading.articles[0].outlet)):
            reading = read(text.text, hints=text.hints, landed=landed_at.date(), furniture=lines)
        reading = replace(reading, reports=(*text.notes, *reading.reports))
        # A page without an article keeps its segments: the refusal can be looked at, and judged, on the page itself.
        yield _Read(page_id, text, reading, None if reading.articles else poison("no_article"))


def _stage(staging: Staging, stamp: Stamp, pages: Sequence[_Read]) -> None:
    read_pages = [(p.page_id, p.text, p.reading) for p in pages if p.text is not None and p.reading is not None]
    # All known outlets, not only those met: an outlet that falls silent must still be there to be missed.
    staging.copy("core.outlet", (asdict(outlet) for outlet in Outlets.load()))
    staging.copy("core.page", (_page(stamp, *p) for p in read_pages))
    staging.copy("core.segment", (row for i, _, r in read_pages for row in _segments(stamp, i, r)))
    articles = [(i, n, a) for i, _, r in read_pages for n, a in enumerate(r.articles, 1)]
    staging.copy("core.appearance", (_appearance(stamp, *a) for a in articles))
    staging.copy("core.tweet", (row for i, _, r in read_pages for row in _tweets(stamp, i, r)))
    _stage_articles(staging, stamp, articles)


def _stage_articles(staging: Staging, stamp: Stamp, articles: Sequence[tuple[UUID, int, Article]]) -> None:
    staging.copy("core.article", (_article(stamp, *a) for a in articles))
    staging.copy("core.sentence", (row for a in articles for row in _sentences(stamp, *a)))
    staging.copy("core.quotation", (row for a in articles for row in _quotations(stamp, *a)))


def _rederive(connection: sa.Connection, staging: Staging, run_id: UUID, page_ids: Sequence[UUID]) -> None:
    """Mend article rows whose page no longer carries them: take them from the next page that does, or drop them."""
    orphans = connection.execute(
        sa.text(
            """
            SELECT a.article_id,
              (SELECT min(o.page_id::text)::uuid FROM core.appearance AS o WHERE o.article_id = a.article_id) AS page_id
            FROM core.article AS a
            WHERE a.page_id = ANY(:ids)
              AND NOT EXISTS (
                SELECT FROM core.appearance AS o
                WHERE (o.page_id, o.appearance_no, o.article_id) = (a.page_id, a.appearance_no, a.article_id)
              )
            ORDER BY a.article_id
            FOR UPDATE
            """
        ),
        {"ids": page_ids},
    ).all()
    if not orphans:
        return
    gone = [article_id for article_id, page_id in orphans if page_id is None]
    resolving.leave_stories(connection, run_id, gone)
    joining.leave(connection, run_id, gone)
    connection.execute(sa.text("DELETE FROM core.article WHERE article_id = ANY(:ids)"), {"ids": gone})
    wanted = {article_id for article_id, page_id in orphans if page_id is not None}
    # The guard of the merge keeps the smaller page; these rows have lost theirs and must take a larger one.
    connection.execute(
        sa.text("UPDATE core.article SET reader_version = '' WHERE article_id = ANY(:ids)"), {"ids": sorted(wanted)}
    )
    others = connection.execute(
        sa.text("SELECT reader_version, page_id FROM core.page WHERE page_id = ANY(:ids) ORDER BY 1, 2"),
        {"ids": sorted({page_id for _, page_id in orphans if page_id is not None})},
    ).all()
    for version, group in groupby(others, key=lambda row: str(row[0])):
        # With the furniture that they were read with: with another one they may not carry the text.
        furniture = load_furniture(connection, version_in(version))
        again = [
            (page.page_id, number, article)
            for page in _read_pages(connection, [page_id for _, page_id in group], furniture)
            if page.reading is not None
            for number, article in enumerate(page.reading.articles, 1)
            if _article_id(article) in wanted
        ]
        _stage_articles(staging, _stamp(furniture, run_id), again)
    staging.merge("core.article")


def _refusal(connection: sa.Connection, stamp: Stamp, page: _Read) -> dict[str, Any]:
    assert page.refusal is not None
    uri, member = connection.execute(
        sa.text(
            "SELECT uri, member FROM raw.delivery WHERE page_id = :id"
            ' ORDER BY uri COLLATE "C", member COLLATE "C" LIMIT 1'
        ),
        {"id": page.page_id},
    ).one()
    return {
        "quarantine_id": page.page_id,
        "page_id": page.page_id,
        "uri": uri,
        "member": member,
        "stage": "read",
        "reason": page.refusal.reason,
        "detail": page.refusal.what,
        "advice": page.refusal.do,
        **stamp,
    }


def _article_id(article: Article) -> UUID:
    return ids.of_digest(bytes.fromhex(article.fingerprint))


# Rows --------------------------------------------------------------------------------------------------------


def _page(stamp: Stamp, page_id: UUID, text: PageText, reading: Reading) -> dict[str, Any]:
    main = reading.articles[0] if reading.articles else None
    return {
        "page_id": page_id,
        "text": text.text,
        "encoding": text.encoding,
        "n_articles": len(reading.articles),
        "confidence": main.confidence if main else 0.0,
        "doubts": main.doubts if main else (),
        "reports": reading.reports,
        **stamp,
    }


def _segments(stamp: Stamp, page_id: UUID, reading: Reading) -> Iterator[dict[str, Any]]:
    for number, segment in enumerate(reading.segments, 1):
        yield {
            "page_id": page_id,
            "segment_no": number,
            "kind": segment.kind,
            "start_offset": segment.start,
            "end_offset": segment.end,
            "rule": segment.rule,
            "appearance_no": None if segment.article is None else segment.article + 1,
            **stamp,
        }


def _appearance(stamp: Stamp, page_id: UUID, number: int, article: Article) -> dict[str, Any]:
    published = article.published
    outlet = Outlets.load().match(article.outlet) if article.outlet else None
    return {
        "page_id": page_id,
        "appearance_no": number,
        "article_id": _article_id(article),
        "role": article.role,
        "headline": article.title.text if article.title else None,
        "kicker": article.kicker.text if article.kicker else None,
        "outlet_id": outlet.outlet_id if outlet else None,
        "outlet_name": article.outlet,
        "agency": article.agency,
        "place": article.place,
        "byline": article.author,
        "published_on": published.date if published else None,
        "published_precision": published.precision if published else None,
        "published_calendar": published.calendar if published else None,
        "published_evidence": published.raw if published else None,
        "tags": [tag.text for tag in article.tags],
        "body_map": [number for run in article.body_map.runs for number in run],
        "confidence": article.confidence,
        "doubts": article.doubts,
        **stamp,
    }


def _tweets(stamp: Stamp, page_id: UUID, reading: Reading) -> Iterator[dict[str, Any]]:
    embedded = [(n, t) for n, article in enumerate(reading.articles, 1) for t in article.tweets]
    for number, (appearance_no, tweet) in enumerate(embedded, 1):
        yield {
            "page_id": page_id,
            "tweet_no": number,
            "appearance_no": appearance_no,
            "start_offset": tweet.start,
            "end_offset": tweet.end,
            "author": tweet.author,
            "handle": tweet.handle,
            "posted_on": tweet.posted,
            "url": tweet.url,
            **stamp,
        }


def _article(stamp: Stamp, page_id: UUID, number: int, article: Article) -> dict[str, Any]:
    fingerprint = bytes.fromhex(article.fingerprint)
    headline = article.title.text if article.title else None
    return {
        "article_id": ids.of_digest(fingerprint),
        "fingerprint": fingerprint,
        "headline": headline,
        "body": article.body,
        "n_words": len(article.body.split()),
        "text_sha256": ids.text_sha256(headline, article.body),
        "page_id": page_id,
        "appearance_no": number,
        **stamp,
    }


def _of_article(stamp: Stamp, page_id: UUID, number: int, article: Article) -> dict[str, Any]:
    """Return what every row that belongs to one wording of an article carries."""
    return {
        "article_id": _article_id(article),
        "page_id": page_id,
        "appearance_no": number,
        **stamp,
    }


def _sentences(stamp: Stamp, page_id: UUID, number: int, article: Article) -> Iterator[dict[str, Any]]:
    common = _of_article(stamp, page_id, number, article)
    for sentence_no, (start, end) in enumerate(article.body_sentences, 1):
        yield {
            **common,
            "sentence_no": sentence_no,
            "paragraph_no": article.body.count("\n", 0, start) + 1,
            "start_offset": start,
            "end_offset": end,
        }


def _quotations(stamp: Stamp, page_id: UUID, number: int, article: Article) -> Iterator[dict[str, Any]]:
    common = _of_article(stamp, page_id, number, article)
    for quotation_no, quotation in enumerate(article.body_quotations, 1):
        yield {
            **common,
            "quotation_no": quotation_no,
            "start_offset": quotation.start,
            "end_offset": quotation.end,
            "kind": quotation.kind,
            "speaker": quotation.speaker,
            "speaker_start": quotation.speaker_start,
            "speaker_end": quotation.speaker_end,
            "speaker_how": quotation.how,
        }
