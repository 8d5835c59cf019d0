"""What each line is known to be before any article is looked for: by a marker, or by a shape that needs none."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from rasd.arabic.text import fold
from rasd.reading.cells import find_tables
from rasd.reading.credits import is_agency_name, is_credit_line, is_person_name
from rasd.reading.datelines import dated_dateline, find_dateline
from rasd.reading.joints import MINUTE_OF_PLAY, TRUNCATION
from rasd.reading.lines import (
    ADDRESS,
    FULL_STOP,
    HEAD_LINES,
    LABEL,
    LATIN,
    PATH,
    Piece,
    bar_entries,
    has_number,
    is_ruled,
)
from rasd.reading.markers import DAYS, Mark, Markers
from rasd.reading.model import SegmentKind
from rasd.reading.places import places
from rasd.reading.wording import WEEKDAYS, WEEKDAYS_ENGLISH, goes_on, shared

KIND_OF_MARK: dict[str, SegmentKind] = {
    "related": "related_marker", "more": "navigation", "tags": "tags", "source": "metadata", "published": "metadata",
    "updated": "metadata", "byline": "metadata", "credit": "metadata", "correction": "metadata",
    "caption": "boilerplate", "comments": "boilerplate", "share": "boilerplate", "navigation": "navigation",
    "prompt": "boilerplate", "notice": "boilerplate", "onward": "boilerplate", "live": "metadata",
    "lead_in": "metadata", "embed": "tweet", "bar": "navigation", "breadcrumb": "navigation", "ruled": "boilerplate",
    "time": "metadata", "date": "metadata", "initials": "metadata", "truncation": "boilerplate",
    "furniture": "navigation", "page_number": "navigation", "post": "metadata", "dateline": "dateline",
    "rights": "boilerplate",
    "footer": "navigation", "link": "navigation",
    "slug": "metadata", "note": "metadata", "handle": "boilerplate",
    "contents": "navigation",
}  # fmt: skip
_TIME = re.compile(
    r"(?:\W{0,3}الساعة\s*:?|[^\w\[(]{0,3})\s*[\[(]?\s*[0-9٠-٩]{1,2}[:.٫hH][0-9٠-٩]{2}(?::[0-9٠-٩]{2})?\s*[\])]?"
    r"\s*(?:ت\s?م|[صم]\.?|[AaPp]\.?[Mm]\.?|GMT|UTC|صباحا|صباحاً|مساء|مساءً|ظهرا|ظهراً"
    r"|(?:بتوقيت|ت\.?)\s+[\w ]{2,20})?\s*[:\-–—]?"
)
# The minute of play: "90+4'", "د 12", "الدقيقة 12".
_MINUTE = re.compile(
    r"[0-9٠-٩]{1,3}(?:\s?\+\s?[0-9٠-٩]{1,2})?\s?['’′`]|(?:د|دق|الدقيقة)\s?[.:]?\s?[0-9٠-٩]{1,3}(?:\s?\+\s?[0-9٠-٩]{1,2})?"
)
# Initials of desk and editor under an agency's bulletin: "ع ص / م ن", "#س_ع", "م.ج".
_INITIALS = re.compile(r"[=#(*\-–—ـ ]*[\u0621-\u064a](?:[ ._/\\|،\-–—ـ]+[\u0621-\u064a]{1,2}\b){1,7}[)./ ]*")
_PAGE_NUMBER = re.compile(
    r"(?:(?:ال)?(?:صفحة|جزء)\s*:?\s*)?[0-9٠-٩]{1,3}\s*(?:/|من|من أصل|of)\s*[0-9٠-٩]{1,3}"
    r"|(?:[0-9٠-٩]{1,2}[ |]+){2,}[0-9٠-٩]{1,2}"
    r"|\[?[0-9٠-٩]{1,4}\]?|(?:[0-9]{1,4}[ .…|]+){2,}(?:التالي|السابق|الأخيرة|[»›>])?"
)
_ARROW_SIGNS = "«»<>‹›→←"
_BREADCRUMB = re.compile(r"^(?:الرئيسية|الصفحة الرئيسية|Home|أنت هنا)\s*[:>»›/\\|·•←-]")
_CODE = re.compile(r"\b[A-Z]{2,6}\d{2,}|[\u0621-\u064a]{3,}\d{5,}")
_SLUGS = re.compile(r"[^\W\d]+(?: [^\W\d]+)?(?:/ ?[^\W\d]+(?: [^\W\d]+)?){1,4}")
_PATH_SIGN = re.compile(r"[/|»›>\\•·←‹<\-–—ـ]")
_PATH_SIGNS = re.compile(r"\s*[/|»›>\\•·←‹<]\s*|\s+[-–—ـ]\s+|[–—]\s+")
_ARROWS = re.compile(r"\s[>»›←]\s")
# A day of a month in a year, in figures or with the month in words; what else may stand on a line that is a date.
_DATE_IN_FIGURES = re.compile(
    r"[0-9٠-٩۰-۹]{1,2}\s*[-/.]\s*(?:[0-9٠-٩۰-۹]{1,2}|[^\W\d]{3,10})\s*[-/.]\s*[0-9٠-٩۰-۹]{2,4}|[0-9٠-٩۰-۹]{4}\s*[-/.]\s*[0-9٠-٩۰-۹]{1,2}\s*[-/.]\s*[0-9٠-٩۰-۹]{1,2}"
    r"|[0-9٠-٩۰-۹]{1,2}(?:st|nd|rd|th)?\s*[،,]?\s+(?:من\s+)?[^\W\d]+(?:\s*[/|(]\s*[^\W\d]+(?:\s+[^\W\d]+)?\)?)?(?:\s+[^\W\d]+)?\s*[،,]?\s+[0-9٠-٩۰-۹]{4}"
)
# Without a comma in it a line can have but those forms, which are found far faster than one that begins with a word.
_DATE = re.compile(
    _DATE_IN_FIGURES.pattern
    + r"|(?<![^\W\d])(?:[^\W\d]+\s?/\s?[^\W\d]+\s)?[^\W\d]+\s+[0-9٠-٩۰-۹]{1,2}\s*[،,]\s*[0-9٠-٩۰-۹]{4}"
)
_BETWEEN = re.compile(r"[|•·,،–—-]")
_CLOCK = re.compile(r"[0-9٠-٩۰-۹]{1,2}\s*:\s*[0-9٠-٩۰-۹]{2}(?::[0-9٠-٩۰-۹]{2})?")
_BESIDE_DATE = re.compile(
    rf"{WEEKDAYS}|{WEEKDAYS_ENGLISH}"
    r"|نُ?شرت?|آخر (?:تعديل|تحديث)|يوم|في|بتاريخ|الساعة|الموافق|بتوقيت|صباح[اًا]*|مساء[ًا]*|ظهر[اًا]*"
    r"|توقيت|غرينتش|جرينتش|GMT|UTC|[AaPp][Mm]|[صمه]ـ?|تمام|\+\d+"
)
_DAY_ALONE = re.compile(
    rf"(?:يوم\s+)?{WEEKDAYS}[\s،,]+[0-9٠-٩]{{1,2}}"
    r"(?:\s+[^\W\d_]+|\s*[/-]\s*[0-9٠-٩]{1,2})(?:\s*[-–|،]?\s*[0-9٠-٩]{1,2}:[0-9٠-٩]{2})?"
    # As networks date their posts: "١ فبراير الساعة ٥:٤٠ م ·".
    r"|[0-9٠-٩]{1,2}\s[^\W\d_]{3,}(?:\s(?!الساعة)[^\W\d_]{3,})?[،,]?\s(?:الساعة|at)\s[0-9٠-٩]{1,2}:[0-9٠-٩]{2}(?:\s?[صم]|\s?[AP]M)?\W*"
)
_POST = re.compile(
    r"\[[\d:., /-]{8,24}(?:[صمAPMapm.]{1,4})?\]\s?[^:\n]{2,60}:"
    r"|.{1,80}[,،]?\s\[\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[ ,،]*\d{1,2}:\d{2}(?::\d{2})?[^\]\n]{0,12}\]:?"
)
# A whole line in brackets: an agency's mark, a remark on an update; and a channel's own address.
_NOTE = re.compile(r"[-–—/ ]{0,4}\([^()]{2,120}\)\.?")
_STROKED = re.compile(r"/{1,2}\s*[^/]{2,30}\s*/{1,2}")
_HANDLE = re.compile(
    r"(?:[^\w@]{0,4}@\w{3,40}|(?:https?://|www\.|t\.me/)\S+)(?:\s+(?:@\w{3,40}|(?:https?://|www\.|t\.me/)\S+))*"
)
_AGO = re.compile(
    r"(?:قبل|منذ)\s+(?:[0-9٠-٩]{1,2}\s+)?(?:ثانية|ثوان|ثواني|ثانيتين|لحظات|دقيقة|دقائق|دقيقتين|ساعة|ساعات|ساعتين|يوم|أيام|يومين|أسبوع|أسبوعين|أسابيع|شهر|شهرين|أشهر)(?:\s+واحدة?)?"
)
# A name that a place stands beside: "رنا الشهابي من دمشق", "مسقط - حمود السيابي".
_NAME = r"[^\W\d_]+(?:\s+[^\W\d_]+){1,3}"
_PLACE = r"(?P<place>[^\W\d_]+(?:\s[^\W\d_]+)?)"
_NAME_AND_PLACE = (re.compile(rf"{_NAME}\s+من\s+{_PLACE}"), re.compile(rf"{_PLACE}\s*[-–—/ـ:]\s*{_NAME}"))
# How a line of writers begins, where the headline already stands above it.
_WRITERS = re.compile(
    r"(?:كتبت?|كتبها?|بقلم|إعداد|اعداد|حاور\w*|أجر[ىت] الحوار|مراسل\w*|موفد\w*|تصوير|ترجمة|تحرير|خاص)(?=[\s:/-])"
)
_WROTE = re.compile(
    r"(?:كتبت?|حاوره|حاورها|أعدته?ا?|ترجمة|تحرير|إعداد|[Bb]y)[ \xa0:/-]+[^\W\d]+(?:[ \xa0.]+[^\W\d]+){1,4}[ :]*"
)
# A line of facts names a writer beside a day: "بقلم فلان — 11 فيفري 2023 في الجهات", "الوطن 16 أوت 2023 - بقلم: س. ع".
_WRITER_AND_DAY = re.compile(r"(?<!\w)(?:بقلم|كتبت?|تحرير|إعداد|اعداد|محرر|المحرر|by|By)(?!\w)")
_LATIN_WORD = re.compile(r"(?<= )[A-Za-z][A-Za-z0-9.]{3,20}(?= |$)")
# A picture without words as readers of HTML write it, perhaps in the cell of a table: "![]() |".
_PICTURE_CELL = re.compile(r"[\s|]*(?:!\[[^\]\n]{0,120}\]\([^)\n]{0,400}\)[\s|]*)+")
# Who followed the matter for the paper: "متابعة فلان".
_FOLLOWED = re.compile(r"متابعة[ \xa0:/-]+([^\W\d_]+(?: [^\W\d_]+){1,3})")
# The section of a country: "أخبار سورية".
_NEWS_OF = re.compile(r"[أا]خبار ([^\W\d_]{3,12})")
_ISSUE = re.compile(r"العدد\s*:?\s*\(?[0-9٠-٩]{1,6}\)?(?!\w)")
_NOISE = re.compile(r"[\W_]+")
# Marks whose lines are read by shape first would be lost among words: shapes are tried where no marker is found.
_SHAPE_WORDS = 16
# No longer line is known by a marker, or as furniture that repeats.
MOST_WORDS = 36


def mark(pieces: list[Piece], markers: Markers, furniture: frozenset[str] = frozenset()) -> None:
    """Set the mark of every piece that is known by itself; labelled pieces and headings cut from a line stay."""
    for line in pieces:
        if line.heading and line.mark is None and (found := markers.source_of(line.text)) is not None:
            line.heading, line.mark = False, found  # what follows was glued to it
        if line.kind is None and line.mark is None and not line.heading:
            line.mark = _kept_mark(line, markers)
            if line.mark is None and furniture and line.words <= MOST_WORDS and line_key(line.text) in furniture:
                line.mark = Mark("furniture", "repeated across pages")
    _mark_minutes(pieces)
    _mark_bylines(pieces)
    _mark_tickers(pieces)
    _mark_leaders(pieces)
    find_tables(pieces)


# Minutes of play without a sign: so many at least, up or down all the way, none beyond a match with its extra time.
_BARE_MINUTE = re.compile(r"([0-9٠-٩]{1,3})(?:\s?\+\s?([0-9٠-٩]{1,2}))?")
_MINUTES, _LAST_MINUTE = 4, 125


def _mark_minutes(pieces: list[Piece]) -> None:
    """Mark figures that stand alone above lines of a live page as minutes of play: "17", "45", "90+6"."""
    found: list[tuple[int, tuple[int, int]]] = []
    for i, line in enumerate(pieces[:-1]):
        minute = _BARE_MINUTE.fullmatch(line.text) if line.words <= 2 and line.numbered else None
        below = pieces[i + 1]
        if minute is not None and (below.prose or (below.words > 1 and below.ends)) and below.mark is None:
            found.append((i, (int(minute[1]), int(minute[2] or 0))))
    minutes = [minute for _, minute in found]
    steps = {b[0] - a[0] for a, b in pairwise(minutes)}
    # The numbers of parts follow one another by one.
    ordered = minutes == sorted(set(minutes)) or minutes == sorted(set(minutes), reverse=True)
    if len(minutes) < _MINUTES or not ordered or steps <= {-1, 0, 1} or max(minutes)[0] > _LAST_MINUTE:
        return
    for i, _ in found:
        pieces[i].mark = Mark("time", MINUTE_OF_PLAY)


_TICKER_WORDS = 30


def _mark_tickers(pieces: list[Piece]) -> None:
    """Mark the headlines of a moving bar that stand on one line with nothing between them.

    They stand right below the bar's name; or first on the page, without a comma or a word in common with what follows.
    """
    for i, line in enumerate(pieces[:HEAD_LINES]):
        if line.mark is not None or line.kind is not None or line.words < _TICKER_WORDS or line.ends:
            continue
        again = pieces[i + 1] if i + 1 < len(pieces) else None
        if (
            again is not None
            and again.words >= _BAR_WORDS // 2
            and not again.ends
            and line.folded.startswith(again.folded[:_BEGINNING])
        ):
            # The bar runs twice, the second time perhaps shorter.
            line.mark = again.mark = Mark("bar", "headlines of a moving bar")
            continue
        below = [p for p in pieces[i + 1 :] if p.words > 8]
        above = pieces[i - 1] if i else None
        if above is not None and above.known == "more" and above.words <= 3:
            if FULL_STOP.search(line.text) is None and any(p.ends for p in below):
                line.mark = Mark("bar", "headlines of a moving bar")
        elif (
            i < _BAR_LINES
            and line.words >= _BAR_WORDS
            and below
            and not any(sign in line.text for sign in "،,؛")
            and not goes_on(line.text)
            and shared(line.folded, " ".join(p.folded for p in below[:5])) < _NOTHING_SHARED
        ):
            line.mark = Mark("bar", "headlines of a moving bar")


# A row of headlines without a name: so many words, among so many lines, and so little in common with what follows.
_BAR_WORDS, _BAR_LINES, _NOTHING_SHARED = 40, 6, 0.12
# So many characters tell a text from others.
_BEGINNING = 60


_OFFICE = re.compile(r"(?:رئيس|نائب رئيس|مدير|المدير|المشرف)(?: [^\W\d_]+){0,6} (?:ال)?(?:تحرير|[إا]دارة|عام)")
_LEADERS = ("نائب", "رئيس", "مدير", "المدير", "المشرف")


def _mark_leaders(pieces: list[Piece]) -> None:
    """Mark the offices of those who lead the paper, with their names beside them or on the next line."""
    for line, below in pairwise([*pieces, None]):
        if line is None or not line.text.startswith(_LEADERS):
            continue
        office = line.mark is None and line.kind is None and line.words <= 8 and _OFFICE.fullmatch(line.text)
        if not office and line.known != "footer":
            continue
        if line.value is not None:
            line.mark = Mark("notice", "an office of the paper", line.value)
        elif below is not None and below.mark is None and below.kind is None and below.words <= 5 and not below.ends:
            line.mark, below.mark = Mark("notice", "an office of the paper"), Mark("notice", "name below an office")


def _mark_bylines(pieces: list[Piece]) -> None:
    """Mark a name with its place beside a line of publication facts; elsewhere it may be a short headline."""
    for i, line in enumerate(pieces):
        if line.kind is not None or line.mark is not None or not 3 <= line.words <= 12 or line.ends:
            continue
        if not any(pieces[j].known in DAYS for j in (i - 1, i + 1) if 0 <= j < len(pieces)):
            continue
        for shape in _NAME_AND_PLACE:
            if (found := shape.fullmatch(line.text)) and fold(found["place"]) in places():
                line.mark = Mark("byline", "name and place")
        headed = any(p.kind is None and p.mark is None and p.words > 3 for p in pieces[max(0, i - 3) : i])
        if line.mark is None and headed and _WRITERS.match(line.text):
            line.mark = Mark("byline", "writers")
        if line.mark is None and _WROTE.fullmatch(line.text):
            line.mark = Mark("byline", "wrote")


# Of so many lines of at most so many characters is kept what they are: on the pages of an outlet most lines come again.
_KEPT, _KEPT_CHARACTERS = 512, 120


def _kept_mark(line: Piece, markers: Markers) -> Mark | None:
    """Return what a line is known to be by its text alone, looked up where it has been asked for not long ago."""
    if len(line.text) > _KEPT_CHARACTERS:
        return _mark_of(line, markers)
    if line.text not in markers.kept:
        if len(markers.kept) >= _KEPT:
            markers.kept.clear()
        markers.kept[line.text] = _mark_of(line, markers)
    return markers.kept[line.text]


def _mark_of(line: Piece, markers: Markers) -> Mark | None:
    text = line.text
    if line.words <= MOST_WORDS:
        if found := markers.find(text, line.said, parted=line.signs & LABEL != 0):
            return found
        if text[:6] == "متابعة" and (named := _FOLLOWED.fullmatch(text)) and is_person_name(named[1]):
            return Mark("byline", "followed by", named.start(1))
        if (
            "خبار " in text[:9]
            and line.words <= 3
            and (of := _NEWS_OF.fullmatch(text.strip("●•■▪ ")))
            and fold(of[1]) in places()
        ):
            return Mark("navigation", "news of")
        if line.words <= _SHAPE_WORDS and (found := _shape_of(line) or _sections(line, markers) or _code_of(line)):
            if found.kind == "date" and markers.label.get(fold(text.split()[0].strip(":")), ("",))[0] == "byline":
                return Mark("byline", "with a date")
            return found
        if (
            line.words <= _SHAPE_WORDS
            and not line.ends
            and line.numbered
            and _WRITER_AND_DAY.search(text)
            and _date_in(text)
        ):
            return Mark("byline", "with a date")
    if line.words >= _TICKER_WORDS and not line.ends and _parted_by_a_name(text):
        return Mark("bar", "a name between headlines")
    if line.barred:
        if line.words <= MOST_WORDS and not line.ends and text.count(" ") < 40 and len(_ARROWS.findall(text)) > 1:
            return Mark("breadcrumb", "arrows")
        entries = bar_entries(text)
        if entries and (len(text) > 60 or _are_sections(entries)):
            return Mark("bar", f"{len(entries)} entries")
    return None


def _parted_by_a_name(text: str) -> bool:
    """Whether a Latin name stands again and again between headlines: the site's own, in a moving bar."""
    names = Counter(_LATIN_WORD.findall(text, 0, 2000))
    return bool(names) and names.most_common(1)[0][1] > 3


def _are_sections(entries: list[str]) -> bool:
    """Whether the entries of a short bar are names of sections: of a word or three, without a number."""
    return all(
        entry.strip().count(" ") <= 2 and not has_number(entry) and entry.strip()[-1] not in ".:؟!،"
        for entry in entries
    )


def _shape_of(line: Piece) -> Mark | None:
    """Return the mark of a short line that its shape alone tells."""
    text = line.text
    if is_ruled(text):
        return Mark("ruled", text[:8])
    if line.signs & (PATH | LABEL) and _BREADCRUMB.match(text) and not line.ends:
        return Mark("breadcrumb", "home")
    if line.numbered and (found := _shape_with_a_number(line)):
        return found
    if _is_ago_line(text):
        return Mark("date", "time ago")
    if not text.strip(_ARROW_SIGNS):
        return Mark("page_number", text[:8])
    if "![" in text and _PICTURE_CELL.fullmatch(text):
        return Mark("caption", "cell of a picture")
    if "|" in text and _are_facts(text):
        return Mark("date" if line.numbered and _date_in(text) else "slug", "labels and values")
    if line.words <= 8 and _INITIALS.fullmatch(text):
        return Mark("initials", "initials")
    if "(" in text[:5] and _NOTE.fullmatch(text):
        return Mark("note", "a line in brackets")
    if text[0] in "[(&" and TRUNCATION.fullmatch(text):
        return Mark("truncation", text)
    if text[0] == "/" and _STROKED.fullmatch(text):
        return Mark("note", "a line between strokes")
    if text[0] == "#" and all(word[0] == "#" and len(word) > 2 for word in text.split()):
        return Mark("tags", "hashtags", 0)
    if line.words <= 6 and line.signs & (ADDRESS | LATIN) and _HANDLE.fullmatch(text):
        return Mark("handle", "address of a channel")
    if line.words <= 7 and "|" in text and not line.numbered and _could_be_sections(text):
        return Mark("bar", "sections")
    return None


def _shape_with_a_number(line: Piece) -> Mark | None:
    """Return the mark of a short line with a number that its shape tells: times, days, numbers of pages, datelines."""
    text = line.text
    if _POST.fullmatch(text):
        return Mark("post", "head of a post")
    if _TIME.fullmatch(text):
        return Mark("time", "time of day")
    if _MINUTE.fullmatch(text):
        return Mark("time", MINUTE_OF_PLAY)
    if _PAGE_NUMBER.fullmatch(text):
        return Mark("page_number", text[:8])
    if line.words <= 12 and (dateline := find_dateline(text, alone=True)) and dateline.agency:
        # A place and a figure are a row: "البصرة: 148300".
        named = any(map(str.isalpha, dateline.agency))
        return Mark("dateline", "place, day and agency") if named else None
    if dated_dateline(text) is not None:
        return Mark("dateline", "place, day and agency")
    if _ISSUE.match(text) and line.words <= 16 and not line.ends and _date_in(text):
        return Mark("date", "number of an issue")
    if _DAY_ALONE.fullmatch(text) or _is_date_line(text):
        return Mark("date", "date line")
    return None


def _could_be_sections(text: str) -> bool:
    """Whether what strokes part is of a word or three each, and no line of credits."""
    return all(part.strip().count(" ") <= 2 for part in text.split("|")) and not is_credit_line(text)


def _are_facts(text: str) -> bool:
    """Whether the line is made of labels with their values: "المرسل: فلان | التاريخ: 3-4-2024 | المشاركات: 12"."""
    parts = text.split("|")
    return len(parts) > 1 and all(0 < part.find(":") < 25 and part.count(" ") <= 8 for part in parts)


def _parted(text: str) -> list[str]:
    """Return what stands between the strokes and arrows of a line; where it has none, the line."""
    return _PATH_SIGNS.split(text) if _PATH_SIGN.search(text) else [text]


def _sections(line: Piece, markers: Markers) -> Mark | None:
    """Return a mark where the line is a path of sections, at least one of them known by name."""
    if not line.signs & PATH:
        return None
    text = line.text
    parts = [part.strip() for part in _parted(text)]
    if not 2 <= len(parts) <= 6 or any(part.count(" ") > 2 or not part for part in parts) or has_number(text):
        return None
    known = sum((markers.line.get(fold(part)) or ("",))[0] == "navigation" for part in parts)
    return Mark("breadcrumb", "sections") if known * 3 >= len(parts) else None


def _place_and_name(text: str) -> bool:
    """Whether the line is a place and a name with a stroke between: "القاهرة - منى الديب", "خاص - المدى"."""
    parts = [part.strip(' :«»"“”()') for part in _parted(text)]
    if not 2 <= len(parts) <= 3 or any(not part or part.count(" ") > 3 for part in parts) or has_number(text):
        return False
    return any(fold(part) in places() or fold(part) in ("خاص", "متابعات", "وكالات") for part in parts)


def _code_of(line: Piece) -> Mark | None:
    """Return a mark where the line is an agency's code or slug: "KUN0034 4 عام 0215", "مخطوطات/معرض"."""
    if line.words <= 10 and not line.ends and line.numbered and _CODE.search(line.text):
        return Mark("slug", "code of an agency")
    if not line.signs & PATH:
        return None
    if 2 <= line.words <= 8 and not line.ends and _place_and_name(line.text):
        return Mark("byline", "name and place")
    if line.words <= 5 and _SLUGS.fullmatch(line.text):
        wired = "/" in line.text and is_agency_name(line.text.rpartition("/")[2].strip())
        return Mark("dateline", "places and an agency") if wired else Mark("slug", "slug")
    return None


def _is_ago_line(text: str) -> bool:
    """Return whether the line says how long ago, and besides at most the name of who says so."""
    found = _AGO.search(text) if "قبل" in text or "منذ" in text else None
    if found is None:
        return False
    rest = _NOISE.sub(" ", text[: found.start()] + text[found.end() :]).split()
    return not rest or (len(rest) <= 4 and _bare(found))


def _date_in(text: str) -> re.Match[str] | None:
    return (_DATE if "،" in text or "," in text else _DATE_IN_FIGURES).search(text)


def _is_date_line(text: str) -> bool:
    """Return whether the line says a day, and besides at most a time, a place or an author."""
    if len(text) > 160 or (date := _date_in(text)) is None:
        return False
    rest = text[: date.start()] + " | " + text[date.end() :]
    rest = _BESIDE_DATE.sub(" ", _CLOCK.sub(" ", date.re.sub(" ", rest)))
    parts = [_NOISE.sub(" ", part).split() for part in _BETWEEN.split(rest)]
    longest = max((len(part) for part in parts), default=0)
    return sum(len(part) for part in parts) <= 2 or (
        longest <= 4 and sum(map(len, parts)) <= 6 and len(text) <= 80 and _bare(date)
    )


def words_beside_day(text: str) -> int:
    """Return how many words a line has besides times and what goes with days; its day is cut out already."""
    return len(_NOISE.sub(" ", _BESIDE_DATE.sub(" ", _CLOCK.sub(" ", text))).split())


def _bare(date: re.Match[str]) -> bool:
    """Whether the date is set off from the words around it, as facts are and a headline's date is not."""
    before = _BESIDE_DATE.sub("", date.string[: date.start()]).rstrip()
    after = _BESIDE_DATE.sub("", date.string[date.end() :]).lstrip()
    return (not before or before[-1] in "|•·-–—,،:/") and (not after or after[0] in "|•·-–—,،:/" or after[0].isdigit())


def line_key(text: str) -> str:
    """Return the key under which a line is counted across the pages of an outlet (see `read`'s `furniture`)."""
    return _NOISE.sub(" ", text).strip().casefold()
