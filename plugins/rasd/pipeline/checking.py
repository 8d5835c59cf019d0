"""Is what the warehouse holds as it should be? Checks are rows (`ops.quality_check`), and so is what they find.

A check counts what is wrong among some runs, pages and articles: those of one run, or all there are. So what is asked
after every run costs what the run costs.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from rasd.errors import RasdError
from rasd.warehouse.engine import transaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

# What a check may look at, by name.
_OF_RUN = (
    "CREATE TEMPORARY TABLE checked_run ON COMMIT DROP AS SELECT CAST(:run_id AS uuid) AS run_id",
    "CREATE TEMPORARY TABLE checked_page ON COMMIT DROP AS SELECT DISTINCT page_id FROM ops.outcome"
    " WHERE run_id = :run_id AND batch_no IS NOT NULL AND page_id IS NOT NULL",
    "CREATE TEMPORARY TABLE checked_article ON COMMIT DROP AS"
    " SELECT DISTINCT article_id FROM core.appearance JOIN checked_page USING (page_id)",
)
_OF_ALL = (
    "CREATE TEMPORARY TABLE checked_run ON COMMIT DROP AS SELECT run_id FROM ops.run",
    "CREATE TEMPORARY TABLE checked_page ON COMMIT DROP AS SELECT page_id FROM core.page",
    "CREATE TEMPORARY TABLE checked_article ON COMMIT DROP AS SELECT article_id FROM core.article",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found: `value` of what it counts (None if it could not be made), well up to `at_most`."""

    check_name: str
    question: str
    severity: Literal["error", "warning"]
    value: float | None
    at_most: float
    is_passed: bool
    example: str | None
    duration_seconds: float

    def __str__(self) -> str:
        found = "could not be made" if self.value is None else f"{self.value:g}, at most {self.at_most:g}"
        return f"{self.severity} {self.check_name}: {found}. {self.question} ({self.example})"


def check(engine: sa.Engine, run_id: UUID | None = None) -> list[Result]:
    """Make every check on what a run had to do, or on everything; keep what they find, and return it."""
    with transaction(engine) as connection:
        for statement in _OF_ALL if run_id is None else _OF_RUN:
            connection.execute(sa.text(statement), {"run_id": run_id} if run_id else {})
        for name in ("checked_run", "checked_page", "checked_article"):
            connection.exec_driver_sql(f"ANALYZE {name}")
        checks = connection.execute(
            sa.text(
                "SELECT check_name, question, severity, at_most, statement FROM ops.quality_check"
                " ORDER BY severity, check_name"
            )
        ).all()
        results = [_make(connection, *row) for row in checks]
        _keep(connection, run_id, results)
    return results


def require(results: Sequence[Result]) -> list[Result]:
    """Return the warnings among what checks found.

    Raises:
        RasdError: if an error is among it; the message names each.
    """
    failed = [r for r in results if not r.is_passed]
    if errors := [r for r in failed if r.severity == "error"]:
        raise RasdError(
            "; ".join(map(str, errors)),
            do="Look at the examples, and at `SELECT * FROM report.quality WHERE is_latest AND NOT is_passed`.",
        )
    return failed


def _make(
    connection: sa.Connection,
    check_name: str,
    question: str,
    severity: Literal["error", "warning"],
    at_most: float,
    statement: str,
) -> Result:
    begin = time.perf_counter()
    value: float | None = None
    try:
        # A check that somebody wrote wrongly fails by itself, and takes no other along.
        with connection.begin_nested():
            row = connection.exec_driver_sql(statement.replace("%", "%%")).one()
            value, example = float(row.value), row.example
    except (sa.exc.SQLAlchemyError, AttributeError, TypeError, ValueError) as error:
        reason = getattr(error, "orig", None) or error
        example = str(reason).strip().splitlines()[0]
    return Result(
        check_name,
        question,
        severity,
        value,
        at_most,
        value is not None and value <= at_most,
        example,
        time.perf_counter() - begin,
    )


def _keep(connection: sa.Connection, run_id: UUID | None, results: Sequence[Result]) -> None:
    if not results:
        return
    connection.execute(
        sa.text(
            """
            INSERT INTO ops.check_result
              (check_name, run_id, severity, value, at_most, is_passed, example, duration_seconds)
            VALUES (:check_name, :run_id, :severity, :value, :at_most, :is_passed, :example, :duration_seconds)
            """
        ),
        [
            {
                "check_name": r.check_name,
                "run_id": run_id,
                "severity": r.severity,
                "value": r.value,
                "at_most": r.at_most,
                "is_passed": r.is_passed,
                "example": r.example,
                "duration_seconds": r.duration_seconds,
            }
            for r in results
        ],
    )
