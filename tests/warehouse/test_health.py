"""report.health: silent where all is well, and saying what is wrong where something is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from rasd import resources
from rasd.annotating.gazetteer import Gazetteer
from rasd.pipeline import health
from rasd.pipeline.ingest import IngestOptions, ingest

if TYPE_CHECKING:
    from uuid import UUID


def figures(engine: sa.Engine) -> dict[str, tuple[float | None, str | None]]:
    with engine.connect() as c:
        rows = c.execute(sa.text("SELECT measure, value, alarm FROM report.health")).all()
    return {measure: (None if value is None else float(value), alarm) for measure, value, alarm in rows}


def change(engine: sa.Engine, *statements: str) -> None:
    with engine.begin() as c:
        for statement in statements:
            c.execute(sa.text(statement))


@pytest.fixture
def run_id(warehouse: sa.Engine) -> UUID:
    options = IngestOptions(str(resources.seeds() / "inbox"), settle_seconds=0)
    return ingest(warehouse, options, Gazetteer()).run_id


def test_an_empty_warehouse_says_that_nothing_has_run(warehouse: sa.Engine) -> None:
    found = figures(warehouse)
    assert found["last_closed_run_age"] == (None, "no run has ever closed its books")
    assert {alarm for name, (_, alarm) in found.items() if name != "last_closed_run_age"} == {None}


def test_after_a_run_nothing_is_wrong_and_the_figures_are_its_own(warehouse: sa.Engine, run_id: UUID) -> None:
    found = figures(warehouse)
    assert {alarm for _, alarm in found.values()} == {None}
    assert found["quarantined_pages"][0] == 1
    assert found["quarantined_share"][0] == pytest.approx(1 / 19, abs=1e-3)
    told = health.figures(warehouse, run_id)
    assert (told["run.seen"], told["run.loaded"], told["run.quarantined"]) == (19, 17, 1)
    assert told["run.articles_per_second"] > told["run.loaded"] / told["run.seconds"] * 0.9
    assert told["health.queue_pages"] == 0


def test_what_is_wrong_is_said(warehouse: sa.Engine, run_id: UUID) -> None:
    change(
        warehouse, "UPDATE ops.run SET closed_at = now() - interval '2 hours', started_at = now() - interval '3 hours'"
    )
    assert figures(warehouse)["last_closed_run_age"] == (
        pytest.approx(120, abs=3),
        "no run has closed its books for an hour",
    )
    change(
        warehouse,
        "UPDATE ops.run SET state = 'open', started_at = now() - interval '7 hours',"
        " heartbeat_at = now() - interval '2 hours'",
        "UPDATE ops.outcome SET outcome = NULL WHERE source_no <= 3",
    )
    found = figures(warehouse)
    assert found["runs_silent"] == (1.0, "open runs that have not stirred for an hour")
    assert found["queue_pages"][0] == 3
    assert found["queue_age"] == (pytest.approx(420, abs=3), "pages have waited for six hours")
    change(warehouse, "UPDATE ops.run SET state = 'failed'")
    assert figures(warehouse)["runs_failed"] == (1.0, "runs whose books do not close")


def test_shares_alarm_only_where_there_is_enough_to_judge_by(warehouse: sa.Engine, run_id: UUID) -> None:
    change(warehouse, "UPDATE core.page SET confidence = 0.1")
    assert figures(warehouse)["doubtful_share"] == (1.0, None), "seventeen pages are not enough"
    change(warehouse, "UPDATE ops.run SET n_seen = 200, n_quarantined = 50, n_loaded = 150, n_duplicate = 0")
    assert figures(warehouse)["quarantined_share"] == (0.25, "more than a tenth of a day's pages is in quarantine")


def test_every_alarm_is_explained(warehouse: sa.Engine) -> None:
    view = (resources.sql() / "report" / "health.sql").read_text(encoding="utf-8")
    explained = Path(__file__).parents[2].joinpath("docs", "operations.md").read_text(encoding="utf-8")
    for alarm in (a.replace("''", "'") for a in re.findall(r"THEN '((?:[^']|'')+)'", view)):
        assert f"| {alarm} |" in explained, alarm
