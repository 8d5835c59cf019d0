"""The living system of `make up`: scheduler, UI and REST on this machine only, driven from outside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rasd import resources
from rasd.local import airflow
from receivers import free_port
from rest import call

if TYPE_CHECKING:
    from collections.abc import Iterator


def rasd(home: Path, *words: str, **changed: str) -> str:
    environment = {**os.environ, "RASD_HOME": str(home), "RASD_RECOGNISER": "gazetteer", **changed}
    environment.pop("RASD_WAREHOUSE_DSN", None)
    result = subprocess.run(
        [sys.executable, "-m", "rasd", *words], env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int, str]]:
    """A house with the system up in it, its port, and what starting it said."""
    home = tmp_path_factory.mktemp("living system") / "home"
    inbox = Path(shutil.copytree(resources.seeds() / "inbox", home.parent / "inbox"))
    port = free_port()
    said = rasd(home, "local", "up", "--port", str(port), RASD_INBOX=str(inbox), RASD_SETTLE_SECONDS="0")
    yield home, port, said
    rasd(home, "local", "down")


def closed_runs(home: Path, kind: str) -> int:
    runs = f"SELECT count(*) FROM ops.run WHERE state = 'closed' AND external_id LIKE 'rasd_ingest/{kind}%'"
    return int(rasd(home, "db", "sql", "-c", f"COPY ({runs}) TO STDOUT"))


def wait_for_runs(home: Path, kind: str) -> int:
    deadline = time.monotonic() + 150
    while time.monotonic() < deadline:
        if found := closed_runs(home, kind):
            return found
        time.sleep(2)
    raise AssertionError((home / "logs" / "up.log").read_text(errors="replace")[-3000:])


def test_a_scheduled_run_happens_by_itself_and_one_by_hand_on_request(system: tuple[Path, int, str]) -> None:
    home, port, said = system
    name, password = airflow.login(home) or ("", "")
    assert f"{name} / {password}" in said, "the login is shown"
    assert wait_for_runs(home, "scheduled") >= 1
    token = call(port, "/auth/token", {"username": name, "password": password})["access_token"]
    started = call(port, "/api/v2/dags/rasd_ingest/dagRuns", {"logical_date": None, "conf": {"seen": "skip"}}, token)
    assert started["state"] in ("queued", "running")
    assert wait_for_runs(home, "manual") == 1
    loaded = rasd(home, "db", "sql", "-c", "COPY (SELECT sum(n_loaded), sum(n_updated) FROM ops.run) TO STDOUT").split()
    assert loaded == ["17", "0"], "the second run found everything done"


def test_it_asks_who_is_there(system: tuple[Path, int, str]) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        call(system[1], "/api/v2/dags")
    assert refused.value.code == 401


def test_it_listens_on_this_machine_only(system: tuple[Path, int, str]) -> None:
    wanted = f":{system[1]:04X}"
    listening = [
        fields[1]
        for name in ("/proc/net/tcp", "/proc/net/tcp6")
        if Path(name).exists()
        for fields in (line.split() for line in Path(name).read_text().splitlines()[1:])
        if fields[1].endswith(wanted) and fields[3] == "0A"
    ]
    assert listening
    assert set(listening) == {f"0100007F{wanted}"}


def test_up_twice_is_up_once_and_the_login_is_told_once(system: tuple[Path, int, str]) -> None:
    home, port, _ = system
    again = rasd(home, "local", "up", "--port", str(port))
    assert "up already" in again
    assert "Login" not in again
