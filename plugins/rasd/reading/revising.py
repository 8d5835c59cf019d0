"""What the weighing of all lines together says of a page, laid over what the rules made of it.

The rules of `assembly` are exact where they know a layout; the net of `weighing` has seen thousands of layouts and
knows none. Where the two disagreed about the text of pages in layouts that neither had seen, the net was right on 30
and the rules on 3: so it decides which lines are the text, and the rules what the rest is, unless they merely guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from rasd.arabic.text import fold
from rasd.reading.blocks import is_live
from rasd.reading.drafts import Draft
from rasd.reading.headlines import before_headline
from rasd.reading.joints import MINUTE_OF_PLAY, OF_AN_ENTRY
from rasd.reading.lines import Piece, count_cells
from rasd.reading.model import SegmentKind
from rasd.reading.weighing import STATES
from rasd.reading.wording import WINDOW, calls_the_reader, shared

if TYPE_CHECKING:
    from rasd.reading.describing import Floats

# How likely a line has to be part of the text to be taken for it: one that the rules took in, one that they left out or
# gave to another article; and where they found no text. On 614 pages that neither the weights nor the rules had seen,
# of three nets: .884 to .889 of the texts are exact with .8 for what was left out, .881 to .886 with .9, and nothing
# between .12 and .5 for the others tells.
_OWN, _LEFT_OUT, _ALONE = 0.2, 0.8, 0.7
# The first sentence of a text looks like a standfirst, and paragraphs that end a page below links like comments: the
# first, and the likeliest of the others, need no more than this.
_FIRST, _ENDING, _BELOW_ENDING = 0.1, 0.25, 0.02
# What is asked later of such an ending (`sections`, `confidence`): as likely as this it is of the text.
_ENDS_SO = 0.75
# A cell or row of a table and an answer that the rules took in stay, unless they are as unlikely as this: cells are
# taken in together, by what leads in to them, and an answer with its question.
_TOGETHER, _UNLIKE_OTHERS = 0.05, 0.06
# What a line is that no text has.
OF_OTHERS = ("tweet", "related_article", "title", "related_marker", "tags")
# Questions with one sign are so many in an interview; what Unicode counts among letters stands for a dash.
_SIGNED, _STROKE = 3, "ـ"
# So likely of the text an answer to the last of them has to be that the rules left out.
_AN_ANSWER = 0.3
# What stands so high on a page is its head. A headline that a path of sections ends in shares so much with the text.
_HEAD, _OF_THE_TEXT, _COMPARED = 12, 0.4, 8
# A live page has so many entries at least.
_ENTRIES = 3
# A row of a table has more cells than this.
_ROW = 2
# How likely another label than that of a rule which only guesses has to be.
_LIKELIER = 0.6
# How likely of the text a line has to be that was cut off a sentence, not to be its heading.
_NO_HEADING = 0.9
_GUESSES = (
    "headline_without_text", "link_in_a_list", "text_outside_articles", "beside_such_lines", "page_without_an_article",
    "line_to_the_reader", "text_without_a_headline", "text_after_the_end", "link_between_paragraphs",
    "headline_of_another_story", "foreign_line_below_headline", "foot_of_the_page",
)  # fmt: skip
# A text that the rules did not find has so many words at least.
_WORDS = 20
# How unlikely a headline or kicker has to be to lose its place, and how likely the line that takes it.
_NO_TITLE, _A_TITLE, _NO_KICKER = 0.3, 0.5, 0.15
# How likely the line above a headline has to be its kicker; and where it has the form of one: it says after what, at
# what, or stops with a colon or dots.
_A_KICKER, _A_KICKER_BY_FORM, _KICKER_WORDS = 0.35, 0.15, 18
_KICKER_FORM = re.compile(
    r"^(?:بعد|قبل|خلال|ضمن|وسط|رغم|عقب|منذ|أثناء|بمشاركة|بحضور|بمناسبة|بسبب|لأول|للمرة|على خلفية|في ظل)\s"
    r"|(?::|\.\.|…)$|[0-9٠-٩]{2,}(?=\s[^\W\d_]{3,}\s[^\W\d_])"
)
_PATH = re.compile(r"\s[/|>‹›←⟵→◂▸~.\-–—]\s|#|::|>>")
# So long are lines of a column at most; so many are looked at.
_COLUMN, _OF_A_COLUMN = 60, 8
# How much likelier a line beside the headline has to be it, and how likely the old one a kicker where that is the line
# below: a short one may be what the text begins with all the same, a long one is then the headline.
_CLEARLY, _A_SHORT_KICKER, _SHORT_KICKER = 0.25, 0.4, 6
# How many times likelier two lines have to be kicker and headline: on the pages of waves 21 to 29, by a net that had
# seen none of them, of the pairs that nothing else told three were, and none above this was not.
_SURELY = 7.4
# A line below the summary that the rules took for the first sentence is the text's heading, if it is any: so likely.
_A_HEADING = 0.8
# And how likely a headline whose words the text begins with has to be to keep it against the line below.
_COULD_BE_TITLE = 0.15
# Which part of a headline the text's first sentence has to tell for it to be one whatever it looks like.
_TOLD_WHOLE = 0.8
# A sentence of more words is a paragraph and no headline.
_TITLE_WORDS = 15
_BODY, _HEADING, _TITLE, _KICKER, _TAGS, _OTHER_TITLE, _OTHER = (
    STATES.index(name) for name in ("body", "heading", "title", "kicker", "tags", "related title", "related")
)
_FURNITURE = [
    n for n, name in enumerate(STATES) if name not in ("body", "heading", "title", "related title", "related", "post")
]
_KIND: dict[str, SegmentKind] = {
    "kicker": "title", "navigation": "navigation", "boilerplate": "boilerplate", "metadata": "metadata", "tags": "tags",
}  # fmt: skip


def revise(pieces: list[Piece], drafts: list[Draft], likely: Floats) -> list[float]:
    """Label anew what the weighing sees otherwise; returns for each line how sure it is that it is part of the text."""
    inside: list[float] = (likely[:, _BODY] + likely[:, _HEADING]).tolist()
    if drafts:
        _revise_body(pieces, drafts, likely, inside)
        _revise_heads(pieces, drafts[0], likely)
    else:
        _find_text(pieces, drafts, likely, inside)
    guessed = [i for i, line in enumerate(pieces) if line.rule in _GUESSES]
    for i in guessed:
        best = int(likely[i].argmax())
        kind = _KIND.get(STATES[best]) if STATES[best] not in ("kicker", "tags") else None
        if kind is not None and kind != pieces[i].kind and likely[i, best] >= _LIKELIER:
            pieces[i].label(kind, f"weighed: {STATES[best]}", pieces[i].article)
    number_articles(pieces, drafts)
    return inside


def _revise_body(pieces: list[Piece], drafts: list[Draft], likely: Floats, inside: list[float]) -> None:
    """Make the main text of what is likely part of it."""
    main = drafts[0]
    own, heads = set(main.body), {main.title, main.kicker}
    answers = {i for i in own if i - 1 in own and pieces[i - 1].text[-1] in "؟?" and pieces[i].ends}
    answers |= _entries(pieces, own, likely, inside) | _last_answer(pieces, main, inside)
    # A last answer is as unlikely as what a site says below it; one between others that is so unlikely is none.
    answers -= {i for i in answers if pieces[i].prose and i != main.body[-1] and inside[i] < _UNLIKE_OTHERS}
    first = next((i for i in main.body if not pieces[i].heading), None)
    below = _below_summary(pieces, main, first, likely, inside)
    times = _times_of_entries(pieces, inside)
    ending = _ending(pieces, main, inside)
    for i in ending:
        inside[i] = max(inside[i], _ENDS_SO)
    body = [
        i
        for i, p in enumerate(inside)
        if i not in heads
        and i not in times
        and (
            i in ending
            or p > _needed(pieces[i], own=i in own or i in answers, answers=i in answers, first=i == first)
            or (i == below and p + likely[i, _TITLE] > _A_HEADING)
        )
        and (p > _OWN or likely[i].argmax() != _TAGS)
    ]
    if not body:
        main.doubts.append("nothing on the page looks like a text but to the rules")
        return
    taken = set(body) - own
    for i in taken:
        _take(pieces, i, likely)
    for draft in drafts[1:]:
        draft.give_up(taken)
    for i in sorted(own - set(body)):
        pieces[i].heading = False
        label_furniture(pieces, i, likely)
    for i, following in pairwise(body):
        # A line that was cut where a sentence only lacks a blank: its beginning is no heading.
        cut = pieces[following].glued and following == i + 1 and not pieces[following].heading
        if cut and pieces[i].heading and likely[i, _BODY] > _NO_HEADING:
            pieces[i].heading = False
            pieces[i].label("main_article", pieces[following].rule, 0)
    main.body, main.reach = body, body[-1]


def _below_summary(
    pieces: list[Piece], main: Draft, first: int | None, likely: Floats, inside: list[float]
) -> int | None:
    """Return the heading below the first sentence, where that is a summary and the page has its headline above."""
    if first is None or main.title is None or likely[main.title, _TITLE] < _A_TITLE or inside[first] > _FIRST:
        return None
    return first + 1 if first + 1 in main.body and pieces[first + 1].heading else None


def _ending(pieces: list[Piece], main: Draft, inside: list[float]) -> set[int]:
    """Return the last paragraphs of a page, where the rules took several in below what interrupts a text."""
    run: list[int] = []
    for i in reversed(main.body):
        if pieces[i].heading or not pieces[i].prose or i != (run[-1] if run else len(pieces)) - 1:
            break
        run.append(i)
    likely = 1 < len(run) < len(main.body) and max(inside[i] for i in run) > _ENDING
    # What the site says below the ending is none of it.
    said_below = len(list(takewhile(lambda i: inside[i] < _BELOW_ENDING, run)))
    return set(run[said_below:]) if likely else set()


def _entries(pieces: list[Piece], own: set[int], likely: Floats, inside: list[float]) -> set[int]:
    """Return the lines behind the times of a live page's entries, or behind their headings, if most are likely text.

    Of a page that says it is live they may look like other stories as well.
    """
    times = {i for i, line in enumerate(pieces) if line.known == "time"}
    behind = {i for i in own if times & {i - 1, i - 2}}
    live = len(behind) >= _ENTRIES and is_live(pieces)
    told = [i for i in behind if inside[i] + live * (likely[i, _OTHER_TITLE] + likely[i, _OTHER]) > _OWN]
    return behind if len(behind) >= _ENTRIES and 2 * len(told) > len(behind) else set()


def _last_answer(pieces: list[Piece], main: Draft, inside: list[float]) -> set[int]:
    """Return the line behind the last question of an interview that the rules left unanswered."""
    last = main.body[-1]
    if last + 1 >= len(pieces) or pieces[last].text[-1] not in "؟?" or inside[last + 1] < _AN_ANSWER:
        return set()
    line = pieces[last + 1]
    asked = sum(pieces[i].text[-1] in "؟?" for i in main.body)
    answers = asked >= _SIGNED and line.ends and line.mark is None and line.kind not in OF_OTHERS
    return {last + 1} if answers else set()


def _times_of_entries(pieces: list[Piece], inside: list[float]) -> set[int]:
    """Return the times that stand before entries on their lines, where most of them are no text: then none is."""
    times = [i for i, line in enumerate(pieces) if line.known_by == OF_AN_ENTRY]
    likely = sum(inside[i] > _LEFT_OUT for i in times)
    return set(times) if 2 * likely < len(times) else set()


def signs_of_questions(pieces: Sequence[Piece], main: Draft) -> set[str]:
    """Return the signs that the questions of a text begin with, where it is an interview."""
    counted = Counter(pieces[i].text[0] for i in main.body if pieces[i].text[-1] in "؟?")
    return {sign for sign, n in counted.items() if n >= _SIGNED and (sign == _STROKE or not sign.isalnum())}


def _is_row(line: Piece) -> bool:
    """Whether a line is a cell or a row of a table."""
    return line.cell or (line.numbered and count_cells(line.text) > _ROW)


def _needed(line: Piece, *, own: bool, answers: bool = False, first: bool = False) -> float:
    """Return how likely a line has to be part of the text, by what the rules made of it."""
    known = line.known == "furniture" or line.known_by == MINUTE_OF_PLAY
    if known or line.kind == "tweet" or line.rule in ("teaser_cut_off", "readers_comments"):
        return 1.0
    if own:
        return _TOGETHER if answers or _is_row(line) else _FIRST if first and line.prose else _OWN
    return _LEFT_OUT


def _take(pieces: list[Piece], i: int, likely: Floats) -> None:
    """Label a line as part of the main text."""
    pieces[i].heading = bool(likely[i, _HEADING] > likely[i, _BODY])
    pieces[i].label("main_article", "weighed: heading" if pieces[i].heading else "weighed: body", 0)


def _revise_heads(pieces: list[Piece], main: Draft, likely: Floats) -> None:
    """Take another line for the headline where the one taken is surely none, and no path of sections for a kicker."""
    if main.title is None or likely[main.title, _TITLE] < _NO_TITLE:
        old, best = main.title, _title(pieces, main, likely)
        if best is not None:
            if main.kicker == best:
                main.kicker = None
            main.title = best
            if old is not None:
                label_furniture(pieces, old, likely)
    if main.title is None:
        main.title = _end_of_path(pieces, main)
    _revise_neighbours(pieces, main, likely)
    _revise_kicker(pieces, main, likely)


def _end_of_path(pieces: list[Piece], main: Draft) -> int | None:
    """Label the path of sections above a text as its headline that ends in one: what stands before it is cut off."""
    for i in range(min(main.body[0], _HEAD)):
        line = pieces[i]
        path, _ = before_headline(line) if line.known == "breadcrumb" else (0, None)
        said = " ".join(pieces[j].folded for j in main.body[:_COMPARED])[:WINDOW]
        if path and line.text[-1] not in ".…" and shared(fold(line.text[path:]), said) >= _OF_THE_TEXT:
            line.label("title", "end_of_a_path", main.number)
            return i
    return None


def is_column(pieces: list[Piece], main: Draft) -> bool:
    """Return whether the lines of a text are broken as in a column: its headline, too, may have two of them."""
    return all(len(pieces[i].text) <= _COLUMN for i in main.body[:_OF_A_COLUMN])


def _revise_neighbours(pieces: list[Piece], main: Draft, likely: Floats) -> None:
    """Take the line right above or below the headline for it where that is clearly likelier."""
    if main.title is None or main.title >= main.body[0] or is_column(pieces, main):
        return
    old = main.title
    needed = _A_SHORT_KICKER if pieces[old].words <= _SHORT_KICKER else _CLEARLY
    beside = [
        i
        for i in (old - 1, old + 1)
        if 0 <= i < main.body[0]
        and pieces[i].mark is None
        and pieces[i].words >= 2
        and pieces[max(i, old)].gap <= 1
        and likely[i, _TITLE] > _A_TITLE
        and (
            (
                likely[i, _TITLE] > likely[old, _TITLE] + _CLEARLY
                and (i < old or likely[old, _KICKER] > needed)
                and (i < old or pieces[old].words <= _SHORT_KICKER or not _is_told_first(pieces, main, i, likely))
            )
            or (i > old and _are_kicker_and_title(pieces, main, old, i, likely))
        )
    ]
    if not beside:
        return
    best = max(beside, key=lambda i: float(likely[i, _TITLE]))
    if pieces[old].folded in pieces[best].folded:
        return
    main.title = best
    main.kicker = None if main.kicker == best else main.kicker
    pieces[best].label("title", "weighed: title", 0)
    label_furniture(pieces, old, likely)


def _are_kicker_and_title(pieces: list[Piece], main: Draft, upper: int, lower: int, likely: Floats) -> bool:
    """Whether two lines are far likelier a kicker and its headline than a headline and what stands below it.

    What the text begins with word by word is the headline, unless it has the form of a kicker.
    """
    line = pieces[upper]
    formed = line.numbered or "|" in line.text or _KICKER_FORM.search(line.text) is not None
    if not formed and shared(line.folded, pieces[main.body[0]].folded) > _TOLD_WHOLE:
        return False
    together = likely[upper, _KICKER] * likely[lower, _TITLE]
    return bool(together > _SURELY * likely[upper, _TITLE] * (1 - likely[lower, _TITLE]))


def _revise_kicker(pieces: list[Piece], main: Draft, likely: Floats) -> None:
    """Take the line right above the headline for its kicker where it is likely one, and no path of sections for it."""
    if main.kicker is not None and (
        likely[main.kicker, _KICKER] + likely[main.kicker, _TITLE] < _NO_KICKER
        or _PATH.search(pieces[main.kicker].text) is not None
    ):
        label_furniture(pieces, main.kicker, likely)
        main.kicker = None
    if not main.title or main.kicker is not None or main.title > main.body[0] or is_column(pieces, main):
        return
    above, title = pieces[main.title - 1], pieces[main.title]
    needed = _A_KICKER_BY_FORM if _KICKER_FORM.search(above.text) is not None else _A_KICKER
    if (
        above.mark is None
        and above.kind in ("navigation", "boilerplate", "metadata", "title")
        and 2 <= above.words <= _KICKER_WORDS
        and title.gap <= 1
        and likely[main.title - 1, _KICKER] >= needed
        and above.folded != title.folded
        and above.rule != "headline_repeated"
        and _PATH.search(above.text) is None
    ):
        main.kicker = main.title - 1
        above.label("title", "weighed: kicker", 0)


def _title(pieces: list[Piece], main: Draft, likely: Floats) -> int | None:
    """Label the likeliest headline above a text as such."""
    above = [i for i in range(main.body[0]) if pieces[i].words <= _TITLE_WORDS or not pieces[i].prose]
    best = max(above, key=lambda i: float(likely[i, _TITLE]), default=None)
    if best is None or likely[best, _TITLE] < _A_TITLE or _is_told_first(pieces, main, best, likely):
        return None
    pieces[best].label("title", "weighed: title", 0)
    return best


def _is_told_first(pieces: list[Piece], main: Draft, below: int, likely: Floats) -> bool:
    """Whether a text begins with what its headline says, if it could be one, not with what the line below it says."""
    if main.title is None or below != main.title + 1:
        return False
    first = pieces[main.body[0]].folded
    told = shared(pieces[main.title].folded, first)
    could_be = likely[main.title, _TITLE] >= _COULD_BE_TITLE or told > _TOLD_WHOLE
    return bool(could_be and told > shared(pieces[below].folded, first))


def _find_text(pieces: list[Piece], drafts: list[Draft], likely: Floats, inside: list[float]) -> None:
    """Make an article of what the weighing takes for a text, where the rules found none."""
    body = [i for i, p in enumerate(inside) if p > _ALONE and _needed(pieces[i], own=False) < 1]
    if sum(pieces[i].words for i in body) < _WORDS or any(calls_the_reader(pieces[i].folded) for i in body[:2]):
        return
    draft = Draft("main", body=body, reach=body[-1])
    for i in body:
        _take(pieces, i, likely)
    draft.title = _title(pieces, draft, likely)
    draft.doubts.append("no rule knew it for a text")
    drafts.append(draft)


def number_articles(pieces: list[Piece], drafts: list[Draft]) -> None:
    """Drop articles without a text, and number the others in the order of the page."""
    kept = drafts[:1] + sorted((d for d in drafts[1:] if d.body), key=lambda draft: draft.first)
    if kept == drafts and all(draft.number == n for n, draft in enumerate(kept)):
        return
    numbers = {draft.number: n for n, draft in enumerate(kept)}
    for line in pieces:
        if line.article is not None:
            line.article = numbers.get(line.article)
    for n, draft in enumerate(kept):
        draft.number = n
    drafts[:] = kept


def label_furniture(pieces: list[Piece], i: int, likely: Floats) -> None:
    """Label a line that is of no text as what it most likely is."""
    state = STATES[max(_FURNITURE, key=lambda n: float(likely[i, n]))]
    pieces[i].label(_KIND[state], f"weighed: {state}", 0 if state in ("metadata", "tags", "kicker") else None)


# Kinds of lines that stay what they are where lines around them are taken into the text.
_OTHERS = ("title", "tweet", "related_article")


def take_in(pieces: list[Piece], main: Draft, lines: Sequence[int], rule: str, *, heading: bool) -> None:
    """Take lines into the main text, all of them as headings or none; headlines, posts and other articles stay out."""
    taken = [i for i in lines if pieces[i].kind not in _OTHERS and i not in (main.title, main.kicker)]
    for i in taken:
        pieces[i].heading = heading
        pieces[i].label("main_article", rule, main.number)
    main.body = sorted({*main.body, *taken})
