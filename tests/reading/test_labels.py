"""Labels of `seeds/labels.csv`: each row on its own line, which of several counts, what is wrong with a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rasd.errors import SettingError
from rasd.reading.credits import read_credits
from rasd.reading.labels import LABELS, Label, load_labels, read_labels

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("row", load_labels().rows, ids=lambda row: row.text)
def test_each_label_is_read_in_its_example(row: Label) -> None:
    assert (row.name, row.label) in [(part.text, part.label) for part in read_credits(row.example)]


def test_each_sort_of_label_has_words() -> None:
    assert {row.label for row in load_labels().rows} == set(LABELS)


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("كتب سالم الخطيب", "by", "سالم الخطيب"),
        ("كَتَبَ: سالم الخطيب", "by", "سالم الخطيب"),
        ("وتحرير - منى الديب", "edited", "منى الديب"),
        ("إعداد وتقديم: منى الديب", "by", "منى الديب"),
        ("تقرير_سلوى البدراوي", "by", "سلوى البدراوي"),
        ("* تصوير / منى الديب", "pictured", "منى الديب"),
    ],
)
def test_what_a_label_stands_before_begins_behind_its_sign(text: str, label: str, rest: str) -> None:
    found = load_labels().find(text)
    assert found is not None
    assert (found[0], text[found[1] :].strip()) == (label, rest)


@pytest.mark.parametrize("text", ["", ":", "تقرير جديد عن الجسر", "كتبنا: لا شيء", "سالم كتب: نعم"])
def test_words_of_texts_are_no_labels(text: str) -> None:
    assert load_labels().find(text) is None


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("wrote,كتب,كتب سالم,سالم", "no label is 'wrote'"),
        ("by,(كتب,كتب سالم,سالم", "a bracket is not closed"),
        ("by,كتب {name},كتب سالم,سالم", "a name in a label"),
        ("by,[كل] كتب,كتب سالم,سالم", "it does not begin with whole words"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_its_line(tmp_path: Path, row: str, wrong: str) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(f"label,words,example,name\n{row}\n", encoding="utf-8")
    with pytest.raises(SettingError) as told:
        read_labels(path)
    assert wrong in str(told.value)
    assert "line 2" in str(told.value)
