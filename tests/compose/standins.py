"""Stand-ins for images that cannot be pulled, by their names: Debian by debootstrap, Postgres out of the wheel.

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
# Debian's own broker is the one that the compose file names. Its Postgres is a version older than the wheel's, which
# was built without TLS.
_SERVERS = ("postgresql-17", "valkey-server", "valkey-tools")
_SERVERS_IMAGE = "rasd-standin-servers:latest"
TLS_POSTGRES = "rasd-standin-postgres-tls:latest"
_LABEL = "rasd.standin"


def docker(*words: str, timeout: float = 900) -> str:
    """Run docker and return what it printed."""
    environment = {**os.environ, "DOCKER_BUILDKIT": "0"}
    result = subprocess.run(
        ["docker", *words], env=environment, capture_output=True, text=True, timeout=timeout, check=False
    )
    assert result.returncode == 0, f"docker {' '.join(words)}:\n{(result.stdout + result.stderr)[-4000:]}"
    return result.stdout


def is_there(image: str, *, pull: bool = True) -> bool:
    """Say whether the engine has an image of that name, or can pull one."""
    for command in (["image", "inspect", image], *([["pull", "--quiet", image]] if pull else [])):
        try:
            if subprocess.run(["docker", *command], capture_output=True, timeout=120, check=False).returncode == 0:
                return True
        except subprocess.TimeoutExpired:
            continue
    return False


def is_one(image: str) -> bool:
    """Say whether an image is a stand-in."""
    return _LABEL in docker("image", "inspect", "--format", "{{json .Config.Labels}}", image)


def unnamed() -> set[str]:
    """Return the images that have no name: what builds leave behind."""
    return set(docker("images", "--quiet", "--filter", "dangling=true").split())


def missing_tool() -> str | None:
    """Return what a stand-in cannot be built without, None if everything is here."""
    if os.geteuid() != 0:
        return "root, to run debootstrap"
    return None if shutil.which("debootstrap") else "debootstrap"


def _mirror(suite: str) -> str:
    """Return the archive of Debian that this machine's own apt uses, if it has the suite."""
    sources = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    lines = [line.split() for path in sources if path.is_file() for line in path.read_text("utf-8").splitlines()]
    found = [w for words in lines if words[:1] in (["URIs:"], ["deb"]) for w in words[1:] if "://" in w]
    for address in [*found, "http://deb.debian.org/debian"]:
        try:
            with urllib.request.urlopen(f"{address.rstrip('/')}/dists/{suite}/Release", timeout=30) as answer:
                if b"Label: Debian\n" in answer.read(2000):
                    return address
        except OSError:
            continue
    raise AssertionError("no archive of Debian answers")


def debian(image: str, suite: str, packages: tuple[str, ...], *changes: str) -> None:
    """Make an image of a Debian with some packages."""
    with tempfile.TemporaryDirectory(prefix="debian-") as folder:
        subprocess.run(
            ["debootstrap", "--variant=minbase", f"--include={','.join(packages)}", suite, folder, _mirror(suite)],
            check=True, stdout=subprocess.DEVNULL, timeout=900,
        )  # fmt: skip
        # The mirror is this machine's business; so is what was downloaded from it.
        for leftover in ("var/cache/apt", "var/lib/apt/lists", "etc/apt/sources.list", "var/log"):
            path = Path(folder, leftover)
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        change = [word for line in ("ENV LANG=C.UTF-8", f"LABEL {_LABEL}=1", *changes) for word in ("--change", line)]
        with subprocess.Popen(["tar", "-C", folder, "-c", "."], stdout=subprocess.PIPE) as tar:
            subprocess.run(
                ["docker", "import", *change, "-", image], stdin=tar.stdout, stdout=subprocess.DEVNULL, check=True
            )


def build(image: str, context: Path, base: str, file: str = "Dockerfile") -> None:
    """Build a stand-in from a folder, on another image."""
    words = ["--build-arg", f"BASE={base}", "--file", str(context / file), "--tag", image, str(context)]
    docker("build", "--quiet", "--label", f"{_LABEL}=1", *words)


def python(image: str) -> None:
    """Make a base image of Debian's Python."""
    debian(image, "bookworm", _PYTHON, 'CMD ["python3"]')


def servers() -> str:
    """Make, once, an image of Debian with the servers that stand-ins take from it; return its name."""
    if not is_there(_SERVERS_IMAGE, pull=False):
        debian(_SERVERS_IMAGE, "trixie", _SERVERS)
    return _SERVERS_IMAGE


def broker(image: str) -> None:
    """Make an image of Debian's Valkey."""
    build(image, HERE / "standins" / "broker", servers())


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
        build(image, context, base)


def postgres_with_tls() -> str:
    """Make, once, an image of Debian's Postgres, which speaks TLS; return its name."""
    if not is_there(TLS_POSTGRES, pull=False):
        build(TLS_POSTGRES, HERE / "standins" / "postgres", servers(), "debian.Dockerfile")
    return TLS_POSTGRES


def objects(image: str, base: str) -> None:
    """Make an image of moto's server behind the words that the object store is started with."""
    with tempfile.TemporaryDirectory(prefix="objects-") as folder:
        context = Path(folder, "context")
        shutil.copytree(HERE / "standins" / "objects", context)
        locks = [path.name for path in (ROOT / "requirements").glob("*.txt")]
        pins = sorted({entry.split()[0] for entry in _pinned(_python_version(base), *locks)})
        (context / "pins.txt").write_text("\n".join(pins), encoding="utf-8")
        _pip_download(context / "wheels", base, "-c", str(context / "pins.txt"), "moto[s3]", "flask", "flask-cors")
        build(image, context, base)


def download(folder: Path, base: str) -> None:
    """Fetch the wheels that the image of Rasd is built from, for the Python of a base image."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as wanted:
        wanted.write("\n".join(_pinned(_python_version(base), "uv.txt", "run.txt", "image.txt")))
        wanted.flush()
        _pip_download(folder, base, "--no-deps", "--require-hashes", "-r", wanted.name)


def _python_version(base: str) -> str:
    """Return the version of the Python in an image."""
    code = "import platform; print(platform.python_version())"
    return docker("run", "--rm", base, "python3", "-c", code).strip()


def _pinned(version: str, *locks: str) -> list[str]:
    """Return what lock files ask for under a version of Python, with the hashes."""
    environment = {
        "python_full_version": version,
        "python_version": version.rpartition(".")[0],
        "sys_platform": "linux",
    }
    found = []
    for lock in locks:
        for entry in re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements" / lock).read_text(encoding="utf-8")):
            head, line_end, hashes = entry.partition(" \\\n")
            name, _, marker = head.partition(" ; ")
            if line_end and (not marker or Marker(marker).evaluate(environment)):
                found.append(f"{name}{line_end}{hashes}")
    return found


def _pip_download(folder: Path, base: str, *what: str) -> None:
    """Fetch wheels for the Python of a base image, with this machine's ordinary pip."""
    folder.mkdir(parents=True, exist_ok=True)
    python_version = _python_version(base).rpartition(".")[0]
    words = ["--quiet", "--only-binary", ":all:", "--python-version", python_version, "-d", str(folder), *what]
    result = subprocess.run(
        [sys.executable, "-m", "pip", "download", *words], capture_output=True, text=True, timeout=1200, check=False
    )
    assert result.returncode == 0, result.stderr[-4000:]


def remove(images: set[str]) -> None:
    """Remove images, those first that others are built on last."""
    while images and (gone := {image for image in images if _removes(image)}):
        images = images - gone


def _removes(image: str) -> bool:
    return subprocess.run(["docker", "rmi", "--force", image], capture_output=True, check=False).returncode == 0


def remove_all() -> None:
    """Remove every image made here."""
    remove(set(docker("images", "--quiet", "--filter", f"label={_LABEL}").split()))
