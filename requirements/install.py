"""Make the environment in `.venv` from the lock files: `python3 requirements/install.py run|dev`.

Standard library only, because it runs before anything is installed. Safe to start twice at once: the second waits.
Nothing is done where the environment already matches the lock files.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# What each environment holds. torch is installed by pip and by name: which file it is depends on the machine (with
# CUDA, without, for which processor), so a hash that fits one machine would refuse all others; the version is pinned.
TORCH = "torch==2.13.0"
ENVIRONMENTS = {"run": ("run.txt",), "dev": ("run.txt", "image.txt", "dev.txt")}


def call(*command: str | Path) -> None:
    """Run a command, and end with its output where it fails."""
    environment = {**os.environ, "UV_PYTHON": str(PYTHON), "UV_NO_PROGRESS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    result = subprocess.run(
        list(map(str, command)), cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{result.stdout}")


def main() -> None:
    """Install what the named environment lacks."""
    wanted = sys.argv[1]
    locks = ENVIRONMENTS[wanted]
    state = hashlib.sha256(
        b"\0".join(
            [(HERE / name).read_bytes() for name in ("uv.txt", *locks)] + [(ROOT / "pyproject.toml").read_bytes()]
        )
    ).hexdigest()
    VENV.mkdir(exist_ok=True)
    with (VENV / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # The larger environment serves where the smaller is asked for.
        for name in ENVIRONMENTS:
            done = VENV / f"installed-{name}"
            if done.exists() and done.read_text() == state and name == wanted:
                return
        print(
            f"Installing the environment ({wanted}) into .venv; the first time this takes a minute or two …", flush=True
        )
        if not PYTHON.exists():
            venv.create(VENV, with_pip=True)
        call(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", HERE / "uv.txt")
        uv = VENV / "bin" / "uv"
        if wanted == "dev":
            call(PYTHON, "-m", "pip", "install", "--quiet", TORCH)
        for name in locks:
            call(uv, "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", HERE / name)
        call(uv, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT)
        (VENV / f"installed-{wanted}").write_text(state)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 -- this very check is what tells a user of an older one
        sys.exit(f"Rasd needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 …")
    main()
