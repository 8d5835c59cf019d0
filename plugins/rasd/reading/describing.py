"""The lines of a page as signs, for the net of `weighing`: what each shows by itself, and where it stands among others.

The signs hold anywhere: length and ends, place, how much of the text shares a line's words, what its mark is. They are
those of the lines alone: what the rules of `assembly` think of a line is no part of them.
"""

from __future__ import annotations

import itertools
import math
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rasd.reading.captions import is_caption
from rasd.reading.credits import is_credit_line
from rasd.reading.lines import Piece
from rasd.reading.marking import KIND_OF_MARK
from rasd.reading.wording import CORES, continuing_words, load_words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ids = npt.NDArray[np.int32]
    Floats = npt.NDArray[np.floating[Any]]

_TOKEN = re.compile(r"\w+")
_STOP = re.compile(r"[.!؟]\s")
# So much of a line is looked at for its words: a paragraph of news has about 250 characters.
_LOOKED_AT = 400
# A paragraph that carries a text: the lines around are counted and compared by these.
_CARRYING_WORDS = 15
_COMPARED_WORDS = 40
_MARKS = ("none", *sorted(KIND_OF_MARK))
_MARK_CODE = {kind: code for code, kind in enumerate(_MARKS)}
_SIGNS = (
    "ends", "prose", "number", "colon", "foreign", "goes_on", "reports", "address", "itself", "credits", "caption",
    "bar", "url", "mail", "quoted", "glued", "again", "cut",
)  # fmt: skip
_BIT = {sign: 1 << n for n, sign in enumerate(_SIGNS)}
_ENDS = (".", "...", "?", "!", ":", ",", ")", '"', "digit", "latin", "letter", "sign")
_STARTS = ("digit", "latin", "and", "letter", '"', "(", "-", "#", "sign")
_END_CODE = {
    **dict.fromkeys(".۔", 0), "…": 1, **dict.fromkeys("؟?", 2), "!": 3, ":": 4, **dict.fromkeys("،,؛;", 5),
    **dict.fromkeys(")]}", 6), **dict.fromkeys("\"”»'", 7),
}  # fmt: skip
_START_CODE = {
    "و": 2, **dict.fromkeys("\"“«'", 4), **dict.fromkeys("([{", 5), **dict.fromkeys("-–—•▪●*·◦■□✔✓", 6),
    **dict.fromkeys("#@", 7),
}  # fmt: skip


_CARRIES = _BIT["prose"] | _BIT["foreign"]


def _steps(edges: Sequence[int], most: int) -> tuple[int, ...]:
    """Return for each number up to `most` how many edges lie below it."""
    return tuple(sum(n > edge for edge in edges) for n in range(most + 1))


_LENGTH = _steps((1, 2, 3, 4, 6, 8, 11, 15, 20, 28, 45), 46)
_ROUGH_LENGTH = _steps((2, 4, 8, 15, 28), 29)
_COUNT = _steps((0, 1, 3, 8), 9)
_DISTANCE = _steps((1, 2, 3, 5, 10, 98), 99)
_ROUGH_DISTANCE = _steps((1, 2, 4, 98), 99)
_PLACE = _steps((0, 1, 2, 4, 8), 9)
_SHARED = (0, 0.2, 0.34, 0.5, 0.7, 0.99)
_SHARED_BESIDE = (0, 0.34, 0.6)
_TOLD = (0.05, 0.1, 0.15, 0.2, 0.3, 0.5)
# The signs of a line that take one value of several, and how many they have.
_FAMILIES = {
    "length": 12, "end": len(_ENDS), "start": len(_STARTS), "length,end": 12 * len(_ENDS), "gap": 3, "sentences": 3,
    "mark": len(_MARKS), "above": 5, "below": 5, "above,below": 9, "since": 7, "until": 7, "since,until,prose": 50,
    "first lines": 6, "last lines": 6, "told": 7, "shared": 7, "shared,length": 24, "shared below": 4,
    "shared above": 4, "shared below,above": 16,
}  # fmt: skip
_AT = dict(zip(_FAMILIES, itertools.accumulate(_FAMILIES.values(), initial=1), strict=False))
# Row 0 of the weights is of no sign.
KNOWN_SIGNS = 1 + sum(_FAMILIES.values())
# Those of the signs of `_SIGNS` that a short line has count twice: so many words it has at most.
_SHORT = 6
# How a line's words lie in the lines around, and where it stands: so many measures.
_MEASURES = 17
KNOWN_DEGREES = 2 * len(_SIGNS) + _MEASURES
# Of a line's words so many of the first and of the last are given on.
TAKEN_APART, LAST = 30, 2
Said = tuple[list[str], list[str]]
_BITS = tuple(_BIT.values())
_SHARED_ROUGH = (0, 1, 2, 2, 3, 3, 3)


class Described(NamedTuple):
    """The lines of a page as signs, one row a line.

    Attributes:
        signs: lines × families, numbers of signs, 0 for none.
        degrees: lines × `KNOWN_DEGREES`, what holds more or less.
        words: of each line its first words and its last ones (none where it was not looked at whole).
    """

    signs: Ids
    degrees: Floats
    words: list[Said]


def describe(pieces: Sequence[Piece]) -> Described:
    """Return the signs of a page's lines; only what marks and joints say of them is known yet."""
    import numpy as np

    n = len(pieces)
    shown = [_own(line) for line in pieces]
    families, bits = _families(pieces, shown)
    carrying = [
        i for i, line in enumerate(pieces) if bits[i] & _CARRIES == _BIT["prose"] and line.words >= _CARRYING_WORDS
    ]
    vectors = _vectors()
    told, measures = _shares(pieces, [line.subject for line in shown], carrying)
    signs = np.concatenate([_rows(families, n), _rows(_around(bits, carrying), n), _rows(told, n)], axis=1)
    none = signs < 0
    signs += vectors["at"]
    signs[none] = 0
    own = (np.array(bits, dtype=np.int32)[:, None] & vectors["bits"]) > 0
    words = np.array([min(line.words, 2000) for line in pieces], dtype=np.int32)
    gap = np.array([min(line.gap, 2) for line in pieces], dtype=np.int32)
    degrees = np.empty((n, KNOWN_DEGREES), dtype=np.float32)
    k = len(_SIGNS)
    degrees[:, :k] = own
    degrees[:, k : 2 * k] = own & (words <= _SHORT)[:, None]
    rest = degrees[:, 2 * k :]
    rest[:, :8] = np.frombuffer(array("f", measures), dtype=np.float32).reshape(n, 8)
    rest[:, 8:] = _places(n) if n <= _MOST_PLACES else _place_of_each(n)
    rest[:, 11] = np.log1p(words) / 4
    rest[:, 12] = min(len(carrying), 20) / 10
    rest[:, 14] = gap / 2
    rest[:-1, 15] = gap[1:] > 0
    rest[carrying[:2], 16] = 1
    return Described(signs, degrees, [line.told for line in shown])


def _rows(values: list[int], n: int) -> Ids:
    """Return numbers as a matrix of n rows (an array reads a list several times as fast as a matrix reads tuples)."""
    import numpy as np

    return np.frombuffer(array("i", values), dtype=np.int32).reshape(n, -1)


def _place_of_each(n: int) -> Floats:
    """Return the degrees that depend on nothing but a line's place among n, and room for those beside them."""
    import numpy as np

    place = np.arange(n, dtype=np.int32)
    found = np.zeros((n, _MEASURES - 8), dtype=np.float32)
    found[:, 0] = np.minimum(1, place / 20)
    found[:, 1] = found[::-1, 0]
    found[:, 2] = place / n
    found[:, 5] = math.log1p(n) / 4
    found[-1, 7] = 1
    return found


_places = lru_cache(maxsize=256)(_place_of_each)
_MOST_PLACES = 256


@lru_cache(maxsize=1)
def _vectors() -> dict[str, Ids]:
    """Return the bits of the signs, and where the weights of each family begin, as arrays."""
    import numpy as np

    tables = {"bits": _BITS, "at": tuple(_AT.values())}
    return {name: np.array(values, dtype=np.int32) for name, values in tables.items()}


class _Own(NamedTuple):
    """What a line shows by itself, wherever it stands: its signs, ends, sentences, and words.

    `subject` are the cores of the words that say what it is about; `told` is as in `Described`.
    """

    words: int
    ends: bool
    signs: int
    end: int
    start: int
    sentences: int
    subject: set[str]
    told: Said


# Of so many lines of at most so many characters is kept what they show: most lines of an outlet's pages come again.
_KEPT, _KEPT_CHARACTERS = 512, 120
_kept: dict[str, _Own] = {}


def _own(line: Piece) -> _Own:
    """Return what a line shows by itself, looked up where it has been asked for not long ago."""
    text = line.text
    if len(text) > _KEPT_CHARACTERS or line.kind is not None:
        return _look_at(line)  # a line may have been labelled for what was cut off it
    found = _kept.get(text)
    if found is None or found.words != line.words or found.ends != line.ends:
        if len(_kept) >= _KEPT:
            _kept.clear()
        found = _kept[text] = _look_at(line)
    return found


def _look_at(line: Piece) -> _Own:
    text, words, folded = line.text, line.words, line.folded
    whole = len(folded) <= _LOOKED_AT
    said = line.said if whole else _TOKEN.findall(folded[:_LOOKED_AT])
    last, head = text[-1], text[0]
    end = _END_CODE.get(last)
    if end is None:
        end = 8 if last.isdigit() else (9 if last.isascii() else 10) if last.isalpha() else 11
    elif end == 0 and text[-2:-1] == ".":
        end = 1
    start = _START_CODE.get(head)
    if start is None:
        start = 0 if head.isdigit() else (1 if head.isascii() else 3) if head.isalpha() else 8
    signs = _said_signs(said, words) if said else 0
    signs |= _shown_signs(line, prose=line.ends or words >= 26 or (words >= 9 and signs & _GOES_ON > 0))
    return _Own(
        words,
        line.ends,
        signs,
        end,
        start,
        0 if words < 5 else min(2, len(_STOP.findall(text, 0, 2 * _LOOKED_AT))),
        _subject(said),
        (said[:TAKEN_APART], said[-LAST:] if whole else []),
    )


def _families(pieces: Sequence[Piece], own: Sequence[_Own]) -> tuple[list[int], list[int]]:
    """Return of each line the families from length to mark, one number after the other; and all its signs."""
    times = Counter([line.folded for line in pieces])
    families: list[int] = []
    signs: list[int] = []
    for line, shown in zip(pieces, own, strict=True):
        bits = shown.signs
        if times[line.folded] > 1:
            bits |= _BIT["again"]
        if line.glued:
            bits |= _BIT["glued"]
        if line.heading:
            bits |= _BIT["cut"]
        signs.append(bits)
        length = _LENGTH[shown.words] if shown.words < 46 else _LENGTH[46]
        families += (
            length,
            shown.end,
            shown.start,
            length * len(_ENDS) + shown.end,
            line.gap if line.gap < 2 else 2,
            shown.sentences,
            _MARK_CODE[line.mark.kind] if line.mark is not None else 0,
        )
    return families, signs


_GOES_ON = _BIT["goes_on"]
# How words of an address end.
_ADDRESSED = ("ك", "كم", "ت", "تم")


def _said_signs(said: list[str], words: int) -> int:
    """Return the signs that a line's words give: whether it reports, goes on, speaks to the reader or of its site."""
    first, table = said[0], load_words()
    bits = _BIT["reports"] if first in table.reporting else 0
    if (first[0] in "وف" and len(first) > 3 and first[1:] in table.reporting) or (
        first in continuing_words() and any(" ".join(said[:k]) in table.continuing for k in (1, 2, 3))
    ):
        bits |= _GOES_ON
    if words < 25:
        address = table.address
        if first in address or any(word.endswith(_ADDRESSED) for word in address.intersection(said[1:5])):
            bits |= _BIT["address"]
    if words < 45 and not table.itself.isdisjoint(said[:4]):
        bits |= _BIT["itself"]
    return bits


def _shown_signs(line: Piece, *, prose: bool) -> int:
    """Return the signs that a line's characters give."""
    text, words = line.text, line.words
    bits = _BIT["prose"] if prose and words >= 5 else 0
    if line.ends:
        bits |= _BIT["ends"]
    else:
        if words <= 10 and is_credit_line(text):
            bits |= _BIT["credits"]
        if words <= 30 and is_caption(text):
            bits |= _BIT["caption"]
    if line.numbered:
        bits |= _BIT["number"]
    if ":" in text[:40]:
        bits |= _BIT["colon"]
    if line.foreign:
        bits |= _BIT["foreign"]
    if line.barred:
        bits |= _BIT["bar"]
    if "/" in text and ("http" in text or "www" in text):
        bits |= _BIT["url"]
    if "@" in text:
        bits |= _BIT["mail"]
    if '"' in text or "«" in text or "“" in text:
        bits |= _BIT["quoted"]
    return bits


def _around(bits: Sequence[int], carrying: list[int]) -> list[int]:
    """Return of each line where it stands, as the families from above to last lines, one number after the other.

    That is: how many carrying paragraphs stand above and below it, how far the next ones are, and how far the page's
    ends.
    """
    around: list[int] = []
    n, k, prose = len(bits), 0, _BIT["prose"]
    for i in range(n):
        here = k < len(carrying) and carrying[k] == i
        above, below = k, len(carrying) - k - here
        since = min(i - carrying[k - 1], 99) if k else 99
        until = min(carrying[k + here] - i, 99) if below else 99
        around += (
            _COUNT[min(above, 9)],
            _COUNT[min(below, 9)],
            min(above, 2) * 3 + min(below, 2),
            _DISTANCE[since],
            _DISTANCE[until],
            (_ROUGH_DISTANCE[since] * 5 + _ROUGH_DISTANCE[until]) * 2 + (bits[i] & prose > 0),
            _PLACE[min(i, 9)],
            _PLACE[min(n - 1 - i, 9)],
        )
        k += here
    return around


def _subject(words: Iterable[str]) -> set[str]:
    cores = set(map(CORES.__getitem__, words))
    cores.discard("")
    return cores


def _shares(pieces: Sequence[Piece], subjects: list[set[str]], carrying: list[int]) -> tuple[list[int], list[float]]:
    """Return which part of each line's subject stands elsewhere on the page.

    In steps, the families from told to shared, one number after the other (-1 for none): of a carrying paragraph, in
    those above it; of any other line of few words, in all of them, in those below it, in those above it. And in
    degrees, eight a line: in the two paragraphs before, in the two behind, in the first two of the page, in all above,
    in all below, in the line above, in the line below; and whether it has a subject at all.
    """
    last: dict[str, int] = {}
    for i in carrying:
        last.update(dict.fromkeys(subjects[i], i))
    # The words of the carrying paragraphs above a line, and of those below it.
    upper: set[str] = set()
    lower = set(last)
    everywhere = last.keys()
    nothing: set[str] = set()
    beside = [nothing, *(subjects[i] for i in carrying), nothing, nothing]
    pairs = [beside[k - 1] | beside[k] if k else nothing for k in range(len(beside))]
    lead = pairs[2] if len(carrying) > 1 else beside[1]
    top = carrying[0] if carrying else len(pieces)
    steps: list[int] = []
    measures: list[float] = []
    k = 0
    touching = 0
    behind = [*subjects[1:], nothing]
    for i, subject in enumerate(subjects):
        here = k < len(carrying) and carrying[k] == i
        if here:
            lower.difference_update([word for word in subject if last[word] == i])
        size = len(subject)
        words = pieces[i].words
        rough = _ROUGH_LENGTH[words] if words < 29 else _ROUGH_LENGTH[29]
        if not size:
            steps += (-1, 0, rough, 0, 0, 0) if not here and words < _COMPARED_WORDS else _NOT_COMPARED
            measures += _NO_MEASURES
            touching = 0
            k += here
            continue
        above = len(subject & upper) / size
        below = len(subject & lower) / size
        under = len(subject & behind[i])
        measures += (
            len(subject & pairs[k]) / size,
            len(subject & pairs[k + here + 2]) / size,
            len(subject & lead) / size if not here or k > 1 else 0,
            above,
            below,
            touching / size,
            under / size,
            1,
        )
        if here:
            upper |= subject
            steps += _NOT_COMPARED if i <= top else (bisect_left(_TOLD, above), -1, -1, -1, -1, -1)
        elif words < _COMPARED_WORDS:
            step = bisect_left(_SHARED, len(everywhere & subject) / size)
            down, up = bisect_left(_SHARED_BESIDE, below), bisect_left(_SHARED_BESIDE, above)
            steps += (-1, step, _SHARED_ROUGH[step] * 6 + rough, down, up, down * 4 + up)
        else:
            steps += _NOT_COMPARED
        touching = under
        k += here
    return steps, measures


_NO_MEASURES = (0.0,) * 8
_NOT_COMPARED = (-1,) * 6
