"""Lines that are something together, told before any article is looked for.

Key words one a line, days that head posts, lists of headlines with their days, schedules, what listeners may skip.
"""

from __future__ import annotations

import re
from collections import Counter

from rasd.reading.lines import DIGITS, HEAD_LINES, YEAR, Piece
from rasd.reading.markers import FACTS, Mark
from rasd.reading.tagging import parted_key_words

# A longer paragraph has so many words at least.
_SHORTEST = 12
# A dated list has so many pairs of a headline and its day, a schedule so many times of day.
_LEAST_PAIRS, _LEAST_TIMES = 3, 4
_WORDS = re.compile(r"[^\W\d_]+")


def label_blocks(pieces: list[Piece]) -> None:
    """Label the lines of a page that are something together, and mark the days that head posts."""
    _label_tag_lines(pieces)
    _mark_posts(pieces)
    _label_dated_lists(pieces)
    _label_skipped(pieces)


def _label_tag_lines(pieces: list[Piece]) -> None:
    """Label the key words that stand one a line below their label."""
    following = False
    listed: list[Piece] = []
    for line in (*pieces, None):
        if line is not None and line.mark is not None and not (following and _could_be_key_words(line)):
            following = line.known == "tags" and line.value is None and line.kind == "tags"
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
        if listed and line is not None and line.known in FACTS:
            # A section that is called so stands above headline, writer and day.
            for one in listed:
                one.kind, one.rule = None, ""
        else:
            for one in listed if len(listed) > 1 else ():
                one.label("tags", "one_of_several_key_words")
        listed = []


def _could_be_key_words(line: Piece) -> bool:
    """Whether a line that has a mark may be key words all the same: their label stands above it."""
    return line.known in ("navigation", "bar") or (
        (line.known == "slug" or line.known_by == "name and place") and parted_key_words(line.text)
    )


def is_live(pieces: list[Piece]) -> bool:
    """Return whether a page says in its first lines that it tells something while it goes on."""
    return any(line.known == "live" or "مباشر" in line.text[:60] for line in pieces[:12])


def _mark_posts(pieces: list[Piece]) -> None:
    """Mark days that head one post each: lines of the same form, each with text of its own below it.

    The entries of a live page bear times and make one article; so does anything on a page that says it is live.
    """
    if is_live(pieces):
        return
    heads: dict[str, list[int]] = {}
    for i, line in enumerate(pieces[:-1]):
        if line.known == "comments":
            break
        dated = line.known == "date" and line.known_by == "date line"
        below = pieces[i + 1]
        if dated and (below.kind is None or below.known == "lead_in"):
            heads.setdefault(_WORDS.sub("w", DIGITS.sub("0", line.text)), []).append(i)
    for same in heads.values():
        texts = [
            i for n, i in enumerate(same) if any(p.prose for p in pieces[i + 1 : (same[n + 1 : n + 2] or [i + 8])[0]])
        ]
        if len(texts) < 2 or len(texts) < len(same) or any(p.prose for p in pieces[: same[0]]):
            continue
        years = [int(year.group()) for i in same if (year := YEAR.search(pieces[i].text)) is not None]
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


def _above_text(pieces: list[Piece]) -> int:
    """Return how many lines of the page's head stand above its first longer paragraph."""
    head = pieces[: 2 * HEAD_LINES]
    return next((i for i, p in enumerate(head) if p.kind is None and p.prose and p.words >= _SHORTEST), len(head))


def _label_schedule(head: list[Piece]) -> None:
    """Label what is on at which hour: times of day above the text with a few short lines between them."""
    times = [i for i, p in enumerate(head) if p.known == "time"]
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
    return line.known in (*FACTS, "time") and line.numbered


def _label_skipped(pieces: list[Piece]) -> None:
    """Label what a page tells listeners to skip: from "تخطى كذا وواصل القراءة" to "نهاية كذا"."""
    for i, line in enumerate(pieces):
        if line.text[:3] != "تخط" or line.words > 8 or line.ends:
            continue
        below = range(i, min(i + 15, len(pieces)))
        end = next((j for j in below if "نهاية" in (pieces[j].text[:5], pieces[j].text[-5:])), None)
        for skipped in pieces[i : end + 1] if end is not None else ():
            skipped.label("navigation", "block_to_skip")
