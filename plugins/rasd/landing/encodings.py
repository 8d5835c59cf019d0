"""From bytes to text: which encoding, proved where it can be and weighed where it cannot."""

from __future__ import annotations

import codecs
import math
import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from rasd.landing.reasons import poison


class Decoded(NamedTuple):
    """Text, the encoding it was in, and what a person should know of the decoding."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What common files begin with (https://www.iana.org/assignments/media-types and the formats' own specifications).
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"PK\3\4", "zip archive or office document"),
    (b"PK\5\6", "empty zip archive"),
    (b"\x1f\x8b", "gzip file"),
    (b"BZh", "bzip2 file"),
    (b"\xfd7zXZ\0", "xz file"),
    (b"(\xb5/\xfd", "zstd file"),
    (b"7z\xbc\xaf'\x1c", "7z archive"),
    (b"Rar!\x1a\7", "RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office document"),
    (b"{\\rtf", "RTF document"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"PAR1", "Parquet file"),
    (b"OggS", "Ogg media"),
    (b"ID3", "MP3 audio"),
)
_SAMPLE = 64 * 1024
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b") + b"\x7f"
_REPLACEMENT = "\ufffd"

# How often each letter stands in written Arabic, per thousand letters: counted over the twelve pages of the sample
# inbox and five of real outlets, 30,718 letters. Only the order of size matters here.
_FREQUENCY = {
    "ا": 151, "ل": 104, "ي": 77, "م": 61, "و": 58, "ن": 56, "ر": 54, "ت": 49, "س": 33, "ة": 32, "ب": 30, "ع": 30,
    "د": 30, "ف": 24, "ك": 23, "ق": 22, "أ": 22, "ح": 17, "ه": 17, "ج": 12, "ز": 11, "ط": 10, "ش": 10, "،": 10,
    "ى": 10, "خ": 10, "إ": 9, "ص": 9, "ض": 7, "ث": 6, "ذ": 5, "غ": 5, "ء": 4, "ئ": 4, "ظ": 2, "آ": 2, "ؤ": 1,
    "؟": 1, "؛": 1, "ـ": 1,
}  # fmt: skip
_LEGACY = ("windows-1256", "iso-8859-6")
# Marks that stand in both; they say nothing.
_NEUTRAL = set(
    "\u00a0\u00ad\u00ab\u00bb“”‘’–—…•\u200c\u200d\u200e\u200f" + "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
)
_FOREIGN = -8.0
_UNLIKELY = -3.0


def decode_bytes(content: bytes, declared: str | None = None) -> Decoded:
    """Decode a page's bytes; nothing is added or taken, and a byte order mark is character 0.

    In this order: the byte order mark; the byte pattern of UTF-16; valid UTF-8; the encoding that the page itself
    declares; UTF-8 with a few broken bytes (each replaced by U+FFFD, and noted); windows-1256 or ISO-8859-6,
    whichever gives the more Arabic letters; what charset-normalizer finds.

    Args:
        content: the page.
        declared: the encoding that an HTML page names, if any.

    Raises:
        PoisonError: `empty`, `blank`, `binary`, `nul_bytes`, `bad_encoding`.
    """
    if not content:
        raise poison("empty")
    if kind := next((kind for magic, kind in _MAGIC if content.startswith(magic)), None):
        raise poison("binary", kind)
    mark = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    encoding = mark or _utf16_pattern(content)
    if encoding is None or encoding == "utf-8":
        _refuse_controls(content)
    found = _by_evidence(content, encoding, declared)
    if found is None:
        raise poison("bad_encoding")
    if "\0" in found.text:
        raise poison("nul_bytes", f"the first at character {found.text.index(chr(0)):,}")
    if not has_content(found.text):
        raise poison("blank")
    return found


_VISIBLE = re.compile(r"[^\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]")


def has_content(text: str) -> bool:
    """Whether any character of a text can be seen."""
    return _VISIBLE.search(text) is not None


def _refuse_controls(content: bytes) -> None:
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    # Text has next to none; in compressed or compiled data every ninth byte is one.
    if controls > 2 + len(sample) // 20:
        raise poison("nul_bytes" if not sample.strip(b"\0") else "binary")
    if b"\0" in content:
        raise poison("nul_bytes", f"the first at byte {content.index(0):,}")


def _utf16_pattern(content: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every second byte is 00 (Latin, digits, spaces) or 06 (Arabic)."""
    sample = content[: _SAMPLE // 4]
    if len(sample) < 4 or len(content) % 2:
        return None
    high = [sum(half.count(b) for b in (0, 6)) / len(half) for half in (sample[1::2], sample[0::2])]
    if max(high) < 0.8 or min(high) > 0.3:
        return None
    return "utf-16-le" if high[0] > high[1] else "utf-16-be"


def _by_evidence(content: bytes, encoding: str | None, declared: str | None) -> Decoded | None:
    try:
        return Decoded(content.decode(encoding or "utf-8"), encoding or "utf-8")
    except UnicodeDecodeError:
        pass
    if encoding:
        return _with_replacements(content, encoding)
    if declared and (found := _as_declared(content, declared)):
        return found
    return _with_replacements(content, "utf-8") or _legacy(content) or _normalised(content)


def _as_declared(content: bytes, declared: str) -> Decoded | None:
    try:
        name = codecs.lookup(declared).name
        # Python knows codecs that are no encodings of text (rot13, zip), and decode() refuses them as it should.
        text = content.decode(name)
    except (LookupError, UnicodeError):
        return None
    return Decoded(text, _NAMES.get(name, name))


_NAMES = {"cp1256": "windows-1256", "iso8859-6": "iso-8859-6", "cp1252": "windows-1252"}


def _with_replacements(content: bytes, encoding: str) -> Decoded | None:
    """Decode although a few bytes are broken; None where so many are that it is another encoding.

    A page cut in the middle of a character, or with one byte spoilt on the way, is still the page. One broken place
    in 500 characters is allowed, and the sound characters beyond ASCII must outnumber them twenty to one: legacy
    Arabic has hardly any that happen to be sound.
    """
    text = content.decode(encoding, "replace")
    broken = text.count(_REPLACEMENT) - content.count(_REPLACEMENT.encode(encoding))
    sound = sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", text))
    if broken > 1 + len(text) // 500 or sound < 20 * broken:
        return None
    places = "one place" if broken == 1 else f"{broken} places"
    return Decoded(text, encoding, (f"Bytes that are no {encoding.upper()} were replaced by U+FFFD in {places}.",))


@cache
def _weights(encoding: str) -> tuple[float | None, ...]:
    """Return per byte from 80 how Arabic its letter is (natural logarithm), None for a byte without a letter."""
    weights: list[float | None] = []
    for byte in range(0x80, 0x100):
        try:
            letter = bytes([byte]).decode(encoding)
        except UnicodeDecodeError:
            weights.append(None)
            continue
        if letter in _FREQUENCY:
            weights.append(math.log(_FREQUENCY[letter] / 40))
        elif letter in _NEUTRAL:
            weights.append(0.0)
        else:
            weights.append(_UNLIKELY if "\u0600" <= letter <= "\u06ff" else _FOREIGN)
    return tuple(weights)


def _legacy(content: bytes) -> Decoded | None:
    """Decide between the two single-byte encodings of Arabic by the letters (and the article ال) they would give."""
    high = [(b, n) for b, n in Counter(content).items() if b >= 0x80]
    total = sum(n for _, n in high)
    scores: dict[str, float] = {}
    for encoding in _LEGACY:
        weights = _weights(encoding)
        if any(weights[b - 0x80] is None for b, _ in high):
            continue
        article = 2.0 * content.count("ال".encode(encoding))
        scores[encoding] = (sum((weights[b - 0x80] or 0.0) * n for b, n in high) + article) / total
    best = max(scores, key=lambda e: (scores[e], e), default=None)
    # Letters as common as in any Arabic text score about 0; Latin letters with accents score -8 each.
    if best is None or scores[best] < -1.5:
        return None
    return Decoded(content.decode(best), best, (f"The encoding was not declared; {best} fits the letters best.",))


def _normalised(content: bytes) -> Decoded | None:
    """Ask charset-normalizer about what is neither UTF nor Arabic in a single-byte encoding."""
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    if best is None:
        return None
    try:
        text = content.decode(best.encoding)
    except UnicodeError:
        return None
    name = _NAMES.get(best.encoding, best.encoding)
    return Decoded(text, name, (f"The encoding was not declared; it was guessed to be {name}.",))
