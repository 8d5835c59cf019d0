"""What landing gives: the files of an inbox, the pages in them, the text of a page, and what was left behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MediaType = Literal["text", "html", "record"]

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one delivered file may ask of the machine. Each is checked while reading, before memory is spent.

    Attributes:
        page_bytes: largest page that is a file or an archive's member; the largest pages of news sites, live blogs
            with their scripts, weigh about 5 MiB.
        line_bytes: largest record of a file that holds one record per line.
        container_bytes: largest delivered file that holds many pages (.jsonl, .gz, .zip, .tar).
        expanded_bytes: most bytes that one delivered file may unpack to, archives inside archives included.
        ratio: most bytes unpacked per byte delivered, checked from `page_bytes` on; text packs 3 to 20 times, and
            DEFLATE never more than 1,032 times.
        members: most members of one delivered file's archives together.
        depth: archives inside archives; 1 allows none inside the delivered one.
    """

    page_bytes: int = 10 * _MIB
    line_bytes: int = 10 * _MIB
    container_bytes: int = 4096 * _MIB
    expanded_bytes: int = 16384 * _MIB
    ratio: int = 200
    members: int = 100_000
    depth: int = 2


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Source:
    """One delivered file.

    Attributes:
        uri: absolute path, or the address it was found at (`s3://…`). A local name that is not Unicode is written
            as a percent-encoded `file://` address.
        size: bytes, None where the storage does not say.
        modified: POSIX seconds, None where the storage does not say.
    """

    uri: str
    size: int | None = None
    modified: float | None = None


@dataclass(frozen=True, slots=True)
class LandedPage:
    """One page, exactly as delivered.

    Attributes:
        uri: of the delivered file.
        member: which page of a file that holds many: `folder/page.txt` in an archive, `inner.zip!/page.txt` in an
            archive inside it, `#17` for the record of line 17 (`folder/export.jsonl#17`); None: the file is the page.
        content: the page's bytes. A gzipped page is its unpacked bytes; a record is its line without the line end.
        sha256: SHA-256 of `content`: the page's identity.
        media_type: how `decode` has to take it.
    """

    uri: str
    member: str | None
    content: bytes
    sha256: bytes
    media_type: MediaType


@dataclass(frozen=True, slots=True)
class Refused:
    """Something delivered that cannot be landed, for quarantine. `reason` is a word of `reasons.REASONS`."""

    uri: str
    member: str | None
    reason: str
    what: str
    do: str | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in the inbox that is no page, or not yet one: told, and not counted in the books."""

    uri: str
    member: str | None
    reason: str
    what: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What a page's container says of it (HTML metadata, fields of a JSON record), as found there."""

    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as text. All offsets of the reader are Python string indices into `text`.

    Attributes:
        text: for a text page its bytes decoded, nothing added or taken (a byte order mark is offset 0); for HTML and
            records the text in them, one line per block, the title first.
        encoding: of the page's bytes (`utf-8`, `windows-1256`, …).
        hints: what the container says of the page.
        notes: what a person should know of the decoding (bytes replaced, encoding guessed), as plain sentences.
    """

    text: str
    encoding: str
    hints: Hints = Hints()
    notes: tuple[str, ...] = ()
