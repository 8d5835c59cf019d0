"""Small drawings made on the server: lines, bars and the ring of companions, as SVG that needs no script and prints.

Time runs from left to right in every language, as on the desk's other screens. Colours come from the style sheet.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from rasd.newsroom.warehouse import Row

_LINE_WIDTH, _LINE_HEIGHT, _MARGIN = 120, 28, 3


def sparkline(values: Sequence[float], usual: float | None = None) -> Markup:
    """Draw a line through `values`, oldest first, with a dashed line where they usually are."""
    top = max([*values, usual or 0, 1])

    def y(value: float) -> float:
        return round(_LINE_HEIGHT - _MARGIN - value / top * (_LINE_HEIGHT - 2 * _MARGIN), 1)

    step = (_LINE_WIDTH - 2 * _MARGIN) / max(1, len(values) - 1)
    points = [(round(_MARGIN + n * step, 1), y(value)) for n, value in enumerate(values)]
    line = " ".join(f"{x},{y}" for x, y in points)
    usually = "" if usual is None else f'<path class="usual" d="M0 {y(usual)}H{_LINE_WIDTH}"/>'
    dot = f'<circle cx="{points[-1][0]}" cy="{points[-1][1]}" r="2.2"/>' if points else ""
    return Markup(
        f'<svg class="spark" viewBox="0 0 {_LINE_WIDTH} {_LINE_HEIGHT}" aria-hidden="true">'
        f'{usually}<polyline points="{line}"/>{dot}</svg>'
    )


def columns(rows: Sequence[Row], value: str) -> Markup:
    """Draw a column for each row, oldest first: what stands there before a script draws the same with axes."""
    most = max((row[value] for row in rows), default=0) or 1
    heights = [round(100 * row[value] / most, 1) for row in rows]
    drawn = "".join(
        f'<rect x="{n}" width="0.8" y="{100 - height:.1f}" height="{height}"/>'
        for n, height in enumerate(heights)
        if height
    )
    return Markup(  # numbers only
        f'<svg class="columns-drawn" viewBox="0 0 {len(rows)} 100" preserveAspectRatio="none" aria-hidden="true">'
        f"{drawn}</svg>"
    )


def bar(value: float, of: float) -> Markup:
    """Draw how much `value` is of the largest, `of`."""
    width = round(100 * value / of, 1) if of else 0
    return Markup(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="all" width="100" height="6"/><rect width="{width}" height="6"/></svg>'
    )


class Seat(NamedTuple):
    """A companion's place in the ring: where it sits, where its label is and how it is anchored, how close its tie."""

    row: Row
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str
    radius: float
    tie: float


RING_WIDTH, RING_HEIGHT = 640, 420


def ring(companions: Sequence[Row], weight: str) -> list[Seat]:
    """Seat companions around an entity, the closest at the top and then clockwise; labels stand outside the ring."""
    most = max((row[weight] for row in companions), default=0)
    seats = []
    for n, row in enumerate(companions):
        angle = 2 * math.pi * n / len(companions) - math.pi / 2
        across, down = math.cos(angle), math.sin(angle)
        share = row[weight] / most
        out = 150 + 14 + 8 * share
        seats.append(
            Seat(
                row,
                x=round(RING_WIDTH / 2 + 150 * across, 1),
                y=round(RING_HEIGHT / 2 + 150 * down, 1),
                label_x=round(RING_WIDTH / 2 + out * across, 1),
                label_y=round(RING_HEIGHT / 2 + out * down + 5, 1),
                # Physical sides: the drawing runs from left to right whatever the direction of the page.
                anchor="middle" if abs(across) < 0.2 else "start" if across > 0 else "end",
                radius=round(4 + 7 * share, 1),
                tie=round(1 + 5 * share, 1),
            )
        )
    return seats
