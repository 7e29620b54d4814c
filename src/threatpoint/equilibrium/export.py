"""Results of one solution as texts of files: tidy CSV with a sidecar, or one JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threatpoint.equilibrium.results import assumptions, country_rows, flow_rows, sector_rows
from threatpoint.files import as_texts, save

if TYPE_CHECKING:
    from pathlib import Path

    from threatpoint.equilibrium.solution import Solution

KEYS = ("country", "exporter", "importer", "sector")
NAMES = ("name", "sector_name")


def write(solution: Solution, path: Path) -> list[Path]:
    """Write `texts` under this name; returns the files. See `files.save`."""
    return save({path: texts(solution, path)})


def texts(solution: Solution, path: Path) -> list[str]:
    """One text for each of the `files.targets` of this name.

    A `.csv` is tidy, one value per row: table, country, exporter, importer, sector, measure,
    unit, value; the assumptions and the status go beside it. A `.json` holds both.
    """
    tables = {
        "country": country_rows(solution),
        "sector": sector_rows(solution),
        "trade": flow_rows(solution, solution.calibration.sectors, by_sector=True),
    }
    if path.suffix == ".csv":
        tables = {
            name: [{k: v for k, v in row.items() if k not in NAMES} for row in rows]
            for name, rows in tables.items()
        }
    about = assumptions(solution)
    return as_texts(path, about, tables, KEYS, lambda measure: _unit(measure, about["unit"]))


def _unit(measure: str, money: str) -> str:
    """The unit of a measure, from its name."""
    if measure.endswith("_points"):
        return "percentage points"
    percent = ("_percent", "_first_order", "_share_of_gdp")
    return "%" if measure.endswith(percent) else money
