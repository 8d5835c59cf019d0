"""A landed page's bytes to the text that the reader reads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasd.landing import markup, records
from rasd.landing.encodings import Decoded, decode_bytes, has_content
from rasd.landing.model import Hints, MediaType, PageText
from rasd.landing.reasons import poison

_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(content: bytes, media_type: MediaType) -> PageText:
    """Return the text of a page, the encoding it was in, and what its container says of it.

    Args:
        content: the page's bytes as landed.
        media_type: `text`: the bytes decoded, character by character (a text that is an HTML page, whatever its
            name, is taken as one); `html`: the main text, one line per block; `record`: the text field of a JSON
            object. For the last two the title is the first line.

    Raises:
        PoisonError: where there is no text to read; its reason is a word of `rasd.landing.reasons.REASONS`.
    """
    match media_type:
        case "record":
            page = _record(_decode_json(content))
        case "html":
            page = _html(decode_bytes(content, markup.declared_encoding(content)))
        case "text":
            decoded = decode_bytes(content)
            page = (
                _html(decoded)
                if markup.is_page(decoded.text)
                else PageText(decoded.text, decoded.encoding, notes=decoded.notes)
            )
    _refuse_what_no_database_takes(page)
    return page


def _decode_json(content: bytes) -> Decoded:
    # A record of a UTF-16 file has no mark of its own; JSON begins with ASCII, which shows the encoding (RFC 4627, 3).
    encoding = json.detect_encoding(content)
    if encoding.startswith(("utf-16-", "utf-32-")):
        try:
            return Decoded(content.decode(encoding), encoding)
        except UnicodeDecodeError as e:
            raise poison("bad_encoding", str(e)) from None
    return decode_bytes(content)


def _html(decoded: Decoded) -> PageText:
    text, hints = markup.read_page(decoded.text)
    if not has_content(text):
        raise poison("no_text", "the HTML shows none")
    return PageText(text, decoded.encoding, hints, decoded.notes)


def _record(decoded: Decoded) -> PageText:
    record: Mapping[str, Any] = records.parse(decoded.text)
    hints = records.hints_of(record)
    text = records.text_of(record)
    notes = decoded.notes
    if not text and (html := records.markup_of(record)):
        text, found = markup.read_page(html)
        # The crawler's own fields say more than the page they came from.
        hints = replace(found, **{name: value for name, value in _fields(hints) if value})
    elif not text:
        text = records.summary_of(record)
        notes += ("The record has no text; its summary was taken.",) if text else ()
    if records.has_tags(text):
        text = markup.block_text(text)
    if not has_content(text):
        raise poison("no_text")
    return PageText(markup.with_title(text, hints.title), decoded.encoding, hints, notes)


def _fields(hints: Hints) -> list[tuple[str, Any]]:
    return [(name, getattr(hints, name)) for name in Hints.__slots__]


def _refuse_what_no_database_takes(page: PageText) -> None:
    """Refuse lone surrogates and NUL: escapes in JSON and HTML bring them past the decoding of bytes."""
    for text in (
        page.text,
        *(v for _, value in _fields(page.hints) for v in ((value,) if isinstance(value, str) else value or ())),
    ):
        if found := _SURROGATE.search(text):
            raise poison("lone_surrogate", f"U+{ord(found.group()):04X}")
        if "\0" in text:
            raise poison("nul_bytes")
