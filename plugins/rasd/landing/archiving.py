"""Files that leave the inbox: kept in an archive, and removed."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import quote

from rasd.errors import TransientError
from rasd.landing.listing import Storage, default_storage, local_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rasd.landing.model import Source

_CHUNK = 1024 * 1024


def keep(source: Source, archive: str, *, storage: Storage = default_storage) -> str:
    """Copy a file into an archive and return its address there: `ARCHIVE/2026/11/21/DIGEST-name.txt`.

    The day is that of the file's last change (UTC), the digest the first 16 digits of its content's SHA-256: copying
    it again finds it there, and another file of that name lies beside it.

    Raises:
        TransientError: if the storage does not answer.
    """
    day = datetime.fromtimestamp(source.modified, UTC).strftime("%Y/%m/%d") if source.modified else "undated"
    with _faults(source.uri):
        digest = sha256()
        with _opened(source.uri, storage) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        target = f"{archive.rstrip('/')}/{day}/{digest.hexdigest()[:16]}-{_name(source.uri)}"
        if _size(target, storage) != source.size:
            _copy(source.uri, target, storage)
    return target


def remove(uri: str, *, storage: Storage = default_storage) -> None:
    """Remove a file.

    Raises:
        TransientError: if the storage does not answer.
    """
    path = local_path(uri)
    with _faults(uri):
        if path is not None:
            Path(path).unlink()
        else:
            fs, where = storage(uri)
            fs.rm_file(where)


def _name(uri: str) -> str:
    """Return a file's own name, percent-encoded where it is not Unicode."""
    name = uri.rstrip("/").rsplit("/", 1)[-1]
    try:
        name.encode()
    except UnicodeEncodeError:
        return quote(os.fsencode(name))
    return name


@contextmanager
def _opened(uri: str, storage: Storage) -> Iterator[IO[bytes]]:
    path = local_path(uri)
    if path is not None:
        with Path(path).open("rb") as file:
            yield file
    else:
        fs, where = storage(uri)
        with fs.open(where, "rb") as remote:
            yield cast("IO[bytes]", remote)


def _size(uri: str, storage: Storage) -> int | None:
    """Return a file's size, None where there is none."""
    path = local_path(uri)
    if path is not None:
        return Path(path).stat().st_size if Path(path).exists() else None
    fs, where = storage(uri)
    try:
        return int(fs.info(where, refresh=True)["size"])
    except FileNotFoundError:
        return None


def _copy(uri: str, target: str, storage: Storage) -> None:
    """Copy a file so that it is there whole or not at all."""
    path = local_path(target)
    if path is not None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        partial = Path(f"{path}.{os.getpid()}.partial")
        with _opened(uri, storage) as source, partial.open("wb") as file:
            _pour(source, file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    else:
        fs, where = storage(target)
        # An object appears when its writing is finished; without `with`, a fault leaves none.
        with _opened(uri, storage) as source, fs.open(where, "wb") as remote:
            _pour(source, remote)


def _pour(source: IO[bytes], target: Any) -> None:
    while chunk := source.read(_CHUNK):
        target.write(chunk)


@contextmanager
def _faults(uri: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TransientError(f"it cannot be archived or removed now: {error}", where=uri) from error
