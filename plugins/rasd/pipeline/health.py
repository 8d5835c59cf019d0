"""Figures about a run and about the system, for whatever collects metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from rasd.pipeline import runs
from rasd.warehouse.engine import transaction

if TYPE_CHECKING:
    from uuid import UUID


def figures(engine: sa.Engine, run_id: UUID) -> dict[str, float]:
    """Return the run's pages by outcome, its seconds and its speed, and every figure of `report.health` by its name."""
    books = runs.books(engine, run_id)
    found: dict[str, float] = {
        "run.seen": books.seen,
        "run.loaded": books.loaded,
        "run.updated": books.updated,
        "run.duplicate": books.duplicate,
        "run.quarantined": books.quarantined,
        "run.waiting": books.waiting,
    }
    with transaction(engine) as connection:
        seconds, articles = connection.execute(
            sa.text(
                """
                SELECT extract(epoch FROM coalesce(r.closed_at, now()) - r.started_at)::float8, coalesce(w.articles, 0)
                FROM ops.run AS r
                CROSS JOIN LATERAL (
                  SELECT sum(p.n_articles) AS articles
                  FROM ops.outcome AS o
                  JOIN core.page AS p USING (page_id)
                  WHERE o.run_id = r.run_id AND o.outcome IN ('loaded', 'updated')
                ) AS w
                WHERE r.run_id = :run_id
                """
            ),
            {"run_id": run_id},
        ).one()
        found["run.seconds"] = seconds
        found["run.articles_per_second"] = articles / seconds if seconds else 0.0
        for measure, value in connection.execute(sa.text("SELECT measure, value FROM report.health")):
            if value is not None:
                found[f"health.{measure}"] = float(value)
    return found
