"""A page that lost its line ends: menu, headline, facts, text and foot stand on one line, and are parted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rasd.arabic.text import fold
from rasd.reading.lines import SENTENCE_END, Piece, piece_of
from rasd.reading.markers import Mark, load_markers
from rasd.reading.places import places
from rasd.reading.wording import WEEKDAYS, core, load_words

_WORD = re.compile(r"\w+")
# A page that lost its line ends has so few lines, and one of them so many words.
_FEW_LINES = 3
_PAGE_WORDS = 60
_ANY_DAY = re.compile(
    r"(?<![0-9٠-٩])(?:[0-9٠-٩]{4}[-/.][0-9٠-٩]{1,2}[-/.][0-9٠-٩]{1,2}|[0-9٠-٩]{1,2}[-/.][0-9٠-٩]{1,2}[-/.][0-9٠-٩]{4}"
    r"|[0-9٠-٩]{1,2}[ /][^\W\d_]{2,12}(?:[ /][^\W\d_]{3,12})?[ /][0-9٠-٩]{4}|[A-Z][a-z]{2,8} [0-9]{1,2}, [0-9]{4})"
    r"(?![0-9٠-٩])"
)
# What stands behind the last sentence of a text on the one line of its page: labels, and what announces other texts.
_BEHIND = re.compile(
    r"(?:المصدر\s*:|مصدر الخبر|(?:ال)?كلمات (?:ال)?(?:مفتاحية|دال[ةّ]+)|(?:ال)?وسوم|[اأإ]قر[أا] [أا]يض|قد (?:يعجبك|يهمك)"
    r"|موضوعات (?:ذات|مقترحة|متعلقة)|مواضيع (?:ذات|متعلقة)|مقالات ذات|[أا]خبار (?:ذات|متعلقة)|شارك(?! )|مشاركة"
    r"|لا (?:يوجد|توجد) تعليق|[أا]ضف تعليق|التعليقات|السابق |التالي |جميع الحقوق|كافة الحقوق|©)"
)
_CLOCK_BEHIND = re.compile(
    r"(?:[ \xa0,،|–-]*[0-9٠-٩]{1,2}:[0-9٠-٩]{2}(?::[0-9٠-٩]{2})?(?:[ \xa0]?(?:[صم]|[AaPp][Mm]|GMT))?(?!\w))?"
)
_SOURCE = re.compile(r"(المصدر)\s*:\s*")
_SHARING = re.compile("شارك|مشاركة|تغريدة|إرسال|طباعة|استمع|فيسبوك|واتساب|زيارة|مشاهدة")
_STOPPED = re.compile('[.؟!»"”]\\s*$')
# A verb by its form: third person feminine, of four letters and more ("استقبلت").
_FEMININE = re.compile("(?!ال)[\u0621-\u064a]{3,9}(?<!ا)ت")
# What stands above a text on its line, up to its day: more words than a dateline has.
_HEAD_CHARACTERS, _HEAD_WORDS, _HEADLINE_BEHIND = 500, 4, 3
# What a menu begins with.
_HOME = tuple(map(fold, ("الرئيسية", "رئيسية")))
# What stands between the entries of a menu, and behind the last of them.
_WIDE = re.compile(r"[ \xa0]{2,}(?=\w)")
# So many words of a headline that its text does not say may stand before the first that it says.
_DRAWN_BACK = 3
# What leads to the day of publication.
_FACTS_HEAD = re.compile(
    WEEKDAYS + r"(?!\w)|(?:نشر|نُشر|تاريخ|بتاريخ|آخر (?:تحديث|تعديل)|تم|بقلم|كتب|تحرير|الكاتب|يوم)(?!\w)"
)


def part_flattened(pieces: list[Piece]) -> list[Piece]:
    """Part the lines on which a whole page stands, where a page has only one or few."""
    if len(pieces) > _FEW_LINES:
        return pieces
    return [part for line in pieces for part in _page_on_a_line(line) or [line]]


def _page_on_a_line(line: Piece) -> list[Piece]:
    """Return menu, headline, facts, text and foot of a page that stands on one line; nothing where it does not show.

    What shows it: a day, behind it the first verb of a report, and behind the last full stop words that end in none.
    """
    text = line.text
    if line.kind is not None or line.words < _PAGE_WORDS or len(SENTENCE_END.findall(text)) < 2:
        return []
    day = _ANY_DAY.search(text, 0, _HEAD_CHARACTERS)
    stop = SENTENCE_END.search(text, day.end()) if day is not None else None
    if day is None or stop is None or text.count(" ", 0, day.start()) < _HEAD_WORDS:
        return []
    words = _WORD.finditer(text, day.end(), stop.start())
    verbs = [w.start() for w in words if _begins_text(fold(w.group()))]
    if not verbs:
        return []
    begin = verbs[0]
    end = max(text.rfind(sign) for sign in ".؟!") + 1
    folded = fold(text[begin:end])
    headed = sum(_stands_in(w.group(), folded) for w in _WORD.finditer(text, day.end(), begin)) >= _HEADLINE_BEHIND
    if headed and len(verbs) > 1:
        begin = verbs[1]  # the headline stands behind the day, and has a verb too
    behind = [m.start() for m in _BEHIND.finditer(text, stop.start())]
    first = next((n for n, at in enumerate(behind) if _STOPPED.search(text, at - 3, at)), None)
    tail = behind[first:] if first is not None else []
    end = min([end, *tail])
    body = fold(text[begin:end])
    head = _headline_start(text, day.start(), body)
    if text.count(" ", 0, head) < 2:
        head = 0
    clock = _CLOCK_BEHIND.match(text, day.end())
    told = clock.end() if clock else day.end()
    placed = _place_behind(text, told, begin) if headed else begin
    edges = sorted({0, head, told, placed, _facts_start(text, head, day.start()), begin, end, *tail, len(text)})
    parts = []
    for a, b in pairwise(edges):
        part = piece_of(text, line.start, a, b, line.gap if a == 0 else 0, glued=a > 0)
        if part is not None:
            if part.text[0] == "©":
                part.mark = Mark("rights", "©")
            elif a in tail and (named := _SOURCE.match(part.text)):
                part.mark = Mark("source", named[1], named.end())
            if told <= a < begin and not headed:
                part.mark = Mark("share" if _SHARING.search(part.text) else "note", "between day and text")
            parts.append(part)
    return parts


def _place_behind(text: str, start: int, end: int) -> int:
    """Return where a place with a colon begins behind a headline, its dateline; `end` where there is none."""
    colon = text.rfind(":", start, end)
    named = list(_WORD.finditer(text, start, max(start, colon)))
    return named[-1].start() if len(named) > _HEAD_WORDS and fold(named[-1].group()) in places() else end


def _headline_start(text: str, end: int, body: str) -> int:
    """Return where the headline begins behind the menu: from there on its words stand in the text."""
    wide = [found.end() for found in _WIDE.finditer(text, 0, end)]
    if len(wide) > 1:
        longest = max(pairwise([*wide, end]), key=lambda stretch: text.count(" ", *stretch))
        if text.count(" ", *longest) >= _HEADLINE_BEHIND:
            return longest[0]
    words = list(_WORD.finditer(text, 0, end))
    told = [_stands_in(w.group(), body) for w in words]
    sure = (n for n, stands in enumerate(told) if stands and any(told[n + 1 : n + 5]))
    first = next(sure, next((n for n, stands in enumerate(told) if stands), None))
    return words[_with_its_noun(text, words, first)].start() if first is not None else end


def _with_its_noun(text: str, words: Sequence[re.Match[str]], n: int) -> int:
    """Return where a headline begins whose n-th word the text says: with the noun it belongs to, or "place:" before it.

    "انتظام العمل في …", "درنة: افتتاح جسر": a noun without the article, and no section's name.
    """
    sections = load_markers().line
    for _ in range(_DRAWN_BACK):
        if n == 0 or fold(words[n - 1].group()) in sections:
            break
        before, word = fold(words[n - 1].group()), fold(words[n].group())
        between = text[words[n - 1].end() : words[n].start()]
        noun = len(before) > 1 and not before.startswith("ال") and not before.endswith(("ي", "يه", "نا"))
        goes_with = noun and word.startswith("ال")
        if not (between.strip() == ":" or (goes_with and between in " \xa0" and before not in places())):
            break
        n -= 1
    return n


def _begins_text(word: str) -> bool:
    """Whether a folded word begins a report: a verb of the table, or one by its form."""
    return word in load_words().reporting or (_FEMININE.fullmatch(word) is not None and word not in places())


def _stands_in(word: str, folded: str) -> bool:
    said = fold(word)
    return len(said) > 2 and said not in _HOME and said not in load_words().empty and core(said) in folded


def _facts_start(text: str, start: int, day: int) -> int:
    """Return where the words that lead to a day begin: "نشر بتاريخ 2024-11-12"."""
    led = [m.start() for m in _FACTS_HEAD.finditer(text, max(start, day - 25), day)]
    return min(led, default=day)
