"""The extent of an article: from its first sure paragraph to its last, over whatever stands between them."""

from __future__ import annotations

from rasd.reading.boundaries import is_other_story, is_teaser, resumes
from rasd.reading.drafts import Draft
from rasd.reading.endings import settle_tail
from rasd.reading.interior import settle
from rasd.reading.lines import FULL_STOP
from rasd.reading.markers import CLOSING, HEADING_OTHERS
from rasd.reading.page import Page
from rasd.reading.wording import calls_the_reader, goes_on, shared, speaks_to_reader

# Behind so many other lines no article beside the main one goes on; without a bound a page of headlines is read through
# for each of them. On labelled pages the most is 42.
_APART = 300


def follow(page: Page, draft: Draft, anchor: int) -> None:
    """Follow the article from its first sure paragraph to its last."""
    body = draft.body
    body.append(anchor)
    waiting: list[int] = []
    interruption: int | None = None
    closed = ruled = False
    i = anchor
    while (i := i + 1) < len(page.pieces):
        kind = page.mark(i)
        if kind == "post" or (len(waiting) > _APART and draft.role == "related"):
            break
        if kind == "ruled":
            ruled = True
        if kind in HEADING_OTHERS:
            if page.mark(i + 1) != "link":
                interruption = i
            waiting.append(i)
            continue
        if kind in CLOSING:
            closed = True
            waiting.append(i)
            if kind == "comments":
                break
            continue
        if not page.is_free(i):
            waiting.append(i)
            continue
        if not _is_paragraph(page, draft, i, waiting, interruption):
            waiting.append(i)
            continue
        if interruption is not None and not closed and is_teaser(page, draft, i, waiting, interruption):
            line = page.pieces[i]
            line.label("navigation", "sentence_of_a_link")
            waiting.append(i)
            continue
        if (closed or interruption is not None) and not resumes(page, draft, i, waiting, closed):
            break
        if interruption is None and not closed and is_other_story(page, draft, i, waiting, ruled):
            draft.cut_short = True
            break
        settle(page, draft, waiting, interruption)
        body.append(i)
        waiting, interruption, closed, ruled = [], None, False, False
    draft.reach = min(i, len(page.pieces) - 1)
    settle_tail(page, draft, waiting)


def _is_paragraph(page: Page, draft: Draft, i: int, waiting: list[int], interruption: int | None) -> bool:
    """Whether a line goes on with the text by its shape: prose that speaks to nobody and leads nowhere else."""
    line = page.pieces[i]
    if not line.prose or line.heading:
        return len(waiting) < 3 and all(_asks(page, j) for j in waiting) and _short_sentence(page, i)
    if _loose_question(page, draft, i, waiting):
        return False
    if line.words < 30 and line.foreign and not page.foreign:
        return False
    if line.words < 20 and speaks_to_reader(line.folded):
        told = line.text[-1] == "." and line.words >= 8 and not calls_the_reader(line.folded)
        return told or (line.text[-1] == "." and not waiting and _shares(page, draft, i, 0.2))
    if line.text[-1] not in "؟!":
        return True
    # A headline that asks: with its time or in a list of links.
    timed = line.glued and page.mark(i - 1) == "time" and line.words < 8
    return not timed and not (interruption is not None and line.words < 20)


def _asks(page: Page, j: int) -> bool:
    """Whether a line leads to the next one: a question, or what ends in a colon."""
    return page.is_free(j) and page.pieces[j].text[-1] in "؟:"


def _short_sentence(page: Page, i: int) -> bool:
    """Whether a line right below a paragraph is a sentence of a few words: "لا أعرف.", "رحم الله الفقيد."."""
    line = page.pieces[i]
    if line.words < 5 and line.text[-1] == "؟" and line.text[0] in "فو" and line.mark is None:
        return True  # the question with which a column ends
    return (
        2 <= line.words < 5
        and not line.heading
        and line.mark is None
        and line.text.rstrip("\"'”»")[-1:] == "."
        and line.text[-2:] != ".."
        and line.text[0].isalpha()
        and not speaks_to_reader(line.folded)
    )


def _loose_question(page: Page, draft: Draft, i: int, waiting: list[int]) -> bool:
    """Whether a short question or call is set off from the article: nothing answers it, nothing leads to it."""
    line = page.pieces[i]
    if line.words >= 20 or line.text[-1] not in "؟!" or FULL_STOP.search(line.text) or goes_on(line.text):
        return False
    if not waiting and line.text[0] in "فو":
        return False
    following = page.pieces[i + 1] if i + 1 < len(page.pieces) else None
    answered = following is not None and following.kind is None and following.ends and following.text[-1] not in "؟!"
    if waiting:
        return not answered or page.mark(i - 1) is not None
    # Set off by a wider gap it has to share more.
    needed = 0.4 if line.gap > 1 else 0.2
    return not answered and (speaks_to_reader(line.folded) or not _shares(page, draft, i, needed))


def _shares(page: Page, draft: Draft, i: int, part: float) -> bool:
    """Whether a line has that part of its subject in common with the article so far."""
    return shared(page.pieces[i].folded, page.recent(draft)) >= part
