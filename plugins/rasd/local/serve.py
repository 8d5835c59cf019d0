"""The process behind `make up`: holds the embedded Postgres and keeps Airflow running until told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import FrameType

from rasd import settings
from rasd.local import airflow, house


def main() -> int:
    """Serve on the port named by the first argument; a termination signal stops Airflow, then Postgres."""
    process: subprocess.Popen[bytes] | None = None

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if process is None:
            sys.exit(1)  # told to stop while starting
        process.send_signal(signal.SIGINT)  # standalone stops its parts on an interrupt, and only then

    signal.signal(signal.SIGTERM, stop)
    with house.opened(settings.load().home) as opened:
        airflow.prepare(opened)
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "airflow", "standalone"],
                env=opened.airflow_environment(port=int(sys.argv[1])), stdin=subprocess.DEVNULL,
            )  # fmt: skip
            return process.wait()
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            os.killpg(0, signal.SIGTERM)  # parts that outlived their parent


if __name__ == "__main__":
    sys.exit(main())
