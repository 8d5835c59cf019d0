"""What a page says of its articles: when, by whom, from where, under which key words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rasd.arabic.dates import FoundDate, find_dates
from rasd.arabic.text import display, fold
from rasd.reading.credits import is_agency_name, read_credits
from rasd.reading.datelines import Dateline, dateline_names
from rasd.reading.drafts import Draft
from rasd.reading.lines import Piece
from rasd.reading.model import Hints, Published, Span
from rasd.reading.publication import find_publication
from rasd.reading.publishers import find_outlet, key_of, source_agencies
from rasd.reading.surroundings import Around, around
from rasd.reading.tagging import split_tags, whole_tag
from rasd.reading.wording import load_words
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
            lines[line.article if line.article is not None else bisect_right(heads, i) - 1].append(i)
    for n, one in enumerate(around(pieces, drafts, datelines, bodies)):
        fact = Facts()
        dated = [i for i in lines[n] if pieces[i].kind == "metadata"]
        where = datelines[n][1] if n in datelines else None
        fact.published, updated = find_publication(one, dated, where, landed, reports)
        if updated:
            fact.doubts.append("only the time of an update is given, not that of publication")
        own = [pieces[i] for i in lines[n]]
        _who_and_where(fact, one, own)
        fact.tags = tuple(_tags(own, bodies[n]))
        if one.draft.role == "main":
            _from_hints(fact, hints, landed, reports)
        facts.append(fact)
    return facts, reports


def _who_and_where(fact: Facts, one: Around, lines: Sequence[Piece]) -> None:
    """Find out who wrote an article, who published it, by which agency, and where, from its dateline and its lines."""
    agencies: list[str] = []
    if one.dateline is not None:
        fact.place = one.dateline.place
        _, agency = dateline_names(one.dateline)
        agencies += [agency] if agency else []
    near = one.pieces[max(0, one.draft.first - _NEAR)].start
    for line in lines:
        if line.kind == "metadata" and line.start >= near:
            agencies += _agencies_beside(line)
            fact.place = fact.place or _place_in(line)
    fact.author = find_author(one)
    fact.outlet = find_outlet(one, fact.author)
    if fact.author is not None and fact.author == fact.outlet:
        fact.author = None
    # A name that no table has is the outlet's own where it is taken for that.
    agencies = [agency for agency in agencies if not _is_ours(agency, fact.outlet) or is_agency_name(agency)]
    fact.agency = next(iter(agencies), None) or _agency_mark(one, lines)


def _head(draft: Draft, pieces: list[Piece]) -> int:
    """Where an article begins, the line of facts right above a post without a headline included."""
    first = draft.first
    while first and pieces[first - 1].mark and pieces[first - 1].mark.kind in ("date", "post"):  # type: ignore[union-attr]
        first -= 1
    return first


def _place_in(line: Piece) -> str | None:
    """Return the place that a line of credits names beside a person or an outlet."""
    if line.words > 8 or line.mark is None or line.mark.kind != "byline":
        return None
    parts = read_credits(line.text)
    return next((part.text for part in parts if part.kind == "place"), None) if len(parts) > 1 else None


def _agencies_beside(line: Piece) -> list[str]:
    """Return the agencies that a line of credits names."""
    kind = line.mark.kind if line.mark else ""
    if kind == "source":
        return source_agencies(line)
    if (kind not in ("byline", "credit") and not line.rule.startswith("credit_line")) or line.words > 14:
        return []
    return [part.text for part in read_credits(line.text) if part.kind == "agency"]


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
    last = next((p.text for p in lines if p.mark and p.mark.kind in ("credit", "note")), "")[:60]
    for found in (*_BRACKETED.finditer(first), *_BRACKETED.finditer(last)):
        if is_agency_name(found.group(1)):
            return display(found.group(1)).strip()
    end = pieces[draft.body[-1]].end
    below = (p for p in lines if p.start >= end and p.words <= _CREDIT_WORDS and p.kind == "metadata")
    bare = (p for p in below if p.mark is None or p.mark.kind in ("credit", "initials", "note"))
    named = (part for p in bare if not p.numbered for part in read_credits(p.text))
    return next((part.text for part in named if part.kind == "agency"), None)


def _tags(lines: Iterable[Piece], body: str) -> list[Span]:
    spans: list[Span] = []
    folded: str | None = None
    for line in lines:
        if line.kind != "tags":
            continue
        at = line.mark.value if line.mark and line.mark.value is not None else 0
        if line.mark and line.mark.kind == "tags" and line.mark.value is None:
            continue
        folded = fold(body) if folded is None else folded
        listed = line.rule == "one_of_several_key_words"
        for start, end in [whole_tag(line.text[at:])] if listed else split_tags(line.text[at:], folded):
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
