"""Airflow as a program beside Rasd: one DAG run in the foreground, or the living system in the background."""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from rasd.errors import RasdError, SettingError
from rasd.local import house as houses
from rasd.warehouse.embedded import EmbeddedPostgres

if TYPE_CHECKING:
    from collections.abc import Callable

    from rasd.local.house import House

_START_SECONDS = 180
# Airflow lets its tasks end first; what takes longer is killed, and how long that takes at most.
_STOP_SECONDS, _KILL_SECONDS = 60, 10
_POOL = "rasd_writers"


def prepare(house: House) -> None:
    """Bring Airflow's metadata database to the installed version; quick where it is there already."""
    done = house.airflow_home / "migrated-to"
    house.airflow_home.mkdir(parents=True, exist_ok=True)
    house.airflow_home.chmod(0o700)  # Airflow writes its password there for everybody to read
    state = f"{_installed_version()} {_revision(house)}"
    if done.exists() and done.read_text() == state:
        return
    with houses.exclusively(house.home, "airflow", "Another process prepares Airflow; waiting for it."):
        _call(house, "db", "migrate")
        _call(house, "pools", "set", _POOL, str(max(2, os.cpu_count() or 2)), "Tasks that write to Rasd's warehouse")
        done.write_text(f"{_installed_version()} {_revision(house)}")


def _installed_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("apache-airflow-core")
    except PackageNotFoundError:
        raise SettingError("Airflow is not installed", do="Install rasd[airflow], or use `rasd run`.") from None


def _revision(house: House) -> str | None:
    engine = house.metadata()
    with engine.connect() as connection:
        there = connection.scalar(sa.text("SELECT to_regclass('alembic_version') IS NOT NULL"))
        revision = connection.scalar(sa.text("SELECT version_num FROM alembic_version")) if there else None
    engine.dispose()
    return revision


def _log(house: House, name: str) -> Path:
    folder = house.home / "logs"
    folder.mkdir(exist_ok=True)
    return folder / f"{name}.log"


def _call(house: House, *arguments: str) -> None:
    log = _log(house, "airflow")
    with log.open("a") as output:
        code = subprocess.run(
            [sys.executable, "-m", "airflow", *arguments],
            env=house.airflow_environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False,
        ).returncode  # fmt: skip
    if code != 0:
        raise RasdError(f"airflow {' '.join(arguments)} failed:\n{_tail(log)}", where=str(log))


def _tail(log: Path, lines: int = 25) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _errors(log: Path) -> str:
    """Return what went wrong first: the log's last lines only say what followed from it."""
    found = dict.fromkeys(
        line for line in log.read_text(errors="replace").splitlines() if re.match(r"[\w.]+(Error|Exception): ", line)
    )
    return "\n".join(list(found)[:5]) or _tail(log)


def run_dag(house: House, dag_id: str, conf: dict[str, Any], *, while_waiting: Callable[[], None]) -> Path:
    """Run a DAG once in the foreground and return the log of it.

    Raises:
        RasdError: if the run did not succeed; the message carries the log's errors.
    """
    logical_date = datetime.now(UTC)  # by which this run is told from others that the scheduler may start meanwhile
    log = _log(house, f"{dag_id}-{logical_date:%Y%m%dT%H%M%S}")
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "airflow", "dags", "test", dag_id, logical_date.isoformat(),
             "--conf", json.dumps(conf)],
            env=house.airflow_environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            while process.poll() is None:
                while_waiting()
                time.sleep(0.2)
        except BaseException:
            process.terminate()
            process.wait(timeout=30)
            raise
    state = _state(house, dag_id, logical_date)
    if process.returncode != 0 or state != "success":
        raise RasdError(f"the run of {dag_id} ended as {state or 'nothing'}:\n{_errors(log)}", where=str(log))
    return log


def _state(house: House, dag_id: str, logical_date: datetime) -> str | None:
    engine = house.metadata()
    with engine.connect() as connection:
        state: str | None = connection.scalar(
            sa.text("SELECT state FROM dag_run WHERE dag_id = :dag_id AND logical_date = :logical_date"),
            {"dag_id": dag_id, "logical_date": logical_date},
        )
    engine.dispose()
    return state


# The living system -----------------------------------------------------------------------------------------------


def up(home: Path, port: int) -> str:
    """Start the living system in the background, wait until it answers, and return its address.

    Raises:
        SettingError: if the port is taken, or another process starts the system just now.
        RasdError: if it does not come up; the message carries the end of its log.
    """
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise SettingError("the port is taken", where=f"127.0.0.1:{port}", do="Name another: make up PORT=8090.")
    home.mkdir(parents=True, exist_ok=True)
    (home / "logs").mkdir(exist_ok=True)
    log = home / "logs" / "up.log"
    with log.open("a") as output, _lock_file(home).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingError("another process has started it", where=str(home), do="Ask `rasd local up`.") from None
        process = subprocess.Popen(
            [sys.executable, "-m", "rasd.local.serve", str(port)],
            env={**os.environ, "RASD_HOME": str(home)}, start_new_session=True, pass_fds=[lock.fileno()],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
        _pid_file(home).write_text(str(process.pid))
    _port_file(home).write_text(str(port))
    there = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + _START_SECONDS
    while not _is_healthy(there):
        if process.poll() is not None or time.monotonic() > deadline:
            down(home)
            raise RasdError(f"the system did not come up:\n{_tail(log)}", where=str(log))
        time.sleep(1)
    return there


def address(home: Path) -> str | None:
    """Return where the living system answers, None if it does not run."""
    return f"http://127.0.0.1:{_port_file(home).read_text()}" if _pid(home) is not None else None


def down(home: Path) -> bool:
    """Stop the living system, its Postgres included, and wait until it is gone; return whether anything ran.

    What does not end in time is killed. Who is killed lets go of the Postgres and does not stop it: that is done here,
    and as well where the system had been killed by somebody else.
    """
    pid = _pid(home)
    if pid is not None:
        os.kill(pid, signal.SIGTERM)
        if not _is_gone(home, _STOP_SECONDS):
            os.killpg(pid, signal.SIGKILL)
            _is_gone(home, _KILL_SECONDS)
    _pid_file(home).unlink(missing_ok=True)
    return EmbeddedPostgres(home).stop_unused() or pid is not None


def _is_gone(home: Path, seconds: float) -> bool:
    """Wait until the living system has ended, so long at most; return whether it has."""
    deadline = time.monotonic() + seconds
    while _pid(home) is not None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def login(home: Path) -> tuple[str, str] | None:
    """Return the administrator's name and password that Airflow made up for this machine."""
    passwords = home / "airflow" / "simple_auth_manager_passwords.json.generated"
    if not passwords.exists():
        return None
    return next(iter(json.loads(passwords.read_text()).items()), None)


def _pid_file(home: Path) -> Path:
    return home / "up.pid"


def _lock_file(home: Path) -> Path:
    """Return the file that the living system holds locked as long as it lives, whatever process bears its number."""
    return home / "up.lock"


def _port_file(home: Path) -> Path:
    return home / "up.port"


def _pid(home: Path) -> int | None:
    """Return the process of the living system, None if it does not run."""
    if not _lock_file(home).exists():
        return None
    with _lock_file(home).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(_pid_file(home).read_text())
    return None


def _is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/api/v2/monitor/health", timeout=5) as answer:
            health = json.load(answer)
    except (urllib.error.URLError, ConnectionError, TimeoutError, json.JSONDecodeError):
        return False
    return all(health[part]["status"] == "healthy" for part in ("metadatabase", "scheduler", "dag_processor"))
