"""Cleaning and folding of Arabic text, with exact offsets back to where each character came from."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rasd.memo import Memo

# Arabic-script letters, and the marks that stand on them (harakat, Quranic marks, dagger alef).
LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u0674\u0679-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f"
)
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
_TATWEEL, _ZWNJ, _ZWJ, _ZWSP = "\u0640", "\u200c", "\u200d", "\u200b"


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Maps offsets of a derived text back to its source.

    `runs` are triples (derived_start, source_start, length), sorted: inside a run derived and source advance
    together. Derived characters between runs (a separator that was put in) have no source. Where the next run
    starts before derived_start + length, the last derived character of the run stands for all the source that is
    left of it (one letter made of two); a run of length 0 ends such a run where nothing else follows.
    """

    runs: tuple[tuple[int, int, int], ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source range that the derived range [start, end) came from.

        The range starts at the source of the first mapped character in it and ends after that of the last.

        Raises:
            ValueError: if no character of the range has a source.
        """
        i = self._run_before(start)
        if i >= 0:
            derived, source, length = self.runs[i]
            within = i + 1 == len(self.runs) or end < self.runs[i + 1][0]
            if within and start < end <= derived + length:
                return source + start - derived, source + end - derived
        first = self._source_at_or_after(start)
        last = self._source_end_at_or_before(end - 1)
        if first is None or last is None or last <= first or start >= end:
            raise ValueError(f"derived range [{start}, {end}) has no source")
        return first, last

    def _run_before(self, offset: int) -> int:
        """Return the index of the last run that starts at or before a derived offset, or -1."""
        return bisect_left(self.runs, (offset + 1,)) - 1

    def _source_at_or_after(self, offset: int) -> int | None:
        i = self._run_before(offset)
        if i >= 0:
            derived, source, length = self.runs[i]
            if offset < derived + length:
                return source + offset - derived
        while i + 1 < len(self.runs):
            i += 1
            if self.runs[i][2]:
                return self.runs[i][1]
        return None

    def _source_end_at_or_before(self, offset: int) -> int | None:
        i = self._run_before(offset)
        if i < 0:
            return None
        derived, source, length = self.runs[i]
        if i + 1 < len(self.runs) and self.runs[i + 1][0] == offset + 1:
            return source + length
        return source + min(offset - derived + 1, length)

    def after(self, first: OffsetMap) -> OffsetMap:
        """Return the map of a text derived in two steps: `first` leads from the middle text to the source."""
        if first.is_identity:
            return self
        if self.is_identity:
            return first
        runs = _Runs()
        for derived, middle, extent, length in self._extents():
            plain = extent if length == extent else extent - 1
            i = max(first._run_before(middle), 0)
            limit, shift = middle + plain, derived - middle
            for d, s, e, n in first._extents(i):
                if d >= limit:
                    break
                if d >= middle and d + e <= limit:
                    runs.add(d + shift, s, e, n)
                    continue
                a, b = max(d, middle), min(d + e, limit)
                if a < b:
                    runs.add(a + shift, s + a - d, b - a, b - a + (n - e if b == d + e else 0))
            if plain < extent:
                try:
                    start, end = first.to_source(middle + plain, middle + length)
                except ValueError:
                    continue
                runs.add(derived + plain, start, 1, end - start)
        return runs.map()

    @property
    def is_identity(self) -> bool:
        """Whether derived and source offsets are the same."""
        return not self.runs or (len(self.runs) == 1 and self.runs[0][:2] == (0, 0))

    def _extents(self, first: int = 0) -> Iterator[tuple[int, int, int, int]]:
        """Yield (derived_start, source_start, derived length, source length) of each run from `first` on."""
        for i in range(first, len(self.runs)):
            derived, source, length = self.runs[i]
            room = self.runs[i + 1][0] - derived if i + 1 < len(self.runs) else length
            yield derived, source, min(length, room), length

    @staticmethod
    def identity(length: int) -> OffsetMap:
        """Return the map of a text of `length` characters onto itself."""
        return OffsetMap(((0, 0, length),) if length else ())


class _Runs:
    """Collects the runs of a map, joining what continues."""

    def __init__(self) -> None:
        self._runs: list[tuple[int, int, int]] = []
        self._derived = self._source = self._extent = self._length = 0

    def add(self, derived: int, source: int, extent: int, length: int) -> None:
        """Add `extent` derived characters for `length` source characters (more only for the last one's sake)."""
        if not extent:
            return
        ends = self._derived + self._extent
        if self._extent == self._length and derived == ends and source == self._source + self._length:
            self._extent += extent
            self._length += length
            return
        self._close(derived)
        self._derived, self._source, self._extent, self._length = derived, source, extent, length

    def _close(self, following: int) -> None:
        if self._extent:
            self._runs.append((self._derived, self._source, self._length))
        ends = self._derived + self._extent
        if self._extent != self._length and following != ends:
            self._runs.append((ends, self._source + self._length, 0))

    def map(self) -> OffsetMap:
        self._close(-1)
        return OffsetMap(tuple(self._runs))


@dataclass(frozen=True, slots=True)
class Clean:
    """A derived text with the way back: `map` leads from offsets of `text` to offsets of its source."""

    text: str
    map: OffsetMap


def _edited(text: str, edits: Iterable[tuple[int, int, str]]) -> Clean:
    """Apply edits (start, end, new text), sorted and without overlap, and keep the way back.

    New text of the same length replaces character by character; otherwise every new character stands for the
    whole of what was replaced.
    """
    pieces: list[str] = []
    runs: list[tuple[int, int, int]] = []
    plain = -1  # source offset at which the last run ends, where it goes on character by character
    done = 0  # source offset up to which `pieces` reaches
    mapped = 0  # source offset up to which `runs` reaches
    shift = 0  # derived offset less source offset
    for start, end, new in edits:
        pieces += (text[done:start], new)
        done = end
        length = end - start
        if len(new) == length:
            continue
        if start > mapped:
            runs.append((mapped + shift, mapped, start - mapped))
            plain = start
        for i in range(len(new)):
            if plain == start:
                runs[-1] = (*runs[-1][:2], runs[-1][2] + length)
            else:
                runs.append((start + shift + i, start, length))
            plain = end if length == 1 else -1
        shift += len(new) - length
        mapped = end
    pieces.append(text[done:])
    if mapped < len(text):
        runs.append((mapped + shift, mapped, len(text) - mapped))
    elif runs and plain < 0:
        runs.append((mapped + shift, runs[-1][1] + runs[-1][2], 0))
    return Clean("".join(pieces), OffsetMap(tuple(runs)))


def _same(text: str) -> Clean:
    return Clean(text, OffsetMap.identity(len(text)))


class _Table(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        new = self[code] = self._rule(chr(code))
        return new


# ---------------------------------------------------------------------------------------------- display cleaning

# What NFKC or the general categories would get wrong. An ellipsis is one mark; rare quotation marks become the
# common ones of the same hand, because nesting is read from them.
_CLEAN_SPECIAL = {
    "\t": " ", "\n": "\n", "\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", _ZWNJ: _ZWNJ,
    "…": "…", "‥": "‥", "␣": " ", "\ufffc": "",
    "‟": "“", "❝": "“", "〝": "“", "❞": "”", "〞": "”", "〟": "”", "″": '"', "‶": '"', "＂": '"',
    "`": "'", "´": "'", "′": "'", "‵": "'", "＇": "'", "❛": "‘", "❜": "’", "‛": "‘", "≪": "«", "≫": "»",
    "《": "«", "》": "»", "〈": "‹", "〉": "›",
}  # fmt: skip
# Compatibility forms that only look different. Superscripts, fractions and circled numbers mean something else.
_LOOKS_ONLY = ("<initial>", "<medial>", "<final>", "<isolated>", "<noBreak>", "<wide>", "<narrow>", "<small>",
               "<font>", "<compat>", "<vertical>")  # fmt: skip


def _clean_character(c: str) -> str:
    if (special := _CLEAN_SPECIAL.get(c)) is not None:
        return special
    category = unicodedata.category(c)
    tag = unicodedata.decomposition(c).partition(" ")[0]
    if category == "Cs":
        new = "\ufffd"
    elif category == "Cc":
        new = ""
    elif category == "Cf":
        # Number signs of the Arabic block and the tags of flag emoji are visible.
        shown = "\u0600" <= c <= "\u0605" or c in "\u06dd\u08e2" or "\U000e0020" <= c <= "\U000e007f"
        new = c if shown else ""
    elif category.startswith("Z"):
        new = " " if category == "Zs" else "\n"
    elif tag.startswith("<") and tag not in _LOOKS_ONLY:
        new = c
    else:
        new = unicodedata.normalize("NFKC", c)
        if new.startswith(" "):  # a mark standing alone: presentation forms of harakat belong to the letter before
            new = new[1:] if tag in ("<isolated>", "<medial>") else c
    return new


_CLEAN = _Table(_clean_character)
# Everything that may have to change, by itself or beside certain letters (tatweel, marks, Persian letters); the rest is
# passed over at the speed of the regex engine.
_CLEAN_ODD = re.compile(
    "[^\n -_a-~\u00a1-\u00ac\u00ae-\u00b3\u00b6-\u00ff\u0600-\u0605\u060c-\u061b\u061d-\u063f\u0641-\u0652\u0656-\u0674"
    "\u0679-\u06a8\u06aa-\u06bd\u06bf-\u06cb\u06cd-\u06ff–—‘’“”„•…€\ufe0f]"
)
_EMOJI_BEFORE_OR_AFTER = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")


def _odd_characters(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _CLEAN_ODD.finditer(text):
        i, c = found.start(), found.group()
        new = _CLEAN[ord(c)]
        if c == "\r" and text.startswith("\n", i + 1):
            new = ""
        elif c == _ZWJ and i and all(_EMOJI_BEFORE_OR_AFTER.match(n) for n in (text[i - 1], text[i + 1 : i + 2])):
            continue
        if new != c:
            yield i, i + 1, new


# Letters that Arabic does not write: a word with one of them is Persian, Urdu, Kurdish … and is left as it is.
_FOREIGN = re.compile("[\u0679-\u06a8\u06ab-\u06bd\u06bf-\u06cb\u06cd-\u06d3\u06d5\u06ee-\u06ff]")
_ARABIC_ONLY = re.compile("[أإؤئءةكيى\u064b-\u0652]")
_IN_WORD = f"{LETTERS}{MARKS}{_TATWEEL}{_ZWNJ}"
_DOUBTFUL = f"یکھ{_ZWNJ}"
# A whole word with a doubtful letter. The first star cannot meet one, so no word is scanned twice.
_DOUBTFUL_WORD = re.compile(f"(?<![{_IN_WORD}])(?:(?![{_DOUBTFUL}])[{_IN_WORD}])*[{_DOUBTFUL}][{_IN_WORD}]*")
# Final ی stands for ي or ى. These common words end in ى whatever is before them (و، ف، ل …).
_MAQSURA = re.compile(
    "(?:عل|إل|ال|حت|مت|لد|سو|مد|أخر|اخر|[كک]بر|صغر|وسط|مصطف|موس|ع[يی]س|مستشف|منتد|[يی]ح[يی]|مبن|معن|أعل|اعل|أول|أدن"
    "|ل[يی]ل|سلم|هد|مرتض|ذ[كک]ر|قرب|عظم|قصو)ی$"
)


def _arabic_word(found: re.Match[str]) -> str:
    """Give Arabic letters to an Arabic word; a zero-width non-joiner that has to go becomes a zero-width space."""
    word = found.group()
    joined = _ZWNJ in word.strip(_ZWNJ)
    if _FOREIGN.search(word) or (joined and re.search("[یک]", word) and not _ARABIC_ONLY.search(word)):
        core = word.strip(_ZWNJ)
        left = len(word) - len(word.lstrip(_ZWNJ))
        return (_ZWSP * left + core).ljust(len(word), _ZWSP)
    word = word.replace(_ZWNJ, _ZWSP)
    if _MAQSURA.search(word):
        word = word[:-1] + "ى"
    return word.replace("ی", "ي").replace("ک", "ك").replace("ھ", "ه")


# Tatweel between letters only: «هـ» after a year, rules of dashes and a lone dash are not elongation.
# A base letter with a mark that Unicode composes with it (decomposed file names and feeds from macOS).
_IN_CONTEXT = re.compile(
    f"(?<=[{LETTERS}{MARKS}])(?<!\\dه){_TATWEEL}+(?=[{LETTERS}{MARKS}])|{_ZWSP}+"
    "|[A-Za-z\u00c0-\u024f\u0370-\u04ff\u0621-\u06d5][\u0300-\u036f\u0653-\u0655]"
)


_NEEDS_CONTEXT = re.compile(f"[{_TATWEEL}{_ZWSP}\u0300-\u036f\u0653-\u0655]")


def _contextual(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _IN_CONTEXT.finditer(text):
        old = found.group()
        if old[0] in (_TATWEEL, _ZWSP):
            yield found.start(), found.end(), ""
        elif len(new := unicodedata.normalize("NFC", old)) == 1:
            yield found.start(), found.end(), new


def clean(text: str, *, repaired: bool = False) -> Clean:
    """Clean a text for display and for names, keeping the way back to it.

    Mojibake is repaired where that is certain; then bidi marks, zero-width marks and controls go, NFKC is applied
    to forms that only look different (presentation forms, full width, other spaces), tatweel between letters goes,
    Persian ی ک ھ become Arabic letters inside Arabic words, hamza and madda marks are composed with their letter,
    and every line end becomes one newline. Diacritics stay (عمّان is not عُمان), and so do superscripts, emoji and
    the hand of quotation marks. A zero-width non-joiner stays inside a Persian word, where it is spelling.

    Linear in the length of the text; never raises.

    Args:
        text: any text.
        repaired: whether the text is part of one whose mojibake has been repaired already.
    """
    if not repaired and (repair := repair_mojibake(text)).text != text:
        cleaned = clean(repair.text, repaired=True)
        return Clean(cleaned.text, cleaned.map.after(repair.map))
    if not _CLEAN_ODD.search(text):
        return _same(text)
    first = _edited(text, _odd_characters(text))
    middle = first.text
    if any(letter in middle for letter in _DOUBTFUL):
        middle = _DOUBTFUL_WORD.sub(_arabic_word, middle)  # the same length
    if not _NEEDS_CONTEXT.search(middle):
        return Clean(middle, first.map)
    second = _edited(middle, _contextual(middle))
    return Clean(second.text, second.map.after(first.map))


def display(text: str) -> str:
    """Return the clean form of a part of a text whose mojibake has been repaired already; see `clean`."""
    return clean(text, repaired=True).text if _CLEAN_ODD.search(text) else text


# --------------------------------------------------------------------------------------------- folding and identity

# Letters that writers use for one another, and foreign ones by the Arabic letter that stands for them in print.
_FOLD_LETTERS = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"), **dict.fromkeys("ىیېےۍئۓێ", "ي"), **dict.fromkeys("ؤۆۇۈۋٶٷ", "و"),
    **dict.fromkeys("ةھہەۀۂۃ", "ه"), **dict.fromkeys("کگڭڪݢ", "ك"), "پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف", "ڨ": "ق",
    "ں": "ن", "ڕ": "ر", "ڵ": "ل", "ٴ": "", _TATWEEL: "",
    **dict.fromkeys("“”„‟«»‹›″", '"'), **dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("‐‑‒–—―−", "-"),
    "،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",", "۔": ".", "…": "...", "‥": "..",
}  # fmt: skip


def _fold_character(c: str) -> str:
    folded = []
    for displayed in _CLEAN[ord(c)]:
        for part in unicodedata.normalize("NFKD", _FOLD_LETTERS.get(displayed, displayed).casefold()).casefold():
            category = unicodedata.category(part)
            if category == "Nd":
                folded.append(str(unicodedata.decimal(part)))
            elif category not in ("Mn", "Me", "Cf"):
                shown = _CLEAN_SPECIAL.get(part, part)
                folded.append(_FOLD_LETTERS.get(shown, shown))
    return "".join(folded)


_FOLD = _Table(_fold_character)
# Most text is of few characters, and few of them change: replacing these one after another is many times faster than
# looking up each character of the text. What a character becomes never changes again, so their order does not matter.
_FOLD_USUAL = tuple((c, _fold_character(c)) for c in "أإآىئؤة،؟؛«»")
_FOLD_UNUSUAL = re.compile("[^\n -@\\[-_a-~\u0621-\u063a\u0641-\u064a]")
# A text of less is read character by character; one of so many is asked about several times while its page is read.
_FOLD_SHORT, _FOLD_KEPT = 16, 40
# So many different ones has only a text in another script.
_FOLD_MANY = 64
# Everything whose folded form may not be one character.
_FOLD_ODD = re.compile("[^\n -~\u0621-\u063a\u0641-\u064a\u0660-\u0669\u06cc\u06a9\u06f0-\u06f9،؛؟٪«»“”‘’–—]")


def fold(text: str) -> str:
    """Return the key under which spellings of the same words compare equal.

    Without diacritics, tatweel and zero-width marks; أإآٱ as ا, ى ئ as ي, ة as ه, ؤ as و; Persian letters as the
    Arabic ones; digits, punctuation, quotation marks and spaces as ASCII; lower case. Line ends stay, white space
    is not collapsed. For every text, folding its display form gives the same key but for carriage returns.
    """
    return _KEPT[text] if len(text) <= _FOLD_KEPT else fold_anew(text)


def fold_anew(text: str) -> str:
    """Return the same where the caller keeps what he asked for."""
    if len(text) < _FOLD_SHORT:
        return text.translate(_FOLD)
    at = many = 0
    while found := _FOLD_UNUSUAL.search(text, at):
        # All of a kind at once; what stands before the first of them has been looked at.
        new = _FOLD[ord(found.group())]
        text = text.replace(found.group(), new)
        at = found.start() + len(new)
        many += 1
        if many > _FOLD_MANY:
            return text.translate(_FOLD)
    for old, new in _FOLD_USUAL:
        text = text.replace(old, new)
    return text


_KEPT: Memo[str] = Memo(fold_anew, 1 << 11)


def fold_with_map(text: str) -> Clean:
    """Return `fold(text)` with the way back to `text`."""
    if _FOLD_ODD.search(text) is None:
        return Clean(fold(text), OffsetMap.identity(len(text)))
    edits = (
        (found.start(), found.end(), new)
        for found in _FOLD_ODD.finditer(text)
        if len(new := _FOLD[ord(found.group())]) != 1
    )
    folded = _edited(text, edits)
    return Clean(fold(text), folded.map)


def _identity_character(c: str) -> str:
    return "".join(f for f in _FOLD[ord(c)] if f.isalnum())


_IDENTITY = _Table(_identity_character)
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())


def fingerprint(body: str) -> str:
    """Return the identity of an article: hex SHA-256 of its folded letters and digits.

    The same for every line end, byte order mark, spacing, diacritic, tatweel, zero-width mark, Persian letter,
    quotation mark and punctuation, so that a reprint that was only typeset anew keeps its identity.
    """
    letters = fold(body).encode().translate(None, delete=_ASCII_SIGNS)
    if letters and not (text := letters.decode()).isalnum():
        letters = text.translate(_IDENTITY).encode()
    return hashlib.sha256(letters).hexdigest()


# ------------------------------------------------------------------------------------------------------- mojibake


@dataclass(frozen=True, slots=True)
class Repair:
    """A text with its mojibake repaired where that is certain; `reports` say in sentences what was found."""

    text: str
    map: OffsetMap
    reports: tuple[str, ...] = ()


def _bytes_as(encoding: str) -> dict[str, int]:
    """Return the byte behind each character of a text that was wrongly decoded (undefined bytes as Latin-1)."""
    table = {chr(b): b for b in range(0x80, 0xA0)}
    for b in range(0x80, 0x100):
        table[bytes([b]).decode(encoding, errors="replace").replace("\ufffd", chr(b))] = b
    return table


def _utf8_pattern(table: dict[str, int], leads: range) -> str:
    """Return a pattern for one UTF-8 sequence with a lead byte in `leads`, as the characters it was decoded to."""

    def characters(first: int, last: int) -> str:
        return "[" + "".join(re.escape(c) for c, b in table.items() if first <= b <= last) + "]"

    more = characters(0x80, 0xBF)
    shapes = [(0xC2, 0xDF, more), (0xE0, 0xEF, more * 2), (0xF0, 0xF4, more * 3)]
    return "|".join(
        characters(max(first, leads.start), min(last, leads.stop - 1)) + rest
        for first, last, rest in shapes
        if first < leads.stop and last >= leads.start
    )


_WESTERN, _ARABIC = _bytes_as("cp1252"), _bytes_as("cp1256")
_ARABIC_LEADS = range(0xD8, 0xDC)
# UTF-8 read as windows-1252: three Arabic letters in a row cannot be anything else. Once that is seen, every other
# sequence in the text is of the same making; the sequences of typographic quotes and dashes are certain by themselves.
_WESTERN_SURE = re.compile(
    f"(?:{_utf8_pattern(_WESTERN, _ARABIC_LEADS)}){{3}}|â€[\u009dœ™˜“”¦¢]"
    "|(?:Ã[˜™š›\u0098-\u009b][^\\s]{2,3}){3}"  # three Arabic letters misread twice
)
_WESTERN_ANY = re.compile(_utf8_pattern(_WESTERN, range(0xC2, 0xF5)))
# UTF-8 read as windows-1256: «ط،» alone may be honest text, three pairs in a row cannot.
# One pattern for each first letter: the regex engine jumps from one place of a letter to the next.
_ARABIC_SURE = tuple(
    re.compile(
        f"(?:{_utf8_pattern(_ARABIC, range(lead, lead + 1))})"
        f"(?:[ !-@]?(?:{_utf8_pattern(_ARABIC, _ARABIC_LEADS)})){{2}}"
    )
    for lead in _ARABIC_LEADS
)
_ARABIC_ANY = re.compile(_utf8_pattern(_ARABIC, range(0xC2, 0xF5)))
_LETTERS_OF_NEWS = frozenset(map(chr, [*range(0x621, 0x64B), *map(ord, "پچژگکیڤ")]))
_ARABIC_STRETCH = re.compile(f"(?:(?:{_ARABIC_ANY.pattern})[ !-@]{{0,3}}){{3,}}")
# windows-1256 read as windows-1252 (ÇáÚÑÈíÉ): words wholly of high letters, with the article Çá among them.
_HIGH_WORD = re.compile("(?<![A-Za-z])[À-ÖØ-öø-ÿ]{3,}(?![A-Za-z])")
_HIGH_WORDS_NEEDED = 3
_HIGH = re.compile("[À-ÿ¡º¿]")
_SUSPECT = "ØÙÚÛÃÂâÇáÈ"
_ASKED_AWAY = re.compile(r"\?{3,}(?: +\?{2,})+")


def _utf8_again(text: str, sequences: re.Pattern[str], table: dict[str, int]) -> Iterator[tuple[int, int, str]]:
    known: dict[str, str | None] = {}
    for found in sequences.finditer(text):
        sequence = found.group()
        if sequence not in known:
            try:
                known[sequence] = bytes(table[c] for c in sequence).decode()
            except UnicodeDecodeError:
                known[sequence] = None
        if (new := known[sequence]) is not None:
            yield *found.span(), new


def _arabic_again(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _HIGH.finditer(text):
        b = bytes([ord(found.group())])
        yield found.start(), found.end(), b.decode("cp1256")


def _is_suspect(text: str) -> bool:
    return any(map(text.__contains__, _SUSPECT))


def _is_surely_arabic(text: str) -> bool:
    """Whether a text has Arabic that was read as windows-1256, beyond doubt.

    Joiners between letters are bytes of such pairs as well; what they make is letters that no language of news has.
    """
    return any(
        new in _LETTERS_OF_NEWS
        for pairs in _ARABIC_SURE
        for found in pairs.finditer(text)
        for _, _, new in _utf8_again(found.group(), _ARABIC_ANY, _ARABIC)
    )


def _repair_once(text: str) -> tuple[Clean, str] | None:
    """Undo one wrong decoding that is certain; None where there is none."""
    if _is_surely_arabic(text):
        # Only inside the certain stretches: elsewhere the same letters are honest Arabic.
        edits = [
            (start + sure.start(), end + sure.start(), new)
            for sure in _ARABIC_STRETCH.finditer(text)
            if _is_surely_arabic(sure.group())
            for start, end, new in _utf8_again(sure.group(), _ARABIC_ANY, _ARABIC)
        ]
        return _edited(text, edits), "UTF-8 that had been read as windows-1256"
    if not _is_suspect(text):
        return None
    if _WESTERN_SURE.search(text):
        return (
            _edited(text, _utf8_again(text, _WESTERN_ANY, _WESTERN)),
            "UTF-8 that had been read as windows-1252",
        )
    words = _HIGH_WORD.findall(text)
    if len(words) >= _HIGH_WORDS_NEEDED and any(w.startswith("Çá") for w in words):
        return _edited(text, _arabic_again(text)), "windows-1256 that had been read as windows-1252"
    return None


def repair_mojibake(text: str) -> Repair:
    """Undo wrong decodings where they are certain, and report them and the doubtful ones.

    Known: UTF-8 read as windows-1252 or windows-1256, windows-1256 read as windows-1252, each also twice.
    Replacement characters and question marks in place of letters cannot be undone and are reported.
    """
    result = _same(text)
    reports: list[str] = []
    for _ in range(2):  # twice encoded is seen in the wild, thrice is not
        if (repaired := _repair_once(result.text)) is None:
            break
        step, what = repaired
        if step.text == result.text:
            break
        result = Clean(step.text, step.map.after(result.map))
        reports.append(f"Repaired {what}.")
    if count := result.text.count("\ufffd"):
        reports.append(f"{count} characters could not be decoded (U+FFFD) and are lost.")
    if "???" in result.text and _ASKED_AWAY.search(result.text):
        reports.append("Letters seem to have been replaced by question marks.")
    if not reports and _is_suspect(text) and (doubtful := len(_WESTERN_ANY.findall(text))):
        reports.append(
            f"{doubtful} places look like UTF-8 read as windows-1252, too few to be certain: left as they are."
        )
    return Repair(result.text, result.map, tuple(reports))
