"""Airflow's API server, which serves its pages and ours, over a warehouse that the real pipeline has filled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from rasd.annotating import load_recogniser
from rasd.local import airflow, house
from rasd.pipeline.ingest import IngestOptions, ingest
from receivers import free_port
from rest import call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_START_SECONDS = 240


class System(NamedTuple):
    """A server that answers on `port`; its files are in `home`."""

    port: int
    home: Path

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, token: str | None = None) -> str:
        """Return what stands at a path."""
        request = urllib.request.Request(
            f"{self.address}{path}", headers={"Authorization": f"Bearer {token}"} if token else {}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            found: str = answer.read().decode()
        return found

    def token(self, user: str, password: str | None = None) -> str:
        """Log in; without a password, with the one that the simple auth manager has made up."""
        if password is None:
            made = (self.home / "airflow/simple_auth_manager_passwords.json.generated").read_text()
            password = json.loads(made)[user]
        found: str = call(self.port, "/auth/token", {"username": user, "password": password})["access_token"]
        return found


@contextmanager
def serving(home: Path, inbox: Path, *commands: tuple[str, ...], **settings: str) -> Iterator[System]:
    """Serve a warehouse of the pages in `inbox`, with these settings of Airflow, after these commands of Airflow's.

    The scheduler stays out: no run changes the pages under the tests. tests/local brings up all of it.
    """
    port = free_port()
    os.environ.update(settings)
    try:
        with house.opened(home) as opened:
            engine = opened.warehouse()
            ingest(engine, IngestOptions(inbox=str(inbox), settle_seconds=0), load_recogniser("gazetteer"))
            engine.dispose()
            airflow.prepare(opened)
            environment = opened.airflow_environment(port=port)
            for command in commands:
                subprocess.run([sys.executable, "-m", "airflow", *command], env=environment, check=True)
            log = home / "api-server.log"
            with log.open("w") as output:
                process = subprocess.Popen(
                    [sys.executable, "-m", "airflow", "api-server"], env=environment, stdout=output, stderr=output
                )
            system = System(port, home)
            try:
                deadline = time.monotonic() + _START_SECONDS
                while not _answers(system):
                    assert process.poll() is None, log.read_text(errors="replace")[-3000:]
                    assert time.monotonic() < deadline, log.read_text(errors="replace")[-3000:]
                    time.sleep(0.5)
                yield system
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(timeout=60)
    finally:
        for name in settings:
            del os.environ[name]


def _answers(system: System) -> bool:
    try:
        system.get("/api/v2/version")
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
    return True


def status(system: System, path: str, token: str) -> int:
    """Return the status with which a path answers a visitor."""
    try:
        system.get(path, token)
    except urllib.error.HTTPError as error:
        return error.code
    return 200
