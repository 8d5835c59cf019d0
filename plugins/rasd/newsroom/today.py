"""The first room: what moved, at one glance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from fastapi import APIRouter, Response

from rasd.newsroom import paging
from rasd.newsroom.desk import Desk, OpenDesk
from rasd.newsroom.warehouse import Row

router = APIRouter()
_LINE_DAYS = 30
_LATEST = 5


@router.get("/")
def show(desk: OpenDesk, day: date | None = None) -> Response:
    """Show a day: the newest of which there is anything, unless another is asked for."""
    newest = desk.ask.one("newest_day") or {}
    day = day or newest.get("day")
    if day is None:
        return desk.render("welcome.html", n_articles=newest.get("n_articles", 0), runs=desk.ask.all("runs")[:5])
    moved = desk.ask.all("today_moved", day=day)
    # Until there are weeks to compare with, nothing is more than usual: then what is named most.
    named = moved or desk.ask.all("today_named", day=day)
    return desk.render(
        "today.html",
        day=day,
        newest=newest["day"],
        before=day - timedelta(days=1),
        after=day + timedelta(days=1) if day < newest["day"] else None,
        named=named,
        is_more_than_usual=bool(moved),
        lines=lines(desk, [row["entity_id"] for row in named], day),
        stories=desk.ask.all("today_stories", day=day),
        outlets=desk.ask.all("today_outlets", day=day),
        latest=desk.ask.all("latest_articles", day=day, n=_LATEST, **paging.begin(None)),
        runs=desk.ask.all("runs")[:3],
        reasons=desk.ask.all("quarantine_reasons"),
        doubtful=desk.ask.all("doubtful_pages")[:2],
    )


def lines(desk: Desk, ids: Sequence[object], until: date) -> dict[object, list[int]]:
    """Return how often each entity was named on each of the days up to a day."""
    since = until - timedelta(days=_LINE_DAYS - 1)
    rows: list[Row] = desk.ask.all("entity_lines", ids=[str(i) for i in ids], since=since, until=until)
    found = {i: [0] * _LINE_DAYS for i in ids}
    for row in rows:
        found[row["entity_id"]][(row["published_on"] - since).days] = row["n_articles"]
    return found


@router.get("/articles")
def articles(desk: OpenDesk, day: date | None = None, before: str | None = None) -> Response:
    """List articles, newest first."""
    newest = (desk.ask.one("newest_day") or {}).get("day")
    rows = desk.ask.all("latest_articles", day=day or newest, n=paging.ROWS + 1, **paging.begin(before))
    found, following = paging.cut(rows, "published_on", "article_id")
    return desk.render("articles.html", rows=found, following=following, day=day or newest)
