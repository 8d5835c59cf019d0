"""The inventory of furniture wording is a table that a composer can rely on."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

from rasd import training

PATH = Path(training.__path__[0]) / "wording.csv"
KINDS = {"navigation", "boilerplate", "metadata", "tags", "related_marker", "kicker", "heading", "post", "fill"}


def _rows() -> list[dict[str, str]]:
    with PATH.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), strict=True))


def test_every_row_has_its_three_columns_and_none_comes_twice() -> None:
    rows = _rows()
    assert all(set(row) == {"kind", "sub", "line"} and all(row.values()) for row in rows)
    assert {row["kind"] for row in rows} == KINDS
    assert all(row["line"] == row["line"].strip() and "\n" not in row["line"] for row in rows)
    assert [row for row, times in Counter(tuple(row.values()) for row in rows).items() if times > 1] == []


def test_every_placeholder_can_be_filled_and_every_fill_is_asked_for() -> None:
    rows = _rows()
    values = {row["sub"] for row in rows if row["kind"] == "fill"}
    asked = {name for row in rows for name in re.findall(r"{(.*?)}", row["line"])}
    assert asked == values


def test_no_value_leads_back_to_itself() -> None:
    leads_to: dict[str, set[str]] = {}
    for row in _rows():
        if row["kind"] == "fill":
            leads_to.setdefault(row["sub"], set()).update(re.findall(r"{(.*?)}", row["line"]))
    for name, direct in leads_to.items():
        reached: set[str] = set()
        ahead = set(direct)
        while ahead:
            reached |= ahead
            ahead = {further for one in ahead for further in leads_to[one]} - reached
        assert name not in reached


def test_every_brace_belongs_to_a_placeholder() -> None:
    rows = _rows()
    assert not [row for row in rows if re.search(r"[{}]", re.sub(r"{[a-z]+}", "", row["line"]))]
