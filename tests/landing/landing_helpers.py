from __future__ import annotations

from collections.abc import Callable

from rasd.landing.containers import Landed
from rasd.landing.model import LandedPage, Refused

Land = Callable[..., list[Landed]]


def pages(landed: list[Landed]) -> list[tuple[str | None, bytes]]:
    return [(p.member, p.content) for p in landed if isinstance(p, LandedPage)]


def reasons(landed: list[Landed]) -> list[tuple[str | None, str]]:
    return [(p.member, p.reason) for p in landed if not isinstance(p, LandedPage)]


def refusal(landed: list[Landed]) -> Refused:
    assert len(landed) == 1
    assert isinstance(landed[0], Refused)
    return landed[0]
