"""Across articles: which names mean the same entity, by which rule, how surely, and where that stays open.

What is compared is a *sense*: one full name as articles write it, in one setting where it is a name that many bear.
The answer is a function of the set of senses alone, not of the order in which they came:

- `join_block` decides among the senses of one block (spellings of one name share it): spellings of one name by complete
  linkage, so that a chain of small differences joins nothing at its ends; a name that many bear by its settings.
- `attach` decides where a short name (a surname alone, an acronym) points: to the one entity that it may mean, or to
  none. It is attached to that entity and joins nothing else: a weak link never brings two strong groups together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeVar

from rasd.annotating.model import EntityType
from rasd.resolving.context import is_common, is_short
from rasd.resolving.spelling import is_within, same_name, same_word, skeleton, words_of

# Another version may join other names.
JOINING_VERSION = "3"

# As in `rasd.resolving.document`: an order of trust.
SCORES = {
    "own name": 0.95,
    "spelling": 0.9,
    "name and setting": 0.9,
    "name and country": 0.85,
    "name and company": 0.8,
    "fuller name": 0.8,
    "short form": 0.8,
    "only bearer": 0.7,
    "part of a name and country": 0.75,
    "part of a name and company": 0.75,
    "part of a name": 0.7,
}
# So many companions in common tell that two senses of a common name in two countries are one person.
_SHARED = 2
# Of more bearers than so many, none is looked at: that is what a common surname is.
MOST_BEARERS = 24

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sense:
    """A name in a setting, with what is known of it.

    `country` and `field` belong to it only where it is a name that many bear, or a short one; `countries`, `fields` and
    `companions` are all those in which its articles show it.
    """

    key: str
    type: EntityType
    name: str  # folded
    country: str | None = None
    field: str | None = None
    is_curated: bool = False
    countries: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    companions: frozenset[str] = frozenset()

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of the name for comparison."""
        return words_of(self.name)

    @property
    def is_common(self) -> bool:
        """Return whether several bear the name."""
        return not self.is_curated and is_common(self.type, self.name, self.words)

    @property
    def is_short(self) -> bool:
        """Return whether the name is too short to say who is meant."""
        return not self.is_curated and is_short(self.type, self.words)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a sense may mean: the key of its first sense, and how likely that is."""

    key: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Joined:
    """What a sense was joined to: the group named by the key of its first sense, the rule, how sure it is.

    `is_open` where it might be one of several, and the articles do not say which: those are the candidates.
    """

    key: str
    rule: str
    score: float
    is_open: bool = False
    candidates: tuple[Candidate, ...] = ()


def joined(key: str, rule: str) -> Joined:
    """Return that a sense belongs to the group `key` by a rule."""
    return Joined(key, rule, SCORES[rule])


def sense_key(kind: str, name: str, country: str | None, field_: str | None) -> str:
    """Return the readable key of a sense: `PER/محمد العلي@SY/state`; without a setting, that of the name."""
    setting = "/".join(part for part in (country or ("" if field_ else None), field_) if part is not None)
    return f"{kind}/{name}@{setting}" if setting else f"{kind}/{name}"


def block(kind: EntityType, name: str) -> str | None:
    """Return the block in which all spellings of a name lie, or None for a name that no spelling rule compares.

    A rare name of a person lies with its fuller forms: by its first and last word.
    """
    words = tuple(w for w in words_of(name) if w not in ("بن", "ابن")) or words_of(name)
    if not words or is_short(kind, words_of(name)):
        return None
    keys = [skeleton(word) for word in words]
    if kind == "PER" and not is_common(kind, name, words_of(name)):
        keys = ["…", keys[0], keys[-1]]
    return f"{kind} {' '.join(keys)}"


def family(kind: EntityType, name: str) -> str | None:
    """Return what the names that end in spellings of the same word share: where the bearers of a surname are found."""
    words = words_of(name)
    return skeleton(words[-1]) if kind == "PER" and words else None


# ------------------------------------------------------------------------------------------------------- full names


def join_block(senses: Sequence[Sense]) -> dict[str, Joined]:
    """Return what each sense of a block is joined to, by key."""
    found: dict[str, Joined] = {}
    for same in _names(senses):
        members = [s for s in sorted(senses, key=lambda s: s.key) if s.name in same]
        found.update(_by_setting(members) if any(s.is_common for s in members) else _one_group(members))
    return _fuller(senses, found)


def _names(senses: Sequence[Sense]) -> list[set[str]]:
    """Return the names of a block in classes: each pair of a class are spellings of one name."""
    of = {s.name: s for s in senses}

    def score(a: str, b: str) -> float:
        x, y = of[a], of[b]
        if x.is_common != y.is_common or not same_name(x.words, y.words, article=x.type != "PER"):
            return 0.0
        other = sum(v != w for v, w in zip(x.words, y.words, strict=False))
        return 1.0 / (1 + other)

    return [set(c) for c in complete_linkage(sorted(of), score)]


def complete_linkage(items: Sequence[T], score: Callable[[T, T], float]) -> list[list[T]]:
    """Return clusters of sorted items such that every pair within a cluster scores above 0, the best pairs first."""
    scores = {(i, j): s for i, j in combinations(range(len(items)), 2) if (s := score(items[i], items[j])) > 0}
    cluster = {i: [i] for i in range(len(items))}
    for i, j in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        a, b = cluster[i], cluster[j]
        if a is not b and all((min(x, y), max(x, y)) in scores for x in a for y in b):
            a += b
            for x in b:
                cluster[x] = a
    return [[items[i] for i in members] for first, members in sorted(cluster.items()) if first == min(members)]


def _one_group(members: Sequence[Sense]) -> dict[str, Joined]:
    first = min(members, key=_rank)
    return {s.key: joined(first.key, "own name" if s.name == first.name else "spelling") for s in members}


def _rank(sense: Sense) -> tuple[bool, int, int, str]:
    """Sort the sense first that names its group: a known one, then of most words and letters, then the smallest key."""
    return (not sense.is_curated, -len(sense.words), -len(sense.key), sense.key)


def _by_setting(members: Sequence[Sense]) -> dict[str, Joined]:
    """Tell the bearers of one common name apart.

    Where country and field are known, these are the bearer; with shared company, also across countries. A sense of
    which less is known belongs to the only bearer that it fits, or to the one with whom it shares company; else it
    stays open.
    """
    found: dict[str, Joined] = {}
    groups: list[list[Sense]] = []
    known = [s for s in members if s.country and s.field]
    for group in complete_linkage(known, _same_bearer):
        groups.append(group)
        first = min(group, key=_rank)
        for s in group:
            here = (s.country, s.field) == (first.country, first.field)
            rule = ("own name" if s.name == first.name else "spelling") if here else "name and company"
            found[s.key] = joined(first.key, rule)
    for has_country, has_field, rule in ((True, False, "name and country"), (False, True, "only bearer"),
                                         (False, False, "only bearer")):  # fmt: skip
        rest = [s for s in members if (bool(s.country), bool(s.field)) == (has_country, has_field)]
        # Spellings of one name in one setting are one bearer before they look for another.
        later: list[list[Sense]] = []
        for same in _grouped(rest, lambda s: (s.country or "", s.field or "")):
            fits = [g for g in groups if all(_compatible(s, other) for s in same for other in g)]
            near = _in_company(same, fits)
            chosen = fits[0] if len(fits) == 1 else near
            first = min(same, key=_rank)
            if chosen is not None:
                key = min(chosen, key=_rank).key
                found.update({s.key: joined(key, rule if len(fits) == 1 else "name and company") for s in same})
            elif fits:
                candidates = tuple(Candidate(min(g, key=_rank).key, "same name", round(1 / len(fits), 3)) for g in fits)
                open_ = replace(joined(first.key, "own name"), is_open=True, candidates=candidates[:MOST_BEARERS])
                found.update({s.key: open_ for s in same})
            else:
                found.update(_one_group(same))
                later.append(same)
        groups += later
    return found


def _grouped(items: Iterable[Sense], key: Callable[[Sense], tuple[str, ...]]) -> list[list[Sense]]:
    groups: dict[tuple[str, ...], list[Sense]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return [groups[k] for k in sorted(groups)]


def _compatible(a: Sense, b: Sense) -> bool:
    countries = a.country is None or b.country is None or a.country == b.country
    fields = a.field is None or b.field is None or a.field == b.field
    return countries and fields


def _same_bearer(a: Sense, b: Sense) -> float:
    """Return how surely two senses with country and field are one bearer."""
    if a.field != b.field:
        return 0.0
    if a.country == b.country:
        return 1.0
    shared = len(a.companions & b.companions)
    return 1 - 1 / shared if shared >= _SHARED else 0.0


def _in_company(senses: Sequence[Sense], groups: Sequence[Sequence[Sense]]) -> Sequence[Sense] | None:
    """Return the group that shares more companions with senses than any other does, or None."""
    own = _union(s.companions for s in senses)
    shared = [(len(own & _union(s.companions for s in g)), i) for i, g in enumerate(groups)]
    best = max(shared, default=(0, 0))
    alone = sum(n == best[0] for n, _ in shared) == 1
    return groups[best[1]] if best[0] and alone else None


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _fuller(senses: Sequence[Sense], found: dict[str, Joined]) -> dict[str, Joined]:
    """Join a rare name to the one fuller name of its block that has more words between first and last.

    The fuller name and the shorter one must have been met in one country.
    """
    of = {s.key: s for s in senses}
    members: dict[str, list[Sense]] = defaultdict(list)
    for key, j in found.items():
        members[j.key].append(of[key])
    rare = [key for key in members if of[key].type == "PER" and not of[key].is_common and not of[key].is_short]
    moved: dict[str, str] = {}
    for key in sorted(rare, key=lambda k: (-len(of[k].words), k)):
        wholes = {moved.get(other, other) for other in rare if is_within(of[key].words, of[other].words)}
        if len(wholes) != 1:
            continue
        whole = wholes.pop()
        here, there = (_union(s.countries for s in members[k]) for k in (key, whole))
        if here & there:
            moved[key] = whole
    return {key: joined(moved[j.key], "fuller name") if j.key in moved else j for key, j in found.items()}


# ------------------------------------------------------------------------------------------------------ short names


@dataclass(frozen=True, slots=True)
class Bearer:
    """An entity that a short name may mean.

    Attributes:
        key: of its first sense.
        words: of its full name.
        countries, fields, companions: in which its articles show it, all senses together.
        is_introduced: whether an article uses this very short name for it, beside the full one.
    """

    key: str
    words: tuple[str, ...]
    countries: frozenset[str]
    fields: frozenset[str]
    companions: frozenset[str]
    is_introduced: bool = False


def attach(sense: Sense, bearers: Collection[Bearer], *, is_crowd: bool = False) -> tuple[Joined, bool]:
    """Return where a name points that may be short for another, and whether it is attached there.

    Args:
        sense: the name: a person's of one word, or any that an article somewhere uses as short for a longer one.
        bearers: the entities whose names it may be short for.
        is_crowd: whether more than `MOST_BEARERS` bear it, so that they were not looked at.
    """
    alone = joined(sense.key, "own name")
    fits = [b for b in sorted(bearers, key=lambda b: b.key) if b.key != sense.key and _may_mean(sense, b)]
    if is_crowd or len(fits) > MOST_BEARERS:
        return replace(alone, is_open=sense.is_short), False
    here = [b for b in fits if _in_one_setting(sense, b)]
    introduced = [b for b in here if b.is_introduced]
    shared = {b.key: len(sense.companions & b.companions) for b in here}
    nearest = [b for b in here if shared[b.key] and shared[b.key] == max(shared.values())]
    if len(introduced) == 1 and (not sense.is_common or introduced[0].countries & _countries(sense)):
        return joined(introduced[0].key, "short form"), True
    if sense.is_short and not sense.is_common:
        if len(here) == 1 and here[0].countries & _countries(sense):
            return joined(here[0].key, "part of a name and country"), True
        if len(nearest) == 1:
            return joined(nearest[0].key, "part of a name and company"), True
        if len(fits) == 1 and here and not _countries(sense):
            return joined(here[0].key, "part of a name"), True
    candidates = tuple(
        Candidate(b.key, "short form" if b.is_introduced else "part of a name", round(1 / len(fits), 3)) for b in fits
    )
    is_open = len(introduced) > 1 or (sense.is_short and (sense.is_common or bool(fits)))
    return replace(alone, is_open=is_open, candidates=candidates), False


def _countries(sense: Sense) -> frozenset[str]:
    return sense.countries | ({sense.country} if sense.country else set())


def _may_mean(sense: Sense, bearer: Bearer) -> bool:
    if bearer.is_introduced:
        return True
    return sense.is_short and len(bearer.words) > 1 and same_word(sense.words[-1], bearer.words[-1], article=True)


def _in_one_setting(sense: Sense, bearer: Bearer) -> bool:
    """Whether nothing that is known of either speaks against their being one."""
    countries, fields = _countries(sense), sense.fields | ({sense.field} if sense.field else set())
    apart = countries and bearer.countries and not countries & bearer.countries
    return not apart and not (fields and bearer.fields and not fields & bearer.fields)
