"""The room of the machine: runs and their books, what is held in quarantine, of what the reader is unsure."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response

from rasd.newsroom.desk import OpenDesk, WrittenForm, back_to, writing

router = APIRouter()
_PAGE = 25


@router.get("/health")
def show(desk: OpenDesk, before: str | None = None, reason: str | None = None) -> Response:
    """Show how the machine is."""
    at, _, last = (before or "").partition("~")
    held = desk.ask.all("quarantine", reason=reason, before=at or None, before_id=last or None, n=_PAGE + 1)
    return desk.render(
        "health.html",
        runs=desk.ask.all("runs"),
        reasons=desk.ask.all("quarantine_reasons"),
        reason=reason,
        held=held[:_PAGE],
        following=f"{held[_PAGE - 1]['quarantined_at'].isoformat()}~{held[_PAGE - 1]['quarantine_id']}"
        if len(held) > _PAGE
        else None,
        figures=desk.ask.all("figures"),
        checks=desk.ask.all("checks"),
        silent=desk.ask.all("silent_outlets"),
        doubtful=desk.ask.all("doubtful_pages"),
    )


@router.post("/health/release")
def release(request: Request, form: WrittenForm) -> Response:
    """Let a page, or all that is held for a reason, be tried again by the next run."""
    with writing(request) as connection:
        connection.execute(
            sa.text(
                """
                UPDATE ops.quarantine SET released_at = now(), released_by = :by
                WHERE released_at IS NULL AND (quarantine_id = CAST(:id AS uuid) OR reason = :reason)
                """
            ),
            {
                "by": request.state.visitor.name,
                "id": str(UUID(form["quarantine_id"])) if form.get("quarantine_id") else None,
                "reason": form.get("reason") or None,
            },
        )
    return back_to(f"{request.scope['root_path']}/health#quarantine")
