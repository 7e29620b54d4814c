"""Everything about the front in one tidy table, for files."""

from __future__ import annotations

from pathlib import Path

from threatpoint.files import as_json, require_writable, write_whole
from threatpoint.front import data as front_data
from threatpoint.front.front import FrontResult
from threatpoint.front.gains import COMPUTED
from threatpoint.tables import Column, Row, Table

KEYS = ("table", "item", "measure", "value", "low", "high", "unit", "period", "source")
PEOPLE = "State Statistics Service of Ukraine; spread evenly inside an oblast (prior)"


def tidy_rows(result: FrontResult, oblast: str | None = None) -> list[Row]:
    """Everything in one table: control, gains, drift by source, claims, pockets, lines.

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
    return rows + _gained(result) + _drift(result) + _territory(result)


def _drift(result: FrontResult) -> list[Row]:
    """The gain of the month by source, and its range."""
    found = result.drift
    if found is None:
        return []
    about, ends = ("km2", found.month), (found.low, found.high)
    rows = [_row("drift", "all", "gain", value, *about, source) for source, value in found.counts]
    return [*rows, _row("drift", "all", "range", None, *about, "all above", ends)]


def _gained(result: FrontResult) -> list[Row]:
    """Gains by oblast since the record began, and what was known of the months."""
    found, known = result.gained, result.known
    period = f"{found.first} to {result.observed}"
    rows = [
        _row("gains", oblast.name, "gain", gain, "km2", period, COMPUTED)
        for oblast, gain in found.by_oblast
        if gain
    ]
    months = (("whole months", found.months), ("months with a gain", found.advancing))
    rows += [_row("gains", "all", name, n, "months", period, COMPUTED) for name, n in months]
    if known is not None:
        q = known.expected
        ends = (q.low, q.high)
        rows.append(_row("gains", "all", "expected", q.value, q.unit, q.period, q.source, ends))
    return rows


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
