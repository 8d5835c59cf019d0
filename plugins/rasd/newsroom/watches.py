"""The room of watches: make one, try it against the last month before it is kept, and see what they found."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter, HTTPException, Request, Response

from rasd.errors import SettingError
from rasd.newsroom import paging
from rasd.newsroom.desk import OpenDesk, WrittenForm, back_to, writing
from rasd.pipeline import watches

router = APIRouter()
_SHOWN = 10
_FIELDS = ("kind", "subject", "name", "at_least", "times_usual", "note")


@router.get("/watches")
def every(
    desk: OpenDesk, kind: str = "", subject: str = "", name: str = "", at_least: str = "", times_usual: str = "",
    note: str = "",
) -> Response:  # fmt: skip
    """List the watches, beside a form for a new one; the address may bring what it begins with."""
    given = {"kind": kind, "subject": subject, "name": name, "at_least": at_least, "times_usual": times_usual}
    return desk.render(
        "watches.html", rows=desk.ask.all("watches"), kinds=watches.KINDS, given={**given, "note": note}, tried=None
    )


@router.get("/watch/{watch_id}")
def show(desk: OpenDesk, watch_id: str, before: str | None = None) -> Response:
    """Show one watch and what it found, newest first."""
    watch = desk.ask.one("watch", watch_id=watch_id)
    if watch is None:
        raise HTTPException(404)
    rows = desk.ask.all("watch_hits", watch_id=watch_id, n=paging.ROWS + 1, **paging.begin(before))
    found, following = paging.cut(rows, "found_at", "article_id")
    return desk.render(
        "watch.html",
        watch=watch,
        days=desk.ask.all("watch_days", watch_id=watch_id),
        found=found,
        following=following,
        kinds=watches.KINDS,
        given={
            k: "" if watch[k] is None else watch[k]
            for k in ("kind", "subject", "name", "at_least", "times_usual", "note")
        },
    )


@router.post("/watches/try")
def try_(desk: OpenDesk, request: Request, form: WrittenForm) -> Response:
    """Show what a watch would have found in the newest month; nothing is kept."""
    with writing(request) as connection:
        tried = watches.trial(connection, form.get("kind", ""), form.get("subject", "").strip())
    given = {field: form.get(field, "") for field in _FIELDS}
    return desk.render(
        "watches.html",
        rows=desk.ask.all("watches"),
        kinds=watches.KINDS,
        given=given,
        tried=tried,
        hits=tried.hits[:_SHOWN],
        days=[{"published_on": day, "n_articles": n} for day, n in tried.days],
    )


@router.post("/watches/keep")
def keep(request: Request, form: WrittenForm) -> Response:
    """Keep a watch, or keep it anew."""
    with writing(request) as connection:
        watches.add(connection, _watch(connection, form))
    return back_to(f"{request.scope['root_path']}/watches")


@router.post("/watches/stop")
def stop(request: Request, form: WrittenForm) -> Response:
    """Ask a watch no more."""
    with writing(request) as connection:
        watches.stop(connection, form.get("watch_id", ""))
    return back_to(f"{request.scope['root_path']}/watches")


def _watch(connection: sa.Connection, form: Mapping[str, str]) -> watches.Watch:
    """Return the watch that a form describes.

    An edited one keeps its id and its recipients; a new one gets an id of what it asks for, so that the same question
    asked twice is one watch.
    """
    kind, subject = form.get("kind", ""), " ".join(form.get("subject", "").split())
    watch_id = form.get("watch_id") or "desk-" + hashlib.sha256(f"{kind}\n{subject}".encode()).hexdigest()[:10]
    recipients = connection.scalar(
        sa.text("SELECT recipients FROM core.watch WHERE watch_id = :watch_id"), {"watch_id": watch_id}
    )
    return watches.Watch(
        watch_id,
        form.get("name", "").strip() or subject,
        kind,
        subject,
        _number(form, "at_least", int),
        _number(form, "times_usual", float),
        tuple(recipients or ()),
        form.get("note", "").strip() or None,
    )


def _number(form: Mapping[str, str], name: str, kind: type[Any]) -> Any:
    text = form.get(name, "").strip()
    try:
        value = kind(text) if text else None
    except ValueError:
        raise SettingError(f"{text!r} is no number", do="Leave it out, or write digits.") from None
    if value is not None and not 0 < value < 1_000_000:
        raise SettingError(f"{text} is out of bounds", do="Write a number above nought.")
    return value
