"""Which articles tell the same text again: reprints, abridged copies, updates.

Two articles belong together if most of the shorter one stands in the longer one, word for word. Candidates are found
by winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003):
whatever two texts share, a run of `SHINGLE + WINDOW - 1` words in common is certain to give them a hash in common,
whichever of them came first. Candidates are then compared exactly, by containment of their word shingles: Jaccard
similarity would miss a copy that was cut to a third.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from hashlib import blake2b
from typing import Literal, NamedTuple

from rasd.arabic.text import fold

SHINGLE = 5
WINDOW = 12
# Share of the shorter text's shingles that must stand in the longer one.
SAME_STORY = 0.7

Relation = Literal["reprint", "abridged"]
_WORD = re.compile(r"\w+")


class Link(NamedTuple):
    """How two texts hang together: the share of the shorter that stands in the longer, and what that makes of it."""

    containment: float
    relation: Relation


def shingles(body: str) -> list[int]:
    """Return a signed 64-bit hash for every run of `SHINGLE` folded words, in text order; a shorter text has one."""
    words = _WORD.findall(fold(body))
    if not words:
        return []
    return [
        int.from_bytes(blake2b(" ".join(words[i : i + SHINGLE]).encode(), digest_size=8).digest(), "big", signed=True)
        for i in range(max(1, len(words) - SHINGLE + 1))
    ]


def winnow(hashes: Sequence[int]) -> list[int]:
    """Return the smallest hash of every window of `WINDOW` consecutive ones, each once, sorted."""
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


def compare(one: Sequence[int], other: Sequence[int]) -> Link | None:
    """Return how two texts hang together, given all their shingles; None if they do not."""
    a, b = set(one), set(other)
    shorter, longer = min(len(a), len(b)), max(len(a), len(b))
    if not shorter:
        return None
    containment = len(a & b) / shorter
    if containment < SAME_STORY:
        return None
    return Link(containment, "reprint" if shorter >= SAME_STORY * longer else "abridged")
