"""Write the results of one solution to a file: tidy CSV with a sidecar, or one JSON."""

from __future__ import annotations

import csv
import json
import math
import os
from typing import TYPE_CHECKING, Any

from threatpoint.equilibrium.results import assumptions, country_rows, flow_rows, sector_rows
from threatpoint.errors import ThreatpointError
from threatpoint.files import followed, write_together, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from threatpoint.equilibrium.solution import Solution

SUFFIXES = (".csv", ".json")
KEYS = ("country", "exporter", "importer", "sector")
NAMES = ("name", "sector_name")


def require_writable(path: Path, option: str = "--out", suffixes: Sequence[str] = SUFFIXES) -> None:
    """Refuse a target that cannot be written, before anything is solved.

    Raises:
        ThreatpointError: unknown suffix, missing folder, a folder in the file's place, no right.
    """
    if path.suffix not in suffixes:
        raise ThreatpointError(f"{option} {path}: use a name that ends in {' or '.join(suffixes)}")
    try:
        for target in targets(path):
            folder = target.parent
            if not folder.is_dir():
                raise ThreatpointError(f"{option} {path}: the folder {folder} does not exist")
            if target.is_dir():
                raise ThreatpointError(f"{option} {path}: {target} is a folder, not a file")
            if not all(os.access(p, os.W_OK) for p in (folder, target) if p.exists()):
                raise ThreatpointError(f"{option} {path}: no right to write {target}")
    except OSError as error:
        raise ThreatpointError(f"{option} {path}: {error.strerror}") from error


def targets(path: Path) -> list[Path]:
    """The files that `save` makes for this name, links followed."""
    whole = followed(path)
    return [whole, whole.with_suffix(".meta.json")] if path.suffix == ".csv" else [whole]


def write(solution: Solution, path: Path) -> list[Path]:
    """Write all tables; returns the files written.

    A `.csv` is tidy, one value per row: table, country, exporter, importer, sector, measure,
    unit, value; the assumptions and the status go beside it as `NAME.meta.json`. A `.json` holds
    both. See `save`.
    """
    return save({path: texts(solution, path)})


def texts(solution: Solution, path: Path) -> list[str]:
    """What `write` writes for this name: one text for each of its `targets`."""
    tables = {
        "country": country_rows(solution),
        "sector": sector_rows(solution),
        "trade": flow_rows(solution, solution.calibration.sectors, by_sector=True),
    }
    carried = assumptions(solution)
    if path.suffix == ".csv":
        return [_tidy(tables, str(carried["unit"])), json.dumps(_finite(carried), indent=1) + "\n"]
    return [json.dumps({"assumptions": carried, **_finite(tables)}, indent=1) + "\n"]


def save(results: Mapping[Path, Sequence[str]], earlier: Iterable[Path] = ()) -> list[Path]:
    """Write the texts of one run under their names, all or none; returns the files.

    Args:
        results: for each name of one folder, a text for each of its `targets`.
        earlier: names of a run before; their files are removed where they are not written again.

    Raises:
        ThreatpointError: they cannot be written; what was there before is still there.
    """
    files = {
        target: text
        for path, whole in results.items()
        for target, text in zip(targets(path), whole, strict=True)
    }
    gone = {target for path in earlier for target in targets(path)} - set(files)
    if len(files) == 1 and not gone:
        write_whole(*next(iter(files.items())))
        return list(files)
    for folder in dict.fromkeys(target.parent for target in files):
        here = {target.name: text for target, text in files.items() if target.parent == folder}
        names = [target.name for target in gone if target.parent == folder]
        write_together(folder, here, lambda names=names: names)
    return list(files)


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
