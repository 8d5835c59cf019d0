"""The folder that holds everything Rasd writes on this machine, and the environment its programs get."""

from __future__ import annotations

import fcntl
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from rasd import settings
from rasd.errors import SettingError
from rasd.warehouse import migrate, roles
from rasd.warehouse.embedded import EmbeddedPostgres
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

_WAREHOUSE = "rasd"
_AIRFLOW = "airflow"
# Where a checkout keeps what Airflow reads; an installed wheel has no DAGs.
_ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class House:
    """An open house: the embedded Postgres runs as long as somebody holds it.

    Attributes:
        home: the folder.
        postgres: the embedded server; it carries Airflow's metadata, and the warehouse unless the user has their own.
        warehouse_dsn: address of the warehouse.
    """

    home: Path
    postgres: EmbeddedPostgres
    warehouse_dsn: str

    @property
    def airflow_home(self) -> Path:
        """Airflow's own folder."""
        return self.home / "airflow"

    def warehouse(self) -> sa.Engine:
        """Return the warehouse."""
        return connect(self.warehouse_dsn)

    def metadata(self) -> sa.Engine:
        """Return Airflow's metadata database."""
        return connect(self.postgres.dsn(_AIRFLOW))

    def airflow_environment(self, *, port: int = 8080) -> dict[str, str]:
        """Return the environment in which Airflow's programs run on this machine."""
        dags = _ROOT / "dags"
        if not dags.is_dir():
            raise SettingError("there are no DAGs", where=str(dags), do="Run Airflow from a checkout of Rasd.")
        return {
            **os.environ,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
            "RASD_HOME": str(self.home),
            "RASD_WAREHOUSE_DSN": self.warehouse_dsn,
            "RASD_INBOX": settings.load().inbox,
            "AIRFLOW_HOME": str(self.airflow_home),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": self.postgres.dsn(_AIRFLOW),
            "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(_ROOT / "plugins"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            # LocalExecutor forks all of them at once, so the default of 32 would cost gigabytes.
            "AIRFLOW__CORE__PARALLELISM": str(max(2, os.cpu_count() or 2)),
            # docker/airflow.cfg says why.
            "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "1",
            "AIRFLOW__WORKERS__MAX_FAILED_HEARTBEATS": "15",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        }


@contextmanager
def opened(home: Path | None = None) -> Iterator[House]:
    """Open the house: start Postgres, make the databases, bring the warehouse to this version's schema."""
    setting = settings.load()
    home = home or setting.home
    with EmbeddedPostgres(home) as postgres:
        dsn = setting.warehouse_dsn or postgres.dsn(_WAREHOUSE)
        for database in (dsn, postgres.dsn(_AIRFLOW)):
            migrate.create_database(database)
        house = House(home, postgres, dsn)
        engine = house.warehouse()
        if migrate.migrate(engine) and setting.warehouse_dsn is None:
            roles.grant(engine)  # on the embedded server nobody else does
        engine.dispose()
        yield house


@contextmanager
def exclusively(home: Path, name: str, otherwise: str) -> Iterator[IO[str]]:
    """Hold a lock of the house; where somebody else holds it, say `otherwise` and wait."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / f"{name}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(otherwise, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
