from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rasd.arabic.tokens import tokenize

NEWS = "ونقل موقع “آر تي”، في 5 يونيو/حزيران: 2025ومن 1,250.5 https://t.co/zW1x والـG20 #الأمم_المتحدة\u200f."


def test_tokens_of_a_news_line() -> None:
    assert [t.text for t in tokenize(NEWS)] == [
        "ونقل", "موقع", "“", "آر", "تي", "”", "،", "في", "5", "يونيو", "/", "حزيران", ":", "2025", "ومن", "1,250.5",
        "https://t.co/zW1x", "والـ", "G20", "#", "الأمم", "المتحدة", ".",
    ]  # fmt: skip


def test_marks_and_joiners_stay_inside_a_word() -> None:
    assert [t.text for t in tokenize("محمّدٌ بن\u200cسلمان \u200fعُمان\u200f")] == ["محمّدٌ", "بن\u200cسلمان", "عُمان"]


def test_an_address_ends_where_arabic_begins() -> None:
    assert [t.text for t in tokenize("www.rt.com/xوقال")] == ["www.rt.com/x", "وقال"]


def test_a_part_of_a_text_keeps_the_offsets_of_the_whole() -> None:
    text = "قال بوتين أمس"
    assert tokenize(text, 4, 9) == [("بوتين", 4, 9)]


@given(st.text(alphabet=st.sampled_from("ابلوكس ـًّ\u200f\u200caB1٢.,_#\n“يی"), max_size=80))
def test_tokens_are_exact_ordered_and_lose_nothing_visible(text: str) -> None:
    tokens = tokenize(text)
    at = 0
    for token in tokens:
        assert text[token.start : token.end] == token.text
        assert token.start >= at
        assert not any(c.isalnum() for c in text[at : token.start])
        at = token.end
    assert not any(c.isalnum() for c in text[at:])


def test_long_runs_take_linear_time() -> None:
    for run in ("ا", "\u200c", "ا\u200c", "1,", "_", "َ", "aب"):
        assert len(tokenize(run * 300_000)) <= 600_000
