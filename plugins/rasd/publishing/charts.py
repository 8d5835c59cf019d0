"""The charts of a digest: SVG that needs no script, prints, and does not rest on telling colours apart.

Drawn by Vega-Lite (through Altair), turned into SVG by vl-convert, offline. Labels stand on the right and bars grow
from there, as one reads; time runs from left to right. One dark colour carries the data, and what is usual is told by
shape and dashes: a grey print and a colour-blind eye lose nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

_WIDTH = 360
_BAR = 24
_INK, _DATA, _PALE, _RULE = "#1c2733", "#1b5e7d", "#8a97a3", "#dde3e8"
_FONT = "'Noto Naskh Arabic', 'Segoe UI', Tahoma, 'DejaVu Sans', sans-serif"
# Measuring takes other fonts than the reader's: a label may be this wide.
_LABEL = 150


def bars(rows: Sequence[tuple[str, float]], *, usual: Sequence[float | None] = ()) -> str:
    """Draw a bar for each row, the first on top; where `usual` is given, a tick stands where the bar usually ends."""
    import altair as alt

    expected = usual or [None] * len(rows)
    data: list[dict[str, Any]] = [
        {"name": _short(name), "n": n, "usual": u, "place": place, "text": f"{n:,.0f}", "end": max(n, u or 0)}
        for place, ((name, n), u) in enumerate(zip(rows, expected, strict=True))
    ]
    top = max([row["n"] for row in data] + [row["usual"] or 0 for row in data] + [1])
    # The number stands beyond the bar's end: there has to be room for it.
    scale = alt.Scale(domain=[0, top * 1.18], reverse=True, nice=False)
    x = alt.X("n:Q", axis=None, scale=scale)
    y = alt.Y(
        "place:O",
        axis=alt.Axis(orient="right", title=None, domain=False, ticks=False, labelLimit=_LABEL, labelPadding=6,
                      labelExpr=_labels([row["name"] for row in data]), labelFontSize=13),
    )  # fmt: skip
    base = alt.Chart(_data(data))
    drawn: list[Any] = [
        base.mark_bar(color=_DATA, height=13, cornerRadiusEnd=2).encode(x=x, y=y),
        base.mark_text(align="right", dx=-5, fontSize=12, color=_INK).encode(
            x=alt.X("end:Q", axis=None, scale=scale), y=y, text="text:N"
        ),
    ]
    if usual:
        tick = base.transform_filter("isValid(datum.usual)").mark_tick(color=_INK, thickness=2, height=20)
        drawn.append(tick.encode(x=alt.X("usual:Q", axis=None, scale=scale), y=y))
    return _svg(alt.layer(*drawn).properties(width=_WIDTH - _LABEL, height=_BAR * len(rows)))


def lines(days: Sequence[date], rows: Sequence[tuple[str, Sequence[int]]]) -> str:
    """Draw one line under another, each on its own scale (up to its most) and with its last value: names by day."""
    import altair as alt

    parts = []
    for number, (name, values) in enumerate(rows):
        data = [{"day": day.isoformat(), "n": n} for day, n in zip(days, values, strict=True)]
        last = number == len(rows) - 1
        x = alt.X(
            "day:T",
            axis=alt.Axis(title=None, format="%d/%m", tickCount=5, labelFontSize=11, labelColor=_PALE, grid=False,
                          domainColor=_RULE, tickColor=_RULE) if last else None,
        )  # fmt: skip
        top = max([*values, 1])
        y = alt.Y(
            "n:Q", scale=alt.Scale(domain=[0, top]),
            axis=alt.Axis(orient="left", title=None, values=[0, top], format=",d", labelFontSize=11, labelColor=_PALE,
                          labelPadding=6, domain=False, ticks=False, grid=False),
        )  # fmt: skip
        base = alt.Chart(_data(data))
        end = alt.Chart(_data(data[-1:]))
        # Name and last value stand beside the line, where neither meets it.
        label = alt.Chart(_data([{"name": _short(name), "last": f"{values[-1]:,}"}]))
        edge = alt.value(_WIDTH - _LABEL)
        parts.append(
            alt.layer(
                base.mark_area(color=_RULE, opacity=0.8).encode(x=x, y=y),
                base.mark_line(color=_DATA, strokeWidth=2).encode(x=x, y=y),
                end.mark_point(color=_DATA, filled=True, size=36, opacity=1).encode(x=x, y=y),
                label.mark_text(align="left", dx=10, fontSize=13, fontWeight="bold", color=_INK).encode(
                    x=edge, y=alt.value(10), text="last:N"
                ),
                label.mark_text(align="left", dx=10, fontSize=13, color=_INK).encode(
                    x=edge, y=alt.value(30), text="name:N"
                ),
            ).properties(width=_WIDTH - _LABEL, height=44)
        )
    return _svg(alt.vconcat(*parts, spacing=14))


def _data(rows: list[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _labels(names: Sequence[str]) -> str:
    """Return the expression by which an axis shows names in place of numbers: two rows may bear one name."""
    return f"{json.dumps(list(names), ensure_ascii=False)}[datum.value]"


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"


def _svg(chart: Any) -> str:
    """Return the chart as an SVG element that takes the width of its place."""
    import vl_convert

    drawn = chart.configure(
        background="transparent", font=_FONT, padding={"left": 4, "right": 4, "top": 4, "bottom": 4}
    )
    text: str = vl_convert.vegalite_to_svg(drawn.configure_view(stroke=None).to_dict(), allowed_base_urls=[])
    # Identifiers count up in each drawing, and a page holds several.
    text = re.sub(r'\s(?:id|aria-[\w-]+|role)="[^"]*"', "", text[text.index("<svg") :])
    width = re.search(r'width="(\d+)', text)
    return re.sub(r'<svg([^>]*?) width="[^"]*" height="[^"]*"', r"<svg\1", text, count=1).replace(
        "<svg", f'<svg style="max-width:{round(int(width[1]) * 1.4) if width else _WIDTH}px"', 1
    )
