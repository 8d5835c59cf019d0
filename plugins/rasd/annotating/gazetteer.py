"""A recogniser that knows names beforehand (`rasd.annotating.names`) and nothing else: a plain engine, and a fast one.

What it finds is nearly always right and far from all: names that no table lists stay unseen.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasd.annotating.model import Chunk, Tag, spread
from rasd.annotating.names import Match, Names, load_names, stems

# Share of its mentions that are right in type and both ends on the ANERcorp train split without its dev cut, by kind of
# place or type and by whether the name has one word or several; borders drawn by another convention count as wrong.
_CONFIDENCE = {
    ("country", False): 0.96, ("country", True): 0.76, ("city", False): 0.9, ("city", True): 0.65,
    ("LOC", False): 0.93, ("LOC", True): 0.65, ("PER", False): 0.96, ("PER", True): 0.95,
    ("ORG", False): 0.81, ("ORG", True): 0.69, ("MISC", False): 0.5, ("MISC", True): 0.5,
}  # fmt: skip


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
            entity = self._names.entities[known.key]
            kind = entity.type
            if self._is_adjective(match, tokens, entity.kind):
                continue
            words = [stems(token)[0][1] for token in tokens[match.start : match.end]]
            words[0] = next(stem for length, stem in stems(tokens[match.start]) if length == match.prefix)
            start = match.start + self._names.untitled(kind, words)
            end = match.end - self._names.nationality(known.key, words)
            sort = entity.kind if entity.kind in ("country", "city") else kind
            found.append(Chunk(kind, start, end, _CONFIDENCE[sort, end - start > 1]))
        return found

    def _is_adjective(self, match: Match, tokens: Sequence[str], kind: str) -> bool:
        """Whether a name is an adjective after a definite noun: الحكومة السعودية, الأراضي الرطبة."""
        if match.end - match.start > 1 or match.prefix or match.start == 0:
            return False
        word = stems(tokens[match.start])[0][1]
        before = stems(tokens[match.start - 1])
        is_city = kind == "city" and word.startswith("ال") and word.endswith("ه")
        if is_city and any(("LOC", stem) in self._names.titles for _, stem in before):
            return False  # العاصمة القاهرة
        return (is_city or self._names.demonym(word) is not None) and any(
            stem.startswith("ال") and len(stem) > 3 for _, stem in before
        )
