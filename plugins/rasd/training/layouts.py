"""What training pages are put together from: labelled pages cut into parts, articles of corpora, and wording.

A labelled page is cut into its layout and its article; the corpora of news give articles without a layout; an
inventory of wording (`wording.csv`) gives what else stands on pages.
"""

from __future__ import annotations

import csv
import itertools
import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from rasd.errors import SettingError

_SENTENCE = re.compile(r"(?<=[.!؟])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line that has one label; `before` is what stands between it and the run before."""

    text: str
    kind: str
    sub: str | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page in its labelled runs; `gap` counts the blank lines above it."""

    runs: tuple[Run, ...]
    gap: int = 0

    @property
    def kinds(self) -> set[str]:
        """The kinds of its runs."""
        return {run.kind for run in self.runs}

    @property
    def text(self) -> str:
        """What stands on it."""
        return "".join(run.before + run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Story:
    """An article without a layout: its headline and its paragraphs, each with the sub-kind of the labels."""

    title: str
    paragraphs: tuple[tuple[str, str], ...]
    lead: str = ""


@dataclass(frozen=True)
class Sheet:
    """A labelled page cut into the parts of its layout; `inside` has the lines between paragraphs, group by group."""

    name: str
    top: tuple[Line, ...]
    title_gap: int
    between: tuple[Line, ...]
    dateline: str
    body_gap: int
    paragraph_gap: int
    inside: tuple[tuple[float, tuple[Line, ...]], ...]
    tail: tuple[Line, ...]
    titled: bool


def page_lines(text: str, segments: Sequence[dict[str, Any]]) -> list[Line]:
    """Return the lines of a labelled page in runs."""
    lines: list[Line] = []
    gap = at = n = 0
    for raw in text.split("\n"):
        end = at + len(raw)
        runs: list[Run] = []
        last = at
        while n < len(segments) and segments[n]["start"] < end:
            segment = segments[n]
            start, stop = max(at, segment["start"]), min(end, segment["end"])
            piece = text[start:stop]
            if piece.strip():
                runs.append(
                    Run(
                        piece.rstrip("\r"),
                        segment["kind"],
                        segment.get("subkind"),
                        text[last:start].replace("\ufeff", "") if runs else "",
                    )
                )
                last = stop
            if segment["end"] > end:
                break
            n += 1
        at = end + 1
        if runs:
            lines.append(Line(tuple(runs), gap))
            gap = 0
        else:
            gap += 1
    return lines


def cut(name: str, lines: Sequence[Line]) -> tuple[Sheet | None, Story | None]:
    """Cut a labelled page into layout and article; None where parts of the two share a line, or there is none."""
    body = [i for i, line in enumerate(lines) if "main_article" in line.kinds]
    if not body:
        return None, None
    heads = [i for i, line in enumerate(lines) if any(r.kind == "title" and r.sub == "headline" for r in line.runs)]
    title = heads[0] if heads and heads[0] < body[0] else None
    dateline = ""
    for i in body:
        kinds = [run.kind for run in lines[i].runs]
        if kinds == ["dateline", "main_article"] and i == body[0]:
            dateline = lines[i].runs[0].text + lines[i].runs[1].before
        elif kinds != ["main_article"]:
            return None, None
    if title is not None and len(lines[title].runs) > 1:
        return None, None
    paragraphs = tuple((lines[i].runs[-1].sub or "body", lines[i].runs[-1].text) for i in body)
    groups: list[tuple[float, tuple[Line, ...]]] = []
    for k, (a, b) in enumerate(itertools.pairwise(body)):
        if b > a + 1:
            groups.append(((k + 1) / len(body), tuple(lines[a + 1 : b])))
    gaps = sorted(lines[i].gap for k, i in enumerate(body[1:]) if body[k] == i - 1)
    first = title if title is not None else body[0]
    sheet = Sheet(
        name=name,
        top=tuple(lines[:first]),
        title_gap=lines[first].gap,
        between=tuple(lines[first + 1 : body[0]]) if title is not None else (),
        dateline=dateline,
        body_gap=lines[body[0]].gap,
        paragraph_gap=gaps[len(gaps) // 2] if gaps else lines[body[0]].gap,
        inside=tuple(groups),
        tail=tuple(lines[body[-1] + 1 :]),
        titled=title is not None,
    )
    text = lines[title].runs[0].text if title is not None else ""
    return sheet, Story(text, paragraphs)


# ---------------------------------------------------------------------------------------------------- corpora


def corpus_stories(data: Path, most: int = 12_000) -> Iterator[Story]:
    """Yield articles of the corpora: those of the ANT corpus with headline and abstract, then some of SANAD's.

    Raises:
        SettingError: if a corpus is not there.
    """
    for name in ("antcorpus.xml.txt.xz", "sanad_khaleej.txt.xz"):
        if not (data / "raw" / name).is_file():
            raise SettingError(
                "no such corpus", where=str(data / "raw" / name), do="Point --corpora at the folder that holds raw/."
            )
    with lzma.open(data / "raw" / "antcorpus.xml.txt.xz", "rt", encoding="utf-8") as file:
        yield from _ant(file, most)
    with lzma.open(data / "raw" / "sanad_khaleej.txt.xz", "rt", encoding="utf-8") as file:
        step = max(1, 45_500 // most)
        for n, line in enumerate(file):
            if n % step:
                continue
            parts = sentences(line.strip("\ufeff \n"))
            if 3 <= len(parts) <= 40:
                yield Story("", tuple(("body", one) for one in parts))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; stops without a blank behind them end one too."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"(?<=[\u0621-\u064a])\s?\.(?=[\u0621-\u064a]{2})", ". ", text)
    return [one.strip() for one in _SENTENCE.split(text) if one.strip()]


def _ant(lines: Iterator[str], most: int) -> Iterator[Story]:
    title, part = "", ""
    lead: list[str] = []
    body: list[str] = []
    found = 0
    for raw in lines:
        line = raw.strip("\ufeff \n\t")
        if line.startswith("<TITLE>"):
            title, lead, body = re.sub(r"</?TITLE>", "", line).strip(), [], []
        elif line in ("<ABSTRACT>", "<TEXT>"):
            part = line
        elif line in ("</ABSTRACT>", "</TEXT>"):
            part = ""
        elif line == "</DOC>":
            words = sum(len(one.split()) for one in body)
            if len(title.split()) >= 3 and words >= 25:
                found += 1
                yield Story(title, tuple(("body", one) for one in body), " ".join(lead))
                if found >= most:
                    return
        elif part == "<ABSTRACT>" and line:
            lead.append(line)
        elif part == "<TEXT>" and line:
            body += sentences(line)


# ---------------------------------------------------------------------------------------------------- wording

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
WORDING = Path(__file__).parent / "wording.csv"


@dataclass(frozen=True)
class Wording:
    """The inventory of wording: lines by kind and sub-kind, with placeholders, and what these may stand for."""

    lines: dict[tuple[str, str], list[str]]
    fills: dict[str, list[str]]

    @classmethod
    def load(cls, path: Path = WORDING) -> Wording:
        """Read the inventory."""
        lines: dict[tuple[str, str], list[str]] = {}
        fills: dict[str, list[str]] = {}
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(row for row in file if not row.startswith("#"))
            for row in rows:
                if row["kind"] == "fill":
                    fills.setdefault(row["sub"], []).append(row["line"])
                else:
                    lines.setdefault((row["kind"], row["sub"]), []).append(row["line"])
        return cls(lines, fills)

    def draw(self, rng: Random, kind: str, sub: str, own: Mapping[str, Sequence[str]] | None = None) -> str:
        """Return a line of this kind, its placeholders filled (also those in values), some with values of one's own."""
        own = own or {}

        def filled(match: re.Match[str]) -> str:
            name = match[1]
            return rng.choice(own[name]) if own.get(name) else _PLACEHOLDER.sub(filled, self.fill(rng, name))

        return _PLACEHOLDER.sub(filled, rng.choice(self.lines[kind, sub]))

    def fill(self, rng: Random, name: str) -> str:
        """Return a value of a placeholder."""
        if name == "n" and rng.random() < 0.5:
            return str(rng.choice((rng.randint(0, 9), rng.randint(0, 99), rng.randint(0, 9999), rng.randint(0, 99999))))
        return rng.choice(self.fills[name])
