"""What the DAGs of Rasd share: who owns them, how they retry, where they write, and the steps as tasks.

Nothing here imports the library when a DAG file is parsed: tasks do, when they run.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import Asset, ExceptionRetryPolicy, RetryAction, RetryRule, TriggerRule, task, task_group
from airflow.sdk.exceptions import AirflowSkipException

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

OWNER = "rasd"
TAGS = ["rasd"]
# Tasks that write to the warehouse share this pool: its size is how many writers Postgres is asked to bear.
WRITERS_POOL = "rasd_writers"
WAREHOUSE_CONNECTION = "rasd_warehouse"
# Told after every run that changed something. A consumer asks the warehouse what is new: events may be merged.
ARTICLES = Asset(name="rasd_articles", uri="rasd://warehouse/core/article")

# What the first task returns instead of a run's id when asked for a dry run; what a failed task returns is None.
DRY_RUN = ""

# What passes by itself is tried again soon; what a person has to mend, and a bug, fail at once: trying again gives the
# same. The rest (a killed worker, a fault nobody thought of) gets Airflow's ordinary retries.
RETRY_POLICY = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception="rasd.errors.TransientError",
            action=RetryAction.RETRY,
            retry_delay=timedelta(seconds=15),
            reason="a fault that passes",
        ),
        RetryRule(exception="rasd.errors.RasdError", action=RetryAction.FAIL, reason="a person has to mend this"),
        RetryRule(
            exception=[
                *(TypeError, ValueError, LookupError, AttributeError, AssertionError, ImportError),
                *("sqlalchemy.exc.ProgrammingError", "sqlalchemy.exc.IntegrityError", "sqlalchemy.exc.DataError"),
            ],
            action=RetryAction.FAIL,
            reason="a bug",
        ),
    ]
)
DEFAULT_ARGS: dict[str, Any] = {
    "owner": OWNER,
    "retries": 3,
    "retry_delay": timedelta(seconds=30),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=5),
    "retry_policy": RETRY_POLICY,
    "execution_timeout": timedelta(hours=2),
}


def warehouse() -> sa.Engine:
    """Return the warehouse: `RASD_WAREHOUSE_DSN` where it is set, else the Airflow connection `rasd_warehouse`."""
    from airflow.sdk import BaseHook

    from rasd import settings
    from rasd.warehouse import engine, migrate

    dsn = settings.load().warehouse_dsn or BaseHook.get_connection(WAREHOUSE_CONNECTION).get_uri()
    connected = engine.connect(dsn)
    migrate.require_current(connected)
    return connected


def storage(uri: str) -> tuple[Any, str]:
    """Return the file system of an address and the path in it.

    Credentials come from the Airflow connection that `RASD_STORAGE_CONNECTION` names, else from the environment.
    """
    from airflow.sdk import ObjectStoragePath

    from rasd import settings

    path = ObjectStoragePath(uri, conn_id=settings.load().storage_connection)
    return path.fs, path.path


def measure(figures: Mapping[str, float]) -> None:
    """Hand figures to the metrics that Airflow is set up for (StatsD or OpenTelemetry), as gauges `rasd.…`."""
    from airflow.sdk.observability.stats import Stats

    for name, value in figures.items():
        Stats.gauge(f"rasd.{name}", value)


@task_group
def process(run: str, batch_no: int) -> None:
    """Read, annotate and resolve one batch of pages."""

    @task(pool=WRITERS_POOL)
    def read(run: str, batch_no: int) -> int:
        from uuid import UUID

        from rasd.pipeline import reading

        return reading.read_batch(warehouse(), UUID(run), batch_no)

    @task(pool=WRITERS_POOL)
    def annotate(run: str, batch_no: int) -> int:
        from uuid import UUID

        from rasd import settings
        from rasd.annotating import load_recogniser
        from rasd.pipeline import annotating

        recogniser = load_recogniser(settings.load().recogniser)
        return annotating.annotate_batch(warehouse(), UUID(run), batch_no, recogniser)

    @task(pool=WRITERS_POOL)
    def resolve(run: str, batch_no: int) -> int:
        from uuid import UUID

        from rasd.pipeline import resolving

        return resolving.resolve_batch(warehouse(), UUID(run), batch_no)

    read(run, batch_no) >> annotate(run, batch_no) >> resolve(run, batch_no)


@task(pool=WRITERS_POOL, trigger_rule=TriggerRule.ALL_DONE)
def select(run: str | None, seen: str, batch_pages: str, take_over: bool) -> list[int]:
    """Cut the pages that have something to be done into batches, and return the batches' numbers.

    Runs whatever became of the files before it, so that one bad batch does not hold up the others.
    """
    from uuid import UUID

    from rasd import settings
    from rasd.pipeline import selecting

    if not run:
        return []
    size = int(batch_pages) if batch_pages else settings.load().batch_pages
    return selecting.cut(warehouse(), UUID(run), seen=seen, batch_pages=size, take_over=take_over)


@task(pool=WRITERS_POOL, trigger_rule=TriggerRule.ALL_DONE)
def publish(run: str | None, after: str) -> dict[str, Any]:
    """Bring the reports up to date and close the books; fail if a page has no outcome.

    Then remove what was asked to be removed from the inbox.

    Runs whatever became of the steps before it: this is where a run that did not do all its work turns red.
    """
    from uuid import UUID

    from rasd import settings
    from rasd.errors import RasdError, SettingError
    from rasd.pipeline import health, landing, publishing, runs

    if run == DRY_RUN:
        raise AirflowSkipException("A dry run has no books.")
    if run is None:
        raise RasdError("there is no run to close", do="The first task failed; its log says why.")
    archive = settings.load().archive if after == "archive" else None
    if after == "archive" and archive is None:
        raise SettingError("is not set", where="RASD_ARCHIVE", do="Name a folder or an object-store address.")
    engine = warehouse()
    publishing.publish(engine)
    books = runs.close_run(engine, UUID(run)).counts()
    measure(health.figures(engine, UUID(run)))
    if after in ("archive", "delete"):
        books["removed"] = landing.remove_files(engine, UUID(run), archive=archive, storage=storage)
    return books


@task(pool=WRITERS_POOL)
def check(run: str) -> list[str]:
    """Check the data that the run had to do with: errors turn the run red, warnings are told."""
    from uuid import UUID

    from rasd.pipeline import checking

    warnings = [str(warning) for warning in checking.require(checking.check(warehouse(), UUID(run)))]
    for warning in warnings:
        print(warning)
    return warnings


@task(outlets=[ARTICLES])
def announce(books: dict[str, Any]) -> None:
    """Tell whoever waits for articles that there are new ones; skipped when a run changed nothing."""
    if not books["loaded"] + books["updated"]:
        raise AirflowSkipException("The run changed nothing.")
