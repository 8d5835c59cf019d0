"""Cleaning and folding of Arabic text, with exact offsets back to where each character came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Maps offsets of a derived text back to its source.

    `runs` are triples (derived_start, source_start, length), sorted and without overlap: inside a run derived
    and source advance together. Derived characters outside all runs (a separator that was put in) have no source.
    """

    runs: tuple[tuple[int, int, int], ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source range that the derived range [start, end) came from.

        The range starts at the source of the first mapped character in it and ends after that of the last.

        Raises:
            ValueError: if no character of the range has a source.
        """
        first = self._source_at_or_after(start)
        last = self._source_at_or_before(end - 1)
        if first is None or last is None or last < first or start >= end:
            raise ValueError(f"derived range [{start}, {end}) has no source")
        return first, last + 1

    def _source_at_or_after(self, offset: int) -> int | None:
        i = bisect_right(self.runs, (offset, float("inf"), 0)) - 1
        if i >= 0:
            derived, source, length = self.runs[i]
            if offset < derived + length:
                return source + offset - derived
        return self.runs[i + 1][1] if i + 1 < len(self.runs) else None

    def _source_at_or_before(self, offset: int) -> int | None:
        i = bisect_right(self.runs, (offset, float("inf"), 0)) - 1
        if i < 0:
            return None
        derived, source, length = self.runs[i]
        return source + min(offset - derived, length - 1)

    @staticmethod
    def from_positions(positions: Iterable[int]) -> OffsetMap:
        """Build a map from one source offset per derived character (-1: the character has no source)."""
        runs: list[tuple[int, int, int]] = []
        start = source = length = 0
        for i, p in enumerate(positions):
            if length and p == source + length:
                length += 1
                continue
            if length:
                runs.append((start, source, length))
            start, source, length = i, p, int(p >= 0)
        if length:
            runs.append((start, source, length))
        return OffsetMap(tuple(runs))
