"""What the furniture of a page says: markers read from `seeds/page_markers.csv`, found in one look-up a line.

Patterns are compared as sequences of folded words, so punctuation, emoji, diacritics and the spelling of
hamza do not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from rasd.arabic.text import fold
from rasd.errors import SettingError
from rasd.references import numbered_rows, reference

_WORD = re.compile(r"\w+")
# A word as it stands on the page, with its diacritics.
_WRITTEN_WORD = re.compile(r"[\w\u064b-\u0652\u0670]+")
_LABEL = re.compile(r"[:：|]\s*|\s+[-–—ـ]+\s+|[-–—](?=\s)")
# No label is looked for in a line without one of its signs.
_LABEL_SIGN = re.compile(r"[:：|/\-–—ـ]")
# A stroke also stands before names ("تصوير / فلان"), and too often elsewhere.
_STROKED_LABEL = re.compile(r"([^:/|]{2,30}?)\s*/\s*")
_MATCHES = ("line", "start", "label", "bracket", "inside", "tail", "end")
_KINDS = (
    "related", "more", "tags", "source", "published", "updated", "byline", "credit", "correction", "caption",
    "comments", "share", "navigation", "prompt", "notice", "onward", "live", "lead_in", "embed", "rights",
    "footer", "contents",
)  # fmt: skip
# Marks after which the article above them is over, unless the text clearly goes on.
CLOSING = ("source", "tags", "onward", "comments", "credit", "initials", "truncation")
# Lines that say on which day, and lines of publication facts: they stand right below a headline, or right above it.
DAYS = ("published", "updated", "date")
FACTS = (*DAYS, "byline")
# And those that say when, the hour alone among them.
TIMES = (*DAYS, "time")
# Marks that head stories of others.
HEADING_OTHERS = ("related", "more")
# Beyond this a line is a paragraph, whatever words stand in it. The longest marker line of the feeds
# known (a consent banner) has 34.
_FURNITURE_WORDS = 36
_LABEL_CHARACTERS = 40
# A value longer than this is a sentence that happens to begin with the label.
_VALUE_WORDS = {"byline": 4, "footer": 14, "credit": 10, "source": 12, "published": 16, "updated": 16, "caption": 40}
_NEEDS_NUMBER = ("published", "updated")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line is known to be. `value` is where its value starts in the line's text, or None."""

    kind: str
    text: str
    value: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Markers:
    """The rows of the marker table by the way they are looked up: folded words joined by one blank → kind, text.

    What begins a line is kept by its first word, what ends it by its last, and what stands inside by its longest.
    `kept` is what lines were found to be not long ago, by their text.
    """

    line: dict[str, tuple[str, str]] = field(default_factory=dict)
    label: dict[str, tuple[str, str]] = field(default_factory=dict)
    tail: dict[str, tuple[str, str]] = field(default_factory=dict)
    start: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    bracket: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    inside: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    end: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    kept: dict[str, Mark | None] = field(default_factory=dict)

    def find(self, text: str, words: list[str] | None = None, *, parted: bool = True) -> Mark | None:
        """Return what the line (blanks at its ends taken off; its folded `words`, if at hand) is known to be, or None.

        `parted` says whether it may have a sign that parts labels from values.

        The most telling match wins: the whole line, a label with its value, brackets, the line's beginning,
        its end, then words inside it.
        """
        if len(text) > _FURNITURE_WORDS * 12:
            return None
        if words is None:
            words = _WORD.findall(fold(text))
        if not words or len(words) > _FURNITURE_WORDS:
            return None
        return (
            self._whole(words)
            or (self._labelled(text) if parted else None)
            or self._bracketed(text, words)
            or self._beginning(text, words)
            or (self._tailed(text) if parted else None)
            or self._ending(text, words)
            or self._within(words)
        )

    def _whole(self, words: list[str]) -> Mark | None:
        if len(words) > 9:
            return None
        if found := self.line.get(" ".join(words)):
            return Mark(*found)
        bare = [word for word in words if not word.isdigit()]
        if not bare:
            return None
        if len(bare) < len(words) and (found := self.line.get(" ".join(bare))):
            return Mark(*found)
        # Several buttons or sections on one line: every word of it is one by itself.
        buttons = ("share", "navigation", "footer")
        if len(bare) > 1 and all(word in self.line and self.line[word][0] in buttons for word in bare):
            return Mark(*self.line[bare[0]])
        return None

    def _labelled(self, text: str) -> Mark | None:
        if _LABEL_SIGN.search(text, 0, _LABEL_CHARACTERS) is None:
            return None
        found = None
        sign = _LABEL.search(text, 0, _LABEL_CHARACTERS)
        if sign is not None and sign.start():
            found = self.label.get(" ".join(_WORD.findall(fold(text[: sign.start()]))))
        if found is None and (sign := _STROKED_LABEL.match(text)):
            found = self.label.get(" ".join(_WORD.findall(fold(sign[1]))))
            if found is not None and found[0] not in ("byline", "source"):
                return None
        if found is None or sign is None or found[0] == "lead_in":
            return None
        kind, pattern = found
        value = text[sign.end() :]
        if not value.strip():
            return Mark(kind, pattern)
        if value.count(" ") >= _VALUE_WORDS.get(kind, _FURNITURE_WORDS):
            return None
        if kind in _NEEDS_NUMBER and not any(c.isdigit() for c in value):
            return None
        return Mark(kind, pattern, sign.end())

    def source_of(self, text: str) -> Mark | None:
        """Return the mark of a line that is a label and the source behind it, or None."""
        found = self._labelled(text)
        return found if found is not None and found.kind == "source" and found.value is not None else None

    def _bracketed(self, text: str, words: list[str]) -> Mark | None:
        if text[0] not in "([" or text.rstrip(" .")[-1:] not in (")", "]"):
            return None
        found = self._prefix(self.bracket, words)
        return Mark(*found) if found else None

    def _beginning(self, text: str, words: list[str]) -> Mark | None:
        found = self._prefix(self.start, words)
        if found is None:
            return None
        kind, pattern = found
        if kind in _NEEDS_NUMBER and not any(c.isdigit() for c in text):
            return None
        if len(words) > _VALUE_WORDS.get(kind, _FURNITURE_WORDS):
            return None
        if kind == "tags" and text[-1] not in ".؟!:" and len(words) <= 12:
            raw = list(_WRITTEN_WORD.finditer(text))
            return Mark(kind, pattern, raw[len(_WORD.findall(pattern)) - 1].end())
        if kind == "tags":
            return None
        if kind in ("source", "byline"):
            # What names a source ends in the name; a sentence that begins alike ends in a full stop.
            if text[-1] in ".؟!":
                return None
            raw = list(_WORD.finditer(text))
            return Mark(kind, pattern, raw[min(len(_WORD.findall(pattern)), len(raw)) - 1].end())
        return Mark(kind, pattern)

    @staticmethod
    def _prefix(table: dict[str, dict[str, tuple[str, str]]], words: list[str]) -> tuple[str, str] | None:
        beginnings = table.get(words[0])
        if beginnings is None:
            return None
        for n in range(min(6, len(words)), 0, -1):
            if found := beginnings.get(" ".join(words[:n])):
                return found
        return None

    def _tailed(self, text: str) -> Mark | None:
        sign = max(text.rfind(":"), text.rfind("/"))
        if sign < 2 or text.count(" ", sign) > 5:
            return None
        before = _WORD.findall(fold(text[max(0, sign - 40) : sign]))
        for n in (1, 2):
            if found := self.tail.get(" ".join(before[-n:])):
                return Mark(*found, sign + 1 if found[0] == "source" else None)
        return None

    def _ending(self, text: str, words: list[str]) -> Mark | None:
        endings = self.end.get(words[-1])
        if endings is None or text[-1] in ".؟!" or len(words) > 25:
            return None
        for n in range(min(4, len(words)), 0, -1):
            if found := endings.get(" ".join(words[-n:])):
                return Mark(*found)
        return None

    def _within(self, words: list[str]) -> Mark | None:
        if self.inside.keys().isdisjoint(words):
            return None
        joined = f" {' '.join(words)} "
        for word in words:
            for pattern, found in self.inside.get(word, {}).items():
                if f" {pattern} " in joined:
                    return Mark(*found)
        return None


@lru_cache(maxsize=4)
def _load(path: Path) -> Markers:
    markers = Markers()
    for n, row in numbered_rows(path, ("kind", "match", "text")):
        kind, match, text = row["kind"], row["match"], row["text"]
        if kind not in _KINDS or match not in _MATCHES:
            raise SettingError(
                f"unknown marker: {kind},{match}", where=f"{path}, line {n}", do="See the file's first lines."
            )
        words = _WORD.findall(fold(text))
        if not words:
            raise SettingError(f"a marker without a word: {text}", where=f"{path}, line {n}", do="Write its words.")
        key = " ".join(words)
        if match in ("line", "label", "tail"):
            getattr(markers, match).setdefault(key, (kind, text))
        else:
            word = words[-1] if match == "end" else words[0] if match != "inside" else max(words, key=len)
            getattr(markers, match).setdefault(word, {}).setdefault(key, (kind, text))
        if match == "label":
            markers.line.setdefault(key, (kind, text))
    return markers


@lru_cache(maxsize=1)
def load_markers() -> Markers:
    """Return the marker table of `seeds/page_markers.csv`, read once.

    Raises:
        SettingError: where the file is missing or a row is not understood.
    """
    return _load(reference("page_markers.csv"))
