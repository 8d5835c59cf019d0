"""What follows the last paragraph of an article: what is still of it, and what a site adds to every text."""

from __future__ import annotations

import re

from rasd.reading.captions import is_caption, is_credit_row
from rasd.reading.credits import is_credit_line
from rasd.reading.drafts import Draft
from rasd.reading.lines import BULLETS, Piece
from rasd.reading.markers import CLOSING, HEADING_OTHERS, Mark
from rasd.reading.outlets import Outlets
from rasd.reading.page import Page
from rasd.reading.tables import find_rows, is_like_a_row, list_end
from rasd.reading.wording import calls_the_reader, goes_on, shared, speaks_of_itself

# A paragraph that lost its full stop has so many words at least.
_CUT_WORDS = 18
# What a site adds below a text has so many words at most; it is compared with so many paragraphs above it.
_CALL_WORDS = 70
_CALL_COMPARED = 12
# Who speaks, in an interview.
_SPEAKER = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}\s?:\s")
# A desk's marks under a report: "وام/محمد جاب الله/ زكريا محيي الدين", "سم/دص/ب ق".
_DESK = re.compile(r"[^/]{1,25}/[^/]{1,25}(?:/[^/]{1,25}){0,3}")


def settle_tail(page: Page, draft: Draft, waiting: list[int]) -> None:
    """Label what follows the last paragraph and still belongs to the article; drop a footnote at its end."""
    _drop_afterwords(page, draft)
    end = draft.body[-1]
    tail = _tail(page, draft, waiting)
    listed = list_end(page, tail, find_rows(page, tail))
    # Where the article's own lines lack full stops, so may its last one.
    long = [page.pieces[j].ends for j in draft.body if page.pieces[j].words >= 12]
    rough = long.count(False) * 2 > len(long)
    for n, j in enumerate(tail):
        line = page.pieces[j]
        if n < listed:
            line.heading = line.heading or (n + 1 < listed and line.words <= 5 and not is_like_a_row(line.text))
        elif _is_below_the_text(page, draft, j, directly=j == end + 1):
            continue
        elif not _is_unfinished(page, draft, line, directly=j == end + 1, rough=rough):
            break
        draft.body.append(j)


def _drop_afterwords(page: Page, draft: Draft) -> None:
    """Take what speaks of the writer or the site, and a footnote, off the article's end."""
    while len(draft.body) > 2 and (_is_afterword(page, draft) or _calls_at_the_end(page, draft)):
        page.pieces[draft.body.pop()].label("boilerplate", "afterword")
        if len(draft.body) > 2 and page.pieces[draft.body[-1]].heading:
            page.pieces[draft.body.pop()].label("boilerplate", "afterword")
    last = page.pieces[draft.body[-1]]
    if last.text[0] == "*" and len(draft.body) > 2 and page.pieces[draft.body[-2]].text[0] != "*":
        last.label("boilerplate", "footnote")
        draft.body.pop()


def _is_afterword(page: Page, draft: Draft) -> bool:
    """Whether the last paragraph speaks of the writer or the site, and shares nothing with the article."""
    line = page.pieces[draft.body[-1]]
    if line.words > 45 or goes_on(line.text) or line.text[0] in 'و"«“-' or _SPEAKER.match(line.text):
        return False
    rest = page.text(([draft.title] if draft.title is not None else []) + draft.body[-9:-1])
    share = shared(line.folded, rest)
    if line.words <= 12 and page.mark(draft.body[-1] + 1) in ("prompt", "notice", "rights", "handle", "footer"):
        # A heading and one short sentence above a prompt are the prompt's own.
        return share < (0.5 if page.pieces[draft.body[-2]].heading else 0.25)
    return speaks_of_itself(line.text) and share < 0.35


def _calls_at_the_end(page: Page, draft: Draft) -> bool:
    """Whether the last paragraph, and none before it, calls the reader: what a site adds to every text."""
    *before, last = (page.pieces[j] for j in draft.body)
    if last.words > _CALL_WORDS or goes_on(last.text):
        return False
    if not calls_the_reader(last.folded) and not (" لكم " in last.folded and " موقع" in last.folded):
        return False
    if _SPEAKER.match(last.text) or any(sign in last.text for sign in '«"“'):
        return False
    return not any(calls_the_reader(line.folded) for line in before[-_CALL_COMPARED:])


def _tail(page: Page, draft: Draft, waiting: list[int]) -> list[int]:
    """Return the unknown lines behind the last paragraph, up to the first that closes the article."""
    tail: list[int] = []
    for j in waiting:
        if page.mark(j) in (*HEADING_OTHERS, *CLOSING, "share", "navigation", "prompt", "rights", "notice"):
            break
        if page.pieces[j].kind == "tweet":
            page.pieces[j].article = draft.number
        elif page.is_free(j):
            tail.append(j)
    return tail


def _is_below_the_text(page: Page, draft: Draft, j: int, *, directly: bool) -> bool:
    """Label a line behind the last paragraph by its form: a caption, credits, a source, marks of the desk."""
    line = page.pieces[j]
    if not line.ends and is_caption(line.text):
        line.label("boilerplate", "caption_with_a_credit")
    elif line.words <= 6 and directly and ":" not in line.text and is_credit_line(line.text):
        line.label("metadata", "credit_line_below_the_text", draft.number)
    elif line.words <= 8 and not line.ends and is_credit_row(line.text):
        line.label("metadata", "credit_row", draft.number)
    elif line.words <= 5 and Outlets.load().match(line.text) is not None:
        line.mark, page.marks[j] = Mark("source", line.text), "source"
        line.label("metadata", "a_known_outlet_below_the_text", draft.number)
    elif line.words <= 10 and not line.ends and _DESK.fullmatch(line.text):
        line.label("metadata", "marks_of_the_desk", draft.number)
    else:
        return False
    return True


def _is_unfinished(page: Page, draft: Draft, line: Piece, *, directly: bool, rough: bool) -> bool:
    """Whether a line without a full stop goes on with the text all the same."""
    if page.pieces[draft.body[-1]].text[-1] == ":" or line.text[0] in BULLETS:
        return True
    if line.words >= (4 if directly else 7) and goes_on(line.text):
        return True
    likeness = shared(line.folded, page.recent(draft))
    if directly and line.words >= _CUT_WORDS and likeness >= 0.2:
        return True  # too long for a headline: a last paragraph that lost its end
    return (line.words >= 12 and likeness >= 0.5) or (rough and line.words >= 8 and likeness >= 0.2)
