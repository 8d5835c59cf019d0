"""Bytes read piece by piece under limits: gunzipping, lines, whole pages."""

from __future__ import annotations

import codecs
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import Protocol

from rasd.landing.model import Limits

CHUNK = 64 * 1024
# A file of a million tiny gzip members copies what is left of a piece once for each: pieces are kept small.
_GZIP_CHUNK = 8 * 1024


class Readable(Protocol):
    """What all streams here need: at most `size` bytes, none at the end."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        ...


class Refusal(Exception):
    """A stream that cannot be read (on). `reason` is a word of `REASONS`, `member` the member it concerns."""

    def __init__(self, reason: str, member: str | None, detail: str = "") -> None:
        self.reason, self.member, self.detail = reason, member, detail
        super().__init__(reason, member, detail)


class Budget:
    """What one delivered file has unpacked so far, archives inside archives included."""

    def __init__(self, limits: Limits, delivered: int) -> None:
        self.limits, self._delivered, self._spent, self._members = limits, max(delivered, 1), 0, 0

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            Refusal: of the whole delivered file, when that is too much.
        """
        self._spent += size
        if self._spent > self.limits.expanded_bytes:
            raise Refusal("too_large", None, f"it unpacks to more than {self.limits.expanded_bytes:,} bytes")
        if self._spent > self.limits.page_bytes and self._spent > self.limits.ratio * self._delivered:
            raise Refusal("archive_bomb", None, f"{self._delivered:,} bytes unpack to more than {self._spent:,}")

    def count_member(self) -> None:
        """Count a member of an archive.

        Raises:
            Refusal: of the whole delivered file, when there are too many.
        """
        self._members += 1
        if self._members > self.limits.members:
            raise Refusal("too_many_members", None, f"{self.limits.members:,}")


class Gunzip:
    """Reads a gzip stream (several members in a row are one), never unpacking more than was asked for."""

    def __init__(self, raw: Readable, budget: Budget, member: str | None) -> None:
        self._raw, self._budget, self._member = raw, budget, member
        self._decoder = zlib.decompressobj(wbits=31)
        self._waiting = b""
        self._begun = False

    def read(self, size: int, /) -> bytes:
        """Return up to `size` unpacked bytes.

        Raises:
            Refusal: if the stream is truncated, damaged or a bomb.
        """
        while True:
            if not self._waiting:
                self._waiting = self._raw.read(_GZIP_CHUNK)
                if not self._waiting:
                    if self._begun:
                        raise Refusal("truncated", self._member, "the gzip stream has no end")
                    return b""
            try:
                data = self._decoder.decompress(self._waiting, size)
            except zlib.error as e:
                raise Refusal("damaged", self._member, str(e)) from None
            self._begun = True
            self._waiting = self._decoder.unconsumed_tail
            if self._decoder.eof:
                # gzip allows members in a row, and zero bytes after the last (tapes were padded with them).
                self._waiting = self._decoder.unused_data.lstrip(b"\0")
                self._decoder = zlib.decompressobj(wbits=31)
                self._begun = False
            if data:
                self._budget.spend(len(data))
                return data


class Member:
    """An archive's member: its faults told as refusals of that member, its bytes counted where a budget is given."""

    def __init__(self, raw: Readable, member: str, budget: Budget | None) -> None:
        self._raw, self._member, self._budget = raw, member, budget

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes.

        Raises:
            Refusal: if the member is truncated, damaged or makes the archive a bomb.
        """
        try:
            data = self._raw.read(size)
        except (EOFError, tarfile.TarError) as e:
            raise Refusal("truncated", self._member, str(e)) from None
        except (zipfile.BadZipFile, zlib.error) as e:
            raise Refusal("damaged", self._member, str(e)) from None
        if self._budget:
            self._budget.spend(len(data))
        return data


def whole(stream: Readable, limit: int, member: str | None) -> bytes:
    """Return a stream's bytes, reading no more than one chunk past the limit.

    Raises:
        Refusal: `too_large` past the limit; what the stream itself raises.
    """
    content = bytearray()
    while data := stream.read(min(CHUNK * 16, limit + 1 - len(content))):
        content += data
        if len(content) > limit:
            raise Refusal("too_large", member, f"more than {limit:,} bytes")
    return bytes(content)


def lines(stream: Readable, limit: int) -> Iterator[bytes | None]:
    r"""Split a stream at `\n`: each line as delivered, without its line end; None for one longer than the limit.

    A stream that begins with a byte order mark of UTF-16 is split at its own line ends. The last line may lack one.

    Raises:
        Refusal: what the stream itself raises, after the lines before it.
    """
    first = stream.read(CHUNK)
    while len(first) < 2 and (more := stream.read(CHUNK)):
        first += more
    end, carriage_return = b"\n", b"\r"
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if first.startswith(mark):
            end, carriage_return = "\n".encode(codec), "\r".encode(codec)
    line = bytearray()
    size = 0
    for data in _units(first, stream, len(end)):
        start = 0
        while (stop := _find_unit(data, end, start)) >= 0:
            size += stop - start
            line += data[start:stop]
            yield None if size > limit else bytes(line).removesuffix(carriage_return)
            line.clear()
            size, start = 0, stop + len(end)
        size += len(data) - start
        # A line past the limit is let go at once; only its length is followed to its end.
        if size <= limit:
            line += data[start:]
        else:
            line.clear()
    if size:
        yield None if size > limit else bytes(line).removesuffix(carriage_return)


def _units(data: bytes, stream: Readable, unit: int) -> Iterator[bytes]:
    """Cut a stream so that no piece but the last ends within a unit of `unit` bytes."""
    while data:
        whole_units = len(data) - len(data) % unit
        yield data[:whole_units]
        more = stream.read(CHUNK)
        if not more:
            yield data[whole_units:]
        data = data[whole_units:] + more if more else b""


def _find_unit(data: bytes, sought: bytes, start: int) -> int:
    """Return the first offset of `sought` that is a multiple of its length, -1 without one."""
    found = data.find(sought, start)
    while found % len(sought) and found >= 0:
        found = data.find(sought, found + 1)
    return found
