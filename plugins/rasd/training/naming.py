"""Making the weights of `rasd.reading.publishers`, `writers` and `mentions` again, from the labelled pages.

    python -m rasd.training.naming [--pages tests/reading/pages] [--keep] [--validate]

Each piece of evidence begins with what is known of it without a page (`KNOWN`: a source line names the outlet, a
caption no writer), and the open labelled pages move it: the names of a page compete with one another and with naming
nobody (a conditional logit), and how far a weight moves from where it began is penalised. With `--keep`
what the tables weigh already stays as it is, and `mentions` too: only new evidence is fitted to the pages. `--validate`
leaves out one set after the other and prints how the names of the set left out come out; it writes nothing. The
held-out pages are never read. Deterministic: the same pages give the same weights. Needs the `train` extra (scipy).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rasd.arabic.text import clean, fold
from rasd.reading import publishers, writers
from rasd.reading.candidates import key_of
from rasd.reading.evidence import NONE, WEIGHTS, load_table, total
from rasd.reading.mentions import Mention
from rasd.reading.reader import draft_page
from rasd.reading.surroundings import Around, around
from rasd.training.lines import labelled_pages
from rasd.training.mentions import Run, drawn_runs, mentioned, page_runs
from rasd.training.mentions import fit as fit_mentions

Floats = npt.NDArray[np.float64]
# How much it costs to move a weight from where it began, and on how many names evidence has to stand to have one.
PENALTY = 1.0
LEAST = 2
# What weighs less is left out of a table; of the many words beside names, what hardly speaks for or against them.
LIGHTEST = {"mentions": 0.08}
# In so many parts the sets are left out one after the other, for the mentions of a page to be like those of a new one.
PARTS = 6
# Ordinary pages count more than those of the odd sets: what names an outlet there is seldom what names it elsewhere.
_ORDINARY = (1, 2, 3, 4, 5, 6, 7, 14, 15, 21, 22, 24, 26, 28, 29, 31, 32, 34, 35, 36, 38, 39, 40)
WEIGHT_OF_NAMES = {
    **dict.fromkeys(("dev", "broad", "real-like", "aside-1", "aside-2", *(f"waves-{n}" for n in _ORDINARY)), 2.0),
    "stories": 0.7,
}
# What is known without a page, in the units of the weights: a name with a sum above 0 is named.
KNOWN: dict[str, dict[str, float]] = {
    "publishers": {
        NONE: -4,
        # a line that says so
        "source": 8, "published in": 6, "head of a post": 5, "first published on": 5, "channel": 4, "ours": 4,
        "site tail": 4, "rights": 4.5, "source further down": 2,
        "among the links of the foot": 0.5, "between other articles": -3,
        "in the place of a headline, with a day": 2, "beside its address": 2,
        "calls itself an agency, beside a place or a person": -1, "dateline: calls itself an agency": -1,
        "first line: what it is about behind it": 1.5, "last line: what it is about behind it": 1.5,
        "its own reporter": 0.5, "begins the text, before a dash": 1.5,
        "ends with a number": -1, "alone, its sort described below it": 2,
        "first line: an institution's name": 1, "last line: an institution's name": 1,
        "second line: an institution's name": 1, "in the place of a headline": 3,
        "mentioned and nothing else, of sections' words": -2, "naming": 2.5, "naming: of itself": 3,
        "dateline: several words where a place would be": 1, "beside 'exclusive'": 2, "publisher of a book": -2,
        # datelines, and what the text was told
        "dateline": 4.5, "dateline: an unknown name": 3, "dateline: an agency that no table has": 2.5,
        "told in headline": 4, "told in text": 2, "told in text: said so": 2, "told on its air": 2,
        "set off at the headline's end": 1.5,
        "learned in text": 2, "learned in text: its doing": 2.5,
        "told to its reporter": 3, "told in text, unquoted": 2, "quoted in the text": 2,
        "told to it in the text": 2.5, "told in text, behind its sort": 3, "tells what it does": 3,
        "taken from": 4, "before the number of an issue": 3, "behind its sort": 0.5, "in the headline": -1,
        # beside the headline
        "between: name": 0.5, "right above the text: name": 0.5,
        "right above the text: outlet": 2, "between: outlet": 2, "above: outlet": 1.5, "in brackets behind a place": 3,
        "unknown beside a person": 2,
        "unknown beside a place": 2, "unknown beside a day": 1.5, "between: with a day and nothing else": 2,
        "right above the text: with a day and nothing else": 2,
        "above: with a day and nothing else": 0.5, "beside the writer": 2, "the writer's name": -3,
        "first of two strangers": 1.5, "second of two strangers": -1, "beside another name": -0.5,
        "alone, with a dash behind it": 3, "alone, in brackets": 2, "alone, in quotation marks": 2,
        "alone, with its address below it": 2, "a short line again and again": 2, "alone, with a day below it": 1,
        "alone, with its sort below it": 3, "beside an address": 1.5, "picture's credit": 1.5,
        "quoted behind its sort": 3, "labelled: other": -1, "in a line of kind: navigation": -1.5,
        "in a line of kind: bar": -1, "in a line of kind: tags": -1.5,
        # the edges of the page
        "first line: an outlet's name": 2, "first line: first part, an outlet's name": 1,
        "last line: an outlet's name": 1.5, "last line: first part, an outlet's name": 1,
        "twice outside the text": 0.5, "often outside the text": 1,
        "dateline: ours, an agency": 2, "before its agency": 2.5, "with 'exclusive' and nothing else": 1.5,
        "source of an article beside the main one": 3, "spelt by an address": 3, "asks in the text": 3,
        "its sort described behind it": 2, "describes what stands before it": -3,
        "its words in the text: all": -0.5, "first line: alone, boilerplate": 0.5, "last line: alone, boilerplate": 1,
        "a masthead's word beside a day": 4, "mentioned, a known agency": -1, "source, an agency": -2,
        "first line: alone, a masthead's word": 1.5, "last line: alone, a masthead's word": 1,
        "alone, with its followers below it": 3, "before a colon and a person": 1.5, "a place's name": -2,
        "mentioned and nothing else, an outlet's name by its words": 1,
        # by the words around it
        **{f"mentioned > {step}": 0.8 if step < 2 else 0.4 for step in range(-4, 5)},
        # what it looks like
        "an outlet's name by its words": 2, "a known outlet": 2, "a known agency": -1, "a domain": -1,
        "a person's name": -2, "could be a person": -0.5, "holds a place": 1, "foreign": -1,
        "foreign beside an Arabic name of the site": -1.5, "a masthead's word": 0.75, "begins with its sort": 2,
        "a family name of origin": -1,
        "a desk or a section": -1, "one word": -0.5, "two or three words": 0.5, "four words and more": -0.5,
    },
    "writers": {
        NONE: -4,
        # what the line says
        "label: by": 3, "label: from": 2, "label: edited": 0.5, "label: reviewed": -3, "label: translated": -2,
        "label: other": -2, "label: presented": -1, "in a line of kind: caption": -3,
        "in a line of kind: prompt": -3, "in a line of kind: credit": -2,
        # where it stands
        "where: between": 1.5, "where: right below the headline": 1, "where: right below the text": -0.5,
        "where: below": -1, "alone": 0.5, "beside a place": 1.5, "beside a outlet": 1.5, "beside a agency": 1,
        "beside a day": 0.5, "beside an address": 1, "second of two strangers": 2,
        # what it looks like, and where else it stands
        "a given name first": 2, "could be a person": 0.5, "with an initial": 1, "a family name of origin": 1.5,
        "a thing at its end": -1, "words: 2": 0.5, "words: 3": 0.5,
        "words: 5": -0.5, "foreign": -1, "holds a place": -1, "has an outlet's word": -2, "a masthead's word": -1.5,
        "where: begins the text": 2, "where: ends the headline": 1, "behind a stroke in the headline": 3,
        "an initial and a name": 2, "what he is behind the name": 1, "where: above a line about the writer": 2,
        "the article before and behind, no given name": -1, "set off by brackets or quotation marks": -1,
        "in the text": -2, "last name in the text": -0.5, "in the headline": -1, "speaks in the text": -2,
        "presents it and speaks in the text": 3,
    },
    # a key word goes on with what belongs to its words
    "parting": {
        "following begins with 'and' before a place": -6, "within a known name": -2, "following clings": -3,
        "following says for what": -2, "preposition": -2, "following preposition": -2,
    },
    # an article goes on where the words of its own headline do
    "neighbours": {
        "shares with the headline above: 3": -3, "the headline above told below: 3": -2,
        "the headline above told below: 4": -4, "first begins with 'and', surely: True": -2,
        "first goes on: True": -2, "shares with the headline above: 2": -1,
    },
}  # fmt: skip
_ROLES = ("original_source", "publisher")


@dataclass(frozen=True)
class Example:
    """The names of a page with their evidence, and which of them is the right one (None: none of them)."""

    collection: str
    page: str
    names: list[str]
    evidence: list[frozenset[str]]
    right: int | None
    wanted: bool


@dataclass(frozen=True)
class Open:
    """An open labelled page with an article: what stands around it, its labels, and the runs that could be names."""

    collection: str
    name: str
    near: Around | None
    labels: Mapping[str, Any]
    runs: list[Run]


def open_pages(pages: Path) -> list[Open]:
    """Return every open labelled page with an article, as the reader drafts it."""
    found: list[Open] = []
    labelled = labelled_pages(pages)
    for half in labelled.OPEN:
        for page in labelled.load(half):
            if page.labels["main_article"] is None:
                continue
            page_of = draft_page(page.text)
            bodies = [body.text for body in page_of.bodies]
            near = next(around(page_of.pieces, page_of.drafts, page_of.datelines, bodies), None)
            wanted = _wanted("publishers", page.labels)
            keys = {_key(one["name"]) for one in page.labels["publishers"] if one.get("name")}
            runs = page_runs(near, wanted, frozenset(keys - {wanted})) if near is not None else []
            found.append(Open(half, page.name, near, page.labels, runs))
    return found


def examples(pages: Sequence[Open], table: str, mentions: Sequence[Sequence[Mention]] | None = None) -> list[Example]:
    """Return the names that the reader finds on pages; `mentions` by other weights than the reader's, page for page."""
    found: list[Example] = []
    for n, page in enumerate(pages):
        given = mentions[n] if mentions is not None else None
        names = _candidates(table, page.near, given) if page.near is not None else {}
        wanted = _wanted(table, page.labels)
        right = next((n for n, (key, _) in enumerate(names.values()) if key == wanted), None)
        evidence = [evidence for _, evidence in names.values()]
        found.append(Example(page.collection, page.name, list(names), evidence, right, wanted is not None))
    return found


def cross_fitted(pages: Sequence[Open], drawn: Sequence[Sequence[Run]]) -> list[list[Mention]]:
    """Return the mentions of each page by weights that were fitted without its part of the sets.

    On pages that they were fitted on they are surer than they will ever be of others.
    """
    sets = list(dict.fromkeys(page.collection for page in pages))
    part = {name: n % PARTS for n, name in enumerate(sets)}
    found: list[list[Mention]] = [[] for _ in pages]
    for left_out in range(PARTS):
        weights = fit_mentions([page.runs for page in pages if part[page.collection] != left_out], drawn)
        for n, page in enumerate(pages):
            if part[page.collection] == left_out:
                found[n] = mentioned(weights, page.runs)
    return found


def _candidates(table: str, near: Around, mentions: Sequence[Mention] | None) -> dict[str, tuple[str, frozenset[str]]]:
    if table == "writers":
        named = writers.candidates(near)
        return {name: (_plain(name), frozenset(evidence)) for name, evidence in named.items()}
    found = publishers.candidates(near, writers.find_author(near), mentions)
    return {one.name: (key, frozenset(one.evidence)) for key, one in found.items()}


def _wanted(table: str, labels: Mapping[str, Any]) -> str | None:
    if table == "writers":
        author = labels.get("author")
        name = author.get("text") or author.get("name") if isinstance(author, dict) else author
        return _plain(str(name)) if name else None
    name = next((p["name"] for p in labels["publishers"] if p["role"] in _ROLES and p.get("name")), None)
    return _key(name) if name else None


def _key(name: str) -> str:
    return key_of(clean(name).text.strip())


def _plain(name: str) -> str:
    return fold(name).strip(" .")


def fit(
    table: str, given: Sequence[Example], counts: Mapping[str, float] = WEIGHT_OF_NAMES, *, keep: bool = False
) -> dict[str, float]:
    """Return the weights under which the right names are likeliest (L-BFGS); see the module.

    Args:
        table: which they are.
        given: the pages to learn from.
        counts: what a page of a set counts, where that is not 1.
        keep: what the table weighs already stays as it is.
    """
    from scipy.optimize import minimize  # type: ignore[import-untyped]
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    kept = load_table(table) if keep else {}
    known = {**KNOWN.get(table, {}), **kept}
    seen = Counter(one for example in given for evidence in example.evidence for one in evidence)
    named = [NONE, *sorted((known.keys() | {one for one, count in seen.items() if count >= LEAST}) - {NONE})]
    column = {one: n for n, one in enumerate(named)}
    start = np.array([known.get(one, 0.0) for one in named])
    free = np.array([one not in kept for one in named])
    pages = [example for example in given if example.names]
    rows = [
        sorted([0, *(column[one] for one in evidence if one in column)]) for page in pages for evidence in page.evidence
    ]
    ends = np.cumsum([0, *map(len, rows)])
    flat = np.fromiter((n for row in rows for n in row), dtype=np.int64, count=int(ends[-1]))
    signs = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(named)))
    across = signs.T.tocsr()
    sizes = np.array([len(page.names) for page in pages])
    first = np.cumsum(sizes) - sizes  # the row of each page's first name
    page_of = np.repeat(np.arange(len(pages)), sizes)
    right = np.array(
        [int(at) + page.right for at, page in zip(first, pages, strict=True) if page.right is not None], dtype=np.int64
    )
    count = np.array([counts.get(page.collection, 1.0) for page in pages])

    def loss(weights: Floats) -> tuple[float, Floats]:
        away = weights - start
        sums = signs @ weights
        top = np.maximum(0.0, np.maximum.reduceat(sums, first))
        odds = np.exp(sums - top[page_of])
        total = np.exp(-top) + np.add.reduceat(odds, first)
        chances = odds / total[page_of]
        value = PENALTY * float(away @ away) + float((count * (np.log(total) + top)).sum())
        value -= float((count[page_of[right]] * sums[right]).sum())
        chances[right] -= 1
        chances *= count[page_of]
        return value, free * (2 * PENALTY * away + across @ chances)

    weights = minimize(loss, start.copy(), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return dict(zip(named, map(float, weights), strict=True))


def _best(weights: Mapping[str, float], example: Example) -> int | None:
    sums = [total(weights, evidence) for evidence in example.evidence]
    best = max(range(len(sums)), key=lambda n: sums[n], default=None)
    return best if best is not None and sums[best] > 0 else None


def f1(named: Sequence[tuple[Example, int | None]]) -> float:
    """Return the F1 of the names found, each with the page's names that it was chosen from."""
    right = sum(best is not None and best == example.right for example, best in named)
    found = sum(best is not None for _, best in named)
    wanted = sum(example.wanted for example, _ in named)
    return 2 * right / (found + wanted) if found + wanted else 1.0


def _print(what: str, named: Sequence[tuple[Example, int | None]]) -> None:
    print(f"{what}{sum(example.wanted for example, _ in named):>5}{f1(named):8.3f}")


def write(table: str, weights: Mapping[str, float]) -> None:
    """Write a table of `rasd.reading.evidence`: what weighs nothing is left out."""
    lightest = LIGHTEST.get(table, 0.005)
    with (WEIGHTS / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("evidence", "weight"))
        out.writerows((one, f"{weight:.2f}") for one, weight in sorted(weights.items()) if abs(weight) >= lightest)
    load_table.cache_clear()


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write both tables, or validate them."""
    parser = argparse.ArgumentParser(prog="python -m rasd.training.naming", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pages", type=Path, default=Path("tests/reading/pages"))
    parser.add_argument("--validate", action="store_true", help="leave out one set after the other; write nothing")
    parser.add_argument(
        "--keep", action="store_true", help="leave the weights that stand as they are; fit those of new evidence"
    )
    asked = parser.parse_args(arguments)
    pages = open_pages(asked.pages)
    drawn = drawn_runs()
    mentions = cross_fitted(pages, drawn)
    if not (asked.validate or asked.keep):
        write("mentions", fit_mentions([page.runs for page in pages], drawn))
    for table in ("writers", "publishers"):  # who wrote is known when it is asked who published
        given = examples(pages, table, mentions)
        if asked.validate:
            named: list[tuple[Example, int | None]] = []
            for left_out in dict.fromkeys(example.collection for example in given):
                weights = fit(table, [one for one in given if one.collection != left_out], keep=asked.keep)
                rest = [(example, _best(weights, example)) for example in given if example.collection == left_out]
                _print(f"{table:<12}{left_out:<12}", rest)
                named += rest
            _print(f"{table:<12}{'all':<12}", named)
            continue
        weights = fit(table, given, keep=asked.keep)
        write(table, weights)
        fitted = f1([(example, _best(weights, example)) for example in given])
        print(f"{table}: {len(weights)} weights, F1 {fitted:.3f} on the pages they were fitted on")
    return 0


if __name__ == "__main__":
    sys.exit(main())
