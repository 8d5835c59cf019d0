"""Phrases that name an outlet, found in lines: read from `seeds/phrases.csv`, looked up by the words of a line.

Few lines hold a word of any phrase; only in these, and only for the phrases that such a word belongs to, a pattern is
tried. So a row more costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from rasd.arabic.text import Clean, fold_with_map
from rasd.reading.lines import COMPARED, Piece
from rasd.reading.templates import Template, make, make_bare, read_rows
from rasd.reading.wording import load_words
from rasd.references import reference

_WORD = re.compile(r"\w+")
# What a phrase may be of use for, and where it is looked for; the name is the evidence that it gives to a name.
IN_FURNITURE = ("naming", "naming: of itself", "behind its sort")
IN_TEXT = (
    "told in text", "told in text, behind its sort", "told to its reporter", "told on its air", "learned in text",
    "learned in text: its doing", "tells what it does",
)  # fmt: skip
TOLD = ("told in text",)
PUBLISHED = ("published in",)
BESIDE = ("source", "taken from")
IN_SHORT_LINE = ("before the number of an issue", "ours", "its own reporter")
AT_THE_FOOT = ("first published on",)
AT_THE_HEAD = ("channel",)
PUBLISHER = ("publisher of a paper",)
# Set words of copyright lines: these hold no name, it is what the line says without them.
RIGHTS = ("rights",)
BESIDE_RIGHTS = ("beside rights",)
BEHIND_RIGHTS = ("behind rights",)
HELD_BY = ("rights held by",)
NAMELESS = (*RIGHTS, *BESIDE_RIGHTS, *BEHIND_RIGHTS, *HELD_BY)
USES = (*IN_FURNITURE, *IN_TEXT, *PUBLISHED, *BESIDE, *IN_SHORT_LINE, *AT_THE_FOOT, *AT_THE_HEAD, *PUBLISHER, *NAMELESS)


@dataclass(frozen=True, eq=False)
class Phrase:
    """A row of the table: what it is of use for, how it is written and where, a line that it is found in, the name."""

    use: str
    text: str
    example: str
    name: str
    line: int
    template: Template

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Its regular expression, made when a line first holds its words."""
        return re.compile(self.template.pattern)

    def may_stand_in(self, folded: str) -> bool:
        """Return whether a folded text has what the phrase cannot do without."""
        return all(any(map(folded.__contains__, pieces)) for pieces in self.template.needed)


@dataclass(frozen=True, slots=True)
class Found:
    """A name that a phrase found in a text: text[start:end] is the phrase with it, `use` what it is of use for."""

    use: str
    name: str
    start: int
    end: int


class Phrases:
    """The rows of a table, in the order of the file."""

    def __init__(self, rows: Sequence[Phrase]) -> None:
        self.rows = rows
        self._index: dict[tuple[str, ...], dict[str, list[Phrase]]] = {}
        self._rows: dict[tuple[str, ...], list[Phrase]] = {}

    def by_word(self, uses: tuple[str, ...]) -> dict[str, list[Phrase]]:
        """Return the phrases for some uses by the words of which one stands in all that they find."""
        if uses not in self._index:
            index = self._index[uses] = {}
            for row in self.rows:
                for word in row.template.anchors if row.use in uses else ():
                    index.setdefault(word, []).append(row)
        return self._index[uses]

    def find(self, uses: tuple[str, ...], piece: Piece) -> Iterator[Found]:
        """Yield the names that phrases for these uses find in a line, phrase by phrase."""
        yield from self.find_in(uses, piece.text, piece.said if len(piece.text) <= COMPARED else None)

    def may_stand_in(self, uses: tuple[str, ...], piece: Piece) -> bool:
        """Return whether a line has a word that phrases for these uses cannot do without; of a long one, perhaps."""
        return len(piece.text) > COMPARED or not self.by_word(uses).keys().isdisjoint(piece.said)

    def spans(self, uses: tuple[str, ...], text: str) -> list[tuple[int, int]]:
        """Return where phrases for these uses stand in a text, name or none in them, phrase by phrase."""
        folded = fold_with_map(text)
        return [
            folded.map.to_source(*found.span())
            for row in self.of_use(uses)
            if row.may_stand_in(folded.text)
            for found in row.pattern.finditer(folded.text)
        ]

    def of_use(self, uses: tuple[str, ...]) -> Sequence[Phrase]:
        """Return the phrases for some uses."""
        if uses not in self._rows:
            self._rows[uses] = [row for row in self.rows if row.use in uses]
        return self._rows[uses]

    def find_in(self, uses: tuple[str, ...], text: str, words: Sequence[str] | None = None) -> Iterator[Found]:
        """Yield the names that phrases for these uses find in a text; `words` are its words, folded, where known."""
        words = _WORD.findall(fold_with_map(text).text) if words is None else words
        index = self.by_word(uses)
        if index.keys().isdisjoint(words):
            return
        rows = {row.line: row for word in words if word in index for row in index[word]}
        folded: Clean | None = None
        for n in sorted(rows):
            row = rows[n]
            folded = folded or fold_with_map(text)
            if not row.may_stand_in(folded.text):
                continue
            for found in row.pattern.finditer(folded.text):
                at = folded.map.to_source(*found.span("name"))
                yield Found(row.use, text[slice(*at)], *folded.map.to_source(*found.span()))


@lru_cache(maxsize=4)
def read_phrases(path: Path) -> Phrases:
    """Return the phrases of a table; see `load_phrases`."""
    words = load_words()
    kinds = {"house": sorted(words.house), "press": sorted(words.press)}

    def made(row: dict[str, str]) -> Template:
        return (make_bare if row["use"] in NAMELESS else make)(row["phrase"], kinds)

    rows = read_rows(path, ("use", "phrase", "example", "name"), USES, made)
    return Phrases(
        [Phrase(row["use"], row["phrase"], row["example"], row["name"], n, template) for n, row, template in rows]
    )


def load_phrases() -> Phrases:
    """Return the table of `seeds/phrases.csv`, read once.

    Raises:
        SettingError: where the file is missing or a row is not understood; it says which, and what to do.
    """
    return read_phrases(reference("phrases.csv"))
