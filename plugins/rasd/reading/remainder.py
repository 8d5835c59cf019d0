"""The lines of a page once its articles are known: those of the articles, and those that no rule has claimed."""

from __future__ import annotations

import re

from rasd.reading.markers import FACTS, HEADING_OTHERS
from rasd.reading.model import SegmentKind
from rasd.reading.page import Page
from rasd.reading.wording import speaks_to_reader

_MAIL = re.compile(r"\w@\w+\.\w")


def label_bodies(page: Page) -> None:
    """Label the lines of the articles found."""
    for draft in page.drafts:
        for j in draft.body:
            line = page.pieces[j]
            rule = "subheading" if line.heading else "paragraph" if line.prose else "line_of_the_body"
            line.label("main_article" if draft.role == "main" else "related_article", rule, draft.number)
        if draft.role == "related":
            for head in (draft.title, draft.kicker):
                if head is not None:
                    page.pieces[head].label("related_article", page.pieces[head].rule, draft.number)


def label_rest(page: Page) -> None:
    """Label the foot of the page, then every piece that no rule has claimed."""
    _label_footer(page)
    headlines = sum(p.kind is None and p.headline and p.words > 3 for p in page.pieces)
    listed = False
    for i, line in enumerate(page.pieces):
        kind = page.mark(i)
        if kind in HEADING_OTHERS:
            listed = True
            _label_marker(page, i)
        elif line.kind in ("main_article", "related_article", "title"):
            listed = False
        if line.kind is not None:
            continue
        if page.is_caption_twice(i):
            line.label("boilerplate", "caption_said_twice")
        elif listed and line.words <= 25:
            line.label("navigation", "link_in_a_list")
        elif beside := _beside(page, i):
            line.label(beside, "beside_such_lines")
        elif speaks_to_reader(line.folded) or _MAIL.search(line.text):
            line.label("boilerplate", "line_to_the_reader")
        elif not page.drafts and headlines < 4:
            line.label("boilerplate", "page_without_an_article")
        elif line.headline or line.words < 3 or (line.words < 25 and line.text[-1] in "؟!"):
            line.label("navigation", "headline_without_text")
        else:
            line.label("boilerplate", "text_outside_articles")


def _beside(page: Page, i: int) -> SegmentKind | None:
    """Return what an unknown short line is by the lines right beside it, where those are known by markers."""
    if page.pieces[i].words > 12:
        return None
    for j in (i - 1, i + 1):
        if not 0 <= j < len(page.pieces) or page.pieces[max(i, j)].gap:
            continue
        kind = page.mark(j)
        if kind in ("prompt", "notice", "rights", "comments", "handle", "footer"):
            return "boilerplate"
        if kind in ("credit", "initials", "correction", "slug") or (kind in FACTS and page.pieces[i].words <= 8):
            return "metadata"
    return None


def _label_footer(page: Page) -> None:
    """Label the foot of the page: what stands below the articles from the first line about the site itself on."""
    end = max((d.body[-1] for d in page.drafts), default=-1)
    site = [i for i in range(max(end + 1, len(page.pieces) - 40), len(page.pieces)) if page.mark(i) == "footer"]
    rights = [i for i in range(end + 1, len(page.pieces)) if page.mark(i) == "rights"]
    if not rights and not (site and site[-1] >= len(page.pieces) - 3):
        return
    for i in range(min(site[:1] + rights[:1]), len(page.pieces)):
        if page.pieces[i].kind in (None, "navigation", "metadata") and page.mark(i) != "more":
            page.pieces[i].label("boilerplate", "foot_of_the_page")


def _label_marker(page: Page, i: int) -> None:
    """Label the line that announces other stories by what really follows it."""
    line = page.pieces[i]
    following = next((p for p in page.pieces[i + 1 : i + 12] if p.known in ("", "link")), None)
    if following is None:
        line.label("boilerplate", f"{line.rule} (nothing follows)")
    elif following.kind == "related_article":
        line.label("related_marker", line.rule)
