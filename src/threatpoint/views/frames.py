"""Frames: a declared table as a tidy `pandas.DataFrame`, with units and meanings beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from threatpoint.errors import require_extra

if TYPE_CHECKING:
    import pandas as pd

    from threatpoint.tables import Table

    Frame: TypeAlias = pd.DataFrame
else:
    Frame = Any


def frame(make: Callable[[], Table]) -> Frame:
    """A table as a frame; it is made only where pandas is there.

    Raises:
        MissingExtraError: pandas is not installed.
    """
    require_extra("pandas", "to_pandas", "pandas")
    import pandas as pd

    table = make()
    keys, records = list(table.fields), table.records
    numbers = [table.fields[key].numeric for key in keys]
    cells = [[_number(x) if n else x for x, n in zip(r, numbers, strict=True)] for r in records]
    found = pd.DataFrame(cells, columns=keys)
    found.attrs.update(attributes(table))
    return found


def _number(value: Any) -> Any:
    """What a column of numbers has none of is missing."""
    return float("nan") if value is None or (isinstance(value, str) and not value) else value


def attributes(table: Table) -> dict[str, Any]:
    """Title and note; unit, heading and meaning of each column that has one."""
    known = table.fields
    by_column = {
        "units": {key: unit for key in known if (unit := table.unit_of(known[key]))},
        "headings": {key: known[key].heading for key in known if known[key].heading},
        "meanings": {key: known[key].meaning for key in known if known[key].meaning},
    }
    return {"title": table.caption, "note": table.note, **by_column}
