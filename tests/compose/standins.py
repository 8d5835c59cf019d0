"""Stand-ins for base images that cannot be pulled: Debian by debootstrap, Postgres out of the wheel, by their names.

Where a registry answers, the real images are used and nothing here is. What is built is kept by its tag, so that the
next run finds it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from packaging.markers import Marker

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
_PYTHON = ("python3", "python3-venv", "ca-certificates")
# In the base image only what every Debian has and Python; the broker's programs lie in a Debian of their own.
_BROKER = ("redis-server",)
# The wheel's Postgres is as new as the image that it stands for.
_LABEL = "rasd.standin=1"


def docker(*words: str, timeout: float = 900) -> str:
    """Run docker and return what it printed."""
    environment = {**os.environ, "DOCKER_BUILDKIT": "0"}
    result = subprocess.run(
        ["docker", *words], env=environment, capture_output=True, text=True, timeout=timeout, check=False
    )
    assert result.returncode == 0, f"docker {' '.join(words)}:\n{(result.stdout + result.stderr)[-4000:]}"
    return result.stdout


def is_there(image: str) -> bool:
    """Say whether the engine has an image of that name, or can pull one."""
    for command in (["image", "inspect", image], ["pull", "--quiet", image]):
        try:
            if subprocess.run(["docker", *command], capture_output=True, timeout=120, check=False).returncode == 0:
                return True
        except subprocess.TimeoutExpired:
            continue
    return False


def missing_tool() -> str | None:
    """Return what a stand-in cannot be built without, None if everything is here."""
    if os.geteuid() != 0:
        return "root, to run debootstrap"
    return None if shutil.which("debootstrap") else "debootstrap"


def _mirror() -> str:
    """Return the archive of Debian that this machine's own apt uses."""
    sources = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    lines = [line.split() for path in sources if path.is_file() for line in path.read_text("utf-8").splitlines()]
    found = [w for words in lines if words[:1] in (["URIs:"], ["deb"]) for w in words[1:] if "://" in w]
    for address in [*found, "http://deb.debian.org/debian"]:
        try:
            with urllib.request.urlopen(f"{address.rstrip('/')}/dists/bookworm/Release", timeout=30) as answer:
                if b"Label: Debian\n" in answer.read(2000):
                    return address
        except OSError:
            continue
    raise AssertionError("no archive of Debian answers")


def debian(image: str, packages: tuple[str, ...], *changes: str, names: dict[str, str] | None = None) -> None:
    """Make an image of Debian bookworm with some packages, and with further names for some of their programs."""
    with tempfile.TemporaryDirectory(prefix="debian-") as folder:
        subprocess.run(
            ["debootstrap", "--variant=minbase", f"--include={','.join(packages)}", "bookworm", folder, _mirror()],
            check=True, stdout=subprocess.DEVNULL, timeout=900,
        )  # fmt: skip
        # The mirror is this machine's business; so is what was downloaded from it.
        for leftover in ("var/cache/apt", "var/lib/apt/lists", "etc/apt/sources.list", "var/log"):
            path = Path(folder, leftover)
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        for name, program in (names or {}).items():
            Path(folder, "usr", "bin", name).symlink_to(program)
        data = Path(folder, "data")
        data.mkdir()
        os.chown(data, 999, 999)  # whose it is in the images that this stands for
        change = [word for line in ("ENV LANG=C.UTF-8", f"LABEL {_LABEL}", *changes) for word in ("--change", line)]
        with subprocess.Popen(["tar", "-C", folder, "-c", "."], stdout=subprocess.PIPE) as tar:
            subprocess.run(
                ["docker", "import", *change, "-", image], stdin=tar.stdout, stdout=subprocess.DEVNULL, check=True
            )


def python(image: str) -> None:
    """Make a base image of Debian's Python."""
    debian(image, _PYTHON, 'CMD ["python3"]')


def broker(image: str) -> None:
    """Make an image of Debian's Redis, from which Valkey comes, under Valkey's names."""
    debian(image, _BROKER, names={"valkey-server": "redis-server", "valkey-cli": "redis-cli"})


def postgres(image: str, base: str) -> None:
    """Make an image of Postgres from the wheel's binaries."""
    from rasd.warehouse.embedded import binaries

    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        context = Path(folder, "context")
        shutil.copytree(HERE / "standins" / "postgres", context)
        # The programs find their libraries by the place that these have beside them.
        package = binaries().parent.parent
        shutil.copytree(binaries().parent, context / "wheel" / package.name / binaries().parent.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(libraries, context / "wheel" / libraries.name)
        docker("build", "--quiet", "--label", _LABEL, "--build-arg", f"BASE={base}", "--tag", image, str(context))


def download(folder: Path, base: str, locks: tuple[str, ...] = ("uv.txt", "run.txt", "image.txt")) -> None:
    """Fetch the wheels of lock files, for the Python of a base image, with this machine's ordinary pip."""
    version = docker("run", "--rm", base, "python3", "-c", "import platform as p; print(p.python_version())").strip()
    short = version.rpartition(".")[0]
    environment = {"python_full_version": version, "python_version": short, "sys_platform": "linux"}
    lines = []
    for lock in locks:
        for entry in re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements" / lock).read_text(encoding="utf-8")):
            head, line_end, hashes = entry.partition(" \\\n")
            name, _, marker = head.partition(" ; ")
            if line_end and (not marker or Marker(marker).evaluate(environment)):
                lines.append(f"{name}{line_end}{hashes}")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as wanted:
        wanted.write("\n".join(lines))
        wanted.flush()
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes",
             "--only-binary", ":all:", "--python-version", short, "-d", str(folder), "-r", wanted.name],
            check=True, capture_output=True, timeout=1200,
        )  # fmt: skip


def remove_all() -> None:
    """Remove every image made here."""
    found = docker("images", "--quiet", "--filter", f"label={_LABEL}").split()
    if found:
        docker("rmi", "--force", *dict.fromkeys(found))
