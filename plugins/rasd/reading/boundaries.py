"""Whether a paragraph is still of the article above it, or of another story."""

from __future__ import annotations

import re

from rasd.reading.credits import is_credit_line
from rasd.reading.datelines import find_dateline
from rasd.reading.drafts import Draft
from rasd.reading.interior import has_parallel
from rasd.reading.lines import is_starred
from rasd.reading.markers import FACTS
from rasd.reading.page import Page
from rasd.reading.wording import begins_report, goes_on, shared

# What an item shares with the one above it, at most.
_OF_ANOTHER_ITEM = 0.12
# A sentence below a link has at least this part of the link's words.
_OF_THE_LINK = 0.3
# An unfinished sentence that begins a related item and ends it is a teaser, not an article.
TEASER_WORDS = 32
# And, with a verb of the present or the future: no story begins so ("ويتضمن", "وتشمل", "وسيبدأ").
_AND_VERB = re.compile("وس?[يت][\u0621-\u064a]{3,}")
# A writer with their place, as they sign: "الرباط - أمينة الصافي".
_PLACE_AND_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?\s*[-–—ـ/]\s*[^\W\d_]+(?: [^\W\d_]+){1,2}")


def resumes(page: Page, draft: Draft, i: int, waiting: list[int], closed: bool) -> bool:
    """Return whether the paragraph goes on with the article after other stories were announced or it was closed."""
    text, folded = page.pieces[i].text, page.pieces[i].folded
    headings = [j for j in waiting if page.is_free(j)]
    recent = page.recent(draft)
    if closed and page.count_words(draft) < 30 and shared(folded, recent) >= 0.3:
        return True  # the facts stood below a standfirst; one line is no article that could be over
    if closed and not headings and goes_on(text) and shared(folded, recent) >= 0.15:
        return True  # a remark in brackets closed nothing
    score = 0.0
    if closed:
        score -= 2.0
    elif page.closers_after[i]:
        score += 1.5
    if goes_on(text):
        score += 1.0
    elif begins_report(text) and shared(folded, recent) < 0.3:
        score -= 0.5
    score += 1.5 * shared(folded, recent) + (0.3 if not closed else 0)
    # A headline of another story has its words in what follows it; one of two or three words is a subheading.
    if headings and page.pieces[headings[-1]].words > 3:
        following = page.text(list(range(i, min(i + 3, len(page.pieces)))))
        heading = page.pieces[headings[-1]].folded
        # What it shares with the article too is the subject of both.
        own = max(0.0, shared(heading, following) - (0.5 if closed else 1.0) * shared(heading, recent))
        # A word or two in common is chance; headlines of the labelled pages share half and more with their text.
        score -= 2.5 * max(0.0, own - 0.2)
        score += 0.5 * (own < 0.35 and not closed)
        score += 2.5 * has_parallel(page, draft, page.pieces[headings[-1]])
    elif (
        not headings
        and not closed
        and (page.pieces[i].words >= 20 or (page.pieces[i].words >= 12 and shared(folded, recent) >= 0.1))
    ):
        score += 0.6  # a button that says "read more": no headline stands below it
    resumed = score > 0.5
    if abs(score - 0.5) < 0.4:
        draft.doubts.append(
            "a list of other stories stands in it, and where it goes on is not certain"
            if resumed
            else "other stories follow, and whether it goes on behind them is not certain"
        )
    return resumed


def is_teaser(page: Page, draft: Draft, i: int, waiting: list[int], interruption: int) -> bool:
    """Return whether a sentence belongs to the one link above it, and the article goes on right below."""
    links = [j for j in waiting if j > interruption and page.is_free(j)]
    if len(links) != 1 or not interruption + 1 == links[0] == i - 1 or page.pieces[links[0]].words < 5:
        return False
    if i + 1 >= len(page.pieces) or page.pieces[i].words > TEASER_WORDS:
        return False
    below = page.pieces[i + 1]
    if not page.is_anchor(i + 1) or not below.ends or goes_on(page.pieces[i].text):
        return False
    recent, folded = page.recent(draft), page.pieces[i].folded
    link = page.pieces[links[0]].folded
    if shared(link, folded) < _OF_THE_LINK or shared(link, recent) > shared(link, folded) / 2:
        return False
    return shared(below.folded, recent) > max(0.2, shared(below.folded, f"{link} {folded}"))


def is_other_story(page: Page, draft: Draft, i: int, waiting: list[int], ruled: bool) -> bool:
    """Return whether, with no marker between, the paragraph belongs to another story than the article.

    A headline of its own can tell: its words stand in what follows it and not in the article. Behind a stroke
    across the page, or with a dateline or day of its own, less is enough.
    """
    line = page.pieces[i]
    headings = [j for j in waiting if page.is_free(j)]
    if page.live or not (headings or ruled) or line.glued or goes_on(line.text) or _AND_VERB.match(line.text):
        return False
    named = _names_writers(page, headings)
    headings = [j for j in headings if j not in named]
    if not (headings or ruled):
        return False
    recent = page.recent(draft)
    common = shared(line.folded, recent)
    if not headings:
        # Stars part one text as often as two; of several reports each begins as one.
        stroke = any(page.mark(j) == "ruled" and not is_starred(page.pieces[j].text) for j in waiting)
        reports = stroke or all(_begins_report(page, j) for j in (draft.body[0], i))
        return reports and line.words >= 15 and common < 0.1
    heading = page.pieces[headings[-1]]
    if draft.title is not None and heading.folded == page.pieces[draft.title].folded:
        # One heading above each of several items; or the headline again, as the text of a picture inside one.
        return common < _OF_ANOTHER_ITEM
    facts = bool(named) or any(page.mark(j) in FACTS for j in waiting)
    if ruled and facts:
        return common < 0.4
    if heading.words < 4:
        return False
    above = shared(heading.folded, recent)
    own = shared(heading.folded, page.text([i])) - above
    if ruled or facts:
        return own >= 0.25 and common < 0.4
    if find_dateline(line.text) is not None:
        return own >= 0.25 and common < 0.3
    # Without either, only a headline set off by a wider gap than its text, on a page where gaps are rare, or
    # one that is wholly of what follows it and of nothing above it.
    apart = heading.gap > line.gap and heading.words >= 5 and not _spaced(page, draft)
    if apart and own >= 0.35 and common < 0.3:
        return True
    return own >= (0.5 if heading.words >= 5 else 0.75) and above <= 0.2 and common < 0.2


def _names_writers(page: Page, headings: list[int]) -> list[int]:
    """Return those of the lines above a paragraph that say no more than who wrote it, and from where."""
    named = [j for j in headings if page.pieces[j].words <= 8 and is_credit_line(page.pieces[j].text)]
    if not named and len(headings) > 1 and _PLACE_AND_NAME.fullmatch(page.pieces[headings[-1]].text):
        return headings[-1:]
    return named


def _begins_report(page: Page, i: int) -> bool:
    """Whether a line begins as a report does: with its verb, or with its dateline."""
    return begins_report(page.pieces[i].text) or find_dateline(page.pieces[i].text) is not None


def _spaced(page: Page, draft: Draft) -> bool:
    """Whether blank lines stand between the article's own paragraphs."""
    return any(page.pieces[j].gap for j in draft.body[1:20])
