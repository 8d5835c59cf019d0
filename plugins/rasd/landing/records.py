"""Records of crawlers' exports: which fields hold the text, and what the others say of the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from rasd.landing.model import Hints
from rasd.landing.reasons import poison

# The first field with something in it counts. news-please: maintext, title, date_publish, authors, source_domain, url.
# Fundus: body (or plaintext), title, publishing_date, authors, topics, publisher, html. The others are what
# WordPress, schema.org and common news data sets call the same things.
_TEXT = ("maintext", "plaintext", "text", "body", "articleBody", "content", "article", "full_text")
_SUMMARY = ("description", "summary", "excerpt")
_MARKUP = ("html", "raw_html")
_TITLE = ("title", "headline", "title_page", "title_rss")
_PUBLISHED = (
    "date_publish",
    "publishing_date",
    "published_at",
    "published",
    "publish_date",
    "datePublished",
    "pubDate",
    "date",
)
_OUTLET = ("publisher", "sitename", "site_name", "outlet", "source", "source_domain", "domain")
_AUTHOR = ("authors", "author", "byline")
_URL = ("url", "link", "canonical_url")
_TAGS = ("topics", "tags", "keywords")

# What programs write for a value that is missing.
_MISSING = {"", "none", "null", "nan"}
_TAG = re.compile(r"</?(?:p|br|div|span|a|h[1-6]|ul|ol|li|strong|b|em|i|blockquote|figure|img)\b[^<>]{0,2000}>", re.I)


def split_export(content: bytes) -> list[bytes] | None:
    """Return the records of a JSON file that holds many, each with its bytes as delivered.

    Many are held by a list, and by the object of lists, one for each publisher, that Fundus' `save_to_file` writes.
    None for a file that is one record, or not JSON.
    """
    try:
        text = content.decode("utf-8-sig")
        at = _skip(text, 0)
        if text.startswith("[", at):
            return _list(text, at)[0]
        return _lists_by_publisher(text, at) if text.startswith("{", at) else None
    except (ValueError, RecursionError):
        return None


_DECODER = json.JSONDecoder(parse_int=float, strict=False)
_BLANK = re.compile(r"[ \t\r\n]*")


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _list(text: str, at: int) -> tuple[list[bytes], int]:
    records: list[bytes] = []
    at = _skip(text, at + 1)
    while not text.startswith("]", at):
        if records:
            if not text.startswith(",", at):
                raise ValueError("no comma between two records")
            at = _skip(text, at + 1)
        _, end = _DECODER.raw_decode(text, at)
        records.append(text[at:end].encode())
        at = _skip(text, end)
    return records, at + 1


def _lists_by_publisher(text: str, at: int) -> list[bytes] | None:
    records: list[bytes] = []
    at = _skip(text, at + 1)
    while not text.startswith("}", at):
        _, at = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        if not text.startswith("[", at) or not text.startswith("{", _skip(text, at + 1)):
            return None
        found, at = _list(text, at)
        records += found
        at = _skip(text, at)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
    return records or None


def parse(text: str) -> Mapping[str, Any]:
    """Return the object that a record is.

    Raises:
        PoisonError: `bad_json`, `not_an_object`.
    """
    try:
        record = json.loads(text.removeprefix("\ufeff"), parse_int=float, strict=False)
    except (ValueError, RecursionError) as e:
        raise poison("bad_json", str(e)) from None
    if not isinstance(record, dict):
        raise poison("not_an_object", f"a {type(record).__name__}")
    return record


def hints_of(record: Mapping[str, Any]) -> Hints:
    """Return what the fields of a record say of the page, as found there."""
    markup = record.get("html")
    return Hints(
        title=" ".join(_first(record, _TITLE).split()) or None,
        published=_first(record, _PUBLISHED) or None,
        outlet=_first(record, _OUTLET) or None,
        author=_first(record, _AUTHOR) or None,
        url=_first(record, _URL) or (_first(markup, ("responded_url",)) if isinstance(markup, dict) else "") or None,
        tags=tuple(dict.fromkeys(t for name in _TAGS for t in _strings(record.get(name)))),
    )


def text_of(record: Mapping[str, Any]) -> str:
    """Return the article's text as the record holds it (maybe with tags in it), "" where it holds none."""
    return next((t for name in _TEXT if (t := "\n".join(_strings(record.get(name))))), "")


def summary_of(record: Mapping[str, Any]) -> str:
    """Return the article's first lines as a feed gives them, for a record without its text."""
    return _first(record, _SUMMARY)


def markup_of(record: Mapping[str, Any]) -> str:
    """Return the whole HTML page that a crawler kept in the record, "" where there is none."""
    for name in _MARKUP:
        value = record.get(name)
        value = value.get("content") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return value
    return ""


def has_tags(text: str) -> bool:
    """Whether a text is a fragment of HTML."""
    return _TAG.search(text) is not None


def _first(record: Mapping[str, Any], names: Iterable[str]) -> str:
    return next((t for name in names if (t := "، ".join(_strings(record.get(name))))), "")


def _strings(value: Any) -> list[str]:
    """Return the strings in a field: one, a list, or an object that wraps them.

    Fundus' body is {"summary": […], "sections": [{"headline": […], "paragraphs": […]}]}, WordPress wraps a text as
    {"rendered": …}, schema.org an author or publisher as {"name": …}.
    """
    if isinstance(value, str):
        return [value.strip()] if value.strip().lower() not in _MISSING else []
    if isinstance(value, list):
        return [s for v in value for s in _strings(v)]
    if isinstance(value, dict):
        names = ("summary", "sections", "headline", "paragraphs", "rendered", "name")
        return [s for name in names for s in _strings(value.get(name))]
    return []
