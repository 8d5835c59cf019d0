"""Names that could be an outlet's, each with the evidence for it; what is no name of an outlet is passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from rasd.arabic.dates import is_month
from rasd.arabic.text import display, fold
from rasd.reading.credits import SIGNS, is_outlet_name
from rasd.reading.lines import has_number
from rasd.reading.markers import load_markers
from rasd.reading.outlets import Outlets
from rasd.reading.places import places
from rasd.reading.wording import load_words

# Signs, bullets and emoji around a name.
_BARE_NAME = re.compile(r"^[^\w+]+|[^\w+.]+$|(?<!\w\.\w)\.$")
# The same name again in Latin letters, as an address.
_ADDRESS_BEHIND = re.compile(r"(?<=[\u0621-\u064a])\s+[\[(]?[A-Za-z][\w-]{2,30}\.[a-z]{2,8}$")
# And its letters: "وكالة أنباء الهضبة HNA".
_LETTERS_BEHIND = re.compile(r"(?<=[\u0621-\u064a])\s+[\[(]?[A-Z]{2,5}[\])]?$")
TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
# The years that a footer says behind the outlet's name.
YEARS = re.compile(r"\s*(?:[-–]?\s?(?:19|20|١٩|٢٠)[0-9٠-٩]{2}\s?){1,2}$")
_QUOTES = re.compile("[«»]")
# It is no sort of outlet, though folding makes it one.
_PUBLISHED_IT = "نشره "
# What stands behind a name and is none of it: the number of its issue, a day in figures, agencies beside it.
_TAIL = re.compile(
    r"(?<=\S)\s*(?:[،,+–|-]\s*(?:ال)?(?:عدد|وكالات)\b.*|\s[0-9٠-٩]{1,2}[/-][0-9٠-٩]{1,2}(?:[/-][0-9٠-٩]{0,4})?.*"
    r"|\s[0-9٠-٩]{1,2}\s[^\W\d_]{3,10}\s[0-9٠-٩]{4}.*)$"
)
_HOW_OFTEN = re.compile(r"(?<=\S)\s(?:ال)(?:شهرية|أسبوعية|يومية|فصلية|أسبوعي|شهري|يومي)$")
# A name in quotation marks behind its sort: 'صحيفة "السهل"', "ملحق «السهل» الثقافي".
_SORT_AND_QUOTED = re.compile(r"(?P<sort>[^\W\d_]+)\s+[«\"“](?P<name>[^«»\"“”]{2,40})(?:[»\"”].*)?$")
# What the page says by these is a name, be it a town's, an agency's letters or of words that names seldom hold.
_NAMED = frozenset((
    "source", "quoted in a line", "quoted behind its sort", "taken from", "learned in text: its doing",
    "told in text: said so", "naming: of itself", "channel", "in the place of a headline",
))  # fmt: skip
# An outlet that is a number has so many digits at least.
_DIGITS = 3
# An adjective with article and ending has more letters than this.
_ADJECTIVE = 5
_NO_LETTERS = SIGNS + "#"


@dataclass(slots=True)
class Candidate:
    """A name that could be the outlet's, as it stands first on the page; where that is, and all the evidence for it.

    `sorted` is the name with its sort, where the same place has it with it ("صحيفة السهل").
    """

    name: str
    at: int
    sorted: str | None = None
    evidence: set[str] = field(default_factory=set)


class Candidates:
    """The names found; spellings that differ by their sort (صحيفة السهل, السهل) are one name."""

    def __init__(self, writer: str | None) -> None:
        self.found: dict[str, Candidate] = {}
        self.writer = writer

    def give(self, name: str | None, evidence: str, at: int) -> Candidate | None:
        """Add a piece of evidence to a name that stands there on the page; what is no name is passed over."""
        name = display(name[:80]) if name else ""
        name = _without_tail(name)
        if name and not (name[0].isalnum() and name[-1].isalnum()):
            name = _BARE_NAME.sub("", name)
        name = _ADDRESS_BEHIND.sub("", name.removeprefix("خاص "))
        if name[-1:].isdigit():
            name = YEARS.sub("", name).rstrip(" ,،")
        elif name[-1:].isascii():
            name = _LETTERS_BEHIND.sub("", name)
        if ("«" in name) != ("»" in name):
            name = _QUOTES.sub("", name)
        if not name or not could_be_outlet(name, named=evidence in _NAMED):
            return None
        found = self.found.setdefault(key_of(name), Candidate(name, at))
        if at < found.at:
            found.name, found.at, found.sorted = name, at, None
        elif at == found.at and name.endswith(f" {found.name}") and not name.startswith(_PUBLISHED_IT):
            found.sorted = name
        found.evidence.add(evidence)
        return found


def _without_tail(name: str) -> str:
    """Return a name without what stands around it: "صحيفة السهل، العدد 15" is "صحيفة السهل"."""
    if '"' in name or "«" in name or "“" in name:
        quoted = _SORT_AND_QUOTED.match(name)
        name = quoted["name"] if quoted and fold(quoted["sort"]) in load_words().sort else name
    if any(map(name.__contains__, "،,+-–|/")) or has_number(name):
        name = _TAIL.sub("", name)
    if name.count(" ") > 1 and name.endswith(("ية", "ي")) and _is_sort(name.partition(" ")[0]):
        name = _HOW_OFTEN.sub("", name)
    return name


def _is_sort(word: str) -> bool:
    """Return whether a word says what an outlet is, and not how often it appears by itself: "يومية"."""
    return (folded := fold(word)) in load_words().sort and folded not in load_words().describing


@lru_cache(maxsize=1 << 12)
def could_be_outlet(name: str, *, named: bool = False) -> bool:
    """Return whether a name could be an outlet's; `named` where the page says that it is somebody's."""
    folded = fold(name).strip(SIGNS).replace(" تي في", " تيفي")
    table, words = load_words(), folded.split()
    if " - " in folded and all(part.strip(SIGNS) in table.nobody for part in folded.split(" - ")):
        return False
    if len(name) > 60 or not words or folded in table.nobody or folded in table.unnamed or folded.startswith("نا "):
        return False
    if folded.isdigit() and len(folded) < _DIGITS:
        return False  # a page's number
    if folded.startswith("المحرر ") or table.describing.issuperset(words):
        return False
    if "@" in name or "·" in name or name.startswith(("in ", "on ", "by ", "إنجاز ")):
        return False
    if named and len(words) <= 4 and table.joining.isdisjoint(words) and table.address.isdisjoint(words):
        return any(not word.isdigit() for word in words) and not table.sort.issuperset(words)
    if not any(word.isdigit() or TWO_LETTERS.search(word) for word in words) or table.sort.issuperset(words):
        return False
    if words[0].isdigit() and len(words) > 2 and Outlets.load().match(name) is None:
        return False  # "6 دقائق قراءة"
    if (
        folded.startswith("لل")
        or (is_month(words[0]) and words[-1].isdigit())
        or all(word in places() for word in words)
    ):
        return False
    inside = words[1:-1] if len(words) > 2 else ()
    ends = (words[0], words[-1])
    if not table.joining.isdisjoint(ends) or not table.nameless.isdisjoint(words):
        return False
    if len(words) > 4 and not table.joining.isdisjoint(inside) and words[0] not in table.institution:
        return False  # a sentence
    if any(word in table.itself or word in table.address for word in words):
        return False
    marked = load_markers().line.get(folded)
    return not (marked is not None and marked[0] in ("navigation", "share", "footer") and not is_outlet_name(name))


@lru_cache(maxsize=1024)
def key_of(name: str) -> str:
    """Return what spellings of one name have in common, whatever sort of outlet they say it is."""
    return "".join(_without_sort(_words(name)))


def bare_key_of(name: str) -> str:
    """Return the key of a name without what goes with its sort: "صحيفة السهل التونسية" and "السهل" have one.

    An adjective at its end goes with its sort where it has that word's gender; it says how often, in which country or
    of what the outlet tells, and a page writes it as it likes.
    """
    words = _words(name)
    bare = _without_sort(words)
    if len(bare) < len(words):
        ending = "يه" if words[0].endswith("ه") else "ي"
        while len(bare) > 1 and len(bare[-1]) > _ADJECTIVE and bare[-1].startswith("ال") and bare[-1].endswith(ending):
            bare = bare[:-1]
    return "".join(bare)


def _words(name: str) -> list[str]:
    # "#رواق_الهضبة" is the name in one word.
    return [bare for word in fold(name).replace("_", " ").split() if (bare := word.strip(_NO_LETTERS))]


def _without_sort(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0] in load_words().sort:
        words = words[1:]
    return words
