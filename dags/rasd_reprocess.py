"""
### Pages of the warehouse, read and annotated again

**For:** old pages, when the reader, the recogniser or the reference data have improved. **Reads** `raw` and `core`;
**writes** `core` and `ops`. Pages whose rows carry the current versions already are left alone.

**Furniture:** with *freeze*, the lines that repeat in an outlet's texts are counted first and kept as a new version,
with which these pages, and those of every later run, are read.

**Starts with a dry run:** it only says how many pages the choice holds. Untick *dry run* in the form to do it.

**Safe to clear, rerun, trigger twice:** yes; new rows replace exactly the rows that older versions made.

**When it fails:** the log of the first red task says what to do; trigger it again with the same choice.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pendulum
from airflow.sdk import Param, dag, task
from rasd_wiring import DEFAULT_ARGS, DRY_RUN, TAGS, WRITERS_POOL, announce, check, process, publish, select, warehouse


@dag(
    dag_id="rasd_reprocess",
    doc_md=__doc__,
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(days=2),
    default_args=DEFAULT_ARGS,
    tags=[*TAGS, "reprocess"],
    params={
        "since": Param(None, type=["null", "string"], format="date", title="Published since"),
        "until": Param(None, type=["null", "string"], format="date", title="Published until"),
        "outlet": Param(None, type=["null", "string"], title="Outlet", description="Its id or its name."),
        "reader_version": Param(None, type=["null", "string"], title="Read by this version of the reader"),
        "recogniser_version": Param(None, type=["null", "string"], title="Annotated by this recogniser"),
        "furniture": Param(
            "keep",
            enum=["keep", "freeze"],
            title="Furniture",
            description="keep: read with what is known; freeze: count first which lines repeat in an outlet's texts.",
        ),
        "batch_pages": Param(None, type=["null", "integer"], minimum=1, title="Pages per batch"),
        "dry_run": Param(
            True, type="boolean", title="Dry run", description="Only say how many pages that is; write nothing."
        ),
    },
)
def rasd_reprocess() -> None:
    """Wire the steps: choose, process by batches of pages, publish."""

    @task(pool=WRITERS_POOL)
    def choose(params: dict[str, Any], run_id: str) -> str:
        from rasd import settings
        from rasd.annotating import load_recogniser
        from rasd.pipeline import annotating, furniture, runs, selecting

        engine = warehouse()
        selection = selecting.Selection(
            since=params["since"] and date.fromisoformat(params["since"]),
            until=params["until"] and date.fromisoformat(params["until"]),
            outlet=params["outlet"],
            reader_version=params["reader_version"],
            recogniser_version=params["recogniser_version"],
        )
        if params["furniture"] == "freeze":
            frozen = furniture.freeze(engine, dry_run=params["dry_run"])
            print(f"Furniture: {len(frozen.new)} new lines, {frozen.n_lines} in all.")
        if params["dry_run"]:
            print(f"Dry run. The choice holds {selecting.count(engine, selection)} pages.")
            return DRY_RUN
        versions = annotating.versions(load_recogniser(settings.load().recogniser))
        opened = runs.open_run(engine, "reprocess", params, versions, external_id=f"rasd_reprocess/{run_id}")
        selecting.choose(engine, opened, selection)
        return str(opened)

    run = choose()
    batches = select(run, "renew", "{{ params.batch_pages or '' }}", take_over=False)
    books = publish(run, "keep")
    process.partial(run=run).expand(batch_no=batches) >> books
    books >> check(run) >> announce(books)


rasd_reprocess()
