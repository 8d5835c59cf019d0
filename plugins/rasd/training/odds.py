"""Fitting a table of evidence to what is so or is not, and printing how it comes out: a logistic regression.

Of `rasd.training.naming`'s conditional logit it is the case of one name: there is nothing to choose between, an example
is right or none. On the sets that the weights of the lines were made from nearly everything is known for what it is:
they count less.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rasd.reading.evidence import total
from rasd.training.naming import Example, fit, write

# What an example of a set counts that is not among the new ones.
COUNT_OF_OTHERS = 0.3
# On so many examples a piece of evidence has to stand to have a weight.
LEAST = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What a table of evidence answers with yes or no.

    Attributes:
        table: its name in `weights/`.
        heads: what is asked about and what is looked for, as the report names them.
        new: the sets that show best what is found on pages that the reader does not know; None for all.
        enough: the answer is yes above this sum of weights.
        count: what an example counts, against what it costs to move a weight.
    """

    table: str
    heads: tuple[str, str]
    new: Collection[str] | None = None
    enough: float = 0.0
    count: float = 1.0


def example_of(collection: str, page: str, name: str, evidence: frozenset[str], *, wanted: bool) -> Example:
    """Return an example of one thing on a page: its evidence, and whether it is what is looked for."""
    return Example(collection, page, [name], [evidence], 0 if wanted else None, wanted)


def learn(question: Question, given: Sequence[Example], *, validate: bool) -> None:
    """Fit the question's table and write it, or leave out one set after the other; print what is found, and rightly."""
    seen = Counter(one for example in given for one in example.evidence[0])
    given = [replace(e, evidence=[frozenset(one for one in e.evidence[0] if seen[one] >= LEAST)]) for e in given]
    sets = dict.fromkeys(example.collection for example in given)
    seldom = COUNT_OF_OTHERS * question.count
    counts = {name: question.count if question.new is None or name in question.new else seldom for name in sets}

    def answered(weights: Mapping[str, float], examples: Sequence[Example]) -> list[tuple[Example, bool]]:
        return [(e, total(weights, e.evidence[0]) > question.enough) for e in examples]

    if not validate:
        weights = fit(question.table, given, counts)
        write(question.table, weights)
        _report("fitted on", answered(weights, given))
        return
    print(f"{'left out':<12}{question.heads[0]:>6}{question.heads[1]:>6}{'found':>6}{'right':>6}")
    told: list[tuple[Example, bool]] = []
    for left_out in sets:
        weights = fit(question.table, [e for e in given if e.collection != left_out], counts)
        rest = answered(weights, [e for e in given if e.collection == left_out])
        _report(left_out, rest)
        told += rest
    _report("all", told)


def command(
    name: str,
    doc: str | None,
    question: Question,
    examples: Callable[[Path], Sequence[Example]],
    arguments: Sequence[str] | None,
) -> int:
    """Run `python -m rasd.training.<name>`: fit the question's table to labelled pages and write it, or validate it."""
    parser = argparse.ArgumentParser(prog=f"python -m rasd.training.{name}", description=(doc or "").split("\n")[0])
    parser.add_argument("--pages", type=Path, default=Path("tests/reading/pages"))
    parser.add_argument("--validate", action="store_true", help="leave out one set after the other; write nothing")
    parser.add_argument("--without", nargs="*", default=[], help="sets that are left out of what is written")
    asked = parser.parse_args(arguments)
    given = [one for one in examples(asked.pages) if one.collection not in asked.without]
    learn(question, given, validate=asked.validate)
    return 0


def _report(what: str, told: Sequence[tuple[Example, bool]]) -> None:
    found = sum(yes for _, yes in told)
    right = sum(yes and example.wanted for example, yes in told)
    print(f"{what:<12}{len(told):>6}{sum(e.wanted for e, _ in told):>6}{found:>6}{right:>6}")
