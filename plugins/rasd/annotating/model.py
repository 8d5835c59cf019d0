"""What a recogniser takes and gives, and what annotating a text gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, cast, get_args

EntityType = Literal["PER", "LOC", "ORG", "MISC"]
ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
# BIO over the four types: the alphabet of every recogniser here.
LABELS: tuple[str, ...] = ("O", *(f"{part}-{kind}" for kind in ENTITY_TYPES for part in "BI"))


class Tag(NamedTuple):
    """The label of one token: one of `LABELS`, with a confidence in 0..1."""

    label: str
    confidence: float = 1.0


OUTSIDE = Tag("O")


class Chunk(NamedTuple):
    """A run of tokens tagged as one name: token indices, end exclusive; confidence is that of its weakest token."""

    type: EntityType
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text. Offsets are into the text given, end exclusive, and `text[start:end] == surface`.

    Proclitics stand before `start` and are given in `prefix` as written; the article ال is inside. `title` is the
    words before the name that say what it is and do not belong to it (الرئيس, صحيفة), as written.
    """

    type: EntityType
    start: int
    end: int
    surface: str
    prefix: str
    confidence: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class Demonym:
    """A relational adjective (السعودي, الروسية, الأوروبية): no mention of the place, but linked to it.

    `place` is the key of the place's entity (`LOC/country/SA`). Offsets and `prefix` as in `Mention`.
    """

    place: str
    start: int
    end: int
    surface: str
    prefix: str


class Recogniser(Protocol):
    """Tags tokens. Its output for a sentence depends on that sentence alone, not on the batch or its order."""

    @property
    def engine(self) -> str:
        """Return the kind of recogniser (`neural`, `gazetteer`, `camel`, …)."""

    @property
    def model(self) -> str:
        """Return the name of the model or data it uses."""

    @property
    def version(self) -> str:
        """Return the version of engine and model together: another version may tag otherwise."""

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        """Return one tag per token of each sentence. Tokens carry their proclitics; an empty sentence is allowed."""


def chunks(tags: Sequence[Tag]) -> list[Chunk]:
    """Return the runs of tokens that BIO tags mark as names, in order.

    An `I-` that continues nothing of its type begins a run, as in the CoNLL evaluation.
    """
    found: list[Chunk] = []
    start, kind, weakest = -1, "", 1.0
    for i, (label, confidence) in enumerate(tags):
        part, _, this = label.partition("-")
        if part == "I" and start >= 0 and this == kind:
            weakest = min(weakest, confidence)
            continue
        if start >= 0:
            found.append(Chunk(cast(EntityType, kind), start, i, weakest))
        start, kind, weakest = (i, this, confidence) if part != "O" else (-1, "", 1.0)
    if start >= 0:
        found.append(Chunk(cast(EntityType, kind), start, len(tags), weakest))
    return found


def spread(found: Sequence[Chunk], length: int) -> list[Tag]:
    """Return BIO tags for a sentence of `length` tokens: the inverse of `chunks` for runs that do not overlap."""
    tags = [OUTSIDE] * length
    for kind, start, end, confidence in found:
        tags[start] = Tag(f"B-{kind}", confidence)
        tags[start + 1 : end] = [Tag(f"I-{kind}", confidence)] * (end - start - 1)
    return tags
