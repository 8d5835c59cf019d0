"""What an operator sees of a run: objects archived, figures sent, a failure told once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from object_store import KEY, SECRET, object_store, upload
from rasd import resources
from rasd.local import airflow
from rasd.warehouse.engine import connect
from receivers import statsd, webhook

if TYPE_CHECKING:
    from pathlib import Path

    from rasd.local.house import House


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about the wiring."""
    monkeypatch.setenv("RASD_RECOGNISER", "gazetteer")
    monkeypatch.setenv("RASD_SETTLE_SECONDS", "0")


def test_from_bucket_to_archive_through_an_airflow_connection_with_figures(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with object_store("press", "kept") as (address, fs), statsd() as (port, figures):
        upload(fs, resources.seeds() / "inbox", "press/inbox")
        desk = {"conn_type": "aws", "login": KEY, "password": SECRET, "extra": {"endpoint_url": address}}
        monkeypatch.setenv("AIRFLOW_CONN_DESK_OBJECTS", json.dumps(desk))
        monkeypatch.setenv("RASD_STORAGE_CONNECTION", "desk_objects")
        monkeypatch.setenv("RASD_ARCHIVE", "s3://kept/press")
        for name, value in (("ON", "True"), ("HOST", "127.0.0.1"), ("PORT", str(port))):
            monkeypatch.setenv(f"AIRFLOW__METRICS__STATSD_{name}", value)
        conf = {"inbox": "s3://press/inbox/**", "after": "archive"}
        airflow.run_dag(house, "rasd_ingest", conf, while_waiting=lambda: None)
        assert [p.rsplit("/", 1)[1] for p in fs.find("press")] == ["10_menu_only.txt"], "what is in quarantine stays"
        assert len(fs.find("kept/press")) == 15
    assert figures["airflow.rasd.run.loaded"] == "17|g"
    assert figures["airflow.rasd.run.quarantined"] == "1|g"
    assert float(figures["airflow.rasd.run.articles_per_second"].removesuffix("|g")) > 0
    assert figures["airflow.rasd.health.queue_pages"].startswith("0")
    warehouse = connect(house.warehouse_dsn)
    with warehouse.connect() as c:
        health = dict(c.execute(sa.text("SELECT measure, alarm FROM report.health")).all())
    warehouse.dispose()
    assert set(health.values()) == {None}, "nothing is wrong"


def test_a_failed_run_is_told_once(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with webhook() as (port, got):
        desk = {"conn_type": "http", "host": "127.0.0.1", "port": port, "extra": {"endpoint": "desk"}}
        monkeypatch.setenv("AIRFLOW_CONN_DESK", json.dumps(desk))
        monkeypatch.setenv("RASD_ALERT_CONNECTION", "desk")
        with pytest.raises(Exception, match="no such inbox"):
            airflow.run_dag(house, "rasd_ingest", {"inbox": str(tmp_path / "nowhere")}, while_waiting=lambda: None)
        airflow.run_dag(house, "rasd_ingest", {"inbox": str(tmp_path), "dry_run": True}, while_waiting=lambda: None)
    ((path, _, body),) = got
    assert path == "/desk"
    assert body["dag"] == "rasd_ingest"
    assert "open_run" in body["tasks"] or "list_files" in body["tasks"]
    assert "/dags/rasd_ingest/runs/" in body["url"]
