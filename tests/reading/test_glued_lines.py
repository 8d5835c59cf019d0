"""Lines on which texts were glued together, and where they are cut; others stay whole."""

from __future__ import annotations

import pytest

from rasd.reading.reader import marked_lines, read
from rasd.reading.seams import seams

GLUED = [
    # a subheading with its paragraph: behind a question, before a short word that goes on, before an unknown verb
    ("من يدفع ثمن السور؟", "ويتقاسم الأهالي كلفة السور مع البلدية، على أن تدفع حصتها بعد الحصاد."),
    ("سور بلا حجارة جديدة", "وفي الأسبوع الأول نقل المتطوعون ألف حجر من المقلع القديم على ظهور البغال."),
    ("حجر ومعول", "وتحمل كل عائلة معولا واحدا إلى الورشة، ثم تعود به عند الغروب."),
    ("السور ينتظر", "أما الشيوخ فيجلسون في الظل ويعدون الحجارة بصوت عال حتى لا يضيع منها شيء."),
    # known by the words on both sides alone: the language has none that looks like both together
    ("خطوات الحجز عبر الهاتف", "ويمكن للأهالي حجز دورهم في الفرن من خلال رقم يرد على مدار الساعة."),
    ("خريطة الأمطار خلال خمسة أيام", "وتظهر الشبورة على الطرق الساحلية من الرابعة فجرا حتى التاسعة صباحا."),
    ("نخلة تثمر في عامها المئة والأربعين", "أثمرت نخلة السوق هذا العام عذقين بعد أن ظنها أصحابها يابسة منذ سنوات."),
    ("الشباب: أهم شيء الماء", "من ناحيتهم، طلب شبان القرية أن تمد أنابيب الماء قبل أن يرتفع السور."),
]


@pytest.mark.parametrize(("heading", "text"), GLUED)
def test_subheadings_are_cut_off_the_paragraphs_that_they_are_glued_to(heading: str, text: str) -> None:
    pieces, _ = marked_lines("أهالي وادي السدر يبنون سور القرية بأيديهم\n" + heading + text)
    assert [p.text for p in pieces[1:]] == [heading, text]


def test_a_subheading_is_cut_off_between_two_paragraphs_that_lost_both_their_ends() -> None:
    before, heading = "وأكد الطبيب أن اللجنة مرت على ستين حظيرة ولم تجد مرضا.", "لا حمى في القرية"
    after = "وأوضح أن العينات التي سحبت من القطيع سترسل إلى المختبر في العاصمة يوم الأحد."
    pieces, _ = marked_lines("طبيب القرية يطمئن الرعاة\n" + before + heading + after)
    assert [p.text for p in pieces[1:]] == [before, heading, after]


def test_headlines_that_were_glued_to_one_another_are_cut_off_the_sentence_behind_them() -> None:
    headlines = "سقوط لوحة إعلانات على سيارتينتعطيل الدراسة غدارفع مياه الأمطار من ستين نقطة تجمع"
    text = "وقال مصدر بالميناء إن أربع عشرة سفينة تنتظر في منطقة المخطاف حتى تهدأ الرياح."
    pieces, _ = marked_lines("الميناء يغلق أبوابه لليوم الثالث\n" + headlines + text)
    assert pieces[-1].text == text


@pytest.mark.parametrize("closing", ["(وأج)", "( وأط )", "[م.ع / بغداد]"])
def test_what_closes_a_report_is_cut_off_its_last_line(closing: str) -> None:
    text = "وأضاف المجلس أن الماء سيصل إلى البيوت كلها قبل نهاية الشهر الجاري، وأن الأهالي دفعوا ثلث الكلفة."
    pieces, _ = marked_lines(f"الماء يصل إلى القرية\n{text} {closing}")
    assert [p.text for p in pieces[1:]] == [text, closing]


@pytest.mark.parametrize(
    "word",
    [
        "عبدالأمير",
        "قارورات",
        "الزروالي",
        "المنتحل",
        "سيدامة",
        "بنصغير",
        "يتسلموها",
        "الكوستاريكية",
        "فيلادلفيا",
        "نورالدين",
    ],
)
def test_long_words_and_names_are_no_two_words(word: str) -> None:
    assert list(seams(word)) == []


def test_a_sentence_that_lacks_a_blank_stays_one_paragraph() -> None:
    sentence = "أعلن مجلس القرية أن المشروع أُنجز في موعدهوأن الماء سيصل إلى البيوت قبل نهاية الشهر الجاري."
    page = "الماء يصل إلى القرية\n" + sentence + "\nوأضاف المجلس أن الأهالي دفعوا ثلث الكلفة من مالهم الخاص."
    article = read(page).articles[0]
    assert article.body.split("\n")[0] == sentence


def test_a_stroke_parts_a_headline_from_the_text_that_tells_it_again() -> None:
    told = "انقطعت المياه أمس عن حي السوق ثماني ساعات، بعد أن كسرت جرافة الأنبوب الرئيسي قرب المدرسة القديمة."
    pieces, _ = marked_lines(f"انقطاع المياه عن حي السوق - {told}")
    assert [p.text for p in pieces] == ["انقطاع المياه عن حي السوق", "-", told]
    place = "وادي السدر 12 مارس (بريد الساحل) - " + told
    assert [p.text for p in marked_lines(place)[0]] == [place]


def test_words_that_only_look_glued_stay_whole() -> None:
    text = "كتب الصانع اسمه باليونانية على قاعدة الجرة، ثم رسم سمكة بدلا من التوقيع الذي عرف به في الأسواق."
    assert [p.text for p in marked_lines("صانع الجرار يوقع\n" + text)[0][1:]] == [text]


_TITLE = "أهالي وادي السدر يبنون سور القرية بأيديهم"
_STONES = "بدأ أهالي وادي السدر بناء سور القرية بأيديهم، ونقلوا ألف حجر من المقلع القديم على ظهور البغال قبل المطر."
_FOOT = ("المصدر: بريد الساحل", "كلمات دلالية: السدر سور", "إقرأ أيضاً:")
_NEXT = "طفلة تعيد جرة أثرية إلى متحف القرية"
_JAR = "أعادت طفلة في التاسعة جرة أثرية إلى متحف القرية، بعد أن وجدتها وهي تحفر حوضا للنعناع خلف البيت."


def test_the_foot_of_an_article_is_cut_into_its_source_its_key_words_and_the_story_that_it_announces() -> None:
    for page in (
        [_TITLE, " ".join((_STONES, *_FOOT, _NEXT, _JAR))],
        [_TITLE, _STONES, " ".join((*_FOOT, _NEXT)), _JAR],
        [_TITLE, " ".join((_STONES, *_FOOT)), f"{_NEXT} {_JAR}"],
    ):
        assert [p.text for p in marked_lines("\n".join(page))[0]] == [_TITLE, _STONES, *_FOOT, _NEXT, _JAR]


def test_the_day_of_publication_is_cut_out_between_headline_and_text() -> None:
    day = "تاريخ النشر: 18th, June 2025 GMT"
    assert [p.text for p in marked_lines(f"{_TITLE} {day} {_STONES}")[0]] == [_TITLE, day, _STONES]


def test_a_headline_is_cut_off_a_text_only_below_what_announces_it() -> None:
    glued = f"{_NEXT} {_JAR}"
    assert [p.text for p in marked_lines(f"{_TITLE}\n{_STONES}\n{glued}")[0]] == [_TITLE, _STONES, glued]
    told_otherwise = f"حكاية جرة قديمة {_STONES}"
    assert [p.text for p in marked_lines(f"{_TITLE}\n{_JAR}\n{_FOOT[2]}\n{told_otherwise}")[0]][3:] == [told_otherwise]
