"""Composed training pages: the same seed gives the same, labels tile them, and the texts in them are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasd.errors import SettingError
from rasd.training.composing import Composer, Material, rendered
from rasd.training.layouts import Line, Run, Sheet, Story, Wording, corpus_stories, cut, page_lines, sentences

_TEXT = (
    "المكتبة المتنقلة تصل إلى قرى الجبل\n\n3 مايو 2024\nبيروت - وصلت المكتبة المتنقلة أمس إلى آخر القرى.\n\n"
    "اقرأ أيضاً: افتتاح حديقة جديدة\n\nوقال السائق إن الرحلة دامت يومين.\nجميع الحقوق محفوظة"
)


def _segments(text: str) -> list[dict[str, object]]:
    parts = (
        ("المكتبة المتنقلة تصل إلى قرى الجبل", "title", "headline"),
        ("3 مايو 2024", "metadata", "published_date"),
        ("بيروت -", "dateline", "inline"),
        ("وصلت المكتبة المتنقلة أمس إلى آخر القرى.", "main_article", "body"),
        ("اقرأ أيضاً:", "related_marker", "marker"),
        ("افتتاح حديقة جديدة", "navigation", "inline_related_links"),
        ("وقال السائق إن الرحلة دامت يومين.", "main_article", "body"),
        ("جميع الحقوق محفوظة", "boilerplate", "footer"),
    )
    return [
        {"start": text.index(part), "end": text.index(part) + len(part), "kind": kind, "subkind": sub}
        for part, kind, sub in parts
    ]


def _material() -> Material:
    sheet, story = cut("page", page_lines(_TEXT, _segments(_TEXT)))
    assert sheet is not None
    assert story is not None
    wire = Story("", tuple(("body", f"جملة رقم {n} من خبر طويل عن أعمال الصيانة في الميناء.") for n in range(12)))
    return Material(sheets=[sheet], stories=[story], wires=[wire], titles=[story.title, "افتتاح حديقة جديدة"])


def test_a_page_is_cut_into_layout_and_article() -> None:
    sheet, story = cut("page", page_lines(_TEXT, _segments(_TEXT)))
    assert isinstance(sheet, Sheet)
    assert isinstance(story, Story)
    assert [line.text for line in sheet.between] == ["3 مايو 2024"]
    assert sheet.dateline == "بيروت - "
    assert [(place, [line.text for line in group]) for place, group in sheet.inside] == [
        (0.5, ["اقرأ أيضاً: افتتاح حديقة جديدة"])
    ]
    assert [line.text for line in sheet.tail] == ["جميع الحقوق محفوظة"]
    assert story.title == "المكتبة المتنقلة تصل إلى قرى الجبل"
    assert [text for _, text in story.paragraphs] == [
        "وصلت المكتبة المتنقلة أمس إلى آخر القرى.",
        "وقال السائق إن الرحلة دامت يومين.",
    ]


def test_the_lines_of_a_page_make_it_again() -> None:
    page = rendered(page_lines(_TEXT, _segments(_TEXT)))
    assert page.text == _TEXT
    assert [page.text[start:end] for start, end, *_ in page.segments] == [
        _TEXT[s["start"] : s["end"]]  # type: ignore[misc]
        for s in _segments(_TEXT)
    ]


def test_a_page_whose_parts_share_a_line_lends_no_layout() -> None:
    line = Line((Run("عنوان", "title", "headline"), Run("نص", "main_article", "body", " ")))
    assert cut("glued", [line]) == (None, None)


def test_the_same_seed_gives_the_same_pages() -> None:
    one, same, other = (Composer(_material(), seed) for seed in (1, 1, 2))
    pages = [one.compose() for _ in range(60)]
    assert pages == [same.compose() for _ in range(60)]
    assert pages != [other.compose() for _ in range(60)]


def test_labels_tile_every_page() -> None:
    composer = Composer(_material(), 3)
    kinds: set[str] = set()
    for _ in range(300):
        page = composer.compose()
        at = 0
        for start, end, kind, _sub in page.segments:
            assert at <= start < end
            assert not page.text[at:start].strip()
            assert page.text[start:end].strip()
            kinds.add(kind)
            at = end
        assert not page.text[at:].strip()
    assert kinds >= {
        "title", "main_article", "related_article", "navigation", "boilerplate", "metadata", "tags", "tweet",
        "dateline",
    }  # fmt: skip


def test_placeholders_are_filled() -> None:
    composer = Composer(_material(), 4)
    assert not any("{" in composer.compose().text for _ in range(300))
    assert {"headline", "date", "person", "outlet"} <= Wording.load().fills.keys()


def test_sentences_end_without_a_blank_too() -> None:
    assert sentences("قال إنه عاد.وأضاف أنه باق. متى؟ غدا") == ["قال إنه عاد.", "وأضاف أنه باق.", "متى؟", "غدا"]


def test_missing_corpora_are_told(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="no such corpus"):
        next(corpus_stories(tmp_path))
