"""Places that datelines and lines of credits name: countries, regions, the cities of the Arab world, and some more."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rasd.arabic.text import fold
from rasd.reading.markers import reference, rows

# The members of the Arab League; of their cities all that have 15,000 people stand in datelines.
_ARAB = frozenset(
    [
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "IQ",
        "JO",
        "KM",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SY",
        "TN",
        "YE",
    ]
)


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Return the folded Arabic names of countries and territories."""
    from babel import Locale

    names = Locale("ar").territories.items()
    return frozenset(fold(name) for code, name in names if len(code) == 2 and not code.isdigit())


@lru_cache(maxsize=4)
def _load_places(path: Path) -> frozenset[str]:
    cities = (line.split(",")[1:3] for line in _lines("names/cities.csv") if line[:2] in _ARAB and line[2:3] == "/")
    regions = (line.split(",")[2:4] for line in _lines("names/places.csv") if line.count(",") >= 4)
    names = {name for fields in (*cities, *regions) for name in "|".join(fields).split("|") if name and name[0] != "?"}
    return countries() | set(map(fold, names)) | {fold(row["name"]) for row in rows(path, ("name",))}


def _lines(name: str) -> list[str]:
    return [line for line in reference(name).read_text(encoding="utf-8").split("\n") if not line.startswith("#")]


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Return the folded names of places that datelines name."""
    return _load_places(reference("dateline_places.csv"))
