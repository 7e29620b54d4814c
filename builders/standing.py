"""Build the shipped table of points added to US tariffs since January 2025, by partner and date.

Run: `python -m builders.standing` with THREATPOINT_DATA set. The same source gives the same bytes.

What the source holds: one row a partner and date on which something changed, statutory, weighted
with the imports of 2024. The rest of the world gets the mean of its members in the source at these
imports, and so do economies of the table that the source does not name.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from builders import data, write
from builders.sources import FILES, data_directory
from threatpoint.errors import WorldError

SOURCE = FILES["us_tariffs"]
TABLE = write.ROOT / "src" / "threatpoint" / "policy" / "tables" / "us_added.csv"
HEADER = ("date", "partner", "points", "unit", "basis", "source")
UNIT = "percentage points added since January 2025"
FACTS = data.toml("standing")
NAMED = {**FACTS["names"], **{c: name for name, codes in FACTS["union"].items() for c in codes}}
"""Economy of the table -> its name in the source."""

Levels = dict[str, dict[str, float]]
"""Date -> name in the source -> points."""


@dataclass(frozen=True)
class Row:
    """Points on one partner from one date on."""

    date: str
    partner: str
    points: float
    basis: str
    source: str


def table(given: Iterable[Mapping[str, str]], codes: Iterable[str]) -> list[Row]:
    """Rows by date and partner, each date with every partner of the table.

    Raises:
        WorldError: a date on which the source leaves a partner out.
    """
    levels, imports = _by_partner(given)
    levels, why = _repaired(levels)
    partners = [code for code in codes if code != "USA"]
    return [
        _row(date, code, known, imports, why)
        for date, known in sorted(levels.items())
        for code in partners
    ]


def _by_partner(given: Iterable[Mapping[str, str]]) -> tuple[Levels, dict[str, float]]:
    """(points, name -> imports of 2024)."""
    levels: Levels = defaultdict(dict)
    imports: dict[str, float] = {}
    for row in given:
        levels[row["date"]][row["country"]] = float(row["added_since_2025_percent"])
        imports[row["country"]] = float(row["imports_2024_usd"])
    gone = [f"{name} on {day}" for day, known in levels.items() for name in imports.keys() - known]
    if gone:
        raise WorldError(f"{SOURCE} leaves out {', '.join(sorted(gone))}")
    return dict(levels), imports


def _repaired(levels: Levels) -> tuple[Levels, dict[tuple[str, str], str]]:
    """The levels on their own dates, and (date, name) -> who says so."""
    levels, why = {date: dict(known) for date, known in levels.items()}, {}
    for item in FACTS["repair"]:
        name, date = NAMED[item["partner"]], item["date"]
        if date not in levels:
            levels[date] = dict(_before(levels, date))
        levels[date][name] = item["points"]
        why[date, name] = item["source"]
    for item in FACTS["split"]:
        name, date, then = NAMED[item["partner"]], item["date"], item["then"]
        before, after = _before(levels, date)[name], levels[date][name]
        levels[then] = dict(levels[date])
        part = item["first"] / (item["first"] + item["second"])
        levels[date][name] = before + part * (after - before)
        why[date, name] = why[then, name] = item["source"]
    return levels, why


def _before(levels: Levels, date: str) -> dict[str, float]:
    """What stood before a date."""
    return levels[max(day for day in levels if day < date)]


def _row(
    date: str,
    code: str,
    known: Mapping[str, float],
    imports: Mapping[str, float],
    why: Mapping[tuple[str, str], str],
) -> Row:
    name = NAMED.get(code)
    if name is not None:
        own = why.get((date, name))
        source = FACTS["source"] if own is None else f"{FACTS['source']}; {own}"
        basis = "observed" if own is None else "estimated"
        return Row(date, code, known[name], basis, source)
    rest = known.keys() - set(NAMED.values())
    total = sum(imports[other] for other in rest)
    points = sum(imports[other] * known[other] for other in rest) / total
    return Row(date, code, points, "estimated", f"{FACTS['source']}; mean of its rest of the world")


def build(folder: Path, target: Path = TABLE) -> None:
    """Write the table."""
    codes = json.loads((folder / FILES["aggregation"]).read_text(encoding="utf-8"))["regions"]
    rows = table(data.read(folder / SOURCE), codes)
    write.rows(
        target,
        HEADER,
        ((r.date, r.partner, f"{r.points:.4f}", UNIT, r.basis, r.source) for r in rows),
    )


if __name__ == "__main__":
    build(data_directory(None, (SOURCE, FILES["aggregation"])))
