"""What stands before the first sentence of a text in forms that no table closes: unlisted names, signs left out.

`datelines` reads what is known by name. Here the form and the sentence behind it tell: "فرات بلس/ أعلنت …",
"الخليل - سنديان - شحن …", "جدة، 12 ربيع الأول 1445هـ (27 سبتمبر 2023م): …", "عمان رويترز قالت …", "كتبت فلانة - بعد …".
Asked only of the first paragraph of an article: deeper in a text the same forms are sentences.
"""

from __future__ import annotations

import re
from itertools import islice

from rasd.arabic.text import fold
from rasd.reading.credits import could_be_person, is_agency_name, is_outlet_name, is_person_name
from rasd.reading.datelines import Dateline, opens_sentence
from rasd.reading.lines import DIGITS
from rasd.reading.places import places
from rasd.reading.wording import begins_report, load_words

_LONGEST = 130
_BLANK = "[ \xa0]"
_LETTER = "(?:[^\\W\\d_]|[\u064b-\u0652])"
_NAME = rf"{_LETTER}+(?: {_LETTER}+)"
_DASH = "[-–—ـ]"
_LEAST_BEHIND = 5
# One of these ends every form but that of a place with an agency and no sign.
_SIGNS = "-–—ـ/|:)]"
# Names of fewer blanks than this need no verb behind them.
_NAMES = 2
# A day of a month, its year perhaps left out.
_DAY = (
    r"[0-9٠-٩]{1,2}[ \xa0/]{1,2}(?:آب|[^\W\d_]{3,})(?:[ \xa0/]{1,2}[^\W\d_]{4,})?(?:[ \xa0،,/]{1,2}[0-9٠-٩]{4})?"
    r"[ \xa0]?(?:هـ?ـ?|م)?(?![^\W\d_])"
)
# "جدة، 12 ربيع الأول 1445هـ (27 سبتمبر 2023م): ", "البترون، لبنان 9 مايو 2023 (وكالة) ",
# "العين، الإمارات، 29 مايو / وكالة / -- ".
_PLACE_AND_DAY = re.compile(
    rf"(?P<place>{_NAME}{{0,2}}?)(?:{_BLANK}?[،,]{_BLANK}{_NAME}{{0,3}})?"
    rf"{_BLANK}?(?:[،,]{_BLANK}?|{_DASH}{_BLANK}|في{_BLANK}|{_BLANK})(?:في{_BLANK})?{_DAY}"
    rf"(?:{_BLANK}?[(](?P<bracket>[^()\n]{{2,40}})[)])?(?:{_BLANK}?/{_BLANK}?(?P<agency>[^/\n]{{2,30}})/)?"
    rf"{_BLANK}?(?:(?:[:–—]|-{{1,2}}){_BLANK}*|(?<=[)/]){_BLANK}+)(?=[\"«“]?[^\W\d_])"
)
# "موسكو، 14 فبراير. /وكالة/. أعلنت …", "طهران/ 20 كانون الأول/ ديسمبر/ وكالة- افتتح …".
_DAY_AND_STROKES = re.compile(
    rf"(?P<place>{_NAME}{{0,2}})(?:[،,]|{_BLANK}?/){_BLANK}?{_DAY}"
    rf"(?:(?:{_BLANK}?/{_BLANK}?{_NAME}{{0,1}})?{_BLANK}?/{_BLANK}?(?P<agency>{_NAME}{{0,1}}){_BLANK}?{_DASH}|\.?{_BLANK}?/(?P<closed>[^/\n]{{2,30}})/)"
    rf"[.:]?{_BLANK}*(?=[\"«“]?[^\W\d_])"
)
# "(عمّان، 26 يوليو/تموز 2023) - قالت …".
_DAY_IN_BRACKET = re.compile(
    rf"[(](?P<place>{_NAME}{{0,2}})[،,]{_BLANK}{_DAY}[)]{_BLANK}*[-–—:]*{_BLANK}*(?=[\"«“]?[^\W\d_])"
)
# "لشبونة، أقر …": a known place, and a report's verb.
_PLACE_AND_COMMA = re.compile(rf"(?P<place>{_NAME}{{0,1}})[،,]{_BLANK}+(?=[^\W\d_])")
# "كوكب نيوز -أوقفت …".
_OUTLET_AND_DASH = re.compile(rf"(?P<name>{_NAME}{{0,3}}){_BLANK}[-–—](?=[^\W\d_])")
# "(أخبار الحوض) – قطعت …".
_BRACKET = re.compile(rf"[(](?P<name>{_NAME}{{0,3}})[)]{_BLANK}*(?P<sign>[-–—:]*){_BLANK}*(?=[^\W\d_])")
# "فرات بلس/ أعلنت …", "نوافذ البحرين:قال …": an unknown name, which a blank would set off from the sign in a sentence.
_TIGHT = re.compile(rf"(?P<name>{_NAME}{{0,3}})(?:/{_BLANK}+|:(?! ))(?=[\"«“]?[^\W\d_])")
# "النبأ المستقل/ بغداد.. كشفت …".
_NAME_AND_PLACE = re.compile(
    rf"(?P<name>{_NAME}{{0,3}}){_BLANK}?[/:–—-]{_BLANK}*(?P<place>{_NAME}{{0,1}}){_BLANK}?(?:\.{{1,3}}|…|:|/){_BLANK}*(?=[^\W\d_])"
)
# "الخليل - سنديان - شحن …", "سيئون / رياضة الوادي / فلان : تأهل …", "الحديدة/ تهامة سات:استأنف …".
_PLACE_AND_NAMES = re.compile(
    rf"(?P<place>{_NAME}{{0,2}}){_BLANK}?(?P<sign>{_DASH}|[/|:]){_BLANK}?(?P<name>{_NAME}{{0,3}})"
    rf"(?:{_BLANK}?[/ـ–—-]{_BLANK}?(?:(?P<writer>{_NAME}{{1,2}})|{_DAY}))?"
    rf"(?:{_BLANK}(?:{_DASH}|[/|:]){_BLANK}+|{_BLANK}?:{_BLANK}*|{_BLANK}?[–—/]{_BLANK}+)(?=[\"«“]?[^\W\d_])"
)
# "بغداد-ضفاف برس حذرت …", "الخليل- سنديان- شحن …": no blank stands before the first stroke.
_PLACE_TIGHT = re.compile(
    rf"(?P<place>{_NAME}{{0,1}})-{_BLANK}?(?P<name>{_NAME}{{0,1}}?)(?P<sign>-{_BLANK}?|{_BLANK})(?=[\"«“]?[^\W\d_])"
)
# "القدس 27-1-2025 أطلقت …".
_PLACE_AND_DATE = re.compile(
    rf"(?P<place>{_NAME}{{0,1}}){_BLANK}?[-–،]?{_BLANK}?[0-9٠-٩]{{1,2}}(?P<sign>[-/.])[0-9٠-٩]{{1,2}}(?P=sign)[0-9٠-٩]{{4}}"
    rf"{_BLANK}*[-–:]?{_BLANK}*(?=[\"«“]?[^\W\d_])"
)
# "ضفاف من أستانا: وقّع …".
_FROM_PLACE = re.compile(rf"(?P<name>{_NAME}{{0,1}}) من (?P<place>{_NAME}{{0,1}}){_BLANK}?:{_BLANK}*(?=[^\W\d_])")
# "رصدنا - كتبت فلانة - بعد …", "تقرير | فلان جمع …", "إعداد: فلان – ".
_WRITTEN_BY = re.compile(
    rf"(?:{_NAME}{{0,1}}{_BLANK}?{_DASH}{_BLANK})?(?:كتبت?|كتبها|بقلم|[إا]عداد|تقرير|متابعة|تغطية|تحقيق|حوار){_BLANK}?(?:[:/|–—-]{_BLANK}?)?"
    rf"(?P<writer>{_NAME}{{1,3}}){_BLANK}?(?:[:/|]|{_DASH}{{1,2}}){_BLANK}+(?=[\"«“]?[^\W\d_])"
)
# "سمارا – بريد الفولغا نيوز. رُفع …".
_PLACE_AND_STOP = re.compile(
    rf"(?P<place>{_NAME}{{0,1}}){_BLANK}?{_DASH}{_BLANK}?(?P<name>{_NAME}{{0,3}})\.{_BLANK}+(?=[\"«“]?[^\W\d_])"
)
# "حلب – «ضوء الشمال» ووكالات: أجرى …".
_QUOTED_AND_AGENCIES = re.compile(
    rf"(?P<place>{_NAME}{{0,2}}){_BLANK}?{_DASH}{_BLANK}?[«\"“](?P<name>[^«»\"“”\n]{{2,40}})[»\"”]"
    rf"[،,]?{_BLANK}?و(?:ال)?وكالات{_BLANK}?(?:{_DASH}|:){_BLANK}*(?=[\"«“]?[^\W\d_])"
)
# "[قابس] قررت …", and "أكادير | انتشل …" with a report's verb behind it.
_PLACE_SET_OFF = re.compile(
    rf"(?:\[(?P<inside>{_NAME}{{0,2}})\]|(?P<before>{_NAME}{{0,2}}){_BLANK}?\|){_BLANK}+(?=[^\W\d_])"
)
# "شط النخيل الفضائية/ البصرة نظم …", "كسلا: سونا أجاز …": no sign parts the second name from the verb.
_TWO_NAMES = re.compile(rf"(?P<first>{_NAME}{{0,3}}){_BLANK}?[/:–—-]{_BLANK}*(?=[^\W\d_])")
# A place, a sign, and words of which the first two or three may name a writer: no sign parts them from the sentence.
_PLACE_SIGN = re.compile(rf"(?P<place>{_NAME}{{0,1}}){_BLANK}?(?P<sign>[:ـ–—-]){_BLANK}*(?=[^\W\d_])")
_WORD = re.compile("(?:[^\\W\\d_]|[\u064b-\u0652\u0670])+")
# Who speaks before a colon, and what stands there besides: "مصدر مسؤول: …".
_SPEAKERS = frozenset(
    fold(
        "مصدر مصادر مسؤول مسؤولون ناطق متحدث متحدثة وزير وزيرة وزارة رئيس رئيسة مدير مديرة محافظ نائب خبير خبيرة خبراء"
        " شاهد شهود تقرير دراسة بيان عاجل ملاحظة سؤال جواب السؤال الجواب قائد عضو باحث باحثون علماء أطباء ناشط ناشطون"
    ).split()
)
# Behind a verb these make the name before it its subject: "فلان قال إن …".
_SAID = frozenset(
    map(fold, ("إن", "أن", "إنه", "إنها", "أنه", "أنها", "بأن", "بأنه", "عن", "على", "من", "في", "إلى", "لـ"))
)


def find_opening(text: str) -> Dateline | None:
    """Return what stands before the first sentence of an article's first paragraph, by its form; or None."""
    head = text[:_LONGEST]
    signed = any(map(head.__contains__, _SIGNS))
    found = (signed and (_dated(head) or _by_writer(head) or _by_sign(head))) or _by_comma(head) or _without_sign(head)
    if found is None or text.count(" ", found.end) < _LEAST_BEHIND:
        return None
    return found


def _dated(text: str) -> Dateline | None:
    """Return a place with its day, as statements to the press begin, and what the bracket or the strokes name."""
    if not DIGITS.search(text, 0, 60):
        return None
    if (closed := _DAY_IN_BRACKET.match(text)) and fold(closed["place"]) in places():
        return Dateline(closed.end(), closed["place"], None)
    stroked = _DAY_AND_STROKES.match(text)
    if stroked is not None and (fold(stroked["place"]) in places() or _is_plain(stroked["place"])):
        return Dateline(stroked.end(), stroked["place"], _known_agency(stroked["closed"] or stroked["agency"]))
    plain = _PLACE_AND_DATE.match(text)
    if plain is not None and fold(plain["place"]) in places() and _opens(text[plain.end() :]):
        return Dateline(plain.end(), plain["place"], None)
    found = _PLACE_AND_DAY.match(text)
    if found is None or not (fold(found["place"]) in places() or _is_plain(found["place"])):
        return None
    agency = found["agency"] or (found["bracket"] if not any(c.isdigit() for c in found["bracket"] or "0") else None)
    return Dateline(found.end(), found["place"], agency.strip() if agency else None)


def _by_writer(text: str) -> Dateline | None:
    """Return who wrote the text, with the word that says so."""
    found = _WRITTEN_BY.match(text)
    if found is None or not could_be_person(found["writer"]) or text[found.end() :].startswith("وه"):
        return None
    return Dateline(found.end(), None, None)


def _by_sign(text: str) -> Dateline | None:
    """Return an outlet's name, a place, or both, in one of the forms in which they stand before a report."""
    return _by_outlet(text) or _by_place(text)


def _by_outlet(text: str) -> Dateline | None:
    """Return an outlet's name before a report: in brackets, with a place, or with a sign that it is glued to."""
    known = places()
    dashed = _OUTLET_AND_DASH.match(text)
    if dashed is not None and is_outlet_name(dashed["name"]) and _opens(text[dashed.end() :]):
        return Dateline(dashed.end(), None, dashed["name"], own=True)
    for form in (_BRACKET, _NAME_AND_PLACE, _FROM_PLACE, _TIGHT):
        found = form.match(text)
        if found is None or not _is_plain(found["name"]) or not _opens(text[found.end() :]):
            continue
        if form is _BRACKET and not found["sign"] and not begins_report(text[found.end() :]):
            continue
        name, place = found["name"], found.groupdict().get("place")
        if place is not None and (fold(place) not in known or fold(name) in known):
            continue
        if form is _TIGHT and fold(name) in known:
            return Dateline(found.end(), name, None)
        if form is not _TIGHT or "/" in found.group() or " " in name:
            return Dateline(found.end(), place, name, own=not is_agency_name(name))
    return None


def _by_place(text: str) -> Dateline | None:
    """Return a known place before a report, and the names beside it."""
    known = places()
    if (closed := _by_closed_place(text) or _by_two_names(text)) is not None:
        return closed
    if (found := _PLACE_AND_NAMES.match(text)) and fold(found["place"]) in known and _is_plain(found["name"]):
        name = found["name"]
        sure = found["writer"] or name.count(" ") < _NAMES or _opens(text[found.end() :])
        if found["sign"] != ":" and sure and not begins_report(name):
            return Dateline(found.end(), found["place"], None if is_person_name(name) else name)
    if (tight := _by_tight_place(text)) is not None:
        return tight
    if (found := _PLACE_SIGN.match(text)) and fold(found["place"]) in known and found["sign"] in ":ـ":
        if named := _with_writer(text, found):
            return named
        if _opens(text[found.end() :]):
            return Dateline(found.end(), found["place"], None)
    return None


def _by_closed_place(text: str) -> Dateline | None:
    """Return a place in square brackets or before a stroke, or one with a name that a full stop or a colon closes."""
    known = places()
    if (found := _PLACE_SET_OFF.match(text)) is not None:
        place = found["inside"] or found["before"]
        told = text[found.end() :]
        if fold(place) in known and (found["inside"] or (_opens(told) and told[0] != "إ")):
            return Dateline(found.end(), place, None)
    if (found := _QUOTED_AND_AGENCIES.match(text)) and _is_plain(found["place"]):
        return Dateline(found.end(), found["place"], found["name"], quoted=True)
    if (found := _PLACE_AND_STOP.match(text)) and _is_plain(found["place"]) and _is_plain(found["name"]):
        named = is_outlet_name(found["name"]) or is_agency_name(found["name"])
        if named or (fold(found["place"]) in known and found["name"].count(" ") < _NAMES):
            return Dateline(found.end(), found["place"], _known_agency(found["name"]))
    return None


def _known_agency(name: str) -> str | None:
    """Return a name that is known for an agency's; of another none can say whether the page is its own."""
    return name.strip() if is_agency_name(name.strip()) else None


def _by_two_names(text: str) -> Dateline | None:
    """Return an outlet with a known place, or the other way round, where a report's verb follows without a sign."""
    first = _TWO_NAMES.match(text)
    if first is None:
        return None
    known = places()
    name = first["first"]
    placed = fold(name) in known
    if not placed and not is_outlet_name(name):
        return None
    for word in islice(_WORD.finditer(text, first.end()), 2):
        second, behind = text[first.end() : word.end()], text[word.end() :]
        if behind[:1] not in (" ", "\xa0") or not _opens(behind[1:]):
            continue
        if placed and is_agency_name(second):
            return Dateline(word.end() + 1, name, second)
        if not placed and fold(second) in known:
            return Dateline(word.end() + 1, second, name, own=True)
    return None


def _by_tight_place(text: str) -> Dateline | None:
    """Return a known place that a stroke is glued to, with the name behind it, up to another stroke or a verb."""
    found = _PLACE_TIGHT.match(text)
    if found is None or fold(found["place"]) not in places():
        return None
    for end in (found.end("name"), *(word.end() for word in islice(_WORD.finditer(text, found.end("name")), 1))):
        name, behind = text[found.start("name") : end], text[end:].lstrip(" \xa0-")
        stroke = text[end : end + 1] == "-"
        if _is_plain(name) and not begins_report(name) and (stroke or _opens(behind)):
            return Dateline(len(text) - len(behind), found["place"], None if is_person_name(name) else name)
    return None


def _by_comma(text: str) -> Dateline | None:
    """Return a known place before a comma and a report's verb."""
    found = _PLACE_AND_COMMA.match(text)
    if found is None or not begins_report(text[found.end() :]) or fold(found["place"]) not in places():
        return None
    return Dateline(found.end(), found["place"], None)


def _with_writer(text: str, place: re.Match[str]) -> Dateline | None:
    """Return a place and the writer's name behind it, where nothing parts the name from the sentence.

    A verb behind it whose subject follows shows it; or the stroke that stands in datelines alone, and no verb.
    """
    words = list(_WORD.finditer(text, place.end()))[:5]
    for count in (3, 2):
        if len(words) < count + 2 or not is_person_name(text[words[0].start() : words[count - 1].end()]):
            continue
        end = words[count].start()
        verb = _opens(text[end:])
        told = fold(words[count + 1].group()) in _SAID
        if text[words[count - 1].end() : end].strip(" \xa0"):
            return None  # a sign stands behind the name
        # "فلان يفوز …": the verb is his.
        if (verb and not told and words[count].group()[0] != "ي") or (not verb and count == 2 and place["sign"] == "ـ"):
            return Dateline(end, place["place"], None)
    return None


def _without_sign(text: str) -> Dateline | None:
    """Return a known place and a known agency with a report's verb behind them."""
    words = list(islice(_WORD.finditer(text), 7))
    for n in (1, 2):
        if n > len(words) or fold(text[: words[n - 1].end()]) not in places():
            continue
        for m in (n + 1, n + 2, n + 3):
            if m >= len(words):
                break
            place, agency = text[: words[n - 1].end()], text[words[n].start() : words[m - 1].end()]
            if is_agency_name(agency) and begins_report(text[words[m].start() :]):
                return Dateline(words[m].start(), place, agency)
    return None


def _opens(text: str) -> bool:
    """Whether a sentence of news begins there; a place's name may look like a verb."""
    first = _WORD.match(text.lstrip('"«“'))
    return opens_sentence(text) and (first is None or fold(first.group()) not in places())


def _is_plain(name: str) -> bool:
    """Whether words could be an outlet's name: none of them binds, reports or says nothing; no speaker's office."""
    words, table = fold(name).split(), load_words()
    return (
        bool(words)  # a name of nothing but marks folds to none
        and words[0] not in _SPEAKERS
        and table.joining.isdisjoint(words)
        and table.empty.isdisjoint(words)
        and table.reporting.isdisjoint(words)
    )
