"""Making the weights of `rasd.reading.parting` again, from the key words of the labelled pages.

    python -m rasd.training.parting [--pages tests/reading/pages] [--validate]

The key words of each page are put in a row with one blank between any two words, whatever signs part them there; behind
each word one ends or does not, and what is known of it moves the odds (a logistic regression, how far a weight moves
from nothing is penalised). `--validate` leaves out one set after the other and prints what comes out for it; it writes
nothing. The held-out pages are never read. Deterministic: the same pages give the same weights. Needs the `train` extra
(scipy).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rasd.arabic.text import clean, fold
from rasd.reading import parting
from rasd.training.lines import labelled_pages
from rasd.training.naming import Example
from rasd.training.odds import Question, command, example_of

# Of the words little is known but themselves: weights may move far.
ENDS = Question(parting.TABLE, heads=("gaps", "ends"), count=5.0)
# Key words that stand farther apart are not of one row.
_NEAR = 4
_BLANKS = re.compile(r"[\s_]+")


def examples(pages: Path) -> list[Example]:
    """Return the gaps between words of the key words of every open labelled page; right is 0 where one ends there."""
    labelled = labelled_pages(pages)
    return [one for half in labelled.OPEN for page in labelled.load(half) for one in _of_page(half, page)]


def _of_page(half: str, page: Any) -> list[Example]:
    main, title = page.labels["main_article"], page.labels["title"]
    said = (title["text"] if title else "") + "\n" + (clean(main["body"]["text"]).text if main else "")
    body = parting.words_of_text(fold(said))
    found: list[Example] = []
    for row in _rows(page):
        words = [word for tag in row for word in tag]
        ends = {sum(map(len, row[: n + 1])) - 1 for n in range(len(row))}

        def decide(i: int, evidence: frozenset[str], words: list[str] = words, ends: set[int] = ends) -> bool:
            found.append(example_of(half, page.name, words[i], evidence, wanted=i in ends))
            return i in ends

        parting.part_words(words, body, decide)
    return found


def _rows(page: Any) -> Iterator[list[list[str]]]:
    """Yield the words of the key words that stand beside one another on a page."""
    row: list[list[str]] = []
    tags = sorted((tag["start"], tag["end"]) for tag in page.labels["tags"])
    for n, (start, end) in enumerate(tags):
        words = [word for word in map(fold, _BLANKS.split(page.text[start:end])) if word]
        row += [words] if words else []
        if n + 1 == len(tags) or tags[n + 1][0] - end > _NEAR:
            yield row
            row = []


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the table, or validate it."""
    return command("parting", __doc__, ENDS, examples, arguments)


if __name__ == "__main__":
    sys.exit(main())
