"""Fitting one net: batches of like length, AdamW with warm-up and linear decay, an average of the later weights."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from rasd.annotating.features import Lexicon
from rasd.annotating.model import LABELS
from rasd.annotating.neural import Crf
from rasd.training.corpora import Sentence
from rasd.training.net import Tagger

_LABEL_ID = {label: i for i, label in enumerate(LABELS)}
_LONGEST = 120  # words of a piece; longer sentences are fitted in pieces
_WARM_UP = 300  # steps, or a tenth of all where that is less
_AVERAGED_EVERY = 10  # steps, in the second half


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence to learn from: its words and one or more label paths, of which each epoch takes one."""

    words: tuple[str, ...]
    paths: tuple[NDArray[np.int8], ...]
    weight: float = 1.0


def examples(sentences: Sequence[Sentence], *, weight: float = 1.0) -> list[Example]:
    """Turn annotated sentences into examples."""
    return [
        Example(s.words, (np.array([_LABEL_ID[label] for label in s.labels], dtype=np.int8),), weight)
        for s in sentences
    ]


class Encoder:
    """Turns sentences into the net's input tensors.

    Args:
        lexicon: words, name lists, letters.
        vectors: float32 vectors as the runtime sees them (int8 times scale), the unknown word's zeros last, (V + 1, D).
    """

    def __init__(self, lexicon: Lexicon, vectors: NDArray[np.float32]) -> None:
        self.lexicon = lexicon
        self.vectors = torch.from_numpy(vectors)

    def __call__(self, sentences: Sequence[Sequence[str]]) -> dict[str, Tensor]:
        """Return the fields of the sentences' `Batch`, vectors looked up."""
        b = self.lexicon.batch(sentences)
        return {
            "word": self.vectors[torch.from_numpy(b.word).long()],
            "stem": self.vectors[torch.from_numpy(b.stem).long()],
            "clitic": torch.from_numpy(b.clitic).long(),
            "chars": torch.from_numpy(b.chars).long(),
            "lists": torch.from_numpy(b.lists),
            "index": torch.from_numpy(b.index).long(),
            "phrases": torch.from_numpy(b.phrases),
            "lengths": torch.from_numpy(b.lengths).long(),
        }


def fit(
    net: Tagger,
    encode: Encoder,
    pool: Sequence[Example],
    *,
    epochs: int,
    seed: int,
    batch: int = 16,
    rate: float = 2e-3,
    report: Callable[[int, float], None] = lambda _epoch, _loss: None,
) -> None:
    """Fit the net to the pool; it ends with the mean of its weights over the second half of the steps.

    Args:
        net: changed in place.
        encode: makes input tensors.
        pool: what to learn from.
        epochs: passes over the pool.
        seed: of the order and of the choice among an example's paths. Seed torch before the net is made.
        batch: sentences of a step.
        rate: highest learning rate.
        report: called after every epoch with its number and summed loss.
    """
    rng = random.Random(seed)
    pieces = [(e, at) for e in pool for at in range(0, len(e.words), _LONGEST)]
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    steps = epochs * len(_batches(pieces, batch, random.Random(seed)))
    warm_up = min(_WARM_UP, steps / 10)
    mean: dict[str, Tensor] = {}
    step = averaged = 0
    for epoch in range(epochs):
        net.train()
        total = 0.0
        for some in _batches(pieces, batch, rng):
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, (step + 1) / warm_up, 1.1 * (1 - step / steps))
            inputs = encode([e.words[at : at + _LONGEST] for e, at in some])
            labels = torch.zeros(inputs["index"].shape, dtype=torch.long)
            for row, (e, at) in enumerate(some):
                path = rng.choice(e.paths)[at : at + _LONGEST]
                labels[row, : len(path)] = torch.from_numpy(path.astype(np.int64))
            real = torch.arange(labels.shape[1])[None] < inputs["lengths"][:, None]
            losses = net.crf.loss(net(inputs), labels, real)
            loss = (losses * torch.tensor([e.weight for e, _ in some])).sum() / batch
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            step += 1
            total += loss.item()
            if step > steps // 2 and step % _AVERAGED_EVERY == 0:
                averaged += 1
                for name, value in net.state_dict().items():
                    mean[name] = mean[name] + (value - mean[name]) / averaged if averaged > 1 else value.clone()
        report(epoch, total)
    if mean:
        net.load_state_dict(mean)
    net.eval()


def _batches(pieces: Sequence[tuple[Example, int]], size: int, rng: random.Random) -> list[list[tuple[Example, int]]]:
    """Shuffle, sort stretches of 40 batches by length (less padding), and cut them into batches."""
    shuffled = list(pieces)
    rng.shuffle(shuffled)
    batches: list[list[tuple[Example, int]]] = []
    for start in range(0, len(shuffled), size * 40):
        stretch = sorted(shuffled[start : start + size * 40], key=lambda piece: len(piece[0].words) - piece[1])
        batches += [stretch[i : i + size] for i in range(0, len(stretch), size)]
    rng.shuffle(batches)
    return batches


class Ensemble:
    """Nets whose scores are averaged: the teachers of the student (or one net, to score it)."""

    def __init__(self, nets: Sequence[Tagger], encode: Encoder) -> None:
        self.nets, self.encode = nets, encode
        scores = torch.stack([net.crf.scores().detach() for net in nets]).mean(0)
        self.transitions: NDArray[np.float64] = scores.numpy().astype(np.float64)
        self.crf = Crf(self.transitions)

    def emissions(self, sentences: Sequence[Sequence[str]]) -> Any:
        """Return mean label scores, (N, T, 9) float64, and lengths, (N,)."""
        with torch.no_grad():
            inputs = self.encode(sentences)
            total = sum(net(inputs).double().numpy() for net in self.nets)
        return total / len(self.nets), inputs["lengths"].numpy().astype(np.int32)

    def tag(self, sentences: Sequence[Sequence[str]], size: int = 64) -> list[list[str]]:
        """Return the best labels of each sentence."""
        found: list[list[str]] = [[] for _ in sentences]
        for rows in _by_length(sentences, size):
            labels, _, _ = self.crf.decode(*self.emissions([sentences[i] for i in rows]))
            for i, path in zip(rows, labels, strict=True):
                found[i] = [LABELS[label] for label in path[: len(sentences[i])]]
        return found

    def sample(self, sentences: Sequence[Sequence[str]], paths: int, seed: int, size: int = 64) -> list[Example]:
        """Return the sentences with label paths drawn from the ensemble's distribution over paths.

        A student that sees another path each time learns the teachers' doubts, not only their best guess.
        """
        rng = np.random.default_rng(seed)
        found: list[Example | None] = [None] * len(sentences)
        for rows in _by_length(sentences, size):
            emissions, lengths = self.emissions([sentences[i] for i in rows])
            drawn = [self.crf.sample(emissions, lengths, rng) for _ in range(paths)]
            for row, i in enumerate(rows):
                n = len(sentences[i])
                found[i] = Example(tuple(sentences[i]), tuple(d[row, :n].astype(np.int8) for d in drawn))
        return [e for e in found if e is not None]


def _by_length(sentences: Sequence[Sequence[str]], size: int) -> list[list[int]]:
    order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i]), i))
    return [order[i : i + size] for i in range(0, len(order), size)]
