"""Making the weights of `rasd.reading.neighbours` again, from the labelled pages.

    python -m rasd.training.neighbours [--pages tests/reading/pages] [--validate]

Each line that may head another article beside the main one does so or not; what is known of it moves the odds (a
logistic regression, how far a weight moves from nothing is penalised). On the sets that the weights of the lines were
made from nearly every line is known for what it is: they count less. `--validate` leaves out one set after the other
and prints what comes out for it; it writes nothing. The held-out pages are never read. Deterministic: the same pages
give the same weights. Needs the `train` extra (scipy).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasd.reading import neighbours
from rasd.reading.reader import weighed_page
from rasd.training.lines import labelled_pages
from rasd.training.naming import Example
from rasd.training.odds import Question, command, example_of

# The new sets are those that the weights of the lines have not seen.
HEADS = Question(
    neighbours.TABLE, new=("waves-14", "waves-15", *(f"waves-{n}" for n in range(21, 31))), heads=("lines", "heads")
)


def examples(pages: Path) -> list[Example]:
    """Return the lines of every open labelled page that may head an article; right is 0 where one does."""
    labelled = labelled_pages(pages)
    return [one for half in labelled.OPEN for page in labelled.load(half) for one in _of_page(half, page)]


def _of_page(half: str, page: Any) -> list[Example]:
    lines, drafts, likely = weighed_page(page.text)
    if not drafts or page.labels["main_article"] is None:
        return []
    found: list[Example] = []
    others = [s for s in page.labels["segments"] if s["kind"] == "related_article"]

    def decide(i: int, said: frozenset[str]) -> bool:
        line = lines[i]
        in_it = [s for s in others if s["start"] < line.end and line.start < s["end"]]
        right = any(s["subkind"] == "headline" and s["start"] >= line.start for s in in_it)
        if in_it:  # a line of no article is not asked for
            found.append(example_of(half, page.name, line.text, said, wanted=right))
        return right

    neighbours.find_neighbours(lines, drafts, likely, decide)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the table, or validate it."""
    return command("neighbours", __doc__, HEADS, examples, arguments)


if __name__ == "__main__":
    sys.exit(main())
