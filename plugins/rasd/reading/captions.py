"""Lines beside a text that are a picture's, or say who did what for it."""

from __future__ import annotations

import re
from functools import lru_cache

from rasd.arabic.text import fold
from rasd.reading.credits import is_agency_name, is_outlet_name
from rasd.reading.lines import has_number
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
CAMERA = "📷📸🎥📹🎬"
ARCHIVED = ("أرشيف", "ارشيف", "أرشيفية", "ارشيفية")
# What people do for a programme or a report.
_WORK = frozenset(
    fold(
        "إعداد تقديم إخراج هندسة مونتاج تدقيق تصميم إنتاج غرافيك تحرير ترجمة"
        " كتابة إشراف تصوير بحث أداء رسوم محرر المحرر"
    ).split()
)


@lru_cache(maxsize=1024)  # a line is asked about several times while its page is read, and stands on other pages too
def is_caption(text: str) -> bool:
    """Return whether an unfinished line is a picture's: it ends in its source, or says that it is a picture."""
    if "©" in text or text[0] in CAMERA or _NUMBERED_PICTURE.match(text):
        return True
    first = first_words(text[:20], 1)
    if first and first[0] in _PICTURE_WORDS and text.count(" ") > 1 and ":" not in text:
        return True
    found = _CREDITED.search(text) if any(map(text.__contains__, _CREDITING)) else None
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
