"""What one pass of the map computes: every level, and the gap of every market."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array

WALRAS = 30.0
"""Tolerances allowed in the redundant labour markets."""

DEEPEST = 300.0
"""A level below exp(-300) or above exp(300) times its baseline is no economy but a corner."""


@dataclass(frozen=True, eq=False)
class Unknowns:
    """The stacked state taken apart: log w [n], log P and log Xhat [j, n], bounds u [K]."""

    log_wage: Array
    log_price: Array
    log_spend: Array
    bound: Array


@dataclass(frozen=True, eq=False)
class State(Unknowns, Shown):
    """Everything one pass of the map computes, sector-first.

    The gaps are the residuals: log P' - log P and log X' - log X [j, n], the log ratio of a
    country's foreign receipts to its payments [n], and the bounds' [K]; drift is the log of each
    bloc's factor income over its numeraire [b]. The labour gaps (demand over supply of the mobile
    factor, minus 1, [n]) belong to the markets the map does not use; they sum up the others' gaps,
    so `WALRAS` times the tolerance is allowed there.
    """

    log_cost: Array
    log_value: Array
    expenditure: Array
    competitiveness: Array
    bundle: Array
    value_added: Array
    output: Array
    revenue: Array
    charges: Array
    waste: Array
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
        return float(self.residuals)

    @property
    def residuals(self) -> Array:
        """The same for each of several states side by side, [...]."""
        markets = (self.price_gap, self.spend_gap)
        countries = (self.imbalance, self.bound_gap, self.drift, self.labour / WALRAS)
        found = [np.abs(gap).max(axis=(-2, -1)) for gap in markets]
        found += [np.abs(gap).max(axis=-1, initial=0.0) for gap in countries]
        worst = np.max(np.stack(found), axis=0)
        return np.where(np.isnan(worst), np.inf, worst)

    @property
    def sound(self) -> bool:
        """Whether it can be an economy: each level a number above 0, each country's income too."""
        logs = (self.log_wage, self.log_price, self.log_spend, self.log_cost, self.log_value)
        within = all(bool((np.abs(level) < DEEPEST).all()) for level in logs)
        return within and bool((self.income > self.waste).all())
