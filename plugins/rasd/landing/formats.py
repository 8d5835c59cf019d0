"""Which format a name says, and which names are no pages."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["text", "html", "lines", "json", "zip", "tar"]

_KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json",
    ".zip": "zip",
    ".tar": "tar",
}
# What programs call a file while they write it: browsers, rsync, WinSCP, editors, Hadoop.
_TEMPORARY = (
    ".part",
    ".partial",
    ".tmp",
    ".temp",
    ".crdownload",
    ".download",
    ".filepart",
    ".swp",
    ".inprogress",
    "._COPYING_",
    "~",
)
_DRIVE = re.compile(r"[A-Za-z]:")


class Format(NamedTuple):
    """How to open a file: what it holds, and whether that is gzipped."""

    kind: Kind
    gzipped: bool

    @property
    def is_page(self) -> bool:
        """Whether the whole file is one page (and must fit into memory)."""
        return self.kind in ("text", "html", "json") and not self.gzipped


def format_of(name: str) -> Format | None:
    """Return the format that a file's name says, None for an ending that is not understood.

    A name without an ending is text: crawlers that name pages by a hash leave it out.
    """
    name = name.rsplit("/", 1)[-1].lower()
    if name.endswith(".tgz"):
        return Format("tar", True)
    gzipped = name.endswith(".gz")
    stem, dot, ending = name.removesuffix(".gz").rpartition(".")
    if not stem or not dot:
        return Format("text", gzipped)
    kind = _KINDS.get(f".{ending}")
    # A gzipped zip does not occur; a zip is packed already.
    return None if kind is None or (gzipped and kind == "zip") else Format(kind, gzipped)


def not_a_page(name: str) -> Literal["hidden", "temporary"] | None:
    """Return why a file or folder of this name is passed over, None where it is not."""
    if name.startswith(".") or name == "__MACOSX":
        return "hidden"
    return "temporary" if name.endswith(_TEMPORARY) else None


def member_parts(name: str) -> tuple[str, ...] | None:
    """Return the parts of an archive member's path, None where it would lead out of the archive."""
    name = name.replace("\\", "/")
    parts = tuple(p for p in name.split("/") if p not in ("", "."))
    return None if name.startswith("/") or _DRIVE.match(name) or ".." in parts else parts
