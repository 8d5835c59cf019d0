"""Print columns: texts whose paragraphs are broken into narrow lines, as readers of printed pages give them.

A line of a column says little by itself, and hardly one ends a sentence; a block of them is one paragraph. So a block
is of the text as a whole, once some of it is.
"""

from __future__ import annotations

from itertools import pairwise

from rasd.reading.credits import is_credit_line
from rasd.reading.drafts import Draft
from rasd.reading.lines import Piece
from rasd.reading.wording import WINDOW, shared

# A line of a column has so many characters; so many of them make a page of columns, and few lines are longer.
_NARROW, _WIDE = (2, 62), 90
_LEAST_LINES, _WIDE_SHARE = 10, 0.25
# Who wrote it stands above a column on a line of so many words.
_CREDIT_WORDS = 6
# Of the lines of columns few end a sentence; most lines of a block have so many words, and are about as long as the
# longest but for the last.
_WORDS, _ENDING, _AS_LONG, _EVEN = 4, 0.35, 0.5, 0.75
# So much of the narrow lines of a page stands in such blocks.
_SHARE = 0.45
# A block of fewer lines is a heading; of a longer one this part has to be of the text.
_BLOCK, _PART = 3, 0.15
# A heading between two blocks begins another story: it shares so much with what follows, so little with the text.
_WITH_NEXT, _WITH_TEXT = 0.4, 0.2


def join_columns(pieces: list[Piece], drafts: list[Draft]) -> None:
    """Make whole paragraphs of the lines of columns, and part a story that another one follows."""
    if not drafts or not drafts[0].body:
        return
    narrow = [i for i, line in enumerate(pieces) if _is_narrow(line)]
    wide = sum(len(line.text) > _WIDE for line in pieces)
    if len(narrow) < _LEAST_LINES or wide > _WIDE_SHARE * len(narrow):
        return
    if sum(pieces[i].ends for i in narrow) > _ENDING * len(narrow):
        return
    main = drafts[0]
    blocks = _blocks(pieces, narrow)
    body = set(main.body)
    columns = [block for block in (_finished(pieces, block) for block in blocks) if _is_column(pieces, block)]
    if sum(map(len, columns)) < _SHARE * len(narrow):
        return
    for block in columns:
        if sum(i in body for i in block) < _PART * len(block):
            continue
        said = " ".join(pieces[i].folded for i in block)[:WINDOW]
        for i in block:
            line = pieces[i]
            bare = line.folded.strip('"«»“” ')
            pulled = line.text[0] in '"«“' and line.text[-1] in '"»”' and said.count(bare) > 1
            if i not in body and line.kind != "title" and not pulled:
                line.label("main_article", "line_of_a_column", main.number)
                line.heading = False
                body.add(i)
            elif i in body:
                line.heading = False
    main.body = sorted(body)
    _part_story(pieces, drafts, blocks)
    main.reach = max(main.reach, main.body[-1])


def _is_narrow(line: Piece) -> bool:
    least, most = _NARROW
    if line.mark is not None or line.kind in ("tweet", "related_article") or not least <= len(line.text) <= most:
        return False
    return line.kind != "metadata" or line.words > _CREDIT_WORDS or not is_credit_line(line.text)


def _finished(pieces: list[Piece], block: list[int]) -> list[int]:
    """Return a block up to its last line that ends a sentence."""
    ends = [n for n, i in enumerate(block) if pieces[i].ends]
    return block[: ends[-1] + 1] if ends else []


def _is_column(pieces: list[Piece], block: list[int]) -> bool:
    """Whether most lines of a block have several words and are about as long as its longest."""
    if len(block) < _BLOCK or sum(pieces[i].words >= _WORDS for i in block) < _EVEN * len(block):
        return False
    lengths = [len(pieces[i].text) for i in block[:-1]]
    return sum(length >= _AS_LONG * max(lengths) for length in lengths) >= _EVEN * len(lengths)


def _blocks(pieces: list[Piece], narrow: list[int]) -> list[list[int]]:
    """Return the runs of narrow lines with nothing between them."""
    blocks: list[list[int]] = []
    for i in narrow:
        if blocks and blocks[-1][-1] == i - 1 and not pieces[i].gap:
            blocks[-1].append(i)
        else:
            blocks.append([i])
    return blocks


def _part_story(pieces: list[Piece], drafts: list[Draft], blocks: list[list[int]]) -> None:
    """Make a story of its own of the blocks behind a heading that speaks of them and not of the text."""
    main = drafts[0]
    body = set(main.body)
    for heading, block in pairwise(blocks):
        if len(heading) > _BLOCK or pieces[heading[-1]].ends or len(block) < _BLOCK or not body.issuperset(heading):
            continue
        above = [i for i in main.body if i < heading[0]]
        if len(above) < _BLOCK:
            continue
        title = " ".join(pieces[i].folded for i in heading)
        text = " ".join(pieces[i].folded for i in above)[:WINDOW]
        following = " ".join(pieces[i].folded for i in block)
        if shared(title, following) < _WITH_NEXT or shared(title, text) > _WITH_TEXT:
            continue
        rest = [i for i in main.body if i >= heading[0]]
        # Of a headline of several lines none is it.
        title_line = heading[0] if len(heading) == 1 else None
        draft = Draft("related", title=title_line, body=[i for i in rest if i not in heading], number=len(drafts))
        for i in rest:
            pieces[i].label("related_article", "another_story_in_columns", draft.number)
        draft.reach = draft.body[-1]
        main.body = above
        drafts.append(draft)
        return
