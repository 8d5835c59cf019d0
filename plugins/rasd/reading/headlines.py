"""The headline of an article, and the kicker above it: a headline shares words with what it heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rasd.arabic.dates import find_dates
from rasd.arabic.text import fold
from rasd.reading.captions import ARCHIVED, is_caption
from rasd.reading.credits import is_credit_line, is_outlet_name, is_person_name, read_credits
from rasd.reading.drafts import Draft
from rasd.reading.leads import take_between
from rasd.reading.lines import BULLETS, Piece, bare
from rasd.reading.markers import FACTS, load_markers
from rasd.reading.model import SegmentKind
from rasd.reading.page import CAPTION_WORDS, Page
from rasd.reading.wording import shared, speaks_of_itself, subject

# A line that shares less with the text is no headline of it.
_LEAST_SCORE = 0.25
# A line that names a writer or a site and ends in brackets has at most so many words.
_CREDIT_WORDS = 6
# Of two lines that say the same, so far apart, the upper one stands in a list.
_NEAR_IT = 6
# A headline below the text has so much of its subject in it.
_OF_THE_TEXT = 0.5
# So many headlines one below the other, the last of which says nothing of the text, are a list.
_LISTED_ABOVE = 5
# Columns: so many lines of a text are looked at, none of them longer than this; the lines of a headline above them are
# a little longer at most, and have so many words. What begins so goes on with the line above it.
_OF_A_COLUMN, _COLUMN, _WIDER, _OF_A_BREAK, _BROKEN_LINES = 8, 60, 1.2, 6, 3
_ON = re.compile(r"(?:إلى|الى|في|على|من|عن|بعد|قبل|مع)\b")
# A writer's name right below a headline has so many words at most.
_OF_A_NAME = 3
# "And" before a verb in the imperfect, before which no letter of a noun stands: "ويلاقي", "وتعود".
_AND_HE = re.compile(r"و[يت][^\W\d_]{3,6}(?<!ة) ")
# An entry of a numbered list.
_LISTED = re.compile(r"[0-9٠-٩]{1,2}\s*[-–.)]\s")
# Who spoke to whom, above what was said: "فلان لـ«الصحيفة»", "فلان:".
_ANNOUNCES = re.compile(r":$|(?<![^\W_])لـ?ـ*\s?[«\"“][^«»\"“”]{2,40}[»\"”]$")
_ASKED = re.compile(r"و?(?:حاور|[أا]جر[ىت])")


class _Above(NamedTuple):
    """What stands above the first sure paragraph of an article, and what a headline is told by.

    `lines` are those that no rule knows, `facts` the lines of facts; `first_long` is the first line that could be a
    headline by its length. `lead` and `context` are the first paragraph and the first ones, folded; `hint` is the
    headline that the page's container gives, folded.
    """

    lines: list[int]
    facts: list[int]
    first_long: int
    times: Counter[str]
    lead: str
    context: str
    hint: str


def take_heads(page: Page, draft: Draft, start: int, anchor: int) -> None:
    """Choose headline and kicker among the lines above the first sure paragraph; label what lies between."""
    above = _look_above(page, draft, start, anchor)
    candidates, names = _candidates(page, above.lines)
    best = _best_headline(page, candidates, above)
    if best is None and candidates:
        best = _headline_by_place(page, draft, candidates, anchor)
    best = _announced(page, best, above.lines)
    draft.title = best
    for i in names:
        # Names far above a headline may be a menu's; near it they are its writer's.
        if i != best and i >= (best if best is not None else anchor) - 3:
            page.pieces[i].label("metadata", "credit_line_beside_headline", draft.number)
            draft.others.append(i)
    free = [i for i in above.lines if page.is_free(i)]
    if best is None:
        draft.body = [i for i in free if draft.role == "main" and page.pieces[i].prose and i >= anchor - 3]
        return
    title = page.pieces[best]
    title.label("title", "headline", draft.number)
    for i in free:
        if i != best and page.pieces[i].folded == title.folded:
            page.pieces[i].label("title", "headline_repeated", draft.number)
    _take_kicker(page, draft, [i for i in free if i < best and page.is_free(i)], above.context)
    take_between(page, draft, [i for i in free if i > best and page.is_free(i)], above.context, anchor)


def _look_above(page: Page, draft: Draft, start: int, anchor: int) -> _Above:
    """Return what stands above the first sure paragraph, down from a line on."""
    lines = [i for i in range(max(start, anchor - 60), anchor) if page.is_free(i)]
    top = max(lines[0] if lines else 0, anchor - 60)
    return _Above(
        lines=lines,
        facts=[i for i in range(top, anchor) if page.mark(i) in FACTS],
        first_long=next((i for i in lines if page.pieces[i].words >= 4), anchor),
        times=Counter(page.pieces[i].folded for i in lines),
        lead=page.text([anchor]),
        context=page.text(list(range(anchor, min(anchor + 8, len(page.pieces))))),
        hint=fold(page.hints.title).strip() if page.hints.title and draft.role == "main" else "",
    )


def _candidates(page: Page, heads: list[int]) -> tuple[list[int], list[int]]:
    """Return which lines above the text could be its headline, and which only name a writer, an outlet, a place."""
    said = [i for i in heads if page.pieces[i].words <= 8 and not page.pieces[i].ends and _names_only(page.pieces[i])]
    rest = [i for i in heads if i not in said]
    if not any(page.pieces[i].words >= 2 for i in rest):
        # A name alone may be a headline, but not with its place or day.
        parted = all(len(read_credits(page.pieces[i].text)) > 1 for i in said)
        return ([], said) if said and parted else (heads, [])
    plain = [i for i in rest if page.pieces[i].text[0] not in BULLETS]
    if not plain and len(rest) > 1:
        return [], said  # points of what is to come
    return (plain if any(page.pieces[i].words >= 4 for i in plain) else rest), said


def _names_only(line: Piece) -> bool:
    """Whether a line says no more than who wrote, who published, or what site this is."""
    return is_credit_line(line.text) or (":" not in line.text and speaks_of_itself(line.text))


def _best_headline(page: Page, candidates: list[int], above: _Above) -> int | None:
    """Return the candidate that shares most with the text below it, by its words and its neighbours; or None."""
    best, best_score = None, _LEAST_SCORE
    for distance, i in enumerate(reversed(candidates)):
        if not _could_head(page, i, above, first=i == candidates[0]):
            continue
        score = _score(page.pieces[i], i, above) - 0.02 * distance
        if score > best_score:
            best, best_score = i, score
    if best is not None:
        # In a list of the latest far above it stood too.
        same = [i for i in candidates if page.pieces[i].folded == page.pieces[best].folded]
        best = same[-1] if same[-1] - best > _NEAR_IT else best
    return best


def _could_head(page: Page, i: int, above: _Above, *, first: bool) -> bool:
    """Whether a candidate could be the headline by its form: it is no caption, and says something."""
    line = page.pieces[i]
    if not 2 <= line.words < 40 or line.foreign:
        return False
    if line.words < CAPTION_WORDS and i in page.repeated and _headed(page, i, above.lines):
        return False  # what stands twice is a headline, but a few words below a longer line are its picture's
    if page.is_caption_twice(i) and above.times[line.folded] <= 2:
        return False
    if is_caption(line.text) and (not first or line.text.rstrip(")").endswith(ARCHIVED)):
        return False
    return bool(subject(line.folded))  # counters and emoji say nothing


def _score(line: Piece, i: int, above: _Above) -> float:
    """Return how much a line shares with the text, and what its neighbours and its form add to that."""
    # Counted with two words more than it has: the one word of a section's name proves little.
    words = len(subject(line.folded))
    weight = words / (words + 2)
    in_lead = shared(line.folded, above.lead)
    score = 1.3 * weight * in_lead + 0.65 * weight * shared(line.folded, above.context)
    # A kicker may share all of its few words with the lead; the headline shares more of them.
    score += 0.12 * min(8, round(in_lead * words))
    score += 0.8 * (above.times[line.folded] > 1) + 4 * (bool(above.hint) and above.hint in line.folded)
    score += 0.5 * any(i < f <= i + 3 for f in above.facts)
    # What stands below the facts, with a line above them that could be the headline, is a caption or a lead.
    score -= 0.6 * any(above.first_long < f < i for f in above.facts)
    score -= 0.5 * (_LISTED.match(line.text) is not None)
    return score - 0.5 * (line.words < 4) - 0.6 * line.text.endswith((")", ":")) - 0.3 * line.text.endswith(".")


def _headed(page: Page, i: int, heads: list[int]) -> bool:
    """Whether a longer line that could be a headline stands above a line, said but once."""
    return any(
        j < i and page.pieces[j].words >= CAPTION_WORDS and j not in page.repeated and not page.pieces[j].ends
        for j in heads
    )


def _headline_by_place(page: Page, draft: Draft, candidates: list[int], anchor: int) -> int | None:
    """Return the last candidate, where only furniture lies between it and the text and it stands in no list."""
    last = page.pieces[candidates[-1]]
    lone = len(candidates) < 2 or candidates[-2] < candidates[-1] - 1 or page.pieces[candidates[-2]].words < 4
    reach = 1 if draft.role != "main" else 12 if lone and last.words > 3 else 3
    bracketed = last.words <= _CREDIT_WORDS and last.text[-1] == ")" and not last.numbered
    if bracketed and shared(last.folded, page.text([anchor])) < 0.5:
        return None  # a writer or a site with more about them in brackets
    if page.mark(candidates[-1] + 1) in FACTS and is_outlet_name(bare(last.text)):
        return None  # who posted it, and when
    listed = candidates[-_LISTED_ABOVE:]
    if (
        len(listed) == _LISTED_ABOVE
        and listed[-1] - listed[0] < _LISTED_ABOVE
        and not shared(last.folded, page.text([anchor]))
    ):
        return None  # the last of a list of other stories
    # Counters and emoji say nothing.
    said = bool(subject(last.folded)) and not page.is_caption_twice(candidates[-1])
    return candidates[-1] if said and last.words > 2 and candidates[-1] >= anchor - reach else None


def _announced(page: Page, best: int | None, heads: list[int]) -> int | None:
    """Return the headline that the line above it announces ("فلان لـ«الصحيفة»:"), else the line."""
    if best is None or not _ANNOUNCES.search(page.pieces[best].text):
        return best
    # Who asked may stand between the two.
    for i in (best + 1, best + 2):
        if i not in heads or page.pieces[i].gap > 1:
            break
        following = page.pieces[i]
        if not (_names_only(following) or _ASKED.match(following.text)):
            return i if following.words >= 3 and not following.ends else best
    return best


def _take_kicker(page: Page, draft: Draft, above: list[int], context: str) -> None:
    """Take the line right above the headline as its kicker, where it stands alone and speaks of the same."""
    if not above or draft.title is None:
        return
    # Who asked may stand between a headline and the line that announces it.
    apart = draft.title - above[-1]
    if apart > 2 or (apart > 1 and not _ANNOUNCES.search(page.pieces[above[-1]].text)):
        return
    line = page.pieces[above[-1]]
    alone = len(above) < 2 or above[-2] < above[-1] - 1 or line.gap > 0
    if not alone or not 4 <= line.words <= 18 or page.pieces[draft.title].gap > 2 or "→" in line.text:
        return
    if shared(line.folded, context) >= 0.2 or line.text[-1] in ".…" or _ANNOUNCES.search(line.text):
        draft.kicker = above[-1]
        line.label("title", "kicker", draft.number)


# What stands on a headline's line before it: the sign of a heading, what a forum writes there, the path to it.
_BEFORE_IT = re.compile(r"(?:#{2,4}[ \xa0]+|مشاهدة النسخة كاملة[ \xa0]*:[ \xa0]*)(?=\S)")
_PATH_BEFORE_IT = re.compile(r".*[ \xa0][/»›>←][ \xa0]+(?=\S+(?: \S+){3})")
# The marks of an item or of a headline: its number, a bullet, stars or strokes on both sides of it. A picture that says
# how it is meant ("🔴", "📌") is the headline's own.
_MARKS = re.compile(
    r"(?:(?P<sign>[*_=★☆—-])(?P=sign){0,3}[ \xa0]*"
    r"|[–•▪●◦■□◼◾◽▫◆◇✔✓🔹🔸🔷🔶①-⑳]\ufe0f?[ \xa0]*|[0-9]\ufe0f?\u20e3[ \xa0]*"
    r"|#?[0-9٠-٩]{1,2}[ \xa0]?(?:[-–.)ـ]|\.\.)[ \xa0]*)+(?=[^\W\d_]|[\"«“]|[^\x00-\u2fff][\ufe0f \xa0]*[^\W\d_])"
)

# When it was told, in brackets or before a colon: "[8:15 م] ", "(26 آب 2024) ", "أول أمس: ".
_TIME_BEFORE_IT = re.compile(
    r"(?:[\[(][^\[\]()]{3,24}[\])]|(?:اليوم|أمس|أول أمس|أول من أمس)[ \xa0]*:)[ \xa0]*(?=\S+(?:[ \xa0]\S+){2})"
)
_CLOCK = re.compile(r"[0-9٠-٩]{1,2}:[0-9٠-٩]{2}(?![0-9٠-٩])")


def _is_time(text: str) -> bool:
    """Whether words before a headline say when it was told: the hour, the day."""
    inside = text.strip(" \xa0[]()")
    return inside[-1:] == ":" or _CLOCK.match(inside) is not None or bool(find_dates(inside))


def before_headline(line: Piece) -> tuple[int, SegmentKind]:
    """Return how many characters of a headline's line stand before it, and what they are."""
    if line.known == "breadcrumb":
        path = _PATH_BEFORE_IT.match(line.text)
        return (path.end() if path is not None else 0), "navigation"
    if ":" in line.text[:_ANNOUNCED]:
        announced = load_markers().find(line.text)
        if announced is not None and announced.kind == "related" and announced.value is not None:
            return announced.value, "related_marker"
    if (told := _TIME_BEFORE_IT.match(line.text)) is not None and _is_time(told.group()):
        marks = _MARKS.match(line.text, told.end())
        return (marks or told).end(), "metadata"
    found = _BEFORE_IT.match(line.text) or _MARKS.match(line.text)
    return (found.end() if found is not None else 0), "boilerplate"


# What announces it stands in so many characters: "اقرأ أيضاً:".
_ANNOUNCED = 30
# Its writer, in brackets.
_WRITER_BEHIND = re.compile(r"[ \xa0]+\((?P<name>[^\W\d_]+(?: [^\W\d_]+){1,3})\)$")


def behind_headline(line: Piece, before: str) -> int:
    """Return how many characters stand behind a headline on its line: those that stand `before` it too, its writer."""
    if (writer := _WRITER_BEHIND.search(line.text)) is not None and is_person_name(writer["name"]):
        return len(writer.group())
    sign = before.strip()[-1:] if before[:1] in "[(" else before.strip()[:1]
    text = line.text.rstrip(sign).rstrip() if sign in tuple("*_=★☆—-") else line.text
    return len(line.text) - len(text) if text else 0


def broken_headline(pieces: Sequence[Piece], draft: Draft) -> range:
    """Return the lines of a headline that was broken as the columns of its text are; of any other the one line.

    Of three lines the first is a kicker, unless the second goes on with it. Whatever the text looks like, a headline
    that begins with "and he meets" goes on with the line above it.
    """
    assert draft.title is not None
    one = range(draft.title, draft.title + 1)
    if draft.title - 1 not in draft.body and _goes_on_above(pieces, draft.title):
        return range(draft.title - 1, draft.title + 1)
    text = [pieces[i] for i in draft.body[:_OF_A_COLUMN]]
    width = _WIDER * max(len(line.text) for line in text)
    if width > _COLUMN or sum(line.ends for line in text) * 3 > len(text):
        return one

    # A kicker that the headline goes on with is a part of it.
    kicker = None if _ON.match(pieces[draft.title].text) else draft.kicker

    def broken(i: int) -> bool:
        line = pieces[i]
        short = 2 <= line.words <= _OF_A_BREAK and len(line.text) <= width and not (line.numbered and line.words < 4)
        named = line.words <= _OF_A_NAME and is_person_name(line.text) and _ON.search(line.text) is None
        signed = line.text[-1] == ")" or ("/" in line.text and is_credit_line(line.text)) or named
        return short and line.mark is None and not line.ends and i != kicker and i < draft.body[0] and not signed

    first = last = draft.title
    while broken(last) and broken(last + 1) and not pieces[last + 1].gap:
        last += 1
    while first and broken(first) and broken(first - 1) and not pieces[first].gap:
        first -= 1
    if last - first > 1 and not _ON.match(pieces[first + 1].text):
        first += 1
    return range(first, last + 1) if last - first < _BROKEN_LINES else one


def _goes_on_above(pieces: Sequence[Piece], title: int) -> bool:
    """Whether a headline goes on with a short line right above it: "العنابي يعبر تونس", "ويلاقي مصر في …"."""
    if not title or _AND_HE.match(pieces[title].text) is None or pieces[title].gap:
        return False
    above = pieces[title - 1]
    return above.mark is None and 3 <= above.words <= _OF_A_BREAK + 2 and not above.ends and above.kind != "tweet"


def take_headline_below(page: Page) -> None:
    """Take the line right below the text for its headline where none stands above and its day follows."""
    if not page.drafts or page.drafts[0].title is not None:
        return
    draft = page.drafts[0]
    i = draft.body[-1] + 1
    if i + 1 >= len(page.pieces) or not page.is_free(i) or page.mark(i + 1) not in FACTS:
        return
    line = page.pieces[i]
    if 4 <= line.words <= 20 and not line.ends and shared(line.folded, page.text(draft.body)) >= _OF_THE_TEXT:
        draft.title = i
        line.label("title", "headline_below_the_text", draft.number)
