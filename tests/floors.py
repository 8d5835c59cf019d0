"""Floors under measures, for the tools that hold what they measure to them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

Measures = Mapping[str, Mapping[str, float]]


def below(floors: Measures, measured: Measures) -> list[str]:
    """Return, in words, each measure under its floor."""
    return [
        f"{what}, {name}: {measured[what][name]:.1f} is below the floor of {floor:.1f}"
        for what, named in floors.items()
        for name, floor in named.items()
        if measured[what][name] < floor
    ]


def lifted(floors: Measures, measured: Measures) -> dict[str, dict[str, float]]:
    """Return the floors that these measures set; none falls."""
    return {
        what: {name: max(value, floors.get(what, {}).get(name, 0.0)) for name, value in named.items()}
        for what, named in measured.items()
    }


def told(failures: Sequence[str]) -> int:
    """Tell what is below its floor; return the status to end with."""
    for failure in failures:
        print(f"below the floor: {failure}", file=sys.stderr)
    return 1 if failures else 0
