"""Row 14: Europe replaces the US, by the rule of Kiel Policy Brief 186, from the shipped tables.

The rule as read from the abstract: every national donor rises to 0.21 % of its GDP or stays where
it is if higher; the EU institutions carry what remains. The 0.21 is the only number taken from it.
"""

from __future__ import annotations

import numpy as np

from threatpoint.support.data import load_support
from threatpoint.support.support import BASELINE
from validation.check import Check, compare, published

ROWS = published(__file__)
NEEDED = {row["item"]: float(row["value"]) for row in ROWS if row["measure"] == "needed"}
TARGET = NEEDED["bilateral share of GDP"] / 100.0
NAMED = tuple(item for item in NEEDED if item.isupper())


def computed() -> dict[tuple[str, str], float]:
    """Now and needed, by (measure, item); EUR bn a year and % of GDP."""
    table = load_support()
    total = table.yearly(*BASELINE).sum(axis=1)
    europe, common = table.members("europe"), table.members("institutions")
    now, gdp = total[europe], table.gdp[europe]
    needed = np.maximum(now, TARGET * gdp)
    pooled = float(total[common].sum())
    whole = float(now.sum()) + pooled + float(total[table.index(table.leaver)])
    codes = [table.donors[i] for i in europe]
    found = {}
    for measure, given, all_europe in (
        ("now", now, float(now.sum()) + pooled),
        ("needed", needed, whole),
    ):
        by_donor = dict(zip(codes, map(float, given), strict=True))
        found |= {(measure, code): by_donor[code] for code in NAMED}
        found[measure, "other donors"] = float(given.sum()) - sum(by_donor[c] for c in NAMED)
        found[measure, "Europe"] = all_europe
        found[measure, "EU institutions"] = all_europe - float(given.sum())
        found[measure, "bilateral share of GDP"] = 100.0 * float(given.sum() / gdp.sum())
    return found


def checks() -> list[Check]:
    """The rows that must hold."""
    return compare([row for row in ROWS if not row["explained"]], computed())


def explained() -> list[Check]:
    """The rows that do not hold; `differences.md` gives the cause of each."""
    return compare([row for row in ROWS if row["explained"]], computed())
