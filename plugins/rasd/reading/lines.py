"""The lines of a page: where they stand, and what their mere shape says.

A line is what stands between two line feeds; a carriage return and blanks at its ends belong to the gap
between lines, not to the line. Nothing here knows a word of Arabic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rasd.arabic.text import fold
from rasd.reading.markers import Mark
from rasd.reading.model import SegmentKind
from rasd.reading.wording import goes_on

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# White space, the byte order mark, and the marks of direction and width that scrapers leave at line ends.
BLANK = " \t\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2066\u2067\u2068\u2069\u3000\ufeff"  # noqa: E501
_BLANKS = frozenset(BLANK)
_CLOSERS = BLANK + "\"'”“’‘»«)]}›"
_CLOSING = frozenset(_CLOSERS)
_TERMINATORS = ".!?؟…۔"
# What stands between the entries of a menu bar: three blanks and more, a tab, or a stroke or arrow between blanks.
# Blank runs are bounded by the character that must follow them, so a line of blanks costs one pass.
_BETWEEN_ENTRIES = re.compile(r"(?<=[^\s])[^\S\n]{3,}(?=[^\s])|(?<=[^\s])\t(?=[^\s])|[ \xa0][|»›>•·●▪■←][ \xa0]")
_BAR_SIGN = re.compile("[\t|›>•·●▪■←]")
_ENTRY_SIGNS = "|»›>•·●▪■←"
_WIDE_BAR_SIGN = re.compile("[\xa0»](?<=[ \xa0].)|\xa0(?= )")
_RULE_LINE = re.compile(r"[-=_*~•.·—–ـ#+<>|/\\\s\u2500-\u25ff]{3,}")
# Stars and dots, as they stand between the parts of one text: "***", "* * *", "• • •", "...".
_STARS = re.compile(r"[\s*✱✻•·⁂٭….]{1,12}")
_WORD = re.compile(r"\w+")
_NO_WORD = re.compile(r"[^\w\n]")
_LATIN = re.compile(r"[A-Za-z]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_NUMBER = re.compile(r"[0-9٠-٩۰-۹]")
# A full stop inside a line; the last of several dots is none.
FULL_STOP = re.compile(r"(?<!\.)\. ")
# And any other end of a sentence.
SENTENCE_END = re.compile("[.؟!](?<![.]{2}) ")
DIGITS = re.compile(r"[0-9٠-٩]+")
# A year in figures.
YEAR = re.compile(r"(?<![0-9٠-٩])(?:1[89]|20|١[٨٩]|٢٠)[0-9٠-٩]{2}(?![0-9٠-٩])")
# Signs in front of the points of a list.
BULLETS = "-–—•▪●*·◦■□◼◾✔✓🔹🔸🔴"
_NOT_SAID = re.compile(r"^[\W\d_]+|[\W_]+$")
# A line longer than this is never furniture that needs a closer look: the text of a menu bar aside, no known
# page has a marker, a headline or a caption of more than 400 characters.
SHORT = 400
# So much of a line is compared with headings; a paragraph of news has about 250 characters.
COMPARED = 1200
# So far down a page its head may reach.
HEAD_LINES = 60


@dataclass(slots=True)
class Piece:
    """A line, or a part of one where texts were glued together: page[start:end], blanks at the ends left out.

    `gap` counts the blank lines before it; `glued` says that it goes on on the line of the piece before.
    `cell` says that it is a cell of a table that stands on a line of its own.
    `words` counts words (exact up to `SHORT` characters, estimated beyond: only "many" matters).
    `signs` are bits of the sorts of characters that may stand in it; what is not among them does surely not.
    """

    text: str
    start: int
    end: int
    gap: int
    words: int
    ends: bool
    glued: bool = False
    mark: Mark | None = None
    kind: SegmentKind | None = None
    rule: str = ""
    article: int | None = None
    heading: bool = False
    cell: bool = False
    signs: int = -1
    _folded: str | None = None
    _said: list[str] | None = None
    _spaced: str | None = None
    _prose: bool | None = None

    @property
    def folded(self) -> str:
        """Its first characters folded, for comparing it with others: enough of them to know its words."""
        if self._folded is None:
            self._folded = fold(self.text[:COMPARED])
        return self._folded

    @property
    def said(self) -> list[str]:
        """The words of `folded`."""
        if self._said is None:
            self._said = _WORD.findall(self.folded) if self._spaced is None else self._spaced.split()
        return self._said

    def known_as(self, folded: str, spaced: str) -> None:
        """Say what it folds to, where that is at hand, and the same with a blank for all that is no part of a word."""
        self._folded = folded
        self._spaced = spaced

    def take_for_prose(self) -> None:
        """Say that it is a paragraph, whatever its end."""
        self._prose = True

    @property
    def prose(self) -> bool:
        """Whether it has the shape of a paragraph: finished, going on, or too long for a headline."""
        if self.mark is not None or self.words < 5:
            return False
        if self._prose is None:
            self._prose = self.ends or self.words >= 26 or (self.words >= 9 and goes_on(self.text))
        return self._prose

    @property
    def known(self) -> str:
        """The kind of its mark; nothing where it has none."""
        return self.mark.kind if self.mark is not None else ""

    @property
    def known_by(self) -> str:
        """What its mark says that it is known by; nothing where it has none."""
        return self.mark.text if self.mark is not None else ""

    @property
    def value(self) -> int | None:
        """Where in its text the value behind its mark's label begins, if it has one."""
        return self.mark.value if self.mark is not None else None

    @property
    def headline(self) -> bool:
        """Whether it has the shape of a headline: a few words, no full stop."""
        return self.mark is None and 3 <= self.words < 32 and not self.prose

    @property
    def numbered(self) -> bool:
        """Whether it has a digit."""
        return self.signs & NUMBER != 0 and has_number(self.text)

    @property
    def foreign(self) -> bool:
        """Whether Latin letters outnumber Arabic ones in its beginning."""
        return self.signs & LATIN != 0 and is_foreign(self.text)

    @property
    def barred(self) -> bool:
        """Whether it has a sign that could stand between the entries of a menu bar."""
        return (self.signs & BAR != 0 or "   " in self.text) and has_bar_sign(self.text)

    def label(self, kind: SegmentKind, rule: str, article: int | None = None) -> None:
        """Say what it is, and by which rule."""
        self.kind, self.rule, self.article = kind, rule, article


def piece(page: str, start: int, end: int, gap: int = 0, *, glued: bool = False) -> Piece | None:
    """Return page[start:end] as a piece, without the blanks at its ends; None where nothing is left."""
    text = page[start:end]
    if text and (text[0] in _BLANKS or text[-1] in _BLANKS):
        raw = text
        text = raw.lstrip(BLANK)
        start += len(raw) - len(text)
        text = text.rstrip(BLANK)
    if not text:
        return None
    words = len(text.split()) if len(text) <= SHORT else len(text) // 7
    return Piece(text, start, start + len(text), gap, words, ends_sentence(text), glued)


def piece_of(text: str, base: int, start: int, end: int, gap: int, *, glued: bool) -> Piece | None:
    """Return text[start:end] as a piece, where the text itself stands at `base` of the page."""
    found = piece(text, start, end, gap, glued=glued)
    if found is not None:
        found.start += base
        found.end += base
    return found


def parts_of(line: Piece, *cuts: int) -> list[Piece]:
    """Return the parts of a line that is cut at these places, in order; blank ones are left out."""
    text, parts = line.text, []
    for start, end in pairwise(sorted({0, *cuts, len(text)})):
        part = piece_of(text, line.start, start, end, 0 if start else line.gap, glued=line.glued or start > 0)
        if part is not None:
            parts.append(part)
    return parts


def split_lines(page: str) -> list[Piece]:
    """Return the lines of the page that are not blank, in order."""
    pieces: list[Piece] = []
    lines = page.split("\n")
    signs = _signs_of_lines(page)
    # Folding the page at once is far quicker than line by line; it is of use where it makes no further lines.
    folded_page = fold(page.replace("\r", " "))
    folded, spaced = folded_page.split("\n"), _only_words(folded_page).split("\n")
    gap = position = 0
    for n, line in enumerate(lines):
        found = piece(page, position, position + len(line), gap) if line else None
        position += len(line) + 1
        if found is None:
            gap += 1
            continue
        found.signs = signs[n]
        if len(folded) == len(lines) and len(found.text) <= COMPARED:
            found.known_as(folded[n].strip(), spaced[n])
        pieces.append(found)
        gap = 0
    return pieces


# Sorts of characters that patterns look for, as bits of `Piece.signs`: digits, Latin letters, what follows a label,
# what stands between the parts of a path and between entries of a bar, brackets and other marks, what addresses have;
# and what ends words or closes them, with a letter right behind it.
NUMBER, LATIN, LABEL, PATH, BAR, MARK, ADDRESS, JOINT, _LETTER = (1 << n for n in range(9))
_SIGNS = {
    NUMBER: "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹",
    LATIN: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    LABEL: ":：|/-–—ـ",
    PATH: "/|»›>\\•·←‹<-–—ـ",
    BAR: "\t|›>•·●▪■←»\xa0",
    MARK: "()[]&…",
    ADDRESS: "/@#♬",
    JOINT: 'ةى)]؟!"”»…',
}


@lru_cache(maxsize=1)
def _sign_of_code() -> npt.NDArray[np.uint16]:
    """Return the bits of each character of the first plane; those of others have none."""
    import numpy as np

    table = np.zeros(1 << 16, dtype=np.uint16)
    for bit, characters in _SIGNS.items():
        table[[ord(c) for c in characters]] |= bit
    table[0x621:0x64B] |= _LETTER
    return table


def _codes(text: str) -> npt.NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _signs_of_lines(page: str) -> list[int]:
    """Return which sorts of characters stand in each line; all at once, faster than one pattern on one line."""
    import numpy as np

    codes = _codes(page + "\n")
    found = _sign_of_code().take(codes, mode="clip")
    # The bit of a letter is the next one: moved by one it stands where that of a joint may stay.
    found[:-1] &= (found[1:] >> 1) | ~np.uint16(JOINT)
    starts = np.flatnonzero(codes == _LINE_END)
    starts[1:] = starts[:-1] + 1
    starts[0] = 0
    signs: list[int] = np.bitwise_or.reduceat(found, starts).tolist()
    return signs


_LINE_END = ord("\n")


@lru_cache(maxsize=1)
def _word_or_blank() -> npt.NDArray[np.uint32]:
    """Return each character of the first plane, if it is one of a word or ends a line, else a blank."""
    import numpy as np

    kept = [c if c.isalnum() or c in "_\n" else " " for c in map(chr, range(1 << 16))]
    return np.array(list(map(ord, kept)), dtype="<u4")


def _only_words(text: str) -> str:
    """Return a text with a blank for each character that is no part of a word."""
    codes = _codes(text)
    if not codes.size or codes.max() >= 1 << 16:
        return _NO_WORD.sub(" ", text)
    return _word_or_blank().take(codes).tobytes().decode("utf-32-le", "surrogatepass")


def ends_sentence(text: str) -> bool:
    """Return whether the text ends with a sentence's end, quotes and brackets behind it aside."""
    if text[-1:] in _TERMINATORS:
        return bool(text)
    return text[-1] in _CLOSING and text[-12:].rstrip(_CLOSERS)[-1:] in _TERMINATORS


def bare(text: str) -> str:
    """Return a text from its first letter on, without the signs behind its last word."""
    return _NOT_SAID.sub("", text)


def is_ruled(text: str) -> bool:
    """Return whether the line is a mere stroke: signs that separate, and no word."""
    return len(text) <= SHORT and _RULE_LINE.fullmatch(text) is not None


def is_starred(text: str) -> bool:
    """Return whether a stroke is made of a few stars or dots, as between the parts of one text."""
    return _STARS.fullmatch(text) is not None


def bar_entries(text: str) -> list[str] | None:
    """Return the entries of a menu bar (headlines or sections side by side on one line that has a bar sign), or None.

    At least three entries of at most 25 words; a row of a table, whose cells are mostly numbers, is none.
    """
    entries = [entry for entry in _BETWEEN_ENTRIES.split(text) if entry.strip(BLANK)]
    if len(entries) < 3:
        return None
    if any(entry.count(" ") > 25 for entry in entries):
        return None
    if sum(has_number(entry) for entry in entries) * 2 >= len(entries) and len(entries) < 8:
        return None
    return entries


def count_cells(text: str) -> int:
    """Return in how many cells or entries wide blanks and strokes divide a line."""
    # Most lines have none of the signs and no blank but the plain one (others cannot be printed); that is seen at once.
    if "   " not in text and text.isprintable() and not any(map(text.__contains__, _ENTRY_SIGNS)):
        return 1
    return sum(bool(entry.strip(BLANK)) for entry in _BETWEEN_ENTRIES.split(text))


def has_bar_sign(text: str) -> bool:
    """Return whether the text has a sign that could stand between the entries of a menu bar or breadcrumb."""
    return (
        _BAR_SIGN.search(text) is not None
        or "   " in text
        or (("»" in text or "\xa0" in text) and _WIDE_BAR_SIGN.search(text) is not None)
    )


def has_number(text: str) -> bool:
    """Return whether the text has a digit, of whatever script the press uses."""
    return _NUMBER.search(text) is not None


def is_foreign(text: str) -> bool:
    """Return whether Latin letters outnumber Arabic ones in the line's beginning."""
    head = text[:SHORT]
    latin = len(_LATIN.findall(head))
    return latin > 2 and latin > len(_ARABIC.findall(head))
