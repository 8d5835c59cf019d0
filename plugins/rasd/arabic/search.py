"""Words as the search knows them: where they stand in a text, and under which keys they are found.

A word's keys are its folded readings without proclitics and without the article, so that كازاخستان, وكازاخستان and
لکازاخستان share one, and so do السعودية, للسعودية and سعودية. Texts and queries go through the same rules; the
warehouse knows them too (`sql/report/search_keys.sql`), from the tables that are made here.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rasd import resources
from rasd.arabic.clitics import CONJUNCTIONS, FUTURE, PREPOSITIONS
from rasd.arabic.text import fold
from rasd.arabic.tokens import ARABIC, INVISIBLE, MARKS

# Letters and digits of the other scripts, by block: what in these blocks is neither has an empty key.
OTHERS = (
    "0-9A-Za-z\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u00bc-\u00be\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02c1\u0370-\u037d"
    "\u0386\u0388-\u0481\u048a-\u0556\u0561-\u0587\u05d0-\u05f2\u0660-\u0669\u06f0-\u06f9\u0710-\u074f\u0780-\u07b1"
    "\u0900-\u1fbc\u1fc2-\u1ffc\u2070-\u209c\u2c00-\u2ddf\u3005-\u3007\u3031-\u3035\u3041-\u30fa\u30fc-\ua48c"
    "\uac00-\ud7a3\uf900-\ufb4f\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc\U0001d400-\U0001d7ff"
    "\U0001ee00-\U0001eeff\U00020000-\U0002fa1f"
)
_SILENT = f"{MARKS}{INVISIBLE}"
# The hamza before و sits on whatever the house rules say: مسئول and مسؤول, شئون and شؤون, رءوس and رؤوس.
SEAT = f"[ئء](?=[{_SILENT}ـ]*و)"
_SEAT = re.compile(SEAT)
# One pattern for Python and for Postgres: classes, groups and greedy stars, which both read alike.
WORD = f"[{ARABIC}](?:[{ARABIC}{_SILENT}]*[{ARABIC}{MARKS}])?|[{OTHERS}](?:[{OTHERS}{_SILENT}]*[{OTHERS}{MARKS}])?"
WORD_LETTERS = f"{ARABIC}{OTHERS}"
_WORD = re.compile(WORD)

IMPERFECT = "يتنا"  # folded first letters of an imperfect verb, the only thing that س precedes
# A key longer than that is cut: Postgres takes no lexeme above 2,046 bytes, and no word is that long.
LONGEST_KEY = 64
LEAST_STEM = 3

# Positions in the index. The body begins at a fixed one, so that a position tells by itself which word it means, and
# no phrase reaches from the headline into the body. Postgres counts positions up to 16,383.
BODY_AT = 200
LAST_POSITION = 16_000
_HEADLINE_PLACES = tuple(f"{n}A" for n in range(1, BODY_AT - 9))
_BODY_PLACES = tuple(map(str, range(BODY_AT, LAST_POSITION + 1)))
_MOST_PLACES = 255  # of one lexeme: Postgres keeps no more
# A tsvector holds at most 1 MiB of lexemes and positions.
_MOST_BYTES = 700_000


class Word(NamedTuple):
    """A word of a text: as written, and its offsets (end exclusive)."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Return the words of a text: runs of Arabic letters, runs of other letters and digits, with their marks."""
    return [Word(found.group(), *found.span()) for found in _WORD.finditer(text)]


def fold_word(word: str) -> str:
    """Return a word's folded letters and digits."""
    folded = fold(_SEAT.sub("ؤ", word) if "ئ" in word or "ء" in word else word)
    if not folded.isalnum():
        folded = "".join(c for c in folded if unicodedata.category(c)[0] in "LN")
    return folded[:LONGEST_KEY]


@lru_cache(maxsize=1 << 18)
def keys(word: str) -> tuple[str, ...]:
    """Return the keys of a word, none for one that has neither letter nor digit.

    A word that the list of whole words holds (وزير, لبنان) has no proclitic. Any other is read with at most one
    conjunction (و ف), then at most one preposition (ب ل ك) or the future س, each time if three letters are left; it
    keeps the reading without proclitics beside the others, unless the article stands behind one: والسعودية is nothing
    but و and السعودية. The article is then taken off every reading, the one that لل has swallowed too: of للغرب as of
    للغة, whose noun begins with ل itself, and of لله.
    """
    word = fold_word(word)
    if not word:
        return ()
    whole = whole_words()
    readings = [word]
    if word[0] in _FIRST and word not in whole:
        stems = [word]
        if word[0] in CONJUNCTIONS and len(word) > LEAST_STEM:
            readings.append(word[1:])
            stems.append(word[1:])
        for stem in stems:
            if stem in whole:
                continue
            swallowed = "ال" + stem[1:] if stem.startswith("لل") else ""
            if len(stem) <= LEAST_STEM:
                readings += [swallowed] if swallowed in whole else []
                continue
            if swallowed:
                readings += ["ا" + stem[1:], swallowed]
            if stem[0] in PREPOSITIONS or (stem[0] == FUTURE and stem[1] in IMPERFECT and len(stem) > LEAST_STEM + 1):
                readings.append(stem[1:])
        if any(_has_article(r) for r in readings[1:]):
            readings = [r for r in readings[1:] if _has_article(r) or r in whole]
    return tuple(dict.fromkeys(_bare(r) for r in readings))


_FIRST = frozenset(CONJUNCTIONS + PREPOSITIONS + FUTURE)


def _has_article(word: str) -> bool:
    return word.startswith("ال") and len(word) > LEAST_STEM


def _bare(word: str) -> str:
    return word[2:] if _has_article(word) and word not in whole_words() else word


@lru_cache(maxsize=1)
def whole_words() -> frozenset[str]:
    """Return the words that begin like a proclitic or the article and have neither (`seeds/whole_words.txt`)."""
    lines = (resources.seeds() / "whole_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold_word(line) for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def letters() -> dict[str, str]:
    """Return the folded form of every character in a word that changes by folding."""
    found = {}
    for first, last in re.findall("(.)(?:-(.))?", ARABIC + OTHERS + _SILENT + "ـ", re.DOTALL):
        for code in range(ord(first), ord(last or first) + 1):
            if (folded := fold_word(chr(code))) != chr(code):
                found[chr(code)] = folded
    return found


@lru_cache(maxsize=1)
def search_version() -> str:
    """Return the version of these rules: whatever is changed here or in the list of whole words changes it."""
    of_letters = (WORD, SEAT, CONJUNCTIONS, PREPOSITIONS, FUTURE, IMPERFECT)
    said = (*of_letters, LONGEST_KEY, LEAST_STEM, BODY_AT, LAST_POSITION, "2")
    # Of the folding, the letters that the press writes: what Unicode adds elsewhere is no reason to index all again.
    folded = (fold_word(chr(code)) for code in range(0x30, 0x700))
    digest = hashlib.sha256("\n".join([*map(str, said), *sorted(whole_words()), *folded]).encode())
    return digest.hexdigest()[:12]


def vector(headline: str | None, body: str, labels: Iterable[str] = ()) -> str:
    """Return the tsvector of an article, in Postgres's own text form.

    Words of the headline have weight A and positions from 1, words of the body positions from `BODY_AT`; what lies
    behind `LAST_POSITION`, or beyond the size that Postgres allows, is not searched. `labels` are lexemes without a
    position that no query of a user can name.
    """
    # Positions as they are written: every word of every text passes here.
    found = {label.replace("\\", "\\\\").replace("'", "''"): "" for label in labels}
    room = _MOST_BYTES
    for text, places in ((headline or "", _HEADLINE_PLACES), (body, _BODY_PLACES)):
        for place, word_keys in zip(places, map(keys, _WORD.findall(text)), strict=False):
            for key in word_keys:
                at = found.get(key)
                if at is None:
                    room -= len(key.encode()) + 8
                    if room < 0:
                        break
                    found[key] = place
                elif len(at) < 2 * _MOST_PLACES or at.count(",") < _MOST_PLACES - 1:
                    found[key] = f"{at},{place}"
                else:
                    continue
                room -= 2
    return " ".join([f"'{key}':{at}" if at else f"'{key}'" for key, at in sorted(found.items())])
