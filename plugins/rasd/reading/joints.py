"""Where two texts were glued together on one line, and the line has to be cut.

Scrapers lose line ends: a label follows a full stop ("….المصدر: سانا"), a headline runs into the sentence
behind it ("السلاموعبّر الأمين العام"), a feed cuts a text off with "[...]". A cut needs evidence on both of
its sides; a missing blank alone is a typing error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rasd.arabic.text import fold
from rasd.reading.embeds import piece_of
from rasd.reading.lines import Piece
from rasd.reading.markers import Mark, Markers
from rasd.reading.wording import Words, load_words

_LETTER = "\u0621-\u063a\u0641-\u064a"
_MARKS = "\u064b-\u0652\u0670"
# Two words glued together are long: the shortest verb with و (four letters) behind a word of three.
_LONG_WORD = re.compile(rf"[{_LETTER}][{_LETTER}{_MARKS}]{{6,40}}")
_CLOSED_WORD = re.compile(rf"(?<=\S)[)\]؟!\"”»…](?=[{_LETTER}])")
_WORD = re.compile(r"\w+")
TRUNCATION = re.compile(r"\s*(?:\[\s*(?:\.{2,}|…)\s*\]|\(\s*(?:\.{3,}|…)\s*\)|&hellip;|\[\+\d+ \w+\]|\[&#8230;\])\s*")
_HEADING_WORDS = 40
# Short verbs that end no other word when و stands before them; longer ones do not by their length.
_SHORT_SURE = frozenset(("قال", "ذكر", "كشف", "لفت", "شدد", "دعا", "عبر"))
# A headline, or a few of them glued together, ends within so many characters of the line's beginning.
_SEARCHED = 600
# What closes a report on its last line: "(النهاية)", "(وأج)"; no more than three words in brackets, behind a full stop.
_CLOSING_BRACKET = re.compile(r"(?<=[.؟!\"”»])[ \xa0]*(\([^()\s]{2,15}(?:[ \xa0][^()\s]{1,15}){0,2}\))\s*$")
# How a wire says that it told the story before; what follows is the headline.
_BRACKET_ONLY = re.compile(r"\([^()]{2,50}\)")
_SLUG = re.compile(r"(?:تحديث|مقدمة|ملخص|إعادة|مكرر)[ \xa0]*[0-9٠-٩]{0,2}[ \xa0]*[-–—][ \xa0]*(?=\S)")
_MEDIA = re.compile(r"[(\[](?:بال)?(?:فيديو|صور|شاهد)[^()\[\]]{0,20}[)\]]$")
# A pronoun at the end of a verb, which a word that is glued on never is.
_PRONOUNS = frozenset(("ونها", "ونهم", "ونهن", "ونه", "وننا", "ونني", "ونكم", "وهما"))
# A feed's cut with its link on the same line.
_MORE_TAIL = re.compile(r"(?:\.{3}|…)[ \xa0]*(?:[اإ]قرأ المزيد|المزيد|تابع القراءة|للمزيد|التفاصيل)[ \xa0.»]*$")
# The time before an entry of a live page: "14:35 - ", "[09:10] ", "١٢:٠٥ م |".
_ENTRY_TIME = re.compile(
    r"[\[(]?[0-9٠-٩]{1,2}[:.٫][0-9٠-٩]{2}[\])]?(?:[ \xa0]*(?:[صم]|GMT|بتوقيت[ \xa0][^\W\d]+(?:[ \xa0]المكرمة)?)\b\.?)?"
    r"[ \xa0]*(?:[-–—|:][ \xa0]*)?(?=[^\W\d])"
)
_GLUED_KINDS = ("published", "source", "tags", "related")


@lru_cache(maxsize=4)
def _labels(patterns: tuple[str, ...]) -> re.Pattern[str]:
    def spelled(pattern: str) -> str:
        letters = {"ا": "[اأإآ]", "ي": "[يىی]", "ه": "[هة]", "ك": "[كک]", " ": r"[ \xa0]+"}
        return "".join(letters.get(c, re.escape(c)) + f"[{_MARKS}ـ]*" for c in pattern)

    return re.compile("(?:" + "|".join(spelled(p) for p in sorted(patterns, key=len, reverse=True)) + r")[ \xa0]*[:：]")


def _label_pattern(markers: Markers) -> re.Pattern[str]:
    # One short word before a colon is as often a speaker ("وقال المصدر:"); it is known by what stands before it.
    return _labels(tuple(k for k, (kind, _) in markers.label.items() if kind in _GLUED_KINDS and len(k) >= 5))


def _label_cuts(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    for found in pattern.finditer(text, 1):
        at = found.start()
        before = text[at - 1]
        glued = not before.isspace() and before not in "\"'“«([-–—و"
        if glued and before.isalpha():
            # Glued to a letter: two words of a label are enough, one may be the end of another word.
            glued = " " in found.group().strip(" :") and fold(before) not in "والبف"
        behind_stop = text[max(0, at - 4) : at].rstrip()[-1:] in ".!?؟"
        if glued or behind_stop:
            yield at


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


def _word_cuts(text: str, page_words: frozenset[str]) -> Iterator[int]:
    going, reporting = _openings(load_words())
    for found in _LONG_WORD.finditer(text):
        word = fold(found.group())
        for length in range(min(8, len(word) - 2), 2, -1):
            ending = word[-length:]
            if ending not in going and ending not in reporting:
                # An unknown verb: the word before it has to stand elsewhere on the page, alone.
                if length < 5 or ending[0] != "و" or ending in _PRONOUNS or ending.startswith("وال"):
                    continue
                if len(head := word[:-length]) < 5 or not head.startswith("ال") or head not in page_words:
                    continue
            at = _raw_suffix(found.group(), length)
            head, last = word[:-length], found.group()[at - 1]
            spelled = (
                last in "ةى"
                or (last == "ء" and ending[0] == "و")
                or last in "\u064b\u064c\u064d"
                or (last == "ا" and found.group()[at - 2] == "\u064b")
            )
            known = len(head) >= 4 and head in page_words and (ending[0] == "و" or len(ending) >= 4)
            verb = ending[1:]
            sure = ending in going and len(head) >= 4 and (len(verb) >= 4 or verb in _SHORT_SURE) and verb in reporting
            hamza = found.group()[at : at + 2] in ("وأ", "وإ", "وآ") and verb in reporting
            if spelled or known or (sure and head.startswith("ال")) or hamza:
                yield found.start() + at
                break
    for found in _CLOSED_WORD.finditer(text):
        after = _WORD.match(fold(text[found.end() : found.end() + 20]))
        if after is None:
            continue
        known = after.group() in going or after.group() in reporting
        if known or (after.group()[0] == "و" and len(after.group()) > 3 and _MEDIA.search(text[: found.end()])):
            yield found.end()


def cut_joints(pieces: list[Piece], markers: Markers) -> list[Piece]:
    """Cut the pieces where texts were glued together; pieces that are labelled already stay as they are."""
    pattern = _label_pattern(markers)
    result: list[Piece] = []
    page_words: frozenset[str] | None = None
    # One line that begins with a time may be about it; two are a live page.
    live = sum(_ENTRY_TIME.match(line.text) is not None for line in pieces if line.kind is None) > 1
    for line in pieces:
        if line.kind is not None or line.words < 2:
            result.append(line)
            continue
        text = line.text
        value = _link_start(line, markers) if line.words <= 40 else 0
        if value:
            # "اقرأ أيضاً: headline": the marker, then a link.
            marker = piece_of(text, line.start, 0, value, line.gap, glued=line.glued)
            link = piece_of(text, line.start, value, len(text), 0, glued=True)
            if marker is not None and link is not None:
                marker.mark, link.mark = Mark("related", marker.text), Mark("link", marker.text)
                result += [marker, link]
                continue
        if slug := _SLUG.match(text):
            head = piece_of(text, line.start, 0, slug.end(), line.gap, glued=line.glued)
            if head is not None:
                head.mark = Mark("slug", head.text)
                result.append(head)
            if (rest := piece_of(text, line.start, slug.end(), len(text), 0, glued=True)) is not None:
                result.append(rest)
            continue
        cuts = set(_label_cuts(text, pattern)) if ":" in text else set()
        if found := _CLOSING_BRACKET.search(text, max(0, len(text) - 80)):
            cuts.add(found.start(1))
        if found := _MORE_TAIL.search(text, max(0, len(text) - 60)):
            cuts.add(found.start())
        if live and (found := _ENTRY_TIME.match(text)):
            cuts.add(found.end())
        for found in TRUNCATION.finditer(text):
            if found.start() and (len(text) - found.end() <= 60):
                cuts.add(found.start())
                break
        if line.words >= 8 and (joint := _first_joint(text, None)) is not None:
            if page_words is None:
                page_words = _page_words(pieces)
            joint = _first_joint(text, page_words)
            if joint is not None:
                cuts.add(joint)
        if not cuts:
            result.append(line)
            continue
        edges = [0, *sorted(cuts), len(text)]
        for n, (start, end) in enumerate(zip(edges, edges[1:], strict=False)):
            part = piece_of(text, line.start, start, end, line.gap if n == 0 else 0, glued=line.glued or n > 0)
            if part is None:
                continue
            if n == 0 and live and end in cuts and (time := _ENTRY_TIME.match(text)) and time.end() == end:
                part.mark = Mark("time", "time of an entry")
            elif n > 0 and _BRACKET_ONLY.fullmatch(part.text):
                part.mark = Mark("credit", part.text)
            elif TRUNCATION.match(part.text) or (n > 0 and _MORE_TAIL.fullmatch(part.text)):
                part.mark = Mark("truncation", part.text)
            elif end in cuts and not part.ends and not TRUNCATION.match(text, end):
                part.heading = part.words < _HEADING_WORDS
            result.append(part)
    return result


def _link_start(line: Piece, markers: Markers) -> int:
    """Return where the headline begins in a line such as "اقرأ أيضاً: headline", or 0."""
    text = line.text
    if any(c in text for c in ":-–—|"):
        named = markers.find(text)
        if named is not None and named.kind in ("related", "more") and named.value is not None:
            return named.value
    # Without a colon only a prose-like marker of two words and more is sure, and never a finished sentence.
    if line.words > 30 or line.text[-1] == "." or line.text[0] not in "اإأوقيطشت(":
        return 0
    words = list(_WORD.finditer(text[:60]))
    for n in (4, 3, 2):
        found = markers.line.get(fold(" ".join(w.group() for w in words[:n])))
        if found is not None and found[0] == "related" and len(words) > n + 1:
            return words[n].start()
    return 0


def _page_words(pieces: list[Piece]) -> frozenset[str]:
    words: set[str] = set()
    for line in pieces:
        if line.kind is None:
            words.update(_WORD.findall(fold(line.text)))
    return frozenset(words)


class _Everything(frozenset[str]):
    """Contains every word: for the first, cheap look, before the words of the page are gathered."""

    def __contains__(self, word: object) -> bool:
        return True


_ANY = _Everything()


def _first_joint(text: str, page_words: frozenset[str] | None) -> int | None:
    """Return where a headline at the line's beginning runs into a sentence, or None.

    Without `page_words` the answer is only whether there may be one.
    """
    for at in sorted(_word_cuts(text[:_SEARCHED], _ANY if page_words is None else page_words)):
        head = text[:at].rstrip()
        tail = text[at : at + 200]
        if head.count(" ") + 1 > _HEADING_WORDS or head.count(" ") < 1:
            continue
        # With a finished sentence before it the line is a paragraph that lacks a blank.
        if any(head.find(stop) >= 0 for stop in (". ", "؟ ", "! ")):
            continue
        if tail.count(" ") < 4:
            continue
        return at
    return None
