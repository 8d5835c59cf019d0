"""Key words: which lines hold them, and the tags of a tag line, also where nothing but a blank stands between them.

Most pages label their key words. Where one does not, they are told by what they are: names and nouns of the article's
own words, right below it, one a line, parted by strokes, commas or hashes, or in a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rasd.arabic.text import fold
from rasd.reading.credits import could_be_person, is_outlet_name, is_person_name
from rasd.reading.lines import BLANK, Piece
from rasd.reading.markers import Mark
from rasd.reading.parting import part_words, words_of_text
from rasd.reading.wording import WINDOW, begins_report, load_words, shared

# Any sign but those that stand inside of names and sentences may part key words: strokes, bullets, pictures.
_SIGN = r"[^\w\s\-–—()&.:؟?!«»\"'“”‘’‹›%…<=>@\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
_QUOTED = r"(?<=[\"»”›])\s+(?=[\"«“‹])"
_BETWEEN = re.compile(
    rf"\s?\([0-9٠-٩]{{1,5}}\)\s?|(?:\s*{_SIGN})+|\s(?:[-–—ـ&]|\.\.)\s|{_QUOTED}|[ \xa0]{{2,}}|\t|\n|(?:^|\s)[›»]\s"
    r"|(?:^|\s)@(?=[\u0621-\u064a])"
    # A letter that only ends words, with another word glued to it.
    r"|(?<=[ةى])(?=[\u0621-\u064a])"
    # Where the script changes, so does the name.
    r"|(?<=[A-Za-z]) (?=[\u0621-\u064a])|(?<=[\u0621-\u064a\u06cc]) (?=[A-Za-z])"
)
_WORD = re.compile(r"[^ \xa0]+")
# No line of key words has more words.
_MOST = 400

# Words, and what may stand between key words.
_KEY_WORDS = re.compile(r"[^.؟?!:…%٪@<>={}\n]*[^\W_][^.؟?!:…%٪@<>={}\n]*")
# With figures in them: how often each was used, or a year: "رأس الخيمة (1204) الأسر المنتجة (88)".
_COUNTED = re.compile(
    r"(?:(?:[^\W\d_]+[ \xa0]){1,4}\([0-9٠-٩]{1,5}\)[ \xa0]?){2,}"
    r"|[^\W\d_]+(?: \w+){0,2}(?:[ \xa0]?[/|،,][ \xa0]?[^\W\d_]+(?: \w+){0,3}){2,}"
)
_PARTING = re.compile(
    rf"\s?\([0-9٠-٩]{{1,5}}\)\s?|(?:\s*{_SIGN})+\s?|\s[-–—&]\s|{_QUOTED}|[ \xa0]{{3,}}|(?:^|\s)[›»]\s"
)
# Of those who wrote a report, for the agency in brackets: "--(بترا) ر ع/ه ح".
_INITIALS = re.compile(r"--|(?<![^\W_])[^\W\d_]{1,2}[ ./][^\W\d_]{1,2}\W*$")
# Where a key word on a line of its own begins.
_WHOLE = re.compile(r"[\w«\"“(\[]")
# What a line calls its key words, whatever that is: "ملفات: …", "مواضيع المقال: …".
_CALLED = re.compile(r"\s*[^\W\d_]+(?: [^\W\d_]+){0,3}\s?[:：=]\s*")
# Marks of lines that may be key words all the same: words that are names of sections elsewhere.
_OPEN = ("", "navigation", "bar", "link", "tags")
# Lines that may give key words a name that no marker knows.
_CALLED_MARKS = ("", "navigation", "link", "more", "related")
_OTHERS = ("related", "more", "comments", "source", "onward")
# Key words stand so many lines below a text at most; an entry has so many words, a row of them so many.
_BELOW, _ABOVE, _ENTRY, _ROW = 14, 6, 4, 12
_BULLETS = "#•·-–*♦+"
_SIGNED = "#•·*♦+›»▪●✦⚽◆"
_BODIES = ("main_article", "related_article", "title", "tweet")
# The part of the entries that the text has to know: of several one a line, of parted ones, of the words of a row.
_LISTED, _BULLETED, _PARTED, _IN_A_ROW = 0.66, 0.5, 0.5, 0.75
# So many words at most has the name of a person or an outlet.
_NAME = 3
# So many one a line above a text; so many right below it need not all be said in it.
_SEVERAL, _FEW = 3, 5


def parted_key_words(text: str) -> bool:
    """Return whether a line is made of several short entries with signs between them: "طقس | مدارس | عمّان"."""
    entries = [entry.strip(BLANK) for entry in _PARTING.split(text)]
    entries = [entry for entry in entries if entry]
    return len(entries) > 1 and all(len(entry.split()) <= _ENTRY for entry in entries)


def label_key_words(pieces: Sequence[Piece], title: int | None, body: Sequence[int], end: int) -> None:
    """Label the lines around an article that hold its key words and have no label saying so.

    Args:
        pieces: all lines of the page, labelled.
        title: the article's headline.
        body: the lines of its text.
        end: where the next article begins.
    """
    context = ""
    for i in [title, *body]:
        context += " " + pieces[i].folded if i is not None and len(context) < WINDOW else ""
    times = Counter(line.folded for line in pieces)
    _take_back(pieces, body[-1], end, context)
    _label_hashes(pieces[body[-1] + 1 : end])
    _label_called(pieces[body[-1] + 1 : min(end, body[-1] + 1 + _BELOW)], context)
    _label_below(pieces, body[-1] + 1, min(end, body[-1] + 1 + _BELOW), times, context)
    above = range(title + 1 if title is not None else max(0, body[0] - _ABOVE), body[0])
    for i in above:
        line = pieces[i]
        if line.kind in ("metadata", "navigation") and _could_hold(line) and "،" not in line.text:
            _holds_parted(line, context, least=3, place="above")
    _label_above(pieces, above, times, context)


def _take_back(pieces: Sequence[Piece], last: int, end: int, context: str) -> None:
    """Take back what was labelled as key words and says nothing of the text: names of lists, addresses, the weather."""
    for i in range(last + 1, end):
        line = pieces[i]
        if line.kind != "tags" or _is_label(line):
            continue
        told = line.text[line.value or 0 :] if line.known == "tags" else line.text
        named = line.known == "tags" and (":" in line.text or line.known_by == "hashtags")
        unsaid = not shared(fold(told), context)
        if line.rule == "weighed: tags":
            if unsaid or line.numbered or _said(line, context) < _PARTED:
                below = pieces[i + 1] if i + 1 < end else None
                line.label("navigation" if _heads(line, below) else "boilerplate", "no_key_words_of_the_text")
        elif named or not unsaid:
            continue
        elif line.known == "tags" and line.words <= _ENTRY:
            line.mark = Mark("more", line.known_by)  # "مواضيع مقترحة"
            line.label("navigation", "head_of_a_list")
        elif (
            i + 1 < end
            and pieces[i + 1].kind != "tags"
            and _LISTED_RULES.issuperset((line.rule, pieces[i - 1].rule))
            and _heads(line, pieces[i + 1])
        ):
            line.label("navigation", "head_of_a_list")  # the last of them heads what stands below


_LISTED_RULES = frozenset(("one_of_several_key_words", "key_word_on_its_own_line"))


def _is_label(line: Piece) -> bool:
    """Whether a line is the name of key words that stand below it."""
    return line.kind == "tags" and line.known == "tags" and line.value is None


def _said(line: Piece, context: str) -> float:
    """Return how much of a line's entries the text knows."""
    entries = [entry for entry in _PARTING.split(line.folded) if entry.strip()]
    return sum(shared(entry, context) for entry in entries) / len(entries) if entries else 0.0


def _label_below(pieces: Sequence[Piece], start: int, end: int, times: Counter[str], context: str) -> None:
    """Label the first line or lines below a text that hold its key words."""
    below = list(_below(pieces, start, end))
    near = {i for i, _ in below[:3]}
    for run in _runs(pieces, [i for i, _ in below]):
        lines = [pieces[i] for i in run]
        above = pieces[run[0] - 1]
        if above.kind not in _BODIES and above.text[-1] in "؟?":
            continue  # answers to choose from
        if any(times[line.folded] > 1 for line in lines):
            continue  # captions of one picture after the other, the site's name
        beside_others = dict(below)[run[0]]
        if (
            len(run) > 1
            and not beside_others
            and _label_run(lines, next(iter(pieces[run[-1] + 1 :][:1]), None), context)
        ):
            return
        for i, line in zip(run, lines, strict=True):
            if times[line.folded] > 1 or _is_label(line):
                continue
            heading = pieces[i - 1]
            if _is_label(heading):
                place = "labelled"
            elif heading.text[-1] == ":":
                place = "below"  # members of another list
            else:
                place = "others" if beside_others else "right" if i == start else "near" if i in near else "below"
            if _holds_key_words(line, context, place):
                return


def _heads(line: Piece, below: Piece | None) -> bool:
    """Whether a line heads what stands below it rather than ending a list: a headline follows."""
    return line.words > 1 and below is not None and below.mark is None and below.words >= _ENTRY and not below.ends


def _label_run(lines: list[Piece], below: Piece | None, context: str) -> bool:
    """Label lines of few words each that are key words, but for the last where it heads what stands below."""
    if not all(line.words <= _ENTRY for line in lines):
        return False
    bullets = [line.text[0] in _BULLETS for line in lines]
    if bullets[0] and not all(bullets):
        lines = lines[: bullets.index(False)]  # what stands below the list
        if len(lines) < 2:
            return False
    known = [shared(line.folded, context) for line in lines]
    heading = None
    if len(lines) > 2 and not known[-1] and _heads(lines[-1], below):
        *lines, heading = lines
        known.pop()
    if all(line.text[0] in _BULLETS for line in lines):
        told = sum(known) >= _BULLETED * len(known)
    else:
        told = sum(part > _PARTED for part in known) >= _LISTED * len(known)
    if told and heading is not None and heading.mark is None:
        heading.label("navigation", "head_of_a_list")
    for line in lines if told else ():
        line.label("tags", "one_of_several_key_words", 0)
    return told


def _label_above(pieces: Sequence[Piece], above: Sequence[int], times: Counter[str], context: str) -> None:
    """Label key words that stand one a line between headline and text: three and more that the text knows."""
    run: list[int] = []
    for i in (*above, None):
        line = pieces[i] if i is not None else None
        if (
            line is not None
            and line.kind in ("metadata", "navigation", "boilerplate", "dateline")
            and (line.known in ("", "navigation"))
            and line.words <= _ENTRY
            and line.rule != "entry_of_the_contents"
            and not is_person_name(line.text)
            and _could_hold(line)
        ):
            run.append(i)  # type: ignore[arg-type]
            continue
        lines, run = [pieces[j] for j in run], []
        known = sum(shared(one.folded, context) > _PARTED for one in lines)
        if len(lines) >= _SEVERAL and all(times[one.folded] == 1 for one in lines) and known >= _LISTED * len(lines):
            for one in lines:
                one.label("tags", "one_of_several_key_words", 0)
            return


def _label_hashes(lines: Sequence[Piece]) -> None:
    for line in lines:
        if (
            line.text[0] == "#"
            and (line.words <= _ENTRY or ("#" in line.text[2:] and "##" not in line.text))
            and (line.kind in ("navigation", "boilerplate") or (line.kind == "metadata" and _is_signed(line.text)))
            and _could_hold(line)
        ):
            line.label("tags", "hash_without_a_label", 0)


def _label_called(lines: Sequence[Piece], context: str) -> None:
    """Label the first line that gives a name, whatever it is, to several words that the text knows."""
    for line in lines:
        if line.known == "comments":
            return
        others = line.known not in _CALLED_MARKS or line.kind in (*_BODIES, "tags")
        if others or line.words > _ROW + 4 or line.numbered:
            continue
        called = _CALLED.match(line.text)
        if called is None or _KEY_WORDS.fullmatch(value := line.text[called.end() :]) is None:
            continue
        if any(_is_name(one.strip()) for one in _PARTING.split(value)):
            continue  # guests, a writer and a photographer
        entries = [entry for entry in _PARTING.split(fold(value)) if entry.strip()]
        if len(entries) > 1:
            enough = _PARTED * len(entries)
        else:
            entries = value.split() if line.mark is None else []
            enough = max(2, _LISTED * len(entries))
        told = sum(shared(fold(entry), context) >= _PARTED for entry in entries)
        if told >= enough and all(len(entry.split()) < _ENTRY for entry in entries):
            line.mark = Mark("tags", "named", called.end())
            line.label("tags", "key_words_by_any_name", 0)
            return


def _is_name(text: str) -> bool:
    """Whether an entry is a person's name, perhaps with a word before it ("المعلمة فلانة الفلانية"), or an outlet's."""
    return is_person_name(text) or is_person_name(text.partition(" ")[2]) or is_outlet_name(text)


def _could_hold(line: Piece) -> bool:
    if line.words > _ROW or line.ends or _KEY_WORDS.fullmatch(line.text) is None or _INITIALS.search(line.text):
        return False
    if line.text[0] == "/":
        return False  # an agency's mark: "/العمانية/"
    return not line.numbered or _COUNTED.fullmatch(line.text) is not None or _is_signed(line.text)


def _is_signed(text: str) -> bool:
    """Whether each of several entries has the same sign before it: "+ سعر الذهب + عيار 21"."""
    return text[0] in _SIGNED and text.count(f"{text[0]} ") > 1


def _below(pieces: Sequence[Piece], start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Yield the lines below a text that could hold its key words, and whether other stories are headed above them."""
    others = sources = False
    for i in range(start, end):
        line = pieces[i]
        mark = line.known
        if sources and not mark:
            sources = line.text[0] in _BULLETS  # what stands below "sources:" are those
            continue
        sources = mark == "source" and line.value is None
        if mark == "comments":
            return
        if mark in _OTHERS:
            others = others or mark in ("related", "more")
            continue
        placed = line.known_by == "name and place"
        if (
            (mark in _OPEN or placed or (mark == "breadcrumb" and (i == start or _is_signed(line.text))))
            and line.kind not in _BODIES
            and _could_hold(line)
        ):
            yield i, others


def _runs(pieces: Sequence[Piece], lines: Sequence[int]) -> Iterator[list[int]]:
    """Yield the lines that stand together, a row of several words each by itself."""
    run: list[int] = []
    for i in lines:
        if run and (i != run[-1] + 1 or pieces[i].words > _ENTRY or pieces[run[-1]].words > _ENTRY):
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _holds_key_words(line: Piece, context: str, place: str) -> bool:
    """Label a line that holds several key words of a text; say whether it does.

    `place` is "right" below the text, "near" it, "below" it, below what heads "others", or "labelled" as key words.
    """
    if line.kind == "tags":
        return True
    if parted_key_words(line.text):
        return _holds_parted(line, context, least=2, place=place)
    if place not in ("right", "near", "labelled") or begins_report(line.text) or line.mark is not None:
        return False
    if place != "labelled" and line.words <= _NAME and (is_outlet_name(line.text) or could_be_person(line.text)):
        return False
    table = load_words()
    plain = [{word, word.removeprefix("و")}.isdisjoint(table.joining | table.empty) for word in line.said]
    if not all(plain[1:]):
        return False
    # "صور" is a town, too.
    sure = all(plain)
    least = 2 if sure else _SEVERAL
    if shared(line.folded, context) < (_IN_A_ROW if sure else 1) or len(split_tags(line.text, context)) < least:
        return False
    line.label("tags", "key_words_without_a_label", 0)
    return True


def _holds_parted(line: Piece, context: str, *, least: int, place: str = "near") -> bool:
    if not parted_key_words(line.text):
        return False
    entries = [entry for entry in _PARTING.split(line.folded.replace("_", " ")) if entry.strip()]
    known = sum(shared(entry, context) > _PARTED for entry in entries)
    if known < len(entries) and any(is_outlet_name(entry.strip()) for entry in entries):
        return False  # the site's name and what it is
    mark = line.known
    if place in ("right", "near") and (mark == "breadcrumb" or (mark == "byline" and len(entries) > 2)):
        enough = sum(shared(entry, context) >= _PARTED for entry in entries) >= _PARTED * len(entries)
    elif place == "others" or line.numbered or mark == "byline":
        enough = known == len(entries) >= least
    elif place == "right" and len(entries) <= _FEW and mark in ("", "bar"):
        enough = known > 0  # what the text is about, and not its words alone
        if not enough and line.text.count(line.text[0]) == len(entries) > 2:
            # Each has the same sign before it.
            enough = any(shared(entry, context) >= _PARTED for entry in entries)
    else:
        enough = known >= max(least, _PARTED * len(entries))
    if enough:
        line.label("tags", "key_words_without_a_label", 0)
    return enough


def split_tags(text: str, body: str) -> list[tuple[int, int]]:
    """Return the range of each tag in the text of a tag line (its label left out).

    Where commas, dashes, strokes or hashes stand between tags, they decide. Where only blanks do, it is weighed
    which words are one tag (`parting`).

    Args:
        text: the tag line's value.
        body: the article's headline and body, folded.
    """
    separators = list(_BETWEEN.finditer(text))
    if separators:
        edges = [0, *(e for s in separators for e in (s.start(), s.end())), len(text)]
        ranges = [_trim(text, edges[n], edges[n + 1]) for n in range(0, len(edges), 2)]
        return [(start, end) for start, end in ranges if start < end]
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    if len(words) < 2:
        start, end = _trim(text, 0, len(text))
        return [(start, end)] if start < end else []
    return _by_words(text, words[:_MOST], body)


def called(text: str) -> int:
    """Return the length of what a line of key words calls them: "مواضيع المقال: …"."""
    found = _CALLED.match(text)
    return found.end() if found is not None else 0


def whole_tag(text: str) -> tuple[int, int]:
    """Return the range of the one tag that a line is, without its bullet."""
    first = _WHOLE.search(text)
    return first.start() if first is not None else 0, len(text)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    signs = BLANK + "\"'«»“”‹›.:=_\ufe0f"
    while start < end and text[start] in signs:
        start += 1
    while end > start and text[end - 1] in signs:
        end -= 1
    return start, end


def _by_words(text: str, words: list[tuple[int, int]], body: str) -> list[tuple[int, int]]:
    """Return where the key words stand of which the words of a line are; see `parting`."""
    told = [(start, end, folded) for start, end in words if (folded := fold(text[start:end]))]
    tags: list[tuple[int, int]] = []
    first = 0
    for length in part_words([folded for _, _, folded in told], words_of_text(body)):
        tags.append((told[first][0], told[first + length - 1][1]))
        first += length
    return tags
