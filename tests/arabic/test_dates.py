from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd.arabic import dates
from rasd.arabic.dates import FoundDate, RefusedDate
from rasd.errors import SettingError

LANDED = date(2025, 3, 1)


def scan_dates(text: str, landed: date | None = None) -> tuple[list[FoundDate], list[RefusedDate]]:
    results = dates.find_dates(text, landed=landed)
    assert [r.start for r in results] == sorted(r.start for r in results)
    return (
        [r for r in results if isinstance(r, FoundDate)],
        [r for r in results if isinstance(r, RefusedDate)],
    )


def find_dates(text: str, landed: date | None = None) -> list[FoundDate]:
    return scan_dates(text, landed)[0]


@pytest.mark.parametrize(
    ("text", "day", "raw"),
    [
        # Egypt and Gulf, Levant, Algeria and Tunisia, Morocco, Mauritania
        ("نشر في 8 نوفمبر 2023", "2023-11-08", "8 نوفمبر 2023"),
        ("الأربعاء 8 نوفمبر 2023", "2023-11-08", "الأربعاء 8 نوفمبر 2023"),
        ("5 تشرين الثاني 2023", "2023-11-05", None),
        ("5 كانون الأول، 2023", "2023-12-05", None),
        ("12 جويلية 2024", "2024-07-12", None),
        ("7 أوت 2020", "2020-08-07", None),
        ("3 فيفري 2020", "2020-02-03", None),
        ("3 غشت 2022", "2022-08-03", None),
        ("5 دجنبر 2021", "2021-12-05", None),
        ("26 يوليوز 2022", "2022-07-26", None),
        ("9 شتمبر 2022", "2022-09-09", None),
        ("1 أغشت 2022", "2022-08-01", None),
        # misspelt, vocalised, with hamza moved
        ("8 أغطسس 2021", "2021-08-08", None),
        ("1 ابريل 2021", "2021-04-01", None),
        ("1 إبريل 2021", "2021-04-01", None),
        ("2 مايُو ٢٠٢١م", "2021-05-02", "2 مايُو ٢٠٢١م"),
        ("4 يونيه 2021", "2021-06-04", None),
        # two names for one month
        ("6 يونيو/حزيران 2022", "2022-06-06", None),
        ("6 أبريل / نيسان 2023", "2023-04-06", None),
        ("4 مارس (آذار) 2025", "2025-03-04", "4 مارس (آذار) 2025"),
        ("8 تشرين الأول/أكتوبر 2023", "2023-10-08", None),
        # words and other orders
        ("الثامن من نوفمبر 2023", "2023-11-08", None),
        ("الحادي والعشرين من كانون الأول عام 2022", "2022-12-21", None),
        ("8 من شهر نوفمبر من عام 2023", "2023-11-08", None),
        ("نوفمبر 8, 2023", "2023-11-08", None),
        ("14:30 - 8 نوفمبر 2023", "2023-11-08", "8 نوفمبر 2023"),
        ("الثلاثاء, 26 يوليو, 2022", "2022-07-26", None),
        # figures
        ("٨ نوفمبر ٢٠٢٣", "2023-11-08", "٨ نوفمبر ٢٠٢٣"),
        ("يوم 26 - 07 - 2022", "2022-07-26", "26 - 07 - 2022"),
        ("08/11/2023", "2023-11-08", None),
        ("٢٦\u200f/٠٧\u200f/٢٠٢٢", "2022-07-26", None),
        ("26.07.2022", "2022-07-26", None),
        ("26\\7\\2022", "2022-07-26", None),
        ("11/8/23", "2023-08-11", None),
        ("11.08.23", "2023-08-11", None),
        ("07/26/2022", "2022-07-26", None),  # no month has that number
        ("2022:07:26.08:55", "2022-07-26", "2022:07:26"),
        ("2023/11/08", "2023-11-08", None),
        ("2023-11-08", "2023-11-08", None),
        ("2023-11-08T10:22:00Z", "2023-11-08", None),
        ("2023-11-08T10:22:00.123+03:00", "2023-11-08", None),
        # English
        ("تاريخ النشر: 8th, November 2023 GMT", "2023-11-08", "8th, November 2023 GMT"),
        ("Wed, 08 Nov 2023 10:00:00 GMT", "2023-11-08", "Wed, 08 Nov 2023"),
        ("February 20, 2025", "2025-02-20", None),
        ("Nov. 8th, 2023", "2023-11-08", None),
        # broadcasters of other countries
        ("onsdag 8 november 2023", "2023-11-08", "8 november 2023"),
        ("12 juni 2024", "2024-06-12", None),
        ("8 Kasım 2023", "2023-11-08", None),
        ("13 كانون2/يناير 2015", "2015-01-13", None),
    ],
)
def test_days(text: str, day: str, raw: str | None) -> None:
    (found,) = find_dates(text, landed=date(2025, 3, 5))
    assert (found.date.isoformat(), found.precision, found.calendar) == (day, "day", "gregorian")
    assert text[found.start : found.end] == found.raw
    assert found.raw == (raw if raw is not None else text)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("15 رمضان 1445", "2024-03-25", "day"),
        ("15 رمضان المبارك 1445هـ", "2024-03-25", "day"),
        ("24 ربيع الآخر 1445 هـ", "2023-11-08", "day"),
        ("24 ربيع الثاني ١٤٤٥هـ", "2023-11-08", "day"),
        ("24/4/1445 هـ", "2023-11-08", "day"),
        ("1445/04/24هـ", "2023-11-08", "day"),
        ("1445/4/24", "2023-11-08", "day"),
        ("1 جمادى الأولى 1444", "2022-11-25", "day"),
        ("ذي الحجة 1444", "2023-06-19", "month"),
        ("عام 1445هـ", "2023-07-19", "year"),
    ],
)
def test_hijri(text: str, day: str, precision: str) -> None:
    (found,) = find_dates(text, landed=LANDED)
    assert (found.date.isoformat(), found.precision, found.calendar) == (day, precision, "hijri")
    assert found.raw == text


@pytest.mark.parametrize(
    "text",
    [
        "الأربعاء 24 ربيع الآخر 1445هـ الموافق 8 نوفمبر 2023م",
        "24 ربيع الآخر 1445 هـ - 8 نوفمبر 2023 م",
        "8 نوفمبر 2023 (24 ربيع الآخر 1445هـ",
        "08/11/2023 - 24/4/1445 هـ",
        "23 ربيع الآخر 1445 هـ، الموافق لـ 8 نوفمبر 2023",  # by the moon seen in another country
    ],
)
def test_hijri_beside_gregorian_is_one_date(text: str) -> None:
    found, refused = scan_dates(text, landed=LANDED)
    assert [(f.date, f.calendar, f.raw) for f in found] == [(date(2023, 11, 8), "gregorian", text)]
    assert not refused


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("نوفمبر 2023", "2023-11-01", "month"),
        ("تشرين الثاني/نوفمبر 2023", "2023-11-01", "month"),
        ("March 2023", "2023-03-01", "month"),
        ("عام 2006", "2006-01-01", "year"),
        ("سنة 2006م", "2006-01-01", "year"),
        ("خريف 2018", "2018-01-01", "year"),
    ],
)
def test_months_and_years(text: str, day: str, precision: str) -> None:
    (found,) = find_dates(text)
    assert (found.date.isoformat(), found.precision, found.raw) == (day, precision, text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/02/2023", "impossible"),
        ("13/26/2022", "impossible"),
        ("30 فبراير 2023", "impossible"),
        ("00/00/2023", "impossible"),
        ("8 نوفمبر 9999", "impossible"),
        ("30 شعبان 1446", "impossible"),  # a month of 29 days
        ("8 نوفمبر 2033", "future"),
        ("2 أبريل 2025", "future"),
        ("أبريل 2025", "future"),
        ("عام 2030", "future"),
        ("4 مارس (آذار)", "no_year"),
        ("الأربعاء 8 نوفمبر", "no_year"),  # that day was no Wednesday in the year before landing
        ("8-9 نوفمبر 2023", "range"),
        ("8 و9 نوفمبر 2023", "range"),
        ("نوفمبر - ديسمبر 2023", "months_disagree"),
        ("8 نوفمبر/تشرين الأول 2023", "months_disagree"),
        ("عام 1402", "calendar_unclear"),
        ("1402/8/17", "calendar_unclear"),
        ("15 رمضان 2023", "calendar_unclear"),
        ("08-11-23", "calendar_unclear"),
        ("1 محرم 1340", "out_of_range"),
        ("منذ 20 ساعة", "imprecise"),
    ],
)
def test_no_date_is_better_than_a_wrong_one(text: str, reason: str) -> None:
    found, refused = scan_dates(text, landed=LANDED)
    assert not found
    assert [r.reason for r in refused] == [reason]
    assert text[refused[0].start : refused[0].end] == refused[0].raw


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ("الثلاثاء 5 أغسطس 2025", False),
        ("الأحد 5 أغسطس 2025", True),
        ("Sunday, August 5, 2025", True),
        ("5/8/2025", False),
    ],
)
def test_a_day_of_the_week_that_is_another_one_is_told(text: str, differs: bool) -> None:
    (found,) = find_dates(text)
    assert isinstance(found, FoundDate)
    assert (found.date, found.weekday_differs) == (date(2025, 8, 5), differs)


@pytest.mark.parametrize(("text", "month"), [("3 ك2 2023", 1), ("3 ت١ 2023", 10), ("3 ت٢ 2023", 11), ("٣ ك١ ٢٠٢٣", 12)])
def test_months_in_short_as_beirut_writes_them(text: str, month: int) -> None:
    (found,) = find_dates(text)
    assert isinstance(found, FoundDate)
    assert found.date == date(2023, month, 3)


def test_a_day_said_twice_in_figures_of_both_scripts() -> None:
    text = "مجتمع20.02.2025٢٠ فبراير ٢٠٢٥"
    found = find_dates(text)
    assert [(one.date, one.raw) for one in found] == [  # type: ignore[union-attr]
        (date(2025, 2, 20), "20.02.2025"),
        (date(2025, 2, 20), "٢٠ فبراير ٢٠٢٥"),
    ]
    assert [text[one.start : one.end] for one in found] == [one.raw for one in found]


def test_calendars_that_disagree_leave_the_gregorian_date() -> None:
    found, refused = scan_dates("24 ربيع الآخر 1445هـ الموافق 8 نوفمبر 2022م")
    assert [f.date for f in found] == [date(2022, 11, 8)]
    assert [r.reason for r in refused] == ["calendars_disagree"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("اليوم", "2025-03-01"),
        ("نشر: أمس، الساعة 10:30", "2025-02-28"),
        ("أول أمس", "2025-02-27"),
        ("قبل يومين", "2025-02-27"),
        ("منذ 3 أيام", "2025-02-26"),
        ("آخر تحديث: منذ ٣ ساعات", "2025-03-01"),
        ("قبل أسبوعين", "2025-02-15"),
        ("2 days ago", "2025-02-27"),
        ("منذ ثلاثة أيام", "2025-02-26"),
        ("نشر قبل خمس دقائق", "2025-03-01"),
        ("السبت 1 مارس", "2025-03-01"),
    ],
)
def test_relative_dates_need_a_landing_date(text: str, day: str) -> None:
    (found,) = find_dates(text, landed=LANDED)
    assert found.date.isoformat() == day
    assert found.relative
    nothing, refused = scan_dates(text)
    assert not nothing
    assert refused[0].reason in ("no_landing_date", "no_year")


def test_months_ago_are_a_month() -> None:
    (found,) = find_dates("قبل شهرين", landed=LANDED)
    assert (found.date, found.precision) == (date(2025, 1, 1), "month")


@pytest.mark.parametrize(
    "text",
    ["اليوم السابع", "دول المنطقة اليوم على اتصال", "مارس ضغوطا", "بعد 25 دقيقة", "055-1234567", "منذ 4 سنوات", ""],
)
def test_what_is_not_a_date(text: str) -> None:
    assert scan_dates(text, landed=LANDED) == ([], [])


def test_several_dates_keep_their_places() -> None:
    text = "من 8 نوفمبر 2023 إلى نوفمبر 2024 ثم عام 2025"
    assert [f.raw for f in find_dates(text)] == ["8 نوفمبر 2023", "نوفمبر 2024", "عام 2025"]


def test_a_wrong_month_table_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "months.csv").write_text("calendar,month,name,note\ngregorian,13,شهر,\n", encoding="utf-8")
    monkeypatch.setenv("RASD_SEEDS", str(tmp_path))
    dates._months.cache_clear()
    try:
        with pytest.raises(SettingError, match="month 13"):
            dates._months()
    finally:
        dates._months.cache_clear()


# fmt: off
PIECES = st.sampled_from(
    ["8", "31", "٢٠٢٣", "2023", "1445", "هـ", "م", "نوفمبر", "آذار", "رمضان", "تشرين", "الثاني", "Nov", "الأربعاء",
     "الموافق", "منذ", "أمس", "ساعة", "ago", "/", "-", ".", ":", "(", ")", "،", "ـ", "عام", "من", "th", "T10:00Z",
     "\u200f", "\n"]
)
# fmt: on


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=12).map("".join)))
def test_offsets_lead_to_the_words_and_nothing_raises(text: str) -> None:
    for landed in (None, LANDED):
        found, refused = scan_dates(text, landed=landed)
        for f in [*found, *refused]:
            assert f.start < f.end
            assert text[f.start : f.end] == f.raw
        assert landed is not None or not any(f.relative for f in found)


@pytest.mark.parametrize(
    "hard",
    ["1", "1 ", "8 نوفمبر ", "1/", "نوفمبر ", "منذ 3 ", "2023 ", "8 نوفمبر (", " ", "8 نوفمبر 2023", "15 رمضان 1445 "],
)
def test_time_grows_with_length_only(hard: str) -> None:
    text = hard * (200_000 // len(hard))
    started = time.process_time()
    scan_dates(text)
    assert time.process_time() - started < 15  # seconds; a quadratic search takes minutes
