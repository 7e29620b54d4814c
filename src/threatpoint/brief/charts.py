"""The charts: few, sorted, labelled where the eye is, with a visible zero line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.shown import diversion_shown, losses_shown, sectors_shown
from threatpoint.brief.svg import INK, MUTED, PAPER, SENDER, TARGET, THIRD

if TYPE_CHECKING:
    import altair as alt

    from threatpoint.brief.reading import Reading

Row = Mapping[str, Any]

WIDE, NARROW = 760, 350
ROLES = ("sender", "target", "third")
COLOURS = (SENDER, TARGET, THIRD)
SHAPES = ("diamond", "circle", "square")
GLYPH = 6.4
"""Width of a character of the labels, in pixels."""


def losses(reading: Reading, width: int) -> Any:
    """Dots with thin range bars: change in real income by country."""
    import altair as alt

    data = [_dot(reading, row, width) for row in losses_shown(reading)]
    left = _label_width(data, width)
    right = int(max(len(row["label"]) for row in data) * GLYPH) + 14
    inner = width - left - right - 12
    base = _base(data, width, left)
    axis = alt.Axis(
        labelExpr="format(datum.value, ',.2~f') + ' %'",
        orient="top",
        tickCount=max(inner // 90, 3),
        offset=0 if width > NARROW else 10,
    )
    x = alt.X("value:Q", title=None, axis=axis, scale=alt.Scale(zero=True, nice=True))
    bars = base.mark_rule(strokeWidth=3, opacity=0.45).encode(
        x=alt.X("low:Q", title=None), x2="high:Q", color=_colour()
    )
    points = base.mark_point(filled=True, size=75, opacity=1).encode(
        x=x, color=_colour(), shape=_shape()
    )
    labels = base.mark_text(align="left", color=INK).encode(x=alt.value(inner + 12), text="label:N")
    layers = [_zero(), bars, points, labels, *_names_above(base, width)]
    return alt.layer(*layers).properties(width=inner, height=_step(width))


def _dot(reading: Reading, row: Row, width: int) -> dict[str, Any]:
    """One row of the chart of losses."""
    value = row["real_income_percent"]
    label = words.percent(value, True)
    if reading.has_ranges and width > NARROW:
        label += f"  ({words.span(row['range_low'], row['range_high'])})"
    low, high = (row["range_low"], row["range_high"]) if reading.has_ranges else (value, value)
    kept = {key: row[key] for key in ("name", "role")}
    return kept | {"value": value, "low": low, "high": high, "label": label}


def sectors(reading: Reading, width: int) -> Any:
    """Bars per country: change in output of the sectors that change most."""
    import altair as alt

    groups = sectors_shown(reading)
    amounts = [row["output_at_baseline_prices"] for _, rows in groups for row in rows]
    unit = words.money_scale(reading.economy.unit, amounts)
    data = {
        code: [_sector_bar(row, reading.role(code), unit, width) for row in rows]
        for code, rows in groups
    }
    everything = [row for rows in data.values() for row in rows]
    left = _label_width(everything, width)
    domain = _domain(everything, width - left)
    parts = [_bars(rows, width, left, domain, reading.name(code)) for code, rows in data.items()]
    return alt.vconcat(*parts, spacing=14)


def diversion(reading: Reading, width: int) -> Any:
    """Bars: change in the sender's goods imports by exporter."""
    rows = diversion_shown(reading)
    scale, _ = words.money_scale(reading.economy.unit, [row["change"] for row in rows])
    data = [
        {
            "name": row["name"],
            "role": row["role"],
            "value": row["change"] / scale,
            "label": f"{words.number(row['change'] / scale, True)}"
            + f"  ({words.percent(row['change_percent'], True)})",
        }
        for row in rows
    ]
    left = _label_width(data, width)
    return _bars(data, width, left, _domain(data, width - left), "")


# -- parts -----------------------------------------------------------------------------------


def _bars(
    data: Sequence[Row], width: int, left: int, domain: tuple[float, float], title: str
) -> Any:
    """Bars from the zero line with a label at their end."""
    import altair as alt

    base = _base(data, width, left)
    x = alt.X("value:Q", title=None, axis=None, scale=alt.Scale(domain=domain, nice=False))
    bars = base.mark_bar(height=13).encode(x=x, color=_colour())
    text = base.encode(x=x, text="label:N")
    falls = text.mark_text(align="right", dx=-5).transform_filter("datum.value < 0")
    rises = text.mark_text(align="left", dx=5).transform_filter("datum.value >= 0")
    layers = alt.layer(bars, falls, rises, _zero(), *_names_above(base, width))
    chart = layers.properties(width=width - left - 10, height=_step(width))
    return chart.properties(title=alt.Title(title, offset=4)) if title else chart


def _domain(data: Sequence[Row], width: int) -> tuple[float, float]:
    """Limits that make the bars as long as the labels beyond them allow."""
    room = max(width - 14, 80)
    sides = [
        [(abs(r["value"]), len(r["label"]) * GLYPH + 8) for r in data if (r["value"] < 0) == fall]
        for fall in (True, False)
    ]
    scale = room / max(sum(max((v for v, _ in side), default=0.0) for side in sides), 1e-300)
    while scale > 1e-300:
        need = [max((v * scale + label for v, label in side), default=0.0) for side in sides]
        if sum(need) <= room or scale * max(abs(row["value"]) for row in data) < 20:
            return -need[0] / scale, need[1] / scale
        scale *= 0.97
    return -1.0, 1.0


def _base(data: Sequence[Row], width: int, left: int) -> alt.Chart:
    """Rows in the order given; wide charts name them on the left, narrow ones above the mark."""
    import altair as alt

    axis = alt.Axis(
        title=None, labelLimit=left, minExtent=left, maxExtent=left, labelPadding=8,
        labelColor=INK, grid=False,
    )  # fmt: skip
    names = [row["name"] for row in data]
    y = alt.Y("name:N", sort=names, axis=axis if width > NARROW else None)
    values = [{"above": row["name"]} | dict(row) for row in data]
    return alt.Chart(alt.Data(values=values)).encode(y=y)


def _names_above(base: alt.Chart, width: int) -> list[alt.Chart]:
    """Names above the marks, for narrow charts."""
    import altair as alt

    if width > NARROW:
        return []
    x, text = alt.value(0), alt.Text("above:N")
    halo = base.mark_text(align="left", dy=-15, stroke=PAPER, strokeWidth=7, color=PAPER)
    name = base.mark_text(align="left", dy=-15, color=MUTED)
    return [halo.encode(x=x, text=text), name.encode(x=x, text=text)]


def _label_width(data: Sequence[Row], width: int) -> int:
    """Room for the names on the left."""
    if width <= NARROW:
        return 0
    return int(min(max(len(row["name"]) for row in data) * GLYPH + 10, 270))


def _step(width: int) -> alt.Step:
    import altair as alt

    return alt.Step(21 if width > NARROW else 36)


def _colour() -> alt.Color:
    import altair as alt

    return alt.Color("role:N", scale=alt.Scale(domain=ROLES, range=COLOURS), legend=None)


def _shape() -> alt.Shape:
    import altair as alt

    return alt.Shape("role:N", scale=alt.Scale(domain=ROLES, range=SHAPES), legend=None)


def _zero() -> alt.Chart:
    """The zero line."""
    import altair as alt

    return alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=INK).encode(x=alt.X("zero:Q"))


def _sector_bar(row: Row, role: str, unit: tuple[float, str], width: int) -> dict[str, Any]:
    """One bar; narrow charts put the money beside the name."""
    amount = words.money_as(row["output_at_baseline_prices"], *unit)
    label, name = words.percent(row["output_quantity_percent"], True), row["sector_name"]
    bar = {"name": name, "role": role, "value": row["output_quantity_percent"]}
    if width <= NARROW:
        return bar | {"label": label, "above": f"{name}: {amount}"}
    return bar | {"label": f"{label}  ({amount})"}
