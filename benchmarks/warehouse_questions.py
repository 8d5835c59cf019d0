"""What `benchmarks/warehouse.py` asks: every report view and function, with the parameters that people use."""

from __future__ import annotations

from dataclasses import dataclass

SHORT, LONG = 200.0, 2000.0  # the goals, in milliseconds


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and one that gives samples of its parameters (`:n` of them)."""

    name: str
    sql: str
    samples: str
    goal_ms: float = SHORT


QUESTIONS: tuple[Question, ...] = ()
