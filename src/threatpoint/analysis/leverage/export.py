"""The files of a map of leverage: flows and pairs, what was solved anew, and what carries it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threatpoint.equilibrium.results import assumptions
from threatpoint.files import as_json, require_writable, save

if TYPE_CHECKING:
    from threatpoint.analysis.leverage.slopes import Slopes
    from threatpoint.tables import Table


def write(found: Slopes, path: str | Path, shown: Sequence[Table]) -> list[Path]:
    """Write tables; returns the files.

    Args:
        found: the map.
        path: a `.json` holds all; a `.csv` the flows, its definitions beside it as `.meta.json`,
            and NAME-power.csv or the like each other table.
        shown: tables, the flows first.

    Raises:
        ThreatpointError: another ending; a place that cannot be written.
    """
    place = Path(path)
    require_writable(place)
    first, *others = shown
    about = {**assumptions(found.solution), "order": "first"}
    if place.suffix == ".json":
        tables = {table.key: table.rows for table in (first, *others)}
        return save({place: [as_json({"assumptions": about, **tables})]})
    beside = {
        place.with_name(f"{place.stem}-{table.key.removeprefix('leverage-')}{place.suffix}"): table
        for table in others
    }
    for each in beside:
        require_writable(each)
    return save({each: _texts(table, about) for each, table in {place: first, **beside}.items()})


def _texts(table: Table, about: dict[str, Any]) -> list[str]:
    """A table with its definitions."""
    return [table.csv(), as_json({**about, "definitions": table.definitions})]
