"""From marked lines to articles: where the main one lies, what belongs to it, and what else stands on the page.

The evidence is general: full stops make paragraphs, a headline shares words with what it heads, a report goes
on with "and he added", labels such as a source line close it. Nothing here is fitted to one site.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from rasd.arabic.text import fold
from rasd.reading.credits import is_credit_line, is_outlet_name, read_credits
from rasd.reading.datelines import find_dateline
from rasd.reading.interior import alike, is_caption, is_credit_row, is_subheading
from rasd.reading.lines import HEAD_LINES, Piece, count_cells, has_number, is_starred
from rasd.reading.markers import Mark
from rasd.reading.marking import KIND_OF_MARK
from rasd.reading.model import Hints, Role, SegmentKind
from rasd.reading.outlets import Outlets
from rasd.reading.tagging import parted_key_words
from rasd.reading.wording import (
    WINDOW,
    begins_report,
    calls_the_reader,
    goes_on,
    is_part,
    shared,
    speaks_of_itself,
    speaks_to_reader,
    subject,
)

# Marks after which the article above them is over, unless the text clearly goes on.
_CLOSING = ("source", "tags", "onward", "comments", "credit", "initials", "truncation")
# Lines of publication facts: they stand right below a headline, or right above it.
_FACTS = ("published", "updated", "date", "byline")
# Marks that head stories of others.
_HEADING_OTHERS = ("related", "more")
# Headlines are rarely so long; where no line ends in a full stop, longer ones are paragraphs.
_UNSTOPPED_WORDS = 15
# A headline that ends in a full stop has at most so many words.
_STOPPED_WORDS = 14
# A paragraph that can carry an article by itself; shorter ones need company.
_ANCHOR_WORDS = 8
_BULLETS = "-–—•▪●*·◦■□✔✓🔹🔸🔴"
_SUBHEADING_WORDS = 6
_PICTURES = re.compile(r"(?:بالصور|بالفيديو|شاهد|فيديو|صور)\s*(?:\.\.|:|\||-|…)")
# A line that is said twice at once has at most so many words, and stands among so many lines at the page's head.
_REPEATED_WORDS = 30
# A line that names a writer or a site and ends in brackets has at most so many words.
_CREDIT_WORDS = 6
# A paragraph that lost its full stop has so many words at least.
_CUT_WORDS = 18
# What an item shares with the one above it, at most.
_OF_ANOTHER_ITEM = 0.12
# Of two lines that say the same, so far apart, the upper one stands in a list.
_NEAR_IT = 6
# A headline below the text has so much of its subject in it.
_OF_THE_TEXT = 0.5
# So many characters of a text tell it from others.
_BEGINNING = 50
# Beginnings of different texts: so many at least, so many are looked at, and they share no more of their subjects.
_LEAST_BEGINNINGS, _BEGINNINGS, _STRANGERS = 4, 12, 0.15
# A longer paragraph has so many words at least.
_SHORTEST = 12
# So many headlines one below the other, the last of which says nothing of the text, are a list.
_LISTED_ABOVE = 5
# A sentence above the headline has at most so many words.
_NOTE_WORDS = 24
# A line that stands twice below a longer one has fewer words where it is a picture's.
_CAPTION_WORDS = 6
# A short line below the headline that says so much of it again is a picture's.
_SAID_AGAIN = 0.99
# What a site adds below a text has so many words at most; it is compared with so many paragraphs above it.
_CALL_WORDS = 70
_CALL_COMPARED = 12
# Who speaks, in an interview.
_SPEAKER = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}\s?:\s")
# A sentence below a link has at least this part of the link's words.
_OF_THE_LINK = 0.3
# An entry of a live page has a sentence of so many words.
_ENTRY_WORDS = 10
# A desk's marks under a report: "وام/محمد جاب الله/ زكريا محيي الدين", "سم/دص/ب ق".
_DESK = re.compile(r"[^/]{1,25}/[^/]{1,25}(?:/[^/]{1,25}){0,3}")
_ARCHIVED = ("أرشيف", "ارشيف", "أرشيفية", "ارشيفية")
# How headlines that lead to pictures and films end.
_MEDIA = ("(فيديو)", "(صور)", "(صور وفيديو)", "(فيديو وصور)", "- فيديو", "[فيديو]", "[صور]")
# An unfinished sentence that begins a related item and ends it is a teaser, not an article.
_RELATED_WORDS = 20
_TEASER_WORDS = 32


@dataclass(slots=True)
class Draft:
    """An article while it is put together: indices into the list of pieces."""

    role: Role
    title: int | None = None
    kicker: int | None = None
    body: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    reach: int = 0
    doubts: list[str] = field(default_factory=list)
    number: int = 0
    cut_short: bool = False  # by a paragraph that another headline heads

    @property
    def first(self) -> int:
        """The first piece of it."""
        return min(i for i in (self.title, self.kicker, *self.body[:1]) if i is not None)


def assemble(pieces: list[Piece], hints: Hints) -> list[Draft]:
    """Label every piece and return the articles found, the main one first; none where there is no text."""
    for line in pieces:
        if line.kind is None and line.mark is not None:
            line.label(KIND_OF_MARK[line.mark.kind], f"{line.mark.kind}: {line.mark.text}")
    _label_tag_lines(pieces)
    _mark_posts(pieces)
    _label_dated_lists(pieces)
    _label_skipped(pieces)
    page = _Page(pieces, hints)
    page.find_main()
    page.find_related()
    page.label_rest()
    return page.drafts


def _label_tag_lines(pieces: list[Piece]) -> None:
    """Label the key words that stand one a line below their label."""
    following = False
    listed: list[Piece] = []
    for line in (*pieces, None):
        if line is not None and line.mark is not None and not (following and _could_be_key_words(line)):
            following = line.mark.kind == "tags" and line.mark.value is None and line.kind == "tags"
        elif (
            line is not None
            and following
            and line.kind in (None, "navigation", "metadata")
            and (line.words <= 4 or (not listed and parted_key_words(line.text)))
            and not line.ends
            and line.gap <= 1
        ):
            if line.words > 4 or parted_key_words(line.text):
                line.label("tags", "key_words_below_their_label")
                following = False
                continue
            line.label("tags", "key_word_on_its_own_line")
            listed.append(line)
            continue
        else:
            following = False
        if listed and line is not None and line.mark is not None and line.mark.kind in _FACTS:
            # A section that is called so stands above headline, writer and day.
            for one in listed:
                one.kind, one.rule = None, ""
        else:
            for one in listed if len(listed) > 1 else ():
                one.label("tags", "one_of_several_key_words")
        listed = []


def _could_be_key_words(line: Piece) -> bool:
    """Whether a line that has a mark may be key words all the same: their label stands above it."""
    assert line.mark is not None
    return line.mark.kind in ("navigation", "bar") or (
        (line.mark.kind == "slug" or line.mark.text == "name and place") and parted_key_words(line.text)
    )


_LEAST_PAIRS = 3


def _label_dated_lists(pieces: list[Piece]) -> None:
    """Label lists of headlines with a day each, above the text: neither is the article's.

    The last pair is the article's own where its text follows at once.
    """
    end = next((i for i, p in enumerate(pieces[:HEAD_LINES]) if p.kind is None and p.prose), HEAD_LINES)
    _label_schedule(pieces[: _above_text(pieces)])
    i = 0
    while i < min(end, len(pieces)):
        j = i
        while j + 1 < min(end, len(pieces)) and _is_dated_pair(pieces[j], pieces[j + 1]):
            j += 2
        pairs = (j - i) // 2
        if pairs > _LEAST_PAIRS or (pairs == _LEAST_PAIRS and j < end):
            for line in pieces[i : j - 2 * (j >= end)]:
                line.mark = Mark("link", "entry of a dated list")
                line.label("navigation", "entry_of_a_dated_list")
        i = max(j, i + 1)


_LEAST_TIMES = 4


def _above_text(pieces: list[Piece]) -> int:
    """Return how many lines of the page's head stand above its first longer paragraph."""
    head = pieces[: 2 * HEAD_LINES]
    return next((i for i, p in enumerate(head) if p.kind is None and p.prose and p.words >= _SHORTEST), len(head))


def _label_schedule(head: list[Piece]) -> None:
    """Label what is on at which hour: times of day above the text with a few short lines between them."""
    times = [i for i, p in enumerate(head) if p.mark is not None and p.mark.kind == "time"]
    if len(times) < _LEAST_TIMES:
        return
    for line in head[times[0] : times[-1] + 1]:
        line.mark = Mark("link", "entry of a schedule")
        line.label("navigation", "entry_of_a_schedule")


def _is_dated_pair(one: Piece, other: Piece) -> bool:
    """Whether two lines are a headline and its day, in this order or the other."""
    return (_is_day(one) and other.mark is None and other.kind is None) or (
        _is_day(other) and one.mark is None and one.kind is None
    )


def _is_day(line: Piece) -> bool:
    return line.mark is not None and line.mark.kind in (*_FACTS, "time") and line.numbered


def _label_skipped(pieces: list[Piece]) -> None:
    """Label what a page tells listeners to skip: from "تخطى كذا وواصل القراءة" to "نهاية كذا"."""
    for i, line in enumerate(pieces):
        if line.text[:3] != "تخط" or line.words > 8 or line.ends:
            continue
        below = range(i, min(i + 15, len(pieces)))
        end = next((j for j in below if "نهاية" in (pieces[j].text[:5], pieces[j].text[-5:])), None)
        for skipped in pieces[i : end + 1] if end is not None else ():
            skipped.label("navigation", "block_to_skip")


_DIGITS = re.compile(r"[0-9٠-٩]+")
# An entry of a numbered list.
_LISTED = re.compile(r"[0-9٠-٩]{1,2}\s*[-–.)]\s")
# And, with a verb of the present or the future: no story begins so ("ويتضمن", "وتشمل", "وسيبدأ").
_AND_VERB = re.compile("وس?[يت][\u0621-\u064a]{3,}")
_STOP = re.compile(r"(?<![.])\. ")
_PLACE_AND_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?\s*[-–—ـ/]\s*[^\W\d_]+(?: [^\W\d_]+){1,2}")
_YEAR = re.compile(r"(?<![0-9٠-٩])(?:1[89]|20|١[٨٩]|٢٠)[0-9٠-٩]{2}(?![0-9٠-٩])")
_MAIL = re.compile(r"\w@\w+\.\w")
_CUT_OFF = re.compile(r"^(?:\.{2,}|…)|(?:\.{3}|…)\W*$")
_BARE = re.compile(r"^[\W\d_]+|[\W_]+$")
_WORDS = re.compile(r"[^\W\d_]+")
# Who spoke to whom, above what was said: "فلان لـ«الصحيفة»", "فلان:".
_ANNOUNCES = re.compile(r":$|(?<![^\W_])لـ?ـ*\s?[«\"“][^«»\"“”]{2,40}[»\"”]$")
_ASKED = re.compile(r"و?(?:حاور|[أا]جر[ىت])")
# The result of a match: "31 - 30".
_RESULT = re.compile(r"(?<![0-9٠-٩])[0-9٠-٩]{1,3}\s*[-–:]\s*[0-9٠-٩]{1,3}(?![0-9٠-٩])")


def _mark_posts(pieces: list[Piece]) -> None:
    """Mark days that head one post each: lines of the same form, each with text of its own below it.

    The entries of a live page bear times and make one article; so does anything on a page that says it is live.
    """
    if any((p.mark is not None and p.mark.kind == "live") or "مباشر" in p.text[:60] for p in pieces[:12]):
        return
    heads: dict[str, list[int]] = {}
    for i, line in enumerate(pieces[:-1]):
        if line.mark is not None and line.mark.kind == "comments":
            break
        dated = line.mark is not None and line.mark.kind == "date" and line.mark.text == "date line"
        below = pieces[i + 1]
        if dated and (below.kind is None or (below.mark is not None and below.mark.kind == "lead_in")):
            heads.setdefault(_WORDS.sub("w", _DIGITS.sub("0", line.text)), []).append(i)
    for same in heads.values():
        texts = [
            i for n, i in enumerate(same) if any(p.prose for p in pieces[i + 1 : (same[n + 1 : n + 2] or [i + 8])[0]])
        ]
        if len(texts) < 2 or len(texts) < len(same) or any(p.prose for p in pieces[: same[0]]):
            continue
        years = [int(year.group()) for i in same if (year := _YEAR.search(pieces[i].text)) is not None]
        if years and max(years) - min(years) > 1:
            continue  # the days of a timeline
        above = [pieces[i - 1] for i in same if i]
        channel = {name for name, times in Counter(p.folded for p in above).items() if times > 1}
        # A headline above its day belongs to what follows the day: no head of a post, but a list of stories.
        if all(p.kind is not None or p.prose or p.words < 4 or p.folded in channel for p in above[same[0] == 0 :]):
            for line in above:
                if line.kind is None and line.folded in channel:
                    line.label("metadata", "channel_above_its_posts")
            for i in same:
                line = pieces[i]
                line.mark = Mark("post", "a day above each text")
                line.label("metadata", "post: a day above each text")


def _is_said_again(one: Piece, other: Piece) -> bool:
    """Whether the line below says the same, or the same and a word or two: a picture's two descriptions."""
    if one.folded == other.folded:
        return True
    if other.text.endswith(_ARCHIVED) and _BARE.sub("", other.folded[: len(one.folded)]) == _BARE.sub("", one.folded):
        return True
    short = max(one.words, other.words) < _CAPTION_WORDS and min(one.words, other.words) > 1
    return short and (one.folded.startswith(f"{other.folded} ") or other.folded.startswith(f"{one.folded} "))


def _is_cut_off(text: str) -> bool:
    """Whether a text begins or ends with the dots of what was cut off."""
    return (".." in text or "…" in text) and _CUT_OFF.search(text) is not None


class _Page:
    """The pieces of one page and the articles found so far."""

    def __init__(self, pieces: list[Piece], hints: Hints) -> None:
        self.pieces = pieces
        self.unknown = [p for p in pieces if p.kind is None]  # before any article is looked for
        self.hints = hints
        self.drafts: list[Draft] = []
        # The kind of each piece's mark; no marks behind the last one.
        self.marks = [p.mark.kind if p.mark is not None else None for p in pieces] + [None] * 2
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
        self.live = any(p.mark is not None and p.mark.kind == "live" for p in pieces[:12]) or self._has_entries()
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
            if line.words >= _UNSTOPPED_WORDS and not line.heading:
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

    # ------------------------------------------------------------------------------------------------ evidence

    def _count_closers(self) -> list[int]:
        """For each piece: how many pieces from it on close an article."""
        counts = [0] * (len(self.pieces) + 1)
        for i in range(len(self.pieces) - 1, -1, -1):
            counts[i] = counts[i + 1] + (self._mark(i) in _CLOSING)
        return counts

    def _mark(self, i: int) -> str | None:
        return self.marks[i]

    def _free(self, i: int) -> bool:
        return self.pieces[i].kind is None

    def _text(self, indices: list[int]) -> str:
        parts: list[str] = []
        length = 0
        for i in indices:
            parts.append(self.pieces[i].folded)
            length += len(parts[-1])
            if length > WINDOW:
                break
        return " ".join(parts)

    def _recent(self, draft: Draft) -> str:
        """The article so far, folded: its headline, its beginning and its last paragraphs."""
        head = ([draft.title] if draft.title is not None else []) + draft.body[:4]
        return self._text(head) + " " + self._text(draft.body[-6:])

    def _ahead(self, i: int) -> str:
        """The text that follows, folded, up to the next announcement of other stories."""
        following: list[int] = []
        for j in range(i + 1, min(i + 30, len(self.pieces))):
            if self._mark(j) in _HEADING_OTHERS:
                break
            if self._free(j):
                following.append(j)
        return " " + self._text(following)

    def _anchor(self, i: int) -> bool:
        """Whether the piece is a paragraph beyond doubt."""
        line = self.pieces[i]
        if line.kind is not None or line.heading or i in self.repeated:
            return False
        if line.words >= 28 or (line.words >= _ANCHOR_WORDS and self._mark(i + 1) == "truncation"):
            return True
        if self.unstopped and line.words >= _UNSTOPPED_WORDS:
            return True
        if not line.ends and line.words >= 16 and (begins_report(line.text) or goes_on(line.text)):
            return True
        if self.wrapped and len(line.text) > 0.8 * self.longest and i + 1 < len(self.pieces):
            # The first full line of a broken paragraph: a line that is not full, or none, stands above it.
            above = self.pieces[i - 1] if i and not line.gap and not self._mark(i - 1) else None
            below = self.pieces[i + 1]
            return (above is None or len(above.text) < 0.8 * self.longest) and below.kind is None and not below.gap
        if not line.ends or line.words < _ANCHOR_WORDS:
            return False
        return line.words >= 20 or line.text.rstrip("\"'”») ")[-1:] not in "؟!" or _STOP.search(line.text) is not None

    # -------------------------------------------------------------------------------------------- main article

    def find_main(self) -> None:
        """Find the main article: its first sure paragraph, then its headline above and its extent below."""
        if self._is_list_of_teasers():
            for line in self.pieces:
                if line.kind is None and line.words >= _ANCHOR_WORDS:
                    line.label("navigation", "teaser_cut_off")
            return
        self._label_cut_off()
        anchor = self._first_anchor(0)
        if anchor is not None and calls_the_reader(self.pieces[anchor].folded):
            anchor = self._behind_the_notice(anchor)
            if anchor is None:
                return
        if anchor is None:
            anchor = self._lone_paragraph()
            if anchor is None:
                return
        anchor = self._below_stopped_headline(anchor)
        draft = self._main_from(0, anchor)
        if draft.cut_short and draft.title is None and self._text_words(draft) <= _NOTE_WORDS and not draft.doubts:
            # One sentence without a headline, above a story that has one: a note of the site.
            below = draft.body[-1] + 1
            for i in draft.body:
                self.pieces[i].label("boilerplate", "note_above_the_story")
            self.drafts.clear()
            self._main_from(below, draft.reach)

    def _main_from(self, start: int, anchor: int) -> Draft:
        """Put the main article together from its first sure paragraph."""
        draft = Draft("main")
        self.drafts.append(draft)
        self._take_heads(draft, self._after_post(start, anchor), anchor)
        self._extend(draft, anchor)
        return draft

    def _text_words(self, draft: Draft) -> int:
        return sum(self.pieces[i].words for i in draft.body)

    def _label_cut_off(self) -> None:
        """Label the beginnings of other stories, cut off with dots, that stand one below the other above the text."""
        long = [i for i, p in enumerate(self.pieces[:HEAD_LINES]) if p.kind is None and p.words >= _ANCHOR_WORDS]
        for n, i in enumerate(long):
            line = self.pieces[i]
            if line.text.endswith(("...", "…")) and any(
                self.pieces[j].folded.startswith(line.folded[:_BEGINNING]) for j in long[n + 1 :]
            ):
                line.label("navigation", "teaser_of_the_text_below")
        cut = list(takewhile(lambda i: self.pieces[i].text.endswith(("...", "…")), long))
        lone = len(cut) == 1 and self._mark(cut[0] + 1) in ("notice", "prompt")
        if (len(cut) > 1 or lone) and len(long) > len(cut) and any(self.pieces[i].words >= 12 for i in cut):
            for i in cut:
                self.pieces[i].label("navigation", "teaser_cut_off")

    def _behind_the_notice(self, anchor: int) -> int | None:
        """Return the first paragraph that does not speak to the reader, where the first one does: consent, a lost page.

        A text that does so all through is an article if it is long (advice, recipes), else there is none.
        """
        anchors = [i for i in range(anchor, len(self.pieces)) if self._anchor(i)]
        told = next((i for i in anchors[:12] if not calls_the_reader(self.pieces[i].folded)), None)
        if told is None:
            return anchor if sum(self.pieces[i].words for i in anchors) >= 60 else None
        # Between the notice and the text stands the headline; without one, all of it is the text.
        return told if any(self._free(i) and not self._anchor(i) for i in range(anchor, told)) else anchor

    def _is_list_of_teasers(self) -> bool:
        """Whether whatever could be a paragraph is cut off, several times: results of a search, a front page."""
        long = [i for i, p in enumerate(self.pieces) if p.kind is None and p.words >= 8 and not p.heading]
        if self._are_beginnings([i for i in long if self.pieces[i].words >= _UNSTOPPED_WORDS]):
            return True
        cut = [i for i in long if self._mark(i + 1) == "truncation" or _is_cut_off(self.pieces[i].text)]
        whole = [i for i in long if i not in cut and self.pieces[i].ends]
        return len(cut) >= 3 and len(cut) > 3 * len(whole)

    def _are_beginnings(self, long: list[int]) -> bool:
        """Whether long lines are the beginnings of different texts: none ends, and none speaks of what others do."""
        if len(long) < _LEAST_BEGINNINGS or any(self.pieces[i].ends for i in long[:_BEGINNINGS]):
            return False
        some = long[:_BEGINNINGS]
        said = [shared(self.pieces[i].folded, self._text([j for j in some if j != i])) for i in some]
        return sum(said) < _STRANGERS * len(some)

    def _below_stopped_headline(self, anchor: int) -> int:
        """Return the paragraph below, where the first one is rather a headline with a full stop, else the first.

        Such a line is short, one sentence, the first of its kind, and what it says is said again in what follows.
        """
        line = self.pieces[anchor]
        if line.words > _STOPPED_WORDS or _STOP.search(line.text) or goes_on(line.text) or begins_report(line.text):
            return anchor
        if any(self._free(i) and self.pieces[i].words > 3 for i in range(max(0, anchor - 4), anchor)):
            return anchor
        below = range(anchor + 1, min(anchor + 12, len(self.pieces)))
        following = next((i for i in below if self._free(i) and self.pieces[i].words > 4), None)
        if following is None or not self._anchor(following) or self.pieces[following].words < 1.5 * line.words:
            return anchor
        needed = 0.25 if any(self._mark(i) in _FACTS for i in range(anchor + 1, following)) else 0.5
        return following if shared(line.folded, self.pieces[following].folded) >= needed else anchor

    def _after_post(self, start: int, end: int) -> int:
        """Return the piece after the last head of a post between the two, or `start`."""
        for i in range(end - 1, max(start, end - 60) - 1, -1):
            if self._mark(i) == "post":
                return i + 1
        return start

    def _first_anchor(self, start: int) -> int | None:
        for i in range(start, len(self.pieces)):
            if self._anchor(i):
                return i
        return None

    def _lone_paragraph(self) -> int | None:
        """Return the longest unfinished line of a page without a finished sentence, where it is long enough."""
        free = [i for i in range(len(self.pieces)) if self._free(i) and not self.pieces[i].heading]
        best = max(free, key=lambda i: (self.pieces[i].words, -i), default=None)
        if best is None or self.pieces[best].words >= 18:
            return best
        # A shorter one is told by its headline: the line above it says the same in fewer words.
        above = next((j for j in reversed(free) if j < best), None)
        line = self.pieces[best]
        told = above is not None and shared(self.pieces[above].folded, line.folded) >= 0.6
        return best if told and line.words >= 10 and begins_report(line.text) else None

    def _take_heads(self, draft: Draft, start: int, anchor: int) -> None:
        """Choose headline and kicker among the lines above the first sure paragraph; label what lies between."""
        heads = [i for i in range(max(start, anchor - 60), anchor) if self._free(i)]
        context = self._text(list(range(anchor, min(anchor + 8, len(self.pieces)))))
        candidates, names = self._candidates(heads)
        best = self._best_headline(draft, candidates, heads, anchor, context)
        if best is None and candidates:
            best = self._headline_by_place(draft, candidates, anchor)
        best = self._announced(best, heads)
        draft.title = best
        for i in names:
            # Names far above a headline may be a menu's; near it they are its writer's.
            if i != best and i >= (best if best is not None else anchor) - 3:
                self.pieces[i].label("metadata", "credit_line_beside_headline", draft.number)
                draft.others.append(i)
        heads = [i for i in heads if self._free(i) or i == best]
        if best is None:
            draft.body = [i for i in heads if draft.role == "main" and self.pieces[i].prose and i >= anchor - 3]
            return
        title = self.pieces[best]
        title.label("title", "headline", draft.number)
        above = [i for i in heads if i < best]
        same = title.folded
        for i in heads:
            if i != best and self.pieces[i].folded == same:
                self.pieces[i].label("title", "headline_repeated", draft.number)
        self._take_kicker(draft, [i for i in above if self._free(i)], context)
        self._take_between(draft, [i for i in heads if i > best and self._free(i)], context, anchor)

    def _best_headline(
        self, draft: Draft, candidates: list[int], heads: list[int], anchor: int, context: str
    ) -> int | None:
        """Return the candidate that shares most with the text below it, by its words and its neighbours; or None."""
        lead = self._text([anchor])
        times = Counter(self.pieces[i].folded for i in heads)
        hinted = fold(self.hints.title).strip() if self.hints.title and draft.role == "main" else ""
        facts = [i for i in range(max(heads[0] if heads else 0, anchor - 60), anchor) if self._mark(i) in _FACTS]
        first_long = next((i for i in heads if self.pieces[i].words >= 4), anchor)
        best, best_score = None, 0.25
        for distance, i in enumerate(reversed(candidates)):
            line = self.pieces[i]
            if not 2 <= line.words < 40 or line.foreign:
                continue
            if line.words < _CAPTION_WORDS and i in self.repeated and self._headed(i, heads):
                continue  # what stands twice is a headline, but a few words below a longer line are its picture's
            if self._is_caption_twice(i) and times[line.folded] <= 2:
                continue
            if is_caption(line.text) and (i != candidates[0] or line.text.rstrip(")").endswith(_ARCHIVED)):
                continue
            # Counted with two words more than it has: the one word of a section's name proves little.
            words = len(subject(line.folded))
            if not words:
                continue  # counters and emoji
            weight = words / (words + 2)
            in_lead = shared(line.folded, lead)
            score = 1.3 * weight * in_lead + 0.65 * weight * shared(line.folded, context) - 0.02 * distance
            # A kicker may share all of its few words with the lead; the headline shares more of them.
            score += 0.12 * min(8, round(in_lead * words))
            score += 0.8 * (times[line.folded] > 1) + 4 * (bool(hinted) and hinted in line.folded)
            score += 0.5 * any(i < f <= i + 3 for f in facts)
            # What stands below the facts, with a line above them that could be the headline, is a caption or a lead.
            score -= 0.6 * any(first_long < f < i for f in facts)
            score -= 0.5 * (_LISTED.match(line.text) is not None)
            score -= 0.5 * (line.words < 4) + 0.6 * line.text.endswith((")", ":")) + 0.3 * line.text.endswith(".")
            if score > best_score:
                best, best_score = i, score
        if best is not None:
            # In a list of the latest far above it stood too.
            same = [i for i in candidates if self.pieces[i].folded == self.pieces[best].folded]
            best = same[-1] if same[-1] - best > _NEAR_IT else best
        return best

    def _is_caption_twice(self, i: int) -> bool:
        """Whether a line is one of two that say the same, a few words with a full stop or of an archive: captions."""
        line = self.pieces[i]
        archived = i + 1 in self.repeated and self.pieces[i + 1].text.endswith(_ARCHIVED)
        return i in self.repeated and (archived or (line.ends and line.words < _CAPTION_WORDS))

    def _headed(self, i: int, heads: list[int]) -> bool:
        """Whether a longer line that could be a headline stands above a line, said but once."""
        return any(
            j < i and self.pieces[j].words >= _CAPTION_WORDS and j not in self.repeated and not self.pieces[j].ends
            for j in heads
        )

    def _headline_by_place(self, draft: Draft, candidates: list[int], anchor: int) -> int | None:
        """Return the last candidate, where only furniture lies between it and the text and it stands in no list."""
        last = self.pieces[candidates[-1]]
        lone = len(candidates) < 2 or candidates[-2] < candidates[-1] - 1 or self.pieces[candidates[-2]].words < 4
        reach = 1 if draft.role != "main" else 12 if lone and last.words > 3 else 3
        bracketed = last.words <= _CREDIT_WORDS and last.text[-1] == ")" and not last.numbered
        if bracketed and shared(last.folded, self._text([anchor])) < 0.5:
            return None  # a writer or a site with more about them in brackets
        if self._mark(candidates[-1] + 1) in _FACTS and is_outlet_name(_BARE.sub("", last.text)):
            return None  # who posted it, and when
        listed = candidates[-_LISTED_ABOVE:]
        if (
            len(listed) == _LISTED_ABOVE
            and listed[-1] - listed[0] < _LISTED_ABOVE
            and not shared(last.folded, self._text([anchor]))
        ):
            return None  # the last of a list of other stories
        # Counters and emoji say nothing.
        said = bool(subject(last.folded)) and not self._is_caption_twice(candidates[-1])
        return candidates[-1] if said and last.words > 2 and candidates[-1] >= anchor - reach else None

    def _candidates(self, heads: list[int]) -> tuple[list[int], list[int]]:
        """Return which lines above the text could be its headline, and which only name a writer, an outlet, a place."""
        said = [
            i
            for i in heads
            if self.pieces[i].words <= 8 and not self.pieces[i].ends and self._names_only(self.pieces[i])
        ]
        rest = [i for i in heads if i not in said]
        if not any(self.pieces[i].words >= 2 for i in rest):
            # A name alone may be a headline, but not with its place or day.
            parted = all(len(read_credits(self.pieces[i].text)) > 1 for i in said)
            return ([], said) if said and parted else (heads, [])
        plain = [i for i in rest if self.pieces[i].text[0] not in _BULLETS]
        if not plain and len(rest) > 1:
            return [], said  # points of what is to come
        return (plain if any(self.pieces[i].words >= 4 for i in plain) else rest), said

    @staticmethod
    def _names_only(line: Piece) -> bool:
        return is_credit_line(line.text) or (":" not in line.text and speaks_of_itself(line.text))

    def _announced(self, best: int | None, heads: list[int]) -> int | None:
        """Return the headline that the line above it announces ("فلان لـ«الصحيفة»:"), else the line."""
        if best is None or not _ANNOUNCES.search(self.pieces[best].text):
            return best
        # Who asked may stand between the two.
        for i in (best + 1, best + 2):
            if i not in heads or self.pieces[i].gap > 1:
                break
            following = self.pieces[i]
            if not (self._names_only(following) or _ASKED.match(following.text)):
                return i if following.words >= 3 and not following.ends else best
        return best

    def _take_kicker(self, draft: Draft, above: list[int], context: str) -> None:
        """Take the line right above the headline as its kicker, where it stands alone and speaks of the same."""
        if not above or draft.title is None:
            return
        # Who asked may stand between a headline and the line that announces it.
        apart = draft.title - above[-1]
        if apart > 2 or (apart > 1 and not _ANNOUNCES.search(self.pieces[above[-1]].text)):
            return
        line = self.pieces[above[-1]]
        alone = len(above) < 2 or above[-2] < above[-1] - 1 or line.gap > 0
        if not alone or not 4 <= line.words <= 18 or self.pieces[draft.title].gap > 2:
            return
        if shared(line.folded, context) >= 0.2 or line.text[-1] in ".…" or _ANNOUNCES.search(line.text):
            draft.kicker = above[-1]
            line.label("title", "kicker", draft.number)

    def _take_between(self, draft: Draft, between: list[int], context: str, anchor: int) -> None:
        """Label the lines between headline and first sure paragraph: a standfirst, a lead, facts."""
        facts_before = False
        led = begins_report(self.pieces[anchor].text)
        for i in range(draft.title if draft.title is not None else 0, between[-1] + 1 if between else 0):
            facts_before = facts_before or self._mark(i) in _FACTS
            if i not in between:
                continue
            line = self.pieces[i]
            facts_after = any(self._mark(j) in _FACTS for j in range(i + 1, min(i + 4, len(self.pieces))))
            listing = line.text[0] in _BULLETS and self._below_contents(i)
            if line.foreign and line.words < 20:
                line.label("metadata", "foreign_line_below_headline")
            elif is_part(line.folded) and (draft.body or i == between[-1]):
                line.heading = True
                draft.body.append(i)
            elif line.words <= 15 and (listing or self._said_again(i, anchor)):
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
                and line.text[0] not in _BULLETS
                and (line.words >= 7 or shared(line.folded, context) >= 0.3)
            ):
                line.label("title", "standfirst", draft.number)
            elif (
                facts_before
                and 8 <= line.words < 14
                and not line.ends
                and led
                and line.text[0] not in _BULLETS
                and not begins_report(line.text)
                and not _RESULT.search(line.text)
            ):
                line.label("boilerplate", "line_above_the_lead")  # an unmarked caption: the lead itself comes next
            elif (
                line.words >= 8
                or line.prose
                or line.text[0] in _BULLETS
                or (line.text[-1] in "،؛" and line.words >= 2)
                or (draft.body and not facts_after and (line.words >= 4 or line.ends or line.text[-1] == ":"))
            ):
                draft.body.append(i)
            elif draft.body and line.words < 4 and i == anchor - 1 and not facts_after:
                line.heading = True
                draft.body.append(i)
            elif not draft.body and (
                i in self.repeated
                or (draft.title is not None and shared(line.folded, self.pieces[draft.title].folded) >= _SAID_AGAIN)
            ):
                line.label("boilerplate", "caption_below_headline")
            else:
                line.label("metadata", "short_line_below_headline")
                draft.others.append(i)

    def _below_contents(self, i: int) -> bool:
        """Whether an entry of a list stands below the head of a summary or of the contents."""
        while i and self.pieces[i].text[0] in _BULLETS:
            i -= 1
        return self._mark(i) == "contents"

    def _said_again(self, i: int, anchor: int) -> bool:
        """Whether a line above the text stands below it once more, as the heading that it leads to."""
        said = _BARE.sub("", self.pieces[i].folded)
        return bool(said) and any(
            self.pieces[j].words <= 15 and _BARE.sub("", self.pieces[j].folded) == said
            for j in range(anchor, min(anchor + 60, len(self.pieces)))
        )

    def _extend(self, draft: Draft, anchor: int) -> None:
        """Follow the article from its first sure paragraph to its last."""
        body = draft.body
        body.append(anchor)
        waiting: list[int] = []
        interruption: int | None = None
        closed = ruled = False
        i = anchor
        while (i := i + 1) < len(self.pieces):
            kind = self._mark(i)
            if kind == "post":
                break
            if kind == "ruled":
                ruled = True
            if kind in _HEADING_OTHERS:
                if self._mark(i + 1) != "link":
                    interruption = i
                waiting.append(i)
                continue
            if kind in _CLOSING:
                closed = True
                waiting.append(i)
                if kind == "comments":
                    break
                continue
            if not self._free(i):
                waiting.append(i)
                continue
            if not self._is_paragraph(draft, i, waiting, interruption):
                waiting.append(i)
                continue
            if interruption is not None and not closed and self._is_teaser(draft, i, waiting, interruption):
                line = self.pieces[i]
                line.label("navigation", "sentence_of_a_link")
                waiting.append(i)
                continue
            if (closed or interruption is not None) and not self._resumes(draft, i, waiting, closed):
                break
            if interruption is None and not closed and self._other_story(draft, i, waiting, ruled):
                draft.cut_short = True
                break
            self._settle(draft, waiting, interruption)
            body.append(i)
            waiting, interruption, closed, ruled = [], None, False, False
        draft.reach = min(i, len(self.pieces) - 1)
        self._settle_tail(draft, waiting)

    def _is_paragraph(self, draft: Draft, i: int, waiting: list[int], interruption: int | None) -> bool:
        """Whether a line goes on with the text by its shape: prose that speaks to nobody and leads nowhere else."""
        line = self.pieces[i]
        if not line.prose or line.heading:
            return len(waiting) < 3 and all(map(self._asks, waiting)) and self._short_sentence(i)
        if self._loose_question(draft, i, waiting):
            return False
        if line.words < 30 and line.foreign and not self.foreign:
            return False
        if line.words < 20 and speaks_to_reader(line.folded):
            told = line.text[-1] == "." and line.words >= 8 and not calls_the_reader(line.folded)
            return told or (line.text[-1] == "." and not waiting and self._shares(draft, i, 0.2))
        if line.text[-1] not in "؟!":
            return True
        # A headline that asks: with its time or in a list of links.
        timed = line.glued and self._mark(i - 1) == "time" and line.words < 8
        return not timed and not (interruption is not None and line.words < 20)

    def _asks(self, j: int) -> bool:
        """Whether a line leads to the next one: a question, or what ends in a colon."""
        return self._free(j) and self.pieces[j].text[-1] in "؟:"

    def _short_sentence(self, i: int) -> bool:
        """Whether a line right below a paragraph is a sentence of a few words: "لا أعرف.", "رحم الله الفقيد."."""
        line = self.pieces[i]
        if line.words < 5 and line.text[-1] == "؟" and line.text[0] in "فو" and line.mark is None:
            return True  # the question with which a column ends
        return (
            2 <= line.words < 5
            and not line.heading
            and line.mark is None
            and line.text.rstrip("\"'”»")[-1:] == "."
            and line.text[-2:] != ".."
            and line.text[0].isalpha()
            and not speaks_to_reader(line.folded)
        )

    def _loose_question(self, draft: Draft, i: int, waiting: list[int]) -> bool:
        """Whether a short question or call is set off from the article: nothing answers it, nothing leads to it."""
        line = self.pieces[i]
        if line.words >= 20 or line.text[-1] not in "؟!" or _STOP.search(line.text) or goes_on(line.text):
            return False
        if not waiting and line.text[0] in "فو":
            return False
        following = self.pieces[i + 1] if i + 1 < len(self.pieces) else None
        answered = (
            following is not None and following.kind is None and following.ends and following.text[-1] not in "؟!"
        )
        if waiting:
            return not answered or self._mark(i - 1) is not None
        # Set off by a wider gap it has to share more.
        needed = 0.4 if line.gap > 1 else 0.2
        return not answered and (speaks_to_reader(line.folded) or not self._shares(draft, i, needed))

    def _shares(self, draft: Draft, i: int, part: float) -> bool:
        """Whether a line has that part of its subject in common with the article so far."""
        return shared(self.pieces[i].folded, self._recent(draft)) >= part

    def _resumes(self, draft: Draft, i: int, waiting: list[int], closed: bool) -> bool:
        """Decide whether the paragraph goes on with the article after other stories were announced or it was closed."""
        text, folded = self.pieces[i].text, self.pieces[i].folded
        headings = [j for j in waiting if self._free(j)]
        recent = self._recent(draft)
        if closed and sum(self.pieces[j].words for j in draft.body) < 30 and shared(folded, recent) >= 0.3:
            return True  # the facts stood below a standfirst; one line is no article that could be over
        if closed and not headings and goes_on(text) and shared(folded, recent) >= 0.15:
            return True  # a remark in brackets closed nothing
        score = 0.0
        if closed:
            score -= 2.0
        elif self.closers_after[i]:
            score += 1.5
        if goes_on(text):
            score += 1.0
        elif begins_report(text) and shared(folded, recent) < 0.3:
            score -= 0.5
        score += 1.5 * shared(folded, recent) + (0.3 if not closed else 0)
        # A headline of another story has its words in what follows it; one of two or three words is a subheading.
        if headings and self.pieces[headings[-1]].words > 3:
            following = self._text(list(range(i, min(i + 3, len(self.pieces)))))
            heading = self.pieces[headings[-1]].folded
            # What it shares with the article too is the subject of both.
            own = max(0.0, shared(heading, following) - (0.5 if closed else 1.0) * shared(heading, recent))
            # A word or two in common is chance; headlines of the labelled pages share half and more with their text.
            score -= 2.5 * max(0.0, own - 0.2)
            score += 0.5 * (own < 0.35 and not closed)
            score += 2.5 * self._parallel(draft, self.pieces[headings[-1]])
        elif (
            not headings
            and not closed
            and (self.pieces[i].words >= 20 or (self.pieces[i].words >= 12 and shared(folded, recent) >= 0.1))
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

    def _is_teaser(self, draft: Draft, i: int, waiting: list[int], interruption: int) -> bool:
        """Whether a sentence belongs to the one link above it, and the article goes on right below."""
        links = [j for j in waiting if j > interruption and self._free(j)]
        if len(links) != 1 or not interruption + 1 == links[0] == i - 1 or self.pieces[links[0]].words < 5:
            return False
        if i + 1 >= len(self.pieces) or self.pieces[i].words > _TEASER_WORDS:
            return False
        below = self.pieces[i + 1]
        if not self._anchor(i + 1) or not below.ends or goes_on(self.pieces[i].text):
            return False
        recent, folded = self._recent(draft), self.pieces[i].folded
        link = self.pieces[links[0]].folded
        if shared(link, folded) < _OF_THE_LINK or shared(link, recent) > shared(link, folded) / 2:
            return False
        return shared(below.folded, recent) > max(0.2, shared(below.folded, f"{link} {folded}"))

    def _other_story(self, draft: Draft, i: int, waiting: list[int], ruled: bool) -> bool:
        """Decide whether, with no marker between, the paragraph belongs to another story than the article.

        A headline of its own can tell: its words stand in what follows it and not in the article. Behind a stroke
        across the page, or with a dateline or day of its own, less is enough.
        """
        text, folded = self.pieces[i].text, self.pieces[i].folded
        headings = [j for j in waiting if self._free(j)]
        if not (headings or ruled) or self.pieces[i].glued or goes_on(text) or _AND_VERB.match(text):
            return False
        recent = self._recent(draft)
        named = [j for j in headings if self.pieces[j].words <= 8 and is_credit_line(self.pieces[j].text)]
        if not named and len(headings) > 1 and _PLACE_AND_NAME.fullmatch(self.pieces[headings[-1]].text):
            named = headings[-1:]
        headings = [j for j in headings if j not in named]
        facts = bool(named) or any(self._mark(j) in _FACTS for j in waiting)
        if self.live:
            return False
        if ruled and not headings:
            # Stars part one text as often as two; of several reports each begins as one.
            stroke = any(self._mark(j) == "ruled" and not is_starred(self.pieces[j].text) for j in waiting)
            reports = stroke or all(map(self._begins_report, (draft.body[0], i)))
            return reports and self.pieces[i].words >= 15 and shared(folded, recent) < 0.1
        if not headings:
            return False
        line = self.pieces[headings[-1]]
        if draft.title is not None and line.folded == self.pieces[draft.title].folded:
            # One heading above each of several items; or the headline again, as the text of a picture inside one.
            return shared(folded, recent) < _OF_ANOTHER_ITEM
        if line.words < 4 and not (ruled and facts):
            return False
        own = shared(line.folded, self._text([i])) - shared(line.folded, recent)
        if ruled and facts:
            return shared(folded, recent) < 0.4
        if ruled or facts:
            return own >= 0.25 and shared(folded, recent) < 0.4
        strange = shared(folded, recent)
        if find_dateline(text) is not None:
            return own >= 0.25 and strange < 0.3
        # Without either, only a headline set off by a wider gap than its text, on a page where gaps are rare, or
        # one that is wholly of what follows it and of nothing above it.
        apart = line.gap > self.pieces[i].gap and line.words >= 5 and not self._spaced(draft)
        if apart and own >= 0.35 and strange < 0.3:
            return True
        needed = 0.5 if line.words >= 5 else 0.75
        return own >= needed and shared(line.folded, recent) <= 0.2 and strange < 0.2

    def _begins_report(self, i: int) -> bool:
        return begins_report(self.pieces[i].text) or find_dateline(self.pieces[i].text) is not None

    def _spaced(self, draft: Draft) -> bool:
        """Whether blank lines stand between the article's own paragraphs."""
        return any(self.pieces[j].gap for j in draft.body[1:20])

    def _settle(self, draft: Draft, waiting: list[int], interruption: int | None) -> None:
        """Label what stands between two paragraphs of the article: subheadings, rows of a table, links."""
        if not waiting:
            return
        if self.wrapped:
            draft.body += [j for j in waiting if self._free(j)]
            waiting = [j for j in waiting if not self._free(j)]
        recent = self._recent(draft) if any(self._free(j) for j in waiting) else ""
        last = self.pieces[draft.body[-1]]
        free = [j for j in waiting if self._free(j)]
        alone = len(free) == len(waiting)  # nothing that is known as furniture stands among them
        rows = self._rows(free)
        heads = [
            k
            for k in free
            if k not in rows and self.pieces[k].text[-1] != ":" and self.pieces[k].text[0] not in _BULLETS
        ]
        lone = len(heads) == 1
        listed = len(free) > 2 and alone and all(self.pieces[k].words <= 5 for k in free)
        for j in waiting:
            line = self.pieces[j]
            if not self._free(j):
                if j == waiting[-1] and self._is_year_heading(draft, j):
                    line.heading = True
                    draft.body.append(j)
                elif line.kind in ("tweet", "metadata"):
                    line.article = draft.number
                continue
            if _PICTURES.match(line.text) and line.words >= 4 and not line.ends:
                line.label("navigation", "link_to_pictures")
                continue
            if interruption is not None and j > interruption and not (j == free[-1] and self._heads_next(j, recent)):
                line.label("navigation", "link_between_paragraphs")
            elif j not in rows and line.words <= 25 and not line.heading and is_caption(line.text):
                line.label("boilerplate", "caption_with_a_credit")
                continue
            elif j in rows or ":" in (last.text[-1], line.text[-1]) or line.text[0] in _BULLETS:
                draft.body.append(j)
            elif line.words <= 20 and not line.ends and speaks_to_reader(line.folded):
                line.label("boilerplate", "line_to_the_reader")
                continue
            elif is_part(line.folded) or is_subheading(
                line,
                shares=shared(line.folded, recent + self._ahead(j)),
                lone=lone,
                listed=listed,
                beside_furniture=not alone,
                parallel=self._parallel(draft, line),
            ):
                line.heading = True
                draft.body.append(j)
            else:
                line.label("navigation", "headline_of_another_story")
                continue
            last = line

    def _is_year_heading(self, draft: Draft, j: int) -> bool:
        """Whether a day or a year right above a paragraph heads it, as in a timeline: other headings are years too."""
        if self._mark(j) not in ("date", "page_number") or not _YEAR.search(self.pieces[j].text):
            return False
        return any(self.pieces[k].heading and _YEAR.search(self.pieces[k].text) for k in draft.body[-24:])

    def _parallel(self, draft: Draft, line: Piece) -> bool:
        """Whether another heading near by has the same form: the same first word, or a name in quotation marks too."""
        if any(alike(line.folded, self.pieces[j].folded) for j in draft.body[-24:] if self.pieces[j].heading):
            return True
        at = draft.body[-1] + 2
        return any(
            p.kind is None and not p.prose and p.words > 2 and alike(line.folded, p.folded)
            for p in self.pieces[at : at + 10]
            if p is not line
        )

    def _heads_next(self, j: int, recent: str) -> bool:
        """Whether the last line of a list of links is rather the subheading of what follows."""
        line = self.pieces[j]
        if line.words > _SUBHEADING_WORDS or line.mark is not None:
            return False
        if self._parallel(self.drafts[-1], line):
            return True
        return (self._mark(j - 1) is not None and line.words <= 3) or shared(line.folded, recent) >= 0.6 or line.gap > 1

    def _is_afterword(self, draft: Draft) -> bool:
        """Whether the last paragraph speaks of the writer or the site, and shares nothing with the article."""
        line = self.pieces[draft.body[-1]]
        if line.words > 45 or goes_on(line.text) or line.text[0] in 'و"«“-' or _SPEAKER.match(line.text):
            return False
        rest = self._text(([draft.title] if draft.title is not None else []) + draft.body[-9:-1])
        share = shared(line.folded, rest)
        if line.words <= 12 and self._mark(draft.body[-1] + 1) in ("prompt", "notice", "rights", "handle", "footer"):
            # A heading and one short sentence above a prompt are the prompt's own.
            return share < (0.5 if self.pieces[draft.body[-2]].heading else 0.25)
        return speaks_of_itself(line.text) and share < 0.35

    def _calls_at_the_end(self, draft: Draft) -> bool:
        """Whether the last paragraph, and none before it, calls the reader: what a site adds to every text."""
        *before, last = (self.pieces[j] for j in draft.body)
        if last.words > _CALL_WORDS or goes_on(last.text):
            return False
        if not calls_the_reader(last.folded) and not (" لكم " in last.folded and " موقع" in last.folded):
            return False
        if _SPEAKER.match(last.text) or any(sign in last.text for sign in '«"“'):
            return False
        return not any(calls_the_reader(line.folded) for line in before[-_CALL_COMPARED:])

    def _list_end(self, tail: list[int], rows: set[int]) -> int:
        """Return how many lines of a tail make a list: rows, and the headings and lead-ins right above rows.

        A list of two rows needs a lead-in; what nothing leads in to is a table of its own, unless it is longer.
        """
        end = 0
        led = bool(tail) and (tail[0] in rows or self.pieces[tail[0] - 1].text[-1] == ":")
        for n, j in enumerate(tail):
            line = self.pieces[j]
            if n and j != tail[n - 1] + 1:
                break
            if j in rows and not is_caption(line.text):
                end = n + 1 if len(rows) > (1 if led else 2) else end
            elif not (line.text[-1] == ":" or (line.words <= 5 and not line.ends)) or n > end + 1:
                break
            led = led or line.text[-1] == ":"
        return end

    def _rows(self, free: list[int]) -> set[int]:
        """Return the lines that are rows of a table or list: three and more short ones, mostly with numbers."""
        rows = {j for j in free if self.pieces[j].words <= 24 and self._like_a_row(self.pieces[j].text)}
        rows.update(j for j in free if self.pieces[j].cell)
        for j in free:
            # The head of a table: as many cells as the row below it.
            if j + 1 in rows and j not in rows and (cells := count_cells(self.pieces[j].text)) > 2:
                rows |= {j} if cells == count_cells(self.pieces[j + 1].text) else set()
        numbered = sum(self.pieces[j].numbered for j in rows)
        labelled = sum(0 < self.pieces[j].text.find(":") < 30 for j in rows)
        return rows if len(rows) >= 2 and (numbered * 3 >= len(rows) or labelled >= max(3, len(rows))) else set()

    @staticmethod
    def _like_a_row(text: str) -> bool:
        """Whether a line has a number, a label with its value, or members of a list."""
        label = text.find(":")
        return has_number(text) or "\t" in text or 0 < label < 30 or sum(text.count(sign) for sign in "–-،") > 1

    def _settle_tail(self, draft: Draft, waiting: list[int]) -> None:
        """Label what follows the last paragraph and still belongs to the article; drop a footnote at its end."""
        self._drop_afterwords(draft)
        end = draft.body[-1]
        tail = self._tail(draft, waiting)
        listed = self._list_end(tail, self._rows(tail))
        # Where the article's own lines lack full stops, so may its last one.
        long = [self.pieces[j].ends for j in draft.body if self.pieces[j].words >= 12]
        rough = long.count(False) * 2 > len(long)
        for n, j in enumerate(tail):
            line = self.pieces[j]
            if n < listed:
                line.heading = line.heading or (n + 1 < listed and line.words <= 5 and not self._like_a_row(line.text))
            elif self._is_below_the_text(draft, j, directly=j == end + 1):
                continue
            elif not self._is_unfinished(draft, line, directly=j == end + 1, rough=rough):
                break
            draft.body.append(j)

    def _drop_afterwords(self, draft: Draft) -> None:
        """Take what speaks of the writer or the site, and a footnote, off the article's end."""
        while len(draft.body) > 2 and (self._is_afterword(draft) or self._calls_at_the_end(draft)):
            self.pieces[draft.body.pop()].label("boilerplate", "afterword")
            if len(draft.body) > 2 and self.pieces[draft.body[-1]].heading:
                self.pieces[draft.body.pop()].label("boilerplate", "afterword")
        last = self.pieces[draft.body[-1]]
        if last.text[0] == "*" and len(draft.body) > 2 and self.pieces[draft.body[-2]].text[0] != "*":
            last.label("boilerplate", "footnote")
            draft.body.pop()

    def _tail(self, draft: Draft, waiting: list[int]) -> list[int]:
        """Return the unknown lines behind the last paragraph, up to the first that closes the article."""
        tail: list[int] = []
        for j in waiting:
            if self._mark(j) in (*_HEADING_OTHERS, *_CLOSING, "share", "navigation", "prompt", "rights", "notice"):
                break
            if self.pieces[j].kind == "tweet":
                self.pieces[j].article = draft.number
            elif self._free(j):
                tail.append(j)
        return tail

    def _is_below_the_text(self, draft: Draft, j: int, *, directly: bool) -> bool:
        """Label a line behind the last paragraph by its form: a caption, credits, a source, marks of the desk."""
        line = self.pieces[j]
        if not line.ends and is_caption(line.text):
            line.label("boilerplate", "caption_with_a_credit")
        elif line.words <= 6 and directly and ":" not in line.text and is_credit_line(line.text):
            line.label("metadata", "credit_line_below_the_text", draft.number)
        elif line.words <= 8 and not line.ends and is_credit_row(line.text):
            line.label("metadata", "credit_row", draft.number)
        elif line.words <= 5 and Outlets.load().match(line.text) is not None:
            line.mark, self.marks[j] = Mark("source", line.text), "source"
            line.label("metadata", "a_known_outlet_below_the_text", draft.number)
        elif line.words <= 10 and not line.ends and _DESK.fullmatch(line.text):
            line.label("metadata", "marks_of_the_desk", draft.number)
        else:
            return False
        return True

    def _is_unfinished(self, draft: Draft, line: Piece, *, directly: bool, rough: bool) -> bool:
        """Whether a line without a full stop goes on with the text all the same."""
        if self.pieces[draft.body[-1]].text[-1] == ":" or line.text[0] in _BULLETS:
            return True
        if line.words >= (4 if directly else 7) and goes_on(line.text):
            return True
        likeness = shared(line.folded, self._recent(draft))
        if directly and line.words >= _CUT_WORDS and likeness >= 0.2:
            return True  # too long for a headline: a last paragraph that lost its end
        return (line.words >= 12 and likeness >= 0.5) or (rough and line.words >= 8 and likeness >= 0.2)

    # ---------------------------------------------------------------------------------------- related articles

    def find_related(self) -> None:
        """Find the articles below the main one: a headline with paragraphs of its own."""
        if not self.drafts:
            return
        start = self.drafts[0].body[-1] + 1
        allowed = False
        i = start
        while i < len(self.pieces):
            kind = self._mark(i)
            if kind in (*_HEADING_OTHERS, "ruled"):
                allowed = True
            elif kind == "comments":
                allowed = False
                i = self._label_comments(i + 1)
                continue
            if not self._anchor(i) or self.pieces[i].article is not None:
                i += 1
                continue
            posted = self._after_post(start, i)
            allowed = allowed or posted > start
            ruled = any(self._mark(j) == "ruled" for j in range(max(start, i - 6), i))
            heads = [j for j in range(posted, i) if self._free(j)]
            if not heads and not allowed:
                self.pieces[i].label("boilerplate", "text_after_the_end")
                i = start = i + 1
                continue
            headed = bool(heads) and heads[-1] >= i - 3 and self.pieces[heads[-1]].words >= 4
            headed = headed and self.pieces[heads[-1]].text[-1] != ":"
            if not headed and posted == start and not ruled:
                # In a list of links a story has a headline; what has none is a comment or a prompt.
                self.pieces[i].label("boilerplate", "text_without_a_headline")
                i = start = i + 1
                continue
            if headed and any(speaks_to_reader(self.pieces[j].folded) for j in (heads[-1], i)):
                self.pieces[i].label("boilerplate", "line_to_the_reader")
                i = start = i + 1
                continue
            draft = Draft("related", number=len(self.drafts))
            self.drafts.append(draft)
            if heads and heads[-1] >= i - 3:
                self._take_heads(draft, max(posted, heads[-1] - 2), i)
            self._extend(draft, i)
            words = sum(self.pieces[j].words for j in draft.body)
            last = self.pieces[draft.body[-1]].text
            # Below the head of a list one sentence is a teaser; behind a stroke or a headline alone it is a story.
            listed = any(self._mark(j) in _HEADING_OTHERS for j in range(max(0, i - 12), i))
            finished = (
                last[-1] == "."
                and last[-2:] != ".."
                and not (listed and len(draft.body) < 2)
                and words >= _RELATED_WORDS / 2
            )
            paragraphs = [self.pieces[j] for j in draft.body if not self.pieces[j].heading]
            if (
                listed
                and len(draft.body) - len(paragraphs) + 1 >= len(paragraphs)
                and all(p.words < _TEASER_WORDS for p in paragraphs)
            ):
                finished, words = False, 0  # each headline with one sentence: a list of teasers
            if posted == start and words < (_TEASER_WORDS if listed else _RELATED_WORDS) and not finished:
                self._drop(draft, start)
            i = start = max(draft.body[-1] + 1, i + 1)

    def _drop(self, draft: Draft, start: int) -> None:
        """Take back a related article that is a mere teaser: a headline with half a sentence."""
        self.drafts.pop()
        for line in self.pieces[start : draft.reach + 1]:
            if line.article == draft.number:
                line.article = None
        for one in (draft.title, draft.kicker, *draft.body):
            if one is not None:
                self.pieces[one].label("navigation", "teaser")
                self.pieces[one].heading = False

    def _label_comments(self, i: int) -> int:
        while i < len(self.pieces) and self._mark(i) not in (*_HEADING_OTHERS, "source", "tags", "onward"):
            if self.pieces[i].kind in (None, "metadata") or self._mark(i) in ("navigation", "page_number"):
                self.pieces[i].label("boilerplate", "readers_comments")
            i += 1
        return i

    # --------------------------------------------------------------------------------------------------- rest

    def label_rest(self) -> None:
        """Label the bodies, then every piece that no rule has claimed."""
        for draft in self.drafts:
            for j in draft.body:
                line = self.pieces[j]
                rule = "subheading" if line.heading else "paragraph" if line.prose else "line_of_the_body"
                line.label("main_article" if draft.role == "main" else "related_article", rule, draft.number)
            if draft.role == "related":
                for head in (draft.title, draft.kicker):
                    if head is not None:
                        self.pieces[head].label("related_article", self.pieces[head].rule, draft.number)
        self._take_headline_below()
        self._label_footer()
        headlines = sum(p.kind is None and p.headline and p.words > 3 for p in self.pieces)
        listed = False
        for i, line in enumerate(self.pieces):
            kind = self._mark(i)
            if kind in _HEADING_OTHERS:
                listed = True
                self._label_marker(i)
            elif line.kind in ("main_article", "related_article", "title"):
                listed = False
            if line.kind is not None:
                continue
            if self._is_caption_twice(i):
                line.label("boilerplate", "caption_said_twice")
            elif listed and line.words <= 25:
                line.label("navigation", "link_in_a_list")
            elif beside := self._beside(i):
                line.label(beside, "beside_such_lines")
            elif speaks_to_reader(line.folded) or _MAIL.search(line.text):
                line.label("boilerplate", "line_to_the_reader")
            elif not self.drafts and headlines < 4:
                line.label("boilerplate", "page_without_an_article")
            elif line.headline or line.words < 3 or (line.words < 25 and line.text[-1] in "؟!"):
                line.label("navigation", "headline_without_text")
            else:
                line.label("boilerplate", "text_outside_articles")

    def _take_headline_below(self) -> None:
        """Take the line right below the text for its headline where none stands above and its day follows."""
        if not self.drafts or self.drafts[0].title is not None:
            return
        draft = self.drafts[0]
        i = draft.body[-1] + 1
        if i + 1 >= len(self.pieces) or not self._free(i) or self._mark(i + 1) not in _FACTS:
            return
        line = self.pieces[i]
        if 4 <= line.words <= 20 and not line.ends and shared(line.folded, self._text(draft.body)) >= _OF_THE_TEXT:
            draft.title = i
            line.label("title", "headline_below_the_text", draft.number)

    def _beside(self, i: int) -> SegmentKind | None:
        """Return what an unknown short line is by the lines right beside it, where those are known by markers."""
        if self.pieces[i].words > 12:
            return None
        for j in (i - 1, i + 1):
            if not 0 <= j < len(self.pieces) or self.pieces[max(i, j)].gap:
                continue
            kind = self._mark(j)
            if kind in ("prompt", "notice", "rights", "comments", "handle", "footer"):
                return "boilerplate"
            if kind in ("credit", "initials", "correction", "slug") or (kind in _FACTS and self.pieces[i].words <= 8):
                return "metadata"
        return None

    def _label_footer(self) -> None:
        """Label the foot of the page: what stands below the articles from the first line about the site itself on."""
        end = max((d.body[-1] for d in self.drafts), default=-1)
        site = [i for i in range(max(end + 1, len(self.pieces) - 40), len(self.pieces)) if self._mark(i) == "footer"]
        rights = [i for i in range(end + 1, len(self.pieces)) if self._mark(i) == "rights"]
        if not rights and not (site and site[-1] >= len(self.pieces) - 3):
            return
        for i in range(min(site[:1] + rights[:1]), len(self.pieces)):
            if self.pieces[i].kind in (None, "navigation", "metadata") and self._mark(i) != "more":
                self.pieces[i].label("boilerplate", "foot_of_the_page")

    def _label_marker(self, i: int) -> None:
        """Label the line that announces other stories by what really follows it."""
        line = self.pieces[i]
        following = next((p for p in self.pieces[i + 1 : i + 12] if p.mark is None or p.mark.kind == "link"), None)
        if following is None:
            line.label("boilerplate", f"{line.rule} (nothing follows)")
        elif following.kind == "related_article":
            line.label("related_marker", line.rule)
