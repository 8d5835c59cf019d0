"""Phrases as people write them in `seeds/phrases.csv`, made into what the regex engine looks for.

The language is explained at the head of that file. A phrase is words parted by blanks; brackets hold what may stand in
one place, braces what is no word: the name, the end of a line, any number. It is matched against folded text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TypeVar

from rasd.arabic.text import fold
from rasd.errors import SettingError
from rasd.references import numbered_rows

T = TypeVar("T")
# A character of a name: no sign that ends a sentence, no year; a full stop only inside an address.
_OF_NAME = r'(?:[^\d.,;:!?"\n]|\.(?=\w)|(?<!\d)\d{1,2}(?!\d))'
_WORD = r"[^\W\d_]+"
# What braces hold: what it looks for, and whether a blank may be missing before it and behind it.
_SLOTS = {
    "name": (rf'"?(?P<name>(?=\w|"){_OF_NAME}{{2,60}}?)"?', False),
    "words": (rf"(?P<name>(?:{_WORD} ){{0,3}}?{_WORD}(?: \d{{1,2}}(?!\d))?)", False),
    "quoted": (r'"(?P<name>[^"\n]{2,40})"', False),
    "bracketed": (r"\((?P<name>[^()\d\n]{2,40})\)", False),
    "few": (r"\S+(?:\s\S+){0,2}", False),
    "adjective": (r"(?!ال)[^\W\d_]{2,}(?:يه|ي)(?!\w)", False),
    "number": (r"\d+", False),
    "any": (r"[^\n]{0,60}?", True),
    "sign": (r"\s*[-|/:,(]?\s*", True),
    "stop": (r"\s*(?:[.,;:!?|]|-\s|$)", True),
    "bracket": (r"\s*[(\[]", True),
    "start": (r"^", True),
    "end": (r"[\s.]*$", True),
}
_NAMES = ("name", "words", "quoted", "bracketed", "press")
# Letters that may be written to the front of a phrase's first word.
_PROCLITICS = tuple(map("".join, product(("", "و", "ف"), ("", "ب", "ل", "ك"))))
_BEFORE_FIRST = r"(?<!\w)[وف]?[بلك]?"
_OPENING, _CLOSING = "([{", ")]}"
# A word of a phrase is written in so many ways at most, for it to be looked up among a line's words.
_WAYS = 400
# Of so many pieces of text at most one is looked for in a line before its phrase is.
_PIECES = 24


class PhraseError(ValueError):
    """A phrase that is not understood; its message says what is wrong, `do` what to do."""

    def __init__(self, wrong: str, do: str) -> None:
        super().__init__(wrong)
        self.do = do


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a word: `letters` (folded), what brackets hold (`choices`), or a `slot`; then what may be with it."""

    letters: str = ""
    choices: tuple[tuple[_Word, ...], ...] = ()
    slot: str = ""
    optional: bool = False
    again: bool = False
    open: bool = False


_Word = tuple[_Part, ...]
# Lists of words that braces may name.
Kinds = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Template:
    """A phrase made ready.

    `pattern` is its regular expression, over folded text; its group `name`, where it has one, is the name.
    `anchors` are words one of which stands in whatever it finds, and `needed` pieces of text likewise.
    """

    pattern: str
    anchors: frozenset[str]
    needed: tuple[tuple[str, ...], ...]


def make(phrase: str, kinds: Kinds) -> Template:
    """Return a phrase made ready.

    Args:
        phrase: as it is written.
        kinds: the lists of words that braces may name, by their names.

    Raises:
        PhraseError: where it is not understood.
    """
    words = _read(phrase, kinds)
    slots = [slot for slot in _slots(words) if slot in _NAMES]
    if len(slots) > 1:
        raise PhraseError(f"several names in one phrase: {', '.join(slots)}", "Write a row for each.")
    if not slots:
        raise PhraseError("no name in it", "Write {name} where the name stands.")
    first = next((word for word in words if not _is(word, "start")), ())
    if first and first[0].slot in _NAMES and not _is(words[0], "start"):
        raise PhraseError("nothing stands before the name", "Write {start} before it, or words.")
    anchors, needed = _anchors(words, kinds)
    if not anchors:
        raise PhraseError("no whole word always stands in it", "Write one that is neither in [ ] nor has a *.")
    return Template(_compiled(words, kinds), anchors, needed)


def make_bare(phrase: str, kinds: Kinds) -> Template:
    """Return a phrase made ready that holds no name; see `make`.

    Raises:
        PhraseError: where it is not understood.
    """
    words = _read(phrase, kinds)
    if any(slot in _NAMES for slot in _slots(words)):
        raise PhraseError("a name where none is looked for", "Write the words alone.")
    return Template(_compiled(words, kinds), *_anchors(words, kinds))


@dataclass(frozen=True, slots=True)
class LabelTemplate:
    """A label made ready: its expression over folded text, with the sign behind it, and the words it begins with."""

    pattern: str
    first: frozenset[str]


def make_label(phrase: str, kinds: Kinds) -> LabelTemplate:
    """Return a label made ready; where it is written with a colon at its end, a sign has to follow it.

    Raises:
        PhraseError: where it is not understood.
    """
    bare = phrase.rstrip().removesuffix(":")
    words = _read(bare, kinds)
    if any(slot in _NAMES for slot in _slots(words)):
        raise PhraseError("a name in a label", "Write what stands before the name alone.")
    first = _forms(words[0], kinds, whole=True, led=True) if words else []
    if not first:
        raise PhraseError("it does not begin with whole words", "Write no [ ] nor * for its first word.")
    behind = r"\s*[:/_-]\s*" if bare != phrase.rstrip() else r",?\s*(?:[:/,-]\s*|(?=\s))"
    # A stroke below the line parts the two, too.
    made = _of(words, kinds, begun=False).replace(r"(?!\w)", r"(?![^\W_])")
    return LabelTemplate(made + behind, frozenset(first))


# ------------------------------------------------------------------------------------------- rows of tables of phrases


def read_rows(
    path: Path, fields: tuple[str, ...], kinds: Sequence[str], make_row: Callable[[dict[str, str]], T]
) -> Iterator[tuple[int, dict[str, str], T]]:
    """Yield the rows of a table of phrases with their lines and what is made of each.

    Its first field is one of a few words, its second the phrase.

    Raises:
        SettingError: where a row has another word or a phrase that is not understood, or the file is not such a table;
            see `numbered_rows`.
    """
    for n, row in numbered_rows(path, fields):
        where, (kind, phrase) = f"{path}, line {n}", fields[:2]
        if row[kind] not in kinds:
            raise SettingError(f"no {kind} is '{row[kind]}'", where=where, do=f"Write one of: {'; '.join(kinds)}.")
        try:
            made = make_row(row)
        except PhraseError as error:
            raise SettingError(f"'{row[phrase]}' is not understood: {error}", where=where, do=error.do) from error
        yield n, row, made


# ----------------------------------------------------------------------------------------------------------- reading it


def _read(phrase: str, kinds: Kinds) -> tuple[_Word, ...]:
    words, rest = _sequence(phrase, 0, kinds)
    if phrase[rest : rest + 1] == "/":
        raise PhraseError("a / parts words outside of brackets", "Write (this/that).")
    if rest < len(phrase):
        raise PhraseError(f"'{phrase[rest]}' closes what is not open", "Write its opening bracket before it.")
    return words


def _sequence(text: str, at: int, kinds: Kinds) -> tuple[tuple[_Word, ...], int]:
    """Return the words from there on and where they end: at the phrase's end, a stroke, or a closing bracket."""
    words: list[_Word] = []
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        if text[at] in "/)]":
            break
        word, at = _word(text, at, kinds)
        words.append(word)
    return tuple(words), at


def _word(text: str, at: int, kinds: Kinds) -> tuple[_Word, int]:
    parts: list[_Part] = []
    while at < len(text) and not text[at].isspace() and text[at] not in "/)]":
        sign = text[at]
        if sign == "{":
            end = text.find("}", at)
            if end < 0:
                raise PhraseError("a { is not closed", "Write } behind the word that it opens.")
            slot = text[at + 1 : end]
            if slot not in _SLOTS and slot not in kinds:
                known = ", ".join((*_SLOTS, *kinds))
                raise PhraseError(f"nothing is known as {{{slot}}}", f"Write one of {known}.")
            parts.append(_Part(slot=slot))
            at = end + 1
        elif sign in "([":
            choices, at = _choices(text, at, kinds)
            again = sign == "[" and text[at : at + 1] == "*"
            parts.append(_Part(choices=choices, optional=sign == "[", again=again))
            at += again
        elif sign == "*":
            if not parts or not parts[-1].letters:
                raise PhraseError("a * with no letters before it", "Write it right behind letters, or behind ].")
            parts[-1] = _Part(letters=parts[-1].letters, open=True)
            at += 1
        elif sign == "}":
            raise PhraseError("a } that nothing opens", "Write { before the word.")
        else:
            end = at
            while end < len(text) and not text[end].isspace() and text[end] not in "*/([{)]}":
                end += 1
            parts.append(_Part(letters=fold(text[at:end])))
            at = end
    return tuple(parts), at


def _choices(text: str, at: int, kinds: Kinds) -> tuple[tuple[tuple[_Word, ...], ...], int]:
    """Return what brackets that open there hold, and where they end."""
    closing = _CLOSING[_OPENING.index(text[at])]
    found = []
    while True:
        words, at = _sequence(text, at + 1, kinds)
        if at == len(text):
            raise PhraseError(f"a bracket is not closed: {closing} is missing", "Close it.")
        if not words:
            raise PhraseError("brackets with nothing in them, or nothing beside a /", "Write a word there.")
        found.append(words)
        if text[at] == "/":
            continue
        if text[at] != closing:
            raise PhraseError(f"{text[at]} stands where {closing} has to", "Close brackets in the order they opened.")
        # What begins alike is looked for in its longest form first.
        return tuple(sorted(found, key=len, reverse=True)), at + 1


def _slots(words: Sequence[_Word]) -> Iterator[str]:
    for word in words:
        for part in word:
            if part.slot:
                yield part.slot
            for choice in part.choices:
                yield from _slots(choice)


# ------------------------------------------------------------------------------------------------------- looking for it


def _is(word: _Word, slot: str) -> bool:
    return len(word) == 1 and word[0].slot == slot


def _unspaced(word: _Word) -> bool:
    """Return whether no blank has to stand before it: it is a sign, or a place on the line."""
    first = word[0]
    return (first.slot in _SLOTS and _SLOTS[first.slot][1]) or (first.letters != "" and not first.letters[0].isalnum())


def _compiled(words: Sequence[_Word], kinds: Kinds) -> str:
    begins_line = bool(words) and _is(words[0], "start")
    first = words[1:2] if begins_line else words[:1]
    clitics = _BEFORE_FIRST if first and not _unspaced(first[0]) and first[0][0].slot not in _NAMES else ""
    if begins_line:
        return "^" + clitics + _of(words[1:], kinds, begun=False)
    return clitics + _of(words, kinds, begun=False)


def _of(words: Sequence[_Word], kinds: Kinds, *, begun: bool) -> str:
    """Return the expression of words; `begun` says that a blank has to stand before the first."""
    made = []
    for n, word in enumerate(words):
        if len(word) == 1 and word[0].choices:
            part = word[0]
            blank_behind = not begun and part.optional and n + 1 < len(words)
            one = "|".join(_of(choice, kinds, begun=begun) + (r"\s+" * blank_behind) for choice in part.choices)
            made.append(f"(?:{one})" + ("*" if part.again else "?" if part.optional else ""))
            begun = begun or not part.optional
        elif _unspaced(word):
            made.append(_of_word(word, kinds))
            begun = False
        else:
            made.append((r"\s+" if begun else r"(?<!\w)" if n else "") + _of_word(word, kinds))
            begun = True
    return "".join(made)


def _of_word(word: _Word, kinds: Kinds) -> str:
    made = ""
    for n, part in enumerate(word):
        if part.slot:
            made += (r"\s*" if n else "") + _of_slot(part.slot, kinds)
        elif part.choices:
            one = "|".join(_letters_of(choice, kinds) for choice in part.choices)
            made += f"(?:{one})" + ("*" if part.again else "?" if part.optional else "")
        elif part.letters.isalnum():
            made += re.escape(part.letters) + (r"\w*" if part.open else "")
        else:
            made += rf"\s*{re.escape(part.letters)}\s*"
    last = word[-1]
    ends = (last.letters.isalnum() and not last.open) or last.choices or last.slot in kinds
    return made + (r"(?!\w)" if ends else "")


def _letters_of(choice: tuple[_Word, ...], kinds: Kinds) -> str:
    """Return the expression of a choice inside of a word: nothing has to end where it ends."""
    made = _of(choice, kinds, begun=False)
    return made.removesuffix(r"(?!\w)")


def _of_slot(slot: str, kinds: Kinds) -> str:
    if slot == "press":
        press = "|".join(map(re.escape, sorted(set(kinds["press"]))))
        return rf"(?P<name>(?:{_WORD} ){{1,3}}?(?:{press}))(?!\w)"
    if slot in kinds:
        return f"(?:{'|'.join(re.escape(word) for word in dict.fromkeys(kinds[slot]))})"
    return _SLOTS[slot][0]


# -------------------------------------------------------------------------------------- what is surely in what it finds


def _anchors(words: Sequence[_Word], kinds: Kinds) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    """Return the words one of which stands in whatever a phrase finds, and its pieces of text that do likewise."""
    whole, pieces = [], []
    for n, word in enumerate(words):
        forms = _forms(word, kinds, whole=True)
        if forms and not any(map(_is_begun, words[:n])):
            forms = [led + form for led in _PROCLITICS for form in forms]
        if forms:
            whole.append(forms)
        if parts := _forms(word, kinds, whole=False):
            pieces.append(tuple(dict.fromkeys(parts)))
    best = max(whole, key=lambda forms: (min(map(len, forms)), -len(forms)), default=[])
    return frozenset(best), tuple(part for part in pieces if len(part) <= _PIECES)


def _is_begun(word: _Word) -> bool:
    """Return whether what follows a word is not the first of its phrase."""
    return not _is(word, "start") and not (len(word) == 1 and word[0].optional)


def _forms(word: _Word, kinds: Kinds, *, whole: bool, led: bool = False) -> list[str]:
    """Return all forms of a word, or pieces one of which is in each of its forms; nothing where there are none.

    Of choices of several words the word is taken that fewest lines have or, `led`, the first.
    """
    if len(word) == 1 and word[0].choices and led:
        firsts = [] if word[0].optional else [_forms(choice[0], kinds, whole=True) for choice in word[0].choices]
        return [form for forms in firsts for form in forms] if all(firsts) else []
    if len(word) == 1 and word[0].choices:
        return [] if word[0].optional else _forms_of_choices(word[0], kinds, whole=whole)
    ways = [""]
    for n, part in enumerate(word):
        if part.slot in kinds and part.slot != "press":
            more: Sequence[str] = kinds[part.slot]
        elif part.slot or not (part.letters or "x").isalnum():
            # What marks or brackets set off is a word of its own.
            return ways if n == len(word) - 1 and part.slot in ("quoted", "bracketed") and ways != [""] else []
        elif part.choices:
            if any(len(choice) > 1 for choice in part.choices):
                return []
            more = [form for choice in part.choices for form in _forms(choice[0], kinds, whole=True)]
            if len(more) < len(part.choices):
                return []
            more = [*more, ""] if part.optional else more
        else:
            more = [part.letters]
        ways = [way + one for way in ways for one in more]
        if part.open:
            return [] if whole else ways
        if len(ways) > _WAYS:
            return []
    return ways


def _forms_of_choices(part: _Part, kinds: Kinds, *, whole: bool) -> list[str]:
    found = []
    for choice in part.choices:
        best = max((_forms(word, kinds, whole=whole) for word in choice), key=_shortest)
        if not best:
            return []
        found += best
    return found


def _shortest(forms: Sequence[str]) -> int:
    """Return how long the shortest of several words is: the longer, the fewer lines have any of them."""
    return min(map(len, forms), default=0)
