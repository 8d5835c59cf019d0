"""Datelines: the place, agency and day that stand before the first sentence of a report.

Known forms: "موسكو-سانا" on a line of its own, "استانا (كازاخستان):", "القاهرة في 5 مارس /أ ش أ/",
"لندن 4 مارس آذار (رويترز) -", "الكويت - 5 - 2 (كونا) --", "دبي - العربية.نت". A line that merely begins with a
name and a colon is no dateline: a known place or agency has to stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rasd.arabic.clitics import splits
from rasd.arabic.dates import FoundDate, find_dates, is_month
from rasd.arabic.text import fold
from rasd.reading.credits import Part, could_be_person, is_agency_name, is_outlet_name, is_person_name, read_credits
from rasd.reading.lines import has_number
from rasd.reading.outlets import Outlets
from rasd.reading.places import places
from rasd.reading.wording import WEEKDAYS, begins_report, load_words

# A dateline's parts: words in brackets, or words up to the next bracket, dash, stroke, colon or comma.
_PART = re.compile(
    r"[ \xa0]*(?:\(\(?(?P<bracket>[^()\n]{1,60})\)\)?|[«\"“](?P<quoted>[^«»\"“”\n]{2,40})[»\"”]"
    r"|(?P<words>[^\s()\-–—ـ:/،,؛\"“”«»|]+(?:[ \xa0]+[^\s()\-–—ـ:/،,؛\"“”«»|]+){0,6}))"
    r"(?P<between>[ \xa0]*[-–—ـ:/،,|]*(?:[ \xa0]*[-–—ـ:/|]+)*)[ \xa0]*"
)
# The second of a month's two names may itself have two words: "4 نوفمبر تشرين الثاني".
_SECOND = r"(?:[ \xa0]+(?:الأول|الاول|الثاني))?"
_DAY = re.compile(
    rf"(?:(?:يوم|في|اليوم|{WEEKDAYS})\s*)*(?:[0-9٠-٩]{{1,4}}|أول(?=\s)|الأول من(?=\s))"
    rf"(?:\s+[^\W\d]+(?:\s+[^\W\d]+{_SECOND})?)?(?:\s+[0-9٠-٩]{{4}})?\s*م?"
)
_PLACE_AND_DAY = re.compile(
    r"(?P<place>[^\d٠-٩]+?)[ \xa0]+(?:في[ \xa0]+|يوم[ \xa0]+)?"
    r"(?P<day>(?:[0-9٠-٩]{1,2}|أول|الأول من)"
    rf"[ \xa0]+[^\W\d]+(?:[ \xa0]+[^\W\d]+{_SECOND})?(?:[ \xa0]+[0-9٠-٩]{{4}})?)"
)
# "إيلاف من الرياض: ", and "رام الله 6-3-2024 وفا- ".
_FROM_PLACE = re.compile(r"(?P<outlet>\S+(?: \S+)?) من (?P<place>[^\W\d]+(?: [^\W\d]+)?)[ \xa0]*:[ \xa0]*")
_PLACE_DAY_AGENCY = re.compile(
    r"(?P<place>[^\W\d]+(?: [^\W\d]+){0,2})[ \xa0,،]+(?:في[ \xa0]+)?"
    r"[0-9٠-٩]{1,2}\s?[-/.]\s?[0-9٠-٩]{1,2}\s?[-/.]\s?[0-9٠-٩]{2,4}"
    r"[ \xa0,،/(]+(?P<agency>[^\W\d]+(?: [^\W\d]+){0,3})[ \xa0]*[)/]?[ \xa0]*[-–—ـ:]+[ \xa0]*"
)
# "وطنية - جزين - أطلق …" with whatever place, and "{دولية: اسم الموقع} …".
_AGENCY_PLACE = re.compile(
    r"(?P<agency>[^\W\d]+(?: [^\W\d]+){0,2})[ \xa0]*[-–—][ \xa0]*(?P<place>[^\W\d]+(?: [^\W\d]+)?)[ \xa0]*[-–—][ \xa0]*"
)
_PLACE_BEFORE_DAY = re.compile(
    rf"(?P<place>[^\W\d]+(?: [^\W\d]+){{0,2}}?)[ \xa0,،]+(?:(?:في|يوم|{WEEKDAYS})[ \xa0,،]+)*(?=[0-9٠-٩])"
)
_AGENCY_BEHIND_DAY = re.compile(
    r"[ \xa0,،]*(?:[(/][ \xa0]*(?P<agency>[^\W\d]+(?: [^\W\d]+){0,3})[ \xa0]*[)/])[ \xa0]*[-–—ـ:]*[ \xa0]*"
)
# "دمشق-سانا ...": nothing closes it.
_PLACE_AGENCY = re.compile(
    r"(?P<place>[^\W\d]+(?: [^\W\d]+)?)[ \xa0]*[-–—/][ \xa0]*\"?(?P<agency>[^\W\d]+)\"?[ \xa0:]+(?=[^\W\d])"
)
# Where a dateline may close, and how one closes that has an unknown name in it.
_CLOSE = re.compile(
    r"[)»\"”/]?[ \xa0]*(?::|[-–—ـ]{1,2}|/|\))[ \xa0]+|[)»][ \xa0]*[-–—:]*[ \xa0]*|[-–—][ \xa0]*(?=[\"«])"
)
# Without one of these in it no beginning of a paragraph is a dateline.
_SIGNS = "-:(/–)»—|ـ{"
_CLOSE_SIGNS = ":/)»-–—ـ"
_COLON = re.compile(r"[:»\"”)\-–—][ \xa0]*[-–—]?[ \xa0]*$")
_BRACES = re.compile(
    r"\{[ \xa0]*(?:(?P<place>[^{}:]{2,20})[ \xa0]*:[ \xa0]*)?(?P<name>[^{}:]{3,30}?)[ \xa0]*\}[ \xa0]*[:-]?[ \xa0]*"
)
# "كوناكري- لا تصل …", "شفق نيوز/ افتتحت …": a name that the sign is glued to; "وادي عربة نيوز – كل يوم …".
_TIGHT = re.compile(
    r"(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,3})(?:(?P<tight>[-–—/])|[ \xa0]+[-–—/])[ \xa0]+(?=[\"«“]?[^\W\d_])"
)
# Behind a place and its day: "الخرطوم 3 ديسمبر 2023 – (النيل المستقل) – رفضت …".
_THEN_AGENCY = re.compile(r"\((?P<agency>[^\W\d]+(?: [^\W\d]+){0,3})\)[ \xa0]*[-–—:]+[ \xa0]+(?=[\"«“]?[^\W\d_])")
# Behind an outlet's name: "أفريقيا برس – المغرب. تشير …".
_THEN_PLACE = re.compile(r"(?P<place>[^\W\d]+(?: [^\W\d]+)?)\.[ \xa0]+(?=[^\W\d])")
_LONGEST = 110
# Verbs by their form: third person feminine, imperfect, and the derived forms that begin with alef.
_VERB = re.compile(
    "(?!ال)(?:[\u0621-\u064a]{3,8}(?<!ا)ت|[يت][\u0621-\u064a]{3,7}(?<![هة])"
    "|ا(?:[نست]|[\u0621-\u064a]ت)[\u0621-\u064a]{2,5})(?= )"
)
_WEEKDAY = re.compile(WEEKDAYS)
_FIGURE = re.compile("[0-9٠-٩]")
_YEAR = re.compile("[ \xa0]+[0-9٠-٩]{4}$")

# A place with its sign, and so many words of a paragraph behind it.
_PLACE_AND_SIGN = re.compile(r"(?P<place>[^\W\d_]+(?: [^\W\d_]+){0,2})[ \xa0]?(?:[:/]|[-–—ـ])[ \xa0]+(?=[^\W\d_])")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_PARAGRAPH_WORDS = 12
_THERE = frozenset(map(fold, ("في", "إلى", "وفي", "وإلى")))


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline found at the beginning of a text: text[:end], separators behind it in; place and agency as written.

    `quoted` says that the agency stands in quotation marks, as a newspaper puts its own name («الشرق الأوسط»);
    `own` says that it is the publisher's own for its form; `unknown` is a name that stands where a publisher's would.
    """

    end: int
    place: str | None
    agency: str | None
    quoted: bool = False
    own: bool = False
    unknown: str | None = None


def find_dateline(text: str, *, alone: bool = False) -> Dateline | None:
    """Return the dateline at the beginning of the text, or None.

    Args:
        text: a paragraph, or a line.
        alone: whether the text is a short line that would have to be a dateline as a whole.
    """
    head = text[:_LONGEST]
    if not alone and not any(map(head.__contains__, _SIGNS)):
        return None
    found = (
        _by_form(text, alone=alone)
        or _by_signs(text, alone=alone)
        or (None if alone else _by_one_name(text) or _by_day(text))
    )
    if found is not None and alone and not _is_known(found):
        return None
    if found is None and not alone:
        found = _by_place(text)
    longer = _by_parts(text, alone=alone)
    if longer is not None and (found is None or longer.end > found.end):
        found = longer
    if (
        found is not None
        and not alone
        and found.place is None
        and (then := _THEN_PLACE.match(text, found.end))
        and fold(then["place"]) in places()
    ):
        found = replace(found, end=then.end(), place=then["place"])
    if (
        found is not None
        and not alone
        and found.place is not None
        and found.agency is None
        and (then := _THEN_AGENCY.match(text, found.end))
    ):
        found = replace(found, end=then.end(), agency=then["agency"])
    if found is not None and _is_town_in_brackets(found, text):
        found = Dateline(found.end, found.agency, None, unknown=found.place)
    if found is not None and not alone and (writer := _TIGHT.match(text, found.end)):
        unknown = found.agency is not None and could_be_person(writer["name"]) and opens_sentence(text[writer.end() :])
        if unknown or is_person_name(writer["name"]):
            return replace(found, end=writer.end())
    return found


def _is_town_in_brackets(dateline: Dateline, text: str) -> bool:
    """Return whether what stands in brackets behind an unknown name is the town: "السهل (باسكنو) - …".

    No table has it, but the text is about it and not about the name.
    """
    name, town = dateline.place, dateline.agency
    if name is None or town is None or fold(name) in places() or f"({town})" not in text[: dateline.end]:
        return False
    told = text[dateline.end :]
    return town in told and name not in told and Outlets.load().match(town) is None


def _is_known(dateline: Dateline) -> bool:
    """Whether the place or the agency is one that a table has."""
    if dateline.place is not None and (fold(dateline.place) in places() or _DAY.search(dateline.place)):
        return True
    return dateline.agency is not None and (dateline.quoted or Outlets.load().match(dateline.agency) is not None)


def _by_parts(text: str, *, alone: bool) -> Dateline | None:
    """Return the dateline whose parts are known but for one: "حلب - صدى الشمال: ", "كتب/ فلان – القاهرة: "."""
    head = text[:_LONGEST]
    if alone:
        # A line that is one begins with the place.
        ends = [] if text[0].isdigit() else [len(text)]
    elif any(sign in head for sign in _CLOSE_SIGNS):
        ends = [m.end() for m in _CLOSE.finditer(head) if head.count(" ", 0, m.end()) <= 11]
    else:
        ends = []
    known = (_with_known_parts(text, end, alone=alone) for end in reversed(ends[:8]))
    return next((found for found in known if found is not None), None)


def _with_known_parts(text: str, end: int, *, alone: bool) -> Dateline | None:
    """Return the dateline that text[:end] is by its parts, or None."""
    head = text[: min(end, _LONGEST)]
    parts = read_credits(head)
    unknown = [part for part in parts if part.kind in ("name", "person")]
    publishers = [part for part in parts if part.kind in ("agency", "outlet")]
    told = any(part.kind == "nobody" and fold(part.text) in load_words().nobody for part in parts)
    if any(part.kind == "nobody" for part in parts) and not told:
        return None
    if not 2 <= len(parts) <= 5 or len(unknown) > 2 or parts[0].kind == "day":
        return None
    if any(" " in part.text and _is_told(part.text) for part in unknown):
        return None  # a verb and its subject, with an outlet's name behind them
    if any(len(part.text.split()) > 3 for part in unknown) or (not alone and text[end:].count(" ") < 5):
        return None
    placed_or_dated = any(part.kind in ("place", "day") for part in parts)
    if len(unknown) > 1 or not (publishers or placed_or_dated or told):
        # Nothing known: only the shape of a dateline is left, with a sentence behind it.
        shaped = len(parts) == 2 and head.count(" ") <= 7 and opens_sentence(text[end:])
        if alone or not shaped or parts[0].kind == "person":
            return None
    others = [part for part in parts if part.kind != "day" and part not in unknown]
    # A place and one unknown name: only with a colon or a quotation mark behind it, and a report after that.
    sure = bool(publishers) or len(others) > 1 or told
    if not sure and not alone and not (unknown and _COLON.search(head) and opens_sentence(text[end:])):
        return None
    if not (publishers or unknown or len(others) > 1):
        return None
    if alone and not (parts[0].kind == "place" and (publishers or (unknown and unknown[0].text in _quotes(text)))):
        return None
    return _of_parts(head, parts, end, told=told)


def _of_parts(head: str, parts: Sequence[Part], end: int, *, told: bool) -> Dateline:
    """Return the dateline that ends there and has these parts; `told` is whether it says that somebody wrote it."""
    unknown = [part for part in parts if part.kind in ("name", "person")]
    publishers = [part for part in parts if part.kind in ("agency", "outlet")]
    place = next((part.text for part in parts if part.kind == "place"), None)
    named = publishers or [part for part in unknown if part.kind == "name"]
    name = named[0].text if named else None
    if len(unknown) == 2:
        place, name = unknown[0].text, unknown[1].text if unknown[1].kind == "name" else None
    if place is None and unknown and (publishers or told):
        place = unknown[0].text if unknown[0].kind == "name" else None
    quoted = name is not None and (is_outlet_name(name) or (not publishers and name in _quotes(head)))
    stranger = next((part.text for part in unknown if part.text not in (place, name)), None)
    return Dateline(end, place, name if name != place else None, quoted, unknown=stranger)


def opens_sentence(text: str) -> bool:
    """Whether a text begins as a sentence of news does: with a verb, by its table or by its form, or a quotation."""
    if begins_report(text) or text[:1] in '«"“':
        return True
    return _VERB.match(fold(text[:30])) is not None


def _is_told(words: str) -> bool:
    """Whether words begin with a verb; a place's name may look like one."""
    return opens_sentence(words) and not has_number(words) and fold(words.partition(" ")[0]) not in places()


def _by_place(text: str) -> Dateline | None:
    """Return the dateline of a place alone, whatever the paragraph behind its sign begins with.

    No table has all villages: what stands before a colon is one, too, where the paragraph speaks of it as such.
    """
    place = _PLACE_AND_SIGN.match(text)
    if place is None or text.count(" ", place.end()) < _PARAGRAPH_WORDS:
        return None
    if fold(place["place"]) not in places() and not (
        text[place.end("place") :].lstrip().startswith(":") and _is_place_in(text[place.end() :], place["place"])
    ):
        return None
    if (behind := _FIRST_WORD.match(text, place.end())) and fold(behind.group()) in places():
        return None  # a road between two towns
    return Dateline(place.end(), place["place"], None)


def _is_place_in(text: str, name: str) -> bool:
    """Whether a text names somewhere: "في …", "إلى …", "بإقليم …", "مدينة …"."""
    at = text.find(name)
    while at > 0:
        if not text[at + len(name) : at + len(name) + 1].isalpha():
            # Bounded, for the name may stand in a long paragraph any number of times.
            before = fold(text[max(0, at - _LONGEST) : at]).rsplit(maxsplit=1)[-1:]
            if before and text[at - 1] == " " and (before[0] in _THERE or _is_area(before[0])):
                return True
        at = text.find(name, at + 1)
    return False


def _is_area(word: str) -> bool:
    return any(split.stem in load_words().area for split in splits(word))


def _quotes(text: str) -> str:
    return " ".join(found.group() for found in re.finditer(r"[«\"“][^«»\"“”]+[»\"”]", text))


def _by_form(text: str, *, alone: bool) -> Dateline | None:
    """Return the dateline whose outlet or agency is known and which has one of the forms of its own."""
    head = text[:_LONGEST]
    known, outlets = places(), Outlets.load()
    if (told := _FROM_PLACE.match(head)) and outlets.match(told["outlet"]) is not None:
        return Dateline(told.end(), told["place"], told["outlet"])
    if braces := _BRACES.match(head):
        place = braces["place"] if fold(braces["place"] or "") in known else None
        return Dateline(braces.end(), place, braces["name"], quoted=True)
    if (wired := _AGENCY_PLACE.match(head)) and is_agency_name(wired["agency"]) and begins_report(text[wired.end() :]):
        return Dateline(wired.end(), wired["place"], wired["agency"])
    if (
        not alone
        and (bare := _PLACE_AGENCY.match(head))
        and fold(bare["place"]) in known
        and is_agency_name(bare["agency"])
    ):
        return Dateline(bare.end(), bare["place"], bare["agency"])
    if (dated := _PLACE_DAY_AGENCY.match(head)) and outlets.match(dated["agency"]) is not None:
        return Dateline(dated.end(), dated["place"], dated["agency"])
    return None


def _by_day(text: str) -> Dateline | None:
    """Return the dateline of a place, a whole day in one calendar or both, and an agency: "… 22 شوال 1446 هـ …"."""
    if (place := _PLACE_BEFORE_DAY.match(text)) is None:
        return None
    dates = find_dates(text[:_LONGEST])
    day = next((one for one in dates if isinstance(one, FoundDate) and one.start == place.end()), None)
    if day is None or day.precision != "day" or (closed := _AGENCY_BEHIND_DAY.match(text, day.end)) is None:
        return None
    return Dateline(closed.end(), place["place"], closed["agency"])


def _by_one_name(text: str) -> Dateline | None:
    """Return the dateline of one name alone: a known place or an outlet's, with a sentence behind the sign.

    A name that the sign is glued to may be any place of one word: in a sentence blanks stand on both sides of it.
    """
    if (one := _TIGHT.match(text, 0, _LONGEST)) is None or text.count(" ", one.end()) < 5:
        return None
    name = one["name"]
    if is_outlet_name(name) or is_agency_name(name):
        return Dateline(one.end(), None, name, own=one["tight"] == "/" or not is_agency_name(name))
    if one["tight"] == "/":
        return None
    if one["tight"] is None:
        # A writer's name, or a name of two or three words that no table has, before a sentence.
        rest = text[one.end() :]
        if is_person_name(name):
            return Dateline(one.end(), None, None)
        words = fold(name).split()
        plain = load_words().joining.isdisjoint(words) and load_words().empty.isdisjoint(words) and len(name) > 3
        if plain and name.count(" ") <= 2 and not begins_report(name) and opens_sentence(rest):
            return Dateline(one.end(), None, None, unknown=name)
        return None
    if fold(name) in places() or (" " not in name and len(name) > 2 and not begins_report(name)):
        return Dateline(one.end(), name, None)
    return None


@dataclass(slots=True)
class _SoFar:
    """A dateline while it is read part by part.

    `parts` counts the parts, `strange` those of them that no table has; `between` is what stands behind the last one.
    `before_place` is a name with a known place in brackets behind it.
    """

    place: str | None = None
    agency: str | None = None
    quoted: bool = False
    parts: int = 0
    strange: int = 0
    between: str = ""
    before_place: str | None = None

    @property
    def dashed(self) -> bool:
        """Whether a dash stands behind the last part."""
        return any(dash in self.between for dash in "-–—")

    def take(self, words: str, part: re.Match[str], *, alone: bool) -> bool:
        """Take the next part; return False where it can be none of a dateline."""
        if self.strange and ":" in self.between and not _is_day(words) and Outlets.load().match(words) is not None:
            return False  # a label and its value: "الترجمة: العربية"
        # A month's second name behind a stroke: "3 كانون الثاني/يناير", "3 تشرين الأول / أكتوبر 2024".
        second = "/" in self.between and is_month(_YEAR.sub("", words))
        if not (
            second or _is_day(words) or self._take_known(words, part) or self._take_strange(words, part, alone=alone)
        ):
            return False
        self.parts += 1
        self.between = part["between"]
        return True

    def _take_known(self, words: str, part: re.Match[str]) -> bool:
        """Take an outlet, a place, or a place with a day, that a table has."""
        known = places()
        in_brackets = bool(part["bracket"])
        if Outlets.load().match(words) is not None and (self.place is not None or in_brackets or not self.parts):
            self.agency = self.agency or words
            return True
        if fold(words) in known:
            # A town with its country, or an outlet with its place.
            self.before_place = self.place if in_brackets and self.parts == self.strange == 1 else None
            self.place = self.place or (words if not in_brackets or not self.parts else None)
            return True
        first = not self.parts or (self.parts == 1 and "/" in self.between)
        dated = first and (has_number(words) or "أول " in words or "الأول من " in words)
        both = _PLACE_AND_DAY.fullmatch(words) if dated else None
        if both is None or len(both["place"].split()) > 3:
            return False
        self.place = self.place or both["place"].strip()
        self.strange += fold(self.place) not in known
        return True

    def _take_strange(self, words: str, part: re.Match[str], *, alone: bool) -> bool:
        """Take a name that no table has: an agency where agencies stand, or else a place where places do."""
        glued = part.string[part.start() - 1 : part.start()] == "/"
        stroked = glued or ("/" in self.between and "/" in part["between"])
        set_off = part["bracket"] or part["quoted"] or stroked
        placed = self.place and not self.agency and not self.strange
        if placed and len(words) <= 12 and not _WEEKDAY.match(words) and (set_off or (alone and " " not in words)):
            if part["bracket"] or part["quoted"] or not is_person_name(words):
                self.agency = words
                self.quoted = bool(part["quoted"])
            return True
        if self.parts or len(words.split()) > 3 or begins_report(words):
            return False
        self.place, self.strange = words, self.strange + 1
        return True

    def is_sure(self, behind: str, *, alone: bool, bracketed: bool) -> bool:
        """Return whether it is a dateline, given the text behind it and whether it began with a bracket."""
        told = self.dashed and begins_report(behind)
        if self.parts != 1:
            return self.parts > self.strange
        if self.strange and not told:
            return False
        if self.agency is None:
            return alone or self.dashed or begins_report(behind)
        return self.place is not None or bracketed or told


def _by_signs(text: str, *, alone: bool) -> Dateline | None:
    """Return the dateline that is read part by part: words up to a sign, a bracket, quotation marks."""
    head = text[:_LONGEST]
    found = _SoFar()
    at = end = 0
    while at < len(head) and (part := _PART.match(head, at)):
        at_end = alone and part.end() == len(text)
        bracket_next = head[part.end() : part.end() + 1] in ("(", "«")
        if not (part["bracket"] or part["between"].strip() or bracket_next or at_end):
            break
        words = _without_reporter(part["bracket"] or part["quoted"] or part["words"]).strip()
        if not found.take(words, part, alone=alone):
            break
        at = part.end()
        if part["between"].strip(" \xa0،,") or (part["bracket"] and found.agency == words) or at_end:
            end = at
        if part["between"].strip().startswith(":") and not alone:
            break
    if not end or end < at or (alone and end < len(text)):
        return None
    if not found.is_sure(text[end:], alone=alone, bracketed=head.lstrip().startswith("(")):
        return None
    strange = found.place is not None and found.strange and fold(found.place) not in places()
    unknown = found.place if strange else found.before_place
    return Dateline(end, found.place, found.agency, found.quoted, unknown=unknown if found.agency is None else None)


def _without_reporter(words: str) -> str:
    """Return the agency of a bracket in which its reporter stands too: "(وات/تحرير فلان)"."""
    agency, stroke, _ = words.partition("/")
    return agency if stroke and Outlets.load().match(agency) is not None else words


def dated_dateline(text: str) -> Dateline | None:
    """Return the dateline that a line with a place, a whole date and an agency is, or None.

    Such as "بريدة 20 جمادى الآخرة 1445 هـ الموافق 02 يناير 2024 م واس"; the agency has to be a known one.
    """
    words = text.split()
    if not 4 <= len(words) <= 20 or not (_FIGURE.match(words[1]) or _FIGURE.match(words[2])):
        return None
    place = " ".join(words[: 1 if _FIGURE.match(words[1]) else 2]).strip("،,-–:/")
    if _FIGURE.search(place):
        return None
    for n in (1, 2, 3):
        agency = " ".join(words[-n:]).strip("()-–/ :")
        known = Outlets.load().match(agency)
        if known is not None and known.kind == "agency":
            return Dateline(len(text), place, agency)
    return None


def _is_day(words: str) -> bool:
    return has_number(words) and _DAY.fullmatch(words) is not None


def dateline_names(dateline: Dateline) -> tuple[str | None, str | None]:
    """Return outlet and agency of a dateline: a newspaper puts its own name in quotation marks there."""
    if dateline.agency is None or fold(dateline.agency) in load_words().nobody:
        return None, None
    if dateline.own:
        return dateline.agency, None
    if dateline.agency.startswith("وكالة ") and not has_number(dateline.agency):
        return None, dateline.agency
    known = Outlets.load().match(dateline.agency)
    ours = known.kind != "agency" if known is not None else dateline.quoted or is_outlet_name(dateline.agency)
    return (dateline.agency, None) if ours else (None, dateline.agency)
