"""Whether the first paragraph of a text is its standfirst: told again by the text, or in another voice.

Nothing of the paragraph itself decides: a lead, too, says in two sentences what happened. What a reader goes by is the
paragraph below. A lead is gone on with ("and he added"), below a standfirst the text begins anew: a report, a scene at
a door in the morning, a person with his full name; and what was said above is said once more in the same words. So all
of that is weighed together, and what the weighing of all lines says of the first paragraph with it.

The weights lie in `weights/standfirsts.csv`; `rasd.training.standfirsts` makes them again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rasd.arabic.text import fold
from rasd.reading.credits import is_given_name
from rasd.reading.datelines import find_dateline
from rasd.reading.evidence import weigh_evidence
from rasd.reading.lines import BULLETS, Piece
from rasd.reading.openings import find_opening
from rasd.reading.wording import CORES, begins_report, goes_on, load_words

TABLE = "standfirsts"
# So many words a standfirst has, and so many paragraphs below it are compared with it.
WORDS, COMPARED = (5, 60), 5
# What is known of it weighs more than so much of the odds by which the weighing of all lines takes it for text, over
# those of a paragraph that may be none. Precision comes first: that a text loses its lead is the worse mistake.
OF_THE_ODDS, ORDINARY = 0.5, 2.0
# Of an even likelier line nothing is asked.
SURELY_TEXT = 0.999
_LENGTHS = (8, 14, 20, 28, 40)
_SHARES = (0.01, 0.15, 0.3, 0.45, 0.6)
_SAID_AGAIN = (0.03, 0.08, 0.15, 0.25, 0.4)
_BEGINNING = 12
_NAME_WORDS = 4
_DAYS = frozenset(
    map(
        fold,
        ("اليوم", "أمس", "غدا", "السبت", "الأحد", "الاثنين", "الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة"),
    )
)
_SAYING = frozenset(
    map(fold, ("قال", "قالت", "يقول", "تقول", "أعلن", "أعلنت", "أكد", "أكدت", "أوضح", "ذكر", "ذكرت", "كشف"))
)
# Of whom the text goes on to tell by no more of his name it has told before.
_GOING_ON = "below: who was named above"
_IN = ("في", "فى")
_LABELLED = re.compile(r"[^\s:]+(?: [^\s:]+){0,2}\s?[:：]")
_WITHIN = re.compile(r"[.؟!…]\s")
# Who asks behind what he told asks on: the question of an interview stands alone.
_ASKING = re.compile(r"[.؟!…:]\s|[،؛]\sف")


def is_standfirst(line: Piece, below: Sequence[Piece], title: Piece | None, likely: float) -> bool:
    """Return whether the first paragraph of a text is its standfirst.

    Args:
        line: the paragraph.
        below: the paragraphs of the text that follow it, headings left out.
        title: the headline; without one nothing stands between it and the text.
        likely: how likely the paragraph is of the text, by the weighing of all lines.
    """
    if title is None or likely > SURELY_TEXT or not could_be(line, below):
        return False
    said = evidence(line, below, title)
    odds = math.log(max(likely, 0.01) / (1 - likely))
    return _GOING_ON not in said and weigh_evidence(TABLE, said) > OF_THE_ODDS * max(0.0, odds - ORDINARY)


def could_be(line: Piece, below: Sequence[Piece]) -> bool:
    """Return whether a first paragraph has a standfirst's form: no point, question or row, nothing that it leads to."""
    if not below or not WORDS[0] <= line.words <= WORDS[1] or line.cell or line.foreign:
        return False
    if line.text[0] in BULLETS or below[0].text[0] in BULLETS or line.text[-1] == ":":
        return False
    asked = line.text[-1] in "؟?" and _ASKING.search(line.text) is None
    return not asked and _LABELLED.match(line.text) is None and _LABELLED.match(below[0].text) is None


def evidence(line: Piece, below: Sequence[Piece], title: Piece | None) -> frozenset[str]:
    """Return what speaks for and against a first paragraph's being a standfirst."""
    return frozenset(_evidence(line, below[:COMPARED], title))


def _evidence(line: Piece, below: Sequence[Piece], title: Piece | None) -> Iterator[str]:
    following = below[0]
    yield f"below: {_beginning(following)}"
    yield f"paragraphs: {_step(len(below), (2, 4, 8))}"
    yield f"words: {_step(line.words, _LENGTHS)}"
    yield f"words below: {_step(following.words, _LENGTHS)}"
    yield f"begins a report: {begins_report(line.text)}"
    yield f"sentences: {min(len(_WITHIN.findall(line.text)), 2)}"
    if line.text[-1] in "؟?":
        yield "ends with a question"
    for which, one in (("", line), (" below", following)):
        if not _DAYS.isdisjoint(one.said):
            yield f"day{which}"
        if not _SAYING.isdisjoint(one.said):
            yield f"says{which}"
        if find_dateline(one.text) is not None or find_opening(one.text) is not None:
            yield f"dateline{which}"
    yield f"form: {_form(line)}, below: {_form(following)}"
    yield f"form: {_form(line)}"
    yield f"form below: {_form(following)}"
    if not load_words().telling.isdisjoint(line.said):
        yield "of itself"
    yield from _of_names(line, following)
    yield from _of_words(line, below, title)


def _form(line: Piece) -> str:
    """Return what the first word of a paragraph is by its form: of a place, of a scene, of a verb in the present."""
    first = line.said[0] if line.said else ""
    if first in _IN:
        return "in"
    if first in load_words().scene:
        return "scene"
    return "present" if first[:1] in ("ي", "ت") and len(first) > 4 else "else"


def _beginning(line: Piece) -> str:
    """Return how a paragraph begins, seen from the one above."""
    text = line.text
    if goes_on(text):
        return "goes on"
    if text[0] == "و":
        return "and"
    if begins_report(text):
        return "a report"
    if text[0] in "\"«“'":
        return "a quotation"
    return "else"


def _of_names(line: Piece, following: Piece) -> Iterator[str]:
    ours, theirs = _names(line.said), _names(following.said[:_BEGINNING])
    known = set(line.said)
    for name in theirs:
        # Who is named above and goes on below is called by less of his name.
        if known.isdisjoint(name):
            yield f"below: somebody else, by full name: {len(name) > 1}"
        elif len(name) > 1:
            yield "below: who was named above, by full name"
        else:
            yield _GOING_ON
    yield f"names: {bool(ours)}"


def _names(words: Sequence[str]) -> list[list[str]]:
    """Return the names of people in folded words: a given name, and what could be the rest of it."""
    found: list[list[str]] = []
    open_ = False
    for word in words:
        given = len(word) > 2 and is_given_name(word)
        if open_ and len(found[-1]) < _NAME_WORDS and (given or word.startswith("ال")):
            found[-1].append(word)
        elif given:
            found.append([word])
            open_ = True
        else:
            open_ = False
    return found


def _of_words(line: Piece, below: Sequence[Piece], title: Piece | None) -> Iterator[str]:
    own, theirs = _subject(line.said), _subject(below[0].said)
    rest = set(theirs)
    pairs = set(pairwise(below[0].said))
    for one in below[1:]:
        rest |= _subject(one.said)
        pairs.update(pairwise(one.said))
    yield f"told below: {_step(len(own & theirs) / max(1, len(own)), _SHARES)}"
    yield f"told in the text: {_step(len(own & rest) / max(1, len(own)), _SHARES)}"
    again = sum(pair in pairs for pair in pairwise(line.said))
    yield f"words side by side again: {_step(again / max(1, len(line.said) - 1), _SAID_AGAIN)}"
    if title is not None:
        headed = _subject(title.said)
        shares = (_step(len(headed & words) / max(1, len(headed)), (0.01, 0.3, 0.6)) for words in (own, theirs))
        yield f"of the headline: {next(shares)}, below: {next(shares)}"


def _subject(words: Sequence[str]) -> set[str]:
    """Return the cores of folded words that say what a text is about."""
    found = set(map(CORES.__getitem__, words))
    found.discard("")
    return found


def _step(value: float, edges: Sequence[float]) -> int:
    """Return how many edges a value reaches."""
    return sum(value >= edge for edge in edges)
