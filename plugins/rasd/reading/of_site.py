"""Names by which a page speaks of its own site: at its edges, in its furniture, in its copyright line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rasd.arabic.text import fold
from rasd.reading.candidates import YEARS, Candidates
from rasd.reading.credits import SIGNS, is_agency_name, is_outlet_name, read_facts
from rasd.reading.drafts import Draft
from rasd.reading.lines import Piece
from rasd.reading.looks import EDGE, bears_masthead, of_sections, says_sort
from rasd.reading.nearby import IN_QUOTES
from rasd.reading.phrases import AT_THE_FOOT, IN_FURNITURE, load_phrases
from rasd.reading.rights import SPEAKS_OF_RIGHTS, rights_holder
from rasd.reading.surroundings import says_nobody

_FURNITURE = ("navigation", "boilerplate", "metadata")
_HOME = ("الرئيسيه", "الصفحه الرئيسيه", "home", "انت هنا", "الصفحه الاولى")
_PATH = re.compile(r"\s*[/|»›>\\«‹←]\s*")


def take_page(found: Candidates, pieces: Sequence[Piece], draft: Draft) -> None:
    """Take the names by which the page speaks of its own site."""
    for line in reversed(pieces[-8:]):
        for first in load_phrases().find(AT_THE_FOOT, line):
            if line.kind in _FURNITURE or "The post" in line.text:
                found.give(first.name, first.use, line.start)
    for line in pieces[:6]:
        if line.text.startswith("Channel ") and (made := IN_QUOTES.search(line.text)) is not None:
            found.give(made[1], "channel", line.start)
    if channel := next((p for p in pieces if p.rule == "channel_above_its_posts"), None):
        found.give(channel.text, "channel", channel.start)
    count = len(pieces)
    for i in _edges(count, draft.body[-1]):
        line = pieces[i]
        if line.kind not in _FURNITURE or line.words > 60:
            continue
        if SPEAKS_OF_RIGHTS.search(line.text) and (holder := rights_holder(line.text)):
            of = ": agency" if is_agency_name(holder) else ": picture" if i < draft.body[0] else ""
            found.give(holder, f"rights{of}", line.start)
        for said in load_phrases().find(IN_FURNITURE, line):
            name = said.name.strip(SIGNS)
            if len(name.split()) <= 5 and not is_agency_name(name):
                found.give(name, said.use, line.start)
    _in_short_lines(found, pieces, draft)
    for n in range(min(3, draft.first)):
        _at_the_edge(found, pieces[n], "first" if n == 0 else "second")
    for n, i in enumerate(range(count - 1, max(draft.body[-1], count - 4), -1)):
        _at_the_edge(found, pieces[i], "last" if n == 0 else "second to last")


def _in_short_lines(found: Candidates, pieces: Sequence[Piece], draft: Draft) -> None:
    """Take the short lines at the page's edges that stand there more than once: a masthead, a name above its menu."""
    seen: Counter[str] = Counter()
    for i in (*range(min(_MASTHEAD, draft.body[0])), *range(max(draft.body[-1] + 1, len(pieces) - _FOOT), len(pieces))):
        line = pieces[i]
        if "caption" in line.rule:
            continue  # a picture's two descriptions
        if line.words <= 5 and line.kind in _FURNITURE and not line.numbered and not says_nobody(line):
            seen[bare := line.text.strip(SIGNS)] += 1
            if seen[bare] == 2:
                found.give(bare, "a short line again and again", line.start)


_MASTHEAD, _FOOT = 14, 10
_DOTS = re.compile(r"\s?(?:\.{2,}|…)\s?")


def _at_the_edge(found: Candidates, line: Piece, where: str) -> None:
    """Take the name that the first or last lines of a page may be: a masthead, a path's head, a name with a motto."""
    if line.words > 14 or line.ends or line.kind in ("tweet", "tags") or says_nobody(line):
        return
    name = YEARS.sub("", line.text)
    if is_outlet_name(name):
        found.give(name, f"{where} line: an outlet's name", line.start)
        return
    head = _PATH.split(line.text, maxsplit=1)[0]
    if head != line.text and fold(head).strip() not in _HOME and 1 <= len(head.split()) <= 4:
        found.give(head, f"{where} line: head of a path", line.start)
    parts = read_facts(_DOTS.sub(" - ", name))
    if len(parts) == 1 and len(name.split()) <= 4:
        found.give(name, f"{where} line: alone, {line.kind}", line.start)
        found.give(name, f"{where} line: alone, sections' words: {of_sections(name)}", line.start)
    if parts and parts[0].kind in ("name", "outlet") and len(parts[0].text.split()) <= 4:
        said = ", an outlet's name" if parts[0].kind == "outlet" else ""
        found.give(parts[0].text, f"{where} line: {'alone' if len(parts) == 1 else 'first part'}{said}", line.start)
        if of_sections(parts[0].text) == "none" and bears_masthead(fold(parts[0].text).split()):
            found.give(
                parts[0].text, f"{where} line: {'alone' if len(parts) == 1 else 'part'}, a masthead's word", line.start
            )
    if len(parts) > 1 and says_sort(parts[1].text) and len(parts[0].text.split()) <= 4:
        found.give(parts[0].text, "its sort described behind it", line.start)
        found.give(parts[1].text, "describes what stands before it", line.start)
    if len(parts) > 1 and parts[-1].kind in ("name", "outlet") and len(parts[-1].text.split()) <= 4:
        said = ", an outlet's name" if parts[-1].kind == "outlet" else ""
        found.give(parts[-1].text, f"{where} line: last part{said}", line.start)


def _edges(count: int, last: int) -> Iterator[int]:
    yield from range(min(EDGE, count))
    yield from range(max(EDGE, last + 1, count - EDGE), count)
