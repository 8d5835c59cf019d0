"""The room of questions: the warehouse's search, narrowed by outlet, time, entity; shared by its address."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from rasd.newsroom import marks, paging
from rasd.newsroom.desk import Desk, OpenDesk
from rasd.newsroom.warehouse import Row

router = APIRouter()
_LONGEST = 500  # finds, in a file
_LONGEST_QUESTION = 400


@router.get("/search")
def show(
    desk: OpenDesk, q: str = "", since: str = "", until: str = "", outlet: str = "", entity: UUID | None = None,
    each: bool = False, before: str | None = None,
) -> Response:  # fmt: skip
    """Show what a search finds."""
    asked = _asked(q, since, until, outlet, entity)
    if not asked["q"]:
        return desk.render("search.html", asked=asked, each=each, found=[], facets={}, entity=None, following=None)
    finds = _finds(desk, asked)
    facets: dict[str, list[Row]] = defaultdict(list)
    for row in desk.ask.all("search_facets", ids=finds["ids"]):
        facets[row["facet"]].append(row)
    rows = desk.ask.all("search", q=asked["q"], **finds, is_once=not each, n=paging.ROWS + 1, **paging.begin(before))
    found, following = paging.cut(rows, "rank", "article_id")
    return desk.render(
        "search.html",
        asked=asked,
        each=each,
        n_found=len(finds["ids"]),
        found=[{**row, "pieces": _marked(row)} for row in found],
        facets=facets,
        entity=desk.ask.one("entity_label", entity_id=entity) if entity else None,
        following=following,
    )


@router.get("/search.csv")
def download(
    desk: OpenDesk, q: str = "", since: str = "", until: str = "", outlet: str = "", entity: UUID | None = None,
    each: bool = False,
) -> Response:  # fmt: skip
    """Give what a search finds as a file that a spreadsheet opens."""
    asked = _asked(q, since, until, outlet, entity)
    rows = (
        desk.ask.all("search", q=asked["q"], **_finds(desk, asked), is_once=not each, n=_LONGEST, **paging.begin(None))
        if asked["q"]
        else []
    )
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["article_id", "published_on", "outlets", "headline", "fragment", "address"])
    for row in rows:
        writer.writerow(_harmless(_cells(desk, row)))
    return Response(
        "\ufeff" + text.getvalue(),  # without the mark, spreadsheets read UTF-8 as something else
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="rasd-search.csv"'},
    )


def _finds(desk: Desk, asked: dict[str, Any]) -> dict[str, list[Any]]:
    """Return ids and ranks of what a search finds: the warehouse is searched once for all that a page shows of it."""
    rows = desk.ask.all("search_found", **asked)
    return {"ids": [str(row["article_id"]) for row in rows], "ranks": [row["rank"] for row in rows]}


def _asked(q: str, since: str, until: str, outlet: str, entity: UUID | None) -> dict[str, Any]:
    return {
        "q": " ".join(q.split())[:_LONGEST_QUESTION],
        "since": _day(since),
        "until": _day(until),
        "outlet": outlet.strip() or None,
        "entity_id": entity,
    }


def _day(text: str) -> date | None:
    """Read a day from a form; what is none narrows nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _marked(row: Row) -> list[tuple[str, bool]]:
    """Cut a fragment into pieces that were searched for and pieces that were not."""
    text, start = row["fragment"] or "", row["fragment_start"] or 0
    pieces, at = [], 0
    for left, right in zip(row["match_starts"] or (), row["match_ends"] or (), strict=True):
        pieces += [
            (marks.shown(text[at : left - start]), False),
            (marks.shown(text[left - start : right - start]), True),
        ]
        at = right - start
    return [*pieces, (marks.shown(text[at:]), False)]


def _cells(desk: Desk, row: Row) -> Iterable[str]:
    return (
        str(row["article_id"]),
        str(row["published_on"] or ""),
        "; ".join(o for o in row["outlets"] or () if o),
        row["headline"] or "",
        row["fragment"] or "",
        f"{desk.request.url.scheme}://{desk.request.url.netloc}{desk.address('article', row['article_id'])}",
    )


def _harmless(cells: Iterable[str]) -> list[str]:
    """Keep a spreadsheet from taking a text for a formula (OWASP, CSV Injection)."""
    return [f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in cells]
