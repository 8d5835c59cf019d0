"""What a page tells of all its lines at once is what each line says by itself; what is kept is what was said."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from rasd.memo import Memo
from rasd.reading.lines import COMPARED, has_bar_sign, has_number, is_foreign, split_lines
from rasd.reading.reader import read
from rasd.reading.wording import first_words

_PAGE = st.one_of(
    st.text(max_size=200),
    st.text(alphabet='ابجدة ىو\u064bـ\n\r\t\xa0\u2003\u200f.؟!"»«|•/:—-0٣۵aZé_ﷺ𝒳\U0001f600', max_size=200),
)


@given(_PAGE)
@settings(max_examples=300, deadline=None)
def test_lines_say_together_what_each_says_alone(page: str) -> None:
    for line in split_lines(page):
        assert line.numbered == has_number(line.text)
        assert line.foreign == is_foreign(line.text)
        assert line.barred == has_bar_sign(line.text)
        if len(line.text) <= COMPARED:
            assert line.said == re.findall(r"\w+", line.folded)


def test_the_first_words_are_folded_and_no_more() -> None:
    assert first_words("«وأضاف، المديرُ» أنّ الجسر", 3) == ["واضاف", "المدير", "ان"]
    assert first_words("…", 1) == []


def test_a_memo_asks_once_and_is_emptied_when_it_is_full() -> None:
    asked: list[str] = []

    def rule(word: str) -> int:
        asked.append(word)
        return len(word)

    memo = Memo(rule, 2)
    assert [memo[word] for word in ("a", "bb", "a", "bb")] == [1, 2, 1, 2]
    assert asked == ["a", "bb"]
    assert memo["ccc"] == 3
    assert list(memo) == ["ccc"]


def test_what_is_kept_of_a_line_depends_on_no_other_page() -> None:
    page = "عنوان خبر من بضع كلمات هنا\nنشر في: 4 مارس 2024\nالمصدر: سانا"
    alone = read(page)
    for n in range(40):
        read("\n".join(f"سطر رقم {n} {m} من صفحة أخرى" for m in range(40)))
    assert read(page) == alone
