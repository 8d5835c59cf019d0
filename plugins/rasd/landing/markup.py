"""HTML to text: one line per block, and what the page's metadata says."""

from __future__ import annotations

import re
from typing import Any

from rasd.landing.model import Hints

_LOOKS_LIKE_A_PAGE = re.compile(
    r"[\s\ufeff]*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.I)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^<>]{0,200}\?>")
_BLANK = re.compile(r"[ \t\r\n\f\v]+")
_SEPARATORS = re.compile(r"[,،;؛]")
# Elements that hold no text of the page.
_SILENT = {"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "select", "textarea"}
# Elements that stand within a line; all others begin a new one.
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
}  # fmt: skip
# trafilatura refuses dates after today, which would make the text of a page depend on the day it is read; what a
# date may be is judged by the reader, against the day the page landed.
_LATEST = "2100-01-01"


def is_page(text: str) -> bool:
    """Whether a text begins as an HTML page does."""
    return _LOOKS_LIKE_A_PAGE.match(text) is not None


def declared_encoding(content: bytes) -> str | None:
    """Return the encoding that an HTML page names in its first bytes (1,024 by the standard; some need more)."""
    found = _CHARSET.search(content, 0, 4096)
    return found.group(1).decode("ascii") if found else None


def read_page(html: str) -> tuple[str, Hints]:
    """Return the main text of an HTML page, title first, one line per block, and the hints of its metadata.

    Where trafilatura finds no main text, the text is all that the page shows, and the reader judges what it is.
    """
    from trafilatura import bare_extraction

    html = _XML_DECLARATION.sub("", html.removeprefix("\ufeff"), count=1)
    found: Any = bare_extraction(
        html,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": _LATEST},
    )
    if found is None:
        return block_text(html), Hints()
    hints = Hints(
        title=" ".join((found.title or "").split()) or None,
        published=found.date or None,
        outlet=found.sitename or None,
        author=found.author or None,
        url=found.url or None,
        tags=tuple(dict.fromkeys(t.strip() for tags in found.tags or () for t in _SEPARATORS.split(tags) if t.strip())),
    )
    return with_title(found.text or block_text(html), hints.title), hints


def with_title(text: str, title: str | None) -> str:
    """Return the text with its title as the first line, put there unless one of the first lines says it already."""
    if not title:
        return text
    head = (" ".join(line.split()) for line in text.lstrip().split("\n", 5)[:5])
    return text if any(line == title for line in head) else f"{title}\n{text}"


def block_text(html: str) -> str:
    """Return all text that a page or fragment shows, one line per block."""
    from lxml import etree  # type: ignore[import-untyped]
    from lxml.html import HTMLParser  # type: ignore[import-untyped]

    # recover: any string gives a tree; huge_tree: depth and size are bounded by the limits of landing.
    root: Any = etree.fromstring(
        f"<html><body>{html}</body></html>" if not is_page(html) else html,
        HTMLParser(recover=True, remove_comments=True, remove_pis=True, huge_tree=True),
    )
    if root is None:
        return ""
    lines: list[str] = []
    line: list[str] = []

    def end_line() -> None:
        if text := _BLANK.sub(" ", "".join(line)).strip():
            lines.append(text)
        line.clear()

    silent: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if silent is None and element.tag in _SILENT:
                silent = element
            if element.tag not in _INLINE:
                end_line()
            if silent is None:
                line.append(element.text or "")
        else:
            if element is silent:
                silent = None
            if element.tag not in _INLINE:
                end_line()
            if silent is None:
                line.append(element.tail or "")
    end_line()
    return "\n".join(lines)
