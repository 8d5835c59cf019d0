"""How well a recogniser does on annotated sentences, and whether its confidence can be believed. No torch here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasd.annotating.evaluate import score_bio
from rasd.annotating.model import ENTITY_TYPES, Recogniser, Tag, chunks
from rasd.training.corpora import Sentence


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
