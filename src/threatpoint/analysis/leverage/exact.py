"""The largest flows solved anew, to show how far the first order carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.oil.solve import solve_many
from threatpoint.policy import CutOff

if TYPE_CHECKING:
    from threatpoint.analysis.leverage.slopes import Slopes
    from threatpoint.equilibrium import Solution

Row = dict[str, Any]
WHOLE = 1.0
"""The share of a flow that is cut off altogether."""
LARGEST, MORE = 10, 5
"""Flows that are solved anew: the largest, and as many more that only then are in barrels."""
NAMED = ("of", "over", "importer", "exporter", "sector", "trade")
"""What a row of a flow is about."""


def largest(levers: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The flows to solve anew, of those with most harm first."""
    more = [lever for lever in levers[LARGEST:] if lever["barrels"]]
    return [*levers[:LARGEST], *more[:MORE]]


def rows(found: Slopes, levers: Sequence[Mapping[str, Any]], cut: float) -> list[Row]:
    """Each flow cut by a share and altogether, solved and at first order.

    Args:
        found: the map.
        levers: rows of flows at that share.
        cut: the share.
    """
    asked = {(k, share): _policy(lever, share) for k, lever in enumerate(levers)
             for share in dict.fromkeys((cut, WHOLE))}  # fmt: skip
    if not asked:
        return []
    solved = solve_many(found.economy, asked, **found.how)
    return [
        _row(found, lever, cut, solved[k, cut], solved[k, WHOLE]) for k, lever in enumerate(levers)
    ]


def _policy(lever: Mapping[str, Any], share: float) -> CutOff:
    """So much less of one sector of the exporter is bought; which side stops it is the same."""
    sides = lever["importer_members"], lever["exporter_members"]
    return CutOff(*sides, (lever["sector"],), direction="imports", enforcement=share)


def _row(
    found: Slopes, lever: Mapping[str, Any], cut: float, little: Solution, whole: Solution
) -> Row:
    """One flow: what both sides lose by a part and by all of it, first order and solved."""
    row: Row = {name: lever[name] for name in NAMED}
    for side, key in (("over", "loss"), ("of", "own_cost")):
        row |= {
            f"{key}_first": lever[key],
            f"{key}_exact": _lost(found, little, lever[f"{side}_members"]),
            f"{key}_whole_first": lever[key] / cut,
            f"{key}_whole_exact": _lost(found, whole, lever[f"{side}_members"]),
        }
    failed = next((s.status.message for s in (little, whole) if not s.status.converged), "")
    return row | {"barrels": lever["barrels"], "failure": failed}


def _lost(found: Slopes, solution: Solution, codes: Sequence[str]) -> float:
    """Money a year that the economies lose together; NaN without an equilibrium."""
    at = [found.economy.country(code) for code in codes]
    return -float(np.sum(solution.welfare.usd[at]))
