"""Sentences and paragraphs of Arabic news text, by offsets.

A sentence ends at . ! ? ؟ (with the quotation marks and brackets that close after it) before white space, and at
every line end. Two or more dots are a pause or a cut, not an end: splitting at them costs more than it wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasd.arabic.text import LETTERS, MARKS

# Line ends as landed pages have them. str.splitlines() would also split at U+0085, an ellipsis misread.
_OTHER_LINE_ENDS = "\r\v\f\u2028\u2029"
# White space, and the marks that have no width: neither belongs to a sentence's ends.
_BLANK = " \t\xa0\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2064\u2066-\u2069\u3000\ufeff\u061c\xad"
_EDGES = frozenset(c for c in map(chr, range(0xFFFF)) if re.match(f"[{_BLANK}\x00-\x1f\x85]", c))
_CLOSING = "\"'»›”“’‘)\\]}"
# An end, then white space; or, glued in scraping, a full stop between two words of three letters. Possessive, and
# only from the first mark of a run on: a long run of dots is scanned once.
_END = re.compile(
    f"[.!?؟](?:(?<![.!?؟].)[.!?؟]*+[{_CLOSING}]*+(?=[{_BLANK}])"
    f"|(?<=[{LETTERS}][{LETTERS}{MARKS}][{LETTERS}{MARKS}]\\.)[{_CLOSING}]*(?=[{LETTERS}]{{3}}))"
)
# A dot after these is part of an abbreviation: a single letter («د. محمد», «أ. ش. أ», initials) or one of the usual.
_ABBREVIATION = re.compile(
    f"(?:(?<![{LETTERS}{MARKS}\\w])[{LETTERS}A-Z]|(?<!\\w)(?:Mr|Mrs|Ms|Dr|St|Sr|Jr|Prof|Gen|Sen|Rep|Gov|No|vs|Inc|Ltd|Co)"
    ")$"
)
_NUMBERED = re.compile(r"\(?\d{1,3}")
_LONGEST_ABBREVIATION = 12


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink [start, end) by blanks at both ends."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the range of each line that is not blank, without the blanks at its ends."""
    for sign in _OTHER_LINE_ENDS:
        text = text.replace(sign, "\n")
    ranges = []
    at = 0
    for line in text.split("\n"):
        start, end = _trim(text, at, at + len(line))
        if start < end:
            ranges.append((start, end))
        at += len(line) + 1
    return ranges


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the offset after each sentence of a paragraph but the last."""
    for found in _END.finditer(text, start, end):
        marks = found.group().rstrip("\"'»›”“’‘)]}")
        dots = marks.strip(".") == ""
        if dots and len(marks) > 1:
            continue
        if marks == "." and found.group() == ".":
            before = text[max(start, found.start() - _LONGEST_ABBREVIATION) : found.start()]
            if _ABBREVIATION.search(before) or _NUMBERED.fullmatch(text, start, found.start()):
                continue
        yield found.end()


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the range of each sentence, in order, without blanks at its ends.

    Every character that is not blank is in exactly one sentence. Linear in the length of the text.
    """
    sentences = []
    for start, end in split_paragraphs(text):
        at = start
        for stop in _ends(text, start, end):
            first, last = _trim(text, at, stop)
            if first < last:
                sentences.append((first, last))
            at = stop
        first, last = _trim(text, at, end)
        if first < last:
            sentences.append((first, last))
    return sentences
