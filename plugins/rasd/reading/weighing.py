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
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rasd.reading.credits import is_credit_line
from rasd.reading.interior import is_caption
from rasd.reading.lines import Piece, has_bar_sign, has_number, is_foreign
from rasd.reading.marking import KIND_OF_MARK
from rasd.reading.wording import core, load_words

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
_LATIN = re.compile("[A-Za-z]")
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
_FIRST, _LAST, _BEGINNING = 2, 2, 10
_BITS = tuple(_BIT.values())
_SHARED_ROUGH = (0, 1, 2, 2, 3, 3, 3)


class Described(NamedTuple):
    """The lines of a page as signs, one row a line.

    Attributes:
        signs: lines × families, numbers of signs, 0 for none.
        degrees: lines × `KNOWN_DEGREES`, what holds more or less.
        words: of each line the words at its beginning, and its last ones (none where it was not looked at whole).
    """

    signs: Ids
    degrees: Floats
    words: list[tuple[list[str], list[str]]]


def describe(pieces: Sequence[Piece]) -> Described:
    """Return the signs of a page's lines; only what marks and joints say of them is known yet."""
    import numpy as np

    n = len(pieces)
    seen, tokens = _look_at(pieces)
    carrying = [
        i for i, line in enumerate(pieces) if seen[i][6] & _CARRIES == _BIT["prose"] and line.words >= _CARRYING_WORDS
    ]
    vectors = _vectors()
    length, end, start, gap, sentences, mark, bits, rough, words = np.array(seen, dtype=np.int32).T
    above, below, since, until = np.array(_around(n, carrying), dtype=np.int32).T
    told, compared, shared, lower, upper, measures = _shares(pieces, tokens, carrying)
    place = np.arange(n, dtype=np.int32)
    prose = (bits & _BIT["prose"]) > 0
    columns = {
        "length": length,
        "end": end,
        "start": start,
        "length,end": length * len(_ENDS) + end,
        "gap": gap,
        "sentences": sentences,
        "mark": mark,
        "above": vectors["count"][above],
        "below": vectors["count"][below],
        "above,below": np.minimum(above, 2) * 3 + np.minimum(below, 2),
        "since": vectors["distance"][since],
        "until": vectors["distance"][until],
        "since,until,prose": (vectors["rough"][since] * 5 + vectors["rough"][until]) * 2 + prose,
        "first lines": vectors["place"][np.minimum(place, 9)],
        "last lines": vectors["place"][np.minimum(place[::-1], 9)],
        "told": told,
        "shared": shared,
        "shared,length": vectors["shared"][shared] * 6 + rough,
        "shared below": lower,
        "shared above": upper,
        "shared below,above": lower * 4 + upper,
    }
    signs = np.stack(list(columns.values()), axis=1) + vectors["at"]
    signs[:, _TOLD_COLUMN][told < 0] = 0
    signs[~compared, _TOLD_COLUMN + 1 :] = 0
    own = (bits[:, None] & vectors["bits"]) > 0
    degrees = np.zeros((n, KNOWN_DEGREES), dtype=np.float32)
    k = len(_SIGNS)
    degrees[:, :k] = own
    degrees[:, k : 2 * k] = own & (words <= _SHORT)[:, None]
    rest = degrees[:, 2 * k :]
    rest[:, :8] = measures
    rest[:, 8] = np.minimum(1, place / 20)
    rest[:, 9] = rest[::-1, 8]
    rest[:, 10] = place / n
    rest[:, 11] = np.log1p(words) / 4
    rest[:, 12] = min(len(carrying), 20) / 10
    rest[:, 13] = math.log1p(n) / 4
    rest[:, 14] = gap / 2
    rest[:-1, 15] = gap[1:] > 0
    rest[-1, 15] = 1
    rest[carrying[:2], 16] = 1
    return Described(signs, degrees, [_own_words(said, line) for said, line in zip(tokens, pieces, strict=True)])


@lru_cache(maxsize=1)
def _vectors() -> dict[str, Ids]:
    """Return tables as arrays: of steps, of the bits of the signs, and where the weights of each family begin."""
    import numpy as np

    tables = {**_TABLES, "bits": _BITS, "at": tuple(_AT.values())}
    return {name: np.array(values, dtype=np.int32) for name, values in tables.items()}


_TABLES = {
    "count": _COUNT, "distance": _DISTANCE, "rough": _ROUGH_DISTANCE, "place": _PLACE, "shared": _SHARED_ROUGH,
}  # fmt: skip
_TOLD_COLUMN = list(_FAMILIES).index("told")


def _own_words(said: list[str], line: Piece) -> tuple[list[str], list[str]]:
    whole = len(line.folded) <= _LOOKED_AT
    return said[:_BEGINNING], said[-_LAST:] if whole else []


def _look_at(pieces: Sequence[Piece]) -> tuple[list[tuple[int, ...]], list[list[str]]]:
    """Return of each line what it shows by itself: length, end, start, gap, sentences, mark, signs; and its words."""
    times = Counter(line.folded for line in pieces)
    rows: list[tuple[int, ...]] = []
    tokens: list[list[str]] = []
    for line in pieces:
        text, words = line.text, line.words
        said = line.said if len(line.folded) <= _LOOKED_AT else _TOKEN.findall(line.folded[:_LOOKED_AT])
        tokens.append(said)
        last, head = text[-1], text[0]
        end = _END_CODE.get(last)
        if end is None:
            end = 8 if last.isdigit() else (9 if last.isascii() else 10) if last.isalpha() else 11
        elif end == 0 and text[-2:-1] == ".":
            end = 1
        start = _START_CODE.get(head)
        if start is None:
            start = 0 if head.isdigit() else (1 if head.isascii() else 3) if head.isalpha() else 8
        bits = _said_signs(said, words) if said else 0
        bits |= _shown_signs(line, prose=line.ends or words >= 26 or (words >= 9 and bits & _BIT["goes_on"] > 0))
        if times[line.folded] > 1:
            bits |= _BIT["again"]
        rows.append(
            (
                _LENGTH[min(words, 46)],
                end,
                start,
                min(line.gap, 2),
                0 if words < 5 else min(2, len(_STOP.findall(text, 0, 2 * _LOOKED_AT))),
                _MARK_CODE[line.mark.kind] if line.mark is not None else 0,
                bits,
                _ROUGH_LENGTH[min(words, 29)],
                min(words, 2000),
            )
        )
    return rows, tokens


def _said_signs(said: list[str], words: int) -> int:
    """Return the signs that a line's words give: whether it reports, goes on, speaks to the reader or of its site."""
    table = load_words()
    first = said[0]
    bits = _BIT["reports"] if first in table.reporting else 0
    if (first[0] in "وف" and len(first) > 3 and first[1:] in table.reporting) or (
        first in _continuing() and any(" ".join(said[:k]) in table.continuing for k in (1, 2, 3))
    ):
        bits |= _BIT["goes_on"]
    if words < 25 and (
        first in table.address or any(w in table.address and w.endswith(("ك", "كم", "ت", "تم")) for w in said[1:5])
    ):
        bits |= _BIT["address"]
    if words < 45 and not table.itself.isdisjoint(said[:4]):
        bits |= _BIT["itself"]
    return bits


@lru_cache(maxsize=1)
def _continuing() -> frozenset[str]:
    """Return the first words of what goes on with a story."""
    return frozenset(opening.partition(" ")[0] for opening in load_words().continuing)


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
    if has_number(text):
        bits |= _BIT["number"]
    if ":" in text[:40]:
        bits |= _BIT["colon"]
    if _LATIN.search(text, 0, _LOOKED_AT) is not None and is_foreign(text):
        bits |= _BIT["foreign"]
    if has_bar_sign(text):
        bits |= _BIT["bar"]
    if "/" in text and ("http" in text or "www" in text):
        bits |= _BIT["url"]
    if "@" in text:
        bits |= _BIT["mail"]
    if '"' in text or "«" in text or "“" in text:
        bits |= _BIT["quoted"]
    if line.glued:
        bits |= _BIT["glued"]
    if line.heading:
        bits |= _BIT["cut"]
    return bits


def _around(n: int, carrying: list[int]) -> list[tuple[int, int, int, int]]:
    """Return for each line how many carrying paragraphs stand above and below it, and how far the next ones are."""
    around = []
    k = 0
    for i in range(n):
        here = k < len(carrying) and carrying[k] == i
        above, below = k, len(carrying) - k - here
        since = i - carrying[k - 1] if k else 99
        until = carrying[k + here] - i if below else 99
        around.append((min(above, 9), min(below, 9), min(since, 99), min(until, 99)))
        k += here
    return around


@lru_cache(maxsize=1 << 15)
def _said_by(word: str) -> str:
    """Return the core of a folded word, or nothing where it says nothing of a subject."""
    return core(word) if len(word) > 2 and word not in load_words().empty and not word.isdigit() else ""


def _shares(
    pieces: Sequence[Piece], tokens: list[list[str]], carrying: list[int]
) -> tuple[Ids, npt.NDArray[np.bool_], Ids, Ids, Ids, Floats]:
    """Return which part of each line's subject stands elsewhere on the page.

    In steps: of a carrying paragraph, in those above it (-1 where there is none); of any other line of few words (the
    second value says which), in all of them, in those below it, in those above it. And in degrees, eight a line: in
    the two paragraphs before, in the two behind, in the first two of the page, in all above, in all below, in the line
    above, in the line below; and whether it has a subject at all.
    """
    import numpy as np

    n = len(pieces)
    subjects = [{said for word in words if (said := _said_by(word))} for words in tokens]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for i in carrying:
        for word in subjects[i]:
            first.setdefault(word, i)
            last[word] = i
    nothing: set[str] = set()
    beside = [nothing, *(subjects[i] for i in carrying), nothing, nothing]
    pairs = [beside[k - 1] | beside[k] if k else nothing for k in range(len(beside))]
    lead = pairs[2] if len(carrying) > 1 else beside[1]
    top = carrying[0] if carrying else n
    steps: list[tuple[int, int, int, int, int]] = []
    measures: list[tuple[float, ...]] = []
    k = 0
    touching = 0
    for i, subject in enumerate(subjects):
        here = k < len(carrying) and carrying[k] == i
        size = len(subject)
        if not size:
            steps.append((-1, not here and pieces[i].words < _COMPARED_WORDS, 0, 0, 0))
            measures.append(_NO_MEASURES)
            touching = 0
            k += here
            continue
        known = subject & first.keys()
        above = sum([first[word] < i for word in known]) / size
        below = sum([last[word] > i for word in known]) / size
        under = len(subject & subjects[i + 1]) if i + 1 < n else 0
        measures.append(
            (
                len(subject & pairs[k]) / size,
                len(subject & pairs[k + here + 2]) / size,
                len(subject & lead) / size if not here or k > 1 else 0,
                above,
                below,
                touching / size,
                under / size,
                1,
            )
        )
        if here:
            steps.append((bisect_left(_TOLD, above) if i > top else -1, False, 0, 0, 0))
        elif pieces[i].words < _COMPARED_WORDS:
            shared = bisect_left(_SHARED, len(known) / size)
            steps.append((-1, True, shared, bisect_left(_SHARED_BESIDE, below), bisect_left(_SHARED_BESIDE, above)))
        else:
            steps.append((-1, False, 0, 0, 0))
        touching = under
        k += here
    told, compared, whole, lower, upper = np.array(steps, dtype=np.int32).T
    return told, compared > 0, whole, lower, upper, np.array(measures, dtype=np.float32)


_NO_MEASURES = (0.0,) * 8


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

    rows = []
    get = known.get
    none = [0] * max(_FIRST, _LAST, _BEGINNING)
    for beginning, last in words:
        found = [get(word) or get(word_shape(word), 0) for word in beginning] + none
        ending = [get(word) or get(word_shape(word), 0) for word in last] + none
        rows.append(found[:_FIRST] + ending[:_LAST] + found[:_BEGINNING])
    return np.array(rows, dtype=np.int32)


def word_shape(word: str) -> str:
    """Return a word as the net knows it: of a number, how many digits it has."""
    return "0" * min(len(word), 5) if word.isdigit() else word


def score(signs: Ids, degrees: Floats, rows: Ids, weights: Weights) -> Floats:
    """Return the scores of the states of lines, before they are made to fit one another: lines × `PLACED`."""
    import numpy as np

    n = len(signs)
    x = _times(degrees, weights.degrees)
    # Adding up along the middle axis as a product is several times as fast as `sum`.
    x += np.ones(signs.shape[1], dtype=np.float32) @ weights.signs.take(signs, axis=0)
    x += weights.bias
    at = 0
    for table, count in ((weights.first, _FIRST), (weights.last, _LAST), (weights.beginning, _BEGINNING)):
        own = rows[:, at : at + count]
        share = (own > 0) / np.maximum(1, (own > 0).sum(axis=1, keepdims=True))
        x += (share.astype(np.float32)[:, None, :] @ table.take(own, axis=0))[:, 0]
        at += count
    np.maximum(x, 0, out=x)
    for layer, (mix, bias) in enumerate(zip(weights.around, weights.around_bias, strict=True)):
        away = 1 << layer
        wide = np.zeros((n, 3 * x.shape[1]), dtype=np.float32)
        d = x.shape[1]
        wide[away:, :d] = x[:-away]
        wide[:, d : 2 * d] = x
        wide[:-away, 2 * d :] = x[away:]
        found = _times(wide, mix) + bias
        if layer == 1:
            found += _times(_everywhere(x), weights.page)
        x = x + np.maximum(found, 0)
    return _times(x, weights.out) + weights.out_bias


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
    """Return the marginal probabilities of the states (forward and backward sums)."""
    import numpy as np

    own = list(np.exp(scores - scores.max(axis=1, keepdims=True)))
    follows = np.exp(weights.follows)
    n = len(own)
    state = own[0] * np.exp(weights.begins)
    forward = [state / state.sum()]
    for i in range(1, n):
        state = (forward[-1] @ follows) * own[i]
        if not i % _STRETCH:
            state /= state.sum()
        forward.append(state)
    back = follows.T.copy()
    backward = [np.ones(len(state))]
    for i in range(n - 1, 0, -1):
        behind = (own[i] * backward[-1]) @ back
        if not i % _STRETCH:
            behind /= behind.sum()
        backward.append(behind)
    likely: Floats = np.array(forward) * np.array(backward[::-1])
    likely /= likely.sum(axis=1, keepdims=True)
    return likely


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
