"""Lines that stand among the lines of a text and have the form of some of them: entries of one series.

A heading that asks, the third of five reasons, a day of a timeline, a verse: each alone could be a link or a button.
That others of its form are of the text tells what it is. Asked once it is known which lines make the text, and only of
lines between two of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rasd.arabic.text import fold
from rasd.reading.captions import is_credit_row
from rasd.reading.credits import is_credit_line
from rasd.reading.drafts import Draft
from rasd.reading.interior import alike
from rasd.reading.lines import BULLETS, DIGITS, YEAR, Piece
from rasd.reading.markers import DAYS
from rasd.reading.revising import take_in
from rasd.reading.wording import WINDOW, shared, speaks_to_reader

_NUMBERED = re.compile(r"([0-9٠-٩]{1,2})\s?[.):\-–—]\s?(?=\S)")
# A figure has so many characters at most; so many of its form are of the text.
_CELL, _CELLS = 8, 4
# A timeline has so many days.
_DAYS = 3
_HEADING_WORDS = 14
# So many headings of the text have the form that a line between its paragraphs shares.
_LEAST = 2
# Verses: so many words each, so many at most one below the other, of nearly the same length.
_VERSE_WORDS, _VERSES, _AS_LONG = (3, 10), 12, 0.55
# How headings of one series begin: "ثالثا:", "30 أكتوبر 2022:", "12:30 –".
_ORDERED = re.compile(
    r"(?P<ordinal>(?:اولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا)\b)|(?P<hour>[0-9]{1,2}:[0-9]{2}\b)"
    r"|(?P<day>[0-9]{1,2} [^\W\d_]+ [0-9]{4}\b)"
)
# What parts the halves of a verse on one line.
_HALVES = re.compile(r"(?<=\S)(?:\s+\*+\s+|\s+/{1,2}\s+|\s{3,}|\s+\.{2,}\s+|\s*…\s*|\s+#\s+|\t)(?=\S)")
_PARTING = ("*", "/", "..", "…", "#")
# A label has so many characters at most; so many lines with one are a list.
_LABEL, _LABELLED = 22, 3
# Inside a text a plus sign heads points too.
_SIGNS = BULLETS + "+"
# A line that nobody but the weighing takes for the text is so likely of it, where the text stands around it; and shares
# so much of its subject with so many paragraphs. A question needs less.
_AMONG, _SHARED, _COMPARED, _ASKING = 0.8, 0.25, 40, 0.6
# Labels by rules that know what they say.
_KNOWN = ("link_to_pictures", "caption_with_a_credit", "caption_said_twice", "sentence_of_a_link")


def join_series(pieces: list[Piece], drafts: list[Draft], own: Sequence[int], inside: Sequence[float]) -> None:
    """Take lines among those of the main text that are of one series with some of them.

    Args:
        pieces: the lines of the page, labelled.
        drafts: its articles.
        own: the lines that the rules took for the main text.
        inside: of each line how likely it is part of it.
    """
    if not drafts or len(drafts[0].body) < _LEAST:
        return
    main, rules = drafts[0], set(own)
    _take_days(pieces, main)
    _take_cells(pieces, main)
    _take_alike(pieces, main)
    _take_likely(pieces, main, inside)
    _take_lists(pieces, main, rules)
    _take_verses(pieces, main, rules)
    main.reach = max(main.reach, main.body[-1])


def _between(pieces: list[Piece], main: Draft) -> list[int]:
    """Return the lines among those of the text that are in no article and no post, and that no rule knows."""
    body = set(main.body)
    return [
        i
        for i in range(main.body[0], main.body[-1])
        if i not in body
        and pieces[i].kind not in ("tweet", "related_article", "title", "dateline", "tags", "related_marker")
        and pieces[i].rule not in _KNOWN
    ]


def _take_alike(pieces: list[Piece], main: Draft) -> None:
    """Take headings that have the form of two and more headings of the text: a number, a question, a first word."""
    headings = [i for i in main.body if pieces[i].heading]
    if len(headings) < _LEAST:
        return
    asked = sum(pieces[i].text[-1] in "؟?" for i in headings)
    numbers = {_number(pieces[i].text) for i in headings}
    forms = Counter(_form(pieces[i].text) for i in headings)
    below = set(main.body)
    found = []
    for i in _between(pieces, main):
        line = pieces[i]
        if line.words > _HEADING_WORDS or i + 1 not in below or speaks_to_reader(line.folded):
            continue
        form = _form(line.text)
        formed = form is not None and forms[form] >= _LEAST
        if line.mark is not None or (line.kind == "metadata" and not formed):
            continue
        number = _number(line.text)
        if (
            (number and {number - 1, number + 1} & numbers and len(numbers - {0}) >= _LEAST)
            or formed
            or (asked >= _LEAST and line.text[-1] in "؟?")
            or (sum(alike(line.folded, pieces[k].folded) for k in headings) >= _LEAST)
        ):
            found.append(i)
    take_in(pieces, main, found, "heading_of_a_series", heading=True)


def _form(text: str) -> str | None:
    """Return what a heading begins with that others of its series do: an ordinal, a day, an hour."""
    found = _ORDERED.match(fold(text[:20]))
    return found.lastgroup if found is not None else None


def _take_days(pieces: list[Piece], main: Draft) -> None:
    """Take the days of a timeline for headings: lines right above paragraphs of the text, of several years."""
    body = set(main.body)
    days = [i - 1 for i in main.body if i and _is_day(pieces[i - 1]) and not pieces[i].heading]
    above = pieces[main.title or 0 : days[0]] if days else []
    if days and days[0] < main.body[0] and not any(line.mark and line.mark.kind in DAYS for line in above):
        del days[0]  # the day of the text itself
    years = {year.group() for i in days for year in YEAR.finditer(pieces[i].text)}
    if len(days) >= _DAYS and len(years) > 1 and not body.issuperset(days):
        take_in(pieces, main, days, "day_of_a_timeline", heading=True)


def _take_cells(pieces: list[Piece], main: Draft) -> None:
    """Take the cells of a table of which others are of the text: they stand one below the other."""
    body = {*main.body, main.title, main.kicker}
    found: list[int] = []
    for i in main.body:
        if pieces[i].cell:
            for way in (-1, 1):
                j = i + way
                while 0 <= j < len(pieces) and pieces[j].cell and j not in body:
                    body.add(j)
                    found.append(j)
                    j += way
    # Figures of one form among the lines of the text: times, scores.
    times = Counter(DIGITS.sub("0", pieces[i].text) for i in main.body if len(pieces[i].text) <= _CELL)
    found += [
        i
        for i in _between(pieces, main)
        if len(pieces[i].text) <= _CELL and times[DIGITS.sub("0", pieces[i].text)] >= _CELLS
    ]
    take_in(pieces, main, found, "cell_of_a_table", heading=False)


def _is_day(line: Piece) -> bool:
    return (
        line.mark is not None
        and line.mark.kind == "date"
        and line.mark.text == "date line"
        and line.words <= _LEAST * 3
    )


def _number(text: str) -> int:
    """Return the number that a line begins with, or 0."""
    found = _NUMBERED.match(text)
    return int(found[1]) if found else 0


def _take_likely(pieces: list[Piece], main: Draft, inside: Sequence[float]) -> None:
    """Take a line right beside one of the text that the weighing takes for the text, where no mark tells otherwise.

    A question is a heading sooner than a link; anything else has to share its subject with the text.
    """
    body = set(main.body)
    said = " ".join(pieces[i].folded for i in main.body[:_COMPARED])[:WINDOW]
    found = []
    for i in _between(pieces, main):
        line = pieces[i]
        least = _ASKING if line.text[-1] in "؟?" else _AMONG
        if inside[i] < least or line.mark is not None or not {i - 1, i + 1} & body or speaks_to_reader(line.folded):
            continue
        if least == _ASKING or shared(line.folded, said) >= _SHARED:
            found.append(i)
    headings = [i for i in found if not pieces[i].ends and pieces[i].words <= _HEADING_WORDS]
    take_in(pieces, main, headings, "likely_among_the_text", heading=True)
    take_in(pieces, main, [i for i in found if i not in set(headings)], "likely_among_the_text", heading=False)


def _take_lists(pieces: list[Piece], main: Draft, rules: set[int]) -> None:
    """Take back entries of a list that the rules took in: points below a colon, labels with their values."""
    body = set(main.body)
    found: list[int] = []
    i = main.body[0]
    known = body | rules
    end = min(len(pieces), max(known) + 1)
    while i < end:
        run = _run(pieces, i, end, known)
        if len(run) > 1:
            free = [j for j in run if j not in body]
            led = run[0] - 1 in body and pieces[run[0] - 1].text[-1] == ":"
            first = run[0]
            labelled = _is_labelled(pieces[first].text)
            settled = run[0] - 1 in body or any(j in body for j in run)
            if free and settled and ((led and not labelled) or (labelled and len(run) >= _LABELLED)):
                found += free
        i = run[-1] + 1 if run else i + 1
    take_in(pieces, main, found, "entry_of_a_list", heading=False)


def _is_labelled(text: str) -> bool:
    """Whether a line is a label with its value: "الطيران: رحلات يومية"."""
    return text[0].isalpha() and 0 < text.find(":", 0, len(text) - 1) < _LABEL


def _run(pieces: list[Piece], i: int, end: int, known: set[int]) -> list[int]:
    """Return the lines from one on that are points with its sign, or labels with their values."""
    first = pieces[i]
    run: list[int] = []
    pointed = first.text[0] in _SIGNS
    if not pointed and not _is_labelled(first.text):
        return run
    for j in range(i, end):
        line = pieces[j]
        same = line.text[0] == first.text[0] if pointed else _is_labelled(line.text)
        if not same or j not in known or line.words > _HEADING_WORDS or line.mark is not None or line.kind == "tweet":
            break
        if is_credit_row(line.text) or speaks_to_reader(line.folded):
            break
        run.append(j)
    return run


def _take_verses(pieces: list[Piece], main: Draft, rules: set[int]) -> None:
    """Take verses: short lines of nearly one length, of which some are of the text, or of two halves."""
    body = set(main.body)
    run: list[int] = []
    runs = [run]
    for i in range(main.body[0], main.body[-1]):
        if not _could_be_verse(pieces[i]):
            continue
        if run and (run[-1] != i - 1 or pieces[i].gap):
            run = []
            runs.append(run)
        run.append(i)
    found: list[int] = []
    for run in runs:
        free = [i for i in run if i not in body]
        if not free or not 1 < len(run) <= _VERSES or not _as_long([pieces[i].text for i in run]):
            continue
        within = [i for i in run if i in body]
        outer = [i for i in free if not within or not within[0] < i < within[-1]]
        if any(is_credit_line(pieces[i].text) or speaks_to_reader(pieces[i].folded) for i in outer):
            continue  # names below a letter, links
        halves = sum(_has_halves(pieces[i].text) for i in run)
        told = pieces[run[0] - 1].text[-1] == ":" or halves == len(run)
        if run[0] - 1 in body and (told or any(i in body or i in rules for i in run)):
            found += free
    take_in(pieces, main, found, "verse", heading=False)


def _could_be_verse(line: Piece) -> bool:
    least, most = _VERSE_WORDS
    return (
        line.mark is None
        and line.kind not in ("tweet", "related_article", "title")
        and least <= line.words <= 2 * most
        and line.text[-1] not in ".:؟?"
        and line.text[0] not in _SIGNS
        and ":" not in line.text
        and (line.words <= most or _has_halves(line.text))
    )


def _has_halves(text: str) -> bool:
    # Most lines have none of the signs and no blank but the plain one (others cannot be printed); that is seen at once.
    plain = "   " not in text and text.isprintable() and not any(sign in text for sign in _PARTING)
    return not plain and _HALVES.search(text) is not None


def _as_long(texts: Sequence[str]) -> bool:
    return all(min(len(a), len(b)) >= _AS_LONG * max(len(a), len(b)) for a, b in pairwise(texts))
