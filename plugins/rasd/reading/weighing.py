"""How likely each line is to be part of the text, by everything around it at once: a small net over lines.

Rules know what they were told of; a page in a layout never seen has lines that no rule expects. Here every line is
described by many small signs that hold anywhere (its length and ends, its place, how much of the text shares its
words, what its mark is) and by its words. A small net adds up what these say, looks at the lines around (dilated
convolutions: Yu, Koltun 2016) and at all that stands above and below, and the states of neighbours are made to fit
one another (a conditional random field: Lafferty, McCallum, Pereira 2001), so that a page has one text, which ends
once. The signs are those of the lines alone: what the rules of `assembly` think of a line is no part of them.

The weights lie in `weights/`, with the card that says how they were made; `rasd.training.lines` makes them again.
"""

from __future__ import annotations

import itertools
import math
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from rasd.memo import Memo
from rasd.reading.captions import is_caption
from rasd.reading.credits import is_credit_line
from rasd.reading.lines import Piece
from rasd.reading.marking import KIND_OF_MARK
from rasd.reading.wording import continuing_words, core, load_words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ids = npt.NDArray[np.int32]
    Floats = npt.NDArray[np.floating[Any]]

# What a line can be. Of the text are `body` and `heading`; `related` is of an article beside the main one.
STATES = (
    "title", "kicker", "body", "heading", "related title", "related", "navigation", "boilerplate", "metadata", "tags",
    "post",
)  # fmt: skip
WEIGHTS = Path(__file__).parent / "weights" / "lines.npz"
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
# Of a line's words are looked at the first, the last, and so many at its beginning.
_LOOKED_UP = _FIRST, _LAST, _BEGINNING = 2, 2, 10
# So many of its first words are taken whole and in parts, each part by its hash: what a line says in words that are not
# among the known ones (fastText: Joulin et al. 2017). Row 0 is of no part.
_TAKEN_APART = 30
PARTS = 4096
_BITS = tuple(_BIT.values())
_SHARED_ROUGH = (0, 1, 2, 2, 3, 3, 3)


class Described(NamedTuple):
    """The lines of a page as signs, one row a line.

    Attributes:
        signs: lines × families, numbers of signs, 0 for none.
        degrees: lines × `KNOWN_DEGREES`, what holds more or less.
        words: of each line the words at its beginning, and its last ones (none where it was not looked at whole).
        parts: of each line the rows of its words and of their parts.
    """

    signs: Ids
    degrees: Floats
    words: list[tuple[list[str], list[str]]]
    parts: list[array[int]]


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
    return Described(signs, degrees, [line.told for line in shown], [line.parts for line in shown])


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

    `subject` are the cores of the words that say what it is about; `told` and `parts` are as in `Described`.
    """

    words: int
    ends: bool
    signs: int
    end: int
    start: int
    sentences: int
    subject: frozenset[str]
    told: tuple[list[str], list[str]]
    parts: array[int]


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
        frozenset(map(_CORES.__getitem__, said)) - _NO_CORE,
        (said[:_BEGINNING], said[-_LAST:] if whole else []),
        array("i", itertools.chain.from_iterable(map(_PARTS_OF.__getitem__, said[:_TAKEN_APART]))),
    )


def _parts_of(word: str) -> tuple[int, ...]:
    """Return the rows of a word: of itself, of its first three letters, of its last three and of its last two."""
    if word.isdigit():
        return (_row_of(word_shape(word), _WHOLE),)
    if len(word) <= _SHORT_WORD:
        return (_row_of(word, _WHOLE),)
    return _row_of(word, _WHOLE), _row_of(word[:3], _FRONT), _row_of(word[-3:], _BACK), _row_of(word[-2:], _BACK)


def _row_of(part: str, kind: int) -> int:
    return 1 + crc32(part.encode(), kind) % (PARTS - 1)


# What a part is goes before it into its hash.
_WHOLE, _FRONT, _BACK = (crc32(kind) for kind in (b"w", b"p", b"s"))
_SHORT_WORD = 3
_PARTS_OF: Memo[tuple[int, ...]] = Memo(_parts_of)


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
        if first in address or any(w.endswith(_ADDRESSED) for w in said[1:5] if w in address):
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


def _said_by(word: str) -> str:
    """Return the core of a folded word, or nothing where it says nothing of a subject."""
    return core(word) if len(word) > 2 and word not in load_words().empty and not word.isdigit() else ""


_CORES: Memo[str] = Memo(_said_by)
_NO_CORE = frozenset(("",))


def _shares(
    pieces: Sequence[Piece], subjects: list[frozenset[str]], carrying: list[int]
) -> tuple[list[int], list[float]]:
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
    everywhere = frozenset(last)
    nothing: frozenset[str] = frozenset()
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
            step = bisect_left(_SHARED, len(subject & everywhere) / size)
            down, up = bisect_left(_SHARED_BESIDE, below), bisect_left(_SHARED_BESIDE, above)
            steps += (-1, step, _SHARED_ROUGH[step] * 6 + rough, down, up, down * 4 + up)
        else:
            steps += _NOT_COMPARED
        touching = under
        k += here
    return steps, measures


_NO_MEASURES = (0.0,) * 8
_NOT_COMPARED = (-1,) * 6


# ------------------------------------------------------------------------------------------------------- deciding

_AT_ONCE = 4096
# Chances of so many lines are multiplied before they are brought to sum 1 again.
_STRETCH = 4

# What the net tells apart: of the text are two kinds of lines; any other stands above the text, inside it or below it.
TEXT = ("body", "heading")
BESIDE = ("title", "kicker", "related title", "related", "navigation", "boilerplate", "metadata", "tags", "post")
PLACES = ("above", "inside", "below")
PLACED = (*TEXT, *(f"{state}, {place}" for place in PLACES for state in BESIDE))
# Of two lines that follow one another: where the first may stand for each place of the second.
_MAY_FOLLOW = {
    "text": ("above", "text", "inside"), "above": ("above",), "inside": ("text", "inside"), "below": ("text", "below"),
}  # fmt: skip


def _place(placed: str) -> str:
    return placed.partition(", ")[2] or "text"


def may_follow() -> npt.NDArray[np.bool_]:
    """Return which state may follow which: a text ends once, and what is inside it has text below it."""
    import numpy as np

    return np.array([[_place(one) in _MAY_FOLLOW[_place(next_one)] for next_one in PLACED] for one in PLACED])


def may_begin() -> npt.NDArray[np.bool_]:
    """Return which states a page may begin with."""
    import numpy as np

    return np.array([_place(one) in ("above", "text") for one in PLACED])


class Weights(NamedTuple):
    """The learned weights of the net, d numbers wide, over the S states of `PLACED`.

    Attributes:
        words: the words it knows, with their rows.
        signs, degrees, bias: (`KNOWN_SIGNS`, d), (`KNOWN_DEGREES`, d), (d,).
        first, last, beginning: (words + 1, d) each, of the words that stand there; row 0 is of no word.
        parts: (`PARTS`, d), of words and their parts, wherever they stand in a line.
        around: (layers, 3 d, d), with `around_bias`: a line and those beside it, 1, 2, 4, … lines away.
        page: (4 d, d): what stands above and below, on average and at most; added in the second layer.
        out, out_bias: (d, S), (S,).
        follows, begins: (S, S), (S,): of a state behind another, and of a page's first.
    """

    words: dict[str, int]
    signs: Floats
    degrees: Floats
    bias: Floats
    first: Floats
    last: Floats
    beginning: Floats
    parts: Floats
    around: Floats
    around_bias: Floats
    page: Floats
    out: Floats
    out_bias: Floats
    follows: Floats
    begins: Floats


def weigh(pieces: Sequence[Piece]) -> Floats:
    """Return how likely each line is in each state: lines × states, rows that sum to 1."""
    import numpy as np

    if not pieces:
        return np.zeros((0, len(STATES)))
    return weighed(describe(pieces), load_weights())


def weighed(described: Described, weights: Weights) -> Floats:
    """Return how likely described lines are in each state.

    The net sees `_AT_ONCE` lines at once, so that time and memory grow with the page as its lines do.
    """
    import numpy as np

    rows = word_rows(described.words, weights.words)
    scores = np.concatenate(
        [
            score(
                described.signs[at : at + _AT_ONCE],
                described.degrees[at : at + _AT_ONCE],
                rows[at : at + _AT_ONCE],
                described.parts[at : at + _AT_ONCE],
                weights,
            )
            for at in range(0, len(rows), _AT_ONCE)
        ]
    )
    return chances(scores.astype(np.float64), weights) @ _states_of_placed()


@lru_cache(maxsize=1)
def _states_of_placed() -> Floats:
    import numpy as np

    return np.array([[float(one.partition(",")[0] == state) for state in STATES] for one in PLACED])


def word_rows(words: Sequence[tuple[list[str], list[str]]], known: dict[str, int]) -> Ids:
    """Return the rows of each line's words: its first, its last, those at its beginning; 0 for none and for unknown."""
    import numpy as np

    get = known.get
    # The words of all lines in one list, and then put where they belong.
    said = [word for both in words for part in both for word in part]
    found = [get(word) or (get(word_shape(word), 0) if word.isdigit() else 0) for word in said]
    lengths = _rows([len(part) for both in words for part in both], 2 * len(words))
    at = np.arange(_LAST + _BEGINNING, dtype=np.int32)
    there = (at < lengths[0::2]) & (at < _BEGINNING)
    there[:, _BEGINNING:] = at[:_LAST] < lengths[1::2]
    rows = np.zeros(there.shape, dtype=np.int32)
    rows[there] = found
    return np.concatenate([rows[:, :_FIRST], rows[:, _BEGINNING:], rows[:, :_BEGINNING]], axis=1)


def word_shape(word: str) -> str:
    """Return a word as the net knows it: of a number, how many digits it has."""
    return "0" * min(len(word), 5) if word.isdigit() else word


def score(signs: Ids, degrees: Floats, rows: Ids, parts: Sequence[array[int]], weights: Weights) -> Floats:
    """Return the scores of the states of lines, before they are made to fit one another: lines × `PLACED`."""
    import numpy as np

    n = len(signs)
    x = _times(degrees, weights.degrees)
    # Adding up along the middle axis as a product is several times as fast as `sum`.
    ones, of_one_table = _sums()
    x += ones @ weights.signs.take(signs, axis=0)
    x += weights.bias
    known = (rows > 0).astype(np.float32)
    share = (known / np.maximum(1, known @ of_one_table))[:, None, :]
    at = 0
    for table, count in zip((weights.first, weights.last, weights.beginning), _LOOKED_UP, strict=True):
        x += (share[:, :, at : at + count] @ table.take(rows[:, at : at + count], axis=0))[:, 0]
        at += count
    x += _mean_of_parts(parts, weights.parts)
    np.maximum(x, 0, out=x)
    for layer, (mix, bias) in enumerate(zip(weights.around, weights.around_bias, strict=True)):
        away = 1 << layer
        wide = np.zeros((n, 3 * x.shape[1]), dtype=np.float32)
        d = x.shape[1]
        wide[away:, :d] = x[:-away]
        wide[:, d : 2 * d] = x
        wide[:-away, 2 * d :] = x[away:]
        found = _times(wide, mix)
        found += bias
        if layer == 1:
            found += _times(_everywhere(x), weights.page)
        np.maximum(found, 0, out=found)
        x += found
    return _times(x, weights.out) + weights.out_bias


def _mean_of_parts(parts: Sequence[array[int]], table: Floats) -> Floats:
    """Return the mean of the weights of each line's parts: lines × d."""
    import numpy as np

    sizes = np.array([len(one) for one in parts], dtype=np.int32)
    some = sizes > 0
    found = np.zeros((len(parts), table.shape[1]), dtype=np.float32)
    if some.any():
        flat = np.concatenate([np.frombuffer(one, dtype=np.int32) for one in parts if len(one)])
        starts = (np.cumsum(sizes) - sizes)[some]
        found[some] = np.add.reduceat(table.take(flat, axis=0), starts, axis=0)
        found[some] /= sizes[some, None]
    return found


@lru_cache(maxsize=1)
def _sums() -> tuple[Floats, Floats]:
    """Return what adds up the signs of a line, and for each of its words those that are looked up in the same table."""
    import numpy as np

    table = np.repeat(np.arange(len(_LOOKED_UP)), _LOOKED_UP)
    return np.ones(len(_FAMILIES), dtype=np.float32), (table[:, None] == table).astype(np.float32)


# OpenBLAS multiplies with one thread what takes no more multiplications than this.
_ONE_THREAD = 1 << 18


def _times(a: Floats, b: Floats) -> Floats:
    """Return the product of two matrices, made by one thread.

    Products of a page are small: further threads would wait for one another longer than they work, and what is
    rounded would depend on how many there are.
    """
    import numpy as np

    rows = max(1, _ONE_THREAD // b.size)
    if len(a) <= rows:
        return a @ b
    return np.concatenate([a[at : at + rows] @ b for at in range(0, len(a), rows)])


def _everywhere(x: Floats) -> Floats:
    """Return for each line the mean and the maximum of it with all lines above, and with all below: lines × 4 d."""
    import numpy as np

    n = len(x)
    count = np.arange(1, n + 1, dtype=np.float32)[:, None]
    up = np.cumsum(x, axis=0)
    down = np.cumsum(x[::-1], axis=0)
    return np.concatenate(
        [up / count, np.maximum.accumulate(x), (down / count)[::-1], np.maximum.accumulate(x[::-1])[::-1]], axis=1
    )


def chances(scores: Floats, weights: Weights) -> Floats:
    """Return the marginal probabilities of the states (forward and backward sums).

    Both sums go on in one loop, side by side in one row: a step of a page's few states costs what calling numpy costs.
    """
    import numpy as np

    own = np.exp(scores - scores.max(axis=1, keepdims=True))
    n, s = own.shape
    step, halves = _steps_both_ways(weights)
    # Row i: line i from the page's beginning, and line n - 1 - i from its end.
    states = np.concatenate([own, own[::-1]], axis=1)
    states[0, :s] *= np.exp(weights.begins)
    row = states[0]
    for i in range(1, n):
        before, row = row, states[i]
        row *= before @ step
        if not i % _STRETCH:
            row /= row @ halves
    behind = np.ones((n, s))
    behind[:-1] = states[-2::-1, s:] @ step[s:, s:]
    likely: Floats = states[:, :s] * behind
    likely /= likely @ np.ones((s, 1))
    return likely


_both_ways: list[tuple[Weights, Floats, Floats]] = []  # of the weights that were used last


def _steps_both_ways(weights: Weights) -> tuple[Floats, Floats]:
    """Return what leads from the states of two lines side by side to their next ones, and what sums up each of both."""
    import numpy as np

    for kept, step, halves in _both_ways:
        if kept is weights:
            return step, halves
    follows = np.exp(weights.follows)
    s = len(follows)
    step, halves = np.zeros((2, 2 * s, 2 * s))
    step[:s, :s], step[s:, s:] = follows, follows.T
    halves[:s, :s] = halves[s:, s:] = 1
    _both_ways[:] = [(weights, step, halves)]
    return step, halves


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """Return the weights of the package, read once."""
    return read_weights(WEIGHTS)


def read_weights(path: Path) -> Weights:
    """Read the weights that `rasd.training.lines` wrote."""
    import numpy as np

    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    words = bytes(arrays.pop("words")).decode().split("\n")
    values = {name: array.astype(np.float32) for name, array in arrays.items()}
    # What may not be is impossible, whatever was learned.
    values["follows"] = np.where(may_follow(), values["follows"].astype(np.float64), -np.inf)
    values["begins"] = np.where(may_begin(), values["begins"].astype(np.float64), -np.inf)
    return Weights(words={word: n for n, word in enumerate(words, 1)}, **values)
