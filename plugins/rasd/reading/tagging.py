"""Key words: which lines hold them, and the tags of a tag line, also where nothing but a blank stands between them.

Most pages label their key words. Where one does not, they are told by what they are: names and nouns of the article's
own words, right below it, one a line, parted by strokes, commas or hashes, or in a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rasd.arabic.text import fold
from rasd.reading.lines import BLANK, Piece
from rasd.reading.places import places
from rasd.reading.wording import WINDOW, begins_report, load_words, shared, subject

_BETWEEN = re.compile(r"[،,؛;|•·♦+\n#/\[\]]+|\s[-–—ـ]\s|[ \xa0]{2,}|\t")
_WORD = re.compile(r"[^ \xa0]+")
_SIGNS = re.compile(r"\W+")
# An adjective with the article follows the noun it belongs to: الاتحاد الأوروبي, آسيا الوسطى, الحرب الأوكرانية.
_PREPOSITIONS = frozenset(fold(w) for w in ("في", "على", "من", "إلى", "عن", "بين", "ضد", "مع", "عند", "حول"))
_BETWEEN_NAMES = ("بن", "ولد", "ابن", "بنت")
_ADJECTIVE_ENDS = ("ي", "يه", "ى", "يون", "يين", "يات")


# Words, and what may stand between key words.
_KEY_WORDS = re.compile(r"[#•·♦+\[|\-–*\s]*[#\w][\w \xa0\-–،,#|/\"«»+♦\[\]]*")
_PARTING = re.compile(r"\s?[|،,]\s?|\s?[#•♦+\[\]]\s?|\s[-–/]\s|(?<=[^\W\d_])/(?=[^\W\d_])")
# Marks of lines that may be key words all the same: words that are names of sections elsewhere.
_OPEN = (None, "navigation", "bar", "link", "tags")
_OTHERS = ("related", "more", "comments", "source", "onward")
# Key words stand so many lines below a text at most; an entry has so many words, a row of them so many.
_BELOW, _ABOVE, _ENTRY, _ROW = 14, 6, 4, 12
_BULLETS = "#•·-–*♦+"
_BODIES = ("main_article", "related_article", "title", "tweet")
# The part of the entries that the text has to know: of several one a line, of parted ones, of the words of a row.
_LISTED, _BULLETED, _PARTED, _IN_A_ROW = 0.66, 0.5, 0.5, 0.75


def parted_key_words(text: str) -> bool:
    """Return whether a line is made of several short entries with signs between them: "طقس | مدارس | عمّان"."""
    entries = [entry.strip(BLANK) for entry in _PARTING.split(text)]
    entries = [entry for entry in entries if entry]
    return len(entries) > 1 and all(len(entry.split()) <= _ENTRY for entry in entries)


def label_key_words(pieces: Sequence[Piece], title: int | None, body: Sequence[int], end: int) -> None:
    """Label the lines around an article that hold its key words and have no label saying so.

    Args:
        pieces: all lines of the page, labelled.
        title: the article's headline.
        body: the lines of its text.
        end: where the next article begins.
    """
    context = ""
    for i in [title, *body]:
        context += " " + pieces[i].folded if i is not None and len(context) < WINDOW else ""
    times = Counter(line.folded for line in pieces)
    _label_hashes(pieces[body[-1] + 1 : end])
    below = list(_below(pieces, body[-1] + 1, min(end, body[-1] + 1 + _BELOW)))
    for run in _runs(pieces, below):
        lines = [pieces[i] for i in run]
        if any(times[line.folded] > 1 for line in lines):
            continue  # captions of one picture after the other, the site's name
        if len(run) > 1 and all(line.words <= _ENTRY for line in lines):
            least = _BULLETED if all(line.text[0] in _BULLETS for line in lines) else _LISTED
            if sum(shared(line.folded, context) > _PARTED for line in lines) >= least * len(lines):
                for line in lines:
                    line.label("tags", "one_of_several_key_words", 0)
                return
        elif any(_holds_key_words(line, context, first=i in below[:3]) for i, line in zip(run, lines, strict=True)):
            return
    for line in pieces[title + 1 if title is not None else max(0, body[0] - _ABOVE) : body[0]]:
        if line.kind in ("metadata", "navigation") and _could_hold(line) and "،" not in line.text:
            _holds_parted(line, context, least=3)


def _label_hashes(lines: Sequence[Piece]) -> None:
    for line in lines:
        if (
            line.text[0] == "#"
            and line.words <= _ENTRY
            and line.kind in ("navigation", "boilerplate")
            and _could_hold(line)
        ):
            line.label("tags", "hash_without_a_label", 0)


def _could_hold(line: Piece) -> bool:
    return line.words <= _ROW and not line.ends and not line.numbered and _KEY_WORDS.fullmatch(line.text) is not None


def _below(pieces: Sequence[Piece], start: int, end: int) -> Iterator[int]:
    """Yield the lines below a text that could hold its key words, up to what heads other stories."""
    for i in range(start, end):
        line = pieces[i]
        mark = line.mark.kind if line.mark else None
        if mark in _OTHERS:
            return
        if mark in _OPEN and line.kind not in _BODIES and _could_hold(line):
            yield i


def _runs(pieces: Sequence[Piece], lines: Sequence[int]) -> Iterator[list[int]]:
    """Yield the lines that stand together, a row of several words each by itself."""
    run: list[int] = []
    for i in lines:
        if run and (i != run[-1] + 1 or pieces[i].words > _ENTRY or pieces[run[-1]].words > _ENTRY):
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _holds_key_words(line: Piece, context: str, *, first: bool) -> bool:
    """Label a line that holds several key words of a text; say whether it does."""
    if line.kind == "tags":
        return True
    if parted_key_words(line.text):
        return _holds_parted(line, context, least=2)
    table = load_words()
    plain = all({word, word.removeprefix("و")}.isdisjoint(table.joining | table.empty) for word in line.said)
    if not (first and plain and len(subject(line.folded)) > 1 and not begins_report(line.text)):
        return False
    if shared(line.folded, context) < _IN_A_ROW:
        return False
    line.label("tags", "key_words_without_a_label", 0)
    return True


def _holds_parted(line: Piece, context: str, *, least: int) -> bool:
    if not parted_key_words(line.text):
        return False
    entries = [entry for entry in _PARTING.split(line.folded) if entry.strip()]
    if sum(shared(entry, context) > _PARTED for entry in entries) < max(least, _PARTED * len(entries)):
        return False
    line.label("tags", "key_words_without_a_label", 0)
    return True


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


def whole_tag(text: str) -> tuple[int, int]:
    """Return the range of the one tag that a line is, without its bullet."""
    return len(text) - len(text.lstrip(BLANK + "#•·*-–♦+")), len(text)


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
    if i + 2 < len(folded) and folded[i + 1] in _BETWEEN_NAMES:
        return 3  # a name: "رضا بن عودة"
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
