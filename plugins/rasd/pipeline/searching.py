"""Asking the warehouse for texts: `report.search`, for programs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterator


class Found(NamedTuple):
    """One article that a search found; the offsets of fragment and hits count in the article's body."""

    article_id: UUID
    published_on: date | None
    headline: str | None
    outlets: list[str] | None
    n_appearances: int
    rank: float
    fragment: str | None
    fragment_start: int | None
    match_starts: list[int]
    match_ends: list[int]

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """Yield the fragment in pieces, each with whether it is a hit."""
        if self.fragment is None or self.fragment_start is None:
            return
        at = 0
        for first, last in zip(self.match_starts, self.match_ends, strict=True):
            start, end = first - self.fragment_start, last - self.fragment_start
            if start > at:
                yield self.fragment[at:start], False
            yield self.fragment[start:end], True
            at = end
        if at < len(self.fragment):
            yield self.fragment[at:], False


_SEARCH = f"""
SELECT {", ".join(Found._fields)}
FROM report.search(:query, CAST(:since AS date), CAST(:until AS date), CAST(:outlet AS text), :most)
"""


def search(
    connection: sa.Connection,
    query: str,
    *,
    since: date | None = None,
    until: date | None = None,
    outlet: str | None = None,
    most: int = 20,
) -> list[Found]:
    """Return what a query finds, best first; every text is a query, and none is an error.

    Args:
        connection: to the warehouse.
        query: words, "phrases", OR أو |, NOT -, (groups), prefixes*.
        since, until: days published, both included; undated texts match only where neither is given.
        outlet: its id or its name.
        most: how many at most, up to 500.
    """
    found = connection.execute(
        sa.text(_SEARCH),
        {"query": sendable(query), "since": since, "until": until, "outlet": outlet and sendable(outlet), "most": most},
    )
    return [Found(*row) for row in found]


def sendable(text: str) -> str:
    """Return a text without what Postgres takes in no text: NUL and lone surrogates become spaces."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
