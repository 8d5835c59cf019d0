"""Outlets, agencies and aggregators by their many spellings (seeds/outlets.csv)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from rasd.arabic.text import fold
from rasd.errors import SettingError
from rasd.references import numbered_rows, reference

Kind = Literal["outlet", "agency", "aggregator"]
_KINDS: dict[str, Kind] = {"outlet": "outlet", "agency": "agency", "aggregator": "aggregator"}

# What says only which sort of publisher it is; the same publisher is named with and without.
_SORT = re.compile(
    r"(?:(?:ال)?(?:صحيفه|جريده|موقع|قناه|وكاله|شبكه|بوابه|مجله|اذاعه|راديو|تلفزيون|منصه|تطبيق)|https?://|www\.|ar\.|arabic\.)\s*"
)
_SITE_PATH = re.compile(r"(?<=[a-z]{2})/.*$", re.DOTALL)
_NOT_KEY = re.compile(r"[\W_]+")
_LONGEST = 80

_EDGE = " \t\r\xa0\u200e\u200f\"'«»“”.:()[]"


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher. `outlet_id` is short and stable; `country` is ISO 3166-1 alpha-2, or None where there is none."""

    outlet_id: str
    name: str
    kind: Kind
    country: str | None


def _key(name: str) -> str:
    return _NOT_KEY.sub("", fold(name))


class Outlets:
    """The reference table. Iterating gives its rows in the order of the file."""

    def __init__(self, path: Path) -> None:
        """Read a table.

        Raises:
            SettingError: where the file is missing, or a row is not understood.
        """
        self._outlets: dict[str, Outlet] = {}
        self._by_key: dict[str, Outlet | None] = {}  # None: several claim the spelling
        for n, row in numbered_rows(path, ("outlet_id", "name", "kind", "country", "spellings")):
            kind = _KINDS.get(row["kind"])
            if kind is None or not re.fullmatch(r"[A-Z]{2}|-", row["country"]):
                raise SettingError(
                    f"{row['outlet_id']} is of kind {row['kind']} in {row['country']}",
                    where=f"{path}, line {n}",
                    do=f"Write one of {', '.join(_KINDS)} and a country of two capitals, or - for none.",
                )
            outlet = Outlet(row["outlet_id"], row["name"], kind, None if row["country"] == "-" else row["country"])
            if outlet.outlet_id in self._outlets:
                raise SettingError(
                    f"{outlet.outlet_id} stands twice", where=f"{path}, line {n}", do="Give each row its own id."
                )
            self._outlets[outlet.outlet_id] = outlet
            for key in dict.fromkeys(map(_key, (row["name"], *row["spellings"].split("|")))):
                self._by_key[key] = None if key in self._by_key else outlet
        self._by_key.pop("", None)
        # Names are few, and asked for again with every page of an outlet.
        self._match = lru_cache(maxsize=1 << 12)(self._look_up)

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Outlets:
        """Return the table of `seeds/outlets.csv`, read once."""
        return _load(reference("outlets.csv"))

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._outlets.values())

    def match(self, text: str) -> Outlet | None:
        """Return the publisher that a text names and nothing else, or None where it is unknown or not the only one.

        Spaces, punctuation, diacritics and letter variants do not matter, nor words such as صحيفة before the name.
        """
        return self._match(text) if len(text) <= _LONGEST else None

    def _look_up(self, text: str) -> Outlet | None:
        name = fold(text).strip(_EDGE)
        while True:
            key = _NOT_KEY.sub("", name)
            if key in self._by_key:
                return self._by_key[key]
            shorter = _SORT.sub("", name, count=1) if _SORT.match(name) else name
            if "/" in shorter:
                shorter = _SITE_PATH.sub("", shorter)
            if shorter == name:
                return None
            name = shorter


@lru_cache(maxsize=4)
def _load(path: Path) -> Outlets:
    return Outlets(path)
