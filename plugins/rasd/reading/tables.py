"""Rows of tables and entries of lists, told by the shape of the lines around them."""

from __future__ import annotations

from rasd.reading.captions import is_caption
from rasd.reading.lines import count_cells, has_number
from rasd.reading.page import Page


def find_rows(page: Page, free: list[int]) -> set[int]:
    """Return the lines that are rows of a table or list: three and more short ones, mostly with numbers."""
    rows = {j for j in free if page.pieces[j].words <= 24 and is_like_a_row(page.pieces[j].text)}
    rows.update(j for j in free if page.pieces[j].cell)
    for j in free:
        # The head of a table: as many cells as the row below it.
        if j + 1 in rows and j not in rows and (cells := count_cells(page.pieces[j].text)) > 2:
            rows |= {j} if cells == count_cells(page.pieces[j + 1].text) else set()
    numbered = sum(page.pieces[j].numbered for j in rows)
    labelled = sum(0 < page.pieces[j].text.find(":") < 30 for j in rows)
    return rows if len(rows) >= 2 and (numbered * 3 >= len(rows) or labelled >= max(3, len(rows))) else set()


def is_like_a_row(text: str) -> bool:
    """Return whether a line has a number, a label with its value, or members of a list."""
    label = text.find(":")
    return has_number(text) or "\t" in text or 0 < label < 30 or sum(text.count(sign) for sign in "–-،") > 1


def list_end(page: Page, tail: list[int], rows: set[int]) -> int:
    """Return how many lines of a tail make a list: rows, and the headings and lead-ins right above rows.

    A list of two rows needs a lead-in; what nothing leads in to is a table of its own, unless it is longer.
    """
    end = 0
    led = bool(tail) and (tail[0] in rows or page.pieces[tail[0] - 1].text[-1] == ":")
    for n, j in enumerate(tail):
        line = page.pieces[j]
        if n and j != tail[n - 1] + 1:
            break
        if j in rows and not is_caption(line.text):
            end = n + 1 if len(rows) > (1 if led else 2) else end
        elif not (line.text[-1] == ":" or (line.words <= 5 and not line.ends)) or n > end + 1:
            break
        led = led or line.text[-1] == ":"
    return end
