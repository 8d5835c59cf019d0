"""What is known of a page while its articles are put together: its lines, their marks, and what it is like as a whole.

The steps that put articles together ask it for evidence; none of it is fitted to one site.
"""

from __future__ import annotations

from functools import cached_property

from rasd.reading.captions import ARCHIVED
from rasd.reading.drafts import Draft
from rasd.reading.lines import FULL_STOP, HEAD_LINES, Piece, bare
from rasd.reading.markers import CLOSING, HEADING_OTHERS
from rasd.reading.model import Hints
from rasd.reading.wording import WINDOW, begins_report, goes_on

# Headlines are rarely so long; where no line ends in a full stop, longer ones are paragraphs.
UNSTOPPED_WORDS = 15
# A paragraph that can carry an article by itself; shorter ones need company.
ANCHOR_WORDS = 8
# A line that is said twice at once has at most so many words, and stands among so many lines at the page's head.
_REPEATED_WORDS = 30
# A line that stands twice below a longer one has fewer words where it is a picture's.
CAPTION_WORDS = 6
# An entry of a live page has a sentence of so many words.
_ENTRY_WORDS = 10


class Page:
    """The pieces of one page and the articles found so far."""

    def __init__(self, pieces: list[Piece], hints: Hints) -> None:
        self.pieces = pieces
        self.unknown = [p for p in pieces if p.kind is None]  # before any article is looked for
        self.hints = hints
        self.drafts: list[Draft] = []
        # The kind of each piece's mark; no marks behind the last one.
        self.marks = [p.known or None for p in pieces] + [None] * 2
        self.closers_after = self._count_closers()
        # Short lines that stand twice one below the other are headlines or captions, whatever they end in.
        self.repeated = {
            j
            for i in range(min(len(pieces) - 1, HEAD_LINES))
            if pieces[i].words <= _REPEATED_WORDS and _is_said_again(pieces[i], pieces[i + 1])
            for j in (i, i + 1)
        }
        self.longest = 0
        self.wrapped = self._is_wrapped()
        self.live = any(p.known == "live" for p in pieces[:12]) or self._has_entries()
        self.unstopped = self._is_unstopped()

    @cached_property
    def foreign(self) -> bool:
        """Whether most of the text on the page is in a Latin script."""
        foreign = sum(p.words for p in self.unknown if p.foreign)
        return foreign * 2 > sum(p.words for p in self.unknown)

    def _has_entries(self) -> bool:
        """Whether three times of day and more head texts, not headlines alone: the entries of a live page."""
        times = [i for i, kind in enumerate(self.marks) if kind == "time"]
        headed = (i for i in times if any(p.prose and p.words >= _ENTRY_WORDS for p in self.pieces[i + 1 : i + 3]))
        return len(times) >= 3 and sum(1 for _ in headed) >= 3

    def _is_unstopped(self) -> bool:
        """Whether the page's paragraphs bear no full stops; then its lines are paragraphs by their length alone."""
        long = [p for p in self.unknown if p.words >= 20 and not p.heading]
        if len(long) < 2 or self.wrapped or sum(p.ends for p in long) * 4 > len(long):
            return False
        for line in self.unknown:
            if line.words >= UNSTOPPED_WORDS and not line.heading:
                line.take_for_prose()
        return True

    def _is_wrapped(self) -> bool:
        """Whether paragraphs are broken into lines of about the same length, so that few lines end a sentence."""
        lines = [p for p in self.unknown if p.words >= 5]
        if len(lines) < 8:
            return False
        longest = self.longest = max(len(p.text) for p in lines)
        full = sum(len(p.text) > 0.7 * longest for p in lines)
        return longest <= 130 and full >= 0.7 * len(lines) and sum(p.ends for p in lines) < 0.4 * len(lines)

    def _count_closers(self) -> list[int]:
        """For each piece: how many pieces from it on close an article."""
        counts = [0] * (len(self.pieces) + 1)
        for i in range(len(self.pieces) - 1, -1, -1):
            counts[i] = counts[i + 1] + (self.mark(i) in CLOSING)
        return counts

    def mark(self, i: int) -> str | None:
        """Return the kind of a piece's mark; None where it has none, and behind the last piece."""
        return self.marks[i]

    def is_free(self, i: int) -> bool:
        """Return whether no rule has said yet what a piece is."""
        return self.pieces[i].kind is None

    def text(self, indices: list[int]) -> str:
        """Return the text of pieces, folded, as far as texts are compared."""
        parts: list[str] = []
        length = 0
        for i in indices:
            parts.append(self.pieces[i].folded)
            length += len(parts[-1])
            if length > WINDOW:
                break
        return " ".join(parts)

    def count_words(self, draft: Draft) -> int:
        """Return how many words an article's text has."""
        return sum(self.pieces[i].words for i in draft.body)

    def recent(self, draft: Draft) -> str:
        """Return the article so far, folded: its headline, its beginning and its last paragraphs."""
        head = ([draft.title] if draft.title is not None else []) + draft.body[:4]
        return self.text(head) + " " + self.text(draft.body[-6:])

    def ahead(self, i: int) -> str:
        """Return the text that follows, folded, up to the next announcement of other stories."""
        following: list[int] = []
        for j in range(i + 1, min(i + 30, len(self.pieces))):
            if self.mark(j) in HEADING_OTHERS:
                break
            if self.is_free(j):
                following.append(j)
        return " " + self.text(following)

    def is_anchor(self, i: int) -> bool:
        """Return whether the piece is a paragraph beyond doubt."""
        line = self.pieces[i]
        if line.kind is not None or line.heading or i in self.repeated:
            return False
        if line.words >= 28 or (line.words >= ANCHOR_WORDS and self.mark(i + 1) == "truncation"):
            return True
        if self.unstopped and line.words >= UNSTOPPED_WORDS:
            return True
        if not line.ends and line.words >= 16 and (begins_report(line.text) or goes_on(line.text)):
            return True
        if self.wrapped and len(line.text) > 0.8 * self.longest and i + 1 < len(self.pieces):
            # The first full line of a broken paragraph: a line that is not full, or none, stands above it.
            above = self.pieces[i - 1] if i and not line.gap and not self.mark(i - 1) else None
            below = self.pieces[i + 1]
            return (above is None or len(above.text) < 0.8 * self.longest) and below.kind is None and not below.gap
        if not line.ends or line.words < ANCHOR_WORDS:
            return False
        asks = line.text.rstrip("\"'”») ")[-1:] in "؟!"
        return line.words >= 20 or not asks or FULL_STOP.search(line.text) is not None

    def is_caption_twice(self, i: int) -> bool:
        """Return whether a line is a caption by standing twice: a few words with a full stop, or of an archive."""
        line = self.pieces[i]
        archived = i + 1 in self.repeated and self.pieces[i + 1].text.endswith(ARCHIVED)
        return i in self.repeated and (archived or (line.ends and line.words < CAPTION_WORDS))

    def after_post(self, start: int, end: int) -> int:
        """Return the piece after the last head of a post between the two, or `start`."""
        for i in range(end - 1, max(start, end - 60) - 1, -1):
            if self.mark(i) == "post":
                return i + 1
        return start


def _is_said_again(one: Piece, other: Piece) -> bool:
    """Whether the line below says the same, or the same and a word or two: a picture's two descriptions."""
    if one.folded == other.folded:
        return True
    if other.text.endswith(ARCHIVED) and bare(other.folded[: len(one.folded)]) == bare(one.folded):
        return True
    short = max(one.words, other.words) < CAPTION_WORDS and min(one.words, other.words) > 1
    return short and (one.folded.startswith(f"{other.folded} ") or other.folded.startswith(f"{one.folded} "))
