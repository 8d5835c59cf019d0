"""How sure a reading is: a number per article, and in words what lowered it.

Of a main article the number is the chance that its text is exactly right. What the page shows moves the odds: how
likely the least sure line is where it was put, what was taken in or out against the rules, what interrupts the text,
how much there is of it. The weights lie in `weights/`, with the card that says how they were made and what they are
worth; `rasd.training.confidence` makes them again, from pages that the weights of the lines had not seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rasd.reading.drafts import Draft
from rasd.reading.evidence import weigh_evidence
from rasd.reading.facts import Facts
from rasd.reading.lines import Piece

TABLE, BESIDE = "confidence", "confidence_beside"
# What each doubt costs beside the odds. They multiply: two middling doubts weigh as much as one grave one. What is
# weighed with the odds costs no more.
_COST = {"grave": 0.5, "plain": 0.75, "slight": 0.9, "weighed": 1.0}
# Arabic words have so many letters at most; looked at in so many characters.
_LONGEST_WORD, _BEGINNING = 15, 60
# A line that is as likely as this where it was put leaves no doubt that is worth telling.
_SURE = 0.95
# By how much the evidence told a headline beside the main article from a heading, in steps.
_MARGINS = (0.5, 1.0, 2.0, 3.0)
# So many lines behind such an article may be its own; it is short with fewer words than this.
_BEHIND, _SHORT = 3, 25
# What a line beside an article is that was never asked for as its text.
_TEXTS = ("related_article", "main_article")
_OTHER_KINDS = ("tweet", "title", *_TEXTS)
# How sure the least sure line is, in steps: each that it does not reach is evidence.
_STEPS = (0.995, 0.99, 0.98, 0.95, 0.9, 0.8, 0.7, 0.5)


def judge(
    draft: Draft, pieces: list[Piece], facts: Facts, inside: Sequence[float] = ()
) -> tuple[float, tuple[str, ...]]:
    """Return the confidence of an article in 0..1 and the doubts that lowered it, the gravest first.

    `inside` says of each line how likely it is part of the main text (see `revising`), or of an article beside it.
    """
    doubts = sorted(_doubts(draft, pieces, facts), key=lambda doubt: [*_COST].index(doubt[0]))
    told: tuple[str, ...] = ()
    chance = 1.0
    if draft.body and len(inside) == len(pieces):
        main = draft.role == "main"
        said = evidence(draft, pieces, inside) if main else evidence_beside(draft, pieces, inside)
        chance = 1 / (1 + math.exp(-weigh_evidence(TABLE if main else BESIDE, said)))
        least, doubt = _least_sure(draft, pieces, inside) if main else _least_sure_beside(draft, pieces, inside)
        told = (doubt,) if least < _SURE else ()
    confidence = math.prod((_COST[grade] for grade, _ in doubts), start=chance)
    return round(confidence, 3), (*told, *(doubt for _, doubt in doubts))


def evidence(draft: Draft, pieces: Sequence[Piece], inside: Sequence[float]) -> frozenset[str]:
    """Return what a page shows of whether the text of its main article is exactly right."""
    least, _ = _least_sure(draft, pieces, inside)
    body = set(draft.body)
    interrupted = any(later - one > 1 for one, later in pairwise(draft.body))
    weighed = {i in body for i, line in enumerate(pieces) if line.rule.startswith("weighed")}
    return frozenset((
        *(f"a line less sure than {step}" for step in _STEPS if least < step),
        *(("interrupted",) if interrupted else ()),
        *("taken in against the rules" if one else "left out against the rules" for one in weighed),
        *(("headings in it",) if any(pieces[i].heading for i in draft.body) else ()),
        *(("one paragraph",) if len(draft.body) == 1 else ()),
    ))  # fmt: skip


def evidence_beside(draft: Draft, pieces: Sequence[Piece], beside: Sequence[float]) -> frozenset[str]:
    """Return what a page shows of whether the text of an article beside the main one is exactly right.

    `beside` says of each line how likely it is of any such article.
    """
    least, _ = _least_sure_beside(draft, pieces, beside)
    first, last = draft.body[0], pieces[draft.body[-1]]
    return frozenset((
        *(f"a line less sure than {step}" for step in _STEPS if least < step),
        *(f"told apart by less than {margin}" for margin in _MARGINS if draft.margin < margin),
        *(("interrupted",) if any(later - one > 1 for one, later in pairwise(draft.body)) else ()),
        *(("headings in it",) if any(pieces[i].heading for i in draft.body) else ()),
        *(("one paragraph",) if len(draft.body) == 1 else ()),
        *(("no headline",) if draft.title is None else ()),
        *(("its headline farther above",) if draft.title is not None and first - draft.title > 1 else ()),
        *(("short",) if sum(pieces[i].words for i in draft.body) < _SHORT else ()),
        *(("ends without a stop",) if not last.ends else ()),
        *(("short lines in it",) if any(not pieces[i].prose and not pieces[i].heading for i in draft.body) else ()),
        *(("right below another text",) if draft.first and pieces[draft.first - 1].kind in _TEXTS else ()),
        *(("one of several",) if draft.number > 1 else ()),
    ))  # fmt: skip


def _doubts(draft: Draft, pieces: Sequence[Piece], facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield what makes an article doubtful whatever its lines are like: how much, and in words."""
    body = [pieces[i] for i in draft.body]
    words = sum(line.words for line in body)
    yield from (("plain", doubt) for doubt in dict.fromkeys(draft.doubts))
    main = draft.role == "main"
    if draft.title is None:
        yield "plain" if main else "weighed", "no headline was found"
    if words < _SHORT:
        yield "grave" if main else "weighed", f"its text is very short ({words} words)"
    unfinished = sum(line.words for line in body if not line.ends and not line.heading)
    if words and unfinished > words * 0.6:
        yield "grave", "most of its lines are no finished sentences"
    elif words and unfinished > words * 0.3:
        yield "slight", "many of its lines are no finished sentences"
    if len(body) == 1 and words > 1500:
        yield "plain", "the whole text stands on one line"
    if body and any(len(word) > _LONGEST_WORD for word in body[0].text[:_BEGINNING].split()):
        yield "grave", "its first words run into one another"
    last = pieces[draft.body[-1] + 1 : draft.body[-1] + 2] if draft.body else []
    if last and last[0].known == "truncation":
        yield "plain", "the text was cut off at its source"
    if main:
        outside = sum(line.words for line in pieces if line.rule in ("text_outside_articles", "text_after_the_end"))
        if outside > max(40, words * 0.3):
            yield "plain", "much text on the page belongs to no article found"
    yield from (("slight", doubt) for doubt in facts.doubts)


def _least_sure(draft: Draft, pieces: Sequence[Piece], inside: Sequence[float]) -> tuple[float, str]:
    """Return the least chance that a line of the page is rightly in the main text or out of it, in words too."""
    body = {i for i in draft.body if not pieces[i].cell}
    least = min(body, key=inside.__getitem__, default=draft.body[0])
    own = set(draft.body) | {draft.title, draft.kicker}
    beside = [
        i
        for i, line in enumerate(pieces)
        if i not in own and line.kind not in ("tweet", "related_article", "title") and not line.cell
    ]
    return _less_sure(least, beside, inside)


def _least_sure_beside(draft: Draft, pieces: Sequence[Piece], beside: Sequence[float]) -> tuple[float, str]:
    """Return the same for an article beside the main one; what stands near it may be its own too."""
    least = min(draft.body, key=beside.__getitem__)
    near = [
        i
        for i in range(draft.first, min(draft.body[-1] + 1 + _BEHIND, len(pieces)))
        if pieces[i].kind not in _OTHER_KINDS and i not in draft.body
    ]
    return _less_sure(least, near, beside)


def _less_sure(least: int, left_out: Sequence[int], inside: Sequence[float]) -> tuple[float, str]:
    """Return which is less sure, and how sure: the least likely line of a text, or that none of the others is of it."""
    most = max(left_out, key=inside.__getitem__, default=None)
    if most is not None and 1 - inside[most] < inside[least]:
        return 1 - inside[most], "a line that was left out may be part of the text"
    return inside[least], "a line of it may be no part of the text"
