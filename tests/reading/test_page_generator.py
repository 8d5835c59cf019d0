"""The generator of pages: the same seed gives the same pages, and its labels say where the main article stands."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import pages  # noqa: E402

ALL = list(pages.generate(1500, seed=11))


def _body(page: pages.GeneratedPage) -> list[str]:
    return [page.text[start:end] for start, end in page.body]


def test_a_page_depends_on_seed_and_number_alone() -> None:
    assert pages.page(77, seed=11) == ALL[77]
    assert pages.page(77, seed=12) != ALL[77]


def test_labels_fit_the_text_and_the_text_the_bytes() -> None:
    for page in ALL:
        if page.kind == "bad":
            continue
        assert page.content.decode("utf-8" if page.text.encode() == page.content else "windows-1256") == page.text
        assert all(text and text == text.strip() and "\n" not in text for text in _body(page))
        if page.title:
            start, end = page.title
            assert page.text[start:end] and page.text[end] in "\r\n"


def test_repeated_pages_repeat_the_article_of_their_origin() -> None:
    repeated = {"duplicate": 0, "reprint": 0, "abridged": 0}
    for page in ALL:
        if page.origin is None:
            continue
        repeated[page.kind] += 1
        origin = ALL[page.origin]
        if page.kind == "duplicate":
            assert page.content == origin.content
        else:
            mine, theirs = _body(page), _body(origin)
            assert mine == theirs[: len(mine)]
            assert page.kind == "abridged" or len(mine) == len(theirs)
    assert all(repeated.values())


def test_every_layout_and_rate_is_drawn() -> None:
    assert {page.layout for page in ALL if page.kind != "bad"} == set(pages.LAYOUTS)
    assert {page.content[:1] for page in ALL if page.layout == "bad_empty"} == {b""}
    none = pages.Rates(duplicate=0, reprint=0, abridged=0, bad=0)
    assert all(page.kind == "page" for page in pages.generate(200, seed=2, rates=none))
    assert all(page.layout == "wire" for page in pages.generate(20, seed=2, layout="wire", rates=none))


def test_articles_of_different_pages_are_different() -> None:
    """Whole sentences may come back by chance, whole articles must not, or duplicates could not be counted."""
    first = [" ".join(_body(page)) for page in ALL if page.kind == "page" and page.layout not in ("snippet",)]
    assert len(set(first)) == len(first)


def test_memory_does_not_grow_with_the_count() -> None:
    def peak(number: int) -> int:
        tracemalloc.start()
        for _ in pages.generate(number, seed=3):
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(20)
    assert peak(400) < 2 * peak(100) + 2**20


@pytest.mark.parametrize("layout", [None, "aggregator"])
def test_the_command_writes_the_pages(tmp_path: Path, layout: str | None) -> None:
    command = [sys.executable, str(BENCHMARKS / "pages.py"), "--count", "30", "--seed", "11", "--out", str(tmp_path)]
    done = subprocess.run([*command, *(["--layout", layout] if layout else [])], capture_output=True, check=True)
    assert b"30 pages" in done.stdout
    for page in pages.generate(30, 11, layout):
        assert (tmp_path / page.name).read_bytes() == page.content
