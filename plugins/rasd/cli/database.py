"""`rasd db`: the warehouse itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Annotated

import sqlalchemy as sa
import typer

from rasd import settings
from rasd.cli import warehouse
from rasd.cli.result import console
from rasd.errors import RasdError, SettingError
from rasd.warehouse.engine import transaction

app = typer.Typer(no_args_is_help=True, help="The warehouse: migrate, check, ask, and get pages back.")


@app.command()
def migrate() -> None:
    """Create the warehouse if it is not there, and bring it to the schema of this version."""
    from rasd.warehouse import engine, migrate

    dsn = settings.load().warehouse_dsn
    if dsn is None:
        with warehouse.current():
            console.print(f"The embedded warehouse has schema {migrate.head()}.")
        return
    migrate.create_database(dsn)
    connected = engine.connect(dsn)
    changed = migrate.migrate(connected)
    console.print(f"Schema {migrate.head()}: {'brought up to date' if changed else 'nothing to do'}.")


@app.command()
def roles() -> None:
    """Make the roles rasd_owner, rasd_writer, rasd_reader and rasd_desk where missing, and give each its rights."""
    from rasd.warehouse import roles

    with warehouse.current() as engine:
        roles.grant(engine)
    console.print(f"{', '.join(roles.ROLES)} have their rights. None has a password by this.")


@app.command()
def recount() -> None:
    """Count and index every article anew, where the check counts_agree says that counts are wrong."""
    from rasd.pipeline import publishing

    with warehouse.current() as engine:
        console.print(f"Counted {publishing.recount(engine)} articles.")


@app.command()
def check() -> None:
    """Compare the warehouse with the schema of this version; differences end with status 1."""
    from rasd.warehouse import migrate

    with warehouse.current() as engine:
        differences = migrate.drift(engine)
    for difference in differences:
        console.print(str(difference), markup=False)
    if differences:
        raise typer.Exit(1)
    console.print(f"The warehouse has the schema of this version ({migrate.head()}).")


@app.command()
def sql(
    command: Annotated[str | None, typer.Option("--command", "-c", help="Run this and print the answer.")] = None,
    file: Annotated[typer.FileText | None, typer.Option("--file", "-f", help="Run this file.")] = None,
) -> None:
    """Open psql on the warehouse: the one installed here, else the one in the embedded Postgres's wheel."""
    from rasd.warehouse.embedded import binaries

    with warehouse.current() as engine:
        program = shutil.which("psql") or str(binaries() / "psql")
        # By its environment: an address on the command line would show the password to everybody on the machine, and
        # SQLAlchemy and libpq do not write a space in it alike.
        asked = {**engine.url.translate_connect_args(database="database", username="user"), **engine.url.query}
        environment = {**os.environ, **{f"PG{name.upper()}": str(value) for name, value in asked.items()}}
        environment["PGOPTIONS"] = "-c search_path=report,core,ops,raw,public"
        arguments = [program]
        if command is not None:
            arguments += ["-c", command]
        if file is not None:
            arguments += ["-f", file.name]
        code = subprocess.run(arguments, env=environment, check=False).returncode
    raise typer.Exit(code)


@app.command()
def page(
    sha256: Annotated[str, typer.Argument(help="SHA-256 of the page in hexadecimal, or its page_id.")],
) -> None:
    """Write the bytes of a page to standard output, exactly as they were delivered."""
    digits = sha256.replace("-", "").lower()
    if len(digits) not in (32, 64) or not set(digits) <= set("0123456789abcdef"):
        raise SettingError("is neither a SHA-256 nor a page_id", where=sha256)
    with warehouse.current() as engine, transaction(engine) as connection:
        content = connection.scalar(
            sa.text("SELECT content FROM raw.page WHERE page_id = CAST(:id AS uuid)"), {"id": digits[:32]}
        )
    if content is None:
        raise RasdError("no such page in the warehouse", where=sha256)
    sys.stdout.buffer.write(bytes(content))
