"""Whether two spellings are one name: ways in which Arabic writes the same foreign name, and the same Arabic one."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest

from rasd.annotating.names import arabic_names, phrase

# Consonants that writers use for one another in foreign names: غ ج for g (the Levant and the Gulf, Egypt), ق ك, ط ت,
# ث ت, ذ د, تش ش; v is ف (ڤ folds to it).
_SOUNDS = str.maketrans("غقطثذ", "جكتتد")
_VOWELS = "اوي"
# Spellings of one name differ by a long vowel written or not (ترامب, ترمب) or written otherwise (ديفيد, دافيد): by one
# where the longer spelling has five letters, by two left out from seven on. In shorter words a vowel makes another name
# (سالم, سليم).
_SHORTEST = 5
_LONG = 7
_JOINED_TO_NEXT = frozenset({"عبد", "ابو", "ابي", "ابا"})
_JOINED_TO_LAST = frozenset({"الله", "الدين", "اوغلو", "اوغلي", "زاده"})
# One syllable that ends in ng, folded and as `sounds` gives it.
_CHINESE = re.compile("[^اوي]{1,2}[اوي]{1,2}نج")
SON_OF = frozenset({"بن", "ابن"})


def nominative(name: str) -> str:
    """Return a folded name with its kunya as it is cited: أبا طارق and أبي طارق are أبو طارق."""
    first, _, rest = name.partition(" ")
    return f"ابو {rest}" if rest and first in ("ابا", "ابي") else name


@lru_cache(maxsize=1 << 16)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name for comparison: folded, what makes one name joined (عبد الله, نور الدين), no marks."""
    joined: list[str] = []
    for word in phrase(name).split(" "):
        if not any(c.isalnum() for c in word):
            continue
        if joined and (joined[-1] in _JOINED_TO_NEXT or word in _JOINED_TO_LAST):
            joined[-1] += word
        else:
            joined.append(word)
    return tuple(joined)


def same_word(a: str, b: str, *, article: bool = False) -> bool:
    """Whether two folded words are spellings of one name; with `article`, ال before one of them counts for nothing."""
    if article:
        a, b = a.removeprefix("ال") or a, b.removeprefix("ال") or b
    if a == b:
        return True
    if _is_arabic(a) or _is_arabic(b):
        return False
    a, b = sounds(a), sounds(b)
    if a == b:
        return len(a) > 3
    # A vowel at the end tells names apart: بيتروفا and بيتروف, كارلو and كارل, الموصلي and الموصل. A Chinese syllable
    # has none to spare.
    if (a[-1] != b[-1] and (a[-1] in _VOWELS or b[-1] in _VOWELS)) or _CHINESE.fullmatch(a) or _CHINESE.fullmatch(b):
        return False
    longest = max(len(a), len(b))
    if longest < _SHORTEST or a[0] != b[0] or _consonants(a) != _consonants(b):
        return False
    left_out, exchanged = _vowel_differences(a, b)
    return left_out + exchanged <= (2 if longest >= _LONG and not exchanged else 1)


def _is_arabic(word: str) -> bool:
    """Whether a folded word is a name of Arabic, of which each letter counts.

    A given name, a servant of one of God's names (عبد القادر, عبد القدير), a family's adjective (الجبري, الجبوري).
    """
    return (
        word in arabic_names()
        or word.startswith(("عبدال", "عبيدال"))
        or (word.startswith("ال") and word.endswith("ي") and len(word) > 5)
    )


def sounds(word: str) -> str:
    """Return a folded word with one letter for each sound of a foreign name, and double letters once."""
    return re.sub(r"(.)\1+", r"\1", word.replace("تش", "ش").translate(_SOUNDS))


def skeleton(word: str) -> str:
    """Return a key that all spellings of a word share (`same_word` says which of those that share it are one)."""
    word = sounds(word.removeprefix("ال") or word)
    return word[:1] + _consonants(word)[len(_consonants(word[:1])) :]


def _consonants(word: str) -> str:
    return re.sub(f"[{_VOWELS}]", "", word)


def _vowel_differences(a: str, b: str) -> tuple[int, int]:
    """Return how many vowel letters one of two words with the same consonants leaves out, and how many it exchanges."""
    left_out = exchanged = 0
    for x, y in zip_longest(*(re.split(f"[^{_VOWELS}]", word) for word in (a, b)), fillvalue=""):
        common = sum(min(x.count(c), y.count(c)) for c in _VOWELS)
        both = min(len(x), len(y)) - common
        exchanged += both
        left_out += max(len(x), len(y)) - common - both
    return left_out, exchanged


def same_name(a: tuple[str, ...], b: tuple[str, ...], *, article: bool = False) -> bool:
    """Whether two names (as `words_of` gives them) are one, word by word.

    بن between the names may be left out, and ال before the last of several that is no given name (بشر الخصاونة).
    """
    if a != b and (len(a) > 1 or len(b) > 1):
        a, b = (tuple(w for w in name if w not in SON_OF) for name in (a, b))
        if len(a) < 2:
            return False
    if len(a) != len(b) or not all(same_word(x, y, article=article) for x, y in zip(a[:-1], b[:-1], strict=True)):
        return False
    given = arabic_names()
    family = len(a) > 1 and not any(w.removeprefix("ال") in given for w in (a[-1], b[-1]))
    return same_word(a[-1], b[-1], article=article or family)


def is_within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether a name of two words or more is a longer one with words between its first and last left out."""
    if not 2 <= len(part) < len(whole) or not same_word(part[0], whole[0]) or not same_word(part[-1], whole[-1]):
        return False
    rest = iter(whole[1:-1])
    return all(any(same_word(word, other) for other in rest) for word in part[1:-1])
