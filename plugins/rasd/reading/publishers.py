"""Who published a page: every name that could be its outlet's, with the evidence for it, weighed together.

A page says its outlet in many places: a source line, a masthead, a dateline, beside the writer or the day, in brackets
below a picture, in the copyright line, "follow us on". Each place where a name stands is one piece of evidence, and so
is what the name looks like. Their weights (`weights/publishers.csv`, learned from labelled pages) add up for each
name; the heaviest name wins where it is heavier than saying nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rasd.arabic.text import fold
from rasd.reading.candidates import Candidate, Candidates, key_of
from rasd.reading.credits import calls_itself_agency, is_agency_name, read_facts, says_agency
from rasd.reading.datelines import Dateline, dateline_names
from rasd.reading.drafts import Draft
from rasd.reading.evidence import weigh_evidence
from rasd.reading.lines import Piece
from rasd.reading.looks import ONLY, look_at
from rasd.reading.mentions import Mention, find_mentions
from rasd.reading.nearby import take_line, take_source, take_told
from rasd.reading.of_site import take_page
from rasd.reading.phrases import IN_TEXT, PUBLISHED, TOLD, load_phrases
from rasd.reading.quotations import speech_verbs
from rasd.reading.surroundings import LOOKED_THROUGH, Around
from rasd.reading.wording import load_words

_LEADING = 80  # characters
# "لـالاسم": whoever wrote it so left the name whole; anything else would be written "للاسم".
# (What must not stand before it is looked at behind its first letters, so that the regex engine can jump to these.)
# Two letters are enough behind a stroke alone, as some name begins with "لال".
_TOLD_BARE = re.compile(r"ل(ال(?<![^\W_]لال)(?!ت)[^\W\d_]{3,12}|ـ+ال[^\W\d_]{2,12})(?![^\W\d_])")
# How likely a name is the outlet's by the words around it, in steps: each that it reaches is evidence.
_STEPS = range(-4, 5)


def find_outlet(around: Around, writer: str | None) -> str | None:
    """Return the outlet that published an article, as the page writes it, or None where the page does not say.

    Args:
        around: the article, and what stands around it.
        writer: who wrote it, where that is known: not the outlet, but often beside it.
    """
    # A name is given where it is likelier than that the page names nobody: a wrong one is worse than none.
    best, most = None, 0.0
    for candidate in candidates(around, writer).values():
        weight = weigh_evidence("publishers", candidate.evidence)
        if weight > most:
            best, most = candidate.sorted or candidate.name, weight
    return best


def candidates(around: Around, writer: str | None, mentions: Sequence[Mention] | None = None) -> dict[str, Candidate]:
    """Return every name that could be the outlet's by its key, with its evidence; see `find_outlet`.

    `mentions` are those of the page where they are known already, by other weights than the reader's.
    """
    found = Candidates(writer)
    pieces, draft = around.pieces, around.draft
    if around.dateline is not None:
        _in_dateline(found, around.dateline, pieces[draft.body[0]].start)
    for i in around.beside:
        where = "right above the text" if i == draft.body[0] - 1 else around.head(i)
        take_line(found, pieces, i, where)
    for i in around.below:
        take_line(found, pieces, i, "below" if i > draft.body[-1] + 1 else "right below")
    for head in (pieces[i] for i in (draft.kicker, draft.title) if i is not None):
        take_told(found, head)
        for published in load_phrases().find(PUBLISHED, head):
            found.give(published.name, published.use, head.start)
    _in_body(found, around)
    _asks(found, pieces, draft)
    _is_headline(found, pieces, draft)
    if draft.role == "main":
        take_page(found, pieces, draft)
        _further_down(found, around)
        mentions = find_mentions(pieces, draft) if mentions is None else mentions
        for n, mention in enumerate(mentions):
            stands = key_of(mention.name) in found.found
            if (one := found.give(mention.name, "mentioned" if stands else ONLY, mention.at)) is not None:
                one.evidence.update(f"mentioned > {step}" for step in _STEPS if mention.weight > step)
                if n == 0:
                    one.evidence.add("mentioned, the likeliest")
    else:
        # The weights are those of main articles, whose sources are among the mentions too.
        for candidate in found.found.values():
            if "source" in candidate.evidence:
                candidate.evidence.add("source of an article beside the main one")
    look_at(found, around)
    if draft.role == "main":
        _among_others(found, pieces, draft)
    return found.found


def _further_down(found: Candidates, around: Around) -> None:
    """Take the source that stands below other stories, where the article has none of its own."""
    if any("source" in candidate.evidence for candidate in found.found.values()):
        return
    start = max((*around.below, around.draft.body[-1]))
    for line in around.pieces[start + 1 :]:
        if line.mark is not None and line.mark.kind == "source":
            take_source(found, line, "source further down")


def _among_others(found: Candidates, pieces: Sequence[Piece], draft: Draft) -> None:
    """Say of names below the text whether other articles stand around them: their outlets are named there too."""
    others = [line for line in pieces[draft.body[-1] + 1 :] if line.kind == "related_article"]
    if not others:
        return
    for candidate in found.found.values():
        if others[0].start < candidate.at < others[-1].start:
            candidate.evidence.add("between other articles")


# A headline of so many words may be a channel's name that stands in its place.
_CHANNEL = 6


def _is_headline(found: Candidates, pieces: Sequence[Piece], draft: Draft) -> None:
    """Take what stands in the place of a headline and is a name: a channel's above its posts, one with a day."""
    if draft.title is None or pieces[draft.title].words > _CHANNEL:
        return
    line = pieces[draft.title]
    parts = read_facts(line.text)
    if line.said and line.said[0] in load_words().sort:
        found.give(line.text.partition(" ")[2], "in the place of a headline", line.start)
    elif len(parts) == 2 and parts[0].kind in ("name", "outlet") and parts[1].kind == "day":
        found.give(parts[0].text, "in the place of a headline, with a day", line.start)


def _in_dateline(found: Candidates, dateline: Dateline, at: int) -> None:
    ours, _ = dateline_names(dateline)
    found.give(ours, "dateline", at)
    if ours is not None and is_agency_name(ours):
        found.give(ours, "dateline: ours, an agency", at)
    if dateline.unknown is not None and " " in dateline.unknown and dateline.unknown == dateline.place:
        found.give(dateline.unknown, "dateline: several words where a place would be", at)
    if ours is None and dateline.agency is not None:
        known = says_agency(dateline.agency)
        found.give(dateline.agency, "dateline: agency" if known else "dateline: an agency that no table has", at)
    beside = "" if dateline.place is None and dateline.agency is None else " beside others"
    if dateline.unknown is not None and dateline.unknown == dateline.place:
        beside = " where a place would be"
    found.give(dateline.unknown, f"dateline: an unknown name{beside}", at)
    for name in filter(None, (ours, dateline.agency, dateline.unknown)):
        if calls_itself_agency(name):
            found.give(name, "dateline: calls itself an agency", at)


_SAYING = re.compile(r"\s?(?:[إأا]ن\w*(?!\w)|ب[أا]ن|[،,:.]|[«\"“])")


def _is_said(text: str, start: int, end: int) -> bool:
    """Return whether somebody speaks to the name there: "وقال مدير المشروع لـ«السهل» إن …"."""
    before = [word.lstrip("وف") for word in fold(text[max(0, start - _LEADING) : start]).split()]
    if before and before[-1] in load_words().reporting:
        return True  # "وقال لـ«السهل» مزارع من القرية: إنه"
    if _SAYING.match(text, end) is None:
        return False
    return not (load_words().reporting.isdisjoint(before) and speech_verbs().isdisjoint(before))


def _in_body(found: Candidates, around: Around) -> None:
    """Take the names to which the text says that it was told."""
    pieces, draft = around.pieces, around.draft
    read = 0
    for line in (pieces[i] for i in draft.body):
        for said in load_phrases().find(IN_TEXT, line):
            if is_agency_name(said.name):
                continue
            found.give(said.name, said.use, line.start + said.start)
            if said.use in TOLD and _is_said(line.text, said.start, said.end):
                found.give(said.name, "told in text: said so", line.start + said.start)
        for told in _TOLD_BARE.finditer(line.text):
            found.give(told[1].lstrip("ـ"), "told in text, unquoted", line.start)
        read += len(line.text)
        if read > LOOKED_THROUGH:
            break
    if around.dateline is None and (begun := _BEFORE_A_DASH.match(pieces[draft.body[0]].text)) is not None:
        found.give(begun["name"], "begins the text, before a dash", pieces[draft.body[0]].start)


# "رواق الهضبة - افتتح …": a dateline that names nobody but the outlet.
_BEFORE_A_DASH = re.compile(r"(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,3})\s?[-–—ـ]\s(?=[^\W\d_])")


# An outlet that asks: "«السهل»: كم قطعة في المتحف؟", before question after question.
_ASKS = re.compile(r"[«\"“]?([^\W\d_]+(?: [^\W\d_]+){0,2})[»\"”]?\s?:\s")


def _asks(found: Candidates, pieces: Sequence[Piece], draft: Draft) -> None:
    """Take the name that stands before several questions of an interview."""
    asked: Counter[str] = Counter()
    for i in draft.body:
        if pieces[i].text[-1] == "؟" and (asking := _ASKS.match(pieces[i].text)):
            asked[asking[1]] += 1
            if asked[asking[1]] == 2:
                found.give(asking[1], "asks in the text", pieces[i].start)
