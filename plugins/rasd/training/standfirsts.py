"""Making the weights of `rasd.reading.standfirsts` again, from the labelled pages.

    python -m rasd.training.standfirsts [--pages tests/reading/pages] [--validate]

The first paragraph of each text is no standfirst; what is labelled as one is, wherever it stands: where the day or the
writer parts it from the text nobody needs these weights, but its words are like those of others (a logistic regression,
how far a weight moves from nothing is penalised). `--validate` leaves out one set after the other and prints what comes
out for it; it writes nothing. The held-out pages are never read. Deterministic: the same pages give the same weights.
Needs the `train` extra (scipy).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rasd.reading import standfirsts
from rasd.reading.reader import marked_lines
from rasd.training.lines import labelled_pages
from rasd.training.naming import Example
from rasd.training.odds import Question, command, example_of

# There are few: weights may move far.
TOLD = Question(standfirsts.TABLE, heads=("lines", "first"), count=2.0)
_STANDFIRST = ("standfirst", "summary")


def examples(pages: Path) -> list[Example]:
    """Return the first paragraphs of the texts of every open labelled page, and their standfirsts, which are right."""
    labelled = labelled_pages(pages)
    return [
        one
        for half in labelled.OPEN
        for page in labelled.load(half)
        if page.labels["main_article"] is not None
        for one in _of_page(half, page)
    ]


def _of_page(half: str, page: Any) -> Iterator[Example]:
    pieces, _ = marked_lines(page.text)
    labels: list[tuple[str, str | None]] = [("", None)] * len(page.text)
    for segment in page.labels["segments"]:
        start, end = segment["start"], segment["end"]
        labels[start:end] = [(segment["kind"], segment.get("subkind"))] * (end - start)
    kinds = [Counter(labels[line.start : line.end]).most_common(1)[0][0] for line in pieces]
    body = [i for i, (kind, sub) in enumerate(kinds) if kind == "main_article" and sub != "subheading"]
    title = next((pieces[i] for i, kind in enumerate(kinds) if kind == ("title", "headline")), None)
    if not body:
        return
    for i in range(body[0] + 1):
        below = [pieces[j] for j in body if j > i]
        wanted = kinds[i][1] in _STANDFIRST
        asked = pieces[i].prose and (i == body[0] or (wanted and (kinds[i][1] == "standfirst" or i + 1 == body[0])))
        if asked and standfirsts.could_be(pieces[i], below):
            said = standfirsts.evidence(pieces[i], below, title)
            yield example_of(half, page.name, pieces[i].text, said, wanted=wanted)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the table, or validate it."""
    return command("standfirsts", __doc__, TOLD, examples, arguments)


if __name__ == "__main__":
    sys.exit(main())
