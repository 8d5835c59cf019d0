"""Names that their own words announce: وزارة الأشغال العامة والنقل, المركز الوطني لترميم المدن, قرية المراح.

Corpora draw the borders of such names otherwise than Rasd does, or leave them out (ANERcorp labels no ministry), and
what is small or new no corpus and no table holds. The words that announce a name are data (`seeds/names/heads.csv`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rasd import resources
from rasd.annotating.model import ENTITY_TYPES, Chunk
from rasd.annotating.names import BYLINE_NAMES, Names, arabic_names, lines, phrase, rows, stems
from rasd.errors import SettingError

# The share of such names that are right on text outside the corpora (`tests/annotating/open_names.txt`), about.
_CONFIDENCE = 0.8
_HOWS = (
    "and", "of", "long", "also", "with", "seat", "for", "quoted", "place", "town", "part", "adjective", "family",
    "given", "common", "money", "never",
)  # fmt: skip
_FIELDS = {"and": "and_", "for": "for_", "with": "with_"}  # words of Python's own
# How sure a recogniser must be that a given name which is another word too stands for somebody.
_SURE = 0.7
_MINISTRY = "وزاره"
# A name has at most so many words, one in quotation marks at most so many between them.
_LONGEST, _LONGEST_QUOTED = 8, 4
_OPENING, _CLOSING = frozenset('"«“”„‹'), frozenset('"»”“›')


@dataclass(frozen=True, slots=True)
class _Heads:
    """The words of `heads.csv`, folded, by what they announce; `never` by type."""

    and_: frozenset[str]
    of: frozenset[str]
    long: frozenset[str]
    also: frozenset[str]
    with_: frozenset[str]
    seat: frozenset[str]
    for_: frozenset[str]
    quoted: frozenset[str]
    place: frozenset[str]
    town: frozenset[str]
    part: frozenset[str]
    adjective: frozenset[str]
    family: frozenset[str]
    common: frozenset[str]
    money: frozenset[str]
    portfolio: frozenset[str]
    telling: frozenset[str]  # all that a name may begin or be announced with
    given: frozenset[str]
    never: dict[str, frozenset[str]]


def announced(tokens: Sequence[str], found: Sequence[Chunk], names: Names) -> list[Chunk]:
    """Return the names of a sentence with those that its words announce.

    What is found already stands, unless it lies within an announced name. An announced place is added only where
    nothing was found.

    Args:
        tokens: of the sentence, with their proclitics.
        found: what a recogniser found in it, in order.
        names: the known names, whose adjectives are no places.
    """
    heads = _heads()
    words = [stems(token) for token in tokens]
    every = [part for chunk in found for part in _parted(words, chunk, names)]
    at = 0
    while at < len(tokens):
        # Most words announce nothing.
        if at and tokens[at] not in _OPENING and not any(stem in heads.telling for _, stem in words[at]):
            at += 1
            continue
        chunk = _ministry(words, tokens, at, heads) or _organisation(words, at, heads, names)
        if chunk is None:
            chunk = _quoted(words, tokens, at, heads) or _of_a_country(words, tokens, at, names)
        if chunk is None:
            chunk = _led(words, at, every, heads)
        if chunk is None:
            chunk = _place(words, at, heads, names) or _person(words, tokens, at, heads)
            if chunk and any(c.start < chunk.end and chunk.start < c.end for c in every):
                chunk = None
        if chunk is None:
            at += 1
            continue
        chunk = _stretched(chunk, every)
        inside = [c for c in every if chunk.start <= c.start and c.end <= chunk.end]
        crossing = [c for c in every if c.start < chunk.end and chunk.start < c.end and c not in inside]
        if not crossing:
            surest = max([c.confidence for c in inside if c.type == chunk.type], default=_CONFIDENCE)
            every = [c for c in every if c not in inside] + [chunk._replace(confidence=max(surest, _CONFIDENCE))]
        at = chunk.end
    return sorted(every, key=lambda c: c.start)


def _parted(words: _Words, chunk: Chunk, names: Names) -> list[Chunk]:
    """Part two names that و joins and that were taken for one, where the first is known: فيسبوك وإكس."""
    for at in range(chunk.start + 1, chunk.end):
        joined = words[at][0][1]
        if joined[:1] == "و" and any(stem == joined[1:] for _, stem in words[at][1:]):
            rest = [readings[0][1] for readings in words[chunk.start + 1 : at]]
            first = [names.lookup(" ".join([stem, *rest])) for _, stem in words[chunk.start]]
            if any(not form.weak for forms in first for form in forms):
                return [chunk._replace(end=at), chunk._replace(start=at)]
    return [chunk]


def _stretched(chunk: Chunk, found: Sequence[Chunk]) -> Chunk:
    """Let an announced organisation go on to the end of one that was found and begins within it."""
    for c in found:
        if c.type == chunk.type == "ORG" and chunk.start <= c.start < chunk.end < c.end:
            return chunk._replace(end=c.end)
    return chunk


_Words = Sequence[tuple[tuple[int, str], ...]]


def _organisation(words: _Words, at: int, heads: _Heads, names: Names) -> Chunk | None:
    readings = [stem for _, stem in words[at]]
    if any(_is_head(stem, heads) for stem in readings) and at + 2 < len(words) and words[at + 1][0][1] in heads.also:
        if _is_definite(words[at + 2][0][1], heads):
            end = _coordinated(words, _adjectives(words, at + 3, heads), heads)
            return Chunk("ORG", at, min(end, at + _LONGEST), _CONFIDENCE)
        return None
    if any(stem in heads.and_ or stem in heads.of or stem in heads.long for stem in readings):
        complement = words[at + 1][0][1] if at + 1 < len(words) else ""
        is_office = _MINISTRY in readings and complement in heads.portfolio
        if names.demonym(complement) or not (is_office or _is_definite(complement, heads)):
            return None
        end = _adjectives(words, at + 2, heads)
        if complement in heads.adjective or (end == at + 2 and any(stem in heads.long for stem in readings)):
            return None
        if any(stem in heads.and_ for stem in readings):
            end = _coordinated(words, end, heads)
        return Chunk("ORG", at, min(end, at + _LONGEST), _CONFIDENCE)
    if any(stem.startswith("ال") and stem[2:] in heads.for_ for stem in readings):
        end = _adjectives(words, at + 1, heads)
        stop = _purpose(words, end, heads)
        if end > at + 1 and stop > end:
            return Chunk("ORG", at, min(stop, at + _LONGEST), _CONFIDENCE)
    return None


def _led(words: _Words, at: int, found: Sequence[Chunk], heads: _Heads) -> Chunk | None:
    """Return the organisation that a word makes with the name right behind it: مركز هورايزون."""
    is_led = any(stem in heads.with_ for _, stem in words[at])
    if is_led or any(stem in heads.seat for _, stem in words[at]):
        for c in found:
            if c.start == at + 1 and c.type in (("PER", "LOC", "ORG") if is_led else ("LOC",)):
                end = _purpose(words, _adjectives(words, c.end, heads), heads)
                return Chunk("ORG", at, end, c.confidence) if is_led or end > c.end else None
    return None


def _adjectives(words: _Words, at: int, heads: _Heads) -> int:
    """Return where the definite adjectives end that begin at `at`."""
    while at < len(words) and _is_adjective(words[at][0][1], heads):
        at += 1
    return at


def _coordinated(words: _Words, at: int, heads: _Heads) -> int:
    """Return where the parts end that و joins to a complement: والنقل, والبحث العلمي, ووقاية المجتمع."""
    while at < len(words):
        word = words[at][0][1]
        if word.startswith("وال") and _is_definite(word[1:], heads) and not _is_head(word[3:], heads):
            at = _adjectives(words, at + 1, heads)
        elif word[:1] == "و" and word[1:] in heads.also and at + 1 < len(words):
            if not _is_definite(words[at + 1][0][1], heads):
                return at
            at = _adjectives(words, at + 2, heads)
        else:
            return at
    return at


def _purpose(words: _Words, at: int, heads: _Heads) -> int:
    """Return where a purpose ends that begins at `at`: للدواء, لترميم المدن التاريخية; `at` where there is none."""
    if at >= len(words):
        return at
    word = words[at][0][1]
    if word.startswith("لل") and _is_definite(f"ا{word[1:]}", heads):
        return _coordinated(words, _adjectives(words, at + 1, heads), heads)
    if word.startswith("ل") and len(word) > 4 and at + 1 < len(words) and _is_definite(words[at + 1][0][1], heads):
        return _coordinated(words, _adjectives(words, at + 2, heads), heads)
    return at


def _is_head(word: str, heads: _Heads) -> bool:
    return any(word in those for those in (heads.and_, heads.of, heads.long, heads.for_))


def _is_definite(word: str, heads: _Heads) -> bool:
    return word.startswith("ال") and len(word) > 4 and word not in heads.never["ORG"]


def _is_adjective(word: str, heads: _Heads) -> bool:
    """Whether a word is a definite adjective: a relational one (الوطنية, الدولي) or one of the list."""
    relational = word.startswith("ال") and len(word) > 5 and word.endswith(("ي", "يه"))
    return (relational and word not in heads.never["ORG"]) or word in heads.adjective


def _quoted(words: _Words, tokens: Sequence[str], at: int, heads: _Heads) -> Chunk | None:
    # قال لـ«بوابة كذا»: one speaks to a newspaper.
    spoken_to = words[at][0][1] == "ل"
    if not spoken_to and not any(stem.removeprefix("ال") in heads.quoted for _, stem in words[at]):
        return None
    opening = at + 1
    if not spoken_to and opening < len(tokens) and _is_adjective(words[opening][0][1], heads):
        opening += 1
    if opening >= len(tokens) or tokens[opening] not in _OPENING:
        return None
    start = opening + 1
    end = _closing(tokens, start)
    return Chunk("ORG", start, end, _CONFIDENCE) if end else None


def _of_a_country(words: _Words, tokens: Sequence[str], at: int, names: Names) -> Chunk | None:
    """Return what stands in quotation marks before a country's adjective: «الضفتان» الأردنية."""
    if tokens[at] not in _OPENING:
        return None
    end = _closing(tokens, at + 1)
    adjective = words[end + 1][0][1] if end and end + 1 < len(tokens) else ""
    is_country = adjective.startswith("ال") and (names.demonym(adjective) or "").startswith("LOC/country")
    return Chunk("ORG", at + 1, end, _CONFIDENCE) if end and is_country else None


def _closing(tokens: Sequence[str], start: int) -> int | None:
    """Return where a short name in quotation marks ends that begins at `start`."""
    for end in range(start + 1, min(start + _LONGEST_QUOTED, len(tokens) - 1) + 1):
        if tokens[end] in _CLOSING:
            return end
        if not tokens[end][0].isalnum():
            return None
    return None


def _ministry(words: _Words, tokens: Sequence[str], at: int, heads: _Heads) -> Chunk | None:
    """Return the ministry that a headline begins with for short: الموارد المائية: ..."""
    for end in range(1, min(_LONGEST, len(tokens) - 1) + 1 if at == 0 else 0):
        if tokens[end] == ":":
            name = " ".join(readings[0][1] for readings in words[:end])
            return Chunk("ORG", 0, end, _CONFIDENCE) if name in heads.portfolio else None
    return None


def _place(words: _Words, at: int, heads: _Heads, names: Names) -> Chunk | None:
    is_town = any(stem in heads.town for _, stem in words[at])
    if at + 1 >= len(words) or not (is_town or any(stem in heads.place for _, stem in words[at])):
        return None
    word = words[at + 1][0][1]
    if word in heads.part and at + 2 < len(words) and words[at + 2][0][1].isalpha():
        return Chunk("LOC", at + 1, at + 3, _CONFIDENCE)
    if word.startswith("ال") and len(word) > 4 and word not in heads.never["LOC"] and not names.demonym(word):
        return Chunk("LOC", at + 1, at + 2, _CONFIDENCE)
    # An adjective of بلدية would end in ة, a verb begins with ي or ت.
    if is_town and word.isalpha() and len(word) > 3 and not word.endswith("ه") and word[0] not in "يتال":
        return Chunk("LOC", at + 1, at + 2, _CONFIDENCE)
    return None


def first_words() -> frozenset[str]:
    """Return the words, folded, with which names begin: وزارة is no و before زارة, وجدي none before جدي."""
    heads = _heads()
    starts = (heads.and_, heads.of, heads.long, heads.with_, heads.part, heads.for_, heads.place, heads.town)
    return heads.given.union(*starts)


def _person(words: _Words, tokens: Sequence[str], at: int, heads: _Heads) -> Chunk | None:
    """Return the person that a given name and a family's definite adjective make: هدى الترشيشي.

    An indefinite noun has no definite adjective, so the two are a name or a noun and its genitive.
    """
    if at + 1 == len(words) or not any(stem in heads.given for _, stem in words[at]):
        return None
    family = words[at + 1][0][1]
    # As written: folding makes المستشفى end so too.
    is_adjective = family.startswith("ال") and tokens[at + 1].endswith("ي") and len(family) > 5
    return Chunk("PER", at, at + 2, _CONFIDENCE) if is_adjective and family not in heads.family else None


def is_none(chunk: Chunk, words: Sequence[str]) -> bool:
    """Whether what a recogniser took for a name is none: الله no work, صالح (unsure, alone) no man."""
    heads = _heads()
    if len(words) > 1:
        return False
    return words[0] in heads.never[chunk.type] or (
        chunk.type == "PER" and chunk.confidence < _SURE and words[0] in heads.common
    )


def is_money(words: Sequence[str], before: str, names: Names) -> bool:
    """Whether folded words, with the one before them, are a sum of money and no name: دولار, ريال عماني, ليرة سورية."""
    money = _heads().money
    if words[0] not in money and before not in money:
        return False
    # سورية, the country, is no adjective by itself: السورية is.
    rest = words[1:] if words[0] in money else words
    return all(names.demonym(word) or names.demonym(f"ال{word}") for word in rest)


def _heads() -> _Heads:
    return _read(resources.seeds())


@lru_cache(maxsize=2)
def _read(seeds: Path) -> _Heads:  # noqa: ARG001 (another folder, another list)
    words: dict[str, set[str]] = {how: set() for how in _HOWS}
    never: dict[str, set[str]] = {kind: set() for kind in ENTITY_TYPES}
    for row in rows("heads.csv"):
        if row["how"] not in words or row["type"] not in never:
            raise SettingError(
                f"nothing is announced so: {row['type']},{row['how']}",
                where="seeds/names/heads.csv",
                do=f"Use a type of entity, and one of {', '.join(_HOWS)}.",
            )
        into = never[row["type"]] if row["how"] == "never" else words[row["how"]]
        into.update(phrase(word) for word in row["words"].split())
    bylines = [line for _, line in lines(BYLINE_NAMES)]
    given_names = {
        name
        for line in [*bylines, *arabic_names(), *words["given"]]
        for name in map(phrase, line.split())
        if not name.startswith("ال") and name not in words["common"]
    }
    telling = {
        word for how in ("and", "of", "long", "with", "seat", "for", "quoted", "place", "town") for word in words[how]
    }
    definite = {f"ال{word}" for how in ("for", "quoted") for word in words[how]}
    return _Heads(
        portfolio=frozenset(phrase(name) for row in rows("portfolios.csv") for name in row["names"].split("|")),
        given=frozenset(given_names),
        telling=frozenset(telling | definite | given_names | {"ل"}),
        never={kind: frozenset(found) for kind, found in never.items()},
        **{_FIELDS.get(how, how): frozenset(words[how]) for how in _HOWS if how not in ("never", "given")},
    )
