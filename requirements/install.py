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


def state(name: str) -> str:
    """Return a digest of what an environment is made from."""
    made_from = [*(HERE / lock for lock in ("uv.txt", *ENVIRONMENTS[name])), ROOT / "pyproject.toml"]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in made_from)).hexdigest()


def is_installed(name: str) -> bool:
    """Return whether an environment is there as the lock files have it; the larger one holds the smaller."""
    for other, locks in ENVIRONMENTS.items():
        done = VENV / f"installed-{other}"
        if set(ENVIRONMENTS[name]) <= set(locks) and done.exists() and done.read_text() == state(other):
            return True
    return False


def make_environment() -> None:
    """Make an empty environment with pip, and finish one whose making was cut off."""
    made = PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    if made:
        return
    try:
        venv.create(VENV, with_pip=True)
    except subprocess.CalledProcessError as error:
        said = (error.output or b"").decode(errors="replace")
        sys.exit(f"{said}\nThis Python cannot make environments. On Debian and Ubuntu: apt install python3-venv.")


def main() -> None:
    """Install what the named environment lacks."""
    wanted = sys.argv[1]
    VENV.mkdir(exist_ok=True)
    with (VENV / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_installed(wanted):
            return
        print(
            f"Installing the environment ({wanted}) into .venv; the first time this takes a minute or two …", flush=True
        )
        make_environment()
        call(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", HERE / "uv.txt")
        uv = VENV / "bin" / "uv"
        if wanted == "dev":
            call(PYTHON, "-m", "pip", "install", "--quiet", TORCH)
        for name in ENVIRONMENTS[wanted]:
            call(uv, "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", HERE / name)
        call(uv, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT)
        (VENV / f"installed-{wanted}").write_text(state(wanted))


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 -- this very check is what tells a user of an older one
        sys.exit(f"Rasd needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 …")
    main()
