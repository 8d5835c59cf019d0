"""Sentences of a text that a word in them made furniture: taken back once it is known which lines make the text.

"اضغط هنا" is a button, and a report may quote it; "ملاحظة:" heads a correction, and the last paragraph of a recipe. A
marker says what a line is by its words alone; here the text around tells otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rasd.arabic.text import fold
from rasd.reading.drafts import Draft
from rasd.reading.lines import BULLETS, Piece
from rasd.reading.revising import OF_OTHERS, signs_of_questions, take_in
from rasd.reading.wording import WINDOW, shared, speaks_of_itself, speaks_to_reader

# Of finished lines of so many words beside a text that a word made a prompt, and that share so much of their subject
# with it, all are of it on the open pages (seven of seven; of shorter ones, and of those that share less, few are).
_WORDS, _SHARED = 16, 0.2
# So many words has a note that tells something.
_NOTE_WORDS = 9
_NOTE = fold("ملاحظة")
# What a note says of the page, of its pictures and of how it was written.
_OF_THE_PAGE = re.compile("نشر|صور|أسماء|صحح|صُح|تصحيح|خطأ|تحرير|تقرير")
_OPENING = fold("بسم الله الرحمن الرحيم")
# Whom a letter, an appeal or a speech speaks to, on a line of so many words at its beginning, one or two of them.
_GREETING_WORDS, _GREETINGS = 8, 2
# An interview has so many turns with their two signs at least, and a question so many words.
_TURNS, _ASKED = 2, 3
# Who speaks has so many characters at most.
_NAME_CHARACTERS = 80
_SPEAKER = re.compile(r"(?P<voice>\([^\W\d_]+)(?: [^\W\d_]+){0,3}\)\s?:\s|(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,3})\s?:\s")
_GREETING = re.compile(
    r"(?:السيد[هة]?|الساد[هة]|معالي|سعاد[هة]|فخام[هة]|حضر[هة]|حضرات)\b.*(?:[،,:!]$|المحترم|رييس|مدير|محرر|التحرير)"
    r"|(?:ايها|ايتها|عزيزي|عزيزتي|اعزايي|اخي|اختي|اخوتي|سيدي|سيدتي|صديقي|الي من|يا)\b"
    r".*(?:[،,:!]|\.\.|…)$|السلام عليكم\b|(?:ايها|ايتها)\b.*\bبعد (?:السلام|التحيه)\b|تحي[هة]\b.*وبعد"
    r"|جماهير\b|(?:زميلاتنا|زملاءنا|الزملاء|الزميلات)\b(?!.*[.؟]$)"
)


def take_back(pieces: list[Piece], drafts: Sequence[Draft]) -> None:
    """Give sentences back to the main text that a word in them made furniture.

    Args:
        pieces: the lines of the page, labelled.
        drafts: its articles; the first one's text is changed.
    """
    if not drafts or not drafts[0].body:
        return
    main = drafts[0]
    body = set(main.body)
    found = [
        *_greetings(pieces, main),
        *_questions(pieces, main),
        *_turns(pieces, main),
        *_below_a_heading(pieces, main),
    ]
    entries = _entries(pieces, main)
    for i in range(max(0, main.body[0] - 1), min(len(pieces), main.body[-1] + 3)):
        line = pieces[i]
        if (
            i in body
            or i in found
            or line.mark is None
            or line.kind in ("tweet", "related_article")
            or not ({i - 1, i + 1} & body or i in entries)
        ):
            continue
        opens = i == main.body[0] - 1 and main.title is not None and main.title < i
        if (
            (opens and fold(line.text) == _OPENING)
            or (line.known == "correction" and i - 1 in body and _tells(line))
            or (line.known == "prompt" and line.ends and i in entries)
            or (line.known == "prompt" and line.ends and line.words >= _WORDS and _is_told(pieces, main, line))
        ):
            found.append(i)
    take_in(pieces, main, found, "sentence_taken_back", heading=False)
    main.reach = max(main.reach, main.body[-1])


def _greetings(pieces: Sequence[Piece], main: Draft) -> list[int]:
    """Return the lines right above a text that say whom it speaks to."""
    found: list[int] = []
    for i in range(main.body[0] - 1, main.title if main.title is not None else main.body[0], -1):
        line = pieces[i]
        opens = bool(found) and line.folded == fold(_OPENING)
        greets = opens or (line.words <= _GREETING_WORDS and _GREETING.match(line.folded) is not None)
        if not greets or line.kind in ("tweet", "related_article", "tags") or len(found) > _GREETINGS - (not opens):
            break
        found.append(i)
    return found


def _questions(pieces: Sequence[Piece], main: Draft) -> list[int]:
    """Return lines with the sign of an interview's questions above an answer, and answers between two of them."""
    body = set(main.body)
    signed = [i for i in main.body if pieces[i].text[0] in BULLETS and i + 1 in body]
    pairs = Counter(
        (pieces[i].text[0], pieces[i + 1].text[0]) for i in signed if pieces[i].text[0] != pieces[i + 1].text[0]
    )
    signs = signs_of_questions(pieces, main)
    answers = [
        i
        for i in range(main.body[0] + 2, main.body[-1])
        if i not in body
        and {i - 1, i + 1} <= body
        and pieces[i].prose
        and pieces[i].kind not in OF_OTHERS
        and pieces[i - 1].text[-1] in "؟?"
        and pieces[i - 1].text[0] == pieces[i + 1].text[0]
        and pieces[i - 1].text[0] in signs
    ]
    asked = [pair for pair, count in pairs.items() if count >= _TURNS and pair[1] in BULLETS]
    if not asked:
        return answers
    return answers + [
        i
        for i in range(main.body[0] + 1, main.body[-1])
        if i not in body
        and i + 1 in body
        and pieces[i].words >= _ASKED
        and (pieces[i].text[0], pieces[i + 1].text[0]) in asked
        and pieces[i].kind not in ("tweet", "related_article")
    ]


def _turns(pieces: Sequence[Piece], main: Draft) -> list[int]:
    """Return the lines beside the text that begin with who speaks in it again and again: "المذيعة: …"."""
    body = set(main.body)
    speakers = Counter(_speaker(pieces[i].text) for i in main.body)
    found = []
    for i in range(main.body[0] + 1, min(len(pieces), main.body[-1] + 3)):
        line = pieces[i]
        speaker = _speaker(line.text)
        beside = i - 1 in body or (i - 2 in body and pieces[i - 1].words <= _ASKED)
        if i not in body and beside and line.mark is None and line.ends and line.kind not in OF_OTHERS:
            bracketed = speaker is not None and speaker[0] == "("
            if speaker is not None and speakers[speaker] >= (1 if bracketed and i + 1 in body else _TURNS):
                found.append(i)
    return found


def _speaker(text: str) -> str | None:
    """Return who speaks at the beginning of a line: what stands before its colon, in brackets its first word."""
    found = _SPEAKER.match(text) if ":" in text[:_NAME_CHARACTERS] else None
    return fold(found["voice"] or found["name"]) if found is not None else None


def _below_a_heading(pieces: Sequence[Piece], main: Draft) -> list[int]:
    """Return the sentence right below a heading that the text would end with: what it heads is of the text, too."""
    last, i = main.body[-1], main.body[-1] + 1
    if not pieces[last].heading or pieces[last].ends or i >= len(pieces) or len(main.body) <= _GREETINGS:
        return []
    line = pieces[i]
    told = line.prose and line.ends and line.kind not in OF_OTHERS and not line.gap and _speaker(line.text) is None
    return [i] if told and not speaks_to_reader(line.folded) and not speaks_of_itself(line.text) else []


def _entries(pieces: Sequence[Piece], main: Draft) -> set[int]:
    """Return the lines below the times of entries, where several of them are of the text."""
    times = {i + 1 for i, line in enumerate(pieces) if line.known == "time"}
    return times if len(times.intersection(main.body)) >= _TURNS else set()


def _tells(line: Piece) -> bool:
    """Whether a note tells something of the matter, and nothing of the page."""
    plain = fold(line.known_by) == _NOTE
    told = line.ends and line.words >= _NOTE_WORDS
    return plain and told and _OF_THE_PAGE.search(line.text) is None and not speaks_of_itself(line.text)


def _is_told(pieces: Sequence[Piece], main: Draft, line: Piece) -> bool:
    """Whether a line shares its subject with the text."""
    text = " ".join(pieces[i].folded for i in main.body)[:WINDOW]
    return shared(line.folded, text) >= _SHARED
