"""Articles beside the main one: where each begins, what goes on with it, and what is a link to another page."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from rasd.reading.drafts import Draft
from rasd.reading.lines import split_lines
from rasd.reading.reader import read
from rasd.reading.revising import number_articles

N = "\n"
MAIN = [
    "مرفأ الصخيرة يستعيد رافعته القديمة بعد ترميم دام عاما",
    "12 مارس 2023",
    "أعاد مرفأ الصخيرة تشغيل رافعة حديدية عمرها ثمانون عاما، بعد أن رممها حدادون من البلدة على نفقة جمعية البحارة.",
    "وقال رئيس الجمعية منذر القابسي إن الرافعة سترفع القوارب الصغيرة فقط، وإن زيارتها مفتوحة للتلاميذ كل سبت.",
    "المصدر: بريد الساحل",
    "إقرأ أيضا:",
]
BEES = [
    "نحالو الجبل يبدلون خلايا الخشب بخلايا من الطين",
    "بدأ نحالون في جبل سمامة تجربة خلايا من الطين المجفف، بعد أن أفسدت الرطوبة نصف الخلايا الخشبية في الشتاء الماضي.",
    "وأوضح النحال رضا الحامدي أن الطين يحفظ الحرارة، وأن إنتاج العسل زاد بنحو الثلث.",
]
TRAIN = [
    "قطار ليلي جديد يربط قابس بالعاصمة",
    "أعلنت شركة السكك الحديدية تسيير قطار ليلي بين قابس والعاصمة ثلاث مرات في الأسبوع ابتداء من الشهر المقبل.",
    "وذكرت الشركة أن التذاكر تباع عبر الإنترنت وحدها.",
]
CHESS = [
    "تلميذة من دوز تفوز ببطولة الشطرنج المدرسية",
    "فازت تلميذة في الثانية عشرة من دوز ببطولة الشطرنج المدرسية التي أقيمت في صفاقس بمشاركة ستين لاعبا.",
]


class Case(NamedTuple):
    name: str
    lines: list[str]
    articles: list[tuple[str | None, list[str]]]


CASES = [
    Case(
        "a headline among paragraphs begins the next article",
        [*MAIN, *BEES, *TRAIN, *CHESS],
        [(BEES[0], BEES[1:]), (TRAIN[0], TRAIN[1:]), (CHESS[0], CHESS[1:])],
    ),
    Case(
        "a source line parts two articles",
        [*MAIN, *BEES, "المصدر: صوت الجبل", *TRAIN],
        [(BEES[0], BEES[1:]), (TRAIN[0], TRAIN[1:])],
    ),
    Case(
        "a subheading goes on with the article above it",
        [
            *MAIN, *BEES, "خلايا الطين في مدرسة القرية",
            "ويعلم الحامدي تلاميذ القرية صنع خلايا الطين، ويقول إن النحل لا يلسع من يغني له.",
        ],
        [
            (
                BEES[0],
                [
                    *BEES[1:], "خلايا الطين في مدرسة القرية",
                    "ويعلم الحامدي تلاميذ القرية صنع خلايا الطين، ويقول إن النحل لا يلسع من يغني له.",
                ],
            )
        ],
    ),
    Case(
        "links to others in it do not end an article",
        [*MAIN, *BEES[:2], "اقرأ أيضا", "عسل السدر يعود إلى أسواق قفصة", BEES[2], *TRAIN],
        [(BEES[0], BEES[1:]), (TRAIN[0], TRAIN[1:])],
    ),
    Case(
        "of several without a headline each begins with its dateline",
        [*MAIN[:5], "من مدن أخرى", "صفاقس - " + TRAIN[1], "سوسة - " + CHESS[1]],
        [(None, [TRAIN[1]]), (None, [CHESS[1]])],
    ),
    Case(
        "the dots of what was left out are not its text",
        [*MAIN, *BEES[:2], BEES[2].removesuffix(".") + " ..."],
        [(BEES[0], [BEES[1], BEES[2].removesuffix(".")])],
    ),
    Case(
        "when it was told stands before its headline",
        [*MAIN, "[8:15 م] *" + BEES[0] + "*", *BEES[1:], "(14 مارس 2023) " + TRAIN[0], *TRAIN[1:]],
        [(BEES[0], BEES[1:]), (TRAIN[0], TRAIN[1:])],
    ),
    Case(
        "links that lost their end before a paragraph that goes on are none of its article",
        [*MAIN, *BEES[:2], "عسل السدر يغيب عن أسواق الجنوب هذا العام كم يكلف الكيلوغرام؟" + BEES[2]],
        [(BEES[0], BEES[1:])],
    ),
    Case(
        "what readers choose most is a list of links, whatever stands below each",
        [*MAIN[:5], "الأكثر قراءة", *CHESS, TRAIN[0], TRAIN[1]],
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_articles_beside_the_main_one(case: Case) -> None:
    reading = read(N.join(case.lines))
    assert reading.articles[0].body == N.join(MAIN[2:4])
    found = [(a.title.text if a.title else None, a.body) for a in reading.articles[1:]]
    assert found == [(title, N.join(body)) for title, body in case.articles]


def test_articles_are_numbered_without_a_gap() -> None:
    pieces = split_lines(N.join((MAIN[0], MAIN[2], *BEES)))
    drafts = [Draft("main", title=0, body=[1]), Draft("related", title=2, body=[3, 4], number=2)]
    for i in (2, 3, 4):
        pieces[i].label("related_article", "paragraph", 2)
    number_articles(pieces, drafts)
    assert [draft.number for draft in drafts] == [0, 1]
    assert {line.article for line in pieces[2:]} == {1}
