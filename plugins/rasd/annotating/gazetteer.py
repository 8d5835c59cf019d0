"""A recogniser that knows names beforehand (`rasd.annotating.names`) and nothing else: a plain engine, and a fast one.

What it finds is nearly always right and far from all: names that no table lists stay unseen.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasd.annotating.model import Chunk, Tag, spread
from rasd.annotating.names import Match, Names, load_names, stems

# Share of its mentions that are right on the ANERcorp dev cut, see `rasd.annotating.evaluate`.
_CONFIDENCE = 0.9


class Gazetteer:
    """Tags the names of the tables in `seeds/names`, the longest at each place."""

    engine = "gazetteer"
    model = "names"

    def __init__(self, names: Names | None = None) -> None:
        self._names = names or load_names()
        self.version = self._names.version

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        """Return one tag per token of each sentence."""
        return [spread(self._chunks(sentence), len(sentence)) for sentence in sentences]

    def _chunks(self, tokens: Sequence[str]) -> list[Chunk]:
        found = []
        for match in self._names.matches(tokens):
            known = next(form for form in match.forms if not form.weak)
            kind = self._names.entities[known.key].type
            if self._is_adjective(match, tokens):
                continue
            words = [stems(token)[0][1] for token in tokens[match.start : match.end]]
            words[0] = next(stem for length, stem in stems(tokens[match.start]) if length == match.prefix)
            start = match.start + self._names.untitled(kind, words)
            end = match.end - (self._names.nationality(known.key, words) if kind == "ORG" else 0)
            found.append(Chunk(kind, start, end, _CONFIDENCE))
        return found

    def _is_adjective(self, match: Match, tokens: Sequence[str]) -> bool:
        """Whether a country's name is its adjective here: السعودية after a definite noun (الحكومة السعودية)."""
        if match.end - match.start > 1 or match.prefix or match.start == 0:
            return False
        word = stems(tokens[match.start])[0][1]
        before = stems(tokens[match.start - 1])
        return self._names.demonym(word) is not None and any(
            stem.startswith("ال") and len(stem) > 3 for _, stem in before
        )
