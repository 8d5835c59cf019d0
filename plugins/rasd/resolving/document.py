"""Within one article: which mentions name the same entity, which one, by what rule and how surely.

What an article says of its own names is decided here; names of different articles meet through the keys.
The answer does not depend on the order in which the mentions are given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rasd.annotating.annotate import ANNOTATOR_VERSION
from rasd.annotating.model import EntityType, Mention
from rasd.annotating.names import Form, Names, arabic_names, load_names, phrase
from rasd.resolving.spelling import (
    SON_OF,
    is_within,
    nominative,
    same_name,
    same_word,
    skeleton,
    words_of,
)

# A word that so many names of one article share (محمد in a list of casualties) points to none of them.
_MOST_SHARED = 50

# Characters between a name and its alias.
_FARTHEST_ALIAS = 30

# Another version may point mentions to other entities.
RESOLVER_VERSION = "4"

# The rules, in words that an analyst reads as the reason, with how sure each is: an order of trust, not a measured
# frequency (the labelled pairs of `make eval-entities` are too few for one per rule).
SCORES = {
    "known name": 1.0,
    "known name after its title": 0.98,
    "own name": 0.95,
    "known short name": 0.9,
    "article": 0.9,
    "spelling": 0.9,
    "alias": 0.9,
    "part of a name": 0.9,
    "known spelling": 0.85,
    "fuller name": 0.85,
    "known name by its country": 0.85,
    "known name of another type": 0.8,
    "given name": 0.75,
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The entity that a mention names.

    `key` is stable and readable: that of the tables in `seeds/names`, or the type and the folded fullest name.
    `name` is the one to show; `spelling` is the mention's own, written out. `rule` says why the mention is taken for
    this entity, `score` (0..1) how surely.
    """

    key: str
    type: EntityType
    name: str
    is_curated: bool
    rule: str
    score: float
    spelling: str = ""


def resolver_version() -> str:
    """Return the version of everything beside the recogniser that mentions and entities depend on, tables included."""
    return f"{ANNOTATOR_VERSION}.{RESOLVER_VERSION}-{load_names().version}"


class _Name(NamedTuple):
    """One way in which an article names something: what is compared, wherever and however often it stands."""

    type: EntityType
    phrase: str  # folded, the article restored after ل


def resolve(
    mentions: Sequence[Mention], names: Names | None = None, aliases_: Collection[tuple[int, int]] = ()
) -> list[Resolved]:
    """Return what each mention of one article names, in the order given.

    Args:
        mentions: of all parts of the article.
        names: the known names.
        aliases_: pairs of mentions (by index) of which the article says that they name one (`aliases`).
    """
    names = names or load_names()
    written = [_written_out(mention, names) for mention in mentions]
    given = [_Name(mention.type, phrase(text)) for mention, text in zip(mentions, written, strict=True)]
    article = _Article(names)
    for name, text, mention in zip(given, written, mentions, strict=True):
        article.add(name, text, phrase(mention.title))
    found = article.resolved()
    _join_aliases(found, sorted({(given[a], given[b]) for a, b in aliases_}))
    return [replace(found[name], spelling=text) for name, text in zip(given, written, strict=True)]


# What stands between a name and another name of the same, folded: brackets, or words that say so.
_ALSO_CALLED = re.compile(
    "(?:و?ال)?(?:معروف|ملقب|مكني|شهير|مشهور)ه?(?: اختصارا)? (?:ب|باسم)|و[يت](?:عرف|كني|لقب) (?:ب|باسم)"
    "|واسمها? الحقيقي|اختصارا"
)


def aliases(texts: Mapping[str, str], mentions: Mapping[str, Sequence[Mention]]) -> list[tuple[int, int]]:
    """Return the pairs of mentions of which the text says that they name the same: حركة كذا (كذا), فلان الملقب بكذا.

    Args:
        texts: the parts of the article by name.
        mentions: those of each part, in order of place; an index counts through all of them in the order of the parts.
    """
    found: list[tuple[int, int]] = []
    offset = 0
    for part, named in mentions.items():
        text = texts[part]
        for i, (a, b) in enumerate(pairwise(named)):
            if a.type == b.type and 0 < b.start - a.end <= _FARTHEST_ALIAS and _says_alias(text, a, b):
                found.append((offset + i, offset + i + 1))
        offset += len(named)
    return found


def _says_alias(text: str, a: Mention, b: Mention) -> bool:
    between = text[a.end : b.start]
    if _ALSO_CALLED.fullmatch(phrase(between.strip(' ،,("«“'))):
        return True
    if between.strip() not in ("(", '("', "(«") or text[b.end : b.end + 2].strip('"» ')[:1] != ")":
        return False
    # In brackets stands the shorter name: an acronym, a kunya, a name of war. Two full names are two people.
    return len(words_of(b.surface)) == 1 and (b.type != "PER" or len(words_of(a.surface)) > 1)


def _join_aliases(found: dict[_Name, Resolved], pairs: Sequence[tuple[_Name, _Name]]) -> None:
    """Make one of what the article says to be one: a known entity goes before another, then the longer name."""
    for pair in pairs:
        into, other = sorted(pair, key=lambda n: (not found[n].is_curated, -len(words_of(n.phrase)), n))
        kept, gone = found[into], found[other]
        if kept.key == gone.key or gone.is_curated:
            continue
        for name, entity in found.items():
            if entity.key == gone.key:
                found[name] = _because(kept, "alias" if entity.rule == "own name" else entity.rule)


def _written_out(mention: Mention, names: Names) -> str:
    """Return the surface with the alef that ل swallowed: `ل` + `لأمم` is الأمم, but `ل` + `لبنان` لبنان."""
    if mention.prefix.endswith("ل") and mention.surface.startswith("ل"):
        if any(form.key.startswith(mention.type) for form in names.lookup(phrase(mention.surface))):
            return mention.surface
        return "ا" + mention.surface
    return mention.surface


class _Article:
    """The names of one article on their way to entities."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._written: dict[_Name, Counter[str]] = {}
        self._titles: dict[_Name, set[str]] = {}
        self._words: dict[_Name, tuple[str, ...]] = {}
        self._found: dict[_Name, Resolved] = {}
        self._sharing: dict[tuple[EntityType, str], list[_Name]] = {}  # by type and skeleton of a word

    def add(self, name: _Name, text: str, title: str) -> None:
        """Take note of one mention: its name, how it is written, the title before it."""
        self._written.setdefault(name, Counter())[text] += 1
        self._titles.setdefault(name, set()).add(title)

    def resolved(self) -> dict[_Name, Resolved]:
        """Apply the rules, the surest first: each looks only at what surer ones have decided."""
        every = sorted(self._written)
        for name in every:
            self._words[name] = words_of(name.phrase)
            for key in {skeleton(word) for word in self._words[name]}:
                self._sharing.setdefault((name.type, key), []).append(name)
            if entity := self._known(name):
                self._found[name] = entity
        self._settle_short_names()
        # Longer names first, so that a part finds the whole that it belongs to.
        for name in sorted((n for n in every if n not in self._found), key=lambda n: (-len(self._words[n]), n)):
            self._found[name] = self._joined(name) or self._own(name)
        return self._found

    # ---------------------------------------------------------------------------------------------- known names

    def _known(self, name: _Name) -> Resolved | None:
        for title in sorted(self._titles[name] - {""}):
            words = title.split(" ")
            for i in range(len(words)):
                if form := self._form(name.type, " ".join([*words[i:], name.phrase])):
                    return self._as_known(form, "known name after its title")
        if form := self._form(name.type, name.phrase):
            return self._as_known(form, "known short name" if form.weak else "known name")
        if name.type == "PER":
            return None
        form = self._form(name.type, _article_turned(name.phrase))
        if form and not form.weak:
            return self._as_known(form, "article")
        others = [f for f in self._names.lookup(name.phrase) if not f.weak and not f.key.startswith("PER/")]
        # A city's name of one word may be a club's or a paper's; a country's, or a name of several words, is not.
        if others and (" " in name.phrase or self._names.entities[others[0].key].kind == "country"):
            return self._as_known(others[0], "known name of another type")
        return None

    def _form(self, kind: EntityType, name: str) -> Form | None:
        return next((form for form in self._names.lookup(name) if form.key.startswith(f"{kind}/")), None)

    def _as_known(self, form: Form, rule: str) -> Resolved:
        entity = self._names.entities[form.key]
        return Resolved(entity.key, entity.type, entity.name, True, rule, SCORES[rule])

    def _settle_short_names(self) -> None:
        """Let the fuller names of the article say what a short one means that several bear.

        الأسد is بشار الأسد; in an article that names only أسماء الأسد it is she.
        """
        full = {f.key for f in self._found.values() if f.rule in ("known name", "known name after its title")}
        for name in [n for n, f in self._found.items() if f.rule == "known short name"]:
            meant = [f for f in self._names.lookup(name.phrase) if f.key in full and f.key.startswith(name.type)]
            if meant:
                self._found[name] = self._as_known(meant[0], "known short name")
            elif name.type == "PER" and any(True for _ in self._wholes(name)):
                del self._found[name]

    # -------------------------------------------------------------------------------------- what the article says

    def _joined(self, name: _Name) -> Resolved | None:
        if entity := self._only(self._alike(name)):
            return _because(entity, "spelling")
        if known := self._known_spelling(name):
            return known
        if entity := self._only(self._known_parts(name)):
            return _because(entity, "fuller name")
        wholes = list(self._wholes(name))
        if entity := self._only(wholes):
            is_given = name.type == "PER" and all(not _is_tail(self._words[name], self._words[w]) for w in wholes)
            one = len(self._words[name]) == 1
            return _because(entity, "given name" if is_given and one else "part of a name")
        return None

    def _only(self, candidates: Sequence[_Name]) -> Resolved | None:
        """Return the entity that all candidates name, or None where there is none or they name several."""
        entities = {self._found[c].key: self._found[c] for c in candidates if c in self._found}
        return next(iter(entities.values())) if len(entities) == 1 else None

    def _alike(self, name: _Name) -> list[_Name]:
        """Return the names decided so far that this one is another spelling of.

        A name that was itself joined by its spelling joins no other: likeness does not pass from hand to hand.
        """
        words = self._words[name]
        return [
            other
            for other in self._near(name, words[-1:])
            if other in self._found
            and self._found[other].rule != "spelling"
            and same_name(words, self._words[other], article=name.type != "PER")
        ]

    def _known_spelling(self, name: _Name) -> Resolved | None:
        """Return the known person whose full name is spelled otherwise here, or has a name in between.

        أنتوني بلنكن; فلاديمير إيليتش لينين. An Arabic name in between is the father's, and another father another man.
        """
        words = self._words[name]
        if name.type != "PER" or len(words) < 2:
            return None
        asked = [words]
        if len(words) == 3 and not arabic_names().intersection(words):
            asked.append((words[0], words[2]))
        near = _people(self._names).get(skeleton(words[-1]), ())
        keys = {key for key, known in near if any(same_name(these, known) for these in asked)}
        return self._as_known(Form(keys.pop()), "known spelling") if len(keys) == 1 else None

    def _wholes(self, name: _Name) -> Iterator[_Name]:
        """Yield the longer names of the article that this one is a part of."""
        part = self._words[name]
        for whole in self._near(name, {part[0], part[-1]} if part else ()):
            words = self._words[whole]
            if len(words) > len(part) and _is_part(part, words, name.type):
                yield whole

    def _known_parts(self, name: _Name) -> list[_Name]:
        """Return the known people of the article whose names this one has with more between: سعد رفيق الحريري."""
        words = self._words[name]
        if name.type != "PER" or len(words) < 3:
            return []
        near = self._near(name, words[-1:])
        return [n for n in near if n in self._found and self._found[n].is_curated and is_within(self._words[n], words)]

    def _near(self, name: _Name, words: Sequence[str] | set[str]) -> list[_Name]:
        """Return the other names of its type that share one of these words, sorted; none of a crowd."""
        near: set[_Name] = set()
        for word in words:
            sharing = self._sharing.get((name.type, skeleton(word)), [])
            if len(sharing) <= _MOST_SHARED:
                near.update(sharing)
        return sorted(near - {name})

    def _own(self, name: _Name) -> Resolved:
        written = self._written[name]
        # The commonest way to write it; of those the shorter, then the smaller.
        text = min(written, key=lambda t: (-written[t], len(t), t))
        key = nominative(name.phrase) if name.type == "PER" else name.phrase
        return Resolved(f"{name.type}/{key}", name.type, text, False, "own name", SCORES["own name"])


def _because(entity: Resolved, rule: str) -> Resolved:
    return Resolved(entity.key, entity.type, entity.name, entity.is_curated, rule, SCORES[rule])


def _article_turned(name: str) -> str:
    return name.removeprefix("ال") if name.startswith("ال") else f"ال{name}"


def _is_part(part: tuple[str, ...], whole: tuple[str, ...], kind: EntityType) -> bool:
    """Whether a name is a fuller one shortened: a person by end or beginning, an organisation by its beginning.

    A person's name also by what stands between first and last: خالد العطية is خالد بن محمد العطية.
    """
    head = all(same_word(x, y) for x, y in zip(part, whole, strict=False))
    if kind == "PER":
        return head or (_is_tail(part, whole) and not _is_father(part, whole)) or is_within(part, whole)
    return kind == "ORG" and head and len(part) > 1


def _is_tail(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return all(same_word(x, y, article=True) for x, y in zip(part[::-1], whole[::-1], strict=False))


def _is_father(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether the end of a fuller name is the father's: سلمان of محمد بن سلمان, محمد الطويل of أحمد محمد الطويل."""
    given, before = arabic_names(), whole[len(whole) - len(part) - 1]
    return before in SON_OF or (len(part) > 1 and part[0] in given and before in given)


@lru_cache(maxsize=2)
def _people(names: Names) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return key and words of the full names of known people, by the skeleton of the last word."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for spelling, forms in names.spellings():
        words = words_of(spelling)
        for form in forms:
            if form.key.startswith("PER/") and len(words) > 1:
                found.setdefault(skeleton(words[-1]), []).append((form.key, words))
    return found
