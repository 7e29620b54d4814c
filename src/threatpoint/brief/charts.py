"""The pictures of the page: few kinds, sorted, labelled where the eye is, from a visible zero line.

A recipe takes rows and the width in pixels and returns an Altair chart; nothing is computed here
but where things stand. A row is a mapping with name (of its line; the order of the rows is kept),
role, value (not drawn if missing or not finite), low and high (the value by default), label (the
numbers of the line, as words), horizon (for the shade), and narrow (the keys that differ on narrow
charts, as a mapping).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from threatpoint import __version__, words
from threatpoint.brief import svg, theme
from threatpoint.brief.plot import Plot, Row, by_role, shade
from threatpoint.brief.theme import COLOURS, GLYPH, NARROW, WIDE, alt

if TYPE_CHECKING:
    from altair import TopLevelMixin

    from threatpoint.brief.prose import Said

NEVER, END = 122.0, 132.0
"""Where "never" stands on the axis of beliefs, and where that axis ends."""


@dataclass(frozen=True)
class Figure:
    """A finished figure.

    Attributes:
        key: unique on the page, and the name of its files.
        title, subtitle: the finding; measure, unit and horizon.
        source: where the numbers come from.
        wide, narrow: `<svg>` elements in the variables of the theme.
        legend: marks, elements in a square of 12, and their words.
        note: a line below.
    """

    key: str
    title: str
    subtitle: str
    source: str
    wide: str
    narrow: str
    legend: Sequence[tuple[str, str]] = ()
    note: str = ""


class Caption(NamedTuple):
    """Words around a figure.

    Attributes:
        title, subtitle: the finding; measure, unit and horizon.
        source: where the numbers come from: 'computed from ...'.
        note: a line below.
    """

    title: str
    subtitle: str
    source: str
    note: str = ""

    def figure(
        self,
        key: str,
        described: str,
        wide: svg.Drawn,
        narrow: svg.Drawn,
        legend: Sequence[tuple[str, str]] = (),
    ) -> Figure:
        """The figure of two drawings, described in words with every number."""
        first, second = (
            svg.drawing(f"{key}-{kind}", picture, self.title, described)
            for kind, picture in (("wide", wide), ("narrow", narrow))
        )
        return Figure(
            f"fig-{key}",
            self.title,
            self.subtitle,
            source_line(self.source),
            first,
            second,
            legend,
            self.note,
        )


def figure(
    key: str,
    said: Said,
    source: str,
    draw: Callable[..., TopLevelMixin],
    rows: Sequence[Row],
    *style: Any,
    legend: Sequence[tuple[str, str]] = (),
    part: str = "figure",
) -> Figure:
    """Both drawings of a chart with the words of a template.

    Args:
        key: unique on the page.
        said: has PART.title, the finding; PART.subtitle, the measure; and PART.description, the
            numbers for readers who do not see them.
        source: where the numbers come from: 'computed from ...'.
        draw: a recipe, from rows, width in pixels and style to the chart.
        rows: for the recipe.
        *style: for the recipe.
        legend: of `roles` or `shades`.
        part: of the words.
    """
    key, title, subtitle = f"fig-{key}", said[f"{part}.title"], said[f"{part}.subtitle"]
    described = f"{subtitle}. {said[f'{part}.description']}"
    wide, narrow = (
        theme.inline(draw(rows, width, *style), f"{key}-{width}", title, described)
        for width in (WIDE, NARROW)
    )
    return Figure(key, title, subtitle, source_line(source), wide, narrow, legend)


def source_line(source: str) -> str:
    """What stands under a figure."""
    return f"Source: Threatpoint {__version__}, {source}."


GLYPHS = {
    "sender": '<path d="M6 0 12 6 6 12 0 6Z"',
    "target": '<circle cx="6" cy="6" r="5"',
    "third": '<path d="M1 1h10v10h-10Z"',
}
"""Shape of a role in a legend, an element left open."""


def roles(rows: Iterable[Row], texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """What shape and colour mean: the roles among the rows, in the order of `texts`."""
    there = {row["role"] for row in rows}
    return [
        (f'{GLYPHS[role]} style="fill:var(--{role})"/>', text)
        for role, text in texts.items()
        if role in there
    ]


def threats(names: Sequence[str]) -> list[tuple[str, str]]:
    """What the dots of the threats mean: the first filled, the others a ring."""
    filled = '<circle cx="6" cy="6" r="5" style="fill:var(--target)"/>'
    ring = (
        '<circle cx="6" cy="6" r="4" fill="none" stroke-width="1.8" style="stroke:var(--third)"/>'
    )
    return [(ring if n else filled, name) for n, name in enumerate(names)]


def shades(horizons: Iterable[str]) -> list[tuple[str, str]]:
    """What the shade of a horizon means."""
    dot = f'{GLYPHS["target"]} style="fill:var(--ink)" opacity="{{}}"/>'
    return [(dot.format(shade(name)), words.horizon(name)) for name in horizons]


def by_horizon(rows: Iterable[Row], horizons: Sequence[str], key: str) -> list[dict[str, Any]]:
    """Rows with a number `{horizon}_{key}` each -> one row a horizon."""
    return [
        {name: row[name] for name in ("name", "role", "label")}
        | {"horizon": horizon, "value": row.get(f"{horizon}_{key}", math.nan)}
        for row in rows
        for horizon in horizons
    ]


# -- recipes -----------------------------------------------------------------------------------


def dots(rows: Iterable[Row], width: int, unit: str = "", single: bool = False) -> Any:
    """Dots, with a thin bar over all values and ranges of the line.

    Args:
        rows: one or more a line.
        width: pixels.
        unit: written behind the numbers of the axis.
        single: one dot a line, in the shape of its role; its numbers stand beside it, not above it,
            on narrow charts too.
    """
    plot = Plot.of(rows, width, "beside" if single else "")
    points = _points(plot, plot.axis(unit), {"zero": True})
    if single:
        points = points.encode(shape=by_role("Shape", list(theme.SHAPES.values())))
    return plot.drawn(_rule(0), _ranges(plot), points)


def beliefs(rows: Iterable[Row], width: int) -> Any:
    """Beliefs from 0 to 1, in %: a dot a horizon, each with its range, and a place for "never"."""
    placed = [
        dict(row) | {key: place(row[key]) for key in ("value", "low", "high")} for row in rows
    ]
    plot = Plot.of(placed, width)
    axis = plot.axis(
        values=[0, 25, 50, 75, 100, NEVER] if width > NARROW else [0, 50, 100, NEVER],
        labelExpr="datum.value > 100 ? 'never' : datum.value + ' %'",
        tickCount=6,
        labelOverlap=False,
    )
    sure = _rule(100, "muted", (3, 3))
    ranges = _ranges(plot).encode(detail="shade:Q")
    return plot.drawn(_rule(0), sure, ranges, _points(plot, axis, {"domain": [0, END]}))


def place(belief: float) -> float:
    """Where a belief stands on the axis, %: 0 for "anyway", beyond 100 for "never"."""
    if math.isnan(belief):
        return belief
    return NEVER if belief > 1 else max(0.0, 100 * belief)


def rings(rows: Iterable[Row], width: int) -> Any:
    """Bars of the values, rings at what they are compared with (key "ring")."""
    plot = Plot.of(rows, width)
    marks, scale = plot.marks(), alt.Scale(zero=True, padding=9)
    x = alt.X("value:Q", title=None, axis=plot.axis(tickCount=5), scale=scale)
    ring = marks.mark_point(size=70, color=COLOURS["ink"], strokeWidth=1.8, opacity=1)
    ring = ring.encode(x=alt.X("ring:Q", title=None))
    return plot.drawn(marks.mark_bar(height=13).encode(x=x, color=by_role()), _rule(0), ring)


def bars(rows: Iterable[Row], width: int) -> Any:
    """Bars from the zero line with a label at their end; one plot a "panel", all on one scale."""
    whole = Plot.of(rows, width, "ends")
    domain = _limits(whole.rows, max(whole.inner - 4, 80))
    panels = dict.fromkeys(row.get("panel", "") for row in whole.rows)
    parts = [_panel(whole, title, domain) for title in panels]
    return alt.vconcat(*parts, spacing=14)


# -- parts -------------------------------------------------------------------------------------


def _panel(whole: Plot, title: str, domain: tuple[float, float]) -> Any:
    """The bars of a panel."""
    plot = replace(whole, rows=[row for row in whole.rows if row.get("panel", "") == title])
    x = alt.X("value:Q", title=None, axis=None, scale=alt.Scale(domain=domain, nice=False))
    text = plot.marks().encode(x=x, text="label:N")
    falls = text.mark_text(align="right", dx=-5).transform_filter("datum.value < 0")
    rises = text.mark_text(align="left", dx=5).transform_filter("datum.value >= 0")
    bars = plot.marks().mark_bar(height=13).encode(x=x, color=by_role())
    chart = plot.drawn(bars, falls, rises, _rule(0))
    return chart.properties(title=alt.Title(title, offset=4)) if title else chart


def _limits(rows: Sequence[Row], room: float) -> tuple[float, float]:
    """Limits that make the bars as long as the labels beyond them allow."""
    sides = [
        [(abs(r["value"]), len(r["label"]) * GLYPH + 8) for r in rows if (r["value"] < 0) == fall]
        for fall in (True, False)
    ]
    scale = room / max(sum(max((v for v, _ in side), default=0.0) for side in sides), 1e-300)
    while scale > 1e-300:
        need = [max((v * scale + label for v, label in side), default=0.0) for side in sides]
        if sum(need) <= room or scale * max(abs(row["value"]) for row in rows) < 20:
            return -need[0] / scale, need[1] / scale
        scale *= 0.97
    return -1.0, 1.0


def _rule(at: float, colour: str = "ink", dash: Sequence[float] = ()) -> Any:
    """A line from top to bottom, as the zero line."""
    rule = alt.Chart(alt.Data(values=[{"at": at}]))
    dashes = list(dash) or alt.Undefined
    return rule.mark_rule(color=COLOURS[colour], strokeDash=dashes).encode(x="at:Q")


def _ranges(plot: Plot) -> Any:
    """Thin bars from the lowest to the highest value of a line."""
    bars = plot.marks().mark_rule(strokeWidth=3, opacity=0.4)
    low, high = alt.X("min(low):Q", title=None), alt.X2("max(high):Q")
    return bars.encode(x=low, x2=high, color=by_role())


def _points(plot: Plot, axis: Any, scale: Mapping[str, Any]) -> Any:
    """Dots in the shade of their horizon."""
    x = alt.X("value:Q", title=None, axis=axis, scale=alt.Scale(**scale))
    shade = alt.Opacity("shade:Q", scale=None, legend=None)
    points = plot.marks().mark_point(filled=True, size=80)
    return points.encode(x=x, color=by_role(), opacity=shade)
