"""Reading the reference data that people edit: text files with comments, most of them tables (`seeds/`).

A line that begins with `#` is a comment; blank lines mean nothing; each row of a table stands on one line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from rasd import resources
from rasd.errors import SettingError


@lru_cache(maxsize=64)
def reference(name: str) -> Path:
    """Return the path of a file of `seeds/`. It is settled once a process: tables are asked for with every line."""
    return resources.seeds() / name


def lines(path: Path) -> list[tuple[int, str]]:
    """Return number and text of the lines that say something.

    Raises:
        SettingError: for a file that cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"reference data cannot be read ({error})", where=str(path), do="Restore it.") from error
    return [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]


def rows(path: Path, fields: tuple[str, ...] | None = None) -> Iterator[dict[str, str]]:
    """Yield the rows of a table, whose first line names its fields; see `numbered_rows`."""
    return (row for _, row in numbered_rows(path, fields))


def numbered_rows(path: Path, fields: tuple[str, ...] | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table, whose first line names its fields, each with the number of its line.

    Args:
        path: the file.
        fields: the fields that it must have; no field of a row may be empty then.

    Raises:
        SettingError: for a file that cannot be read, another first line, or a row with too few or too many fields.
    """
    numbered = lines(path)
    header = tuple(next(csv.reader([numbered[0][1]]))) if numbered else ()
    if not header or (fields is not None and header != fields):
        raise SettingError(f"the first line is not {','.join(fields or ('its fields',))}", where=str(path))
    for n, line in numbered[1:]:
        values = next(csv.reader([line]))
        if len(values) != len(header) or (fields is not None and not all(values)):
            raise SettingError(
                f"a row needs {len(header)} fields: {','.join(header)}",
                where=f"{path}, line {n}",
                do="Put a field into quotation marks if it holds a comma.",
            )
        yield n, dict(zip(header, values, strict=True))
