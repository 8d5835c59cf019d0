"""`rasd tag`: names in tokens that another program has made, line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rasd.annotating.model import Recogniser

# Words tagged at once: enough to fill a batch of the recogniser, few enough that a pipe sees its answers early.
_BATCH_WORDS = 4096


def tag(
    recogniser: Annotated[
        str | None, typer.Option("--recogniser", help="default, neural, gazetteer, camel or vote:a+b.", metavar="NAME")
    ] = None,
) -> None:
    """Read one token a line (a blank line between sentences) and print `token TAG`, line for line.

    Tags are BIO over PER, LOC, ORG and MISC. Tokens carry their proclitics: the tag is of the whole token.
    """
    from rasd import settings
    from rasd.annotating import load_recogniser

    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            # Bytes that are no UTF-8 go through as they came.
            stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    engine = load_recogniser(recogniser or settings.load().recogniser)
    at_once = 1 if sys.stdin.isatty() else _BATCH_WORDS
    for lines in tagged(sys.stdin, engine, at_once=at_once):
        sys.stdout.writelines(lines)
        sys.stdout.flush()


def tagged(lines: Iterable[str], recogniser: Recogniser, *, at_once: int = _BATCH_WORDS) -> Iterator[list[str]]:
    """Yield the answers to the lines in batches of about so many words.

    Every line has one answer, in order: a line with a token that token, a space and its tag; a blank line itself. White
    space around a token is dropped. A batch ends with a sentence, or within one that is longer than a batch.
    """
    batch: list[list[str]] = [[]]
    size = 0
    for line in lines:
        token = line.strip()
        if token:
            batch[-1].append(token)
            size += 1
        else:
            batch.append([])
        if size >= at_once and (not token or len(batch[-1]) >= _BATCH_WORDS):
            yield _answers(batch, recogniser)
            batch, size = [[]], 0
    if size or len(batch) > 1:
        yield _answers(batch, recogniser)


def _answers(sentences: list[list[str]], recogniser: Recogniser) -> list[str]:
    """Return the answers to sentences, each but the last with the blank line that ended it."""
    answers = []
    for sentence, tags in zip(sentences, recogniser.tag(sentences), strict=True):
        answers += [f"{token} {tag.label}\n" for token, tag in zip(sentence, tags, strict=True)]
        answers.append("\n")
    return answers[:-1]
