"""`rasd check`: is what the warehouse holds as it should be?"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer
from rich.table import Table

from rasd.cli import warehouse
from rasd.cli.result import console


def check(
    run: Annotated[UUID | None, typer.Option(help="Only what this run had to do; everything without it.")] = None,
) -> None:
    """Check the data: books, offsets, keys, dates, counts, rates. Errors end with status 1, warnings are told."""
    from rasd.pipeline import checking

    with warehouse.current() as engine:
        results = checking.check(engine, run)
    table = Table()
    for name in ("check", "found", "at most", "example"):
        table.add_column(name, justify="right" if name in ("found", "at most") else "left")
    for r in sorted(results, key=lambda r: (r.is_passed, r.severity, r.check_name)):
        style = "" if r.is_passed else "red" if r.severity == "error" else "yellow"
        found = "?" if r.value is None else f"{r.value:g}"
        table.add_row(r.check_name, found, f"{r.at_most:g}", "" if r.is_passed else r.example, style=style)
    console.print(table)
    failed = [r for r in results if not r.is_passed]
    for r in failed:
        console.print(f"{r.severity}: {r.question}", highlight=False, soft_wrap=True)
    if any(r.severity == "error" for r in failed):
        raise typer.Exit(1)
