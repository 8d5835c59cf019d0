"""The headline of a page: the line that heads its text, and no more of it than the headline."""

from __future__ import annotations

import pytest

from rasd.reading.drafts import Draft
from rasd.reading.headlines import broken_headline
from rasd.reading.lines import split_lines
from rasd.reading.reader import read

_TITLE = "صيادو الساحل يصنعون شباكا من خيوط القطن في ورشة قديمة"
_TEXT = (
    "عاد صيادو الساحل إلى صناعة الشباك من خيوط القطن في ورشة قديمة قرب الميناء، بعد أن منعت البلدية شباك النايلون.",
    "وقال صاحب الورشة في طبرقة إن الشبكة الواحدة تحتاج إلى أسبوعين من العمل، وإن ثمنها ضعف ثمن شبكة النايلون.",
    "وأضاف أن الصيد التقليدي يعود ببطء، وأن وزارة الفلاحة تدرس دعم القطن للصيادين الصغار في طبرقة وبنزرت.",
)


@pytest.mark.parametrize(
    "above",
    [
        # What stands before it on its line, and behind it.
        [f"## {_TITLE}", "4 مارس 2024"],
        [f"مشاهدة النسخة كاملة : {_TITLE}", "04-03-2024, 11:26 PM"],
        [f"{_TITLE} / سليم بن يوسف الرياحي", "4 مارس 2024"],
        [f"{_TITLE}، اليوم الثلاثاء 5 مارس 2024 05:48 مساءً"],
        [f"الرئيسية » محليات » {_TITLE}", "4 مارس 2024"],
        # The name of a series above the day, the headline below it.
        ["حصاد البحر: صفحة أسبوعية", "الأحد 3 مارس 2024", _TITLE],
        ["بريد القراء، يشرف عليه: سليم الرياحي", "3 مارس 2024", _TITLE],
        # Its deck below it.
        [_TITLE, "الشبكة الواحدة بأسبوعين من العمل وضعف ثمن النايلون", "4 مارس 2024"],
    ],
)
def test_a_headline_is_the_line_that_heads_the_text(above: list[str]) -> None:
    title = read("\n".join((*above, *_TEXT))).articles[0].title
    assert title is not None
    assert title.text == _TITLE


def test_what_stood_before_a_headline_is_a_part_of_the_page() -> None:
    page = "\n".join((f"## {_TITLE}", *_TEXT))
    reading = read(page)
    assert [(one.start, one.end) for one in reading.segments if one.rule == "before_the_headline"] == [(0, 3)]
    title = reading.articles[0].title
    assert title is not None
    assert page[title.start : title.end] == _TITLE


@pytest.mark.parametrize(
    ("behind", "author"),
    [
        (" / سليم الرياحي", "سليم الرياحي"),
        (" / المختار ولد السالك", "المختار ولد السالك"),
    ],
)
def test_a_writer_behind_a_headline_is_its_writer(behind: str, author: str) -> None:
    article = read("\n".join((f"{_TITLE}{behind}", "4 مارس 2024", *_TEXT))).articles[0]
    assert article.author == author
    assert article.title is not None
    assert article.title.text == _TITLE


@pytest.mark.parametrize(
    "behind", [" - موجة القوارب", "-موجة القوارب", " « موجة القوارب", " – موج بالعربي", " - إذاعة الموج العربي, 1931"]
)
def test_a_name_behind_a_headline_that_the_page_says_nowhere_else_is_the_sites(behind: str) -> None:
    title = read("\n".join((f"{_TITLE}{behind}", "4 مارس 2024", *_TEXT))).articles[0].title
    assert title is not None
    assert title.text == _TITLE


def test_a_writer_in_brackets_is_no_part_of_a_headline() -> None:
    title = read("\n".join((f"{_TITLE} (سليم الرياحي)", "4 مارس 2024", *_TEXT))).articles[0].title
    assert title is not None
    assert title.text == _TITLE


def test_what_a_headline_tells_behind_a_stroke_is_its_own() -> None:
    for behind in (" - دمشق", " – عودة القطن", " - بث مباشر"):
        title = read("\n".join((f"{_TITLE}{behind}", "4 مارس 2024", *_TEXT))).articles[0].title
        assert title is not None
        assert title.text == f"{_TITLE}{behind}"


def test_an_english_day_behind_a_headline_is_its_day() -> None:
    article = read("\n".join((f"{_TITLE} 13 Apr 2023", *_TEXT))).articles[0]
    assert article.title is not None
    assert article.title.text == _TITLE
    assert article.published is not None
    assert article.published.date.isoformat() == "2023-04-13"


def test_a_headline_on_a_page_of_one_line_begins_with_its_noun() -> None:
    head = "الرئيسية رياضة محليات تنظيف الشواطئ يبدأ في قابس بمشاركة مئة متطوع 4 مارس 2024 "
    text = (
        "انطلقت في قابس حملة لجمع النفايات من الشواطئ يشارك فيها مئة متطوع من الجمعيات والمدارس ومن الصيادين أنفسهم. "
        "وقال رئيس جمعية الشواطئ إن الحملة ستستمر شهرا كاملا في قابس وجربة، وإن البلدية وفرت الجرارات والأكياس. "
        "وأضاف أن المتطوعين جمعوا في اليوم الأول ثلاثة أطنان من البلاستيك والشباك القديمة قرب الميناء. "
        "وسيعلن في آخر الشهر عن أنظف شاطئ في الولاية كلها."
    )
    title = read(head + text).articles[0].title
    assert title is not None
    assert title.text.startswith("تنظيف الشواطئ")


@pytest.mark.parametrize(
    ("above", "kicker"),
    [
        (["بعد منع شباك النايلون"], "بعد منع شباك النايلون"),
        (["محليات", "بعد ثلاثة أعوام من الغياب..."], "بعد ثلاثة أعوام من الغياب..."),
        # Where the page stands on its site.
        (["الساحل / الصيد البحري"], None),
        (["محليات"], None),
    ],
)
def test_a_kicker_speaks_of_the_story_and_no_path_of_sections_does(above: list[str], kicker: str | None) -> None:
    article = read("\n".join((*above, _TITLE, "4 مارس 2024", *_TEXT))).articles[0]
    assert article.title is not None
    assert article.title.text == _TITLE
    assert (article.kicker.text if article.kicker else None) == kicker


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("1. سوق الحرفيين يفتح أبوابه في المدينة القديمة", "سوق الحرفيين يفتح أبوابه في المدينة القديمة"),
        ("■ سوق الحرفيين يفتح أبوابه في المدينة القديمة", "سوق الحرفيين يفتح أبوابه في المدينة القديمة"),
        ("② سوق الحرفيين يفتح أبوابه في المدينة القديمة", "سوق الحرفيين يفتح أبوابه في المدينة القديمة"),
        ("*سوق الحرفيين يفتح أبوابه في المدينة القديمة*", "سوق الحرفيين يفتح أبوابه في المدينة القديمة"),
        ("=== سوق الحرفيين يفتح أبوابه في المدينة القديمة ===", "سوق الحرفيين يفتح أبوابه في المدينة القديمة"),
        # A number and a picture that belong to it.
        ("12 حرفيا يفتحون سوقهم في المدينة القديمة", "12 حرفيا يفتحون سوقهم في المدينة القديمة"),
        ("🔴 سوق الحرفيين يفتح أبوابه في المدينة القديمة", "🔴 سوق الحرفيين يفتح أبوابه في المدينة القديمة"),
    ],
)
def test_marks_around_a_headline_are_no_part_of_it(line: str, title: str) -> None:
    text = (
        "افتتح الحرفيون أمس سوقهم في المدينة القديمة بعد ثلاث سنوات من الترميم، وعرضوا الفخار والنحاس والزرابي.",
        "وقال رئيس جمعية الحرفيين إن السوق سيبقى مفتوحا كل يوم، وإن البلدية أعفت الدكاكين من الكراء سنة كاملة.",
    )
    found = read("\n".join((line, "4 مارس 2024", *text))).articles[0].title
    assert found is not None
    assert found.text == title


def test_a_headline_that_begins_with_and_goes_on_with_the_line_above_it() -> None:
    title = (
        read("\n".join(("صيادو الساحل يهجرون النايلون", "ويصنعون شباكا من خيوط القطن", "4 مارس 2024", *_TEXT)))
        .articles[0]
        .title
    )
    assert title is not None
    assert title.text == "صيادو الساحل يهجرون النايلون ويصنعون شباكا من خيوط القطن"


def test_what_announces_a_headline_on_its_line_is_no_part_of_it() -> None:
    other = (
        "السمات: شباك القطنإقرأ أيضاً:بلدية الوادي تفتح حديقة جديدة قرب النهر",
        "افتتحت بلدية الوادي أمس حديقة جديدة قرب النهر بعد عام من العمل، وغرس فيها المتطوعون مئتي شجرة زيتون.",
        "وقال رئيس البلدية إن الحديقة ستبقى مفتوحة إلى منتصف الليل في الصيف، وإن الدخول إليها مجاني للجميع.",
    )
    titles = [one.title.text for one in read("\n".join((_TITLE, "4 مارس 2024", *_TEXT, *other))).articles if one.title]
    assert titles == [_TITLE, "بلدية الوادي تفتح حديقة جديدة قرب النهر"]


def test_a_line_of_the_text_above_a_headline_is_no_part_of_it() -> None:
    pieces = split_lines(
        "وعلى ضفة القناة\nويلاقي الصيادون موسما صعبا في الشمال\nقال الصيادون إن الموسم أصعب من الذي قبله هذا العام."
    )
    assert broken_headline(pieces, Draft("main", title=1, body=[2])) == range(2)
    assert broken_headline(pieces, Draft("main", title=1, body=[0, 2])) == range(1, 2)
