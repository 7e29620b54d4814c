"""Spread: what the draws say of a number, and which inputs carry it.

Draws may have weights: those of a figure that is conditioned on what was seen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from threatpoint.array_types import Array
from threatpoint.quantity import Ranged

ENDS = (0.05, 0.95)
"""Shares of the draws below each end of a range."""
GROUPS = 16
"""Groups of draws alike in one input, whose means say how much it carries."""
LEAST = 128
"""Draws from which on it is said which input carries a number."""
FIRM, LIKELY = 0.95, 0.66
"""Least shares of the draws that agree; fewer: it depends."""


def how_sure(agree: float) -> str:
    """One word for the share of the draws that agree; "unknown" where it is no number."""
    if math.isnan(agree):
        return "unknown"
    return "firm" if agree >= FIRM else "likely" if agree >= LIKELY else "depends"


@dataclass(frozen=True, eq=False)
class Spread:
    """One number in every draw.

    Attributes:
        values: (K,); NaN where a draw has no answer.
        weights: (K,) of 0 or more; equal by default.
        unit: of the values.
    """

    values: Array
    weights: Array = field(default_factory=lambda: np.ones(0))
    unit: str = ""

    @cached_property
    def _known(self) -> tuple[Array, Array]:
        """Values and weights of the draws with an answer, by value; weights sum to 1."""
        values = np.atleast_1d(np.asarray(self.values, dtype=float))
        weights = np.broadcast_to(self.weights if self.weights.size else np.ones(1), values.shape)
        keep = ~np.isnan(values) & (weights > 0)
        order = np.argsort(values[keep], kind="stable")
        found = weights[keep][order]
        return values[keep][order], found / found.sum() if found.size else found

    @property
    def effective(self) -> float:
        """Number of equally weighted draws that say as much (Kish 1965, Survey Sampling)."""
        weights = self._known[1]
        return float(1.0 / (weights @ weights)) if weights.size else 0.0

    @property
    def mean(self) -> float:
        """Over the draws; NaN without any."""
        values, weights = self._known
        return float(values @ weights) if weights.size else math.nan

    def at(self, share: float) -> float:
        """The value below which so much of the weight lies; NaN without draws.

        Between two draws it is interpolated, half of each draw's weight lying on either side.
        """
        values, weights = self._known
        if not weights.size:
            return math.nan
        middle = np.cumsum(weights) - weights / 2.0
        if np.isfinite(values).all():
            return float(np.interp(share, middle, values))
        return float(values[min(int(np.searchsorted(middle, share)), len(values) - 1)])

    @property
    def median(self) -> float:
        """Half of the weight is below."""
        return self.at(0.5)

    @property
    def low(self) -> float:
        """5 % of the weight is below."""
        return self.at(ENDS[0])

    @property
    def high(self) -> float:
        """5 % of the weight is above."""
        return self.at(ENDS[1])

    @property
    def error(self) -> float:
        """Standard error of the median by its order statistics: half the span of +- sqrt(n)/2.

        For draws that are independent; those of a Sobol sequence err less.
        """
        n = self.effective
        if n < 2:
            return math.nan
        step = 0.5 / math.sqrt(n)
        return (self.at(0.5 + step) - self.at(0.5 - step)) / 2.0

    def share(self, holds: Array) -> float:
        """Weight of the draws in which something holds; NaN without any draw.

        Args:
            holds: (K,) bool; not asked where the value is NaN.
        """
        values = np.atleast_1d(np.asarray(self.values, dtype=float))
        weights = np.broadcast_to(self.weights if self.weights.size else np.ones(1), values.shape)
        known = weights * ~np.isnan(values)
        return (
            float(known @ np.broadcast_to(holds, values.shape) / known.sum())
            if known.sum()
            else math.nan
        )

    def ranged(self, driver: str = "") -> Ranged:
        """Median with its range and the input that carries it."""
        return Ranged(self.median, self.low, self.high, self.unit, driver=driver)


def carried_by(
    inputs: Mapping[str, Array], values: Array, weights: Array | None = None
) -> dict[str, float]:
    """Group of inputs -> part of the variance that it alone carries, the most first.

    The variance of the mean over groups of draws alike in it, less what chance gives (given-data
    estimate of the first-order index, Plischke, Borgonovo & Smith 2013, EJOR 226:536-550). Of a
    group of several inputs the largest part of one of them is taken.

    Args:
        inputs: name -> (K,) or (K, inputs of the group).
        values: (K,); draws without an answer are left out.
        weights: (K,) of 0 or more.

    Returns:
        Empty below `LEAST` draws, or where nothing varies.
    """
    found = np.asarray(values, dtype=float)
    weights = np.ones_like(found) if weights is None else np.asarray(weights, dtype=float)
    keep = np.isfinite(found) & (weights > 0)
    if keep.sum() < LEAST or np.ptp(found[keep]) == 0.0:
        return {}
    parts = {
        name: max(
            _part(column, found[keep], weights[keep]) for column in np.atleast_2d(x.T)[:, keep]
        )
        for name, x in inputs.items()
    }
    return dict(sorted(parts.items(), key=lambda item: -item[1]))


def _part(by: Array, found: Array, weights: Array) -> float:
    """Part of the variance of `found` between groups of draws alike in `by`; at least 0."""
    if np.ptp(by) == 0.0:
        return 0.0
    order = np.argsort(by, kind="stable")
    groups = np.array_split(order, GROUPS)
    mass = np.array([weights[g].sum() for g in groups])
    mean = float(np.average(found, weights=weights))
    spread = float(np.average((found - mean) ** 2, weights=weights))
    means = np.array([np.average(found[g], weights=weights[g]) for g in groups])
    between = float(np.average((means - mean) ** 2, weights=mass))
    n = float(weights.sum() ** 2 / (weights @ weights))
    chance = (GROUPS - 1) / n
    return max((between / spread - chance) / (1.0 - chance), 0.0) if chance < 1.0 else 0.0
