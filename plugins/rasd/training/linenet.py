"""The net of `rasd.reading.weighing` in torch: its layers, its likelihood, and fitting it to labelled pages."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from rasd.reading.describing import KNOWN_DEGREES, KNOWN_SIGNS
from rasd.reading.weighing import PARTS, PLACED, Weights, may_begin, may_follow

# How unlikely is what may not be: so much that no sum of scores makes up for it.
_NEVER = -1e4
# The words of a line as `rasd.reading.weighing.word_rows` has them: its first, its last, those at its beginning.
_PLACES_OF_WORDS = ((0, 2), (2, 4), (4, 14))


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled page: what describes its lines, their states, and how much it counts.

    Attributes:
        signs: (lines, families).
        degrees: (lines, `KNOWN_DEGREES`).
        rows: (lines, 14), of the words.
        parts: of each line the rows of its words and of their parts.
        states: (lines,), numbers in `PLACED`.
        weight: of the page in the loss.
        own: whether the page stands for itself, and is not one of many drawn.
        awkward: whether it is one that was written to be hard.
    """

    signs: npt.NDArray[np.int32]
    degrees: npt.NDArray[np.float32]
    rows: npt.NDArray[np.int32]
    parts: Sequence[Sequence[int]]
    states: npt.NDArray[np.int64]
    weight: float
    own: bool = True
    awkward: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of fitting.

    Attributes:
        epochs: passes over the pages.
        copies: how often a page that stands for itself is seen in each (`Example.own`).
        others: which part of the other pages is seen beside them.
        rate: the highest learning rate.
        rising: part of the steps in which it is reached.
        last: part of it that is left at the last step.
        averaged: part of the steps, the last ones, whose weights are averaged (Izmailov et al. 2018).
        awkward: what pages that were written to be hard count in it.
    """

    epochs: int
    copies: int
    others: float
    rate: float
    rising: float
    last: float
    averaged: float
    awkward: float = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the net is fitted. The defaults are what the weights of the package were made with.

    Attributes:
        width: numbers that describe a line inside the net.
        layers: convolutions over the lines, each twice as wide as the one before.
        stages: a long one, then one that holds what labelled pages say at a rate so low that nothing else is lost, and
            a short one in which those that were written to be hard hardly count: ordinary pages are less odd.
        batch: pages of a step.
        decay: of the weights (AdamW: Loshchilov, Hutter 2019).
        drop: part of the numbers left out inside the net while fitting.
        drop_words: part of the words, and of the lines whose words are all left out.
        drop_signs: part of the signs left out.
    """

    width: int = 96
    layers: int = 3
    stages: tuple[Stage, ...] = (
        Stage(4, 3, 1.0, 3e-3, 0.1, 0.1, 0.3),
        Stage(1, 10, 1.0, 4e-4, 0.0, 0.0, 0.5),
        Stage(1, 4, 0.2, 7e-4, 0.0, 0.0, 0.5, awkward=0.2),
    )
    batch: int = 32
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
        self.words = nn.ModuleList([_table(words + 1, d, "mean") for _ in _PLACES_OF_WORDS])
        self.parts = _table(PARTS, d, "mean")
        self.around = nn.ModuleList([nn.Conv1d(d, d, 3, padding=1 << n, dilation=1 << n) for n in range(recipe.layers)])
        self.page = nn.Linear(4 * d, d, bias=False)
        self.out = nn.Linear(d, states)
        self.drop = nn.Dropout(recipe.drop)
        self.follows = nn.Parameter(torch.zeros(states, states))
        self.begins = nn.Parameter(torch.zeros(states))
        self.never_follows = torch.from_numpy(np.where(may_follow(), 0.0, _NEVER)).float()
        self.never_begins = torch.from_numpy(np.where(may_begin(), 0.0, _NEVER)).float()

    def forward(self, page: Collated) -> Tensor:
        """Return the scores of the states: (pages, lines, `PLACED`)."""
        signs, degrees, rows, there = page.signs, page.degrees, page.rows, page.there
        pages, lines, _ = signs.shape
        x = self.signs(signs.flatten(0, 1)) + self.degrees(degrees.flatten(0, 1))
        flat = rows.flatten(0, 1)
        for table, (start, end) in zip(self.words, _PLACES_OF_WORDS, strict=True):
            x = x + table(flat[:, start:end])
        x = x + self.parts(page.parts, page.starts)
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

        def numbers(tensor: Tensor) -> npt.NDArray[np.float32]:
            return tensor.detach().numpy().astype(np.float32)

        first, last, beginning = (numbers(table) for table in self.words.parameters())
        layers = list(self.around.parameters())
        return Weights(
            words={word: n for n, word in enumerate(words, 1)},
            signs=numbers(self.signs.weight),
            degrees=numbers(self.degrees.weight.T),
            bias=numbers(self.degrees.bias),
            first=first,
            last=last,
            beginning=beginning,
            parts=numbers(self.parts.weight),
            around=np.stack([numbers(one.permute(2, 1, 0).flatten(0, 1)) for one in layers[::2]]),
            around_bias=np.stack([numbers(one) for one in layers[1::2]]),
            page=numbers(self.page.weight.T),
            out=numbers(self.out.weight.T),
            out_bias=numbers(self.out.bias),
            follows=numbers(self.follows + self.never_follows),
            begins=numbers(self.begins + self.never_begins),
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
    """Fit a net to labelled pages in stages, each with AdamW; what a stage leaves is the average of its last weights.

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
    net.train()
    epoch = 0
    for stage in recipe.stages:
        pool = [
            replace(one, weight=one.weight * stage.awkward) if one.awkward else one
            for one in examples
            for _ in range(stage.copies if one.own else int(stage.others == 1 or rng.random() < stage.others))
        ]
        steps = stage.epochs * len(_batches(pool, recipe.batch, order))
        optimizer = torch.optim.AdamW(net.parameters(), lr=stage.rate, weight_decay=recipe.decay)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, partial(_part_of_rate, stage, steps))
        average = [parameter.detach().clone() for parameter in net.parameters()]
        step = averaged = 0
        for _ in range(stage.epochs):
            total = 0.0
            batches = _batches(pool, recipe.batch, order)
            for batch in batches:
                loss = _loss(net, batch, recipe, rng)
                optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                nn.utils.clip_grad_norm_(net.parameters(), 5.0)
                optimizer.step()
                schedule.step()
                step += 1
                total += float(loss.detach())
                if step > steps * (1 - stage.averaged):
                    averaged += 1
                    with torch.no_grad():
                        for mean, parameter in zip(average, net.parameters(), strict=True):
                            mean.lerp_(parameter, 1 / averaged)
            if report:
                report(epoch, total / len(batches))
            epoch += 1
        with torch.no_grad():
            for mean, parameter in zip(average, net.parameters(), strict=True):
                parameter.copy_(mean)
    return net.eval()


def _part_of_rate(stage: Stage, steps: int, step: int) -> float:
    """Return which part of a stage's rate a step has: it rises, then falls, both in a straight line."""
    done = step / max(1, steps)
    if done < stage.rising:
        return done / stage.rising
    return 1 - (1 - stage.last) * (done - stage.rising) / (1 - stage.rising)


def _loss(net: LineNet, batch: Sequence[Example], recipe: Recipe, rng: np.random.Generator) -> Tensor:
    """Return the loss of pages side by side, with part of what describes them left out."""
    page = _with_less(collate(batch), recipe, rng)
    weight = torch.tensor([example.weight for example in batch])
    loss: Tensor = (net.loss(net(page), page.states, page.there) * weight).sum() / recipe.batch
    return loss


def _batches(pool: list[Example], size: int, order: random.Random) -> list[list[Example]]:
    """Return the pages in random order, pages of about the same length together."""
    order.shuffle(pool)
    stretches = [sorted(pool[i : i + 1024], key=lambda one: len(one.states)) for i in range(0, len(pool), 1024)]
    batches = [stretch[i : i + size] for stretch in stretches for i in range(0, len(stretch), size)]
    order.shuffle(batches)
    return batches


class Collated(NamedTuple):
    """Pages side by side, the shorter ones filled up.

    Attributes:
        signs, degrees, rows: (pages, lines, …), as in `Example`.
        parts, starts: all parts of all lines in one row, and where those of each line begin.
        there: (pages, lines), 1 for the lines that a page has.
        states: (pages, lines).
    """

    signs: Tensor
    degrees: Tensor
    rows: Tensor
    parts: Tensor
    starts: Tensor
    there: Tensor
    states: Tensor


def collate(batch: Sequence[Example]) -> Collated:
    """Return pages side by side."""
    lines = max(len(one.states) for one in batch)

    def side_by_side(name: str, kind: type) -> Tensor:
        first = getattr(batch[0], name)
        filled = np.zeros((len(batch), lines, *first.shape[1:]), dtype=kind)
        for n, one in enumerate(batch):
            filled[n, : len(one.states)] = getattr(one, name)
        return torch.from_numpy(filled)

    there = np.zeros((len(batch), lines), dtype=np.float32)
    sizes = np.zeros((len(batch), lines), dtype=np.int64)
    for n, one in enumerate(batch):
        there[n, : len(one.states)] = 1
        sizes[n, : len(one.states)] = [len(line) for line in one.parts]
    parts = [row for one in batch for line in one.parts for row in line]
    return Collated(
        side_by_side("signs", np.int64),
        side_by_side("degrees", np.float32),
        side_by_side("rows", np.int64),
        torch.tensor(parts, dtype=torch.int64),
        torch.from_numpy(sizes.ravel().cumsum() - sizes.ravel()),
        torch.from_numpy(there),
        side_by_side("states", np.int64),
    )


def _with_less(page: Collated, recipe: Recipe, rng: np.random.Generator) -> Collated:
    """Return pages without some of their words and signs, so that no line is known by one of them alone."""
    rows, signs = page.rows, page.signs
    rows[torch.from_numpy(rng.random(rows.shape) < recipe.drop_words)] = 0
    rows[torch.from_numpy(rng.random(rows.shape[:2]) < recipe.drop_words)] = 0
    signs[torch.from_numpy(rng.random(signs.shape) < recipe.drop_signs)] = 0
    # A part that is left out is row 0, which counts for nothing in a mean.
    line = np.repeat(np.arange(len(page.starts)), np.diff([*page.starts.tolist(), len(page.parts)]))
    silent = rng.random(len(page.starts)) < recipe.drop_words
    page.parts[torch.from_numpy(silent[line] | (rng.random(len(line)) < recipe.drop_words))] = 0
    return page
