"""What the newsroom asks the warehouse: every question a file of `sql/newsroom`, every answer limited."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from rasd import resources
from rasd.warehouse.engine import connect, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

# A page that takes longer than this is of no use to its reader; one that fails says what to do.
_STATEMENT_SECONDS = 15
_CONNECT_SECONDS = 4

Row = dict[str, Any]


@cache
def question(name: str) -> sa.TextClause:
    """Return the statement of `sql/newsroom/<name>.sql`; its parameters are bound, never pasted in."""
    return sa.text((resources.sql() / "newsroom" / f"{name}.sql").read_text(encoding="utf-8"))


@cache
def reader(dsn: str) -> sa.Engine:
    """Return an engine whose sessions cannot write, whatever the role behind `dsn` may do."""
    engine = connect(
        dsn, connect_timeout=_CONNECT_SECONDS,
        default_transaction_read_only="on", statement_timeout=f"{_STATEMENT_SECONDS}s", jit="off",
    )  # fmt: skip
    return _as_role(engine, "rasd_reader")


@cache
def writer(dsn: str) -> sa.Engine:
    """Return an engine for what visitors decide: reviews, decisions, watches, releases."""
    engine = connect(dsn, connect_timeout=_CONNECT_SECONDS, statement_timeout=f"{_STATEMENT_SECONDS}s")
    return _as_role(engine, "rasd_desk")


def _as_role(engine: sa.Engine, role: str) -> sa.Engine:
    """Let every session take a smaller role, where one has rights here (`rasd db roles`) that its user may take."""

    @sa.event.listens_for(engine, "connect")
    def take(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('role', rolname, false) FROM pg_roles"
                " WHERE rolname = %s AND pg_has_role(current_user, oid, 'MEMBER')"
                " AND has_schema_privilege(oid, to_regnamespace('core'), 'USAGE')"
                " AND has_schema_privilege(oid, to_regnamespace('report'), 'USAGE')",
                (role,),
            )
        connection.commit()

    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[Answers]:
    """Open one transaction in which all questions of a page are answered from the same state of the warehouse."""
    with faults(), engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        yield Answers(connection)


class Answers:
    """The warehouse as one page sees it."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def all(self, name: str, /, **values: Any) -> list[Row]:
        """Return the rows that answer a question."""
        # Postgres keeps no NUL, and an address may bring one.
        clean = {k: v.replace("\0", "") if isinstance(v, str) else v for k, v in values.items()}
        return [dict(row) for row in self._connection.execute(question(name), clean).mappings()]

    def one(self, name: str, /, **values: Any) -> Row | None:
        """Return the first row of the answer, or None."""
        return next(iter(self.all(name, **values)), None)
