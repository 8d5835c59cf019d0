"""What a short line between two paragraphs is: a subheading, a caption, a row of a table, or a link to something else.

No single sign decides whether it is a subheading. Each piece of evidence has a weight, and the weights are added up.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rasd.reading.captions import CAMERA, is_caption
from rasd.reading.drafts import Draft
from rasd.reading.lines import BULLETS, YEAR, Piece
from rasd.reading.page import Page
from rasd.reading.tables import find_rows
from rasd.reading.wording import is_part, shared, speaks_to_reader

# How headlines that lead to pictures and films end.
_MEDIA = ("(فيديو)", "(صور)", "(صور وفيديو)", "(فيديو وصور)", "- فيديو", "[فيديو]", "[صور]")
_CLOCK = re.compile(r"[0-9٠-٩]{1,2}:[0-9٠-٩]{2}")
_FIRST = re.compile(r"\w+")
_SUBHEADING_WORDS = 6
_PICTURES = re.compile(r"(?:بالصور|بالفيديو|شاهد|فيديو|صور)\s*(?:\.\.|:|\||-|…)")


class _Weights(NamedTuple):
    """What each sign adds to a line's being a subheading; it is one from `enough` on.

    Set on the open pages: of their headings between paragraphs nine in ten have six words or fewer; of longer lines
    those that share a third of their words with the text around them mostly are headings, the others mostly links.
    """

    of_three_words: float = 0.9
    of_six_words: float = 0.7
    shared: float = 1.2
    lone: float = 0.5
    among_others: float = -0.3
    in_a_list: float = 0.6
    beside_furniture: float = -0.1
    parallel: float = 0.8
    foreign: float = -2.0
    media: float = -1.0
    clock: float = -1.0
    enough: float = 0.9


_WEIGHTS = _Weights()


class _Gap(NamedTuple):
    """What stands between two paragraphs of an article.

    `free` are the lines of it that no rule knows, `rows` those of them that are rows of a table; `recent` is the text
    above it. `lone` says that one line alone could be a heading, `listed` that three and more short lines stand there
    and nothing else, `alone` that nothing is known as furniture. `links` is where other stories are announced.
    """

    free: list[int]
    rows: set[int]
    recent: str
    lone: bool
    listed: bool
    alone: bool
    links: int | None


def settle(page: Page, draft: Draft, waiting: list[int], interruption: int | None) -> None:
    """Label what stands between two paragraphs of the article: subheadings, rows of a table, links.

    Args:
        page: the page.
        draft: the article; the paragraph below is not yet part of it.
        waiting: the lines between the two paragraphs.
        interruption: the last of them that announces other stories, if one does.
    """
    if not waiting:
        return
    if page.wrapped:
        draft.body += [j for j in waiting if page.is_free(j)]
        waiting = [j for j in waiting if not page.is_free(j)]
    gap = _survey(page, draft, waiting, interruption)
    last = page.pieces[draft.body[-1]]
    for j in waiting:
        line = page.pieces[j]
        if page.is_free(j):
            last = line if _settle_line(page, draft, gap, j, last) else last
        elif j == waiting[-1] and _is_year_heading(page, draft, j):
            line.heading = True
            draft.body.append(j)
        elif line.kind in ("tweet", "metadata"):
            line.article = draft.number


def _survey(page: Page, draft: Draft, waiting: list[int], interruption: int | None) -> _Gap:
    """Return what is known of the lines between two paragraphs together."""
    free = [j for j in waiting if page.is_free(j)]
    recent = page.recent(draft) if free else ""
    rows = find_rows(page, free)
    lines = [(k, page.pieces[k]) for k in free]
    heads = sum(k not in rows and line.text[-1] != ":" and line.text[0] not in BULLETS for k, line in lines)
    alone = len(free) == len(waiting)
    listed = len(free) > 2 and alone and all(line.words <= 5 for _, line in lines)
    return _Gap(free, rows, recent, heads == 1, listed, alone, interruption)


def _settle_line(page: Page, draft: Draft, gap: _Gap, j: int, last: Piece) -> bool:
    """Label an unknown line between two paragraphs, or take it in; return whether the next line may go on with it."""
    line = page.pieces[j]
    if _PICTURES.match(line.text) and line.words >= 4 and not line.ends:
        line.label("navigation", "link_to_pictures")
        return False
    if gap.links is not None and j > gap.links and not (j == gap.free[-1] and _heads_next(page, draft, gap, j)):
        line.label("navigation", "link_between_paragraphs")
        return True
    if j not in gap.rows and line.words <= 25 and not line.heading and is_caption(line.text):
        line.label("boilerplate", "caption_with_a_credit")
        return False
    if j in gap.rows or ":" in (last.text[-1], line.text[-1]) or line.text[0] in BULLETS:
        draft.body.append(j)
        return True
    if line.words <= 20 and not line.ends and speaks_to_reader(line.folded):
        line.label("boilerplate", "line_to_the_reader")
        return False
    if is_part(line.folded) or _is_subheading(page, draft, gap, j):
        line.heading = True
        draft.body.append(j)
        return True
    line.label("navigation", "headline_of_another_story")
    return False


def _is_year_heading(page: Page, draft: Draft, j: int) -> bool:
    """Whether a day or a year right above a paragraph heads it, as in a timeline: other headings are years too."""
    if page.mark(j) not in ("date", "page_number") or not YEAR.search(page.pieces[j].text):
        return False
    return any(page.pieces[k].heading and YEAR.search(page.pieces[k].text) for k in draft.body[-24:])


def _heads_next(page: Page, draft: Draft, gap: _Gap, j: int) -> bool:
    """Whether the last line of a list of links is rather the subheading of what follows."""
    line = page.pieces[j]
    if line.words > _SUBHEADING_WORDS or line.mark is not None:
        return False
    if has_parallel(page, draft, line):
        return True
    below_a_mark = page.mark(j - 1) is not None and line.words <= 3
    return below_a_mark or shared(line.folded, gap.recent) >= 0.6 or line.gap > 1


def has_parallel(page: Page, draft: Draft, line: Piece) -> bool:
    """Return whether another heading near by has the same form (see `alike`)."""
    if any(alike(line.folded, page.pieces[j].folded) for j in draft.body[-24:] if page.pieces[j].heading):
        return True
    at = draft.body[-1] + 2
    return any(
        p.kind is None and not p.prose and p.words > 2 and alike(line.folded, p.folded)
        for p in page.pieces[at : at + 10]
        if p is not line
    )


def _is_subheading(page: Page, draft: Draft, gap: _Gap, j: int) -> bool:
    """Whether a line between two paragraphs belongs to their article as a heading or an item.

    It is no row of a table and ends in no colon.
    """
    w, line = _WEIGHTS, page.pieces[j]
    score = w.of_three_words if line.words <= 3 else w.of_six_words if line.words <= 6 else 0.0
    score += w.shared * shared(line.folded, gap.recent + page.ahead(j))
    score += w.lone if gap.lone else w.in_a_list if gap.listed else w.among_others
    score += w.beside_furniture * (not gap.alone) + w.parallel * has_parallel(page, draft, line)
    score += w.foreign * line.foreign
    score += w.media * (line.text.endswith(_MEDIA) or line.text[0] in CAMERA)
    score += w.clock * (_CLOCK.search(line.text) is not None)
    return score >= w.enough


def alike(folded: str, other: str) -> bool:
    """Return whether two headings have the same form: the same first word, or a name in quotation marks and a colon."""
    one, two = _FIRST.search(folded), _FIRST.search(other)
    if one is None or two is None:
        return False
    if one.group() == two.group() and len(one.group()) > 2 and not one.group().isdigit():
        return True
    if folded[0] == other[0] and folded[0] in '«"“-•*':
        return ":" in folded[:60] and ":" in other[:60]
    return False
