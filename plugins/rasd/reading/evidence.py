"""Learned weights of pieces of evidence: what speaks for a name to be an outlet's or a writer's, and how much.

The tables lie in `weights/`, with the card that says how they were made; `rasd.training.naming` makes them again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import repeat
from pathlib import Path

from rasd.references import rows

WEIGHTS = Path(__file__).parent / "weights"
# What speaks for a name of which nothing is known.
NONE = "no evidence"


@cache  # every page asks for every table
def load_table(name: str) -> Mapping[str, float]:
    """Return the weight of each piece of evidence of a table of `weights/`.

    Raises:
        SettingError: where the file is missing or a row is not understood.
    """
    return {row["evidence"]: float(row["weight"]) for row in rows(WEIGHTS / f"{name}.csv", ("evidence", "weight"))}


def weigh_evidence(name: str, evidence: Iterable[str]) -> float:
    """Return how much pieces of evidence weigh together, by a table."""
    return total(load_table(name), evidence)


def total(weights: Mapping[str, float], evidence: Iterable[str]) -> float:
    """Return how much pieces of evidence weigh together; what the weights do not know weighs nothing.

    The sum does not depend on their order, as sets have none; a weight has two places.
    """
    return round(math.fsum((weights[NONE], *map(weights.get, evidence, repeat(0.0)))), 2)
