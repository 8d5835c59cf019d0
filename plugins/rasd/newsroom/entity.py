"""The rooms of entities: all of them, and one: its names, its days, its company, and what people decided about it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response

from rasd.annotating.model import ENTITY_TYPES
from rasd.errors import SettingError
from rasd.newsroom import maps, paging
from rasd.newsroom.charts import ring
from rasd.newsroom.desk import OpenDesk, WrittenForm, back_to, writing
from rasd.newsroom.warehouse import Row
from rasd.pipeline import decisions

router = APIRouter()
# The time shown: of an entity named often enough the newest quarter of a year, else all the time it was named in.
_DAYS, _RARE = 90, 200
_LONGEST_DAYS = 730
# Of what stands in so many articles, the company of a month is as telling as that of a quarter, and sooner found.
_EVERYWHERE, _COMPANY_DAYS = 30_000, 30
_IN_RING, _ON_MAP = 12, 40


@router.get("/entities")
def every(desk: OpenDesk, name: str = "", type: str | None = None, before: str | None = None) -> Response:
    """List entities, the most named first, or those whose name begins in a certain way."""
    wanted = type if type in ENTITY_TYPES else None
    name = " ".join(name.split())[:100]
    if name:
        rows, following = desk.ask.all("entities_named", name=name, type=wanted, n=50), None
    else:
        found = desk.ask.all("entities", type=wanted, n=paging.ROWS * 2 + 1, **paging.begin(before))
        rows, following = paging.cut(found, "n_articles", "entity_id", paging.ROWS * 2)
    return desk.render("entities.html", rows=rows, following=following, name=name, wanted=wanted, types=ENTITY_TYPES)


@router.get("/entity/{entity_id}")
def show(desk: OpenDesk, entity_id: UUID, before: str | None = None, undated: bool = False) -> Response:
    """Show one entity."""
    entity = desk.ask.one("entity", entity_id=entity_id)
    if entity is None:
        raise HTTPException(404)
    since, until = span(entity)
    time = {"since": since, "until": until}
    company = {**time, "since": company_since(entity, since, until)}
    # Of what is never dated nothing lies within any time: these questions find nothing then.
    companions = desk.ask.all("entity_companions", entity_key=entity["entity_key"], **company)
    seated = companions[:_IN_RING]
    rows = desk.ask.all(
        "entity_articles", entity_id=entity_id, n=paging.ROWS + 1, is_undated=undated, **paging.begin(before)
    )
    articles, following = paging.cut(rows, "published_on", "article_id")
    return desk.render(
        "entity.html",
        entity=entity,
        since=since,
        until=until,
        names=desk.ask.all("entity_names", entity_id=entity_id),
        days=desk.ask.all("entity_days", entity_id=entity_id, **time),
        companions=companions,
        company_since=company["since"],
        seats=ring(seated, "n_articles"),
        ties=desk.ask.all("entity_ties", entity_id=entity_id, ids=[str(c["entity_id"]) for c in seated], **company)
        if len(seated) > 1
        else [],
        outlets=desk.ask.all("entity_outlets", entity_id=entity_id, **time),
        quotations=desk.ask.all("entity_quotations", entity_key=entity["entity_key"]),
        places=(shown := places(entity, companions)),
        frame=maps.frame([(p["latitude"], p["longitude"]) for p in shown]),
        project=maps.project,
        articles=articles,
        following=following,
        is_undated=undated,
        decided=desk.ask.all("entity_decisions", entity_key=entity["entity_key"]),
    )


def span(entity: Row) -> tuple[date | None, date | None]:
    """Return the first and the last day of the time that is shown of an entity; none if nothing is dated."""
    first, last = entity["first_published_on"], entity["last_published_on"]
    if last is None:
        return None, None
    days = _DAYS if entity["n_articles"] > _RARE else _LONGEST_DAYS
    # A time of a month at least: a single day is no line.
    return min(max(first, last - timedelta(days=days - 1)), last - timedelta(days=29)), last


def company_since(entity: Row, since: date | None, until: date | None) -> date | None:
    """Return the first day of the time whose company is shown of an entity."""
    if since is None or until is None or entity["n_articles"] < _EVERYWHERE:
        return since
    return max(since, until - timedelta(days=_COMPANY_DAYS - 1))


def places(entity: Row, companions: list[Row]) -> list[dict[str, Any]]:
    """Return what goes onto the map: the entity itself where it is a place, and the places named with it."""
    own = [{**entity, "is_own": True}] if entity["latitude"] is not None else []
    near = [{**c, "is_own": False} for c in companions if c["latitude"] is not None and c["entity_type"] == "LOC"]
    chosen = (own + near)[:_ON_MAP]
    return [{**p, "is_labelled": labelled} for p, labelled in zip(chosen, maps.labelled(chosen), strict=True)]


# What people decide -----------------------------------------------------------------------------------------------


@router.post("/entity/{entity_id}/decide")
def decide(request: Request, form: WrittenForm, entity_id: UUID) -> Response:
    """Decide that this entity is another one too, has a name that is not its own, is shown otherwise, or is no name."""
    by, reason, entity = request.state.visitor.name, form.get("reason", ""), str(entity_id)
    with writing(request) as connection:
        match form.get("kind"):
            case "join":
                decisions.join(connection, entity, form.get("other", ""), by=by, reason=reason)
            case "split":
                decisions.split(connection, entity, form.get("name", ""), by=by, reason=reason)
            case "rename":
                decisions.rename(connection, entity, form.get("name", ""), by=by, reason=reason)
            case "not_a_name":
                decisions.reject(connection, entity, form.get("name") or None, by=by, reason=reason)
            case _:
                raise SettingError("the form does not say what is decided", do="Load the page again.")
    return back_to(f"{request.scope['root_path']}/entity/{entity_id}#decisions")


@router.post("/entity/{entity_id}/undo")
def undo(request: Request, form: WrittenForm, entity_id: UUID) -> Response:
    """Take a decision back."""
    try:
        number = int(form.get("decision_id", ""))
    except ValueError:
        raise SettingError("the form does not say which decision", do="Load the page again.") from None
    with writing(request) as connection:
        decisions.undo(connection, number, by=request.state.visitor.name)
    return back_to(f"{request.scope['root_path']}/entity/{entity_id}#decisions")
