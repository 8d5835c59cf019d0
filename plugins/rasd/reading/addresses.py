"""Addresses and handles that spell a name in Latin letters: "raqib.example" beside رقيب."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rasd.arabic.text import fold
from rasd.reading.lines import is_foreign

_ADDRESS = re.compile(r"@([A-Za-z][\w.-]{2,40})|(?<![\w.@])(?:www\.)?([A-Za-z][\w-]{2,30})\.[a-z]{2,8}(?:/(\w{3,40}))?")
_HOSTS_OF_ALL = frozenset((
    "facebook", "twitter", "t", "instagram", "youtube", "telegram", "whatsapp", "gmail", "yahoo", "hotmail", "google",
    "play", "apps", "apple", "tiktok", "snapchat", "linkedin", "x", "example", "mail", "outlook", "threads",
))  # fmt: skip


def addresses(text: str) -> list[str]:
    """Return the consonants of the addresses and handles in a text."""
    if "@" not in text and "." not in text:
        return []
    found = {part.lower() for hit in _ADDRESS.finditer(text) for part in hit.groups() if part}
    return sorted(
        {bones for part in found - _HOSTS_OF_ALL if len(bones := _bones_of_latin(part.partition(".")[0])) > 2}
    )


_SOUNDS = (
    ("sh", "S"), ("ch", "S"), ("kh", "K"), ("gh", "G"), ("th", "t"), ("dh", "d"), ("ou", ""), ("oo", ""), ("ph", "f"),
    ("c", "k"), ("q", "k"), ("x", "ks"), ("p", "b"), ("v", "f"),
)  # fmt: skip
_LETTERS = str.maketrans(
    {
        "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "K", "د": "d", "ذ": "d", "ر": "r", "ز": "z",
        "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "G", "ف": "f", "ق": "k", "ك": "k", "ل": "l",
        "م": "m", "ن": "n", "گ": "g", "چ": "S", "ڤ": "f",
        **dict.fromkeys("اأإآىئءؤعوي ةه-_.ـ", ""),
    }
)  # fmt: skip
_NO_BONES = re.compile(r"[^a-zSKG]|[aeiouywh]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 10)
def _bones_of_latin(name: str) -> str:
    for written, sound in _SOUNDS:
        name = name.replace(written, sound)
    return _TWICE.sub(r"\1", _NO_BONES.sub("", name).replace("g", "j").replace("G", "j"))


@lru_cache(maxsize=1 << 12)
def _bones(name: str) -> str:
    bones = fold(name).translate(_LETTERS).replace("h", "").replace("G", "j").replace("g", "j")
    return _TWICE.sub(r"\1", "".join(c for c in bones if c.isascii() and c.isalpha()))


def spells(name: str, written: Sequence[str]) -> bool:
    """Return whether an address spells a name in other letters, by its consonants."""
    bones = _bones_of_latin(name.lower().replace(" ", "")) if is_foreign(name) else _bones(name)
    if len(bones) < 3:
        return False
    short = _bones(re.sub(r"(?<!\S)ال", "", name))
    return any(
        one in (bones, short) or (len(bones) > 3 and (bones in one or (len(one) > 3 and one in bones)))
        for one in written
    )
