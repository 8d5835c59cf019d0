"""An article while it is put together."""

from __future__ import annotations

import math
from collections.abc import Container
from dataclasses import dataclass, field

from rasd.reading.model import Role


@dataclass(slots=True)
class Draft:
    """An article while it is put together: indices into the list of pieces."""

    role: Role
    title: int | None = None
    kicker: int | None = None
    body: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    reach: int = 0
    doubts: list[str] = field(default_factory=list)
    number: int = 0
    cut_short: bool = False  # by a paragraph that another headline heads
    margin: float = math.inf  # how clearly its headline, headings and the next headline were told for what they are

    @property
    def first(self) -> int:
        """The first piece of it."""
        return min(i for i in (self.title, self.kicker, *self.body[:1]) if i is not None)

    def give_up(self, lines: Container[int | None]) -> None:
        """Leave lines to another article."""
        self.body = [i for i in self.body if i not in lines]
        self.title = None if self.title in lines else self.title
        self.kicker = None if self.kicker in lines else self.kicker
