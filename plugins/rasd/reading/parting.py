"""Parting key words between which nothing but blanks stand: "القمح وزارة الزراعة أسعار الغذاء".

Between any two words one key word may end. What speaks for it and against is added up: the article and the endings of
the two words, what the text says together and what apart, names that a table has, words that announce others, and how
long the key word is already.

The weights lie in `weights/parting.csv`; `rasd.training.parting` makes them again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from rasd.arabic.text import fold
from rasd.reading.credits import is_given_name
from rasd.reading.evidence import weigh_evidence
from rasd.reading.markers import load_markers
from rasd.reading.places import places
from rasd.reading.wording import load_words
from rasd.references import reference, rows

TABLE = "parting"
Decide = Callable[[int, frozenset[str]], bool]
_PREPOSITIONS = frozenset(fold(w) for w in ("في", "على", "من", "إلى", "عن", "بين", "ضد", "مع", "عند", "حول"))
_BETWEEN_NAMES = ("بن", "ولد", "ابن", "بنت", "ال", "ابو", "عبد")
# Endings of folded words, the longer ones first; an adjective with the article follows the noun it belongs to.
_ENDINGS = ("يه", "ات", "ين", "ون", "ه", "ي", "ى", "اء", "ا")
_ADJECTIVE_ENDS = ("ي", "يه", "ى", "يون", "يين", "يات")
_LATIN = re.compile("[a-z]")
_NO_WORD = re.compile(r"\W+")
_MOST_WORDS, _LONGEST = 8, 3


def words_of_text(body: str) -> str:
    """Return the words of a folded text, a blank between them and at the ends, as `part_words` compares with."""
    return f" {_NO_WORD.sub(' ', body)} "


def part_words(words: Sequence[str], body: str, decide: Decide | None = None) -> list[int]:
    """Return how many words each key word of a row of folded words has.

    Args:
        words: the words, in order.
        body: the words of the article (`words_of_text`).
        decide: whether a key word ends behind the i-th word, by what is known of it; by the weights where not given.
    """
    lengths: list[int] = []
    so_far = 1
    for i in range(len(words) - 1):
        said = frozenset(_evidence(words, i, so_far, body))
        if decide(i, said) if decide is not None else weigh_evidence(TABLE, said) > 0:
            lengths.append(so_far)
            so_far = 0
        so_far += 1
    return [*lengths, so_far] if words else []


def _evidence(words: Sequence[str], i: int, so_far: int, body: str) -> Iterator[str]:
    """Yield what speaks for and against a key word's ending behind the i-th word, the last of so many of it."""
    word, following = words[i], words[i + 1]
    behind = words[i + 2] if i + 2 < len(words) else ""
    definite = f"article: {_is_definite(word)} {_is_definite(following)}"
    yield definite
    yield f"{definite}, ends: {_ending(word)}"
    yield f"{definite}, following ends: {_ending(following)}"
    yield f"ends: {_ending(word)} {_ending(following)}, article alike: {_is_definite(word) == _is_definite(following)}"
    yield f"{definite}, adjective: {_is_adjective(following)}"
    if following in load_words().clinging:
        yield "following clings"
    together = min(body.count(f"{word} {following} "), 3)
    yield f"said together: {together}"
    yield f"said together: {min(together, 2)}, {definite}"
    if not together:
        yield f"said apart: {f'{word} ' in body} {f'{following} ' in body}"
    if behind:
        yield f"following said together with the next: {min(body.count(f'{following} {behind} '), 2)}"
        yield f"following and next: {_is_definite(following)} {_is_definite(behind)} {_is_adjective(behind)}"
    yield f"words: {min(len(words), _MOST_WORDS)}"
    yield f"words behind: {min(len(words) - i - 1, _LONGEST)}"
    yield f"words so far: {min(so_far, _LONGEST)}"
    yield f"words so far: {min(so_far, _LONGEST)}, {definite}"
    yield f"words so far: {min(so_far, _LONGEST)}, of {min(len(words), 5)}"
    yield f"short: {len(word) < 4} {len(following) < 4}"
    yield from _by_tables(words, i, so_far, body)


def _by_tables(words: Sequence[str], i: int, so_far: int, body: str) -> Iterator[str]:
    """Yield what tables know of the words on both sides, and which words they are."""
    word, following = words[i], words[i + 1]
    known, sections = places(), load_markers().line
    names, beginnings = _names()
    yield f"place: {word in known} {following in known}"
    if following in known:
        yield f"place behind article: {_is_definite(word)}"
    own = " ".join(words[i + 1 - so_far : i + 1])
    if f"{own} {following}" in beginnings:
        yield "within a known name"
    elif own in names:
        yield f"a known name ends, words: {min(so_far, _LONGEST)}"
    if " ".join(words[i + 1 : i + 3]) in beginnings:
        yield "following begins a known name"
    yield from (f"announces: {how}" for how in _heads().get(word, ()))
    yield from (f"following announces: {how}" for how in _heads().get(following, ()))
    if is_given_name(word) or is_given_name(following):
        yield f"given names: {is_given_name(word)} {is_given_name(following)}, words so far: {min(so_far, _LONGEST)}"
    for said, one in (("", word), ("following ", following)):
        if one.isdigit():
            yield f"{said}number"
        elif _LATIN.match(one):
            yield f"{said}Latin"
        if one in _PREPOSITIONS:
            yield f"{said}preposition"
        if one in _BETWEEN_NAMES:
            yield f"{said}between names"
        if sections.get(one, ("",))[0] == "navigation":
            yield f"{said}section"
        yield f"{said}word: {one}"
    if following.startswith("لل"):
        yield "following says for what"
    if following[0] == "و" and following[1:] in known:
        yield "following begins with 'and' before a place"
    elif following[0] == "و" and len(following) > _LONGEST + 1:
        yield f"following begins with 'and': {f' {following[1:]} ' in body}"


def _is_definite(word: str) -> bool:
    return word.startswith("ال") and len(word) > _LONGEST


def _ending(word: str) -> str:
    return next((end for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 1), "another letter")


def _is_adjective(word: str) -> bool:
    """Whether a word is by its form an adjective with the article: الأوروبي, الوسطى, الأوكرانية."""
    return word in load_words().clinging or (_is_definite(word) and word.endswith(_ADJECTIVE_ENDS))


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """Return the folded names of places and organisations, and with what those of several words begin."""
    organisations = (name for row in rows(reference("names/organisations.csv"))
                     for name in (row["name"], *row["spellings"].split("|")) if name and name[0] != "?")  # fmt: skip
    names = places() | set(map(fold, organisations))
    several = [name.split() for name in names if " " in name]
    return names, frozenset(" ".join(words[:n]) for words in several for n in range(2, len(words) + 1))


@lru_cache(maxsize=1)
def _heads() -> dict[str, tuple[str, ...]]:
    """Return in which ways words announce names (`seeds/names/heads.csv`)."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows(reference("names/heads.csv")):
        for word in map(fold, row["words"].split()):
            found[word] = (*found.get(word, ()), row["how"])
    return found
