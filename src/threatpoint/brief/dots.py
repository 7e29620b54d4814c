"""Dots by horizon: one line a row, one shade a horizon, the numbers at the right."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from threatpoint.brief import charts, drawing

Row = Mapping[str, Any]


def draw(rows: Sequence[Row], horizons: Sequence[str], key: str, unit: str, width: int) -> Any:
    """The chart.

    Args:
        rows: with name, role, label, and a number `f"{horizon}_{key}"` for each horizon; one that
            is missing or not finite is not drawn.
        horizons: in order.
        key: what is drawn.
        unit: written behind the numbers of the axis.
        width: pixels.
    """
    import altair as alt

    names, left = [row["name"] for row in rows], drawing.label_width(rows, width)
    inner = drawing.room(rows, width)
    x = alt.X("value:Q", title=None, axis=_axis(inner, unit, width), scale=alt.Scale(zero=True))
    whole = drawing.base([_spread(row, horizons, key) for row in rows], names, width, left)
    spread = whole.mark_rule(strokeWidth=2, opacity=0.35).encode(
        x=alt.X("low:Q", title=None), x2="high:Q", color=drawing.role_colour()
    )
    marks = [dot for row in rows for dot in _dots(row, horizons, key)]
    points = drawing.base(marks, names, width, left).mark_point(filled=True, size=80)
    opacity = alt.Opacity("shade:Q", scale=None, legend=None)
    points = points.encode(x=x, color=drawing.role_colour(), opacity=opacity)
    layers = [drawing.zero_line(), spread, points, *drawing.names_above(whole, rows, width)]
    layers += drawing.numbers(whole, inner, width)
    return alt.layer(*layers).properties(width=inner, height=drawing.step(rows, width))


def _axis(inner: int, unit: str, width: int) -> Any:
    import altair as alt

    return alt.Axis(
        labelExpr=f"replace(format(datum.value, ',.2~f'), '-', '\u2212') + '{unit}'",
        orient="top",
        tickCount=max(inner // 90, 3),
        offset=0 if width > charts.NARROW else 10,
    )


def _dots(row: Row, horizons: Sequence[str], key: str) -> list[dict[str, Any]]:
    """One mark a horizon."""
    values = [(h, row.get(f"{h}_{key}", math.nan)) for h in horizons]
    return [
        {"name": row["name"], "role": row["role"], "value": value, "shade": drawing.shade(h)}
        for h, value in values
        if math.isfinite(value)
    ]


def _spread(row: Row, horizons: Sequence[str], key: str) -> dict[str, Any]:
    """The line between the outer marks, with the label of the row."""
    values = [dot["value"] for dot in _dots(row, horizons, key)] or [0.0]
    kept = {name: row[name] for name in ("name", "role", "label")}
    return kept | {"low": min(values), "high": max(values)}
