"""Dates as the Arabic press writes them.

Month names of every region come from Unicode CLDR (through Babel) and from seeds/months.csv; Hijri dates are
converted by the Umm al-Qura calendar (hijridate). No date is better than a wrong one: what is impossible, lies after
the landing of the page, has no year or could be read in two ways is refused with a reason, and nothing is ever
filled in from the clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from rasd import resources
from rasd.arabic.text import LETTERS, MARKS, fold, fold_with_map
from rasd.errors import SettingError
from rasd.references import numbered_rows

Precision = Literal["day", "month", "year"]
Calendar = Literal["gregorian", "hijri"]
Reason = Literal[
    "impossible",  # no such day, month or year
    "future",  # after the page landed
    "no_year",
    "no_landing_date",  # said relative to a day that is not known
    "imprecise",  # so many hours ago that the day is not certain
    "range",  # from one day to another
    "months_disagree",  # نوفمبر - ديسمبر 2023
    "calendars_disagree",  # a Hijri and a Gregorian date side by side that are not the same day
    "calendar_unclear",  # a year that could be lunar or solar Hijri
    "out_of_range",  # Hijri, outside the Umm al-Qura tables (1343 to 1500)
]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and the words that say it: `raw` is text[start:end].

    A date of precision month or year is the first day of it. `calendar` is the one it was written in (where both are
    written, Gregorian). `relative` tells that it was counted from the landing of the page, `weekday_differs` that the
    day of the week written beside it is another one.
    """

    date: date
    precision: Precision
    calendar: Calendar
    raw: str
    start: int
    end: int
    relative: bool = False
    weekday_differs: bool = False


@dataclass(frozen=True, slots=True)
class RefusedDate:
    """Words that look like a date but are not taken for one, with the reason."""

    reason: Reason
    raw: str
    start: int
    end: int


class _RefusedError(Exception):
    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason


# A page may be landed before midnight where it is still yesterday for the outlet.
_CLOCKS_DIFFER = timedelta(days=1)
# What news reports on; outside of it a number is not a Gregorian year.
_YEARS = range(1500, 2101)
_HIJRI_YEARS = range(1300, 1501)
# An unmarked numeric Hijri year before this could be a solar one (Iran): 1402 was 2023 there and 1981 here.
_SURELY_LUNAR = 1425
_MONTHS = 12
# Umm al-Qura and the sighting of the moon differ by a day or two.
_CALENDARS_DIFFER = timedelta(days=2)
# Longest stretch around a figure that a date with it can take up.
_WINDOW = 72

_WEEKDAYS = {
    "الاثنين": 0, "الاتنين": 0, "الثلاثاء": 1, "الثلاثا": 1, "الاربعاء": 2, "الاربعا": 2, "الخميس": 3, "الجمعه": 4,
    "السبت": 5, "الاحد": 6, "اثنين": 0, "ثلاثاء": 1, "اربعاء": 2, "خميس": 3, "جمعه": 4, "سبت": 5, "احد": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_UNITS = {
    "الاول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الخامس": 5, "السادس": 6, "السابع": 7, "الثامن": 8, "التاسع": 9,
}  # fmt: skip
_ORDINALS = {
    **_UNITS, "العاشر": 10, "الحادي عشر": 11, **{f"{u} عشر": n + 10 for u, n in _UNITS.items() if n > 1},
    "العشرون": 20, "العشرين": 20, "الثلاثون": 30, "الثلاثين": 30,
    **{f"{u} و{t}": n + 20 for t in ("العشرون", "العشرين") for u, n in {**_UNITS, "الحادي": 1}.items() if u != "الاول"},
    "الحادي والثلاثون": 31, "الحادي والثلاثين": 31,
}  # fmt: skip
# The first of a month, also without من: «فاتح ماي».
_FIRST = ("فاتح", "الفاتح", "اول", "غره")
_ORDINALS.update(dict.fromkeys(_FIRST, 1))
# Days or months counted back; hours and minutes in hours. Duals carry their number.
_AGO = {
    "دقيقه": ("hours", 0), "دقيقتين": ("hours", 0), "دقائق": ("hours", 0), "دقايق": ("hours", 0), "ثوان": ("hours", 0),
    "ثانيه": ("hours", 0), "لحظات": ("hours", 0), "ساعه": ("hours", 1), "ساعتين": ("hours", 2), "ساعات": ("hours", 1),
    "يوم": ("days", 1), "يومين": ("days", 2), "ايام": ("days", 1), "اسبوع": ("days", 7), "اسبوعين": ("days", 14),
    "اسابيع": ("days", 7), "شهر": ("months", 1), "شهرين": ("months", 2), "اشهر": ("months", 1), "شهور": ("months", 1),
    "minute": ("hours", 0), "minutes": ("hours", 0), "mins": ("hours", 0), "min": ("hours", 0), "hour": ("hours", 1),
    "hours": ("hours", 1), "day": ("days", 1), "days": ("days", 1), "week": ("days", 7), "weeks": ("days", 7),
    "month": ("months", 1), "months": ("months", 1),
}  # fmt: skip
_COUNTS = {
    "ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4, "خمس": 5, "خمسه": 5, "ست": 6, "سته": 6, "سبع": 7, "سبعه": 7,
    "ثمان": 8, "ثماني": 8, "ثمانيه": 8, "تسع": 9, "تسعه": 9, "عشر": 10, "عشره": 10,
}  # fmt: skip
_DAYS_AGO = {
    "اليوم": 0,
    "امس": 1,
    "البارحه": 1,
    "اول امس": 2,
    "امس الاول": 2,
    "اول من امس": 2,
    "today": 0,
    "yesterday": 1,
}

# The issues of quarterlies: "خريف 2018".
_SEASONS = ("ربيع", "صيف", "خريف", "شتاء")

Months = dict[str, tuple[Calendar, int]]


@lru_cache(maxsize=1)
def _months() -> Months:
    """Return (calendar, month number) of each folded month name."""
    from babel import Locale

    months: Months = {}
    # The last ones date the Arabic pages of broadcasters in Europe and Turkey.
    for language in ("ar", "ar_SY", "ar_DZ", "ar_MA", "ar_MR", "en", "fr", "sv", "de", "nl", "es", "it", "tr"):
        widths = Locale.parse(language).months["format"]
        for width in ("wide", "abbreviated"):
            for number, name in widths[width].items():
                months.setdefault(fold(name), ("gregorian", number))
    path = resources.seeds() / "months.csv"
    for n, row in numbered_rows(path):
        calendar, number, name = row["calendar"], row["month"], fold(row["name"]).strip()
        known = number.isascii() and number.isdigit() and 1 <= int(number) <= _MONTHS
        if calendar not in ("gregorian", "hijri") or not known or not name:
            raise SettingError(
                f"{row['name']!r} is month {number} of the {calendar} calendar",
                where=f"{path}, line {n}",
                do="Write gregorian or hijri, a month from 1 to 12, and its name.",
            )
        months[name] = ("hijri" if calendar == "hijri" else "gregorian", int(number))
    return months


def is_month(word: str) -> bool:
    """Return whether a word is the name of a month, of whatever region and calendar."""
    return fold(word) in _months()


def month_names() -> frozenset[str]:
    """Return the names of months that the press writes, of both calendars, folded."""
    return frozenset(_months())


def _one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; by first letters, so that few of them are tried."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "(?:" + "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items()) + ")"


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a pattern found, as written."""

    day: int | None
    month: int | None
    year: int | None
    calendar: Calendar
    weekday: int | None = None


Reader = Callable[[re.Match[str]], _Parts]
# What a date can begin with; a form is tried only where one of its beginnings stands.
_SHORT_FIGURE, _LONG_FIGURE, _WEEKDAY, _ORDINAL, _MONTH, _YEAR_WORD = (1 << n for n in range(6))


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[int, re.Pattern[str], Reader], ...]:
    """Return the absolute forms over folded text, the more telling before the less telling.

    Each with its beginnings, its pattern and what reads a match of it.
    """
    months = _months()
    letter = f"[{LETTERS}{MARKS}a-z]"
    s, no_letter = "[ \t]{0,3}", f"(?!{letter})"
    month = f"(?P<month>{_one_of(months)}){no_letter}"
    third = f"(?:{s}[-/]{s}{_one_of(months)}{no_letter})?"
    other = f"(?:{s}[-/\\\\(|]?{s}(?P<other>{_one_of(months)}){no_letter}{third}{s}\\)?)?"
    weekday = f"(?:(?<!{letter})(?P<weekday>{_one_of(_WEEKDAYS)})\\.?{no_letter}[ \t,:/|-]{{0,4}})?"
    # The number of an issue is no day: "العدد 47، مايو 2022".
    no_issue = "(?:(?<!عدد )(?<!عدد: )(?<!مجلد )(?<!رقم )|(?=\\d{1,2}[ \t]{0,2}[^ \t\\d,/-]))"
    day = f"(?<![\\d.:]){no_issue}(?P<day>\\d{{1,2}})(?:st|nd|rd|th)?(?![\\d:])"
    ordinal = f"(?<!{letter})(?P<ordinal>{_one_of(_ORDINALS)})"
    of = f"[ \t,./-]{{0,4}}(?:(?:من|of){s})?(?:شهر{s})?"
    mark = f"(?:[ \t]?(?P<mark>م|ميلادي[ها]?|ه\\.?|هجري[ها]?|a\\.?h\\.?|ش){no_letter})?"
    in_year = f"[ \t,./-]{{0,4}}(?:من{s})?(?:(?:ل?ل?عام|العام|سنه|السنه|لسنه){s})?"
    zone = f"(?:[ ,]{{0,2}}(?:gmt|utc){no_letter})?"
    year = f"(?P<year>\\d{{4}})(?!\\d){mark}{zone}"
    prefix = f"(?<!{letter})(?:[وفبل](?={letter}{{3}}))?"
    separator = "[ \t]{0,2}(?P<sep>[-/.\\\\])[ \t]{0,2}"
    # As Chinese agencies write a day and its hour: "2024:11:19.08:55".
    colons = "(?P<year>\\d{4}):(?P<number>\\d{2}):(?P<day>\\d{2})(?=\\.\\d{2}:\\d{2}(?!\\d))(?P<mark>)"
    again = "[ \t]{0,2}(?P=sep)[ \t]{0,2}"
    # Behind a stroke an hour may follow: "2024/05/28-12:30".
    alone, ends = "(?<!\\d)(?<!\\d[-/.])", "(?![\\d])(?![-/.]\\d(?!\\d?:\\d{2}))"
    seasons = _one_of(_SEASONS)
    clock = "(?:t\\d{2}:?\\d{2}(?::?\\d{2}(?:[.,]\\d{1,9})?)?(?:z|[+-]\\d{2}:?\\d{2})?)?"
    number = "(?P<number>\\d{1,2})"
    forms: list[tuple[int, str, Reader]] = [
        (
            _WEEKDAY | _LONG_FIGURE,
            f"{weekday}{alone}(?P<year>\\d{{4}}){separator}{number}{again}(?P<day>\\d{{1,2}}){ends}{clock}{mark}",
            _numeric,
        ),
        (_LONG_FIGURE, f"{alone}{colons}", _numeric),
        (
            _WEEKDAY | _SHORT_FIGURE,
            f"{weekday}{alone}(?P<day>\\d{{1,2}}){separator}{number}{again}(?P<year>\\d{{4}}|\\d{{2}}){ends}{mark}",
            _numeric,
        ),
        (_WEEKDAY | _SHORT_FIGURE, f"{weekday}{day}{of}{month}{other}{in_year}{year}", _named),
        (
            _WEEKDAY | _ORDINAL,
            f"{weekday}{ordinal}[ \t]{{1,3}}من{s}(?:شهر{s})?{month}{other}{in_year}{year}",
            _named,
        ),
        (
            _WEEKDAY | _ORDINAL,
            f"{weekday}(?<!{letter})(?P<ordinal>{_one_of(_FIRST)})[ \t]{{1,3}}(?:شهر{s})?{month}{other}{in_year}{year}",
            _named,
        ),
        (_WEEKDAY | _MONTH, f"{weekday}{prefix}{month}{other}[ .]{{0,2}}{day}[ ,–-]{{1,3}}{year}", _named),
        (_LONG_FIGURE, f"{alone}(?P<year>\\d{{4}})[ ,/-]{{1,3}}{month}{other}[ ,/-]{{1,3}}{day}", _named),
        (_MONTH, f"{prefix}{month}{other}{in_year}{year}", _named),
        (_WEEKDAY | _SHORT_FIGURE, f"{weekday}{day}{of}{month}{other}", _named),
        (_YEAR_WORD, f"(?<!{letter})[وفبل]?(?:ل?ل?عام|العام|سنه|السنه|year|{seasons}){s}{year}", _named),
    ]
    return tuple((beginnings, re.compile(pattern), reader) for beginnings, pattern, reader in forms)


def _weekday(found: re.Match[str]) -> int | None:
    return _WEEKDAYS[name] if (name := found.groupdict().get("weekday")) else None


def _is_hijri(mark: str | None) -> bool:
    return bool(mark) and mark is not None and mark[0] in "هa"


def _numeric(found: re.Match[str]) -> _Parts:
    """Read a date in figures: day, month, year, or year, month, day; month first where it can be read in no other way.

    Two figures of a year are one behind strokes ("/") and stops, as much of the press writes days.
    """
    year, mark = int(found["year"]), found["mark"]
    day, month = int(found["day"]), int(found["number"])
    if mark == "ش":
        raise _RefusedError("calendar_unclear")
    if len(found["year"]) == 2:
        if found["sep"] not in "/.":
            raise _RefusedError("calendar_unclear")
        year += 1900 if year >= 70 else 2000
    hijri = _is_hijri(mark)
    if not hijri and year in _HIJRI_YEARS:
        if year < _SURELY_LUNAR:
            raise _RefusedError("calendar_unclear")
        hijri = True
    if not hijri and day <= _MONTHS < month and found.start("day") < found.start("year"):
        day, month = month, day
    return _Parts(day, month, year, "hijri" if hijri else "gregorian", _weekday(found))


def _named(found: re.Match[str]) -> _Parts:
    """Read a date with a month name, or a year alone."""
    groups = found.groupdict()
    day = int(groups["day"]) if groups.get("day") else _ORDINALS.get(groups.get("ordinal") or "")
    year = int(groups["year"]) if groups.get("year") else None
    name = groups.get("month")
    if name is None:
        hijri = _is_hijri(groups["mark"])
        if not hijri and year in _HIJRI_YEARS:
            raise _RefusedError("calendar_unclear")
        return _Parts(None, None, year, "hijri" if hijri else "gregorian")
    calendar, month = _months()[name]
    if (other := groups.get("other")) and _months()[other] != (calendar, month):
        raise _RefusedError("months_disagree")
    if year is not None and (year in _HIJRI_YEARS) != (calendar == "hijri"):
        raise _RefusedError("impossible" if calendar == "gregorian" else "calendar_unclear")
    return _Parts(day, month, year, calendar, _weekday(found))


def _resolve(parts: _Parts, landed: date | None) -> date:
    """Return the day, or the first day of the month or year.

    Raises:
        _RefusedError: if there is no such day, or it cannot have been meant.
    """
    year = parts.year
    if year is None:
        return _resolve_without_year(parts, landed)
    first = (1 if parts.month is None else parts.month, 1 if parts.day is None else parts.day)
    if parts.calendar == "hijri":
        from hijridate import Hijri

        try:
            day = Hijri(year, *first).to_gregorian()
        except OverflowError:
            raise _RefusedError("out_of_range") from None
        except ValueError:
            raise _RefusedError("impossible") from None
        resolved = date(day.year, day.month, day.day)
    else:
        if year not in _YEARS:
            raise _RefusedError("impossible")
        try:
            resolved = date(year, *first)
        except ValueError:
            raise _RefusedError("impossible") from None
    if landed is not None and resolved > landed + _CLOCKS_DIFFER:
        raise _RefusedError("future")
    return resolved


def _resolve_without_year(parts: _Parts, landed: date | None) -> date:
    """Return the last such day before landing, if its day of the week confirms it."""
    month, day = parts.month, parts.day
    if landed is None or month is None or day is None or parts.weekday is None or parts.calendar != "gregorian":
        raise _RefusedError("no_year")
    for year in (landed.year, landed.year - 1):
        try:
            resolved = date(year, month, day)
        except ValueError:
            continue
        if resolved <= landed + _CLOCKS_DIFFER:
            if resolved.weekday() == parts.weekday:
                return resolved
            break
    raise _RefusedError("no_year")


_RANGE_BEFORE = re.compile(r"(?<![\d:./])(\d{1,2})[ \t]{0,2}(?:[-–/و]|الي|حتي)[ \t]{0,2}$")
_FIGURES = re.compile(r"\d+")
_LETTERS_RUN = re.compile(f"[{LETTERS}{MARKS}a-z]+")
_BEGINNING = re.compile(f"\\d+|[{LETTERS}{MARKS}a-z]+")


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a folded text that are near a figure of one, two or four places."""
    begin = stop = -1
    for found in _FIGURES.finditer(text):
        if found.end() - found.start() > 4:
            continue
        start = max(0, found.start() - _WINDOW, stop)
        if begin >= 0 and found.start() - _WINDOW <= stop:
            stop = found.end() + _WINDOW
            continue
        if begin >= 0:
            yield begin, stop
        begin, stop = start, found.end() + _WINDOW
    if begin >= 0:
        yield begin, stop


@lru_cache(maxsize=1)
def _first_words() -> dict[str, int]:
    """Return the words that a date can begin with, and which beginnings they are."""
    firsts: dict[str, int] = {}
    for kind, names in (
        (_MONTH, _months()),
        (_WEEKDAY, _WEEKDAYS),
        (_ORDINAL, _ORDINALS),
        (_YEAR_WORD, ("عام", "العام", "سنه", "السنه", "year", *_SEASONS)),
    ):
        for name in names:
            if found := _LETTERS_RUN.search(name):
                firsts[found.group()] = firsts.get(found.group(), 0) | kind
    return firsts


def _beginnings(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield where in the stretch a date can begin, and with what: at figures, and at words (و and the like off)."""
    kind = _first_words().get
    for found in _BEGINNING.finditer(text, begin, stop):
        word = found.group()
        if word[0].isdigit():
            yield found.start(), _LONG_FIGURE if len(word) == 4 else _SHORT_FIGURE if len(word) < 3 else 0
        elif kinds := kind(word, 0) | kind(word[1:], 0) | kind(word[2:], 0) | kind(word[3:], 0):
            yield found.start(), kinds


_Raw = tuple[int, int, "FoundDate | Reason"]


def _absolute(text: str, landed: date | None) -> list[_Raw]:
    """Read the absolute dates of a folded text; where two forms overlap, the more telling one stands."""
    results: list[_Raw] = []
    for begin, stop in _windows(text):
        taken = bytearray(stop - begin)
        stop = min(stop, len(text))  # noqa: PLW2901
        beginnings = list(_beginnings(text, begin, stop))
        for begins, pattern, reader in _forms():
            done = begin
            for at in [at for at, kinds in beginnings if kinds & begins]:
                found = pattern.match(text, at, stop) if at >= done else None
                if found is None:
                    continue
                start, end = found.span()
                done = end
                if taken.find(1, start - begin, end - begin) >= 0:
                    continue
                taken[start - begin : end - begin] = b"\1" * (end - start)
                results.append((start, end, _read(text, found, reader, landed)))
    return sorted(results, key=lambda r: r[:2])


def _read(text: str, found: re.Match[str], reader: Reader, landed: date | None) -> FoundDate | Reason:
    start = found.start()
    try:
        parts = reader(found)
        before = _RANGE_BEFORE.search(text, max(0, start - 12), start)
        if reader is _named and parts.day and before and 1 <= int(before[1]) <= 31:
            raise _RefusedError("range")
        resolved = _resolve(parts, landed)
    except _RefusedError as refusal:
        return refusal.reason
    precision: Precision = "year" if parts.month is None else "month" if parts.day is None else "day"
    # A Hijri day begins at sunset, and the moon may have been seen a day earlier or later.
    differs = parts.calendar == "gregorian" and precision == "day" and parts.weekday not in (None, resolved.weekday())
    return FoundDate(
        resolved, precision, parts.calendar, "", 0, 0, relative=parts.year is None, weekday_differs=differs
    )


# Relative forms count only where a line is about its own time: alone, or after a label or a separator. In running
# text they are the day of the article, which is what is being asked for (and «اليوم السابع» is a newspaper).
_BEFORE = "(?:^|[\n:|(•·-]|(?:نشر|نشرت|منشور|تحديث|published|updated|posted))[ \t]{0,3}"
_AFTER = "(?=[ \t]{0,3}(?:$|[\n,|)•·.-]|الساعه|في تمام|at |\\d))"


_RELATIVE_WORDS = ("قبل", "منذ", "ago", *_DAYS_AGO)


@lru_cache(maxsize=1)
def _relative_forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    unit = _one_of(_AGO)
    return (
        re.compile(f"{_BEFORE}(?P<words>(?P<named>{_one_of(_DAYS_AGO)})){_AFTER}"),
        re.compile(
            f"{_BEFORE}(?P<words>(?:قبل|منذ)[ \t]{{1,3}}(?:(?P<n>\\d{{1,3}}|{_one_of(_COUNTS)})[ \t]{{1,3}})?"
            f"(?P<unit>{unit})"
            "(?:[ \t]واحده?)?"
            f"|(?P<m>\\d{{1,3}}|an?)[ \t]{{1,3}}(?P<english>{unit})[ \t]{{1,3}}ago){_AFTER}"
        ),
    )


def _relative(text: str, landed: date | None) -> list[_Raw]:
    if not any(map(text.__contains__, _RELATIVE_WORDS)):
        return []
    days_ago, ago = _relative_forms()
    results: list[_Raw] = [
        (*found.span("words"), _ago("days", _DAYS_AGO[found["named"]], landed)) for found in days_ago.finditer(text)
    ]
    for found in ago.finditer(text):
        unit, size = _AGO[found["unit"] or found["english"]]
        count = found["n"] or found["m"]
        number = int(count) if count and count.isdigit() else _COUNTS.get(count or "", 1)
        results.append((*found.span("words"), _ago(unit, number * size, landed)))
    return results


def _ago(unit: str, number: int, landed: date | None) -> FoundDate | Reason:
    """Count back from the day of landing, which says nothing of what was many hours ago."""
    if landed is None:
        return "no_landing_date"
    precision: Precision = "day"
    if unit == "hours":
        if number > 12:
            return "imprecise"
        day = landed
    elif unit == "days":
        day = landed - timedelta(days=number)
    else:
        months = landed.year * 12 + landed.month - 1 - number
        day, precision = date(months // 12, months % 12 + 1, 1), "month"
    return FoundDate(day, precision, "gregorian", "", 0, 0, relative=True)


_TRAILING = re.compile(f"[\u0640{MARKS}]+")  # the tatweel of هـ, which folding drops
_BESIDE = re.compile(r"[ \t,)]{0,3}(?:(?:ال)?(?:موافق|مصادف)(?:[ \t]?ل|[ \t]?:)?|[-/(=|])?[ \t(]{0,3}")


def _paired(results: list[_Raw], text: str) -> list[_Raw]:
    """Join a Hijri and a Gregorian date that stand side by side: the Gregorian one is the date, both are its words."""
    joined: list[_Raw] = []
    for start, end, result in results:
        if isinstance(result, FoundDate) and joined and isinstance(before := joined[-1][2], FoundDate):
            beside = _BESIDE.fullmatch(text, joined[-1][1], start) is not None
            if beside and result.calendar != before.calendar and result.precision == before.precision == "day":
                kept, lunar = (before, result) if before.calendar == "gregorian" else (result, before)
                if abs(before.date - result.date) <= _CALENDARS_DIFFER:
                    joined[-1] = (joined[-1][0], end, kept)
                    continue
                if lunar is before:
                    joined[-1] = (*joined[-1][:2], "calendars_disagree")
                else:
                    joined.append((start, end, "calendars_disagree"))
                    continue
        joined.append((start, end, result))
    return joined


def find_dates(text: str, *, landed: date | None = None) -> list[FoundDate | RefusedDate]:
    """Return the dates in a text, and the would-be dates that were refused, in order of place.

    Args:
        text: any text; offsets in the result are into it.
        landed: the day the page was landed. Without it relative forms are refused, and no date can be said to lie in
            the future.

    Linear in the length of the text; never raises for any text.
    """
    if _SCRIPTS_MEET.search(text) is None:
        return _dates_of(text, landed)
    # A date said twice in a row, in figures of both scripts: "20.02.2025٢٠ فبراير ٢٠٢٥".
    edges = [0, *(met.start() + 1 for met in _SCRIPTS_MEET.finditer(text)), len(text)]
    return [
        replace(one, start=begin + one.start, end=begin + one.end)
        for begin, end in pairwise(edges)
        for one in _dates_of(text[begin:end], landed)
    ]


_SCRIPTS_MEET = re.compile("[0-9](?=[٠-٩۰-۹])|[٠-٩۰-۹](?=[0-9])")


def _dates_of(text: str, landed: date | None) -> list[FoundDate | RefusedDate]:
    """Return the dates of a text whose figures are of one script where they touch; see `find_dates`."""
    folded = fold_with_map(text)
    results = _paired(_absolute(folded.text, landed), folded.text)
    results = sorted(results + _relative(folded.text, landed), key=lambda r: r[:2])
    dates: list[FoundDate | RefusedDate] = []
    for start, end, result in results:
        first, last = folded.map.to_source(start, end)
        if trailing := _TRAILING.match(text, last):
            last = trailing.end()
        raw = text[first:last]
        if isinstance(result, FoundDate):
            dates.append(replace(result, raw=raw, start=first, end=last))
        else:
            dates.append(RefusedDate(result, raw, first, last))
    return dates
