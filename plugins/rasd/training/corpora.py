"""Readers of the annotated corpora and of the raw text (`../shared/ner`), in the order of the files."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rasd.annotating.model import LABELS, Tag, chunks, spread
from rasd.errors import SettingError

RAW = (
    "sanad_khaleej.txt.xz",
    "antcorpus.xml.txt.xz",
    "arwiki2017_comparable.txt.xz",
    "ntrex128_arb.txt.xz",
    "wiki_qa_passages.txt.xz",
    "mtgeneval_ar.txt.xz",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One annotated sentence: words and BIO labels over PER, LOC, ORG, MISC, of equal length."""

    words: tuple[str, ...]
    labels: tuple[str, ...]


def read_bio(path: Path) -> list[list[tuple[str, str]]]:
    """Return the sentences of a `word TAG` file with labels in Rasd's words (PERS is PER, MIS is MISC)."""
    names = {"PERS": "PER", "MIS": "MISC"}
    sentences = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        sentence = []
        for line in block.splitlines():
            word, _, label = line.rpartition(" ")
            part, dash, kind = label.partition("-")
            full = f"{part}{dash}{names.get(kind, kind)}"
            if full not in LABELS:
                raise SettingError(
                    f"{label!r} is no label", where=str(path), do="Use BIO labels over PER LOC ORG MISC."
                )
            sentence.append((word, full))
        sentences.append(sentence)
    return sentences


def read_gold(path: Path) -> list[Sentence]:
    """Read an annotated corpus (see `read_bio`); a stray I- becomes the B- of its run.

    Raises:
        SettingError: if the file is missing or holds an unknown label.
    """
    if not path.is_file():
        raise SettingError("no such corpus", where=str(path), do="Point the command at the folder that holds it.")
    sentences = []
    for pairs in read_bio(path):
        legal = spread(chunks([Tag(label) for _, label in pairs]), len(pairs))
        sentences.append(Sentence(tuple(word for word, _ in pairs), tuple(tag.label for tag in legal)))
    return sentences


def split_dev(sentences: list[Sentence], share: float = 0.15) -> tuple[list[Sentence], list[Sentence]]:
    """Cut the last `share` of the sentences off as the dev set (document order: no article stands on both sides)."""
    cut = len(sentences) - round(len(sentences) * share)
    return sentences[:cut], sentences[cut:]


def raw_paragraphs(data: Path, files: Sequence[str] = RAW) -> Iterator[str]:
    """Yield the paragraphs of the raw text, file by file."""
    for name in files:
        with lzma.open(data / "raw" / name, "rt", encoding="utf-8") as file:
            if name.startswith("antcorpus"):
                yield from _antcorpus(file)
            else:
                yield from (line.strip("\ufeff \n") for line in file)


def _antcorpus(lines: Iterator[str]) -> Iterator[str]:
    """Yield titles and text lines of the DOC records, without tags and metadata."""
    inside = False
    for line in lines:
        if line.startswith("<TITLE>"):
            yield re.sub(r"</?TITLE>", "", line).strip()
        elif line.startswith(("<TEXT>", "<ABSTRACT>")):
            inside = True
        elif line.startswith(("</TEXT>", "</ABSTRACT>")):
            inside = False
        elif inside and line.strip():
            yield line.strip()
