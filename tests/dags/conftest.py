"""What the tests of the DAGs share: Airflow on a real Postgres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rasd.local import airflow
from rasd.local.house import House
from rasd.warehouse import migrate

if TYPE_CHECKING:
    from collections.abc import Callable

    from rasd.warehouse.embedded import EmbeddedPostgres


@pytest.fixture(scope="session")
def metadata(postgres: EmbeddedPostgres) -> EmbeddedPostgres:
    """Airflow's metadata, migrated once."""
    migrate.create_database(postgres.dsn("airflow"))
    airflow.prepare(House(postgres.home, postgres, postgres.dsn("airflow")))
    return postgres


@pytest.fixture
def house(metadata: EmbeddedPostgres, new_database: Callable[..., str]) -> House:
    """A house with Airflow in it and an empty warehouse."""
    return House(metadata.home, metadata, new_database())


@pytest.fixture
def filled_house(metadata: EmbeddedPostgres, new_database: Callable[..., str], sample: str) -> House:
    """A house with Airflow in it and a warehouse that holds the sample inbox."""
    return House(metadata.home, metadata, new_database(sample))
