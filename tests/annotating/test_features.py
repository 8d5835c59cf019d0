"""What the recogniser sees of a word."""

from __future__ import annotations

import numpy as np

from rasd.annotating.features import CHARACTERS, CLITICS, Lexicon, normalise, readings


def _named(word: str) -> list[tuple[str, str]]:
    return [(CLITICS[clitic], stem) for clitic, stem in readings(word)]


def test_spellings_of_one_word_become_one() -> None:
    assert normalise("أُوزبَكِستان") == normalise("اوزبكستان")
    assert normalise("إيران") == normalise("ایران") == "ايران"
    assert normalise("الجزائرية") == normalise("الجزائريه")
    assert normalise("كـــازاخستان") == normalise("\u200fکازاخستان")
    assert normalise("٢٠٢٥") == normalise("2025") == "0000"
    assert normalise("ﻻﺟﺊ") == normalise("لاجئ")
    assert normalise("«NATO»") == '"nato"'


def test_readings_strip_proclitics_in_their_order() -> None:
    assert _named("والقاهره") == [("و", "القاهره"), ("وال", "قاهره")]
    assert ("وب", "القاهره") in _named("وبالقاهره")
    assert ("ل", "الامم") in _named("للامم")
    assert ("لال", "امم") in _named("للامم")
    assert _named("في") == []
    assert all(len(stem) >= 2 for word in ("ول", "بل", "لل", "وال", "كل", "فلل") for _, stem in readings(word))


def test_a_word_has_the_vector_of_its_most_frequent_reading() -> None:
    lexicon = Lexicon(["الرياض", "بيروت", "والرياض"], [("بيروت", 0b1), ("رياض", 0b10)], 2, "ابت")
    row, stem, clitic, mask, stem_mask = lexicon.describe("والرياض")
    assert (row, stem, CLITICS[clitic], mask, stem_mask) == (2, 0, "و", 0, 0b10)
    row, stem, clitic, _, stem_mask = lexicon.describe("وبيروت")
    assert (row, stem, CLITICS[clitic], stem_mask) == (1, 1, "و", 0b1)
    assert lexicon.describe("مجهول")[:2] == (lexicon.unknown, lexicon.unknown)


def test_phrases_are_found_behind_proclitics_and_only_whole() -> None:
    lexicon = Lexicon(["في"], [("الولايات المتحده", 0b1), ("الولايات المتحده الامريكيه", 0b10)], 2, "ابت")
    batch = lexicon.batch([("بالولايات", "المتحدة", "اليوم"), ("الولايات", "المتحدة", "الأمريكية"), ("الولايات",)])
    begin, inside = batch.phrases[:, :, :2], batch.phrases[:, :, 2:]
    assert begin[0].tolist() == [[1, 0], [0, 0], [0, 0]]
    assert inside[0].tolist() == [[0, 0], [1, 0], [0, 0]]
    assert begin[1].tolist() == [[1, 1], [0, 0], [0, 0]]
    assert inside[1].tolist() == [[0, 0], [1, 1], [0, 1]]
    assert not batch.phrases[2].any()


def test_a_batch_names_each_distinct_word_once() -> None:
    lexicon = Lexicon(["ا"], [], 1, "اب")
    batch = lexicon.batch([("ا", "ب", "ا"), ("ب",)])
    assert batch.index.tolist() == [[0, 1, 0], [1, 0, 0]]
    assert batch.lengths.tolist() == [3, 1]
    assert batch.chars.shape == (2, CHARACTERS)
    assert batch.chars[:, :2].tolist() == [[1, 0], [2, 0]]


def test_any_string_can_be_described() -> None:
    lexicon = Lexicon(["ا"], [("ا ب", 1)], 1, "اب")
    batch = lexicon.batch([("", "\u200b", "ـ", "😀", "\ud800", "a" * 1000, "ﷺ", "لل")])
    assert batch.chars.shape == (len(set(map(normalise, ("", "😀", "\ud800", "a" * 1000, "ﷺ", "لل")))), CHARACTERS)
    assert np.isfinite(batch.phrases).all()
