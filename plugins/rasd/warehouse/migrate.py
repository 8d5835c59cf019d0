"""Bringing a warehouse to the schema of this version, safely on one that already holds data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from rasd import resources
from rasd.errors import RasdError, SettingError, TransientError
from rasd.warehouse import reports, schema
from rasd.warehouse.engine import OLDEST_POSTGRES, connect, faults

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 0x52415344  # "RASD": one migration at a time, whoever starts it
_LOCK_TIMEOUT = "30s"
_STATEMENT_TIMEOUT = "30min"
# What Alembic compares and where it keeps its own table. `report` holds views, made from `sql/report`.
ALEMBIC: dict[str, Any] = {
    "include_schemas": True,
    "include_name": lambda name, type_, _parents: type_ != "schema" or name in ("raw", "core", "ops"),
    "compare_server_default": True,
    "version_table_schema": "ops",
    "version_table": "migration",
}


def create_database(dsn: str) -> None:
    """Create the database that `dsn` names on its server, unless it is there.

    Raises:
        TransientError: if the server cannot be reached now.
    """
    url = make_url(dsn)
    wanted = connect(dsn)
    try:
        # Asked for directly: many a user may use their own database and no other, not even to look for it.
        with faults(), wanted.connect():
            return
    except TransientError as error:
        if f'database "{url.database}" does not exist' not in str(error.__cause__):
            raise
    finally:
        wanted.dispose()
    engine = connect(url.set(database="postgres").render_as_string(hide_password=False))
    try:
        with faults(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            quoted = connection.dialect.identifier_preparer.quote_identifier(url.database or "")
            try:
                connection.exec_driver_sql(f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8'")
            except sa.exc.DBAPIError as error:
                if getattr(error.orig, "pgcode", None) not in ("42P04", "23505"):  # somebody else made it in between
                    raise
    finally:
        engine.dispose()


def migrate(engine: sa.Engine) -> bool:
    """Apply every migration that is missing and renew the report views; return whether anything changed.

    Each migration runs in a transaction of its own under one advisory lock, with limits on waiting and working.

    Raises:
        SettingError: if the server is too old or not in UTF-8.
        RasdError: if a newer version of Rasd has migrated it; nothing is touched.
        TransientError: if the server cannot be reached now.
    """
    from alembic import command

    with faults(), engine.connect() as connection:
        _check_server(connection)
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({_LOCK})")
        try:
            connection.exec_driver_sql(f"SET lock_timeout = '{_LOCK_TIMEOUT}'")
            connection.exec_driver_sql(f"SET statement_timeout = '{_STATEMENT_TIMEOUT}'")
            for name in schema.SCHEMAS:
                # Asked first, so that a writer without the right to create schemas can run on a finished warehouse.
                if not connection.scalar(sa.text("SELECT to_regnamespace(:name) IS NOT NULL"), {"name": name}):
                    connection.exec_driver_sql(f"CREATE SCHEMA {name}")
            connection.commit()
            before, revisions = version(connection), _revisions()
            newest = revisions[0]
            if before is not None and before not in revisions:
                raise RasdError(
                    f"the warehouse has schema {before}, which this version of Rasd does not know: it knows {newest}",
                    where=engine.url.render_as_string(hide_password=True),
                    do="Use the version of Rasd that migrated it, or a newer one.",
                )
            if before != newest:
                reports.keep(connection, reports.resting(connection))
                reports.drop(connection)  # a view would hold on to the columns that a migration changes
                command.upgrade(_config(connection), "head")
                connection.commit()
            changed = before != newest
            changed |= reports.renew(connection, force=changed)
            reports.put_back(connection, reports.take_kept(connection))
            connection.commit()
        finally:
            connection.rollback()
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_LOCK})")
            connection.exec_driver_sql("RESET lock_timeout")
            connection.exec_driver_sql("RESET statement_timeout")
            connection.commit()
    return changed


def version(connection: sa.Connection) -> str | None:
    """Return the revision of the last migration applied, or None in an empty database."""
    if not connection.scalar(sa.text("SELECT to_regclass('ops.migration') IS NOT NULL")):
        return None
    revision: str | None = connection.scalar(sa.text("SELECT version_num FROM ops.migration"))
    return revision


def head() -> str:
    """Return the revision of the newest migration in `sql/migrations`."""
    return _revisions()[0]


def _revisions() -> list[str]:
    """Return the revisions of all migrations, the newest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory.from_config(_config(None)).walk_revisions()]


def require_current(engine: sa.Engine) -> None:
    """Check that the warehouse has the schema that this version of Rasd writes.

    Raises:
        RasdError: if it has another one; the message says how to mend it.
    """
    with faults(), engine.connect() as connection:
        there = version(connection)
    if there != head():
        raise RasdError(
            f"the warehouse has schema {there or 'none'}, this version of Rasd needs {head()}",
            where=engine.url.render_as_string(hide_password=True),
            do="Run `rasd db migrate`.",
        )


def drift(engine: sa.Engine) -> list[Any]:
    """Return the differences between the migrated database and `rasd.warehouse.schema`, as Alembic states them."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts=ALEMBIC,
        )
        return list(compare_metadata(context, schema.metadata))


def _config(connection: sa.Connection | None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.sql() / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")  # a checkout's path may hold spaces and commas
    config.attributes["connection"] = connection
    return config


def _check_server(connection: sa.Connection) -> None:
    number = int(connection.scalar(sa.text("SHOW server_version_num")) or 0)
    if number < OLDEST_POSTGRES * 10_000:
        raise SettingError(f"Postgres {number // 10_000} is too old; {OLDEST_POSTGRES} or newer is needed")
    encoding = connection.scalar(sa.text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise SettingError(
            f"the warehouse's database is in {encoding}", do="Create one with ENCODING 'UTF8' TEMPLATE template0."
        )
    connection.rollback()
