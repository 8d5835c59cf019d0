"""The labelled pages and the sample inbox are sound: labels fit, pairs are what they claim, the writing is our own."""

from __future__ import annotations

import gzip
import re
import sys
import zipfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

PAGES = Path(__file__).parent / "pages"
ROOT = PAGES.parents[2]
SEEDS_OF_OTHERS = ROOT.parent / "shared" / "seeds"
sys.path.insert(0, str(PAGES))

from compile import HALVES, LabelledPage, article_paragraphs, compile_page, load, load_pairs, misread  # noqa: E402

_WORD = re.compile(r"\w+")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _grams(text: str, n: int) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def _all() -> list[LabelledPage]:
    return [page for half in HALVES for page in load(half)]


def test_there_are_enough_pages_and_the_held_out_half_has_layouts_of_its_own() -> None:
    layouts = {half: {page.layout for page in load(half)} for half in HALVES}
    assert all(len(load(half)) >= 22 for half in HALVES)
    assert len(layouts["dev"]) >= 14
    assert len(layouts["held_out"] - layouts["dev"]) >= 2
    assert len(layouts["broad"] - layouts["dev"]) >= 50


@pytest.mark.parametrize(
    ("half", "name"), [(half, path.stem) for half in HALVES for path in sorted((PAGES / half).glob("*.page"))]
)
def test_labels_fit_the_page(half: str, name: str) -> None:
    page = compile_page(half, name)
    labels, text = page.labels, page.text
    assert page.content.decode(labels["encoding"]) == text
    titles = [labels["title"], labels["kicker"], labels["author"], labels["published"], labels["updated"]]
    points = [*titles, *labels["publishers"], *labels["tags"], *labels["navigation_items"], *labels["sentences"]]
    for point in filter(None, points):
        assert text[point["start"] : point["end"]] == point.get("raw", point.get("text"))
    for article in filter(None, [labels["main_article"], *labels["related_articles"]]):
        assert "\n".join(text[a:b] for a, b in article["body"]["spans"]) == article["body"]["text"]
        inside = "".join(text[s["start"] : s["end"]] for s in labels["sentences"] if s["group"] == article["group"])
        assert "".join(article["body"]["text"].split()) in "".join(inside.split())
    for tweet in labels["tweets"]:
        assert text[: tweet["end"]].endswith(tweet["date_raw"] or "")


def _bodies(half: str) -> dict[str, str]:
    """Every article of a half, as pairs.tsv names it, with what someone misread undone."""
    bodies: dict[str, str] = {}
    for page in load(half):
        for article in filter(None, [page.labels["main_article"], *page.labels["related_articles"]]):
            group = article["group"]
            text = " ".join(page.text[a:b] for a, b in article_paragraphs(page, group))
            if encoding := page.labels["mojibake"]:
                byte_of = {misread(byte, encoding): byte for byte in range(256)}
                text = bytes(byte_of[sign] for sign in text).decode()
            bodies[page.name if group == "M" else f"{page.name}#{group}"] = text
    return bodies


def _containment(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """Share of the shorter text's sequences of words that stand in the other."""
    return len(one & other) / max(1, min(len(one), len(other)))


@pytest.mark.parametrize("half", HALVES)
def test_pairs_are_what_they_claim_and_none_is_missing(half: str) -> None:
    bodies = _bodies(half)
    labels = {frozenset((pair["a"], pair["b"])): pair["label"] for pair in load_pairs(half)}
    assert {name for pair in labels for name in pair} <= set(bodies)
    words = {name: _words(body) for name, body in bodies.items()}
    grams = {name: _grams(body, 5) for name, body in bodies.items()}
    for a, b in combinations(bodies, 2):
        contained, same = _containment(grams[a], grams[b]), words[a] == words[b]
        fits = {
            "same_body": same,
            "reprint": same,
            "edited": contained >= 0.7 and not same,
            "abridged": contained >= 0.7 and not same,
            "update": 0.05 <= contained < 0.7,
            "shared_passage": 0.05 <= contained < 0.7,
            "same_event": contained < 0.05,
            "not_duplicate_shared_boilerplate": contained < 0.05,
            None: contained < 0.05,
        }
        assert fits[labels.get(frozenset((a, b)))], f"{a}, {b}: containment {contained:.2f}"


@pytest.mark.parametrize("half", HALVES)
def test_a_duplicate_group_has_one_body(half: str) -> None:
    bodies = _bodies(half)
    groups: dict[str, set[str]] = {}
    for page in load(half):
        if page.labels["duplicate_group"]:
            groups.setdefault(page.labels["duplicate_group"], set()).add(" ".join(_words(bodies[page.name])))
    assert all(len(found) == 1 for found in groups.values())


def _own_texts() -> Iterator[tuple[str, str]]:
    for page in _all():
        yield page.name, page.text
    for path in sorted((ROOT / "seeds" / "inbox").rglob("*")):
        if path.suffix == ".gz":
            yield path.name, gzip.decompress(path.read_bytes()).decode()
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield name, archive.read(name).decode()
        elif path.is_file():
            yield path.name, path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "benchmarks").glob("page*.py")):
        yield path.name, path.read_text(encoding="utf-8")


@pytest.mark.skipif(not SEEDS_OF_OTHERS.is_dir(), reason="needs the five real pages in ../shared/seeds")
def test_no_sentence_of_a_real_page_is_committed() -> None:
    theirs = set().union(*(_grams(path.read_text(encoding="utf-8"), 8) for path in SEEDS_OF_OTHERS.glob("*.txt")))
    assert theirs
    for name, text in _own_texts():
        assert not _grams(text, 8) & theirs, f"{name} repeats eight words of a real page"
