from __future__ import annotations

from rasd.annotating.model import LABELS, Chunk, Tag, chunks, spread


def test_labels_are_bio_over_the_four_types() -> None:
    assert LABELS == ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC")


def test_chunks_follow_conll() -> None:
    labels = ["B-PER", "I-PER", "B-PER", "O", "I-LOC", "I-ORG", "I-ORG"]
    tags = [Tag(label, 1 - i / 10) for i, label in enumerate(labels)]
    assert chunks(tags) == [("PER", 0, 2, 0.9), ("PER", 2, 3, 0.8), ("LOC", 4, 5, 0.6), ("ORG", 5, 7, 0.4)]


def test_spread_is_the_inverse_of_chunks() -> None:
    found = [Chunk("ORG", 0, 2, 0.5), Chunk("LOC", 2, 3, 0.7)]
    assert chunks(spread(found, 4)) == found
    assert spread([], 2) == [Tag("O"), Tag("O")]
