"""Names that lines hold between other words: found by what stands around them, wherever on the page that is."""

from __future__ import annotations

import pytest

from rasd.reading import mentions
from rasd.reading.candidates import key_of
from rasd.reading.evidence import NONE, load_table
from rasd.reading.mentions import Mention, find_mentions
from rasd.reading.reader import draft_page, read

_TITLE = "أهالي الوادي يعيدون بناء جسر الحجر بعد عامين من السيول"
_TEXT = (
    "أنهى أهالي قرى الوادي بناء جسر الحجر الذي جرفته السيول قبل عامين، بعد أن جمعوا كلفته من تبرعات صغيرة.",
    "وقال المشرف على العمل إن الحجارة نقلت من مقلع قريب على ظهور الدواب، وإن ستين رجلا تناوبوا على رفعها.",
    "وأضاف أن الجسر سيفتح أمام المشاة أولا، على أن تعبره السيارات بعد أن تفحصه لجنة من مهندسي البلدية.",
)


def _page(*below: str, text: tuple[str, ...] = _TEXT) -> str:
    return "\n".join((_TITLE, "4 مارس 2024", *text, *below))


@pytest.mark.parametrize(
    "line",
    [
        "حمّلوا تطبيق رواق الهضبة على هواتفكم",
        "يمنع نقل أي مادة دون الإشارة إلى صحيفة رواق الهضبة",
        "موقع رواق الهضبة غير مسؤول عن محتوى الروابط الخارجية",
        "جميع الحقوق محفوظة لدى رواق الهضبة",
        "تمت إعادة نشر هذا المقال بإذن من صحيفة رواق الهضبة",
        "رواق الهضبة موقع إخباري مستقل يعنى بأخبار القرى",
    ],
)
def test_a_sentence_of_the_furniture_names_the_outlet(line: str) -> None:
    outlet = read(_page(line)).articles[0].outlet
    assert outlet is not None
    assert key_of(outlet) == key_of("رواق الهضبة")


@pytest.mark.parametrize(
    "line",
    [
        "تابعونا على واتساب وتلغرام",
        "تصميم وبرمجة شركة النخلة للحلول",
        "اشتركوا في نشرتنا البريدية",
        "جميع الحقوق محفوظة",
    ],
)
def test_a_line_that_names_others_names_no_outlet(line: str) -> None:
    assert read(_page(line)).articles[0].outlet is None


def _all_told(page: str) -> list[Mention]:
    """Weigh each run by everything that is told of it, one feature after the other."""
    drafted = draft_page(page)
    pieces, draft = drafted.pieces, drafted.drafts[0]
    table, found = load_table("mentions"), []
    lines = list(mentions.lines_of(pieces, draft))
    for line in lines:
        for i, j in mentions.runs(line):
            told = mentions.described(line, i, j, mentions.times(lines, line.name(i, j)))
            weight = round(table[NONE] + sum(table.get(one, 0.0) for one in told), 2)
            found.append(Mention(line.name(i, j), line.at(i), weight))
    return mentions.likeliest(found)


def test_what_is_skipped_early_would_not_have_been_found() -> None:
    page = _page(
        "رواق الهضبة | الرئيسية",
        "حمّلوا تطبيق «رواق الهضبة» مجانا، وتابعوا صحيفة رواق الهضبة على تلغرام.",
        "© 2024 رواق الهضبة",
        text=(*_TEXT, "وأكد مهندس البلدية لـ«رواق الهضبة» أن الفحص ينتهي خلال أسبوعين."),
    )
    drafted = draft_page(page)
    found = find_mentions(drafted.pieces, drafted.drafts[0])
    told = _all_told(page)
    assert found[0].name == told[0].name == "رواق الهضبة"
    assert found[0].weight == pytest.approx(told[0].weight, abs=0.02)
    for mention in found:
        assert page[mention.at : mention.at + len(mention.name)] == mention.name


def test_names_in_a_text_need_quotation_marks() -> None:
    drafted = draft_page(_page())
    assert all(mention.weight < 0 for mention in find_mentions(drafted.pieces, drafted.drafts[0]))


@pytest.mark.parametrize("page", ["", "\n", "كلمة", "« ", "©", '"" “”', "«ا" * 400])
def test_odd_pages_are_looked_through(page: str) -> None:
    drafted = draft_page(page)
    for draft in drafted.drafts:
        find_mentions(drafted.pieces, draft)
    for line in mentions.lines_in(page, ["kind boilerplate"]):
        assert "".join(line.parts[1::2]) == "".join(line.name(i, i + 1) for i in range(len(line.words)))
