"""
### Pages from the inbox into the warehouse

**For:** every page that arrives. **Reads** the inbox (`RASD_INBOX`, or the one given in the form): a folder, a glob
or an object-store address. **Writes** `raw`, `core` and `ops`; files in the inbox are left where they are.

**Safe to clear, rerun, trigger twice:** yes. A page is known by its bytes; what has been done is not done again, and
two runs at once give the same tables.

**When it fails:** the log of the first red task says what to do. Trigger the DAG again afterwards: it takes over what
the failed run had landed and not finished. Pages that cannot be processed never fail a run: they are in quarantine
(`rasd quarantine list`), with the reason and what to do. If *publish* is red, the books did not close: a page was
seen and has no outcome, because a step before it failed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import CronTriggerTimetable, Param, dag, task
from rasd_wiring import (
    DEFAULT_ARGS,
    DRY_RUN,
    TAGS,
    WRITERS_POOL,
    announce,
    check,
    process,
    publish,
    select,
    storage,
    warehouse,
)


@dag(
    dag_id="rasd_ingest",
    doc_md=__doc__,
    schedule=CronTriggerTimetable("*/15 * * * *", timezone="UTC"),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=6),
    default_args=DEFAULT_ARGS,
    tags=[*TAGS, "ingest"],
    params={
        "inbox": Param(
            None,
            type=["null", "string"],
            title="Inbox",
            description="Folder, glob or object-store address (s3://bucket/press/**). Empty: the setting RASD_INBOX.",
        ),
        "batch_pages": Param(
            None,
            type=["null", "integer"],
            minimum=1,
            title="Pages per batch",
            description="How many pages one task processes. Empty: the setting RASD_BATCH_PAGES, 500 unless set.",
        ),
        "seen": Param(
            "renew",
            enum=["renew", "skip", "reread"],
            title="Pages seen before",
            description="renew: do again what an older version made; skip: leave them; reread: do all of them again.",
        ),
        "after": Param(
            "keep",
            enum=["keep", "archive", "delete"],
            title="Files afterwards",
            description="keep: leave them in the inbox; archive: move those whose every page is in the warehouse to"
            " RASD_ARCHIVE; delete: remove them.",
        ),
        "dry_run": Param(
            False, type="boolean", title="Dry run", description="Only say what the inbox holds; write nothing."
        ),
    },
)
def rasd_ingest() -> None:
    """Wire the steps: list, land by batches of files, process by batches of pages, publish."""

    @task(pool=WRITERS_POOL)
    def open_run(params: dict[str, Any], run_id: str) -> str:
        from rasd import settings
        from rasd.annotating import load_recogniser
        from rasd.pipeline import annotating, landing, runs

        setting = settings.load()
        options = {**params, "inbox": params["inbox"] or setting.inbox}
        engine = warehouse()
        if params["dry_run"]:
            found = landing.survey(engine, options["inbox"], settle_seconds=setting.settle_seconds, storage=storage)
            print(f"Dry run. {found.told()}")
            return DRY_RUN
        versions = annotating.versions(load_recogniser(setting.recogniser))
        return str(runs.open_run(engine, "ingest", options, versions, external_id=f"rasd_ingest/{run_id}"))

    @task(pool=WRITERS_POOL)
    def list_files(run: str) -> list[int]:
        from uuid import UUID

        from rasd import settings
        from rasd.pipeline import landing

        if run == DRY_RUN:
            return []
        batches = landing.list_files(
            warehouse(), UUID(run), settle_seconds=settings.load().settle_seconds, storage=storage
        )
        return list(range(1, batches + 1))

    @task(pool=WRITERS_POOL)
    def land(run: str, batch_no: int) -> int:
        from uuid import UUID

        from rasd.pipeline import landing

        return landing.land_batch(warehouse(), UUID(run), batch_no, storage=storage)

    run = open_run()
    landed = land.partial(run=run).expand(batch_no=list_files(run))
    batches = select(run, "{{ params.seen }}", "{{ params.batch_pages or '' }}", take_over=True)
    books = publish(run, "{{ params.after }}")
    landed >> batches
    process.partial(run=run).expand(batch_no=batches) >> books
    books >> check(run) >> announce(books)


rasd_ingest()
