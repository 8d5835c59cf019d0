"""The articles beside the main one, once it is known which lines are its text: their lines, and where each begins.

Rules find them by their form, and there a headline above a paragraph looks like a subheading, and three short stories
like one. The weighing knows better which lines are texts of others; whether a line among them heads the next article or
goes on with the one above is decided by all that is known of it: how likely it is a headline, what stands between, and
what the lines below it share with those above.

The weights lie in `weights/neighbours.csv`; `rasd.training.neighbours` makes them again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from rasd.arabic.text import fold
from rasd.reading.datelines import find_dateline
from rasd.reading.drafts import Draft
from rasd.reading.evidence import weigh_evidence
from rasd.reading.lines import BULLETS, Piece
from rasd.reading.markers import FACTS, HEADING_OTHERS
from rasd.reading.revising import label_furniture, number_articles
from rasd.reading.sections import TAKEN_OFF, step, words_of
from rasd.reading.series import ITEM
from rasd.reading.weighing import STATES
from rasd.reading.wording import begins_report, goes_on

if TYPE_CHECKING:
    from rasd.reading.describing import Floats

TABLE = "neighbours"
_BODY, _HEADING, _TITLE, _OTHER_TITLE, _OTHER, _POST, _METADATA = (
    STATES.index(name) for name in ("body", "heading", "title", "related title", "related", "post", "metadata")
)
# How likely a line has to be of another article: one that is in one already, and any other.
_OWN, _LEFT_OUT = 0.2, 0.6
# A short line that is as likely as this one of facts is none of its text.
_FACTS = 0.6
# A line as likely as this a headline may be one, if it is no paragraph; in an article already it needs less.
_A_HEADLINE, _OWN_HEADLINE = 0.5, 0.05
# What may stand between two paragraphs of one article; all else begins another (on the open pages 40 of 41, and 51).
_WITHIN = ("tweet", "navigation")
_SURE = (0.3, 0.6, 0.9, 0.97)
_SHARES = (0.05, 0.15, 0.25, 0.35)
_LENGTHS = (12, 25, 50)
_HEADING_WORDS = 20
# A line of more words among paragraphs may be headlines of other stories.
_GLUED_WORDS = 12
# What is glued to a paragraph that goes on is a link with so many words (6 of 6 on the open pages), with fewer mostly a
# subheading (37 of 40).
_LINKED_WORDS = 9
_MOST = fold("الأكثر ")
# "And" before a verb or an article, and no word that begins with the letter itself ("وزارة", "وقع", "وصل").
_AND = re.compile("و(?:ي|ت|ال|أ|إ|آ|س|ب|ل|م|ك|هو |هي |هذ|قال|قد |في |عن |على |عند|بين|خلال|حسب|نقل|ذكر|شدد|دع|رأى)")
Decide = Callable[[int, frozenset[str]], bool]


def part_neighbours(pieces: list[Piece], drafts: list[Draft], likely: Floats) -> None:
    """Make the articles beside the main one anew, of what is likely of them.

    Args:
        pieces: the lines of the page, labelled.
        drafts: its articles; all but the first are changed.
        likely: how likely each line is in each state, of `weighing.STATES`.
    """
    if not drafts:
        return
    weights: dict[int, float] = {}

    def decide(i: int, said: frozenset[str]) -> bool:
        weights[i] = weigh_evidence(TABLE, said)
        return weights[i] > 0

    _relabel(pieces, drafts, find_neighbours(pieces, drafts, likely, decide), likely)
    for n, draft in enumerate(drafts[1:], 2):
        asked = {draft.title, *draft.body, *(one.title for one in drafts[n : n + 1])}
        draft.margin = min((abs(weights[i]) for i in asked if i in weights), default=math.inf)


def find_neighbours(pieces: Sequence[Piece], drafts: Sequence[Draft], likely: Floats, decide: Decide) -> list[Draft]:
    """Return the articles beside the main one, those without a text among them.

    `decide` says whether a line heads another article than the one above it, by what is known of it.
    """
    main = drafts[0]
    of_main = {main.title, main.kicker, *main.body}
    titles = {draft.title for draft in drafts[1:]}
    own = {i for draft in drafts[1:] for i in draft.body}
    roles: list[str] = []
    links: set[int] = set()
    listed = False  # whether what readers choose most is listed: teasers of other pages, whatever they look like
    for i, line in enumerate(pieces):
        if line.known in HEADING_OTHERS:
            listed = fold(line.text).startswith(_MOST)
        role = "" if i in of_main or line.kind == "tweet" else _role(line, likely[i], titled=i in titles, own=i in own)
        free = role and i not in own and i not in titles
        teaser = free and listed and line.rule == "teaser"
        if role == "body" and _are_links_glued_on(pieces, i):
            links.add(i)
        roles.append("" if i in links or teaser or (free and i and _are_links(line, pieces[i - 1])) else role)
    found: list[Draft] = []
    last = 0  # the line behind the last one that was of another article
    for i, role in enumerate(roles):
        if not role:
            continue
        between = [
            k
            for k in range(last, i)
            if k not in links and likely[k].argmax() != _POST and _parts(pieces[k], k in of_main)
        ]
        parted = [pieces[k] for k in between]
        last = i + 1
        heads = role == "headline"
        if heads and found:
            if not found[-1].body and pieces[found[-1].title or 0].folded == pieces[i].folded:
                continue  # said again
            heads = decide(i, frozenset(_evidence(pieces, roles, i, found[-1], parted, likely)))
        if heads or not found or (found[-1].body and (parted or _begins_anew(pieces, found[-1], i))):
            if not heads and found and _resumes(pieces[i], parted):
                found[-1].body.append(i)
                found[-1].reach = i
                continue
            found.append(Draft("related", number=len(found) + 1))
        if heads:
            found[-1].title = i
        else:
            found[-1].body.append(i)
        found[-1].reach = i
    return found


def _role(line: Piece, likely: Floats, *, titled: bool, own: bool) -> str:
    """Return what a line is of another article: its body, perhaps its headline, or nothing."""
    title, body = float(likely[_OTHER_TITLE]), float(likely[_OTHER])
    if not line.prose and likely[_METADATA] > _FACTS:
        return ""
    if line.rule == TAKEN_OFF:  # the weighing took it for the main text's
        title += float(likely[_TITLE] + likely[_HEADING])
    known = title + body + float(likely[_BODY] + likely[_HEADING])
    if title > (_OWN_HEADLINE if titled or own else _A_HEADLINE) and (titled or line.words <= _HEADING_WORDS):
        return "headline"
    if (own or titled) and known > _OWN:
        return "body"
    return "body" if body > _LEFT_OUT else ""


def _are_links(line: Piece, above: Piece) -> bool:
    """Whether a line below a paragraph may be headlines glued together: long, no sentence, no beginning of a report."""
    long = not line.prose and line.words > _GLUED_WORDS and line.text[-1] not in "؟?:"
    return long and above.prose and above.ends and not begins_report(line.text)


def _goes_on(line: Piece) -> bool:
    """Whether a paragraph goes on with the story above it, or begins with "and" at least."""
    return goes_on(line.text) or _AND.match(line.text) is not None


def _are_links_glued_on(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a line lost its end before a paragraph that goes on with the story: a subheading has fewer words."""
    line, below = pieces[i], pieces[i + 1] if i + 1 < len(pieces) else None
    if below is None or not below.glued or line.words < _LINKED_WORDS or line.text.rstrip('"»”')[-1:] in ".،":
        return False
    return below.prose and _goes_on(below)


def _parts(line: Piece, of_main: bool) -> bool:
    """Whether a line between two paragraphs beside the main article says that the second is of another one."""
    if of_main or line.known == "related":
        return True
    return line.kind not in _WITHIN and line.known != "caption"


def _resumes(line: Piece, parted: Sequence[Piece]) -> bool:
    """Whether a paragraph goes on with the article above where nothing but links to other stories parts the two."""
    linked = all(one.kind in ("related_marker", "navigation") for one in parted)
    return bool(parted) and linked and _goes_on(line)


def _begins_anew(pieces: Sequence[Piece], above: Draft, i: int) -> bool:
    """Whether a paragraph begins with a dateline of its own, as the article above does, which has no headline."""
    if pieces[i].rule == ITEM:
        return True
    if above.title is not None or find_dateline(pieces[i].text) is None:
        return False
    return find_dateline(pieces[above.body[0]].text) is not None


def _evidence(
    pieces: Sequence[Piece], roles: Sequence[str], i: int, above: Draft, parted: Sequence[Piece], likely: Floats
) -> Iterator[str]:
    """Yield what speaks for and against a line's being the headline of another article than the one above it."""
    line = pieces[i]
    below = [k for k in range(i + 1, min(len(pieces), i + 8)) if roles[k]]
    part = below[: next((n for n, k in enumerate(below) if n and roles[k] == "headline"), len(below))]
    told = words_of(pieces, [*([above.title] if above.title is not None else []), *above.body])
    said, own = words_of(pieces, [i]), words_of(pieces, part)
    sure = step(float(likely[i, _OTHER_TITLE]), _SURE)
    yield f"how likely a headline: {sure}"
    yield f"how likely a headline: {sure}, parted: {bool(parted)}"
    yield f"heading in a text: {line.heading}, parted: {bool(parted)}"
    for one in parted:
        kind = one.known
        yield f"between: {'facts' if kind in FACTS else kind or one.kind}"
    yield f"parted: {bool(parted)}, nothing above: {not above.body}"
    if not above.body:
        yield "below a headline"
    share = len(own & told) / max(1, len(own))
    yield f"shares with what is above: {step(share, _SHARES)}"
    yield f"told above: {step(len(said & told) / max(1, len(said)), (0.01, 0.4, 0.7))}"
    if above.title is not None:
        other = words_of(pieces, [above.title])
        yield f"shares with the headline above: {min(3, len(said & other))}"
        yield f"the headline above told below: {min(4, len(own & other))}"
    yield f"told below: {step(len(said & own) / max(1, len(said)), (0.01, 0.4, 0.7))}"
    yield f"of words: {step(line.words, (3, 5, 8))}"
    if line.text[-1] in "؟?:":
        yield f"ends in: {'?' if line.text[-1] in '؟?' else ':'}"
    if line.text[0] in BULLETS:
        yield "begins with a sign"
    elif line.text[0].isdigit():
        yield "begins with a number"
    if line.gap:
        yield "set off"
    if line.prose:
        yield "a sentence"
    first = pieces[part[0]] if part else None
    if first is None:
        yield "nothing below"
        return
    yield f"first goes on: {goes_on(first.text)}"
    if first.text[0] == "و":
        yield f"first begins with 'and', surely: {_AND.match(first.text) is not None}"
    if begins_report(first.text):
        yield "first begins as a report"
    if find_dateline(first.text) is not None:
        yield "first begins with a dateline"
    if any(p.known in FACTS for p in pieces[i + 1 : part[0]]):
        yield "facts below"
    if not first.prose:
        yield "first is short"
    yield f"words below: {step(sum(pieces[k].words for k in part), _LENGTHS)}"
    yield f"words above: {step(sum(pieces[k].words for k in above.body), _LENGTHS)}"


def _relabel(pieces: list[Piece], drafts: list[Draft], found: list[Draft], likely: Floats) -> None:
    """Put the articles found in place of the others, and label the lines of both."""
    old = {draft.first: draft for draft in drafts[1:] if draft.body}
    before = {i for draft in drafts[1:] for i in (draft.title, draft.kicker, *draft.body) if i is not None}
    kept = [draft for draft in found if draft.body]
    for draft in found:
        if not draft.body and draft.title is not None and draft.title not in before:
            pieces[draft.title].label("navigation", "headline_without_text")
    for line in pieces:
        if line.article:
            line.article = None
    for draft in kept:
        same = next((old[i] for i in (draft.first - 1, draft.first) if i in old), None)
        if same is not None and same.kicker is not None and same.title == draft.title:
            draft.kicker = same.kicker
        draft.others = same.others if same is not None else []
        for i in draft.others:
            pieces[i].article = draft.number
        lines = [i for i in (draft.kicker, draft.title, *draft.body) if i is not None]
        for i in lines:
            line = pieces[i]
            line.heading = i in draft.body and (line.heading or float(likely[i, _OTHER_TITLE]) > _A_HEADLINE)
            if line.kind != "related_article" and i != draft.kicker:
                line.label("related_article", "weighed: another article")
            line.article = draft.number
        before.difference_update(lines)
    for i in before:
        pieces[i].heading = False
        if likely[i].argmax() == _POST:
            pieces[i].label("tweet", "weighed: post")
        elif _are_links_glued_on(pieces, i):
            pieces[i].label("navigation", "links_glued_on")
        else:
            label_furniture(pieces, i, likely)
    drafts[1:] = kept
    number_articles(pieces, drafts)
