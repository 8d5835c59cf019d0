"""Articles, mentions, entities and stories by day, as Parquet or CSV in a folder or an object store.

    TARGET/parquet/article/day=2024-05-01/article.parquet
    TARGET/parquet/article/day=undated/article.parquet     what no page dates to a day

Every row has its day as `published_on`, a date, which is null where there is none; the partitions' names are text, so
that no reader has to make a null of one (pandas cannot). A file is written whole or not at all, and only where its rows
have changed since the last export: `_manifest.json` beside the partitions keeps a digest of each, which the warehouse
works out without sending a row. What was killed goes on where it was. Rows are streamed by a cursor on the server:
memory does not grow with them.
"""

from __future__ import annotations

import csv
import io
import json
import re
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args

import sqlalchemy as sa

from rasd import resources
from rasd.errors import SettingError
from rasd.landing.listing import Storage, default_storage
from rasd.warehouse.engine import faults

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

Table = Literal["article", "mention", "entity", "story"]
Format = Literal["parquet", "csv"]
TABLES: tuple[Table, ...] = get_args(Table)
FORMATS: tuple[Format, ...] = get_args(Format)
UNDATED = "undated"

# Rows that are in memory at once; an article's text is some kilobytes.
_ROWS = 2_000
# The manifest is written after so many partitions: what a kill loses of it is done again.
_PER_MANIFEST = 20
_MANIFEST = "_manifest.json"
# Another layout of the files: all are written again.
_LAYOUT = 2
# What nobody has written to for so long was left behind by an export that was killed.
_LEFT_BEHIND = 3600.0  # seconds

# Told what is going on: the table, partitions done, and out of how many.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did with the partitions of one table: rows are those written."""

    table: Table
    written: int
    unchanged: int
    removed: int
    rows: int


def export(
    engine: sa.Engine,
    target: str,
    table: Table,
    *,
    format: Format = "parquet",
    since: date | None = None,
    until: date | None = None,
    storage: Storage = default_storage,
    progress: Progress = lambda *_: None,
) -> Exported:
    """Bring the files of one table up to date with the warehouse.

    Args:
        target: folder or object-store address.
        since, until: days to look at, both included. What is not dated is exported unless a day is given.
        storage: gives the file system of an address.

    Raises:
        SettingError: if the target cannot be used, or the last day is before the first.
    """
    if target.startswith("-") or not target.strip():
        raise SettingError("is no folder or address", where=repr(target))
    if since and until and since > until:
        raise SettingError(f"ends before it begins: {until}", where=str(since))
    with _usable(target):
        folder = _Folder(storage, target, table, format)
    found = _days(engine, since, until)
    partitions = [*found, *sorted(folder.exported(since, until) - set(found), key=str)]
    done = Exported(table, 0, 0, 0, 0)
    with _usable(target):
        try:
            for number, day in enumerate(partitions, 1):
                done = _partition(engine, folder, day, done)
                progress(table, number, len(partitions))
                if number % _PER_MANIFEST == 0:
                    folder.write_manifest()
        finally:
            folder.write_manifest()
    return done


@contextmanager
def _usable(target: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, FileExistsError, PermissionError) as error:
        raise SettingError(f"cannot be written: {error.strerror or error}", where=target) from error


def _partition(engine: sa.Engine, folder: _Folder, day: date | None, done: Exported) -> Exported:
    # One snapshot for digest and rows: what changes in between changes neither.
    with faults(), engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        count, digest = _digest(connection, folder.table, day)
        if not count:
            return _counted(done, removed=folder.remove(day))
        if folder.holds(day, digest):
            return _counted(done, unchanged=1)
        with folder.new_file(day, count, digest) as out:
            (_write_parquet if folder.format == "parquet" else _write_csv)(connection, folder.table, day, out)
        return _counted(done, written=1, rows=count)


def _counted(done: Exported, *, written: int = 0, unchanged: int = 0, removed: int = 0, rows: int = 0) -> Exported:
    return Exported(
        done.table, done.written + written, done.unchanged + unchanged, done.removed + removed, done.rows + rows
    )


# What the warehouse says ---------------------------------------------------------------------------------------------


@cache
def _query(table: Table, *, is_dated: bool) -> str:
    text = (resources.sql() / "export" / f"{table}.sql").read_text(encoding="utf-8")
    return re.sub(r"\{(\S+)\}", r"\1 = %(day)s" if is_dated else r"\1 IS NULL", text)


def _days(engine: sa.Engine, since: date | None, until: date | None) -> list[date | None]:
    """Return the days of which there are articles, and None where some are undated and no day was asked for."""
    with faults(), engine.connect() as connection:
        days: list[date | None] = list(
            connection.scalars(
                sa.text(
                    """
                    SELECT DISTINCT published_on FROM core.article_day
                    WHERE published_on BETWEEN coalesce(:since, date '-infinity') AND coalesce(:until, date 'infinity')
                    ORDER BY published_on
                    """
                ),
                {"since": since, "until": until},
            )
        )
        if since is None and until is None:
            undated = connection.scalar(
                sa.text("SELECT EXISTS (SELECT FROM core.article_day WHERE published_on IS NULL)")
            )
            days += [None] if undated else []
    return days


def _digest(connection: sa.Connection, table: Table, day: date | None) -> tuple[int, str]:
    """Return how many rows a partition has and a digest of them."""
    query = _query(table, is_dated=day is not None)
    cursor = connection.connection.cursor()
    # Twice 64 bits, from hashes that are added up: the rows need not be sorted, nor held.
    cursor.execute(
        "SELECT count(*), coalesce(sum(hashtextextended(r::text, 0)::numeric), 0),"
        f" coalesce(sum(hashtextextended(r::text, 1)::numeric), 0) FROM ({query}) AS r",
        {"day": day},
    )
    count, one, other = cursor.fetchone() or (0, 0, 0)
    return count, f"{_LAYOUT}:{count}:{one}:{other}"


def _stream(connection: sa.Connection, table: Table, day: date | None) -> Iterator[tuple[list[Any], list[tuple[Any]]]]:
    """Yield the columns' descriptions and some rows, until there are no more."""
    driver: Any = connection.connection.dbapi_connection
    with driver.cursor(name=f"export_{table}") as cursor:
        cursor.itersize = _ROWS
        cursor.execute(_query(table, is_dated=day is not None), {"day": day})
        while rows := cursor.fetchmany(_ROWS):
            yield list(cursor.description), rows


# Files ---------------------------------------------------------------------------------------------------------------


def _write_parquet(connection: sa.Connection, table: Table, day: date | None, out: Any) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    writer = None
    for columns, rows in _stream(connection, table, day):
        if writer is None:
            schema = pa.schema([pa.field(c.name, _arrow_type(c.type_code)) for c in columns])
            writer = pq.ParquetWriter(out, schema, compression="zstd")
        values = [
            pa.array([_plain(v) for v in column], type=field.type)
            for column, field in zip(zip(*rows, strict=True), schema, strict=True)
        ]
        writer.write_batch(pa.record_batch(values, schema=schema))
    if writer is not None:
        writer.close()


def _write_csv(connection: sa.Connection, table: Table, day: date | None, out: Any) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(text)
    is_first = True
    for columns, rows in _stream(connection, table, day):
        if is_first:
            writer.writerow([c.name for c in columns])
            is_first = False
        writer.writerows([["|".join(map(str, v)) if isinstance(v, list) else v for v in row] for row in rows])
    text.flush()
    text.detach()


def _plain(value: Any) -> Any:
    """Return a value as Arrow takes it: ids as text, numbers without a scale as such."""
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value


def _arrow_type(oid: int) -> pa.DataType:
    """Return the Arrow type of a Postgres type, by its number in pg_type."""
    import pyarrow as pa

    # https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat
    return {
        16: pa.bool_(),
        20: pa.int64(),
        21: pa.int16(),
        23: pa.int32(),
        25: pa.string(),
        700: pa.float32(),
        701: pa.float64(),
        1009: pa.list_(pa.string()),
        1082: pa.date32(),
        1184: pa.timestamp("us", tz="UTC"),
        2950: pa.string(),
        2951: pa.list_(pa.string()),
    }[oid]


class _Folder:
    """The files of one table in one format, and what the manifest says of them."""

    def __init__(self, storage: Storage, target: str, table: Table, format: Format) -> None:
        self.table, self.format = table, format
        self._fs, base = storage(target)
        self._base = f"{base.rstrip('/')}/{format}/{table}"
        self._is_local = "file" in (self._fs.protocol if isinstance(self._fs.protocol, tuple) else (self._fs.protocol,))
        self._is_dirty = False
        self._manifest: dict[str, dict[str, Any]] = {}
        if self._fs.exists(self._path(_MANIFEST)):
            self._manifest = json.loads(self._fs.cat_file(self._path(_MANIFEST)))
        self._remove_other_layouts()

    def exported(self, since: date | None, until: date | None) -> set[date | None]:
        """Return the partitions in that range which an earlier export wrote."""
        days = {None if name == UNDATED else date.fromisoformat(name) for name in self._manifest}
        if since is None and until is None:
            return days
        return {d for d in days if d is not None and (since or d) <= d <= (until or d)}

    def holds(self, day: date | None, digest: str) -> bool:
        """Say whether the file of a day is there with just these rows."""
        entry = self._manifest.get(_name(day))
        if entry is None or entry["digest"] != digest:
            return False
        path = self._file(day)
        return bool(self._fs.exists(path) and self._fs.size(path) == entry["n_bytes"])

    def new_file(self, day: date | None, n_rows: int, digest: str) -> _NewFile:
        """Return a file to write; it takes the place of the old one when it is whole."""

        def note(n_bytes: int) -> None:
            self._manifest[_name(day)] = {"digest": digest, "n_rows": n_rows, "n_bytes": n_bytes}
            self._is_dirty = True

        return _NewFile(self._fs, self._file(day), note, is_local=self._is_local)

    def remove(self, day: date | None) -> int:
        """Remove the file of a day that has no rows any more; return how many that were."""
        if self._manifest.pop(_name(day), None) is None:
            return 0
        self._is_dirty = True
        if self._fs.exists(self._file(day)):
            self._fs.rm_file(self._file(day))
        return 1

    def _remove_other_layouts(self) -> None:
        """Remove the files that were written in another layout: readers would find every row twice."""
        others = [n for n, entry in self._manifest.items() if not entry["digest"].startswith(f"{_LAYOUT}:")]
        for name in others:
            del self._manifest[name]
        if others:
            self._is_dirty = True
            for path in self._fs.glob(self._path(f"published_on=*/{self.table}.{self.format}")):
                self._fs.rm_file(path)

    def write_manifest(self) -> None:
        if not self._is_dirty:
            return
        text = json.dumps(dict(sorted(self._manifest.items())), indent=1)
        with _NewFile(self._fs, self._path(_MANIFEST), lambda _: None, is_local=self._is_local) as out:
            out.write(text.encode())
        self._is_dirty = False

    def _path(self, name: str) -> str:
        return f"{self._base}/{name}"

    def _file(self, day: date | None) -> str:
        return self._path(f"day={_name(day)}/{self.table}.{self.format}")


def _name(day: date | None) -> str:
    return UNDATED if day is None else day.isoformat()


class _NewFile:
    """A file that appears whole: written beside and renamed in a folder; object stores show nothing unfinished."""

    def __init__(self, fs: Any, path: str, note: Callable[[int], None], *, is_local: bool) -> None:
        self._fs, self._path, self._note, self._is_local = fs, path, note, is_local
        # Its name begins with a dot, so that readers of such folders pass over it.
        folder, _, name = path.rpartition("/")
        self._folder = folder
        self._written = f"{folder}/.{name}.{uuid.uuid4().hex}" if is_local else path

    def __enter__(self) -> Any:
        if self._is_local:
            self._fs.makedirs(self._folder, exist_ok=True)
            self._tidy()
        self._out = self._fs.open(self._written, "wb")
        return self._out

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            if self._is_local:
                self._out.close()
                self._fs.rm_file(self._written)
            elif hasattr(self._out, "discard"):
                self._out.discard()
            return
        n_bytes = self._out.tell()
        self._out.close()
        if self._is_local:
            self._fs.mv(self._written, self._path)
        self._note(n_bytes)

    def _tidy(self) -> None:
        """Remove what an export that was killed has left of this file; one that is at work goes on."""
        name = self._path.rpartition("/")[2]
        for entry in self._fs.ls(self._folder, detail=True):
            is_part = entry["name"].rpartition("/")[2].startswith(f".{name}.")
            if is_part and time.time() - entry["mtime"] > _LEFT_BEHIND:
                self._fs.rm_file(entry["name"])


def tables(names: Sequence[str]) -> tuple[Table, ...]:
    """Return the tables of these names, all where none is given.

    Raises:
        SettingError: for a name that is none of them.
    """
    for name in names:
        if name not in TABLES:
            raise SettingError(f"is none of {', '.join(TABLES)}", where=name)
    return tuple(t for t in TABLES if t in names) or TABLES
