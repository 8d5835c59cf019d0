"""Lines of credits, read in parts: "القاهرة - منى الديب", "خاص – موقع النهر | 3 مارس 2024".

Each part is of a kind: a person, a place, a day, an agency, an outlet, or a name of no known kind. Who of them wrote
and who published is weighed in `writers` and `publishers`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from rasd.arabic.dates import month_names
from rasd.arabic.text import display, fold
from rasd.reading.labels import load_labels
from rasd.reading.lines import BLANK, has_number, is_foreign
from rasd.reading.outlets import Outlets
from rasd.reading.places import places
from rasd.reading.wording import WEEKDAYS, WEEKDAYS_ENGLISH, load_words
from rasd.references import lines, reference

PartKind = Literal["person", "place", "day", "agency", "outlet", "nobody", "name"]

SIGNS = BLANK + "\"'«»“”:،,.-–—ـ|/()[]*•·؛"
# What stands between the parts of a line of credits; brackets and quotation marks set a part off too. It begins with
# a blank or one of the signs: asked first, that passes over all letters.
_BETWEEN = re.compile(
    r"(?=[\s\-–—/|•·،,:؛()\[\]«»\"“”])"
    r"(?:\s+[-–—ـ]+\s*|(?<=\w)[-–—]\s+|\s*[/|•·،,:؛()\[\]«»\"“”]+\s*|\s{3,}|\t|\s(?=\d{4}[-/.]))"
)
# A text without any of these, and without three blanks in a row, is words and nothing else.
_NOT_PLAIN = re.compile("[^ \u0621-\u063a\u0641-\u064a]")
_FROM = re.compile(r"\s+(?:من|في)\s+(?=\S+(?:\s\S+)?$)")
# A title before a name: its letters with a full stop or a stroke, or a word before two others.
_TITLE = re.compile(r"(?P<word>[^\W\d_]+|[^\W\d_]\.?\s?[^\W\d_])(?:\s?(?P<sign>[./])\s*|\s+(?=\S+\s\S))")
# A letter with its vowel marks, which are no letters to the regex engine.
_LETTER = r"(?:[^\W\d_][\u064b-\u0652\u0670]*)"
_PERSON = re.compile(rf"{_LETTER}{{1,16}}\.?(?:\s+{_LETTER}{{1,16}}\.?){{1,4}}")
_LATIN_PERSON = re.compile(
    r"[A-ZÀ-Þ][^\W\d_A-Z]+(?:\s(?:(?:[Aa]l|[Ee]l)-)?[A-ZÀ-Þ][^\W\d_A-Z.]*\.?(?:-[A-Z][a-z]+)?){1,2}"
)
_DAY_IN_FIGURES = re.compile(
    r"(?:\S+\s){0,5}(?<![0-9٠-٩])(?:19|20|14|١٩|٢٠|١٤)[0-9٠-٩]{2}(?![0-9٠-٩])\s?(?:م|هـ?ـ*)?(?:\s\S+)?"
    r"|.{0,20}[0-9٠-٩]:[0-9٠-٩]{2}.{0,20}|[0-9٠-٩]{1,2} [^\W\d]{3,10}"
)
_DAY = re.compile(
    rf"§|(?:(?:يوم|منذ|قبل|الساعة|بتوقيت|آخر تحديث|تاريخ|نشر|تحديث|محدث)\b|{WEEKDAYS}\b|{WEEKDAYS_ENGLISH}\b).*"
    r"|(?:صباح|مساء|ظهر|أمس|اليوم)[اًا]*"
)
# A whole day in figures: its strokes part nothing.
_FIGURES = re.compile(
    r"[0-9٠-٩]{1,2}\s?[-/.]\s?(?:[0-9٠-٩]{1,2}|[^\W\d]{3,10})\s?[-/.]\s?[0-9٠-٩]{2,4}م?|[0-9٠-٩]{4}[-/.][0-9٠-٩]{1,2}[-/.][0-9٠-٩]{1,2}"
)
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]{2,30}\.)+[a-z]{2,8})(?:/\S*)?")
_PARTED = re.compile(r"[|،,:؛]|\s[-–—/]\s")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line of credits, cleaned; `name` is what could be a name and is of no known kind.

    `label` is what the line says its bearer did: "by", "from", "edited", "reviewed", "translated", "pictured",
    "presented", or "other" for a label that is not known ("إخراج: …").
    """

    kind: PartKind
    text: str
    label: str = ""


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    names: set[str] = set()
    for file in ("names/arabic_names.txt", "given_names.txt"):
        for _, line in lines(reference(file)):
            names.update(map(fold, line.split()))
    return frozenset(names)


def is_given_name(word: str) -> bool:
    """Return whether a folded word is a person's given name."""
    return word in _given_names() or (word.startswith("عبدال") and len(word) > 6)


@lru_cache(maxsize=1)
def _name_words() -> frozenset[str]:
    of_all = {fold(word) for _, word in lines(reference("names/name_words.txt"))}
    of_families = {fold(word) for _, line in lines(reference("family_names.txt")) for word in line.split()}
    return frozenset(of_all | of_families)


def is_name_word(word: str) -> bool:
    """Return whether a folded word is known from names of people, given or family ones, with or without the article."""
    return word in _given_names() or word in _name_words() or word.removeprefix("ال") in _name_words()


# Outlets that are there all day say so in their names: "منبر24".
_WITH_24 = re.compile(r"[^\W\d_]{3,}24")


@lru_cache(maxsize=1 << 12)
def is_outlet_name(text: str) -> bool:
    """Return whether a name says by itself that it is an outlet's: a known one, one with its sort, one of the press.

    Such as "صحيفة السهل", "الميزان نيوز", "هنا برس", "raqib.example"; an agency is none.
    """
    known = Outlets.load().match(text)
    if known is not None:
        return known.kind != "agency"
    words = fold(text).strip(SIGNS).replace(" تي في", " تيفي").split()
    table = load_words()
    if (
        not words
        or len(words) > 5
        or words[0] in table.joining
        or words[-1] in table.joining
        or _PARTED.search(text.strip(SIGNS))
    ):
        return False
    if _DOMAIN.fullmatch(text.strip(SIGNS)):
        return True
    if words[0][0].isdigit() or not table.address.isdisjoint(words) or not table.joining.isdisjoint(words):
        return False
    if _WITH_24.fullmatch(words[-1]):
        return True
    if not table.press.isdisjoint(words):
        return len(words) > 1
    return 1 < len(words) <= 4 and words[0] in table.sort and words[0] != "وكاله"


def is_agency_name(text: str) -> bool:
    """Return whether a name is that of a known agency, or says that it is an agency's."""
    if len(text) == 2:
        return False  # a month or a town: the letters of "أ ب" stand apart
    known = Outlets.load().match(text)
    if known is not None:
        return known.kind == "agency" and fold(text).strip(SIGNS) not in load_words().nobody
    return text.startswith("وكالة") and fold(text).startswith(("وكاله انباء", "وكاله الانباء"))


@lru_cache(maxsize=512)
def calls_itself_agency(text: str) -> bool:
    """Return whether a name has a word of agencies in it, known or not ("وكالة النهر", "نسيم الشرق للأنباء")."""
    return not load_words().agency.isdisjoint(fold(text).split())


def says_agency(text: str) -> bool:
    """Return whether a name beside a place is an agency's: a known one, or one that calls itself so ("وكالة النهر")."""
    return text.startswith("وكالة ") or is_agency_name(text)


@lru_cache(maxsize=512)  # a name is asked about several times while its page is read
def is_person_name(text: str) -> bool:
    """Return whether words are a person's name: two to five, and the first or second a given name."""
    if text.startswith("على "):
        return False  # folded, it is the name Ali
    if not _PERSON.fullmatch(text):
        return _LATIN_PERSON.fullmatch(text) is not None
    words, table = fold(text).split(), load_words()
    if not 0 < len(words) <= 5 or words[0] in table.reporting or not table.press.isdisjoint(words):
        return False
    if len(words) == 2 and words[0] in ("ابو", "ام"):
        return False  # a nickname of readers
    if words[0] in table.noun and not (
        len(words) <= 3
        and (words[1].startswith("ال") or words[1] in _given_names() or words[1] in ("ابو", "عبد", "بن", "ال"))
    ):
        return False
    if len(words) > 2 and words[1] in ("ولد", "منت") and is_name_word(words[0]):
        return True  # "المختار ولد فلان"
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
        return words[0] not in table.sort and (not words[0].startswith("ال") or words[0] in table.given)
    return False


@lru_cache(maxsize=1024)  # a line is asked about several times while its page is read, and stands on other pages too
def read_credits(text: str) -> tuple[Part, ...]:
    """Return the parts of a line of credits; one label before them ("كتب:", "بقلم") is taken off."""
    parts: list[Part] = []
    by = other = ""
    plain = _is_plain(text)
    rest = text if plain else display(text)
    if not plain and has_number(rest):
        rest = _FIGURES.sub("|§|", rest)
    while found := load_labels().find(rest):
        by, rest = found[0], rest[found[1] :]
    at = 0
    for between in (*(() if plain else _BETWEEN.finditer(rest)), None):
        raw = rest[at : between.start() if between else None]
        at = between.end() if between else at
        for whole in _parted_from_place(raw) if raw else ():
            one = whole.lstrip(" -–—")
            labelled = load_labels().find(one + " ")
            by, named = (labelled[0], one[labelled[1] :]) if labelled else (by, one)
            bare = named.strip(SIGNS)
            label = load_labels().find(f"{bare}:") if between and ":" in between.group() else None
            if label is not None and label[1] == len(bare) + 1:
                by = label[0]  # set off from what stands before it: "(فوتو: فلان)"
            elif part := _part(bare, by=by != ""):
                parts.append(Part(part.kind, part.text, by or part.label or other))
                by = by if part.kind in ("nobody", "place", "outlet", "agency") else ""
                other = "other" if part.kind in ("name", "nobody") and between and ":" in between.group() else ""
    return tuple(parts)


def _is_plain(text: str) -> bool:
    """Whether a text is Arabic words with blanks between them: no pattern for signs or figures has to be tried."""
    return _NOT_PLAIN.search(text) is None and "   " not in text


@lru_cache(maxsize=512)
def read_facts(text: str) -> tuple[Part, ...]:
    """Return the parts of a line of facts, where days, addresses, counters and emoji may stand between them unparted.

    Such as "يناير 30, 2025 118 آدم إبراهيم", "مباشر الخليج 29/05/2024 03:05 م", "أرصاد الساحل ✅ @sahel_met".
    """
    words_only = _is_plain(text)
    plain = text if words_only else _SIGN_OR_ADDRESS.sub(" | ", display(text))
    if (not words_only and has_number(plain)) or "منذ" in plain or "قبل" in plain:
        plain = _COUNTER.sub(" | ", _BEFORE_DAY.sub("", _day_between().sub(" | § | ", plain)))
    if "كتب" in plain:
        plain = _WRITES.sub(" | ", plain)
    if "مع" in plain:
        plain = _WITH.sub(" | ", plain)
    if "تابع" in plain:
        plain = _FOLLOW_HIM.sub(" | ", plain)
    if "ن" in plain:
        plain = _PUBLISHED_BEHIND.sub(" | § | ", plain)
    if not words_only:
        plain = _NAME_AFTER_DASH.sub(" - ", plain)
        place, hyphen, rest = plain.partition("-")
        if hyphen and fold(place).strip(SIGNS) in places():
            plain = f"{place} - {rest}"  # "عمّان-صحيفة السهل-منى الديب"
    plain = plain.strip(" |")
    label = ""
    if told := (None if words_only else _TALKED_IN.match(plain)) or _SENT.match(plain) or _WROTE.match(plain):
        plain, label = plain[told.end() :], "pictured" if "صو" in told.group() or "عد" in told.group() else "by"
    if "ب" in plain or not words_only:
        led = load_labels().find(plain)
        at = led[1] if led is not None else 0
        plain = plain[:at] + _WROTE_INSIDE.sub(" | بقلم: ", plain[at:])
    if "تصو" in plain or "عدسة" in plain:
        plain = _PICTURED_INSIDE.sub(" | ", plain)
    parts = read_credits(plain)
    return (replace(parts[0], label=label), *parts[1:]) if label and parts else parts


# A conversation, and where it was held: "حاوره في صنعاء / فلان".
_TALKED_IN = re.compile(r"\s*(?:و?حاور\w{0,3}|[أا]جر\w{1,3}\s+(?:الحوار|المقابلة))\s+في\s+[^:/\-–]{2,25}\s*[:/\-–]\s*")
# By whom the outlet sent there: "من موفدنا إلى تطاوين: منى الديب", "مبعوثنا منى الديب".
_SENT = re.compile(
    r"\s*(?:من\s+)?(?:مبعوث|موفد|مراسل|مندوب)(?:نا|تنا|ة)?(?:\s+(?:إلى|في)\s+\S+(?:\s[^\s:،]+)?\s*[:/\-–،]|\s*:)?"
    r"\s+(?=[^\W\d_]+\s[^\W\d_]+)"
)
_WROTE = re.compile(
    r"\s*(?:من\s+(?=[^\W\d_]+\s[^\W\d_]+$)|نشر\s+(?=[^\W\d_]{3,}\s)"
    r"|(?:تصوير|عدسة)\s+(?=[^\W\d_])|(?:تحقيق|تقرير|حوار)\s+(?=[^\W\d_]+\s[^\W\d_]+$))"
)
_WRITES = re.compile(r"\s(?:يكتب|تكتب)(?=\s*(?:[:|.…]|$))")
_WROTE_INSIDE = re.compile(r"\s(?:[-–|]\s)?(?:Par|By|بقلم|بواسطة)\s*:?\s+(?=[^\W\d_])")
_PICTURED_INSIDE = re.compile(r"(?<=[^\W\d_])\s(?=(?:تصوير|عدسة)\s*[:/])")
# What leads to a day behind a name, and a counter that stands before one.
_BEFORE_DAY = re.compile(r"\s(?:في|يوم|بتاريخ|على|on)\s+(?=\|)")
_COUNTER = re.compile(r"(?<![^\s|§])[0-9٠-٩][0-9٠-٩.,]+(?=\s[^\W\d_]{2,}\s[^\W\d_]{2,})")
_SIGN_OR_ADDRESS = re.compile(r"\S*@\S*|https?://\S+|[^\w\s.,،؛:;/()\[\]«»\"“”'’`´|\-–—ـ…#*+&©\u064b-\u0652]+")
_PUBLISHED_BEHIND = re.compile(r"\s(?:نُ?شرت?|منشور)\s+(?:في|يوم|بتاريخ)\s.*")
_NAME_AFTER_DASH = re.compile(r"[-–](?<=[^\W\d_].)(?=[^\W\d_]+ [^\W\d_]+)")
_FOLLOW_HIM = re.compile(r"(?<=[^\W\d_])\s(?:تابع(?:ه|ها)?|[Ff]ollow)\s(?:على|on)\s(?:X|إكس|اكس|تويتر|فيسبوك)(?!\w)")
_WITH = re.compile(r"\s+مع\s+(?=\S+$)")


# How letters are written that folding makes one.
_WRITTEN = {"ا": "[اأإآ]", "ه": "[هة]", "ي": "[يى]"}


@lru_cache(maxsize=1)
def _day_between() -> re.Pattern[str]:
    """Return what finds days, times and counts in a line of facts."""
    # By first letters, so that few names are tried: where case does not matter, the regex engine would try them all.
    rests: dict[str, list[str]] = {}
    for name in sorted(month_names(), key=len, reverse=True):
        rests.setdefault(name[0], []).append("".join(_WRITTEN.get(c, re.escape(c)) for c in name[1:]))
    names = (
        f"{_WRITTEN.get(first, f'[{first}{first.upper()}]')}(?i:{'|'.join(rest)})" for first, rest in rests.items()
    )
    month = rf"(?:{'|'.join(names)})(?![^\W\d_])"
    digits = "[0-9٠-٩]"
    return re.compile(
        rf"(?:{WEEKDAYS}[،,]?\s+)?(?:{digits}{{1,2}}\s?[-/.]?\s?{month}(?:\s*[/(|-]\s*{month}\)?)?(?:\s?[-/.،,]?\s?{digits}{{4}}(?!\d))?"
        rf"|{month}\s+{digits}{{1,2}}\s?[،,]\s?{digits}{{4}}|{digits}{{1,2}}\s?[-/.]\s?{digits}{{1,2}}\s?[-/.]\s?{digits}{{4}}"
        rf"|{digits}{{4}}[-/.]{digits}{{1,2}}[-/.]{digits}{{1,2}})(?:\s?(?:مـ?|هـ?)(?!\w))?"
        rf"|(?:الساعة\s+)?{digits}{{1,2}}:{digits}{{2}}(?::{digits}{{2}})?(?:\s?(?:[صم]|[AaPp][Mm]|صباح\w*|مساء\w*|GMT\S*)(?!\w))?"
        rf"|(?<!\S){digits}[0-9٠-٩.,٬٫]*[KkMألف ]*\s?(?:مشاهدة|مشاهدات|قراءة|زيارة|تعليق\w*|views?)"
        rf"|{WEEKDAYS}(?!\w)"
        rf"|(?<!\w)(?:منذ|قبل)\s+(?:{digits}+\s+)?(?:ثواني|ثانية|دقيقت?ي?ن?ة?|دقائق|ساعة|ساعات|ساعتين|يوم|يومين|أيام|أسبوع|أسبوعين|أسابيع"
        rf"|شهر|شهرين|أشهر)(?!\w)(?:\s+واحدة?)?"
    )


def _parted_from_place(text: str) -> list[str]:
    """Return a writer and the place that "in" or "from" stands before; else the text as it is."""
    found = _FROM.search(text) if "من" in text or "في" in text else None
    if found is None:
        return [text]
    if fold(text[found.end() :]).strip(SIGNS) not in places():
        # A town that no table has: "منى الديب من أزيلال".
        named = text[: found.start()]
        in_town = "من" in found.group() and 1 <= named.count(" ") <= 2 and is_person_name(named)
        return [named] if in_town and load_words().joining.isdisjoint(fold(named).split()) else [text]
    if not (is_person_name(text[: found.start()]) or is_outlet_name(text[: found.start()])):
        return [text]
    return [text[: found.start()], text[found.end() :]]


def _part(text: str, *, by: bool) -> Part | None:
    if not text or text.startswith("@") or text.endswith("@"):
        return None
    folded, table = fold(text).strip(SIGNS), load_words()
    first = folded.partition(" ")[0]
    if text.startswith("من ") and is_person_name(text[3:]):
        return Part("person", text[3:])  # "أبين – من منى الديب"
    if text.startswith("من ") and fold(text[3:]) in places():
        return Part("place", text[3:])
    if text.startswith("من ") and could_be_person(text[3:]):
        return Part("name", text[3:], "from")
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
    if _DAY.fullmatch(text) or (has_number(text) and _DAY_IN_FIGURES.fullmatch(text)):
        return Part("day", text)
    name = _without_title(text)
    titled = len(name) < len(text)
    if any(map(folded.__contains__, _PARTS_OF_ROLES)):
        if (bare := _without_role(name)) != name and _PERSON.fullmatch(bare):
            return Part("person", bare)
        whose, _, role = name.rpartition(" ")
        name = whose if whose and fold(role) in table.calling else name
    if name.count(" ") >= 2 and fold(name.rpartition(" ")[2]) in places() and is_person_name(name.rpartition(" ")[0]):
        name = name.rpartition(" ")[0]
    if is_person_name(name) or ((by or titled) and _PERSON.fullmatch(name) and len(name.split()) <= 4):
        return Part("person", name)
    return Part("name", text)


def _without_title(text: str) -> str:
    """Return a name without the titles before it: "أ. د. سالم الخطيب", "الزميلة منى الديب"."""
    at = 0
    while (found := _TITLE.match(text, at)) is not None:
        word = fold(found["word"]).replace(".", "").removeprefix("ال")
        if word not in load_words().title or (len(word.replace(" ", "")) < _WHOLE and found["sign"] is None):
            break
        at = found.end()
    return text[at:]


# Shorter titles are letters: a sign stands behind them.
_WHOLE = 3


def _without_role(text: str) -> str:
    """Return a name without what its bearer is: "حنان بوعسرية صحافية مغربية"."""
    words = text.split(" ")
    for n in range(2, len(words)):
        if fold(words[n]) in load_words().profession:
            return " ".join(words[:n])
    return text


# What a person is, folded: no other words are looked at closer.
_PARTS_OF_ROLES = ("صحف", "صحاف", "كاتب", "باحث", "كاديمي", "مراسل", "محرر", "علامي", "مدون")


@lru_cache(maxsize=1024)
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
    if len(parts) == 2 and unknown[0].text.count(" ") > 1 and not could_be_person(unknown[0].text):
        return False
    # An unknown name beside a known one, two beside two: a writer, a place or an outlet that no table has.
    return 2 * len(unknown) <= len(parts) and all(
        len(part.text.split()) <= 3 and not has_number(part.text) for part in unknown
    )


@lru_cache(maxsize=512)  # a name is asked about several times while its page is read
def could_be_person(text: str) -> bool:
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
        and not holds_place(text)
    )


def holds_place(text: str) -> bool:
    """Whether one of several words is a place: outlets are named so ("صوت عدن"), people hardly ever."""
    words = fold(text).split()
    named = [word for word in words if not word.endswith("يه")]
    return len(words) > 1 and any(word in places() or f"ال{word}" in places() for word in named)


def ends_in_origin(text: str) -> bool:
    """Return whether the last of several words says where a family is from, as names of people do ("الزعابي")."""
    words = text.split()
    last = words[-1]
    told = last.startswith("ال") and len(last) > 4 and last.endswith(("ي", "ى"))
    return len(words) > 1 and (told or words[-2] in ("آل", "ال", "بن", "ولد"))


@lru_cache(maxsize=512)  # a name is asked about several times while its page is read
def is_name_shaped(text: str) -> bool:
    """Return whether words could be anybody's name: two to five, none of those that name nobody."""
    words, table = fold(text).split(), load_words()
    # Folded, the name Ali is a preposition.
    written = text.split()
    told = [word for n, word in enumerate(words) if n >= len(written) or written[n] != "علي"]
    return (
        2 <= len(words) <= 5
        and (_LATIN_PERSON if is_foreign(text) else _PERSON).fullmatch(text) is not None
        and table.empty.isdisjoint(told)
        and table.address.isdisjoint(told)
        and table.joining.isdisjoint(word for word in told if word != "و")
        and (words[0] not in table.reporting or words[0] in _given_names())
    )


def is_domain(text: str) -> bool:
    """Return whether a name is the address of a site."""
    return _DOMAIN.fullmatch(text.strip(SIGNS)) is not None
