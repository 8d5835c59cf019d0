"""The command line. Each command is a module of this room; this one only puts them together."""

from __future__ import annotations

import errno
import signal
import sys

from rasd.errors import RasdError

# What the disk or its owner refuses, and what to do about it.
_REFUSED = {
    errno.EACCES: "Give the user that runs Rasd the right to it, or name another place.",
    errno.EPERM: "Give the user that runs Rasd the right to it, or name another place.",
    errno.EROFS: "It is on a disk that can only be read: name another place.",
    errno.ENOSPC: "The disk is full: make room, then run again. Nothing that was landed is lost.",
    errno.EDQUOT: "Your share of the disk is used up: make room, then run again. Nothing that was landed is lost.",
}


def main() -> None:
    """Run the command line; what a person can mend is told in plain words and ends with status 2."""
    from rasd.cli.app import app

    # A termination must unwind like an interrupt: what was started is stopped, what was opened is closed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))

    try:
        app()
    except RasdError as error:
        place = f"{error.where}: " if error.where else ""
        print(f"rasd: {place}{error.what}", file=sys.stderr)
        if error.do:
            print(f"      {error.do}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); closing it again at exit would complain.
        sys.stderr.close()
        sys.exit(141)
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
        place = f"{error.filename}: " if error.filename else ""
        print(f"rasd: {place}{error.strerror}\n      {_REFUSED[error.errno]}", file=sys.stderr)
        sys.exit(2)
