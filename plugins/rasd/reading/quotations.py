"""Quotations: what stands between quotation marks, whether it is speech, and who speaks where the text says so.

Marks of every style are paired within a paragraph: straight and curly (also the closing mark used for both ends),
guillemets (also turned round), single marks, << >> and (( )); nested; unclosed ones end with their paragraph.
The words that tell speech and speakers are data: seeds/speech.csv and seeds/names/titles.csv.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Literal

from rasd.arabic.sentences import split_paragraphs
from rasd.arabic.text import MARKS, fold
from rasd.errors import SettingError
from rasd.references import numbered_rows, reference, rows

Kind = Literal[
    "direct",  # speech as it was said
    "partial",  # some words of it within the sentence of the report
    "term",  # no speech: a name, a title, a so-called thing
]
How = Literal["named", "nominal", "pronominal"]


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A stretch of text between quotation marks, marks included: text[start:end].

    `speaker` is who speaks, as written: a name, or words such as الوزير (nominal). Where the verb has only a
    pronoun (وأضاف: …) it is the speaker before, and None where there is none near. `speaker_start` and `speaker_end`
    are where those words stand. `closed` is false where the closing mark is missing.
    """

    start: int
    end: int
    kind: Kind
    closed: bool
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    how: How | None = None


# --------------------------------------------------------------------------------------------------- pairing marks

_WORD = re.compile(r"\w+")
# Begins with one set of characters, so that the regex engine can jump from mark to mark.
_MARK = re.compile("[«»‹›“”„‟\"‘’‚‛'<>()](?:(?<=<)<|(?<=>)>|(?<=\\()\\(|(?<=\\))\\)|(?<=')'|(?<=[«»‹›“”„‟\"‘’‚‛']))")
_FAMILY = {
    **dict.fromkeys("“”„‟\"", "double"), "''": "double", **dict.fromkeys("«»", "guillemet"), "‹": "angle", "›": "angle",
    "<<": "angles", ">>": "angles", "((": "round", "))": "round", **dict.fromkeys("‘’‚‛'", "single"),
}  # fmt: skip
_OPENS_ONLY = {"„", "‟", "«", "‹", "<<", "((", "‚", "‛"}
_CLOSES_ONLY = {"»", "›", ">>", "))"}
_BEFORE_OPENING = " \t\n\r\xa0([{:،,؛;-–—/«“\"'‘\u200f\u200e\u202b\u202a\ufeff"
_AFTER_CLOSING = " \t\n\r\xa0)]}:،,؛;.!؟?-–—/»”\"'’\u200f\u200e\u202c\ufeff"


def _pairs(text: str, start: int, end: int, marks: Sequence[re.Match[str]]) -> list[tuple[int, int, bool]]:
    """Return (start, end, closed) of each quotation in a paragraph with these marks, in order of start."""
    found: list[tuple[int, int, bool]] = []
    open_: list[tuple[str, int]] = []  # family and offset of each open mark
    depth = dict.fromkeys(_FAMILY.values(), 0)
    for mark in marks:
        sign, family = mark.group(), _FAMILY[mark.group()]
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        spaced_before, spaced_after = before in _BEFORE_OPENING, after in _AFTER_CLOSING
        if family == "single" and (spaced_before == spaced_after or (not spaced_before and not depth[family])):
            continue  # an apostrophe
        opening = spaced_before and not after.isspace()  # looks like one, whatever the sign
        if sign in _CLOSES_ONLY:
            closes = depth[family] > 0
            opens = not closes and family == "guillemet" and opening  # »turned round«
        elif sign in _OPENS_ONLY:
            closes = family == "guillemet" and depth[family] > 0 and not opening and spaced_after
            opens = not closes
        else:
            closes = depth[family] > 0 and (sign == "”" or not opening or spaced_after)
            opens = not closes and (not after.isspace() or spaced_before)
        if closes:
            while True:
                other, at = open_.pop()
                depth[other] -= 1
                if other == family:
                    found.append((at, mark.end(), True))
                    break
        elif opens:
            open_.append((family, mark.start()))
            depth[family] += 1
    unclosed = [at for family, at in open_ if family != "single"]
    starts = sorted([at for at, _, _ in found] + unclosed)
    for at in unclosed:
        # A new quotation begins where the mark that closes this one was forgotten.
        following = bisect_right(starts, at)
        stop = starts[following] if following < len(starts) else end
        found.append((at, at + len(text[at:stop].rstrip()), False))
    return sorted(p for p in found if _WORD.search(text, p[0], p[1]))


# ------------------------------------------------------------------------------------------------- who speaks, how

# What is looked at around a quotation, in characters.
_BEFORE, _AFTER, _NEIGHBOUR = 360, 160, 900
_LONGEST_SPEAKER = 12  # words
_CUES_BACK = 6
# Under so many characters an unclosed or coordinated quotation is a name (البرنامج "كذا، وكتب "فلان" و"فلان").
_SHORT = 40
_AND = re.compile(r"\s*(?:[,،]?\s*و|[,،]|أو)\s*")
# A quotation of so many words is a sentence of someone's, of fewer some words of it.
_SENTENCE, _WORDS = 6, 4

_ROLES = ("verb", "participle", "said", "source", "that", "stop", "title", "names")
# A number ends where letters begin: a verb may be glued to the year before it (2023وقال).
_TOKEN = re.compile(f"\\d+(?=[^\\W\\d_])|[\\w{MARKS}\u0640]+|[^\\w\\s]")


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    verb: frozenset[str]
    participle: frozenset[str]
    said: frozenset[str]
    source: frozenset[str]
    that: frozenset[str]
    stop: frozenset[str]
    title: frozenset[str]
    names: frozenset[str]
    speech: frozenset[str]  # every word of speech
    saying: frozenset[str]  # what a speaker stands beside
    ending: frozenset[str]  # what ends the phrase that names a speaker


@lru_cache(maxsize=4)
def _load(cues: Path, titles: Path) -> _Words:
    words: dict[str, set[str]] = {role: set() for role in _ROLES}
    for n, row in numbered_rows(cues, ("role", "words")):
        if row["role"] not in words:
            do = f"Write one of {', '.join(_ROLES)}."
            raise SettingError(f"unknown role of a word: {row['role']}", where=f"{cues}, line {n}", do=do)
        words[row["role"]] |= set(fold(row["words"]).split())
    words["title"] |= {w for row in rows(titles, ("type", "word", "always")) for w in fold(row["word"]).split()}
    speech = words["verb"] | words["participle"] | words["said"] | words["source"] | words["that"]
    saying, ending = words["verb"] | words["source"], speech | words["stop"]
    return _Words(
        **{role: frozenset(found) for role, found in words.items()},
        speech=frozenset(speech),
        saying=frozenset(saying),
        ending=frozenset(ending),
    )


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _load(reference("speech.csv"), reference("names/titles.csv"))


def speech_verbs() -> frozenset[str]:
    """Return the folded verbs that say that someone speaks."""
    return _words().verb


@dataclass(slots=True)
class _Token:
    """A word or a sign; `key` is folded, and without و or ف where that makes it a word of speech."""

    key: str
    joined: bool
    start: int
    end: int


_START = attrgetter("start")
_END = itemgetter(1)


@lru_cache(maxsize=8192)
def _key(word: str) -> tuple[str, bool]:
    """Return the folded word, and whether و or ف was taken from before a word of speech."""
    speech = _words().speech
    key = fold(word)
    # فان is a name (فان هولين) as often as it is فإن without its hamza.
    if key in speech or key[:1] not in ("و", "ف") or key[1:] not in speech or word == "فان":
        return key, False
    return key[1:], True


class _Tokens:
    """The tokens of a stretch of text that stand in no quotation, cut where they are asked for."""

    def __init__(self, text: str, start: int, end: int, pairs: Sequence[tuple[int, int, bool]] = ()) -> None:
        self._text = text
        self._gaps: list[tuple[int, int]] = []
        for a, b, _ in (*pairs, (end, end, True)):
            if a < start:  # within the one before
                continue
            self._gaps.append((start, a))
            start = b
        self._tokens: dict[int, list[_Token]] = {}  # by the number of the gap

    def between(self, start: int, end: int) -> list[_Token]:
        """Return the tokens that begin in the range."""
        found: list[_Token] = []
        for n in range(bisect_left(self._gaps, start, key=_END), bisect_left(self._gaps, (end,))):
            tokens = self._within(n)
            found += tokens[bisect_left(tokens, start, key=_START) : bisect_left(tokens, end, key=_START)]
        return found

    def _within(self, n: int) -> list[_Token]:
        if n not in self._tokens:
            words = _TOKEN.finditer(self._text, *self._gaps[n])
            self._tokens[n] = [_Token(*_key(word.group()), *word.span()) for word in words]
        return self._tokens[n]


@dataclass(frozen=True, slots=True)
class _Speaker:
    start: int
    end: int
    how: How


def _who(tokens: Sequence[_Token]) -> _Speaker | None:
    """Return the speaker that a noun phrase names: without titles where a name is left, else the whole of it."""
    words = _words()
    phrase = tokens[:_LONGEST_SPEAKER]
    if not phrase:
        return None
    name: list[_Token] = []
    for token in phrase:
        definite = token.key.startswith(("ال", "لل")) and len(token.key) > 4
        if token.key in words.title or (definite and not name):
            if name:
                break
            continue
        if definite and token.key.endswith("يه") and len(name) > 1:  # نيويورك تايمز الأمريكية
            break
        name.append(token)
    relational = len(name) == 1 and name[0].key.endswith(("ي", "يه", "يون", "يين")) and name[0] is not phrase[0]
    if not name or relational or all(len(t.key) < 2 for t in name):
        return _Speaker(phrase[0].start, phrase[-1].end, "nominal")
    return _Speaker(name[0].start, name[-1].end, "named")


def _is_word(token: _Token) -> bool:
    return token.key[:1].isalpha()


def _ends_phrase(token: _Token) -> bool:
    return not _is_word(token) or token.key in _words().ending


def _subject_after(tokens: Sequence[_Token], i: int) -> _Speaker | None:
    """Return the speaker named right after tokens[i]."""
    j = i + 1
    while j < len(tokens) and not _ends_phrase(tokens[j]):
        j += 1
    return _who(tokens[i + 1 : j])


def _subject_before(tokens: Sequence[_Token], i: int) -> _Speaker | None:
    """Return the speaker named right before tokens[i]: «الوزير فلان قال», «الوزير، فلان، قال», «فلان، الذي قال»."""
    if tokens[i].joined:
        return None
    relative = i > 0 and tokens[i - 1].key in ("الذي", "التي")
    i -= relative
    stop = i - 1 if i and tokens[i - 1].key in ("،", ",") else i
    j = stop
    while j and not _ends_phrase(tokens[j - 1]):
        j -= 1
    if stop < i and not relative and not (j and tokens[j - 1].key in ("،", ",")):
        return None
    return _who(tokens[j:stop])


def _without_preposition(tokens: Sequence[_Token], i: int) -> Sequence[_Token]:
    """Take the preposition ل off tokens[i] («وفقا للوزير», «وفقا لفلان»), and leave out عن there («نقلا عن فلان»)."""
    if i < len(tokens) and tokens[i].key == "عن":
        return [*tokens[:i], *tokens[i + 1 :]]
    if i < len(tokens) and tokens[i].key[:1] == "ل" and tokens[i].end - tokens[i].start > 3:
        token = tokens[i]
        key = "ال" + token.key[2:] if token.key.startswith("لل") else token.key[1:]
        return [*tokens[:i], _Token(key, False, token.start + 1, token.end), *tokens[i + 1 :]]
    return tokens


def _cue(tokens: Sequence[_Token]) -> tuple[int, _Speaker | None] | None:
    """Return the last word of saying among the tokens and its speaker (None: a pronoun), or None without one."""
    words = _words()
    participle: int | None = None  # the last one: who speaks is the subject of the verb before it
    for i in range(len(tokens) - 1, -1, -1):
        key = tokens[i].key
        cue = i if participle is None else participle
        if key in words.verb:
            return cue, _subject_after(tokens, i) or _subject_before(tokens, i)
        if key in words.source:
            if speaker := _subject_after(_without_preposition(tokens, i + 1), i):
                return cue, speaker
        elif key in words.said:
            about = next((j for j in range(i - 1, -1, -1) if tokens[j].key == "عن"), None)
            return cue, _who(tokens[about + 1 : i]) if about is not None else None
        elif key in words.participle:
            participle = cue
    return None if participle is None else (participle, None)


def _speech(text: str, start: int, end: int, tokens: _Tokens) -> tuple[Kind, _Speaker | None, bool]:
    """Return the kind of text[start:end], its speaker, and whether a pronoun stands for the speaker before."""
    words = _words()
    before = tokens.between(start - _BEFORE, start)
    for n in range(len(before) - 1, -1, -1):
        if before[n].key in (".", "!", "?", "...") and text[before[n].end].isspace():
            before = before[n + 1 :]
            break
    length = len(_WORD.findall(text, start, min(end, start + 400)))
    last = before[-1].key if before else ""
    named = {t.key.removeprefix("و").removeprefix("ب").removeprefix("ل") for t in before[-1:]} | {last}
    if len(before) > 1 and last.startswith("ال"):
        named.add(before[-2].key)
    colon = last in (":", "：")
    told = colon or last in words.that or last in words.participle or last in words.said
    if named & words.names and length < _SENTENCE + 2:
        return "term", None, False
    cue = _cue(before)
    if cue is None:
        if colon and len(before) <= _LONGEST_SPEAKER and not any(t.key in words.stop for t in before):
            return "direct", _who(before[:-1]), False  # a headline: فلان: "…"
        after = tokens.between(end, end + _AFTER)
        # «…»، على حد تعبير فلان: what says whose words they are may stand a little further.
        following = next((i for i, t in enumerate(after[:3]) if t.key in words.saying), None)
        if following is None:
            following = next((i for i, t in enumerate(after[:5]) if t.key in words.source), None)
        if following is not None and length >= _WORDS:
            speaker = _subject_after(after, following)
            return "direct", speaker, speaker is None
        return ("direct" if length >= _SENTENCE + 2 and told else "term"), None, False
    i, speaker = cue
    if last in words.verb and length < _WORDS:
        return "term", None, False  # the subject of the verb: وكتب "فلان"
    # What is said after أن is the reporter's sentence, and marks within it enclose some words of the speaker's; what
    # follows a verb of saying without it is the speech itself.
    reported = any(t.key in words.that for t in before[i + 1 :])
    kind: Kind = "direct" if colon or (length >= _WORDS and (told or not reported)) else "partial"
    return kind, speaker, speaker is None


def find_quotations(text: str) -> list[FoundQuotation]:
    """Return every stretch between quotation marks, in order, with its speaker where the text nearby names one.

    Linear in the length of the text for any input; never raises.
    """
    found: list[FoundQuotation] = []
    marks = list(_MARK.finditer(text))
    if not marks:
        return found
    at = 0
    previous = (0, 0)
    known: _Speaker | None = None  # the last speaker of a quotation in this paragraph
    for paragraph in split_paragraphs(text):
        carried, known = known, None
        first = at
        while at < len(marks) and marks[at].start() < paragraph[1]:
            at += 1
        pairs = _pairs(text, *paragraph, marks[first:at]) if at > first else []
        tokens = _Tokens(text, *paragraph, pairs) if pairs else None
        outer_end = term_end = -1
        for start, end, closed in pairs:
            if start < outer_end or tokens is None:  # inside another: a name there, or what its speaker quotes
                found.append(FoundQuotation(start, end, "term", closed))
                continue
            outer_end = end
            kind, speaker, pronoun = _speech(text, start, end, tokens)
            coordinated = term_end >= 0 and _AND.fullmatch(text, term_end, start) is not None
            if kind == "term" or ((not closed or coordinated) and end - start < _SHORT):
                term_end = end
                found.append(FoundQuotation(start, end, "term", closed))
                continue
            how: How | None = speaker.how if speaker else None
            if pronoun:
                how = "pronominal"
                speaker = known or _last_named(tokens.between(start - _NEIGHBOUR, start))
                if speaker is None:
                    begin = max(previous[0], previous[1] - _NEIGHBOUR)
                    speaker = _last_named(_Tokens(text, begin, previous[1]).between(*previous)) or carried
            if speaker is None:
                found.append(FoundQuotation(start, end, kind, closed, how=how))
            else:
                known, (a, b) = speaker, (speaker.start, speaker.end)
                found.append(FoundQuotation(start, end, kind, closed, text[a:b], a, b, how))
        previous = paragraph
    return found


def _last_named(tokens: Sequence[_Token]) -> _Speaker | None:
    """Return the speaker of the last word of saying that names one."""
    for _ in range(_CUES_BACK):
        cue = _cue(tokens)
        if cue is None or cue[1] is not None:
            return cue[1] if cue else None
        tokens = tokens[: cue[0]]
    return None
