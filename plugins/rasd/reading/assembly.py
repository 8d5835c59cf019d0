"""From marked lines to articles: where the main one lies, what belongs to it, and what else stands on the page.

The evidence is general: full stops make paragraphs, a headline shares words with what it heads, a report goes
on with "and he added", labels such as a source line close it. Nothing here is fitted to one site.
"""

from __future__ import annotations

from rasd.reading.blocks import label_blocks
from rasd.reading.drafts import Draft
from rasd.reading.headlines import take_headline_below
from rasd.reading.lines import Piece
from rasd.reading.main_article import find_main
from rasd.reading.marking import KIND_OF_MARK
from rasd.reading.model import Hints
from rasd.reading.page import Page
from rasd.reading.related_articles import find_related
from rasd.reading.remainder import label_bodies, label_rest


def assemble(pieces: list[Piece], hints: Hints) -> list[Draft]:
    """Label every piece and return the articles found, the main one first; none where there is no text."""
    for line in pieces:
        if line.kind is None and line.mark is not None:
            line.label(KIND_OF_MARK[line.known], f"{line.known}: {line.known_by}")
    label_blocks(pieces)
    page = Page(pieces, hints)
    find_main(page)
    find_related(page)
    label_bodies(page)
    take_headline_below(page)
    label_rest(page)
    return page.drafts
