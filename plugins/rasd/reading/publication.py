"""When an article was published: every day written around it, weighed by what its line says and where it stands.

A day that a line says to be that of publication outweighs a bare one, one between headline and text outweighs one at
the page's edge (which is often today's), and a dateline's is better than none. An update, a printing, a crawler's stamp
are never preferred; a day among the days of other stories is of theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from rasd.arabic.dates import FoundDate, find_dates
from rasd.arabic.text import fold
from rasd.reading.lines import has_number
from rasd.reading.marking import words_beside_day
from rasd.reading.model import Published, Span
from rasd.reading.surroundings import Around
from rasd.reading.wording import WEEKDAYS, load_words

_DAY_AND_MONTH = re.compile(
    r"(?:[0-9٠-٩]{1,2}|أول(?=\s))(?:(?P<sign>[ \xa0]*[-/][ \xa0]*)[0-9٠-٩]{1,2}\b"
    r"|[ \xa0]+[^\W\d_]{3,}(?:[ \xa0/]+(?:[أا]ول|[ثت]اني|الأول|الثاني|الآخرة|[^\W\d_]{3,8}(?=[ \xa0]*[(/])))?)"
)
# As an application dates its posts in English: "January 19".
_MONTH_AND_DAY = re.compile(r"[A-Za-z]{3,9} [0-9]{1,2}(?P<sign>)")
# Rules that know a line for an entry among others.
_ENTRIES = ("entry_of_a_dated_list", "link_in_a_list")
_YEAR = re.compile(r"[0-9٠-٩]{4}")
_MONTH_ALONE = re.compile(r"(?:[0-9٠-٩]{1,2}|أول)[ \xa0]+[^\W\d_]{3,}")
# What a crawler writes above a page may be any day: it counts where the page itself says none.
_STAMP = re.compile(r"date\s+\d{4}-", re.IGNORECASE)
_SAYS_SO = re.compile(
    r"(?<!\w)(?:نُ?شرت?|النشر|تاريخ|بتاريخ|أضيفت?|الإضافة|البث|منشور|[Pp]ublished|[Pp]ublié|[Pp]osted|كتبت?)(?!\w)"
)
# A paper's day is that of its issue; what stands below the headline is the article's own.
_OF_AN_ISSUE = re.compile(r"(?<!\w)العدد\s*:?\s*\(?[0-9٠-٩]")
_UPDATED = re.compile(
    r"(?<!\w)(?:تحديث|تعديل|حُ?دّ?ث|عُ?دّ?ل|محدّ?ثة?|التحديث|آخر مراجعة|روجع|[Uu]pdated|[Mm]odified)(?!\w)"
)
# A year that a text speaks of, and no issue: "عام 2024".
_ANY_YEAR = re.compile(r"(?:ل?ل?عام|العام|سنة|السنة)(?!\w)")
# The word that stands right before the day of publication where other days stand on its line; or as a label, "أُنشئ:".
_PUBLISHED_ON = re.compile(
    r"(?<!\w)(?:ال)?(?:نُ?شرت?|أضيفت?|[Pp]ublished)(?: أول مرة)?(?: (?:في|بتاريخ))?\s*:?\s*\W{0,3}$"
    r"|^أُ?نشئت?\s*:\s*$"
)
# And on a line that tells of a change besides: "جرى تحديث هذا المحتوى يوم 11 يونيو 2021 نُشر: 10 يونيو 2021".
_ON = re.compile(r"(?<!\w)نُ?شر(?: في)?\s?:")
# Said on a line of a few words with nothing around it that would part it: "صوت الأطلس منذ يوم واحد", "أمس 18:22".
_TOLD_AGO = re.compile(
    r"(?<!\w)(?:(?:قبل|منذ)[ \xa0](?:[0-9٠-٩]{1,3}[ \xa0])?[^\W\d_]{1,7}(?:[ \xa0]واحدة?)?"
    r"|^[0-9٠-٩]{1,2}[ \xa0]?[سدي](?=[ \xa0]?[·•])"
    rf"|(?:أمس|اليوم)(?=(?:\s{WEEKDAYS})?(?:\W*$|[ \xa0،,]{{1,2}}[0-9٠-٩]{{1,2}}:)))(?!\w)"
)
# "قبل 12 د", "منذ 3 س", and as networks write it "3 س ·": units in short.
_SHORT_UNITS = {"د": "دقيقة", "س": "ساعات", "ي": "أيام"}
# "20240413", on a line of a few words.
_COMPACT = re.compile(r"(?<!\w)(20[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?!\d)")
_COMPACT_WORDS = 4
# What parts facts on one line.
_BETWEEN_FACTS = re.compile(r"\||\s[/–—-]\s")
_WORD = re.compile(r"\w+")
# Days of something else: of printing, of today, of an archive, of a correction, of somebody's birth or joining.
_OF_SOMETHING_ELSE = re.compile(
    r"(?<!\w)(?:طُ?بع|الساعة الآن|اليوم هو|انضم|عضو منذ"
    r"|(?:ال)?(?:طباعة|ميلاد|ولادة|وفاة|تسجيل|انضمام|تأسيس|أرشفة|تصويب|تصحيح))(?!\w)"
)
# No line without a part of them is looked at closer.
_SOMETHING_ELSE = (
    "ط",
    "ساعة الآن",
    "اليوم هو",
    "انضم",
    "عضو منذ",
    "ميلاد",
    "ولادة",
    "وفاة",
    "تسجيل",
    "تأسيس",
    "رشفة",
    "تصويب",
    "تصحيح",
)
# A line of publication facts is short; dates further in are of something else.
_READ, _WORDS = 200, 16
# A line that tells how long ago it was written has so many words at most.
_TELLING = 10
# What each kind of line weighs.
_OF_MARK = {"published": 6.0, "post": 5.5, "date": 5.0, "byline": 4.0, "source": 4.0, "dateline": 4.0, "": 3.5}
# A line that is not known for facts has to say so, or to say little else.
_SAID, _LITTLE_ELSE, _SOME_WORDS, _PARTED = 4.0, 3.5, 2.5, 1.5
_LITTLE, _SOME = 2, 5
_BETWEEN, _RIGHT_ABOVE_TEXT, _RIGHT_ABOVE, _RIGHT_BELOW, _SAYS, _AGAIN = 2.5, 0.5, 0.8, 0.3, 1.5, 0.5
_OF_ISSUE = 0.8
_AT_THE_TOP, _FAR, _OF_OTHERS, _NO_DAY, _STAMPED = -1.5, -0.5, -2.5, -2.0, 0.1
_DATELINE, _DATELINE_WITHOUT_YEAR = 4.4, 2.5
# The day that a text tells of as its own, in its first so many characters; anything else that says a day is better.
_IN_THE_TEXT, _HEAD = 1.0, 300
_TODAY = re.compile(rf"(?<!\w)اليوم,?،?\s(?:{WEEKDAYS}\s?)?(?:(?:الموافق|المصادف)\s)?[(\[،,]?\s?$")
_HOUR = re.compile(r"[ \xa0]*[-–،,|.]?[ \xa0]*(?:الساعة[ \xa0]*)?[0-9٠-٩]{1,2}:[0-9٠-٩]{2}(?![0-9٠-٩])")
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
    for i in sorted(known.union(around.beside, around.below)):
        days += _on_line(around, i, i in known, landed, reports)
    if where is not None and (day := _dateline_day(where.text, landed)) is not None:
        moved = replace(day, start=where.start + (day.start or 0), end=where.start + (day.end or 0))
        days.append(_Day(moved, _DATELINE if _YEAR.search(day.raw) else _DATELINE_WITHOUT_YEAR))
    said = [day for day in days if not day.updated]
    if not any(day.weight > _IN_THE_TEXT for day in said):
        said += _in_the_text(around, landed)
    times = Counter(day.published.date for day in said)
    best = max(said, key=lambda day: day.weight + _AGAIN * (times[day.published.date] > 1), default=None)
    if best is not None and best.weight > 0:
        return best.published, False
    return None, any(day.updated for day in days)


def _in_the_text(around: Around, landed: date | None) -> Iterator[_Day]:
    """Yield the day that headline or first paragraph say to be theirs: "اليوم الاثنين (1 أيلول 2025)".

    Or that of a line of facts that was glued to them: it says so, or the hour stands behind it.
    """
    draft = around.draft
    first = next((i for i in draft.body if not around.pieces[i].heading), draft.body[0])
    for line in (around.pieces[i] for i in (draft.kicker, draft.title, first) if i is not None):
        head = line.text[:_HEAD]
        if not has_number(head):
            continue
        for one in find_dates(head, landed=landed):
            if isinstance(one, FoundDate) and one.precision == "day" and one.calendar != "hijri":
                before, behind = head[: one.start], head[one.end :]
                if _TODAY.search(before) or _PUBLISHED_ON.search(before) or _HOUR.match(behind):
                    where = line.start + one.start, line.start + one.end
                    yield _Day(Published(one.date, one.precision, one.calendar, one.raw, *where), _IN_THE_TEXT)
                    break


def _on_line(around: Around, i: int, known: bool, landed: date | None, reports: list[str]) -> Iterator[_Day]:
    """Yield the day that a line says, with what speaks for it; none where its form speaks against any."""
    line = around.pieces[i]
    text, kind = line.text[:_READ], line.known
    ago = _TOLD_AGO.search(text) if landed is not None and line.words <= _TELLING and i < around.draft.body[0] else None
    if known and kind not in (*_OF_MARK, "updated") and ago is None and not (kind == "correction" and _ON.search(text)):
        return
    if not known and (line.words > _WORDS or line.ends or _UPDATED.search(text)):
        return
    if ago is None and not has_number(text):
        return
    if line.rule in _ENTRIES or (any(map(text.__contains__, _SOMETHING_ELSE)) and _OF_SOMETHING_ELSE.search(text)):
        return
    found: list[FoundDate] = []
    for one in find_dates(text, landed=landed):
        if isinstance(one, FoundDate):
            found.append(one)
        elif known:
            reports.append(f"Refused a date: {one.raw} ({one.reason.replace('_', ' ')}).")
    if not found and line.words <= _COMPACT_WORDS and (compact := _COMPACT.search(text)) is not None:
        spelt = (one for one in find_dates("-".join(compact.groups()), landed=landed) if isinstance(one, FoundDate))
        found += [replace(one, raw=compact.group(), start=compact.start(), end=compact.end()) for one in spelt]
    said = {f.start for f in found if _PUBLISHED_ON.search(text, 0, f.start)} if len(found) > 1 else ()
    # A Hijri day beside a Gregorian one says the same; the Gregorian one is the sharper evidence.
    day = min(found, key=lambda f: (f.start not in said, f.calendar != "gregorian", f.start), default=None)
    if day is None and ago is not None:
        day = _told_ago(ago, landed)
    if day is not None and day.relative and around.draft.body[0] < i <= around.draft.body[-1]:
        return  # how long ago an entry of a live page was written
    if day is None:
        if (kind == "date" or _MONTH_AND_DAY.fullmatch(text)) and (inferred := _dateline_day(text, landed)) is not None:
            start, end = line.start + (inferred.start or 0), line.start + (inferred.end or 0)
            yield _Day(replace(inferred, start=start, end=end), _DATELINE_WITHOUT_YEAR)
        return
    weight = _of_form(text, kind, day) if known else _of_unknown(text, day)
    if weight is None or (kind != "published" and _is_of_something_else(text, day)):
        return
    weight = _STAMPED if _STAMP.match(text) else weight + _of_place(around, i)
    if day.weekday_differs and known:
        reports.append(f"The day of the week beside a date is that of another one: {day.raw}.")
    published = Published(day.date, day.precision, day.calendar, day.raw, line.start + day.start, line.start + day.end)
    changed = _UPDATED.search(text)
    # "17.06.2025 - محدث: 18.06.2025": the day before the word is that of publication.
    own = day.start in said or (changed is not None and day.end <= changed.start())
    later = kind == "updated" or (changed is not None and changed.start() < day.start)
    yield _Day(published, weight, updated=later and not own)


def _is_of_something_else(text: str, day: FoundDate) -> bool:
    """Whether the words before a day, back to what parts facts, say that it is not of the text (`elsewhen`)."""
    first = max((m.end() for m in _BETWEEN_FACTS.finditer(text, 0, day.start)), default=0)
    if _PUBLISHED_ON.search(text, first, day.start):
        return False  # what stands right before the day decides
    words = _WORD.findall(fold(text[first : day.start]))
    elsewhen = load_words().elsewhen
    return not elsewhen.isdisjoint(words) or any(" ".join(pair) in elsewhen for pair in pairwise(words))


def _told_ago(ago: re.Match[str], landed: date | None) -> FoundDate | None:
    """Return the day that a stretch of time before the landing of the page was."""
    words = ago.group().split()
    words[-1] = _SHORT_UNITS.get(words[-1], words[-1])
    if words[0].isdigit():
        words.insert(0, "منذ")
    for one in find_dates(" ".join(words), landed=landed):
        if isinstance(one, FoundDate):
            return replace(one, start=ago.start(), end=ago.end(), raw=ago.group())
    return None


def _of_form(text: str, kind: str, day: FoundDate) -> float:
    """Return how much the form of a line of facts speaks for its day."""
    says = 0.0
    if kind not in ("published", "post"):
        says = _SAYS if _SAYS_SO.search(text) else _OF_ISSUE if _OF_AN_ISSUE.search(text) else 0.0
    return _OF_MARK.get(kind, 0.0) + says + (_NO_DAY if day.precision != "day" else 0.0)


def _of_unknown(text: str, day: FoundDate) -> float | None:
    """Return how much the form of any other line speaks for its day; None where it has other things to say."""
    besides = words_beside_day(f"{text[: day.start]} {text[day.end :]}")
    if day.precision != "day":
        # "عدد خريف 2018", "مارس 2019": the line says no more.
        little = besides <= 1 and not _ANY_YEAR.match(day.raw)
        return _LITTLE_ELSE + _NO_DAY if little else _SAID + _NO_DAY if _OF_AN_ISSUE.search(text) else None
    if _SAYS_SO.search(text) or _OF_AN_ISSUE.search(text) or _HOUR.match(text[day.end :]):
        return _SAID
    if besides <= _SOME:
        return _LITTLE_ELSE if besides <= _LITTLE else _SOME_WORDS
    # Facts that strokes part: the day has a part of its own.
    first = max((m.end() for m in _BETWEEN_FACTS.finditer(text, 0, day.start)), default=0)
    last = behind.start() if (behind := _BETWEEN_FACTS.search(text, day.end)) is not None else len(text)
    alone = words_beside_day(f"{text[first : day.start]} {text[day.end : last]}") <= 1
    return _PARTED if alone and (first or last < len(text)) else None


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
    above = around.pieces[last + 1 : i]
    return _OF_OTHERS if any(line.known in ("related", "more", "comments") for line in above) else _FAR


def _dateline_day(text: str, landed: date | None) -> Published | None:
    """Return the day that a dateline says; without a year only that of the month before the page landed."""
    for one in find_dates(text, landed=landed):
        if isinstance(one, FoundDate):
            return Published(one.date, one.precision, one.calendar, one.raw, one.start, one.end)
        if one.reason != "no_year":
            return None
    if landed is None or (bare := _MONTH_AND_DAY.fullmatch(text) or _DAY_AND_MONTH.search(text)) is None:
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
