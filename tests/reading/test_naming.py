"""Outlet and writer by the evidence around an article: where names stand, what stands beside them, what they are."""

from __future__ import annotations

import pytest

from rasd.reading.addresses import addresses, spells
from rasd.reading.candidates import bare_key_of, key_of
from rasd.reading.credits import is_person_name
from rasd.reading.evidence import NONE, load_table, weigh_evidence
from rasd.reading.reader import read
from rasd.training.naming import KNOWN

_TITLE = "أهالي الوادي يعيدون بناء جسر الحجر بعد عامين من السيول"
_TEXT = (
    "أنهى أهالي قرى الوادي بناء جسر الحجر الذي جرفته السيول قبل عامين، بعد أن جمعوا كلفته من تبرعات صغيرة.",
    "وقال المشرف على العمل إن الحجارة نقلت من مقلع قريب على ظهور الدواب، وإن ستين رجلا تناوبوا على رفعها.",
    "وأضاف أن الجسر سيفتح أمام المشاة أولا، على أن تعبره السيارات بعد أن تفحصه لجنة من مهندسي البلدية.",
)


def _page(*above: str, below: tuple[str, ...] = (), text: tuple[str, ...] = _TEXT) -> str:
    return "\n".join((_TITLE, *above, *text, *below))


@pytest.mark.parametrize(
    ("page", "outlet"),
    [
        (_page("دفاتر الوادي | 4 مارس 2024"), "دفاتر الوادي"),
        (_page("4 مارس 2024", "مرفأ الجبال –", below=("مرفأ الجبال –",)), "مرفأ الجبال"),
        (_page("عمّان - رواق الهضبة: سالم الخطيب | الإثنين 4 مارس 2024"), "رواق الهضبة"),
        (_page(below=("© صحيفة رواق الهضبة - عمّان",)), "صحيفة رواق الهضبة"),
        (_page(below=("الآراء المنشورة تعبر عن أصحابها ولا تعبر عن رأي رواق الهضبة",)), "رواق الهضبة"),
        (_page("فؤاد سلامة نشر في رواق الهضبة يوم 04 - 03 - 2024"), "رواق الهضبة"),
        (_page(text=(*_TEXT, "وأكد مهندس البلدية لـ«رواق الهضبة» أن الفحص ينتهي خلال أسبوعين.")), "رواق الهضبة"),
        (_page(text=(*_TEXT, "وتنشر «رواق الهضبة» صور الجسر قبل السيول وبعدها.")), "رواق الهضبة"),
        (_page(text=(*_TEXT, "وقال أحد السكان لموقع رواق الهضبة إن الطريق صار أقصر.")), "رواق الهضبة"),
        (_page(text=(*_TEXT, "وقال أحد السكان لشبكة رواق الهضبة، إن الطريق صار أقصر.")), "رواق الهضبة"),
        (_page("نشر الخبر نقلا عن صحيفة رواق الهضبة", "4 مارس 2024"), "صحيفة رواق الهضبة"),
        ("\n".join(("رواق الهضبة - العدد: 4127", "محليات", _page("4 مارس 2024"))), "رواق الهضبة"),
        (_page(below=("المصدر: رواق الهضبة، العدد 15",)), "رواق الهضبة"),
        (_page(below=("رواق الهضبة، أسبوعية مستقلة",)), "رواق الهضبة"),
        (_page(below=("حقوق الصور والنص محفوظة لـ«رواق الهضبة»",)), "رواق الهضبة"),
        (_page(text=(_TEXT[0], "«رواق»: كم حجرا نقل؟", _TEXT[1], "«رواق»: ومتى يفتح؟", _TEXT[2])), "رواق"),
        (f"{_TITLE} - رواق الهضبة\n4 مارس 2024\n" + "\n".join(_TEXT), "رواق الهضبة"),
        (_page("المصدر: رواق الهضبة | نشر قبل 5 ساعات"), "رواق الهضبة"),
        (_page(below=("يستخدم رواق الهضبة ملفات تعريف الارتباط لتحسين تجربتك.",)), "رواق الهضبة"),
        # Whatever a source line says is a name: letters, a number, words that names seldom hold.
        (_page(below=("المصدر: صفحات الهضبة",)), "صفحات الهضبة"),
        (_page(below=("المصدر: 26 ساعة ثقافة",)), "26 ساعة ثقافة"),
        (_page(below=("المصدر: د ب أ",)), "د ب أ"),
        (_page(below=("المصدر: حوادث الهضبةكلمات دلالية: جسر، سيول",)), "حوادث الهضبة"),
        (_page("خبر منشور في رواق الهضبة بتاريخ 4 مارس 2024"), "رواق الهضبة"),
        (_page(below=("© مؤسسة الهضبة للصحافة والنشر، كافة الحقوق محفوظة",)), "الهضبة"),
        (_page(below=("النشرة اليومية لـرواق الهضبة: سجل بريدك",)), "رواق الهضبة"),
        (_page(below=("صحافتنا مستقلة بفضلكم. ادعموا رواق الهضبة بخمسة دنانير في الشهر.",)), "رواق الهضبة"),
        (_page(below=("لا يجوز النسخ أو النقل إلا بموافقة خطية من «رواق الهضبة».",)), "رواق الهضبة"),
        (_page("تصدر «رواق الهضبة» بفضل قرائها."), "رواق الهضبة"),
        (f"{_TITLE} - رواق الهضبة, 1920\n4 مارس 2024\n" + "\n".join(_TEXT), "رواق الهضبة"),
        (f"{_TITLE} ~ رواق الهضبة\nمحليات\n{_TITLE}\n4 مارس 2024\n" + "\n".join(_TEXT), "رواق الهضبة"),
        # Among the links of a foot, before what the law asks for and who answers for it.
        (_page(below=("من نحن | رواق الهضبة | اتصل بنا",)), "رواق الهضبة"),
        (_page(below=("رواق الهضبة - ملف الصحافة رقم 12/2017",)), "رواق الهضبة"),
        (_page(below=("رواق الهضبة – رئيس التحرير: لطيف الخطيب",)), "رواق الهضبة"),
        (_page(below=("الموقع الرسمي لـرواق الهضبة",)), "رواق الهضبة"),
        # Behind a headline, or alone on a line; whom a source names with what it took from others.
        (f"{_TITLE} نشر في رواق الهضبة يوم 04 - 03 - 2024\n" + "\n".join(_TEXT), "رواق الهضبة"),
        (_page("عن جريدة رواق الهضبة"), "جريدة رواق الهضبة"),
        (_page(below=("المصدر: رواق الهضبة - عن بيان البلدية",)), "رواق الهضبة"),
        (_page(below=("المصدر: رواق الهضبة (الألمانية)",)), "رواق الهضبة"),
        (_page("هضبة24 - سالم الخطيب"), "هضبة24"),
        (f"Channel: رواق الهضبة (@hadaba)\n{_page('4 مارس 2024')}", "رواق الهضبة"),
        ("\n".join(f"رواق الهضبة, 0{n}:14\n{_TITLE}\n{text}" for n, text in enumerate(_TEXT, 1)), "رواق الهضبة"),
        # The word of its sort is kept where the page writes it there, whatever else says the name alone.
        (_page("مجلة رواق الهضبة", "4 مارس 2024", below=("مجلة رواق الهضبة",)), "مجلة رواق الهضبة"),
        # A label alone above it, by whatever word; where other stories stand between, below them too.
        (_page("المصدر", "رواق الهضبة"), "رواق الهضبة"),
        (_page(below=("منشأ الخبر: رواق الهضبة",)), "رواق الهضبة"),
        (_page(below=("كما ورد في رواق الهضبة",)), "رواق الهضبة"),
        (_page(below=("عن رواق الهضبة",)), "رواق الهضبة"),
        # What the page says of itself.
        (_page(below=("عن رواق الهضبة | ميثاق الشرف | أعلن معنا",)), "رواق الهضبة"),
        (_page(below=("عن الموقع: رواق الهضبة منصة تعنى بشؤون القرى",)), "رواق الهضبة"),
        (_page(below=("رأي «رواق الهضبة»",)), "رواق الهضبة"),
        (_page(below=("الموقع الإلكتروني لنقابة عمال الهضبة",)), "نقابة عمال الهضبة"),
        ("\n".join(("رواق الهضبة - أخبار القرى بالعربية", "محليات", _page("4 مارس 2024"))), "رواق الهضبة"),
        # Nobody is named: people, places, sections and pictures publish nothing.
        (_page("سالم الخطيب", "4 مارس 2024"), None),
        (_page(below=("- 3 -",)), None),
        (_page(text=(*_TEXT, "وقالت المهندسة لالاو رازافي إن الفحص ينتهي قريبا.")), None),
        (_page("محليات", "4 مارس 2024", "الجسر بعد ترميمه (تصوير سالم الخطيب)"), None),
    ],
)
def test_the_outlet_is_found_where_pages_name_it(page: str, outlet: str | None) -> None:
    assert read(page).articles[0].outlet == outlet


@pytest.mark.parametrize(
    ("page", "writer"),
    [
        (_page("دفاتر الوادي - سالم الخطيب", "4 مارس 2024"), "سالم الخطيب"),
        (_page("مارس 4, 2024 118 سالم إبراهيم الخطيب"), "سالم إبراهيم الخطيب"),
        (_page("سالم الخطيب صحافي أردني", "4 مارس 2024"), "سالم الخطيب"),
        (_page("منى حدّاد", "4 مارس 2024"), "منى حدّاد"),
        (_page("عمّان – من سالم الخطيب:", "4 مارس 2024"), "سالم الخطيب"),
        (_page("كتابة: منى الديب مراجعة علمية: د. سالم الخطيب", "4 مارس 2024"), "منى الديب"),
        (_page("4 مارس 2024", below=("حاوره في عمّان / سالم الخطيب -",)), "سالم الخطيب"),
        (_page("مرسلة بواسطة سالم الخطيب في 11:25 م"), "سالم الخطيب"),
        ("\n".join(("أهالي الوادي يعيدون بناء جسر الحجر .. بقلم: سالم الخطيب", "4 مارس 2024", *_TEXT)), "سالم الخطيب"),
        (_page("عمّان-رواق الهضبة-سالم الخطيب"), "سالم الخطيب"),
        ("\n".join((_TITLE, "4 مارس 2024", f"كتبت منى الديب: {_TEXT[0]}", *_TEXT[1:])), "منى الديب"),
        (_page("منى الديب · 4 مارس 2024 · 3 تعليقات · 118 مشاهدة"), "منى الديب"),
        (_page("نص وصور: منى الديب", "4 مارس 2024"), "منى الديب"),
        (_page("منى الديب", "مراجعة طبية: د. سالم الخطيب", "4 مارس 2024"), "منى الديب"),
        (_page("منى الديب، من عمّان", "4 مارس 2024", below=("تحرير: سالم الخطيب - ترجمة: منى الديب",)), "منى الديب"),
        (_page("سالم الخطيب من بئر الحجر", "4 مارس 2024"), "سالم الخطيب"),
        (_page("من موفدنا إلى الوادي: سالم الخطيب", "4 مارس 2024"), "سالم الخطيب"),
        (_page("By Salem Khatib", "4 مارس 2024"), "Salem Khatib"),
        (_page("عمّان ـ «رواق الهضبة»: من سالم الخطيب", "4 مارس 2024"), "سالم الخطيب"),
        (_page("تقرير_سالم الخطيب", "4 مارس 2024"), "سالم الخطيب"),
        (_page("ق. الخطيب", "4 مارس 2024"), "ق. الخطيب"),
        ("\n".join((f"{_TITLE} / سالم الخطيب", "4 مارس 2024", *_TEXT)), "سالم الخطيب"),
        # Folded, the name Ali is a preposition; titles before a name, what stands behind it on its line.
        (_page("منى علي الديب", "4 مارس 2024"), "منى علي الديب"),
        (_page("أ. د. سالم الخطيب", "4 مارس 2024"), "سالم الخطيب"),
        (_page("سالم الخطيب كل مقالات الكاتب", "4 مارس 2024"), "سالم الخطيب"),
        (f"{_TITLE}كتب:سالم الخطيب\n4 مارس 2024\n" + "\n".join(_TEXT), "سالم الخطيب"),
        (_page("مشاركة تغريد تثبيت", "4 مارس 2024"), None),
        # Who pictured it, who heads the paper, of whom the text tells: none of them wrote it.
        (_page("تصوير سالم الخطيب", "4 مارس 2024"), None),
        ("\n".join(("رئيس التحرير", "سالم الخطيب", _page("4 مارس 2024"))), None),
        (_page("سالم الخطيب في الوادي", text=(*_TEXT, "وختم سالم الخطيب بأن الجسر سيبقى.")), None),
    ],
)
def test_the_writer_is_found_where_pages_name_him(page: str, writer: str | None) -> None:
    assert read(page).articles[0].author == writer


@pytest.mark.parametrize(
    ("page", "agency"),
    [
        # A place and an agency that a dash glues together, whether or not a table has the agency.
        (_page("4 مارس 2024", "عمّان-وكالة الهضبة", below=("المصدر: وكالة الهضبة للأنباء",)), "وكالة الهضبة"),
        (_page("4 مارس 2024", "عمّان-سالم الخطيب"), None),
        (_page("4 مارس 2024", "عمّان - وكالة الهضبة:"), "وكالة الهضبة"),
        # Agencies beside the outlet, named or not.
        (_page("4 مارس 2024", below=("المصدر: رواق الهضبة + وكالات",)), "وكالات"),
        (_page("4 مارس 2024", below=("المصدر: رواق الهضبة - بترا",)), "بترا"),
        # The marks of editors below a text: of one agency it is, of several it is told after none of them.
        (_page("4 مارس 2024", below=("ل.ع/خ.س (د ب أ)",)), "د ب أ"),
        (_page("4 مارس 2024", below=("ل.ع/خ.س (د ب أ، أ ف ب)",)), None),
        # A section that has the short name of an agency.
        ("\n".join(("وطنية", _page("4 مارس 2024"))), None),
        # A town in brackets behind the outlet's name.
        (_page(text=("رواق الهضبة (بئر الحجر) - بدأ أهالي بئر الحجر بناء جسر الحجر بعد السيول.", *_TEXT[1:])), None),
        # A town that has the name of an agency.
        (_page("قنا - سالم الخطيب", "4 مارس 2024"), None),
    ],
)
def test_the_agency_is_found_where_pages_name_it(page: str, agency: str | None) -> None:
    assert read(page).articles[0].agency == agency


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("صحيفة «رواق الهضبة»", "رواق الهضبة"),
        ("صحيفة رواق الهضبة", "رواق الهضبة"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("صحيفة السهل التونسية", "السهل"),
        ("موقع رأس التل الإخبارى", "راسالتل"),
        ("جريدة باب السور اليومية", "بابالسور"),
        # Without a word for its sort, or of the other gender, it is the name's own.
        ("السهل التونسية", "السهلالتونسيه"),
        ("صحيفة السهل العربي", "السهلالعربي"),
        ("مجلة العربية", "العربيه"),
    ],
)
def test_an_adjective_goes_with_the_word_for_its_sort(name: str, bare: str) -> None:
    assert bare_key_of(name) == bare


@pytest.mark.parametrize(
    ("name", "address", "spelt"),
    [
        ("رواق الهضبة", "تابعونا @rewaq_alhadaba", True),
        ("شباك صنعاء", "www.shubbaksanaa.example", True),
        ("رواق الهضبة", "تابعونا على facebook.com", False),
        ("الوادي", "info@rewaq.example", False),
    ],
)
def test_an_address_spells_a_name_by_its_consonants(name: str, address: str, spelt: bool) -> None:
    assert spells(name, addresses(address)) is spelt


@pytest.mark.parametrize("table", ["publishers", "writers"])
def test_what_is_known_without_a_page_has_a_weight(table: str) -> None:
    weights = load_table(table)
    assert weights[NONE] < 0  # of whom nothing is known is not named
    assert weigh_evidence(table, ["nothing that the table knows"]) == weights[NONE]
    assert {one for one, weight in KNOWN[table].items() if abs(weight) > 2} <= weights.keys()


def test_the_order_of_evidence_does_not_matter() -> None:
    evidence = sorted(load_table("publishers"))
    assert weigh_evidence("publishers", evidence) == weigh_evidence("publishers", reversed(evidence))


def test_what_folds_to_nothing_is_no_name() -> None:
    assert not is_person_name("ـ ـ")
