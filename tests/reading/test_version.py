"""The stamp of what was read: it changes with the reference data, all of it, and with nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rasd import resources
from rasd.reading.reader import READER_VERSION
from rasd.reading.version import READ_WITH, reader_version

# Reads the sample inbox and prints which files of the reference data that took.
_OPENED = """
import sys
from pathlib import Path
from rasd import resources
seeds, opened = resources.seeds(), set()
def watch(event, arguments):
    if event == "open" and str(arguments[0]).startswith(str(seeds)):
        opened.add(str(Path(arguments[0]).resolve().relative_to(seeds.resolve())))
sys.addaudithook(watch)
from rasd.reading.reader import read
for path in sorted((seeds / "inbox").glob("*.txt")):
    read(path.read_text(encoding="utf-8"))
print("\\n".join(sorted(name for name in opened if not name.startswith("inbox/"))))
"""


def test_version_covers_all_that_a_reading_opens() -> None:
    told = subprocess.run([sys.executable, "-c", _OPENED], capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    assert set(filter(None, told)) == set(READ_WITH)


def test_version_changes_with_a_row_and_comes_back_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = reader_version()
    seeds = tmp_path / "seeds"
    shutil.copytree(resources.seeds(), seeds)

    def version() -> str:
        code = "from rasd.reading.version import reader_version; print(reader_version())"
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()

    monkeypatch.setenv("RASD_SEEDS", str(seeds))
    assert version() == shipped
    assert shipped.startswith(f"{READER_VERSION}.")
    before = (seeds / "words.csv").read_bytes()
    (seeds / "words.csv").write_bytes(before + "remark,مرسل من قارئ\n".encode())
    assert version() != shipped
    (seeds / "words.csv").write_bytes(before)
    (seeds / "watches.csv").write_text("watch_id\n", encoding="utf-8")
    assert version() == shipped
