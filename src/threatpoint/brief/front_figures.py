"""The figures of the front: the map of control, and the area held by month with its band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts, curves, theme
from threatpoint.brief.charts import Figure
from threatpoint.brief.map import control_map
from threatpoint.front import data as front_data

if TYPE_CHECKING:
    from threatpoint.brief.prose import Said
    from threatpoint.front.data import Control
    from threatpoint.front.front import FrontResult

Row = dict[str, Any]


def map_figure(result: FrontResult, said: Said, producer: str) -> Figure:
    """Shares by oblast.

    Raises:
        MissingExtraError: shapely or pyproj is not installed.
    """
    return Figure(
        "fig-map",
        said["title"],
        said["subtitle"],
        charts.source_line(f"shares {producer}; outlines: Natural Earth"),
        map_svg(result, said, theme.WIDE),
        map_svg(result, said, theme.NARROW),
    )


def map_svg(result: FrontResult, said: Said, width: int) -> str:
    """The map of a width, in the words of `front.map`."""
    notes = (said.all("state"), said.all("source"))
    oblasts, pockets = oblast_rows(result), pocket_rows(result)
    return control_map(oblasts, pockets, notes, width, "map", said["title"], said["description"])


def oblast_rows(result: FrontResult) -> list[Row]:
    """The share held of every oblast, and whether it is claimed."""
    return [
        {"code": item.oblast.code, "name": item.oblast.name, "share": item.share}
        | {"label": words.part(item.share), "claimed": item.oblast.code in result.claimed}
        for item in result.held
    ]


def pocket_rows(result: FrontResult) -> list[Row]:
    """Place of every pocket, size and month of its latest figure."""
    rows = []
    for row in front_data.rows("pockets.csv"):
        own = (p for p in result.pockets if p.item.startswith(row["pocket"]))
        last = max(own, key=lambda p: p.period)
        size = words.area(last.low, last.high).replace(" to ", words.DASH)
        rows.append(dict(row) | {"name": row["pocket"], "label": f"{size}, {last.period}"})
    return rows


def chart_figure(result: FrontResult, said: Said, producer: str) -> Figure:
    """Area held by month."""
    series = area_rows(result, front_data.control())
    return charts.figure(
        "fig-front",
        said["figure.title"],
        said["figure.subtitle"],
        producer,
        lambda width: curves.curves(series, width, _domain(series)),
        said["figure.description"],
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
