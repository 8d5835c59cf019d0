"""What can go wrong, sorted by what the caller should do about it."""

from __future__ import annotations


class RasdError(Exception):
    """Something that a person can mend.

    Attributes:
        what: what is wrong, in one sentence.
        where: the file, page, setting or address it concerns, or None.
        do: what to do about it, or None.
    """

    def __init__(self, what: str, *, where: str | None = None, do: str | None = None) -> None:
        self.what, self.where, self.do = what, where, do
        super().__init__(": ".join(p for p in (where, what) if p) + (f". {do}" if do else ""))


class SettingError(RasdError):
    """A setting, argument or reference file that cannot be used as it is."""


class PoisonError(RasdError):
    """Input that cannot be processed however often it is tried: it goes to quarantine.

    Attributes:
        reason: a short stable word for grouping (`empty`, `nul_bytes`, `bad_encoding`, …).
    """

    def __init__(self, reason: str, what: str, *, where: str | None = None, do: str | None = None) -> None:
        super().__init__(what, where=where, do=do)
        self.reason = reason


class TransientError(RasdError):
    """A fault that passes (connection lost, disk full for now): trying again later is right."""
