from __future__ import annotations

import errno
import gzip
import hashlib
import io
import json
import os
import random
import struct
import tarfile
import tempfile
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from landing_helpers import Land, pages, reasons, refusal

from rasd.errors import TransientError
from rasd.landing.containers import open_pages
from rasd.landing.model import LandedPage, Limits, Refused, Skipped, Source
from rasd.landing.reasons import REASONS
from rasd.landing.streams import lines

TEXT = "أعلنت وزارة الثقافة افتتاح المكتبة يوم الأحد.\n".encode()
SMALL = Limits(page_bytes=1000, line_bytes=1000, container_bytes=10_000, expanded_bytes=100_000, ratio=50, members=20)


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def tarred(*members: tuple[str, bytes] | tarfile.TarInfo, mode: Any = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
                continue
            info = tarfile.TarInfo(member[0])
            info.size = len(member[1])
            archive.addfile(info, io.BytesIO(member[1]))
    return buffer.getvalue()


def noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


def test_a_page_is_its_bytes(land: Land) -> None:
    for name, media_type in (
        ("a.txt", "text"),
        ("a.HTML", "html"),
        ("a.htm", "html"),
        ("a", "text"),
        ("a.json", "record"),
    ):
        content = b'{"text": "x"}\n' if name == "a.json" else b"\xff\x00anything" + TEXT
        (page,) = land(name, content)
        assert isinstance(page, LandedPage)
        assert (page.member, page.content, page.media_type) == (None, content, media_type)
        assert page.sha256 == hashlib.sha256(content).digest()


def test_gzipped_pages_are_the_same_pages(land: Land) -> None:
    assert pages(land("a.txt.gz", gzip.compress(TEXT))) == [(None, TEXT)]
    assert pages(land("a.html.gz", gzip.compress(TEXT) + gzip.compress(TEXT) + b"\0" * 100)) == [(None, TEXT + TEXT)]
    assert pages(land("a.jsonl.gz", gzip.compress(b"{}\n{}"))) == [("#1", b"{}"), ("#2", b"{}")]
    assert pages(land("empty.txt.gz", gzip.compress(b""))) == [(None, b"")]


def test_records_are_lines_as_delivered(land: Land) -> None:
    content = b'\xef\xbb\xbf{"a": 1}\r\n\n  \n[1]\nnot json\n {"b":  2}'
    assert pages(land("a.jsonl", content)) == [
        ("#1", b'\xef\xbb\xbf{"a": 1}'),
        ("#4", b"[1]"),
        ("#5", b"not json"),
        ("#6", b' {"b":  2}'),
    ]
    for line in pages(land("a.ndjson", content)):
        assert line[1] in content


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_records_in_utf_16(land: Land, codec: str) -> None:
    # U+0A0A and U+0A00 hold the bytes of a line end without being one.
    content = '\ufeff{"text": "خبر \u0a0a\u0a00"}\r\n{"text": "ثان"}\n'.encode(codec)
    found = [p.decode(codec) for _, p in pages(land("a.jsonl", content))]
    assert found == ['\ufeff{"text": "خبر \u0a0a\u0a00"}', '{"text": "ثان"}']


@given(st.lists(st.binary(max_size=30).filter(lambda b: b"\n" not in b)), st.integers(1, 40), st.booleans())
def test_lines_give_back_every_byte(parts: list[bytes], step: int, utf16: bool) -> None:
    """Whatever the pieces a stream comes in, the lines are those of the whole."""

    class Pieces(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(step)

    content = b"\n".join(parts)
    if utf16:
        text = content.decode("latin-1")
        found = list(lines(Pieces(b"\xff\xfe" + text.encode("utf-16-le")), 10**6))
        expected = ("\ufeff" + text).encode("utf-16-le").decode("utf-16-le").split("\n")
        assert [(f or b"").decode("utf-16-le") for f in found] == [
            e.removesuffix("\r") for e in (expected[:-1] if expected[-1] == "" else expected)
        ]
    else:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return
        expected_lines = content.split(b"\n")
        found = list(lines(Pieces(content), 10**6))
        assert found == [
            e.removesuffix(b"\r") for e in (expected_lines[:-1] if not expected_lines[-1] else expected_lines)
        ]


def test_json_files_that_hold_many(land: Land) -> None:
    one, two = '{"title": "أول", "n": 1.50}', '{\n  "title": "ثان"\n}'
    many = f"\ufeff[ {one} ,\n{two}]\n".encode()
    assert pages(land("list.json", many)) == [("#1", one.encode()), ("#2", two.encode())]
    fundus = f'{{"Al Dafaf": [{one}], "The Bank": [{two}, {one}]}}'.encode()
    assert [p for _, p in pages(land("fundus.json", fundus))] == [one.encode(), two.encode(), one.encode()]
    for single in (one.encode(), b'{"images": [{"a": 1}], "text": "x"}', b"[1, 2", b'{"a": [', b"5", b"", b"[" * 10**5):
        assert pages(land("one.json", single)) == [(None, single)]
    assert refusal(land("none.json", b"[]")).reason == "empty"


def test_archives(land: Land) -> None:
    members = (
        ("a/1.txt", TEXT),
        ("a/", b""),
        ("./b.html", TEXT),
        ("c/d.jsonl", b"{}\n{}\n"),
        ("e.txt.gz", gzip.compress(TEXT)),
    )
    expected = [("a/1.txt", TEXT), ("b.html", TEXT), ("c/d.jsonl#1", b"{}"), ("c/d.jsonl#2", b"{}"), ("e.txt.gz", TEXT)]
    files = tuple(m for m in members if m[0] != "a/")
    assert pages(land("a.zip", zipped(*members))) == expected
    assert pages(land("stored.zip", zipped(*members, method=zipfile.ZIP_STORED))) == expected
    for name, mode in (("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tgz", "w:gz")):
        assert pages(land(name, tarred(*files, mode=mode))) == expected
        assert reasons(land(name, tarred(*files, mode=mode))) == []


def test_archives_inside_archives(land: Land) -> None:
    inner = zipped(("x.txt", TEXT), ("y.jsonl", b"{}"))
    expected = [("in.zip!/x.txt", TEXT), ("in.zip!/y.jsonl#1", b"{}")]
    assert pages(land("a.zip", zipped(("in.zip", inner)))) == expected
    assert pages(land("a.tgz", tarred(("in.zip", inner), mode="w:gz"))) == expected
    assert pages(land("b.zip", zipped(("in.tar.gz", tarred(("x.txt", TEXT), mode="w:gz"))))) == [
        ("in.tar.gz!/x.txt", TEXT)
    ]
    deep = land("c.zip", zipped(("two.zip", zipped(("three.zip", inner), ("ok.txt", TEXT)))))
    assert pages(deep) == [("two.zip!/ok.txt", TEXT)]
    assert reasons(deep) == [("two.zip!/three.zip", "too_deep")]


def test_members_that_are_no_pages_are_told(land: Land) -> None:
    names = ("__MACOSX/._a.txt", ".DS_Store", "a.txt~", "photo.jpg", "page.txt")
    for name, archive in (
        ("a.zip", zipped(*((n, TEXT) for n in names))),
        ("a.tar", tarred(*((n, TEXT) for n in names))),
    ):
        landed = land(name, archive)
        assert pages(landed) == [("page.txt", TEXT)]
        assert reasons(landed) == [
            ("__MACOSX/._a.txt", "hidden"),
            (".DS_Store", "hidden"),
            ("a.txt~", "temporary"),
            ("photo.jpg", "unsupported_type"),
        ]


@pytest.mark.parametrize("name", ["../up.txt", "/etc/page.txt", "a/../../b.txt", "C:\\page.txt", "..\\up.txt"])
def test_paths_that_climb_out(land: Land, name: str) -> None:
    for kind, archive in (
        ("a.zip", zipped((name, TEXT), ("ok.txt", TEXT))),
        ("a.tar", tarred((name, TEXT), ("ok.txt", TEXT))),
    ):
        landed = land(kind, archive)
        assert pages(landed) == [("ok.txt", TEXT)]
        assert [r for _, r in reasons(landed)] == ["unsafe_path"]


def test_links_and_devices_in_archives(land: Land) -> None:
    members = []
    for name, kind in (
        ("s.txt", tarfile.SYMTYPE),
        ("h.txt", tarfile.LNKTYPE),
        ("d.txt", tarfile.CHRTYPE),
        ("p.txt", tarfile.FIFOTYPE),
    ):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        members.append(info)
    landed = land("a.tar", tarred(*members, ("ok.txt", TEXT)))
    assert pages(landed) == [("ok.txt", TEXT)]
    assert [r for _, r in reasons(landed)] == ["link_member", "link_member", "not_a_file", "not_a_file"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("s.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert refusal(land("a.zip", buffer.getvalue())).reason == "link_member"


def test_a_truncated_gzip_keeps_the_records_before_the_cut(land: Land) -> None:
    records = [json.dumps({"n": i, "text": noise(40).hex()}).encode() for i in range(5000)]
    packed = gzip.compress(b"\n".join(records))
    landed = land("a.jsonl.gz", packed[: len(packed) // 2])
    found = [content for _, content in pages(landed)]
    assert 1000 < len(found) < 4000
    assert found == records[: len(found)]
    assert reasons(landed) == [(None, "truncated")]
    # A page that is cut is no page: only whole ones are kept.
    assert refusal(land("a.txt.gz", gzip.compress(TEXT)[:-9])).reason == "truncated"
    assert refusal(land("b.txt.gz", gzip.compress(TEXT)[:5])).reason == "truncated"


def test_a_damaged_gzip(land: Land) -> None:
    packed = bytearray(gzip.compress(noise(5000).hex().encode()))
    packed[2000] ^= 255
    assert refusal(land("a.txt.gz", bytes(packed))).reason == "damaged"
    assert refusal(land("b.txt.gz", b"this is no gzip")).reason == "damaged"
    assert refusal(land("c.txt.gz", gzip.compress(TEXT) + b"garbage")).reason == "damaged"


def test_a_zip_whose_directory_leads_outside_of_it_is_damaged(land: Land) -> None:
    whole = bytearray(zipped(("a.txt", TEXT)))
    end = whole.rindex(b"PK\5\6")
    start = int.from_bytes(whole[end + 16 : end + 20], "little")
    whole[end + 16 : end + 20] = (start + 1000).to_bytes(4, "little")
    assert [page.reason for page in land("a.zip", bytes(whole))] == ["damaged"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_truncated_zip_keeps_the_members_before_the_cut(land: Land, method: int) -> None:
    members = [(f"{i}.txt", f"خبر {i} ".encode() + noise(500).hex().encode()) for i in range(20)]
    whole = zipped(*members, method=method)
    for cut in (len(whole) // 2, len(whole) - 30, 100, 31, 10):
        landed = land("a.zip", whole[:cut])
        found = pages(landed)
        assert found == members[: len(found)]
        assert [r for _, r in reasons(landed)] == ["truncated" if cut > 4 else "damaged"]
    assert len(pages(land("a.zip", whole[: len(whole) // 2]))) >= 9


def test_a_truncated_zip_written_to_a_pipe(land: Land) -> None:
    """Sizes then stand behind each member, not before it."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.content = b""

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.content += bytes(data)
            return len(data)

    pipe = Pipe()
    members = [(f"{i}.txt", f"خبر {i} ".encode() + noise(500).hex().encode()) for i in range(10)]
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    assert pages(land("a.zip", pipe.content)) == members
    landed = land("a.zip", pipe.content[: len(pipe.content) * 2 // 3])
    assert pages(landed) == members[: len(pages(landed))]
    assert len(pages(landed)) >= 5
    assert reasons(landed) == [(None, "truncated")]


def test_a_damaged_member_ends_only_itself(land: Land) -> None:
    members = [(f"{i}.txt", noise(3000).hex().encode()) for i in range(3)]
    whole = bytearray(zipped(*members))
    whole[whole.index(b"1.txt") + 1000] ^= 255
    landed = land("a.zip", bytes(whole))
    assert [m for m, _ in pages(landed)] == ["0.txt", "2.txt"]
    assert reasons(landed) == [("1.txt", "damaged")]


def test_truncated_tars(land: Land) -> None:
    members = [(f"{i}.txt", noise(700)) for i in range(10)]
    whole = tarred(*members)
    for cut in range(600, 10 * 1536, 311):
        landed = land("a.tar", whole[:cut])
        assert pages(landed) == members[: len(pages(landed))], cut
        assert len(pages(landed)) == max(0, (cut - 512 - 700) // 1536 + 1), cut
        assert {r for _, r in reasons(landed)} == {"truncated"}, cut
    packed = tarred(*members, mode="w:gz")
    landed = land("a.tar.gz", packed[: len(packed) // 2])
    assert pages(landed) == members[: len(pages(landed))]
    assert reasons(landed) == [(None, "truncated")]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.jsonl.gz"])
def test_what_is_no_archive(land: Land, name: str) -> None:
    landed = refusal(land(name, b"<html>404 Not Found</html>" * 100))
    assert landed.reason == "damaged"
    assert landed.do


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.jsonl"])
def test_a_container_with_nothing_in_it_has_an_outcome(land: Land, name: str) -> None:
    assert refusal(land(name, b"")).reason == "empty"
    for other, content in (
        ("b.zip", zipped()),
        ("b.tar", tarred()),
        ("b.tar.gz", tarred(mode="w:gz")),
        ("b.jsonl", b"\n \n"),
    ):
        assert refusal(land(other, content)).reason == "empty"


def test_encrypted_members(land: Land) -> None:
    whole = bytearray(zipped(("secret.txt", TEXT), ("open.txt", TEXT)))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(signature) + flags] |= 1
    landed = land("a.zip", bytes(whole))
    assert pages(landed) == [("open.txt", TEXT)]
    assert reasons(landed) == [("secret.txt", "encrypted")]


def test_other_methods_of_zip(land: Land) -> None:
    assert refusal(land("a.zip", zipped(("a.txt", TEXT), method=zipfile.ZIP_BZIP2))).reason == "unsupported_compression"


def test_a_zip_bomb(land: Land) -> None:
    zeros = bytes(50_000_000)
    assert refusal(land("page.zip", zipped(("a.txt", zeros)))).reason == "archive_bomb"
    assert [r for _, r in reasons(land("records.zip", zipped(("a.jsonl", zeros))))][-1] == "archive_bomb"
    assert refusal(land("a.txt.gz", gzip.compress(zeros))).reason in ("archive_bomb", "too_large")
    assert [r for _, r in reasons(land("a.jsonl.gz", gzip.compress(zeros)))][-1] == "archive_bomb"
    assert [r for _, r in reasons(land("a.tar.gz", tarred(("a.txt", zeros), mode="w:gz")))][-1] == "archive_bomb"
    nested = zipped(("in.zip", zipped(("a.jsonl", zeros))), ("after.txt", TEXT))
    landed = land("nested.zip", nested)
    assert "archive_bomb" in [r for _, r in reasons(landed)]


def test_a_bomb_that_lies_about_its_size(land: Land) -> None:
    whole = bytearray(zipped(("a.jsonl", b"a" * 50_000_000)))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", whole, whole.index(signature) + at, 100)
    assert pages(land("a.zip", bytes(whole))) == []


def test_members_that_overlap_unpack_no_more_than_allowed(land: Land) -> None:
    """Many directory entries for one member's bytes: a bomb that needs no archive inside it."""
    whole = zipped(("a.jsonl", b"{}\n" * 20_000))
    at = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    entry = whole[at:end]
    tail = bytearray(whole[end:])
    struct.pack_into("<HHI", tail, 8, 500, 500, len(entry) * 500)
    limits = Limits(page_bytes=100_000, ratio=50)
    bomb = whole[:at] + entry * 500 + bytes(tail)
    landed = land("a.zip", bomb, limits)
    assert reasons(landed)[-1][1] in ("archive_bomb", "damaged")
    assert sum(len(content) for _, content in pages(landed)) < 50 * len(bomb)


def test_limits(land: Land) -> None:
    assert refusal(land("a.txt", b"x" * 1001, SMALL)).reason == "too_large"
    assert pages(land("a.txt", b"x" * 1000, SMALL)) == [(None, b"x" * 1000)]
    assert refusal(land("a.txt.gz", gzip.compress(noise(501).hex().encode()), SMALL)).reason == "too_large"
    assert refusal(land("a.jsonl", b"{}\n" * 4000, SMALL)).reason == "too_large"
    landed = land("b.jsonl", b'{"n": 1}\n' + b"x" * 1001 + b'\n{"n": 2}', SMALL)
    assert pages(landed) == [("#1", b'{"n": 1}'), ("#3", b'{"n": 2}')]
    assert reasons(landed) == [("#2", "line_too_long")]
    many = tuple((f"{i}.txt", noise(50)) for i in range(21))
    for name, archive in (("a.zip", zipped(*many)), ("a.tgz", tarred(*many, mode="w:gz"))):
        landed = land(name, archive, replace(SMALL, ratio=500))
        assert len(pages(landed)) == 20
        assert reasons(landed) == [(None, "too_many_members")]
    landed = land("c.zip", zipped(("big.txt", noise(2000)), ("ok.txt", TEXT)), SMALL)
    assert pages(landed) == [("ok.txt", TEXT)]
    assert reasons(landed) == [("big.txt", "too_large")]


def test_a_directory_that_would_fill_memory_is_not_read(land: Land) -> None:
    whole = bytearray(zipped(("a.txt", TEXT)))
    struct.pack_into("<I", whole, whole.index(b"PK\x05\x06") + 12, 2_000_000_000)
    assert refusal(land("a.zip", bytes(whole))).reason == "too_many_members"


def test_a_tar_header_that_would_fill_memory_is_not_read(land: Land) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 5_000_000
    bomb = info.tobuf(tarfile.GNU_FORMAT) + bytes(5_000_320 - 5_000_000) + b"a" * 5_000_000 + bytes(1024)
    assert refusal(land("a.tar", bomb)).reason == "damaged"


def test_a_200_mb_file_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    tracemalloc.start()
    refused = refusal(list(open_pages(Source(str(path)))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.reason == "too_large"
    assert "209,715,200" in refused.what
    assert peak < 1_000_000


def test_a_200_mb_file_of_records_costs_one_record(tmp_path: Path) -> None:
    path = tmp_path / "huge.jsonl"
    record = b'{"text": "' + b"x" * 100_000 + b'"}\n'
    with path.open("wb") as file:
        for _ in range(2000):
            file.write(record)
    tracemalloc.start()
    count = sum(1 for _ in open_pages(Source(str(path))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2000
    assert peak < 3_000_000


def test_a_line_of_5_mb(land: Land) -> None:
    line = b'{"text": "' + "خبر ".encode() * 750_000 + b'"}'
    assert len(line) > 5_000_000
    assert pages(land("a.jsonl", b"{}\n" + line + b"\n{}")) == [("#1", b"{}"), ("#2", line), ("#3", b"{}")]
    assert pages(land("a.txt", line)) == [(None, line)]


def test_a_page_that_vanishes_between_listing_and_reading(tmp_path: Path) -> None:
    landed = refusal(list(open_pages(Source(str(tmp_path / "gone.txt"), 5, 1.0))))
    assert (landed.reason, landed.what) == ("vanished", REASONS["vanished"].what)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)

    def closed(*args: Any) -> int:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(os, "open", closed)
    assert refusal(list(open_pages(Source(str(path))))).reason == "no_permission"


def test_a_file_that_changed_since_it_was_listed_waits(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    found = path.stat()
    with path.open("ab") as file:
        file.write(TEXT)
    landed = list(open_pages(Source(str(path), found.st_size, found.st_mtime)))
    assert [type(p) for p in landed] == [Skipped]
    assert reasons(landed) == [(None, "still_written")]


def test_a_full_disk_is_a_fault_that_passes(land: Land, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any, **settings: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with pytest.raises(TransientError, match="No space left"):
        land("a.zip", zipped(("in.zip", zipped(("x.txt", TEXT)))))


def test_names_that_no_database_takes(land: Land) -> None:
    landed = land("a.tar", tarred(("\udcc7\udce1.txt", TEXT)))
    assert pages(landed) == [("\\xc7\\xe1.txt", TEXT)]


@given(
    st.binary(max_size=300),
    st.sampled_from(["a.zip", "a.tar", "a.tar.gz", "a.txt.gz", "a.jsonl", "a.json", "a.jsonl.gz"]),
)
def test_any_bytes_end_in_pages_or_refusals(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        landed = list(open_pages(Source(str(path))))
    assert landed
    assert all(isinstance(p, LandedPage | Refused | Skipped) for p in landed)


@given(st.data(), st.sampled_from(["a.zip", "a.tar", "a.tar.gz", "a.jsonl.gz"]))
def test_spoilt_archives_end_in_pages_or_refusals(data: st.DataObject, name: str) -> None:
    members = (("a.txt", TEXT), ("b.jsonl", b'{"a": 1}\n' * 20), ("c.zip", zipped(("d.txt", TEXT))))
    whole = bytearray(
        {
            "a.zip": lambda: zipped(*members),
            "a.tar": lambda: tarred(*members),
            "a.tar.gz": lambda: tarred(*members, mode="w:gz"),
            "a.jsonl.gz": lambda: gzip.compress(members[1][1]),
        }[name]()
    )
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(whole[: cut or None])
        landed = list(open_pages(Source(str(path))))
    for p in landed:
        assert isinstance(p, LandedPage) or p.reason in REASONS
