"""Connecting to the warehouse, and telling faults that pass from faults that stay."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import psycopg2
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from rasd.errors import SettingError, TransientError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OLDEST_POSTGRES = 15
# Staging tables lie in memory as far as this reaches, and in files beyond it. A session takes no more than it uses.
_SESSION = {"timezone": "UTC", "temp_buffers": "64MB"}
T = TypeVar("T")

# SQLSTATE classes that pass by themselves: connection (08), insufficient resources and disk full (53), operator
# intervention such as a restart (57), and the two ways in which a transaction loses to another (40001, 40P01).
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_PASSING = ("08", "53", "57P", "40001", "40P01", "55P03")
# Two writers may both find a referenced row and one of them remove it in between, or both write the same new row;
# trying again sees the new state.
_LOST_RACE = ("23503", "23505")


def connect(dsn: str, *, connect_timeout: int = 10, **session: str) -> sa.Engine:
    """Return an engine for the warehouse at `dsn` (SQLAlchemy or libpq address).

    Args:
        dsn: the address.
        connect_timeout: seconds to wait for the server.
        session: settings of Postgres that every session begins with.

    Raises:
        SettingError: if the address cannot be read or names another database system.
    """
    try:
        url = make_url(dsn)
    except sa.exc.ArgumentError as error:
        raise SettingError(
            "is not a database address", where="RASD_WAREHOUSE_DSN", do="Write postgresql://user@host:5432/database."
        ) from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise SettingError(f"{url.get_backend_name()} is not Postgres", where="RASD_WAREHOUSE_DSN")
    # SQLAlchemy 2.1 reads a bare postgresql:// as psycopg 3.
    return sa.create_engine(
        url.set(drivername="postgresql+psycopg2"),
        pool_pre_ping=True,
        connect_args={
            "application_name": "rasd",
            "connect_timeout": connect_timeout,
            "options": " ".join(f"-c {name}={value}" for name, value in {**_SESSION, **session}.items()),
        },
    )


@contextmanager
def transaction(engine: sa.Engine, *, is_derived: bool = False) -> Iterator[sa.Connection]:
    """Run one transaction; faults that pass come out as `TransientError`.

    Args:
        engine: the warehouse.
        is_derived: whether all that it writes is made from what the warehouse holds. Its end then does not wait for the
            disk: a machine that loses its power may lose the last of such transactions, never one without those that
            came after it, and what was lost is work that is still to be done. Any other transaction waits for those
            before it as well.
    """
    with faults(), engine.begin() as connection:
        if is_derived:
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        yield connection


@contextmanager
def faults() -> Iterator[None]:
    """Turn database errors that pass by themselves into `TransientError`, and leave the others as they are."""
    try:
        yield
    except (sa.exc.DBAPIError, psycopg2.Error) as error:
        cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        state = getattr(cause, "pgcode", None) or ""
        # A connection that breaks carries no SQLSTATE: the server was not there to send one.
        is_lost = isinstance(cause, (psycopg2.OperationalError, psycopg2.InterfaceError)) and not state
        if is_lost or state.startswith(_PASSING) or state in _LOST_RACE:
            lines = str(cause).strip().splitlines()
            raise TransientError(
                f"the warehouse could not do it now: {lines[0] if lines else type(cause).__name__}",
                do="Airflow tries again by itself. If it stays, see whether Postgres runs and has room on its disk,"
                " then run again: nothing that was landed is lost.",
            ) from error
        raise


def retrying(work: Callable[[], T], *, attempts: int = 5, first_pause: float = 0.2) -> T:
    """Do `work`, again after a pause that doubles if a fault that passes hits it; the last fault is raised."""
    for attempt in range(1, attempts + 1):
        try:
            return work()
        except TransientError:
            if attempt == attempts:
                raise
            time.sleep(first_pause * 2 ** (attempt - 1))
    raise AssertionError("unreachable")
