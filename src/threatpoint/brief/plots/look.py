"""The look of the page for Altair: its colours and type, and bars with their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt

from threatpoint import __version__, words
from threatpoint.brief.theme import FONT, LIGHT

WIDTH, PITCH = 460, 24
"""Pixels of the drawn part of a chart, and from bar to bar."""
TOUCHED, OTHERS = "touched by the policy", "others"
ROLES = {TOUCHED: LIGHT["target"], OTHERS: LIGHT["third"]}
"""Who is touched by a policy, as the page colours targets, and everybody else."""
Row = Mapping[str, Any]


class Caption(NamedTuple):
    """The finding, and below it the measure with its unit and horizon."""

    title: str
    subtitle: str


def finished(chart: Any, caption: Caption) -> Any:
    """A chart with its caption and the look of the page, its version among what it carries."""
    title = alt.TitleParams(
        caption.title,
        subtitle=[caption.subtitle],
        anchor="start",
        frame="group",
        offset=14,
        fontSize=16,
        subtitleFontSize=13,
        color=LIGHT["ink"],
        subtitleColor=LIGHT["muted"],
    )
    drawn = chart.properties(title=title, usermeta={"threatpoint": __version__})
    return (
        drawn.configure(font=FONT, background=LIGHT["paper"], padding=12)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=LIGHT["ink"],
            titleColor=LIGHT["muted"],
            gridColor=LIGHT["line"],
            domain=False,
            ticks=False,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            labelLimit=400,
        )
        .configure_legend(orient="top", title=None, labelFontSize=12, labelColor=LIGHT["ink"])
    )


def bars(rows: Sequence[Row], caption: Caption, axis: str) -> Any:
    """Bars from a visible zero line with their numbers, in the order of the rows.

    Args:
        rows: `name`, `value`, `shown` (the number in words) and `role` of `ROLES`.
        caption: finding and measure.
        axis: words of the axis.
    """
    order = [row["name"] for row in rows]
    roles = [role for role in ROLES if any(row["role"] == role for row in rows)]
    values = [row["value"] for row in rows] or [0.0]
    room = 0.3 * (max(*values, 0.0) - min(*values, 0.0) or 1.0)
    ends = [min(*values, 0.0) - room * any(v < 0 for v in values),
            max(*values, 0.0) + room * any(v >= 0 for v in values)]  # fmt: skip
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(grid=False, labelPadding=8)),
        x=alt.X(
            "value:Q",
            title=axis,
            axis=alt.Axis(tickCount=6),
            scale=alt.Scale(domain=ends, nice=False),
        ),
    )
    drawn = base.mark_bar(size=12).encode(
        color=alt.Color(
            "role:N",
            scale=alt.Scale(domain=roles, range=[ROLES[role] for role in roles]),
            legend=alt.Legend() if len(roles) > 1 else None,
        ),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("shown:N", title=axis)],
    )
    pairs: tuple[tuple[bool, Any, int], ...] = ((True, "right", -5), (False, "left", 5))
    numbers = [
        base.transform_filter(f"datum.value {'<' if loss else '>='} 0")
        .mark_text(align=align, dx=dx, fontSize=12, color=LIGHT["ink"])
        .encode(text="shown:N")
        for loss, align, dx in pairs
    ]
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=LIGHT["ink"])
    zero = zero.encode(x="zero:Q")
    height = max(PITCH * len(rows), PITCH)
    return finished(
        alt.layer(drawn, zero, *numbers).properties(width=WIDTH, height=height), caption
    )


def in_money(rows: Sequence[dict[str, Any]], unit: str) -> tuple[list[dict[str, Any]], str]:
    """Bars with their money in words and on a readable scale, and the unit of the axis."""
    scale, label = words.money_scale(unit, [row["value"] for row in rows])
    found = [
        row | {"shown": money(row["value"], unit), "value": row["value"] / scale} for row in rows
    ]
    return found, label


def money(value: float, unit: str) -> str:
    """'−USD 22 bn'."""
    sign = words.MINUS if value < 0 else "+" if value > 0 else ""
    return f"{sign}{words.money(value, unit)}"
