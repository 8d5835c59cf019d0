"""Which articles tell the same text again: reprints, abridged copies, updates.

Two articles belong together if most of the shorter one stands in the longer one, word for word, or if whole passages
of it do and they are versions of one report: from one outlet, or under one headline. Candidates are found
by winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003):
a run of `RUN + WINDOW - 1` = 16 words that two texts share is certain to give their sketches a hash in common,
whichever of them came first. Candidates are then compared exactly, by containment of their word shingles: Jaccard
similarity would miss a copy that was cut to a third.

Nothing here depends on which of two texts came first: dates are asked where versions are put in order.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from typing import Literal, NamedTuple

from rasd.arabic.text import fold

# Words per shingle when two texts are compared. Changing one word in a text changes five of its shingles.
SHINGLE = 5
# Words per hashed run in a sketch, and runs per window. Shorter runs are set phrases of the press, which thousands of
# unrelated articles share; these two have the product of few candidates and few hashes (about one per four words).
RUN = 10
WINDOW = 7
# A sketch is looked up by some of its hashes, its keys: the smallest of so many runs. A run of `RUN + KEY_WINDOW - 1` =
# 30 words that two texts share is certain to bring them together, with one key per eleven words. A short text, of fewer
# hashes than so many, has all of them for keys: no passage of it need be that long.
KEY_WINDOW = 21
FEW_HASHES = 32
# Share of the shorter text's shingles that must stand in the longer one.
SAME_STORY = 0.7
# Texts of one story share at least this part of the smaller sketch: were a word changed in every 17, the containment
# would be just .7, and each unchanged run of 16 words would still give one of its about four hashes.
LEAST_SHARED = 0.2
# An update keeps at least this part of the shorter text, and this part of its runs of so many words: whole sentences,
# not the mould of a daily bulletin in which the figures have changed.
UPDATE = 0.4
PASSAGE = 20
PASSAGES = 0.2
# Headlines are of one stem if so much of the shorter one's words, and so many words, stand in the other.
STEM = 0.6
STEM_WORDS = 3

Relation = Literal["reprint", "abridged", "update"]
_WORD = re.compile(r"\w+")


class Link(NamedTuple):
    """How two texts hang together: the share of the shorter that stands in the longer, and what that makes of it."""

    containment: float
    relation: Relation


class Version(NamedTuple):
    """What is compared of an article: its words, their shingles, those of its headline, and who published it."""

    body: Sequence[str]
    shingles: AbstractSet[int]
    headline: AbstractSet[str] = frozenset()
    outlets: AbstractSet[str] = frozenset()


class Sketch(NamedTuple):
    """Hashes of a text's runs, signed 64 bits, each once: its keys first, `n_keys` of them, then the others."""

    hashes: list[int]
    n_keys: int


def version(body: str, headline: str | None = None, outlets: Iterable[str] = ()) -> Version:
    """Return what is compared of an article; of its headline, the words of three letters and more."""
    text = words(body)
    stem = frozenset(word for word in words(headline or "") if len(word) > 2)
    return Version(text, shingles(text), stem, frozenset(outlets))


def words(body: str) -> list[str]:
    """Return the folded words of a text, without punctuation."""
    return _WORD.findall(fold(body))


def shingles(text: Sequence[str]) -> frozenset[int]:
    """Return the hashes of all runs of `SHINGLE` words; a shorter text has one."""
    return frozenset(_hashes(text, SHINGLE))


def sketch(text: Sequence[str]) -> Sketch:
    """Return the smallest hash of every window of `WINDOW` runs of `RUN` words, and which of them are keys."""
    hashes = list(_hashes(text, RUN))
    chosen = _smallest(hashes, WINDOW)
    keys = chosen if len(chosen) < FEW_HASHES else _smallest(hashes, KEY_WINDOW)
    return Sketch([*sorted(keys), *sorted(chosen - keys)], len(keys))


def _smallest(hashes: Sequence[int], width: int) -> set[int]:
    """Return the smallest hash of every window of so many; of fewer, the smallest of all."""
    chosen: set[int] = set()
    window: deque[int] = deque()  # indices whose hashes rise; the first is the smallest of the window
    for i, value in enumerate(hashes):
        while window and hashes[window[-1]] >= value:
            window.pop()
        window.append(i)
        if window[0] <= i - width:
            window.popleft()
        if i >= width - 1 or i == len(hashes) - 1:
            chosen.add(hashes[window[0]])
    return chosen


def _hashes(text: Sequence[str], length: int) -> Iterable[int]:
    for i in range(max(1, len(text) - length + 1) if text else 0):
        run = " ".join(text[i : i + length]).encode()
        yield int.from_bytes(blake2b(run, digest_size=8).digest(), "big", signed=True)


def compare(one: Version, other: Version) -> Link | None:
    """Return how two texts hang together; None if they do not."""
    shorter, longer = sorted((one.shingles, other.shingles), key=len)
    if not shorter:
        return None
    containment = len(shorter & longer) / len(shorter)
    if containment >= SAME_STORY:
        return Link(containment, "reprint" if len(shorter) >= SAME_STORY * len(longer) else "abridged")
    if containment >= UPDATE and _are_versions(one, other):
        return Link(containment, "update")
    return None


def _are_versions(one: Version, other: Version) -> bool:
    """Whether two texts that share a part are one report, told again: by the same outlet or under the same headline."""
    if not (one.outlets & other.outlets or _same_stem(one.headline, other.headline)):
        return False
    shorter, longer = sorted((frozenset(_hashes(one.body, PASSAGE)), frozenset(_hashes(other.body, PASSAGE))), key=len)
    return len(shorter & longer) >= PASSAGES * len(shorter)


def _same_stem(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    return len(one & other) >= max(STEM_WORDS, STEM * min(len(one), len(other)))
