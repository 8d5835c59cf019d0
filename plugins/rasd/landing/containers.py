"""The pages in a delivered file: itself, its records, or the members of an archive, read piece by piece."""

from __future__ import annotations

import errno
import os
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from typing import IO, Any, cast

from rasd.errors import TransientError
from rasd.landing.formats import Format, format_of, member_parts, not_a_page
from rasd.landing.listing import Storage, default_storage, local_path
from rasd.landing.model import DEFAULT_LIMITS, LandedPage, Limits, MediaType, Refused, Skipped, Source
from rasd.landing.reasons import refused, skipped
from rasd.landing.records import split_export
from rasd.landing.streams import CHUNK, Budget, Gunzip, Member, Readable, Refusal, lines, whole

Landed = LandedPage | Refused | Skipped

_TEXT = Format("text", False)
# A header that asks for more (a name of megabytes) is an attack on memory: tarfile reads it whole.
_TAR_HEADER_BYTES = 1024 * 1024
_TAR_HEADERS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_ENCRYPTED = 0x1
_SIZES_FOLLOW = 0x8


def open_pages(
    source: Source, limits: Limits = DEFAULT_LIMITS, *, storage: Storage = default_storage
) -> Iterator[Landed]:
    """Read the pages of a delivered file one after another, holding one at a time.

    What is wrong with a member ends that member; what is wrong with the file ends it, and the pages before are kept.
    Nothing is ever unpacked under a member's name, and nothing is changed in the inbox.

    Args:
        source: as `list_sources` gave it. A local file that changed since is passed over as `still_written`.
        limits: how much the file may ask for.
        storage: gives the file system of an address that is not local.

    Yields:
        Every page in the order of the file; `Refused` and `Skipped` where something is no page.

    Raises:
        TransientError: if reading failed for a reason that may pass (connection lost, no space for an inner archive).
    """
    form = format_of(source.uri) or _TEXT
    largest = limits.page_bytes if form.is_page else limits.container_bytes
    try:
        with closing(_open(source, storage)) as file:
            size = _size(file, source)
            if _changed(file, source):
                yield skipped("still_written", source.uri)
                return
            if size is not None and size > largest:
                yield refused("too_large", source.uri, detail=f"{size:,} bytes, the limit is {largest:,}")
                return
            reader = _Reader(source.uri, limits, Budget(limits, size if size is not None else largest))
            pages = reader.pages(file, form, None, 0)
            if form.is_page:
                landed = list(pages)  # One page, and all of it read: only now is it certain that it stood still.
                yield from [skipped("still_written", source.uri)] if _changed(file, source) else landed
            else:
                yield from pages
    except Refusal as r:
        yield refused(r.reason, source.uri, r.member, r.detail)
    except (FileNotFoundError, NotADirectoryError):
        yield refused("vanished", source.uri)
    except PermissionError:
        yield refused("no_permission", source.uri)
    except IsADirectoryError:
        yield skipped("not_a_file", source.uri)
    except (OSError, EOFError) as e:
        raise TransientError(f"the file cannot be read: {e}", where=source.uri) from e


def _open(source: Source, storage: Storage) -> IO[bytes]:
    path = local_path(source.uri)
    if path is None:
        fs, where = storage(source.uri)
        return cast(IO[bytes], fs.open(where, "rb"))
    # Without O_NONBLOCK a pipe put in the file's place would make us wait for ever.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise IsADirectoryError(path)
    return os.fdopen(descriptor, "rb")


def _size(file: IO[bytes], source: Source) -> int | None:
    if local_path(source.uri) is not None:
        return os.fstat(file.fileno()).st_size
    size = getattr(file, "size", None)
    return size if isinstance(size, int) else source.size


def _changed(file: IO[bytes], source: Source) -> bool:
    """Whether a local file is not what was listed (a listing kept in a database knows microseconds)."""
    if local_path(source.uri) is None or source.modified is None:
        return False
    now = os.fstat(file.fileno())
    return abs(now.st_mtime - source.modified) > 1e-5 or now.st_size != source.size


class _Reader:
    """Reads one delivered file; `member` names where in it we are, `depth` counts the archives around."""

    def __init__(self, uri: str, limits: Limits, budget: Budget) -> None:
        self.uri, self.limits, self.budget = uri, limits, budget

    def pages(self, stream: Readable, form: Format, member: str | None, depth: int) -> Iterator[Landed]:
        if form.gzipped:
            stream = Gunzip(stream, self.budget, member)
        match form.kind:
            case "text" | "html":
                yield self._page(whole(stream, self.limits.page_bytes, member), member, form.kind)
            case "json":
                yield from self._json(whole(stream, self.limits.page_bytes, member), member)
            case "lines":
                yield from self._records(stream, member)
            case "zip" | "tar":
                if depth == self.limits.depth:
                    raise Refusal("too_deep", member, f"{depth}")
                if form.kind == "tar":
                    yield from self._tar(stream, member, depth + 1)
                elif member is None:
                    yield from self._zip(cast(IO[bytes], stream), member, depth + 1)
                else:
                    # A zip is read from its end: one inside another archive is laid on disk first.
                    with tempfile.TemporaryFile() as spool:
                        self._spool(stream, spool, member)
                        yield from self._zip(spool, member, depth + 1)

    def _spool(self, stream: Readable, spool: IO[bytes], member: str) -> None:
        size = 0
        while data := stream.read(CHUNK):
            spool.write(data)
            size += len(data)
            if size > self.limits.container_bytes:
                raise Refusal("too_large", member, f"more than {self.limits.container_bytes:,} bytes")

    def _page(self, content: bytes, member: str | None, media_type: MediaType) -> LandedPage:
        return LandedPage(self.uri, member, content, sha256(content).digest(), media_type)

    def _json(self, content: bytes, member: str | None) -> Iterator[Landed]:
        records = split_export(content)
        if records is None:
            yield self._page(content, member, "record")
            return
        if not records:
            raise Refusal("empty", member, "no record")
        for i, record in enumerate(records, 1):
            yield self._page(record, f"{member or ''}#{i}", "record")

    def _records(self, stream: Readable, member: str | None) -> Iterator[Landed]:
        none_yet = True
        for number, line in enumerate(lines(stream, self.limits.line_bytes), 1):
            here = f"{member or ''}#{number}"
            if line is None:
                yield refused("line_too_long", self.uri, here, f"{self.limits.line_bytes:,} bytes")
            elif line.strip(b" \t\r\0\xef\xbb\xbf\xff\xfe"):
                yield self._page(line, here, "record")
            else:
                continue
            none_yet = False
        if none_yet:
            raise Refusal("empty", member, "no record")

    def _member(
        self, stream: Readable, name: str, member: str, depth: int, budget: Budget | None = None
    ) -> Iterator[Landed]:
        """Read one member; what is wrong with it alone is told, and the next one follows.

        `budget` is given where reading the member unpacks it.
        """
        form = format_of(name)
        if form is None:
            yield refused("unsupported_type", self.uri, member)
            return
        try:
            yield from self.pages(Member(stream, member, budget), form, member, depth)
        except Refusal as r:
            if r.member is None or not r.member.startswith(member):
                raise
            yield refused(r.reason, self.uri, r.member, r.detail)

    def _label(self, name: str, outer: str | None) -> tuple[str, Refused | Skipped | None]:
        """Return a member's label, and why it is not opened (None: it is)."""
        parts = member_parts(name)
        shown = name if parts is None else "/".join(parts)
        # Names that are no Unicode come with lone surrogates, which no database takes.
        shown = shown.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\0", "\\0")
        label = f"{outer}!/{shown}" if outer else shown
        if parts is None:
            return label, refused("unsafe_path", self.uri, label)
        reason = next((r for r in map(not_a_page, parts) if r), None)
        return label, skipped(reason, self.uri, label) if reason else None

    def _tar(self, stream: Readable, outer: str | None, depth: int) -> Iterator[Landed]:
        watched = _Watched(stream)
        count = 0
        try:
            with tarfile.open(fileobj=cast(Any, watched), mode="r|", tarinfo=_TarInfo, bufsize=CHUNK) as tar:
                while (info := tar.next()) is not None:
                    cast(Any, tar).members = []  # tarfile would keep every header it has seen.
                    if info.isdir():
                        continue
                    count += 1
                    self.budget.count_member()
                    label, closed = self._label(info.name, outer)
                    if closed is None and (info.issym() or info.islnk()):
                        closed = refused("link_member", self.uri, label)
                    file = None if closed or not info.isreg() else tar.extractfile(info)
                    if closed or file is None:
                        yield closed or skipped("not_a_file", self.uri, label)
                    else:
                        yield from self._member(file, info.name, label, depth)
        except (tarfile.TarError, EOFError) as e:
            if not watched.tail:
                raise Refusal("empty", outer) from None
            # What ends early before any member was seen is not a tar at all.
            raise Refusal("truncated" if watched.ended and count else "damaged", outer, str(e)) from None
        if watched.ended and watched.tail.strip(b"\0"):
            raise Refusal("truncated", outer, "the archive has no end")
        if not count:
            raise Refusal("empty", outer, "no member")

    def _zip(self, file: IO[bytes], outer: str | None, depth: int) -> Iterator[Landed]:
        directory = _zip_directory_bytes(file)
        if directory is None:
            yield from self._cut_zip(file, outer, depth)
            return
        if directory > self.limits.members * 512:  # zipfile reads it whole; an entry with a long name takes 300.
            raise Refusal("too_many_members", outer, f"a directory of {directory:,} bytes")
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as e:
            raise Refusal("damaged", outer, str(e)) from None
        except OSError as e:
            if not _leads_outside(e):
                raise
            raise Refusal("damaged", outer, "its directory leads outside of it") from None
        with archive:
            infos = [i for i in archive.infolist() if not i.is_dir()]
            if not infos:
                raise Refusal("empty", outer, "no member")
            for info in infos:
                self.budget.count_member()
                label, closed = self._label(info.filename, outer)
                closed = closed or self._closed_zip_member(info, label)
                if closed:
                    yield closed
                    continue
                try:
                    member = archive.open(info)
                except (zipfile.BadZipFile, NotImplementedError, RuntimeError, struct.error, EOFError, ValueError) as e:
                    yield refused("damaged", self.uri, label, str(e))
                    continue
                except OSError as e:
                    if not _leads_outside(e):
                        raise
                    yield refused("damaged", self.uri, label, "its directory entry leads outside of the archive")
                    continue
                with member:
                    yield from self._member(cast(Readable, member), info.filename, label, depth, self.budget)

    def _closed_zip_member(self, info: zipfile.ZipInfo, label: str) -> Refused | None:
        """Return why a member of a zip is not opened, judged by its directory entry alone."""
        if info.flag_bits & _ENCRYPTED:
            return refused("encrypted", self.uri, label)
        if stat.S_ISLNK(info.external_attr >> 16):
            return refused("link_member", self.uri, label)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return refused("unsupported_compression", self.uri, label)
        form = format_of(info.filename)
        if form and form.is_page and info.file_size > self.limits.page_bytes:
            bomb = info.file_size > self.limits.ratio * max(info.compress_size, 1)
            return refused(
                "archive_bomb" if bomb else "too_large",
                self.uri,
                label,
                f"{info.compress_size:,} bytes unpack to {info.file_size:,}",
            )
        return None

    def _cut_zip(self, file: IO[bytes], outer: str | None, depth: int) -> Iterator[Landed]:
        """Read what a zip without its directory still holds: the members from its beginning that are whole.

        Source: APPNOTE.TXT 6.3.10, 4.3.7 (local file header) and 4.3.9 (data descriptor).
        """
        file.seek(0)
        if (magic := file.read(4)) != b"PK\3\4":
            raise Refusal("damaged" if magic else "empty", outer, "not a zip")
        file.seek(0)
        count = 0
        while (header := file.read(30))[:4] == b"PK\3\4" and len(header) == 30:
            flags, method, crc, packed, name_bytes, extra_bytes = struct.unpack("<6xHH4xII4xHH", header)
            raw_name = file.read(name_bytes)
            name = raw_name.decode("utf-8" if flags & 0x800 else "cp437", "surrogateescape")
            file.seek(extra_bytes, os.SEEK_CUR)
            label, closed = self._label(name, outer)
            begin = file.tell()
            known = not flags & _SIZES_FOLLOW and packed != 0xFFFFFFFF
            if flags & _ENCRYPTED or method not in (0, 8) or (method == 0 and not known):
                break  # Where it ends is not known.
            self.budget.count_member()
            with tempfile.SpooledTemporaryFile(self.limits.page_bytes) as spool:
                end = self._unpack_cut(file, spool, method, packed if known else None)
                if end is None:
                    break
                spool.seek(0)
                if not known:  # The descriptor: an optional signature, the checksum, the sizes.
                    file.seek(end)
                    descriptor = file.read(16)
                    signed = descriptor[:4] == b"PK\x07\x08"
                    if len(descriptor) < (16 if signed else 12):
                        break
                    crc = struct.unpack_from("<I", descriptor, 4 if signed else 0)[0]
                    end += 16 if signed else 12
                if _crc32(spool) != crc:
                    break
                spool.seek(0)
                count += 1
                if closed:
                    yield closed
                elif not name.endswith("/"):
                    yield from self._member(spool, name, label, depth)
            file.seek(max(end, begin))
        raise Refusal("truncated", outer, f"the zip has no directory; {count} whole members were found")

    def _unpack_cut(self, file: IO[bytes], spool: IO[bytes], method: int, packed: int | None) -> int | None:
        """Unpack the member that begins here into `spool`; return where it ends, None if it is cut or damaged."""
        begin = file.tell()
        decoder = zlib.decompressobj(wbits=-15)
        left = packed
        while left is None or left > 0:
            data = file.read(CHUNK if left is None else min(CHUNK, left))
            if not data:
                return None
            if left is not None:
                left -= len(data)
            if method == 0:
                self.budget.spend(len(data))
                spool.write(data)
                continue
            while data and not decoder.eof:
                try:
                    out = decoder.decompress(data, CHUNK)
                except zlib.error:
                    return None
                self.budget.spend(len(out))
                spool.write(out)
                data = decoder.unconsumed_tail
            if decoder.eof:
                return file.tell() - len(decoder.unused_data) if packed is None else begin + packed
        return begin + (packed or 0) if method == 0 else None


def _crc32(file: IO[bytes]) -> int:
    crc = 0
    while data := file.read(CHUNK):
        crc = zlib.crc32(data, crc)
    return crc


def _leads_outside(error: OSError) -> bool:
    """Whether a place before the beginning of a file was asked for: the archive is wrong, and the disk is well."""
    return error.errno == errno.EINVAL


class _TarInfo(tarfile.TarInfo):
    """A header whose extension (a long name, PAX fields) is small enough to be read whole."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _TarInfo:
        info = super().frombuf(buf, encoding, errors)
        if info.type in _TAR_HEADERS and info.size > _TAR_HEADER_BYTES:
            raise Refusal("damaged", None, f"a tar header of {info.size:,} bytes")
        return info


class _Watched:
    """Remembers how a stream ended: a tar whose last block is not zero was cut between two members."""

    def __init__(self, stream: Readable) -> None:
        self._stream, self.tail, self.ended = stream, b"", False

    def read(self, size: int, /) -> bytes:
        data = self._stream.read(size)
        if data:
            self.tail = (self.tail + data[-512:])[-512:]
        else:
            self.ended = True
        return data


def _zip_directory_bytes(file: IO[bytes]) -> int | None:
    """Return the size of a zip's directory as its end record says, None for a file without an end record.

    Source: APPNOTE.TXT 6.3.10, 4.3.14 to 4.3.16.
    """
    end = file.seek(0, os.SEEK_END)
    begin = max(0, end - 22 - 65535)
    file.seek(begin)
    tail = file.read(end - begin)
    found = tail.rfind(b"PK\5\6")
    if found < 0 or len(tail) - found < 22:
        return None
    size: int = struct.unpack_from("<I", tail, found + 12)[0]
    if size != 0xFFFFFFFF:
        return size
    if found < 20 or tail[found - 20 : found - 16] != b"PK\6\7":
        return None
    file.seek(struct.unpack_from("<Q", tail, found - 12)[0])
    record = file.read(56)
    if len(record) < 56 or record[:4] != b"PK\6\6":
        return None
    return int(struct.unpack_from("<Q", record, 40)[0])
