"""How rows reach the warehouse: COPY into temporary staging tables, then one merge statement per table.

A `Staging` belongs to one transaction. Its tables have the columns of the table they stand for, plus those that
only the merge needs, and are empty again when the transaction ends. The merge statements are `sql/merge/*.sql`.
"""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg2 import sql as names

from rasd import resources
from rasd.warehouse import schema
from rasd.warehouse.engine import faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import sqlalchemy as sa

# Columns that a merge needs and the table has not. A sentence counts in one wording of its article, and that
# wording comes from one appearance.
_FROM_APPEARANCE = {"page_id": "uuid", "appearance_no": "integer"}
_ONLY_STAGED = {"core.sentence": _FROM_APPEARANCE, "core.quotation": _FROM_APPEARANCE}

# Rows of the first are often larger than a page of Postgres, of the last two some come from the warehouse itself. A
# staging table whose rows all fit has no place for what does not: to empty that too after every transaction took an
# eighth of a load.
_WIDE = (
    "raw.page", "core.page", "core.article", "core.article_sketch", "core.article_search",
    "core.sense_name", "core.furniture",
)  # fmt: skip
# A row of so many characters surely fits: of 8,160 bytes, a letter takes up to four, and a number in an array eight.
_NARROW = 1_900
_STORAGE_IN_CREATE = 160_000  # the first version of Postgres that takes it there

# What can be larger than a page, of a table and of what was made to stay within one.
_COLUMNS = """
SELECT attname, format_type(atttypid, atttypmod), typstorage <> 'p'
FROM pg_attribute JOIN pg_type AS t ON t.oid = atttypid
WHERE attrelid = CAST(%s AS regclass) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
_PLAIN = """
SELECT attname FROM pg_attribute JOIN pg_type AS t ON t.oid = atttypid
WHERE attrelid = CAST(%s AS regclass) AND attnum > 0 AND attstorage = 'p' AND typstorage <> 'p' ORDER BY attnum
"""


@cache
def statement(name: str) -> str:
    """Return the text of `sql/merge/<name>.sql`."""
    return (resources.sql() / "merge" / f"{name}.sql").read_text(encoding="utf-8")


def _escaped(text: str) -> str:
    """Escape what ends a field or a row: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def _array(values: Iterable[Any]) -> str:
    return _escaped("{" + ",".join(map(_element, values)) + "}")


def _bytes(value: bytes | memoryview) -> str:
    return f"\\\\x{value.hex()}"


class _Encoders(dict[type, "Callable[[Any], str]"]):
    """How values of each type are written in the text format of COPY.

    A type without an entry is written as the one that it derives from.

    Raises:
        TypeError: for a type that no column of the warehouse has.
    """

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        for base in kind.__mro__:
            if base in self:
                self[kind] = self[base]
                return self[kind]
        raise TypeError(f"no column takes a {kind.__name__}")


_ENCODERS = _Encoders(
    {
        type(None): lambda _: "\\N",
        str: _escaped,
        bool: lambda value: "t" if value else "f",
        int: str,
        float: str,
        UUID: lambda value: f"{value.int:032x}",
        date: str,
        datetime: str,
        bytes: _bytes,
        memoryview: _bytes,
        tuple: _array,
        list: _array,
        dict: lambda value: _escaped(json.dumps(value, ensure_ascii=False)),
    }
)


def _element(value: Any) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)


class Staging:
    """The staging tables of one transaction.

    Args:
        connection: holds the transaction.
        tables: names with their layer: `core.segment` is staged in `stage_segment`, `raw.page` in `stage_raw_page`.
    """

    def __init__(self, connection: sa.Connection, *tables: str) -> None:
        self._cursor = connection.connection.cursor()
        # A merge sorts what is staged; beyond this it does so in files.
        self._cursor.execute("SET LOCAL work_mem = '64MB'")
        self._cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()")
        there = {name for (name,) in self._cursor.fetchall()}
        for table in tables:
            if stage(table) not in there:
                self._make(table)

    def _make(self, table: str) -> None:
        """Make a staging table.

        It is emptied when the transaction ends and serves the next one of this connection: making them anew each time
        took a tenth of a merge.
        """
        # With no constraint of its table: what is wrong with a row, the merge says.
        self._cursor.execute(_COLUMNS, (table,))
        columns = [*self._cursor.fetchall(), *((*c, False) for c in _ONLY_STAGED.get(table, {}).items())]
        if table in _WIDE or self._cursor.connection.server_version < _STORAGE_IN_CREATE:
            columns = [(name, type_, False) for name, type_, _ in columns]
        defined = (
            names.SQL(f"{{}} {type_}{' STORAGE PLAIN' if is_plain else ''}").format(names.Identifier(name))
            for name, type_, is_plain in columns
        )
        self._cursor.execute(
            names.SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DELETE ROWS").format(
                names.Identifier(stage(table)), names.SQL(", ").join(defined)
            )
        )
        # How many rows there are is all that `analyze` is to find out: what it writes of columns goes into the log.
        self._alter(table, "SET STATISTICS 0", _key(table))

    def _alter(self, table: str, what: str, columns: Iterable[str]) -> None:
        actions = (names.SQL(f"ALTER {{}} {what}").format(names.Identifier(c)) for c in columns)
        self._cursor.execute(
            names.SQL("ALTER TABLE {} {}").format(names.Identifier(stage(table)), names.SQL(", ").join(actions))
        )

    def copy(self, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """COPY rows (all with the keys of the first) into a staging table and return how many there were."""
        columns: tuple[str, ...] = ()
        lines: list[str] = []
        for row in rows:
            columns = columns or tuple(row)
            lines.append("\t".join([_ENCODERS[type(value := row[c])](value) for c in columns]))
        self.copy_lines(table, columns, lines)
        return len(lines)

    def copy_lines(self, table: str, columns: Iterable[str], lines: Sequence[str]) -> None:
        """COPY rows that are lines of COPY's text format into a staging table."""
        if not lines:
            return
        if max(map(len, lines)) > _NARROW:
            self._widen(table)
        target = names.SQL("COPY {} ({}) FROM STDIN").format(
            names.Identifier(stage(table)), names.SQL(", ").join(map(names.Identifier, columns))
        )
        with faults():
            self._cursor.copy_expert(target, io.StringIO("\n".join(lines) + "\n"))
        self.analyze(table)

    def _widen(self, table: str) -> None:
        """Let a staging table take rows larger than a page from here on."""
        self._cursor.execute(_PLAIN, (stage(table),))
        if plain := [name for (name,) in self._cursor.fetchall()]:
            self._alter(table, "SET STORAGE EXTENDED", plain)

    def analyze(self, table: str) -> None:
        """Tell the planner how few rows are staged.

        What it knows nothing of it takes for many, and joins it by reading the warehouse through.
        """
        # By its key alone: to look at texts takes longer than to merge them.
        key = names.SQL(", ").join(map(names.Identifier, _key(table)))
        self._cursor.execute(names.SQL("ANALYZE {} ({})").format(names.Identifier(stage(table)), key))

    def merge(self, *tables: str) -> None:
        """Run the merge statement of each table in turn (`sql/merge/core_segment.sql`)."""
        for table in tables:
            with faults():
                self._cursor.execute(statement(table.replace(".", "_")))


def _key(table: str) -> list[str]:
    return [column.name for column in schema.metadata.tables[table].primary_key]


def stage(table: str) -> str:
    """Return the name of the staging table of a table."""
    layer, _, name = table.partition(".")
    return f"stage_raw_{name}" if layer == "raw" else f"stage_{name}"  # raw.page and core.page share a name
