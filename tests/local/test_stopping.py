"""Stopping the living system however it goes: nothing is left running, Postgres least of all.

Airflow's part is played by a small program that answers as it does, and is as deaf or as slow as a test wants it.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import pytest

from rasd.errors import RasdError
from rasd.local import airflow
from receivers import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_AIRFLOW = """
import http.server, json, os, signal, sys, time
if sys.argv[1:] != ["standalone"]:
    print(*sys.argv[1:], flush=True)
    time.sleep(float(os.environ.get("TEST_PREPARING", "0")))
    sys.exit()
if os.environ.get("TEST_DEAF"):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
healthy = {part: {"status": "healthy"} for part in ("metadatabase", "scheduler", "dag_processor")}
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(healthy).encode())
http.server.HTTPServer(("127.0.0.1", int(os.environ["AIRFLOW__API__PORT"])), Health).serve_forever()
"""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program that plays Airflow, and the house of these tests beside it."""
    folder = tmp_path_factory.mktemp("stopping")
    (folder / "airflow").mkdir()
    (folder / "airflow" / "__init__.py").touch()
    (folder / "airflow" / "__main__.py").write_text(_AIRFLOW)
    return folder


@pytest.fixture
def home(played: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The house; a test that fails leaves nothing running in it either."""
    monkeypatch.setenv("PYTHONPATH", str(played))
    monkeypatch.delenv("RASD_WAREHOUSE_DSN", raising=False)
    yield played / "home"
    monkeypatch.setattr(airflow, "_STOP_SECONDS", 5)
    airflow.down(played / "home")


def postgres_runs(home: Path) -> bool:
    return (home / "postgres" / "postmaster.pid").exists()


def test_what_stops_when_told_to_stops_with_its_postgres(home: Path) -> None:
    address = airflow.up(home, free_port())
    assert airflow.address(home) == address
    assert postgres_runs(home)
    assert airflow.down(home)
    assert not postgres_runs(home)
    assert airflow.address(home) is None
    assert not airflow.down(home), "there is nothing to stop any more"


def test_what_does_not_stop_is_killed_and_its_postgres_stopped(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DEAF", "1")
    monkeypatch.setattr(airflow, "_STOP_SECONDS", 1)
    airflow.up(home, free_port())
    assert airflow.down(home)
    assert not postgres_runs(home)


def test_what_somebody_killed_leaves_no_postgres_behind(home: Path) -> None:
    airflow.up(home, free_port())
    os.killpg(int((home / "up.pid").read_text()), signal.SIGKILL)
    while airflow.address(home) is not None:
        time.sleep(0.05)
    assert postgres_runs(home), "nobody was left to stop it"
    assert airflow.down(home)
    assert not postgres_runs(home)


def test_another_process_with_its_number_is_not_taken_for_it(home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "up.lock").touch()
    (home / "up.pid").write_text(str(os.getpid()))
    assert airflow.address(home) is None
    assert not airflow.down(home)


def test_it_can_be_stopped_while_it_starts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_PREPARING", "60")
    (home / "airflow" / "migrated-to").unlink(missing_ok=True)
    failed: list[RasdError] = []

    def start() -> None:
        try:
            airflow.up(home, free_port())
        except RasdError as error:
            failed.append(error)

    starting = threading.Thread(target=start)
    starting.start()
    log = home / "logs" / "airflow.log"
    said = log.stat().st_size if log.exists() else 0
    while not log.exists() or log.stat().st_size == said:
        time.sleep(0.05)
        assert starting.is_alive()
    assert airflow.down(home)
    starting.join(30)
    assert "did not come up" in str(failed[0])
    assert not postgres_runs(home)
