"""How likely each line is to be part of the text, by everything around it at once: a small net over lines.

Rules know what they were told of; a page in a layout never seen has lines that no rule expects. Here every line is
described by many small signs that hold anywhere (`describing`) and by its words. A small net adds up what these say,
looks at the lines around (dilated convolutions: Yu, Koltun 2016) and at all that stands above and below, and the states
of neighbours are made to fit one another (a conditional random field: Lafferty, McCallum, Pereira 2001), so that a page
has one text, which ends once.

The weights lie in `weights/`, with the card that says how they were made; `rasd.training.lines` makes them again.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from rasd.memo import Memo
from rasd.reading.describing import LAST, TAKEN_APART, Described, Said, describe
from rasd.reading.lines import Piece

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from rasd.reading.describing import Floats, Ids

# What a line can be. Of the text are `body` and `heading`; `related` is of an article beside the main one.
STATES = (
    "title", "kicker", "body", "heading", "related title", "related", "navigation", "boilerplate", "metadata", "tags",
    "post",
)  # fmt: skip
WEIGHTS = Path(__file__).parent / "weights" / "lines.npz"
# Of a line's words are looked up the first, the last, and so many at its beginning.
LOOKED_UP = 2, LAST, 10
# So many of its first words are taken whole and in parts, each part by its hash: what a line says in words that are not
# among the known ones (fastText: Joulin et al. 2017). Row 0 is of no part.
PARTS = 4096
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
    """Return how likely described lines are in each state."""
    import numpy as np

    return chances(score(described, weights).astype(np.float64), weights) @ _states_of_placed()


@lru_cache(maxsize=1)
def _states_of_placed() -> Floats:
    import numpy as np

    return np.array([[float(one.partition(",")[0] == state) for state in STATES] for one in PLACED])


def score(described: Described, weights: Weights) -> Floats:
    """Return the scores of the states of lines, before they are made to fit one another: lines × `PLACED`.

    The net sees `_AT_ONCE` lines at once, so that time and memory grow with the page as its lines do.
    """
    import numpy as np

    net = _net_of(weights)
    n = len(described.words)
    alone = [_alone(described, slice(at, at + _ALONE), net) for at in range(0, n, _ALONE)]
    x = np.concatenate(alone)
    beside = [_beside(x[at : at + _AT_ONCE], net) for at in range(0, n, _AT_ONCE)]
    return _times(np.concatenate(beside), weights.out) + weights.out_bias


# --------------------------------------------------------------------------------------------- weights as they are used


class _Net:
    """Weights as they are multiplied: what is looked up in one table, and the nets that stand side by side apart.

    Attributes:
        weights: they themselves.
        looked_up: the weights of signs, and of first, last and beginning words, one table below the other: rows × d.
        tables: where in it the table begins in which each number of a line is looked up, signs and then words.
        words: what is known of words.
        of_one_table: which of these words are looked up in the same table.
        around, page: what the numbers of each net are multiplied with: (layers, nets, 3 h, h), (nets, 4 h, h), where
            nets · h = d.
        step, halves: what leads from the states of two lines side by side to their next ones, and what sums up each.
    """

    def __init__(self, weights: Weights) -> None:
        import numpy as np

        tables = (weights.first, weights.last, weights.beginning)
        begins = itertools.accumulate(map(len, tables), initial=len(weights.signs))
        self.weights = weights
        self.looked_up = np.concatenate([weights.signs, *tables])
        self.tables = np.repeat(np.array([*begins][:-1], dtype=np.int32), LOOKED_UP)
        self.of_one_table = (self.tables[:, None] == self.tables).astype(np.float32)
        self.words = _KnownWords(weights.words, weights.parts)
        nets = _count_nets(weights)
        self.around = np.stack([_apart(mix, nets) for mix in weights.around])
        self.page = _apart(weights.page, nets)
        follows = np.exp(weights.follows)
        s = len(follows)
        self.step, self.halves = np.zeros((2, 2 * s, 2 * s))
        self.step[:s, :s], self.step[s:, s:] = follows, follows.T
        self.halves[:s, :s] = self.halves[s:, s:] = 1


_used: list[_Net] = []  # the one that was used last


def _net_of(weights: Weights) -> _Net:
    if not _used or _used[0].weights is not weights:
        _used[:] = [_Net(weights)]
    return _used[0]


def _count_nets(weights: Weights) -> int:
    """Return how many nets stand side by side: of so many blocks none is mixed with the numbers of another."""
    d = weights.bias.size
    mixes = (*weights.around, weights.page)
    return next(k for k in range(_MOST_NETS, 0, -1) if d % k == 0 and not any(_is_mixed(mix, k) for mix in mixes))


_MOST_NETS = 8


def _is_mixed(mix: Floats, nets: int) -> bool:
    blocks = _blocks(mix, nets)
    return any(blocks[:, a, :, b].any() for a, b in itertools.permutations(range(nets), 2))


def _apart(mix: Floats, nets: int) -> Floats:
    """Return what each net's own numbers are multiplied with: nets × (groups · h) × h."""
    import numpy as np

    blocks = _blocks(mix, nets)
    return np.stack([blocks[:, net, :, net].reshape(-1, blocks.shape[-1]) for net in range(nets)])


def _blocks(mix: Floats, nets: int) -> Floats:
    """Return the blocks of a matrix whose rows come in groups of d: groups × nets × h × nets × h."""
    h = mix.shape[1] // nets
    return mix.reshape(-1, nets, h, nets, h)


class _Places(dict[str, int]):
    """Where words stand in tables: a new one behind all others. `new` are those that were met since it was emptied."""

    def __init__(self, known: Mapping[str, int]) -> None:
        super().__init__(known)
        self.new: list[str] = []

    def __missing__(self, word: str) -> int:
        place = self[word] = len(self)
        self.new.append(word)
        return place


class _KnownWords:
    """What weights say of words, worked out when they are first met.

    Attributes:
        rows: of each word its row among the known ones.
        sums, counts: of each word the sum of the weights of its parts, and how many these are.

    In place 0 is no word.
    """

    def __init__(self, known: Mapping[str, int], parts: Floats) -> None:
        self._known, self._parts = known, parts
        self._forget()

    def _forget(self) -> None:
        import numpy as np

        self._places = _Places({"": 0})
        self.rows = np.zeros(1, dtype=np.int32)
        self.sums = np.zeros((1, self._parts.shape[1]), dtype=np.float32)
        self.counts = np.zeros(1, dtype=np.float32)

    def places(self, words: Sequence[str]) -> Ids:
        """Return where words stand in the tables."""
        import numpy as np

        if len(self._places) > _MOST_WORDS:
            self._forget()
        places = np.fromiter(map(self._places.__getitem__, words), dtype=np.int32, count=len(words))
        if self._places.new:
            self._learn(self._places.new)
            self._places.new = []
        return places

    def _learn(self, words: list[str]) -> None:
        """Fill the tables for the words that were met last."""
        import numpy as np

        end = len(self._places)
        start = end - len(words)
        if end > len(self.rows):
            more = max(end, 2 * len(self.rows)) - len(self.rows)
            self.rows = np.concatenate([self.rows, np.zeros(more, dtype=np.int32)])
            self.sums = np.concatenate([self.sums, np.zeros((more, self.sums.shape[1]), dtype=np.float32)])
            self.counts = np.concatenate([self.counts, np.zeros(more, dtype=np.float32)])
        rows = itertools.chain.from_iterable(map(_parts_of, words))
        parts = np.fromiter(rows, dtype=np.int32, count=_MOST_PARTS * len(words)).reshape(-1, _MOST_PARTS)
        some = parts > 0
        self.rows[start:end] = [_known_row(word, self._known) for word in words]
        self.sums[start:end] = _sum(some, self._parts.take(parts, axis=0))
        self.counts[start:end] = some.sum(axis=1)


# So many words are kept: most of those that the press of a year uses.
_MOST_WORDS = 1 << 15


def _known_row(word: str, known: Mapping[str, int]) -> int:
    return known.get(word) or (known.get(word_shape(word), 0) if word.isdigit() else 0)


def word_shape(word: str) -> str:
    """Return a word as the net knows it: of a number, how many digits it has."""
    return "0" * min(len(word), 5) if word.isdigit() else word


def part_rows(words: Said) -> list[int]:
    """Return the rows of a line's first words and of their parts."""
    return [row for word in words[0] for row in _parts_of(word) if row]


def _parts_of(word: str) -> tuple[int, int, int, int]:
    """Return the rows of a word: of itself, of its first three letters, of its last three and of its last two.

    A short one has no parts, nor has a number: 0.
    """
    if len(word) <= _SHORT_WORD or word.isdigit():
        return _row_of(word_shape(word), _WHOLE), 0, 0, 0
    return _row_of(word, _WHOLE), _FRONTS[word[:3]], _BACKS[word[-3:]], _BACKS[word[-2:]]


def _row_of(part: str, kind: int) -> int:
    return 1 + crc32(part.encode(), kind) % (PARTS - 1)


_MOST_PARTS = 4
# What a part is goes before it into its hash.
_WHOLE, _FRONT, _BACK = (crc32(kind) for kind in (b"w", b"p", b"s"))
_FRONTS: Memo[int] = Memo(lambda part: _row_of(part, _FRONT))
_BACKS: Memo[int] = Memo(lambda part: _row_of(part, _BACK))
_SHORT_WORD = 3


def word_rows(words: Sequence[Said], known: Mapping[str, int]) -> Ids:
    """Return the rows of each line's words: its first, its last, those at its beginning; 0 for none and for unknown."""
    import numpy as np

    rows = np.array([_known_row(word, known) for word in _filled_up(words)], dtype=np.int32)
    return rows.reshape(len(words), -1)[:, _columns()]


def looked_up_words(words: Said) -> Iterator[str]:
    """Yield the words of a line that are looked up as they are."""
    yield from words[0][: max(LOOKED_UP)]
    yield from words[1]


# What a line's words are filled up with: one of no letters, about which nothing is known.
_FILL = ("",) * TAKEN_APART


def _filled_up(words: Sequence[Said]) -> list[str]:
    """Return the words of all lines in one list, `TAKEN_APART` first and `LAST` last ones a line."""
    filled: list[str] = []
    for first, last in words:
        filled += first
        filled += _FILL[len(first) :]
        filled += last
        filled += _FILL[TAKEN_APART - LAST + len(last) :]
    return filled


@lru_cache(maxsize=1)
def _columns() -> Ids:
    """Return where in a line of `_filled_up` the words are that are looked up: `LOOKED_UP`, one after the other."""
    import numpy as np

    first, last, beginning = map(np.arange, LOOKED_UP)
    return np.concatenate([first, TAKEN_APART + last, beginning])


# ---------------------------------------------------------------------------------------------------- from line to line

_AT_ONCE = 4096
# So many lines are looked at by themselves at once.
_ALONE = 512


def _alone(described: Described, lines: slice, net: _Net) -> Floats:
    """Return what the signs and words of lines say of each by itself: lines × d."""
    import numpy as np

    weights, words = net.weights, net.words
    signs, said = described.signs[lines], described.words[lines]
    places = words.places(_filled_up(said)).reshape(len(said), -1)
    rows, taken_apart = words.rows.take(places.take(_columns(), axis=1)), places[:, :TAKEN_APART]
    known = (rows > 0).astype(np.float32)
    share = known / np.maximum(1, known @ net.of_one_table)
    told = np.concatenate([np.ones(signs.shape, dtype=np.float32), share], axis=1)
    x = _sum(told, net.looked_up.take(np.concatenate([signs, rows + net.tables], axis=1), axis=0))
    x += _times(described.degrees[lines], weights.degrees)
    x += weights.bias
    counts = words.counts.take(taken_apart)
    parts = _sum(counts > 0, words.sums.take(taken_apart, axis=0))
    x += parts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    np.maximum(x, 0, out=x)
    return x


def _sum(shares: npt.NDArray[Any], rows: Floats) -> Floats:
    """Return the sums of rows, of each so much as its share says: of (n, k) and (n, k, d), n × d.

    As a product of matrices that is several times as fast as `sum` along the middle axis.
    """
    import numpy as np

    found: Floats = (shares.astype(np.float32)[:, None, :] @ rows)[:, 0]
    return found


def _beside(alone: Floats, net: _Net) -> Floats:
    """Return the numbers of lines once they have seen the lines around: lines × d, as they came."""
    import numpy as np

    n, d = alone.shape
    nets = len(net.page)
    h = d // nets
    x = np.ascontiguousarray(alone.reshape(n, nets, h).transpose(1, 0, 2))
    for layer, (mix, bias) in enumerate(zip(net.around, net.weights.around_bias, strict=True)):
        away = 1 << layer
        wide = np.zeros((nets, n, 3 * h), dtype=np.float32)
        wide[:, away:, :h] = x[:, :-away]
        wide[:, :, h : 2 * h] = x
        wide[:, :-away, 2 * h :] = x[:, away:]
        found = _times(wide, mix)
        found += bias.reshape(nets, 1, h)
        if layer == 1:
            found += _times(_everywhere(x), net.page)
        np.maximum(found, 0, out=found)
        x += found
    return x.transpose(1, 0, 2).reshape(n, d)


# OpenBLAS multiplies with one thread what takes no more multiplications than this.
_ONE_THREAD = 1 << 18


def _times(a: Floats, b: Floats) -> Floats:
    """Return the product of two matrices, or of several pairs of them, made by one thread.

    Products of a page are small: further threads would wait for one another longer than they work, and what is
    rounded would depend on how many there are.
    """
    import numpy as np

    n = a.shape[-2]
    rows = max(1, _ONE_THREAD // (b.shape[-2] * b.shape[-1]))
    if n <= rows:
        return a @ b
    return np.concatenate([a[..., at : at + rows, :] @ b for at in range(0, n, rows)], axis=-2)


def _everywhere(x: Floats) -> Floats:
    """Return for each line the mean and the maximum of it with all lines above, and all below: nets × lines × 4 h."""
    import numpy as np

    n = x.shape[1]
    count = np.arange(1, n + 1, dtype=np.float32)[:, None]
    turned = x[:, ::-1]
    up, down = np.cumsum(x, axis=1), np.cumsum(turned, axis=1)
    up /= count
    down /= count
    above, below = np.maximum.accumulate(x, axis=1), np.maximum.accumulate(turned, axis=1)
    return np.concatenate([up, above, down[:, ::-1], below[:, ::-1]], axis=2)


# Chances of so many lines are multiplied before they are brought to sum 1 again.
_STRETCH = 4
# No state of a line is less likely before its neighbours are asked, so that something is always left to divide by.
_LEAST = 1e-40


def chances(scores: Floats, weights: Weights) -> Floats:
    """Return the marginal probabilities of the states (forward and backward sums).

    Both sums go on in one loop, side by side in one row: a step of a page's few states costs what calling numpy costs.
    """
    import numpy as np

    net = _net_of(weights)
    step, halves = net.step, net.halves
    own = np.exp(scores - scores.max(axis=1, keepdims=True))
    np.maximum(own, _LEAST, out=own)
    n, s = own.shape
    # Row i: line i from the page's beginning, and line n - 1 - i from its end.
    states = np.concatenate([own, own[::-1]], axis=1)
    states[0, :s] *= np.exp(weights.begins)
    for i, (before, row) in enumerate(itertools.pairwise(states), 1):
        np.multiply(row, before.dot(step), out=row)  # `@` costs twice as much for one row
        if not i % _STRETCH:
            np.divide(row, row.dot(halves), out=row)
    behind = np.ones((n, s))
    behind[:-1] = states[-2::-1, s:] @ step[s:, s:]
    likely: Floats = states[:, :s] * behind
    # What both sums hold for possible may be nothing, on thousands of like lines: then each speaks for itself.
    likely = np.where(likely.any(axis=1, keepdims=True), likely, own)
    likely /= likely @ np.ones((s, 1))
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
