"""The chart of the front: area held by month, the band drawn in advance, and the record since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint.brief.charts import NARROW, WIDE
from threatpoint.brief.svg import INK, MUTED, TARGET, inline

if TYPE_CHECKING:
    from datetime import date

    from threatpoint.front.data import Control
    from threatpoint.front.front import FrontResult

HEIGHT = 260
THOUSAND = 1e3


def title(result: FrontResult) -> str:
    """The finding in one line."""
    s = result.score
    inside = round(s.coverage * s.observations)
    return (
        f"Since {result.projected.start:%B %Y} the line moved {s.monthly_record:,.0f} km² a month, "
        f"against {s.monthly_fitted:,.0f} before; {inside} of {s.observations} observations lie "
        "in the band"
    )


def description(result: FrontResult) -> str:
    """Alt text."""
    s, p = result.score, result.projected
    return (
        f"Line of the area held by the attacker, km², by month. From {p.start} a band of "
        f"{100 * p.level:.0f} % is drawn from the drift of the {len(result.fitted.gains)} months "
        f"before, {result.fitted.mean:,.0f} km² a month with deviation "
        f"{result.fitted.deviation:,.0f}. On the last day the projection was {s.last_error:+,.0f} "
        "km² off the record."
    )


def front_chart(result: FrontResult, record: Control, width: int = WIDE) -> Any:
    """Area held, thousand km2: record before (dark) and after (blue), projected line and band."""
    import altair as alt

    p = result.projected
    band = [{"date": _day(p.start), "low": p.start_area, "mid": p.start_area, "high": p.start_area}]
    band += [
        {"date": _day(d), "low": float(a), "mid": float(b), "high": float(c)}
        for d, a, b, c in zip(p.dates, p.low, p.central, p.high, strict=True)
    ]
    band = [{k: v if k == "date" else v / THOUSAND for k, v in row.items()} for row in band]
    seen = [
        {"date": _day(d), "area": float(a) / THOUSAND}
        for d, a in zip(record.dates, record.total, strict=True)
    ]
    ending = _day(p.start)
    before = [row for row in seen if row["date"] <= ending]
    after = [row for row in seen if row["date"] >= ending]
    ends = [seen[-1]["area"], *(row[k] for row in band for k in ("low", "high"))]
    domain = [min(row["area"] for row in seen) - 0.5, max(ends) + 0.5]
    x = alt.X("date:T", title=None, scale=alt.Scale(type="utc"), axis=_months(width))
    y = alt.Scale(domain=domain, nice=False, zero=False)
    axis = alt.Axis(title=None, tickCount=5, labelExpr="format(datum.value * 1000, ',')")
    area = _on(band).mark_area(color=MUTED, opacity=0.22)
    layers = [
        area.encode(x=x, y=alt.Y("low:Q", scale=y, axis=axis), y2="high:Q"),
        _line(band, "mid", x, y, MUTED, [5, 3]),
        _line(before, "area", x, y, INK, []),
        _line(after, "area", x, y, TARGET, []),
        *_ends(band, after, x, y, width),
    ]
    right = 74
    return alt.layer(*layers).properties(width=width - right - 56, height=HEIGHT)


def front_svg(result: FrontResult, record: Control, width: int = WIDE) -> str:
    """The chart as inline SVG."""
    key = f"front-chart-{width}"
    chart = front_chart(result, record, width)
    return inline(chart, key, title(result), description(result))


def _day(day: date) -> str:
    return day.isoformat()


def _on(rows: list[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Chart(alt.Data(values=rows))


def _months(width: int) -> Any:
    import altair as alt

    return alt.Axis(format="%b %Y", tickCount=4 if width <= NARROW else 8, grid=False)


def _line(rows: list[dict[str, Any]], name: str, x: Any, scale: Any, colour: str, dash: Any) -> Any:
    """One line."""
    import altair as alt

    mark = _on(rows).mark_line(color=colour, strokeWidth=2, strokeDash=dash)
    return mark.encode(x=x, y=alt.Y(f"{name}:Q", scale=scale))


def _ends(band: list[dict[str, Any]], after: list[dict[str, Any]], x: Any, scale: Any, width: int) -> list[Any]:  # fmt: skip # noqa: E501
    """Labels at the ends of the lines, in place of a legend."""
    import altair as alt

    ends = [(band[-1], "mid", "projected", MUTED), (after[-1], "area", "record", TARGET)]
    return [
        _on([row | {"text": words}])
        .mark_text(align="left", dx=6, color=colour)
        .encode(x=x, y=alt.Y(f"{name}:Q", scale=scale), text="text:N")
        for row, name, words, colour in ends
    ]
