"""The front as rows for tables, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

from threatpoint.files import require_writable, write_whole
from threatpoint.front import data as front_data
from threatpoint.front.front import FrontResult, Held

Row = dict[str, Any]
COLUMNS = ("table", "item", "measure", "value", "low", "high", "unit", "period", "source")
COMPUTED = "computed from DeepState polygons"


def control_rows(result: FrontResult, oblast: str | None = None) -> list[Row]:
    """One row per oblast, or of one oblast.

    Raises:
        TalksError: unknown oblast.
    """
    held = result.held if oblast is None else (result.of(oblast),)
    return [_control(item, result) for item in held]


def _control(item: Held, result: FrontResult) -> Row:
    return {
        "code": item.oblast.code,
        "name": item.oblast.name,
        "observed": result.observed.isoformat(),
        "share_held": item.share,
        "held_km2": item.area,
        "gain_km2": item.gain,
        "official_area_km2": item.oblast.official_area,
    }


def tidy_rows(result: FrontResult, oblast: str | None = None) -> list[Row]:
    """Everything in one table: control, drift by source, projection, score, claims, pockets, lines.

    With an oblast only its own rows are given.

    Raises:
        TalksError: unknown oblast.
    """
    day, rows = result.observed.isoformat(), []
    for row in control_rows(result, oblast):
        name = row["name"]
        rows.append(_row("control", name, "share held", row["share_held"], "share", day, COMPUTED))
        rows.append(_row("control", name, "area held", row["held_km2"], "km2", day, COMPUTED))
        rows.append(_row("control", name, "gain", row["gain_km2"], "km2", result.month, COMPUTED))
    if oblast is not None:
        return rows
    rows.append(_row("control", "all", "area held", result.total, "km2", day, COMPUTED))
    return rows + drift_rows(result) + _projected(result) + _territory(result)


def drift_rows(result: FrontResult) -> list[Row]:
    """The gain of the month by source, and its range."""
    drift = result.drift
    if drift is None:
        return []
    rows = [
        _row("drift", "all", "gain", f.value, f.unit, f.period, f.source) for f in drift.published
    ]
    if math.isfinite(drift.computed):
        rows.append(_row("drift", "all", "gain", drift.computed, "km2", drift.month, COMPUTED))
    span = {"low": drift.low, "high": drift.high}
    return [*rows, _row("drift", "all", "range", None, "km2", drift.month, "all above") | span]


def _projected(result: FrontResult) -> list[Row]:
    """The band and its score."""
    p, s = result.projected, result.score
    note = f"fitted to {len(result.fitted.gains)} months up to the cut-off; level {p.level:g}"
    rows = [
        _row("projection", "all", "area held", float(mid), "km2", day.isoformat(), note)
        | {"low": float(low), "high": float(high)}
        for day, mid, low, high in zip(p.dates, p.central, p.low, p.high, strict=True)
    ]
    scores = (
        ("coverage", s.coverage, "share"), ("bias", s.bias, "km2"),
        ("last error", s.last_error, "km2"), ("drift fitted", s.monthly_fitted, "km2/month"),
        ("drift in the record", s.monthly_record, "km2/month"),
    )  # fmt: skip
    return rows + [_row("score", "all", name, v, unit, "", note) for name, v, unit in scores]


def _territory(result: FrontResult) -> list[Row]:
    """Claims, pockets and lines."""
    day = result.observed.isoformat()
    rows = [
        _row("claims", c.oblast.name, c.claim.claim, c.share, "share held", day, c.claim.source)
        for c in result.claims
    ]
    for p in result.pockets:
        row = _row("pockets", p.item, "area", None, "km2", p.period, "; ".join(p.sources))
        rows.append(row | {"low": p.low, "high": p.high})
    for side in result.lines:
        item = f"{side.line}: {side.side}"
        area = _row("lines", item, "area", side.area, "km2", day, "official areas")
        rows.append(area | {"low": side.area_low, "high": side.area_high})
        source = "State Statistics Service of Ukraine; spread evenly inside an oblast (prior)"
        if side.without_population:
            source += "; no figure for " + ", ".join(side.without_population)
        people = _row("lines", item, "population", side.population, "thousand", "2021-01-01", source)  # fmt: skip # noqa: E501
        rows.append(people | {"low": side.population_low, "high": side.population_high})
    return rows


def _row(table: str, item: str, measure: str, value: float | None, unit: str, period: str, source: str) -> Row:  # fmt: skip # noqa: E501
    number = None if value is None or not math.isfinite(value) else value
    values = (table, item, measure, number, None, None, unit, period, source)
    return dict(zip(COLUMNS, values, strict=True))


def write(result: FrontResult, path: Path, oblast: str | None = None) -> Path:
    """Write the tidy rows to a .csv, or rows with the sources of the tables to a .json.

    Raises:
        TalksError: unknown oblast.
        ThreatpointError: another suffix, or the file cannot be written.
    """
    require_writable(path)
    rows = tidy_rows(result, oblast)
    if path.suffix == ".json":
        carried = {"status": result.status, "month": result.month, "tables": front_data.about()}
        text = json.dumps({**carried, "rows": rows}, indent=1, ensure_ascii=False) + "\n"
    else:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([row[name] for name in COLUMNS] for row in rows)
        text = out.getvalue()
    write_whole(path, text)
    return path
