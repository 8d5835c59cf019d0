from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd.reading.quotations import find_quotations

GOLD = Path(__file__).parents[3] / "shared" / "gold"


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('قال: "نعم، سنأتي".', ['"نعم، سنأتي"']),
        ("قال: «نعم».", ["«نعم»"]),
        ("قال: “نعم”.", ["“نعم”"]),
        ("قال:”نعم”.", ["”نعم”"]),
        ("قال: “نعم“.", ["“نعم“"]),
        ("قال: „نعم“.", ["„نعم“"]),
        ("قال: »نعم«.", ["»نعم«"]),
        ("قال: <<نعم>>.", ["<<نعم>>"]),
        ("قال: ((نعم)).", ["((نعم))"]),
        ("قال: ''نعم''.", ["''نعم''"]),
        ("قال: 'نعم' وذهب.", ["'نعم'"]),
        ("قال: ‘نعم’ وذهب.", ["‘نعم’"]),
        ("قال: ‹نعم›.", ["‹نعم›"]),
        ('قال: " نعم " وذهب', ['" نعم "']),
        ('وكتب"نعم"ثم', ['"نعم"']),
        ('قال: «هو "أخي" حقا».', ['«هو "أخي" حقا»', '"أخي"']),
        ('قال: "هو "أخي" حقا".', ['"هو "أخي" حقا"', '"أخي"']),
        ("قال: “هو «أخي» حقا”.", ["“هو «أخي» حقا”", "«أخي»"]),
        ('قال: "لم نصل بعد.\nوذهب', ['"لم نصل بعد.']),
        ('برنامج "كذا. وقال: "نعم" وذهب', ['"كذا. وقال:', '"نعم"']),
        ('شاشة 15" جديدة و Trump’s Gaza’s plan', []),
        ('"" “” «» لا شيء', []),
        ("نص بلا علامات", []),
        ('انتهى" ولم يبدأ»', []),
        ("", []),
    ],
)
def test_marks_of_every_style_are_paired(text: str, quotations: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotations(text)] == quotations


@pytest.mark.parametrize(
    ("text", "kind", "speaker", "how"),
    [
        ('وقال وزير الخارجية سيرغي لافروف: "لن نقبل ذلك".', "direct", "سيرغي لافروف", "named"),
        ('أضاف بلينكن "في هذه الفترة لها صدى أكثر" في إشارة', "direct", "بلينكن", "named"),
        ('وأكدت الوزيرة أن بلادها "مصممة" على ذلك', "partial", "الوزيرة", "nominal"),
        ('وقال الرئيس الأميركي جو بايدن إن القرار "خطأ فادح".', "partial", "جو بايدن", "named"),
        ('وقال المتحدث باسم الكرملين ديمتري بيسكوف إن "الأمر لم يحسم حتى الآن".', "direct", "ديمتري بيسكوف", "named"),
        ('وقال سعيد حمدان مدير المركز، وهو خبير، إن "الوضع صعب جدا اليوم".', "direct", "سعيد حمدان", "named"),
        ('إن الوزير ماركو روبيو قال أمس إن "هذا أمر رائع حقا".', "direct", "ماركو روبيو", "named"),
        ('وكان الرئيس، قاسم توكاييف، قال إن "بلادنا لن تقبل بذلك".', "direct", "قاسم توكاييف", "named"),
        ("ونقل الموقع عن الدبلوماسي الروسي قوله: “لن نقبل”.", "direct", "الدبلوماسي الروسي", "nominal"),
        ("أوضح ستيرنيك أن الدول حرة، مضيفا: «لا نشك في ذلك».", "direct", "ستيرنيك", "named"),
        ('"لن نقبل بهذا القرار أبدا"، قال بيسكوف للصحفيين.', "direct", "بيسكوف", "named"),
        ('"الوضع تحت السيطرة تماما"، بحسب وزير الصحة.', "direct", "وزير الصحة", "nominal"),
        ("وفقا للوزير سامي حداد، فإن “الوضع تحت السيطرة”.", "partial", "سامي حداد", "named"),
        ('بوتين: "لن نتراجع"', "direct", "بوتين", "named"),
        ('وأضاف: "لن نقبل ذلك".', "direct", None, "pronominal"),
        ("تقول صحيفة وول ستريت جورنال إنها تمثل «تحديا» له", "partial", "وول ستريت جورنال", "named"),
        ('عبر قناة "القاهرة الإخبارية"، أكد', "term", None, None),
        ('تلعب ورقة "الشريك الموثوق" هناك', "term", None, None),
        ('خلال قمة "بريكس" في البرازيل', "term", None, None),
        ('وكتب "فلان الفلاني" في صحيفة', "term", None, None),
    ],
)
def test_kinds_and_speakers(text: str, kind: str, speaker: str | None, how: str | None) -> None:
    (found,) = find_quotations(text)
    assert (found.kind, found.speaker, found.how) == (kind, speaker, how)


def test_a_pronoun_stands_for_the_speaker_before() -> None:
    text = (
        'قال أندريه غروزين، الباحث، إن الأمر صعب.\nوقال للصحيفة إن أوكرانيا "المعادية" بعيدة.\n'
        'وأضاف: "لن يصل الأمر إلى هذا"، مؤكدا أن "النخبة لديها غريزة أكبر".\nفقرة أخرى.\nوتابع: "لا أحد يعلم".'
    )
    found = find_quotations(text)
    assert [(q.speaker, q.how) for q in found] == [("أندريه غروزين", "pronominal")] * 3 + [(None, "pronominal")]
    assert all(text[q.speaker_start : q.speaker_end] == q.speaker for q in found if q.speaker)


# fmt: off
MARKS = st.lists(
    st.sampled_from(
        ["«", "»", "“", "”", "„", '"', "'", "’", "<<", "))", "((", "قال", "مضيفا", "إن", "فلان", "ووزير", "بحسب", "عن",
         "قوله", ":", "،", ".", " ", " ", " ", "\n", "الذي", "ا", "\u200f"]
    ),
    max_size=30,
).map("".join)
# fmt: on


@given(st.one_of(st.text(), MARKS))
def test_offsets_lead_to_the_marks_and_nothing_raises(text: str) -> None:
    found = find_quotations(text)
    assert [q.start for q in found] == sorted({q.start for q in found})
    for q in found:
        assert 0 <= q.start < q.end <= len(text)
        assert text[q.start] in "«»“”„‟\"'‘’‚‛‹›<("
        assert any(c.isalnum() or c == "_" for c in text[q.start : q.end])
        if q.speaker is not None:
            assert text[q.speaker_start : q.speaker_end] == q.speaker
            assert q.kind != "term"
    open_: list[int] = []
    for q in found:  # apart or one within the other
        while open_ and open_[-1] <= q.start:
            open_.pop()
        assert not open_ or q.end <= open_[-1]
        open_.append(q.end)


@pytest.mark.parametrize("hard", ['"', '"ا" ', "«", "»", "«ا", 'قال "ا ب ج د ه" ', '"ا', "((ا", "'ا ", 'قائلا: "ا" '])
def test_time_grows_with_length_only(hard: str) -> None:
    text = hard * (200_000 // len(hard))
    started = time.process_time()
    find_quotations(text)
    assert time.process_time() - started < 15  # seconds; a quadratic search takes minutes


@pytest.mark.skipif(not GOLD.is_dir(), reason="the shared gold is not beside this checkout")
def test_the_gold_quotations() -> None:
    kinds = {"name": "term", "scare": "term", "title_truncated": "term"}
    spoken = right = 0
    for path in sorted(GOLD.glob("0*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        page = (GOLD.parent / "seeds" / gold["file"]).read_bytes().decode("utf-8")
        wanted = {(q["start"], q["end"]): q for q in gold["quotations"]}
        found = {
            (q.start + s["start"], q.end + s["start"]): q
            for s in gold["segments"]
            if s["kind"] in ("title", "main_article", "related_article")
            for q in find_quotations(page[s["start"] : s["end"]])
        }
        assert set(found) == set(wanted)
        for span, q in wanted.items():
            assert found[span].kind == kinds.get(q["type"], q["type"])
            if q["speaker"] and q["speaker_how"] != "pronominal":
                spoken += 1
                mine = found[span].speaker or ""
                right += bool(mine) and (mine in q["speaker_surface"] or q["speaker_surface"] in mine)
    assert spoken
    assert right / spoken >= 0.9
