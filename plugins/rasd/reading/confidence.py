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

TABLE = "confidence"
# What each doubt costs beside the odds. They multiply: two middling doubts weigh as much as one grave one.
_COST = {"grave": 0.5, "plain": 0.75, "slight": 0.9}
# Arabic words have so many letters at most; looked at in so many characters.
_LONGEST_WORD, _BEGINNING = 15, 60
# A line that is as likely as this where it was put leaves no doubt that is worth telling.
_SURE = 0.95
# How sure the least sure line is, in steps: each that it does not reach is evidence.
_STEPS = (0.995, 0.99, 0.98, 0.95, 0.9, 0.8, 0.7, 0.5)


def judge(
    draft: Draft, pieces: list[Piece], facts: Facts, inside: Sequence[float] = ()
) -> tuple[float, tuple[str, ...]]:
    """Return the confidence of an article in 0..1 and the doubts that lowered it, the gravest first.

    `inside` says of each line how likely it is part of the main text (see `revising`).
    """
    doubts = sorted(_doubts(draft, pieces, facts), key=lambda doubt: [*_COST].index(doubt[0]))
    confidence = math.prod((_COST[grade] for grade, _ in doubts), start=1.0)
    told: tuple[str, ...] = ()
    if draft.role == "main" and draft.body and len(inside) == len(pieces):
        confidence /= 1 + math.exp(-weigh_evidence(TABLE, evidence(draft, pieces, inside)))
        least, doubt = _least_sure(draft, pieces, inside)
        told = (doubt,) if least < _SURE else ()
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


def _doubts(draft: Draft, pieces: Sequence[Piece], facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield what makes an article doubtful whatever its lines are like: how much, and in words."""
    body = [pieces[i] for i in draft.body]
    words = sum(line.words for line in body)
    yield from (("plain", doubt) for doubt in dict.fromkeys(draft.doubts))
    if draft.title is None:
        yield "plain", "no headline was found"
    if words < 25:
        yield "grave", f"its text is very short ({words} words)"
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
    if last and last[0].mark and last[0].mark.kind == "truncation":
        yield "plain", "the text was cut off at its source"
    if draft.role == "main":
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
    most = max(beside, key=inside.__getitem__, default=None)
    if most is not None and 1 - inside[most] < inside[least]:
        return 1 - inside[most], "a line that was left out may be part of the text"
    return inside[least], "a line of it may be no part of the text"
