"""The main article of a page: where its text begins, whatever stands above it."""

from __future__ import annotations

import re
from itertools import takewhile

from rasd.reading.drafts import Draft
from rasd.reading.headlines import take_heads
from rasd.reading.lines import FULL_STOP, HEAD_LINES
from rasd.reading.markers import FACTS
from rasd.reading.page import ANCHOR_WORDS, UNSTOPPED_WORDS, Page
from rasd.reading.paragraphs import follow
from rasd.reading.wording import begins_report, calls_the_reader, goes_on, shared

# A headline that ends in a full stop has at most so many words.
_STOPPED_WORDS = 14
# So many characters of a text tell it from others.
_BEGINNING = 50
# Beginnings of different texts: so many at least, so many are looked at, and they share no more of their subjects.
_LEAST_BEGINNINGS, _BEGINNINGS, _STRANGERS = 4, 12, 0.15
# A sentence above the headline has at most so many words.
_NOTE_WORDS = 24
_CUT_OFF = re.compile(r"^(?:\.{2,}|…)|(?:\.{3}|…)\W*$")


def find_main(page: Page) -> None:
    """Find the main article: its first sure paragraph, then its headline above and its extent below."""
    if _is_list_of_teasers(page):
        for line in page.pieces:
            if line.kind is None and line.words >= ANCHOR_WORDS:
                line.label("navigation", "teaser_cut_off")
        return
    _label_cut_off(page)
    anchor = next(filter(page.is_anchor, range(len(page.pieces))), None)
    if anchor is not None and calls_the_reader(page.pieces[anchor].folded):
        anchor = _behind_the_notice(page, anchor)
        if anchor is None:
            return
    if anchor is None:
        anchor = _lone_paragraph(page)
        if anchor is None:
            return
    anchor = _below_stopped_headline(page, anchor)
    draft = _put_together(page, 0, anchor)
    if draft.cut_short and draft.title is None and page.count_words(draft) <= _NOTE_WORDS and not draft.doubts:
        # One sentence without a headline, above a story that has one: a note of the site.
        below = draft.body[-1] + 1
        for i in draft.body:
            page.pieces[i].label("boilerplate", "note_above_the_story")
        page.drafts.clear()
        _put_together(page, below, draft.reach)


def _put_together(page: Page, start: int, anchor: int) -> Draft:
    """Put the main article together from its first sure paragraph."""
    draft = Draft("main")
    page.drafts.append(draft)
    take_heads(page, draft, page.after_post(start, anchor), anchor)
    follow(page, draft, anchor)
    return draft


def _is_list_of_teasers(page: Page) -> bool:
    """Whether whatever could be a paragraph is cut off, several times: results of a search, a front page."""
    long = [i for i, p in enumerate(page.pieces) if p.kind is None and p.words >= 8 and not p.heading]
    if _are_beginnings(page, [i for i in long if page.pieces[i].words >= UNSTOPPED_WORDS]):
        return True
    cut = [i for i in long if page.mark(i + 1) == "truncation" or _is_cut_off(page.pieces[i].text)]
    whole = [i for i in long if i not in cut and page.pieces[i].ends]
    return len(cut) >= 3 and len(cut) > 3 * len(whole)


def _are_beginnings(page: Page, long: list[int]) -> bool:
    """Whether long lines are the beginnings of different texts: none ends, and none speaks of what others do."""
    if len(long) < _LEAST_BEGINNINGS or any(page.pieces[i].ends for i in long[:_BEGINNINGS]):
        return False
    some = long[:_BEGINNINGS]
    said = [shared(page.pieces[i].folded, page.text([j for j in some if j != i])) for i in some]
    return sum(said) < _STRANGERS * len(some)


def _is_cut_off(text: str) -> bool:
    """Whether a text begins or ends with the dots of what was cut off."""
    return (".." in text or "…" in text) and _CUT_OFF.search(text) is not None


def _label_cut_off(page: Page) -> None:
    """Label the beginnings of other stories, cut off with dots, that stand one below the other above the text."""
    long = [i for i, p in enumerate(page.pieces[:HEAD_LINES]) if p.kind is None and p.words >= ANCHOR_WORDS]
    for n, i in enumerate(long):
        line = page.pieces[i]
        if line.text.endswith(("...", "…")) and any(
            page.pieces[j].folded.startswith(line.folded[:_BEGINNING]) for j in long[n + 1 :]
        ):
            line.label("navigation", "teaser_of_the_text_below")
    cut = list(takewhile(lambda i: page.pieces[i].text.endswith(("...", "…")), long))
    lone = len(cut) == 1 and page.mark(cut[0] + 1) in ("notice", "prompt")
    if (len(cut) > 1 or lone) and len(long) > len(cut) and any(page.pieces[i].words >= 12 for i in cut):
        for i in cut:
            page.pieces[i].label("navigation", "teaser_cut_off")


def _behind_the_notice(page: Page, anchor: int) -> int | None:
    """Return the first paragraph that does not speak to the reader, where the first one does: consent, a lost page.

    A text that does so all through is an article if it is long (advice, recipes), else there is none.
    """
    anchors = [i for i in range(anchor, len(page.pieces)) if page.is_anchor(i)]
    told = next((i for i in anchors[:12] if not calls_the_reader(page.pieces[i].folded)), None)
    if told is None:
        return anchor if sum(page.pieces[i].words for i in anchors) >= 60 else None
    # Between the notice and the text stands the headline; without one, all of it is the text.
    return told if any(page.is_free(i) and not page.is_anchor(i) for i in range(anchor, told)) else anchor


def _lone_paragraph(page: Page) -> int | None:
    """Return the longest unfinished line of a page without a finished sentence, where it is long enough."""
    free = [i for i in range(len(page.pieces)) if page.is_free(i) and not page.pieces[i].heading]
    best = max(free, key=lambda i: (page.pieces[i].words, -i), default=None)
    if best is None or page.pieces[best].words >= 18:
        return best
    # A shorter one is told by its headline: the line above it says the same in fewer words.
    above = next((j for j in reversed(free) if j < best), None)
    line = page.pieces[best]
    told = above is not None and shared(page.pieces[above].folded, line.folded) >= 0.6
    return best if told and line.words >= 10 and begins_report(line.text) else None


def _below_stopped_headline(page: Page, anchor: int) -> int:
    """Return the paragraph below, where the first one is rather a headline with a full stop, else the first.

    Such a line is short, one sentence, the first of its kind, and what it says is said again in what follows.
    """
    line = page.pieces[anchor]
    if line.words > _STOPPED_WORDS or FULL_STOP.search(line.text) or goes_on(line.text) or begins_report(line.text):
        return anchor
    if any(page.is_free(i) and page.pieces[i].words > 3 for i in range(max(0, anchor - 4), anchor)):
        return anchor
    below = range(anchor + 1, min(anchor + 12, len(page.pieces)))
    following = next((i for i in below if page.is_free(i) and page.pieces[i].words > 4), None)
    if following is None or not page.is_anchor(following) or page.pieces[following].words < 1.5 * line.words:
        return anchor
    needed = 0.25 if any(page.mark(i) in FACTS for i in range(anchor + 1, following)) else 0.5
    return following if shared(line.folded, page.pieces[following].folded) >= needed else anchor
