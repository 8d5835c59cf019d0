"""Stories: reprints, abridged copies, and texts that only share set phrases."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd.resolving.stories import (
    FEW_HASHES,
    KEY_WINDOW,
    LEAST_SHARED,
    RUN,
    WINDOW,
    Sketch,
    Version,
    compare,
    shingles,
    sketch,
    version,
    words,
)

VOCABULARY = [f"كلمة{i}" for i in range(2000)]


def text(seed: int, length: int) -> list[str]:
    return random.Random(seed).choices(VOCABULARY, k=length)


def are_candidates(one: list[str], other: list[str]) -> bool:
    a, b = sketch(one), sketch(other)
    shared = {*a.hashes} & {*b.hashes}
    return bool(keys(a) & keys(b)) and len(shared) >= LEAST_SHARED * min(len(a.hashes), len(b.hashes))


def keys(one: Sketch) -> set[int]:
    return {*one.hashes[: one.n_keys]}


def plain(body: list[str], headline: str = "", *outlets: str) -> Version:
    return Version(body, shingles(body), version("", headline).headline, frozenset(outlets))


def test_a_reprint_with_other_marks_and_spacing_is_contained_wholly() -> None:
    a, b = words("قال الوزير إنّ العمل، كما وعد، يسير وفق الخطة."), words("قال الوزير ان العمل كما  وعد يسير\nوفق الخطة")
    assert a == b


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_an_abridged_copy_is_found_and_named(kept: float) -> None:
    whole = text(1, 400)
    part = whole[: int(400 * kept)]
    assert are_candidates(whole, part)
    link = compare(plain(whole), plain(part))
    assert link is not None
    assert link.containment == 1
    assert link.relation == ("reprint" if kept >= 0.7 else "abridged")


def test_a_word_changed_in_every_seventeen_is_still_a_candidate() -> None:
    whole = text(2, 425)
    changed = [f"غير{i}" if i % 17 == 16 else word for i, word in enumerate(whole)]
    assert are_candidates(whole, changed)
    link = compare(plain(whole), plain(changed))
    assert link is not None
    assert link.containment >= 0.7


def test_texts_that_share_a_paragraph_are_two_stories() -> None:
    shared = text(3, 60)
    assert compare(plain(text(4, 300) + shared), plain(text(5, 300) + shared)) is None


HALF, OTHER_HALF, NEW_HALF = text(7, 150), text(8, 150), text(9, 150)


@pytest.mark.parametrize(
    ("headline", "outlet", "is_update"),
    [
        ("بلدية صيدا تزرع مئة شجرة", "جريدة أخرى", True),  # one stem: «بلدية صيدا تزرع شجرة عند المرفأ»
        ("افتتاح الموسم عند المرفأ القديم", "الجريدة", True),
        ("افتتاح الموسم عند المرفأ القديم", "جريدة أخرى", False),
    ],
)
def test_half_a_text_told_again_is_an_update_only_of_the_same_outlet_or_headline(
    headline: str, outlet: str, is_update: bool
) -> None:
    first = plain(HALF + OTHER_HALF, "بلدية صيدا تزرع شجرة عند المرفأ", "الجريدة")
    link = compare(first, plain(NEW_HALF + OTHER_HALF, headline, outlet))
    assert (link is not None and link.relation == "update") is is_update
    assert link == compare(plain(NEW_HALF + OTHER_HALF, headline, outlet), first)


def test_the_mould_of_a_daily_bulletin_makes_no_story() -> None:
    """Every ninth word, the figures, is another one each day: more than half of the short shingles are the same."""
    days = [plain([f"رقم{day}{i}" if i % 9 == 8 else w for i, w in enumerate(HALF)], "أسعار الذهب اليوم", "البورصة")
            for day in (1, 2)]  # fmt: skip
    assert len(days[0].shingles & days[1].shingles) >= 0.4 * len(days[0].shingles)
    assert compare(*days) is None


def test_nothing_hangs_together_with_an_empty_text() -> None:
    assert sketch([]) == Sketch([], 0)
    assert compare(plain([]), plain(text(6, 50))) is None


@given(st.integers(0, 10_000), st.integers(0, 60), st.integers(0, 60))
def test_a_shared_run_of_sixteen_words_always_gives_a_shared_hash(seed: int, before: int, after: int) -> None:
    shared = text(seed, RUN + WINDOW - 1)
    one = text(seed + 1, before) + shared + text(seed + 2, after)
    other = text(seed + 3, after) + shared + text(seed + 4, before)
    assert {*sketch(one).hashes} & {*sketch(other).hashes}


@given(st.integers(0, 10_000), st.integers(0, 250), st.integers(0, 250))
def test_a_shared_run_of_thirty_words_always_gives_a_shared_key(seed: int, before: int, after: int) -> None:
    shared = text(seed, RUN + KEY_WINDOW - 1)
    one = text(seed + 1, before) + shared + text(seed + 2, after)
    other = text(seed + 3, after) + shared + text(seed + 4, before)
    assert keys(sketch(one)) & keys(sketch(other))


@given(st.integers(0, 10_000), st.integers(0, 400))
def test_keys_are_hashes_of_the_sketch_a_third_of_a_long_text_s(seed: int, length: int) -> None:
    several = [sketch(text(seed + n, length)) for n in range(5)]
    assert all(len({*found.hashes}) == len(found.hashes) for found in several)
    assert all(found.n_keys == len(found.hashes) for found in several if len(found.hashes) < FEW_HASHES)
    long = [found for found in several if len(found.hashes) >= FEW_HASHES]
    assert all(found.n_keys for found in long)
    # By chance one that barely has enough of them may have more than half: all together have not.
    assert len(long) < len(several) or sum(f.n_keys for f in long) < sum(len(f.hashes) for f in long) / 2
