"""What changed from one text to another, word by word."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from rasd.arabic.text import fold

# Comparing costs the product of the lengths; no article of a paper is longer.
_LONGEST_WORDS = 3000
# Of what stayed the same, so many words are shown on either side of a change.
_AROUND = 12


class Change(NamedTuple):
    """A run of words: `same`, `removed` from the earlier text, `added` in the later one, or a `gap` of what stayed."""

    kind: Literal["same", "removed", "added", "gap"]
    text: str


def changes(earlier: str, later: str) -> list[Change]:
    """Compare two texts by words; marks, vowel signs and variants of letters make no difference."""
    old, new = earlier.split()[:_LONGEST_WORDS], later.split()[:_LONGEST_WORDS]
    matcher = SequenceMatcher(None, [_key(w) for w in old], [_key(w) for w in new], autojunk=False)
    found: list[Change] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += _shortened(new[c:d], is_first=c == 0, is_last=d == len(new))
        else:
            found += [Change("removed", " ".join(old[a:b]))] if b > a else []
            found += [Change("added", " ".join(new[c:d]))] if d > c else []
    return found


def _key(word: str) -> str:
    folded = fold(word)
    return "".join(c for c in folded if c.isalnum()) or folded


def _shortened(words: list[str], *, is_first: bool, is_last: bool) -> list[Change]:
    before, after = 0 if is_first else _AROUND, 0 if is_last else _AROUND
    if len(words) <= before + after + 4:
        return [Change("same", " ".join(words))]
    head, tail = words[:before], words[len(words) - after :] if after else []
    found = [Change("same", " ".join(head)), Change("gap", "…"), Change("same", " ".join(tail))]
    return [change for change in found if change.text]
