"""The articles below the main one: a headline with paragraphs of its own."""

from __future__ import annotations

from rasd.reading.boundaries import TEASER_WORDS
from rasd.reading.drafts import Draft
from rasd.reading.headlines import take_heads
from rasd.reading.markers import HEADING_OTHERS
from rasd.reading.page import Page
from rasd.reading.paragraphs import follow
from rasd.reading.wording import speaks_to_reader

# A shorter related article is a teaser, unless it is finished.
_RELATED_WORDS = 20


def find_related(page: Page) -> None:
    """Find the articles below the main one: a headline with paragraphs of its own."""
    if not page.drafts:
        return
    start = page.drafts[0].body[-1] + 1
    allowed = False  # whether other stories were announced
    i = start
    while i < len(page.pieces):
        kind = page.mark(i)
        if kind in (*HEADING_OTHERS, "ruled"):
            allowed = True
        elif kind == "comments":
            allowed = False
            i = _label_comments(page, i + 1)
            continue
        if not page.is_anchor(i) or page.pieces[i].article is not None:
            i += 1
            continue
        posted = page.after_post(start, i)
        allowed = allowed or posted > start
        heads = [j for j in range(posted, i) if page.is_free(j)]
        if rule := _of_no_article(page, i, start, heads, posted=posted > start, allowed=allowed):
            page.pieces[i].label("boilerplate", rule)
            i = start = i + 1
            continue
        draft = Draft("related", number=len(page.drafts))
        page.drafts.append(draft)
        if heads and heads[-1] >= i - 3:
            take_heads(page, draft, max(posted, heads[-1] - 2), i)
        follow(page, draft, i)
        if posted == start and _is_mere_teaser(page, draft, i):
            _drop(page, draft, start)
        i = start = max(draft.body[-1] + 1, i + 1)


def _of_no_article(page: Page, i: int, start: int, heads: list[int], *, posted: bool, allowed: bool) -> str | None:
    """Return by which rule a paragraph below the main article begins no other one, or None where it does.

    Args:
        page: the page.
        i: the paragraph.
        start: the first line below the article above it.
        heads: the lines between that no rule knows.
        posted: whether the head of a post stands between.
        allowed: whether other stories were announced above it.
    """
    if not heads and not allowed:
        return "text_after_the_end"
    last = page.pieces[heads[-1]] if heads and heads[-1] >= i - 3 else None
    headed = last is not None and last.words >= 4 and last.text[-1] != ":"
    ruled = any(page.mark(j) == "ruled" for j in range(max(start, i - 6), i))
    if not headed and not posted and not ruled:
        return "text_without_a_headline"  # in a list of links: a comment or a prompt
    if headed and any(speaks_to_reader(page.pieces[j].folded) for j in (heads[-1], i)):
        return "line_to_the_reader"
    return None


def _is_mere_teaser(page: Page, draft: Draft, i: int) -> bool:
    """Whether a related article that begins with a paragraph is no more than a headline with half a sentence."""
    # Below the head of a list one sentence is a teaser; behind a stroke or a headline alone it is a story.
    listed = any(page.mark(j) in HEADING_OTHERS for j in range(max(0, i - 12), i))
    paragraphs = [page.pieces[j] for j in draft.body if not page.pieces[j].heading]
    if listed and len(draft.body) + 1 >= 2 * len(paragraphs) and all(p.words < TEASER_WORDS for p in paragraphs):
        return True  # each headline with one sentence
    words = page.count_words(draft)
    last = page.pieces[draft.body[-1]].text
    told = last[-1] == "." and last[-2:] != ".." and words >= _RELATED_WORDS / 2
    # What stops at dots with a link to the rest is an item of a feed.
    told = told or (words >= _RELATED_WORDS / 2 and page.mark(draft.body[-1] + 1) == "truncation")
    finished = told and not (listed and len(draft.body) < 2)
    return words < (TEASER_WORDS if listed else _RELATED_WORDS) and not finished


def _drop(page: Page, draft: Draft, start: int) -> None:
    """Take back a related article that is a mere teaser: a headline with half a sentence."""
    page.drafts.pop()
    for line in page.pieces[start : draft.reach + 1]:
        if line.article == draft.number:
            line.article = None
    for one in (draft.title, draft.kicker, *draft.body):
        if one is not None:
            page.pieces[one].label("navigation", "teaser")
            page.pieces[one].heading = False


def _label_comments(page: Page, i: int) -> int:
    """Label what readers say, from a line on; return the first line behind it."""
    while i < len(page.pieces) and page.mark(i) not in (*HEADING_OTHERS, "source", "tags", "onward"):
        if page.pieces[i].kind in (None, "metadata") or page.mark(i) in ("navigation", "page_number"):
            page.pieces[i].label("boilerplate", "readers_comments")
        i += 1
    return i
