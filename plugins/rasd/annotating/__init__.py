"""Who, where and which organisation: the names in a text, with exact offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rasd.annotating.model import Recogniser


def load_recogniser(setting: str | None = None) -> Recogniser:
    """Return the recogniser that a setting names: see `rasd.annotating.engines.load_recogniser`."""
    from rasd.annotating import engines

    return engines.load_recogniser(setting)
