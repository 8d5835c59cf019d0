"""Paging by key: where the next page begins is said by the last row of this one, never by counting rows."""

from __future__ import annotations

from rasd.newsroom.warehouse import Row

ROWS = 20


def begin(before: str | None) -> dict[str, str | None]:
    """Return the parameters `before` and `before_id` of a question from a place such as `2026-05-01~<id>`."""
    key, _, last = (before or "").partition("~")
    return {"before": key or None, "before_id": last or None}


def cut(rows: list[Row], key: str, last: str, n: int = ROWS) -> tuple[list[Row], str | None]:
    """Cut what was asked for with one row too many to a page, and return it with the place of the next one."""
    if len(rows) <= n:
        return rows, None
    end = rows[n - 1]
    return rows[:n], f"{'' if end[key] is None else end[key]}~{end[last]}"
