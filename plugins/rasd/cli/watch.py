"""`rasd watch`: what the desk wants to hear about."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.table import Table

from rasd.cli import warehouse
from rasd.cli.result import console, isolated
from rasd.pipeline import watches
from rasd.warehouse.engine import transaction

app = typer.Typer(no_args_is_help=True, help="Watches: list them, try them, add and stop them, see what they found.")


class Kind(StrEnum):
    """What a watch looks for."""

    entity = "entity"
    phrase = "phrase"
    query = "query"
    outlet = "outlet"


Subject = Annotated[str, typer.Argument(help="An entity's key or name; words; a search; an outlet's id or name.")]


@app.command("list")
def list_() -> None:
    """List all watches with what they found, and what is wrong with them or with rows of seeds/watches.csv."""
    with warehouse.current() as engine, transaction(engine) as connection:
        problems = watches.refresh(connection)
        rows = connection.execute(
            sa.text(
                "SELECT watch_id, name, kind, subject, at_least, times_usual, recipients, n_hits, n_untold"
                " FROM report.watch WHERE is_active ORDER BY watch_id"
            )
        ).all()
    table = Table("id", "name", "kind", "subject", "at least", "times usual", "recipients", "hits", "untold")
    for row in rows:
        recipients = ", ".join(row.recipients)
        texts = [row.watch_id, isolated(row.name), row.kind, isolated(row.subject), row.at_least, row.times_usual]
        table.add_row(*("" if v is None else str(v) for v in (*texts, recipients, row.n_hits, row.n_untold)))
    console.print(table)
    for problem in problems:
        console.print(problem, style="yellow", markup=False)


@app.command("try")
def try_(
    kind: Kind,
    subject: Subject,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day.")] = None,
) -> None:
    """Show what a watch would have found in the newest month; writes nothing."""
    with warehouse.current() as engine, transaction(engine) as connection:
        tried = watches.trial(
            connection,
            kind.value,
            subject,
            since=since.date() if since else None,
            until=until.date() if until else None,
        )
    if tried.problem:
        console.print(tried.problem, style="yellow", markup=False)
    console.print(f"{sum(n for _, n in tried.days)} texts on {sum(n > 0 for _, n in tried.days)} days; the newest:")
    for hit in tried.hits[:20]:
        console.print(f"{hit.published_on or 'undated'}  {isolated(hit.surface)}", style="bold", markup=False)
        console.print(f"  {isolated(hit.sentence)}", soft_wrap=True, markup=False)


@app.command()
def add(
    watch_id: Annotated[str, typer.Argument(help="Short stable name.")],
    kind: Kind,
    subject: Subject,
    name: Annotated[str | None, typer.Option(help="Name to show.")] = None,
    at_least: Annotated[int | None, typer.Option(min=1, help="Tell only days with so many texts.")] = None,
    times_usual: Annotated[float | None, typer.Option(help="Tell only days with so many times the usual.")] = None,
    to: Annotated[list[str] | None, typer.Option(help="Mail address; may be given several times.")] = None,
) -> None:
    """Write a watch down, or write it anew; it is asked of what arrives from now on."""
    watch = watches.Watch(watch_id, name or subject, kind.value, subject, at_least, times_usual, tuple(to or ()))
    with warehouse.current() as engine, transaction(engine) as connection:
        problem = watches.add(connection, watch)
    console.print(f"{watch_id} is watched." + (f" But {problem}." if problem else ""), markup=False)


@app.command()
def stop(watch_id: str) -> None:
    """Ask a watch no more; what it found stays."""
    with warehouse.current() as engine, transaction(engine) as connection:
        watches.stop(connection, watch_id)
    console.print(f"{watch_id} is asked no more.")
