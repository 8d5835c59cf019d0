"""Why something was refused or passed over: one stable word each, with the sentence a person reads."""

from __future__ import annotations

from typing import NamedTuple

from rasd.errors import PoisonError
from rasd.landing.model import Refused, Skipped


class Reason(NamedTuple):
    """What is wrong, in one sentence without its full stop, and what to do about it."""

    what: str
    do: str | None = None


_AGAIN = "Deliver the file again, whole."
_SMALLER = "Deliver it in smaller parts, or raise the limit."
_FORMATS = "Deliver .txt, .html, .jsonl or .json (each also .gz), or a .zip, .tar or .tar.gz of them."

REASONS = {
    # A page whose bytes were landed, and give no text.
    "empty": Reason("There is nothing in it", _AGAIN),
    "blank": Reason("It holds only white space", _AGAIN),
    "binary": Reason("It is a binary file, not text", _FORMATS),
    "nul_bytes": Reason("It contains NUL characters, which no text has", "Save it again as UTF-8 text."),
    "bad_encoding": Reason("Its bytes are text in no encoding that was recognised", "Save it again as UTF-8 text."),
    "lone_surrogate": Reason(
        "It contains half of a character (a lone surrogate escape)",
        "Mend the program that wrote it: it cut a text in the middle of a character.",
    ),
    "bad_json": Reason("It is not valid JSON", "Mend the program that wrote it: one JSON object per line."),
    "not_an_object": Reason("It is JSON, but not an object", "Write one JSON object per line, with its text in it."),
    "no_text": Reason("There is no text in it", "A record needs its text in `text`, `maintext` or `body`."),
    "no_article": Reason("There is no article on the page", None),
    # A file or a member that could not be landed.
    "too_large": Reason("It is larger than the limit", _SMALLER),
    "line_too_long": Reason("The line is longer than the limit", _SMALLER),
    "archive_bomb": Reason("It unpacks to far more than it weighs", "Look at it with care; it may be an attack."),
    "too_many_members": Reason("The archive has more members than the limit", _SMALLER),
    "too_deep": Reason("It is an archive inside too many archives", "Unpack the outer ones first."),
    "truncated": Reason("It ends too early; what came before the cut was kept", _AGAIN),
    "damaged": Reason("It is damaged; what could be read was kept", _AGAIN),
    "encrypted": Reason("It is encrypted", "Deliver it without a password."),
    "unsupported_compression": Reason("It is packed with a method other than DEFLATE", "Pack it with plain zip."),
    "unsafe_path": Reason("Its name climbs out of the archive", "Look at the archive with care; it may be an attack."),
    "link_member": Reason("It is a link, and an archive's links are not followed", "Pack the file itself."),
    "unsupported_type": Reason("Its name has no ending that is understood", _FORMATS),
    "no_permission": Reason("It may not be read", "Give the user that runs Rasd permission to read it."),
    "vanished": Reason("It was gone when it was to be read", "Nothing, if it was taken away on purpose."),
    "broken_link": Reason("It is a link to something that does not exist", "Mend or remove the link."),
    # What is no page, or not yet.
    "still_written": Reason("It changed a moment ago and may still be being written; it is left for the next run"),
    "hidden": Reason("Hidden files are no pages"),
    "temporary": Reason("Files with a temporary name are no pages yet"),
    "not_a_file": Reason("It is neither a file nor a folder"),
    "symlink_loop": Reason("The link leads back to a folder that holds it"),
    "listed_already": Reason("The link leads to a folder that was listed already"),
}


def _what(reason: str, detail: str) -> str:
    return REASONS[reason].what + (f" ({detail})" if detail else "")


def refused(reason: str, uri: str, member: str | None = None, detail: str = "") -> Refused:
    """Return the refusal of a file or member for a word of `REASONS`."""
    return Refused(uri, member, reason, _what(reason, detail), REASONS[reason].do)


def skipped(reason: str, uri: str, member: str | None = None, detail: str = "") -> Skipped:
    """Return the note that something was passed over, for a word of `REASONS`."""
    return Skipped(uri, member, reason, _what(reason, detail))


def poison(reason: str, detail: str = "") -> PoisonError:
    """Return the error of a page that was landed and cannot be decoded, for a word of `REASONS`."""
    return PoisonError(reason, _what(reason, detail), do=REASONS[reason].do)
