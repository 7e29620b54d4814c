"""The line that the attacker accepts, against what the threat adds to the sanctions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts, drawing, svg
from threatpoint.brief.talks_words import bn, figure_words
from threatpoint.talks.curves import line_by_sanction
from threatpoint.talks.priors import ADDED

if TYPE_CHECKING:
    from threatpoint.brief.figures import Figure
    from threatpoint.quantity import Quantity
    from threatpoint.talks.talks import TalksResult

Row = dict[str, Any]
Flows = Mapping[str, "Mapping[str, Quantity]"]
POINTS, LEAST_SPAN, HEIGHT = 41, 4.0, 260
SOURCE = "the priors of the talks in the situation file"


def curve(result: TalksResult, least: float = 0.0) -> list[Row]:
    """`line_by_sanction` from 0 or less to twice what is missing, with the priors of the result."""
    end = math.ceil(max(2.0 * _missing(result), LEAST_SPAN))
    start = math.floor(2.0 * min(least, 0.0)) / 2.0
    grid = {start + (end - start) * k / (POINTS - 1) for k in range(POINTS)}
    return line_by_sanction(result.priors, sorted(grid | {0.0}))


def _missing(result: TalksResult) -> float:
    """What is missing without any threat."""
    return result.numbers["sanction missing"].value + result.inputs[ADDED].value


def line_figure(result: TalksResult, attacker: str, flows: Flows) -> Figure:
    """The chart with its words; upright lines mark what the threat adds at the last horizon."""
    marks = [
        {"sanction": by[h].value, "text": f"{case}: {words.number(by[h].value, True)}"}
        for case, by in flows.items()
        for h in drawing.ordered(by)[-1:]
    ]
    rows = curve(result, min((mark["sanction"] for mark in marks), default=0.0))
    missing, last = _missing(result), rows[-1]
    first = min(rows, key=lambda row: abs(row["sanction"]))
    title = (
        f"Without the threat {attacker} asks for {figure_words(first['value'])}{words.SPACE}km² "
        f"more than it holds; with {bn(missing)} a month more it settles for today's line"
        if first["value"] > 0
        else f"{attacker} settles for today's line without the threat"
    )
    low, high = (figure_words(end) for end in (first["low"], first["high"]))
    return drawing.finished(
        "fig-talks",
        words.capital(title),
        "Least line accepted beyond today's, km², by what the threat adds to the sanctions a "
        f"ceasefire lifts, USD bn a month; line: central priors; shaded: range over all priors, "
        f"{low} to {high} km² at 0, cut at the edges of the chart",
        drawing.computed_from(SOURCE),
        lambda width: _chart(rows, missing, marks, width),
        f"The line falls from {figure_words(first['value'])} km² at 0 to "
        f"{figure_words(last['value'])} km² at {words.number(last['sanction'])} USD bn a month",
    )


def _domain(rows: Sequence[Row]) -> tuple[float, float]:
    """Limits that show the line; the range is cut where it is far wider."""
    values = [row["value"] for row in rows]
    size = 1.6 * max(max(values) - min(values), max(abs(v) for v in values), 1.0)
    low, high = min(row["low"] for row in rows), max(row["high"] for row in rows)
    return max(low, -size), min(high, size)


def _chart(rows: Sequence[Row], missing: float, marks: Sequence[Row], width: int) -> Any:
    """The line with its band, today's line, and the sanction at which they meet."""
    import altair as alt

    left = 62 if width > charts.NARROW else 52
    data = alt.Chart(alt.Data(values=[dict(row) for row in rows]))
    axis = alt.Axis(title="USD bn a month added by the threat", grid=False, tickCount=6)
    x = alt.X("sanction:Q", axis=axis, scale=alt.Scale(nice=False))
    scale = alt.Scale(domain=list(_domain(rows)), nice=False)
    label = "replace(replace(format(datum.value, ',d'), ',', '\u202f'), '-', '\u2212')"
    y_axis = alt.Axis(title=None, tickCount=5, labelExpr=label, minExtent=left, maxExtent=left)
    band = data.mark_area(color=svg.THIRD, opacity=0.14, clip=True)
    band = band.encode(x=x, y=alt.Y("low:Q", scale=scale, axis=y_axis), y2="high:Q")
    line = data.mark_line(color=svg.INK, strokeWidth=2, clip=True)
    line = line.encode(x=x, y=alt.Y("value:Q", scale=scale))
    layers = [band, _today(scale), line, *_meeting(rows, missing, scale, width)]
    layers += [part for n, mark in enumerate(marks) for part in _case(mark, n)]
    return alt.layer(*layers).properties(width=width - left - 16, height=HEIGHT)


def _today(scale: Any) -> Any:
    """Today's line: the zero line."""
    import altair as alt

    rule = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=svg.INK, strokeDash=[5, 3])
    return rule.encode(y=alt.Y("zero:Q", scale=scale))


def _meeting(rows: Sequence[Row], missing: float, scale: Any, width: int) -> list[Any]:
    """The point where the line meets today's, with its number."""
    import altair as alt

    if not 0 < missing <= rows[-1]["sanction"]:
        return []
    text = f"{'accepted from' if width > charts.NARROW else 'from'} {words.number(missing)} on"
    here = alt.Chart(alt.Data(values=[{"sanction": missing, "zero": 0, "text": text}]))
    at = {"x": alt.X("sanction:Q"), "y": alt.Y("zero:Q", scale=scale)}
    dot = here.mark_point(filled=True, size=80, color=svg.INK, opacity=1).encode(**at)
    words_ = here.mark_text(align="left", dx=4, dy=-12, color=svg.INK).encode(**at, text="text:N")
    return [dot, words_]


def _case(mark: Row, place: int) -> list[Any]:
    """What a case adds to s_R at the last horizon, as a line with its words beside it."""
    import altair as alt

    here = alt.Chart(alt.Data(values=[dict(mark)])).encode(x=alt.X("sanction:Q"))
    top = 17 * place
    rule = here.mark_rule(color=svg.SENDER, strokeWidth=2)
    rule = rule.encode(y=alt.value(top + 2), y2=alt.value(HEIGHT))
    text = here.mark_text(align="left", dx=5, color=svg.INK)
    return [rule, text.encode(y=alt.value(top + 10), text="text:N")]
