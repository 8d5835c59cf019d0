"""Words, numbers and marks of a text, each with its exact offsets."""

from __future__ import annotations

import re
from typing import NamedTuple

# Marks that belong to the letter before them (harakat, Quranic annotation, superscript alef, Latin accents).
MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff"
# Characters without width or meaning of their own: joiners, direction marks, soft hyphen, byte order mark.
INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
# Arabic letters as they are typed and as presentation forms; tatweel only lengthens.
ARABIC = (
    "\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08b4"
    "\ufb50-\ufdff\ufe70-\ufefc"
)

# Possessive on character classes only: Python 3.11.2, which Debian 12 ships, loses its place in a possessive group and
# took an invisible mark at a word's end into the word. No group here can give back enough to cost more than one pass.
_TOKEN = re.compile(
    rf"""
      (?:https?://|www\.)[^\s<>"«»“”{ARABIC}]++                                  # an address
    | [{ARABIC}](?:[{ARABIC}{MARKS}]|[{INVISIBLE}]++(?=[{ARABIC}{MARKS}]))*       # an Arabic word
    | \d+(?:[.,٫٬]\d+)*(?![^\W\d_{ARABIC}]|[.,٫٬]?\d)                             # a number
    | [^\W_{ARABIC}](?:[^\W_{ARABIC}]|[{MARKS}])*                                 # a word in another script, or G20
    | [^\s_{INVISIBLE}{MARKS}]                                                    # one mark
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A token: its text as written and its offsets (end exclusive) into the text it came from."""

    text: str
    start: int
    end: int


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Split `text[start:end]` into tokens; offsets are into `text`.

    A token is a run of Arabic letters with their marks, a number, a word in another script, an address, or one
    mark of punctuation. Arabic letters glued to digits or to another script are tokens of their own
    (`2025ومن`); white space, underscores (which join the words of a hashtag) and invisible characters at a
    word's edge belong to none. Proclitics stay on their word: see `rasd.arabic.clitics`.
    """
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    # What Token(…) does, without the call in between: every word of every text passes here.
    return [tuple.__new__(Token, (m[0], m.start(), m.end())) for m in found]
