"""Write the results of one solution to a file: tidy CSV with a sidecar, or one JSON."""

from __future__ import annotations

import csv
import json
import math
from typing import TYPE_CHECKING, Any

from threatpoint.equilibrium.results import assumptions, country_rows, flow_rows, sector_rows
from threatpoint.files import save

if TYPE_CHECKING:
    from pathlib import Path

    from threatpoint.equilibrium.solution import Solution

KEYS = ("country", "exporter", "importer", "sector")
NAMES = ("name", "sector_name")


def write(solution: Solution, path: Path) -> list[Path]:
    """Write all tables; returns the files written.

    A `.csv` is tidy, one value per row: table, country, exporter, importer, sector, measure,
    unit, value; the assumptions and the status go beside it as `NAME.meta.json`. A `.json` holds
    both. See `files.save`.
    """
    return save({path: texts(solution, path)})


def texts(solution: Solution, path: Path) -> list[str]:
    """What `write` writes for this name: one text for each of its `files.targets`."""
    tables = {
        "country": country_rows(solution),
        "sector": sector_rows(solution),
        "trade": flow_rows(solution, solution.calibration.sectors, by_sector=True),
    }
    carried = assumptions(solution)
    if path.suffix == ".csv":
        return [_tidy(tables, str(carried["unit"])), json.dumps(_finite(carried), indent=1) + "\n"]
    return [json.dumps({"assumptions": carried, **_finite(tables)}, indent=1) + "\n"]


def _tidy(tables: dict[str, list[dict[str, Any]]], money: str) -> str:
    """All tables as one long CSV."""
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["table", *KEYS, "measure", "unit", "value"])
    for table, rows in tables.items():
        for row in rows:
            place = [table, *(row.get(key, "") for key in KEYS)]
            for measure, value in row.items():
                if measure not in (*KEYS, *NAMES):
                    missing = isinstance(value, float) and math.isnan(value)
                    writer.writerow(
                        [*place, measure, _unit(measure, money), "" if missing else value]
                    )
    return text.getvalue()


def _unit(measure: str, money: str) -> str:
    """The unit of a measure, from its name."""
    if measure.endswith("_points"):
        return "percentage points"
    percent = ("_percent", "_first_order", "_share_of_gdp")
    return "%" if measure.endswith(percent) else money


def _finite(value: Any) -> Any:
    """NaN as null: JSON has no NaN."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}  # pyright: ignore
    if isinstance(value, list):
        return [_finite(item) for item in value]  # pyright: ignore
    return None if isinstance(value, float) and not math.isfinite(value) else value
