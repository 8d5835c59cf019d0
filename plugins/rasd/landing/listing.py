"""The files of an inbox: one file, a folder with all below it, a glob, or an address that fsspec understands."""

# Names that are no Unicode and folders of a million files: plain strings and the functions of os.
# ruff: noqa: PTH100, PTH111, PTH114, PTH116, PTH118, PTH208

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote, unquote_to_bytes, urlsplit

from rasd.errors import SettingError, TransientError
from rasd.landing.formats import format_of, not_a_page
from rasd.landing.model import Refused, Skipped, Source
from rasd.landing.reasons import refused, skipped

# From an address to an fsspec file system and the path in it. A caller that keeps its credentials elsewhere
# (Airflow's connections) brings its own.
Storage = Callable[[str], tuple[Any, str]]

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(::[A-Za-z][A-Za-z0-9+.-]*)*://")
_MAGIC = re.compile(r"[*?\[]")


def default_storage(uri: str) -> tuple[Any, str]:
    """Return fsspec's file system for an address, configured by its own files and environment variables."""
    import fsspec.core  # type: ignore[import-untyped]

    fs, path = fsspec.core.url_to_fs(uri)
    return fs, str(path)


def local_path(uri: str) -> str | None:
    """Return the path that a plain path or `file://` address means on this machine, None for other addresses."""
    if not _ADDRESS.match(uri):
        return uri
    for scheme in ("file://", "local://"):
        if uri.startswith(scheme):
            literal = uri.removeprefix(scheme)
            return literal if os.path.lexists(literal) else os.fsdecode(unquote_to_bytes(literal))
    return None


def _uri_of(path: str) -> str:
    """Return the path itself, or a percent-encoded address where its name is not Unicode."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "file://" + quote(os.fsencode(path))
    return path


class _Entry(NamedTuple):
    """What stands in a folder. `kind` other than file and folder is a word of `REASONS`."""

    kind: str
    uri: str
    path: str
    size: int | None = None
    modified: float | None = None
    identity: tuple[int, int] | None = None


class _Tree(Protocol):
    def look(self, uri: str, path: str) -> _Entry: ...

    def children(self, folder: _Entry) -> Iterator[tuple[str, Callable[[], _Entry]]]: ...


class _LocalTree:
    def look(self, uri: str, path: str) -> _Entry:
        try:
            found = os.stat(path)
        except FileNotFoundError:
            return _Entry("broken_link" if os.path.islink(path) else "vanished", uri, path)
        except PermissionError:
            return _Entry("no_permission", uri, path)
        except OSError as e:
            if e.errno == errno.ELOOP:
                return _Entry("symlink_loop", uri, path)
            raise
        if stat.S_ISDIR(found.st_mode):
            return _Entry("folder", uri, path, identity=(found.st_dev, found.st_ino))
        if not stat.S_ISREG(found.st_mode):
            return _Entry("not_a_file", uri, path)
        return _Entry("file", uri, path, found.st_size, found.st_mtime)

    def children(self, folder: _Entry) -> Iterator[tuple[str, Callable[[], _Entry]]]:
        for name in sorted(os.listdir(folder.path)):
            path = os.path.join(folder.path, name)
            yield name, lambda path=path: self.look(_uri_of(path), path)  # type: ignore[misc]


class _RemoteTree:
    def __init__(self, fs: Any) -> None:
        self.fs = fs

    def look(self, uri: str, path: str) -> _Entry:
        return self._entry(uri, self.fs.info(path))

    def children(self, folder: _Entry) -> Iterator[tuple[str, Callable[[], _Entry]]]:
        found = {}
        for info in self.fs.ls(folder.path, detail=True):
            path = info["name"].rstrip("/")
            if path != folder.path.rstrip("/"):  # Object stores list a folder's own marker too.
                found[path.rsplit("/", 1)[-1]] = info
        for name in sorted(found):
            uri = f"{folder.uri.rstrip('/')}/{name}"
            yield name, lambda uri=uri, name=name: self._entry(uri, found[name])  # type: ignore[misc]

    @staticmethod
    def _entry(uri: str, info: dict[str, Any]) -> _Entry:
        if info["type"] == "directory":
            return _Entry("folder", uri, info["name"])
        if info["type"] not in ("file", "link"):
            return _Entry("not_a_file", uri, info["name"])
        # File systems have no common word for the time of the last change.
        known = (info.get(k) for k in ("LastModified", "last_modified", "mtime", "updated", "modified", "created"))
        modified = next((m for m in known if m is not None), None)
        if isinstance(modified, datetime):
            modified = modified.timestamp()
        elif not isinstance(modified, int | float):
            modified = None
        return _Entry("file", uri, info["name"], info.get("size"), modified)


class _Pattern:
    """A glob's parts below its fixed folder, matched one name at a time.

    A state is an index into the parts: how many of them the path so far has used. `**` stands for any number of
    folders. A path that used all parts is matched, with everything below it; without parts that is all there is.
    """

    def __init__(self, parts: tuple[str, ...]) -> None:
        self.parts = parts
        self.start = self._reach({0})

    def _reach(self, states: set[int]) -> frozenset[int]:
        for i in range(len(self.parts)):
            if i in states and self.parts[i] == "**":
                states.add(i + 1)
        return frozenset(states)

    def step(self, states: frozenset[int], name: str) -> frozenset[int]:
        after: set[int] = set()
        for i in states:
            if i == len(self.parts) or self.parts[i] == "**":
                after.add(i)
            elif fnmatchcase(name, self.parts[i]):
                after.add(i + 1)
        return self._reach(after)

    def matches(self, states: frozenset[int]) -> bool:
        return len(self.parts) in states


def list_sources(
    inbox: str | os.PathLike[str],
    *,
    settle_seconds: float,
    storage: Storage = default_storage,
    now: float | None = None,
) -> Iterator[Source | Refused | Skipped]:
    """List the files of an inbox, sorted by path, one at a time: the names of one folder are held, never all.

    Args:
        inbox: a file, a folder (with all below it), a glob (`*`, `?`, `[…]`, `**`), or the same as an address that
            fsspec understands (`s3://bucket/press/**/*.gz`, `sftp://`, `memory://`, `file://`).
        settle_seconds: a file modified less than this ago may still be being written and is passed over as
            `still_written`.
        storage: gives the file system of an address that is not local.
        now: POSIX seconds that count as now; the clock where None.

    Yields:
        A `Source` for every file that can be opened; `Refused` for what should have been a page and cannot be read;
        `Skipped` for what is no page.

    Raises:
        SettingError: if the inbox does not exist, or its address cannot be used.
        TransientError: if the storage does not answer.
    """
    text = os.path.expanduser(os.fspath(inbox))
    path = local_path(text)
    if path is not None:
        path = os.path.abspath(path)
        tree: _Tree = _LocalTree()
        root, parts = _split_glob(path, os.path.lexists)
        uri = _uri_of(root)
        where = root
    else:
        if urlsplit(text).password:
            raise SettingError(
                "a password in an address would be stored with every page",
                where=text.split("@")[-1],
                do="Leave it out of the address, and give it to fsspec (FSSPEC_SFTP_PASSWORD=… or ~/.config/fsspec).",
            )
        fs, where, parts = _remote(text, storage)
        tree = _RemoteTree(fs)
        uri = root = text if not parts else text[: _MAGIC.search(text).start()].rsplit("/", 1)[0]  # type: ignore[union-attr]
    try:
        first = tree.look(uri, where)
    except FileNotFoundError:
        first = _Entry("vanished", uri, where)
    except OSError as e:
        raise TransientError(f"the inbox cannot be listed: {e}", where=root) from e
    if first.kind in ("vanished", "broken_link"):
        raise SettingError(
            "there is no such inbox, folder or file", where=root, do="Name a folder, a file, a glob or an address."
        )
    if first.kind != "folder":
        return iter([_told(first, time.time() if now is None else now, settle_seconds, named=True)])
    return _walk(tree, first, _Pattern(parts), settle_seconds, now)


def _split_glob(text: str, exists: Callable[[str], bool]) -> tuple[str, tuple[str, ...]]:
    """Split a glob into its fixed folder and its parts; a name that exists as it is written is no glob."""
    magic = _MAGIC.search(text)
    if magic is None or exists(text):
        return text, ()
    root = text[: magic.start()].rsplit("/", 1)[0]
    return root or "/", tuple(p for p in text[len(root) :].split("/") if p)


def _remote(uri: str, storage: Storage) -> tuple[Any, str, tuple[str, ...]]:
    scheme = uri.split(":", 1)[0]
    try:
        fs, path = storage(uri)
        fs.invalidate_cache()  # A worker lives long; what it listed an hour ago is not what is there.
        root, parts = _split_glob(path, fs.exists)
    except (ImportError, ValueError) as e:
        raise SettingError(
            f"addresses of the kind {scheme}:// cannot be opened: {e}",
            where=uri,
            do="Install the file system's package for fsspec (s3fs, gcsfs, adlfs, paramiko, …).",
        ) from e
    except OSError as e:
        raise TransientError(f"the storage does not answer: {e}", where=uri) from e
    return fs, root, parts


def _walk(
    tree: _Tree, root: _Entry, pattern: _Pattern, settle_seconds: float, now: float | None
) -> Iterator[Source | Refused | Skipped]:
    """Walk a folder in sorted order with a stack of our own: folders may lie deeper than Python may recurse."""
    visited = {root.identity}
    open_folders = [(root, pattern.start, _children(tree, root))]
    while open_folders:
        _, states, children = open_folders[-1]
        found = next(children, None)
        if found is None:
            open_folders.pop()
            continue
        if isinstance(found, Refused):
            yield found
            continue
        name, look = found
        after = pattern.step(states, name)
        if not after:
            continue
        if reason := not_a_page(name):
            if pattern.matches(after):
                yield skipped(reason, look().uri)
            continue
        entry = look()
        if entry.kind != "folder":
            if pattern.matches(after):
                yield _told(entry, time.time() if now is None else now, settle_seconds)
        elif entry.identity is not None and entry.identity in visited:
            above = any(f.identity == entry.identity for f, _, _ in open_folders)
            yield skipped("symlink_loop" if above else "listed_already", entry.uri)
        else:
            visited.add(entry.identity)
            open_folders.append((entry, after, _children(tree, entry)))


def _children(tree: _Tree, folder: _Entry) -> Iterator[tuple[str, Callable[[], _Entry]] | Refused]:
    """List a folder; one that cannot be read is refused, and the others go on."""
    try:
        yield from tree.children(folder)
    except PermissionError:
        yield refused("no_permission", folder.uri)
    except (FileNotFoundError, NotADirectoryError):
        yield refused("vanished", folder.uri)
    except OSError as e:
        raise TransientError(f"the folder cannot be listed: {e}", where=folder.uri) from e


def _told(entry: _Entry, now: float, settle_seconds: float, *, named: bool = False) -> Source | Refused | Skipped:
    """Say what becomes of a file. One that the user `named` is opened whatever its ending."""
    if entry.kind in ("symlink_loop", "not_a_file", "vanished"):
        return skipped(entry.kind, entry.uri)
    if entry.kind != "file":
        return refused(entry.kind, entry.uri)
    # A clock that is a little ahead (a network share's) is as near to now as one that is behind.
    if entry.modified is not None and abs(now - entry.modified) < settle_seconds:
        return skipped("still_written", entry.uri)
    if not named and format_of(entry.uri) is None:
        return refused("unsupported_type", entry.uri)
    return Source(entry.uri, entry.size, entry.modified)
