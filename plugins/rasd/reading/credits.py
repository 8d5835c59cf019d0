"""Who wrote and who published: names read from the lines that stand around an article.

A line of credits is read in parts ("القاهرة - منى الديب", "خاص – موقع النهر | 3 مارس 2024"), each of a kind: a person,
a place, a day, an agency, an outlet. A page says its outlet in many places besides (a source line, a masthead, the
copyright line, "follow us on"); each gives its candidates a weight, the weights of one name add up, and the
heaviest name wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rasd.arabic.text import display, fold
from rasd.reading.lines import BLANK, Piece, has_number, is_foreign
from rasd.reading.markers import reference
from rasd.reading.outlets import Outlets
from rasd.reading.places import places
from rasd.reading.wording import load_words

PartKind = Literal["person", "place", "day", "agency", "outlet", "nobody", "name"]

_SIGNS = BLANK + "\"'«»“”:،,.-–—ـ|/()[]*•·؛"
# What stands between the parts of a line of credits; brackets and quotation marks set a part off too.
_BETWEEN = re.compile(r"\s+[-–—ـ]+\s*|(?<=\w)[-–—]\s+|\s*[/|•·،,:؛()\[\]«»\"“”]+\s*|\s{3,}|\t|\s(?=\d{4}[-/.])")
_FROM = re.compile(r"\s+(?:من|في)\s+(?=\S+(?:\s\S+)?$)")
# Words before a name that say what its bearer did for the text, or what he is.
_BY = re.compile(
    r"\s*(?:\*\s*)?(?:"
    r"(?:و?(?:تقديم|تقارير|عدسة|كتبت?ه?ا?|بقلم|حاور(?:ه|ها|ته|تها|هم)?|أجر(?:ى|ت|اه|اها)?\s?(?:ته|تها)?\s(?:الحوار|المقابلة)|[إا]عداد"
    r"|ترجمة|تحرير|أعده|أعدته|أعدها|بواسطة|من\s+مراسلت?نا|ال(?:كاتب|مؤلف|مراسل|محرر)ة?|مراسلة?|مراسلنا|مراسلتنا|موفدنا"
    r"|By|by|Author|Written by))[،,]?\s*(?:[:：/\-–—،,]\s*|(?=\s))"
    # Words that are nouns of the text as well: a sign has to follow them.
    r"|(?:عرض|مراجعة|تصوير|تقرير|تحقيق|حوار|تغطية|متابعة|رصد|كتابة|إشراف|روبورتاج|ريبورتاج|استطلاع|نص)"
    r"\s*[:：/\-–—]\s*)"
)
_TITLES = re.compile(
    r"(?:(?:أ\.?\s?د|د|م|أ|Dr|Mr)\s?[./]\s*|(?:ال)?(?:دكتورة?|أستاذة?|مهندسة?|صحفية?|صحافية?|كاتبة?|زميلة?|محررة?|مراسلة?"
    r"|شيف|إعلامية?|محامية?|باحثة?|عميد|لواء|سفير)\s+(?=\S+\s\S))+"
)
_ROLE_BEHIND = re.compile(r"(?<=\S\s)\s*(?:صحفية?|صحافية?|كاتبة?|مراسلة?|محررة?|باحثة?|إعلامية?|مدونة?)$")
_PERSON = re.compile(r"[^\W\d_]{1,16}\.?(?:\s+[^\W\d_]{1,16}\.?){1,4}")
_LATIN_PERSON = re.compile(r"[A-Z][a-z]+(?:\s[A-Z][a-z.]*){1,2}")
_DAY = re.compile(
    r"§|(?:\S+\s){0,5}(?<![0-9٠-٩])(?:19|20|14|١٩|٢٠|١٤)[0-9٠-٩]{2}(?![0-9٠-٩])\s?(?:م|هـ?ـ*)?(?:\s\S+)?"
    r"|.{0,20}[0-9٠-٩]:[0-9٠-٩]{2}.{0,20}|[0-9٠-٩]{1,2} [^\W\d]{3,10}"
    r"|(?:(?:يوم|منذ|قبل|الساعة|بتوقيت|آخر تحديث|تاريخ|نشر|تحديث|محدث)\b"
    r"|ال(?:سبت|[أا]حد|[إا]?ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b).*"
    r"|(?:صباح|مساء|ظهر|أمس|اليوم)[اًا]*"
)
# A whole day in figures: its strokes part nothing.
_FIGURES = re.compile(
    r"[0-9٠-٩]{1,2}\s?[-/.]\s?(?:[0-9٠-٩]{1,2}|[^\W\d]{3,10})\s?[-/.]\s?[0-9٠-٩]{2,4}م?|[0-9٠-٩]{4}[-/.][0-9٠-٩]{1,2}[-/.][0-9٠-٩]{1,2}"
)
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]{2,30}\.)+[a-z]{2,8})(?:/\S*)?")
_PARTED = re.compile(r"[|،,:؛]|\s[-–—/]\s")
_OURSELVES = ("خاص", "خاص ب", "متابعات", "متابعة", "خاص بـ")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line of credits, cleaned; `name` is what could be a name and is of no known kind."""

    kind: PartKind
    text: str


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    names: set[str] = set()
    for file in ("names/arabic_names.txt", "given_names.txt"):
        for line in reference(file).read_text(encoding="utf-8").split("\n"):
            if not line.startswith("#"):
                names.update(map(fold, line.split()))
    return frozenset(names)


@lru_cache(maxsize=1 << 12)
def is_outlet_name(text: str) -> bool:
    """Return whether a name says by itself that it is an outlet's: a known one, one with its sort, one of the press.

    Such as "صحيفة السهل", "الميزان نيوز", "هنا برس", "raqib.example"; an agency is none.
    """
    known = Outlets.load().match(text)
    if known is not None:
        return known.kind != "agency"
    words = fold(text).strip(_SIGNS).split()
    table = load_words()
    if (
        not words
        or len(words) > 5
        or words[0] in table.joining
        or words[-1] in table.joining
        or _PARTED.search(text.strip(_SIGNS))
    ):
        return False
    if _DOMAIN.fullmatch(text.strip(_SIGNS)):
        return True
    if words[0][0].isdigit() or not table.address.isdisjoint(words) or not table.joining.isdisjoint(words):
        return False
    if not table.press.isdisjoint(words):
        return len(words) > 1
    return 1 < len(words) <= 4 and words[0] in table.sort and words[0] != "وكاله"


def is_agency_name(text: str) -> bool:
    """Return whether a name is that of a known agency, or says that it is an agency's."""
    known = Outlets.load().match(text)
    if known is not None:
        return known.kind == "agency" and fold(text).strip(_SIGNS) not in load_words().nobody
    return text.startswith("وكالة") and fold(text).startswith(("وكاله انباء", "وكاله الانباء"))


def is_person_name(text: str) -> bool:
    """Return whether words are a person's name: two to five, and the first or second a given name."""
    if text.startswith("على "):
        return False  # folded, it is the name Ali
    if has_number(text) or not _PERSON.fullmatch(text):
        return _LATIN_PERSON.fullmatch(text) is not None
    words, table = fold(text).split(), load_words()
    if len(words) > 5 or words[0] in table.reporting or not table.press.isdisjoint(words):
        return False
    if len(words) == 2 and words[0] in ("ابو", "ام"):
        return False  # a nickname of readers
    if words[0] in table.noun and not (
        len(words) <= 3
        and (words[1].startswith("ال") or words[1] in _given_names() or words[1] in ("ابو", "عبد", "بن", "ال"))
    ):
        return False
    if not _given_names().isdisjoint(words[:2]) or words[0] in (
        "ابو",
        "ام",
        "عبد",
        "بن",
        "ابن",
        "سيدي",
        "مولاي",
        "ولد",
    ):
        return words[0] not in table.sort and not words[0].startswith("ال")
    return False


@lru_cache(maxsize=256)  # a line is asked about several times while its page is read
def read_credits(text: str) -> tuple[Part, ...]:
    """Return the parts of a line of credits; one label before them ("كتب:", "بقلم") is taken off."""
    parts: list[Part] = []
    by = False
    rest = _FIGURES.sub("|§|", display(text))
    while found := _BY.match(rest):
        rest, by = rest[found.end() :], True
    for raw in _BETWEEN.split(rest):
        for one in _parted_from_place(raw) if raw else ():
            labelled = _BY.match(one + " ")
            named = one[labelled.end() :] if labelled else one
            by = by or labelled is not None
            if part := _part(named.strip(_SIGNS), by=by):
                parts.append(part)
                by = by and part.kind in ("nobody", "place", "outlet", "agency")
    return tuple(parts)


def _parted_from_place(text: str) -> list[str]:
    """Return a writer and the place that "in" or "from" stands before; else the text as it is."""
    found = _FROM.search(text)
    if found is None or fold(text[found.end() :]).strip(_SIGNS) not in places():
        return [text]
    if not (is_person_name(text[: found.start()]) or is_outlet_name(text[: found.start()])):
        return [text]
    return [text[: found.start()], text[found.end() :]]


def _part(text: str, *, by: bool) -> Part | None:
    if not text or text.startswith("@") or text.endswith("@"):
        return None
    folded, table = fold(text).strip(_SIGNS), load_words()
    first = folded.partition(" ")[0]
    if first in table.joining and not folded.startswith("علي "):
        return Part("nobody", text)
    if folded in table.nobody or first in table.desk:
        return Part("nobody", text)
    if is_outlet_name(text):
        return Part("outlet", text)
    if is_agency_name(text):
        return Part("agency", text)
    if folded in places() or (folded[:1] == "و" and folded[1:] in places()):
        return Part("place", text)
    if _DAY.fullmatch(text):
        return Part("day", text)
    titled = _TITLES.match(text)
    name = _ROLE_BEHIND.sub("", text[titled.end() :] if titled else text)
    if name.count(" ") >= 2 and fold(name.rpartition(" ")[2]) in places() and is_person_name(name.rpartition(" ")[0]):
        name = name.rpartition(" ")[0]
    if is_person_name(name) or ((by or titled) and _PERSON.fullmatch(name) and len(name.split()) <= 4):
        return Part("person", name)
    return Part("name", text)


def is_credit_line(text: str) -> bool:
    """Return whether a short line says who, where and when, and nothing else: each of its parts is of a known kind."""
    if text[-1] in "،؛":
        return False
    parts = read_credits(text)
    if not parts or len(parts) > 8:
        return False
    unknown = [part for part in parts if part.kind == "name"]
    if not unknown:
        return any(part.kind != "nobody" for part in parts)
    if len(parts) == 2 and parts[0].kind == "place" and (":" in text or " " not in unknown[0].text):
        return False  # a place and what happened there: a headline
    if len(parts) == 2 and unknown[0].text.count(" ") > 1 and not _could_be_person(unknown[0].text):
        return False
    # An unknown name beside a known one, two beside two: a writer, a place or an outlet that no table has.
    return 2 * len(unknown) <= len(parts) and all(
        len(part.text.split()) <= 3 and not has_number(part.text) for part in unknown
    )


# --------------------------------------------------------------------------------------------------------- authors


def find_author(lines: Iterable[Piece]) -> str | None:
    """Return the person that lines of facts name as the writer: a line that says so first, then a bare name."""
    lines = [line for line in lines if line.words <= 20]
    for n, line in enumerate(lines):
        if line.mark is None or line.mark.kind not in ("byline", "credit"):
            continue
        if line.mark.kind == "credit":
            if line.mark.text not in ("شارك في التغطية",):
                continue
            parts = read_credits(line.text.partition(":")[2] or line.text)
            if found := next((part.text for part in parts if part.kind == "person"), None):
                return found
            continue
        value = line.mark.value if line.mark.value and line.mark.text != "name and place" else 0
        parts = read_credits("بقلم: " + line.text[value:] if value else line.text)
        if not parts and n + 1 < len(lines):
            # A label alone: the name stands below it.
            parts = read_credits("بقلم: " + lines[n + 1].text) if lines[n + 1].words <= 6 else ()
        if found := next((part.text for part in parts if part.kind == "person"), None):
            return found
        said = line.mark.text not in ("with a date", "name and place") and not _is_ours(parts)
        if said and (found := next((part.text for part in parts if part.kind == "name"), None)):
            return found if len(found.split()) <= 5 and not has_number(found) else None
    for line in lines:
        bare = line.rule.startswith(("short_line", "credit_line"))
        dated = line.mark is not None and line.mark.text in ("date line", "with a date") and len(line.text) < 90
        if (not bare and not dated) or line.text[-1] in "،,؟!":
            continue
        parts = read_credits(line.text)
        if found := next((part.text for part in parts if part.kind == "person"), None):
            return found
        unknown = [part.text for part in parts if part.kind == "name"]
        if len(unknown) == 1 and not _is_ours(parts) and _could_be_person(unknown[0]):
            return unknown[0]
    return None


def _could_be_person(text: str) -> bool:
    """Whether an unknown name has a person's shape: two or three words, the first without the article."""
    words = text.split()
    return (
        2 <= len(words) <= 4
        and _PERSON.fullmatch(text) is not None
        and not text.startswith(("ال", "Al"))
        and fold(words[0]) not in load_words().sort
        and load_words().empty.isdisjoint(folded := fold(text).split())
        and load_words().address.isdisjoint(folded)
        and not any(word.startswith("ال") and word.endswith(("ات", "ية", "ة")) for word in words)
        and not _holds_place(text)
    )


def _holds_place(text: str) -> bool:
    """Whether one of several words is a place: outlets are named so ("صوت عدن"), people hardly ever."""
    words = fold(text).split()
    return len(words) > 1 and any(word in places() and not word.endswith("يه") for word in words)


def _is_ours(parts: tuple[Part, ...]) -> bool:
    """Whether the line says that what follows is the outlet: "خاص - …", "متابعات …"."""
    return any(part.kind == "nobody" and fold(part.text) in map(fold, _OURSELVES) for part in parts[:1] + parts[-1:])


# --------------------------------------------------------------------------------------------------------- outlets

_PUBLISHED_IN = re.compile(
    r"^\s*(?:نُ?شر(?:ت)?|منشور|تم النشر)\s+(?:في|على|ب)\s+(?P<outlet>[^\d\s:](?:(?!\d{3})[^:]){1,59}?)"
    r"\s+(?:يوم|بتاريخ|في|الساعة)\s+.*\d"
)
_POST_HEAD = re.compile(r"^(.{2,60}?)[,،]?\s*\[")
_HOST = re.compile(r"https?://(?:www\.)?([^/\s]+)")
_SORT_BEFORE = re.compile(r"(?:صحيفة|جريدة|موقع|بوابة|قناة|شبكة|مجلة|إذاعة|منصة|نشرة)\s$")
_IN_QUOTES = re.compile(r"[«\"“]([^«»\"“”]{2,30})[»\"”]")
_TOLD = re.compile(r"\bلـ?ـ*\s?[«\"“]([^«»\"“”]{3,30})[»\"”](?=\s*:)")
_TOLD_US = re.compile(r"ل(?<=\bل)ـ*\s?[«\"“]([^«»\"“”]{3,30})[»\"”]")
_FIRST_ON = re.compile(r"(?:أولا[ًا]*|أولًا|appeared first)\s+(?:على|في|on)\s+(.{2,60})$")
_OURS = re.compile(r"\bخاص\s+(?:بـ?ـ*\s*|ل[ـ]*\s*)(.{2,40})$")
# The copyright line: what is left of it without its set words is the name.
_RIGHTS_WORDS = ("حقوق", "©", "(c)", "(C)", "Copyright", "copyright", "Rights", "rights")
_RIGHTS = re.compile(
    r"(?:جميع|كافة|كل)\s+(?:ال)?حقوق(?:\s+(?:النشر|الطبع|الملكية|والنشر|الفكرية))*(?:\s+(?:محفوظة|محفوظه))?"
    r"|حقوق\s+(?:النشر|الطبع|النسخ|الملكية)(?:\s+والنشر)?|محفوظة|محفوظه|لدى\s|©|\([cC]\)|[Cc]opyright"
    r"|[Aa]ll [Rr]ights [Rr]eserved|[Tt]ous droits r[ée]serv[ée]s|[0-9٠-٩]{4}\s?(?:هـ?ـ*|م)?(?!\w)|[-–—|]"
)
_SENTENCE_BREAK = re.compile(r"[.!؟]\s|\s(?:غير مسؤول|ولا يجوز|يمنع|لا يجوز|تصميم|برمجة|Powered|Designed)")
_FOR = re.compile(r"^لـ*\s*(?=\S{3})")
# Lines about the site that name it: whose opinion a column is not, whom to follow, what to install.
_NAMING = (
    re.compile(
        r"(?:رأي|آراء|سياسة|موقف|توجهات?|وجهة نظر|مواقف)\s+(?P<name>[^.،؛]{3,40}?)"
        r"(?=\s+(?:التحريرية|بالضرورة|الرسمي|ولا|أو|و?إنما)|[.،؛\s]*$|[.،؛])"
    ),
    re.compile(
        r"(?:تابع\w*|انضم\w*|اشترك\w*|حمل\w*|حمّل\w*|نزّل\w*|زوروا)\s+(?:آخر\s+|كل\s+)?(?:أخبار\s+|إلى\s+|في\s+|مع\s+)*"
        r"(?:(?:قناة|تطبيق|نشرة|صفحة|حساب|مجموعة|جروب|خدمة|موقع)\s+)?(?P<name>[^\d.،:!]{3,40}?)"
        r"\s+(?:على|عبر|في|الآن|لتصلك|ليصلك|لمعرفة|من)\b"
    ),
    re.compile(
        r"(?:تصدر عن|يصدر عن|من إنتاج|إنتاج|تصدرها|يصدرها)\s+"
        r"(?:(?:مؤسسة|شركة|دار)\s+)?(?P<name>[^\d.،:!]{3,40}?)"
        r"(?:\s+لل|[.\s]*$)"
    ),
    re.compile(r"^(?P<name>[^\d.،:!]{3,40}?)\s+(?:غير\s+مسؤولة?|لا\s+تتحمل|لا\s+يتحمل|ليست\s+مسؤولة)\s"),
    re.compile(r"\b(?:لمحرري|مراسل[وي]?|لمراسل|كتّاب|قراء|متابعي)\s+(?P<name>[^\d.،:!]{3,30})$"),
)
_NAMING_WORDS = (
    "صدر", "إنتاج", "رأي", "آراء", "سياسة", "موقف", "توجه", "وجهة", "تابع", "انضم", "اشترك", "حم", "نزّل", "زوروا",
    "مسؤول", "تحمل",
)  # fmt: skip
# What each way of naming an outlet weighs. A line that names the text's source outweighs all that the site says.
_WEIGHT = {
    "source": 12, "published in": 10, "post": 9, "credit": 7, "ours": 7, "dateline": 6, "feed": 6, "channel": 6,
    "told": 5, "quoted": 5, "site tail": 5, "rights": 4, "unknown": 4, "told in text": 4, "naming": 3, "masthead": 3,
    "domain": 1,
}  # fmt: skip
_FURNITURE = ("navigation", "boilerplate", "metadata")
# So many lines at the head and at the foot of a page speak of the site.
_EDGE = 40
# So much of a text is looked through for its outlet's own name: a long report many times over.
_LOOKED_THROUGH = 40_000


# Signs, bullets and emoji around a name.
_BARE_NAME = re.compile(r"^[^\w+]+|[^\w+.]+$|(?<!\w\.\w)\.$")


class Ballot:
    """Names with the weights given to them; spellings that differ by their sort (صحيفة السهل, السهل) are one name."""

    def __init__(self) -> None:
        self.doubtful: list[str] = []  # names beside a place or a day: a writer's, or the outlet's
        self._weights: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def give(self, name: str | None, how: str) -> None:
        """Add the weight of a way of naming to a name; what is no name is passed over."""
        name = _BARE_NAME.sub("", display(name[:80])).removeprefix("خاص ") if name else ""
        folded = fold(name).strip(_SIGNS)
        table, words = load_words(), folded.split()
        if not name or len(name) > 60 or folded in table.nobody or folded in table.unnamed or folded.startswith("نا "):
            return
        if folded.startswith("لل") or all(word in places() for word in words):
            return
        if not table.joining.isdisjoint(words) or not table.nameless.isdisjoint(words):
            return
        if any(word in table.itself or word in table.address for word in words):
            return
        key = _bare(name)
        self._weights[key] = self._weights.get(key, 0) + _WEIGHT[how]
        self._names.setdefault(key, name)

    def __bool__(self) -> bool:
        return bool(self._names)

    def best(self) -> str | None:
        """Return the heaviest name, the first of several."""
        if not self._names:
            return None
        return self._names[max(self._weights, key=lambda key: self._weights[key])]


@lru_cache(maxsize=1024)
def _bare(name: str) -> str:
    words = fold(name).strip(_SIGNS).split()
    while len(words) > 1 and words[0] in load_words().sort:
        words = words[1:]
    return "".join(words)


def vote_in_facts(ballot: Ballot, line: Piece, *, agencies: list[str]) -> None:
    """Give the names that a line of facts holds their weight; the agencies it names are put to the list."""
    outlets = Outlets.load()
    kind = line.mark.kind if line.mark else ""
    if line.mark is not None and kind == "source":
        _vote_source(ballot, line, agencies)
        return
    if kind == "published" and (found := _PUBLISHED_IN.match(line.text)):
        ballot.give(found["outlet"], "published in")
        return
    if kind == "post" and (found := _POST_HEAD.match(line.text)):
        ballot.give(found[1], "post")
        return
    if line.words > 14 or line.text[-1] in "؟!":
        return
    if found := _OURS.search(line.text):
        ballot.give(found[1], "ours")
        return
    if line.words <= 12 and (found := _IN_QUOTES.search(line.text)):
        known = outlets.match(found[1])
        if line.words <= 8 or _SORT_BEFORE.search(line.text, 0, found.start()) or known is not None:
            ballot.give(found[1], "quoted")
    parts = read_credits(line.text)
    labelled = ":" in line.text and len(parts) == 2 and parts[0].kind == "name"  # "الترجمة: العربية"
    credits = kind in ("byline", "credit") or line.rule.startswith("credit_line")
    for part in parts if not labelled else ():
        if part.kind == "agency" and credits:
            agencies.append(part.text)
        elif part.kind == "outlet":
            ballot.give(part.text, "credit")
    unknown = [part.text for part in parts if part.kind == "name" and len(part.text.split()) <= 4]
    if len(unknown) == 2 and len(parts) > 3:
        unknown = unknown[:1]  # an outlet, its writer, a place, a day
    if len(unknown) != 1 or has_number(unknown[0]) or is_foreign(line.text):
        return
    if " " not in unknown[0] and not _is_ours(parts) and kind != "date":
        return  # one unknown word is rather a place or a section
    if kind == "note" and len(parts) == 1:
        ballot.give(unknown[0], "unknown")
    elif _is_ours(parts) or (line.mark is not None and line.mark.text == "time ago"):
        ballot.give(unknown[0], "ours")
    elif kind != "slug" and not fold(unknown[0]).startswith("اخبار "):
        placed = any(part.kind == "place" for part in parts)
        if _holds_place(unknown[0]) or (placed and not _could_be_person(unknown[0])):
            ballot.give(unknown[0], "unknown")
        else:
            ballot.doubtful.append(unknown[0])


def _vote_source(ballot: Ballot, line: Piece, agencies: list[str]) -> None:
    assert line.mark is not None
    outlets = Outlets.load()
    value = line.text[line.mark.value :] if line.mark.value else line.text
    name = display(value).split("+")[0].strip(_SIGNS.replace("(", "").replace(")", ""))
    agencies += [more for more in value.split("+")[1:] if is_agency_name(more)]
    name = name.strip("()") if name.count("(") != name.count(")") else name
    if quoted := _IN_QUOTES.search(value):
        name = quoted[1]
    if line.mark.text == name or (":" not in line.text and line.mark.text != "site"):
        parts = read_credits(line.text)
        name = next((part.text for part in parts if part.kind in ("outlet", "agency")), name)
    if address := _HOST.match(name):
        known = outlets.match(name)
        name = known.name if known is not None else address[1]
    if name != line.mark.text:
        ballot.give(name, "site tail" if line.mark.text == "site" else "source")


def vote_in_body(ballot: Ballot, body: str) -> None:
    """Give the doubtful names their weight that the text puts in quotation marks, as outlets do with their own."""
    body = body[:_LOOKED_THROUGH]
    for told in _TOLD_US.finditer(body):
        if not is_agency_name(told[1]):
            ballot.give(told[1], "told in text")
    for name in ballot.doubtful[:_EDGE]:
        if any(f"{left}{name}{right}" in body for left, right in ("«»", '""', "“”")):
            ballot.give(name, "quoted")


def vote_on_page(ballot: Ballot, pieces: list[Piece], heads: Iterable[str], body: tuple[int, int]) -> None:
    """Give the names by which the page speaks of its own site their weight.

    Args:
        ballot: takes the votes.
        pieces: all lines of the page, labelled.
        heads: headline and kicker of the main article.
        body: the first and the last line of the main article's body.
    """
    for head in heads:
        found = _TOLD.search(head)
        known = Outlets.load().match(found[1]) if found else None
        if found is not None and (known is None or known.kind != "agency"):
            ballot.give(found[1], "told")
    for line in reversed(pieces[-8:]):
        if line.mark is not None and line.mark.kind == "onward" and (found := _FIRST_ON.search(line.text)):
            ballot.give(found[1], "feed")
    if channel := next((p.text for p in pieces if p.rule == "channel_above_its_posts"), None):
        ballot.give(channel, "channel")
    for i in _edges(len(pieces), body):
        line = pieces[i]
        if line.kind not in _FURNITURE or line.words > 40:
            continue
        if line.words <= 6 and (ours := _OURS.search(line.text)):
            ballot.give(ours[1], "ours")
        if _speaks_of(line.text, _RIGHTS_WORDS) and not is_agency_name(holder := _rights_holder(line.text) or ""):
            ballot.give(holder, "rights")
        if _speaks_of(line.text, _NAMING_WORDS):
            for form in _NAMING:
                for found in form.finditer(line.text):
                    if len(found["name"].split()) <= 5 and not is_agency_name(found["name"]):
                        ballot.give(found["name"], "naming")
        outside = i < min(body[0], 12) or i >= len(pieces) - 6
        if outside and line.words <= 6 and not line.ends and is_outlet_name(line.text):
            ballot.give(line.text, "domain" if _DOMAIN.fullmatch(line.text) else "masthead")


def _speaks_of(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


def _edges(count: int, body: tuple[int, int]) -> Iterator[int]:
    yield from range(min(_EDGE, count))
    yield from range(max(_EDGE, body[1] + 1, count - _EDGE), count)


def _rights_holder(text: str) -> str | None:
    """Return who a copyright line says a page belongs to: "جميع الحقوق محفوظة © بوابة الحقل 2024"."""
    name = display(text)
    cut = _SENTENCE_BREAK.search(name)
    pieces = [name[: cut.start()], name[cut.start() :]] if cut else [name]
    for piece in pieces:
        left = " ".join(_RIGHTS.sub(" ", piece).split()).strip(_SIGNS + "©.")
        if fold(left).partition(" ")[0] not in places():
            left = _FOR.sub("", left).strip(_SIGNS)
        left = re.split(r"\s+غير\s|\s+و?لا\s", left)[0]
        if 1 <= len(left.split()) <= 5 and not has_number(left.replace("24", "")):
            return left
    return None
