"""`rasd furniture`: lines that repeat in the texts of an outlet and are none of its articles."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
import typer
from rich.table import Table

from rasd.cli import warehouse
from rasd.cli.result import console
from rasd.errors import SettingError
from rasd.pipeline import furniture
from rasd.warehouse.engine import transaction

app = typer.Typer(no_args_is_help=True, help="Lines that repeat in the texts of an outlet: freeze, list, forget.")


@app.command()
def freeze(
    do_it: Annotated[bool, typer.Option("--do-it", help="Keep it; without this it only says what it would.")] = False,
) -> None:
    """Count the lines of every outlet's texts and keep those that repeat as furniture.

    Runs that begin from then on read with it; `rasd reprocess --do-it` reads again what was read without it.
    """
    with warehouse.current() as engine:
        frozen = furniture.freeze(engine, dry_run=not do_it)
    if not frozen.new:
        console.print(f"Nothing new: {frozen.n_lines} lines are known.")
        return
    _show([(*one[:2], f"{one[2]} of {one[3]}") for one in frozen.new])
    told = f"{len(frozen.new)} new lines, {frozen.n_lines} in all, version {frozen.version}."
    console.print(told if do_it else f"{told} Nothing was kept: add --do-it.")


@app.command("list")
def list_(
    outlet: Annotated[str | None, typer.Option(help="Only of this outlet: its id, or else its name.")] = None,
) -> None:
    """List what is read with now."""
    with warehouse.current() as engine, transaction(engine) as connection:
        rows = connection.execute(
            sa.text(
                """
                SELECT outlet, line, n_texts || ' of ' || of_texts
                FROM core.furniture
                WHERE furniture_version = :version AND n_texts > 0
                  AND (CAST(:outlet AS text) IS NULL OR outlet = :outlet)
                ORDER BY outlet COLLATE "C", n_texts DESC, line_key COLLATE "C"
                """
            ),
            {"version": furniture.current(connection), "outlet": outlet},
        ).all()
    if not rows:
        console.print("No furniture is known. Count it: rasd furniture freeze")
        return
    _show([(row[0], row[1], row[2]) for row in rows])


@app.command()
def forget(
    outlet: Annotated[str, typer.Argument(help="The outlet: its id, or its name.")],
    line: Annotated[str, typer.Argument(help="The line, as `rasd furniture list` shows it.")],
    do_it: Annotated[bool, typer.Option("--do-it", help="Forget it; without this it only says so.")] = False,
) -> None:
    """Forget a line that was frozen wrongly: it is text again, and no later freeze takes it in.

    Runs that begin from then on read with it; `rasd reprocess --do-it` reads again what was read without it.
    """
    with warehouse.current() as engine:
        version = furniture.forget(engine, outlet, line, dry_run=not do_it)
    if version is None:
        raise SettingError(
            f"no such line is known of {outlet}", where="core.furniture", do="Look: rasd furniture list."
        )
    console.print(f"Forgotten, version {version}." if do_it else "It would be forgotten: add --do-it.")


def _show(rows: list[tuple[str, str, str]]) -> None:
    table = Table("outlet", "line", "texts")
    for row in rows:
        table.add_row(*row)
    console.print(table)
