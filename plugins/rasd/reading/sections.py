"""Parts of a text that something parts from what stands above them: of it, or stories of their own.

Behind a subheading, a button or a day the text goes on; behind a headline, a reader's name or a count of views another
one begins. No sign of the line between decides which: a newsletter's second piece has a subheading's form, and an
interview goes on behind a prompt. So all that is known is weighed together: what stands between, whether it stands
there again and again, what the part says that the text has said, how it begins, and what the page calls itself.

The weights lie in `weights/sections.csv`; `rasd.training.sections` makes them again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rasd.arabic.text import fold
from rasd.memo import Memo
from rasd.reading.credits import is_credit_line
from rasd.reading.datelines import find_dateline
from rasd.reading.drafts import Draft
from rasd.reading.evidence import weigh_evidence
from rasd.reading.interior import alike
from rasd.reading.lines import BULLETS, Piece, is_starred
from rasd.reading.markers import FACTS, HEADING_OTHERS, TIMES
from rasd.reading.revising import label_furniture, number_articles
from rasd.reading.weighing import STATES
from rasd.reading.wording import begins_report, core, goes_on, load_words, speaks_to_reader

if TYPE_CHECKING:
    from rasd.reading.describing import Floats

TABLE = "sections"
# The rule that labels a part that is a story of its own.
TAKEN_OFF = "story_of_its_own"
# A part is a story of its own where what is known of it weighs more.
ENOUGH = 0.4
# A heading has so many words at most, and so many lines of a page stand above its text that may say what it is.
_HEADING_WORDS, _HEAD_LINES = 14, 12
# So far below the name of a collection its first headline is looked for.
_NEAR = 3
# Shorter words say nothing of a subject.
_SHORTEST_WORD = 3
# A part with so few words of its own says little by what it shares.
_FEW = 8
# A story of its own has so many words; what has fewer is furniture.
_STORY_WORDS = 8
# A part that is at least so likely furniture, and sooner that than another article's, is furniture.
_FURNITURE = 0.2
_OTHER_STATES = [STATES.index(name) for name in ("related title", "related")]
_FURNITURE_STATES = [STATES.index(name) for name in ("navigation", "boilerplate", "metadata", "tags", "kicker")]
# The entries of a live page are one article, whatever they tell.
_ENTRY = "behind the time of an entry"
# What says that a page holds several pieces of one sort.
_COLLECTION = "the page is a collection"
_COUNTS, _AGAIN = "between: how often it was seen", "between: a form that comes again"
_OF_SEVERAL = frozenset((_COLLECTION, _COUNTS))
# Stars part one text as often as two: only of a page that holds several pieces they say that it is another.
_STARS = "between: stars alone"
_GOING_ON = frozenset(f"goes on: True, headed: {headed}" for headed in (False, True))
# What closes or heads each post of a channel: counts of views, again and again.
_POSTS = frozenset((_COUNTS, _AGAIN))
_SHARES = (0.001, 0.05, 0.1, 0.15, 0.2, 0.3)
_LENGTHS = (10, 20, 40, 80)
_SURE = (0.3, 0.7, 0.9)
# How often a post was seen or liked: "4.1K views", "👁 8,2K".
_COUNTED = re.compile(r"👁|\bviews?\b|[0-9٠-٩][.,]?[0-9٠-٩]*\s?[KM]\b|[❤👍😡💬♥]\s?[0-9٠-٩]|مشاهد[ةه]|تفاعل")
_NUMBERS = re.compile(r"[0-9٠-٩]+(?:[.,٫][0-9٠-٩]+)?\s?[KM]?")
_ARROWS = "↪↩→←⤴"
# A page of more parts is a list.
_MOST_SECTIONS = 80
# What a line is of which no rule knows more.
_UNTOLD = ("navigation", "boilerplate", "metadata")
_MENUS = ("breadcrumb", "bar", "navigation", "link")
_LABEL = re.compile(r"([^\W\d_]+(?: [^\W\d_]+){0,2})\s?[:：]\s")


class Section(NamedTuple):
    """A part of the text as it is read, from behind something that parts it up to the next such place.

    Attributes:
        lines: its lines of the text, its heading among them where that is read as one.
        heading: the line that may be its headline; None where there is none.
        between: the lines between what stands above it and its first paragraph.
        owner: the article that it is of, as read so far.
    """

    lines: tuple[int, ...]
    heading: int | None
    between: range
    owner: int

    def paragraphs(self, pieces: Sequence[Piece]) -> list[int]:
        """Return its lines that are no headings."""
        return [i for i in self.lines if i != self.heading and not _is_heading(pieces[i])]


def find_sections(pieces: Sequence[Piece], drafts: Sequence[Draft]) -> list[Section]:
    """Return the parts of the main text and of the articles behind its beginning, in the order of the page."""
    owner = {i: draft.number for draft in drafts for i in draft.body if i >= drafts[0].body[0]}
    lines = sorted(owner)
    starts = [
        n
        for n, i in enumerate(lines)
        if n == 0 or lines[n - 1] != i - 1 or owner[lines[n - 1]] != owner[i] or _is_heading(pieces[i])
    ]
    # Of headings one below the other the first begins the part.
    starts = [
        n
        for n in starts
        if n == 0
        or not (_is_heading(pieces[lines[n - 1]]) and lines[n - 1] == lines[n] - 1 and not pieces[lines[n]].gap)
    ]
    times = _times(pieces)
    found = []
    for n, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        own = tuple(lines[n:end])
        first = next((i for i in own if not _is_heading(pieces[i])), own[-1])
        above = lines[n - 1] + 1 if n else first
        found.append(Section(own, _heading(pieces, own, first, above, times), range(above, first), owner[own[0]]))
    return found


def _is_heading(line: Piece) -> bool:
    """Whether a line of a text is short enough for the heading that it is read as."""
    return line.heading and line.words <= _HEADING_WORDS


def _heading(pieces: Sequence[Piece], own: Sequence[int], first: int, above: int, times: Counter[str]) -> int | None:
    """Return the line right above the first paragraph of a part that could be its headline.

    What the page has twice is none: the name of a channel stands above each of its posts.
    """
    i = first - 1
    if i < above:
        return None
    line = pieces[i]
    if i in own or line.kind == "related_article":
        return i
    free = line.mark is None and line.words <= _HEADING_WORDS and line.kind in _UNTOLD
    if not free or line.ends or line.text[0] in _ARROWS or _is_counted(line) or is_credit_line(line.text):
        return None
    return i if times[line.folded] == 1 else None


def _times(pieces: Sequence[Piece]) -> Counter[str]:
    """Return how often the page has each line."""
    return Counter(line.folded for line in pieces)


def _is_counted(line: Piece) -> bool:
    """Whether a line says how often a post was seen."""
    return line.numbered and _COUNTED.search(line.text) is not None


def evidence(
    pieces: Sequence[Piece],
    main: Draft,
    sections: Sequence[Section],
    inside: Sequence[float],
    others: Iterable[bool] = (),
) -> Iterator[tuple[Section, frozenset[str]]]:
    """Yield each part but the first, with what speaks for and against its being a story of its own.

    Args:
        pieces: the lines of the page.
        main: the main article.
        sections: the parts of the page's texts.
        inside: of each line how likely it is of the main text.
        others: whether each part is a story of its own; asked for as they are yielded, one behind.
    """
    told = [words_of(pieces, section.paragraphs(pieces)) for section in sections]
    following = [frozenset[str]()]
    for words in reversed(told[1:]):
        following.append(following[-1] | words)
    page = frozenset(_of_page(pieces, main))
    again = _again(pieces, sections)
    live = any(line.known == "live" for line in pieces[: main.body[0]])
    decided = iter(others)
    text = told[0] | words_of(pieces, [main.title] if main.title is not None else [])
    other: frozenset[str] = frozenset()
    for n, section in enumerate(sections[1:], 1):
        own, later = told[n], following[len(sections) - n - 1]
        said = {
            *page,
            *_of_subject(own, text, later, other),
            *_of_between(pieces, section, again, live=live),
            *_of_heading(pieces, main, sections, n, text),
            *_of_beginning(pieces, section, sections[0], inside),
        }
        said.add(f"of the text: {section.owner == main.number}")
        if _COLLECTION in page:
            share = step(len(own & text) / max(1, len(own)), _SHARES[1::2])
            said.add(f"in a collection, headed: {section.heading is not None}, shares with the text: {share}")
        yield section, frozenset(said)
        if next(decided, False):
            other = own
        else:
            text, other = text | own, frozenset()


def words_of(pieces: Sequence[Piece], lines: Iterable[int]) -> frozenset[str]:
    """Return the cores of the words that say what lines are about."""
    found: set[str] = set()
    for i in lines:
        found.update(map(_CORES.__getitem__, pieces[i].said))
    found.discard("")
    return frozenset(found)


def _core(word: str) -> str:
    """Return the core of a folded word; nothing of one that says nothing of a subject."""
    if len(word) < _SHORTEST_WORD or word.isdigit():
        return ""
    found = core(word)
    return "" if found in _common() else found


_CORES: Memo[str] = Memo(_core)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Return the cores of words that stand in reports of anything."""
    words = load_words()
    return frozenset(map(core, words.reporting | words.empty | words.common | words.continuing))


def step(value: float, edges: Sequence[float]) -> int:
    """Return how many edges a value reaches."""
    return sum(value >= edge for edge in edges)


def _of_subject(
    own: frozenset[str], text: frozenset[str], later: frozenset[str], other: frozenset[str]
) -> Iterator[str]:
    share = len(own & text) / max(1, len(own))
    yield f"shares with the text: {step(share, _SHARES)}"
    yield f"shares with the text: {step(share, _SHARES[1::2])}, few words: {len(own) < _FEW}"
    yield f"shares with what follows: {step(len(own & later) / max(1, len(own)), _SHARES[::2])}"
    if other:
        yield "behind another story"
        beside = len(own & other) / max(1, len(own))
        yield f"behind another story, shares more with it: {beside > share}"


def _shape(text: str) -> str:
    """Return a line's form: its figures as one, so that counts and times of posts are alike."""
    return _NUMBERS.sub("0", text)


def _again(pieces: Sequence[Piece], sections: Sequence[Section]) -> frozenset[str]:
    """Return the forms of lines with figures that stand between parts, and below the last one, several times."""
    body = {i for section in sections for i in section.lines}
    rest = (i for i in range(sections[0].lines[0], len(pieces)) if i not in body and pieces[i].numbered)
    counts = Counter(_shape(pieces[i].text) for i in rest)
    return frozenset(shape for shape, count in counts.items() if count > 1)


def _of_between(pieces: Sequence[Piece], section: Section, again: frozenset[str], *, live: bool) -> Iterator[str]:
    lines = [pieces[i] for i in section.between if i not in section.lines]
    yield f"lines between: {step(len(lines), (1, 2, 3, 5))}"
    heads = [line for i, line in zip(section.between, pieces[section.between.start : section.between.stop], strict=True)
             if i != section.heading and i not in section.lines]  # fmt: skip
    for line in heads:
        kind = line.known or f"unmarked {line.kind}"
        yield f"between: {'stars' if kind == 'ruled' and is_starred(line.text) else kind}"
        if _is_counted(line):
            yield _COUNTS
        if line.numbered and _shape(line.text) in again:
            yield _AGAIN
        if line.words <= 8 and line.known in ("", "byline") and is_credit_line(line.text):
            yield "between: a name or a place"
        if line.gap:
            yield "between: set off"
    if heads and all(is_starred(line.text) for line in heads):
        yield _STARS
    times = [line for line in heads if line.known in TIMES]
    if live and times:
        yield _ENTRY
    if any(line.known in HEADING_OTHERS for line in heads):
        yield "other stories announced"
    if pieces[section.lines[0]].gap:
        yield "set off"


def _of_heading(
    pieces: Sequence[Piece],
    main: Draft,
    sections: Sequence[Section],
    n: int,
    text: frozenset[str],
) -> Iterator[str]:
    section = sections[n]
    if section.heading is None:
        yield "no heading"
        return
    line = pieces[section.heading]
    yield f"heading, of the text: {section.heading in section.lines}"
    yield f"heading of words: {step(line.words, (2, 3, 5, 8))}"
    if line.text[-1] in "؟?:":
        yield f"heading ends in: {'?' if line.text[-1] in '؟?' else ':'}"
    if line.text[0] in BULLETS or not line.text[0].isalnum():
        yield "heading begins with a sign"
    if line.text[0].isdigit():
        yield "heading begins with a number"
    said = words_of(pieces, [section.heading])
    own = words_of(pieces, [i for i in section.lines if i != section.heading])
    yield f"heading told in the part: {step(len(said & own) / max(1, len(said)), (0.01, 0.4, 0.7))}"
    yield f"heading told in the text: {step(len(said & text) / max(1, len(said)), (0.01, 0.4, 0.7))}"
    if main.title is not None and (
        alike(line.folded, pieces[main.title].folded) or _sign(line) == _sign(pieces[main.title]) != ""
    ):
        yield "heading like the headline"
    rest = [s.heading for s in sections[1:] if s.heading is not None and s.heading != section.heading]
    if any(alike(line.folded, pieces[i].folded) for i in rest):
        yield "heading like another"


def _sign(line: Piece) -> str:
    """Return the sort of sign that a line begins with: a bullet, a picture; nothing before a letter."""
    first = line.text[0]
    return "" if first.isalnum() or first in '«"“(' else first if ord(first) < 0x1F000 else "picture"


def _of_beginning(
    pieces: Sequence[Piece], section: Section, opening: Section, inside: Sequence[float]
) -> Iterator[str]:
    paragraphs = section.paragraphs(pieces) or list(section.lines)
    first = pieces[paragraphs[0]]
    going = goes_on(first.text)
    headed = section.heading is not None
    yield f"goes on: {going}, headed: {headed}"
    if first.text[0] in "وف":
        yield "begins with 'and'"
    if begins_report(first.text):
        yield f"begins as a report, headed: {headed}"
    if find_dateline(first.text) is not None:
        yield "begins with a dateline"
    if first.cell or first.text[0] in BULLETS:
        yield "begins as a row or a point"
    if speaks_to_reader(first.folded):
        yield "speaks to the reader"
    if first.foreign:
        yield "foreign"
    label, theirs = _LABEL.match(first.text), _LABEL.match(pieces[opening.paragraphs(pieces)[0]].text)
    if label and theirs:
        yield f"begins with the label of the text: {fold(label[1]) == fold(theirs[1])}, headed: {headed}"
    count = sum(pieces[i].words for i in paragraphs)
    yield f"words: {step(count, _LENGTHS)}"
    yield f"ends: {first.ends}"
    # A part is as doubtful as its paragraphs are together.
    sure = sum(inside[i] for i in paragraphs) / len(paragraphs)
    yield f"likely of the text: {step(sure, _SURE)}"


def _of_page(pieces: Sequence[Piece], main: Draft) -> Iterator[str]:
    """Yield what the page is called, and what stands between its headline and its text."""
    first = main.body[0]
    collection = load_words().collection
    end = main.title + 1 if main.title is not None and main.title < first else first
    for line in pieces[max(0, end - _HEAD_LINES) : end]:
        menu = line.known in _MENUS
        if line.words <= _HEADING_WORDS and not menu and not collection.isdisjoint(line.said):
            yield _COLLECTION
    above = pieces[first - 1] if first else None
    if main.title is not None and above is not None and first - 1 != main.title:
        free = above.mark is None and not above.ends and 2 <= above.words <= _HEADING_WORDS
        if free and not is_credit_line(above.text):
            yield "the text has a heading below the headline"
        dated = any(line.known in FACTS for line in pieces[main.title : first - 1])
        if free and dated:
            yield "the text has a heading below the facts"


def part_sections(pieces: list[Piece], drafts: list[Draft], inside: Sequence[float], likely: Floats) -> None:
    """Take parts of the main text off it that are stories of their own, or no text at all.

    Args:
        pieces: the lines of the page, labelled.
        drafts: its articles; they are changed.
        inside: of each line how likely it is part of the main text.
        likely: how likely it is in each state, of `weighing.STATES`.
    """
    if not drafts or not drafts[0].body:
        return
    main = drafts[0]
    sections = find_sections(pieces, drafts)
    own = [section.owner == main.number for section in sections]
    if not any(own[1:]) or len(sections) > _MOST_SECTIONS or not sections[0].paragraphs(pieces):
        return
    if not _is_doubtful(pieces, main, sections, inside):
        return
    # Key words below the text are its own, whatever is taken off above them.
    for line in pieces[: drafts[1].first if len(drafts) > 1 else len(pieces)]:
        if line.kind == "tags" and line.article is None:
            line.article = main.number
    decided: list[bool] = []
    headed = False
    for n, (section, said) in enumerate(evidence(pieces, main, sections, inside, decided), 1):
        strange = weigh_evidence(TABLE, said) > ENOUGH or said >= _POSTS
        if (said & _GOING_ON and decided[-1:] != [True]) or (_STARS in said and said.isdisjoint(_OF_SEVERAL)):
            strange = False
        decided.append(not own[n] or (strange and _ENTRY not in said))
        if own[n] and decided[-1]:
            _take_off(pieces, drafts, section, likely, said)
            headed = headed or (_COLLECTION in said and section.heading is not None)
        if not any(own[n + 1 :]):
            break
    if headed:
        _head_first_piece(pieces, main)
    number_articles(pieces, drafts)


def _is_doubtful(pieces: Sequence[Piece], main: Draft, sections: Sequence[Section], inside: Sequence[float]) -> bool:
    """Whether a page has a part that could be a story of its own: an unlikely one, or of a page of several pieces."""
    for section in sections[1:]:
        if section.owner != main.number:
            continue
        if sum(inside[i] for i in section.lines) < _SURE[-1] * len(section.lines):
            return True
        if any(_is_counted(pieces[i]) for i in section.between):
            return True
    return _COLLECTION in _of_page(pieces, main)


def _head_first_piece(pieces: list[Piece], main: Draft) -> None:
    """Take the heading of a collection's first piece for its headline, as those of the others are; not the whole's."""
    first = main.body[0]
    i = first if pieces[first].heading and len(main.body) > 1 else first - 1
    line = pieces[i]
    if i < 0 or main.title is None or i <= main.title or line.words > _HEADING_WORDS or line.mark is not None:
        return
    if i != first and (line.ends or line.kind not in _UNTOLD or is_credit_line(line.text)):
        return
    main.body = main.body[1:] if i == first else main.body
    line.heading = False
    line.label("title", "headline_of_the_first_piece", main.number)
    if i - main.title <= _NEAR:  # farther below it, the lines of the page's head would be of no article
        pieces[main.title].label("metadata", "name_of_the_collection", main.number)
        main.title = i


def _take_off(pieces: list[Piece], drafts: list[Draft], section: Section, likely: Floats, said: frozenset[str]) -> None:
    """Make a part of the main text an article of its own; what is too short for one, or looks unlike it, is furniture.

    Where the page holds several pieces it is one of them, whatever it looks like.
    """
    main = drafts[0]
    taken = set(section.lines)
    main.body = [i for i in main.body if i not in taken]
    told = section.paragraphs(pieces)
    short = sum(pieces[i].words for i in told) < _STORY_WORDS or not any(pieces[i].ends for i in told)
    if short or (said.isdisjoint(_OF_SEVERAL) and _looks_like_furniture(told, likely)):
        times = _times(pieces) if _AGAIN in said else Counter[str]()
        for i in section.lines:
            pieces[i].heading = False
            if times[pieces[i].folded] > 1:
                pieces[i].label("metadata", "channel_above_its_posts")
            else:
                label_furniture(pieces, i, likely)
        return
    draft = Draft("related", title=section.heading, number=max(d.number for d in drafts) + 1)
    draft.body = [i for i in section.lines if i != section.heading]
    draft.reach = draft.body[-1]
    drafts.append(draft)
    for i in (*draft.body, *([section.heading] if section.heading is not None else [])):
        pieces[i].heading = pieces[i].heading and i != section.heading
        pieces[i].label("related_article", TAKEN_OFF, draft.number)


def _looks_like_furniture(lines: Sequence[int], likely: Floats) -> bool:
    """Whether lines, if they are not of the main text, are sooner furniture than of another one."""
    told = likely[lines][:, _OTHER_STATES].sum() / len(lines)
    furniture = likely[lines][:, _FURNITURE_STATES].sum() / len(lines)
    return bool(furniture > max(told, _FURNITURE))
