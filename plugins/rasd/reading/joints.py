"""Where two texts were glued together on one line, and the line has to be cut.

Scrapers lose line ends: a label follows a full stop ("….المصدر: سانا"), a headline runs into the sentence
behind it ("السلاموعبّر الأمين العام"), a feed cuts a text off with "[...]". A cut needs evidence on both of
its sides; a missing blank alone is a typing error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from rasd.arabic.dates import is_month
from rasd.arabic.text import fold
from rasd.reading.credits import is_agency_name, is_outlet_name, is_person_name
from rasd.reading.flattened import part_flattened
from rasd.reading.lines import (
    BAR,
    BULLETS,
    COMPARED,
    FULL_STOP,
    JOINT,
    LABEL,
    LATIN,
    MARK,
    NUMBER,
    Piece,
    has_number,
    parts_of,
    piece_of,
)
from rasd.reading.markers import Mark, Markers, load_markers
from rasd.reading.places import places
from rasd.reading.seams import seams
from rasd.reading.wording import WEEKDAYS, Words, begins_report, core, load_words, shared, subject

_LETTER = "\u0621-\u063a\u0641-\u064a"
# "But as for the farmers", "in the same context": openings without a verb, and inside what looks like one word.
_OPENING_INSIDE = re.compile(
    rf"(?<=[{_LETTER}]{{3}})"
    r"(?:أما|من(?=[ \xa0](?:ناحيت|جهت|جانب)ه)|ف[يى](?=[ \xa0](?:السياق|سياق[ \xa0]متصل)))(?=[ \xa0])"
)
_OF_OPENINGS = ("أما", "ناحيت", "جهت", "جانب", "السياق", "سياق")
# A question that another text follows without a blank.
_ASKED = re.compile(rf"(?<=[^\W\d_])[؟!](?=[{_LETTER}])")
_CLOSED_WORD = re.compile(rf"[)\]؟!\"”»…](?<=\S.)(?=[{_LETTER}])")
# A full stop that another text follows without a blank.
_GLUED_STOP = re.compile(rf"\.[»”\"]?(?=[{_LETTER}])")
_WORD = re.compile(r"\w+")
TRUNCATION = re.compile(r"\s*(?:\[\s*(?:\.{2,}|…)\s*\]|\(\s*(?:\.{3,}|…)\s*\)|&hellip;|\[\+\d+ \w+\]|\[&#8230;\])\s*")
_CUT_SIGNS = "[(&"
_HEADING_WORDS = 40
# A paragraph that stops at dots, with a link to the rest behind them, has so many words.
_CUT_OFF_WORDS = 12
# A subheading has so many words at most.
_SUBHEADING_WORDS = 7
_LABEL_CHARACTERS = 40
# A headline, or a few of them glued together, ends within so many characters of the line's beginning.
_SEARCHED = 600
# What closes a report on its last line, behind a full stop: "(النهاية)", "[م.ع / بغداد]", no more than three words.
# the initials of the desk may follow: "(النهاية) ف ن س / م ع ج".
_INITIALS = r"(?:[ \xa0./]*\b[\u0621-\u064a]{1,2}\b){0,9}"
# (Dots in square brackets are the rest of a text, and no mark.)
_OPEN = r"(?:\(|\[(?=[^\]]*[^\W\d_]))"
_CLOSING_BRACKET = re.compile(
    rf"(?<=[.؟!\"”»])[ \xa0]*({_OPEN}[ \xa0]?[^()\[\]\s]{{1,15}}(?:[ \xa0][^()\[\]\s]{{1,15}}){{0,2}}[ \xa0]?[)\]]"
    + _INITIALS
    + r")\s*$"
)
_END_MARK = re.compile(r"(?<=[.؟!\"”»])[ \xa0]*([/*#-]*(?:انتهى|انتهت|نهاية الخبر)[/*# \xa0-]*)$")
_GLUED_HEADLINE = re.compile(r"(?<=\w[\w)\]»”\"])[.؟!](?=[\u0621-\u064a«\"](?:[^.؟!]|\.{2,})*$)")
_LAST_SENTENCE = re.compile(r"(?<=[\w)\]»”\"]\.)[ \xa0]+(?=[\u0621-\u064a«\"](?:[^.؟!]|\.{2,})*$)")
# So many paragraphs show that a page ends them with stops, where so great a part of them does; they have so many words.
_STOPPED, _PART_STOPPED, _PARAGRAPH_WORDS = 3, 0.75, 15
# How a wire says that it told the story before; what follows is the headline.
_BRACKET_ONLY = re.compile(_OPEN + r"[^()\[\]]{2,50}[)\]]" + _INITIALS)
_SLUG = re.compile(r"(?:تحديث|مقدمة|ملخص|إعادة|مكرر)[ \xa0]*[0-9٠-٩]{0,2}[ \xa0]*[-–—][ \xa0]*(?=\S)")
_LEAD_IN = re.compile(r"([^\W\d_]+)[ \xa0]*[:/][ \xa0]+(?=\S)")
_MEDIA = re.compile(r"[(\[](?:بال)?(?:فيديو|صور|شاهد)[^()\[\]]{0,20}[)\]]$")
# A feed's cut with its link on the same line.
_MORE_TAIL = re.compile(
    r"(?:\.{3}|…)[ \xa0]*(?:[اإ]قرأ (?:المزيد|التفاصيل|البقية)|المزيد|تابع القراءة|للمزيد|التفاصيل|التتمة|البقية)"
    r"(?:[ \xa0]كاملة)?(?:[ \xa0](?:في|على|لدى)[ \xa0](?:المصدر|الموقع|الأصل|موقع الناشر))?[ \xa0.»←>⟵]*$"
)
# The time before an entry of a live page: "14:35 - ", "[09:10] ", "١٢:٠٥ م |", "الساعة 10:42: ", "تحديث 15:55 - ",
# "18س05: ", "منذ 12 دقيقة — "; or the minute of play: "د 45+2 ", "الدقيقة 17. ", "90+4' ".
MINUTE_OF_PLAY, OF_AN_ENTRY = "minute of play", "time of an entry"
_HOURS = r"[0-9٠-٩]{1,2}[:.٫س][0-9٠-٩]{2}"
_ENTRY_TIME = re.compile(
    r"(?:منذ|قبل)[ \xa0][^\n.،:–—-]{4,24}?[ \xa0][-–—|][ \xa0]*(?=[^\W\d])|"
    rf"(?:(?:ال)?(?:ساعة|توقيت|تحديث|تحيين)[ \xa0:]{{1,2}})?[\[(]?{_HOURS}[\])]?"
    r"(?:[ \xa0]*(?:[صم]|GMT|بتوقيت[ \xa0][^\W\d]+(?:[ \xa0]المكرمة)?)\b\.?)?"
    r"[ \xa0]*(?:[-–—|:][ \xa0]*)?(?!بتوقيت|GMT|[صم]\b)(?=[^\W\d])"
)
_MINUTE = re.compile(
    r"(?:(?:د|دق|الدقيقة)[. \xa0]?[0-9٠-٩]{1,3}(?:\+[0-9٠-٩]{1,2})?[.:]?"
    r"|[0-9٠-٩]{1,3}(?:\+[0-9٠-٩]{1,2})?['’′`](?!:))[ \xa0]*(?:[-–—|:][ \xa0]*)?(?=[^\W\d])"
)
_GLUED_KINDS = ("published", "source", "tags", "related")


@lru_cache(maxsize=4)
def _labels(markers: Markers) -> dict[str, tuple[str, ...]]:
    """Return the labels that texts are glued to by their last three letters, the longest first."""
    # One short word before a colon is as often a speaker ("وقال المصدر:"); it is known by what stands before it.
    keys = [key for key, (kind, _) in markers.label.items() if kind in _GLUED_KINDS and len(key) >= 5]
    labels: dict[str, tuple[str, ...]] = {}
    for key in sorted(keys, key=len, reverse=True):
        labels[key[-3:]] = (*labels.get(key[-3:], ()), key)
    return labels


def _label_cuts(text: str, markers: Markers) -> Iterator[int]:
    """Yield where a label that a colon ends begins behind other text: "….المصدر: سانا"."""
    labels = _labels(markers)
    # Labels behind a blank, by kind: of two kinds one behind the other each begins the next part of an article's foot.
    foot: dict[str, int] = {}
    colon = text.find(":", 1)
    while colon > 0:
        raw = text[max(0, colon - _LABEL_CHARACTERS) : colon].rstrip()
        folded = fold(raw)
        label = next((key for key in labels.get(folded[-3:], ()) if folded.endswith(key)), None)
        if label is not None:
            at = colon - len(text[max(0, colon - _LABEL_CHARACTERS) : colon]) + _raw_suffix(raw, len(label))
            if at > 0 and _cuts_before(text, at, label):
                yield at
            if not at or text[at - 1].isspace() or text[at - 1] in '.؟!"':
                foot[markers.label[label][0]] = at
        colon = text.find(":", colon + 1)
    foot.pop("published", 0)
    if len(foot) > 1 and max(foot.values()) - min(foot.values()) < _OF_A_FOOT:
        yield from (at for at in foot.values() if at)
        if max(foot.values()) == foot.get("related"):
            begin = text.index(":", foot["related"]) + 1
            yield begin
            if (told := _behind_headline(text, begin)) is not None:
                yield told


# Source, key words and the head of other stories, on one line, have so many characters between them at most.
_OF_A_FOOT = 200
# A headline behind which its text begins on the same line has so many words; so much of it is told again by the text's
# first words, and such a line has so many words at least.
_BEFORE_TEXT, _RETOLD, _FIRST_TOLD, _WITH_TEXT = (3, 14), 0.4, 220, 16
_WORDS = re.compile(r"\S+")
_SHE_DID = re.compile(rf"[{_LETTER}\u064b-\u0652]{{3,}}ت$")
_ENDED = re.compile(rf"ة(?=[{_LETTER}]{{3}})")
_NO_VERBS = ("ال", "وال", "بال", "لل", "و", "ف")


def _behind_headline(text: str, start: int = 0) -> int | None:
    """Return where, behind a headline and on its line, its text begins with a verb and tells it again; or None."""
    least, most = _BEFORE_TEXT
    words = [found for found, _ in zip(_WORDS.finditer(text, start), range(most + _WITH_TEXT), strict=False)]
    if len(words) < _WITH_TEXT:
        return None
    joining = load_words().joining
    best, most_told = None, _RETOLD
    for before, word in pairwise(words[least - 1 : most + 1]):
        if before.group()[-1] in "،.؛,":
            break
        # The letter that ends words alone shows where two were glued.
        glued = _ENDED.search(word.group())
        at = word.start() + glued.end() if glued else word.start()
        first = text[at : word.end()]
        verb = begins_report(first) or (_SHE_DID.match(first) is not None and not fold(first).startswith(_NO_VERBS))
        if not verb or (not glued and fold(before.group()) in joining):
            continue
        head = fold(text[start:at])
        told = shared(head, fold(text[at : at + _FIRST_TOLD])) if len(subject(head)) > 1 else 0.0
        if told > most_told:
            best, most_told = at, told
    return best


def _cuts_before(text: str, at: int, label: str) -> bool:
    before = text[at - 1]
    if text[max(0, at - 4) : at].rstrip()[-1:] in (".", "!", "?", "؟"):
        return True
    if before.isspace() or before in "\"'“«([-–—":
        return False
    # Glued to a word: two words of a label are enough, one may be the end of another word.
    return not before.isalpha() or (" " in label and fold(text[:at].rsplit(maxsplit=1)[-1]) not in _PROCLITICS)


# What is written to the front of a label and belongs to it.
_PROCLITICS = frozenset(("و", "ا", "ل", "ب", "ف", "ك", "ال", "وال", "بال", "فال", "لل", "ول", "وب"))


@lru_cache(maxsize=4)
def _openings(words: Words) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words with which a sentence that is glued on begins: going on, and beginning anew."""
    going = frozenset(f"{a}{v}" for v in words.reporting for a in "وف") | frozenset(
        w for w in words.continuing if w[0] == "و" and len(w) > 3
    )
    return going, words.reporting


def _raw_suffix(word: str, letters: int) -> int:
    """Return where in the raw word its last `letters` letters begin (marks belong to the letter before them)."""
    at = len(word)
    while letters and at:
        at -= 1
        if not 0x64B <= ord(word[at]) <= 0x670 or 0x660 <= ord(word[at]) <= 0x669:
            letters -= 1
    return at


def _word_cuts(text: str, *, closed: bool) -> Iterator[int]:
    """Yield where, inside a word, a new sentence seems to begin: "السلاموعبّر", "المدرسةقال".

    Near the beginning a verb of the present is enough. `closed` says whether letters or marks that end words may have
    letters right behind them.
    """
    openings = _openings(load_words())
    going, reporting = openings
    for at, sure in seams(text):
        if sure or text.count(" ", 0, at) < _SUBHEADING_WORDS:
            yield at
    for found in _OPENING_INSIDE.finditer(text) if any(map(text.__contains__, _OF_OPENINGS)) else ():
        yield found.start()
    for found in _ASKED.finditer(text) if closed else ():
        yield found.end()
    for found in _CLOSED_WORD.finditer(text) if closed else ():
        after = _WORD.match(fold(text[found.end() : found.end() + 20]))
        if after is None:
            continue
        known = after.group() in going or after.group() in reporting
        if known or (after.group()[0] == "و" and len(after.group()) > 3 and _MEDIA.search(text[: found.end()])):
            yield found.end()


def cut_joints(pieces: list[Piece], markers: Markers) -> list[Piece]:
    """Cut the pieces where texts were glued together; pieces that are labelled already stay as they are."""
    pieces = _join_days(part_flattened(pieces))
    live = _live(pieces)
    stopped = _ends_paragraphs(pieces)
    result: list[Piece] = []
    announced = False  # whether the line above announces other stories
    above = True  # the text is still to come: a headline's site is looked for above it alone
    for line in pieces:
        above = above and line.words < 32 and not (line.ends and line.words > 12)
        headed = _behind_headline(line.text) if announced and line.words >= _WITH_TEXT and line.kind is None else None
        announced = _announces(line.text, markers)
        if line.kind is not None or line.words < 2:
            result.append(line)
        elif headed is not None:
            result += _parts(line, [headed], live)
        elif ":" in line.text[:12] and _TIMED_LINK.fullmatch(line.text):
            line.mark = Mark("link", "time, headline and more")
            result.append(line)
        elif len(result) < _HEAD_LINES and line.words >= _BAR_WORDS and _is_glued_bar(line):
            line.mark = Mark("bar", "headlines glued together")
            result.append(line)
        elif parts := _parts_by_form(line, pieces, markers, above=above):
            for part in parts:
                cuts = _cuts(part, markers, live=live, stopped=stopped) if _holds_text(part) else []
                result += _parts(part, cuts, live) if cuts else [part]
        elif cuts := _cuts(line, markers, live=live, stopped=stopped):
            result += _parts(line, cuts, live)
        else:
            result.append(line)
    return result


def _announces(text: str, markers: Markers) -> bool:
    """Whether a line says that other stories follow, or ends so."""
    if len(text) < _LABEL_CHARACTERS:
        found = markers.find(text)
        return found is not None and found.kind == "related"
    tail = fold(text[-_LABEL_CHARACTERS:-1]).rstrip() if text[-1] == ":" else ""
    label = next((key for key in _labels(markers).get(tail[-3:], ()) if tail.endswith(key)), None)
    return label is not None and markers.label[label][0] == "related"


def _holds_text(part: Piece) -> bool:
    """Whether a part of a line is not its label: a link that a text was glued to, or what nothing is known of."""
    ended = part.ends or part.text[-1] == ":"
    return part.words >= _TOLD_WORDS and ended and part.known in ("", "link")


def _parts_by_form(line: Piece, pieces: list[Piece], markers: Markers, *, above: bool) -> list[Piece]:
    """Return the parts of a line whose form says where it is to be cut, or nothing."""
    signs = line.signs
    if (
        above
        and (signs & (LABEL | BAR) or " « " in line.text or " ~ " in line.text)
        and (parts := _headline_and_site(line, pieces))
    ):
        return parts
    if signs & LABEL and line.ends and line.words >= _TOLD_WORDS and (parts := _headline_and_text(line)):
        return parts
    if signs & (LABEL | LATIN) and (parts := _dated_beginning(line)):
        return parts
    if parts := _marker_and_link(line, markers):
        return parts
    if signs & LABEL and (parts := _slug_and_headline(line, markers)):
        return parts
    if above and signs & NUMBER and (parts := _headline_and_day(line)):
        return parts
    return _headline_and_writer(line) if above else []


# The chapters of a recording: so many lines one below the other, a time and so few words each.
_CHAPTERS, _CHAPTER_WORDS = 3, 12


def _timed(pieces: Sequence[Piece]) -> list[int]:
    """Return the lines that begin with a time as entries of a live page do; chapters of a recording are a table."""
    timed = [
        i
        for i, line in enumerate(pieces)
        if line.signs & (NUMBER | LABEL) and line.kind is None and _ENTRY_TIME.match(line.text)
    ]
    if len(timed) < _CHAPTERS or any(pieces[i].words > _CHAPTER_WORDS or pieces[i].text[-1] == "." for i in timed):
        return timed
    if any(b - a > 1 for a, b in pairwise(timed)):
        return timed
    for i in timed:
        pieces[i].cell = True
    return []


# So many lines that begin with the minute of play tell a match as it goes.
_MINUTES = 3


def _live(pieces: Sequence[Piece]) -> re.Pattern[str] | None:
    """Return the form of the times before the entries of a live page; None for any other page.

    One line that begins with a time may be about it; two are a live page.
    """
    if len(_timed(pieces)) > 1:
        return _ENTRY_TIME
    told = sum(
        line.kind is None and line.signs & NUMBER != 0 and line.words > 1 and _MINUTE.match(line.text) is not None
        for line in pieces
    )
    return _MINUTE if told >= _MINUTES else None


# Headlines of a moving bar that lost the blanks between them: so many words, among so many lines at the page's head.
_BAR_WORDS, _HEAD_LINES = 30, 20
# An entry of a list of the latest: "• 01:21 . headline... المزيد |".
_TIMED_LINK = re.compile(r"[•·\- ]*[0-9٠-٩]{1,2}:[0-9٠-٩]{2}\s*[.|–-]\s.{8,220}?(?:\.{3}|…)\s*(?:[اإ]قرأ )?المزيد[ |]*")
_GLUED_SIGN = re.compile("[؟!](?=[\u0621-\u064a])")


def _is_glued_bar(line: Piece) -> bool:
    """Whether a line is a row of headlines glued to one another: questions run into words, and no sentence ends."""
    return not line.ends and len(_GLUED_SIGN.findall(line.text)) > 2 and FULL_STOP.search(line.text) is None


_DAY_OF_MONTH = re.compile("[0-3]?[0-9]|[٠-٣]?[٠-٩]")
_FULL_YEAR = re.compile("(?:19|20)[0-9]{2}|(?:١٩|٢٠)[٠-٩]{2}")


def _join_days(pieces: list[Piece]) -> list[Piece]:
    """Put a day together that stands on three lines at the page's head: day, month, year."""
    for i in range(min(len(pieces) - 2, _HEAD_LINES)):
        day, month, year = pieces[i : i + 3]
        if (
            len(day.text) <= 2
            and _DAY_OF_MONTH.fullmatch(day.text)
            and _FULL_YEAR.fullmatch(year.text)
            and is_month(month.text)
        ):
            # What lies between the lines is white space; in the joined text it is blanks, as many.
            text = day.text + " " * (month.start - day.end) + month.text + " " * (year.start - month.end) + year.text
            joined = Piece(text, day.start, year.end, day.gap, 3, ends=False, mark=Mark("date", "date line"))
            return [*pieces[:i], joined, *pieces[i + 3 :]]
    return pieces


def _ends_paragraphs(pieces: Sequence[Piece]) -> bool:
    """Whether a page's paragraphs end with stops, so that one without may have a headline behind its last sentence."""
    ends = [line.ends for line in pieces if line.words >= _PARAGRAPH_WORDS]
    return sum(ends) >= max(_STOPPED, _PART_STOPPED * len(ends))


def _cuts(line: Piece, markers: Markers, *, live: re.Pattern[str] | None, stopped: bool) -> list[int]:
    """Return where to cut a line of a page; `live` and `stopped` say what it is and how it ends its paragraphs."""
    text = line.text
    cuts = set(_label_cuts(text, markers)) if line.signs & LABEL and ":" in text else set()
    # The bracket behind a caption names who took the picture: it stays with it.
    bracketed = (")" in text[-30:] and line.words >= 9) or ("]" in text[-30:] and line.words >= _PARAGRAPH_WORDS)
    if bracketed and (closing := _CLOSING_BRACKET.search(text, max(0, len(text) - 80))):
        cuts.add(closing.start(1))
    if ("انته" in text or "نهاية" in text) and (closing := _END_MARK.search(text, max(0, len(text) - 30))):
        cuts.add(closing.start(1))
    if line.words >= 12 and not line.ends:
        # A paragraph's end with the next headline glued to it.
        patterns = (_GLUED_HEADLINE, _LAST_SENTENCE) if stopped else (_GLUED_HEADLINE,)
        found = (one.end() for pattern in patterns for one in pattern.finditer(text, 40))
        cuts.update(at for at in found if 1 <= text.count(" ", at) < 25)
    if ("..." in text or "…" in text) and (more := _MORE_TAIL.search(text, max(0, len(text) - 60))):
        cuts.add(more.start())
    if live is not None and (time := live.match(text)):
        if fold(text[time.end() :]) in places():
            line.mark = Mark("time", OF_AN_ENTRY)  # and where: "18:12 | زحلة"
            return []
        cuts.add(time.end())
    if line.signs & MARK and (text[-1] != "." or text[-2:-1] in ("]", ")")) and any(map(text.__contains__, _CUT_SIGNS)):
        cuts.update(m.start() for m in TRUNCATION.finditer(text, max(0, len(text) - 80)) if m.start())
    closed = line.signs & JOINT != 0
    if line.words >= 8:
        cuts.update(_joints(text, opens=_opens(line), closed=closed))
    return sorted(cuts)


def _opens(line: Piece) -> bool:
    """Whether the line begins as the next paragraph of a story does; no headline stands before its sentence."""
    return line.folded.partition(" ")[0] in _openings(load_words())[0]


def _is_labelled(part: Piece) -> bool:
    """Whether a part of a line begins with what says that it is its source, or key words."""
    found = load_markers().find(part.text) if ":" in part.text[:_LABEL_CHARACTERS] else None
    return found is not None and found.kind in ("source", "tags")


def _parts(line: Piece, cuts: list[int], live: re.Pattern[str] | None) -> Iterator[Piece]:
    """Yield the parts of a line that is cut, marked where the cut itself says what they are."""
    text = line.text
    for n, (start, end) in enumerate(pairwise([0, *cuts, len(text)])):
        part = piece_of(text, line.start, start, end, line.gap if n == 0 else 0, glued=line.glued or n > 0)
        if part is None:
            continue
        if n == 0 and live is not None and (time := live.match(text)) and time.end() == end:
            part.mark = Mark("time", MINUTE_OF_PLAY if live is _MINUTE else OF_AN_ENTRY)
        elif n > 0 and (_BRACKET_ONLY.fullmatch(part.text) or _END_MARK.match("." + part.text)):
            part.mark = Mark("credit", part.text)
        elif TRUNCATION.match(part.text) or (n > 0 and _MORE_TAIL.fullmatch(part.text)):
            part.mark = Mark("truncation", part.text)
        elif (
            end < len(text)
            and not part.ends
            and not _is_labelled(part)
            and not (TRUNCATION.match(text, end) or _MORE_TAIL.match(text, end))
        ):
            part.heading = part.words < _HEADING_WORDS
        elif end < len(text) and part.words >= _CUT_OFF_WORDS and _MORE_TAIL.match(text, end):
            part.take_for_prose()
        yield part


# A day in figures at the end of a headline, or before it: "…بالسليمانية2024/05/29 15:10", "date 2025-12-14 …".
_DAY = r"(?:[0-9٠-٩]{4}[-/.][0-9٠-٩]{1,2}[-/.][0-9٠-٩]{1,2}|[0-9٠-٩]{1,2}[-/.][0-9٠-٩]{1,2}[-/.][0-9٠-٩]{4})"
_ENGLISH_DAY = r"[0-9]{1,2}[ -][A-Z][a-z]{2,8},?[ -][0-9]{4}|[A-Z][a-z]{2,8} [0-9]{1,2}, [0-9]{4}"
_CLOCK = r"(?:[ \xa0,،|–-]*[0-9٠-٩]{1,2}:[0-9٠-٩]{2}(?::[0-9٠-٩]{2})?)?(?:[ \xa0]?(?:[صم]|[AaPp][Mm]|GMT))?"
_DAY_BEHIND = re.compile(rf"[ \xa0|–-]*(?<![0-9٠-٩/.-])({_DAY}{_CLOCK})$")
_ENGLISH_DAY_BEHIND = re.compile(rf"[ \xa0|–-]*(?<!\w)((?:{_ENGLISH_DAY}){_CLOCK})$")
# Of days with the month in words those in English; any other only where its hour stands behind it, and glued on or as
# today's: "…، اليوم الثلاثاء 30 يوليو 2024 05:48 مساءً". Behind a blank it may be a line of facts as a whole.
_NAMED_DAY_BEHIND = re.compile(
    rf"(?:[ \xa0،,]+اليوم[ \xa0](?:{WEEKDAYS}[ \xa0،,]+)?|(?<=[^\W\d_]))(?<![0-9٠-٩])[0-9٠-٩]{{1,2}}[ \xa0]"
    r"[^\W\d_]{3,10}(?:[ \xa0/][^\W\d_]{3,10})?[ \xa0،,]+[0-9٠-٩]{4}[ \xa0،,|–-]+[0-9٠-٩]{1,2}:[0-9٠-٩]{2}"
    r"(?:[ \xa0][^\s\d]{1,8})?$"
)
_DAY_BEFORE = re.compile(rf"((?:date|التاريخ|تاريخ)?[ \xa0:]*{_DAY}{_CLOCK})[ \xa0|–-]+(?=[^\W\d_]{{2}})")
# Before a day these make it part of a sentence.
_OF_A_SENTENCE = (
    "في",
    "منذ",
    "يوم",
    "حتى",
    "بتاريخ",
    "قبل",
    "من",
    "إلى",
    "الى",
    "تاريخ",
    "بعد",
    "ليوم",
    "مند",
    "نشر",
    "نُشر",
)


def _headline_and_day(line: Piece) -> list[Piece]:
    """Return the two parts of a headline and the day that is glued to it, or nothing."""
    text = line.text
    if line.ends or not 5 <= line.words <= 30:
        return []
    if (found := _DAY_BEHIND.search(text, max(0, len(text) - 40))) is not None:
        before = text[: found.start()].split()
        # A day set off by a blank may be part of the headline; with its hour it is not.
        if ":" not in found.group() and found.start() < found.start(1):
            return []
        if len(before) < 4 or before[-1].strip(":") in _OF_A_SENTENCE or before[-1][-1] == ":":
            return []
        at = found.start()
    elif line.signs & LATIN and (english := _ENGLISH_DAY_BEHIND.search(text, max(0, len(text) - 40))) is not None:
        if len(text[: english.start()].split()) < 4:
            return []
        at = english.start()
    elif (named := _NAMED_DAY_BEHIND.search(text, max(0, len(text) - 60))) is not None:
        before = text[: named.start()].split()
        if len(before) < 4 or before[-1] in _OF_A_SENTENCE:
            return []
        at = named.start()
    elif (first := _DAY_BEFORE.match(text)) is not None and text.count(" ", first.end()) >= 3:
        at = first.end()
    else:
        return []
    return _in_two(line, at)


def _in_two(line: Piece, at: int) -> list[Piece]:
    """Return the two parts of a line that is cut there; nothing where one of them is blank."""
    parts = parts_of(line, at)
    return parts if len(parts) > 1 else []


# A stroke between a headline and its text on one line: "انقطاع المياه عن حي السوق - انقطعت المياه أمس عن …".
_STROKE = re.compile(r"[ \xa0]+[-–—]+[ \xa0]+")
# So many words has such a line at least, and its headline; so far in the stroke stands; so much the text tells again.
_TOLD_WORDS, _BEFORE_STROKE, _STROKED, _TOLD_AGAIN = 14, (4, 14), 110, 0.2
_TOLD = re.compile(rf"[{_LETTER}]{{3,}}ت[ \xa0]|ي[{_LETTER}]{{3,}}[ \xa0]")


def _headline_and_text(line: Piece) -> list[Piece]:
    """Return headline, stroke and text of a line, if the text begins with a verb and tells it again; or nothing."""
    stroke = _STROKE.search(line.text, 0, _STROKED)
    if stroke is None:
        return []
    head, text = line.text[: stroke.start()], line.text[stroke.end() :]
    least, most = _BEFORE_STROKE
    if not least <= head.count(" ") + 1 <= most or any(sign in head for sign in "،.؛-–—,") or line.text[0] in BULLETS:
        return []
    if head.rstrip()[-1] in ")]":  # a dateline
        return []
    if not (begins_report(text) or _TOLD.match(text)) or shared(fold(head), fold(text[:COMPARED])) < _TOLD_AGAIN:
        return []
    parts = parts_of(line, stroke.start(), stroke.end())
    parts[0].heading = True
    return parts


# Who wrote it, behind a headline on its line: "العنوان .. بقلم: فلان الفلاني", "العنوان / مقالة / للكاتب / فلان".
_WRITER_BEHIND = re.compile(
    r"[ \xa0]*(?:\.{2,}|[-–/|])?[ \xa0]*(?:(?:مقالة?|قصة|قصيدة|شعر)[ \xa0]*[/:][ \xa0]*)?"
    r"(?<=[ \xa0./|–-])(?:بقلم[ \xa0]*[:/-]?|(?:للكاتبة?|كتبت?ه?ا?)[ \xa0]*[:/-])[ \xa0]*"
    r"(?:[^\W\d_]{1,12}[./]?[ \xa0]){1,4}[^\W\d_]{2,12}$"
)

# With nothing that says so: "العنوان / فلان الفلاني".
_NAME_BEHIND = re.compile(
    r"(?:(?<=[^\W\d_])[ \xa0]+/|(?<=[؟!])[ \xa0]*/)[ \xa0]*(?P<name>[^\W\d_]+(?: [^\W\d_]+){1,3})$"
)


def _headline_and_writer(line: Piece) -> list[Piece]:
    """Return the two parts of a headline and its writer, or nothing."""
    if line.ends or not 4 <= line.words <= 30:
        return []
    start = max(0, len(line.text) - 80)
    if any(map(line.text.__contains__, ("بقلم", "للكاتب", "كتب"))):
        found = _WRITER_BEHIND.search(line.text, start)
    else:
        found = _NAME_BEHIND.search(line.text, start) if line.text.count("/") == 1 else None
        if found is not None and (not is_person_name(found["name"]) or is_person_name(line.text[: found.start()])):
            found = None
    if found is None or line.text.count(" ", 0, found.start()) < 1:
        return []
    parts = _in_two(line, found.start())
    if parts:
        parts[1].mark = Mark("byline", "behind a headline")
    return parts


# The word "date" with a day in figures, which readers of HTML put before a text: "date 2026-02-21 سجلت أسعار …".
_DATE_WORD = re.compile(rf"date[ \xa0:]+{_DAY}(?:[ \xa0]+Advertisement)?(?:[ \xa0]+(?=\S)|$)")
# Who wrote, where and when, before the first sentence: "فلان - القاهرة في الثلاثاء 20 يناير 2026 12:29 مساءً - ".
_WRITER_PLACE_DAY = re.compile(
    r"[^\W\d_]+(?: [^\W\d_]+){1,3} - [^\W\d_]+(?: [^\W\d_]+)? في (?:[^\W\d_]+ )?[0-9٠-٩]{1,2} [^\W\d_]+ [0-9٠-٩]{4}"
    r"[ ،]+[0-9٠-٩]{1,2}:[0-9٠-٩]{2}(?: (?:صباح|مساء|ظهر)[اًا]*| [صم])? - (?=\S)"
)


def _dated_beginning(line: Piece) -> list[Piece]:
    """Return the parts of a text before which its day stands, and perhaps who wrote it; or nothing."""
    text = line.text
    day = _DATE_WORD.match(text) if text[:4] == "date" else None
    begin = day.end() if day else 0
    writer = _WRITER_PLACE_DAY.match(text, begin) if ":" in text[begin : begin + 80] else None
    if day is None and writer is None:
        return _around_day(line)
    parts = parts_of(line, begin, writer.end() if writer else begin)
    if day:
        parts[0].mark = Mark("date", "date line")
    if writer:
        parts[-2].mark = Mark("byline", "with a date")
    return parts


# When it was published, between a headline and its text or before the text, as an aggregator puts it.
_PUBLISHED = re.compile(
    r"(?:[|–-][ \xa0]*)?(?:تاريخ النشر|نُ?شر (?:في|بتاريخ))[ \xa0]*:[ \xa0]*"
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?,? [A-Z][a-z]{{2,8}},? [0-9]{{4}}|{_DAY})(?:[ \xa0]?GMT)?"
    r"[ \xa0]*(?=[^\W\d_]{2})"
)
_BEFORE_DAY = 200


def _around_day(line: Piece) -> list[Piece]:
    """Return headline, day and text of a line with the words that say that it is the day of publication; or nothing."""
    text = line.text
    found = _PUBLISHED.search(text, 0, _BEFORE_DAY) if line.words >= _WITH_TEXT and line.signs & LATIN else None
    if found is None or text.count(" ", found.end()) < _WITH_TEXT:
        return []
    parts = parts_of(line, found.start(), found.end())
    parts[0].heading = found.start() > 0
    return parts


def _marker_and_link(line: Piece, markers: Markers) -> list[Piece]:
    """Return the two parts of "اقرأ أيضاً: headline", or nothing."""
    begins = line.folded[:2] in _first_letters(markers) or not line.folded[:1].isalpha()
    value = _link_start(line, markers) if begins and line.words <= 40 else 0
    if not value:
        return []
    parts = _in_two(line, value)
    if parts:
        parts[0].mark, parts[1].mark = Mark("related", parts[0].text), Mark("link", parts[0].text)
    return parts


def _slug_and_headline(line: Piece, markers: Markers) -> list[Piece]:
    """Return the two parts of "تحديث 1-headline" or "ثقافي / headline", or nothing."""
    slug = _SLUG.match(line.text)
    if slug is None and 4 <= line.words < _HEADING_WORDS and line.text[-1] != ".":
        slug = _LEAD_IN.match(line.text) if ":" in line.text or "/" in line.text else None
        if slug is not None and markers.label.get(fold(slug[1]), ("",))[0] != "lead_in":
            return []
    if slug is None:
        return []
    parts = _in_two(line, slug.end())
    if parts:
        parts[0].mark = Mark("slug", parts[0].text)
    return parts


# The site's name behind a headline, as browsers show it: "العنوان | الموقع", "العنوان - الموقع".
_OF_A_PICTURE = ("ارشيف", "صوره", "تصوير")
_SITE_TAIL = re.compile(
    r"(?:[ \xa0]+(?P<sign>[|\-–—»«•:~]{1,2})[ \xa0]+|(?<=[^\W\d_])-(?=[^\W\d_]))(?=(?P<site>[^|–—»«•]{2,40})$)"
)
_PARTING = re.compile(r"(?:^|[ \xa0])[|\-–—»«•*][ \xa0]|[^\W\d_]-[^\W\d_]")
# A name that stands nowhere else has so many words.
_SITE_WORDS = (2, 3)
# A headline before it has so many words, the sign with them, and is one of so many lines at the page's head; how a page
# tells what happens is no name.
_HEADED, _ABOVE_ALL, _TOLD_LIVE = 6, 6, ("بث", "تغطيه", "مباشر")
# "أثير موسكو العربي, 1920": since when there has been one.
_SITE_AND_YEAR = re.compile(r"^[^\W\d_]+(?: [^\W\d_]+){1,3}[,،] (?:19|20)[0-9]{2}$")


def _says_nothing_of(site: str, line: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether words at a headline's end stand nowhere else on the page and name no place: it is a site's name."""
    words = fold(site).split()
    if len(_PARTING.findall(line.text)) > 1:
        return False  # names of a path, or of a menu
    if not _SITE_WORDS[0] <= len(words) <= _SITE_WORDS[1] or not all(word.isalpha() for word in words):
        return False
    if any(word in places() or word.removeprefix("ال") in places() for word in words) or is_person_name(site):
        return False
    if line.words < len(words) + _HEADED or words[0] in _TOLD_LIVE or not any(p is line for p in pieces[:_ABOVE_ALL]):
        return False
    return not any(core(word) in p.folded for word in words for p in pieces if p is not line)


def _headline_and_site(line: Piece, pieces: list[Piece]) -> list[Piece]:
    """Return the two parts of "headline | site" or "site :: headline", or nothing.

    The tail has to be an outlet's or an agency's name, or short behind an upright stroke, or to stand elsewhere too.
    """
    if " :: " in line.text[:60] and line.words <= 40 and "   " not in line.text:
        parts = _in_two(line, line.text.index(" :: ") + 3)
        if parts and parts[0].words <= 7 and parts[1].words >= 4:
            parts[0].mark = Mark("source", "site", 0)
            return parts
    if (
        not 4 <= line.words <= 30
        or not any(map(line.text.__contains__, "|-–—»«•:~"))
        or line.text[-1] in ".؟!:"
        or line.text.count("|") > 1
    ):
        return []
    found = next(iter([*_SITE_TAIL.finditer(line.text, max(0, len(line.text) - 50))][-1:]), None)
    if found is None or line.text.count(" ", 0, found.start()) < 2:
        return []
    site = found["site"].strip()
    if fold(site).startswith(_OF_A_PICTURE) or fold(site) in places():
        return []
    if not (is_outlet_name(site) or is_agency_name(site) or _SITE_AND_YEAR.search(site)):
        short = site.count(" ") <= 2 and not has_number(site)
        if (
            not short
            or " » " in line.text
            or (
                found["sign"] != "|"
                and not (found["sign"] and any(site in p.text and p is not line for p in pieces[:80]))
                and not (found["sign"] and any(p.text == line.text[: found.start()].strip() for p in pieces))
                and not _says_nothing_of(site, line, pieces)
            )
        ):
            return []
    parts = _in_two(line, found.start())
    if parts:
        parts[1].mark = Mark("source", "site", len(found.group().lstrip(" \xa0")))
    return parts


@lru_cache(maxsize=4)
def _first_words(markers: Markers) -> frozenset[str]:
    return frozenset(
        key.split()[0] for table in (markers.label, markers.line) for key, (kind, _) in table.items()
        if kind in ("related", "more")
    )  # fmt: skip


@lru_cache(maxsize=4)
def _first_letters(markers: Markers) -> frozenset[str]:
    return frozenset(word[:2] for word in _first_words(markers))


def _link_start(line: Piece, markers: Markers) -> int:
    """Return where the headline begins in a line such as "اقرأ أيضاً: headline", or 0."""
    text, folded = line.text, line.folded
    first = _WORD.search(folded, 0, 30)
    if first is None or first.group() not in _first_words(markers):
        return 0
    if any(c in text for c in ":-–—|"):
        named = markers.find(text)
        if named is not None and named.kind in ("related", "more") and named.value is not None:
            return named.value
    # Without a colon only a prose-like marker of two words and more is sure, and never a finished sentence.
    if line.words > 30 or line.text[-1] == "." or line.text[0] not in "اإأوقيطشت([":
        return 0
    words = list(_WORD.finditer(text[:60]))
    for n in (4, 3, 2):
        found = markers.line.get(fold(" ".join(w.group() for w in words[:n])))
        if found is not None and found[0] == "related" and len(words) > n + 1:
            return words[n].start()
    return 0


def _joints(text: str, *, opens: bool, closed: bool) -> Iterator[int]:
    """Yield where headlines run into one another, and into a sentence; see `_word_cuts`.

    They stand at the line's beginning, unless it begins as the next paragraph of a story does (`opens`), or behind a
    stop that lost its blank. Behind a finished sentence the line is a paragraph that lacks a blank.
    """
    glued = [found.end() for found in _GLUED_STOP.finditer(text) if text[found.start() - 1] not in " .\xa0"]
    starts = [0, *glued]
    for start, following in pairwise([*(starts[1:] if opens else starts), len(text)]):
        stop = FULL_STOP.search(text, start, start + _SEARCHED)
        end = min(following, stop.start() if stop else start + _SEARCHED)
        begin, found = start, False
        for at in sorted(start + at for at in _word_cuts(text[start : end + 1], closed=closed)):
            words = text[begin:at].strip().count(" ") + 1
            if words > _HEADING_WORDS or words < 2 or text[at : at + 200].count(" ") < 4:
                continue
            if start and not found:
                yield start
            yield at
            begin, found = at, True
