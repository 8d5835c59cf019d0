"""What the recogniser sees of a word: its folded letters, its proclitics, its stem, the name lists it stands in.

These functions belong to the weights: a model was trained on exactly what they return, so a change here needs a
new model (and they are kept apart from `rasd.arabic`, which may change on its own).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# Dropped: short vowels and Quranic marks, tatweel, zero-width and direction marks, BOM.
_DROPPED = "".join(
    chr(c)
    for lo, hi in (
        (0x0610, 0x061A),
        (0x064B, 0x065F),
        (0x06D6, 0x06ED),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2066, 0x2069),
    )
    for c in range(lo, hi + 1)
    if unicodedata.category(chr(c)) != "Nd"
)
# One letter where writers differ: alef seats, final ya and ta marbuta, hamza on waw and ya, Persian kaf and ya,
# quotation marks and dashes of every make; every digit is 0.
_FOLDED = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىئیے", "ي"),
    **dict.fromkeys("ةہھە", "ه"),
    "ؤ": "و",
    "ک": "ك",
    **dict.fromkeys("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0"),
    **dict.fromkeys("”“„‟«»″＂", '"'),
    **dict.fromkeys("’‘‚‛`´", "'"),
    **dict.fromkeys("–—−‐‑", "-"),
}
_TABLE = str.maketrans(
    {
        **{chr(c): chr(c).lower() for c in range(ord("A"), ord("Z") + 1)},
        **dict.fromkeys(_DROPPED + "\u0640\u0670\ufeff", None),
        **_FOLDED,
    }
)
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")


def normalise(text: str) -> str:
    """Return the text as the model knows it: folded letters, digits as 0, no marks. Its length may shrink."""
    if _PRESENTATION.search(text):
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_TABLE)


# Proclitic shapes; the index is the clitic id that the net learns (0: none). ال is the article.
_CONJUNCTIONS = ("", "و", "ف")
CLITICS = tuple(c + p + a for c in _CONJUNCTIONS for p in ("", "ب", "ل", "ك") for a in ("", "ال"))
_CLITIC_ID = {c: i for i, c in enumerate(CLITICS)}

CHARACTERS = 16  # a word's first letters, as many as the net reads
LONGEST_PHRASE = 6  # words


def readings(word: str) -> list[tuple[int, str]]:
    """Return every other reading of a normalised word as (clitic id, stem), least stripped first.

    و and ف come first, then ب ل ك (in لل the article's alef is put back), then the article. A stem keeps at
    least two letters.
    """
    found: list[tuple[int, str]] = []
    for conjunction in _CONJUNCTIONS:
        if not word.startswith(conjunction):
            continue
        rest = word[len(conjunction) :]
        if conjunction and len(rest) >= 2:
            found.append((_CLITIC_ID[conjunction], rest))
        if rest[:2] == "ال" and len(rest) >= 4:
            found.append((_CLITIC_ID[conjunction + "ال"], rest[2:]))
        if rest[:1] in ("ب", "ل", "ك") and len(rest) >= 3:
            clitics, stem = conjunction + rest[0], rest[1:]
            if rest[:2] == "لل":
                stem = "ال" + rest[2:]
            found.append((_CLITIC_ID[clitics], stem))
            if stem[:2] == "ال" and len(stem) >= 4:
                found.append((_CLITIC_ID[clitics + "ال"], stem[2:]))
    return found


@dataclass(frozen=True, slots=True)
class Batch:
    """The net's input for some sentences; U distinct words, N sentences, T words of the longest (padded).

    Attributes:
        word: row of the word's vector, (U,) int32; the last row of the table is the unknown word.
        stem: row of the stem's vector, (U,) int32.
        clitic: clitic id, (U,) int32.
        chars: letters, (U, CHARACTERS) int32; 0 pads.
        lists: whether each name list holds the word, and whether it holds its stem, (U, 2 * lists) float32.
        index: which distinct word stands where, (N, T) int32; padding points at word 0.
        phrases: for each list whether a phrase of it begins here, and whether one goes on here,
            (N, T, 2 * lists) float32.
        lengths: words of each sentence, (N,) int32.
    """

    word: Any
    stem: Any
    clitic: Any
    chars: Any
    lists: Any
    index: Any
    phrases: Any
    lengths: Any


class Lexicon:
    """The words that have a vector, most frequent first, and the name lists.

    Args:
        words: normalised words in the order of their vectors.
        names: normalised names (one word or several, a space between) with a bit for each list that holds them.
        lists: how many lists there are.
        alphabet: the letters that the net tells apart; any other is one and the same.
    """

    def __init__(self, words: Sequence[str], names: Iterable[tuple[str, int]], lists: int, alphabet: str) -> None:
        self.lists = lists
        self.rows = {word: row for row, word in enumerate(words)}
        self.unknown = len(words)
        self.singles: dict[str, int] = {}
        self.phrases: dict[str, int] = {}
        ends: dict[str, set[int]] = {}
        for name, mask in names:
            if " " in name:
                parts = name.split(" ")
                self.phrases[name] = mask
                ends.setdefault(parts[0], set()).add(len(parts))
            else:
                self.singles[name] = mask
        self.starts = {first: tuple(sorted(lengths, reverse=True)) for first, lengths in ends.items()}
        self._char_ids = np.full(0x10000, len(alphabet) + 1, dtype=np.int32)
        self._char_ids[[ord(c) for c in alphabet]] = np.arange(1, len(alphabet) + 1)
        self._char_ids[0] = 0
        self._bits = ((np.arange(1 << lists)[:, None] >> np.arange(lists)) & 1).astype(np.float32)

    def describe(self, word: str) -> tuple[int, int, int, int, int]:
        """Return a normalised word's vector row, stem's row, clitic id, list mask and list mask of its stems.

        The stem is the most frequent reading of the word, the word itself included. A word without a vector takes
        that of its stem.
        """
        rows = self.rows
        row = best = rows.get(word, self.unknown)
        clitic = 0
        stem_mask = 0
        for reading, stem in readings(word):
            stem_row = rows.get(stem, self.unknown)
            if stem_row < best and len(stem) > 2:
                best, clitic = stem_row, reading
            stem_mask |= self.singles.get(stem, 0)
        return (row if row != self.unknown else best), best, clitic, self.singles.get(word, 0), stem_mask

    def _phrases_at(self, words: Sequence[str], at: int, first: str) -> list[tuple[int, int]]:
        found = []
        for length in self.starts[first]:
            if at + length <= len(words):
                mask = self.phrases.get(" ".join((first, *words[at + 1 : at + length])))
                if mask:
                    found.append((length, mask))
        return found

    def batch(self, sentences: Sequence[Sequence[str]]) -> Batch:
        """Describe sentences of whole words (clitics attached, signs apart), none of them empty."""
        ids: dict[str, int] = {}
        index = np.zeros((len(sentences), max(map(len, sentences))), dtype=np.int32)
        folded = []
        for i, sentence in enumerate(sentences):
            words = [normalise(word) for word in sentence]
            folded.append(words)
            index[i, : len(words)] = [ids.setdefault(word, len(ids)) for word in words]
        distinct = list(ids)
        described = np.array([self.describe(word) for word in distinct], dtype=np.int32).reshape(-1, 5)
        letters = "".join([word[:CHARACTERS].ljust(CHARACTERS, "\0") for word in distinct])
        codes = np.minimum(np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), 0xFFFF)
        starts = self.starts
        # Which distinct words may begin a phrase, as they stand or without their clitics.
        heads: dict[str, list[str]] = {}
        for word in distinct:
            if found := [w for w in (word, *(stem for _, stem in readings(word))) if w in starts]:
                heads[word] = found
        begin = np.zeros(index.shape, dtype=np.int32)
        inside = np.zeros(index.shape, dtype=np.int32)
        for i, words in enumerate(folded):
            for at, word in enumerate(words):
                for head in heads.get(word, ()):
                    for length, mask in self._phrases_at(words, at, head):
                        begin[i, at] |= mask
                        inside[i, at + 1 : at + length] |= mask
        bits = self._bits
        return Batch(
            word=described[:, 0],
            stem=described[:, 1],
            clitic=described[:, 2],
            chars=self._char_ids[codes].reshape(-1, CHARACTERS),
            lists=np.concatenate([bits[described[:, 3]], bits[described[:, 4]]], axis=1),
            index=index,
            phrases=np.concatenate([bits[begin], bits[inside]], axis=2),
            lengths=np.array([len(words) for words in folded], dtype=np.int32),
        )
