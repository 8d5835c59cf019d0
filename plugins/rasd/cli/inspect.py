"""`rasd inspect`: what Rasd sees on a page, for a person or a program, without a database."""

from __future__ import annotations

import json as json_format
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasd import settings
from rasd.arabic.text import Clean, clean
from rasd.errors import PoisonError, RasdError
from rasd.landing.listing import list_sources, local_path
from rasd.landing.model import LandedPage, Refused, Skipped, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rasd.annotating.model import Recogniser
    from rasd.reading.model import Article, Reading
    from rasd.reading.render import Name, View


def inspect(
    files: Annotated[list[str], typer.Argument(help="Files, folders, globs or addresses; archives too.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object per page and line.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write one self-contained HTML page to this file.")
    ] = None,
) -> None:
    """Show pages as Rasd reads them: segments, articles, dates, sentences and names. Needs no database."""
    from rich.console import Console

    from rasd.reading import render

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # The pages are Arabic, whatever the locale says.
    console = Console(highlight=False)
    troubles = _Troubles()
    views = []
    for view in _views(files, troubles):
        if json:
            print(json_format.dumps(render.as_json(view), ensure_ascii=False), flush=True)
        if html:
            views.append(view)
        elif not json:
            for line in render.as_terminal(view, console.width):
                console.print(line)
    if html and views:
        try:
            html.write_text(render.as_html(views), encoding="utf-8")
        except OSError as error:
            raise RasdError(f"cannot be written: {error.strerror}", where=str(html)) from error
    if troubles.count:
        raise typer.Exit(1)


class _Troubles:
    """Tells on standard error what could not be shown; the other pages go on."""

    count = 0

    def tell(self, where: str, trouble: RasdError | Refused | Skipped) -> None:
        do = None if isinstance(trouble, Skipped) else trouble.do
        self.count += not isinstance(trouble, Skipped)  # What is no page was not asked for.
        print(f"rasd: {where}: {trouble.what}", *(["      " + do] if do else []), sep="\n", file=sys.stderr)


def _views(files: list[str], troubles: _Troubles) -> Iterator[View]:
    recogniser = _recogniser()
    for file in files:
        try:
            for page in _pages(file, troubles):
                name = _address(page)
                if local_path(file) is not None and page.uri == os.path.abspath(file):  # noqa: PTH100
                    name = file + name.removeprefix(page.uri)
                try:
                    yield view_of(page, name, recogniser)
                except PoisonError as error:
                    troubles.tell(name, error)
        except RasdError as error:
            troubles.tell(error.where or file, error)


def _address(found: LandedPage | Refused | Skipped) -> str:
    return found.uri if found.member is None else f"{found.uri}!/{found.member}"


def _recogniser() -> Recogniser:
    from rasd.annotating import load_recogniser

    return load_recogniser(settings.load().recogniser)


def _pages(file: str, troubles: _Troubles) -> Iterator[LandedPage]:
    from rasd.landing.containers import open_pages

    for found in list_sources(file, settle_seconds=0):
        for page in open_pages(found) if isinstance(found, Source) else [found]:
            if isinstance(page, LandedPage):
                yield page
            else:
                troubles.tell(_address(page), page)


def view_of(page: LandedPage, name: str, recogniser: Recogniser) -> View:
    """Decode, read and annotate one landed page.

    Raises:
        PoisonError: if there is no text in it.
    """
    from rasd.landing.decoding import decode
    from rasd.reading.reader import read
    from rasd.reading.render import View

    decoded = decode(page.content, page.media_type)
    # Nobody has said when the page was delivered: relative dates stay unread.
    reading = read(decoded.text, hints=decoded.hints, landed=None)
    return View(
        file=name,
        sha256=page.sha256.hex(),
        encoding=decoded.encoding,
        text=decoded.text,
        reading=reading,
        names=_names(decoded.text, reading, recogniser),
        reports=decoded.notes,
    )


def _names(text: str, reading: Reading, recogniser: Recogniser) -> tuple[tuple[Name, ...], ...]:
    """Return the mentions of each article (in its title, kicker, dateline, body and tags), in page offsets."""
    from rasd.annotating.annotate import annotate_articles
    from rasd.reading.render import Name
    from rasd.resolving.document import resolve

    parts = [_parts(text, reading, n, article) for n, article in enumerate(reading.articles)]
    found = annotate_articles([[part.text for part, _ in of_article] for of_article in parts], recogniser)
    names = []
    for of_article, of_parts in zip(parts, found, strict=True):
        mentions = [
            (m, part, offset) for (part, offset), those in zip(of_article, of_parts, strict=True) for m in those
        ]
        spans: dict[tuple[int, int], Name] = {}
        entities = resolve([m for m, _, _ in mentions])
        for (mention, part, offset), entity in zip(mentions, entities, strict=True):
            start, end = part.map.to_source(mention.start, mention.end)
            start, end = start + offset, end + offset
            name = Name(mention.type, start, end, text[start:end], mention.prefix, entity.key, entity.name)
            spans.setdefault((start, end), name)
        names.append(tuple(spans[span] for span in sorted(spans)))
    return tuple(names)


def _parts(text: str, reading: Reading, index: int, article: Article) -> list[tuple[Clean, int]]:
    """Return the clean texts of an article in which names are sought, each with the page offset of its source."""
    ranges = [(span.start, span.end) for span in (article.title, article.kicker) if span]
    ranges += [(s.start, s.end) for s in reading.segments if s.article == index and s.kind == "dateline"]
    ranges += [(tag.start, tag.end) for tag in article.tags]
    parts = [(clean(text[start:end]), start) for start, end in ranges]
    return [*parts[:1], (Clean(article.body, article.body_map), 0), *parts[1:]]
