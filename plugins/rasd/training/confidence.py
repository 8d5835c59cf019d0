"""Making the weights of `rasd.reading.confidence` again, from pages that the weights of the lines had not seen.

    python -m rasd.training.confidence LINES.npz SET … [--table TABLE] [--pages tests/reading/pages] [--validate]

LINES.npz are weights of `rasd.training.lines`, made without the sets (`--leave-out`): on pages that they were fitted to
they are surer than they will ever be of others. Each page whose main article the reader finds is an example: its text
is exactly right or not, and what `confidence.evidence` says of it moves the odds (a logistic regression; how far a
weight moves from nothing is penalised). So is each article beside a main one, for a table of its own. `--validate`
leaves out one set after the other and prints how many of its pages are sure, and what part of the sure and of the
others is exact; it writes nothing. Deterministic. Needs the `train` extra.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rasd.arabic.text import clean
from rasd.reading import confidence, weighing
from rasd.reading.evidence import NONE, total
from rasd.reading.reader import draft_page
from rasd.training.lines import AWKWARD, labelled_pages
from rasd.training.naming import Example, fit, write
from rasd.training.odds import example_of

# Pages that were written to be hard count less: what is sure should be right on ordinary ones.
COUNT_OF_AWKWARD = 0.3
# The odds are taken lower by so much: a wrong text that is called sure is worse than a right one that is not.
CAUTION = 0.3
# Log-odds above which an article is sure: a confidence of .8.
SURE = 1.386


def examples(pages: Path, sets: Sequence[str]) -> dict[str, list[Example]]:
    """Return the articles of labelled pages as the reader drafts them, by their table; right is 0 where one is exact.

    An article beside the main one is exact where any of the page is.
    """
    found: dict[str, list[Example]] = {confidence.TABLE: [], confidence.BESIDE: []}
    labelled = labelled_pages(pages)
    for name in sets:
        for page in labelled.load(name):
            drafted = draft_page(page.text)
            if not drafted.drafts or page.labels.get("mojibake"):
                continue
            wanted = page.labels["main_article"]
            exact = wanted is not None and drafted.bodies[0].text == clean(wanted["body"]["text"]).text
            said = confidence.evidence(drafted.drafts[0], drafted.pieces, drafted.inside)
            found[confidence.TABLE].append(example_of(name, page.name, page.name, said, wanted=exact))
            others = {clean(one["body"]["text"]).text for one in page.labels["related_articles"]}
            for draft, body in zip(drafted.drafts[1:], drafted.bodies[1:], strict=True):
                said = confidence.evidence_beside(draft, drafted.pieces, drafted.beside)
                exact = body.text in others
                found[confidence.BESIDE].append(example_of(name, page.name, body.text[:40], said, wanted=exact))
    return found


def cautious(table: str, given: Sequence[Example]) -> dict[str, float]:
    """Return the weights of a table fitted to examples, with the odds taken lower."""
    weights = fit(table, given, dict.fromkeys(AWKWARD, COUNT_OF_AWKWARD))
    return weights | {NONE: weights[NONE] - CAUTION}


def _report(what: str, weights: dict[str, float], given: Sequence[Example]) -> tuple[int, int, int, int]:
    """Print, and return, how many pages are sure and exact among them, and the same of the others."""
    sure = [example for example in given if total(weights, example.evidence[0]) > SURE]
    others = [example for example in given if total(weights, example.evidence[0]) <= SURE]
    counts = len(sure), sum(e.wanted for e in sure), len(others), sum(e.wanted for e in others)
    _print(what, *counts)
    return counts


def _print(what: str, sure: int, right: int, others: int, right_too: int) -> None:
    print(f"{what:<12}{sure:>6}{right / max(1, sure):>8.3f}{others:>6}{right_too / max(1, others):>8.3f}")


def _validate(table: str, given: Sequence[Example], sets: Sequence[str]) -> None:
    """Leave out one set after the other, and print what comes out for it."""
    print(f"{table}\n{'left out':<12}{'sure':>6}{'exact':>8}{'other':>6}{'exact':>8}")
    for kind, some in (("ordinary", set(sets) - AWKWARD), ("awkward", set(sets) & AWKWARD)):
        rows = []
        for left_out in (name for name in sets if name in some):
            weights = cautious(table, [example for example in given if example.collection != left_out])
            rows.append(_report(left_out, weights, [example for example in given if example.collection == left_out]))
        if rows:
            _print(kind, *(sum(column) for column in zip(*rows, strict=True)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the table, or validate it."""
    parser = argparse.ArgumentParser(
        prog="python -m rasd.training.confidence", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("lines", type=Path, help="weights of the lines that had not seen the sets")
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--table", choices=(confidence.TABLE, confidence.BESIDE), help="only this one (both)")
    parser.add_argument("--pages", type=Path, default=Path("tests/reading/pages"))
    parser.add_argument("--validate", action="store_true", help="leave out one set after the other; write nothing")
    asked = parser.parse_args(arguments)
    weighing.WEIGHTS = asked.lines
    weighing.load_weights.cache_clear()
    for table, given in examples(asked.pages, asked.sets).items():
        if asked.table not in (None, table):
            continue
        if asked.validate:
            _validate(table, given, asked.sets)
        else:
            weights = cautious(table, given)
            write(table, weights)
            _report("fitted on", weights, given)
    return 0


if __name__ == "__main__":
    sys.exit(main())
