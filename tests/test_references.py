"""Reading the tables that people edit, and saying what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rasd import references
from rasd.errors import SettingError

if TYPE_CHECKING:
    from pathlib import Path

_TABLE = """\ufeff# Rivers.
key,name,note

# The long ones.
nile,النيل,"long, and old"
jordan,الأردن,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "rivers.csv"
    path.write_text(_TABLE, encoding="utf-8")
    return path


def test_rows_are_read_without_comments(table: Path) -> None:
    assert list(references.rows(table)) == [
        {"key": "nile", "name": "النيل", "note": "long, and old"},
        {"key": "jordan", "name": "الأردن", "note": ""},
    ]
    assert [n for n, _ in references.lines(table)] == [2, 5, 6]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        (("key", "name", "note"), "a row needs 3 fields: key,name,note"),
        (("key", "name"), "the first line is not key,name"),
    ],
)
def test_fields_that_are_asked_for_must_be_there_and_filled(table: Path, fields: tuple[str, ...], wrong: str) -> None:
    with pytest.raises(SettingError, match=wrong):
        list(references.rows(table, fields))


@pytest.mark.parametrize("text", ["", "# nothing but this\n"])
def test_a_table_without_fields_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "empty.csv").write_text(text)
    with pytest.raises(SettingError, match="the first line is not its fields"):
        list(references.rows(tmp_path / "empty.csv"))


def test_a_row_with_too_many_fields_is_named_by_its_line(table: Path) -> None:
    with table.open("a") as more:
        more.write("a,b,c,d\n")
    with pytest.raises(SettingError, match="line 7"):
        list(references.rows(table))


def test_what_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "image.csv").write_bytes(b"\xff\xfe\x00\xd8")
    for name in ("image.csv", "nowhere.csv"):
        with pytest.raises(SettingError, match="cannot be read"):
            references.lines(tmp_path / name)
