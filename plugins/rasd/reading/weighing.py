"""How likely each line is to be part of the text, by everything around it at once: a linear-chain model.

Rules know what they were told of; a page in a layout never seen has lines that no rule expects. Here every line is
described by many small signs that hold anywhere (its length and ends, its neighbours, how much of the text shares its
words, what its mark is), their learned weights are added up for each state that a line can be in, and the states of
neighbours are made to fit one another (a conditional random field: Lafferty, McCallum, Pereira 2001). The signs are
those of the lines alone: what the rules of `assembly` think of a line is no part of them.

The weights lie in `weights/`, with the card that says how they were made; `rasd.training.lines` makes them again.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rasd.reading.credits import is_credit_line
from rasd.reading.interior import is_caption
from rasd.reading.lines import Piece, has_bar_sign, has_number, is_foreign
from rasd.reading.marking import KIND_OF_MARK
from rasd.reading.wording import core, load_words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ids = npt.NDArray[np.int32]
    Floats = npt.NDArray[np.float64]

# What a line can be. Of the text are `body` and `heading`; `related` is all of an article beside the main one.
STATES = (
    "title", "kicker", "body", "heading", "related", "navigation", "boilerplate", "metadata", "tags", "post",
)  # fmt: skip
WEIGHTS = Path(__file__).parent / "weights" / "lines.csv"
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


class _Column(NamedTuple):
    """A family of features: its name and the names of its values; `at` is where its weights begin."""

    name: str
    values: tuple[str, ...]
    at: int


def _columns() -> dict[str, _Column]:
    """Return the families of features in the order of their weights; row 0 of the weights is of no feature."""

    def numbers(n: int) -> tuple[str, ...]:
        return tuple(map(str, range(n)))

    def pairs(*sizes: int) -> tuple[str, ...]:
        names = [""]
        for size in sizes:
            names = [f"{name},{n}" if name else str(n) for name in names for n in range(size)]
        return tuple(names)

    families: list[tuple[str, tuple[str, ...]]] = [
        ("line", ("",)),
        ("length", numbers(12)),
        ("end", _ENDS),
        ("start", _STARTS),
        ("length,end", pairs(12, len(_ENDS))),
        ("gap", numbers(3)),
        ("sentences", numbers(3)),
        ("mark", _MARKS),
        *((sign, ("yes",)) for sign in _SIGNS),
        *((f"short {sign}", ("yes",)) for sign in _SIGNS),
        ("above", numbers(5)),
        ("below", numbers(5)),
        ("above,below", pairs(3, 3)),
        ("since", numbers(7)),
        ("until", numbers(7)),
        ("since,until,prose", pairs(5, 5, 2)),
        ("first lines", numbers(6)),
        ("last lines", numbers(6)),
        ("shared", numbers(7)),
        ("shared,length", pairs(4, 6)),
        ("shared below", numbers(4)),
        ("shared above", numbers(4)),
        ("shared below,above", pairs(4, 4)),
        ("told above", numbers(7)),
    ]
    for side in ("2 above", "next above", "next below", "2 below"):
        families += [
            (f"{side} length", (*numbers(6), "none")),
            (f"{side} mark", (*_MARKS, "none there")),
            (f"{side} prose,end", (*pairs(2, len(_ENDS)), "none")),
        ]
    for side in ("next above", "next below"):
        families += [
            (f"{side} prose,own prose,length", (*pairs(2, 2, 12), "none")),
            *((f"{side} {sign}", ("yes",)) for sign in ("number", "colon", "credits", "address", "bar")),
            (f"{side} starts alike", _STARTS),
        ]
    columns: dict[str, _Column] = {}
    at = 1
    for name, values in families:
        columns[name] = _Column(name, values, at)
        at += len(values)
    return columns


_COLUMNS = _columns()
KNOWN_FEATURES = 1 + sum(len(column.values) for column in _COLUMNS.values())
# A line's own words: its first, its last, and all of a short one.
_SHORT_WORDS = 6


class Described(NamedTuple):
    """The lines of a page as numbers of features (one row a line, 0 for none), and their own words by kind and word."""

    features: Ids
    words: list[list[tuple[str, str]]]


class Weights(NamedTuple):
    """The learned weights: of each feature by state, of each state following another, and of a page's first state."""

    features: Floats
    words: dict[tuple[str, str], int]
    follows: Floats
    first: Floats


def feature_name(n: int) -> str:
    """Return the name of a feature that is no word: "mark: share"."""
    column = next(c for c in reversed(_COLUMNS.values()) if c.at <= n)
    return f"{column.name}: {column.values[n - column.at]}"


_AT = {name: column.at for name, column in _COLUMNS.items()}
_ENDINGS = len(_ENDS)
# What a line shows its neighbours: length, mark, prose with end, start, signs; and what stands beyond a page's ends.
_BEYOND = (6, len(_MARKS), 2 * _ENDINGS, -1, 0)
_SIDES = ((-2, "2 above"), (-1, "next above"), (1, "next below"), (2, "2 below"))
_SHOWN = ("number", "colon", "credits", "address", "bar")
_ALIKE = tuple(_STARTS.index(start) for start in ("digit", "(", "-", "sign"))
_SHARED_ROUGH = (0, 1, 2, 2, 3, 3, 3)


@lru_cache(maxsize=1)
def _vectors() -> dict[str, Ids]:
    """Return what the columns of many features have in common, as arrays."""
    import numpy as np

    names = {
        "bits": [_BIT[sign] for sign in _SIGNS],
        "signs": [_AT[sign] for sign in _SIGNS],
        "short": [_AT[f"short {sign}"] for sign in _SIGNS],
        "shown": [_BIT[sign] for sign in _SHOWN],
        "alike": _ALIKE,
    }
    for _, side in _SIDES:
        names[side] = [_AT[f"{side} length"], _AT[f"{side} mark"], _AT[f"{side} prose,end"]]
    for side in ("next above", "next below"):
        names[f"{side} shown"] = [_AT[f"{side} {sign}"] for sign in _SHOWN]
    return {name: np.array(values, dtype=np.int32) for name, values in names.items()}


def describe(pieces: Sequence[Piece]) -> Described:
    """Return the features of a page's lines; only what marks and joints say of them is known yet."""
    import numpy as np

    n = len(pieces)
    seen, tokens = _look_at(pieces)
    carrying = [
        i for i, line in enumerate(pieces) if seen[i][6] & _CARRIES == _BIT["prose"] and line.words >= _CARRYING_WORDS
    ]
    own = np.array(_own(pieces, seen, tokens, carrying), dtype=np.int32)
    shown = np.empty((n + 4, len(_BEYOND)), dtype=np.int32)
    shown[:2] = shown[-2:] = _BEYOND
    prose_bit = _BIT["prose"]
    shown[2:-2] = [
        (rough, mark, (_ENDINGS if bits & prose_bit else 0) + end, start, bits)
        for _, end, start, _, _, mark, bits, rough in seen
    ]
    vectors = _vectors()
    bits = shown[2:-2, 4]
    length = own[:, 1] - _AT["length"]
    prose = (bits & prose_bit) > 0
    signs = (bits[:, None] & vectors["bits"]) > 0
    blocks = [
        own,
        signs * vectors["signs"],
        (signs & (length < 6)[:, None]) * vectors["short"],
    ]
    blocks += [shown[2 + offset : 2 + offset + n, :3] + vectors[side] for offset, side in _SIDES]
    for offset, side in _SIDES[1:3]:
        theirs = shown[2 + offset : 2 + offset + n]
        pair = np.where(theirs[:, 3] < 0, 48, ((theirs[:, 4] & prose_bit > 0) * 2 + prose) * 12 + length)
        blocks.append((pair + _AT[f"{side} prose,own prose,length"])[:, None])
        blocks.append(((theirs[:, 4:5] & vectors["shown"]) > 0) * vectors[f"{side} shown"])
        start = shown[2:-2, 3]
        alike = (theirs[:, 3] == start) & (start[:, None] == vectors["alike"]).any(axis=1)
        blocks.append(np.where(alike, start + _AT[f"{side} starts alike"], 0)[:, None])
    return Described(np.concatenate(blocks, axis=1), [_own_words(words) for words in tokens])


def _own(
    pieces: Sequence[Piece], seen: list[tuple[int, ...]], tokens: list[list[str]], carrying: list[int]
) -> list[list[int]]:
    """Return the features that a line has by itself and by its place among the carrying paragraphs."""
    at = _AT
    n = len(pieces)
    rows = []
    around = _around(n, carrying)
    shares = _shares(pieces, tokens, carrying)
    for i, (length, end, start, gap, sentences, mark, bits, rough) in enumerate(seen):
        above, below, since, until = around[i]
        compared, told, whole, lower, upper = shares[i]
        prose = 1 if bits & _BIT["prose"] else 0
        far = (_ROUGH_DISTANCE[since] * 5 + _ROUGH_DISTANCE[until]) * 2 + prose
        row = [
            at["line"],
            at["length"] + length,
            at["end"] + end,
            at["start"] + start,
            at["length,end"] + length * _ENDINGS + end,
            at["gap"] + gap,
            at["sentences"] + sentences,
            at["mark"] + mark,
            at["above"] + _COUNT[above],
            at["below"] + _COUNT[below],
            at["above,below"] + min(above, 2) * 3 + min(below, 2),
            at["since"] + _DISTANCE[since],
            at["until"] + _DISTANCE[until],
            at["since,until,prose"] + far,
            at["first lines"] + _PLACE[min(i, 9)],
            at["last lines"] + _PLACE[min(n - 1 - i, 9)],
            at["told above"] + told if told >= 0 else 0,
        ]
        if compared:
            row += (
                at["shared"] + whole,
                at["shared,length"] + _SHARED_ROUGH[whole] * 6 + rough,
                at["shared below"] + lower,
                at["shared above"] + upper,
                at["shared below,above"] + lower * 4 + upper,
            )
        else:
            row += (0, 0, 0, 0, 0)
        rows.append(row)
    return rows


def _own_words(tokens: list[str]) -> list[tuple[str, str]]:
    if not tokens:
        return []
    words = [("first", tokens[0]), ("last", tokens[-1])]
    if len(tokens) <= _SHORT_WORDS:
        words += [("word", token) for token in dict.fromkeys(tokens)]
    return words


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
) -> list[tuple[int, int, int, int, int]]:
    """Return which part of each line's subject the carrying paragraphs have: all of them, those below, those above.

    A paragraph itself is compared with those above it alone (-1 where there is none).
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    carry = set(carrying)
    subjects = [{said for word in words if (said := _said_by(word))} for words in tokens]
    for i in carrying:
        for word in subjects[i]:
            first.setdefault(word, i)
            last[word] = i
    shares = []
    top = carrying[0] if carrying else len(pieces)
    for i, (line, subject) in enumerate(zip(pieces, subjects, strict=True)):
        told = -1
        if i in carry and i > top and subject:
            part = sum(first[word] < i for word in subject) / len(subject)
            told = bisect_left(_TOLD, part)
        if line.words >= _COMPARED_WORDS or i in carry:
            shares.append((0, told, 0, 0, 0))
            continue
        known = subject & first.keys()
        if not known:
            shares.append((1, told, 0, 0, 0))
            continue
        below = sum(last[word] > i for word in known)
        above = sum(first[word] < i for word in known)
        size = len(subject)
        shares.append(
            (
                1,
                told,
                bisect_left(_SHARED, len(known) / size),
                bisect_left(_SHARED_BESIDE, below / size),
                bisect_left(_SHARED_BESIDE, above / size),
            )
        )
    return shares


# ------------------------------------------------------------------------------------------------------- deciding

_AT_ONCE = 4096
# Chances of so many lines are multiplied before they are brought to sum 1 again.
_STRETCH = 8


def weigh(pieces: Sequence[Piece]) -> Floats:
    """Return how likely each line is in each state: lines × states, rows that sum to 1.

    The model sees `_AT_ONCE` lines at once, so that time and memory grow with the page as its lines do.
    """
    import numpy as np

    if not pieces:
        return np.zeros((0, len(STATES)))
    described = describe(pieces)
    weights = load_weights()
    scores = np.empty((len(pieces), len(STATES)))
    ones = np.ones(described.features.shape[1])
    for at in range(0, len(pieces), _AT_ONCE):
        # Adding up along the middle axis as a product is several times as fast as `sum`.
        scores[at : at + _AT_ONCE] = ones @ weights.features.take(described.features[at : at + _AT_ONCE], axis=0)
    known = [
        (i, row)
        for i, words in enumerate(described.words)
        for word in words
        if (row := weights.words.get(word)) is not None
    ]
    if known:
        lines, rows = zip(*known, strict=True)
        np.add.at(scores, list(lines), weights.features[list(rows)])
    return chances(scores, weights)


def chances(scores: Floats, weights: Weights) -> Floats:
    """Return the marginal probabilities of the states (forward and backward sums)."""
    import numpy as np

    own = list(np.exp(scores - scores.max(axis=1, keepdims=True)))
    follows = np.exp(weights.follows)
    n = len(own)
    state = own[0] * np.exp(weights.first)
    forward = [state / state.sum()]
    for i in range(1, n):
        state = (forward[-1] @ follows) * own[i]
        if not i % _STRETCH:
            state /= state.sum()
        forward.append(state)
    back = follows.T
    backward = [np.ones(len(STATES))]
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
    import numpy as np

    table = [np.zeros(len(STATES)) for _ in range(KNOWN_FEATURES)]
    known = {f"{c.name}: {value}": c.at + n for c in _COLUMNS.values() for n, value in enumerate(c.values)}
    words: dict[tuple[str, str], int] = {}
    follows = np.zeros((len(STATES), len(STATES)))
    first = np.zeros(len(STATES))
    with WEIGHTS.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(line for line in lines if not line.startswith("#"))
        if tuple(next(rows)) != ("feature", *STATES):
            raise ValueError(f"{WEIGHTS} is not a table of these states")
        for name, *values in rows:
            row = np.array([float(value or 0) for value in values])
            kind, _, value = name.partition(": ")
            if kind == "behind":
                follows[STATES.index(value)] = row
            elif kind == "page begins":
                first = row
            elif kind in ("first", "last", "word"):
                words[kind, value] = len(table)
                table.append(row)
            else:
                table[known[name]] = row
    return Weights(np.array(table), words, follows, first)
