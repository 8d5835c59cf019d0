"""Where the weighing of all lines together contradicts the rules beyond doubt, the lines are labelled anew.

The rules of `assembly` are exact where they know a layout; the chain of `weighing` has seen many layouts and knows
none. Each is right where the other one is not: so the rules' labels stand unless the chain is sure of another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasd.reading.assembly import Draft
from rasd.reading.lines import Piece, has_number
from rasd.reading.model import SegmentKind
from rasd.reading.weighing import STATES
from rasd.reading.wording import calls_the_reader

if TYPE_CHECKING:
    from rasd.reading.weighing import Floats

# How unlikely a line has to be part of the text before a rule that took it in yields. On pages in layouts that neither
# had seen, 19 of 22 lines below .2 were no part of it, and all of those below .1.
_OUT = 0.15
_OUT_SENTENCE = 0.1
# A line of so many words is a paragraph of something, whatever stands around it.
_LONG = 40
# The name of a row ends in a colon within so many characters.
_ROW_NAME = 30
# How likely a line has to be part of the text before a rule that left it out yields; and the rules that may: where a
# text ends and another begins is told by headlines and marks, of which the rules know more.
_INTO = 0.9
_LEFT_OUT = ("link_in_a_list", "text_without_a_headline", "headline_of_another_story", "link_between_paragraphs")
# How likely another label than that of a rule which only guesses has to be.
_LIKELIER = 0.6
_GUESSES = (
    "headline_without_text", "link_in_a_list", "text_outside_articles", "beside_such_lines", "page_without_an_article",
    "line_to_the_reader", "text_without_a_headline", "text_after_the_end",
    "headline_of_another_story", "foreign_line_below_headline", "foot_of_the_page",
)  # fmt: skip
# A text that the rules did not find has so many words at least.
_WORDS = 20
# How unlikely a headline or kicker has to be to lose its place, and how likely the line that takes it.
_NO_TITLE, _A_TITLE, _NO_KICKER = 0.1, 0.8, 0.15
_BODY, _HEADING, _TITLE, _KICKER = (STATES.index(name) for name in ("body", "heading", "title", "kicker"))
_FURNITURE = [n for n, name in enumerate(STATES) if name not in ("body", "heading", "title", "related", "post")]
_KIND: dict[str, SegmentKind] = {
    "title": "title", "kicker": "title", "navigation": "navigation", "boilerplate": "boilerplate",
    "metadata": "metadata", "tags": "tags",
}  # fmt: skip


def revise(pieces: list[Piece], drafts: list[Draft], likely: Floats) -> list[float]:
    """Label anew what the weighing is sure of; returns for each line how sure it is that it is part of the text."""
    inside: list[float] = (likely[:, _BODY] + likely[:, _HEADING]).tolist()
    if drafts:
        _revise_heads(pieces, drafts[0], likely)
        _revise_body(pieces, drafts, likely, inside)
    else:
        _find_text(pieces, drafts, likely, inside)
    for i, line in enumerate(pieces):
        if line.rule in _GUESSES:
            best = int(likely[i].argmax())
            state = STATES[best]
            kind = _KIND.get(state) if state not in ("title", "kicker") else None
            if kind is not None and kind != line.kind and likely[i, best] >= _LIKELIER:
                line.label(kind, f"weighed: {state}", line.article)
    return inside


def _revise_heads(pieces: list[Piece], main: Draft, likely: Floats) -> None:
    """Take another line for the headline where the one taken is surely none, and no path of sections for a kicker."""
    if main.title is not None and likely[main.title, _TITLE] < _NO_TITLE and main.body:
        best = max(range(main.body[0]), key=lambda i: float(likely[i, _TITLE]), default=main.title)
        if likely[best, _TITLE] > _A_TITLE and best not in main.body:
            old, main.title = main.title, best
            if main.kicker == best:
                main.kicker = None
            pieces[best].label("title", "weighed: title", 0)
            _label_furniture(pieces, old, likely)
    if main.kicker is not None and likely[main.kicker, _KICKER] + likely[main.kicker, _TITLE] < _NO_KICKER:
        _label_furniture(pieces, main.kicker, likely)
        main.kicker = None


def _is_row(line: Piece) -> bool:
    """Whether a line is a cell or a row of a table: rows are taken in together, by what leads in to them."""
    return line.cell or (0 < line.text.find(":") < _ROW_NAME and has_number(line.text))


def _revise_body(pieces: list[Piece], drafts: list[Draft], likely: Floats, inside: list[float]) -> None:
    """Take lines out of the main article and into it."""
    main = drafts[0]
    own = set(main.body)
    out = [i for i in main.body if inside[i] < (_OUT_SENTENCE if pieces[i].ends else _OUT) and pieces[i].words < _LONG]
    rows = {i for i in main.body if _is_row(pieces[i])}
    out = [i for i in out if not (i in rows and (pieces[i].cell or i - 1 in rows or i + 1 in rows))]
    into = [i for i, p in enumerate(inside) if p > _INTO and pieces[i].rule in _LEFT_OUT]
    if not out and not into:
        return
    if len(out) == len(own):
        drafts[0].doubts.append("nothing on the page looks like a text but to the rules")
        out = []
    for i in into:
        pieces[i].heading = bool(likely[i, _HEADING] > likely[i, _BODY])
        pieces[i].label("main_article", "weighed: heading" if pieces[i].heading else "weighed: body", 0)
    main.body = sorted((own | set(into)) - set(out))
    for i in out:
        pieces[i].heading = False
        _label_furniture(pieces, i, likely)


def _title(pieces: list[Piece], likely: Floats, before: int) -> int | None:
    best = max(range(before), key=lambda i: float(likely[i, _TITLE]), default=None)
    if best is None or likely[best, _TITLE] < 0.5:
        return None
    pieces[best].label("title", "weighed: title", 0)
    return best


def _find_text(pieces: list[Piece], drafts: list[Draft], likely: Floats, inside: list[float]) -> None:
    """Make an article of what the weighing takes for a text, where the rules found none."""
    body = [
        i
        for i, p in enumerate(inside)
        if p > _INTO and pieces[i].kind != "tweet" and pieces[i].rule != "teaser_cut_off"
    ]
    if sum(pieces[i].words for i in body) < _WORDS or any(calls_the_reader(pieces[i].folded) for i in body[:2]):
        return
    draft = Draft("main", body=body, reach=body[-1])
    for i in body:
        pieces[i].heading = bool(likely[i, _HEADING] > likely[i, _BODY])
        pieces[i].label("main_article", "weighed: heading" if pieces[i].heading else "weighed: body", 0)
    draft.title = _title(pieces, likely, body[0])
    draft.doubts.append("no rule knew it for a text")
    drafts.append(draft)


def _label_furniture(pieces: list[Piece], i: int, likely: Floats) -> None:
    state = STATES[max(_FURNITURE, key=lambda n: float(likely[i, n]))]
    pieces[i].label(_KIND[state], f"weighed: {state}", 0 if state in ("metadata", "tags", "kicker") else None)
