"""Copyright lines: who a page belongs to, by what is left of the line without its set words (`seeds/phrases.csv`)."""

from __future__ import annotations

import re

from rasd.arabic.text import display, fold
from rasd.reading.candidates import TWO_LETTERS
from rasd.reading.credits import SIGNS, is_outlet_name
from rasd.reading.lines import Piece, has_number
from rasd.reading.phrases import BEHIND_RIGHTS, BESIDE_RIGHTS, HELD_BY, PUBLISHER, RIGHTS, load_phrases
from rasd.reading.places import places

# What is no name beside the set words: the signs of a copyright, and years.
_SIGNS = re.compile(r"©|\([cC]\)|[0-9٠-٩]{4}\s?(?:هـ?ـ*|م)?(?!\w)")
_SIGN = re.compile(r"©|\([cC]\)")
_PARTS = re.compile(r"\s[-–—]\s|\s?\|\s?")
_LONG = 90
_SENTENCE_BREAK = re.compile(r"[.!؟]\s|\s·\s")
# What stands between "held" and by whom, and a sign behind other words.
_TO = re.compile(r"\s*(?:[،,:：©]|لـ*(?=\w))\s*")
_SIGN_INSIDE = re.compile(r"\s©\s*(?=[^\W\d])")
_FOR = re.compile(r"^لـ*\s*(?=\S{3})")


def speaks_of_rights(line: Piece) -> bool:
    """Return whether a line is a copyright line: a sign or set words say so."""
    if "©" in line.text or _SIGN.search(line.text) is not None:
        return True
    phrases = load_phrases()
    return phrases.may_stand_in(RIGHTS, line) and bool(phrases.spans(RIGHTS, line.text))


def _without(text: str) -> str:
    """Return a copyright line with blanks for its set words, signs and years."""
    for start, end in load_phrases().spans((*RIGHTS, *BESIDE_RIGHTS), text):
        text = text[:start] + " " * (end - start) + text[end:]
    return _SIGNS.sub(" ", text)


def _behind_holding(text: str) -> str | None:
    """Return what stands behind the words, or the sign, that the holder stands behind; None where there are none."""
    beside = load_phrases().spans(BESIDE_RIGHTS, text)
    for _, end in load_phrases().spans(HELD_BY, text):
        to = next((on for at, on in beside if at >= end and not text[end:at].strip()), None)
        if to is None and (sign := _TO.match(text, end)) is not None:
            to = sign.end()
        if to is not None and len(text[to:].strip()) > 2:
            return text[to:]
    inside = _SIGN_INSIDE.search(text)
    return text[inside.end() :] if inside is not None else None


def _held(text: str) -> str | None:
    left = " ".join(_without(text).split()).strip(SIGNS + "©.")
    if fold(left).partition(" ")[0] not in places():
        left = _FOR.sub("", left).strip(SIGNS)
    left = next((found.name for found in load_phrases().find_in(PUBLISHER, left) if found.start == 0), left)
    return left if 1 <= len(left.split()) <= 5 and not has_number(left.replace("24", "")) else None


def rights_holder(text: str) -> str | None:
    """Return who a copyright line says a page belongs to: "جميع الحقوق محفوظة © بوابة الحقل 2024"."""
    if len(text) > _LONG and "©" in text:
        text = text[text.index("©") :]  # what is glued to the line before it is not of it
    name = display(text)
    if (behind := _behind_holding(name)) is not None and TWO_LETTERS.search(left := _without(behind)):
        name = left
    ends = [start for start, _ in load_phrases().spans(BEHIND_RIGHTS, name) if start]
    if (sentence := _SENTENCE_BREAK.search(name)) is not None:
        ends.append(sentence.start())
    cut = min(ends, default=len(name))
    for piece in filter(None, (name[:cut], name[cut:])):
        held = [_held(part) for part in _PARTS.split(piece)]
        held = [name for name in held if name and fold(name) not in places()]
        if held:
            return next((name for name in held if is_outlet_name(name)), held[0])
    return None
