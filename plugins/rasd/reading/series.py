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
from rasd.reading.credits import is_credit_line, read_credits
from rasd.reading.datelines import find_dateline
from rasd.reading.drafts import Draft
from rasd.reading.interior import alike
from rasd.reading.lines import BULLETS, DIGITS, YEAR, Piece
from rasd.reading.markers import DAYS
from rasd.reading.revising import OF_OTHERS, number_articles, take_in
from rasd.reading.wording import WINDOW, load_words, shared, speaks_to_reader

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
# A name with figures behind it; and what parts the members of a list, of which so many signs show one.
_FIGURES = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}(?:[ \t|]+[-+−]?[0-9٠-٩][0-9٠-٩.,٪%°]*){2,}")
_LISTING, _LISTED = ("،", "؛", " - ", " – ", ","), 4
# Inside a text a plus sign heads points too.
_SIGNS = BULLETS + "+"
# A line that nobody but the weighing takes for the text is so likely of it, where the text stands around it; and shares
# so much of its subject with so many paragraphs. A question needs less.
_AMONG, _SHARED, _COMPARED, _ASKING = 0.8, 0.25, 40, 0.6
# Items of one form that begin with the first line of a text and make all of it, so many at least, are stories of
# their own where those behind the first are on average less likely of it than this, and none is surely of it.
ITEM = "item_of_its_own"
_ITEMS, _OF_ONE_TEXT, _SURELY = 3, 0.5, 0.75
_ITEM = re.compile(
    r"(?P<number>[(\[]?[0-9٠-٩]{1,2}\s?[.):/\]\-–—]+)\s"
    r"|(?P<bracket>\[)[^\W\d_][^\]\n]{1,30}\]\s|[^\W\d_]+(?: [^\W\d_]+){0,2}\s?(?P<sign>[:|–—/-])\s"
)
# A line of so many words behind what interrupts a text, and so likely of it, heads what follows: on waves 14 to 36
# six of six do, of lines right below a paragraph every second.
_RESUMING, _RESUMING_WORDS = 0.55, 5
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
    _take_numbered(pieces, main)
    _take_days(pieces, main)
    _take_cells(pieces, main)
    _take_alike(pieces, main)
    _take_next(pieces, drafts, inside)
    _take_rows(pieces, main, rules)
    _take_likely(pieces, main, inside)
    _take_lists(pieces, main, rules)
    _take_verses(pieces, main, rules)
    _leave_items(pieces, drafts, inside)
    main.reach = max(main.reach, main.body[-1])


def _leave_items(pieces: list[Piece], drafts: list[Draft], inside: Sequence[float]) -> None:
    """Leave the first of several items of one form alone in the text, where those below it are unlikely of it."""
    main = drafts[0]
    first = main.body[0]
    form = _item(pieces[first])
    end = first
    while form is not None and end < len(pieces) and _item(pieces[end]) == form and pieces[end].kind != "tweet":
        end += 1
    items = [*range(first, end)]
    if len(items) < _ITEMS or main.body[-1] >= end:
        return
    others = items[1:]
    if max(inside[i] for i in others) > _SURELY or sum(inside[i] for i in others) >= _OF_ONE_TEXT * len(others):
        return
    main.body = items[:1]
    taken = set(others)
    drafts[1:] = [draft for draft in drafts[1:] if taken.isdisjoint(draft.body)]
    for i in others:
        pieces[i].heading = False
        drafts.append(Draft("related", body=[i], reach=i, number=len(drafts)))
        pieces[i].label("related_article", ITEM, len(drafts) - 1)
    number_articles(pieces, drafts)


def _item(line: Piece) -> str | None:
    """Return the form of an item that a line is: its sign, a number, the sign behind the place where it happened."""
    if not line.prose or line.heading:
        return None
    if line.text[0] in BULLETS:
        return line.text[0]
    found = _ITEM.match(line.text)
    placed = find_dateline(line.text) if found is not None and found["sign"] else None
    if found is None or (found["sign"] and (placed is None or placed.place is None)):
        return None
    return found["sign"] or found.lastgroup


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


def _take_numbered(pieces: list[Piece], main: Draft) -> None:
    """Take headings that are numbered from one on, each above paragraphs of the text, where one of them is of it."""
    body = set(main.body)
    below = (i for i in range(main.body[0], main.body[-1]) if i + 1 in body)
    numbered = [i for i in below if _number(pieces[i].text) and pieces[i].words <= _HEADING_WORDS]
    in_order = [_number(pieces[i].text) for i in numbered] == [*range(1, len(numbered) + 1)]
    if len(numbered) > _LEAST and in_order and not body.isdisjoint(numbered):
        free = set(_between(pieces, main)).intersection(numbered)
        take_in(pieces, main, sorted(i for i in free if pieces[i].mark is None), "heading_of_a_series", heading=True)


def _take_next(pieces: list[Piece], drafts: list[Draft], inside: Sequence[float]) -> None:
    """Take the next number right behind the last paragraph for the next point, if that looks like the text at all."""
    main = drafts[0]
    numbers = {_number(pieces[i].text) for i in main.body if pieces[i].heading} - {0}
    first, second = main.body[-1] + 1, main.body[-1] + 2
    if second >= len(pieces) or len(numbers) < _LEAST:
        return
    heading, told = pieces[first], pieces[second]
    counted = _number(heading.text) == max(numbers) + 1 and heading.words <= _HEADING_WORDS and heading.mark is None
    if counted and told.prose and told.mark is None and min(inside[first], inside[second]) >= _ASKING:
        _take_over(pieces, drafts, [first, second])
        heading.heading = True


def _take_over(pieces: list[Piece], drafts: list[Draft], lines: list[int]) -> None:
    """Take lines into the main text from whatever article they are in."""
    main = drafts[0]
    for draft in drafts[1:]:
        draft.give_up(lines)
    for i in lines:
        pieces[i].label("main_article", "next_of_a_series", main.number)
    main.body = sorted({*main.body, *lines})
    number_articles(pieces, drafts)


def _take_rows(pieces: list[Piece], main: Draft, rules: set[int]) -> None:
    """Take lines next to one of the text that has the form of a row or point that they have, too.

    Between two lines of the text any such line is taken, below its last one those that the rules took for rows.
    """
    body = set(main.body)
    found: list[int] = []
    below = 0
    for i in range(main.body[0] + 1, len(pieces)):
        line, above = pieces[i], pieces[i - 1]
        if i in body:
            continue
        if i - 1 not in body or i == main.title or line.kind in ("tweet", "related_article", "title"):
            if i > main.body[-1]:
                break
            continue
        form = _row(line)
        dated = line.known_by == "date line" and form == "label" and i < main.body[-1]
        same = form == _row(above) or (dated and 0 < above.text.find(":") < 2 * _LABEL and not above.prose)
        sheet = form in ("label", "lists") and line.said[0] in load_words().sheet and (i in rules or i < main.body[-1])
        if form is None or (line.mark is not None and not dated) or not (same or sheet) or line.rule in _KNOWN:
            continue
        if below <= i:  # else the same run goes on
            below = next((j for j in range(i + 1, len(pieces)) if _row(pieces[j]) != form or j in body), len(pieces))
        if (
            sheet
            or form == "lists"
            or (form == "columns" and i in rules)
            or (below in body and form != "label")
            or dated
        ):
            body.add(i)
            found.append(i)
    take_in(pieces, main, found, "row_among_rows", heading=False)


def _row(line: Piece) -> str | None:
    """Return the form of a row or point: its sign, a list behind a label, a name and figures, a label and its value."""
    text = line.text
    if not text[0].isalnum() and text[0] not in "\"'«“([#@":
        return text[0]
    if _FIGURES.fullmatch(text):
        return "columns"
    label = text.find(":", 0, len(text) - 1)
    if not 0 < label < _LABEL:
        return None
    return "lists" if sum(map(text.count, _LISTING)) >= _LISTED and not speaks_to_reader(line.folded) else "label"


def _form(text: str) -> str | None:
    """Return what a heading begins with that others of its series do: an ordinal, a day, an hour."""
    found = _ORDERED.match(fold(text[:20]))
    return found.lastgroup if found is not None else None


def _take_days(pieces: list[Piece], main: Draft) -> None:
    """Take the days of a timeline for headings: lines right above paragraphs of the text, of several years."""
    body = set(main.body)
    days = [i - 1 for i in main.body if i and _is_day(pieces[i - 1]) and not pieces[i].heading]
    above = pieces[main.title or 0 : days[0]] if days else []
    if days and days[0] < main.body[0] and not any(line.known in DAYS for line in above):
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
    return line.known == "date" and line.known_by == "date line" and line.words <= _LEAST * 3


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
    found += [i for i in _between(pieces, main) if i not in found and _heads_behind_furniture(pieces, i, body, inside)]
    last = main.body[-1] + 1
    if last < len(pieces) and inside[last] >= _AMONG and _could_end(pieces[last]):
        found.append(last)
    headings = [i for i in found if not pieces[i].ends and pieces[i].words <= _HEADING_WORDS]
    take_in(pieces, main, headings, "likely_among_the_text", heading=True)
    take_in(pieces, main, [i for i in found if i not in set(headings)], "likely_among_the_text", heading=False)


def _heads_behind_furniture(pieces: list[Piece], i: int, body: set[int], inside: Sequence[float]) -> bool:
    """Whether a short line heads the paragraph below it, behind something that interrupts the text: links end there."""
    line = pieces[i]
    free = line.mark is None and line.words <= _RESUMING_WORDS and line.text[0] not in _SIGNS and line.gap <= 1
    return free and inside[i] >= _RESUMING and i + 1 in body and i - 1 not in body and pieces[i + 1].prose


def _could_end(line: Piece) -> bool:
    """Whether a line right behind the last paragraph may be of the text: no mark, sign, post or story is seen in it."""
    plain = line.mark is None and (line.text[0].isalnum() or line.text[0] in '«"“')
    return plain and line.kind not in OF_OTHERS and line.rule not in _KNOWN and not speaks_to_reader(line.folded)


def _take_lists(pieces: list[Piece], main: Draft, rules: set[int]) -> None:
    """Take back entries of a list that the rules took in: points below a colon, labels with their values."""
    body = set(main.body)
    found: list[int] = []
    i = main.body[0]
    known = body | rules
    end = min(len(pieces), max(known) + 1)
    while i < end:
        run = _run(pieces, i, end, known, body)
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


def _is_credited(text: str) -> bool:
    """Whether a line says who did something for the text: "مبعوثنا إلى العلمة: رفيق بن شيخ"."""
    return any(part.label not in ("", "other") for part in read_credits(text))


def _is_labelled(text: str) -> bool:
    """Whether a line is a label with its value: "الطيران: رحلات يومية"."""
    return text[0].isalpha() and 0 < text.find(":", 0, len(text) - 1) < _LABEL


def _run(pieces: list[Piece], i: int, end: int, known: set[int], body: set[int]) -> list[int]:
    """Return the lines from one on that are points with its sign, or labels with their values."""
    first = pieces[i]
    run: list[int] = []
    pointed = first.text[0] in _SIGNS
    if not pointed and not _is_labelled(first.text):
        return run
    for j in range(i, end):
        line = pieces[j]
        same = line.text[0] == first.text[0] if pointed else _is_labelled(line.text)
        # A list of names behind its label may be long, where it is of the text already.
        long = line.words > _HEADING_WORDS and not (j in body and _row(line) == "lists")
        if not same or j not in known or long or line.mark is not None or line.kind == "tweet":
            break
        if is_credit_row(line.text) or speaks_to_reader(line.folded) or _is_credited(line.text):
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
