"""Datelines: the place, agency and day that stand before the first sentence of a report.

Known forms: "موسكو-سانا" on a line of its own, "استانا (كازاخستان):", "القاهرة في 5 مارس /أ ش أ/",
"لندن 4 مارس آذار (رويترز) -", "الكويت - 5 - 2 (كونا) --", "دبي - العربية.نت". A line that merely begins with a
name and a colon is no dateline: a known place or agency has to stand in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rasd.arabic.text import fold
from rasd.reading.markers import reference, rows
from rasd.reading.outlets import Outlets
from rasd.reading.wording import begins_report

# A dateline's parts: words in brackets, or words up to the next bracket, dash, stroke, colon or comma.
_PART = re.compile(
    r"[ \xa0]*(?:\((?P<bracket>[^()\n]{1,60})\)|[«\"“](?P<quoted>[^«»\"“”\n]{2,40})[»\"”]"
    r"|(?P<words>[^\s()\-–—ـ:/،,؛\"“”«»|]+(?:[ \xa0]+[^\s()\-–—ـ:/،,؛\"“”«»|]+){0,6}))"
    r"(?P<between>[ \xa0]*[-–—ـ:/،,|]*(?:[ \xa0]*[-–—ـ:/|]+)*)[ \xa0]*"
)
_DAY = re.compile(
    r"(?:(?:يوم|في|اليوم|ال(?:سبت|أحد|احد|اثنين|إثنين|ثلاثاء|أربعاء|اربعاء|خميس|جمعة))\s*)*[0-9٠-٩]{1,4}"
    r"(?:\s+[^\W\d]+(?:\s+[^\W\d]+)?)?(?:\s+[0-9٠-٩]{4})?\s*م?"
)
_PLACE_AND_DAY = re.compile(
    r"(?P<place>[^\d٠-٩]+?)[ \xa0]+(?:في[ \xa0]+|يوم[ \xa0]+)?"
    r"(?P<day>[0-9٠-٩]{1,2}[ \xa0]+[^\W\d]+(?:[ \xa0]+[^\W\d]+)?(?:[ \xa0]+[0-9٠-٩]{4})?)"
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
_BRACES = re.compile(
    r"\{[ \xa0]*(?:(?P<place>[^{}:]{2,20})[ \xa0]*:[ \xa0]*)?(?P<name>[^{}:]{3,30}?)[ \xa0]*\}[ \xa0]*[:-]?[ \xa0]*"
)
_LONGEST = 110
# The members of the Arab League; of their cities all that have 15,000 people stand in datelines.
_ARAB = frozenset(
    [
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "IQ",
        "JO",
        "KM",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SY",
        "TN",
        "YE",
    ]
)
_FIGURE = re.compile("[0-9٠-٩]")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline found at the beginning of a text: text[:end], separators behind it in; place and agency as written.

    `quoted` says that the agency stands in quotation marks, as a newspaper puts its own name («الشرق الأوسط»).
    """

    end: int
    place: str | None
    agency: str | None
    quoted: bool = False


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Return the folded Arabic names of countries and territories."""
    from babel import Locale

    names = Locale("ar").territories.items()
    return frozenset(fold(name) for code, name in names if len(code) == 2 and not code.isdigit())


@lru_cache(maxsize=4)
def _load_places(path: Path) -> frozenset[str]:
    cities = (line.split(",")[1:3] for line in _lines("names/cities.csv") if line[:2] in _ARAB and line[2:3] == "/")
    regions = (line.split(",")[2:4] for line in _lines("names/places.csv") if line.count(",") >= 4)
    names = {name for fields in (*cities, *regions) for name in "|".join(fields).split("|") if name and name[0] != "?"}
    return countries() | set(map(fold, names)) | {fold(row["name"]) for row in rows(path, ("name",))}


def _lines(name: str) -> list[str]:
    return [line for line in reference(name).read_text(encoding="utf-8").split("\n") if not line.startswith("#")]


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Return the folded names of places that datelines name."""
    return _load_places(reference("dateline_places.csv"))


def find_dateline(text: str, *, alone: bool = False) -> Dateline | None:
    """Return the dateline at the beginning of the text, or None.

    Args:
        text: a paragraph, or a line.
        alone: whether the text is a short line that would have to be a dateline as a whole.
    """
    head = text[:_LONGEST]
    known, outlets = places(), Outlets.load()
    place: str | None = None
    agency: str | None = None
    parts = strange = 0
    at = end = 0
    dashed = quoted = False
    colon = ""
    if (told := _FROM_PLACE.match(head)) and outlets.match(told["outlet"]) is not None:
        return Dateline(told.end(), told["place"], told["outlet"])
    if braces := _BRACES.match(head):
        return Dateline(
            braces.end(), braces["place"] if fold(braces["place"] or "") in known else None, braces["name"], True
        )
    if (
        (wired := _AGENCY_PLACE.match(head))
        and (agent := outlets.match(wired["agency"])) is not None
        and agent.kind == "agency"
        and begins_report(text[wired.end() :])
    ):
        return Dateline(wired.end(), wired["place"], wired["agency"])
    if (dated := _PLACE_DAY_AGENCY.match(head)) and outlets.match(dated["agency"]) is not None:
        return Dateline(dated.end(), dated["place"], dated["agency"])
    while at < len(head) and (part := _PART.match(head, at)):
        words = (part.group("bracket") or part.group("quoted") or part.group("words")).strip()
        bracket_next = head[part.end() : part.end() + 1] in ("(", "«")
        closed = (
            bool(part.group("bracket") or part.group("between").strip())
            or bracket_next
            or (alone and part.end() == len(text))
        )
        if not closed:
            break
        if _is_day(words):
            pass
        elif strange and ":" in colon and outlets.match(words) is not None:
            break  # a label and its value: "الترجمة: العربية"
        elif outlets.match(words) is not None and (place is not None or part.group("bracket") or parts == 0):
            agency = agency or words
        elif fold(words) in known:
            place = place or (words if not part.group("bracket") or parts == 0 else None)
        elif (both := _PLACE_AND_DAY.fullmatch(words)) and len(both["place"].split()) <= 3 and parts == 0:
            place = both["place"].strip()
            strange += fold(place) not in known
        elif (
            place
            and not agency
            and not strange
            and len(words) <= 12
            and (
                part.group("bracket")
                or part.group("quoted")
                or head[part.start() - 1 : part.start()] == "/"
                or (alone and " " not in words)
            )
        ):
            agency = words  # an agency that the table does not know, where agencies stand
            quoted = bool(part.group("quoted"))
        elif parts == 0 and len(words.split()) <= 3 and not begins_report(words):
            place, strange = words, strange + 1
        else:
            break
        parts += 1
        colon = part.group("between")
        dashed = "-" in part.group("between") or "–" in part.group("between") or "—" in part.group("between")
        at = part.end()
        marked = part.group("bracket") and agency == words
        if part.group("between").strip(" \xa0،,") or marked or (alone and at == len(text)):
            end = at
        if part.group("between").strip().startswith(":") and not alone:
            break
    if not end or end < at:
        return None
    sure = (parts - strange >= 1 and (agency is not None or parts > 1 or strange == 0)) or (
        parts == 1 and dashed and begins_report(text[end:])
    )
    if not sure or (alone and end < len(text)):
        return None
    if parts == 1 and agency is None and not alone and not (dashed or begins_report(text[end:])):
        return None
    bracketed = head.lstrip().startswith("(")
    if (
        parts == 1
        and agency is not None
        and place is None
        and not (bracketed or (dashed and begins_report(text[end:])))
    ):
        return None
    return Dateline(end, place, agency, quoted)


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
    return _DAY.fullmatch(words) is not None
