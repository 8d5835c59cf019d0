"""The day of publication: of several days on a page the one that is the article's, by what its line says and where."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rasd.reading.reader import read

_TITLE = "أهالي الوادي يعيدون بناء جسر الحجر بعد عامين من السيول"
_TEXT = (
    "أنهى أهالي قرى الوادي بناء جسر الحجر الذي جرفته السيول قبل عامين، بعد أن جمعوا كلفته من تبرعات صغيرة.",
    "وقال المشرف على العمل إن الحجارة نقلت من مقلع قريب على ظهور الدواب، وإن ستين رجلا تناوبوا على رفعها.",
    "وأضاف أن الجسر سيفتح أمام المشاة أولا، على أن تعبره السيارات بعد أن تفحصه لجنة من مهندسي البلدية.",
)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        # The site's own clock above, the article's day below the headline.
        (["الجمعة 9 يناير 2026", "الأخبار", "محليات", _TITLE, "8 يناير 2026", *_TEXT], "2026-01-08"),
        (["date 2026-01-19", _TITLE, "الأحد 4 مارس 2024", *_TEXT], "2024-03-04"),
        (["date 2026-01-19", _TITLE, *_TEXT], "2026-01-19"),
        # Days that are of something else.
        ([_TITLE, *_TEXT, "تمت طباعة الخبر في: الأحد, 08-فبراير-2026 الساعة: 04:11 م"], None),
        ([_TITLE, "آخر تحديث: 5 مارس 2024", "4 مارس 2024", *_TEXT], "2024-03-04"),
        # Below the text, without a mark.
        ([_TITLE, *_TEXT, "في الثلاثاء 11 يناير-كانون الثاني 2022 06:51:44 م"], "2022-01-11"),
        # Datelines: two towns, the reporter beside the agency, the first of the month.
        ([_TITLE, "طبرقة 3 أفريل 2025 (وات/تحرير سالم الخطيب) - " + _TEXT[0], *_TEXT[1:]], "2025-04-03"),
        ([_TITLE, "فاليتا/طرابلس 1 مارس آذار (رويترز) - " + _TEXT[0], *_TEXT[1:]], "2025-03-01"),
        ([_TITLE, "سوهاج في أول مارس /أ ش أ/", *_TEXT], "2025-03-01"),
        # Beside the headline, with the writer or a counter, how long ago it was or the day itself.
        ([_TITLE, "صدى الوادي منذ يومين", *_TEXT], "2026-02-27"),
        ([_TITLE, "من صدى الوادي بواسطة سليم الراوي أمس 18:22", *_TEXT], "2026-02-28"),
        ([_TITLE, "قبل 12 د", *_TEXT], "2026-03-01"),
        (
            ["السبت 22 مارس 2025 – العدد 4862", "الأخبار", _TITLE, "17-03-2025, 21:33 عدد المشاهدات: 3906", *_TEXT],
            "2025-03-17",
        ),
        # Two days on one line: the one that is said to be of publication; what was reviewed later is not.
        ([_TITLE, "تاريخ الندوة: 8/6/2024 تاريخ النشر: 11/6/2024", *_TEXT], "2024-06-11"),
        ([_TITLE, "آخر تحديث: 30/06/2024 15:10 | نشر: 29/06/2024 14:02", *_TEXT], "2024-06-29"),
        ([_TITLE, "آخر مراجعة 20 نوفمبر، 2023", *_TEXT], None),
        ([_TITLE, "تاريخ الطباعة: 03-05-2024", *_TEXT], None),
        # A quarterly's issue; a month below a letter.
        ([_TITLE, "عدد خريف 2018", *_TEXT], "2018-01-01"),
        ([_TITLE, *_TEXT, "مارس 2019"], "2019-03-01"),
        # Only the text says it.
        (
            [_TITLE, "كشف رئيس البلدية، اليوم الاثنين (1 أيلول 2025)، عن بناء الجسر. " + _TEXT[0], *_TEXT[1:]],
            "2025-09-01",
        ),
        ([_TITLE, "صلالة 22 شوال 1446 هـ الموافق 20 أبريل 2025 م (صدى) – " + _TEXT[0], *_TEXT[1:]], "2025-04-20"),
        ([_TITLE + "13 نيسان 2025، 19:32", *_TEXT], "2025-04-13"),
        # With its figures in one, the year first, an hour behind a stroke, the first of a month by its own word.
        ([_TITLE, "20250413", *_TEXT], "2025-04-13"),
        ([_TITLE, "نُشر: 2021 يناير 30", *_TEXT], "2021-01-30"),
        ([_TITLE, "2024/05/28-12:30", *_TEXT], "2024-05-28"),
        ([_TITLE, "نُشر في غرة رجب 1445", *_TEXT], "2024-01-13"),
        # The number of an issue is no day, the day of an issue is.
        ([_TITLE, "العدد 47، مايو 2022", *_TEXT], "2022-05-01"),
        ([_TITLE, "عدد 23 ديسمبر 2022", *_TEXT], "2022-12-23"),
        # Beside a change, as one of several facts, with yesterday's name.
        ([_TITLE, "جرى تحديث هذا المحتوى يوم 11 يونيو 2021 نُشر: 10 يونيو 2021 - 11:00", *_TEXT], "2021-06-10"),
        ([_TITLE, "آخر مراجعة 30 يناير 2024 | نشر أول مرة 2 أكتوبر 2023", *_TEXT], "2023-10-02"),
        ([_TITLE, *_TEXT, "صدى الوادي الثقافي الأسبوعي / وهران / 29 ماي 2008 / الثمن 10 دنانير لا غير"], "2008-05-29"),
        ([_TITLE, "أمس السبت، 11:42 مساءً", *_TEXT], "2026-02-28"),
        # When the page was made, said as a label.
        ([_TITLE, "أُنشئ: 13 فبراير 2024 آخر تعديل: 15 فبراير 2024", *_TEXT], "2024-02-13"),
        ([_TITLE, *_TEXT, "موقع صدى الوادي أنشئ في 13 فبراير 2004"], None),
        # As a network dates its posts.
        (["صدى الوادي", "2 س · 🌐", _TITLE, *_TEXT], "2026-03-01"),
        (["صدى الوادي", "١ مارس الساعة ٥:٤٠ م ·", *_TEXT], "2025-03-01"),
    ],
)
def test_the_day_is_the_article_s_own(lines: list[str], day: str | None) -> None:
    landed = date(2025, 3, 2) if day == "2025-03-01" else date(2026, 3, 1)
    published = read("\n".join(lines), landed=landed).articles[0].published
    assert (published and published.date.isoformat()) == day


def test_a_day_with_three_names_of_its_month_is_a_day() -> None:
    published = read("\n".join((_TITLE, "2 نيسان (أبريل - أفريل)، 2019", *_TEXT))).articles[0].published
    assert published is not None
    assert (published.date, published.precision) == (date(2019, 4, 2), "day")


def test_days_of_an_archive_and_of_a_correction_are_not_those_of_publication() -> None:
    text = "أقرت البلدية ميزانية السوق القديم بعد جلسة طويلة، وقررت ترميم سقفه قبل الشتاء وفتح بابه الثاني للتجار."
    head = "البلدية تقر ميزانية السوق\nتصويب بتاريخ 29 فبراير 2024\nالإثنين 26 فبراير 2024"
    page = f"{head}\n{text}\nتاريخ الأرشفة: 3/11/2025"
    published = read(page).articles[0].published
    assert published is not None
    assert published.date.isoformat() == "2024-02-26"


@pytest.mark.parametrize(
    "line",
    [
        "تأسست صدى الوادي في 5 أغسطس 1975",
        "رخصة رقم 12 بتاريخ 5/8/1999",
        "صورة التقطت في 5 مايو 2019",
        "آخر موعد للتسجيل 5 أغسطس 2025",
        "© Copyright 5 August 2019",
        "Last modified: 5 August 2025",
        "نشر في 5 و6 أغسطس 2025",
    ],
)
def test_a_day_of_something_else_is_worse_than_none(line: str) -> None:
    for page in ((line, _TITLE, *_TEXT), (_TITLE, line, *_TEXT), (_TITLE, *_TEXT, line)):
        assert read("\n".join(page), landed=date(2026, 3, 1)).articles[0].published is None


def test_a_day_of_the_week_that_does_not_fit_is_reported() -> None:
    reading = read("\n".join((_TITLE, "تاريخ النشر: الأحد 5 أغسطس 2025", *_TEXT)))
    assert reading.articles[0].published is not None
    assert reading.articles[0].published.date.isoformat() == "2025-08-05"
    assert any("الأحد 5 أغسطس 2025" in report for report in reading.reports)


def test_a_page_that_landed_at_a_known_hour_is_read_like_any_other() -> None:
    page = "\n".join((_TITLE, "سوهاج في أول مارس /أ ش أ/", *_TEXT))
    by_day, by_hour = (read(page, landed=landed) for landed in (date(2025, 3, 2), datetime(2025, 3, 2, 14)))
    assert by_day == by_hour
    page = "\n".join((_TITLE, "تاريخ النشر: 31 فبراير", *_TEXT))
    assert read(page, landed=datetime(2025, 3, 2, 14)).articles[0].published is None
