"""Break-even beliefs on one axis from 0 to 100 %, with a column for those who never give in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from threatpoint import words
from threatpoint.brief import charts, drawing, svg

Row = Mapping[str, Any]
NEVER = 122.0
"""Where "never" stands on the axis."""
END = 132.0


def sorted_names(rows: Sequence[Row]) -> list[str]:
    """Targets by their belief at the last horizon, the smallest first; unknown ones last."""
    last = {row["name"]: row["break_even_belief"] for row in rows}
    return sorted(last, key=lambda name: (math.isnan(last[name]), last[name]))


def place(value: float) -> float:
    """Where a belief stands on the axis, %: 0 for "anyway", beyond 100 for "never"."""
    return NEVER if value > 1 else max(0.0, 100 * value)


def draw(rows: Sequence[Row], horizons: Sequence[str], width: int) -> Any:
    """One line a target, one dot a horizon, bars over what the others may do."""
    import altair as alt

    names = sorted_names(rows)
    known = [row for row in rows if not math.isnan(row["break_even_belief"])]
    dots = [
        {"name": row["name"], "role": "target", "value": place(row["break_even_belief"])}
        | {"low": place(row["break_even_low"]), "high": place(row["break_even_high"])}
        | {"shade": drawing.shade(row["horizon"])}
        for row in known
    ]
    labels = [{"name": name, "label": _label(rows, name, horizons)} for name in names]
    left = drawing.label_width(labels, width)
    inner = drawing.room(labels, width)
    marks = drawing.base(dots, names, width, left)
    x = alt.X("value:Q", title=None, axis=_axis(width), scale=alt.Scale(domain=[0, END]))
    look = {
        "color": drawing.role_colour(),
        "opacity": alt.Opacity("shade:Q", scale=None, legend=None),
    }
    bars = marks.mark_rule(strokeWidth=3).encode(
        x=alt.X("low:Q", title=None), x2="high:Q", **(look | {"opacity": alt.value(0.3)})
    )
    points = marks.mark_point(filled=True, size=80).encode(x=x, **look)
    each = drawing.base(labels, names, width, left)
    layers = [
        drawing.zero_line(),
        _certain(),
        bars,
        points,
        *drawing.names_above(each, labels, width),
    ]
    layers += drawing.numbers(each, inner, width)
    return alt.layer(*layers).properties(width=inner, height=drawing.step(labels, width))


def _label(rows: Sequence[Row], name: str, horizons: Sequence[str]) -> str:
    """'22 · 28 · 34 %'."""
    found = {row["horizon"]: row["break_even_belief"] for row in rows if row["name"] == name}
    texts = [words.belief(found.get(h, math.nan)) for h in horizons]
    unit = f"{words.SPACE}%"
    last = max((n for n, text in enumerate(texts) if text.endswith(unit)), default=-1)
    short = [text if n == last else text.removesuffix(unit) for n, text in enumerate(texts)]
    return " · ".join(short)


def _axis(width: int) -> Any:
    import altair as alt

    return alt.Axis(
        values=[0, 25, 50, 75, 100, NEVER] if width > charts.NARROW else [0, 50, 100, NEVER],
        labelExpr="datum.value > 100 ? 'never' : datum.value + ' %'",
        orient="top",
        offset=0 if width > charts.NARROW else 10,
        labelOverlap=False,
    )


def _certain() -> Any:
    """A dashed line at 100 %: beyond it nobody gives in."""
    import altair as alt

    rule = alt.Chart(alt.Data(values=[{"end": 100}])).mark_rule(color=svg.MUTED, strokeDash=[3, 3])
    return rule.encode(x=alt.X("end:Q"))
