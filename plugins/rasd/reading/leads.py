"""The lines between a headline and the first sure paragraph: a standfirst, a lead, a caption, facts."""

from __future__ import annotations

import re

from rasd.reading.captions import is_caption
from rasd.reading.credits import is_credit_line
from rasd.reading.drafts import Draft
from rasd.reading.lines import BULLETS, bare
from rasd.reading.markers import FACTS
from rasd.reading.page import Page
from rasd.reading.wording import begins_report, is_part, shared, speaks_to_reader

# A short line below the headline that says so much of it again is a picture's.
_SAID_AGAIN = 0.99
# The result of a match: "31 - 30".
_RESULT = re.compile(r"(?<![0-9٠-٩])[0-9٠-٩]{1,3}\s*[-–:]\s*[0-9٠-٩]{1,3}(?![0-9٠-٩])")


def take_between(page: Page, draft: Draft, between: list[int], context: str, anchor: int) -> None:
    """Label the lines between headline and first sure paragraph: a standfirst, a lead, facts."""
    facts_before = False
    led = begins_report(page.pieces[anchor].text)
    for i in range(draft.title if draft.title is not None else 0, between[-1] + 1 if between else 0):
        facts_before = facts_before or page.mark(i) in FACTS
        if i not in between:
            continue
        line = page.pieces[i]
        facts_after = any(page.mark(j) in FACTS for j in range(i + 1, min(i + 4, len(page.pieces))))
        listing = line.text[0] in BULLETS and _below_contents(page, i)
        if line.foreign and line.words < 20:
            line.label("metadata", "foreign_line_below_headline")
        elif is_part(line.folded) and (draft.body or i == between[-1]):
            line.heading = True
            draft.body.append(i)
        elif line.words <= 15 and (listing or _said_again(page, i, anchor)):
            line.label("navigation", "entry_of_the_contents")
        elif line.words <= 10 and not line.ends and is_credit_line(line.text):
            line.label("metadata", "credit_line_below_headline")
            draft.others.append(i)
        elif not line.ends and is_caption(line.text):
            line.label("boilerplate", "caption_with_a_credit")
        elif line.words <= 20 and speaks_to_reader(line.folded):
            line.label("boilerplate", "line_to_the_reader")
        elif (
            line.words >= 5
            and facts_after
            and not facts_before
            and not line.ends
            and line.text[0] not in BULLETS
            and (line.words >= 7 or shared(line.folded, context) >= 0.3)
        ):
            line.label("title", "standfirst", draft.number)
        elif (
            facts_before
            and 8 <= line.words < 14
            and not line.ends
            and led
            and line.text[0] not in BULLETS
            and not begins_report(line.text)
            and not _RESULT.search(line.text)
        ):
            line.label("boilerplate", "line_above_the_lead")  # an unmarked caption: the lead itself comes next
        elif (
            line.words >= 8
            or line.prose
            or line.text[0] in BULLETS
            or (line.text[-1] in "،؛" and line.words >= 2)
            or (draft.body and not facts_after and (line.words >= 4 or line.ends or line.text[-1] == ":"))
        ):
            draft.body.append(i)
        elif draft.body and line.words < 4 and i == anchor - 1 and not facts_after:
            line.heading = True
            draft.body.append(i)
        elif not draft.body and (
            i in page.repeated
            or (draft.title is not None and shared(line.folded, page.pieces[draft.title].folded) >= _SAID_AGAIN)
        ):
            line.label("boilerplate", "caption_below_headline")
        else:
            line.label("metadata", "short_line_below_headline")
            draft.others.append(i)


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
