"""Breaks inside a text, once it is known which lines make it: strokes of stars, numbers and headings of its parts.

Each of them looks like the end of a text when it is seen alone: three stars like the stroke between two stories, a
number like a page's, a heading below a time like a link. That the text goes on behind them tells what they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rasd.reading.drafts import Draft
from rasd.reading.lines import Piece, is_starred
from rasd.reading.markers import TIMES
from rasd.reading.revising import number_articles, take_in

_NUMBER = re.compile(r"[\s(\[\-–—.]{0,3}([0-9٠-٩]{1,2}|[IVX]{1,4})[\s)\]\-–—.:]{0,3}")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
# Longer lines are no numbers; the first part may have none, so that the first number is two.
_NUMBER_CHARACTERS, _FIRST_NUMBER = 8, 2
# A heading of an entry has so many words at most, and so many entries have one.
_HEADING_WORDS, _LEAST_HEADED = 14, 2


def join_parts(pieces: list[Piece], drafts: list[Draft], own: Sequence[int]) -> None:
    """Put the parts of the main text together, and what heads them.

    Args:
        pieces: the lines of the page, labelled.
        drafts: its articles.
        own: the lines that the rules took for the main text.
    """
    if not drafts or not drafts[0].body:
        return
    _join_behind_stars(pieces, drafts, set(own))
    _take_numbers(pieces, drafts[0])
    _take_headings_of_entries(pieces, drafts[0])
    drafts[0].reach = max(drafts[0].reach, drafts[0].body[-1])


def _join_behind_stars(pieces: list[Piece], drafts: list[Draft], own: set[int]) -> None:
    """Give what stands behind stars back to the text, where no headline says that it is another and the rules agree."""
    main = drafts[0]
    starred: list[int] = []
    for i in range(main.body[-1] + 1, len(pieces)):
        if i in own and pieces[i].prose and pieces[i].article is None and _is_stars(pieces[i - 1]):
            starred.append(i)
        elif not _is_stars(pieces[i]):
            break
    take_in(pieces, main, starred, "behind_stars", heading=False)
    for draft in drafts[1:]:
        above = pieces[draft.body[0] - 1] if draft.body and draft.body[0] else None
        if (
            above is None
            or draft.title is not None
            or draft.kicker is not None
            or not own.issuperset(draft.body)
            or not any(_is_stars(pieces[i]) for i in range(main.body[-1] + 1, draft.body[0]))
        ):
            continue
        for i in draft.body:
            pieces[i].label("main_article", "behind_stars", main.number)
        main.body += draft.body
        draft.body = []
    number_articles(pieces, drafts)


def _is_stars(line: Piece) -> bool:
    return line.known == "ruled" and is_starred(line.text)


def _take_numbers(pieces: list[Piece], main: Draft) -> None:
    """Take numbers that stand alone above paragraphs of the text for the headings of its parts: 1, 2, 3."""
    body = set(main.body)
    found: list[int] = []
    expected = None
    for i in (i - 1 for i in main.body if i):
        line = pieces[i]
        number = _NUMBER.fullmatch(line.text) if len(line.text) <= _NUMBER_CHARACTERS and line.kind != "tweet" else None
        if number is None or not (number[1] in _ROMAN or number[1].isdigit()):
            continue
        said = _ROMAN[number[1]] if number[1] in _ROMAN else int(number[1])
        if said == expected or (expected is None and said <= _FIRST_NUMBER):
            found.append(i)
            expected = said + 1
    if len(found) > 1 and not body.issuperset(found):
        take_in(pieces, main, found, "number_of_a_part", heading=True)


def _take_headings_of_entries(pieces: list[Piece], main: Draft) -> None:
    """Take the line between a time and a paragraph for a heading where several entries have one."""
    body = set(main.body)
    headed, found = 0, []
    for i in main.body:
        if i < 2 or pieces[i].heading:
            continue
        heading, time = pieces[i - 1], pieces[i - 2]
        if time.known not in TIMES or time.words > 8:
            continue
        if i - 1 in body:
            headed += heading.heading
        elif (
            heading.mark is None
            and not heading.glued
            and heading.kind in ("metadata", "navigation")
            and heading.words <= _HEADING_WORDS
            and not heading.ends
            and heading.text[-1] != ":"
        ):
            found.append(i - 1)
    if found and headed + len(found) >= _LEAST_HEADED:
        take_in(pieces, main, found, "heading_of_an_entry", heading=True)
