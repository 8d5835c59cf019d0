"""Stories: reprints, abridged copies, and texts that only share set phrases."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd.resolving.stories import LEAST_SHARED, RUN, WINDOW, compare, shingles, sketch, words

VOCABULARY = [f"كلمة{i}" for i in range(2000)]


def text(seed: int, length: int) -> list[str]:
    return random.Random(seed).choices(VOCABULARY, k=length)


def are_candidates(one: list[str], other: list[str]) -> bool:
    a, b = set(sketch(one)), set(sketch(other))
    return len(a & b) >= LEAST_SHARED * min(len(a), len(b))


def test_a_reprint_with_other_marks_and_spacing_is_contained_wholly() -> None:
    a, b = words("قال الوزير إنّ العمل، كما وعد، يسير وفق الخطة."), words("قال الوزير ان العمل كما  وعد يسير\nوفق الخطة")
    assert a == b


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_an_abridged_copy_is_found_and_named(kept: float) -> None:
    whole = text(1, 400)
    part = whole[: int(400 * kept)]
    assert are_candidates(whole, part)
    link = compare(shingles(whole), shingles(part))
    assert link is not None
    assert link.containment == 1
    assert link.relation == ("reprint" if kept >= 0.7 else "abridged")


def test_a_word_changed_in_every_seventeen_is_still_a_candidate() -> None:
    whole = text(2, 425)
    changed = [f"غير{i}" if i % 17 == 16 else word for i, word in enumerate(whole)]
    assert are_candidates(whole, changed)
    link = compare(shingles(whole), shingles(changed))
    assert link is not None
    assert link.containment >= 0.7


def test_texts_that_share_a_paragraph_are_two_stories() -> None:
    shared = text(3, 60)
    assert compare(shingles(text(4, 300) + shared), shingles(text(5, 300) + shared)) is None


def test_nothing_hangs_together_with_an_empty_text() -> None:
    assert sketch([]) == []
    assert compare(shingles([]), shingles(text(6, 50))) is None


@given(st.integers(0, 10_000), st.integers(0, 60), st.integers(0, 60))
def test_a_shared_run_of_sixteen_words_always_gives_a_shared_hash(seed: int, before: int, after: int) -> None:
    shared = text(seed, RUN + WINDOW - 1)
    one = text(seed + 1, before) + shared + text(seed + 2, after)
    other = text(seed + 3, after) + shared + text(seed + 4, before)
    assert set(sketch(one)) & set(sketch(other))
