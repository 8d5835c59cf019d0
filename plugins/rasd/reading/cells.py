"""Tables, whose rows or cells stand one a line: found by the numbers in them before any article is looked for."""

from __future__ import annotations

import re

from rasd.reading.lines import BAR, Piece, count_cells

# A table has so many rows with a number, of so many cells; its rule is made of strokes ("|---|---|").
_ROWS, _ROW_CELLS, _ROW_WORDS = 3, 3, 24
_TABLE_RULE = re.compile(r"[|:\s–—-]*\|[|:\s–—-]*")
# Cells of a table that stand one a line: a number, with what may stand around it; a time heads what stands beside it.
_CELL_NUMBER = re.compile(r"(?![0-9٠-٩]{1,2}:)[-+(]?[0-9٠-٩][0-9٠-٩.,٫:/-]*\s?[%٪)°]?(?:\s[^\W\d_]{1,4})?")
_CELL_WORDS = 4
# A table whose cells stand one a line has so many.
_LEAST_CELLS = 6
# A row is a name and its numbers, or numbers and a name; rows are alike.
_TABLE = re.compile("(-n{1,4}|n{1,4}-)\\1{2,}")


def find_tables(pieces: list[Piece]) -> None:
    """Say of each line whether it is a cell or a row of a table; such lines bear no mark."""
    _unmark_rows(pieces)
    _mark_rows(pieces)
    _mark_cells(pieces)


def _unmark_rows(pieces: list[Piece]) -> None:
    """Take back what looks like a menu bar but heads a table: the line below it is a row with numbers."""
    for i, line in enumerate(pieces[:-1]):
        below = pieces[i + 1]
        if line.known != "bar" or below.mark is not None or below.gap > 1:
            continue
        if below.numbered and count_cells(line.text) == count_cells(below.text) > 1:
            line.mark = None


def _mark_rows(pieces: list[Piece]) -> None:
    """Find tables whose rows stand one a line: lines of as many cells, most of them with numbers, below their head."""
    i = 0
    while i < len(pieces):
        j, numbered, first = i, 0, 0
        while j < len(pieces) and (cells := _row_cells(pieces[j])) and (j == i or cells in (-1, first)):
            first = cells if j == i else first
            numbered += pieces[j].numbered
            j += 1
        if numbered >= _ROWS and first >= _ROW_CELLS:
            for line in pieces[i:j]:
                line.mark, line.cell = None, True
        i = max(j, i + 1)


def _row_cells(line: Piece) -> int:
    """Return how many cells a line has that could be a row, -1 for a table's rule, 0 for any other line."""
    if not line.signs & BAR or line.kind is not None or line.words > _ROW_WORDS or line.gap > 1 or line.ends:
        return 0
    if _TABLE_RULE.fullmatch(line.text):
        return -1
    strokes = line.text.strip("| ")
    return len(strokes.split("|")) if line.text[0] == "|" else count_cells(strokes)


def _mark_cells(pieces: list[Piece]) -> None:
    """Find tables whose cells stand one a line: short lines in which numbers come back at the same distance."""
    i = 0
    while i < len(pieces):
        j = i
        while j < len(pieces) and _could_be_cell(pieces[j]) and (j == i or not pieces[j].gap):
            j += 1
        if j - i >= _LEAST_CELLS:
            _mark_table(pieces[i:j])
        i = max(j, i + 1)


def _could_be_cell(line: Piece) -> bool:
    return (
        line.words <= _CELL_WORDS
        and not line.ends
        and line.kind is None
        and line.known in ("", "page_number", "bar", "navigation")
    )


def _mark_table(run: list[Piece]) -> None:
    """Mark the first table in a run of short lines: rows of a name and one to four numbers, three and more."""
    numbers = "".join("n" if _CELL_NUMBER.fullmatch(line.text) else "-" for line in run)
    found = _TABLE.search(numbers)
    if found is None:
        return
    # The head of the table: as many names as a row has cells, right above it.
    start = found.start()
    cells = len(found[1])
    if start >= cells and "n" not in numbers[start - cells : start]:
        start -= cells
    for line in run[start : found.end()]:
        line.mark, line.cell = None, True
