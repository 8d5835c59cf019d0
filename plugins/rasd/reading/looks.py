"""What a name that could be an outlet's looks like, and where else it stands on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rasd.arabic.text import fold
from rasd.reading.addresses import addresses, spells
from rasd.reading.candidates import Candidates
from rasd.reading.credits import (
    could_be_person,
    ends_in_origin,
    holds_place,
    is_domain,
    is_outlet_name,
    is_person_name,
    says_agency,
)
from rasd.reading.lines import is_foreign
from rasd.reading.markers import load_markers
from rasd.reading.outlets import Outlets
from rasd.reading.places import places
from rasd.reading.surroundings import Around
from rasd.reading.wording import load_words

# So many lines at the head and at the foot of a page speak of the site.
EDGE = 40
# Of a name that stands nowhere else where names of outlets do.
ONLY = "mentioned and nothing else"
MENTIONED = frozenset(("mentioned", ONLY))


@lru_cache(maxsize=1 << 10)
def says_sort(text: str) -> bool:
    """Return whether words say what an outlet is without its name: "موقع أردني للصحة", "يومية مستقلة"."""
    words = fold(text).split()
    return (
        len(words) > 1
        and (words[0] in load_words().sort or words[0] in load_words().concern)
        and not words[1].startswith("ال")
        and (words[1].endswith(("ي", "يه")) or words[1] in load_words().describing)
    )


def _in_headline(name: str, heads: str, *, told: bool) -> Iterator[str]:
    """Yield where a name stands in the kicker and the headline; not of one that the headline says it was told to."""
    if heads.endswith(name) and _SET_OFF_AT_ITS_END.search(heads[: len(heads) - len(name)]) is not None:
        yield "set off at the headline's end"
    elif name in heads and not told:
        yield "in the headline"


_SET_OFF_AT_ITS_END = re.compile(r"\s[-–—|~]\s$")


def look_at(found: Candidates, around: Around) -> None:
    """Add to each name what it looks like, and where else it stands."""
    if not found.found:
        return
    pieces, draft, body = around.pieces, around.draft, around.body
    lines = [p.text for p in (*pieces[:EDGE], *pieces[max(EDGE, len(pieces) - EDGE) :]) if p.kind not in _BODIES]
    outside = "\n".join(lines)
    heads = " ".join(pieces[i].text for i in (draft.kicker, draft.title) if i is not None)
    known = Outlets.load()
    foreign = is_foreign(body)
    spelt = addresses(outside)
    for candidate in found.found.values():
        name = candidate.name
        evidence = candidate.evidence
        if spelt and spells(name, spelt):
            evidence.add("spelt by an address")
        _by_words_in_text(name, body, evidence)
        evidence.update(_by_itself(name, source="source" in evidence))
        match = known.match(name)
        if match is not None:
            evidence.add(f"a known {match.kind}")
            if match.kind == "agency" and not MENTIONED.isdisjoint(evidence):
                evidence.add("mentioned, a known agency")
        elif is_domain(name):
            evidence.add("a domain")
        elif is_outlet_name(name):
            evidence.add("an outlet's name by its words")
            if ONLY in evidence:
                evidence.add("mentioned and nothing else, an outlet's name by its words")
        elif ONLY not in evidence:
            _by_form(name, evidence, foreign=foreign)
        elif of_sections(name) == "all" and not holds_place(name):
            evidence.add("mentioned and nothing else, of sections' words")
        if found.writer is not None and found.writer in name:
            evidence.add("the writer's name")
        if " " in name and fold(name).partition(" ")[0] in load_words().bulletin:
            evidence.add("a bulletin")
        words = name.count(" ") + 1
        if all(word in places() for word in fold(name).split()):
            evidence.add("a place's name")
        if ONLY in evidence:
            pass  # how it looks has its part in how likely it is
        elif words > 1:
            evidence.add("four words and more" if words > 3 else "two or three words")
        elif _SET_OFF.isdisjoint(evidence):
            evidence.add("one word")
        evidence.update(_in_headline(name, heads, told="told in headline" in evidence))
        if (times := outside.count(name)) > 1:
            evidence.add("twice outside the text" if times == 2 else "often outside the text")
        _in_text(name, body, evidence)
    named = [c for c in found.found.values() if "foreign" not in c.evidence and not _OF_THE_SITE.isdisjoint(c.evidence)]
    for candidate in found.found.values():
        if named and "foreign" in candidate.evidence:
            candidate.evidence.add("foreign beside an Arabic name of the site")


def _by_itself(name: str, *, source: bool) -> Iterator[str]:
    """Yield what a name looks like, whatever else is known of it; `source` where a line calls it one."""
    if source and says_agency(name):
        yield "source, an agency"
    if name.rpartition(" ")[2].isdigit() and " " in name:
        yield "ends with a number"
    if fold(name).partition(" ")[0] in load_words().institution:
        yield "an institution's name"


def _by_words_in_text(name: str, body: str, evidence: set[str]) -> None:
    """Say whether the text is about the words of a name, as it is about those of a section or a key word."""
    words = [word.removeprefix("ال") for word in name.split() if len(word) > 3]
    if words:
        told = sum(word in body for word in words)
        evidence.add(f"its words in the text: {'all' if told == len(words) else 'some' if told else 'none'}")


# What the site itself says of its name.
_OF_THE_SITE = frozenset(("site tail", "rights", "source", "naming", "a short line again and again"))
_BODIES = ("main_article", "related_article", "title")
# Whatever stands so is a name, even of one word.
_SET_OFF = frozenset(("told in headline", "told in text", "quoted in a line", "quoted behind its sort", "source"))
# By what the text tells as of its own outlet.
_OF_ITS_OWN = frozenset(("told in text", "learned in text", "learned in text: its doing", "tells what it does"))


@lru_cache(maxsize=1)
def _section_words() -> frozenset[str]:
    """Return the words of menus, buttons and names of sections, without article and "and"."""
    return frozenset(
        _bare_word(word)
        for text, (kind, _) in load_markers().line.items()
        if kind in _OF_MENUS and text.count(" ") < 3
        for word in text.split()
    )


_OF_MENUS = frozenset(("navigation", "slug", "footer", "more", "share", "prompt"))


def _bare_word(word: str) -> str:
    return next(
        (word[len(led) :] for led in ("وال", "ال", "و") if word.startswith(led) and len(word) > len(led) + 2), word
    )


@lru_cache(maxsize=1 << 12)
def of_sections(name: str) -> str:
    """Return whether all, some or none of a name's words are those of menus and sections: "أخبار محلية"."""
    found = [_bare_word(word) in _section_words() for word in fold(name).split()]
    return "all" if all(found) else "some" if any(found) else "none"


def bears_masthead(words: Sequence[str]) -> bool:
    """Return whether folded words begin or end as names of outlets do."""
    return len(words) > 1 and (words[0] in load_words().masthead or words[-1] in load_words().masthead)


def _by_form(name: str, evidence: set[str], *, foreign: bool) -> None:
    if is_person_name(name):
        evidence.add("a person's name")
    elif could_be_person(name) and load_words().masthead.isdisjoint(fold(name).split()[:1]):
        evidence.add("could be a person")
    if ends_in_origin(name):
        evidence.add("a family name of origin")
    if holds_place(name):
        evidence.add("holds a place")
    if is_foreign(name) and not foreign:
        evidence.add("foreign")
    if name.startswith("ال"):
        evidence.add("with the article")
    words = fold(name).split()
    if words[0] in load_words().sort:
        evidence.add("begins with its sort")
    if bears_masthead(words):
        evidence.add("a masthead's word")
        if "unknown beside a day" in evidence:
            evidence.add("a masthead's word beside a day")
        if "dateline: an agency that no table has" in evidence:
            evidence.add("a masthead's word in a dateline")
        if not _OF_ITS_OWN.isdisjoint(evidence):
            evidence.add("a masthead's word, told in text")
    if words[0] == "اخبار" or words[0] in load_words().desk:
        evidence.add("a desk or a section")


def _in_text(name: str, body: str, evidence: set[str]) -> None:
    """Say how the text speaks of a name: as of itself ("لـ«الاسم»"), or as of anybody."""
    at = body.find(name)
    if at < 0:
        if name.startswith("ال") and f" لل{name[2:]}" in body:
            evidence.add("told to it in the text")
        return
    before, after = body[max(0, at - 2) : at], body[at + len(name) : at + len(name) + 1]
    if "«" in before or '"' in before or "“" in before:
        evidence.add("quoted in the text")
    elif f" ل{name}" in body or f" ل {name}" in body:
        evidence.add("told to it in the text")
    elif after.strip() in ("", "،", ".", ":"):
        evidence.add("in the text")
