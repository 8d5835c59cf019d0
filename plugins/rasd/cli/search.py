"""`rasd search`: texts of the warehouse by their words."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.text import Text

from rasd.cli import warehouse
from rasd.cli.result import console, isolated
from rasd.warehouse.engine import transaction


def search(
    query: Annotated[str, typer.Argument(help='Words, "phrases", OR أو |, NOT -, (groups), prefixes*.')],
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Published since this day.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Published until this day.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Id or name of the outlet.")] = None,
    most: Annotated[int, typer.Option(min=1, max=500, help="How many at most.")] = 10,
) -> None:
    """Find texts by their words, in every spelling and behind every proclitic; the best ones first."""
    from rasd.pipeline import searching

    with warehouse.current() as engine, transaction(engine) as connection:
        found = searching.search(
            connection,
            query,
            since=since.date() if since else None,
            until=until.date() if until else None,
            outlet=outlet,
            most=most,
        )
    for text in found:
        console.print(
            Text.assemble(
                (f"{text.published_on or 'undated'}  {isolated('، '.join(text.outlets or ()))}  ", "dim"),
                (isolated(text.headline or ""), "bold"),
            ),
            soft_wrap=True,
        )
        line = Text("  ")
        for piece, is_hit in text.pieces():
            line.append(piece.replace("\n", " "), style="reverse" if is_hit else "")
        console.print(line, soft_wrap=True)
    if not found:
        console.print("Nothing found.")
