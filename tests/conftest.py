"""What tests share: a folder of the run's own, and a real Postgres, one server per run and one database per test."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import sys
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
import sqlalchemy as sa

from rasd import resources
from rasd.warehouse import migrate
from rasd.warehouse.embedded import EmbeddedPostgres
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
# Databases that those of the tests are copies of.
_EMPTY, _SAMPLE = "template_warehouse", "template_sample"
# Started first, the longest before the others: a worker that got one of them last would end long after the other.
_LONGEST = (
    *("dags/test_dags.py", "cli/test_commands.py", "newsroom/test_browser.py", "newsroom/test_fab_roles.py"),
    *("local/test_living_system.py", "training/test_training.py", "reading/test_floors.py", "pipeline/test_laws.py"),
)


def _keep_to_a_folder_of_its_own() -> None:
    """Give the run a folder for what would be in the way of other runs, or other runs in its way; it goes at the end.

    Where Python may not lay compiled modules beside the sources, every program that a test starts would compile all of
    Airflow anew: they lie here. And what root's tests write lies here: pytest closes its own folder in /tmp to
    everybody else whenever a run begins, so also to the account that runs the Postgres of another run.
    PYTEST_DEBUG_TEMPROOT names another place, in which it stays to be looked at.
    """
    compiled = bool(os.environ.get("PYTHONDONTWRITEBYTECODE")) and "PYTHONPYCACHEPREFIX" not in os.environ
    written = os.geteuid() == 0 and "PYTEST_DEBUG_TEMPROOT" not in os.environ
    if not (compiled or written):  # as in a worker, which has what is set here from the process that started it
        return
    folder = Path(tempfile.mkdtemp(prefix="rasd-tests-"))
    folder.chmod(0o711)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if compiled:
        del os.environ["PYTHONDONTWRITEBYTECODE"]
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(folder / "compiled")
        sys.dont_write_bytecode = False
    if written:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder)


_keep_to_a_folder_of_its_own()
# An example that is slow on a busy machine, or the first to import a library, breaks no law.
hypothesis.settings.register_profile("rasd", deadline=None)
hypothesis.settings.load_profile("rasd")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, in their order."""
    order = {f"tests/{path}": number for number, path in enumerate(_LONGEST)}
    items.sort(key=lambda item: order.get(item.nodeid.partition("::")[0], len(order)))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real pages and corpora, which lies beside the checkout where there is one."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("needs ../shared with the real pages, which is not here")
    return SHARED


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[EmbeddedPostgres]:
    """The session's server; workers of one session share it."""
    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / "house"
    with EmbeddedPostgres(home, durable=False) as server:
        _make_once(server, _EMPTY, "template0", migrate.migrate)
        yield server


def _make_once(server: EmbeddedPostgres, name: str, template: str, fill: Callable[[sa.Engine], object]) -> None:
    """Make a database to copy from, unless another worker of the run has: a copy of `template`, filled by `fill`."""
    admin = connect(server.dsn("postgres")).execution_options(isolation_level="AUTOCOMMIT")
    with (server.home / "template.lock").open("a") as lock, admin.connect() as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not connection.scalar(sa.text("SELECT count(*) FROM pg_database WHERE datname = :name"), {"name": name}):
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}_begun WITH (FORCE)")
            connection.exec_driver_sql(f"CREATE DATABASE {name}_begun TEMPLATE {template} STRATEGY FILE_COPY")
            engine = connect(server.dsn(f"{name}_begun"))
            fill(engine)
            engine.dispose()
            connection.exec_driver_sql(f"ALTER DATABASE {name}_begun RENAME TO {name}")
    admin.dispose()


@pytest.fixture(scope="session")
def sample(postgres: EmbeddedPostgres) -> str:
    """A template that holds the sample inbox, with the names that the quickest of the recognisers finds."""
    from rasd.annotating.gazetteer import Gazetteer
    from rasd.pipeline.ingest import IngestOptions, ingest

    def load(engine: sa.Engine) -> None:
        ingest(engine, IngestOptions(str(resources.seeds() / "inbox"), settle_seconds=0), Gazetteer())

    _make_once(postgres, _SAMPLE, _EMPTY, load)
    return _SAMPLE


@pytest.fixture
def new_database(postgres: EmbeddedPostgres) -> Iterator[Callable[..., str]]:
    """Give addresses of fresh databases: empty warehouses, or copies of the template that is named."""
    made: list[str] = []
    admin = connect(postgres.dsn("postgres")).execution_options(isolation_level="AUTOCOMMIT")

    def make(template: str = _EMPTY) -> str:
        name = f"test_{uuid.uuid4().hex}"
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        made.append(name)
        return postgres.dsn(name)

    yield make
    with admin.connect() as connection:
        for name in made:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def warehouse(new_database: Callable[..., str]) -> Iterator[sa.Engine]:
    """An empty warehouse of this version."""
    engine = connect(new_database())
    yield engine
    engine.dispose()


@pytest.fixture
def sample_warehouse(new_database: Callable[..., str], sample: str) -> Iterator[sa.Engine]:
    """A warehouse that holds the sample inbox: what a test has to do with a filled one, it does with this."""
    engine = connect(new_database(sample))
    yield engine
    engine.dispose()
