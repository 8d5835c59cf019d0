"""Files that leave the inbox: whole in the archive before they are gone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rasd.errors import TransientError
from rasd.landing import archiving
from rasd.landing.listing import list_sources
from rasd.landing.model import Source


def listed(path: Path) -> Source:
    found = next(iter(list_sources(str(path), settle_seconds=0)))
    assert isinstance(found, Source)
    return found


def test_a_file_is_kept_under_its_day_and_digest(tmp_path: Path) -> None:
    page = tmp_path / "in box" / "صفحة.txt"
    page.parent.mkdir()
    page.write_text("خبر")
    os.utime(page, (86400 * 365.25 * 50, 86400 * 365.25 * 50))
    kept = Path(archiving.keep(listed(page), str(tmp_path / "archive")))
    assert kept.read_text() == "خبر"
    assert kept.parent == tmp_path / "archive" / "2020" / "01" / "01"
    assert kept.name.endswith("-صفحة.txt")
    assert page.exists(), "keeping is not removing"
    assert list(tmp_path.rglob("*.partial")) == []


def test_files_of_one_name_lie_side_by_side(tmp_path: Path) -> None:
    kept = set()
    for text in ("one", "two", "one"):
        page = tmp_path / "page.txt"
        page.write_text(text)
        os.utime(page, (1, 1))
        kept.add(archiving.keep(listed(page), str(tmp_path / "archive")))
    assert len(kept) == 2


def test_a_copy_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("whole")
    kept = Path(archiving.keep(listed(page), str(tmp_path / "archive")))
    kept.write_text("wh")
    archiving.keep(listed(page), str(tmp_path / "archive"))
    assert kept.read_text() == "whole"


def test_where_it_cannot_be_kept_it_is_not_removed(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("page")
    (tmp_path / "archive").write_text("a file, not a folder")
    with pytest.raises(TransientError, match="cannot be archived"):
        archiving.keep(listed(page), str(tmp_path / "archive"))
    assert page.exists()
