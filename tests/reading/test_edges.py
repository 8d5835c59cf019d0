"""Where a text begins and ends, and what breaks it: each class in several forms around made-up stories."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from rasd.reading.drafts import Draft
from rasd.reading.edges import settle_edges
from rasd.reading.lines import split_lines
from rasd.reading.reader import read
from rasd.reading.weighing import STATES

N = "\n"
T = "متطوعون يعيدون فتح مكتبة عامة في الزرقاء بعد سبع سنوات"
L = "أعاد متطوعون من مدينة الزرقاء، يوم الثلاثاء، فتح المكتبة العامة التي أُغلقت قبل سبع سنوات بسبب تصدع سقفها."
M = "وقال منسق المبادرة نادر الخوالدة إن الترميم كلف تسعة آلاف دينار جمعها الأهالي في صناديق وُضعت داخل الدكاكين."
E = "وأضاف أن المكتبة ستفتح أبوابها مساء كل يوم عدا الجمعة، وأن رفوفها تتسع لأربعة عشر ألف كتاب."
B = [L, M, E]
# A report that tells a story from its own beginning.
S1 = "عند باب حديدي صدئ تقف أم يزن وبيدها مفتاح احتفظت به منذ أُغلقت المكتبة، وتنتظر أن يصل العامل ليفك القفل."
S2 = "دخلت المرأة أولا، ثم دخل بعدها ثلاثون طفلا لم يروا من قبل كتابا على رف خشبي بطول الجدار."
S3 = "ويقول المهندس الذي أشرف على السقف إن الخشب القديم كان سليما، وإن الماء وحده هو الذي كان يبحث عن طريق."
S = [S1, S2, S3]


class Case(NamedTuple):
    name: str
    lines: list[str]
    body: list[str]


CASES = [
    # Standfirsts written as sentences.
    Case(
        "standfirst above the writer",
        [T, "سبعة أعوام بقي الباب مغلقا. الآن صار للأطفال مكان يقرأون فيه.", "بقلم: رنا الزيود", "3 مارس 2024", *S],
        S,
    ),
    Case(
        "standfirst above the day",
        ["ثقافة", T, "مبادرة أهلية أعادت إلى حي قديم رفوفه وقراءه من غير دعم رسمي.", "نُشر في: 12/05/2023", *S],
        S,
    ),
    Case(
        "standfirst above the page's address",
        [T, "١٢ مايو ٢٠٢٣", "في حي قديم شرق عمان عاد باب مغلق إلى الحركة.", "https://p.example/p/4Xy", "إعلان", *S],
        S,
    ),
    Case(
        "a summary that says so",
        [T, "3 مارس 2024", "ملخص آلي: يروي التقرير عودة مكتبة أغلقت سبعة أعوام، ويصف يومها الأول بين الأطفال.", *S],
        S,
    ),
    Case(
        "a first sentence with a label of its own",
        [T, "3 مارس 2024", "باختصار: عادت إلى الزرقاء مكتبتها بعد سبعة أعوام، وعاد إليها ثلاثون طفلا في يوم واحد.", *S],
        ["باختصار: عادت إلى الزرقاء مكتبتها بعد سبعة أعوام، وعاد إليها ثلاثون طفلا في يوم واحد.", *S],
    ),
    Case(
        "a machine's summary calls to discover",
        [
            T,
            "متطوعون يعيدون فتح مكتبة الزرقاء بعد ترميم سقفها. اكتشف تفاصيل المبادرة وكلفتها وموعد الافتتاح في المقال.",
            "مكتبة الزرقاء تفتح أبوابها من جديد",
            *B,
        ],
        ["مكتبة الزرقاء تفتح أبوابها من جديد", *B],
    ),
    Case(
        "a summary calls to learn",
        [T, "عادت مكتبة الزرقاء إلى روادها بعد ترميم طويل. تعرف على مواعيدها وعدد كتبها.", *B],
        B,
    ),
    Case(
        "a summary below its name",
        [
            T,
            "سامر الطراونة كاتب أردني",
            "السبت 4 مايو 2024 10:15",
            "ملخص",
            "جمع أهالي حي في الزرقاء تسعة آلاف دينار وأصلحوا سقف مكتبتهم بأيديهم قبل أن ينقل كتبها إلى العاصمة.",
            *S,
        ],
        S,
    ),
    Case(
        "a summary with its name",
        [T, "3 مارس 2024", "ملخص: عادت مكتبة الزرقاء إلى روادها بعد ترميم دفع الأهالي ثمنه.", *B],
        B,
    ),
    Case(
        "a machine's summary with its name",
        [T, "3 مارس 2024", "خلاصة آلية: يتناول التقرير ترميم مكتبة الزرقاء ويعرض رأي المهندس الذي أصلح سقفها.", *S],
        S,
    ),
    # What a site asks behind the last sentence, on its line.
    Case("a question of the site on the last line", [T, "3 مارس 2024", L, M, f"{E} هل أعجبك الخبر؟"], B),
    Case("a question of the text on the last line", [T, "3 مارس 2024", L, M, f"{E} فمن يقرأ كل هذه الكتب؟"], [
        L, M, f"{E} فمن يقرأ كل هذه الكتب؟",
    ]),
    # The minutes of a recording.
    Case(
        "the parts of a recording",
        [T, "3 مارس 2024", *B, "00:00 الباب المغلق", "12:45 من دفع ثمن السقف", "38:02 ما بقي على الرفوف"],
        B,
    ),
    Case(
        "hours of a day",
        [T, "3 مارس 2024", *B, "ويمر يوم المكتبة هكذا:", "08:15 يصل الحارس", "12:45 يصل الأطفال", "18:30 تغلق"],
        [*B, "ويمر يوم المكتبة هكذا:", "08:15 يصل الحارس", "12:45 يصل الأطفال", "18:30 تغلق"],
    ),
    # A text that goes on elsewhere.
    Case(
        "the rest at the source",
        [T, "3 مارس 2024", L, M, "وأضاف أن المكتبة ستفتح مساء كل يوم ... التفاصيل كاملة في المصدر"],
        [L, M, "وأضاف أن المكتبة ستفتح مساء كل يوم"],
    ),
    Case(
        "the rest behind an arrow",
        [T, "3 مارس 2024", L, M, "وأضاف أن المكتبة ستفتح مساء كل يوم... تابع القراءة ←"],
        [L, M, "وأضاف أن المكتبة ستفتح مساء كل يوم"],
    ),
    # First paragraphs that stay, whatever stands around.
    Case("a lead above an advertisement", [T, "3 مارس 2024", L, "إعلان", M, E], B),
    Case("a lead above other stories", [T, "3 مارس 2024", L, "اقرأ أيضا", "معرض للخط في إربد", M, E], B),
    Case(
        "a lead that has a label",
        [T, "3 مارس 2024", "الزرقاء: عادت المكتبة إلى روادها بعد ترميم دفع الأهالي ثمنه قرشا بعد قرش.", M, E],
        ["عادت المكتبة إلى روادها بعد ترميم دفع الأهالي ثمنه قرشا بعد قرش.", M, E],
    ),
    Case("a text below the name of its summary", [T, "3 مارس 2024", "ملخص", *B], B),
    Case("a first sentence that calls nobody", [T, "3 مارس 2024", "لم تعرف أم يزن أن الباب سيفتح هذا اليوم.", *S], [
        "لم تعرف أم يزن أن الباب سيفتح هذا اليوم.", *S,
    ]),
    # Points of what is to come.
    Case(
        "points with dashes",
        [T, "- المبادرة جمعت تسعة آلاف دينار", "- الرفوف تتسع لأربعة عشر ألف كتاب", "رنا الزيود", "3 مارس 2024", *B],
        B,
    ),
    Case(
        "points with dots below the day",
        [T, "كتبت: رنا الزيود", "3 مارس 2024", "• ترميم السقف استغرق عاما.", "• الأهالي دفعوا الكلفة كلها.", *B],
        B,
    ),
    Case(
        "a post all of whose paragraphs have a sign",
        [T, f"🔹 {L}", f"🔹 {M}", f"🔹 {E}"],
        [f"🔹 {L}", f"🔹 {M}", f"🔹 {E}"],
    ),
    # Stars inside a text.
    Case("stars between parts", [T, "بقلم: رنا الزيود", S1, "***", S2, "***", S3], S),
    Case("stars with blanks", [T, "بقلم: رنا الزيود", S1, S2, "* * *", S3, "* * *", M, E], [*S, M, E]),
    # Numbers and headings of parts.
    Case("numbered parts", [T, "رنا الزيود", S1, "1", S2, "2", S3, "3", M, E], [S1, "1", S2, "2", S3, "3", M, E]),
    Case("numbered from the start", [T, "رنا الزيود", "(1)", S1, "(2)", S2, S3], ["(1)", S1, "(2)", S2, S3]),
    Case(
        "numbers of most-read links",
        [T, "3 مارس 2024", *B, "الأكثر قراءة", "1", "معرض للخط في إربد", "2", "سباق للدراجات في مادبا"],
        B,
    ),
    # Texts that were cut off.
    Case("dots with a link", [T, L, M[:-1] + "...", "إقرأ بقية الخبر من المصدر"], [L, M[:-1]]),
    Case("dots of one paragraph", [T, "صحيفة السهل - قبل ساعتين", f"{L[:-1]} وكانت …", "تفعيل التنبيهات"], [
        f"{L[:-1]} وكانت",
    ]),
    Case("dots that end a column", [T, "رنا الزيود", *S[:2], "وربما يبقى الباب مفتوحا هذه المرة..."], [
        *S[:2], "وربما يبقى الباب مفتوحا هذه المرة...",
    ]),
    # What stands behind the last sentence.
    Case("place and writer behind the text", [T, L, M, f"{E} الزرقاء ـ رنا الزيود:"], B),
    Case("an agency behind the text", [T, "3 مارس 2024", L, M, f"{E} رويترز"], B),
    Case("a sentence without its stop behind the text", [T, L, M, f"{E} وسيكون الدخول مجانا"], [
        L, M, f"{E} وسيكون الدخول مجانا",
    ]),
    Case(
        "about the writer",
        [T, "رنا الزيود", "3 مارس 2024", *S, "رنا الزيود كاتبة وصحفية أردنية تعنى بشؤون المدن الصغيرة."],
        S,
    ),
    Case(
        "about the writer below its name",
        [T, "د. خليل المجالي", *S, "عن الكاتب", "أستاذ علم الاجتماع في جامعة مؤتة، وله كتابان عن القرى."],
        S,
    ),
    Case(
        "short sentences below the name of a summary",
        [T, "3 مارس 2024", "أبرز النقاط", "المكتبة أُغلقت سبع سنوات.", "الأهالي دفعوا كلفة السقف.", S1 + " " + S2, S3],
        [S1 + " " + S2, S3],
    ),
    Case("a star and what the writer is", [T, "رنا الزيود", *S, "* كاتبة وصحفية من الزرقاء."], S),
    Case(
        "two who made it",
        [T, "رنا الزيود وسامر الطراونة", *S, "رنا الزيود كاتبة أردنية.", "سامر الطراونة مصور يعيش في الزرقاء."],
        S,
    ),
    # What a site says around its texts.
    Case("who keeps it", [T, "رنا الزيود", *S, "مجلة الحي مشروع تطوعي يعيش من تبرعات قرائه."], S),
    Case("the site about itself", [T, L, M, E, "مرايا الزرقاء موقع إخباري مستقل تأسس في العام 2015."], B),
    Case("no advice", [T, L, M, E, "لا يعد ما ورد هنا توصية بالشراء أو البيع."], B),
    Case("who paid", [T, L, M, E, "أُنجز هذا التحقيق بدعم من منحة للصحافة المحلية."], B),
    Case("what may be done with it", [T, L, M, E, "يمكن إعادة نشر هذه المادة مجانا بشرط ذكر المصدر."], B),
    Case("a correction above the text", [T, "تنبيه: ورد في النسخة الأولى من الخبر أن الكلفة ألف دينار.", *B], B),
    Case("why it stands here", [T, "يعيد الموقع نشر هذه المقالة لما فيها من ذكريات.", "رنا الزيود", *S], S),
    Case("a picture's sentence in the text", [T, L, M, "جانب من الأطفال أمام رفوف المكتبة الجديدة.", E], B),
    Case("a question that ends a column", [T, "رنا الزيود", *S, "فمن يحمل المفتاح بعد أم يزن؟"], [
        *S, "فمن يحمل المفتاح بعد أم يزن؟",
    ]),
    Case("where the text was printed first", [T, L, M, E, "النص عند ناشره، ويُفتح بالنقر على هذه العبارة."], B),
    Case("a service with a link", [T, L, "وقال إن الاطلاع على فهرس الكتب متاح عبر موقع البلدية.", E], [
        L, "وقال إن الاطلاع على فهرس الكتب متاح عبر موقع البلدية.", E,
    ]),
    Case("a town with a colon", [T, f"كوبنهاغن: {S1}", *S[1:]], S),
    Case("what readers tried", [T, L, M, E, "تجارب القراء", "ميساء: زرتها اليوم وأعجبتني كثيرا."], B),
    Case(
        "notes with numbers of the text",
        [T, "رنا الزيود", S1, S2.replace("أولا،", "أولا [1]،"), S3, "[1] سجل المكتبة لعام 1998، ورقة بلا رقم."],
        [S1, S2.replace("أولا،", "أولا [1]،"), S3],
    ),
    Case("a site in the news", [T, L, "وأعلنت مؤسسة إعلامية محلية أنها ستصور الافتتاح كله.", E], [
        L, "وأعلنت مؤسسة إعلامية محلية أنها ستصور الافتتاح كله.", E,
    ]),
    Case(
        "the writer in his own story",
        [T, "رنا الزيود", S1, S2, "رنا الزيود دخلت المكتبة قبل ثلاثين عاما، وكانت هناك."],
        [S1, S2, "رنا الزيود دخلت المكتبة قبل ثلاثين عاما، وكانت هناك."],
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_text_has_its_edges(case: Case) -> None:
    text = N.join(case.lines)
    reading = read(text)
    assert reading.articles, "no article found"
    assert reading.articles[0].body.split(N) == case.body
    assert "".join(text[s.start : s.end] for s in reading.segments) == text


_ENTRIES = [
    ("17:40", "فتح الباب الرئيسي", "فتح المنسق الباب أمام ثلاثين طفلا كانوا ينتظرون منذ العصر، وبدأت القراءة الأولى."),
    ("16:05", "وصول الكتب", "وصلت شاحنة تحمل أربعة آلاف كتاب تبرعت بها مدارس المحافظة وجامعتان خاصتان."),
    ("14:30", "آخر أعمال السقف", "أنهى العمال تثبيت آخر لوح في السقف، وقال المهندس إن الخشب القديم بقي في مكانه."),
]  # fmt: skip


def test_headings_of_entries_belong_to_a_live_text() -> None:
    text = N.join(["تغطية مباشرة: افتتاح مكتبة الزرقاء", "3 مارس 2024", *(N.join(entry) for entry in _ENTRIES)])
    body = read(text).articles[0].body.split(N)
    assert body == [line for _, heading, sentence in _ENTRIES for line in (heading, sentence)]


def test_page_whose_lines_are_all_unlikely_has_no_article() -> None:
    text = N.join(
        [
            "يرجى الانتظار",
            "نتحقق من سلامة اتصالك بالموقع قبل أن نعرض الصفحة المطلوبة.",
            "يلزم تفعيل ملفات تعريف الارتباط وجافا سكربت في متصفحك للمتابعة.",
            "لماذا تظهر هذه الرسالة؟ لحماية الموقع من الزيارات الآلية.",
        ]
    )
    assert not read(text).articles


def test_a_page_whose_only_sentence_is_the_site_s_has_no_article() -> None:
    said = "حسبت المواقيت بطريقة الهيئة العامة للمساحة، وقد تختلف دقيقة أو دقيقتين عن مسجد الحي"
    for sentence, kept in ((said + ".", False), (said + "...", True)):  # what was cut off may be a text
        pieces = split_lines(N.join(["مواقيت الصلاة في المدينة", sentence]))
        drafts = [Draft("main", title=0, body=[1], reach=1)]
        settle_edges(pieces, drafts, [0.0, 0.001], np.full((2, len(STATES)), 0.001))
        assert bool(drafts) == kept


def test_lines_of_a_column_that_are_hardly_text_are_none() -> None:
    pieces = split_lines(N.join([T, "فتح المخزن أبوابه اليوم", "لحفظ أواني الناس", "لا ينشر إلا بإذن الجريدة"]))
    for line in pieces[1:]:
        line.label("main_article", "line_of_a_column", 0)
    drafts = [Draft("main", title=0, body=[1, 2, 3], reach=3)]
    settle_edges(pieces, drafts, [0.0, 1.0, 1.0, 0.01], np.full((4, len(STATES)), 0.01))
    assert drafts[0].body == [1, 2]


TEASERS = [
    "حافلة الكتب تصل إلى مخيم الأزرق محملة بالقصص",
    "سرقة ثلاثة كيلومترات من أسلاك الكهرباء في المفرق",
    "لا تفوتكم: أسعار الزيت ترتفع دينارين في أسبوع",
]


@pytest.mark.parametrize("teaser", TEASERS)
def test_headline_between_paragraphs_that_could_be_a_link_is_none_of_the_text(teaser: str) -> None:
    assert _body_with(teaser, 0.35) == [L, M, E]


def test_heading_between_paragraphs_stays() -> None:
    told = "صناديق داخل الدكاكين جمعت كلفة الترميم"  # what is told below it
    assert _body_with(told, 0.35, below=M) == [L, told, M, E]
    assert _body_with(TEASERS[0], 0.05) == [L, TEASERS[0], M, E]
    assert _body_with("من الباب إلى الرف", 0.35) == [L, "من الباب إلى الرف", M, E]


def _body_with(line: str, link: float, below: str = M) -> list[str]:
    """Return the text of a report with a line in its midst that is so likely a link, by the weighing of all lines."""
    pieces = split_lines(N.join([T, L, line, below, E]))
    main = Draft("main", title=0, body=[1, 2, 3, 4])
    likely = np.zeros((len(pieces), len(STATES)))
    likely[:, STATES.index("body")] = 0.99
    likely[2, STATES.index("body")] = 1 - link
    likely[2, STATES.index("navigation")] = link
    settle_edges(pieces, [main], likely[:, STATES.index("body")].tolist(), likely)
    return [pieces[i].text for i in main.body]


def test_a_headline_and_a_report_of_one_sentence_are_an_article() -> None:
    page = "مسرحية عن الريف\nرفض الكاتب توماس هلوران تغيير نهاية مسرحيته في نيويورك بالولايات المتحدة."
    assert [article.body for article in read(page).articles] == [page.split("\n")[1]]
