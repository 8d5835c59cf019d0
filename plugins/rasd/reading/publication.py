"""When an article was published: every day written around it, weighed by what its line says and where it stands.

A day that a line says to be that of publication outweighs a bare one, one between headline and text outweighs one at
the page's edge (which is often today's), and a dateline's is better than none. An update, a printing, a crawler's stamp
are never preferred; a day among the days of other stories is of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rasd.arabic.dates import FoundDate, find_dates
from rasd.reading.lines import has_number
from rasd.reading.marking import words_beside_day
from rasd.reading.model import Published, Span
from rasd.reading.surroundings import Around

_DAY_AND_MONTH = re.compile(
    r"(?:[0-9٠-٩]{1,2}|أول(?=\s))(?:(?P<sign>[ \xa0]*[-/][ \xa0]*)[0-9٠-٩]{1,2}\b"
    r"|[ \xa0]+[^\W\d_]{3,}(?:[ \xa0/]+(?:[أا]ول|[ثت]اني|الأول|الثاني|الآخرة|[^\W\d_]{3,8}(?=[ \xa0]*[(/])))?)"
)
# Rules that know a line for an entry among others.
_ENTRIES = ("entry_of_a_dated_list", "link_in_a_list")
_YEAR = re.compile(r"[0-9٠-٩]{4}")
_MONTH_ALONE = re.compile(r"(?:[0-9٠-٩]{1,2}|أول)[ \xa0]+[^\W\d_]{3,}")
# What a crawler writes above a page may be any day: it counts where the page itself says none.
_STAMP = re.compile(r"date\s+\d{4}-", re.IGNORECASE)
_SAYS_SO = re.compile(
    r"(?<!\w)(?:نُ?شرت?|النشر|تاريخ|بتاريخ|أضيفت?|الإضافة|البث|منشور|[Pp]ublished|[Pp]ublié|[Pp]osted|كتبت?)(?!\w)"
    r"|(?<!\w)العدد\s*:?\s*\(?[0-9٠-٩]"  # a paper's day is that of its issue
)
_UPDATED = re.compile(r"(?<!\w)(?:تحديث|تعديل|حُ?دّ?ث|عُ?دّ?ل|محدّ?ث|التحديث|آخر مراجعة|روجع|[Uu]pdated)(?!\w)")
# Days of something else: of printing, of today, of somebody's birth or joining.
_OF_SOMETHING_ELSE = re.compile(
    r"(?<!\w)(?:طباعة|طُ?بع|الساعة الآن|اليوم هو|انضم|عضو منذ|(?:ال)?(?:ميلاد|ولادة|وفاة|تسجيل|انضمام|تأسيس))(?!\w)"
)
# No line without a part of them is looked at closer.
_SOMETHING_ELSE = ("ط", "ساعة الآن", "اليوم هو", "انضم", "عضو منذ", "ميلاد", "ولادة", "وفاة", "تسجيل", "تأسيس")
# A line of publication facts is short; dates further in are of something else.
_READ, _WORDS = 200, 16
# What each kind of line weighs.
_OF_MARK = {"published": 6.0, "post": 5.5, "date": 5.0, "byline": 4.0, "source": 4.0, "dateline": 4.0, "": 3.5}
# A line that is not known for facts has to say so, or to say little else.
_SAID, _LITTLE_ELSE, _SOME_WORDS = 4.0, 3.5, 2.5
_BETWEEN, _RIGHT_ABOVE_TEXT, _RIGHT_ABOVE, _RIGHT_BELOW, _SAYS, _AGAIN = 1.0, 0.5, 0.8, 0.3, 1.5, 0.5
_AT_THE_TOP, _FAR, _OF_OTHERS, _NO_DAY, _STAMPED = -1.5, -0.5, -2.5, -2.0, 0.1
_DATELINE, _DATELINE_WITHOUT_YEAR = 4.4, 2.5
# So many lines above a headline and below a text are right beside it.
_BESIDE = 3


@dataclass(frozen=True, slots=True)
class _Day:
    """A day written on a line, and how much speaks for it."""

    published: Published
    weight: float
    updated: bool = False


def find_publication(
    around: Around, facts: Iterable[int], where: Span | None, landed: date | None, reports: list[str]
) -> tuple[Published | None, bool]:
    """Return the day of publication, and whether only the time of an update is given instead.

    Args:
        around: the article, and what stands around it.
        facts: the lines of publication facts that belong to it.
        where: its dateline on the page.
        landed: the day the page came.
        reports: takes what was refused.
    """
    known = set(facts)
    days: list[_Day] = []
    for i in sorted(known.union(around.beside(), around.below())):
        days += _on_line(around, i, i in known, landed, reports)
    if where is not None and (day := _dateline_day(where.text, landed)) is not None:
        moved = replace(day, start=where.start + (day.start or 0), end=where.start + (day.end or 0))
        days.append(_Day(moved, _DATELINE if _YEAR.search(day.raw) else _DATELINE_WITHOUT_YEAR))
    said = [day for day in days if not day.updated]
    best = max(said, key=lambda day: day.weight + _AGAIN * _is_again(day, said), default=None)
    if best is not None and best.weight > 0:
        return best.published, False
    return None, any(day.updated for day in days)


def _is_again(day: _Day, days: Sequence[_Day]) -> bool:
    return sum(other.published.date == day.published.date for other in days) > 1


def _on_line(around: Around, i: int, known: bool, landed: date | None, reports: list[str]) -> Iterator[_Day]:
    """Yield the day that a line says, with what speaks for it; none where its form speaks against any."""
    line = around.pieces[i]
    text, kind = line.text[:_READ], line.mark.kind if line.mark else ""
    if known and kind not in (*_OF_MARK, "updated"):
        return
    if not known and (line.words > _WORDS or line.ends or not has_number(text) or _UPDATED.search(text)):
        return
    if line.rule in _ENTRIES or (any(w in text for w in _SOMETHING_ELSE) and _OF_SOMETHING_ELSE.search(text)):
        return
    found: list[FoundDate] = []
    for one in find_dates(text, landed=landed):
        if isinstance(one, FoundDate):
            found.append(one)
        elif known:
            reports.append(f"Refused a date: {one.raw} ({one.reason.replace('_', ' ')}).")
    # A Hijri day beside a Gregorian one says the same; the Gregorian one is the sharper evidence.
    day = min(found, key=lambda f: (f.calendar != "gregorian", f.start), default=None)
    if day is None:
        if kind == "date" and (inferred := _dateline_day(text, landed)) is not None:
            start, end = line.start + (inferred.start or 0), line.start + (inferred.end or 0)
            yield _Day(replace(inferred, start=start, end=end), _DATELINE_WITHOUT_YEAR)
        return
    weight = _of_form(text, kind, day) if known else _of_unknown(text, day)
    if weight is None:
        return
    weight = _STAMPED if _STAMP.match(text) else weight + _of_place(around, i)
    published = Published(day.date, day.precision, day.calendar, day.raw, line.start + day.start, line.start + day.end)
    changed = _UPDATED.search(text) if kind == "updated" else None
    # "17.06.2025 - محدث: 18.06.2025": the day before the word is that of publication.
    yield _Day(published, weight, updated=kind == "updated" and not (changed and day.end <= changed.start()))


def _of_form(text: str, kind: str, day: FoundDate) -> float:
    """Return how much the form of a line of facts speaks for its day."""
    says = _SAYS if kind not in ("published", "post") and _SAYS_SO.search(text) else 0.0
    return _OF_MARK.get(kind, 0.0) + says + (_NO_DAY if day.precision != "day" else 0.0)


def _of_unknown(text: str, day: FoundDate) -> float | None:
    """Return how much the form of any other line speaks for its day; None where it has other things to say."""
    if day.precision != "day":
        return None
    besides = words_beside_day(f"{text[: day.start]} {text[day.end :]}")
    if _SAYS_SO.search(text):
        return _SAID
    return _LITTLE_ELSE if besides <= 2 else _SOME_WORDS if besides <= 5 else None


def _of_place(around: Around, i: int) -> float:
    """Return how much the place of a line speaks for its being of the article."""
    draft = around.draft
    first, last = draft.first, draft.body[-1]
    if i < first:
        top = _AT_THE_TOP if i < 2 and first > i + 1 else 0.0
        return top + (_RIGHT_ABOVE if i >= first - _BESIDE else _FAR)
    if i < draft.body[0]:
        return _BETWEEN + (_RIGHT_ABOVE_TEXT if i == draft.body[0] - 1 else 0.0)
    if i <= last:
        return _RIGHT_ABOVE
    if i <= last + _BESIDE:
        return _RIGHT_BELOW
    above = (line.mark.kind for line in around.pieces[last + 1 : i] if line.mark is not None)
    return _OF_OTHERS if any(kind in ("related", "more", "comments") for kind in above) else _FAR


def _dateline_day(text: str, landed: date | None) -> Published | None:
    """Return the day that a dateline says; without a year only that of the month before the page landed."""
    for one in find_dates(text, landed=landed):
        if isinstance(one, FoundDate):
            return Published(one.date, one.precision, one.calendar, one.raw, one.start, one.end)
    if landed is None or (bare := _DAY_AND_MONTH.search(text)) is None:
        return None
    sign = " - " if bare["sign"] else " "
    # The second name of a month may be an agency behind a stroke: then the first alone says it.
    for raw in dict.fromkeys((bare.group(), *_MONTH_ALONE.findall(bare.group())[:1])):
        numbered = raw.replace("أول", "1", 1) if raw.startswith("أول") else raw
        for year in (landed.year, landed.year - 1):
            for one in find_dates(f"{numbered}{sign}{year}"):
                if isinstance(one, FoundDate) and one.precision == "day" and 0 <= (landed - one.date).days <= 31:
                    return Published(one.date, one.precision, one.calendar, raw, bare.start(), bare.start() + len(raw))
    return None
