"""A difference of words: what was added, what was taken out, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rasd.newsroom.differences import changes


def test_what_was_added_and_removed() -> None:
    found = changes("وصل الوفد إلى أستانا صباح الاثنين", "وصل الوفد المصري إلى ألماتي صباح الاثنين")
    assert [(c.kind, c.text) for c in found] == [
        ("same", "وصل الوفد"), ("added", "المصري"), ("same", "إلى"),
        ("removed", "أستانا"), ("added", "ألماتي"), ("same", "صباح الاثنين"),
    ]  # fmt: skip


def test_vowel_signs_and_marks_are_no_change() -> None:
    assert {c.kind for c in changes("قالَ الوزيرُ: نعم.", "قال الوزير نعم")} == {"same"}


def test_long_stretches_that_stayed_are_left_out() -> None:
    words = [f"كلمة{n}" for n in range(200)]
    found = changes(" ".join(words), " ".join([*words[:100], "جديدة", *words[100:]]))
    assert [c.kind for c in found] == ["gap", "same", "added", "same", "gap"]


@given(st.lists(st.sampled_from("ابتثج"), max_size=30), st.lists(st.sampled_from("ابتثج"), max_size=30))
def test_what_is_left_is_the_later_text(earlier: list[str], later: list[str]) -> None:
    found = changes(" ".join(earlier), " ".join(later))
    if all(c.kind != "gap" for c in found):
        assert " ".join(c.text for c in found if c.kind != "removed").split() == later
