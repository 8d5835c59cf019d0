"""Names by which a page speaks of its own site: at its edges, in its furniture, in its copyright line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rasd.arabic.text import fold
from rasd.reading.candidates import YEARS, Candidates
from rasd.reading.credits import SIGNS, is_agency_name, is_outlet_name, read_facts
from rasd.reading.drafts import Draft
from rasd.reading.lines import Piece
from rasd.reading.looks import EDGE, bears_masthead, of_sections, says_sort
from rasd.reading.markers import load_markers
from rasd.reading.phrases import AT_THE_FOOT, AT_THE_HEAD, IN_FURNITURE, load_phrases
from rasd.reading.rights import rights_holder, speaks_of_rights
from rasd.reading.surroundings import says_nobody
from rasd.reading.wording import load_words

# Signs between the members of a list: what stands behind a name and such a sign is not said of it.
_ENUMERATES = frozenset("،,؛")
_FURNITURE = ("navigation", "boilerplate", "metadata")
_PATH = re.compile(r"\s*[/|»›>\\«‹←]\s*")
# Where a text stood first is said right below it, or in the last lines of the page.
_RIGHT_BELOW, _LAST = 8, 8


def take_page(found: Candidates, pieces: Sequence[Piece], draft: Draft) -> None:
    """Take the names by which the page speaks of its own site."""
    below = pieces[draft.body[-1] + 1 :]
    for line in (*below[:_RIGHT_BELOW], *reversed(below[_RIGHT_BELOW:][-_LAST:])):
        for first in load_phrases().find(AT_THE_FOOT, line):
            if line.kind in _FURNITURE or "The post" in line.text:
                found.give(first.name, first.use, line.start)
    for line in pieces[:6]:
        for made in load_phrases().find(AT_THE_HEAD, line):
            found.give(made.name, made.use, line.start)
    _heading_posts(found, pieces)
    if channel := next((p for p in pieces if p.rule == "channel_above_its_posts"), None):
        found.give(channel.text, "channel", channel.start)
    count = len(pieces)
    for i in _edges(count, draft.body[-1]):
        line = pieces[i]
        if line.kind not in (*_FURNITURE, "tags") or line.words > 60:
            continue
        if speaks_of_rights(line) and (holder := rights_holder(line.text)):
            of = ": agency" if is_agency_name(holder) else ": picture" if i < draft.body[0] else ""
            found.give(holder, f"rights{of}", line.start)
        for said in load_phrases().find(IN_FURNITURE, line):
            name = said.name.strip(SIGNS)
            if len(name.split()) <= 5 and not is_agency_name(name):
                found.give(name, said.use, line.start)
    _in_short_lines(found, pieces, draft)
    for n in range(min(3, draft.first)):
        _at_the_edge(found, pieces[n], "first" if n == 0 else "second")
    for n, i in enumerate(range(count - 1, max(draft.body[-1], count - 4), -1)):
        _at_the_edge(found, pieces[i], "last" if n == 0 else "second to last")
        _among_links(found, pieces[i])


def _heading_posts(found: Candidates, pieces: Sequence[Piece]) -> None:
    """Take the name before the hours of several posts, as exports of channels have it: "رواق الهضبة, 08:14"."""
    seen: Counter[str] = Counter()
    for line in pieces:
        if line.numbered and line.words <= _HEAD_OF_POST and (hour := _NAME_AND_HOUR.fullmatch(line.text)):
            seen[hour["name"]] += 1
            if seen[hour["name"]] == _POSTS and pieces[0].text.startswith(hour["name"]):
                found.give(hour["name"], "channel", pieces[0].start)


_HEAD_OF_POST, _POSTS = 8, 2
_NAME_AND_HOUR = re.compile(
    r"(?P<name>[^\d,،|]{3,40}?)[\s,،|]+(?:[0-9./-]{6,10}[\s,،]+)?[0-9٠-٩]{1,2}:[0-9٠-٩]{2}(?::[0-9٠-٩]{2})?(?:\s?(?:[AaPp][Mm]|[صم]))?"
)


def _among_links(found: Candidates, line: Piece) -> None:
    """Take the one name among the links of a foot: "رواق الهضبة | من نحن | اتصل بنا"."""
    parts = [part for one in _LINKS.split(line.text) if (part := one.strip(SIGNS))]
    if not 1 < len(parts) <= _MOST_LINKS or line.kind not in _FURNITURE or line.numbered:
        return
    others = [part for part in parts if not _is_link(part)]
    if len(others) == 1 and 2 <= len(others[0].split()) <= 4:
        found.give(others[0], "among the links of the foot", line.start)


def _is_link(text: str) -> bool:
    marked = load_markers().line.get(" ".join(_WORD.findall(fold(text))))
    return marked is not None and marked[0] in ("navigation", "footer", "notice")


_LINKS = re.compile(r"\s[|·•–—-]\s|\s?[|·•]\s?")
_MOST_LINKS = 8
_WORD = re.compile(r"\w+")


def _in_short_lines(found: Candidates, pieces: Sequence[Piece], draft: Draft) -> None:
    """Take the short lines at the page's edges that stand there more than once: a masthead, a name above its menu."""
    seen: Counter[str] = Counter()
    above = draft.body[0] if draft.title is None else min(draft.title, draft.body[0])
    for i in (*range(min(_MASTHEAD, above)), *range(max(draft.body[-1] + 1, len(pieces) - _FOOT), len(pieces))):
        line = pieces[i]
        if "caption" in line.rule:
            continue  # a picture's two descriptions
        if line.words <= 5 and line.kind in _FURNITURE and not line.numbered and not says_nobody(line):
            seen[bare := line.text.strip(SIGNS)] += 1
            if seen[bare] == 2:
                found.give(bare, "a short line again and again", line.start)


_MASTHEAD, _FOOT = 14, 10
_DOTS = re.compile(r"\s?(?:\.{2,}|…)\s?")


def _at_the_edge(found: Candidates, line: Piece, where: str) -> None:
    """Take the name that the first or last lines of a page may be: a masthead, a path's head, a name with a motto."""
    if line.words > 14 or line.ends or line.kind in ("tweet", "tags") or says_nobody(line):
        return
    name = YEARS.sub("", line.text)
    if is_outlet_name(name):
        found.give(name, f"{where} line: an outlet's name", line.start)
        return
    head = _PATH.split(line.text, maxsplit=1)[0]
    if head != line.text and fold(head).strip() not in load_words().home and 1 <= len(head.split()) <= 4:
        found.give(head, f"{where} line: head of a path", line.start)
    if load_words().institution.intersection((line.said or ("",))[:1]):
        found.give(name, f"{where} line: an institution's name", line.start)
    parts = read_facts(_DOTS.sub(" - ", name))
    if len(parts) == 1 and len(name.split()) <= 4:
        found.give(name, f"{where} line: alone, {line.kind}", line.start)
        found.give(name, f"{where} line: alone, sections' words: {of_sections(name)}", line.start)
    if parts and parts[0].kind in ("name", "outlet") and len(parts[0].text.split()) <= 4:
        said = ", an outlet's name" if parts[0].kind == "outlet" else ""
        found.give(parts[0].text, f"{where} line: {'alone' if len(parts) == 1 else 'first part'}{said}", line.start)
        if of_sections(parts[0].text) == "none" and bears_masthead(fold(parts[0].text).split()):
            found.give(
                parts[0].text, f"{where} line: {'alone' if len(parts) == 1 else 'part'}, a masthead's word", line.start
            )
    if len(parts) > 1 and _ENUMERATES.isdisjoint(line.text) and _says_concern(parts[1].text):
        found.give(parts[0].text, f"{where} line: what it is about behind it", line.start)
    if len(parts) > 1 and says_sort(parts[1].text) and len(parts[0].text.split()) <= 4:
        found.give(parts[0].text, "its sort described behind it", line.start)
        found.give(parts[1].text, "describes what stands before it", line.start)
    if len(parts) > 1 and parts[-1].kind in ("name", "outlet") and len(parts[-1].text.split()) <= 4:
        said = ", an outlet's name" if parts[-1].kind == "outlet" else ""
        found.give(parts[-1].text, f"{where} line: last part{said}", line.start)


def _says_concern(text: str) -> bool:
    """Return whether words behind a name say what it is about: "أخبار السويد بالعربية", "صحافة معمقة"."""
    first, _, others = fold(text).partition(" ")
    return others != "" and first in load_words().concern


def _edges(count: int, last: int) -> Iterator[int]:
    yield from range(min(EDGE, count))
    yield from range(max(EDGE, last + 1, count - EDGE), count)
