"""The front: the map of control, the area held month by month with its band, and the tables."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from threatpoint import __version__, words
from threatpoint.brief import charts, curves, maps
from threatpoint.brief.charts import Figure
from threatpoint.brief.section import Section
from threatpoint.errors import MissingExtraError
from threatpoint.front import data as front_data
from threatpoint.front.results import control_rows, drift_rows
from threatpoint.tables import Column, Table

if TYPE_CHECKING:
    from threatpoint.front.data import Control
    from threatpoint.front.front import FrontResult

Row = dict[str, Any]


def front_section(result: FrontResult | None, record: Control | None = None) -> Section | None:
    """Map, chart and tables; None without a result, no map without the extra "maps".

    Args:
        result: of `solve_front`.
        record: of control, for the chart; the shipped one by default.
    """
    if result is None:
        return None
    lead, drawn = _lead(result), [_chart(result, record or front_data.control())]
    try:
        drawn.insert(0, _map(result))
    except MissingExtraError as error:
        lead.append(f"The map is left out: {error}.")
    return Section(
        "front",
        _title(result),
        lead,
        figures=drawn,
        tables=(_area_table(result), *_drift_tables(result), _sides_table(result)),
    )


def _title(result: FrontResult) -> str:
    drift = result.drift
    text = maps.held_words(result)
    if drift is None:
        return text
    moved = f"in {month(result.month)} the line moved by {_span(drift.low, drift.high)}"
    return f"{text}; {moved}, depending on the source"


THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


def month(text: str) -> str:
    """'2025-03' -> 'March 2025'."""
    return f"{datetime.date.fromisoformat(f'{text}-01'):%B %Y}"


def _thin(text: str) -> str:
    """Thousands apart as on the rest of the page."""
    return THOUSANDS.sub(words.THIN, text)


def _km(value: float) -> str:
    return f"{value:,.0f}".replace(",", words.THIN).replace("-", words.MINUS) + f"{words.SPACE}km²"


def _span(low: float, high: float) -> str:
    return (
        _km(low) if low == high else f"{_km(low).removesuffix(f'{words.SPACE}km²')} to {_km(high)}"
    )


def _lead(result: FrontResult) -> list[str]:
    score, band = result.score, result.projected
    inside = round(score.coverage * score.observations)
    return [
        f"Held means under the control of the attacker's forces: {maps.counts()}. Shares are of "
        "an oblast's area; "
        "where the front runs inside an oblast is not shown. The band was drawn from the months up "
        f"to {result.projected.start.day} {result.projected.start:%B %Y} alone: it should hold "
        f"{words.percent(100 * band.level)} of what came after. It holds {inside} of "
        f"{score.observations} observations."
    ]


def _map(result: FrontResult) -> Figure:
    wide, narrow = (maps.control_map(result, width, "map") for width in (maps.WIDE, maps.NARROW))
    return Figure(
        "fig-map",
        _thin(maps.title(result)),
        f"Share of each oblast held on {maps.day_words(result)}, % of its area",
        f"Source: Threatpoint {__version__}, shares {_producer()}; outlines: Natural Earth.",
        wide,
        narrow,
    )


def _producer() -> str:
    return front_data.about()["front_control.csv"]["producer"]


def _chart(result: FrontResult, record: Control) -> Figure:
    level = words.percent(100 * result.projected.level)
    series = area_rows(result, record)
    return charts.figure(
        "fig-front",
        _thin(chart_title(result)),
        f"Area held, km², by month; dashed and shaded: projection and its {level} band from "
        f"{result.projected.start:%B %Y}; blue: the record since",
        _producer(),
        lambda width: curves.curves(series, width, _domain(series)),
        _thin(description(result)),
    )


def chart_title(result: FrontResult) -> str:
    """The finding in one line."""
    s = result.score
    inside = round(s.coverage * s.observations)
    return (
        f"Since {result.projected.start:%B %Y} the line moved {s.monthly_record:,.0f} km² a month, "
        f"against {s.monthly_fitted:,.0f} before; {inside} of {s.observations} observations lie "
        "in the band"
    )


def description(result: FrontResult) -> str:
    """What the band is made from, and how far off it was."""
    s, p = result.score, result.projected
    return (
        f"The band starts on {p.start} and is drawn from the drift of the "
        f"{len(result.fitted.gains)} months before, {result.fitted.mean:,.0f} km² a month with "
        f"deviation {result.fitted.deviation:,.0f}. On the last day the projection was "
        f"{s.last_error:+,.0f} km² off the record"
    )


def area_rows(result: FrontResult, record: Control) -> list[Row]:
    """The area held, km2: band and line projected, and the record up to their start and since."""
    p = result.projected
    start = {"x": p.start.isoformat()} | dict.fromkeys(("low", "value", "high"), p.start_area)
    ends = zip(p.dates, p.low, p.central, p.high, strict=True)
    band = [start] + [
        {"x": day.isoformat(), "low": float(low), "value": float(mid), "high": float(high)}
        for day, low, mid, high in ends
    ]
    line = [{key: row[key] for key in ("x", "value")} for row in band]
    seen = [
        {"x": day.isoformat(), "value": float(area)}
        for day, area in zip(record.dates, record.total, strict=True)
    ]
    return [
        {"colour": "muted", "rows": band},
        {"colour": "muted", "rows": line, "dashed": True, "label": "projected"},
        {"colour": "ink", "rows": [row for row in seen if row["x"] <= start["x"]]},
        {
            "colour": "target",
            "rows": [row for row in seen if row["x"] >= start["x"]],
            "label": "record",
        },
    ]


def _domain(series: list[Row]) -> tuple[float, float]:
    """From below the record to above all ends."""
    values = [row[key] for one in series for row in one["rows"] for key in row if key != "x"]
    return min(values) - 500, max(values) + 500


def _area_table(result: FrontResult) -> Table:
    rows = [row for row in control_rows(result) if row["share_held"] > 0 or _claimed(result, row)]
    rows.sort(key=lambda row: -row["held_km2"])
    rows = [
        row
        | {"share": maps.percent(row["share_held"]) if row["share_held"] else f"0{words.SPACE}%"}
        | {"held": _whole(row["held_km2"]), "gain": _signed(row["gain_km2"])}
        | {"claimed": "claimed" if _claimed(result, row) else ""}
        for row in rows
    ]
    columns = (
        Column("name", "Oblast"),
        Column("code", "Code", shown=False),
        Column("share", "Held", "figure", filed=False),
        Column("held", "Held, km²", "figure", filed=False),
        Column("gain", f"Gain in {month(result.month)}, km²", "figure", filed=False),
        Column("claimed", "Annexation", "short"),
        Column("observed", "Day", shown=False),
        Column("share_held", "Share", "number", shown=False),
        Column("held_km2", "Held", "number", shown=False),
        Column("gain_km2", "Gain", "number", shown=False),
        Column("official_area_km2", "Area", "number", shown=False),
    )
    return Table(
        "front-areas",
        f"Area held by oblast on {maps.day_words(result)}; oblasts neither held nor claimed "
        "left out",
        columns,
        tuple(rows),
        note="Gain: since the last observation before the month, up to the day of this one. Held, "
        "km²: share times the official area of the oblast; added up "
        f"{_km(sum(item.area for item in result.held))}, where the polygons measure "
        f"{_km(result.total)} in all.",
    )


def _claimed(result: FrontResult, row: Row) -> bool:
    return any(claim.oblast.code == row["code"] for claim in result.claims)


def _whole(value: float) -> str:
    return _km(value).removesuffix(f"{words.SPACE}km²")


def _signed(value: float) -> str:
    if value != value:
        return words.DASH
    return ("+" if round(value) > 0 else "") + _whole(round(value) + 0.0)


def _drift_tables(result: FrontResult) -> list[Table]:
    rows = [row for row in drift_rows(result) if row["value"] is not None]
    if not rows:
        return []
    rows = [row | {"shown": _whole(row["value"])} for row in rows]
    columns = (
        Column("source", "Source"),
        Column("shown", "km²", "figure", filed=False),
        Column("value", "km2", "number", shown=False),
        Column("period", "Month", shown=False),
    )
    caption = f"Gain in {month(result.month)} by source, km²"
    return [Table("front-drift", caption, columns, tuple(rows))]


def _sides_table(result: FrontResult) -> Table:
    rows = [
        {
            "line": words.capital(side.line),
            "side": side.side,
            "area": _whole(side.area),
            "people": words.number(side.population / 1e3),
            "span": f"{words.number(side.population_low / 1e3)} to "
            f"{words.number(side.population_high / 1e3)}",
            "missing": words.listing(side.without_population) or words.DASH,
            "area_km2": side.area,
            "population_thousand": side.population,
            "population_thousand_low": side.population_low,
            "population_thousand_high": side.population_high,
        }
        for side in result.lines
    ]
    columns = (
        Column("line", "Line"),
        Column("side", "Side"),
        Column("area", "Area, km²", "figure", filed=False),
        Column("people", "People, m", "figure", filed=False),
        Column("span", "Range", "figure", filed=False),
        Column("missing", "No figure for", "text"),
        Column("area_km2", "Area", "number", shown=False),
        Column("population_thousand", "People", "number", shown=False),
        Column("population_thousand_low", "Low", "number", shown=False),
        Column("population_thousand_high", "High", "number", shown=False),
    )
    return Table(
        "front-lines",
        "Area and people (registered on 1 January 2021) on each side of three lines",
        columns,
        tuple(rows),
        note="People are spread evenly inside an oblast, which is a prior; the range puts all or "
        "none of a divided oblast's people on the side.",
    )
