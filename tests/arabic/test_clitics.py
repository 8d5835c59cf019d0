from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd.arabic.clitics import splits


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("روسيا", [("", "روسيا")]),
        ("وروسيا", [("", "وروسيا"), ("و", "روسيا")]),
        ("لروسيا", [("", "لروسيا"), ("ل", "روسيا")]),
        ("وبالقاهرة", [("", "وبالقاهرة"), ("و", "بالقاهرة"), ("وب", "القاهرة")]),
        ("للأمم", [("", "للأمم"), ("ل", "الأمم"), ("ل", "لأمم")]),
        ("وللبنان", [("", "وللبنان"), ("و", "للبنان"), ("ول", "البنان"), ("ول", "لبنان")]),
        ("سيلتقي", [("", "سيلتقي"), ("س", "يلتقي")]),
        ("سوريا", [("", "سوريا")]),
        ("بن", [("", "بن")]),
        ("وَلِلأمم", [("", "وَلِلأمم"), ("وَ", "لِلأمم"), ("وَلِ", "الأمم"), ("وَلِ", "لأمم")]),
    ],
)
def test_readings(word: str, readings: list[tuple[str, str]]) -> None:
    assert [(word[: s.length], s.stem) for s in splits(word)] == readings


@given(st.text(alphabet="وفبلكسايمَـ", min_size=1, max_size=9))
def test_every_reading_is_made_of_the_word(word: str) -> None:
    for split in splits(word):
        assert word[split.length :] == (split.stem[1:] if split.contracted else split.stem)
