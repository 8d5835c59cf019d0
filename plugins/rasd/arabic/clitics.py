"""Proclitics: the letters و ف ب ل ك س that Arabic writes onto the word that follows.

Which reading of a word is right (`والي` governor, or `و` + `الي`) depends on what is known of its words; this
module only lists the readings that spelling allows, for the recogniser, the gazetteer and the search to choose from.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rasd.arabic.tokens import INVISIBLE, MARKS

CONJUNCTIONS = "وف"
PREPOSITIONS = "بلكک"
FUTURE = "س"

_SILENT = re.compile(f"[{MARKS}{INVISIBLE}ـ]")
_IMPERFECT = "يتنأاآی"  # first letters of an imperfect verb, the only thing that س precedes


class Split(NamedTuple):
    """One reading of a word as proclitics and stem.

    `length` is how many characters of the word as written are proclitics (marks on them included), 0 for none.
    `stem` is the rest; where ل swallowed the alef of the article (`للأمم`), the stem has it back (`الأمم`)
    and is one character longer than what stands in the word: `contracted` says so.
    """

    length: int
    stem: str
    contracted: bool = False


@lru_cache(maxsize=1 << 16)
def splits(word: str) -> tuple[Split, ...]:
    """Return the readings of an Arabic word that its spelling allows, the word left whole first.

    At most one conjunction (و ف), then at most one preposition (ب ل ك) or the future س before an imperfect;
    a stem keeps at least two letters. `للبنان` reads as `ل` + `لبنان` and as `ل` + `البنان`.
    """
    letters = [i for i in range(len(word)) if not _SILENT.match(word, i)] if _SILENT.search(word) else range(len(word))
    found = [Split(0, word)]
    starts = [0]
    if len(letters) >= 3 and word[letters[0]] in CONJUNCTIONS:
        starts.append(1)
        found.append(Split(letters[1], word[letters[1] :]))
    for at in starts:
        left = len(letters) - at
        if left < 3:
            continue
        first, second = word[letters[at]], word[letters[at + 1]]
        rest = word[letters[at + 1] :]
        if first in PREPOSITIONS:
            # The article after ل is written لل: its alef is gone from the page, and the mention starts at its lam.
            if first == "ل" and second == "ل" and left >= 4:
                found.append(Split(letters[at + 1], "ا" + rest, contracted=True))
            found.append(Split(letters[at + 1], rest))
        elif first == FUTURE and second in _IMPERFECT and left >= 5:
            found.append(Split(letters[at + 1], rest))
    return tuple(found)
