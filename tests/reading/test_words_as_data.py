"""The table of words: each kind of them is explained where people add to it, and has words."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from rasd.arabic import dates
from rasd.errors import SettingError
from rasd.reading import markers, quotations, wording
from rasd.reading.outlets import Outlets
from rasd.reading.wording import Words, load_words
from rasd.references import reference


@pytest.mark.parametrize("kind", [kind.name for kind in fields(Words)])
def test_each_kind_of_word_is_explained_and_has_words(kind: str) -> None:
    comments = [line for line in reference("words.csv").read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    assert any(line.removeprefix("# kind:").strip(" #").startswith(f"{kind} ") for line in comments)
    assert getattr(load_words(), kind)


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("page_markers.csv", "relatd,line,بانوراما الحصاد"),
        ("page_markers.csv", "related,line,***"),
        ("words.csv", "verbs,قال"),
        ("outlets.csv", "rivers,صوت السواقي,paper,EG,السواقي"),
        ("outlets.csv", "reuters,صوت السواقي,outlet,EG,السواقي"),
        ("months.csv", "gregorian,third,مارت,misspelling"),
        ("months.csv", "gregorian,13,مارت,misspelling"),
        ("months.csv", "gregorian,3,,misspelling"),
        ("speech.csv", "verbs,قال"),
    ],
)
def test_a_wrong_row_stops_with_its_line_and_what_to_do(
    file: str, row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = tmp_path / "seeds"
    shutil.copytree(reference("words.csv").parent, seeds, ignore=shutil.ignore_patterns("inbox"))
    text = (seeds / file).read_text(encoding="utf-8")
    (seeds / file).write_text(f"{text}{row}\n", encoding="utf-8")
    monkeypatch.setattr("rasd.resources.seeds", lambda: seeds)
    load = {
        "page_markers.csv": lambda: markers._load(seeds / file),
        "words.csv": lambda: wording._load(seeds / file),
        "outlets.csv": lambda: Outlets(seeds / file),
        "months.csv": dates._months.__wrapped__,
        "speech.csv": lambda: quotations._load(seeds / file, seeds / "names" / "titles.csv"),
    }[file]
    with pytest.raises(SettingError) as told:
        load()
    assert f"{file}, line {len(text.splitlines()) + 1}" in str(told.value)
    assert told.value.do
