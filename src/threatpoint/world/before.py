"""What moved since the table before, country by country.

The figures of the table before ship in `tables/before_2023.csv`, typed into the builder when the
table changed; those of the table are computed from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.tables import Table, columns
from threatpoint.world.facts import table

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.world.economy import Economy

FILE = "before_2023.csv"
FIGURES = ("value_added", "deficit_share", "tariffs_levied", "tariffs_faced")


def figures(economy: Economy) -> dict[str, Array]:
    """Figure -> (N,): value added in money; the others in percent.

    Trade deficit over GDP; tariffs a country levies over its imports; those that others levy on
    its goods over its exports.
    """
    duties = economy.trade * economy.tariff
    return {
        "value_added": economy.value_added.sum(axis=1),
        "deficit_share": 100 * economy.deficit / economy.gdp,
        "tariffs_levied": 100 * _over(economy.tariff_revenue, economy.imports),
        "tariffs_faced": 100 * _over(duties.sum(axis=(0, 2)), economy.exports),
    }


def moved(economy: Economy) -> Table:
    """The figures of the table before beside those of this one; no rows for another table."""
    known = {
        row["country"]: row
        for row in table(FILE)
        if row["tariffs"] == economy.metadata.get("tariffs")
    }
    now = figures(economy) if set(economy.countries) == set(known) else {}
    rows = [
        {
            "name": economy.names.get(code, code),
            **{f"{key}_before": float(known[code][key]) for key in FIGURES},
            **{key: float(values[n]) for key, values in now.items()},
        }
        for n, code in enumerate(economy.countries)
        if now
    ]
    mark = table(FILE)[0]["fingerprint"]
    shown = [end for key in FIGURES for end in (f"{key}_before", key)]
    caption = (
        f"What moved since the table before ({mark}): value added, trade deficit in % of GDP, "
        "tariffs levied in % of imports, tariffs faced in % of exports"
    )
    return Table("moved", caption, columns("moved", "name", *shown), rows, unit=economy.unit)


def _over(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
