"""Which articles tell the same text again: reprints, abridged copies, updates.

Two articles belong together if most of the shorter one stands in the longer one, word for word. Candidates are found
by winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003):
a run of `RUN + WINDOW - 1` = 16 words that two texts share is certain to give their sketches a hash in common,
whichever of them came first. Candidates are then compared exactly, by containment of their word shingles: Jaccard
similarity would miss a copy that was cut to a third.
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
# Share of the shorter text's shingles that must stand in the longer one.
SAME_STORY = 0.7
# Texts of one story share at least this part of the smaller sketch: were a word changed in every 17, the containment
# would be just .7, and each unchanged run of 16 words would still give one of its about four hashes.
LEAST_SHARED = 0.2

Relation = Literal["reprint", "abridged"]
_WORD = re.compile(r"\w+")


class Link(NamedTuple):
    """How two texts hang together: the share of the shorter that stands in the longer, and what that makes of it."""

    containment: float
    relation: Relation


def words(body: str) -> list[str]:
    """Return the folded words of a text, without punctuation."""
    return _WORD.findall(fold(body))


def shingles(text: Sequence[str]) -> frozenset[int]:
    """Return the hashes of all runs of `SHINGLE` words; a shorter text has one."""
    return frozenset(_hashes(text, SHINGLE))


def sketch(text: Sequence[str]) -> list[int]:
    """Return the smallest hash of every window of `WINDOW` runs of `RUN` words: signed 64 bits, each once, sorted."""
    hashes = list(_hashes(text, RUN))
    chosen: set[int] = set()
    window: deque[int] = deque()  # indices whose hashes rise; the first is the smallest of the window
    for i, value in enumerate(hashes):
        while window and hashes[window[-1]] >= value:
            window.pop()
        window.append(i)
        if window[0] <= i - WINDOW:
            window.popleft()
        if i >= WINDOW - 1 or i == len(hashes) - 1:
            chosen.add(hashes[window[0]])
    return sorted(chosen)


def _hashes(text: Sequence[str], length: int) -> Iterable[int]:
    for i in range(max(1, len(text) - length + 1) if text else 0):
        run = " ".join(text[i : i + length]).encode()
        yield int.from_bytes(blake2b(run, digest_size=8).digest(), "big", signed=True)


def compare(one: AbstractSet[int], other: AbstractSet[int]) -> Link | None:
    """Return how two texts hang together, given all their shingles; None if they do not."""
    shorter, longer = sorted((len(one), len(other)))
    if not shorter:
        return None
    containment = len(one & other) / shorter
    if containment < SAME_STORY:
        return None
    return Link(containment, "reprint" if shorter >= SAME_STORY * longer else "abridged")
