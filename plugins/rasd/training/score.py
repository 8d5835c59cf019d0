"""How well a recogniser does on annotated sentences, and whether its confidence can be believed. No torch here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rasd.annotating.model import ENTITY_TYPES, Recogniser, Tag, chunks
from rasd.training.corpora import Sentence


@dataclass
class Score:
    """Counts of mentions by type, and the measures that follow from them."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)

    def measures(self, kind: str | None = None) -> tuple[float, float, float]:
        """Return precision, recall and F1 in per cent, of one type or of all."""
        right, found, wanted = (
            (sum(c.values()) if kind is None else c[kind]) for c in (self.right, self.found, self.wanted)
        )
        precision = 100 * right / found if found else 0.0
        recall = 100 * right / wanted if wanted else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def score_bio(sentences: Sequence[Sequence[tuple[str, str]]], recogniser: Recogniser) -> Score:
    """Return the score on sentences of words and labels."""
    score = Score()
    tagged = recogniser.tag([[word for word, _ in sentence] for sentence in sentences])
    for sentence, tags in zip(sentences, tagged, strict=True):
        wanted = {c[:3] for c in chunks([Tag(label) for _, label in sentence])}
        found = {c[:3] for c in chunks(tags)}
        score.wanted.update(kind for kind, _, _ in wanted)
        score.found.update(kind for kind, _, _ in found)
        score.right.update(kind for kind, _, _ in wanted & found)
    return score


def spans(labels: Sequence[str]) -> set[tuple[str, int, int]]:
    """Return (type, start, end) of every mention that the labels mark."""
    return {chunk[:3] for chunk in chunks([Tag(label) for label in labels])}


def evaluate(recogniser: Recogniser, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """Score a recogniser on annotated sentences; a mention is right when its type and both its ends are.

    Returns:
        `f1`: precision, recall and F1 in percent by type and for `all`; `reliability`: for each fifth of the
        confidence scale that holds mentions, [mean confidence, share that is right, mentions]; `calibration_error`:
        the mean distance of the two, weighted by mentions.
    """
    score = score_bio([list(zip(s.words, s.labels, strict=True)) for s in sentences], recogniser)
    measures = {kind: score.measures(kind) for kind in ENTITY_TYPES} | {"all": score.measures()}
    return {
        "f1": {kind: [round(value, 2) for value in three] for kind, three in measures.items()},
        **reliability(recogniser, sentences),
    }


def reliability(recogniser: Recogniser, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """Return `reliability` and `calibration_error` (see `evaluate`)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(5)]
    for sentence, tags in zip(sentences, recogniser.tag([s.words for s in sentences]), strict=True):
        gold = spans(sentence.labels)
        for chunk in chunks(tags):
            bins[min(int(chunk.confidence * 5), 4)].append((chunk.confidence, chunk[:3] in gold))
    rows = [
        [sum(c for c, _ in some) / len(some), sum(ok for _, ok in some) / len(some), len(some)] for some in bins if some
    ]
    total = max(sum(n for *_, n in rows), 1)
    return {
        "reliability": [[round(c, 3), round(ok, 3), n] for c, ok, n in rows],
        "calibration_error": round(sum(abs(c - ok) * n for c, ok, n in rows) / total, 4),
    }
