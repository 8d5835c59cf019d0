"""Laws of reading on any text, linear time, and the five real pages where they are present."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date

import pytest
from evaluate import SHARED, evaluate, load
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import check

from rasd.reading import evidence
from rasd.reading.drafts import Draft
from rasd.reading.lines import split_lines
from rasd.reading.marking import line_key
from rasd.reading.model import Hints
from rasd.reading.reader import READER_VERSION, _cut_datelines, read

_PARAGRAPH = "أعلنت وزارة النقل فتح الجسر الجديد أمام حركة المرور بعد عامين من أعمال الصيانة التي جرت في المدينة."
_LINE = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي ةىءأإ.،؟!\"«»():-—@#/0٣aA\u200f\u064bـ\xa0\t", max_size=120),
    st.sampled_from(
        [
            _PARAGRAPH, "إقرأ أيضاً:", "المصدر: سانا", "كلمات دلالية: روسيا", "***", "14:30",
            "— الاسم (@name) May 1, 2024وقال المدير",
            "تاريخ النشر: 8th, November 2023 GMT", "القاهرة - أ ش أ", "التعليقات (3)", "الأكثر قراءة", "[...]",
            "عنوان خبر من بضع كلمات", "أخبار, [01.05.2024 10:00]", "جميع الحقوق محفوظة",
        ]
    ),
)  # fmt: skip


@given(st.lists(_LINE, max_size=25), st.sampled_from(["\n", "\r\n", "\n\n"]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_laws_hold_for_any_lines(lines: list[str], end: str) -> None:
    check(end.join(lines))


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_laws_hold_for_any_text(text: str) -> None:
    check(text, landed=date(2024, 5, 1))


@pytest.mark.parametrize("text", ["", "\n", " \r\n\t ", "\ufeff", "\x00", "\ud800", "ا", "."])
def test_nothing_is_no_article(text: str) -> None:
    assert check(text).articles == ()


_HARD_LINES = {
    "letters": "ا",
    "blanks": " ",
    "tabs": "\t ",
    "dashes": "-",
    "tatweel": "ـ",
    "brackets": "(",
    "handles": "(@a) ",
    "handles with dashes": "— a (@a) ",
    "colons": "المصدر:",
    "glued words": "السلاموعبّر ",
    "dots": "...",
    "cuts": "[...] ",
    "bars": "خبر | ",
    "addresses": "https://t.co/a ",
    "words": "قال الوزير إن ",
    "sentences": "قال الوزير ذلك. ",
    "quotes": '"',
    "newlines": "\n",
    "headlines": "عنوان خبر قصير هنا\n",
    "paragraphs": _PARAGRAPH + "\n",
    "stories": f"عنوان خبر قصير هنا\n{_PARAGRAPH}\nإقرأ أيضاً:\n",
    "posts": f"أخبار, [01.05.2024 10:00]\n{_PARAGRAPH}\n",
    "days": f"5 مايو 2024\n{_PARAGRAPH}\n",
    "digits": "1",
}  # fmt: skip


def _other_words(n: int, *, ending: str) -> str:
    """Return lines of nine of the paragraph's words in another order each: what is no repetition takes other ways."""
    words, choice = _PARAGRAPH.split(), random.Random(7)
    return "".join(" ".join(choice.choices(words, k=9)) + ending for _ in range(n // 50))


_HARD_PAGES: dict[str, Callable[[int], str]] = {
    **{name: lambda size, unit=unit: unit * (size // len(unit)) for name, unit in _HARD_LINES.items()},
    "different headlines": lambda size: _other_words(size, ending="\n"),
    "different posts": lambda size: _other_words(size, ending=".\nأخبار, [01.05.2024 10:00]\n"),
}


@pytest.mark.parametrize("page", _HARD_PAGES.values(), ids=_HARD_PAGES)
def test_time_is_linear(page: Callable[[int], str]) -> None:
    def seconds(size: int) -> float:
        text = _PARAGRAPH + "\n" + page(size)
        start = time.process_time()
        read(text)
        return time.process_time() - start

    def grows_as_the_text() -> bool:
        small = min(seconds(40_000) for _ in range(2))
        # Eight times the text: a quadratic step would take sixty-four times as long.
        return seconds(320_000) < 24 * small + 0.3

    seconds(1_000)
    # A busy machine may slow down one measurement; a quadratic step is slow in each.
    assert any(grows_as_the_text() for _ in range(4))


def test_a_headline_in_the_hints_decides() -> None:
    text = f"خبر أول عن شيء ما\nالجسر الجديد يفتح أبوابه\nصورة من المكان نفسه\n{_PARAGRAPH}\n{_PARAGRAPH}"
    article = read(text, hints=Hints(title="الجسر الجديد يفتح أبوابه")).articles[0]
    assert article.title is not None
    assert article.title.text == "الجسر الجديد يفتح أبوابه"


def test_what_the_container_says_fills_what_the_page_does_not() -> None:
    hints = Hints(title="عنوان لا يوجد في النص", published="2024-05-01", outlet="الصحيفة", author="كاتب", tags=("جسر",))
    article = read(f"{_PARAGRAPH}\n{_PARAGRAPH}", hints=hints).articles[0]
    assert article.published is not None
    assert (article.published.date, article.outlet, article.author) == (date(2024, 5, 1), "الصحيفة", "كاتب")
    assert [tag.text for tag in article.tags] == ["جسر"]
    assert article.title is not None
    assert article.title.text == "عنوان لا يوجد في النص"


def test_lines_known_from_many_pages_are_furniture() -> None:
    ours = "لا تنسوا زيارة متجرنا الجديد في وسط المدينة كل يوم جمعة من الصباح حتى المساء."
    text = f"الجسر الجديد يفتح أبوابه للمارة\n{_PARAGRAPH}\n{ours}\n{_PARAGRAPH}"
    assert ours in read(text).articles[0].body
    assert ours not in read(text, furniture=frozenset((line_key(ours),))).articles[0].body


def test_a_doubtful_page_says_so() -> None:
    more = (
        "وقال مدير المشروع سالم الحداد إن الجسر يربط بين ضفتي النهر ويخفف الازدحام في ساعات الذروة الصباحية.",
        "وأضاف أن العمال أتموا طلاء الأعمدة وتركيب الإنارة قبل الموعد، وأن الكلفة بلغت ستة ملايين دينار.",
    )
    sure = read("\n".join(("الجسر الجديد يفتح أبوابه للمارة", _PARAGRAPH, *more))).articles[0]
    assert sure.confidence > 0.9
    cut = read(
        "الجسر الجديد يفتح أبوابه للمارة\nأعلنت وزارة النقل فتح الجسر الجديد أمام حركة المرور بعد [...]"
    ).articles[0]
    assert cut.confidence < 0.5
    assert cut.doubts


def test_sentences_and_quotations_of_the_body_are_offsets_into_it() -> None:
    page = (
        "الجسر الجديد يفتح أبوابه للمارة\n"
        f"{_PARAGRAPH} وقال المهندس سالم الحربي: «الجسر آمن تماماً لجميع السيارات.»\n"
        "وأضاف: «سنفتح جسراً ثانياً في مثل هذا اليوم من العام المقبل.»\n"
        f"{_PARAGRAPH}"
    )
    article = read(page).articles[0]
    assert [article.body[a:b] for a, b in article.body_sentences] == [
        one for line in article.body.split("\n") for one in line.replace(". ", ".\n").split("\n")
    ]
    # A pronoun at a paragraph's head stands for the speaker of the paragraph before.
    assert [q.speaker for q in article.body_quotations] == ["سالم الحربي", "سالم الحربي"]
    assert [page[q.start : q.end] for q in article.quotations] == [
        article.body[q.start : q.end] for q in article.body_quotations
    ]


def test_no_date_is_taken_from_the_clock_or_from_an_update() -> None:
    article = read(f"الجسر الجديد يفتح أبوابه للمارة\nآخر تحديث: 5 مايو 2024\n{_PARAGRAPH}\n{_PARAGRAPH}").articles[0]
    assert article.published is None
    assert any("update" in doubt for doubt in article.doubts)


@pytest.mark.parametrize(
    "times",
    [
        ("منذ 12 دقيقة — ", "منذ ساعتين — "),
        ("14:35 - ", "13:10 - "),
        ("14:35 | ", "13:10 | "),
        ("الساعة 14:35: ", "الساعة 13:10: "),
        ("تحديث 14:35 - ", "تحديث 13:10 - "),
        ("14س35: ", "13س10: "),
        ("د 88 ", "د 45+2 ", "د 17. ", "د 3 "),
        ("90+4' ", "63' ", "12' ", "3' "),
    ],
)
def test_the_time_of_a_live_entry_is_no_part_of_it(times: tuple[str, ...]) -> None:
    page = "سيول في وادي الرمل: تغطية مباشرة\n" + "\n".join(time + _PARAGRAPH for time in times)
    assert read(page).articles[0].body == "\n".join([_PARAGRAPH] * len(times))


def test_an_article_that_is_nothing_but_a_dateline_keeps_it() -> None:
    draft = Draft("related", body=[0])
    found, _ = _cut_datelines(split_lines("القاهرة (رويترز)"), [draft])
    assert found and draft.body == [0]


def test_the_version_is_a_word() -> None:
    assert READER_VERSION.split()[0] == READER_VERSION


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="../shared/gold is not here")
def test_the_real_pages_are_read_exactly() -> None:
    scores = evaluate(load("gold")).scores
    for measure in ("main body exact", "title", "kicker", "date", "outlet", "agency", "tags", "tweets",
                    "related body exact", "related title", "characters all"):  # fmt: skip
        assert scores[measure].f1 == 1, measure
    assert scores["sentences"].f1 >= 0.98


def test_tables_are_read_once_however_many_pages() -> None:
    other = ("إقرأ أيضا", "إغلاق سوق السمك أسبوعا للصيانة", "أغلقت البلدية سوق السمك أسبوعا، وقالت إن السقف يبدل.")
    page = (
        "الجسر الجديد يفتح أبوابه",
        "كتب: سعيد المرزوقي",
        *(_PARAGRAPH,) * 3,
        "المصدر: صحيفة الضفاف",
        *other,
        *other,
    )
    evidence.load_table.cache_clear()
    for _ in range(3):
        read("\n".join(page))
    tables = {file.stem for file in evidence.WEIGHTS.glob("*.csv")}
    assert evidence.load_table.cache_info().misses <= len(tables)
    for table in tables:  # as any page may ask for them all
        evidence.load_table(table)
    read("\n".join(page))
    assert evidence.load_table.cache_info().misses == len(tables)


@pytest.mark.parametrize(
    "page",
    [
        '!؟،.؛"«»' * 300,
        "- " * 3000,
        "12 34 56 78 " * 400,
        "\n".join(("\ufffd\ufffd\ufffd\ufffd \ufffd\ufffd\ufffd \ufffd\ufffd\ufffd\ufffd\ufffd " * 8 + ".",) * 4),
    ],
)
def test_what_has_hardly_a_letter_is_no_article(page: str) -> None:
    check(page)
    reading = read(page)
    assert not reading.articles
    assert all(segment.article is None for segment in reading.segments)
