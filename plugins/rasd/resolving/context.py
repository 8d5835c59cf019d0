"""What an article says of a person beside the name: in which country, in which field.

Many people are called محمد العلي. Where a name is one that many bear, or is cut short, the mentions of different
articles are taken for one person only if they stand in one setting, and this is where the setting comes from: the words
right beside the name (وزير النفط السوري محمد العلي), the places and adjectives of the sentence and of the article, and,
where these say nothing, the dateline and the outlet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rasd import resources
from rasd.annotating.annotate import find_demonyms
from rasd.annotating.model import Demonym, Mention
from rasd.annotating.names import Names, arabic_names, lines, load_names, phrase, rows, stems
from rasd.arabic.sentences import split_sentences
from rasd.arabic.tokens import Token, tokenize
from rasd.resolving.document import Resolved
from rasd.resolving.spelling import words_of

# Words looked at on either side of a name.
_BESIDE = 8
# How much a country counts that is named beside the person, in the same sentence, elsewhere in the article, and in its
# dateline or by its outlet. Beside beats everything else; the rest adds up.
_BESIDE_WEIGHT, _SENTENCE_WEIGHT, _ARTICLE_WEIGHT, _PAGE_WEIGHT = 100.0, 1.0, 0.5, 1.0
_STOPS = frozenset('.،,؛;:!؟?()«»"“”')
_LINKS = frozenset("،,(")
_INTERNATIONAL = "INT"
# Known organisations whose company tells who somebody is; a country or a broadcaster is in everyone's.
_TELLING_KINDS = frozenset({"club", "company", "armed", "party", "university"})
_MOST_COMPANIONS = 8


_Weights = defaultdict[str, float]


class Setting(NamedTuple):
    """Where somebody is met: ISO 3166-1 alpha-2 code of the country, field as in `seeds/names/roles.csv`."""

    country: str | None = None
    field: str | None = None


class Part(NamedTuple):
    """A text of an article (its headline, its body) with its mentions and what each names, and its adjectives."""

    text: str
    mentions: Sequence[Mention]
    entities: Sequence[Resolved]
    demonyms: Sequence[Demonym]


# -------------------------------------------------------------------------------------------------- names of many


def is_short(kind: str, words: Sequence[str]) -> bool:
    """Whether a person's name is too short to say who is meant: one word, a kunya alone."""
    return kind == "PER" and len(words) < 2


def is_common(kind: str, name: str, words: Sequence[str]) -> bool:
    """Whether several bear this name (folded), so that letters alone do not say who is meant."""
    if kind == "PER":
        last = words[-1] if words else ""
        return len(words) <= 3 and bool({last, last.removeprefix("ال"), f"ال{last}"} & _many())
    return (kind, name) in _shared()


def _many() -> frozenset[str]:
    return _read_many(resources.seeds())


@lru_cache(maxsize=2)
def _read_many(seeds: Path) -> frozenset[str]:  # noqa: ARG001 (another folder, another list)
    return arabic_names() | {w for _, line in lines("common_names.txt") for w in words_of(line)}


def _shared() -> frozenset[tuple[str, str]]:
    return _read_shared(resources.seeds())


@lru_cache(maxsize=2)
def _read_shared(seeds: Path) -> frozenset[tuple[str, str]]:  # noqa: ARG001 (another folder, another list)
    return frozenset((row["type"], phrase(row["name"])) for row in rows("shared_names.csv"))


def _roles() -> Mapping[str, str]:
    return _read_roles(resources.seeds())


@lru_cache(maxsize=2)
def _read_roles(seeds: Path) -> Mapping[str, str]:  # noqa: ARG001 (another folder, another list)
    return {phrase(word): row["field"] for row in rows("roles.csv") for word in row["words"].split("|")}


# ---------------------------------------------------------------------------------------------------------- settings


def demonyms_of(text: str, mentions: Sequence[Mention], names: Names | None = None) -> list[Demonym]:
    """Return the relational adjectives of a text, in order of place."""
    return sorted(find_demonyms(text, mentions, names), key=lambda d: d.start)


def settings(
    parts: Sequence[Part], wanted: set[str], background: Sequence[str] = (), names: Names | None = None
) -> dict[str, Setting]:
    """Return the setting in which an article names each of the entities whose keys are wanted.

    Args:
        parts: the texts of the article.
        wanted: keys of entities (`Resolved.key`).
        background: countries of the article's datelines and outlets.
    """
    if not wanted:
        return {}
    names = names or load_names()
    countries: dict[str, _Weights] = {key: defaultdict(float) for key in wanted}
    fields: dict[str, _Weights] = {key: defaultdict(float) for key in wanted}
    everywhere: Counter[str] = Counter()
    for part in parts:
        places = list(_countries(part, names))
        everywhere.update(country for _, _, country in places)
        for mention, entity in zip(part.mentions, part.entities, strict=True):
            if entity.key in wanted:
                _look_beside(part, mention, places, countries[entity.key], fields[entity.key])
    found = {}
    for key in wanted:
        counted = countries[key]
        for country, n in everywhere.items():
            counted[country] += _ARTICLE_WEIGHT * n
        for country in set(background):
            counted[country] += _PAGE_WEIGHT
        found[key] = Setting(_surest(counted), _surest(fields[key]))
    return found


def _surest(counted: _Weights) -> str | None:
    """Return what counts most, or None where nothing or several things do."""
    ranked = sorted(counted.items(), key=lambda item: -item[1])[:2]
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _countries(part: Part, names: Names) -> Iterator[tuple[int, int, str]]:
    """Yield where a part of an article speaks of a country, by a name in it or by its adjective."""
    for mention, entity in zip(part.mentions, part.entities, strict=True):
        known = names.entities.get(entity.key)
        if known and known.type != "PER" and known.country and known.country != _INTERNATIONAL:
            yield mention.start, mention.end, known.country
    for demonym in part.demonyms:
        country = names.entities[demonym.place].country
        if country:
            yield demonym.start, demonym.end, country


def _look_beside(
    part: Part,
    mention: Mention,
    places: Sequence[tuple[int, int, str]],
    countries: _Weights,
    fields: _Weights,
) -> None:
    spans = _sentences(part.text)
    at = bisect_right(spans, (mention.start, len(part.text))) - 1
    start, end = spans[at] if at >= 0 else (0, len(part.text))
    places = [place for place in places if start <= place[0] and place[1] <= end]
    for _, _, country in places:
        countries[country] += _SENTENCE_WEIGHT
    people = [
        (m.start, m.end) for m in part.mentions if start <= m.start < end and m.type == "PER" and m is not mention
    ]
    for tokens in _beside(_tokens(part.text, start, end), mention, people):
        if not tokens:
            continue
        for a, b, country in places:
            if tokens[0].start <= a and b <= tokens[-1].end:
                countries[country] += _BESIDE_WEIGHT
        for field in _fields(tokens):
            fields[field] += 1


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(split_sentences(text))


@lru_cache(maxsize=256)
def _tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    return tuple(tokenize(text, start, end))


def _beside(
    sentence: Sequence[Token], mention: Mention, people: Sequence[tuple[int, int]]
) -> tuple[list[Token], list[Token]]:
    """Return the words before and after a name that may say who it is.

    Before: back to a stop or another person. After: only what begins with a role, in apposition or right behind it
    (محمد العلي، وزير النفط السوري،), or a single adjective (محمد العلي السوري is no apposition that one can trust to).
    """
    before: list[Token] = []
    for token in reversed([t for t in sentence if t.end <= mention.start]):
        if token.text in _STOPS or len(before) == _BESIDE or any(a < token.end and token.start < b for a, b in people):
            break
        before.append(token)
    after = [t for t in sentence if t.start >= mention.end]
    if after and after[0].text in _LINKS:
        after = after[1:]
    kept: list[Token] = []
    for token in after[:_BESIDE]:
        if token.text in _STOPS or any(a < token.end and token.start < b for a, b in people):
            break
        kept.append(token)
    return before[::-1], kept if _begins_role(kept) else []


def _begins_role(tokens: Sequence[Token]) -> bool:
    words = [stems(t.text)[0][1] for t in tokens[:3]]
    return any(" ".join(words[:n]) in _roles() for n in (1, 2, 3))


def _fields(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the field of each role among the tokens, the longest role at each place."""
    roles = _roles()
    words = [stems(t.text) for t in tokens]
    at = 0
    while at < len(words):
        for n in (3, 2, 1):
            tail = [w[0][1] for w in words[at + 1 : at + n]]
            role = next((roles[" ".join([s, *tail])] for _, s in words[at] if " ".join([s, *tail]) in roles), None)
            if role and len(tail) == n - 1:
                yield role
                at += n
                break
        else:
            at += 1


def telling(entities: Iterable[Resolved], names: Names | None = None) -> list[str]:
    """Return the keys of those whose company tells who somebody is.

    People by their full and rare names and organisations that not everybody meets.
    """
    names = names or load_names()
    return sorted(e.key for e in {e.key: e for e in entities}.values() if _is_telling(e, names))


def companions(told: Sequence[str], of: str) -> list[str]:
    """Return those of `telling` whom an article names beside the entity `of`: at most the first few by key."""
    return [key for key in told[: _MOST_COMPANIONS + 1] if key != of][:_MOST_COMPANIONS]


def _is_telling(entity: Resolved, names: Names) -> bool:
    known = names.entities.get(entity.key)
    if known:
        return known.kind in _TELLING_KINDS
    name = entity.key.partition("/")[2]
    words = words_of(name)
    if entity.type == "PER":
        return len(words) > 1 and not is_common("PER", name, words)
    return entity.type == "ORG" and len(words) > 1 and not is_common("ORG", name, words)
