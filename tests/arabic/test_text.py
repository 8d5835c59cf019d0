from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rasd.arabic.text import Clean, OffsetMap, clean, fingerprint, fold, fold_with_map, repair_mojibake

# Letters, marks and joiners that the rules speak of, more often than chance would bring them together.
ARABIC = st.text(
    st.sampled_from(
        "ابتجدهعلميوةىءأإآؤئیکھپگ٠١۲ـَُِّْٰٓٔ،؛؟.«»“”\"' \n\r\t\u200b\u200c\u200d\u200e\u200f\u202b\ufeffﷲﻻﺮﷺaÉé…5😀️"
    )
)
ANY = st.one_of(ARABIC, st.text(), st.text(st.characters()))
MISREAD = ANY.map(lambda t: t.encode("utf-8", "replace").decode("cp1252", "replace"))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("آسیا الوسطى", "آسيا الوسطى"),
        ("علی الذی فی مصطفی وعلی", "على الذي في مصطفى وعلى"),
        ("کتاب", "كتاب"),
        ("ھذا", "هذا"),
        ("العـــربية", "العربية"),
        ("1445هـ الموافق", "1445هـ الموافق"),
        ("القاهرة ـ رويترز", "القاهرة ـ رويترز"),
        ("ــــــــ", "ــــــــ"),
        ("ﺍﻟﻌﺮﺑﻴﺔ ﻻ ﷲ", "العربية لا الله"),
        ("\u202bقال\u202c\u200f: نعم\u200e", "قال: نعم"),
        ("كت\u200bاب\ufeff", "كتاب"),
        ("عمّان عُمان", "عمّان عُمان"),
        ("ا\u0653سيا ا\u0654حمد", "آسيا أحمد"),
        ("م² ½ ①", "م² ½ ①"),
        ("نص\xa0هنا\u2009وهناك", "نص هنا وهناك"),
        ("سطر\r\nسطر\rسطر\u2028سطر", "سطر\nسطر\nسطر\nسطر"),
        ("„كلام” و〝آخر〞", "„كلام” و“آخر”"),
        ("👨\u200d👩\u200d👧 كلمة\u200d", "👨\u200d👩\u200d👧 كلمة"),
        ("می\u200cکند", "می\u200cکند"),
        ("پیکان", "پیکان"),
        ("من\u200cقبل", "منقبل"),
        ("ABC", "ABC"),
        ("\x00\x1fنص\ud800", "نص\ufffd"),
        ("", ""),
    ],
)
def test_clean_shows(raw: str, shown: str) -> None:
    assert clean(raw).text == shown


def test_clean_leads_back_to_the_page() -> None:
    raw = "\ufeffقالـت \u200fالعـــربية ﻻ ا\u0654حمد\r\nثم"
    cleaned = clean(raw)
    for word, source in [
        ("قالت", "قالـت"),
        ("العربية", "العـــربية"),
        ("لا", "ﻻ"),
        ("أحمد", "ا\u0654حمد"),
        ("ثم", "ثم"),
    ]:
        at = cleaned.text.index(word)
        start, end = cleaned.map.to_source(at, at + len(word))
        assert raw[start:end] == source


def test_one_letter_made_of_two_ends_after_both() -> None:
    raw = "ما ا\u0654"
    cleaned = clean(raw)
    assert cleaned.text == "ما أ"
    assert cleaned.map.to_source(3, 4) == (3, 5)


def test_what_was_put_between_two_texts_has_no_source() -> None:
    joined = OffsetMap(((0, 10, 2), (3, 20, 2)))
    assert joined.to_source(0, 5) == (10, 22)
    with pytest.raises(ValueError, match="no source"):
        joined.to_source(2, 3)


@given(ANY)
def test_folding_many_characters_at_once_is_folding_each(text: str) -> None:
    assert fold(text * 30) == "".join(map(fold, text)) * 30


def _spans(derived: Clean) -> list[tuple[int, int]]:
    return [derived.map.to_source(i, i + 1) for i in range(len(derived.text))]


@given(ANY)
@example("\u200c\u200cپ\u200c\u200c")
@example("ا\u0653\u0653")
def test_every_clean_character_comes_from_its_source(text: str) -> None:
    cleaned = clean(text)
    spans = _spans(cleaned)
    assert spans == sorted(spans)
    if not repair_mojibake(text).reports:
        for c, (start, end) in zip(cleaned.text, spans, strict=True):
            assert fold(c).replace("\n", "") in fold(text[start:end].replace("\r", "\n"))


@given(ANY)
def test_every_folded_character_comes_from_its_source(text: str) -> None:
    folded = fold_with_map(text)
    assert folded.text == fold(text)
    spans = _spans(folded)
    assert spans == sorted(spans)
    for c, (start, end) in zip(folded.text, spans, strict=True):
        assert end == start + 1
        assert c in fold(text[start])


@given(ANY)
def test_folding_does_not_mind_cleaning_nor_folding_again(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    if not repair_mojibake(text).reports:
        assert fold(clean(text).text) == fold(text.replace("\r\n", "\n"))
        assert fingerprint(clean(text).text) == fingerprint(text)


@given(MISREAD)
def test_a_repair_leads_back(text: str) -> None:
    repaired = repair_mojibake(text)
    spans = _spans(Clean(repaired.text, repaired.map))
    assert spans == sorted(spans)
    assert [s for pair in spans for s in range(*pair)] == list(range(len(text)))


@given(ANY)
def test_cleaning_twice_leads_back_through_both(text: str) -> None:
    first = fold_with_map(text)
    second = clean(first.text)
    through = second.map.after(first.map)
    for i in range(len(second.text)):
        a, b = second.map.to_source(i, i + 1)
        assert through.to_source(i, i + 1) == first.map.to_source(a, b)


BODY = "قال الرئيس: «إنّ آسيا الوسطى مهمّة»، وأضاف أن 25 دولة شاركت في عمّان."


@pytest.mark.parametrize(
    "other",
    [
        "\ufeff" + BODY,
        BODY.replace(" ", "  ").replace("،", "،\r\n"),
        BODY.replace("ي", "ی").replace("ك", "ک"),
        BODY.replace("ّ", ""),
        BODY.replace("«", '"').replace("»", '"'),
        BODY.replace("الرئيس", "الرئـــيس").replace("أن", "ان\u200f"),
        BODY.replace("25", "٢٥"),
        BODY.replace("لا", "ﻻ").replace(".", ""),
    ],
)
def test_the_fingerprint_does_not_mind_typesetting(other: str) -> None:
    assert other != BODY
    assert fingerprint(other) == fingerprint(BODY)
    assert len(fingerprint(BODY)) == 64


def test_the_fingerprint_minds_words_and_numbers() -> None:
    assert fingerprint(BODY.replace("25", "26")) != fingerprint(BODY)
    assert fingerprint(BODY.replace("مهمة", "")) == fingerprint(BODY)
    assert fingerprint(BODY.replace("شاركت", "")) != fingerprint(BODY)


def test_fold_joins_spellings() -> None:
    assert fold("إلى الأُردنّ") == fold("الي الاردن")
    assert fold("مدرسة") == fold("مدرسه")
    assert fold("مؤتمر ١٢٫٥٪") == "موتمر 12.5%"
    assert fold("Élysée") == "elysee"
    assert fold("عمّان") == fold("عُمان")


SENTENCE = "الحكومة العربية تناقش خطة جديدة، وقال الوزير: «لا»."


@pytest.mark.parametrize(("read_as", "written_in"), [("cp1252", "utf-8"), ("cp1256", "utf-8"), ("cp1252", "cp1256")])
def test_mojibake_is_repaired_where_it_is_certain(read_as: str, written_in: str) -> None:
    wrong = "".join(
        bytes([b]).decode(read_as, "ignore") or chr(b) for b in SENTENCE.encode(written_in)
    )  # an undefined byte stays what Latin-1 makes of it
    repaired = repair_mojibake(f"12 {wrong}")
    assert repaired.text == f"12 {SENTENCE}"
    assert repaired.reports
    at = repaired.text.index("جديدة")
    start, end = repaired.map.to_source(at, at + 5)
    assert f"12 {wrong}"[start:end] == "".join(
        bytes([b]).decode(read_as, "ignore") or chr(b) for b in "جديدة".encode(written_in)
    )
    assert clean(f"12 {wrong}").text == f"12 {SENTENCE}"


def test_joiners_between_letters_are_no_mojibake() -> None:
    text = "ع\u200dع\u200dع\u200d لى صوت آلة الإغلاق"  # the bytes of ڞڞڞ, were they windows-1256
    assert repair_mojibake(text).text == text


def test_mojibake_twice() -> None:
    once = SENTENCE.encode().decode("latin-1")
    assert repair_mojibake(once.encode().decode("latin-1")).text == SENTENCE


@pytest.mark.parametrize(
    "honest", [SENTENCE, "Ça va déjà très bien à Orléans", "حظ، وخط؛ وعظ» غ؟", "Ürün Çağdaş", "naïve Âge", "ÉTÉ"]
)
def test_honest_text_is_left_alone(honest: str) -> None:
    repaired = repair_mojibake(honest)
    assert (repaired.text, repaired.reports) == (honest, ())


def test_what_cannot_be_repaired_is_reported() -> None:
    assert "U+FFFD" in repair_mojibake("نص\ufffd\ufffd").reports[0]
    assert "question marks" in repair_mojibake("????? ??? ???????").reports[0]
    doubtful = repair_mojibake("كلمة Ø§ وحدها")
    assert doubtful.text == "كلمة Ø§ وحدها"
    assert doubtful.reports


@pytest.mark.parametrize(
    "hard", ["ـ", "اـ", "ی", "\u200c", "ی\u200c", "Ø§", "ط§", "ﷺ", "َ", "\r\n", "â€", "?? ", "ا\u0654", "ÇáÇ "]
)
def test_time_grows_with_length_only(hard: str) -> None:
    text = hard * (300_000 // len(hard))
    started = time.process_time()
    clean(text), fold_with_map(text), fingerprint(text)
    assert time.process_time() - started < 10  # seconds; a quadratic pattern takes minutes
