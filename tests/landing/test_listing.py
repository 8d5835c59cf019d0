# Names that are no Unicode, and folders deeper than a path may be long.
# ruff: noqa: PTH102, PTH109, PTH118, PTH123

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec  # type: ignore[import-untyped]
import pytest

from rasd.errors import SettingError, TransientError
from rasd.landing.containers import open_pages
from rasd.landing.listing import list_sources
from rasd.landing.model import LandedPage, Refused, Skipped, Source


def write(root: Path, *names: str, content: bytes = b"x", modified: float = 1000) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (modified, modified))


def told(inbox: object, **settings: Any) -> list[tuple[str, str]]:
    """List as (last part of the address, what became of it)."""
    settings = {"settle_seconds": 10, "now": 100_000.0, **settings}
    return [
        (Path(r.uri).name, "source" if isinstance(r, Source) else r.reason)
        for r in list_sources(str(inbox), **settings)
    ]


def sources(inbox: object, root: Path | str, **settings: Any) -> list[str]:
    settings = {"settle_seconds": 10, "now": 100_000.0, **settings}
    return [r.uri.removeprefix(f"{root}/") for r in list_sources(str(inbox), **settings) if isinstance(r, Source)]


def test_a_folder_is_listed_recursively_and_sorted(tmp_path: Path) -> None:
    write(tmp_path, "b/2.txt", "b/10.html", "a.jsonl", "c/d/e/f.zip", "z.tar.gz", "ا.txt", "no_ending")
    expected = ["a.jsonl", "b/10.html", "b/2.txt", "c/d/e/f.zip", "no_ending", "z.tar.gz", "ا.txt"]
    assert sources(tmp_path, tmp_path) == expected
    assert sources(f"file://{tmp_path}", tmp_path) == expected


def test_a_source_carries_size_and_time(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", content=b"12345", modified=1234.5)
    assert list(list_sources(tmp_path, settle_seconds=1)) == [Source(f"{tmp_path}/a.txt", 5, 1234.5)]
    assert list(list_sources(tmp_path / "a.txt", settle_seconds=1)) == [Source(f"{tmp_path}/a.txt", 5, 1234.5)]


def test_a_relative_inbox_gives_absolute_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "in/a.txt")
    monkeypatch.chdir(tmp_path)
    assert sources("in", tmp_path) == ["in/a.txt"]


@pytest.mark.parametrize(
    ("glob", "expected"),
    [
        ("*.txt", ["a.txt"]),
        ("*/*.txt", ["x/b.txt", "y/b.txt"]),
        ("**/*.txt", ["a.txt", "x/b.txt", "x/z/c.txt", "y/b.txt"]),
        ("x*", ["x/b.txt", "x/z/c.txt"]),
        ("[xy]/?.txt", ["x/b.txt", "y/b.txt"]),
        ("x/**", ["x/b.txt", "x/z/c.txt"]),
        ("**/z/*", ["x/z/c.txt"]),
        ("*.nothing", []),
    ],
)
def test_globs(tmp_path: Path, glob: str, expected: list[str]) -> None:
    write(tmp_path, "a.txt", "a.html", "x/b.txt", "x/z/c.txt", "y/b.txt")
    found = [s for s in sources(f"{tmp_path}/{glob}", tmp_path) if s.endswith(".txt")]
    assert found == expected


def test_a_name_that_looks_like_a_glob_is_a_name(tmp_path: Path) -> None:
    write(tmp_path, "what[1]?.txt", "what1x.txt")
    assert sources(tmp_path / "what[1]?.txt", tmp_path) == ["what[1]?.txt"]


def test_a_missing_inbox_is_said_at_once(tmp_path: Path) -> None:
    for inbox in (tmp_path / "none", tmp_path / "none/*.txt", "memory://nowhere/at/all"):
        with pytest.raises(SettingError, match="no such inbox"):
            list_sources(str(inbox), settle_seconds=1)


def test_hidden_and_temporary_files_are_told(tmp_path: Path) -> None:
    write(tmp_path, ".hidden.txt", ".git/a.txt", "a.txt.part", "b.tmp", "c.txt~", "d.txt._COPYING_", "e.txt")
    assert told(tmp_path) == [
        (".git", "hidden"),
        (".hidden.txt", "hidden"),
        ("a.txt.part", "temporary"),
        ("b.tmp", "temporary"),
        ("c.txt~", "temporary"),
        ("d.txt._COPYING_", "temporary"),
        ("e.txt", "source"),
    ]


def test_an_unknown_ending_is_refused_in_a_folder_and_opened_when_named(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf")
    assert told(tmp_path) == [("a.pdf", "unsupported_type")]
    assert told(tmp_path / "a.pdf") == [("a.pdf", "source")]


def test_a_file_still_being_written_waits(tmp_path: Path) -> None:
    write(tmp_path, "growing.txt", "empty.txt", modified=99_995, content=b"")
    write(tmp_path, "ahead.txt", modified=100_003)  # The clock of a network share runs ahead.
    write(tmp_path, "old.txt", modified=99_980)
    write(tmp_path, "future.txt", modified=200_000)
    assert told(tmp_path) == [
        ("ahead.txt", "still_written"),
        ("empty.txt", "still_written"),
        ("future.txt", "source"),
        ("growing.txt", "still_written"),
        ("old.txt", "source"),
    ]
    assert all(what == "source" for _, what in told(tmp_path, settle_seconds=0))


def test_symlinks(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    write(tmp_path, "inbox/a/page.txt", "outside/far.txt")
    (inbox / "a" / "loop").symlink_to(inbox)
    (inbox / "again").symlink_to(inbox / "a")
    (inbox / "broken.txt").symlink_to(tmp_path / "nothing")
    (inbox / "file.txt").symlink_to(tmp_path / "outside" / "far.txt")
    (inbox / "far").symlink_to(tmp_path / "outside")
    (inbox / "self.txt").symlink_to(inbox / "self.txt")
    assert told(inbox) == [
        ("loop", "symlink_loop"),
        ("page.txt", "source"),
        ("again", "listed_already"),
        ("broken.txt", "broken_link"),
        ("far.txt", "source"),
        ("file.txt", "source"),
        ("self.txt", "symlink_loop"),
    ]


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert told(tmp_path) == [("pipe.txt", "not_a_file")]
    # A pipe that takes a file's place between listing and reading must not hang either.
    landed = list(open_pages(Source(str(tmp_path / "pipe.txt"), 1, 1.0)))
    assert [type(p) for p in landed] == [Skipped]


def test_a_folder_that_may_not_be_read_is_refused_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a/1.txt", "b/2.txt", "c.txt", "d.txt")
    listdir, look = os.listdir, os.stat

    def no_listing(path: str) -> list[str]:
        if path.endswith("/a"):
            raise PermissionError(path)
        return listdir(path)

    def no_stat(path: Any, **settings: Any) -> os.stat_result:
        if str(path).endswith("c.txt"):
            raise PermissionError(path)
        return look(path, **settings)

    monkeypatch.setattr(os, "listdir", no_listing)
    monkeypatch.setattr(os, "stat", no_stat)
    assert told(tmp_path) == [
        ("a", "no_permission"),
        ("2.txt", "source"),
        ("c.txt", "no_permission"),
        ("d.txt", "source"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_real_permissions(tmp_path: Path) -> None:
    write(tmp_path, "a/1.txt", "b.txt")
    (tmp_path / "a").chmod(0)
    (tmp_path / "b.txt").chmod(0)
    try:
        assert told(tmp_path) == [("a", "no_permission"), ("b.txt", "source")]
        assert [r.reason for r in open_pages(Source(str(tmp_path / "b.txt"))) if isinstance(r, Refused)] == [
            "no_permission"
        ]
    finally:
        (tmp_path / "a").chmod(0o700)


def test_files_and_folders_that_vanish_while_listing(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt", "c/d.txt", "e.txt")
    found = list_sources(tmp_path, settle_seconds=0)
    assert isinstance(next(found), Source)
    (tmp_path / "b.txt").unlink()
    assert [(Path(r.uri).name, getattr(r, "reason", "source")) for r in found] == [
        ("b.txt", "vanished"),
        ("d.txt", "source"),
        ("e.txt", "source"),
    ]


def test_deep_folders(tmp_path: Path) -> None:
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1200):  # Deeper than Python may recurse.
            os.mkdir("d")
            os.chdir("d")
        Path("page.txt").write_bytes(b"x")
        os.chdir(here)
        assert [what for _, what in told(tmp_path)] == ["source"]
    finally:
        os.chdir(here)
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # shutil.rmtree recurses.


def test_a_name_that_is_no_unicode_survives(tmp_path: Path) -> None:
    name = b"\xc7\xe1\xce\xc8\xd1 100%.txt"  # windows-1256
    with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
        file.write("خبر".encode())
    (source,) = list_sources(tmp_path, settle_seconds=0)
    assert isinstance(source, Source)
    assert source.uri.encode()  # No lone surrogate, which no database takes.
    (page,) = open_pages(source)
    assert isinstance(page, LandedPage)
    assert page.content.decode() == "خبر"


@pytest.fixture
def memory() -> Iterator[Any]:
    fs = fsspec.filesystem("memory")
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]
    yield fs
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]


def test_an_object_store(memory: Any) -> None:
    for name in ("b/2.txt", "b/.hidden", "a.txt", "c.pdf", "b/deep/x.jsonl"):
        memory.pipe(f"/bucket/{name}", "خبر".encode())
    assert told("memory://bucket", now=None, settle_seconds=0) == [
        ("a.txt", "source"),
        (".hidden", "hidden"),
        ("2.txt", "source"),
        ("x.jsonl", "source"),
        ("c.pdf", "unsupported_type"),
    ]
    assert sources("memory://bucket/**/*.txt", "memory://bucket", settle_seconds=0) == ["a.txt", "b/2.txt"]
    assert sources("memory://bucket/b", "memory://bucket", settle_seconds=0) == ["b/2.txt", "b/deep/x.jsonl"]
    (source,) = list_sources("memory://bucket/a.txt", settle_seconds=0)
    assert isinstance(source, Source)
    (page,) = open_pages(source)
    assert isinstance(page, LandedPage)
    assert (page.uri, page.content.decode()) == ("memory://bucket/a.txt", "خبر")
    memory.rm("/bucket/a.txt")
    assert [r.reason for r in open_pages(source) if isinstance(r, Refused)] == ["vanished"]


def test_a_caller_may_bring_its_own_storage(memory: Any) -> None:
    memory.pipe("/bucket/a.txt", b"x")

    def storage(uri: str) -> tuple[Any, str]:
        return memory, uri.replace("s3://my_connection@bucket", "/bucket")

    (source,) = list_sources("s3://my_connection@bucket/*.txt", settle_seconds=0, storage=storage)
    assert isinstance(source, Source)
    assert source.uri == "s3://my_connection@bucket/a.txt"
    (page,) = open_pages(source, storage=storage)
    assert isinstance(page, LandedPage)


def test_a_storage_that_does_not_answer_is_tried_again() -> None:
    def storage(uri: str) -> tuple[Any, str]:
        raise ConnectionRefusedError("no answer")

    with pytest.raises(TransientError, match="does not answer"):
        list_sources("s3://bucket", settle_seconds=0, storage=storage)
    with pytest.raises(TransientError):
        list(open_pages(Source("s3://bucket/a.txt"), storage=storage))


def test_addresses_that_cannot_be_used() -> None:
    with pytest.raises(SettingError, match="cannot be opened"):
        list_sources("nosuchscheme://x", settle_seconds=0)
    with pytest.raises(SettingError) as error:
        list_sources("sftp://user:secret@host/press", settle_seconds=0)
    assert "secret" not in str(error.value)
