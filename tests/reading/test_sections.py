"""Parts of a text behind something else: stories of their own, or the text that goes on."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from rasd.reading.drafts import Draft
from rasd.reading.evidence import load_table
from rasd.reading.lines import split_lines
from rasd.reading.model import Article
from rasd.reading.reader import read
from rasd.reading.sections import TABLE, evidence, find_sections

N = "\n"
T = "بلدية السرو ترمم سبعة جسور خشبية قبل موسم الفيضان"
P = [
    "باشرت بلدية السرو ترميم سبعة جسور خشبية فوق قناة الري القديمة، بعد أن كشف مهندسوها تآكلا في دعامات أربعة منها.",
    "وقال مهندس البلدية نادر القلعاوي إن الجسور ستغلق ليلا فقط، وإن الخشب الجديد عولج بالزيت حتى لا تفسده مياه القناة.",
    "وأضاف القلعاوي أن كلفة الجسور السبعة تبلغ تسعين ألفا، دفع الفلاحون ثلثها، على أن تنتهي الأعمال قبل الفيضان.",
    "وطالب فلاحون تمر عرباتهم فوق الجسور بأن تبنى الدعامات من الحجر، فالخشب في رأيهم لا يصمد أمام الفيضان.",
]
OTHER = [
    "افتتحت دار الأوبرا في مرسى اللؤلؤ قاعة لتعليم العزف على العود للأطفال، يدرّس فيها ستة موسيقيين متقاعدين.",
    "ويدفع الطفل رسما رمزيا، وتعيره الدار آلة يحملها إلى بيته طوال أشهر الصيف.",
]
THIRD = "أعلن اتحاد تنس الطاولة أسماء لاعبيه إلى بطولة القارة، وغاب عن القائمة بطل الموسمين بسبب إصابة في معصمه."


def _main(*lines: str) -> Article:
    return next(a for a in read(N.join(lines)).articles if a.role == "main")


class Case(NamedTuple):
    name: str
    lines: list[str]
    body: list[str]


PARTED = [
    Case(
        "counts of views close each post of a channel",
        [
            "قناة السرو اليوم", "12.4K subscribers", *P[:2], "4.1K views 08:12", OTHER[0], "3.7K views 10:40", THIRD,
            "2K views 11:02",
        ],
        P[:2],
    ),
    Case(
        "a story follows what announces others",
        [T, "3 مارس 2024", *P, "شارك الخبر", "You may also like", "عود لكل طفل في مرسى اللؤلؤ", *OTHER],
        P,
    ),
    Case(
        "letters, each with its writer's name below it",
        [
            "بريد القراء", "5 مايو 2012", "جسر لا يصل",
            "أكتب إليكم عن جسر القناة الذي أغلق منذ الشتاء، فصار أولادنا يدورون نصف ساعة حتى يصلوا إلى مدرستهم.",
            "نرجو أن يفتح ولو ممر ضيق للمشاة.", "سليم الدباغ – جبلة",
            "مظلة في الموقف",
            "نسيت مظلة سوداء في حافلة الخط السابع فأعادها إلي سائقها بعد أن سأل عني في الفرن والصيدلية.",
            "هاني القلعاوي – دمشق",
        ],
        [
            "أكتب إليكم عن جسر القناة الذي أغلق منذ الشتاء، فصار أولادنا يدورون نصف ساعة حتى يصلوا إلى مدرستهم.",
            "نرجو أن يفتح ولو ممر ضيق للمشاة.",
        ],
    ),
]  # fmt: skip
KEPT = [
    Case(
        "subheadings part one report",
        [T, "3 مارس 2024", P[0], "خشب معالج بالزيت", P[1], "كلفة الجسور", P[2], "مطالب الفلاحين", P[3]],
        [P[0], "خشب معالج بالزيت", P[1], "كلفة الجسور", P[2], "مطالب الفلاحين", P[3]],
    ),
    Case(
        "a link stands between two paragraphs",
        [T, "3 مارس 2024", *P[:2], "اقرأ أيضا: مهرجان العود يعود إلى مرسى اللؤلؤ", *P[2:]],
        P,
    ),
    Case(
        "stars part one text",
        [T, "نادر القلعاوي", *P[:2], "***", "في الليل تعود العربات إلى القناة، ويعود معها صوت الخشب.", "***", P[3]],
        [*P[:2], "في الليل تعود العربات إلى القناة، ويعود معها صوت الخشب.", P[3]],
    ),
    Case(
        "the entries of a live page tell of several things",
        ["مباشر", "فيضان القناة لحظة بلحظة", "10:30", P[0], "11:05", THIRD, "11:40", P[3]],
        [P[0], THIRD, P[3]],
    ),
]


@pytest.mark.parametrize("case", PARTED, ids=lambda case: case.name)
def test_another_story_is_no_part_of_the_text(case: Case) -> None:
    assert _main(*case.lines).body == N.join(case.body)


@pytest.mark.parametrize("case", KEPT, ids=lambda case: case.name)
def test_the_text_goes_on_behind_what_parts_it(case: Case) -> None:
    assert _main(*case.lines).body == N.join(case.body)


def test_a_story_that_is_taken_off_keeps_its_headline_and_text() -> None:
    page = read(N.join(PARTED[1].lines))
    other = next(a for a in page.articles if a.role == "related")
    assert other.title is not None and other.title.text == "عود لكل طفل في مرسى اللؤلؤ"
    assert other.body == N.join(OTHER)
    assert page.articles[0].role == "main"


def test_the_first_piece_of_a_collection_has_its_own_headline() -> None:
    lines = [
        "نشرة السرو الأسبوعية",
        "3 مارس 2024",
        "سبعة جسور من خشب",
        *P[:2],
        "عود لكل طفل",
        *OTHER,
        "مضرب بلا بطل",
        THIRD,
    ]
    page = read(N.join(lines))
    assert page.articles[0].body == N.join(P[:2])
    assert page.articles[0].title is not None and page.articles[0].title.text == "سبعة جسور من خشب"


def test_a_part_ends_where_something_parts_it() -> None:
    pieces = split_lines(N.join([T, P[0], "كلفة الجسور", P[1], "إعلان", P[2], P[3]]))
    pieces[2].heading = True
    main = Draft("main", title=0, body=[1, 2, 3, 5, 6])
    parts = find_sections(pieces, [main])
    assert [(part.lines, part.heading) for part in parts] == [((1,), None), ((2, 3), 2), ((5, 6), None)]


def test_what_is_known_of_a_part_says_what_it_shares_with_the_text() -> None:
    pieces = split_lines(N.join([T, P[0], "إعلان", P[2], "إعلان", THIRD]))
    main = Draft("main", title=0, body=[1, 3, 5])
    parts = find_sections(pieces, [main])
    (_, own), (_, strange) = evidence(pieces, main, parts, [1.0] * len(pieces), [False, False])
    assert _shared(strange) < _shared(own)
    assert "begins as a report, headed: False" in strange


def _shared(said: frozenset[str]) -> int:
    return next(int(one[-1]) for one in said if one.startswith("shares with the text:") and one[-1].isdigit())


def test_the_table_knows_what_speaks_loudest() -> None:
    table = load_table(TABLE)
    assert table["likely of the text: 3"] < 0 < table["likely of the text: 0"]
    assert table["begins with 'and'"] < 0 < table["behind another story"]
