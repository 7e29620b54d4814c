"""The figures of the front: the map of control, and the area held by month with its band."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts, curves, theme
from threatpoint.brief import front_words as say
from threatpoint.brief.charts import Figure
from threatpoint.brief.map import control_map
from threatpoint.files import require_writable, write_whole
from threatpoint.front import data as front_data

if TYPE_CHECKING:
    from threatpoint.front.data import Control
    from threatpoint.front.front import FrontResult

Row = dict[str, Any]


def map_figure(result: FrontResult) -> Figure:
    """Shares by oblast.

    Raises:
        MissingExtraError: shapely or pyproj is not installed.
    """
    return Figure(
        "fig-map",
        say.map_title(result),
        f"Share of each oblast held on {say.day_words(result)}, % of its area",
        charts.source_line(f"shares {say.producer()}; outlines: Natural Earth"),
        map_svg(result, theme.WIDE),
        map_svg(result, theme.NARROW),
    )


def map_svg(result: FrontResult, width: int) -> str:
    """The map of a width."""
    notes = (
        (f"State of {say.day_words(result)}.",
         "Where the front runs inside an oblast is not shown."),
        ("Control: computed from DeepState polygons.",
         "Outlines: Natural Earth. Albers equal area."),
    )  # fmt: skip
    title, description = say.map_title(result), say.map_description(result)
    oblasts, pockets = oblast_rows(result), pocket_rows(result)
    return control_map(oblasts, pockets, notes, width, "map", title, description)


def write_map(result: FrontResult, path: Path) -> Path:
    """Write the map as an SVG file of its own, light and dark.

    Raises:
        ThreatpointError: another suffix, or the file cannot be written.
    """
    require_writable(path, "--map", (".svg",))
    write_whole(path, theme.standalone(map_svg(result, theme.WIDE)))
    return path


def oblast_rows(result: FrontResult) -> list[Row]:
    """The share held of every oblast, and whether it is claimed."""
    claimed = {claim.oblast.code for claim in result.claims}
    return [
        {"code": item.oblast.code, "name": item.oblast.name, "share": item.share}
        | {"label": say.percent(item.share) if item.share else "0 %"}
        | {"claimed": item.oblast.code in claimed}
        for item in result.held
    ]


def pocket_rows(result: FrontResult) -> list[Row]:
    """Place of every pocket, size and month of its latest figure."""
    rows = []
    for row in front_data.rows("pockets.csv"):
        own = (p for p in result.pockets if p.item.startswith(row["pocket"]))
        last = max(own, key=lambda p: p.period)
        label = f"{say.span(last.low, last.high)} km², {last.period}"
        rows.append(dict(row) | {"name": row["pocket"], "label": label})
    return rows


def chart_figure(result: FrontResult, record: Control) -> Figure:
    """Area held by month."""
    level = words.percent(100 * result.projected.level)
    series = area_rows(result, record)
    return charts.figure(
        "fig-front",
        say.thin(say.chart_title(result)),
        f"Area held, km², by month; dashed and shaded: projection and its {level} band from "
        f"{result.projected.start:%B %Y}; blue: the record since",
        say.producer(),
        lambda width: curves.curves(series, width, _domain(series)),
        say.thin(say.chart_description(result)),
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
