"""How sure a reading is: a number per article, and in words what lowered it."""

from __future__ import annotations

from rasd.reading.assembly import Draft
from rasd.reading.facts import Facts
from rasd.reading.lines import Piece

# What each doubt costs. They multiply, so that two middling doubts weigh as much as one grave one.
_COST = {"grave": 0.5, "plain": 0.75, "slight": 0.9}


def judge(draft: Draft, pieces: list[Piece], facts: Facts) -> tuple[float, tuple[str, ...]]:
    """Return the confidence of an article in 0..1 and the doubts that lowered it, the gravest first."""
    body = [pieces[i] for i in draft.body]
    words = sum(line.words for line in body)
    doubts: list[tuple[str, str]] = [("plain", doubt) for doubt in dict.fromkeys(draft.doubts)]
    if draft.title is None:
        doubts.append(("plain", "no headline was found"))
    if words < 25:
        doubts.append(("grave", f"its text is very short ({words} words)"))
    unfinished = sum(line.words for line in body if not line.ends and not line.heading)
    if words and unfinished > words * 0.6:
        doubts.append(("grave", "most of its lines are no finished sentences"))
    elif words and unfinished > words * 0.3:
        doubts.append(("slight", "many of its lines are no finished sentences"))
    if len(body) == 1 and words > 1500:
        doubts.append(("plain", "the whole text stands on one line"))
    last = pieces[draft.body[-1] + 1 : draft.body[-1] + 2] if draft.body else []
    if last and last[0].mark and last[0].mark.kind == "truncation":
        doubts.append(("plain", "the text was cut off at its source"))
    if draft.role == "main":
        outside = sum(line.words for line in pieces if line.rule in ("text_outside_articles", "text_after_the_end"))
        if outside > max(40, words * 0.3):
            doubts.append(("plain", "much text on the page belongs to no article found"))
    doubts += [("slight", doubt) for doubt in facts.doubts]
    order = list(_COST)
    doubts.sort(key=lambda d: order.index(d[0]))
    confidence = 1.0
    for grade, _ in doubts:
        confidence *= _COST[grade]
    return round(confidence, 3), tuple(doubt for _, doubt in doubts)
