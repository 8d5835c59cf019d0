"""The names that Rasd knows beforehand: countries, cities, other places, organisations, people, works.

They come from Unicode CLDR (countries, through Babel) and from the tables in `seeds/names`, which a user may extend;
each table says in its first lines what its columns mean. `load_names` reads them once per process.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from rasd import references, resources
from rasd.annotating.model import ENTITY_TYPES, EntityType
from rasd.arabic.clitics import splits
from rasd.arabic.text import fold
from rasd.arabic.tokens import tokenize
from rasd.errors import SettingError

# CLDR territories that are no place one reports from: pseudo-locales, groupings, the unknown.
_NO_PLACE = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
# Kinds of organisations after whose name the press puts the country's adjective.
_FROM_SOMEWHERE = frozenset({"club", "company", "media"})
# CLDR glosses some names in brackets.
_GLOSS = re.compile(r"\s*\(.*\)")
_PLAIN = re.compile(r"[^\W_]+(?: [^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Entity:
    """A known entity. `key` is stable and readable; `name` is the one a desk would print.

    `kind` is the finer sort (country, city, sea, armed, media, …), `country` an ISO 3166-1 alpha-2 code,
    `point` (latitude, longitude) in degrees, `geonames` the number in geonames.org.
    """

    key: str
    type: EntityType
    name: str
    kind: str
    country: str | None = None
    wikidata: str | None = None
    point: tuple[float, float] | None = None
    geonames: int | None = None


class Form(NamedTuple):
    """One spelling of an entity. A weak one is a common word too: it never makes a mention by itself."""

    key: str
    weak: bool = False


class Match(NamedTuple):
    """A known name among tokens: token indices (end exclusive), the length of the proclitics on the first one."""

    start: int
    end: int
    prefix: int
    forms: tuple[Form, ...]


Trie = dict[str, Any]  # from a folded word to the next node; under _END, which is no word, the forms that end here
_END = "\n"
_RARE = frozenset("كسک")


def phrase(text: str) -> str:
    """Return the key of a name: its words folded, one space apart."""
    folded = fold(text)
    return folded if _PLAIN.fullmatch(folded) else " ".join(t.text for t in tokenize(folded))


class Names:
    """Known entities, found by their spellings.

    Attributes:
        entities: by key.
        titles: words that stand before a name of a type and are no part of it (`titles.csv`), as `phrase` gives
            them; True for those that never are.
        version: a digest of the tables: other tables, another version.
    """

    def __init__(
        self,
        entities: Mapping[str, Entity],
        forms: Mapping[str, Sequence[Form]],
        demonyms: Mapping[str, str],
        titles: Mapping[tuple[EntityType, str], bool],
        none: Collection[str],
        version: str,
    ) -> None:
        self.entities = entities
        self.titles = titles
        self.version = version
        self._forms = forms
        self._demonyms = demonyms
        strong = {name: tuple(f) for name, f in forms.items() if any(not form.weak for form in f)}
        self._words = frozenset(name for name in none if " " not in name)
        self._names = _trie({**strong, **{name: () for name in none if " " in name}})
        self._adjectives = _trie({name: (Form(place),) for name, place in demonyms.items()})

    def lookup(self, name: str) -> Sequence[Form]:
        """Return the entities that a name (as `phrase` gives it) may mean, the likeliest first."""
        return self._forms.get(name, ())

    def spellings(self) -> Iterable[tuple[str, Sequence[Form]]]:
        """Return every known spelling (as `phrase` gives it) with the entities it may mean."""
        return self._forms.items()

    def untitled(self, kind: EntityType, words: Sequence[str]) -> int:
        """Return how many of the folded words of a name are titles or descriptions before it (see `titles.csv`).

        At least one word stays, and a number alone is no name (موقع 24 keeps its first word).
        """
        at = 0
        while True:
            for length in (3, 2, 1):
                rest = words[at + length :]
                always = self.titles.get((kind, " ".join(words[at : at + length])))
                if always is None or not rest or rest[0].isdigit():
                    continue
                if always or any(not form.weak and form.key.startswith(kind) for form in self.lookup(" ".join(rest))):
                    at += length
                    break
            else:
                return at

    def nationality(self, key: str, words: Sequence[str]) -> int:
        """Return how many words at the end of a known name only say where it is from (برشلونة الإسباني)."""
        if self.entities[key].kind not in _FROM_SOMEWHERE or len(words) < 2 or self.demonym(words[-1]) is None:
            return 0
        return 1 if any(form.key == key for form in self.lookup(" ".join(words[:-1]))) else 0

    def demonym(self, name: str) -> str | None:
        """Return the key of the place that an adjective (as `phrase` gives it) belongs to, or None."""
        return self._demonyms.get(name)

    def matches(self, tokens: Sequence[str]) -> list[Match]:
        """Return the known names in a sentence, in order: the longest at each place, in a single pass."""
        return _longest(self._names, tokens, self._words)

    def adjectives(self, tokens: Sequence[str]) -> list[Match]:
        """Return the relational adjectives in a sentence, as `matches` does."""
        return _longest(self._adjectives, tokens)


def _trie(phrases: Mapping[str, tuple[Form, ...]]) -> Trie:
    root: Trie = {}
    for name, forms in phrases.items():
        node = root
        for word in name.split(" "):
            node = node.setdefault(word, {})
        node[_END] = forms
    return root


def _longest(trie: Trie, tokens: Sequence[str], whole: Collection[str] = ()) -> list[Match]:
    """Return the longest phrases of a trie among tokens, left to right.

    A proclitic is read before a phrase unless the word as written is one of `whole`; ك and س, which names seldom have
    and other words often begin with (كسرت is not ك and سرت), only where several words follow.
    """
    found: list[Match] = []
    words = [stems(token) for token in tokens]
    at = 0
    while at < len(tokens):
        best: Match | None = None
        for prefix, stem in words[at]:
            node = trie.get(stem)
            if node is None or (prefix and words[at][0][1] in whole):
                continue
            end = at
            while node is not None:
                end += 1
                forms = node.get(_END)
                if forms is not None and (best is None or end > best.end):
                    rare = prefix and end == at + 1 and tokens[at][prefix - 1] in _RARE
                    best = best if rare else Match(at, end, prefix, forms)
                node = node.get(words[end][0][1]) if end < len(tokens) else None
        if best is None:
            at += 1
            continue
        if best.forms:
            found.append(best)
        at = best.end
    return found


@lru_cache(maxsize=1 << 16)
def stems(token: str) -> tuple[tuple[int, str], ...]:
    """Return (length of the proclitics, folded stem) for each reading of a token, the whole word first."""
    return tuple((split.length, fold(split.stem)) for split in splits(token))


# ------------------------------------------------------------------------------------------------------- the tables


def lines(name: str) -> list[tuple[int, str]]:
    """Return number and text of the lines of a file of `seeds/names` (see `references.lines`)."""
    return references.lines(_table(name))


def arabic_names() -> frozenset[str]:
    """Return the given names of Arabic, folded: no rule of spelling may confuse them, and one alone is no last name."""
    return _arabic_names(resources.seeds())


@lru_cache(maxsize=2)
def _arabic_names(seeds: Path) -> frozenset[str]:  # noqa: ARG001 (another folder, another list)
    return frozenset(word for _, line in lines("arabic_names.txt") for word in phrase(line).split())


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of `seeds/names` (see `references.rows`)."""
    return references.rows(_table(name))


def _table(name: str) -> Path:
    return resources.seeds() / "names" / name


def not_names() -> frozenset[str]:
    """Return what is written like a name and is none (`not_names.txt`), as `phrase` gives it."""
    return frozenset(phrase(line) for _, line in lines("not_names.txt"))


def _parts(field: str) -> list[str]:
    return [part.strip() for part in field.split("|") if part.strip()]


def _spellings(row: Mapping[str, str]) -> list[str]:
    return [row["name"], *_parts(row["spellings"])]


class _Collector:
    """Gathers entities and spellings from the tables; what comes first is preferred where a spelling is shared."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.spellings: list[tuple[str, Form]] = []
        self.demonyms: list[tuple[str, str]] = []

    def add(self, entity: Entity, spellings: Sequence[str]) -> None:
        """Add an entity, or more spellings of one that is known; a ? before a spelling makes it weak."""
        self.entities.setdefault(entity.key, entity)
        for spelling in spellings:
            form = Form(entity.key, spelling.startswith("?"))
            self.spellings.extend((variant, form) for variant in _variants(spelling.lstrip("?")))

    def add_demonyms(self, key: str, bases: Sequence[str]) -> None:
        """Add the inflected forms of adjectives: feminine, dual, plural, accusative, with and without ال."""
        for base in bases:
            for words in _inflections(base):
                self.demonyms.append((words, key))

    def finish(self, version: str) -> Names:
        """Fold everything at once and build the lookup tables."""
        forms: dict[str, list[Form]] = {}
        for name, (_, form) in zip(_phrases([s for s, _ in self.spellings]), self.spellings, strict=True):
            known = forms.setdefault(name, [])
            if all(form.key != other.key for other in known):
                known.append(form)
        demonyms: dict[str, str] = {}
        for name, (_, key) in zip(_phrases([d for d, _ in self.demonyms]), self.demonyms, strict=True):
            # تشيلي and جيبوتي are countries first: the bare adjective of the same letters is not told apart.
            if name.startswith("ال") or all(form.key != key for form in forms.get(name, ())):
                demonyms.setdefault(name, key)
        titles = {
            (_entity_type(r["type"], "titles.csv"), phrase(r["word"])): r["always"] == "yes" for r in rows("titles.csv")
        }
        return Names(self.entities, forms, demonyms, titles, not_names(), version)


def _phrases(texts: Sequence[str]) -> list[str]:
    """Return `phrase` of many one-line texts, folded in one go."""
    folded = fold("\n".join(texts)).split("\n")
    return [f if _PLAIN.fullmatch(f) else " ".join(t.text for t in tokenize(f)) for f in folded]


_SERVANT = re.compile(r"\bعبد ال(?=\w)")
_SERVANT_JOINED = re.compile(r"\bعبدال(?=\w)")


def _variants(spelling: str) -> tuple[str, ...]:
    """Return a spelling and the same with عبد ال written as one word or as two."""
    if _SERVANT.search(spelling):
        return spelling, _SERVANT.sub("عبدال", spelling)
    if _SERVANT_JOINED.search(spelling):
        return spelling, _SERVANT_JOINED.sub("عبد ال", spelling)
    return (spelling,)


_ENDINGS = ("", "ة", "ا", "ون", "ين", "ان", "تان", "تين", "ات")


def _inflections(base: str) -> Iterator[str]:
    if base.startswith("+"):
        yield from (base[1:], "ال" + base[1:])
        return
    for ending in _ENDINGS:
        inflected = [word + ending if word.endswith("ي") else word for word in base.split(" ")]
        yield " ".join(inflected)
        yield _with_article(inflected, base)


def _with_article(words: Sequence[str], base: str) -> str:
    """Return the definite adjective: الكوري الشمالي (two adjectives, each with ال), but الجنوب أفريقي."""
    each = base.partition(" ")[0].endswith("ي")
    return " ".join(f"ال{word}" if i == 0 or each else word for i, word in enumerate(words))


def _definite(demonyms: Sequence[str], ending: str) -> list[str]:
    """Return the adjectives of a country with ال in the singular, for the patterns: الروسي, الروسية."""
    return [
        _with_article([word + ending if word.endswith("ي") else word for word in base.split(" ")], base)
        for base in demonyms
        if not base.startswith("+")
    ]


def _countries(into: _Collector) -> None:
    from babel import Locale

    territories: Mapping[str, str] = Locale("ar").territories
    for row in rows("countries.csv"):
        key = f"LOC/country/{row['iso']}"
        formal = [_GLOSS.sub("", territories[row["iso"]])] if row["iso"] in territories else []
        into.add(Entity(key, "LOC", row["name"].lstrip("?"), "country", row["iso"]), [*_spellings(row), *formal])
        into.add_demonyms(key, _parts(row["demonyms"]))
    for iso, glossed in territories.items():
        key = f"LOC/country/{iso}"
        if len(iso) == 2 and iso not in _NO_PLACE and key not in into.entities:
            name = _GLOSS.sub("", glossed)
            into.add(Entity(key, "LOC", name, "country", iso), [name])


def _places(into: _Collector) -> None:
    for row in rows("places.csv"):
        key = f"LOC/{row['kind'].replace(' ', '-')}/{row['key']}"
        into.add(Entity(key, "LOC", row["name"].lstrip("?"), row["kind"]), _spellings(row))
        into.add_demonyms(key, _parts(row["demonyms"]))


def _cities(into: _Collector) -> None:
    for row in rows("cities.csv"):
        point = (float(row["latitude"]), float(row["longitude"]))
        entity = Entity(
            f"LOC/city/{row['key']}",
            "LOC",
            row["name"].lstrip("?"),
            "city",
            row["key"].partition("/")[0],
            None,
            point,
            int(row["geonameid"]),
        )
        into.add(entity, _spellings(row))


def _organisations(into: _Collector) -> None:
    for row in rows("organisations.csv"):
        kind = _entity_type(row["type"], "organisations.csv")
        entity = Entity(
            f"{kind}/{row['key']}",
            kind,
            row["name"].lstrip("?"),
            row["kind"],
            row["country"] or None,
            row["wikidata"] or None,
        )
        into.add(entity, _spellings(row))


def _people(into: _Collector) -> None:
    for row in rows("people.csv"):
        entity = Entity(
            f"PER/{row['key']}",
            "PER",
            row["name"].lstrip("?"),
            row["role"],
            row["country"] or None,
            row["wikidata"] or None,
        )
        into.add(entity, _spellings(row))


def _entity_type(value: str, table: str) -> EntityType:
    if value not in ENTITY_TYPES:
        raise SettingError(f"{value!r} is no type of entity", where=table, do=f"Use one of {', '.join(ENTITY_TYPES)}.")
    return value


def _patterns(into: _Collector) -> None:
    """Write the organisations that every country has (its ministries, parliament, army) for each country."""
    offices = [(row["office"], _parts(row["names"]), _parts(row["short"])) for row in rows("portfolios.csv")]
    patterns = [(row["type"], row["key"], _parts(row["patterns"])) for row in rows("patterns.csv")]
    countries: list[tuple[str | None, dict[str, list[str]]]] = [(None, {})]
    for row in rows("countries.csv"):
        demonyms = _parts(row["demonyms"])
        fillings = {"f": _definite(demonyms, "ة"), "m": _definite(demonyms, "")}
        countries.append((row["iso"], {**fillings, "country": _spellings(row)}))
    for (iso, fillings), (kind, key, texts) in product(countries, patterns):
        if (iso is None) == ("{iso}" in key):
            continue
        for office, portfolios, short in offices if "{office}" in key else [("", [], [])]:
            spellings = list(_filled(texts, {**fillings, "portfolio": portfolios, "short": short}))
            if spellings:
                full = f"{kind}/{key.format(iso=iso, office=office)}"
                sort = key.removeprefix("{iso}/").partition("/")[0]
                entity = Entity(full, _entity_type(kind, "patterns.csv"), spellings[0].lstrip("?"), sort, iso)
                into.add(entity, spellings)


def _filled(patterns: Sequence[str], values: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for pattern in patterns:
        slots = re.findall(r"\{(\w+)\}", pattern)
        for chosen in product(*(values[slot] for slot in slots)):
            yield pattern.format(**dict(zip(slots, chosen, strict=True)))


_TABLES = (
    "countries.csv", "places.csv", "cities.csv", "organisations.csv", "patterns.csv", "portfolios.csv", "people.csv",
    "titles.csv", "heads.csv", "not_names.txt", "name_words.txt", "arabic_names.txt", "shared_places.csv",
)  # fmt: skip


# The given names that the reader looks for in bylines: some of them begin a name in a text (`announced`).
BYLINE_NAMES = "../given_names.txt"


def load_names() -> Names:
    """Return the known names, read once per process and folder of tables.

    Raises:
        SettingError: for a table that is missing or malformed.
    """
    return _load(resources.seeds())


@lru_cache(maxsize=2)
def _load(seeds: Path) -> Names:
    into = _Collector()
    # The order decides what a shared spelling means first: تونس is the country before it is the city.
    for read in (_countries, _places, _organisations, _patterns, _people, _cities):
        read(into)
    digest = hashlib.sha256()
    for table in _TABLES:
        digest.update((seeds / "names" / table).read_bytes())
    digest.update("\n".join(line for _, line in lines(BYLINE_NAMES)).encode())
    return into.finish(digest.hexdigest()[:12])
