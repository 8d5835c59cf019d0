"""Key words: the tags of a tag line, also where nothing but a blank stands between them."""

from __future__ import annotations

import re

from rasd.arabic.text import fold
from rasd.reading.lines import BLANK
from rasd.reading.places import places
from rasd.reading.wording import load_words

_BETWEEN = re.compile(r"[،,؛;|•·\n#/]+|\s[-–—ـ]\s|[ \xa0]{2,}|\t")
_WORD = re.compile(r"[^ \xa0]+")
_SIGNS = re.compile(r"\W+")
# An adjective with the article follows the noun it belongs to: الاتحاد الأوروبي, آسيا الوسطى, الحرب الأوكرانية.
_PREPOSITIONS = frozenset(fold(w) for w in ("في", "على", "من", "إلى", "عن", "بين", "ضد", "مع", "عند", "حول"))
_ADJECTIVE_ENDS = ("ي", "يه", "ى", "يون", "يين", "يات")


def split_tags(text: str, body: str) -> list[tuple[int, int]]:
    """Return the range of each tag in the text of a tag line (its label left out).

    Where commas, dashes, strokes or hashes stand between tags, they decide. Where only blanks do, a run of words
    that stands together in the article's body is one tag; then Arabic grammar helps: an adjective with the
    article and a word with و stay with the word before them, and a noun without the article takes the next word.

    Args:
        text: the tag line's value.
        body: the article's body, folded.
    """
    separators = list(_BETWEEN.finditer(text))
    if separators:
        edges = [0, *(e for s in separators for e in (s.start(), s.end())), len(text)]
        ranges = [_trim(text, edges[n], edges[n + 1]) for n in range(0, len(edges), 2)]
        return [(start, end) for start, end in ranges if start < end]
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    if len(words) < 2:
        start, end = _trim(text, 0, len(text))
        return [(start, end)] if start < end else []
    return _by_grammar(text, words[:400], f" {_SIGNS.sub(' ', body)} ")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    signs = BLANK + "\"'«»“”.:_"
    while start < end and text[start] in signs:
        start += 1
    while end > start and text[end - 1] in signs:
        end -= 1
    return start, end


def _by_grammar(text: str, words: list[tuple[int, int]], body: str) -> list[tuple[int, int]]:
    words = [(start, end) for start, end in words if fold(text[start:end])]
    folded = [fold(text[start:end]) for start, end in words]
    known = places()
    tags: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        n = _together(folded, i, body, known)
        tags.append((words[i][0], words[i + n - 1][1]))
        i += n
    return tags


def _together(folded: list[str], i: int, body: str, known: frozenset[str]) -> int:
    """Return how many words from the i-th on are one tag."""
    for n in (4, 3, 2):
        run = folded[i : i + n]
        if len(run) == n and " ".join(run) in known:
            return n
    n = 1
    if i + 1 < len(folded):
        following = folded[i + 1]
        if _clings(following) or (following[0] == "و" and len(following) > 4 and following[1:] in known):
            n = 2
        elif folded[i] in known:
            n = 1
        elif not folded[i].startswith("ال") and not folded[i].isdigit():
            # A noun without the article, and no country: with the next word it makes a name or a genitive, unless
            # the article has that word with the one behind it instead.
            pairs = [" " + " ".join(folded[j : j + 2]) + " " for j in (i, i + 1)]
            n = 1 if pairs[0] not in body and i + 2 < len(folded) and pairs[1] in body else 2
    # A further adjective, unless it heads the next tag: الدوري الإيطالي.
    while i + n < len(folded) and _clings(folded[i + n]) and not _clings(" ".join(folded[i + n + 1 : i + n + 2])):
        n += 1
    if i + n + 1 < len(folded) and folded[i + n] in _PREPOSITIONS:
        return n + 2  # الحفاظ على البيئة
    if n == 1:
        # Nothing in grammar: words that stand together in the article are one tag.
        for more in (3, 2):
            run = folded[i : i + more]
            if len(run) == more and folded[i] not in known and f" {' '.join(run)} " in body:
                return more
    return n


def _clings(word: str) -> bool:
    if word.isdigit() or (word.startswith("لل") and len(word) > 4):
        return True  # كأس العالم 2030, جائزة نوبل للآداب
    return word in load_words().clinging or (word.startswith("ال") and len(word) > 4 and word.endswith(_ADJECTIVE_ENDS))
