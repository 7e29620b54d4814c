"""Everything about the front in one tidy table, for files."""

from __future__ import annotations

from pathlib import Path

from threatpoint.files import as_json, require_writable, write_whole
from threatpoint.front import data as front_data
from threatpoint.front.front import COMPUTED, FrontResult
from threatpoint.tables import Column, Row, Table

KEYS = ("table", "item", "measure", "value", "low", "high", "unit", "period", "source")
PEOPLE = "State Statistics Service of Ukraine; spread evenly inside an oblast (prior)"


def tidy_rows(result: FrontResult, oblast: str | None = None) -> list[Row]:
    """Everything in one table: control, drift by source, projection, score, claims, pockets, lines.

    With an oblast only its own rows are given.

    Raises:
        TalksError: unknown oblast.
    """
    day, rows = result.observed.isoformat(), []
    for item in result.chosen(oblast):
        name = item.oblast.name
        rows.append(_row("control", name, "share held", item.share, "share", day, COMPUTED))
        rows.append(_row("control", name, "area held", item.area, "km2", day, COMPUTED))
        rows.append(_row("control", name, "gain", item.gain, "km2", result.month, COMPUTED))
    if oblast is not None:
        return rows
    rows.append(_row("control", "all", "area held", result.total, "km2", day, COMPUTED))
    return rows + _drift(result) + _projected(result) + _territory(result)


def _drift(result: FrontResult) -> list[Row]:
    """The gain of the month by source, and its range."""
    found = result.drift
    if found is None:
        return []
    about, ends = ("km2", found.month), (found.low, found.high)
    rows = [_row("drift", "all", "gain", value, *about, source) for source, value in found.counts]
    return [*rows, _row("drift", "all", "range", None, *about, "all above", ends)]


def _projected(result: FrontResult) -> list[Row]:
    """The band and its score."""
    p, s = result.projected, result.score
    note = f"fitted to {len(result.fitted.gains)} months up to the cut-off; level {p.level:g}"
    band = zip(p.dates, p.central, p.low, p.high, strict=True)
    rows = [
        _row("projection", "all", "area held", mid, "km2", day.isoformat(), note, (low, high))
        for day, mid, low, high in band
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
        about = ("km2", p.period, "; ".join(p.sources), (p.low, p.high))
        rows.append(_row("pockets", p.item, "area", None, *about))
    for s in result.lines:
        item, gone = f"{s.line}: {s.side}", ", ".join(s.without_population)
        ends = (s.area_low, s.area_high)
        rows.append(_row("lines", item, "area", s.area, "km2", day, "official areas", ends))
        source = f"{PEOPLE}; no figure for {gone}" if gone else PEOPLE
        ends = (float(s.population_low), float(s.population_high))
        about = ("thousand", "2021-01-01", source, ends)
        rows.append(_row("lines", item, "population", s.population, *about))
    return rows


def _row(
    table: str,
    item: str,
    measure: str,
    value: float | None,
    unit: str,
    period: str,
    source: str,
    ends: tuple[float, float] | tuple[None, None] = (None, None),
) -> Row:
    cells = (table, item, measure, value, *ends, unit, period, source)
    return dict(zip(KEYS, cells, strict=True))


def write(result: FrontResult, path: Path, oblast: str | None = None) -> Path:
    """Write the tidy rows to a .csv, or rows with the sources of the tables to a .json.

    Raises:
        TalksError: unknown oblast.
        ThreatpointError: another suffix, or the file cannot be written.
    """
    require_writable(path)
    rows = tidy_rows(result, oblast)
    carried = {"status": result.status, "month": result.month, "tables": front_data.about()}
    table = Table("front", "", tuple(Column(key, key) for key in KEYS), rows)
    write_whole(path, as_json({**carried, "rows": rows}) if path.suffix == ".json" else table.csv())
    return path
