"""What two economies are to each other, from the derivatives of their real incomes.

Indices: k whose real income it is, n importer, i exporter, a and b the two of a pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array


def friends(growth: Array, income: Array) -> Array:
    """(N k, N i) percent of k's real income for one percent more productivity of i.

    In all sectors of i alike: the friends (above 0) and enemies (below) of Kleinman, Liu and
    Redding (2024, AEJ: Macroeconomics 16(4), 350-385), here with inputs, tariffs and the frictions
    of the horizon.

    Args:
        growth: (N k, N i, S) money for a log of productivity.
        income: (N k,) money.
    """
    return _over(growth.sum(axis=2), income)


def dependence(lost: Array, income: Array) -> Array:
    """(N k, N a) percent of k's real income for one percent of all trade of k and a, both ways.

    Above 0 is a loss. The diagonal is NaN.

    Args:
        lost: (N k, N n, N i, S) money that k loses for a log of what is left of a flow.
        income: (N k,) money.
    """
    each = np.arange(len(income))
    flows = lost.sum(axis=3)
    found = flows[each, each, :] + flows[each, :, each]
    found[each, each] = np.nan
    return _over(found, income)


def power(depends: Array) -> Array:
    """(N a, N b) the power of a over b: what b loses over what a loses, each as a share of its own.

    Both by the same cut of all trade between them: the unequal dependence in which Hirschman
    (1945, National Power and the Structure of Foreign Trade, chapter II) sees power. How much can
    be asked for rests on b's own loss, `dependence` (Clayton, Maggiori and Schreger 2026, A
    Framework for Geoeconomics, Econometrica).

    Args:
        depends: (N k, N a) of `dependence`.
    """
    return ratio(depends.T, depends)


def ratio(theirs: Array, own: Array) -> Array:
    """Their loss over the own one; infinite where only they lose, NaN where nobody does."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.maximum(theirs, 0.0) / np.maximum(own, 0.0)


def log_power(depends: Array) -> Array:
    """(N a, N b) natural logarithm of `power`; that of b over a is the same with the other sign."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(np.maximum(depends, 0.0))
        return logs.T - logs


def _over(money: Array, income: Array) -> Array:
    """Shares of income; NaN for who has none."""
    some = np.where(income > 0, income, np.nan)
    return money / some[:, None]
