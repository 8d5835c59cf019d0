"""Lines of one form among the lines of a text, and pages that came as one line."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from rasd.reading.drafts import Draft
from rasd.reading.lines import Piece, split_lines
from rasd.reading.reader import marked_lines, read
from rasd.reading.series import _leave_items, _take_cells, _take_likely, _take_next, _take_numbered, _take_rows

N = "\n"
T = "خمس طرق لحفظ الخزف القديم من الرطوبة"
L = "يحفظ أهل الحي القديم أواني الخزف التي ورثوها عن أجدادهم بطرق لا تكلف شيئا، ويقول الخبراء إنها ما زالت صالحة."
P = [
    "توضع الأواني على رف خشبي مرتفع عن الأرض شبرا، حتى لا تصل إليها الرطوبة التي تصعد من حجر البيت في الشتاء.",
    "ويلف كل إناء بقطعة من الصوف الخام، فهو يشرب ماء الهواء ولا يترك على الطلاء أثرا كما يفعل القطن.",
    "أما الأواني الكبيرة فتملأ إلى نصفها بالرمل الجاف، ويبدل الرمل مرة في العام بعد انتهاء موسم الأمطار.",
    "وتفتح نوافذ الغرفة عند الظهر ساعة واحدة، حين يكون الهواء أجف ما يكون، ثم تغلق قبل العصر.",
]
E = "وينصح الخبراء بألا تغسل الأواني القديمة بالماء الساخن، لأن طلاءها يتشقق بعد سنوات قليلة."


class Case(NamedTuple):
    name: str
    lines: list[str]
    body: list[str]


def _headed(*headings: str) -> list[str]:
    return [L, *(line for heading, paragraph in zip(headings, P, strict=False) for line in (heading, paragraph)), E]


def _page(*lines: str) -> list[str]:
    return [T, "رنا الزيود", "3 مارس 2024", *lines, "اقرأ أيضا", "معرض للخط العربي في إربد"]


NUMBERED = _headed("1. الرف المرتفع", "2. الصوف الخام", "3. الرمل", "4. النافذة")
ASKED = _headed("أين توضع الأواني؟", "بماذا تلف؟", "لماذا يملؤها الناس رملا؟", "متى تفتح النوافذ؟")
DAYS = _headed("12 آذار 2012", "19 تموز 2012", "3 أيلول 2014", "5 كانون الثاني 2016")
ORDERED = _headed(
    "الطريقة الأولى: الرف", "الطريقة الثانية: الصوف", "الطريقة الثالثة: أبعد من البيت", "الطريقة الرابعة: النافذة"
)
COUNTED = _headed("أولا: الرف المرتفع", "ثانيا: الصوف الخام", "ثالثا: أبعد من البيت", "رابعا: النافذة")
ROMAN = _headed("I", "II", "III", "IV")
VERSES = [
    L,
    "وقال شاعر الحي:",
    "يا جرة الطين التي",
    "شربت من النهر القديم",
    "نامت على رف الضحى",
    "وصحت على كف النسيم",
    *P,
]
HALVES = [
    L,
    P[0],
    "أحفظ الطين ما استطعت فإني * قد رأيت الزمان يكسر كلا",
    "واترك الباب مشرعا لهواء * يطرد الماء حين يدخل ظلا",
    *P[1:],
]
POINTS = [
    L,
    P[0],
    "ويحتاج الحفظ إلى أربعة أشياء:",
    "- رف من خشب الجوز",
    "- صوف خام غير مغسول",
    "- رمل جاف",
    "- نافذة",
    E,
]
CASES = [
    Case("numbers", _page(*NUMBERED), NUMBERED),
    Case("questions", _page(*ASKED), ASKED),
    Case("days", _page(*DAYS), DAYS),
    Case("ordinals", _page(*ORDERED), ORDERED),
    Case("counted", _page(*COUNTED), COUNTED),
    Case("roman numbers", _page(*ROMAN), ROMAN),
    Case("verses below a colon", _page(*VERSES), VERSES),
    Case("verses of two halves", _page(*HALVES), HALVES),
    Case("points below a colon", _page(*POINTS), POINTS),
    Case("a question of the site between paragraphs", _page(L, P[0], "هل أعجبك المقال؟", P[1], E), [L, P[0], P[1], E]),
    Case("a link between paragraphs", _page(L, P[0], "اقرأ أيضا: سوق الخزف يعود", P[1], E), [L, P[0], P[1], E]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_lines_of_one_form_belong_together(case: Case) -> None:
    assert read(N.join(case.lines)).articles[0].body.split(N) == case.body


TEXT = (
    "أعلنت جمعية الخزف في الحي القديم افتتاح مخزن لحفظ أواني الأهالي مجانا طوال الشتاء، بعد أن غمرت المياه بيوتا كثيرة "
    "في الموسم الماضي. "
    "وقالت رئيسة الجمعية هدى سلمان إن المخزن يتسع لألف إناء، وإن كل إناء سيحمل رقم صاحبه. "
    "وأضافت أن متطوعين من طلبة الجامعة سيلفون الأواني بالصوف ويسجلونها في دفتر كبير معلق عند الباب. "
    "وتنوي الجمعية أن تقيم في الربيع معرضا لأجمل ما حفظته، وأن تعلم أبناء الحي ترميم ما انكسر من أواني بيوتهم. "
    "ويعمل المخزن من التاسعة صباحا إلى الرابعة عصرا كل يوم عدا الجمعة، ولا يأخذ من الناس شيئا."
)
HEAD = "مخزن مجاني لحفظ خزف الأهالي في الحي القديم"
ONE_LINE = [
    f"الرئيسية اخبار منوعات رياضة {HEAD} السبت 11-06-2022 332 زيارة {TEXT} المصدر: ضفة النهر",
    f"الرئيسية / محليات / {HEAD} 10 آب 2022 - 07:15 مشاركة تغريدة {TEXT} السابق سوق الخزف التالي سيول",
    f"{HEAD} June 10, 2021 09:09 AM وكالات {TEXT}",
    f"{HEAD} نشر في 2022/6/11 {TEXT} كلمات مفتاحية: الخزف الحي قد يعجبك ايضا معرض للخط © مرايا الحي",
    f"أخبار {HEAD} 3 حزيران 2022 {TEXT} اقرأ أيضا سوق الخزف يعود لا توجد تعليقات جميع الحقوق محفوظة",
]


@pytest.mark.parametrize("line", ONE_LINE)
def test_page_on_one_line_is_parted(line: str) -> None:
    assert read(line).articles[0].body == TEXT


FIRST = "استقر سعر الخزف في سوق الحي القديم مساء الأحد، عدا الجرار الكبيرة التي ارتفعت مع بداية موسم الأمطار."
SECOND = "وقال التاجر حازم العيداني إن الكمية المعروضة بلغت ثلاثمئة قطعة، أي أقل من نصف المعتاد في هذا الشهر."
THIRD = "ويتوقع التجار أن تعود الأسعار إلى حالها بعد أسبوعين، حين تصل شحنات الطين من القرى البعيدة."
TABLES = [
    [
        "| الصنف | الجملة | المفرد |",
        "|---|---|---|",
        "| جرة كبيرة | 27 | 32 |",
        "| صحن | 6 | 8 |",
        "| إبريق | 14 | 18 |",
    ],
    ["المدينة | العظمى | الصغرى", "مسقط | ٣٨ | ٣٠", "صحار | ٣٧ | ٢٨", "نزوى | ٤١ | ٢٧"],
    ["الصنف\tالجملة\tالمفرد", "جرة كبيرة\t27\t32", "صحن\t6\t8", "إبريق\t14\t18"],
]
CARDS = [
    ["بلدية الحي", "@hay_city", "الهاتف لا يتوقف. نرجو من الجميع استخدام البريد وحده.", "9:14 ص · 10 يونيو 2024"],
    ["بلدية الحي @hay_city", "الهاتف لا يتوقف. نرجو من الجميع استخدام البريد وحده.", "💬 214   🔁 1.9 ألف   ❤️ 12 ألف"],
    ["بلدية الحي", "10 يونيو الساعة 22:10", "الهاتف لا يتوقف. نرجو استخدام البريد.", "أعجبني · تعليق · مشاركة"],
    ["بلدية الحي", "10 يونيو 2024", "الهاتف لا يتوقف. نرجو استخدام البريد.", "أعجبني · تعليق · مشاركة"],
    ["Hay City", "June 10 at 7:12 PM", "الهاتف لا يتوقف.", "1.2K 418 Comments 930 Shares"],
    ["بلدية الحي", "الهاتف لا يتوقف. نرجو استخدام البريد وحده.", "142 تعليق 67 مشاركة"],
    ["عرض هذا المنشور على Instagram", "الهاتف لا يتوقف.", "تمت مشاركة منشور بواسطة hay.city"],
    ["Hay City", "@hay_city", "الهاتف لا يتوقف.", "استخدموا البريد وحده.", "4:40 م · 11 يونيو 2024 · 31 ألف مشاهدة"],
]  # fmt: skip


@pytest.mark.parametrize("rows", TABLES, ids=["pipes", "strokes", "tabs"])
def test_rows_of_a_table_are_text(rows: list[str]) -> None:
    text = N.join(["أسعار الخزف في سوق الحي", "3 مارس 2024", FIRST, *rows, SECOND, THIRD])
    assert [line.split() for line in read(text).articles[0].body.split(N)] == [
        line.split() for line in (FIRST, *rows, SECOND, THIRD)
    ]


@pytest.mark.parametrize("card", CARDS)
def test_post_on_a_card_is_cut_out(card: list[str]) -> None:
    text = N.join(["أسعار الخزف في سوق الحي", "3 مارس 2024", FIRST, *card, SECOND, THIRD])
    article = read(text).articles[0]
    assert article.body.split(N) == [FIRST, SECOND, THIRD]
    assert [text[post.start : post.end] for post in article.tweets] == [N.join(card)]


def test_a_first_paragraph_and_what_readers_did_with_it_is_no_card() -> None:
    text = N.join(["أسعار الخزف في سوق الحي", FIRST, "142 تعليق 67 مشاركة", SECOND, THIRD])
    article = read(text).articles[0]
    assert article.body.split(N) == [FIRST, SECOND, THIRD]
    assert not article.tweets


def test_a_headline_that_looks_like_a_cell_stays_the_headline_alone() -> None:
    pieces = split_lines("حزب النهر | 3,970\nحزب التل | 2,118")
    for line in pieces:
        line.cell = True
    main = Draft("main", title=0, body=[1])
    _take_cells(pieces, main)
    assert main.body == [1]


def _drafted(lines: list[str], *body: int) -> tuple[list[Piece], Draft]:
    """Return the marked lines of a page, and its main article with these of them as its text."""
    pieces, _ = marked_lines(N.join(lines))
    return pieces, Draft("main", title=0, body=list(body), reach=body[-1])


ITEMS = [
    ["● باشرت فرق الإطفاء إخماد حريق في مخزن للأخشاب.", "● افتتحت البلدية حديقة جديدة.", "● فاز فريق الحي بالكأس."],
    ["(1) سرقت عربة من أمام المخبز ليلا.", "(2) وقفت بقرة على الدوار ساعة.", "(3) اصطدمت شاحنتان عند السوق."],
    [
        "دمشق: أعلنت البلدية إغلاق شارع السوق القديم يومين لإصلاح أنبوب.",
        "بيروت: أعلنت شركة الماء انقطاعه عن ثلاثة أحياء حتى صباح السبت.",
        "طرابلس: أعلنت نقابة الصيادين عودة القوارب إلى البحر بعد العاصفة.",
    ],
]


@pytest.mark.parametrize("items", ITEMS)
def test_items_of_one_form_that_are_unlikely_of_one_text_are_stories_of_their_own(items: list[str]) -> None:
    pieces, main = _drafted(["موجز المساء", *items], 1, 2, 3)
    drafts = [main]
    _leave_items(pieces, drafts, [0.0, 1.0, 0.4, 0.3])
    assert [draft.body for draft in drafts] == [[1], [2], [3]]


@pytest.mark.parametrize("inside", [[0.0, 1.0, 0.9, 0.2], [0.0, 1.0, 0.6, 0.6]])
def test_items_that_are_likely_of_the_text_stay(inside: list[float]) -> None:
    pieces, main = _drafted(["موجز المساء", *ITEMS[0]], 1, 2, 3)
    drafts = [main]
    _leave_items(pieces, drafts, inside)
    assert [draft.body for draft in drafts] == [[1, 2, 3]]


LEAD = "تبقى الحرارة على حالها في الجبال حتى مساء الغد، وفيما يلي الدرجات:"


@pytest.mark.parametrize(
    ("lines", "body", "rows"),
    [
        ([LEAD, "النبع 26 15", "الوادي 27 16", "السهل 36 28"], [1, 2], [1, 2, 3, 4]),
        ([LEAD, "◄ يقول أهل النبع إن الماء قل.", "◄ تبين أن البئر جفت.", "◄ عاد الرعاة أمس."], [1, 2, 4], [1, 2, 3, 4]),
        ([LEAD, "النبع: سالم، رامي، هاني، وليد، عمر", "الوادي: نبيل، ماهر، طارق، زيد، خالد"], [1, 2], [1, 2, 3]),
        ([LEAD, "عدد الحصص: 12", "آخر موعد: 21 أغسطس 2023", "وقالت البلدية إنها تكفي."], [1, 2, 4], [1, 2, 3, 4]),
        ([LEAD, "النبع 26 15", "الوادي مغلق"], [1, 2], [1, 2]),
        ([LEAD, "التشكيلة: سالم، رامي، هاني، وليد، عمر", "الرعاة: مصنع النبع"], [1], [1, 2]),
    ],
)  # fmt: skip
def test_rows_stand_together(lines: list[str], body: list[int], rows: list[int]) -> None:
    pieces, main = _drafted(["حالة الطقس في الجبال", *lines], *body)
    _take_rows(pieces, main, rules=set(range(1, len(pieces))))
    assert main.body == rows


def test_a_short_line_behind_what_interrupts_a_text_heads_the_paragraph_below() -> None:
    lines = [T, L, "[الجرة الكبيرة عند الباب]", "الرمل", P[0], "سوق الخزف يعود", P[1], E]
    pieces, main = _drafted(lines, 1, 4, 6, 7)
    _take_likely(pieces, main, [0.0, 1.0, 0.1, 0.6, 1.0, 0.6, 1.0, 1.0])
    assert main.body == [1, 3, 4, 6, 7]


def test_what_is_likely_right_behind_the_last_paragraph_is_of_the_text_where_no_sign_tells_otherwise() -> None:
    for line, taken in (("سؤال أخير: متى كسرت جرة آخر مرة؟", True), ("▲ الجرة الكبيرة عند الباب", False)):
        pieces, main = _drafted([T, L, P[0], line], 1, 2)
        _take_likely(pieces, main, [0.0, 1.0, 1.0, 0.85])
        assert main.body == [1, 2, *[3] * taken]


def test_headings_numbered_from_one_on_are_of_the_text_where_one_of_them_is() -> None:
    lines = [T, L, "1- الرف المرتفع", P[0], "2- الصوف الخام", P[1], "3- الرمل", P[2]]
    pieces, main = _drafted(lines, 1, 3, 4, 5, 7)
    _take_numbered(pieces, main)
    assert main.body == [1, 2, 3, 4, 5, 6, 7]
    # The second of five does not begin: what stands before it is missing.
    pieces, main = _drafted([T, L, "2- الرف المرتفع", P[0], "3- الصوف الخام", P[1], "4- الرمل", P[2]], 1, 3, 4, 5, 7)
    _take_numbered(pieces, main)
    assert main.body == [1, 3, 4, 5, 7]


def test_the_next_number_behind_the_last_paragraph_heads_the_next_point() -> None:
    lines = [T, L, "1- الرف المرتفع", P[0], "2- الصوف الخام", P[1], "3- الرمل", P[2], "سوق الخزف"]
    pieces, main = _drafted(lines, 1, 2, 3, 4, 5)
    pieces[2].heading = pieces[4].heading = True
    drafts = [main, Draft("related", number=1, title=6, body=[7])]
    _take_next(pieces, drafts, [0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.7, 0.7, 0.0])
    assert [draft.body for draft in drafts] == [[1, 2, 3, 4, 5, 6, 7]]
    assert pieces[6].heading


MINUTES = ["90+4", "77", "61", "45", "12"]
PLAYS = [
    "صافرة النهاية، والكأس لفريق الميناء.", "رأسية فوق العارضة بعد ركنية طويلة.", "بطاقة صفراء لمدافع السهل.",
    "نهاية الشوط الأول بلا أهداف.", "هدف أول للميناء من ركلة حرة بعيدة.",
]  # fmt: skip


def test_figures_above_the_entries_of_a_match_are_its_minutes() -> None:
    lines = [T, *(line for pair in zip(MINUTES, PLAYS, strict=True) for line in pair)]
    pieces, _ = marked_lines(N.join(lines))
    assert [line.text for line in pieces if line.mark is not None and line.mark.kind == "time"] == MINUTES


def test_numbers_of_parts_are_no_minutes() -> None:
    lines = [T, *(line for n, play in enumerate(PLAYS, 1) for line in (str(n), play))]
    pieces, _ = marked_lines(N.join(lines))
    assert not any(line.mark is not None and line.mark.kind == "time" for line in pieces)
