"""Names labelled on pages of tests/reading/pages (`annotating/open_names.txt`), for the tools that measure on them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, cast

from rasd.annotating.model import EntityType

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "reading" / "pages"))

from compile import load  # noqa: E402

_LABELS = HERE / "annotating" / "open_names.txt"
_CLITICS = "(?:[وف]?[بلك]?ـ?)"


class Named(NamedTuple):
    """A labelled name in a text: whether it must be found, which types and which spans (start, end) are right."""

    is_required: bool
    types: tuple[EntityType, ...]
    spans: tuple[tuple[int, int], ...]  # the fullest first


def parts() -> list[str]:
    """Return the parts of the labels, in their order."""
    return list(dict.fromkeys(part for part, _, _ in _chunks()))


def labelled_pages(part: str) -> Iterator[tuple[str, str, list[Named]]]:
    """Yield name, text (headline and body) and names of each page of a part."""
    chunks = [(page, lines) for its_part, page, lines in _chunks() if its_part == part]
    bodies: dict[str, str] = {}
    for folder in sorted({page.partition("/")[0] for page, _ in chunks}):
        for p in load(folder):
            if p.labels["main_article"]:
                headline = (p.labels["title"] or {}).get("text") or ""
                bodies[f"{folder}/{p.name}"] = f"{headline}\n{p.labels['main_article']['body']['text']}"
    for page, lines in chunks:
        yield page, bodies[page], _names(page, bodies[page], lines)


def _chunks() -> Iterator[tuple[str, str, list[str]]]:
    """Yield part, page and lines of each page in the file."""
    for chunk in re.split(r"^== ", _LABELS.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, *lines = [line for line in chunk.splitlines() if line and not line.startswith("#")]
        part, _, page = head.partition(" ")
        yield part, page, lines


def _names(page: str, text: str, lines: list[str]) -> list[Named]:
    found: list[Named] = []
    taken: list[tuple[int, int]] = []
    rows = [line.partition(" ") for line in lines]
    for kinds, _, borders in sorted(rows, key=lambda row: -len(row[2].partition(" | ")[0])):
        name, *parts = borders.split(" | ")
        stretches = [s for s in _places(text, name) if not any(a < s[1] and s[0] < b for a, b in taken)]
        if not stretches and not _places(text, name):
            raise ValueError(f"{page} has no {name!r}")
        taken += stretches
        if kinds == "O":
            continue
        for start, end in stretches:
            inside = [_within(text, start, end, part) for part in parts]
            types = cast(tuple[EntityType, ...], tuple(kinds.lstrip("?").split("/")))
            found.append(Named(not kinds.startswith("?"), types, ((start, end), *inside)))
    return sorted(found, key=lambda named: named.spans)


def _within(text: str, start: int, end: int, part: str) -> tuple[int, int]:
    """Return where a part of a name stands in it; the article's alef may be gone after ل."""
    written = part if part in text[start:end] else part.removeprefix("ا")
    at = text.index(written, start, end)
    return at, at + len(written)


def _places(text: str, name: str) -> list[tuple[int, int]]:
    spans = [m.span(1) for m in re.finditer(rf"(?<!\w){_CLITICS}({re.escape(name)})(?!\w)", text)]
    if name.startswith("ال"):
        # After ل the alef of the article is gone: للأناضول is ل and لأناضول.
        spans += [m.span(1) for m in re.finditer(rf"(?<!\w)[وف]?ل({re.escape(name[1:])})(?!\w)", text)]
    return spans
