"""Who wrote an article: every name that could be its writer's, with the evidence for it, weighed together.

A writer stands below the headline, beside the place or the day, in the dateline, below the text, with a label or
without one; and so do photographers, translators, people in pictures and those whom the text is about. Each place and
form is one piece of evidence; their weights (`weights/writers.csv`, learned from labelled pages) add up for each name,
and the heaviest name wins where it is heavier than saying nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import lru_cache

from rasd.arabic.text import fold
from rasd.reading.credits import (
    Part,
    could_be_person,
    ends_in_origin,
    is_given_name,
    is_name_shaped,
    is_name_word,
    is_person_name,
    read_facts,
)
from rasd.reading.evidence import weigh_evidence
from rasd.reading.labels import load_labels
from rasd.reading.lines import Piece, is_foreign
from rasd.reading.markers import TIMES
from rasd.reading.places import places
from rasd.reading.surroundings import Around, says_nobody
from rasd.reading.wording import load_words

_LONGEST, _MOST = 140, 16
_AND = re.compile(r"^(?P<one>[^\W\d_]+(?: [^\W\d_]+){1,2}) و ?(?P<other>[^\W\d_]+(?: [^\W\d_]+){1,2})$")
_INITIAL = re.compile(r"(?:^|\s)[^\W\d_](?:\.|\s|$)")
_KINDS_BESIDE = ("day", "place", "outlet", "agency")


def find_author(around: Around) -> str | None:
    """Return the writer of an article, as the page writes the name, or None where the page does not say."""
    best, most = None, 0.0
    for name, evidence in candidates(around).items():
        weight = weigh_evidence("writers", evidence)
        if weight > most:
            best, most = name, weight
    return best


def candidates(around: Around) -> dict[str, set[str]]:
    """Return every name that could be the writer's, with its evidence; see `find_author`."""
    found: dict[str, set[str]] = {}
    pieces, draft = around.pieces, around.draft
    for i in around.beside:
        where = [around.head(i)]
        where += ["right below the headline"] if draft.title is not None and i == draft.title + 1 else []
        where += ["right above the text"] if i == draft.body[0] - 1 else []
        _in_line(found, pieces, i, where)
    if around.said is not None:
        _in_text(found, around.said, ["dateline"], "")
    _glued_to_text(found, around)
    under: dict[str, set[str]] = {}
    for i in around.below:
        _in_line(under, pieces, i, ["below" if i > draft.body[-1] + 1 else "right below the text"])
    for name, evidence in under.items():
        # Who stands above the text is told of again below it: who else he is, what else he did.
        if name in found and _OF_A_PICTURE.isdisjoint(found[name]):
            found[name].add("named again below")
        else:
            found[name] = evidence
    _look_at(found, around)
    return found


_OF_A_PICTURE = frozenset(("in a line of kind: caption", "label: pictured"))


# "كتبت منى الديب: في أول النهار …", and a headline that a byline is glued to: "… كتب - سالم الخطيب".
_BEGINS_TEXT = re.compile(r"\s*(?P<name>[^\W\d_]+(?: [^\W\d_]+){1,3})\s*[:–/-]")
_PLACE_BEFORE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?\s?[:/–-]\s?")
# The last words of a headline, each with those behind it, that may be a label and a name.
_LAST_WORDS = re.compile(r"(?<=\s)(?=[^\s]+(?:\s+[^\s]+){2,5}$)")
# "حين يصبح السوق جامعا / منى الديب"
_BEHIND_A_STROKE = re.compile(r"(?:[^/]\s/\s?|\s\((?=.*\)$))(?P<name>[^\W\d_]+(?: [^\W\d_]+){1,3})\)?$")


def _begins(text: str) -> str | None:
    """Return the writer whose byline begins a text, perhaps behind a place, on one line with it."""
    place = _PLACE_BEFORE.match(text)
    for at in (0, *((place.end(),) if place is not None else ())):
        label = load_labels().find(text[at:])
        if label is not None and label[0] == "by" and (told := _BEGINS_TEXT.match(text, at + label[1])) is not None:
            return told["name"]
    return None


def _ends(headline: str) -> str | None:
    """Return the writer whose byline ends a headline: "… كتب - سالم الخطيب"."""
    starts = [words.end() for words in _LAST_WORDS.finditer(headline)]
    if (colon := headline.rfind(":", -_LONGEST_BYLINE)) > 0:
        starts += range(max(0, colon - _LONGEST_LABEL), colon)  # glued to the headline's last word
    for start in starts:
        label = load_labels().find(rest := headline[start:])
        if label is not None and label[0] == "by" and _NAME.fullmatch(name := rest[label[1] :].strip()) is not None:
            led = rest[: label[1]].rstrip()
            if led[-1] in _SIGNS_BEHIND or led == _BY:
                return name
    return None


_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,3}")
_SIGNS_BEHIND = ":–-/"
_LONGEST_BYLINE, _LONGEST_LABEL = 45, 8
# Other labels are words of headlines too, where no sign stands behind them.
_BY = "بقلم"


def _glued_to_text(found: dict[str, set[str]], around: Around) -> None:
    """Take the writer whose byline begins the text, or ends the headline, on one line with it."""
    pieces, draft = around.pieces, around.draft
    if (name := _begins(pieces[draft.body[0]].text[:_LONGEST])) is not None:
        found.setdefault(name, set()).update(("label: by", "where: begins the text"))
    if draft.title is not None and (name := _ends(pieces[draft.title].text)) is not None:
        found.setdefault(name, set()).update(("label: by", "where: ends the headline"))
    elif (
        draft.title is not None
        and (told := _BEHIND_A_STROKE.search(pieces[draft.title].text))
        and is_person_name(told["name"])
    ):
        found.setdefault(told["name"], set()).update(("where: ends the headline", "behind a stroke in the headline"))


def _in_line(found: dict[str, set[str]], pieces: Sequence[Piece], i: int, where: Sequence[str]) -> None:
    line = pieces[i]
    if line.words > _MOST or len(line.text) > _LONGEST or line.text[-1] in "،؟!" or says_nobody(line):
        return
    label, text = None, line.text
    if line.known == "byline" and line.known_by not in _SHAPES:
        label = "by"
        if line.known_by == "followed by":
            text = text[line.value :]  # its label could be a name's first word
    elif i and (above := pieces[i - 1]).words <= 6:
        if above.said and above.said[0] in load_words().staff:
            label = "staff"
        elif above.known == "byline" and above.value is None and above.words <= 2:
            label = "by"  # a label alone: the name stands below it
    beside_day = any(near.known in TIMES for near in (*pieces[max(0, i - 1) : i], *pieces[i + 1 : i + 2]))
    if beside_day:
        where = [*where, "beside a line with a day"]
    if (
        i + 1 < len(pieces)
        and pieces[i + 1].words <= 4
        and not load_words().author.isdisjoint(pieces[i + 1].said or ())
    ):
        where = [*where, "above a line about the writer"]
    _in_text(found, text, where, line.known, label)


_WROTE_NOTHING = ("pictured", "staff")
_SHAPES = ("with a date", "name and place", "writers")


def _in_text(found: dict[str, set[str]], text: str, where: Sequence[str], kind: str, label: str | None = None) -> None:
    """Take the names of a line, each with what stands beside it."""
    parts = read_facts(text)
    if not parts or len(parts) > 9:
        return
    parts = tuple(map(_first_of_two, parts))
    people = [part for part in parts if part.kind in ("person", "name") and is_name_shaped(_spaced(_bare(part.text)))]
    kinds = {part.kind for part in parts}
    for n, part in enumerate(people):
        if (part.label or label) in _WROTE_NOTHING:
            continue
        name = _bare(part.text)
        if fold(name) in load_words().nobody:
            continue
        if name[-2:-1] == " " and f"{name}." in text:
            name += "."  # an initial
        evidence = found.setdefault(name, set())
        evidence.update(_beside(part, parts, people, n, kinds, where))
        if label or part.label:
            evidence.add(f"label: {part.label or label}")
        if _INITIALLED.fullmatch(name) is not None:
            evidence.add("an initial and a name")
        if f"({part.text})" in text or f"«{part.text}»" in text or f'"{part.text}"' in text:
            evidence.add("set off by brackets or quotation marks")
        behind = parts[parts.index(part) + 1 :]
        if behind and fold(behind[0].text).partition(" ")[0] in load_words().calling:
            evidence.add("what he is behind the name")
        if len(parts) == 2 and n == len(people) - 1 == 1 and _BEHIND_COLON.fullmatch(text):
            evidence.add("behind a name and a colon")
        if kind:
            evidence.add(f"in a line of kind: {kind}")
        if "@" in text:
            evidence.add("beside an address")
        if text[-1] == ")" or text[0] == "(":
            evidence.add("line with brackets")
            if text[-1] == ")" and part is parts[-1] and text.count(" ", 0, text.rfind("(")) > 2 and "day" not in kinds:
                evidence.add("in brackets behind a sentence")


# "ف. زعيم", "حكيم.ب": how many writers of the Maghreb sign.
_INITIALLED = re.compile(r"[^\W\d_]{1,2}\.\s?[^\W\d_]{2,}(?:\s[^\W\d_]{3,})?|[^\W\d_]{3,}[.\s]\s?[^\W\d_]\.?")
_BEHIND_COLON = re.compile(r"[^:]{2,30}\s?:\s?[^:]{5,30}")


def _spaced(name: str) -> str:
    """Return a name with a blank behind each initial: "ع.بوخاري" is "ع. بوخاري"."""
    return _GLUED_INITIAL.sub(". ", name) if "." in name else name


_GLUED_INITIAL = re.compile(r"\.(?=[^\W\d_])")


def _first_of_two(part: Part) -> Part:
    """Return the first of two writers that one part names ("سالم الخطيب ومنى الديب"), else the part."""
    both = _AND.match(part.text) if part.kind in ("person", "name") and " و" in part.text else None
    if both is None:
        return part
    first = fold(both["other"]).partition(" ")[0]
    if not is_given_name(first) or (" و " not in part.text and is_given_name(f"و{first}")):
        return part
    return replace(part, text=both["one"])


def _bare(name: str) -> str:
    """Return a name without the word of its line that stands before it, and those of the next behind it."""
    words = name.split(" ")
    while len(words) > 2 and fold(words[0]).lstrip("ول") in _led():
        led = len(words)
        last = 1 if len(words) < 4 or is_given_name(fold(words[1])) else 2
        words = next((words[n:] for n in (last, 1) if is_person_name(" ".join(words[n:]))), words)
        if len(words) == led:
            break
    ended = next(
        (n for n, word in enumerate(words) if n > 1 and (fold(word) in load_words().behind or word.islower())),
        len(words),
    )
    return " ".join(words[:ended])


@lru_cache(maxsize=1)
def _led() -> frozenset[str]:
    """Return the words for what somebody wrote, without what may be written to their front: "وصفة", "للشيخ"."""
    return frozenset(word.lstrip("ول") for word in load_words().written)


def _beside(
    part: Part, parts: tuple[Part, ...], people: list[Part], n: int, kinds: Set[str], where: Sequence[str]
) -> Iterator[str]:
    yield part.kind
    for one in where:
        yield f"where: {one}"
        if len(parts) == 1:
            yield f"alone, {one}"
    if len(parts) == 1:
        yield "alone"
    for other in _KINDS_BESIDE:
        if other in kinds:
            yield f"beside a {other}"
    if len(people) > 1:
        yield "first of several" if n == 0 else "not the first"
    strangers = sum(one.kind == "name" for one in parts) - (part.kind == "name")
    if strangers:
        yield "beside an unknown name"
        if len(parts) - ("day" in kinds) == 2:
            yield "first of two strangers" if parts[0] is part else "second of two strangers"
    if any(one.kind == "nobody" for one in parts):
        yield "beside words that name nobody"


def _look_at(found: dict[str, set[str]], around: Around) -> None:
    """Add to each name what it looks like, and where else it stands."""
    pieces, draft, body = around.pieces, around.draft, around.body
    heads = " ".join(pieces[i].text for i in (draft.title, draft.kicker) if i is not None)
    for name, evidence in found.items():
        words = fold(name).split()
        known = "a given name first" if is_person_name(name) else ""
        evidence.add(known or ("could be a person" if could_be_person(name) else "no known name"))
        if known:
            evidence.update(f"{one}: a given name" for one in tuple(evidence) if one.startswith("alone, "))
        evidence.add(f"words: {min(len(words), 5)}")
        of_names = [is_name_word(word) for word in fold(_spaced(name)).replace(".", " ").split() if len(word) > 1] or [
            False
        ]
        evidence.add(f"of names: {'all' if all(of_names) else 'some' if any(of_names) else 'none'}")
        evidence.add(f"of names: {'the last' if of_names[-1] else 'not the last'}")
        if any(word[0] == "و" and len(word) > 3 and not is_name_word(word) for word in words):
            evidence.add("and inside")
        if name.startswith("ال"):
            evidence.add("with the article")
        told = [word for word in name.split() if len(word) > 2]
        if told:
            said = sum(word in body for word in told)
            evidence.add(f"its words in the text: {'all' if said == len(told) else 'some' if said else 'none'}")
        if ends_in_origin(name):
            evidence.add("a family name of origin")
            if name.startswith("ال") and not known:
                evidence.add("the article before and behind, no given name")
        elif words[-1].startswith("ال") and words[-1].endswith(("ه", "ات")):
            evidence.add("a thing at its end")
        if is_foreign(name):
            evidence.add("foreign")
        if _INITIAL.search(name):
            evidence.add("with an initial")
        if name in body or f" {words[0]} {words[-1]}" in body:
            evidence.add("in the text")
            if f"\n{name}:" in body or body.startswith(f"{name}:"):
                evidence.add("speaks in the text")
                if "label: presented" in evidence or "label: by" in evidence:
                    evidence.add("presents it and speaks in the text")
        elif len(words) > 1 and body.count(name.rpartition(" ")[2]) > 1:
            evidence.add("last name in the text")
        if name in heads or (len(words) > 1 and name.rpartition(" ")[2] in heads):
            evidence.add("in the headline")
        if any(word in load_words().sort or word in load_words().press for word in words):
            evidence.add("has an outlet's word")
        elif words[0] in load_words().masthead or words[-1] in load_words().masthead:
            evidence.add("a masthead's word")
        if any(word in places() for word in words):
            evidence.add("holds a place")
