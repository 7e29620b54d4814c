"""Welfare: the exact change in real income, and its first-order decomposition.

The two differ a lot at large shocks. Games and headlines use the exact one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium.solution import Solution

    Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Welfare:
    """Welfare change of each country, (N,) each.

    Attributes:
        percent: exact change in real income I'/P', %, net of what real costs of trading use up.
        usd: percent times baseline final expenditure (tariff revenue included), in the economy's
            money unit.
        real_wage: change in w'/P', %.
        terms_of_trade: first-order terms-of-trade effect, % of income.
        volume_of_trade: first-order volume-of-trade effect, % of income.
        from_factors, from_tariffs, from_deficit: exact parts of `percent`, in percentage points:
            what factor income (with export taxes), tariff revenue (with rents) and the trade
            deficit buy, after less before.
    """

    percent: Array
    usd: Array
    real_wage: Array
    terms_of_trade: Array
    volume_of_trade: Array
    from_factors: Array
    from_tariffs: Array
    from_deficit: Array


def welfare(solution: Solution) -> Welfare:
    """All welfare measures of one solution against its baseline."""
    income = solution.calibration.income
    exact = real_income((solution.income - solution.waste) / income, solution.price_index)
    factors, tariffs, deficit = income_parts(solution)
    return Welfare(
        percent=exact,
        usd=exact / 100.0 * income,
        real_wage=real_income(solution.wages, solution.price_index),
        terms_of_trade=terms_of_trade(solution),
        volume_of_trade=volume_of_trade(solution),
        from_factors=factors,
        from_tariffs=tariffs,
        from_deficit=deficit,
    )


def real_income(income_hat: Array, price_index_hat: Array) -> Array:
    """100 (I^ / P^ - 1), %: exact."""
    return 100.0 * (income_hat / price_index_hat - 1.0)


def income_parts(solution: Solution) -> tuple[Array, Array, Array]:
    """100 (source' / P' - source) / I for factor income, tariff revenue and deficit, % points.

    They add up to the exact change in real income, because I = factor income + R + D.
    """
    c, index = solution.calibration, solution.price_index
    kept = solution.income - solution.waste
    earned = kept - solution.tariff_revenue - solution.deficit
    after = (earned, solution.tariff_revenue, solution.deficit)
    factors = c.value_added.sum(axis=1)
    before = (factors, c.income - factors - c.deficit, c.deficit)
    first, second, third = (
        100.0 * (new / index - old) / c.income for new, old in zip(after, before, strict=True)
    )
    return first, second, third


def terms_of_trade(solution: Solution) -> Array:
    """Sum over flows of (E dc - M dc) / I, %; finite changes, baseline flows at basic prices.

    Caliendo & Parro (2015), eq. 16, first term.
    """
    dc = solution.unit_costs - 1.0
    flows = solution.baseline_trade
    earned = (flows.sum(axis=0) * dc).sum(axis=1)
    paid = np.einsum("nij,ij->n", flows, dc)
    return 100.0 * (earned - paid) / solution.calibration.income


def volume_of_trade(solution: Solution) -> Array:
    """Sum of tau M (dM - dc) / I, %; finite changes, baseline tariffs and flows.

    Caliendo & Parro (2015), eq. 16, second term.
    """
    c = solution.calibration
    flows = solution.baseline_trade
    change = np.divide(solution.trade, flows, out=np.ones_like(flows), where=flows > 0) - 1.0
    real = change - (solution.unit_costs - 1.0)[None, :, :]
    return 100.0 * (c.tariff * flows * real).sum(axis=(1, 2)) / c.income
