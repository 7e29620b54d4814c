"""The front: the map of control, the area held month by month with its band, and the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import front_figures
from threatpoint.brief.front_words import counts, day_words, held_words, month, percent
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
    chart = front_figures.chart_figure(result, record or front_data.control())
    lead, drawn = _lead(result), [chart]
    try:
        drawn.insert(0, front_figures.map_figure(result))
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
    text = held_words(result)
    if drift is None:
        return text
    moved = f"in {month(result.month)} the line moved by {_span(drift.low, drift.high)}"
    return f"{text}; {moved}, depending on the source"


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
        f"Held means under the control of the attacker's forces: {counts()}. Shares are of "
        "an oblast's area; "
        "where the front runs inside an oblast is not shown. The band was drawn from the months up "
        f"to {result.projected.start.day} {result.projected.start:%B %Y} alone: it should hold "
        f"{words.percent(100 * band.level)} of what came after. It holds {inside} of "
        f"{score.observations} observations."
    ]


def _area_table(result: FrontResult) -> Table:
    rows = [row for row in control_rows(result) if row["share_held"] > 0 or _claimed(result, row)]
    rows.sort(key=lambda row: -row["held_km2"])
    rows = [
        row
        | {"share": percent(row["share_held"]) if row["share_held"] else f"0{words.SPACE}%"}
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
        f"Area held by oblast on {day_words(result)}; oblasts neither held nor claimed left out",
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
