"""Making the weights of `rasd.reading.sections` again, from the labelled pages.

    python -m rasd.training.sections [--pages tests/reading/pages] [--validate]

Each part of a text as the reader has put it together is a story of its own or none; what is known of it moves the odds
(a logistic regression, how far a weight moves from nothing is penalised). On the sets that the weights of the lines
were made from the reader has next to no part wrong: they count less. `--validate` leaves out one set after the other
and prints what comes out for it; it writes nothing. The held-out pages are never read. Deterministic: the same pages
give the same weights. Needs the `train` extra (scipy).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rasd.reading import sections
from rasd.reading.lines import Piece
from rasd.reading.reader import parted_page
from rasd.training.lines import labelled_pages
from rasd.training.naming import Example
from rasd.training.odds import Question, command, example_of

STRANGE = Question(
    sections.TABLE,
    new=("waves-7", "aside-2", *(f"waves-{n}" for n in range(9, 18))),
    heads=("parts", "other"),
    enough=sections.ENOUGH,
)


def examples(pages: Path) -> list[Example]:
    """Return the parts of the texts of every open labelled page; right is 0 where one is a story of its own."""
    found: list[Example] = []
    labelled = labelled_pages(pages)
    for half in labelled.OPEN:
        for page in labelled.load(half):
            if page.labels["main_article"] is None:
                continue
            pieces, drafts, inside, _ = parted_page(page.text)
            parts = sections.find_sections(pieces, drafts) if drafts and drafts[0].body else []
            if len(parts) < 2 or not parts[0].paragraphs(pieces):
                continue
            kinds = [None] * len(page.text)
            for segment in page.labels["segments"]:
                kinds[segment["start"] : segment["end"]] = [segment["kind"]] * (segment["end"] - segment["start"])
            strange = [not _is_of_the_text(part, pieces, page.text, kinds) for part in parts]
            if strange[0]:
                continue
            told = sections.evidence(pieces, drafts[0], parts, inside, strange[1:])
            for right, (part, said) in zip(strange[1:], told, strict=True):
                name = pieces[part.lines[0]].text
                found.append(example_of(half, page.name, name, said, wanted=right))
    return found


def _is_of_the_text(part: sections.Section, pieces: Sequence[Piece], text: str, kinds: Sequence[str | None]) -> bool:
    """Whether most characters of a part's paragraphs are labelled as the main text, or as its dateline."""
    counts = Counter(
        kinds[at]
        for i in part.paragraphs(pieces) or part.lines
        for at in range(pieces[i].start, pieces[i].end)
        if not text[at].isspace()
    )
    return (counts["main_article"] + counts["dateline"]) * 2 > sum(counts.values())


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the table, or validate it."""
    return command("sections", __doc__, STRANGE, examples, arguments)


if __name__ == "__main__":
    sys.exit(main())
