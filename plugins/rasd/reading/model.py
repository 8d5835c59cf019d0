"""What reading a page gives: segments that tile it, and the articles that stand on it.

All offsets are Python string indices into the decoded page (no newline translation; a byte order mark is
offset 0), end exclusive, unless a name says `body_`: those are indices into an article's clean body.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rasd.arabic.dates import Calendar, Precision
from rasd.arabic.text import OffsetMap
from rasd.landing.model import Hints

__all__ = [
    "Article",
    "Calendar",
    "Hints",
    "Precision",
    "Published",
    "Quotation",
    "Reading",
    "Role",
    "Segment",
    "SegmentKind",
    "Span",
    "Tweet",
]

SegmentKind = Literal[
    "title",
    "metadata",
    "dateline",
    "main_article",
    "related_article",
    "tweet",
    "navigation",
    "tags",
    "related_marker",
    "boilerplate",
]
Role = Literal["main", "related"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A labelled stretch of a page. The segments of a page tile it: sorted, no gap, no overlap.

    `rule` names the rule that labelled it; `article` is an index into `Reading.articles`, or None.
    """

    kind: SegmentKind
    start: int
    end: int
    rule: str
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the page with its clean text (`text` may differ from the raw characters)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date with its evidence: `raw` is the words on the page that say it."""

    date: date
    precision: Precision
    calendar: Calendar
    raw: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks (marks included). `speaker` is None where the text leaves it open.

    `kind` is direct, partial or term; `how` the speaker is named and where the words that name it stand (offsets into
    the body, of `body_quotations` alone) is as `rasd.reading.quotations` says.
    """

    start: int
    end: int
    speaker: str | None = None
    kind: str = "direct"
    how: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None


@dataclass(frozen=True, slots=True)
class Tweet:
    """An embedded post: offsets of the whole embed, and what its attribution says."""

    start: int
    end: int
    author: str | None = None
    handle: str | None = None
    posted: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it appears on a page.

    `body` is the clean text (paragraphs separated by one newline, title, tweets and prompts left out);
    `body_map` maps its offsets back to the page. `fingerprint` is the hex SHA-256 of the normalised body.
    `sentences` and `quotations` are page offsets, in page order; `sentences` includes the title's own.
    `body_sentences` and `body_quotations` are those of the body alone, as offsets into it; a subheading is one
    sentence.
    `confidence` is in 0..1; `doubts` says in words what lowered it.
    """

    role: Role
    title: Span | None
    body: str
    body_map: OffsetMap
    fingerprint: str
    sentences: tuple[tuple[int, int], ...]
    published: Published | None = None
    outlet: str | None = None
    agency: str | None = None
    place: str | None = None
    author: str | None = None
    kicker: Span | None = None
    tags: tuple[Span, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    tweets: tuple[Tweet, ...] = ()
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()
    body_sentences: tuple[tuple[int, int], ...] = ()
    body_quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as read. `articles` holds the main article first where there is one; it may be empty.

    `reports` are things worth telling a person (a date refused, mojibake found), as plain sentences.
    """

    segments: tuple[Segment, ...]
    articles: tuple[Article, ...]
    reports: tuple[str, ...] = ()
