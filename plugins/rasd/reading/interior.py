"""What a short line between two paragraphs is: a subheading, a caption, credits, or a link to something else.

No single sign decides. Each piece of evidence has a weight, and the weights of a line are added up.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rasd.arabic.text import fold
from rasd.reading.credits import is_agency_name, is_outlet_name
from rasd.reading.lines import Piece, has_number
from rasd.reading.wording import first_words

# A picture's source at the end of its caption: "(عنب بلدي / حليم محمد)", "/ Reuters".
_CREDITED = re.compile(r"\([^()]{2,40}\)\s*$|[/©|]\s*[A-Za-z][A-Za-z /.]{2,40}$|أرشيف(?:ية)?\)?\s*$")
_CREDITING = ("(", "/", "|", "©", "أرشيف")
_NUMBERED_PICTURE = re.compile(r"[0-9٠-٩]{1,2}\s?/\s?[0-9٠-٩]{1,2}\s+\S+\s\S")
_PICTURE_SOURCES = frozenset(
    map(
        fold,
        ("إكس", "تويتر", "فيسبوك", "إنستغرام", "الإنترنت", "مواقع التواصل", "يوتيوب", "تلغرام", "متداولة", "خاص", "x"),
    )
)
_PICTURE_WORDS = frozenset(
    map(fold, ("صورة", "صورتان", "لقطة", "لقطات", "خريطة", "رسم", "إنفوغراف", "إنفوجراف", "كاريكاتير"))
)
_CAMERA = "📷📸🎥📹🎬"
# How headlines that lead to pictures and films end.
_MEDIA = ("(فيديو)", "(صور)", "(صور وفيديو)", "(فيديو وصور)", "- فيديو", "[فيديو]", "[صور]")
# What people do for a programme or a report.
_WORK = frozenset(
    fold(
        "إعداد تقديم إخراج هندسة مونتاج تدقيق تصميم إنتاج غرافيك تحرير ترجمة"
        " كتابة إشراف تصوير بحث أداء رسوم محرر المحرر"
    ).split()
)
_CLOCK = re.compile(r"[0-9٠-٩]{1,2}:[0-9٠-٩]{2}")
_FIRST = re.compile(r"\w+")


class _Weights(NamedTuple):
    """What each sign adds to a line's being a subheading; it is one from `enough` on.

    Set on the open pages: of their headings between paragraphs nine in ten have six words or fewer; of longer lines
    those that share a third of their words with the text around them mostly are headings, the others mostly links.
    """

    of_three_words: float = 0.9
    of_six_words: float = 0.7
    shared: float = 1.2
    lone: float = 0.5
    among_others: float = -0.3
    in_a_list: float = 0.6
    beside_furniture: float = -0.1
    parallel: float = 0.8
    foreign: float = -2.0
    media: float = -1.0
    clock: float = -1.0
    enough: float = 0.9


_WEIGHTS = _Weights()


def is_subheading(
    line: Piece, *, shares: float, lone: bool, listed: bool, beside_furniture: bool, parallel: bool
) -> bool:
    """Return whether a line between two paragraphs belongs to their article as a heading or an item.

    Args:
        line: the line; it is no row of a table and ends in no colon.
        shares: which part of its subject stands in the text around it.
        lone: whether it is the only such line between the two paragraphs.
        listed: whether it is one of three and more short lines with nothing else among them.
        beside_furniture: whether a line known by a marker stands between the two paragraphs too.
        parallel: whether a heading of the same form stands above it.
    """
    w = _WEIGHTS
    score = w.of_three_words if line.words <= 3 else w.of_six_words if line.words <= 6 else 0.0
    score += w.shared * shares
    score += w.lone if lone else w.in_a_list if listed else w.among_others
    score += w.beside_furniture * beside_furniture + w.parallel * parallel
    score += w.foreign * line.foreign
    score += w.media * (line.text.endswith(_MEDIA) or line.text[0] in _CAMERA)
    score += w.clock * (_CLOCK.search(line.text) is not None)
    return score >= w.enough


def alike(folded: str, other: str) -> bool:
    """Return whether two headings have the same form: the same first word, or a name in quotation marks and a colon."""
    one, two = _FIRST.search(folded), _FIRST.search(other)
    if one is None or two is None:
        return False
    if one.group() == two.group() and len(one.group()) > 2 and not one.group().isdigit():
        return True
    if folded[0] == other[0] and folded[0] in '«"“-•*':
        return ":" in folded[:60] and ":" in other[:60]
    return False


@lru_cache(maxsize=1024)  # a line is asked about several times while its page is read, and stands on other pages too
def is_caption(text: str) -> bool:
    """Return whether an unfinished line is a picture's: it ends in its source, or says that it is a picture."""
    if "©" in text or text[0] in _CAMERA or _NUMBERED_PICTURE.match(text):
        return True
    first = first_words(text[:20], 1)
    if first and first[0] in _PICTURE_WORDS and text.count(" ") > 1 and ":" not in text:
        return True
    found = _CREDITED.search(text) if any(sign in text for sign in _CREDITING) else None
    if found is None:
        tail = text.rpartition(" - ")[2]
        return tail != text and tail.count(" ") < 3 and (fold(tail) in _PICTURE_SOURCES or is_agency_name(tail))
    inside = found.group().strip(" ()")
    if "/" in inside or "أرشيف" in inside or "تصوير" in inside or is_outlet_name(inside) or is_agency_name(inside):
        return True
    return fold(inside) in _PICTURE_SOURCES


def is_credit_row(text: str) -> bool:
    """Return whether a line says who did what for the text: "إعداد وتقديم: دلال الياقوت", "هندسة صوتية: عمر البحر"."""
    label, sign, name = text.partition(":")
    words = fold(label).split()
    return bool(sign and name) and 0 < len(words) <= 3 and words[0].removeprefix("و") in _WORK and not has_number(text)
