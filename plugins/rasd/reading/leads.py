"""The lines between a headline and the first sure paragraph: a standfirst, a lead, a caption, facts."""

from __future__ import annotations

import re

from rasd.reading.captions import is_caption
from rasd.reading.credits import is_credit_line
from rasd.reading.drafts import Draft
from rasd.reading.lines import BULLETS, Piece, bare
from rasd.reading.markers import FACTS
from rasd.reading.model import SegmentKind
from rasd.reading.page import Page
from rasd.reading.wording import begins_report, is_part, shared, speaks_to_reader

# A short line below the headline that says so much of it again is a picture's.
_SAID_AGAIN = 0.99
# The result of a match: "31 - 30".
_RESULT = re.compile(r"(?<![0-9٠-٩])[0-9٠-٩]{1,3}\s*[-–:]\s*[0-9٠-٩]{1,3}(?![0-9٠-٩])")


def take_between(page: Page, draft: Draft, between: list[int], context: str, anchor: int) -> None:
    """Label the lines between headline and first sure paragraph, or take them in: a standfirst, a lead, facts.

    Args:
        page: the page.
        draft: the article.
        between: the lines below its headline that no rule knows.
        context: the first paragraphs of its text, folded.
        anchor: the first sure paragraph.
    """
    facts_before = False
    led = begins_report(page.pieces[anchor].text)
    for i in range(draft.title if draft.title is not None else 0, between[-1] + 1 if between else 0):
        facts_before = facts_before or page.mark(i) in FACTS
        if i not in between:
            continue
        line = page.pieces[i]
        facts_after = any(page.mark(j) in FACTS for j in range(i + 1, min(i + 4, len(page.pieces))))
        if is_part(line.folded) and (draft.body or i == between[-1]):
            line.heading = True
            draft.body.append(i)
        elif furniture := _furniture(page, i, anchor):
            line.label(*furniture)
        elif line.words <= 10 and not line.ends and is_credit_line(line.text):
            line.label("metadata", "credit_line_below_headline")
            draft.others.append(i)
        elif not line.ends and is_caption(line.text):
            line.label("boilerplate", "caption_with_a_credit")
        elif line.words <= 20 and speaks_to_reader(line.folded):
            line.label("boilerplate", "line_to_the_reader")
        elif facts_after and not facts_before and _is_standfirst(line, context):
            line.label("title", "standfirst", draft.number)
        elif facts_before and led and _stands_above_the_lead(line):
            line.label("boilerplate", "line_above_the_lead")
        elif _is_of_the_text(line, begun=bool(draft.body) and not facts_after):
            draft.body.append(i)
        elif draft.body and line.words < 4 and i == anchor - 1 and not facts_after:
            line.heading = True
            draft.body.append(i)
        elif not draft.body and (i in page.repeated or _says_the_headline(page, draft, line)):
            line.label("boilerplate", "caption_below_headline")
        else:
            line.label("metadata", "short_line_below_headline")
            draft.others.append(i)


def _furniture(page: Page, i: int, anchor: int) -> tuple[SegmentKind, str] | None:
    """Return what a line is that is no part of any text: in a foreign script, or of a list of what is to come."""
    line = page.pieces[i]
    if line.foreign and line.words < 20:
        return "metadata", "foreign_line_below_headline"
    listed = line.text[0] in BULLETS and _below_contents(page, i)
    if line.words <= 15 and (listed or _said_again(page, i, anchor)):
        return "navigation", "entry_of_the_contents"
    return None


def _is_standfirst(line: Piece, context: str) -> bool:
    """Whether a line between the headline and the facts is a standfirst by its form, or by what it says."""
    if line.words < 5 or line.ends or line.text[0] in BULLETS:
        return False
    return line.words >= 7 or shared(line.folded, context) >= 0.3


def _stands_above_the_lead(line: Piece) -> bool:
    """Whether a line between the facts and the lead is an unmarked caption: the lead itself comes next."""
    if not 8 <= line.words < 14 or line.ends or line.text[0] in BULLETS:
        return False
    return not begins_report(line.text) and not _RESULT.search(line.text)


def _is_of_the_text(line: Piece, *, begun: bool) -> bool:
    """Whether a line is of the text by its shape; where the text has begun above it, less is enough."""
    if line.words >= 8 or line.prose or line.text[0] in BULLETS or (line.text[-1] in "،؛" and line.words >= 2):
        return True
    return begun and (line.words >= 4 or line.ends or line.text[-1] == ":")


def _says_the_headline(page: Page, draft: Draft, line: Piece) -> bool:
    """Whether a line says nothing but what the headline does."""
    return draft.title is not None and shared(line.folded, page.pieces[draft.title].folded) >= _SAID_AGAIN


def _below_contents(page: Page, i: int) -> bool:
    """Whether an entry of a list stands below the head of a summary or of the contents."""
    while i and page.pieces[i].text[0] in BULLETS:
        i -= 1
    return page.mark(i) == "contents"


def _said_again(page: Page, i: int, anchor: int) -> bool:
    """Whether a line above the text stands below it once more, as the heading that it leads to."""
    said = bare(page.pieces[i].folded)
    return bool(said) and any(
        page.pieces[j].words <= 15 and bare(page.pieces[j].folded) == said
        for j in range(anchor, min(anchor + 60, len(page.pieces)))
    )
