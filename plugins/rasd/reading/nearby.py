"""Names in the lines beside an article, each with what stands beside it on its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rasd.arabic.text import display, fold
from rasd.reading.candidates import Candidates
from rasd.reading.credits import (
    SIGNS,
    Part,
    calls_itself_agency,
    is_agency_name,
    is_domain,
    read_credits,
    read_facts,
)
from rasd.reading.lines import Piece
from rasd.reading.looks import says_sort
from rasd.reading.outlets import Outlets
from rasd.reading.phrases import AT_THE_HEAD, BESIDE, IN_SHORT_LINE, PUBLISHED, TOLD, load_phrases
from rasd.reading.surroundings import says_nobody
from rasd.reading.wording import load_words

_POST_HEAD = re.compile(r"^(.{2,60}?)[,،]?\s*(?:\[|\s[0-9٠-٩]{1,2}\s[^\W\d]+\s[0-9٠-٩]{4}[,،])")
_HOST = re.compile(r"https?://(?:www\.)?([^/\s]+)")
IN_QUOTES = re.compile(r"[«\"“]([^«»\"“”]{2,30})[»\"”]")
_OPENING = re.compile('[«"“]')
# A line that names an outlet among other facts has so many words at most.
_MOST = 14
_IN_BRACKETS = re.compile(r"\(([^()]{2,40})\)[.\s]*$")


def take_told(found: Candidates, line: Piece) -> None:
    """Take the names to which a headline, or a line beside it, says that it was told."""
    for told in load_phrases().find(TOLD, line):
        rest = line.text[told.end :].strip()
        where = "told in headline" if not rest or rest[0] in ":-–" else "quoted after 'to' in headline"
        found.give(told.name, where, line.start)


# What is said so leaves nothing else on its line.
_WHOLE_LINES = (*PUBLISHED, *AT_THE_HEAD)


def take_line(found: Candidates, pieces: Sequence[Piece], i: int, where: str) -> None:
    """Take the names of a line beside the article, each with what stands beside it."""
    line = pieces[i]
    kind = line.known
    if kind == "source":
        take_source(found, line)
        return
    if line.words > 20 or line.text[-1] in "؟!" or says_nobody(line):
        return
    if (named := next(load_phrases().find(_WHOLE_LINES, line), None)) is not None:
        found.give(named.name, named.use, line.start)
        return
    if kind == "post" and (head := _POST_HEAD.match(line.text)):
        found.give(head[1], "head of a post", line.start)
        return
    if i and line.words <= _NAME and _is_label_of_source(pieces[i - 1]):
        parts = read_facts(line.text)
        if len(parts) == 1 and parts[0].kind in ("name", "outlet", "agency"):
            found.give(line.text, "source", line.start)
    told = _by_phrases(found, line, kind)
    if line.words <= _MOST:
        _by_marks(found, line)
        if not told:
            _by_parts(found, pieces, i, where)


# A name that stands below its label has so many words at most.
_NAME = 5


def _is_label_of_source(line: Piece) -> bool:
    """Return whether a line says "source" and nothing else: the name stands below it."""
    return line.known == "source" and fold(line.text).strip(SIGNS) == line.known_by


def _by_phrases(found: Candidates, line: Piece, kind: str) -> bool:
    """Take the names that the words before them tell: a picture's credit, a source, whom a text was taken from.

    Return whether the line says a source: what else is on it are words for that.
    """
    if (
        ")" in line.text
        and (kind == "caption" or "caption" in line.rule or line.words > 5)
        and (named := _IN_BRACKETS.search(line.text))
    ):
        for part in read_credits(named[1])[:2]:
            if part.kind in ("name", "outlet") and not part.label and ":" not in named[1]:
                found.give(part.text, "picture's credit", line.start)
    told = list(load_phrases().find(BESIDE, line))
    for said in told:
        found.give(said.name, said.use, line.start)
    return any(said.use == "source" for said in told)


def _by_marks(found: Candidates, line: Piece) -> None:
    """Take the names of a shorter line that marks or set words tell: quoted ones, the paper before its issue, ours."""
    for said in load_phrases().find(IN_SHORT_LINE, line):
        found.give(said.name, said.use, line.start)
    take_told(found, line)
    if _OPENING.search(line.text) is not None and line.words <= 12 and (quoted := IN_QUOTES.search(line.text)):
        if fold(line.text[: quoted.start()]).rpartition(" ")[0].rpartition(" ")[2] in load_words().house:
            found.give(quoted[1], "quoted behind its sort", line.start)
        elif line.words <= 8:
            found.give(quoted[1], "quoted in a line", line.start)


def _by_parts(found: Candidates, pieces: Sequence[Piece], i: int, where: str) -> None:
    """Take the names of a line that is made of parts, each with what the other parts are."""
    line = pieces[i]
    parts = read_facts(line.text)
    if not parts or len(parts) > 9:
        return
    kind = line.known
    named = [part for part in parts if part.kind in ("name", "outlet", "agency")]
    for n, part in enumerate(named):
        if len(part.text.split()) > 5 or part.text.isdigit() > (n == 0):
            continue
        candidate = found.give(part.text, f"{where}: {part.kind}", line.start)
        if candidate is None:
            continue
        candidate.evidence.update(_beside(part, parts, named, n, where, kind))
        candidate.evidence.update(_described(parts, parts.index(part)))
        if parts[0].kind == "place" and parts.index(part) == 1 and f"({part.text})" in line.text:
            candidate.evidence.add("in brackets behind a place")
        if len(parts) == 2 and parts[1].kind in ("person", "name") and _NAMES_ITS_OWN.match(line.text):
            candidate.evidence.add("before a colon and a person" if n == 0 else "behind a name and a colon")
        if len(parts) == 1:
            candidate.evidence.update(_alone(pieces, i))
        if found.writer is not None and any(other.text == found.writer and other is not part for other in parts):
            candidate.evidence.add("beside the writer")


# "السهل: منى الديب", "«السهل» - منى الديب".
_NAMES_ITS_OWN = re.compile(r"[^:]{2,30}\s?:\s?[^:]{5,30}$")


def _described(parts: tuple[Part, ...], n: int) -> Iterator[str]:
    """Yield whether the part behind a name says its sort ("القنال، أسبوعية جهوية"), or it is such a part itself."""
    if n + 1 < len(parts) and says_sort(parts[n + 1].text):
        yield "its sort described behind it"
    if n and says_sort(parts[n].text):
        yield "describes what stands before it"


def _alone(pieces: Sequence[Piece], i: int) -> Iterator[str]:
    """Yield what stands around a line that is a name and nothing else, as evidence."""
    text = pieces[i].text
    if text[-1] in "-–—ـ":
        yield "alone, with a dash behind it"
    if (text[0], text.rstrip(". ")[-1]) in (("(", ")"), ("[", "]")):
        yield "alone, in brackets"
    if "@" in text:
        yield "beside an address"
    if text[0] in '«"“' and text[-1] in '»"”':
        yield "alone, in quotation marks"
    below = pieces[i + 1] if i + 1 < len(pieces) else None
    if below is not None and below.words <= 6 and _says_followers(below):
        yield "alone, with its followers below it"
    if below is not None and below.text[:4] == "http":
        yield "alone, with its address below it"
    if below is not None and below.known in ("date", "published", "time"):
        yield "alone, with a day below it"
    if below is not None and below.words <= 12 and below.said and below.said[0] in load_words().sort:
        yield "alone, with its sort below it"
        if says_sort(below.text):
            yield "alone, its sort described below it"


def _says_followers(line: Piece) -> bool:
    """Return whether a line says how many follow a channel."""
    return line.numbered and any(map(line.folded.__contains__, load_words().follower))


def _beside(part: Part, parts: tuple[Part, ...], named: list[Part], n: int, where: str, kind: str) -> Iterator[str]:
    """Yield what stands beside the n-th name on its line, whose mark is of that kind, as evidence."""
    kinds = {other.kind for other in parts}
    short = {"outlet": "known", "agency": "agency"}.get(part.kind, "unknown")
    if len(parts) == 1:
        yield f"{where}: alone"
    for other in ("day", "place", "person", "agency"):
        if other in kinds:
            yield f"{short} beside a {other}"
    if any(other.kind == "nobody" and fold(other.text) in load_words().own for other in parts):
        yield "beside 'exclusive'"
        if len(parts) == 2:
            yield "with 'exclusive' and nothing else"
    if "day" in kinds and len(named) == 1 and kinds == {"day", part.kind}:
        yield f"{where}: with a day and nothing else"
    if len(named) == 2 and len(parts) <= 3 and "person" not in kinds and "place" not in kinds:
        yield "first of two strangers" if n == 0 else "second of two strangers"
    if len(named) > 1:
        yield "beside another name"
        yield "first of several names" if n == 0 else "not the first of several names"
    if n == 0 and len(named) == 2 and named[1].kind == "agency" and kinds <= {"day", "agency", part.kind}:
        yield "before its agency"
    if part.label:
        yield f"labelled: {part.label}"
    if any(other is not part and is_domain(other.text) for other in parts):
        yield "beside its address"
    if calls_itself_agency(part.text) and not kinds.isdisjoint(("place", "person")):
        yield "calls itself an agency, beside a place or a person"
    if kind in ("slug", "breadcrumb", "bar", "navigation", "tags"):
        yield f"in a line of kind: {kind}"


def take_source(found: Candidates, line: Piece, said: str = "source") -> None:
    """Take the name that a line marked as a source tells, as evidence of that kind."""
    value = line.text[line.value or 0 :]
    name = _BEHIND_SOURCE.split(_LINKED.sub("", display(value)))[0].strip(SIGNS.replace("(", "").replace(")", ""))
    name = name.strip("()") if name.count("(") != name.count(")") else name
    name = _OF_ITS.sub("", name.split(" / ")[0]).strip()
    name = _IN_BRACKETS_BEHIND.sub("", name)
    first, *others = _DASHES.split(name)
    if others and (others[0].startswith("عن ") or _says_who_or_where(" - ".join(others))):
        name = first  # "المصدر: السهل ـ العين ـ منى الديب", "المصدر: السهل - عن بيان الشركة"
    if quoted := IN_QUOTES.search(value):
        name = quoted[1]
    if line.known_by == name or (":" not in line.text and line.known_by != "site"):
        parts = read_credits(line.text)
        name = next((part.text for part in parts if part.kind in ("outlet", "agency")), name)
    if address := _HOST.match(name):
        known = Outlets.load().match(name)
        name = known.name if known is not None else address[1]
    if name != line.known_by:
        how = {"site": "site tail", "الناشر": "publisher of a book"}.get(line.known_by, said)
        found.give(name, how, line.start)


def _says_who_or_where(text: str) -> bool:
    return any(part.kind in ("place", "person", "agency") for part in read_credits(text))


# What may stand behind a source on its line: an agency, and when it was published.
_BEHIND_SOURCE = re.compile(r"\+|\s[|•]\s")
_DASHES = re.compile(r"\s+[-–—ـ]+\s+")
# "المصدر: السهل (الألمانية)": an agency, or a country.
_IN_BRACKETS_BEHIND = re.compile(r"(?<=[^\W\d_])\s*\([^()]{2,30}\)$")
_LINKED = re.compile(r"^[\s(]*رابط\s?\)\s*:\s*")
# "المصدر: مراسل المدار": the outlet by its own reporter.
_OF_ITS = re.compile(r"^(?:مراسلة?|موفدة?)\s+(?=\S)")


def source_agencies(line: Piece) -> list[str]:
    """Return the agencies that a source line names: "المصدر: عمّان بوست + بترا", "السهل - وكالات", "(وكالات)"."""
    value = line.text[line.value or 0 :]
    named = [part.strip(SIGNS) for part in _BETWEEN_SOURCES.split(value)]
    bare = [name.removeprefix("و") if name.startswith("ووكالات") else name for name in named]
    others = bare if len(bare) > 1 and is_agency_name(bare[0]) else bare[1:]
    if bare == ["وكالات"] or (len(bare) == 1 and line.text.strip(SIGNS) in ("وكالات", "الوكالات")):
        return [line.text.strip(SIGNS)]
    return [name for name in others if is_agency_name(name) or name == "وكالات"]


_BETWEEN_SOURCES = re.compile(r"\+|\s[-–|]\s|،\s|\sو(?=وكالات\b)")
