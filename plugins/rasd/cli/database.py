"""`rasd db`: the warehouse itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

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
        environment = {**_environment(engine), "PGOPTIONS": "-c search_path=report,core,ops,raw,public"}
        arguments = [program]
        if command is not None:
            arguments += ["-c", command]
        if file is not None:
            arguments += ["-f", file.name]
        code = subprocess.run(arguments, env=environment, check=False).returncode
    raise typer.Exit(code)


@app.command()
def address() -> None:
    """Print the address under which programs read the warehouse (pandas, dbt, a notebook), as rasd_reader.

    The embedded one answers for as long as something of Rasd runs: after `make up`.
    """
    with warehouse.current() as engine:
        # Written by hand: libpq takes no + for a space, and SQLAlchemy writes one.
        asked = {**engine.url.query, "options": "-crole=rasd_reader"}
        given = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in asked.items())
        bare = engine.url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
    console.print(f"{bare}?{given}", soft_wrap=True, highlight=False, markup=False)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="File to write.")]) -> None:
    """Write the whole warehouse to a file, as it is at one moment, while others work; `rasd db restore` reads it."""
    partial = file.with_name(f"{file.name}.partial")
    with warehouse.current() as engine:
        _postgres_program("pg_dump", engine, "--format=custom", f"--file={partial}")
    partial.replace(file)
    console.print(f"{file}: {file.stat().st_size:,} bytes.", soft_wrap=True, highlight=False)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="File that `rasd db backup` or pg_dump wrote.", exists=True)],
) -> None:
    """Fill an empty warehouse from a backup, and bring it to the schema of this version."""
    from rasd.warehouse import migrate, roles

    with warehouse.current() as engine:
        with transaction(engine) as connection:
            held = connection.scalar(sa.text("SELECT count(*) FROM raw.page"))
        if held:
            raise SettingError(
                f"the warehouse holds {held:,} pages, and a backup takes the place of everything",
                where=engine.url.render_as_string(hide_password=True),
                do="Name an empty one: RASD_HOME=… for the embedded one, RASD_WAREHOUSE_DSN=… for another.",
            )
        roles.grant(engine)  # to whom the backup gives rights
        made = _make_roles(engine, _postgres_program("pg_restore", engine, "--schema-only", "--file=-", str(file)))
        target = f"--dbname={engine.url.database}"
        _postgres_program("pg_restore", engine, "--clean", "--if-exists", "--single-transaction", target, str(file))
        engine.dispose()
        migrate.migrate(engine)
        roles.grant(engine)
        with transaction(engine) as connection:
            console.print(f"{connection.scalar(sa.text('SELECT count(*) FROM raw.page')):,} pages are back.")
    if made:
        console.print(
            f"Made anew, for no backup holds them: {', '.join(made)}. Give them again what they had: a login, a"
            " password, and rasd_reader (GRANT rasd_reader TO …).",
            soft_wrap=True, highlight=False,
        )  # fmt: skip


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


def _environment(engine: sa.Engine) -> dict[str, str]:
    """Return the environment in which Postgres's own programs find the warehouse.

    An address on the command line would show the password to everybody on the machine, and SQLAlchemy and libpq do not
    write a space in it alike.
    """
    asked = {**engine.url.translate_connect_args(database="database", username="user"), **engine.url.query}
    return {**os.environ, **{f"PG{name.upper()}": str(value) for name, value in asked.items()}}


_ROLE = re.compile(r'^(?:ALTER .* OWNER TO|GRANT .* TO|ALTER DEFAULT PRIVILEGES FOR ROLE) ("(?:[^"]|"")+"|\w+)', re.M)


def _make_roles(engine: sa.Engine, schema: str) -> list[str]:
    """Make the roles that a dump's schema names and the server lacks, for they are in no dump; return their names."""
    named = sorted({found.group(1) for found in _ROLE.finditer(schema)} - {"PUBLIC"})
    with transaction(engine) as connection:
        there = set(connection.scalars(sa.text("SELECT quote_ident(rolname) FROM pg_roles")))
        made = [role for role in named if role not in there]
        for role in made:
            connection.exec_driver_sql(f"CREATE ROLE {role} NOLOGIN".replace("%", "%%"))
    return made


def _postgres_program(name: str, engine: sa.Engine, *arguments: str) -> str:
    """Run one of Postgres's programs on the warehouse: the wheel's, which is as new as the embedded server.

    Returns its output.

    Raises:
        RasdError: if it fails; the message is its own.
    """
    from rasd.warehouse.embedded import binaries

    result = subprocess.run(
        [str(binaries() / name), *arguments], env=_environment(engine), capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        raise RasdError(
            f"{name} failed: {result.stderr.strip()}", where=engine.url.render_as_string(hide_password=True)
        )
    return result.stdout
