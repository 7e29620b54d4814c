"""Results under the name a user gave: refused at once if it cannot be written, saved as one.

A `.csv` has its assumptions beside it as `NAME.meta.json`; a `.json` is one file. Several tables
stand in one `.csv` one value a row.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from threatpoint.errors import ThreatpointError
from threatpoint.files.together import write_together
from threatpoint.files.whole import followed, write_whole

Tables = Mapping[str, Sequence[Mapping[str, Any]]]
SUFFIXES = (".csv", ".json")


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


def as_texts(
    path: Path,
    about: Mapping[str, Any],
    tables: Tables,
    keys: Sequence[str],
    unit: Callable[[str], str] | None = None,
) -> list[str]:
    """What `save` writes of several tables under this name: see `tidy`, or all in one JSON.

    Args:
        path: its suffix decides.
        about: what carries the numbers.
        tables: as in `tidy`, as are the keys and the unit.
        keys: what places a value.
        unit: of a measure.
    """
    if path.suffix == ".json":
        return [as_json({"assumptions": about, **tables})]
    return [tidy(tables, keys, unit), as_json(about)]


def tidy(tables: Tables, keys: Sequence[str], unit: Callable[[str], str] | None = None) -> str:
    """Several tables as one long CSV, a value a row: table, keys, measure, value.

    Args:
        tables: name -> rows.
        keys: what places a value; a row that lacks one leaves it empty. All else is a measure.
        unit: of a measure; with it a column "unit" stands before the value.

    Returns:
        Text with a header; None and NaN are empty.
    """
    lines: list[list[Any]] = [["table", *keys, "measure", *(["unit"] if unit else []), "value"]]
    for table, rows in tables.items():
        for row in rows:
            place = [table, *(row.get(key, "") for key in keys)]
            for measure, value in row.items():
                if measure not in keys:
                    has = [measure, unit(measure)] if unit else [measure]
                    missing = value is None or value != value
                    lines.append([*place, *has, "" if missing else value])
    return as_csv(lines)


def as_csv(lines: Iterable[Iterable[Any]]) -> str:
    """Text of a CSV file with Unix line ends."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


def read_csv(path: Path) -> tuple[dict[str, str], ...]:
    """Rows of a CSV file that ships with the package."""
    with path.open(newline="", encoding="utf-8") as text:
        return tuple(csv.DictReader(text))


def as_json(content: Mapping[str, Any]) -> str:
    """Text of a JSON file; NaN and infinity are null, JSON has neither."""
    return json.dumps(finite(content), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def finite(value: Any) -> Any:
    """NaN and infinity as None, in mappings and lists too."""
    if isinstance(value, Mapping):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
