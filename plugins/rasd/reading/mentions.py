"""Names that lines of a page hold between other words, and how likely each is the outlet's by the words around it.

A page may name its outlet in one sentence of its furniture and nowhere else: "حمّلوا تطبيق … مجانا", "… غير مسؤول عن
محتوى الروابط". No list of such sentences is ever whole; but the words that stand before and behind an outlet's name are
much the same in all of them. So every run of words in the lines around an article, and in its text where quotation
marks or an outlet's sort set it off, is weighed by what stands to its left and to its right, by its own words and by
its place on the page (`weights/mentions.csv`, learned by `rasd.training.naming`). How it weighs is one piece of
evidence among others in `publishers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, repeat
from typing import NamedTuple

from rasd.arabic.text import fold_anew
from rasd.memo import Memo
from rasd.reading.credits import is_given_name
from rasd.reading.drafts import Draft
from rasd.reading.evidence import NONE, load_table
from rasd.reading.lines import Piece
from rasd.reading.places import places
from rasd.reading.surroundings import says_nobody
from rasd.reading.wording import load_words

# A name has so many words at most; of a line, so many words are looked at, and of a page so many lines from each end.
LONGEST = 4
MOST_WORDS = 75
EDGE = 40
# Below this sum of its surroundings a run of words is not looked at closer: its own words and place do not lift it.
_FLOOR = -6.0
_LEFT_FLOOR = -2.5
# So many names of a page are given on, each at least so likely.
_BEST = 5
_LEAST = -4.0
# And without what is told of names that stand there more than once.
_NEAR = -5.5
# The first words of a text, where outlets stand as in a dateline: so many characters of so many of its lines.
_LEAD, _LEADS = 60, 2
# So much of a text stands around a quoted name, and so many are looked at.
_BEFORE, _BEHIND, _QUOTED = 40, 60, 24

# A word with its vowel marks, which are no letters to the regex engine; the address of a site is one word.
# a letter written to a name with a stroke is a word of its own ("لـميزان").
_TOKEN = re.compile(r"((?<!\w)[بلو]ـ+(?=\w)|[\w\u064b-\u0652\u0670]+(?:\.(?:[a-z]{2,9}|نت|كوم|ما|تن|دز)(?!\w))*)")
_OPENS = re.compile(r"[«“\"](?=\w)")
_FURNITURE = ("navigation", "boilerplate", "metadata")
# The signs between two words by what they do; the first that stands there counts.
_GAPS = {
    **dict.fromkeys("«“\"", "«"), **dict.fromkeys("»”", "»"), **dict.fromkeys("([", "("), **dict.fromkeys(")]", ")"),
    "©": "©", **dict.fromkeys("®™", "®"), "@": "@", **dict.fromkeys("|/›>•·", "|"), ":": ":",
    **dict.fromkeys("–—-ـ", "-"), **dict.fromkeys("،,؛", ","), **dict.fromkeys(".…؟!", "."),
}  # fmt: skip
_START, _END = "^", "$"
# So many of the features of a line say where it stands.
_PLACED = 7
# The signs between a headline and a name before or behind it.
_SETTING_OFF = frozenset("|:-«()~")
# What stands behind the first number of a day or a time.
_OF_DAYS = frozenset("|:-.")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a line has it, where it stands on the page, and how likely it is the outlet's (log-odds)."""

    name: str
    at: int
    weight: float


class Line(NamedTuple):
    """A line, or a part of one, in words.

    `parts` are the signs before each word and the words as they stand there, in turn, and the signs behind the last;
    `words` are the words folded, `known` what is known of them, `gaps[i]` what stands before word `i` (the last one:
    behind all). `features` say where the line is. In a `lead`, the beginning of a text, names begin within so many
    characters; in a `body` they stand in quotation marks; in a headline, `at_ends`, a sign sets them off from the rest.
    """

    text: str
    start: int
    parts: list[str]
    words: list[str]
    known: list[_Word]
    gaps: list[str]
    features: tuple[str, ...]
    body: bool
    lead: bool
    at_ends: bool

    def name(self, i: int, j: int) -> str:
        """Return a run of words as it stands there."""
        return "".join(self.parts[2 * i + 1 : 2 * j])

    def parts_within(self, characters: int) -> int:
        """Return how many words begin within so many characters."""
        reached = list(accumulate(map(len, self.parts)))[::2]
        return sum(begin <= characters for begin in reached[: len(self.words)])

    def at(self, i: int) -> int:
        """Return where a word stands on the page."""
        return self.start + sum(map(len, self.parts[: 2 * i + 1]))


def _gap(signs: str) -> str:
    signs = signs.strip()
    if not signs:
        return " "
    return next((_GAPS[sign] for sign in signs if sign in _GAPS), "~")


_GAP: Memo[str] = Memo(_gap, 1 << 10)


@lru_cache(maxsize=1)
def _sorts_of_known() -> dict[str, tuple[str, ...]]:
    """Return the words of the tables with the sorts that these make them."""
    table = load_words()
    sorts: dict[str, tuple[str, ...]] = {}
    for name, words in (
        ("sort", table.sort), ("address", table.address), ("itself", table.itself), ("press", table.press),
        ("masthead", table.masthead), ("desk", table.desk), ("reporting", table.reporting), ("place", places()),
        ("particle", table.joining | table.particle),
    ):  # fmt: skip
        for word in words:
            sorts[word] = (*sorts.get(word, ()), name)
    return sorts


def _sorts(word: str) -> tuple[str, ...]:
    """Return the sorts of words that a folded word belongs to."""
    found = [*_sorts_of_known().get(word, ())]
    if is_given_name(word):
        found.append("given name")
    if word.isdigit():
        found.append("year" if len(word) == 4 else "number")
    elif word[0].isascii():
        found.append("latin")
    else:
        found += _form(word)
        if word[0] in "بل" and word[1:] in load_words().sort:
            found.append("sort")
    return tuple(found)


def _form(word: str) -> Iterator[str]:
    if word.endswith(("كم", "نا")):
        yield "of you or us"
    if len(word) > 3:
        if word[0] in "يتن":
            yield "verb's letter"
        if word[0] == "و":
            yield "and"
    if word.startswith("ال"):
        yield "article"
    if word.startswith("لل"):
        yield "for"


_SORTS: Memo[tuple[str, ...]] = Memo(_sorts, 1 << 14)
# Words that say something of the whole line.
_TELLING = frozenset(("address", "of you or us", "itself", "sort"))


@lru_cache(maxsize=1)
def _stopping() -> frozenset[str]:
    table = load_words()
    return table.joining | table.address | table.itself | table.particle


def _stops(word: str) -> bool:
    return word in _stopping() or (word[0] == "و" and len(word) > 2 and word[1:] in load_words().particle)


@dataclass(slots=True)
class _Word:
    """What is known of a word, wherever it stands, kept together: looking it up costs more than reading what is there.

    `folded` is its key, `says` what it tells of the whole line; a word that `stops` is no part of a name. The numbers
    are what it weighs right to the left or right of a run, and one word further, with nothing but blanks between; None
    before they are asked for.
    """

    folded: str
    says: frozenset[str]
    stops: bool
    left: float | None = None
    right: float | None = None
    further_left: float | None = None
    further_right: float | None = None


def _word(written: str) -> _Word:
    word = fold_anew(written) or "?"
    return _Word(word, _TELLING.intersection(_SORTS[word]), _stops(word))


_WORDS: Memo[_Word] = Memo(_word, 1 << 14)


# ------------------------------------------------------------------------------------------------ what is told of a run


def left_of(gap: str, word: str) -> tuple[str, ...]:
    """Return what stands right before a run: the sign before it, and the word before that."""
    told = [f"left sign {gap}"]
    told.append(f"left {word}" if gap in (" ", _START) else f"left {gap} {word}")
    if word != _START:
        told += [f"left {gap} of {sort}" for sort in _SORTS[word]]
        if len(word) > 3 and word[0] in "بلو":
            told.append(f"left {word[1:]}")
    return tuple(told)


def right_of(gap: str, word: str) -> tuple[str, ...]:
    """Return what stands right behind a run, likewise."""
    told = [f"right sign {gap}"]
    if word != _END:
        told.append(f"right {word}" if gap == " " else f"right {gap} {word}")
        told += [f"right {gap} of {sort}" for sort in _SORTS[word]]
    return tuple(told)


def further_off(side: str, gap: str, word: str) -> tuple[str, ...]:
    """Return what stands further left or right: the next sign, or the next word where a blank parts the two."""
    if gap != " ":
        return (f"two {side} {gap}",)
    return (f"two {side} {word}", *(f"two {side} of {sort}" for sort in _SORTS[word]))


def in_name(words: Sequence[str]) -> tuple[str, ...]:
    """Return what the words of a run are."""
    told = [f"words {len(words)}", f"first {words[0]}", f"last {words[-1]}", *(f"word {word}" for word in set(words))]
    told += [f"first of {sort}" for sort in _SORTS[words[0]]]
    if len(words) > 1:
        told += [f"last of {sort}" for sort in _SORTS[words[-1]]]
    else:
        told += [f"one word of {sort}" for sort in _SORTS[words[0]]]
    return tuple(told)


def in_line(features: tuple[str, ...], first: bool, last: bool, words: int) -> tuple[str, ...]:
    """Return where a run stands in its line, beside where the line stands: at its start, its end, or all of it."""
    told = [*features]
    for one in features[:_PLACED]:
        if first:
            told.append(f"{one}, starts")
        if last:
            told.append(f"{one}, ends")
        if first and last:
            told += [f"{one}, whole", f"{one}, whole of {words}"]
    if first and last:
        told.append("whole")
    return tuple(told)


def repeated(lines: int) -> tuple[str, ...]:
    """Return on how many lines the words of a run stand, where they stand again."""
    return () if lines < 2 else ("again", f"on {min(lines, 4)} lines")


# ------------------------------------------------------------------------------------------------------- lines and runs


def lines_of(pieces: Sequence[Piece], draft: Draft) -> Iterator[Line]:
    """Yield the lines in which names are looked for: those around an article, and what is set off in its text."""
    count, first, last, own = len(pieces), draft.first, draft.body[-1], set(draft.body)
    for i in (*range(min(EDGE, count)), *range(max(EDGE, count - EDGE), count)):
        piece = pieces[i]
        if i < count - 2 and (piece.kind not in _FURNITURE or i in own):
            continue
        if piece.kind in ("tweet", "tags") or "caption" in piece.rule or says_nobody(piece):
            continue
        edge = "first" if i == 0 else "among the first" if i < 3 else "last" if i == count - 1 else ""
        edge = edge or ("among the last" if i >= count - 3 else "neither first nor last")
        where = "above" if i < first else "inside" if i <= last else "below"
        told = [edge, where, f"kind {piece.kind}", f"{edge}, kind {piece.kind}"]
        told.append(f"rule {piece.rule.partition(':')[0]}")
        told.append(f"above: {_sort_of(pieces[i - 1]) if i else _START}")
        told.append(f"below: {_sort_of(pieces[i + 1]) if i + 1 < count else _END}")
        if piece.mark is not None:
            told.append(f"mark {piece.mark.kind}")
        yield from _line(piece.text, piece.start, told)
    for i in sorted(
        {n for n in (draft.title, draft.kicker) if n is not None}.union(
            n for n in range(min(3, count)) if pieces[n].kind == "title"
        )
    ):
        yield from _line(pieces[i].text, pieces[i].start, ["title", "first" if i == 0 else "not first"], at_ends=True)
    for n, i in enumerate(draft.body):
        piece = pieces[i]
        if n < _LEADS:
            yield from _line(piece.text[: _LEAD + 20], piece.start, ["lead", "text"], lead=True)
    yield from _quoted(pieces, draft)


def _quoted(pieces: Sequence[Piece], draft: Draft) -> Iterator[Line]:
    """Yield what stands around names in quotation marks in a text."""
    done = 0
    for i in draft.body:
        piece = pieces[i]
        if not ("«" in piece.text or '"' in piece.text or "“" in piece.text):
            continue
        reached = 0
        for sign in _OPENS.finditer(piece.text):
            if sign.start() < reached:
                continue
            done += 1
            if done > _QUOTED:
                return
            begin = piece.text.rfind(" ", 0, max(0, sign.start() - _BEFORE)) + 1
            reached = sign.end() + _BEHIND
            yield from _line(piece.text[begin:reached], piece.start + begin, ["quoted", "text"], body=True)


def lines_in(text: str, told: list[str]) -> Iterator[Line]:
    """Yield a line that stands by itself: of the furniture where `told` says where, otherwise of a text."""
    if told:
        yield from _line(text, 0, told)
        return
    yield from _line(text[: _LEAD + 20], 0, ["lead", "text"], lead=True)
    yield from _line(text, 0, ["quoted", "text"], body=True)


def _sort_of(piece: Piece) -> str:
    """Return what sort of line another stands beside."""
    return piece.mark.kind if piece.mark is not None else piece.kind or ""


def _line(
    text: str, start: int, told: list[str], *, body: bool = False, lead: bool = False, at_ends: bool = False
) -> Iterator[Line]:
    parts = _TOKEN.split(text, MOST_WORDS)
    if len(parts) == 1:
        return
    if len(parts) > 2 * MOST_WORDS:
        parts[-1] = " "
    known = list(map(_WORDS.__getitem__, parts[1::2]))
    words = [word.folded for word in known]
    gaps = list(map(_GAP.__getitem__, parts[::2]))
    if gaps[0] == " ":
        gaps[0] = _START
    if not parts[-1].strip():
        gaps[-1] = _END
    if not (body or lead or at_ends):
        count = len(words)
        size = 1 if count < 2 else 2 if count < 4 else 3 if count < 7 else 4 if count < 14 else 5
        told = [*told, f"line of size {size}", *_said_by(frozenset().union(*[word.says for word in known]))]
    yield Line(text, start, parts, words, known, gaps, tuple(told), body, lead, at_ends)


@lru_cache(maxsize=64)
def _said_by(sorts: frozenset[str]) -> tuple[str, ...]:
    return tuple(f"line has {sort}" for sort in ("address", "of you or us", "itself", "sort") if sort in sorts)


def runs(line: Line) -> Iterator[tuple[int, int]]:
    """Yield the runs of words of a line that could be names: from word to word, the last one not among them."""
    for i, most in beginnings(line):
        for j in range(i + 1, most + 1):
            yield i, j


def beginnings(line: Line) -> Iterator[tuple[int, int]]:
    """Yield the words with which runs could begin, and where the longest of them ends."""
    words, gaps, sort = line.words, line.gaps, load_words().sort
    stops = [word.stops for word in line.known]
    count = len(words)
    if line.body:
        begin: Iterable[int] = [i for i in range(count) if gaps[i] == "«"]
    elif line.lead:
        begin = range(line.parts_within(_LEAD))
    elif line.at_ends:
        yield from _set_off(line)
        return
    else:
        begin = range(count)
    for i in begin:
        word = words[i]
        if stops[i] or (word.isdigit() and i + 1 == count):
            continue
        most, longest = i + 1, min(i + LONGEST, count)
        while most < longest and gaps[most] == " " and not stops[most]:
            if words[most].isdigit() and gaps[most + 1] in _OF_DAYS:
                break
            most += 1
        if most < longest and gaps[most] == " ":
            most = _phrase(line, i, most, longest) or most
        if word in sort and i + 1 < count and gaps[i + 1] == " ":
            continue  # it says what the name is of
        yield i, most


def _phrase(line: Line, i: int, most: int, longest: int) -> int | None:
    """Return where a name of several words with a particle in it ends ("كلام على الدرج"): signs stand on both sides."""
    words, gaps = line.words, line.gaps
    if gaps[i] == " " and words[i - 1] not in load_words().sort:
        return None
    end = next((n for n in range(most + 1, longest + 1) if gaps[n] != " "), None)
    if end is None or line.known[end - 1].stops or words[most] not in load_words().particle:
        return None
    return end


def _set_off(line: Line) -> Iterator[tuple[int, int]]:
    """Yield the runs at either end of a headline that a sign sets off: "headline - name", "[name] headline"."""
    gaps, count = line.gaps, len(line.words)
    for i in range(max(1, count - LONGEST), count):
        if gaps[i] in _SETTING_OFF and not line.known[i].stops:
            yield i, count
    for most in range(1, min(LONGEST, count - 1) + 1):
        if gaps[most] != " ":
            if gaps[most] in _SETTING_OFF and not line.known[0].stops:
                yield 0, most
            break


def left_side(line: Line, i: int) -> tuple[tuple[str, str], tuple[str, str] | None]:
    """Return the sign and the word before the i-th one, and those before them; nothing before a line's beginning."""
    words, gaps = line.words, line.gaps
    if i > 1:
        return (gaps[i], words[i - 1]), (gaps[i - 1], words[i - 2])
    return ((gaps[1], words[0]), (_START, _START)) if i else ((gaps[0], _START), None)


def right_side(line: Line, j: int) -> tuple[tuple[str, str], tuple[str, str] | None]:
    """Return the sign before the j-th word and that word, and those behind them; nothing behind a line's end."""
    words, gaps, count = line.words, line.gaps, len(line.words)
    if j + 1 < count:
        return (gaps[j], words[j]), (gaps[j + 1], words[j + 1])
    return ((gaps[j], words[j]), (gaps[j + 1], _END)) if j < count else ((gaps[j], _END), None)


def described(line: Line, i: int, j: int, again: int) -> tuple[str, ...]:
    """Return everything that is told of a run: the features whose weights add up."""
    (left, further_left), (right, further_right) = left_side(line, i), right_side(line, j)
    return (
        *left_of(*left),
        *(further_off("left", *further_left) if further_left else ()),
        *right_of(*right),
        *(further_off("right", *further_right) if further_right else ()),
        *in_name(line.words[i:j]),
        *in_line(line.features, i == 0, j == len(line.words), j - i),
        *repeated(again),
    )


# ------------------------------------------------------------------------------------------------------------- weighing


def _sum(told: Sequence[str]) -> float:
    return sum(map(load_table("mentions").get, told, repeat(0.0)))


@lru_cache(maxsize=1 << 12)
def _left(gap: str, word: str) -> float:
    return _sum(left_of(gap, word))


@lru_cache(maxsize=1 << 12)
def _right(gap: str, word: str) -> float:
    return _sum(right_of(gap, word))


@lru_cache(maxsize=1 << 8)
def _sign_beyond(side: str, gap: str) -> float:
    """Return what a sign weighs that parts the word beside a run from the next one, whatever that is."""
    return _sum(further_off(side, gap, ""))


def _left_weight(line: Line, i: int) -> float:
    """Return what `left_side` of a run weighs that begins with the i-th word."""
    known, gaps = line.known, line.gaps
    gap = gaps[i]
    if not i:
        return _left(gap, _START)
    word = known[i - 1]
    if gap == " ":
        if word.left is None:
            word.left = _sum(left_of(" ", word.folded))
        weight = word.left
    else:
        weight = _left(gap, word.folded)
    gap = gaps[i - 1] if i > 1 else _START
    if gap != " ":
        return weight + _sign_beyond("left", gap)
    word = known[i - 2]
    if word.further_left is None:
        word.further_left = _sum(further_off("left", " ", word.folded))
    return weight + word.further_left


def _right_weight(line: Line, j: int) -> float:
    """Return what `right_side` of a run weighs that ends before the j-th word."""
    known, gaps = line.known, line.gaps
    gap = gaps[j]
    if j == len(known):
        return _right(gap, _END)
    word = known[j]
    if gap == " ":
        if word.right is None:
            word.right = _sum(right_of(" ", word.folded))
        weight = word.right
    else:
        weight = _right(gap, word.folded)
    gap = gaps[j + 1]
    if gap != " ":
        return weight + _sign_beyond("right", gap)
    word = known[j + 1]
    if word.further_right is None:
        word.further_right = _sum(further_off("right", " ", word.folded))
    return weight + word.further_right


@lru_cache(maxsize=1 << 12)
def _name(words: tuple[str, ...]) -> float:
    return _sum(in_name(words))


def _where(feature: str) -> tuple[float, ...]:
    """Return what a feature of a line weighs for runs inside it, at its start, at its end, and for all of it."""
    told = [feature, *(f"{feature}, {where}" for where in ("starts", "ends"))]
    placed = [_sum(told[:1]), _sum(told[:2]), _sum((told[0], told[2]))]
    whole = (*told, f"{feature}, whole")
    return (*placed, *(_sum((*whole, f"{feature}, whole of {n}")) for n in range(1, LONGEST + 1)))


_WHERE: Memo[tuple[float, ...]] = Memo(_where, 1 << 12)
_TOLD: Memo[float] = Memo(lambda feature: load_table("mentions").get(feature, 0.0), 1 << 12)


@lru_cache(maxsize=1 << 10)  # most lines of furniture stand somewhere in the same way
def _within(features: tuple[str, ...]) -> tuple[float, ...]:
    """Return what runs of a line weigh by where they stand: inside it, at its start, its end, all of it (by words)."""
    table = load_table("mentions")
    base = table[NONE] + sum(map(_TOLD.__getitem__, features[_PLACED:]))
    found = [base + sum(column) for column in zip(*map(_WHERE.__getitem__, features[:_PLACED]), strict=True)]
    whole = table.get("whole", 0.0)
    return (*found[:3], *(one + whole for one in found[3:]))


def find_mentions(pieces: Sequence[Piece], draft: Draft) -> list[Mention]:
    """Return the names that are likeliest the outlet's by the words around them, the likeliest first."""
    found: list[Mention] = []
    lines = list(lines_of(pieces, draft))
    for line in lines:
        words, count = line.words, len(line.words)
        inside, start, end, *alone = _within(line.features)
        ends: dict[int, float] = {}
        for i, most in beginnings(line):
            left = _left_weight(line, i)
            if left < _LEFT_FLOOR:
                continue
            for j in range(i + 1, most + 1):
                if j not in ends:
                    ends[j] = _right_weight(line, j)
                place = (alone[j - 1] if j == count else start) if i == 0 else (end if j == count else inside)
                weight = left + ends[j] + place
                if weight < _FLOOR:
                    continue
                weight += _name(tuple(words[i:j]))
                if weight < _NEAR:
                    continue
                name = line.name(i, j)
                weight = round(weight + _sum(repeated(times(lines, name))), 2)
                if weight >= _LEAST:
                    found.append(Mention(name, line.at(i), weight))
    return likeliest(found)


def likeliest(found: Sequence[Mention]) -> list[Mention]:
    """Return the likeliest mention of each name, and of these a few, the likeliest first."""
    best: dict[str, Mention] = {}
    for mention in found:
        if mention.weight >= _LEAST and (mention.name not in best or best[mention.name].weight < mention.weight):
            best[mention.name] = mention
    return sorted(best.values(), key=lambda mention: (-mention.weight, mention.at))[:_BEST]


def times(lines: Sequence[Line], name: str) -> int:
    """Return on how many lines a name stands."""
    return sum(name in line.text for line in lines)
