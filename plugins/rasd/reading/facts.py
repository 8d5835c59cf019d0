"""What a page says of its articles: when, by whom, from where, under which key words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from rasd.arabic.dates import FoundDate, find_dates
from rasd.arabic.text import clean, fold
from rasd.reading.assembly import Draft
from rasd.reading.datelines import Dateline, places
from rasd.reading.lines import BLANK, Piece
from rasd.reading.model import Hints, Published, Span
from rasd.reading.outlets import Outlets
from rasd.reading.tagging import split_tags

# "نشر في مأرب برس يوم 26 - 07 - 2022": the outlet stands between the verb and the day.
_PUBLISHED_IN = re.compile(
    r"^\s*(?:نُ?شر(?:ت)?|منشور|تم النشر)\s+(?:في|على|ب)\s+(?P<outlet>[^\d\s:](?:(?!\d{3})[^:]){1,59}?)"
    r"\s+(?:يوم|بتاريخ|في|الساعة)\s+.*\d"
)
_BETWEEN_STROKES = re.compile(r"(?:(?!\s[-–—]+\s)[^/|•،,:])+")
_STROKE = re.compile(r"\s+[-–—]+\s+|\s*[/|•،,:]\s*")
_FROM = re.compile(r"\s+من\s+")
# Names that name nobody.
_NOBODY = frozenset(
    fold(name) for name in ("وكالات", "متابعات", "مواقع", "وكالات أنباء", "مواقع إلكترونية", "صحف", "خاص")
)
_POST_HEAD = re.compile(r"^(.{2,60}?)[,،]?\s*\[")
_DAY_AND_MONTH = re.compile(
    r"[0-9٠-٩]{1,2}(?:(?P<sign>[ \xa0]*[-/][ \xa0]*)[0-9٠-٩]{1,2}\b"
    r"|[ \xa0]+[^\W\d_]{3,}(?:[ \xa0/]+(?:[أا]ول|[ثت]اني|الأول|الثاني|الآخرة|[^\W\d_]{3,8}(?=[ \xa0]*[(/])))?)"
)
_PERSON = re.compile(r"(?:د\.\s?)?[^\W\d_]{2,}(?:\s+[^\W\d_]{2,}){1,3}")
_DAY_WORDS = re.compile(
    r"\b(?:يوم|منذ|قبل|الساعة|بتوقيت|صباح|مساء|الموافق|[^\W\d]+ة\s[^\W\d]+ة)"
    r"|ال(?:سبت|[أا]حد|[إا]?ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)"
)
_RIGHTS = re.compile(
    r"(?:جميع|كافة|كل)\s+(?:ال)?حقوق(?:\s+(?:النشر|الطبع|الملكية))?(?:\s+محفوظة)?|حقوق النشر|محفوظة|لموقع\s"
    r"|©|\([cC]\)|[Cc]opyright|[Aa]ll [Rr]ights [Rr]eserved|[0-9٠-٩]{4}|[-–—|]"
)
_SORT = re.compile(r"(?:صحيفة|جريدة|موقع|بوابة|قناة|شبكة|مجلة|إذاعة|منصة|نشرة)\s$")
_SORT_AND_NAME = re.compile(r"(?:صحيفة|جريدة|موقع|بوابة|قناة|شبكة|وكالة|مجلة|إذاعة|منصة)\s+[^\W\d_]+(?:\s+\S+){0,3}")
_TOLD = re.compile(r"\bلـ?ـ*\s?[«\"“]([^«»\"“”]{3,30})[»\"”](?=\s*:)")
_FIRST_ON = re.compile(r"(?:أولا[ًا]*|أولًا|appeared first)\s+(?:على|في|on)\s+(.{2,60})$")
_HOST = re.compile(r"https?://(?:www\.)?([^/\s]+)")
_IN_QUOTES = re.compile(r"[«\"“]([^«»\"“”]{2,30})[»\"”]")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]")
_SIGNS = BLANK + "\"'«»“”:،,.-–—|/()[]*"
_BY = re.compile(
    r"^\s*(?:\*\s*)?(?:كتبت?ه?ا?|بقلم|حاور(?:ه|ها|ته|تها)?|أجر(?:ى|ت) الحوار|إعداد|اعداد|ترجمة"
    r"|الكاتبة?|المؤلف|المراسل|By|Author)[,،]?\s*"
    r"(?:[:：/\-–—]|(?=\s))\s*"
)
_BETWEEN_NAMES = re.compile(r"\s*[|•،,]\s*|\s[-–—ـ]+\s")
_IN_A_PLACE = re.compile(r"(?:في|من)\s")
# What stands before or behind a name and is no part of it.
_ROLE_BEHIND = re.compile(r"(?<=\S\s)\s*(?:صحفية?|صحافية?|كاتبة?|مراسلة?|محررة?|باحثة?|إعلامية?|مدونة?)$")
_TITLES = re.compile(
    r"^(?:(?:أ\.?\s?د|د|م|أ)\s?[./]\s*|(?:ال)?(?:دكتورة?|أستاذة?|مهندسة?|صحفية?|صحافية?|كاتبة?|زميلة?|محررة?|مراسلة?)\s+(?=\S+\s\S))+"
)
_FROM_PLACE = re.compile(r"\s+(?:من|في)\s+(?P<place>\S+(?:\s\S+)?)$|\s*[-–—،,/(]\s*(?P<other>[^\d()]{2,30})\)?$")
# A line of publication facts is short; dates further in are of something else.
_READ = 200


@dataclass(slots=True)
class Facts:
    """What is said of one article; offsets are into the page."""

    published: Published | None = None
    outlet: str | None = None
    agency: str | None = None
    place: str | None = None
    author: str | None = None
    tags: tuple[Span, ...] = ()
    doubts: list[str] = field(default_factory=list)


def gather(
    pieces: list[Piece],
    drafts: list[Draft],
    datelines: dict[int, tuple[Dateline, Span]],
    bodies: list[str],
    hints: Hints,
    landed: date | None,
) -> tuple[list[Facts], list[str]]:
    """Return the facts of each article, and reports of what was refused.

    A line of facts belongs to the article around it, or else to the last one that began above it; above all
    articles it belongs to the main one.
    """
    facts = [Facts() for _ in drafts]
    reports: list[str] = []
    lines: list[list[Piece]] = [[] for _ in drafts]
    heads = [0, *(_head(draft, pieces) for draft in drafts[1:])]
    for i, line in enumerate(pieces):
        if line.kind in ("metadata", "tags") and drafts:
            lines[line.article if line.article is not None else bisect_right(heads, i) - 1].append(line)
    for n, draft in enumerate(drafts):
        fact = facts[n]
        where: Span | None = None
        if n in datelines:
            dateline, where = datelines[n]
            fact.place = dateline.place
            known = Outlets.load().match(dateline.agency) if dateline.agency else None
            if known.kind != "agency" if known is not None else dateline.quoted:
                fact.outlet = dateline.agency
            else:
                fact.agency = dateline.agency
        _publication(fact, lines[n], where, landed, reports)
        _people(fact, lines[n])
        _sources(fact, lines[n], draft, pieces)
        fact.tags = tuple(_tags(lines[n], bodies[n]))
        if draft.role == "main":
            fact.outlet = (
                fact.outlet
                or _spoken_to(pieces, draft)
                or _first_published(pieces)
                or _channel(pieces)
                or _rights_holder(pieces)
                or _masthead(pieces)
            )
            _from_hints(fact, hints, landed, reports)
    return facts, reports


def _head(draft: Draft, pieces: list[Piece]) -> int:
    """Where an article begins, the line of facts right above a post without a headline included."""
    first = draft.first
    while first and pieces[first - 1].mark and pieces[first - 1].mark.kind in ("date", "post"):  # type: ignore[union-attr]
        first -= 1
    return first


def _dates(text: str, landed: date | None, reports: list[str]) -> list[FoundDate]:
    found: list[FoundDate] = []
    for one in find_dates(text[:_READ], landed=landed):
        if isinstance(one, FoundDate):
            found.append(one)
        else:
            reports.append(f"Refused a date: {one.raw} ({one.reason.replace('_', ' ')}).")
    return found


def _publication(
    fact: Facts, lines: Iterable[Piece], dateline: Span | None, landed: date | None, reports: list[str]
) -> None:
    """Take the day of publication: from the line that says so, a bare date, a dateline; never from an update."""
    updated: Published | None = None
    best: tuple[int, Published] | None = None
    for line in lines:
        kind = line.mark.kind if line.mark else ""
        if kind not in ("published", "updated", "date", "byline", "source", "post", "dateline", ""):
            continue
        found = _dates(line.text, landed, reports)
        if not found:
            continue
        # A Hijri day beside a Gregorian one says the same; the Gregorian one is the sharper evidence.
        one = min(found, key=lambda f: (f.calendar != "gregorian", f.start))
        published = Published(
            one.date, one.precision, one.calendar, one.raw, line.start + one.start, line.start + one.end
        )
        if kind == "updated":
            updated = updated or published
            continue
        rank = {"published": 0, "post": 1, "date": 1}.get(kind, 2)
        if best is None or rank < best[0]:
            best = rank, published
    if best is None and dateline is not None and (day := _dateline_day(dateline.text, landed)) is not None:
        best = 3, replace(day, start=dateline.start + (day.start or 0), end=dateline.start + (day.end or 0))
    if best is not None:
        fact.published = best[1]
    elif updated is not None:
        fact.doubts.append("only the time of an update is given, not that of publication")


def _dateline_day(text: str, landed: date | None) -> Published | None:
    """Return the day that a dateline says; without a year only that of the month before the page landed."""
    for one in find_dates(text, landed=landed):
        if isinstance(one, FoundDate):
            return Published(one.date, one.precision, one.calendar, one.raw, one.start, one.end)
    if landed is None or (bare := _DAY_AND_MONTH.search(text)) is None:
        return None
    sign = " - " if bare["sign"] else " "
    for year in (landed.year, landed.year - 1):
        for one in find_dates(f"{bare.group()}{sign}{year}"):
            if isinstance(one, FoundDate) and one.precision == "day" and 0 <= (landed - one.date).days <= 31:
                return Published(one.date, one.precision, one.calendar, bare.group(), bare.start(), bare.end())
    return None


def _people(fact: Facts, lines: Iterable[Piece]) -> None:
    lines = list(lines)
    for n, line in enumerate(lines):
        if fact.author is not None or line.mark is None or line.mark.kind != "byline":
            continue
        if line.mark.value is None and line.words <= 3 and _is_bare_label(line):
            # A label alone: the name stands below it.
            below = clean(lines[n + 1].text).text.strip(_SIGNS) if n + 1 < len(lines) else ""
            fact.author = _TITLES.sub("", below) if _PERSON.fullmatch(below) else None
            continue
        name = _person(line)
        known = Outlets.load().match(name) if name else None
        if known is not None and name is not None:
            # Written by an agency or an outlet: no person.
            fact.agency = fact.agency or (name if known.kind == "agency" else None)
            fact.outlet = fact.outlet or (name if known.kind == "outlet" else None)
        elif name and fold(name) not in _NOBODY and fold(name) not in places():
            fact.author = name
    for line in lines:
        if fact.author is None and line.rule == "short_line_below_headline":
            fact.author = _named(line)
    for line in lines:
        if fact.author is None and line.mark and line.mark.text == "date line" and len(line.text) < 90:
            fact.author = _named_beside_date(line.text)


def _is_bare_label(line: Piece) -> bool:
    """Whether a marked line is its marker and nothing else."""
    return line.mark is not None and fold(line.text).strip(_SIGNS + "؛؟") == fold(line.mark.text).strip(_SIGNS)


def _named_beside_date(text: str) -> str | None:
    """Return the person that a line with a day names beside it: "نادر الزيات - 5 مارس 2024"."""
    for found in _BETWEEN_STROKES.finditer(text):
        name = _TITLES.sub("", clean(found.group()).text.strip(_SIGNS))
        if text[found.end() :].lstrip()[:1] == ":":
            continue  # a label
        known = fold(name) in places() or fold(name) in _NOBODY or Outlets.load().match(name) is not None
        if (
            not known
            and not name.startswith("ال")
            and not _SORT_AND_NAME.fullmatch(name)
            and _PERSON.fullmatch(name)
            and not _DAY_WORDS.search(name)
        ):
            return name
    return None


def _named(line: Piece) -> str | None:
    """Return the author that a short line below the headline names without saying so: "القاهرة - منى الديب"."""
    if line.text[-1] in "،,":
        return None  # a greeting
    parts = [part.strip(_SIGNS) for part in _STROKE.split(_FROM.sub("/", _BY.sub("", clean(line.text).text)))]
    named = [
        p for p in parts if p and fold(p) not in places() and Outlets.load().match(p) is None and fold(p) not in _NOBODY
    ]
    if not named or not 2 <= len(named[-1].split()) <= 4 or named[-1].startswith("ال"):
        return None
    name = _ROLE_BEHIND.sub("", _TITLES.sub("", named[-1]))
    return name if _PERSON.fullmatch(name) else None


def _person(line: Piece) -> str | None:
    value = line.mark.value if line.mark and line.mark.value else 0
    text = _BY.sub("", clean(line.text[value:]).text)
    if line.mark and line.mark.text == "name and place" and (name := _named(line)):
        return name
    parts = [part.strip(_SIGNS) for part in _BETWEEN_NAMES.split(text)]
    text = next((p for p in parts if p and not _IN_A_PLACE.match(p) and fold(p) not in places()), parts[0])
    if found := _FROM_PLACE.search(text):
        place = (found["place"] or found["other"] or "").strip(_SIGNS)
        if found["other"] is not None or fold(place) in places():
            text = text[: found.start()]
    name = _ROLE_BEHIND.sub("", _TITLES.sub("", text.strip(_SIGNS)))
    if line.mark and line.mark.text in ("writers", "with a date") and not _PERSON.fullmatch(name):
        return None
    return name or None


def _sources(fact: Facts, lines: list[Piece], draft: Draft, pieces: list[Piece]) -> None:
    """Take outlet and agency: from a source line, from "published in X on", from an agency mark in the text."""
    outlets = Outlets.load()
    for line in lines:
        kind = line.mark.kind if line.mark else ""
        name: str | None = None
        if line.mark is not None and kind == "source":
            value = line.text[line.mark.value :] if line.mark.value else line.text
            name = clean(value).text.split("+")[0].strip(_SIGNS.replace("(", "").replace(")", ""))
            name = name.strip("()") if name.count("(") != name.count(")") else name
            if line.mark.text == name or ":" not in line.text:
                parts = [clean(part).text.strip(_SIGNS) for part in _STROKE.split(line.text)]
                name = next((part for part in parts if part and outlets.match(part)), name)
            if address := _HOST.match(name):
                known = outlets.match(name)
                name = known.name if known is not None else address[1]
            name = None if fold(name) in _NOBODY or name == line.mark.text else name
        elif kind == "published" and (found := _PUBLISHED_IN.match(line.text)):
            name = clean(found["outlet"]).text.strip(_SIGNS)
        elif kind == "post" and (found := _POST_HEAD.match(line.text)):
            name = clean(found[1]).text.strip(_SIGNS)
        elif kind == "date" and (beside := _STROKE.split(line.text)) and len(beside) > 1:
            name = next((clean(b).text.strip(_SIGNS) for b in beside if outlets.match(b.strip(_SIGNS))), None)
            if name is None and line.mark and line.mark.text == "time ago":
                name = clean(beside[0]).text.strip(_SIGNS)
        if name is None and line.kind == "metadata" and line.words <= 12 and (found := _IN_QUOTES.search(line.text)):
            named = line.words <= 8 or _SORT.search(line.text, 0, found.start())
            name = clean(found[1]).text.strip(_SIGNS) if named else None
        if name and fact.outlet is None:
            fact.outlet = name
        if line.mark and line.mark.text == "name and place":
            for part in _STROKE.split(clean(line.text).text):
                if fact.place is None and fold(part.strip(_SIGNS)) in places():
                    fact.place = part.strip(_SIGNS)
                known = outlets.match(part.strip(_SIGNS)) if part.strip(_SIGNS) else None
                if known is not None and known.kind == "agency":
                    fact.agency = fact.agency or part.strip(_SIGNS)
                elif known is not None:
                    fact.outlet = fact.outlet or part.strip(_SIGNS)
    if fact.agency is None and draft.body:
        first = pieces[draft.body[0]].text[:400]
        last = next((p.text for p in lines if p.mark and p.mark.kind in ("credit", "note")), "")[:60]
        for found in (*_BRACKETED.finditer(first), *_BRACKETED.finditer(last)):
            known = outlets.match(found.group(1))
            if known is not None and known.kind == "agency":
                fact.agency = clean(found.group(1)).text.strip()
                break


def _spoken_to(pieces: list[Piece], draft: Draft) -> str | None:
    """Return the outlet that a headline says it was told to: "فلان لـ«الصحيفة»: …"; never an agency."""
    for i in (draft.kicker, draft.title):
        found = _TOLD.search(pieces[i].text) if i is not None else None
        known = Outlets.load().match(found[1]) if found else None
        if found is not None and (known is None or known.kind != "agency"):
            return clean(found[1]).text.strip(_SIGNS)
    return None


def _first_published(pieces: list[Piece]) -> str | None:
    """Return the site that a feed's last line names: "ظهرت المقالة … أولاً على …"."""
    for line in reversed(pieces[-8:]):
        if line.mark is not None and line.mark.kind == "onward" and (found := _FIRST_ON.search(line.text)):
            return clean(found[1]).text.strip(_SIGNS) or None
    return None


def _channel(pieces: list[Piece]) -> str | None:
    """Return the channel whose name stands above each of its posts."""
    return next((clean(p.text).text.strip(_SIGNS) for p in pieces if p.rule == "channel_above_its_posts"), None)


def _rights_holder(pieces: list[Piece]) -> str | None:
    """Return who the page's copyright line says it belongs to: "جميع الحقوق محفوظة © بوابة الحقل 2024"."""
    for line in reversed(pieces[-12:]):
        if line.mark is None or line.mark.kind != "rights" or not _RIGHTS.search(line.text):
            continue
        name = _RIGHTS.sub(" ", clean(line.text).text).strip(_SIGNS + "©.")
        words = name.split()
        if 1 <= len(words) <= 5:
            return name.removeprefix("ل") if words[0].startswith("ل") and len(words[0]) > 4 else name
    return None


def _masthead(pieces: list[Piece]) -> str | None:
    """Return the site that a short line at the page's head or foot names: "صحيفة السهل", or a known name alone."""
    for line in (*pieces[:8], *reversed(pieces[-6:])):
        if line.kind not in ("navigation", "boilerplate", "metadata") or line.words > 5 or line.ends:
            continue
        known = Outlets.load().match(line.text)
        if (known is not None and known.kind != "agency") or _SORT_AND_NAME.fullmatch(line.text):
            return clean(line.text).text.strip(_SIGNS)
    return None


def _tags(lines: Iterable[Piece], body: str) -> list[Span]:
    spans: list[Span] = []
    folded: str | None = None
    for line in lines:
        if line.kind != "tags":
            continue
        at = line.mark.value if line.mark and line.mark.value is not None else 0
        if line.mark and line.mark.kind == "tags" and line.mark.value is None:
            continue
        folded = fold(body) if folded is None else folded
        for start, end in split_tags(line.text[at:], folded):
            raw = line.text[at + start : at + end]
            spans.append(Span(clean(raw).text, line.start + at + start, line.start + at + end))
    return spans


def _from_hints(fact: Facts, hints: Hints, landed: date | None, reports: list[str]) -> None:
    """Fill what the page does not say with what its container says."""
    if fact.published is None and hints.published:
        for one in find_dates(hints.published[:_READ], landed=landed):
            if isinstance(one, FoundDate):
                fact.published = Published(one.date, one.precision, one.calendar, hints.published)
                break
            reports.append(f"Refused a date of the container: {hints.published} ({one.reason}).")
    fact.outlet = fact.outlet or hints.outlet
    fact.author = fact.author or hints.author
    if not fact.tags and hints.tags:
        fact.tags = tuple(Span(tag, 0, 0) for tag in hints.tags)
