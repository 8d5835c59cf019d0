"""Sentences that a word in them made furniture, and conversations whose speaker is called like a source."""

from __future__ import annotations

import pytest

from rasd.reading.model import Article
from rasd.reading.reader import read

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
