"""Places that datelines and lines of credits name: countries, regions, the cities of the Arab world, and some more."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rasd.arabic.text import fold
from rasd.references import reference, rows

# The members of the Arab League; of their cities all that have 15,000 people stand in datelines.
_ARAB = (
    "AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO",
    "SY", "TN", "YE",
)  # fmt: skip


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Return the folded Arabic names of countries and territories."""
    from babel import Locale

    names = Locale("ar").territories.items()
    return frozenset(fold(name) for code, name in names if len(code) == 2 and not code.isdigit())


@lru_cache(maxsize=4)
def _load_places(path: Path) -> frozenset[str]:
    cities = (row for row in rows(reference("names/cities.csv")) if row["key"].partition("/")[0] in _ARAB)
    known = (*cities, *rows(reference("names/places.csv")))
    names = {name for row in known for name in (row["name"], *row["spellings"].split("|")) if name and name[0] != "?"}
    return countries() | set(map(fold, names)) | {fold(row["name"]) for row in rows(path, ("name",))}


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Return the folded names of places that datelines name."""
    return _load_places(reference("dateline_places.csv"))
