"""Lines over shaded bands, with marks: by month, or by a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from threatpoint.brief.plot import Row, narrowed
from threatpoint.brief.theme import COLOURS, GLYPH, NARROW, alt

HEIGHT = 260
"""Pixels of the plot."""


def curves(
    series: Sequence[Row],
    width: int,
    domain: tuple[float, float],
    *,
    title: str | None = None,
    level: bool = False,
    points: Sequence[Row] = (),
    uprights: Sequence[Row] = (),
) -> Any:
    """Lines over shaded bands.

    Args:
        series: a mapping each: colour (a variable of the theme) and rows with x and value, for a
            line, or with x, low and high, for a band; dashed; label, at its end.
        width: pixels.
        domain: limits of the upright axis, at which lines and bands are cut.
        title: of the axis below; without one x is a day, "2025-03-31".
        level: a dashed line at 0.
        points: dots with x, value, and a label beside.
        uprights: upright lines with x, and a label beside.
    """
    axes = partial(_axes, domain, title, width)
    right = 16 + max(len(one.get("label", "")) for one in series) * GLYPH
    inner = width - int(right) - _left(width)
    marks = [row for one in series for row in one["rows"]] + [*points, *uprights]
    rest = partial(_rest, [row["x"] for row in marks], inner)
    layers = [_curve(one, axes) for one in series]
    layers += [_level(axes)] if level else []
    layers += [_ended(one, axes, rest, inner) for one in series if "label" in one]
    layers += [layer for point in points for layer in _marked(narrowed(point, width), axes)]
    layers += [layer for n, one in enumerate(uprights) for layer in _upright(one, n, rest)]
    return alt.layer(*layers).properties(width=inner, height=HEIGHT)


def _rest(places: Sequence[Any], inner: int, row: Row) -> float:
    """Pixels from a row to the right edge less those that its label needs, with its distance."""
    low, *_, high = sorted(map(_along, (*places, row["x"])))
    share = (high - _along(row["x"])) / (high - low) if high > low else 1.0
    return inner * share - 6 - len(row["label"]) * GLYPH


def _along(x: Any) -> float:
    """A place on the axis below as a number: days are counted."""
    return date.fromisoformat(x).toordinal() if isinstance(x, str) else float(x)


def _left(width: int) -> int:
    """Room for the numbers of the upright axis."""
    return 62 if width > NARROW else 52


def _axes(domain: tuple[float, float], title: str | None, width: int, field: str) -> dict[str, Any]:
    """Both encodings of a curve, the upright one of a field."""
    left, wide = _left(width), width > NARROW
    upright = alt.Axis(title=None, tickCount=5, format=",.3~f", minExtent=left, maxExtent=left)
    scale = alt.Scale(domain=list(domain), nice=False)
    y = alt.Y(f"{field}:Q", scale=scale, axis=upright)
    if title:
        axis = alt.Axis(title=title, grid=False, tickCount=6)
        return {"x": alt.X("x:Q", axis=axis, scale=alt.Scale(nice=False)), "y": y}
    months = alt.Axis(title=None, format="%b %Y", tickCount=8 if wide else 4, grid=False)
    return {"x": alt.X("x:T", axis=months, scale=alt.Scale(type="utc")), "y": y}


def _data(*rows: Row) -> Any:
    return alt.Chart(alt.Data(values=[dict(row) for row in rows]))


def _curve(one: Row, axes: Callable[[str], Any]) -> Any:
    """A line, or a band where the rows have ends."""
    chart, colour = _data(*one["rows"]), COLOURS[one["colour"]]
    if "low" in one["rows"][0]:
        return chart.mark_area(color=colour, opacity=0.16, clip=True).encode(
            **axes("low"), y2="high:Q"
        )
    dash = [5, 3] if one.get("dashed") else []
    line = chart.mark_line(color=colour, strokeWidth=2, strokeDash=dash, clip=True)
    return line.encode(**axes("value"))


def _ended(one: Row, axes: Callable[[str], Any], rest: Callable[[Row], float], inner: int) -> Any:
    """A label at the end of a line, in place of a legend; beside the plot where it has no room."""
    row = dict(one["rows"][-1]) | {"label": one["label"]}
    beside = {"x": inner} if rest(row) < 0 else {}
    text = _data(row).mark_text(align="left", dx=6, color=COLOURS[one["colour"]], **beside)
    along = {} if beside else axes("value")
    return text.encode(**{"y": axes("value")["y"], **along}, text="label:N")


def _level(axes: Callable[[str], Any]) -> Any:
    rule = _data({"value": 0}).mark_rule(color=COLOURS["ink"], strokeDash=[5, 3])
    return rule.encode(y=axes("value")["y"])


def _marked(point: Row, axes: Callable[[str], Any]) -> list[Any]:
    """A dot with its label."""
    here, ink = _data(point).encode(**axes("value")), COLOURS["ink"]
    dot = here.mark_point(filled=True, size=80, color=ink, opacity=1)
    return [dot, here.mark_text(align="left", dx=4, dy=-12, color=ink).encode(text="label:N")]


def _upright(one: Row, place: int, rest: Callable[[Row], float]) -> list[Any]:
    """An upright line with its label on the side that has room, each label below the last."""
    here, top = _data(one).encode(x="x:Q"), 17 * place
    rule = here.mark_rule(color=COLOURS["sender"], strokeWidth=2, y=top + 2, y2=HEIGHT)
    side = {"align": "left", "dx": 5} if rest(one) >= 0 else {"align": "right", "dx": -5}
    text = here.mark_text(**side, color=COLOURS["ink"], y=top + 10)
    return [rule, text.encode(text="label:N")]
