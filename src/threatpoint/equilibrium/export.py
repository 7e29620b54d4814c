"""Write the results of one solution to a file: tidy CSV with a sidecar, or one JSON."""

from __future__ import annotations

import csv
import json
import math
import os
from typing import TYPE_CHECKING, Any

from threatpoint.equilibrium.results import assumptions, country_rows, flow_rows, sector_rows
from threatpoint.errors import ThreatpointError

if TYPE_CHECKING:
    from pathlib import Path

    from threatpoint.equilibrium.solution import Solution

SUFFIXES = (".csv", ".json")
KEYS = ("country", "exporter", "importer", "sector")
NAMES = ("name", "sector_name")


def require_writable(path: Path) -> None:
    """Refuse a target that cannot be written, before anything is solved.

    Raises:
        ThreatpointError: unknown suffix, missing folder, a folder in the file's place, no right.
    """
    if path.suffix not in SUFFIXES:
        raise ThreatpointError(f"--out {path}: use a name that ends in {' or '.join(SUFFIXES)}")
    for target in targets(path):
        try:
            folder = target.parent
            if not folder.is_dir():
                raise ThreatpointError(f"--out {path}: the folder {folder} does not exist")
            if target.is_dir():
                raise ThreatpointError(f"--out {path}: {target} is a folder, not a file")
            if not os.access(target if target.exists() else folder, os.W_OK):
                raise ThreatpointError(f"--out {path}: no right to write {target}")
        except OSError as error:
            raise ThreatpointError(f"--out {path}: {error.strerror}") from error


def targets(path: Path) -> list[Path]:
    """The files that `write` makes for this name, links followed."""
    whole = path.resolve()
    return [whole] if path.suffix == ".json" else [whole, whole.with_suffix(".meta.json")]


def write(solution: Solution, path: Path) -> list[Path]:
    """Write all tables; returns the files written.

    A `.csv` is tidy, one value per row: table, country, exporter, importer, sector, measure,
    unit, value; the assumptions and the status go beside it as `NAME.meta.json`. A `.json` holds
    both. Files appear whole or not at all.
    """
    tables = {
        "country": country_rows(solution),
        "sector": sector_rows(solution),
        "trade": flow_rows(solution, solution.calibration.sectors, by_sector=True),
    }
    carried = assumptions(solution)
    texts = [json.dumps({"assumptions": carried, **_finite(tables)}, indent=1) + "\n"]
    if path.suffix == ".csv":
        texts = [_tidy(tables, str(carried["unit"])), json.dumps(_finite(carried), indent=1) + "\n"]
    files = targets(path)
    for file, text in zip(files, texts, strict=True):
        write_whole(file, text)
    return files


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


def write_whole(path: Path, text: str) -> None:
    """Write beside the target, then move into place; leaves nothing half-written."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ThreatpointError(f"{path} could not be written: {error.strerror}") from error
