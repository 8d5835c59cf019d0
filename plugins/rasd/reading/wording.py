"""What the words of a line say: whether it begins or goes on with a story, and whether two texts share a subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from rasd.arabic.text import fold, fold_anew
from rasd.errors import SettingError
from rasd.memo import Memo
from rasd.references import numbered_rows, reference

# The days of the week, as patterns.
WEEKDAYS = "ال(?:سبت|[أا]حد|[إا]?ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)"
WEEKDAYS_ENGLISH = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"

_WORD = re.compile(r"\w+")
# Letters written to the front of an Arabic word (and, then, with, for, like, the), and endings of number, gender and
# possession after folding. The longest that a word has is taken; what is left must keep three letters.
_PROCLITICS = frozenset(("وبال", "وكال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "ك"))
_ENDINGS = frozenset((
    "ياته", "اتها", "اته", "يين", "يون", "تها", "ته", "ها", "هم", "ات", "ين", "ون", "يه", "ان", "ه", "ي", "ا",
))  # fmt: skip
_LONGEST_AFFIX, _LEFT = 4, 3
# Words with other letters at their ends have none.
_PROCLITIC_LETTERS = frozenset(one[0] for one in _PROCLITICS)
_ENDING_LETTERS = frozenset(one[-1] for one in _ENDINGS)
# A heading is compared with so much text on either side of it: enough for a page of news, and bounded,
# so that a page of many megabytes is still read in linear time.
WINDOW = 5000
# What leads to a source has more words than this that say so: one may name both a written thing and where it stands.
_TOLD_OF_SOURCE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Folded words and openings by what they do; see `seeds/words.csv`."""

    reporting: frozenset[str]
    continuing: frozenset[str]
    opening: frozenset[str]
    empty: frozenset[str]
    clinging: frozenset[str]
    itself: frozenset[str]
    address: frozenset[str]
    sort: frozenset[str]
    press: frozenset[str]
    joining: frozenset[str]
    nobody: frozenset[str]
    desk: frozenset[str]
    noun: frozenset[str]
    unnamed: frozenset[str]
    nameless: frozenset[str]
    part: frozenset[str]
    masthead: frozenset[str]
    remark: frozenset[str]
    common: frozenset[str]
    collection: frozenset[str]
    leading: frozenset[str]
    piece: frozenset[str]
    whereabouts: frozenset[str]
    house: frozenset[str]
    scene: frozenset[str]
    telling: frozenset[str]
    area: frozenset[str]
    summary: frozenset[str]
    describing: frozenset[str]
    concern: frozenset[str]
    bulletin: frozenset[str]
    home: frozenset[str]
    follower: frozenset[str]
    own: frozenset[str]
    particle: frozenset[str]
    given: frozenset[str]
    calling: frozenset[str]
    profession: frozenset[str]
    author: frozenset[str]
    staff: frozenset[str]
    written: frozenset[str]
    behind: frozenset[str]
    sheet: frozenset[str]
    agency: frozenset[str]
    institution: frozenset[str]
    title: frozenset[str]
    elsewhen: frozenset[str]
    posting: frozenset[str]


@lru_cache(maxsize=4)
def _load(path: Path) -> Words:
    found: dict[str, set[str]] = {kind.name: set() for kind in fields(Words)}
    for n, row in numbered_rows(path, ("kind", "word")):
        if row["kind"] not in found:
            raise SettingError(
                f"unknown kind of word: {row['kind']}", where=f"{path}, line {n}", do="See the file's first lines."
            )
        found[row["kind"]].add(" ".join(_WORD.findall(fold(row["word"]))))
    return Words(**{kind: frozenset(words) for kind, words in found.items()})


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Return the words of `seeds/words.csv`, folded, read once.

    Raises:
        SettingError: where the file is missing or a row is not understood.
    """
    return _load(reference("words.csv"))


_FOLDED: Memo[str] = Memo(fold_anew, 1 << 14)


def first_words(text: str, most: int) -> list[str]:
    """Return the first words of a short text, folded; no more of it is folded than they take."""
    chunks = text.split(None, most)
    rest = chunks.pop() if len(chunks) > most else ""
    folded = list(map(_FOLDED.__getitem__, chunks))
    words = folded if all(map(str.isalnum, folded)) else _WORD.findall(" ".join(folded))
    if rest and len(words) < most:
        words += first_words(rest, most - len(words))
    return words[:most]


def begins_report(text: str) -> bool:
    """Return whether the text begins as a news lead does: with a reporting verb and no `and` before it."""
    first = first_words(text[:40], 1)
    return bool(first) and first[0] in load_words().reporting


@lru_cache(maxsize=1)
def continuing_words() -> frozenset[str]:
    """Return the first words of what goes on with a story."""
    return frozenset(opening.partition(" ")[0] for opening in load_words().continuing)


def goes_on(text: str) -> bool:
    """Return whether the text begins as the next paragraph of a story does ("and he added", "for his part")."""
    words = load_words()
    start = first_words(text[:60], 3)
    if not start:
        return False
    first = start[0]
    if first in continuing_words() and any(" ".join(start[:n]) in words.continuing for n in (1, 2, 3)):
        return True
    return first[0] in "وف" and len(first) > 3 and first[1:] in words.reporting


def speaks_of_itself(text: str) -> bool:
    """Return whether the text speaks of its writer or of the site, or to the reader."""
    itself = load_words().itself
    words = _WORD.findall(fold(text[:400]))
    return bool(words) and (
        any(word in itself for word in words[:4])
        or any(word in itself and word.endswith(("نا", "كم")) for word in words)
    )


def remarks(words: Sequence[str]) -> bool:
    """Return whether folded words speak of the page as a site does around its texts: who it is, what is allowed."""
    phrases = [phrase for first in _remarks_by_word().keys() & words for phrase in _remarks_by_word()[first]]
    if not phrases:
        return False
    said = f" {' '.join(words)} "
    return any(phrase in said for phrase in phrases)


def leads_to_source(words: Sequence[str]) -> bool:
    """Return whether folded words lead a reader to where a text was printed first: "النص عند ناشره، انقر هنا"."""
    table = load_words()
    led = table.leading.intersection(words)
    piece, where = table.piece.intersection(words), table.whereabouts.intersection(words)
    return bool(led and piece and where) and len(led | piece | where) > _TOLD_OF_SOURCE


@lru_cache(maxsize=1)
def _remarks_by_word() -> dict[str, list[str]]:
    """Return the remarks, each between blanks, by their longest words: few lines have any of these."""
    found: dict[str, list[str]] = {}
    for phrase in sorted(load_words().remark):
        found.setdefault(max(phrase.split(), key=len), []).append(f" {phrase} ")
    return found


def is_part(folded: str) -> bool:
    """Return whether a folded line heads a part of a text by what it says: "the question", "ingredients"."""
    return len(folded) < 30 and " ".join(_WORD.findall(folded)) in load_words().part


def speaks_to_reader(folded: str) -> bool:
    """Return whether a short folded text asks or tells its reader something ("follow us", "did you like this?")."""
    address = load_words().address
    words = first_words(folded[:80], 5)
    if not words:
        return False
    if words[0] in address:
        return True
    return any(word.endswith(("ك", "كم", "ت", "تم")) for word in address.intersection(words))


def calls_the_reader(folded: str) -> bool:
    """Return whether a folded text does so beyond doubt: "شارك" may be "he took part", "شاركونا" may not."""
    address = load_words().address
    words = _WORD.findall(folded[:300])
    return any(word in address and word.endswith(("ك", "كم", "تم", "نا", "وا")) for word in words) or (
        bool(words) and words[0] == "عذرا"
    )


@lru_cache(maxsize=1)
def _posting() -> frozenset[str]:
    return frozenset(map(core, load_words().posting))


def announces_post(text: str) -> bool:
    """Return whether words before a colon speak of a post of a network: "وكتب الوزير على حسابه في إكس"."""
    return not _posting().isdisjoint(map(core, _WORD.findall(fold(text))))


@lru_cache(maxsize=1 << 14)
def core(word: str) -> str:
    """Return a folded word without what is written to its front, and without one ending."""
    if word[:1] in _PROCLITIC_LETTERS:
        for length in range(min(_LONGEST_AFFIX, len(word) - _LEFT), 0, -1):
            if word[:length] in _PROCLITICS:
                word = word[length:]
                break
    if word[-1:] in _ENDING_LETTERS:
        for length in range(min(_LONGEST_AFFIX, len(word) - _LEFT), 0, -1):
            if word[-length:] in _ENDINGS:
                return word[:-length]
    return word


def _said_by(word: str) -> str:
    """Return the core of a folded word, or nothing where it says nothing of a subject."""
    return core(word) if len(word) > 2 and word not in load_words().empty and not word.isdigit() else ""


CORES: Memo[str] = Memo(_said_by)


@lru_cache(maxsize=1024)
def subject(folded: str) -> tuple[str, ...]:
    """Return the cores of the words that say what a folded text is about, in order, each once."""
    cores = dict.fromkeys(map(CORES.__getitem__, _WORD.findall(folded)))
    cores.pop("", None)
    return tuple(cores)


def shared(folded: str, context: str) -> float:
    """Return which part of a text's subject stands in the context, in 0..1; both are folded already."""
    cores = subject(folded)
    return sum(map(context.__contains__, cores)) / len(cores) if cores else 0.0
