"""What a page says of its articles: when, by whom, from where, under which key words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rasd.arabic.dates import FoundDate, find_dates, is_month
from rasd.arabic.text import display, fold
from rasd.reading.candidates import key_of
from rasd.reading.credits import SIGNS, Part, could_be_person, is_agency_name, is_outlet_name, read_credits, says_agency
from rasd.reading.datelines import Dateline, dateline_names
from rasd.reading.drafts import Draft
from rasd.reading.lines import Piece, has_number
from rasd.reading.model import Hints, Published, Span
from rasd.reading.nearby import source_agencies
from rasd.reading.places import places
from rasd.reading.publication import find_publication
from rasd.reading.publishers import find_outlet
from rasd.reading.surroundings import Around, around
from rasd.reading.tagging import called, split_tags, whole_tag
from rasd.reading.wording import WINDOW, load_words, shared
from rasd.reading.writers import find_author

_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]")
# Who wrote and who published stands so many lines above a headline at most; higher up it is of other stories.
_NEAR = 8
# Credits below a text that may name an agency without a label: "فرانس برس / ك.ع", "ي.ب/ع.ج (د ب أ)".
_CREDIT_WORDS = 9
# A line of publication facts is short; dates further in are of something else.
_READ = 200


@dataclass(slots=True)
class Facts:
    """What is said of one article; offsets are into the page."""

    published: Published | None = None
    outlet: str | None = None
    agency: str | None = None
    place: str | None = None
    author: str | None = None
    tags: tuple[Span, ...] = ()
    doubts: list[str] = field(default_factory=list)


def gather(
    pieces: list[Piece],
    drafts: list[Draft],
    datelines: dict[int, tuple[Dateline, Span]],
    bodies: list[str],
    hints: Hints,
    landed: date | None,
) -> tuple[list[Facts], list[str]]:
    """Return the facts of each article, and reports of what was refused.

    A line of facts belongs to the article around it, or else to the last one that began above it; above all
    articles it belongs to the main one.
    """
    facts: list[Facts] = []
    reports: list[str] = []
    lines: list[list[int]] = [[] for _ in drafts]
    heads = [0, *(_head(draft, pieces) for draft in drafts[1:])]
    for i, line in enumerate(pieces):
        if line.kind in ("metadata", "tags") and drafts:
            n = line.article if line.article is not None else bisect_right(heads, i) - 1
            lines[0 if n and line.kind == "tags" and _are_of_main(line, bodies, n) else n].append(i)
    for n, one in enumerate(around(pieces, drafts, datelines, bodies)):
        fact = Facts()
        dated = [i for i in lines[n] if pieces[i].kind == "metadata"]
        where = datelines[n][1] if n in datelines else None
        fact.published, updated = find_publication(one, dated, where, landed, reports)
        if updated:
            fact.doubts.append("only the time of an update is given, not that of publication")
        own = [pieces[i] for i in lines[n]]
        _who_and_where(fact, one, own)
        headline = pieces[one.draft.title].text if one.draft.title is not None else ""
        fact.tags = tuple(_tags(own, f"{headline}\n{bodies[n]}"))
        if one.draft.role == "main":
            _from_hints(fact, hints, landed, reports)
        facts.append(fact)
    return facts, reports


def _are_of_main(line: Piece, bodies: Sequence[str], n: int) -> bool:
    """Whether key words behind another article are the main one's: its text knows more of them."""
    value = fold(line.text[line.value or 0 :]).replace("_", " ")
    return shared(value, fold(bodies[0][:WINDOW])) > shared(value, fold(bodies[n][:WINDOW]))


def _who_and_where(fact: Facts, one: Around, lines: Sequence[Piece]) -> None:
    """Find out who wrote an article, who published it, by which agency, and where, from its dateline and its lines."""
    agencies: list[str] = []
    by_wire = None
    if one.dateline is not None:
        fact.place = one.dateline.place
        ours, agency = dateline_names(one.dateline)
        if _has_source(ours or agency, lines):
            by_wire = agency = ours or agency
        if agency and not _is_day_or_place(agency) and not _is_town_of_writer(read_credits(one.said or agency)):
            agencies.append(agency)
    near = one.pieces[max(0, one.draft.first - _NEAR)].start
    for line in lines:
        if line.kind == "metadata" and line.start >= near:
            agencies += _agencies_beside(line)
            fact.place = fact.place or _place_in(line)
            if not agencies and (wired := _wired_from(line, one)) is not None:
                place, agency = wired
                fact.place, agencies = fact.place or place, [agency]
                by_wire = agency
    fact.author = find_author(one)
    fact.outlet = find_outlet(one, fact.author)
    if fact.author is not None and fact.author == fact.outlet:
        fact.author = None
    # A name that no table has is the outlet's own where it is taken for that.
    agencies = [
        agency for agency in agencies if not _is_ours(agency, fact.outlet) or agency == by_wire or says_agency(agency)
    ]
    fact.agency = next(iter(agencies), None) or _agency_mark(one, lines) or _source_elsewhere(fact.outlet, lines)
    if fact.agency is None and _tells_of_agencies(one, lines, near):
        fact.agency = _AGENCIES


def _head(draft: Draft, pieces: list[Piece]) -> int:
    """Where an article begins, the line of facts right above a post without a headline included."""
    first = draft.first
    while first and pieces[first - 1].known in ("date", "post"):
        first -= 1
    return first


def _place_in(line: Piece) -> str | None:
    """Return the place that a line of credits names beside a person or an outlet."""
    if line.words > 8 or line.known != "byline":
        return None
    parts = read_credits(line.text)
    return next((part.text for part in parts if part.kind == "place"), None) if len(parts) > 1 else None


# "جنيف-وكالة المتوسط", on a line of its own.
_WORD = r"[^\s\d_()«»\"/|:،,–-]+"
_WIRED = re.compile(
    rf"(?P<place>{_WORD}(?: {_WORD}){{0,2}})(?:(?P<tight>[-–])|\s?[-–/]\s?)(?P<agency>{_WORD}(?: {_WORD}){{0,3}})\s?:?"
)


def _wired_from(line: Piece, one: Around) -> tuple[str, str] | None:
    """Return the place and the agency that a line says and nothing else, with a dash glued between them.

    Blanks beside the dash are as good where the agency calls itself one.
    """
    wired = _WIRED.fullmatch(line.text) if line.words <= 7 else None
    if wired is None:
        return None
    agency = wired["agency"]
    if not wired["tight"]:
        return (wired["place"], agency) if says_agency(agency) and fold(wired["place"]) in places() else None
    known = says_agency(agency) or (
        fold(wired["place"]) in places() and (is_outlet_name(agency) or not could_be_person(agency))
    )
    before_text = " " not in agency and line is one.pieces[one.draft.body[0] - 1]
    return (wired["place"], agency) if known or before_text else None


# Agencies that nobody names.
_AGENCIES = "وكالات"
_OF_AGENCIES = re.compile(r"(?<![^\W_])(?<!مع )و?(?:ال)?وكالات(?![^\W_])(?!\s+[^\W\d_])")


def _tells_of_agencies(one: Around, lines: Sequence[Piece], near: int) -> bool:
    """Return whether a dateline or a line of credits says "agencies", whichever they are: "أنقرة - وكالات"."""
    if one.said is not None and _OF_AGENCIES.search(one.said):
        return True
    return any(
        line.kind == "metadata" and line.start >= near and line.words <= 8 and _OF_AGENCIES.search(line.text)
        for line in lines
        if "وكالات" in line.text
    )


def _is_day_or_place(text: str) -> bool:
    """Return whether what stands where an agency would is a day in figures, or a place."""
    folded = fold(text)
    return (folded in places() and not is_agency_name(text)) or (
        has_number(text) and (is_month(folded.partition(" ")[0]) or text[0].isdigit())
    )


def _source_elsewhere(outlet: str | None, lines: Sequence[Piece]) -> str | None:
    """Return the known agency that a source line names on the page of another outlet."""
    for line in lines:
        if outlet is not None and line.known == "source" and line.value:
            value = line.text[line.value :].strip(SIGNS)
            if is_agency_name(value) and key_of(value) != key_of(outlet):
                return value
    return None


def _has_source(name: str | None, lines: Sequence[Piece]) -> bool:
    """Return whether a source line names what a dateline does: there it is the agency, here the outlet."""
    marked = (line for line in lines if line.known == "source" and line.value)
    sources = (line.text for line in marked if line.known_by != "site")  # a site's name is no source's
    return name is not None and any(key_of(name) in "".join(fold(text).split()) for text in sources)


# Agencies by the letters of their names that are towns as well.
_TOWNS_TOO = ("قنا",)


# And by their short names sections of a paper, where these stand alone on a line.
_SECTIONS_TOO = ("وطنية",)


def _is_town_of_writer(parts: Sequence[Part]) -> bool:
    """Return whether what has an agency's name first on a line is the town that has it: "قنا - منى الديب"."""
    named = {part.kind for part in parts[1:]}
    return bool(parts) and parts[0].text in _TOWNS_TOO and "person" in named


def _agencies_beside(line: Piece) -> list[str]:
    """Return the agencies that a line of credits names."""
    kind = line.known
    if kind == "source":
        return source_agencies(line)
    if (kind not in ("byline", "credit") and not line.rule.startswith("credit_line")) or line.words > 14:
        return []
    parts = read_credits(line.text)
    if _is_town_of_writer(parts):
        parts = parts[1:]
    if len(parts) == 1 and parts[0].text in _SECTIONS_TOO:
        return []
    return [part.text for part in parts if part.kind == "agency"]


def _is_ours(agency: str, outlet: str | None) -> bool:
    """Whether a name is the outlet's, perhaps without a last word of the press ("السهل", "السهل الإلكترونية")."""
    if outlet is None or agency == outlet:
        return outlet is not None
    whole, short = key_of(outlet), key_of(agency)
    rest = whole[len(short) :]
    return whole.startswith(short) and rest.startswith("ال") and rest in load_words().press


def _agency_mark(one: Around, lines: Sequence[Piece]) -> str | None:
    """Return the known agency that stands in brackets in the first paragraph or in the credits below the text."""
    draft, pieces = one.draft, one.pieces
    if not draft.body:
        return None
    first = pieces[draft.body[0]].text[:400]
    last = next((p.text for p in lines if p.known in ("credit", "note")), "")[:60]
    under = next((p.text for p in pieces[draft.body[-1] + 1 : draft.body[-1] + 4] if _INITIALS.match(p.text)), "")[:60]
    for found in (*_BRACKETED.finditer(first), *_BRACKETED.finditer(last), *_BRACKETED.finditer(under)):
        if is_agency_name(found.group(1)):
            return display(found.group(1)).strip()
    end = pieces[draft.body[-1]].end
    below = (p for p in lines if p.start >= end and p.words <= _CREDIT_WORDS and p.kind == "metadata")
    bare = (p for p in below if p.known in ("", "credit", "initials", "note"))
    named = (part for p in bare if not p.numbered for part in _alone(read_credits(p.text)))
    return next((part.text for part in named if part.kind == "agency"), None)


# The letters of editors below a text: "ل.ع/خ.س (د ب أ)".
_INITIALS = re.compile(r"[^\W\d_]\s?\.\s?[^\W\d_]\.?\s?/")


def _alone(parts: Sequence[Part]) -> Sequence[Part]:
    """Return the parts of a line of credits, none where it names several agencies: no one of them is the text's."""
    return () if sum(part.kind == "agency" for part in parts) > 1 else parts


def _tags(lines: Iterable[Piece], said: str) -> list[Span]:
    """Return the key words that lines hold, parted as headline and body of the article say them."""
    spans: list[Span] = []
    folded: str | None = None
    for line in lines:
        if line.kind != "tags":
            continue
        at = line.value or 0
        if line.known == "tags" and line.value is None:
            continue
        folded = fold(said) if folded is None else folded
        if line.known != "tags" or line.known_by != "hashtags":
            at += called(line.text[at:])
        listed = line.rule == "one_of_several_key_words"
        for start, end in [whole_tag(line.text[at:])] if listed else split_tags(line.text[at:], folded):
            if start < end:  # a line may be nothing but what key words are called
                raw = line.text[at + start : at + end]
                spans.append(Span(display(raw), line.start + at + start, line.start + at + end))
    return spans


def _from_hints(fact: Facts, hints: Hints, landed: date | None, reports: list[str]) -> None:
    """Fill what the page does not say with what its container says."""
    if fact.published is None and hints.published:
        for one in find_dates(hints.published[:_READ], landed=landed):
            if isinstance(one, FoundDate):
                fact.published = Published(one.date, one.precision, one.calendar, hints.published)
                break
            reports.append(f"Refused a date of the container: {hints.published} ({one.reason}).")
    fact.outlet = fact.outlet or hints.outlet
    fact.author = fact.author or hints.author
    if not fact.tags and hints.tags:
        fact.tags = tuple(Span(tag, 0, 0) for tag in hints.tags)
