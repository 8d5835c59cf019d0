"""The net in torch: word encoder, BiLSTM, a linear-chain CRF. Torch is needed here and nowhere else.

Lample et al. 2016 (BiLSTM-CRF), Ma and Hovy 2016 (character CNN), Gal and Ghahramani 2016 (locked dropout).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from rasd.annotating.model import LABELS

_BANNED = -1e4


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the net."""

    vector: int
    lists: int
    letters: int
    clitics: int
    hidden: int = 160
    word: int = 200
    letter: int = 25
    filters: int = 50
    clitic: int = 8
    linear: int = 64
    dropout: float = 0.4
    word_dropout: float = 0.1


def banned_transitions() -> Tensor:
    """Return (9, 9) of 0 and a large negative number where label j may not follow label i (I- after another type)."""
    mask = torch.zeros(len(LABELS), len(LABELS))
    for i, before in enumerate(LABELS):
        for j, after in enumerate(LABELS):
            if after[0] == "I" and before[2:] != after[2:]:
                mask[i, j] = _BANNED
    return mask


class Crf(nn.Module):
    """Transition scores between labels; sentences start as if after O."""

    banned: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.register_buffer("banned", banned_transitions())

    def scores(self) -> Tensor:
        """Return the (9, 9) transition scores with the illegal ones banned."""
        return self.transitions + self.banned

    def loss(self, emissions: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
        """Return the negative log-likelihood of each sentence, (N,).

        Args:
            emissions: (N, T, 9).
            labels: (N, T) int64.
            mask: (N, T) bool, true on words.
        """
        trans = self.scores()
        total = mask.sum(1)
        first = torch.zeros_like(labels[:, :1])
        path = torch.cat([first, labels], 1)
        gold = (emissions.gather(2, labels[..., None])[..., 0] + trans[path[:, :-1], path[:, 1:]]) * mask
        alpha = emissions[:, 0] + trans[0]
        steps = int(total.max())
        for t in range(1, steps):
            after = torch.logsumexp(alpha[:, :, None] + trans, 1) + emissions[:, t]
            alpha = torch.where(mask[:, t, None], after, alpha)
        return torch.logsumexp(alpha, 1) - gold.sum(1)


class WordEncoder(nn.Module):
    """Vector, stem's vector, letters, clitics and name lists of a distinct word to one vector."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.letter = nn.Embedding(shape.letters, shape.letter, padding_idx=0)
        self.filters = nn.Conv1d(shape.letter, shape.filters, 3, padding=1)
        self.clitic = nn.Embedding(shape.clitics, shape.clitic)
        width = 2 * shape.vector + shape.filters + shape.clitic + 2 * shape.lists
        self.drop = nn.Dropout(0.5 * shape.dropout)
        self.mix = nn.Linear(width, shape.word)

    def forward(self, word: Tensor, stem: Tensor, clitic: Tensor, chars: Tensor, lists: Tensor) -> Tensor:
        """Return (U, word) for U distinct words; `word` and `stem` are their vectors."""
        letters = self.filters(self.letter(chars).transpose(1, 2)).amax(2).relu()
        mixed: Tensor = self.mix(self.drop(torch.cat([word, stem, letters, self.clitic(clitic), lists], 1)))
        return mixed


def _locked(x: Tensor, p: float, training: bool) -> Tensor:
    """Drop the same features at every word of a sentence."""
    if not training or p == 0:
        return x
    return x * torch.empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - p) / (1 - p)


def _reversal(lengths: Tensor, steps: int) -> Tensor:
    """Return (N, T) column indices that turn each sentence around and leave its padding behind it."""
    columns = torch.arange(steps)[None]
    turned = lengths[:, None] - 1 - columns
    return torch.where(turned >= 0, turned, columns)


class Tagger(nn.Module):
    """The whole net."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = WordEncoder(shape)
        # One LSTM each way, not packed: packing a batch costs torch on a CPU twice the time of the LSTM itself.
        self.onward = nn.LSTM(shape.word + 2 * shape.lists, shape.hidden, batch_first=True)
        self.homeward = nn.LSTM(shape.word + 2 * shape.lists, shape.hidden, batch_first=True)
        self.hidden = nn.Linear(2 * shape.hidden, shape.linear)
        self.out = nn.Linear(shape.linear, len(LABELS))
        self.crf = Crf()

    def forward(self, batch: dict[str, Any]) -> Tensor:
        """Return emissions, (N, T, 9), for the tensors of a `rasd.annotating.features.Batch` with vectors looked up."""
        words = self.encoder(batch["word"], batch["stem"], batch["clitic"], batch["chars"], batch["lists"])
        x = words[batch["index"]]
        if self.training:
            x = x * torch.empty(x.shape[0], x.shape[1], 1).bernoulli_(1 - self.shape.word_dropout)
        x = torch.cat([_locked(x, self.shape.dropout, self.training), batch["phrases"]], 2)
        reverse = _reversal(batch["lengths"], x.shape[1])[:, :, None]
        backward = self.homeward(x.gather(1, reverse.expand_as(x)))[0]
        backward = backward.gather(1, reverse.expand_as(backward))
        states = torch.cat([self.onward(x)[0], backward], 2)
        states = _locked(states, self.shape.dropout, self.training)
        emissions: Tensor = self.out(torch.tanh(self.hidden(states)))
        return emissions
