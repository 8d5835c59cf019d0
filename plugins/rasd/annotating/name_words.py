"""Makes `seeds/names/name_words.txt`: words that begin names, to tell a proclitic from a name's own first letter.

    python -m rasd.annotating.name_words ../shared/ner > seeds/names/name_words.txt

From the person-name words of Wikidata (CC0, as in steveash/NETransliteration-COLING2018)
and the names of the ANERcorp train split without its dev cut (CC BY-SA 4.0), weighed by how often a word and what it
leaves without its first letter stand in the news of AlKhaleej and Jawhara FM (CC BY 4.0, Apache-2.0).
"""

from __future__ import annotations

import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rasd.arabic.clitics import CONJUNCTIONS, PREPOSITIONS
from rasd.arabic.text import fold

_WORD = re.compile(r"[ء-ي]+")
_FIRST = CONJUNCTIONS + PREPOSITIONS
# A stem that is itself a name and so much more frequent than the word says that the first letter is a proclitic.
_OFTENER = 3
# A word that does not begin with one of these letters is listed if the news has it so often.
_OFTEN = 20
_HEADER = """\
# Words that begin names, folded: what is listed here with a first letter و ف ب ل ك has it as its own letter (وليد),
# what is listed without one has a proclitic where it is written with one (لمحمد). Made by
# `python -m rasd.annotating.name_words`, which says from what; a line may be added by hand.
"""


def news(data: Path) -> Counter[str]:
    """Return how often each folded word stands in the news."""
    words: Counter[str] = Counter()
    for name in ("sanad_khaleej.txt.xz", "antcorpus.xml.txt.xz"):
        with lzma.open(data / "raw" / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                words.update(_WORD.findall(fold(line)))
    return words


def _person_words(data: Path) -> set[str]:
    words = set()
    for part in ("wd_arabic_80", "wd_arabic_20"):
        for line in (data / "names" / "wikidata_cc0" / part).read_text(encoding="utf-8").splitlines():
            words.add(fold(line.split("\t")[1]).replace(" ", ""))
    return words


def _first_words(data: Path, share: float = 0.85) -> set[str]:
    """Return the words that begin a name in the part of ANERcorp's train split that trains."""
    sentences = (data / "anercorp" / "train.txt").read_text(encoding="utf-8").strip().split("\n\n")
    lines = (line.split(" ") for s in sentences[: int(len(sentences) * share)] for line in s.splitlines())
    return {fold(word) for word, label in lines if label.startswith("B-")}


def name_words(data: Path) -> Iterator[str]:
    """Yield the words, sorted."""
    counted, persons, first = news(data), _person_words(data), _first_words(data)
    for word in sorted(persons | first):
        if len(word) < 3 or not _WORD.fullmatch(word) or not counted[word]:
            continue
        if word[0] not in _FIRST:
            if counted[word] >= _OFTEN:
                yield word
            continue
        stem, article = word[1:], ("ا" + word[1:] if word.startswith("لل") else "")
        rival = max(counted[stem], counted[article])
        known = stem in persons or stem in first or article in first
        if (word in persons and not known) or rival <= (_OFTENER if word in persons else 1) * counted[word]:
            yield word


if __name__ == "__main__":
    sys.stdout.write(_HEADER + "\n".join(name_words(Path(sys.argv[1]))) + "\n")
