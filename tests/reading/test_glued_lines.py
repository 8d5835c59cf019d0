"""Lines on which texts were glued together, and where they are cut; others stay whole."""

from __future__ import annotations

import pytest

from rasd.reading.reader import marked_lines

GLUED = [
    # a subheading with its paragraph: behind a question, before a short word that goes on, before an unknown verb
    ("من يدفع ثمن السور؟", "ويتقاسم الأهالي كلفة السور مع البلدية، على أن تدفع حصتها بعد الحصاد."),
    ("سور بلا حجارة جديدة", "وفي الأسبوع الأول نقل المتطوعون ألف حجر من المقلع القديم على ظهور البغال."),
    ("حجر ومعول", "وتحمل كل عائلة معولا واحدا إلى الورشة، ثم تعود به عند الغروب."),
    ("السور ينتظر", "أما الشيوخ فيجلسون في الظل ويعدون الحجارة بصوت عال حتى لا يضيع منها شيء."),
    ("الشباب: أهم شيء الماء", "من ناحيتهم، طلب شبان القرية أن تمد أنابيب الماء قبل أن يرتفع السور."),
]


@pytest.mark.parametrize(("heading", "text"), GLUED)
def test_subheadings_are_cut_off_the_paragraphs_that_they_are_glued_to(heading: str, text: str) -> None:
    pieces, _ = marked_lines("أهالي وادي السدر يبنون سور القرية بأيديهم\n" + heading + text)
    assert [p.text for p in pieces[1:]] == [heading, text]


def test_a_stroke_parts_a_headline_from_the_text_that_tells_it_again() -> None:
    told = "انقطعت المياه أمس عن حي السوق ثماني ساعات، بعد أن كسرت جرافة الأنبوب الرئيسي قرب المدرسة القديمة."
    pieces, _ = marked_lines(f"انقطاع المياه عن حي السوق - {told}")
    assert [p.text for p in pieces] == ["انقطاع المياه عن حي السوق", "-", told]
    place = "وادي السدر 12 مارس (بريد الساحل) - " + told
    assert [p.text for p in marked_lines(place)[0]] == [place]


def test_words_that_only_look_glued_stay_whole() -> None:
    text = "كتب الصانع اسمه باليونانية على قاعدة الجرة، ثم رسم سمكة بدلا من التوقيع الذي عرف به في الأسواق."
    assert [p.text for p in marked_lines("صانع الجرار يوقع\n" + text)[0][1:]] == [text]
