"""Making the weights of `rasd.reading.weighing` again, from the labelled pages (needs the `train` extra).

    python -m rasd.training.lines [--pages tests/reading/pages] [--validate]

Fits the chain on every open set of labelled pages and writes weights and figures; the held-out pages are never read.
`--validate` leaves out one set after the other, fits on the rest, and prints how the lines of the set left out come
out; it writes nothing. Everything is deterministic: the same pages give the same weights.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rasd.reading.lines import Piece, ends_sentence
from rasd.reading.reader import marked_lines
from rasd.reading.weighing import (
    KNOWN_FEATURES,
    STATES,
    WEIGHTS,
    Weights,
    chances,
    describe,
    feature_name,
)

Floats = npt.NDArray[np.float64]
# Pages that only tell the same texts again say little of layouts: they count less.
WEIGHT_OF_SET = {"stories": 0.2}
# Some outlets put no full stop at the end of a paragraph: each page also stands in the training without them.
WEIGHT_WITHOUT_STOPS = 0.25
# The penalty on squared weights, and the pages that a word has to stand on to be a feature of its own.
PENALTY = 1.0
LEAST_PAGES = 3


@dataclass
class Page:
    """A labelled page as the model sees it: features and words of its lines, and the state of each."""

    collection: str
    name: str
    features: Any
    words: list[list[tuple[str, str]]]
    states: list[int]
    weight: float = 1.0
    altered: bool = False


def _compiler(pages: Path) -> Any:
    spec = importlib.util.spec_from_file_location("rasd_labelled_pages", pages / "compile.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["rasd_labelled_pages"] = module
    spec.loader.exec_module(module)
    return module


def _state(kind: str, sub: str | None) -> str:
    if kind == "title":
        return "title" if sub == "headline" else "kicker"
    if kind == "main_article":
        return "heading" if sub in ("subheading", "table") else "body"
    return {
        "related_article": "related", "related_marker": "navigation", "dateline": "metadata", "tweet": "post",
    }.get(kind, kind)  # fmt: skip


def load(pages: Path) -> list[Page]:
    """Return every open labelled page; its collection is its set, and in `dev` whose writing it is (see its name)."""
    compiler = _compiler(pages)
    found: list[Page] = []
    for half in compiler.OPEN:
        for page in compiler.load(half):
            labels: list[str | None] = [None] * len(page.text)
            for segment in page.labels["segments"]:
                state = _state(segment["kind"], segment.get("subkind"))
                labels[segment["start"] : segment["end"]] = [state] * (segment["end"] - segment["start"])
            lines, _ = marked_lines(page.text)
            states = []
            for line in lines:
                counts = Counter(
                    labels[i] for i in range(line.start, line.end) if labels[i] and not page.text[i].isspace()
                )
                states.append(STATES.index(counts.most_common(1)[0][0] or "navigation") if counts else 5)
            if not lines:
                continue
            writer = re.sub(r".*_", "", page.name) if half == "dev" else ""
            group = {"p": "p", **dict.fromkeys("klm", "klm"), **dict.fromkeys("noq", "noq")}.get(writer, "first")
            collection, weight = f"dev {group}" if half == "dev" else half, WEIGHT_OF_SET.get(half, 1.0)
            found.append(Page(collection, page.name, *describe(lines), states, weight))
            bare = [_without_stop(line) for line in lines]
            found.append(Page(collection, page.name, *describe(bare), states, weight * WEIGHT_WITHOUT_STOPS, True))
    return found


def _without_stop(line: Piece) -> Piece:
    """Return a line without the full stop at its end."""
    if line.text[-1] != "." or len(line.text) < 3:
        return line
    return replace(line, text=line.text[:-1], ends=ends_sentence(line.text[:-1]), _folded=None, _said=None)


def fit(pages: Sequence[Page], penalty: float = PENALTY) -> Weights:
    """Return the weights that make the states of the pages likeliest, squared weights penalised (L-BFGS)."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    seen: Counter[tuple[str, str]] = Counter()
    for page in pages:
        seen.update({word for words in page.words for word in words})
    words = {word: KNOWN_FEATURES + n for n, word in enumerate(sorted(w for w, c in seen.items() if c >= LEAST_PAGES))}
    size, states = KNOWN_FEATURES + len(words), len(STATES)
    likelihood = _Likelihood(pages, words, size)

    def loss(flat: Floats) -> tuple[float, Floats]:
        value, gradient = likelihood(
            flat[: size * states].reshape(size, states),
            flat[size * states : -states].reshape(states, states),
            flat[-states:],
        )
        return value + penalty * float(flat @ flat), gradient + 2 * penalty * flat

    start = np.zeros(size * states + states * states + states)
    flat = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 120}).x
    return Weights(
        flat[: size * states].reshape(size, states),
        words,
        flat[size * states : -states].reshape(states, states),
        flat[-states:],
    )


class _Likelihood:
    """How unlikely labelled pages are under weights, and how that changes with each weight."""

    def __init__(self, pages: Sequence[Page], words: dict[tuple[str, str], int], size: int) -> None:
        from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

        pages = sorted(pages, key=lambda page: -len(page.states))
        columns, edges = [], [0]
        for page in pages:
            for row, own in zip(page.features, page.words, strict=True):
                columns += [int(i) for i in row if i] + [words[word] for word in own if word in words]
                edges.append(len(columns))
        self.matrix = csr_matrix((np.ones(len(columns)), columns, edges), shape=(len(edges) - 1, size))
        self.gold = np.concatenate([page.states for page in pages])
        self.count = np.array([len(page.states) for page in pages])
        self.starts = np.cumsum([0, *self.count])
        self.weight = np.array([page.weight for page in pages])
        self.line_weight = np.repeat(self.weight, self.count)
        # At step t the pages longer than t take part: they stand first.
        self.active = [int((self.count > t).sum()) for t in range(self.count[0])]
        self.at = [self.starts[: self.active[t]] + t for t in range(self.count[0])]

    def __call__(self, own: Floats, follows: Floats, first: Floats) -> tuple[float, Floats]:
        """Return the negative log-likelihood, and its gradient in the order of the arguments, flat."""
        at, gold, weight = self.at, self.gold, self.weight
        scores = np.asarray(self.matrix @ own)
        alpha, beta = self._sums(scores, follows, first)
        norm = _log_sum(alpha[self.starts[1:] - 1], 1)
        value = float((weight * norm).sum() - (weight * first[gold[at[0]]]).sum())
        value -= float((self.line_weight * scores[np.arange(len(gold)), gold]).sum())
        pairs = np.zeros_like(follows)
        for t in range(1, len(at)):
            n = self.active[t]
            ahead = (scores[at[t]] + beta[at[t]])[:, None, :] - norm[:n][:, None, None]
            pair = alpha[at[t] - 1][:, :, None] + follows + ahead
            pairs += (np.exp(pair) * weight[:n][:, None, None]).sum(axis=0)
            np.add.at(pairs, (gold[at[t] - 1], gold[at[t]]), -weight[:n])
            value -= float((weight[:n] * follows[gold[at[t] - 1], gold[at[t]]]).sum())
        error = np.exp(alpha + beta - np.repeat(norm, self.count)[:, None]) * self.line_weight[:, None]
        error[np.arange(len(gold)), gold] -= self.line_weight
        begin = error[at[0]].sum(axis=0)
        return value, np.concatenate([np.asarray(self.matrix.T @ error).ravel(), pairs.ravel(), begin])

    def _sums(self, scores: Floats, follows: Floats, first: Floats) -> tuple[Floats, Floats]:
        """Return the forward and backward sums of all pages, in logarithms."""
        at = self.at
        alpha, beta = np.empty_like(scores), np.zeros_like(scores)
        alpha[at[0]] = scores[at[0]] + first
        for t in range(1, len(at)):
            alpha[at[t]] = _log_sum(alpha[at[t] - 1][:, :, None] + follows, 1) + scores[at[t]]
        for t in range(len(at) - 2, -1, -1):
            now = at[t][: self.active[t + 1]]
            beta[now] = _log_sum((beta[at[t + 1]] + scores[at[t + 1]])[:, None, :] + follows, 2)
        return alpha, beta


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    return np.asarray(np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis=axis)))


def weighed(page: Page, weights: Weights) -> Any:
    """Return how likely each line of a page is in each state."""
    scores = weights.features[page.features].sum(axis=1)
    for i, words in enumerate(page.words):
        for word in words:
            if (row := weights.words.get(word)) is not None:
                scores[i] += weights.features[row]
    return chances(scores, weights)


def write(weights: Weights, path: Path) -> None:
    """Write the weights as a table, one feature a row, one state a column; what is all but nothing is left out."""
    named = [(feature_name(n), weights.features[n]) for n in range(1, KNOWN_FEATURES)]
    named += [(f"{kind}: {word}", weights.features[n]) for (kind, word), n in weights.words.items()]
    named += [(f"behind: {state}", weights.follows[n]) for n, state in enumerate(STATES)]
    named.append(("page begins: ", weights.first))
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("# What speaks for each state of a line. Made by `python -m rasd.training.lines`; see CARD.md.\n")
        table = csv.writer(out, lineterminator="\n")
        table.writerow(("feature", *STATES))
        for name, row in named:
            rounded = [f"{value:.2f}".rstrip("0").rstrip(".") for value in row]
            cells = ["" if float(value) == 0 else value for value in rounded]
            if any(cells):
                table.writerow((name, *cells))


def validate(pages: Sequence[Page], penalty: float) -> None:
    """Leave out one collection after the other; print which part of its lines and characters come out right."""
    text = {STATES.index("body"), STATES.index("heading")}
    totals: Counter[str] = Counter()
    for left_out in sorted({page.collection for page in pages}):
        weights = fit([page for page in pages if page.collection != left_out], penalty)
        own: Counter[str] = Counter()
        for page in (page for page in pages if page.collection == left_out and not page.altered):
            found = weighed(page, weights)
            best = found.argmax(axis=1)
            inside = found[:, sorted(text)].sum(axis=1) > 0.5
            own["pages"] += 1
            own["texts"] += all(bool(a) == (b in text) for a, b in zip(inside, page.states, strict=True))
            own["lines"] += len(best)
            own["right"] += int((best == np.array(page.states)).sum())
        totals += own
        print(
            f"{left_out:14} {own['pages']:4} pages: lines {own['right'] / own['lines']:.3f}, "
            f"texts {own['texts'] / own['pages']:.3f}",
            flush=True,
        )
    print(f"{'all':14} lines {totals['right'] / totals['lines']:.3f}, texts {totals['texts'] / totals['pages']:.3f}")


def main() -> int:
    """Fit on the open labelled pages and write the weights, or validate."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=Path, default=Path("tests/reading/pages"))
    parser.add_argument("--validate", action="store_true", help="leave out one set after the other, write nothing")
    parser.add_argument("--penalty", type=float, default=PENALTY)
    arguments = parser.parse_args()
    pages = load(arguments.pages)
    if arguments.validate:
        validate(pages, arguments.penalty)
    else:
        WEIGHTS.parent.mkdir(exist_ok=True)
        write(fit(pages, arguments.penalty), WEIGHTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
