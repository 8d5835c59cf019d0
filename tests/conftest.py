"""A real Postgres for every test that asks for one: one server per session, one database per test."""

from __future__ import annotations

import fcntl
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from rasd.warehouse import migrate
from rasd.warehouse.embedded import EmbeddedPostgres
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
_TEMPLATE = "template_warehouse"


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
        with (home / "template.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            migrate.create_database(server.dsn(_TEMPLATE))
            engine = connect(server.dsn(_TEMPLATE))
            migrate.migrate(engine)
            engine.dispose()
        yield server


@pytest.fixture
def new_database(postgres: EmbeddedPostgres) -> Iterator[Callable[..., str]]:
    """Give addresses of fresh databases: migrated ones, or empty ones where `empty` is asked for."""
    made: list[str] = []
    admin = connect(postgres.dsn("postgres")).execution_options(isolation_level="AUTOCOMMIT")

    def make(*, empty: bool = False) -> str:
        name = f"test_{uuid.uuid4().hex}"
        with admin.connect() as connection:
            template = "template0" if empty else _TEMPLATE
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
