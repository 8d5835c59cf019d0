"""How sure a reading is: a number per article, and in words what lowered it."""

from __future__ import annotations

from collections.abc import Sequence

from rasd.reading.drafts import Draft
from rasd.reading.facts import Facts
from rasd.reading.lines import Piece

# What each doubt costs. They multiply, so that two middling doubts weigh as much as one grave one.
_COST = {"grave": 0.5, "plain": 0.75, "slight": 0.9}
# Arabic words have so many letters at most; looked at in so many characters.
_LONGEST_WORD, _BEGINNING = 15, 60


# A line whose chance of being where it was put is at least this leaves no doubt; one below it makes the text as sure as
# its chance, and a fifth less. On 230 pages that neither rules nor weights had seen, .86 of the texts without a more
# doubtful line were exact, .70 of those whose least sure line had .8 to .95, .45 of those with less.
_SURE, _LESS = 0.95, 0.8


def judge(
    draft: Draft, pieces: list[Piece], facts: Facts, inside: Sequence[float] = ()
) -> tuple[float, tuple[str, ...]]:
    """Return the confidence of an article in 0..1 and the doubts that lowered it, the gravest first.

    `inside` says of each line how likely it is part of the main text (see `revising`); a line of the main article
    for which that is low, or one outside for which it is high, lowers the confidence to its chance.
    """
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
    if body and any(len(word) > _LONGEST_WORD for word in body[0].text[:_BEGINNING].split()):
        doubts.append(("grave", "its first words run into one another"))
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
    told: tuple[str, ...] = ()
    if draft.role == "main" and len(inside) == len(pieces) and draft.body:
        chance, doubt = _least_sure(draft, pieces, inside)
        if chance < _SURE:
            confidence, told = _LESS * chance, (doubt,)
    for grade, _ in doubts:
        confidence *= _COST[grade]
    return round(confidence, 3), (*told, *(doubt for _, doubt in doubts))


def _least_sure(draft: Draft, pieces: list[Piece], inside: Sequence[float]) -> tuple[float, str]:
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
