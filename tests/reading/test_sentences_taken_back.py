"""Sentences that a word in them made furniture, and conversations whose speaker is called like a source."""

from __future__ import annotations

import pytest

from rasd.reading.drafts import Draft
from rasd.reading.model import Article
from rasd.reading.reader import marked_lines, read
from rasd.reading.sentences import take_back

N = "\n"
T = "مخبز القرية يبيع الرغيف ببطاقة مرقمة منذ شهر"
P = [
    "يبيع مخبز قرية العين الرغيف ببطاقة مرقمة منذ مطلع الشهر، بعد أن طال الطابور أمام بابه حتى بلغ ساحة المدرسة.",
    "وقال الخباز نعمان الصفدي إن البطاقة المرقمة أنهت الشجار عند الفجر، وإن كل بيت صار يعرف ساعته أمام المخبز.",
    "وتوزع البلدية البطاقات على البيوت كل أسبوع، وتطبع عليها عدد الأرغفة وساعة الدور.",
]
OPENING = "بسم الله الرحمن الرحيم"
NOTE = "ملاحظة: من ضاعت بطاقته يأخذ دوره بعد الظهر، فالخباز يحفظ وجوه أهل القرية كلهم."
OF_THE_PAGE = "ملاحظة: غيرنا في هذا التقرير أسماء أصحاب البيوت بطلب منهم قبل النشر."
QUOTED = "وعلى باب المخبز ورقة تقول: حمل التطبيق من هاتفك لتعرف دورك، لكن الخباز نعمان يضحك منها ويقول إن البطاقة تكفي."
PROMPT = (
    "حمل التطبيق الآن من متجر هاتفك لتصلك أخبارنا العاجلة قبل غيرك، واستمتع بقراءة أعدادنا القديمة كلها من دون إعلانات."
)


def _main(*lines: str) -> Article:
    return next(a for a in read(N.join((T, "نعمان الصفدي", "3 مارس 2024", *lines))).articles if a.role == "main")


@pytest.mark.parametrize("line", [NOTE, QUOTED])
def test_a_sentence_of_the_text_is_no_furniture_for_a_word_in_it(line: str) -> None:
    assert _main(*P, line).body == N.join((*P, line))


@pytest.mark.parametrize("line", [OF_THE_PAGE, PROMPT])
def test_what_a_site_says_stays_out(line: str) -> None:
    assert _main(*P, line).body == N.join(P)


@pytest.mark.parametrize(
    "lines",
    [
        ("السيد رئيس التحرير،",),
        ("معالي الوزير المحترم",),
        ("إلى من سيقرأ هذه الورقة،", "تحية من قرية العين وبعد،"),
        ("سيدي الفاضل..",),
        (OPENING, "جماهير قريتنا الكريمة"),
        ("السلام عليكم ورحمة الله",),
        ("أيها القارئ الكريم، بعد السلام.",),
        ("جماهير قريتنا الكريمة", "زميلاتنا وزملاءنا الخبازين"),
    ],
)
def test_whom_a_letter_speaks_to_is_of_its_text(lines: tuple[str, ...]) -> None:
    assert _main(*lines, *P).body == N.join((*lines, *P))


def test_the_opening_formula_right_above_a_text_is_of_it() -> None:
    assert _main(OPENING, *P).body == N.join((OPENING, *P))


def test_above_the_headline_it_is_of_the_page() -> None:
    page = read(N.join((OPENING, T, "3 مارس 2024", *P)))
    assert page.articles[0].body == N.join(P)


def test_a_label_that_heads_turns_of_a_conversation_is_who_speaks() -> None:
    turns = [
        "الصحيفة: متى بدأ البيع بالبطاقة؟", "بدأ مطلع الشهر، بعد أن طال الطابور أمام المخبز حتى بلغ ساحة المدرسة.",
        "الصحيفة: ومن يوزعها؟", "توزعها البلدية على البيوت كل أسبوع، وتطبع عليها عدد الأرغفة وساعة الدور.",
        "الصحيفة: ومن ضاعت بطاقته؟", "يأخذ دوره بعد الظهر، فأنا أحفظ وجوه أهل القرية كلهم، ولا أرد أحدا.",
    ]  # fmt: skip
    body = _main(P[0], *turns).body
    assert body == N.join((P[0], *turns))


def test_one_such_label_names_the_source() -> None:
    article = _main(*P, "الصحيفة: صدى العين")
    assert article.body == N.join(P)


def test_what_a_site_says_below_the_last_sentence_stays_out_of_an_ending_that_is_likely() -> None:
    steps = [
        "يسقي كثيرون نباتات الشرفة في الظهيرة ثم يعجبون من اصفرار أوراقها، مع أن السبب في ساعة السقي لا في كمية الماء.",
        "1. السقي تحت الشمس",
        "يتبخر نصف الماء قبل أن يبلغ الجذور، وتحرق القطرات الباقية أطراف الورق كما تحرق العدسة الورقة.",
        "2. سماد بلا حساب",
        "القاعدة أن تسمد مرة في الشهر بنصف ما كتب على العبوة، فالنبات في الأصيص يأكل أقل من النبات في الحقل.",
    ]
    note = "المعلومات الواردة هنا للتوعية ولا تغني عن استشارة مهندس زراعي."
    page = read(N.join(("خمسة أخطاء عند سقي نباتات الشرفة في الصيف", "3 مارس 2024", *steps, note)))
    assert page.articles[0].body == N.join(steps)


INTERVIEW = [
    "• متى صنعت أول سلة؟",
    "- كنت في العاشرة، وكانت جدتي تنسج على باب الدار كل مساء فجلست إلى جانبها.",
    "• هل تعلم بناتك النسج؟",
    "- واحدة منهن فقط، أما الأخريات فيشترين السلال من السوق ويضحكن مني.",
]


@pytest.mark.parametrize(
    "question",
    ["• ما رأيك في السلال التي تصل من وراء البحر؟", "• يقول التجار إن السلال اليدوية لا تباع في السوق."],
)
def test_a_question_between_answers_is_taken_back(question: str) -> None:
    answer = "- لا أستطيع أن أنافس ثمنها، لكن قاعها يتفكك بعد شهر من حمل التمر."
    page = [
        "صانعة السلال: الأصابع تحفظ ما ينساه الرأس",
        "حوار: لبنى الساعدي",
        "04 مايو 2023",
        *INTERVIEW,
        question,
        answer,
    ]
    assert read("\n".join(page)).articles[0].body == "\n".join([*INTERVIEW, question, answer])


def test_a_prompt_without_an_answer_is_not() -> None:
    page = [
        "صانعة السلال: الأصابع تحفظ ما ينساه الرأس",
        "حوار: لبنى الساعدي",
        "04 مايو 2023",
        *INTERVIEW,
        "• ما رأيك في الحوار؟",
    ]
    assert "ما رأيك" not in read("\n".join(page)).articles[0].body


def _taken_back(lines: list[str], *body: int, heading: int | None = None) -> list[int]:
    """Return the lines of the text once sentences were taken back to these of them."""
    pieces, _ = marked_lines("\n".join(lines))
    if heading is not None:
        pieces[heading].heading = True
    main = Draft("main", title=0, body=list(body), reach=body[-1])
    take_back(pieces, [main])
    return main.body


def test_who_spoke_twice_speaks_again() -> None:
    turns = ["المذيع: كم رغيفا تبيع؟", "نعمان: ألفا كل يوم.", "المذيع: ولمن؟", "نعمان: لأهل القرية كلهم."]
    assert _taken_back([T, *turns, "المذيع: شكرا لضيفنا ولكم."], 1, 2, 3, 4) == [1, 2, 3, 4, 5]
    assert _taken_back([T, *turns, "[فاصل]", "نعمان: الخبز لا ينتظر أحدا."], 1, 2, 3, 4) == [1, 2, 3, 4, 6]
    assert _taken_back([T, *turns, "الهندسة: سامر حداد."], 1, 2, 3, 4) == [1, 2, 3, 4]


def test_an_answer_between_questions_with_one_sign_is_of_the_interview() -> None:
    turns = [
        "ـ متى تبدأ العمل؟", P[1], "ـ ومن يعجن؟", P[2], "ـ وماذا تقول للصغار؟",
        "كلوا الرغيف ساخنا ثم تعالوا نتحدث.", "ـ ومتى تستريح؟", "حين يفرغ الكيس.",
    ]  # fmt: skip
    assert _taken_back([T, *turns], 1, 2, 3, 4, 5, 7, 8) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_voices_between_paragraphs_are_of_the_text() -> None:
    voices = ['(صوت الخباز): "العجين لا ينتظر".', P[1], '(صوت جارة): "ابني يحب الرغيف الساخن".', P[2]]
    assert _taken_back([T, P[0], *voices], 1, 2, 3, 5) == [1, 2, 3, 4, 5]


def test_a_text_ends_with_no_heading() -> None:
    last = "من لا يصحو مع العجين لا يأكل رغيفا ساخنا."
    assert _taken_back([T, *P, "كلمة أخيرة", last], 1, 2, 3, 4, heading=4) == [1, 2, 3, 4, 5]
    assert _taken_back([T, *P, "كلمة أخيرة", "تعليق المحرر: " + last], 1, 2, 3, 4, heading=4) == [1, 2, 3, 4]


def test_the_last_entry_of_a_live_page_may_speak_of_the_coverage() -> None:
    entries = ["10:00 - " + P[0], "11:20 - " + P[1], "12:40 - " + P[2], "13:05 - إلى هنا تنتهي تغطيتنا من المخبز."]
    assert _main(*entries).body.split(N)[-1] == "إلى هنا تنتهي تغطيتنا من المخبز."


def test_times_before_entries_are_all_out_of_the_text_or_all_in_it() -> None:
    entries = [
        "10:00 - " + P[0],
        "11:20 - الأدوار حسب دفتر البلدية:",
        "العين 74",
        "النبع 70",
        "13:05 - " + P[1],
        "14:10 - " + P[2],
    ]
    assert not any(":0" in line[:5] or ":2" in line[:5] for line in _main(*entries).body.split(N))
