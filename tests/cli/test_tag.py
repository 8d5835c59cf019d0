from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from rasd.annotating.gazetteer import Gazetteer
from rasd.cli.tag import tagged

RASD = Path(sys.executable).with_name("rasd")


def run(given: bytes) -> bytes:
    command = [RASD, "tag", "--recogniser", "gazetteer"]
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout


def test_line_for_line_with_blank_lines_kept() -> None:
    given = "قال\nبايدن\n\n\nوفي\nالولايات\nالمتحدة\n \t\nلموسكو"
    assert run(given.encode()).decode() == (
        "قال O\nبايدن B-PER\n\n\nوفي O\nالولايات B-LOC\nالمتحدة I-LOC\n\nلموسكو B-LOC\n"
    )


def test_empty_and_blank_input() -> None:
    assert run(b"") == b""
    assert run(b"\n\n") == b"\n\n"


def test_windows_line_ends_and_broken_bytes_pass() -> None:
    assert run(b"a\r\n\xff\xfe\r\n") == b"a O\n\xff\xfe O\n"


def test_answers_come_before_the_input_ends() -> None:
    def lines() -> object:
        for _ in range(3):
            yield from (["موسكو\n"] * 10)
            yield "\n"
        raise AssertionError("the input was read to its end before anything was answered")

    answers = tagged(lines(), Gazetteer(), at_once=10)  # type: ignore[arg-type]
    assert next(answers) == ["موسكو B-LOC\n"] * 10 + ["\n"]


def test_a_sentence_without_end_is_answered_in_parts() -> None:
    batches = list(tagged(["موسكو\n"] * 10_000, Gazetteer()))
    assert len(batches) > 1
    assert sum(map(len, batches)) == 10_000


def test_a_reader_that_leaves_is_no_error() -> None:
    command = f"yes موسكو | head -n 400000 | {shlex.quote(str(RASD))} tag --recogniser gazetteer | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert done.stdout.decode() == "موسكو B-LOC\n"
    assert done.stderr == b""


def test_an_unknown_recogniser_is_told() -> None:
    done = subprocess.run([RASD, "tag", "--recogniser", "bert"], input=b"", capture_output=True, check=False)
    assert done.returncode == 2
    assert b"there is no recogniser 'bert'" in done.stderr
