"""Spread: what the draws say of a number, and which inputs carry it.

Draws may have weights: those of a figure that is conditioned on what was seen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Any

import numpy as np

from threatpoint.array_types import Array
from threatpoint.quantity import Ranged

ENDS = (0.05, 0.95)
"""Shares of the draws below each end of a range."""
LEAST = 128
"""Draws from which on it is said which input carries a number."""
LUCK = 0.999
"""A part is told only where an input that carries nothing has less with this probability."""
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

    First-order indices from a regression on Legendre polynomials of the ranks, of degree 1 and 2 in
    each input of a group without products (Sudret 2008, Reliability Engineering & System Safety 93,
    pp. 964-979), less what chance gives (adjusted R2); left out where so few draws cannot
    tell it from 0 (F test). Whole numbers stand for kinds: their means.

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
    about = found[keep], weights[keep]
    parts = {name: _part(x[keep], *about) for name, x in inputs.items()}
    told = ((name, part) for name, part in parts.items() if part > 0.0)
    return dict(sorted(told, key=lambda item: -item[1]))


def _part(by: Array, found: Array, weights: Array) -> float:
    """Adjusted part of the variance of `found` that a regression on `by` explains, 0 to 1."""
    columns = _kinds(by) if np.issubdtype(by.dtype, np.integer) else _polynomials(by)
    n = float(weights.sum() ** 2 / (weights @ weights))
    if not columns.shape[1] or n <= columns.shape[1] + 2:
        return 0.0
    root = np.sqrt(weights / weights.sum())
    centred = root * (found - np.average(found, weights=weights))
    design = root[:, None] * (columns - np.average(columns, axis=0, weights=weights))
    fitted = design @ np.linalg.lstsq(design, centred, rcond=None)[0]
    unexplained = 1.0 - float(fitted @ fitted) / float(centred @ centred)
    rank = int(np.linalg.matrix_rank(design))
    return _told(1.0 - unexplained, rank, n - 1.0)


def _told(explained: float, rank: int, degrees: float) -> float:
    """Adjusted R2, or 0 where R2 is no more than chance gives: a Beta(rank/2, the rest/2)."""
    special: Any = import_module("scipy.special")
    left = degrees - rank
    if explained <= special.betaincinv(rank / 2.0, left / 2.0, LUCK):
        return 0.0
    return 1.0 - (1.0 - explained) * degrees / left


def _polynomials(by: Array) -> Array:
    """(K, 2 p) Legendre polynomials of degree 1 and 2 in the ranks of each of p inputs."""
    columns: list[Array] = []
    for x in np.atleast_2d(by.T):
        kinds, at = np.unique(x, return_inverse=True)
        count = np.bincount(at)
        middle = 2.0 * (np.cumsum(count) - count / 2.0) / len(x) - 1.0
        rank = middle[at]
        columns += [rank, (3.0 * rank**2 - 1.0) / 2.0] if len(kinds) > 2 else [rank]
        if len(kinds) < 2:
            columns.pop()
    return np.stack(columns, axis=1) if columns else np.zeros((len(by), 0))


def _kinds(by: Array) -> Array:
    """(K, kinds - 1) which kind each draw is of."""
    return (by[:, None] == np.unique(by)[None, 1:]).astype(float)
