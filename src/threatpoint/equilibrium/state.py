"""What one pass of the map computes: every level, and the gap of every market."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array

WALRAS = 30.0
"""Tolerances allowed in the redundant labour markets."""

DEEPEST = 300.0
"""A level below exp(-300) or above exp(300) times its baseline is no economy but a corner."""


@dataclass(frozen=True, eq=False)
class State:
    """Everything one pass of the map computes, sector-first.

    The gaps are the residuals: log P' - log P and log X' - log X [j, n], the log ratio of a
    country's foreign receipts to its payments [n], and the bounds' [K]; drift is the log of each
    bloc's factor income over its numeraire [b]. The labour gaps (demand over supply of the mobile
    factor, minus 1, [n]) belong to the markets the map does not use; they sum up the others' gaps,
    so `WALRAS` times the tolerance is allowed there.
    """

    log_wage: Array
    log_price: Array
    log_spend: Array
    log_cost: Array
    log_value: Array
    bound: Array
    expenditure: Array
    competitiveness: Array
    bundle: Array
    value_added: Array
    output: Array
    exports: Array
    imports: Array
    revenue: Array
    charges: Array
    waste: Array
    factor_income: Array
    deficit: Array
    income: Array
    index: Array
    price_gap: Array
    spend_gap: Array
    imbalance: Array
    bound_gap: Array
    drift: Array
    labour: Array

    @property
    def residual(self) -> float:
        """The largest gap of all markets, the redundant ones included; a gap that is none: inf."""
        gaps = (
            self.price_gap,
            self.spend_gap,
            self.imbalance,
            self.bound_gap,
            self.drift,
            self.labour / WALRAS,
        )
        largest = np.max([np.abs(gap).max(initial=0.0) for gap in gaps])
        return np.inf if np.isnan(largest) else float(largest)

    @property
    def spent(self) -> Array:
        """(N,) income net of what real costs of trading use up."""
        return self.income - self.waste

    @property
    def sound(self) -> bool:
        """Whether it can be an economy: each level a number above 0, each country's income too."""
        logs = (self.log_wage, self.log_price, self.log_spend, self.log_cost, self.log_value)
        within = all(bool((np.abs(level) < DEEPEST).all()) for level in logs)
        return within and bool((self.spent > 0).all())
