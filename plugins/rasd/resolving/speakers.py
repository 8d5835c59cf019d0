"""Who speaks in a quotation: from the words that the reader found beside it to one of the article's names.

Named speakers are the name that stands in these words. A pronoun (وأضاف) is read as the speaker before, whose words the
reader gives. A role (الوزير) is the one person before it who was called by that role. Everything else stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rasd.annotating.model import Mention
from rasd.annotating.names import phrase, stems
from rasd.arabic.tokens import Token, tokenize
from rasd.resolving.document import Resolved
from rasd.resolving.spelling import same_word, words_of

SCORES = {"named": 0.95, "pronoun": 0.85, "name elsewhere": 0.8, "role": 0.75, "only person": 0.6}
# Words before and after a name in which its role is looked for.
_BEFORE, _AFTER = 4, 4
# From the words that tell a speaker to the quotation mark, or the word that leads to it.
_CLAUSE = re.compile('[^.!؟?\\n"«“”»:]{0,160}?(?=[،,]? ?["«“:]|[،,]? (?:إن|أن|إنه|إنها|قائلا|قائلة)[ :])')
_STOPS = frozenset('.؛:!؟?"«»')
# Speakers of quotations are people and bodies; a place speaks for its government.
_SPEAKS = {"PER": 0, "ORG": 1, "LOC": 2}


class Asked(NamedTuple):
    """A quotation: where the words stand that tell its speaker, and how (`rasd.reading.quotations`)."""

    start: int | None
    end: int | None
    how: str | None


class Speaker(NamedTuple):
    """The mention (by index) that names the speaker, and why it is taken for this."""

    mention: int
    rule: str
    score: float


def find_speakers(
    text: str, mentions: Sequence[Mention], entities: Sequence[Resolved], quotations: Sequence[Asked]
) -> list[Speaker | None]:
    """Return the speaker of each quotation of a body, or None where the text does not tell which name it is."""
    return [_speaker(text, mentions, entities, asked) for asked in quotations]


def _speaker(text: str, mentions: Sequence[Mention], entities: Sequence[Resolved], asked: Asked) -> Speaker | None:
    start, end, how = asked
    if start is None or end is None or how is None:
        return None
    inside = [i for i, m in enumerate(mentions) if m.start < end and start < m.end and m.type in _SPEAKS]
    people = [i for i in inside if mentions[i].type == "PER"]
    if not people and (behind := _in_apposition(text, mentions, end)) is not None:
        return _because(behind, how)
    if how == "nominal" and not people:
        # المتحدث باسم وزارة الدفاع is somebody of the ministry; الوزارة itself would be named.
        return _by_role(text, mentions, entities, start, end)
    if inside:
        return _because(min(inside, key=lambda i: (_SPEAKS[mentions[i].type], mentions[i].start)), how)
    return _by_name(mentions, entities, text[start:end])


def _in_apposition(text: str, mentions: Sequence[Mention], end: int) -> int | None:
    """Return the person whose name ends the words that say what he is: كبير الأطباء في مستشفى زحلة طوني معلوف: "…".

    The name stands right behind another one, of a body or a place, before the clause ends; behind a common word
    (مسؤول في مكتب فلان) it is that word's.
    """
    clause = _CLAUSE.match(text, end)
    stop = clause.end() if clause else end
    people = [i for i, m in enumerate(mentions) if m.type == "PER" and end <= m.start and m.end <= stop]
    if len(people) != 1 or mentions[people[0]].title:
        return None
    at = mentions[people[0]].start
    beside = any(m.type in ("ORG", "LOC") and end <= m.start and text[m.end : at] == " " for m in mentions)
    return people[0] if beside and not text[mentions[people[0]].end : stop].strip(" ،") else None


def _because(mention: int, how: str) -> Speaker:
    rule = "pronoun" if how == "pronominal" else "named"
    return Speaker(mention, rule, SCORES[rule])


def _by_name(mentions: Sequence[Mention], entities: Sequence[Resolved], words: str) -> Speaker | None:
    """Return the one whose name ends as these words do, where the recogniser saw the name elsewhere only."""
    asked = words_of(words)
    if not asked:
        return None
    found: dict[str, int] = {}
    for i, mention in enumerate(mentions):
        named = words_of(mention.surface)
        shorter = min(len(asked), len(named))
        if (
            mention.type == "PER"
            and shorter
            and all(same_word(a, b, article=True) for a, b in zip(asked[-shorter:], named[-shorter:], strict=True))
        ):
            found.setdefault(entities[i].key, i)
    return _only(found, "name elsewhere")


def _by_role(
    text: str, mentions: Sequence[Mention], entities: Sequence[Resolved], start: int, end: int
) -> Speaker | None:
    """Return the one person named before who was called what these words say (الوزير: وزير الصحة فلان)."""
    first = next((phrase(token.text) for token in tokenize(text, start, end)), "")
    role = first.removeprefix("ال")
    if len(role) < 3:
        return None
    found: dict[str, int] = {}
    for i, mention in enumerate(mentions):
        if mention.type == "PER" and mention.end <= start and role in _called(text, mention):
            found.setdefault(entities[i].key, i)
    if found or first == role:
        return _only(found, "role")
    # Definite, and nobody was called so: المسؤول is the one person that there has been, if there was but one.
    named = {entities[i].key: i for i, m in enumerate(mentions) if m.type == "PER" and m.end <= start}
    return _only(named, "only person")


def _only(found: dict[str, int], rule: str) -> Speaker | None:
    return Speaker(next(iter(found.values())), rule, SCORES[rule]) if len(found) == 1 else None


def _called(text: str, mention: Mention) -> set[str]:
    """Return the words right beside a name, without article and proclitics."""
    before = tokenize(text, max(mention.start - 60, 0), mention.start)[-_BEFORE:]
    after = tokenize(text, mention.end, mention.end + 60)[: _AFTER + 1]
    kept: set[str] = {_bare(word) for word in phrase(mention.title).split()}
    for tokens in (before[::-1], after):
        for i, token in enumerate(tokens):
            if token.text in _STOPS or (token.text in "،," and i):
                break
            kept |= _readings(token)
    return kept - {""}


def _readings(token: Token) -> set[str]:
    return {stem.removeprefix("ال") for _, stem in stems(token.text)}


def _bare(word: str) -> str:
    return phrase(word).removeprefix("ال")
