"""Labels before names in lines of credits, and what they say of who bears the name: read from `seeds/labels.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rasd.arabic.text import fold, fold_with_map
from rasd.reading.templates import LabelTemplate, make_label, read_rows
from rasd.references import reference

LABELS = ("by", "edited", "reviewed", "translated", "pictured", "presented")
# What may stand before a label on its line.
_FIRST_WORD = re.compile(r"\s*(?:\*\s*)?([^\W_]+)")


@dataclass(frozen=True, slots=True)
class Label:
    """A row of the table: what it says, how it is written, a line that it stands in, the name there."""

    label: str
    text: str
    example: str
    name: str
    template: LabelTemplate


@dataclass(frozen=True, slots=True)
class Labels:
    """The rows of the table, and their expressions by the words with which they begin."""

    rows: tuple[Label, ...]
    by_word: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]

    def find(self, text: str) -> tuple[str, int] | None:
        """Return what the label says with which a text begins, and where what it stands before begins, or None.

        Of several the longest counts: "إعداد وتقديم" before "إعداد".
        """
        folded = fold(text)
        first = _FIRST_WORD.match(folded)
        if first is None or (rows := self.by_word.get(first[1])) is None:
            return None
        found = [(label, hit.end()) for label, pattern in rows if (hit := pattern.match(folded, first.start(1)))]
        if not found:
            return None
        label, end = max(found, key=lambda one: one[1])
        return label, end if len(folded) == len(text) else fold_with_map(text).map.to_source(0, end)[1]


@lru_cache(maxsize=4)
def read_labels(path: Path) -> Labels:
    """Return the labels of a table; see `load_labels`."""
    rows: list[Label] = []
    by_word: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}
    fields = ("label", "words", "example", "name")
    for _, row, template in read_rows(path, fields, LABELS, lambda row: make_label(row["words"], {})):
        pattern = re.compile(template.pattern)
        for word in template.first:
            by_word[word] = (*by_word.get(word, ()), (row["label"], pattern))
        rows.append(Label(row["label"], row["words"], row["example"], row["name"], template))
    return Labels(tuple(rows), by_word)


@lru_cache(maxsize=1)
def load_labels() -> Labels:
    """Return the table of `seeds/labels.csv`, read once.

    Raises:
        SettingError: where the file is missing or a row is not understood; it says which, and what to do.
    """
    return read_labels(reference("labels.csv"))
