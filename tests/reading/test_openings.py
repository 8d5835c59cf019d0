"""What stands before the first sentence of a text: forms of datelines and bylines, and sentences that look alike."""

from __future__ import annotations

import pytest

from rasd.reading.datelines import find_dateline
from rasd.reading.openings import find_opening
from rasd.reading.reader import marked_lines, read

S = "أعلنت بلدية المدينة القديمة فتح خان التجار أمام الزوار بعد ترميم دام عامين."
V = "رمّم عمال البلدية خان التجار في المدينة القديمة بعد عامين من الإغلاق."
W = "بعد عامين من الإغلاق عاد التجار إلى خانهم القديم في وسط المدينة."

OPENINGS = [
    # An outlet that no table has.
    ("سهول بلس/ ", S), ("مرايا الساحل:", S), ("(أخبار الوادي) – ", S), ("المنارة المستقلة/ بغداد.. ", S),
    ("شرفات من الرباط: ", S), ("ضفاف - صنعاء: ", S),
    # A place and unlisted names.
    ("الخليل - سنديان - ", V), ("سيئون / ركن الوادي / سالم بن عمر : ", S), ("الحديدة/ تهامة سات:", S),
    # A place and a day.
    ("جدة، 12 ربيع الأول 1445هـ (27 سبتمبر 2023م): ", S), ("صيدا، لبنان 9 مايو 2023 (بحر برس) ", W),
    ("العين، الإمارات العربية المتحدة، 29 مايو 2024 / واحة وير / -- ", S), ("رأس الخيمة في 31 مايو/ وام ج / ", S),
    ("نابلس 14-3-2022 ", S), ("نابلس، 14/3/2022: ", S),
    # A stroke that no blank stands before.
    ("كركوك-مرايا برس ", S), ("الخليل- سنديان- ", W),
    # Who wrote it.
    ("كتبت لينا العمري - ", W), ("رصدنا - كتبت لينا العمري - ", W), ("إعداد: سامر حداد – ", W),
    ("نواذيبو، 3/ أغشت/ 2021 (و م ا) - ", S), ("(عمّان، 6 يونيو/حزيران 2023) - ", S), ("(بيروت، 4 آب 2022) ", S),
    # A known place and a comma, an outlet that a stroke without a blank parts from the sentence.
    ("لشبونة، ", S), ("الخرطوم، ", S), ("كوكب نيوز -", S), ("فاليتا: ", S),
    # A month with both its names, the second of two words; an agency behind the day; strokes, and a full stop.
    ("لندن 4 نوفمبر تشرين الثاني (رويترز) - ", S), ("باريس أول أكتوبر تشرين الأول (رويترز) - ", W),
    ("الخرطوم 3 ديسمبر 2023 – (النيل المستقل) – ", S), ("موسكو، 14 فبراير. /تاس/. ", S),
    ("طهران/ 20 كانون الاول/ ديسمبر/ ارنا- ", V), ("سمارا – بريد الفولغا نيوز. ", S), ("بيت لحم-حكاية بلد. ", W),
    # Quotation marks and agencies, brackets alone, a stroke.
    ("حلب – «ضوء الشمال» ووكالات: ", S), ("(تيلافي) ", S), ("[قابس] ", W), ("أكادير | ", S),
    ("قناة النخيل الفضائية/ البصرة ", S), ("كسلا: سونا ", S),
    # A month's second name behind a stroke is no agency; an unknown name between strokes; a writer behind the agency.
    ("تلعفر 27 تشرين ثان/نوفمبر (د ب أ)- ", S), ("عمان - 3 كانون الثاني / يناير 2024 (رويترز) - ", V),
    ("الموصل/ خان اليوم/ ", S), ("اربد 21 كانون الأول (بترا)- هالا شطناوي - ", S), ("القاهرة/ محمد علي/ ", W),
    # Signs left out.
    ("عمان رويترز ", S), ("النماص: سعد الشهري ", S),
    ("صيدا ـ لمى شاهين ", "حبها للخزف دفعها إلى فتح مشغل في خان قديم وسط المدينة."),
]  # fmt: skip

SENTENCES = [
    "عمّان: أحمد العلي قال إن الخان سيفتح أبوابه أمام الزوار بعد عامين من العمل.",
    "تونس: محمد الطرابلسي يفوز بجائزة الخزف بعد عامين من العمل في المدينة القديمة.",
    "دمشق: الأمطار تغرق الشوارع والأنفاق في أحياء كثيرة منذ صباح اليوم الباكر.",
    "بغداد-البصرة طريق قديم يعبره التجار إلى خانهم القديم في وسط المدينة.",
    "لبنان: بيروت تستعد لمهرجان الخزف في خان التجار وسط المدينة القديمة.",
    "مصدر مسؤول: بدأت أعمال الترميم في خان التجار بعد عامين من الانتظار الطويل.",
    "محافظ المدينة: نعمل على فتح خان التجار أمام الزوار بعد عامين من الترميم.",
    "أظهرت مقارنة أجرتها «المنارة» بين متاجر المدينة القديمة أن الأسعار تضاعفت في عامين.",
    "الخزف، صناعة قديمة في المدينة، يعود إلى الخان بعد عامين من الإغلاق الطويل.",
    "بيروت، المدينة التي لا تنام، تفتح خان التجار أمام الزوار بعد عامين من العمل.",
    "ثوب قديم -أعلنت صاحبته أنه لجدتها- معروض في الخان أمام الزوار بعد عامين.",
    "قال الوزير: فتحنا خان التجار أمام الزوار بعد عامين من الترميم المتواصل.",
    "\u064b\u064e/ أعلنت بلدية المدينة القديمة فتح خان التجار أمام الزوار بعد ترميم.",
    "كتب شاعر من المدينة - وهو تاجر في الخان - قصيدة عن أبوابه القديمة.",
    "أكادير | إنقاذ خان التجار من الهدم بعد عامين من الانتظار في المدينة القديمة.",
    "(خان التجار) اسم قديم لسوق في وسط المدينة عاد إليه أصحابه بعد عامين.",
    "خان التجار والمدينة القديمة - علاقة عمرها أربعة قرون بين حجر وناس وماء.",
]


@pytest.mark.parametrize(("opening", "sentence"), OPENINGS)
def test_opening_is_cut_off_the_first_sentence(opening: str, sentence: str) -> None:
    text = f"خان التجار يفتح أبوابه من جديد\n{opening}{sentence}\nوقال رئيس البلدية إن الكلفة بلغت تسعة آلاف دينار.\n"
    article = read(text).articles[0]
    assert article.body.split("\n")[0] == sentence


LABELS = [
    "سامي: يعمل الفريق كل يوم على إصلاح القارب حتى يصل إلى المرفأ قبل العاصفة.",
    "الطقس: تنخفض الحرارة غدا في المرتفعات وتتساقط أمطار متفرقة على الساحل كله.",
    "رئيس البلدية: ننتظر أن تصل المضخات إلى المدينة قبل موسم الأمطار المقبل بأسبوع.",
]


@pytest.mark.parametrize("sentence", LABELS)
def test_name_before_a_colon_that_is_no_place_stays(sentence: str) -> None:
    assert find_opening(sentence) is None


def test_row_with_a_place_and_a_figure_is_no_dateline() -> None:
    rows = ["اربيل: 148000", "البصرة: 148300", "الموصل: 147900"]
    pieces, _ = marked_lines("\n".join(["أسعار الصرف", *rows]))
    assert all(line.mark is None for line in pieces)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence_has_no_opening(sentence: str) -> None:
    assert find_opening(sentence) is None


@pytest.mark.parametrize(
    ("village", "sentence"),
    [
        ("عين الصفا", "يسعى باعة العسل في بلدة عين الصفا إلى تسجيل عسلهم علامة جماعية تحميه من العسل المستورد."),
        ("المرجة", "تتكدس سلال الرمان الأحمر على جانبي الطريق المؤدية إلى المرجة، ولا شاري يقف أمامها منذ أسبوع."),
        ("فاليتا", "بعد عامين من الإغلاق عاد التجار إلى خانهم القديم، ورفعت البلدية السقالات عن أبوابه الثلاثة."),
    ],
)
def test_place_that_no_table_has_is_known_by_the_text_behind_it(village: str, sentence: str) -> None:
    article = read(
        f"خان التجار يفتح أبوابه من جديد\n{village}: {sentence}\nوقال رئيس البلدية إن الكلفة كبيرة.\n"
    ).articles[0]
    assert (article.body.split("\n")[0], article.place) == (sentence, village)


@pytest.mark.parametrize(
    "sentence",
    [
        "عين الصفا: عسل الجبل ينافس العسل المستورد، والباعة يطلبون علامة جماعية تحميه من الغش والتقليد.",
        "الهلال الأحمر: نقل مسعفو الهلال الأحمر سبعة جرحى بعد انقلاب شاحنة على الطريق الساحلي ليلة أمس.",
    ],
)
def test_what_stands_before_a_colon_is_no_place_by_that_alone(sentence: str) -> None:
    assert find_dateline(sentence) is None


@pytest.mark.parametrize(
    ("behind", "cut"),
    [("أعلنت البلدية فتح خان التجار بعد ترميم دام عامين وكلف تسعة آلاف دينار.", True),
     ("أمام الزوار بعد ترميم دام عامين وكلف تسعة آلاف دينار جمعها التجار أنفسهم.", False)],
)  # fmt: skip
def test_headline_that_the_text_says_again_is_cut_off_its_sentence(behind: str, cut: bool) -> None:
    title = "خان التجار يفتح أبوابه من جديد"
    text = f"{title}\n3 مارس 2024\n{title} {behind}\nوقال رئيس البلدية إن التجار دفعوا ثمن الخشب.\n"
    first = read(text).articles[0].body.split("\n")[0]
    assert first == (behind if cut else f"{title} {behind}")


@pytest.mark.parametrize(
    ("opening", "agency"),
    [("غزة 27 تشرين ثان/نوفمبر (د ب أ)- ", "د ب أ"), ("بغداد 3 تشرين الأول / أكتوبر 2024 (رويترز) - ", "رويترز")],
)
def test_a_month_s_second_name_is_no_agency(opening: str, agency: str) -> None:
    found = find_dateline(opening + S)
    assert found is not None
    assert found.agency == agency


def test_who_stands_between_strokes_behind_the_place_is_no_agency_where_it_is_a_person() -> None:
    found = find_dateline("القاهرة/ محمد علي/ " + S)
    assert found is not None
    assert (found.place, found.agency) == ("القاهرة", None)
