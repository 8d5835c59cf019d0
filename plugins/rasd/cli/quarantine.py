"""`rasd quarantine`: what could not be processed, why, and how to try it again."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
import typer
from rich.table import Table

from rasd.cli import warehouse
from rasd.cli.result import console
from rasd.errors import SettingError
from rasd.warehouse.engine import transaction

app = typer.Typer(no_args_is_help=True, help="Pages that could not be processed: list, show, release.")

Id = Annotated[str, typer.Argument(help="Its id, or the beginning of it.")]


@app.command("list")
def list_(
    reason: Annotated[str | None, typer.Option(help="Only with this reason word.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, newest first.")] = 50,
) -> None:
    """List what is held, newest first, and what to do about each reason."""
    with warehouse.current() as engine, transaction(engine) as connection:
        rows = connection.execute(
            sa.text(
                """
                SELECT quarantine_id, reason, detail, advice, uri, member, quarantined_at
                FROM report.quarantine
                WHERE CAST(:reason AS text) IS NULL OR reason = :reason
                ORDER BY quarantined_at DESC, quarantine_id LIMIT :limit
                """
            ),
            {"reason": reason, "limit": limit},
        ).all()
    if not rows:
        console.print("Nothing is held in quarantine.")
        return
    table = Table("id", "reason", "what is wrong", "where", "since")
    for identifier, word, detail, _, uri, member, since in rows:
        where = f"{uri} {member}".strip()
        table.add_row(str(identifier)[:8], word, detail, where, f"{since:%Y-%m-%d %H:%M}")
    console.print(table)
    for word, advice in sorted({(row.reason, row.advice) for row in rows if row.advice}):
        console.print(f"{word}: {advice}", highlight=False, soft_wrap=True)
    if len(rows) == limit:
        console.print(f"These are the newest {limit}; --limit shows more.", highlight=False)
    console.print("rasd quarantine show ID    rasd quarantine release ID")


@app.command()
def show(
    identifier: Id,
    bytes_: Annotated[bool, typer.Option("--bytes", help="Write the page's bytes to standard output instead.")] = False,
) -> None:
    """Show one page that is or was held: why, what to do, and how its bytes begin."""
    with warehouse.current() as engine, transaction(engine) as connection:
        row = _find(connection, identifier)
        content = connection.scalar(sa.text("SELECT content FROM raw.page WHERE page_id = :id"), {"id": row.page_id})
    if bytes_:
        if content is None:
            raise SettingError("the bytes of this page could not be had", where=row.uri)
        sys.stdout.buffer.write(bytes(content))
        return
    table = Table(show_header=False)
    for name, value in row._mapping.items():
        table.add_row(name, "" if value is None else str(value))
    if content is not None:
        table.add_row("first bytes", repr(bytes(content[:200])))
    console.print(table)


@app.command()
def release(
    identifiers: Annotated[list[str] | None, typer.Argument(help="Their ids, or the beginnings of them.")] = None,
    reason: Annotated[str | None, typer.Option(help="Everything held for this reason.")] = None,
    by: Annotated[str, typer.Option(help="Who releases it, for the record.")] = getpass.getuser(),
) -> None:
    """Let pages go: the next run tries them again, and holds them anew if it fails again."""
    if bool(identifiers) == bool(reason):
        raise SettingError("name ids or a reason", do="rasd quarantine release ID …, or --reason WORD.")
    with warehouse.current() as engine, transaction(engine) as connection:
        chosen = [_find(connection, i).quarantine_id for i in identifiers or ()]
        released = connection.execute(
            sa.text(
                """
                UPDATE ops.quarantine SET released_at = now(), released_by = :by
                WHERE released_at IS NULL AND (quarantine_id = ANY(:ids) OR reason = :reason)
                """
            ),
            {"by": by, "ids": chosen, "reason": reason},
        ).rowcount
    console.print(f"Released {released}. The next run tries them again.")


def _find(connection: sa.Connection, identifier: str) -> sa.Row[tuple[object, ...]]:
    rows = connection.execute(
        sa.text("SELECT * FROM ops.quarantine WHERE quarantine_id::text LIKE :start LIMIT 2"),
        {"start": _checked(identifier) + "%"},
    ).all()
    if len(rows) != 1:
        raise SettingError(
            "several begin like this" if rows else "no such id", where=identifier, do="See `rasd quarantine list`."
        )
    return rows[0]


def _checked(identifier: str) -> str:
    try:
        UUID(hex=identifier.replace("-", "").ljust(32, "0"))
    except ValueError:
        raise SettingError("is not an id", where=identifier, do="See `rasd quarantine list`.") from None
    return identifier
