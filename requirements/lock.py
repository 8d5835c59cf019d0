"""Write the lock files again from pyproject.toml, every package with the hashes of its files.

`run.txt` is what Rasd needs to run; `image.txt` what the container image has beside it; `dev.txt` what tests, training
and the camel engine need beside both. torch and the CUDA packages that one of its builds asks for are left out: see
`install.py`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from install import HERE, ROOT, TORCH

UV_VERSION = "0.13.9"
BUILD = "hatchling==1.27.0\neditables==0.5\n"  # build Rasd's own package; pyproject.toml names them for other builders
_ONLY_FOR_TORCH = re.compile(r"(torch|triton|cuda|nvidia)\b")
_COMPILE = (
    "uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--universal", "--python-version", "3.11",
    "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--upgrade",
)  # fmt: skip


def compile_(*arguments: str, text: str = "") -> dict[str, str]:
    """Return what a resolution holds: requirement lines with their hashes, by package."""
    program = str(Path(sys.executable).parent / _COMPILE[0])
    result = subprocess.run(
        [program, *_COMPILE[1:], *arguments], cwd=ROOT, input=text, check=True, text=True, stdout=subprocess.PIPE
    )
    entries = re.split(r"\n(?=[a-z0-9])", result.stdout.strip())
    # A package may stand twice, for older and newer Pythons.
    found: dict[str, str] = {}
    for entry in entries:
        name = re.match(r"[a-z0-9.-]+", entry)
        assert name
        found[name[0]] = f"{found[name[0]]}\n{entry}" if name[0] in found else entry
    return found


def write(name: str, entries: dict[str, str], why: str) -> None:
    """Write one lock file."""
    (HERE / name).write_text(
        f"# {why}\n# Written by `make lock`.\n" + "\n".join(entries[k] for k in sorted(entries)) + "\n"
    )


def main() -> None:
    """Resolve run and dev together, so that a package has one version, and split the result."""
    every = ("airflow", "containers", "camel", "dev", "train")
    everything = compile_("pyproject.toml", "-", *(a for name in every for a in ("--extra", name)), text=BUILD)
    run_names = compile_("pyproject.toml", "-", "--extra", "airflow", text=BUILD)
    image_names = compile_("pyproject.toml", "-", "--extra", "containers", text=BUILD).keys() - run_names.keys()
    write("uv.txt", compile_("-", text=f"uv=={UV_VERSION}\n"), "The installer.")
    write("run.txt", {k: everything[k] for k in run_names}, "What Rasd needs to run, Airflow included.")
    image = {k: everything[k] for k in image_names}
    write("image.txt", image, "What the container image has beside run.txt: login, workers, object stores, metrics.")
    rest = {k: v for k, v in everything.items() if k not in run_names | image and not _ONLY_FOR_TORCH.match(k)}
    write("dev.txt", rest, f"What tests, training and the camel engine need beside run.txt, image.txt and {TORCH}.")


if __name__ == "__main__":
    main()
