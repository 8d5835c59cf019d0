"""Which of two places of one name an article means: عمان is the sultanate, and the capital of Jordan.

The tables know both (`shared_places.csv`); a spelling without vowel marks does not tell them apart. What does: the
marks where they are written, whether the name stands in a list of cities or of countries, and of which of the two
countries the article speaks otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from rasd import resources
from rasd.annotating.names import Names, load_names, phrase, rows
from rasd.errors import SettingError
from rasd.resolving.context import Part
from rasd.resolving.document import SCORES, Resolved

RULE = "known name by its country"

# A place or an adjective of a country counts once. A neighbour in a list says more; marks, and a list that names the
# city's own country beside it, leave no doubt.
_NEIGHBOUR, _CERTAIN = 2, 100
_LIST = frozenset({"و", "، و", ", و", "،", ","})


def meant(parts: Sequence[Part], places: Sequence[str] = (), background: Sequence[str] = ()) -> dict[str, str]:
    """Return the key of the place that each shared name stands for in an article, by the name (as `phrase` gives it).

    Args:
        parts: the texts of the article, with what each mention was taken for.
        places: places of its datelines; decided as the names in the text are.
        background: countries (ISO 3166-1 alpha-2) of its outlets and of its datelines' other places.
    """
    known, names = shared(), load_names()
    written = {phrase(e.spelling) for part in parts for e in part.entities if e.type == "LOC"}
    asked = known.keys() & (written | {phrase(place) for place in places})
    return {name: _decided(name, known[name], parts, background, names) for name in sorted(asked)}


def settled(parts: Sequence[Part], keys: Mapping[str, str]) -> list[Part]:
    """Return the parts with shared names pointing to what they mean (`meant`)."""
    names = load_names()
    usual = {name: pair[0] for name, pair in shared().items()}

    def settle(entity: Resolved) -> Resolved:
        name = phrase(entity.spelling)
        key = keys.get(name)
        if key is None or key == entity.key or entity.key != usual[name]:
            return entity
        return Resolved(key, "LOC", names.entities[key].name, True, RULE, SCORES[RULE], entity.spelling)

    return [part._replace(entities=[settle(e) for e in part.entities]) for part in parts] if keys else list(parts)


def shared() -> Mapping[str, tuple[str, str]]:
    """Return the names that two places share, with the keys of the usual one and of the other."""
    return _shared(resources.seeds())


@lru_cache(maxsize=2)
def _shared(seeds: Path) -> Mapping[str, tuple[str, str]]:
    known = load_names().entities
    found = {}
    for row in rows("shared_places.csv"):
        for key in (row["usual"], row["other"]):
            if key not in known or known[key].country is None:
                path = seeds / "names" / "shared_places.csv"
                raise SettingError(f"{key} is no place of a country in the tables", where=str(path))
        found[phrase(row["name"])] = (row["usual"], row["other"])
    return found


def _decided(name: str, pair: tuple[str, str], parts: Sequence[Part], background: Sequence[str], names: Names) -> str:
    usual, other = pair
    home = {names.entities[usual].country: usual, names.entities[other].country: other}
    counted: Counter[str] = Counter()
    for key, weight in _evidence(name, pair, parts, names):
        counted[key] += weight
    spoken_of = [*background, *_countries(name, parts, names)]
    counted.update(home[country] for country in spoken_of if country in home)
    return other if counted[other] > counted[usual] else usual


def _countries(name: str, parts: Sequence[Part], names: Names) -> Iterator[str | None]:
    """Yield the country of every other known name, and of every adjective, of an article."""
    for part in parts:
        for entity in part.entities:
            if entity.key in names.entities and phrase(entity.spelling) != name:
                yield names.entities[entity.key].country
        for demonym in part.demonyms:
            yield names.entities[demonym.place].country


def _evidence(name: str, pair: tuple[str, str], parts: Sequence[Part], names: Names) -> Iterator[tuple[str, int]]:
    """Yield what the name's own letters and its neighbours in lists say, with its weight."""
    usual, other = pair
    for part in parts:
        for i, entity in enumerate(part.entities):
            if phrase(entity.spelling) != name:
                continue
            for key in pair:
                if part.mentions[i].surface == names.entities[key].name:
                    yield key, _CERTAIN
            for a, b in ((i - 1, i), (i, i + 1)):
                if a >= 0 and b < len(part.mentions) and _are_listed(part, a, b):
                    beside = part.entities[a if b == i else b].key
                    if beside == f"LOC/country/{names.entities[other].country}":
                        yield usual, _CERTAIN
                    elif beside.startswith("LOC/country/"):
                        yield usual, _NEIGHBOUR
                    elif beside.startswith("LOC/city/"):
                        yield other, _NEIGHBOUR


def _are_listed(part: Part, a: int, b: int) -> bool:
    """Whether nothing but a comma or و stands between two names that follow one another."""
    return part.text[part.mentions[a].end : part.mentions[b].start].strip() in _LIST
