from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from rasd.arabic.text import OffsetMap
from rasd.cli.inspect import inspect
from rasd.reading.model import Article, Published, Quotation, Reading, Segment, Span
from rasd.reading.render import Name, View, as_html, as_json, as_terminal

SEEDS = Path(__file__).parents[2] / "seeds" / "inbox"
REAL = Path(__file__).parents[3] / "shared" / "seeds"
PAGE = SEEDS / "01_wheat_corridor.txt"

KINDS = {
    "title",
    "metadata",
    "dateline",
    "main_article",
    "related_article",
    "tweet",
    "navigation",
    "tags",
    "related_marker",
    "boilerplate",
}

app = typer.Typer()
app.command()(inspect)


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def shown(*arguments: object) -> list[dict[str, Any]]:
    result = run("--json", *arguments)
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def check(shown: dict[str, Any], text: str) -> None:
    """Check the object that is fixed for other programs, against the decoded page."""
    assert list(shown) == ["file", "sha256", "encoding", "segments", "articles"]
    assert re.fullmatch("[0-9a-f]{64}", shown["sha256"])
    at = 0
    for segment in shown["segments"]:
        assert list(segment) == ["kind", "start", "end", "rule", "article"]
        assert segment["kind"] in KINDS
        assert segment["start"] == at < segment["end"]
        assert segment["rule"]
        assert segment["article"] is None or 0 <= segment["article"] < len(shown["articles"])
        at = segment["end"]
    assert at == len(text)
    for article in shown["articles"]:
        assert list(article) == [
            "role",
            "title",
            "published",
            "outlet",
            "agency",
            "place",
            "author",
            "tags",
            "body",
            "fingerprint",
            "sentences",
            "mentions",
            "quotations",
        ]
        assert article["role"] in ("main", "related")
        assert article["body"]
        assert re.fullmatch("[0-9a-f]{64}", article["fingerprint"])
        if article["title"]:
            assert list(article["title"]) == ["text", "start", "end"]
        if article["published"]:
            assert list(article["published"]) == ["date", "precision", "calendar", "raw"]
            assert date.fromisoformat(article["published"]["date"])
        for start, end in article["sentences"]:
            assert text[start:end].strip()
        for mention in article["mentions"]:
            assert list(mention) == ["type", "start", "end", "surface", "prefix", "entity"]
            assert mention["type"] in ("PER", "LOC", "ORG", "MISC")
            assert text[mention["start"] : mention["end"]] == mention["surface"] != ""
            assert text[: mention["start"]].endswith(mention["prefix"])
            assert mention["entity"] is None or isinstance(mention["entity"], str)
        for quotation in article["quotations"]:
            assert list(quotation) == ["start", "end", "speaker"]
            assert quotation["end"] > quotation["start"]


def test_the_fixed_object() -> None:
    (page,) = shown(PAGE)
    check(page, PAGE.read_bytes().decode())
    assert page["file"] == str(PAGE)
    assert page["encoding"] == "utf-8"
    main = page["articles"][0]
    assert main["role"] == "main"
    assert "كازاخستان" in main["title"]["text"]
    prefixed = [m for m in main["mentions"] if m["prefix"] and m["surface"] == "كازاخستان"]
    assert {m["type"] for m in prefixed} == {"LOC"}
    # The title's names are there too, by their page offsets.
    assert any(m["start"] < main["title"]["end"] for m in main["mentions"])


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the real pages in ../shared/seeds")
def test_the_real_pages() -> None:
    files = sorted(REAL.glob("*.txt"))
    pages = shown(*files)
    assert [p["file"] for p in pages] == [str(f) for f in files]
    for page, file in zip(pages, files, strict=True):
        check(page, file.read_bytes().decode())
        assert page["articles"][0]["role"] == "main"
        assert len(page["articles"][0]["mentions"]) > 10


def test_names_in_tags_and_datelines_have_page_offsets() -> None:
    for file in sorted(SEEDS.glob("*.txt")):
        (page,) = shown(file)
        text = file.read_bytes().decode()
        check(page, text)
        spans = {(m["start"], m["end"]) for a in page["articles"] for m in a["mentions"]}
        assert len(spans) == sum(len(a["mentions"]) for a in page["articles"])


def test_the_same_page_gives_the_same_object_whatever_its_container(tmp_path: Path) -> None:
    content = PAGE.read_bytes()
    (tmp_path / "a.txt").write_bytes(content)
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(content))
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("in/page.txt", content)
    pages = shown(tmp_path / "a.txt", tmp_path / "b.txt.gz", tmp_path / "c.zip")
    assert [p.pop("file") for p in pages] == [
        f"{tmp_path}/a.txt",
        f"{tmp_path}/b.txt.gz",
        f"{tmp_path}/c.zip!/in/page.txt",
    ]
    assert pages[0] == pages[1] == pages[2]
    assert [p.pop("file") and p for p in shown(tmp_path)] == pages


def test_one_line_per_record() -> None:
    pages = shown(SEEDS / "13_records.jsonl")
    assert [p["file"].rsplit("!/")[1] for p in pages] == ["#1", "#2", "#3"]


def test_a_byte_order_mark_is_offset_0(tmp_path: Path) -> None:
    text = "\ufeff" + PAGE.read_bytes().decode()
    for encoding in ("utf-8", "utf-16-le"):
        (tmp_path / "bom.txt").write_bytes(text.encode(encoding))
        (page,) = shown(tmp_path / "bom.txt")
        check(page, text)
        assert page["encoding"] == encoding
        assert page["articles"][0]["title"]["start"] == 1


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    for name, content in (("empty.txt", b""), ("nul.txt", b"a\0b"), ("picture.txt", b"\x89PNG\r\n\x1a\n")):
        (tmp_path / name).write_bytes(content)
    files = [tmp_path / n for n in ("empty.txt", "missing.txt", "nul.txt", "picture.txt")]
    result = run("--json", *files, PAGE)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    for file in files:
        assert f"rasd: {file}: " in result.stderr
    assert "PNG" in result.stderr


def test_a_page_without_an_article(tmp_path: Path) -> None:
    (page,) = shown(SEEDS / "10_menu_only.txt")
    assert page["articles"] == []
    result = run(SEEDS / "10_menu_only.txt")
    assert result.exit_code == 0
    assert "no article" in result.stdout


# How a page is shown, apart from how it is read ---------------------------------------------------------------

TEXT = (
    'عنوان <b>\n\x07القاهرة- قال "نعم & لا" \u202eيوم\u202c 3 مايو 2024.ثم في وكازاخستان وصل.\n\nEnglish tweet here\n'
)


def view(text: str = TEXT) -> View:
    at = text.index
    start, end = at("القاهرة"), at("وصل.") + 4
    day = Published(date(2024, 5, 3), "day", "gregorian", "3 مايو 2024", at("3 مايو"), at("2024") + 4)
    quoted = Quotation(at('"'), at('لا"') + 3, "الوزير")
    article = Article(
        "main",
        Span("عنوان <b>", 0, 9),
        "قال <script>",
        OffsetMap(()),
        "f" * 64,
        ((0, 9), (start, end)),
        day,
        outlet="القاهرة",
        quotations=(quoted,),
        confidence=0.4,
        doubts=("<i>doubt</i>",),
    )
    glued = at("ثم")
    segments = (
        Segment("title", 0, 10, "first_line", 0),
        Segment("dateline", 10, start + 8, "dateline", 0),
        Segment("main_article", start + 8, glued, "<rule>", 0),
        Segment("main_article", glued, at("English"), "second", 0),
        Segment("tweet", at("English"), len(text), "tweet", 0),
    )
    place = at("كازاخستان")
    names = (Name("LOC", place, place + 9, "كازاخستان", "و", 'LOC/country/"KZ"', "كازاخستان"),)
    reading = Reading(segments, (article,), ("a <report>",))
    return View("a<b>.txt", "0" * 64, "utf-8", text, reading, (names,), ("note",))


class Collected(HTMLParser):
    """Checks that tags are closed in order, and collects tags and the text of the page's segments."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def collected(html: str) -> Collected:
    parser = Collected()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


def test_html_is_whole_escaped_and_fetches_nothing() -> None:
    html = as_html([view(), view()])
    page = collected(html)
    assert ("html", {"lang": "ar", "dir": "rtl"}) in page.tags
    assert not {"script", "link", "img", "iframe", "b>", "i"} & {t for t, a in page.tags if t != "i" or a}
    for tag, attributes in page.tags:
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in ("src", "srcset", "style")
            assert name != "href" or (value or "").startswith("#"), tag
    assert not re.search(r"url\(|@import|https?://", html)
    assert "عنوان <b>" in "".join(page.text)
    assert "<rule>" in "".join(page.text)
    # What would act in a browser is shown by its picture or left out.
    assert "\x07" not in html
    assert "␇" in html
    assert "\u202e" not in html


def test_html_marks_what_was_found() -> None:
    page = collected(as_html([view()]))
    marked = [(a.get("class") or "", a.get("title")) for t, a in page.tags if t == "span" and a.get("title")]
    assert any("LOC" in c and t == 'LOC: كازاخستان, LOC/country/"KZ"' for c, t in marked)
    assert any("date" in c and t == "2024-05-03 (day, gregorian)" for c, t in marked)
    assert any("quotation" in c and t == "quotation: الوزير" for c, t in marked)
    assert any("outlet" in c for c, _ in marked)
    assert ("div", {"class": "segment kind-main_article glued"}) in page.tags
    assert ("div", {"class": "text", "dir": "ltr"}) in page.tags


def test_every_visible_character_of_the_page_is_in_the_html(tmp_path: Path) -> None:
    for file in sorted(SEEDS.glob("*.txt"))[:4]:
        text = file.read_bytes().decode()
        assert run(file, "--html", tmp_path / "out.html").exit_code == 0
        html = (tmp_path / "out.html").read_text(encoding="utf-8")
        squeezed = re.sub(r"\s", "", "".join(collected(html).text))
        for line in text.split("\n"):
            for part in line.split("\xa0"):
                assert re.sub(r"[\s\u200e\u200f\u202a-\u202e]", "", part)[:15] in squeezed


def lines_of(view: View, width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    for line in as_terminal(view, width):
        console.print(line)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


@pytest.mark.parametrize("width", [30, 80, 200])
def test_the_terminal_isolates_each_line_and_reverses_nothing(width: int) -> None:
    lines = lines_of(view(), width)
    for line in lines:
        assert line.count("\u2067") + line.count("\u2066") + line.count("\u2068") == line.count("\u2069"), line
        assert len(line.translate(dict.fromkeys([0x2066, 0x2067, 0x2068, 0x2069, 0x202E]))) <= width
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", line)
    shown = "\n".join(lines)
    assert "\u2067عنوان <b>\u2069" in shown
    assert "كازاخستان" in shown.replace("\n", "")
    assert "\u2066English tweet here\u2069" in shown
    arabic = [line for line in lines if "\u2067" in line and "│" not in line]
    assert all(line.startswith(" ") for line in arabic)


def test_json_of_a_view_without_dates_or_title() -> None:
    bare = View("x", "0" * 64, "utf-8", "abc", Reading((Segment("boilerplate", 0, 3, "r"),), ()), ())
    assert as_json(bare)["articles"] == []
    article = Article("related", None, "b", OffsetMap(()), "f" * 64, ())
    shown = as_json(View("x", "0" * 64, "utf-8", "abc", Reading((), (article,)), ((),)))["articles"][0]
    assert shown["title"] is None
    assert shown["published"] is None


def test_many_pages_have_contents() -> None:
    views: Sequence[View] = [view(), view(), view()]
    page = collected(as_html(views))
    assert [a["href"] for t, a in page.tags if t == "a"] == ["#page-0", "#page-1", "#page-2"]
