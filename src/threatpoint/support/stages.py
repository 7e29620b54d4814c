"""Ready: where arms came from, and how long money takes, from the tracker's months."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from threatpoint.array_types import Array
from threatpoint.files import read_csv
from threatpoint.support.data import TABLES, SupportTable

SOURCES = ("stockpile", "procurement", "unspecified", "nato_purl")
YEAR, QUARTER = ("2024-04", "2025-03"), ("2025-01", "2025-03")
"""Periods over which the share of stocks is told: a year, and its last quarter."""


@dataclass(frozen=True, eq=False)
class Stages:
    """By month, EUR bn a month.

    Attributes:
        months: "YYYY-MM".
        committed: of European capitals, of the EU institutions; (months, 2).
        arms: military aid of all donors by `SOURCES`; (months, 4).
    """

    months: tuple[str, ...]
    committed: Array
    arms: Array

    def of(self, first: str, last: str) -> Array:
        """Arms by source over a period, both months counted; (4,), EUR bn."""
        inside = [first <= month <= last for month in self.months]
        return self.arms[inside].sum(axis=0)

    def stocks(self, first: str, last: str) -> float:
        """Share of arms from stocks, of those whose source is known."""
        stock, *_ = found = self.of(first, last)
        return float(stock / (found.sum() - found[SOURCES.index("unspecified")]))


@functools.cache
def load_stages() -> Stages:
    """The shipped table (Kiel Institute, Ukraine Support Tracker)."""
    rows = read_csv(TABLES / "support_stages.csv")
    pledged = ("committed_capitals", "committed_institutions")
    committed, arms = (
        np.array([[float(row[key]) for key in keys] for row in rows]) for keys in (pledged, SOURCES)
    )
    return Stages(tuple(row["month"] for row in rows), committed, arms)


def months_to_allocate(
    table: SupportTable, last: str, over: int = 12
) -> dict[str, tuple[int, int]]:
    """Least and most months from commitment to allocation, first committed, first allocated.

    An allocation that brings the sum to a level took as long as since the sum of commitments
    passed it. Over the `over` months to `last`; keys "capitals" and "institutions".
    """
    stages, end = load_stages(), table.month(last)
    groups = (("capitals", "europe"), ("institutions", "institutions"))
    found = {}
    for place, (name, group) in enumerate(groups):
        given = table.flows[table.members(group)].sum(axis=(0, 2)).cumsum()
        pledged = stages.committed[:, place].cumsum()
        waits = [k - int(np.argmax(pledged >= given[k])) for k in range(end - over + 1, end + 1)]
        found[name] = min(waits), max(waits)
    return found
