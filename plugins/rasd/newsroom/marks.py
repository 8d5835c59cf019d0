"""Texts cut into pieces wherever something marked in them begins or ends, for a template to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rasd.newsroom.warehouse import Row
from rasd.reading.render import PICTURES, Layer, cut, is_right_to_left


class Piece(NamedTuple):
    """A piece of text, the classes it is shown with, and the mention it belongs to (`is_head`: its first piece)."""

    text: str
    classes: str
    mention: Row | None = None
    is_head: bool = False


def shown(text: str) -> str:
    """Return a text with control characters as pictures and without marks that would reorder what stands beside it."""
    return text.translate(PICTURES)


def direction(text: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if is_right_to_left(text) else "ltr"


def pieces(
    text: str, start: int, end: int, mentions: Sequence[Row],
    sentences: Sequence[Row] = (), quotations: Sequence[Row] = (),
) -> list[Piece]:  # fmt: skip
    """Cut `text[start:end]`; all offsets count in `text`."""
    layers = [Layer(m["start_offset"], m["end_offset"], m["entity_type"], str(n)) for n, m in enumerate(mentions)]
    layers += [Layer(s["start_offset"], s["end_offset"], f"sentence-{s['sentence_no'] % 2}", "") for s in sentences]
    layers += [Layer(q["start_offset"], q["end_offset"], "quotation", "") for q in quotations]
    found = []
    for left, right, over in cut(start, end, sorted(layers)):
        number = next((int(layer.note) for layer in over if layer.note), None)
        mention = None if number is None else mentions[number]
        classes = " ".join(dict.fromkeys(layer.kind for layer in over))
        found.append(
            Piece(shown(text[left:right]), classes, mention, mention is not None and left == mention["start_offset"])
        )
    return found


def paragraphs(
    body: str, mentions: Sequence[Row], sentences: Sequence[Row],
    quotations: Sequence[Row],
) -> list[list[Piece]]:  # fmt: skip
    """Cut a body, which has one paragraph per line."""
    found, at = [], 0
    for line in body.split("\n"):
        if line.strip():
            found.append(pieces(body, at, at + len(line), mentions, sentences, quotations))
        at += len(line) + 1
    return found


def highlighted(sentence: str, surface: str) -> list[tuple[str, bool]]:
    """Cut a sentence at the words that fired: pieces, and whether each is those words."""
    before, found, after = sentence.partition(surface or "\0")
    pieces = [(shown(before), False), (shown(found), True), (shown(after), False)]
    return [(text, is_hit) for text, is_hit in pieces if text]
