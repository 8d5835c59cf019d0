"""Words that lost the blank between them, where one text ran into the next: "الهاتفويمكن" is "الهاتف ويمكن".

A seam is found in what no text has as a word and neither a proclitic nor a suffix explains, where the second part
begins sentences, or is a verb, and the first one is a word; a letter that only ends words is enough instead. The words
lie in `weights/words.txt.xz`; `rasd.training.seams` makes them again.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rasd.arabic.text import fold
from rasd.memo import Memo
from rasd.reading.wording import load_words

WORDS = Path(__file__).resolve().parent / "weights" / "words.txt.xz"
# One of its lines begins so where sentences begin with its word.
OPENS = "+"
_LETTERS = "\u0621-\u063a\u0641-\u064a"
_MARKS = "\u064b-\u0652\u0670"
_MARK_SIGNS = "".join(map(chr, [*range(0x64B, 0x653), 0x670]))
_TOKEN = re.compile(rf"[{_LETTERS}][{_LETTERS}{_MARKS}]{{5,38}}(?![{_LETTERS}{_MARKS}])")
# What only ends words: ta marbuta, alif maqsura, and the marks of the indefinite, with or without their alif.
_ENDING = re.compile(r"(?:[ةى][\u064b-\u0652]*|[\u064b-\u064d]ا?|ا\u064b)$")
# Each part has so many letters; where the second one does not begin sentences for sure it has more.
_PART, _LONG = 3, 4
# What is written to the front of a word, and to its end; nothing, too.
_PROCLITICS = (
    *(
        conjunction + preposition + article
        for conjunction in ("", "و", "ف", "ا")
        for preposition in ("", "ب", "ل", "ك", "س")
        for article in ("", "ال")
    ),
    *("لل", "ولل", "فلل"),
)
_SUFFIXES = (
    "", "ه", "ها", "هم", "هن", "ك", "كم", "نا", "ي", "ني", "ات", "ان", "ين", "ون", "ت", "وا", "ا", "هما", "يه", "يا",
    "تها", "ته", "تهم", "يين", "يون", "وها", "وه", "وهم", "اتها", "اته", "اتهم",
)  # fmt: skip
# Ends of words that are words too: no sentence that was glued on is known by them.
_ENDS_OF_WORDS = frozenset(
    (
        "رات", "وها", "وهم", "واهم", "وهن", "وهما", "ورد", "وات", "لها", "لهم", "بها", "تهم", "يات", "ورات", "والي",
        "وشن", "وجري", "واجل", "ستاد", "رشاد", "بين",
    )
)  # fmt: skip
# A word with the article has so many letters: "المن" and "القار" are beginnings of others.
_WITH_ARTICLE = 5
# Verbs that begin with an alef and no hamza: "انطلقت", "استقبل", "اعتبر"; other ones are written with it.
_BARE_ALEF = re.compile("ا(?:ن|ست|.ت|.د|ل)")
# Names are written together: "عبدالأمير", "نورالدين".
_OF_NAMES = frozenset(("عبد", "ابو", "ابي", "نور", "سيف", "صلاح", "علاء", "شمس", "بهاء", "ضياء", "جمال", "محمد"))


class _Words(NamedTuple):
    """The words that texts have, folded, and those of them that begin sentences."""

    known: frozenset[str]
    opening: frozenset[str]


@lru_cache(maxsize=1)
def load_forms() -> _Words:
    """Return the words of `weights/words.txt.xz`, and those that begin sentences with what `seeds/words.csv` adds."""
    lines = lzma.decompress(WORDS.read_bytes()).decode("utf-8").split("\n")
    table = load_words()
    opening = {line[1:] for line in lines if line[:1] == OPENS}
    opening |= {said for word in table.reporting for said in (word, f"و{word}", f"ف{word}")}
    opening |= {word for word in (*table.continuing, *table.opening) if " " not in word}
    opening -= _ENDS_OF_WORDS
    short = table.reporting | {word for word in table.continuing if word[0] in "وف"}
    return _Words(
        frozenset(line.removeprefix(OPENS) for line in lines),
        frozenset(word for word in opening if len(word) > _PART or (len(word) == _PART and word in short)),
    )


def seams(text: str) -> Iterator[tuple[int, bool]]:
    """Yield where a second word begins inside what looks like one, and whether it is one that begins sentences."""
    for token in _TOKEN.finditer(text):
        at = _SEAMS[token.group()]
        if at:
            yield token.start() + abs(at), at > 0


def _seam(raw: str) -> int:
    """Return where the second word begins in what looks like one, less than 0 where it begins no sentences; or 0."""
    known, opening = load_forms()
    whole = fold(raw)
    if len(whole) < 2 * _PART or whole in known:
        return 0
    best: tuple[tuple[bool, bool, bool, bool, int], int] | None = None
    explained: bool | None = None
    for at in range(_PART, len(raw) - _PART + 1):
        head, tail = fold(raw[:at]), fold(raw[at:])
        if len(tail) < _PART:
            break
        if len(head) < _PART or raw[at] in _MARK_SIGNS:
            continue
        ended = _ENDING.search(raw[:at]) is not None
        sure = _begins_sentence(raw, at, head, tail, ended=ended)
        if not sure and not _could_be_verb(head, tail):
            continue
        if not ended:
            if explained is None:
                explained = _is_explained(whole)
            if explained:
                continue
        rank = (sure, tail in opening, tail[0] == "و", head in known, len(tail))
        if best is None or rank > best[0]:
            best = (rank, at)
    return 0 if best is None else best[1] if best[0][0] else -best[1]


_SEAMS: Memo[int] = Memo(_seam)


def _begins_sentence(raw: str, at: int, head: str, tail: str, *, ended: bool) -> bool:
    """Whether two parts are two words by themselves: a word, and one with which a sentence begins behind it."""
    known, opening = load_forms()
    hamza = raw[at] in "أإآ"
    if tail in opening:
        if raw[at] == "ا" and not _BARE_ALEF.match(tail):
            return False
        if ended:
            return True
        going = tail[0] in "وف" and len(tail) >= _LONG
        if head[:2] == "ال" and len(head) < _WITH_ARTICLE and not going:
            return False
        if head not in _OF_NAMES and _is_explained(head):
            return len(head) > _PART or len(tail) > _PART
        return len(head) > _PART and (going or hamza)
    if tail not in known and (tail[0] != "و" or tail[1:] not in known):
        return False
    if ended:
        return len(tail) >= _LONG and (hamza or tail[0] == "و")
    if len(head) <= _PART or head in _OF_NAMES:
        return False
    if len(tail) > _LONG and tail[0] == "و" and tail[1] in "يت":
        return True
    return hamza and len(tail) >= _LONG and head in known


def _could_be_verb(head: str, tail: str) -> bool:
    """Whether the second part could be a verb of the present, as sentences of features begin: "لا يناميعمل"."""
    known = load_forms().known
    least = _WITH_ARTICLE if head[:2] == "ال" else _LONG
    verb = tail[0] in "يت" and tail[-1] not in "هي" and len(tail) >= _LONG and tail in known
    return verb and len(head) >= least and head in known and head not in _OF_NAMES


@lru_cache(maxsize=1 << 14)
def _is_explained(word: str) -> bool:
    """Whether a folded word is known, or known without proclitics and a suffix."""
    known = load_forms().known
    stems = (word[: len(word) - len(suffix)] for suffix in _SUFFIXES if word.endswith(suffix))
    return any(
        stem[len(proclitic) :] in known
        for stem in stems
        for proclitic in _PROCLITICS
        if len(stem) - len(proclitic) >= _PART and stem.startswith(proclitic)
    )
