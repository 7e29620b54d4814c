"""The results of one solution as texts of files: tidy CSV with a sidecar, or one JSON."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from threatpoint.equilibrium.results import (
    assumptions,
    country_rows,
    flow_rows,
    group_rows,
    sector_rows,
)
from threatpoint.files import as_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from threatpoint.equilibrium.solution import Solution

KEYS = ("country", "exporter", "importer", "sector")
NAMES = ("name", "sector_name")


def texts(
    solution: Solution, path: Path, groups: Mapping[str, Sequence[str]] | None = None
) -> list[str]:
    """All tables, a text for each of the `files.targets` of this name.

    Groups stand as one in a table of their own.

    A `.csv` is tidy, one value per row: table, country, exporter, importer, sector, measure,
    unit, value; the assumptions and the status go beside it as `NAME.meta.json`. A `.json` holds
    both.
    """
    tables = {
        "country": country_rows(solution),
        **({"group": group_rows(solution, groups)} if groups else {}),
        "sector": sector_rows(solution),
        "trade": flow_rows(solution, solution.calibration.sectors, by_sector=True),
    }
    if path.suffix == ".csv":
        tables = {
            table: [{key: row[key] for key in row if key not in NAMES} for row in rows]
            for table, rows in tables.items()
        }
    carried = assumptions(solution)
    return as_texts(path, carried, tables, KEYS, partial(_unit, money=carried["unit"]))


def _unit(measure: str, money: str) -> str:
    """The unit of a measure, from its name."""
    if measure.endswith("_points"):
        return "percentage points"
    percent = ("_percent", "_first_order", "_share_of_gdp")
    return "%" if measure.endswith(percent) else money
