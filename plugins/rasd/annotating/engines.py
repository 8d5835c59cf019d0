"""Chooses the recogniser by name, and lets several work together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec

from rasd import settings
from rasd.annotating.camel import CamelRecogniser
from rasd.annotating.gazetteer import Gazetteer
from rasd.annotating.model import Chunk, Recogniser, Tag, chunks, spread
from rasd.errors import SettingError

_SETTING = "RASD_RECOGNISER"


def load_recogniser(setting: str | None = None) -> Recogniser:
    """Return the recogniser that a setting names, loaded once per process.

    `default` (the trained model with the known names, or those alone where the model is not in the package),
    `neural`, `gazetteer`, `camel`, or several: `vote:neural+camel` (all that one of them finds) and
    `vote:neural+camel:intersection` (only what all of them find).

    Args:
        setting: the name; None takes what `RASD_RECOGNISER` says.

    Raises:
        SettingError: for an unknown name, or where an engine's data or package is missing.
    """
    return _load((setting or settings.load().recogniser).strip())


@lru_cache(maxsize=8)
def _load(name: str) -> Recogniser:
    if name.startswith("vote:"):
        engines, _, how = name.removeprefix("vote:").partition(":")
        members = [_load(part.strip()) for part in engines.split("+") if part.strip()]
        if len(members) < 2 or how not in ("", "union", "intersection"):
            raise SettingError(
                f"{name!r} names no vote",
                where=_SETTING,
                do="Write vote:neural+camel or vote:neural+camel:intersection.",
            )
        return Vote(members, unanimous=how == "intersection")
    if name not in _ENGINES:
        raise SettingError(
            f"there is no recogniser {name!r}", where=_SETTING, do=f"Use one of {', '.join(_ENGINES)}, or vote:a+b."
        )
    return _ENGINES[name]()


def _neural() -> Recogniser:
    from rasd.annotating.neural import NeuralRecogniser

    return NeuralRecogniser.load()


def _default() -> Recogniser:
    if not has_model():
        return _load("gazetteer")
    return Helped(_load("neural"), _load("gazetteer"))


def has_model() -> bool:
    """Whether the trained model is in the package."""
    if find_spec("rasd.annotating.neural") is None:
        return False
    from rasd.annotating.neural import MODEL

    return (MODEL / "config.json").is_file()


_ENGINES: dict[str, Callable[[], Recogniser]] = {
    "default": _default,
    "neural": _neural,
    "gazetteer": Gazetteer,
    "camel": CamelRecogniser.load,
}


class Helped:
    """A trained recogniser helped by the known names.

    What the first finds stands, but for these: a known name where it found nothing is added; a run that known names
    fill without a gap is theirs (رابطة الدول المستقلة | بالخارجية الروسية); a longer known name takes the place of its
    parts, and a known type that of another, where the first is not much surer. A place stays the organisation that the
    first took it for: clubs, papers and governments bear the names of cities and countries.
    """

    def __init__(self, first: Recogniser, known: Recogniser) -> None:
        self._first, self._known = first, known
        self.engine = f"{first.engine}+{known.engine}"
        self.model = f"{first.model}+{known.model}"
        self.version = f"{first.version}+{known.version}"

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        """Return one tag per token of each sentence."""
        return [
            spread(
                _helped([c for c in chunks(first) if c.confidence >= _LEAST.get(c.type, 0)], chunks(known)), len(first)
            )
            for first, known in zip(self._first.tag(sentences), self._known.tag(sentences), strict=True)
        ]


# Of what a trained recogniser finds with less confidence, a third is right; people and works are found late anyway.
_LEAST = {"LOC": 0.4, "ORG": 0.4}
# How much surer than a longer known name the model must be of a part of it. The confidence of known names of several
# words is low because annotators draw borders otherwise. With 0, .2 and 1 a model trained on gold alone had an F1 of
# 80.2, 79.9 and 79.5 on ANERcorp dev, of 96.8, 97.8 and 97.8 on the gold pages.
_MARGIN = 0.2


def _helped(first: Sequence[Chunk], known: Sequence[Chunk]) -> list[Chunk]:
    kept: list[Chunk] = []
    for chunk in first:
        inside = [k for k in known if chunk.start <= k.start and k.end <= chunk.end]
        tiled = len(inside) > 1 and sum(k.end - k.start for k in inside) == chunk.end - chunk.start
        kept += inside if tiled else [chunk]
    for chunk in known:
        touching = [c for c in kept if c.start < chunk.end and chunk.start < c.end]
        if not touching or _goes_before(chunk, touching):
            kept = [c for c in kept if c not in touching] + [chunk]
    return sorted(kept, key=lambda c: c.start)


def _goes_before(known: Chunk, others: Sequence[Chunk]) -> bool:
    """Whether a known name takes the place of the model's runs that it touches."""
    surest = max(c.confidence for c in others)
    if (others[0].start, others[-1].end) == (known.start, known.end) and len(others) == 1:
        becomes_place = known.type == "LOC" and others[0].type == "ORG"
        return known.type != others[0].type and known.confidence > surest and not becomes_place
    inside = all(known.start <= c.start and c.end <= known.end for c in others)
    return inside and known.confidence >= surest - _MARGIN


class Vote:
    """Several recognisers, each with one voice.

    A run of tokens that some of them tag alike has as confidence the share of voices it got. Where runs cross, the
    one with more voices stands, then the longer, then the earlier.
    """

    engine = "vote"

    def __init__(self, members: Sequence[Recogniser], *, unanimous: bool) -> None:
        self._members = members
        self._needed = len(members) if unanimous else 1
        joined = "&" if unanimous else "|"
        self.model = joined.join(f"{m.engine}:{m.model}" for m in members)
        self.version = joined.join(m.version for m in members)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        """Return one tag per token of each sentence."""
        ballots = zip(*(member.tag(sentences) for member in self._members), strict=True)
        return [spread(self._elected([chunks(tags) for tags in ballot]), len(ballot[0])) for ballot in ballots]

    def _elected(self, ballot: Sequence[Sequence[Chunk]]) -> list[Chunk]:
        votes = Counter((c.type, c.start, c.end) for found in ballot for c in found)
        elected: list[Chunk] = []
        ranked = sorted(votes, key=lambda run: (-votes[run], run[1] - run[2], run[1], run[0]))
        for kind, start, end in ranked:
            count = votes[kind, start, end]
            if count >= self._needed and all(end <= c.start or c.end <= start for c in elected):
                elected.append(Chunk(kind, start, end, count / len(ballot)))
        return sorted(elected, key=lambda c: c.start)
