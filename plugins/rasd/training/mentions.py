"""Fitting the weights of `rasd.reading.mentions`: which words stand before and behind the name of an outlet.

Every run of words in which the reader looks for names is an example: of the labelled pages, where it is right if it is
the page's outlet, of the lines of `wording.csv` and of those of `naming_lines.csv`, where it is right if it is what
stands for {outlet}. A logistic model over what `rasd.reading.mentions` tells of a run. Needs scipy.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt

from rasd.reading import mentions
from rasd.reading.candidates import key_of
from rasd.reading.evidence import NONE
from rasd.reading.mentions import Mention
from rasd.reading.surroundings import Around
from rasd.training.layouts import Wording

Floats = npt.NDArray[np.float64]
NAMING_LINES = Path(__file__).parent / "naming_lines.csv"
# What a line of the two inventories counts beside one of a page, and how often one with choices in it is drawn.
WEIGHT_OF_WORDING = 0.1
DRAWN = 12
PENALTY = 0.3
LEAST = 2
_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SORTS = ("صحيفة", "موقع", "جريدة", "قناة", "منصة", "مجلة", "بوابة", "شبكة", "إذاعة", "وكالة", *[""] * 7)
# Kinds of lines that name outlets of others.
_OF_OTHERS = (
    ("navigation", "teaser"),
    ("navigation", "card"),
    ("navigation", "ticker"),
    ("boilerplate", "comment_text"),
)


@dataclass(frozen=True)
class Run:
    """A run of words: its name and place, what is told of it, and whether it is the outlet's (None: another's)."""

    name: str
    at: int
    told: tuple[str, ...]
    right: bool | None


def page_runs(near: Around, wanted: str | None, others: frozenset[str]) -> list[Run]:
    """Return the runs of a page; `wanted` is the key of its outlet, `others` are those of other publishers named."""
    found: list[Run] = []
    lines = list(mentions.lines_of(near.pieces, near.draft))
    for line in lines:
        for i, j in mentions.runs(line):
            name = line.name(i, j)
            key = key_of(name)
            right = None if key in others else key == wanted
            told = mentions.described(line, i, j, mentions.times(lines, name))
            found.append(Run(name, line.at(i), told, right))
    return found


def drawn_runs() -> list[list[Run]]:
    """Return the runs of the lines of both inventories, line for line; the same ones each time."""
    rng, wording = Random(1), Wording.load()
    found: list[list[Run]] = []
    for (kind, sub), lines in wording.lines.items():
        if kind != "post" and (kind, sub) not in _OF_OTHERS:
            found += [_runs_of(line, [f"kind {kind}"], wording, rng) for line in lines]
    for place, line in _naming_lines():
        for _ in range(DRAWN):
            drawn = _CHOICE.sub(lambda m: rng.choice(m[1].split("|")), line).replace("{sort}", rng.choice(_SORTS))
            drawn = " ".join(drawn.split()).replace("لـ ", "لـ").replace("« ", "«").replace(" »", "»")
            found.append(_runs_of(drawn, ["kind boilerplate"] if place == "furniture" else [], wording, rng))
    return found


def _naming_lines() -> Iterator[tuple[str, str]]:
    with NAMING_LINES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(row for row in file if not row.startswith("#")):
            yield row["place"], row["line"]


def _runs_of(line: str, told: list[str], wording: Wording, rng: Random) -> list[Run]:
    """Return the runs of a line with its slots filled; `told` says where it stands, nothing that it is of a text."""
    text, at, ours = "", 0, set()
    for slot in _SLOT.finditer(line):
        value = wording.fill(rng, slot[1])
        text += line[at : slot.start()] + value
        at = slot.end()
        if slot[1] == "outlet":
            ours.add(key_of(value))
    text += line[at:]
    return [
        Run(name, 0, mentions.described(one, i, j, 1), key_of(name) in ours)
        for one in mentions.lines_in(text, told)
        for i, j in mentions.runs(one)
        for name in (one.name(i, j),)
    ]


def fit(pages: Sequence[Sequence[Run]], drawn: Sequence[Sequence[Run]]) -> dict[str, float]:
    """Return the weights under which the right runs are likeliest (L-BFGS)."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    seen = Counter(one for runs in (*pages, *drawn) for one in {one for run in runs for one in run.told})
    named = [NONE, *sorted(one for one, count in seen.items() if count >= LEAST)]
    column = {one: n for n, one in enumerate(named)}
    rows = [
        (run, weight) for many, weight in ((pages, 1.0), (drawn, WEIGHT_OF_WORDING)) for runs in many for run in runs
    ]
    rows = [(run, weight) for run, weight in rows if run.right is not None]
    columns = [[0, *(column[one] for one in run.told if one in column)] for run, _ in rows]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((n for row in columns for n in row), dtype=np.int64, count=int(ends[-1]))
    signs = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(named)))
    across = signs.T.tocsr()
    right = np.array([bool(run.right) for run, _ in rows], dtype=float)
    weight = np.array([weight for _, weight in rows])
    penalty = np.full(len(named), PENALTY)
    penalty[0] = 0

    def loss(weights: Floats) -> tuple[float, Floats]:
        sums = signs @ weights
        value = float((weight * (np.logaddexp(0, sums) - right * sums)).sum() + penalty @ weights**2)
        return value, across @ (weight * (1 / (1 + np.exp(-sums)) - right)) + 2 * penalty * weights

    start = np.zeros(len(named))
    start[0] = -5
    weights = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x
    return dict(zip(named, map(float, weights), strict=True))


def mentioned(weights: Mapping[str, float], runs: Sequence[Run]) -> list[Mention]:
    """Return the mentions of a page by these weights, chosen as the reader does."""
    found = [
        Mention(run.name, run.at, round(weights[NONE] + sum(weights.get(one, 0.0) for one in run.told), 2))
        for run in runs
    ]
    return mentions.likeliest(found)
