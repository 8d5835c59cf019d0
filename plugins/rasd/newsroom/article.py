"""The room of one article: what it says and names, the page it was cut from, and its story."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response

from rasd.annotating.model import ENTITY_TYPES
from rasd.newsroom import differences, marks, reviews
from rasd.newsroom.desk import OpenDesk, WrittenForm, back_to, writing
from rasd.newsroom.warehouse import Row
from rasd.warehouse.schema import REVIEW_ANSWERS

router = APIRouter()


@router.get("/article/{article_id}")
def show(desk: OpenDesk, article_id: UUID, page: UUID | None = None, compare: UUID | None = None) -> Response:
    """Show an article beside one of the pages it stands on; where asked for, what it changed against another text."""
    article = desk.ask.one("article", article_id=article_id)
    if article is None:
        raise HTTPException(404)
    appearances = desk.ask.all("article_appearances", article_id=article_id)
    chosen = next((a for a in appearances if a["page_id"] == (page or article["page_id"])), None)
    if chosen is None:
        raise HTTPException(404)
    raw = desk.ask.one("page", page_id=chosen["page_id"])
    assert raw is not None, "an appearance is on a page that was read"
    mentions = desk.ask.all("article_mentions", article_id=article_id)
    in_body = [m for m in mentions if m["part"] == "body"]
    headline = article["headline"] or ""
    versions = desk.ask.all("article_versions", story_id=article["story_id"])
    other = desk.ask.one("article_body", article_id=compare) if compare else None
    return desk.render(
        "article.html",
        article=article,
        appearance=chosen,
        appearances=appearances,
        headline=marks.pieces(headline, 0, len(headline), [m for m in mentions if m["part"] == "headline"]),
        paragraphs=marks.paragraphs(
            article["body"], in_body,
            desk.ask.all("article_sentences", article_id=article_id),
            quotations := desk.ask.all("article_quotations", article_id=article_id),
        ),
        n_quotations=len(quotations),
        mentions=mentions,
        story=desk.ask.one("article_story", story_id=article["story_id"]) if versions else None,
        versions=versions,
        other=other,
        changes=differences.changes(other["body"], article["body"]) if other else [],
        named=_named(mentions),
        raw=raw,
        segments=[
            {**s, "text": marks.shown(raw["text"][s["start_offset"] : s["end_offset"]])}
            for s in desk.ask.all("page_segments", page_id=chosen["page_id"])
        ],
        others=[a for a in desk.ask.all("page_articles", page_id=chosen["page_id"]) if a["article_id"] != article_id],
        reviewed=desk.ask.all("article_reviews", article_id=article_id, page_id=chosen["page_id"]),
        segment_kinds=REVIEW_ANSWERS["segment"],
        mention_answers=REVIEW_ANSWERS["mention"],
        entity_types=ENTITY_TYPES,
    )  # fmt: skip


def _named(mentions: Sequence[Row]) -> list[tuple[str, list[tuple[Row, int]]]]:
    """Return who is named, by type, most often first: pairs of a mention and how many there are of its entity."""
    by_entity: dict[UUID, list[Row]] = {}
    for mention in mentions:
        by_entity.setdefault(mention["entity_id"], []).append(mention)
    found = sorted(
        ((of[0], len(of)) for of in by_entity.values()),
        key=lambda pair: (ENTITY_TYPES.index(pair[0]["entity_type"]), -pair[1], pair[0]["entity"]),
    )
    return [(kind, list(rows)) for kind, rows in groupby(found, key=lambda pair: pair[0]["entity_type"])]


@router.post("/article/{article_id}/review")
def review(request: Request, form: WrittenForm, article_id: UUID) -> Response:
    """Write down that a segment or a mention is wrong."""
    with writing(request) as connection:
        reviews.write(connection, reviews.parse(form, article_id, request.state.visitor.name))
    return back_to(f"{request.scope['root_path']}/article/{article_id}?page={form['page_id']}#reviews")
