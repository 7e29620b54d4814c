"""What the charts of the later sections share: a finished figure, dots by horizon, sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from threatpoint import __version__, words
from threatpoint.brief import charts, svg
from threatpoint.brief.figures import Figure, LegendItem
from threatpoint.words import HORIZONS

if TYPE_CHECKING:
    from altair import TopLevelMixin

Row = Mapping[str, Any]
SHADES = {"short": 0.3, "medium": 0.6, "long": 1.0}
"""Opacity of a horizon, the longest the darkest."""
LEADING = 14
"""Pixels from a line of a name to the next."""


def finished(
    key: str,
    title: str,
    subtitle: str,
    source: str,
    draw: Callable[[int], TopLevelMixin],
    description: str,
    legend: Sequence[LegendItem] = (),
) -> Figure:
    """Both drawings of a chart with their words; `draw` takes the width in pixels."""
    wide, narrow = (
        svg.inline(draw(width), f"{key}-{width}", title, f"{subtitle}. {description}")
        for width in (charts.WIDE, charts.NARROW)
    )
    return Figure(key, title, subtitle, source, wide, narrow, legend)


def computed_from(what: str) -> str:
    """A source line."""
    return f"Source: Threatpoint {__version__}, computed from {what}."


def ordered(names: Iterable[str]) -> list[str]:
    """Horizons from short to long; others as they come, last."""
    known = tuple(HORIZONS)
    return sorted(names, key=lambda name: known.index(name) if name in known else len(known))


def numbers_are(horizons: Iterable[str]) -> str:
    """Which number is which: 'numbers: first year, 1–3 years, 7–10 years'."""
    return f"numbers: {', '.join(map(words.horizon, horizons))}"


def shades(horizons: Iterable[str]) -> list[LegendItem]:
    """What a shade means."""
    return [
        LegendItem(
            f'<circle cx="6" cy="6" r="5" style="fill:var(--ink)" opacity="{shade(name)}"/>',
            words.horizon(name),
        )
        for name in horizons
    ]


def shade(horizon: str) -> float:
    """Opacity of a horizon."""
    return SHADES.get(horizon, 1.0)


def label_width(rows: Sequence[Row], width: int) -> int:
    """Room for the names on the left; none on narrow charts, which write them above."""
    if width <= charts.NARROW:
        return 0
    return int(min(max(len(row["name"]) for row in rows) * charts.GLYPH + 10, 300))


def base(rows: Sequence[Row], names: Sequence[str], width: int, left: int) -> Any:
    """A chart with one row a name, in the order given."""
    import altair as alt

    axis = alt.Axis(
        title=None, labelLimit=left, minExtent=left, maxExtent=left, labelPadding=8,
        labelColor=svg.INK, grid=False,
    )  # fmt: skip
    y = alt.Y("name:N", sort=list(names), axis=axis if width > charts.NARROW else None)
    values = [dict(row) | _numbered(lines_above(row, width)) for row in rows]
    return alt.Chart(alt.Data(values=values)).encode(y=y)


def lines_above(row: Row, width: int) -> list[str]:
    """The name from its last line up, each short enough to leave room for the number beside it."""
    taken = len(row.get("label", "")) * charts.GLYPH
    letters = int((width - 16 - taken) / charts.GLYPH) - 2
    return (wrap(row["name"], max(letters, 16)) or [""])[::-1]


def _numbered(lines: Sequence[str]) -> dict[str, str]:
    return {f"above{n}": line for n, line in enumerate(lines)}


def _most_lines(rows: Sequence[Row], width: int) -> int:
    return max(len(lines_above(row, width)) for row in rows)


def names_above(chart: Any, rows: Sequence[Row], width: int) -> list[Any]:
    """Names above the marks, for narrow charts, on as many lines as they need."""
    if width > charts.NARROW:
        return []
    lines = range(_most_lines(rows, width))
    return [layer for n in lines for layer in _line_above(chart, n)]


def _line_above(chart: Any, n: int) -> list[Any]:
    """One line of the names, the n-th from below, on a halo of paper."""
    import altair as alt

    text = {"x": alt.value(0), "text": alt.Text(f"above{n}:N")}
    mark = {"align": "left", "dy": -15 - LEADING * n}
    named = chart.transform_filter(f"isValid(datum.above{n})")
    halo = named.mark_text(**mark, stroke=svg.PAPER, strokeWidth=7, color=svg.PAPER)
    return [halo.encode(**text), named.mark_text(**mark, color=svg.MUTED).encode(**text)]


def room(rows: Sequence[Row], width: int) -> int:
    """Width of the plot between the names and the numbers of the rows."""
    left = label_width(rows, width)
    if width <= charts.NARROW:
        return width - 16
    right = int(max(len(row["label"]) for row in rows) * charts.GLYPH) + 14
    return width - left - right - 12


def numbers(chart: Any, inner: int, width: int) -> list[Any]:
    """The numbers of a row: right of the plot, or on narrow charts on the line of the name."""
    import altair as alt

    if width > charts.NARROW:
        text = chart.mark_text(align="left", color=svg.INK)
        return [text.encode(x=alt.value(inner + 12), text="label:N")]
    mark = {"align": "right", "dy": -15}
    at = {"x": alt.value(inner), "text": alt.Text("label:N")}
    halo = chart.mark_text(**mark, stroke=svg.PAPER, strokeWidth=7, color=svg.PAPER)
    return [halo.encode(**at), chart.mark_text(**mark, color=svg.INK).encode(**at)]


def step(rows: Sequence[Row], width: int) -> Any:
    """Height of a row; on narrow charts with room for the names above."""
    import altair as alt

    if width > charts.NARROW:
        return alt.Step(23)
    return alt.Step(38 + LEADING * (_most_lines(rows, width) - 1))


def role_colour() -> Any:
    """The colour of a role, the same everywhere."""
    import altair as alt

    scale = alt.Scale(domain=charts.ROLES, range=charts.COLOURS)
    return alt.Color("role:N", scale=scale, legend=None)


def zero_line() -> Any:
    """The zero line."""
    import altair as alt

    rule = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=svg.INK)
    return rule.encode(x=alt.X("zero:Q"))
