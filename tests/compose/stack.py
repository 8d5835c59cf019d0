"""A stack of docker-compose.yml, brought up from a copy of the checkout and driven from outside."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

import rest
from rasd.warehouse.engine import connect
from receivers import free_port

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = "rasd-test"
SERVICES = ("postgres", "api-server", "scheduler", "dag-processor", "triggerer", "housekeeping")


def documented(heading: str) -> list[str]:
    """Return the commands that docs/operations.md states under a heading, block by block."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    section = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text, re.DOTALL | re.MULTILINE)
    found = re.findall(r"^```sh\n(.*?)^```", section[1], re.DOTALL | re.MULTILINE) if section else []
    assert found, f"docs/operations.md has no commands under {heading!r}"
    return found


def compose_command() -> list[str] | None:
    """Return how compose is called here, None where it is not."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if (
            shutil.which(command[0])
            and not subprocess.run([*command, "version"], capture_output=True, check=False).returncode
        ):
            return command
    return None


def engine_answers() -> bool:
    """Say whether a Docker Engine runs."""
    return (
        bool(shutil.which("docker"))
        and not subprocess.run(["docker", "info"], capture_output=True, check=False).returncode
    )


class Engine:
    """A Docker Engine: one that runs, or one started here by hand as root; `missing` says why there is neither."""

    def __init__(self, folder: Path) -> None:
        self._log, self._daemon = folder / "dockerd.log", None
        self.missing: str | None = None
        if compose_command() is None:
            self.missing = "no docker compose on this machine"
        elif not engine_answers():
            if not shutil.which("dockerd") or os.geteuid() != 0:
                self.missing = "no Docker Engine runs here, and none can be started (dockerd, as root)"
            else:
                self._start()

    def _start(self) -> None:
        with self._log.open("a") as log:
            self._daemon: subprocess.Popen[bytes] | None = subprocess.Popen(["dockerd"], stdout=log, stderr=log)
        wait_for(engine_answers, 60, "dockerd")

    @property
    def is_ours(self) -> bool:
        """Whether it was started here."""
        return self._daemon is not None

    def restart(self) -> None:
        """Stop everything and start the engine again, as when the machine is rebooted."""
        self.stop()
        self._start()

    def stop(self) -> None:
        """Stop an engine that was started here."""
        if self._daemon is not None:
            self._daemon.terminate()
            self._daemon.wait(120)
            self._daemon = None


def wait_for(look: Callable[[], Any], seconds: float, what: str) -> Any:
    """Return what `look` returns as soon as it is true."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s in vain for {what}"
        time.sleep(2)


class Stack:
    """One project of compose, with secrets, ports and an inbox of its own."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.folder, self.inbox = folder / "origin", folder / "site", folder / "inbox"
        self._token: str | None = None
        if self.folder.exists():  # one that an earlier call left up
            self.port, self.database_port = int(self.settings["RASD_PORT"]), int(self.settings["RASD_DB_PORT"])
            return
        self.inbox.mkdir()
        self.copy_checkout()
        self.git("init", "--quiet")
        self.commit("As it is")
        self.git("clone", "--quiet", ".", str(self.folder))
        subprocess.run(["make", "env"], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        self.port, self.database_port = free_port(), free_port()
        self.set(
            RASD_INBOX_DIR=str(self.inbox), RASD_PORT=str(self.port), RASD_DB_PORT=str(self.database_port),
            RASD_OBJECTS_PORT=str(free_port()), RASD_SETTLE_SECONDS="0", RASD_IMAGE="rasd-test:latest",
            RASD_ALERT_CONNECTION="desk",
        )  # fmt: skip

    def copy_checkout(self) -> None:
        """Copy what git knows: what lies about in a working folder cannot be what makes the image work."""
        files = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        for name in filter(None, files.split("\0")):
            if (ROOT / name).is_file():
                (self.origin / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, self.origin / name)

    def git(self, *words: str) -> None:
        """Run git in the repository that the stack's checkout comes from."""
        subprocess.run(["git", *words], cwd=self.origin, check=True)

    def commit(self, why: str) -> None:
        """Commit what lies in that repository."""
        self.git("add", "--all")
        self.git("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message", why)

    @property
    def settings(self) -> dict[str, str]:
        """What `.env` holds."""
        lines = (self.folder / ".env").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))

    def secrets(self) -> dict[str, str]:
        """The values of `.env` that nobody may read."""
        wanted, a_user = ("_PASSWORD", "_KEY", "_SECRET"), "RASD_OBJECTS_KEY"
        return {name: v for name, v in self.settings.items() if name.endswith(wanted) and name != a_user}

    def set(self, **values: str) -> None:
        """Change settings in `.env`."""
        path = self.folder / ".env"
        lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x.partition("=")[0] not in values]
        path.write_text("\n".join([*lines, *(f"{k}={v}" for k, v in values.items())]) + "\n", encoding="utf-8")

    def environment(self) -> dict[str, str]:
        """What programs of this test are started with."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("RASD_", "AIRFLOW", "POSTGRES_"))}
        return {**kept, "DOCKER_BUILDKIT": "0", "COMPOSE_PROJECT_NAME": PROJECT, "COMPOSE_HTTP_TIMEOUT": "300"}

    def compose(self, *words: str, timeout: float = 900, check: bool = True) -> str:
        """Run docker compose in the project and return what it printed."""
        command = [*(compose_command() or []), *words]
        result = subprocess.run(
            command, cwd=self.folder, env=self.environment(), capture_output=True, text=True, timeout=timeout,
            check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert not check or result.returncode == 0, f"{' '.join(words)}:\n{(result.stdout + result.stderr)[-6000:]}"
        return result.stdout

    def script(self, lines: str) -> str:
        """Run commands as the documentation states them, and return what they printed."""
        lines = lines.replace("docker compose", " ".join(compose_command() or []))
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", lines], cwd=self.folder, env=self.environment(), capture_output=True,
            text=True, timeout=1800, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert result.returncode == 0, f"{lines}\n{(result.stdout + result.stderr)[-6000:]}"
        return result.stdout

    def inspect(self, service: str, container: str = "") -> dict[str, Any]:
        """Return what the engine knows of a service's container: its first unless one is named."""
        container = container or self.compose("ps", "--quiet", service).split()[0]
        found = subprocess.run(["docker", "inspect", container], capture_output=True, text=True, check=True).stdout
        state: dict[str, Any] = json.loads(found)[0]
        return state

    def gateway(self) -> str:
        """Return the address of this machine as the containers see it."""
        return str(next(iter(self.inspect("scheduler")["NetworkSettings"]["Networks"].values()))["Gateway"])

    def is_healthy(self, *services: str) -> bool:
        """Say whether every one of the services is up and well."""
        return all(self.inspect(s)["State"].get("Health", {}).get("Status") == "healthy" for s in services)

    def wait_until_healthy(self, *services: str, seconds: float = 240) -> None:
        """Wait until the services are well, all of them unless some are named."""
        wanted = services or SERVICES
        wait_for(lambda: self.is_healthy(*wanted), seconds, f"health of {', '.join(wanted)}")

    def crash(self, service: str, container: str = "") -> None:
        """Kill a service's processes from outside: to the engine this is a crash, which its restart policy mends."""
        os.kill(self.inspect(service, container)["State"]["Pid"], signal.SIGKILL)

    def warehouse(self, role: str = "rasd_owner", database: str = "rasd") -> sa.Engine:
        """Return the warehouse as a role sees it from this machine."""
        return connect(self.dsn(role, database))

    def dsn(self, role: str, database: str = "rasd", settings: dict[str, str] | None = None) -> str:
        """Return a role's address from this machine, with the password of these settings or those of now."""
        names = {"airflow": "AIRFLOW_DB_PASSWORD", "postgres": "POSTGRES_PASSWORD"}
        password = (settings or self.settings)[names.get(role, f"{role.upper()}_PASSWORD")]
        return f"postgresql://{role}:{password}@127.0.0.1:{self.database_port}/{database}"

    def ask(self, query: str, role: str = "rasd_owner", database: str = "rasd", **values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        warehouse = self.warehouse(role, database)
        try:
            with warehouse.connect() as connection:
                return [tuple(row) for row in connection.execute(sa.text(query), values)]
        finally:
            warehouse.dispose()

    def call(self, path: str, body: dict[str, Any] | None = None, *, token: str | None = None) -> Any:
        """Call the API."""
        return rest.call(self.port, path, body, token)

    def token(self) -> str:
        """Log in as the administrator, once."""
        login = {"username": "admin", "password": self.settings["RASD_ADMIN_PASSWORD"]}
        self._token = self._token or str(self.call("/auth/token", login)["access_token"])
        return self._token

    def api(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Call the API as the administrator."""
        return self.call(path, body, token=self.token())

    def log_in_again(self) -> None:
        """Forget the session."""
        self._token = None

    def trigger(self, dag: str, **conf: Any) -> str:
        """Start a run through the API and return its id."""
        return str(self.api(f"/api/v2/dags/{dag}/dagRuns", {"logical_date": None, "conf": conf})["dag_run_id"])

    def state(self, dag: str, run: str) -> str:
        """Return the state of a run; while the API is away, that it is away."""
        try:
            return str(self.api(f"/api/v2/dags/{dag}/dagRuns/{run}")["state"])
        except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
            return f"unknown ({error})"

    def finish(self, dag: str, run: str, seconds: float = 600) -> str:
        """Wait for the end of a run and return how it ended."""
        ended = ("success", "failed")
        wait_for(lambda: self.state(dag, run) in ended, seconds, f"the end of {dag} {run}")
        return self.state(dag, run)

    def ingest(self, **conf: Any) -> str:
        """Ingest the inbox and return how the run ended."""
        return self.finish("rasd_ingest", self.trigger("rasd_ingest", **conf))
