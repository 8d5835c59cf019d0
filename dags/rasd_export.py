"""
### Articles, mentions, entities and stories as files, by day

**For:** systems that read files rather than Postgres. **Reads** `core`; **writes** Parquet or CSV, partitioned by day
of publication, into the folder or object store `RASD_EXPORT` (or the one given in the form). Without one, the run is
skipped. What no page dates to a day lies in a partition of its own.

**Safe to clear, rerun, trigger twice:** yes. A file is written whole or not at all, and only if its rows have changed
since the last export; a run that was killed goes on where it was.

**When it fails:** the log says why. Usually the target cannot be written: see its credentials (an object store's are
those of Airflow's connection) and its room. Then clear the failed task.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pendulum
from airflow.sdk import CronTriggerTimetable, Param, dag, task
from airflow.sdk.exceptions import AirflowSkipException
from rasd_wiring import DEFAULT_ARGS, TAGS, storage, warehouse


@dag(
    dag_id="rasd_export",
    doc_md=__doc__,
    schedule=CronTriggerTimetable("30 3 * * *", timezone="UTC"),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    default_args={**DEFAULT_ARGS, "execution_timeout": timedelta(hours=10)},
    tags=[*TAGS, "export"],
    params={
        "target": Param(
            None,
            type=["null", "string"],
            title="Target",
            description="Folder or object-store address (s3://bucket/rasd). Empty: the setting RASD_EXPORT.",
        ),
        "format": Param("parquet", enum=["parquet", "csv"], title="Format"),
        "since": Param(None, type=["null", "string"], format="date", title="Published since"),
        "until": Param(None, type=["null", "string"], format="date", title="Published until"),
    },
)
def rasd_export() -> None:
    """Wire one task per table."""

    @task
    def export(table: str, params: dict[str, Any]) -> dict[str, Any]:
        from dataclasses import asdict

        from rasd import settings
        from rasd.publishing import export as exporting

        target = params["target"] or settings.load().export
        if not target:
            raise AirflowSkipException("RASD_EXPORT is not set: there is nowhere to export to.")
        done = exporting.export(
            warehouse(),
            target,
            exporting.tables([table])[0],
            format=params["format"],
            since=params["since"] and date.fromisoformat(params["since"]),
            until=params["until"] and date.fromisoformat(params["until"]),
            storage=storage,
        )
        print(done)
        return asdict(done)

    # One after another in one slot each: a table is streamed, not held.
    export.expand(table=["article", "mention", "entity", "story"])


rasd_export()
