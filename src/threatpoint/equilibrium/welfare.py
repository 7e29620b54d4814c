"""Welfare: the exact change in real income, and its first-order decomposition.

The two differ a lot at large shocks. Games and headlines use the exact one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array


@dataclass(frozen=True, eq=False)
class Welfare(Shown):
    """Welfare change of each country, (N,) each.

    Attributes:
        percent: exact change in real income I'/P', %, net of what real costs of trading use up.
        usd: percent times baseline final expenditure (tariff revenue included), in the economy's
            money unit.
        before_tariffs: the same without tariff revenue R (with rents), (I' - R') / P' against
            I - R, %: what factor income, with export taxes, and the deficit buy. NaN where there is
            no such income at baseline.
        before_tariffs_usd: that percent of baseline I - R, in the economy's money unit.
        real_wage: change in w'/P', %.
        terms_of_trade: first-order terms-of-trade effect, % of income.
        volume_of_trade: first-order volume-of-trade effect, % of income.
        from_factors, from_tariffs, from_deficit: exact parts of `percent`, in percentage points:
            what factor income (with export taxes), tariff revenue (with rents) and the trade
            deficit buy, after less before.
    """

    percent: Array
    usd: Array
    before_tariffs: Array
    before_tariffs_usd: Array
    real_wage: Array
    terms_of_trade: Array
    volume_of_trade: Array
    from_factors: Array
    from_tariffs: Array
    from_deficit: Array


def real_income(income_hat: Array, price_index_hat: Array) -> Array:
    """100 (I^ / P^ - 1), %: exact."""
    return 100.0 * (income_hat / price_index_hat - 1.0)


def income_part(after: Array, before: Array, price_index_hat: Array, income: Array) -> Array:
    """100 (source' / P' - source) / I of one source of income, % points.

    Factor income, tariff revenue and deficit add up to the exact change in real income, because I
    is their sum.
    """
    return 100.0 * (after / price_index_hat - before) / income


def terms_of_trade(unit_costs: Array, flows: Array, income: Array) -> Array:
    """Sum over flows of (E dc - M dc) / I, %; finite changes, baseline flows at basic prices.

    unit_costs: (N, S) hats; flows: (N n, N i, S j). Caliendo & Parro (2015), eq. 16, first term.
    """
    dc = unit_costs - 1.0
    earned = (flows.sum(axis=0) * dc).sum(axis=1)
    paid = np.einsum("nij,ij->n", flows, dc)
    return 100.0 * (earned - paid) / income


def volume_of_trade(
    trade: Array, unit_costs: Array, flows: Array, tariff: Array, income: Array
) -> Array:
    """Sum of tau M (dM - dc) / I, %; finite changes, baseline tariffs and flows.

    trade, flows: (N n, N i, S j) after and before. Caliendo & Parro (2015), eq. 16, second term.
    """
    change = np.divide(trade, flows, out=np.ones_like(flows), where=flows > 0) - 1.0
    real = change - (unit_costs - 1.0)[None, :, :]
    return 100.0 * (tariff * flows * real).sum(axis=(1, 2)) / income
