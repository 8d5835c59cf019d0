"""The net of `rasd.reading.weighing` in torch: its layers, its likelihood, and fitting it to labelled pages."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from rasd.reading.weighing import KNOWN_DEGREES, KNOWN_SIGNS, PLACED, Weights, may_begin, may_follow

# How unlikely is what may not be: so much that no sum of scores makes up for it.
_NEVER = -1e4
# The words of a line as `rasd.reading.weighing.word_rows` has them: its first, its last, those at its beginning.
_PARTS = ((0, 2), (2, 4), (4, 14))


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled page: what describes its lines, their states, and how much it counts.

    Attributes:
        signs: (lines, families).
        degrees: (lines, `KNOWN_DEGREES`).
        rows: (lines, 14), of the words.
        states: (lines,), numbers in `PLACED`.
        weight: of the page in the loss.
    """

    signs: npt.NDArray[np.int32]
    degrees: npt.NDArray[np.float32]
    rows: npt.NDArray[np.int32]
    states: npt.NDArray[np.int64]
    weight: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the net is fitted. The defaults are what the weights of the package were made with.

    Attributes:
        width: numbers that describe a line inside the net.
        layers: convolutions over the lines, each twice as wide as the one before.
        epochs: passes over the pages.
        batch: pages of a step.
        rate: the highest learning rate, reached after a tenth of the steps.
        decay: of the weights (AdamW: Loshchilov, Hutter 2019).
        drop: part of the numbers left out inside the net while fitting.
        drop_words: part of the words, and of the lines whose words are all left out.
        drop_signs: part of the signs left out.
    """

    width: int = 48
    layers: int = 3
    epochs: int = 4
    batch: int = 32
    rate: float = 3e-3
    decay: float = 1e-2
    drop: float = 0.2
    drop_words: float = 0.2
    drop_signs: float = 0.05


class LineNet(nn.Module):
    """The layers of `rasd.reading.weighing.score`, and the scores of neighbours."""

    def __init__(self, words: int, recipe: Recipe) -> None:
        super().__init__()
        d, states = recipe.width, len(PLACED)
        self.signs = _table(KNOWN_SIGNS, d, "sum")
        self.degrees = nn.Linear(KNOWN_DEGREES, d)
        self.words = nn.ModuleList([_table(words + 1, d, "mean") for _ in _PARTS])
        self.around = nn.ModuleList([nn.Conv1d(d, d, 3, padding=1 << n, dilation=1 << n) for n in range(recipe.layers)])
        self.page = nn.Linear(4 * d, d, bias=False)
        self.out = nn.Linear(d, states)
        self.drop = nn.Dropout(recipe.drop)
        self.follows = nn.Parameter(torch.zeros(states, states))
        self.begins = nn.Parameter(torch.zeros(states))
        self.never_follows = torch.from_numpy(np.where(may_follow(), 0.0, _NEVER)).float()
        self.never_begins = torch.from_numpy(np.where(may_begin(), 0.0, _NEVER)).float()

    def forward(self, signs: Tensor, degrees: Tensor, rows: Tensor, there: Tensor) -> Tensor:
        """Return the scores of the states: (pages, lines, `PLACED`); `there` is 1 for the lines that a page has."""
        pages, lines, _ = signs.shape
        x = self.signs(signs.flatten(0, 1)) + self.degrees(degrees.flatten(0, 1))
        flat = rows.flatten(0, 1)
        for table, (start, end) in zip(self.words, _PARTS, strict=True):
            x = x + table(flat[:, start:end])
        h = (torch.relu(x.view(pages, lines, -1)) * there[..., None]).transpose(1, 2)
        mask = there[:, None]
        for n, layer in enumerate(self.around):
            h = self.drop(h)
            found = layer(h)
            if n == 1:
                found = found + self.page(_everywhere(h, mask).transpose(1, 2)).transpose(1, 2)
            h = h + torch.relu(found) * mask
        scores: Tensor = self.out(self.drop(h).transpose(1, 2))
        return scores

    def loss(self, scores: Tensor, states: Tensor, there: Tensor) -> Tensor:
        """Return how unlikely the states are: (pages,) negative log-likelihoods."""
        follows, begins = self.follows + self.never_follows, self.begins + self.never_begins
        alpha = begins + scores[:, 0]
        gold = begins[states[:, 0]] + scores[:, 0].gather(1, states[:, :1])[:, 0]
        for t in range(1, scores.shape[1]):
            here = there[:, t]
            ahead = torch.logsumexp(alpha[:, :, None] + follows, 1) + scores[:, t]
            alpha = torch.where(here[:, None] > 0, ahead, alpha)
            own = scores[:, t].gather(1, states[:, t : t + 1])[:, 0]
            gold = gold + here * (follows[states[:, t - 1], states[:, t]] + own)
        return torch.logsumexp(alpha, 1) - gold

    def export(self, words: Sequence[str]) -> Weights:
        """Return the weights as `rasd.reading.weighing` uses them."""

        def array(tensor: Tensor) -> npt.NDArray[np.float32]:
            return tensor.detach().numpy().astype(np.float32)

        first, last, beginning = (array(table) for table in self.words.parameters())
        layers = list(self.around.parameters())
        return Weights(
            words={word: n for n, word in enumerate(words, 1)},
            signs=array(self.signs.weight),
            degrees=array(self.degrees.weight.T),
            bias=array(self.degrees.bias),
            first=first,
            last=last,
            beginning=beginning,
            around=np.stack([array(one.permute(2, 1, 0).flatten(0, 1)) for one in layers[::2]]),
            around_bias=np.stack([array(one) for one in layers[1::2]]),
            page=array(self.page.weight.T),
            out=array(self.out.weight.T),
            out_bias=array(self.out.bias),
            follows=array(self.follows + self.never_follows),
            begins=array(self.begins + self.never_begins),
        )


def _table(rows: int, width: int, mode: str) -> nn.EmbeddingBag:
    table = nn.EmbeddingBag(rows, width, mode=mode, padding_idx=0)
    nn.init.normal_(table.weight, 0, 0.1)
    with torch.no_grad():
        table.weight[0] = 0
    return table


def _everywhere(h: Tensor, mask: Tensor) -> Tensor:
    """Return mean and maximum of each line with all above, and with all below: (pages, 4 d, lines)."""
    h = h * mask
    above = torch.arange(1, h.shape[2] + 1, dtype=h.dtype)
    up = h.cumsum(2)
    down = h.sum(2, keepdim=True) - up + h
    below = (mask.sum(2, keepdim=True) - above + 1).clamp(min=1)
    return torch.cat([up / above, h.cummax(2)[0], down / below, h.flip(2).cummax(2)[0].flip(2)], 1)


def fit(
    examples: Sequence[Example],
    words: int,
    recipe: Recipe,
    seed: int,
    report: Callable[[int, float], None] | None = None,
) -> LineNet:
    """Fit a net to labelled pages (AdamW, one cycle of the rate; the weights are averaged over the last steps).

    Args:
        examples: the pages.
        words: how many words the net knows.
        recipe: how.
        seed: of all that is random; in one thread the same seed and pages give the same net.
        report: called after each epoch with its number and mean loss.
    """
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng, order = np.random.default_rng(seed), random.Random(seed)
    net = LineNet(words, recipe)
    pool = list(examples)
    steps = recipe.epochs * (math.ceil(len(pool) / recipe.batch) + 1 + len(pool) // 1024)
    optimizer = torch.optim.AdamW(net.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=steps, pct_start=0.1)
    average = [parameter.detach().clone() for parameter in net.parameters()]
    step = 0
    net.train()
    for epoch in range(recipe.epochs):
        total = 0.0
        batches = _batches(pool, recipe.batch, order)
        for batch in batches:
            signs, degrees, rows, there, states = collate(batch)
            rows[torch.from_numpy(rng.random(rows.shape) < recipe.drop_words)] = 0
            rows[torch.from_numpy(rng.random(rows.shape[:2]) < recipe.drop_words)] = 0
            signs[torch.from_numpy(rng.random(signs.shape) < recipe.drop_signs)] = 0
            weight = torch.tensor([example.weight for example in batch])
            loss = (net.loss(net(signs, degrees, rows, there), states, there) * weight).sum() / recipe.batch
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            step += 1
            total += float(loss.detach())
            with torch.no_grad():
                for mean, parameter in zip(average, net.parameters(), strict=True):
                    mean.lerp_(parameter, 1 - min(0.99, (1 + step) / (10 + step)))
        if report:
            report(epoch, total / len(batches))
    with torch.no_grad():
        for mean, parameter in zip(average, net.parameters(), strict=True):
            parameter.copy_(mean)
    return net.eval()


def _batches(pool: list[Example], size: int, order: random.Random) -> list[list[Example]]:
    """Return the pages in random order, pages of about the same length together."""
    order.shuffle(pool)
    stretches = [sorted(pool[i : i + 1024], key=lambda one: len(one.states)) for i in range(0, len(pool), 1024)]
    batches = [stretch[i : i + size] for stretch in stretches for i in range(0, len(stretch), size)]
    order.shuffle(batches)
    return batches


def collate(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Return pages side by side, the shorter ones filled up: signs, degrees, rows, which lines are there, states."""
    lines = max(len(one.states) for one in batch)

    def side_by_side(name: str, kind: type) -> Tensor:
        first = getattr(batch[0], name)
        array = np.zeros((len(batch), lines, *first.shape[1:]), dtype=kind)
        for n, one in enumerate(batch):
            array[n, : len(one.states)] = getattr(one, name)
        return torch.from_numpy(array)

    there = np.zeros((len(batch), lines), dtype=np.float32)
    for n, one in enumerate(batch):
        there[n, : len(one.states)] = 1
    return (
        side_by_side("signs", np.int64),
        side_by_side("degrees", np.float32),
        side_by_side("rows", np.int64),
        torch.from_numpy(there),
        side_by_side("states", np.int64),
    )
