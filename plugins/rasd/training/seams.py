"""Making the words of `rasd.reading.seams` again, from raw text.

    python -m rasd.training.seams CORPORA
    python -m rasd.training.seams --check tests/reading/pages

CORPORA is the folder with `raw/sanad_khaleej.txt.xz`, `raw/antcorpus.xml.txt.xz` and
`raw/arwiki2017_comparable.txt.xz`. What stands there a few times is a word; where a good part of its places are
beginnings of sentences, it begins sentences. The same text gives the same words. `--check` writes nothing: it prints at
how many of the places where a label begins inside a word of the open labelled pages lines are cut, and at how many
others inside a word.
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rasd.arabic.text import fold
from rasd.reading.reader import marked_lines
from rasd.reading.seams import OPENS, WORDS
from rasd.training.corpora import raw_paragraphs
from rasd.training.lines import labelled_pages

FILES = ("sanad_khaleej.txt.xz", "antcorpus.xml.txt.xz", "arwiki2017_comparable.txt.xz")
# A word stands in the text so often; one that begins sentences begins so many, and so great a part of all it stands in.
LEAST, LEAST_SENTENCES, SHARE = 5, 20, 0.15
# A shorter one begins too many words.
SHORTEST_OPENING = 3
_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]+")
_SENTENCE = re.compile(r"[.؟!\n]\s")
_BEGINNING = 40


def count(lines: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each folded word stands in lines of text, and how often at the beginning of a sentence."""
    words: Counter[str] = Counter()
    openings: Counter[str] = Counter()
    for line in lines:
        words.update(_WORD.findall(fold(line)))
        for sentence in _SENTENCE.split(line):
            if first := _WORD.search(fold(sentence[:_BEGINNING])):
                openings[first.group()] += 1
    return words, openings


def listed(words: Counter[str], openings: Counter[str]) -> list[str]:
    """Return the words that stand in the text often enough, in their order, marked where they begin sentences."""

    def opens(word: str) -> bool:
        often = openings[word] >= LEAST_SENTENCES and openings[word] / words[word] >= SHARE
        return often and len(word) >= SHORTEST_OPENING and not word.startswith("ال")

    known = sorted(word for word, times in words.items() if times >= LEAST and len(word) > 1)
    return [OPENS + word if opens(word) else word for word in known]


def check(pages: Path) -> tuple[int, int, int]:
    """Return how many labels begin inside a word, at how many of them lines are cut, and at how many other places."""
    wanted = found = others = 0
    compiler = labelled_pages(pages)
    for half in compiler.OPEN:
        for page in compiler.load(half):
            labels = {segment["start"] for segment in page.labels["segments"]}
            inside = {at for at in labels if _is_inside(page.text, at)}
            cut = {
                line.start for line in marked_lines(page.text)[0] if line.glued and _is_inside(page.text, line.start)
            }
            wanted, found, others = wanted + len(inside), found + len(inside & cut), others + len(cut - labels)
    return wanted, found, others


def _is_inside(text: str, at: int) -> bool:
    return at > 0 and text[at - 1].isalpha() and text[at].isalpha()


def main(arguments: Sequence[str] | None = None) -> int:
    """Count the words of the corpora and write them."""
    parser = argparse.ArgumentParser(prog="python -m rasd.training.seams", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpora", type=Path, nargs="?")
    parser.add_argument("--out", type=Path, default=WORDS, help="the file to write")
    parser.add_argument("--check", type=Path, metavar="PAGES", help="count the cuts inside words of labelled pages")
    asked = parser.parse_args(arguments)
    if asked.check:
        wanted, found, others = check(asked.check)
        print(f"labels that begin inside a word: {wanted}, cut there: {found}; cut inside other words: {others}")
        return 0
    if asked.corpora is None:
        parser.error("CORPORA or --check PAGES is needed")
    lines = listed(*count(raw_paragraphs(asked.corpora, FILES)))
    asked.out.write_bytes(lzma.compress("\n".join(lines).encode("utf-8"), preset=9))
    print(f"{len(lines)} words, {sum(line.startswith(OPENS) for line in lines)} of them begin sentences: {asked.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
