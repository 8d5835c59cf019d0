"""The lines around an article that may say who wrote it, who published it, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rasd.arabic.text import fold
from rasd.reading.datelines import Dateline
from rasd.reading.drafts import Draft
from rasd.reading.lines import Piece
from rasd.reading.model import Span

# So many lines above a headline may be of its article; higher up they are of other stories.
_NEAR = 8
# A line of facts that was taken for a part of the text is among its first, and has so many words at most.
_FIRST, _SHORT = 8, 6
# Or so many, where signs part them.
_FACTS = 16
# So many below the text.
_BELOW = 8
# What heads stories of others: a name below it is theirs.
_OF_OTHERS = ("related", "more", "comments")
# So much of a text is looked through for names: a long report many times over.
LOOKED_THROUGH = 40_000


# So many words are buttons; what is longer has other things glued behind them.
_BUTTONS = 9
# Marks of lines in which nobody is named.
_NOBODY = frozenset(("share", "ruled", "page_number", "time", "truncation", "tags", "link"))


def says_nobody(line: Piece) -> bool:
    """Return whether a line is known for one that names neither writer nor outlet: buttons, strokes, counters."""
    if line.mark is None or (line.known == "share" and line.words > _BUTTONS):
        return False
    # A picture's label alone is a word of the site's template.
    return line.known in _NOBODY or (line.known == "caption" and fold(line.text) == fold(line.known_by))


def _parted(line: Piece) -> bool:
    """Return whether a line with figures is made of parts, as facts are: "منى الديب · 2 مارس 2021 · 3 تعليقات"."""
    return line.numbered and line.words <= _FACTS and any(sign in line.text for sign in ("·", "•", " | "))


@dataclass(frozen=True, slots=True)
class Around:
    """An article with what stands around it.

    `beside` are the lines above the article and between its first paragraphs that are no part of it; short lines that
    were taken for a part of it are among them, as they may be facts all the same. `below` are those below it, up to
    those that announce other stories or what readers say. Both end at the articles above and below it.
    `said` is the text of its dateline; `body` its text, as much of it as is looked through.
    """

    pieces: Sequence[Piece]
    draft: Draft
    beside: Sequence[int]
    below: Sequence[int]
    dateline: Dateline | None
    said: str | None
    body: str

    def head(self, i: int) -> str:
        """Return where a line of `beside` stands: "above" or "between" headline and text."""
        return "between" if self.draft.title is not None and i > self.draft.title else "above"


def _beside(pieces: Sequence[Piece], draft: Draft, start: int) -> list[int]:
    """Return the lines beside an article, from `start` on; see `Around`."""
    long = [i for i in draft.body[:_FIRST] if pieces[i].ends or (pieces[i].words > _SHORT and not _parted(pieces[i]))]
    own = {draft.title, draft.kicker, *long}
    lines = range(max(start, draft.first - _NEAR), long[min(2, len(long) - 1)] if long else draft.body[0])
    return [i for i in lines if i not in own and pieces[i].kind != "tweet"]


def _below(pieces: Sequence[Piece], draft: Draft, end: int) -> list[int]:
    """Return the lines below an article, before `end`; see `Around`."""
    below: list[int] = []
    last = draft.body[-1]
    for i in range(last + 1, min(end, last + 1 + _BELOW)):
        if pieces[i].known in _OF_OTHERS:
            break
        if pieces[i].kind != "tweet":
            below.append(i)
    return below


def around(
    pieces: Sequence[Piece],
    drafts: Sequence[Draft],
    datelines: Mapping[int, tuple[Dateline, Span]],
    bodies: Sequence[str],
) -> Iterator[Around]:
    """Yield each article with what stands around it, in order."""
    for n, draft in enumerate(drafts):
        beside = _beside(pieces, draft, drafts[n - 1].body[-1] + 1 if n else 0)
        below = _below(pieces, draft, drafts[n + 1].first if n + 1 < len(drafts) else len(pieces))
        dateline, where = datelines.get(n, (None, None))
        said = where.text if where is not None else None
        yield Around(pieces, draft, beside, below, dateline, said, bodies[n][:LOOKED_THROUGH])
