"""The reader on made-up pages in many layouts: what is article, what is furniture."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rasd.reading.reader import read

_KINDS = {
    "T": {"title"}, "K": {"title"}, "B": {"main_article"}, "S": {"main_article"}, "D": {"dateline", "metadata"},
    "R1": {"related_article"}, "R2": {"related_article"}, "X": {"tweet"},
    "?": {"title", "main_article", "metadata", "navigation"},
}  # fmt: skip
_FURNITURE = {"navigation", "boilerplate", "metadata", "related_marker", "tags", "dateline"}


@dataclass
class Layout:
    name: str
    text: str = ""
    lines: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, label: str, line: str) -> None:
        self.lines.append((len(self.text), label, line.rstrip()))
        self.text += line


def _layouts() -> list[Layout]:
    layouts: list[Layout] = []
    for raw in (Path(__file__).parent / "layouts" / "layouts.txt").read_text(encoding="utf-8").split("\n"):
        if raw.startswith("#"):
            continue
        if raw.startswith("=== "):
            layouts.append(Layout(raw[4:]))
            continue
        if not layouts:
            continue
        layout = layouts[-1]
        label, _, line = raw.partition("|")
        if label == "G":
            line = "الكلمات المفتاحية: " + line.replace("|", "، ")
        elif label == "N":
            line = line.replace("|", " > ")
        if "‖" in line:
            first, _, rest = line.partition("‖")
            layout.add(label, first)
            if rest:
                layout.add("T" if label == "P" else "B", rest)
        elif raw:
            layout.add(label, line)
        layout.text += "\n"
    return layouts


_LAYOUTS = _layouts()


def test_there_are_layouts() -> None:
    assert len(_LAYOUTS) > 50


@pytest.mark.parametrize("layout", _LAYOUTS, ids=lambda layout: layout.name)
def test_layout(layout: Layout) -> None:
    reading = read(layout.text)
    wrong = []
    for start, label, line in layout.lines:
        segment = next(s for s in reading.segments if s.start <= start < s.end)
        if segment.kind not in _KINDS.get(label, _FURNITURE):
            wrong.append(f"{label} read as {segment.kind} ({segment.rule}): {line}")
    assert not wrong, "\n".join(wrong)
    body = [line for _, label, line in layout.lines if label in "BS"]
    main = [article.body for article in reading.articles if article.role == "main"]
    if "?" not in {label for _, label, _ in layout.lines}:
        assert main == (["\n".join(body)] if body else [])
