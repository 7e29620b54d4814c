"""Sampling error: how far the numbers of the first screen are known by the number of draws.

By the bootstrap, which draws those that share a drawn table together: they are not independent.
A Latin hypercube errs less than independent draws, so what is printed is no less than the truth.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.chain.decision import decision_of
from threatpoint.analysis.chain.headlines import carried_out
from threatpoint.analysis.chain.tree import tree_of
from threatpoint.spread import Spread

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Chain
    from threatpoint.array_types import Array

SAMPLES = 400
"""Of the bootstrap."""
CHANCE = "%"
"""Unit of chances; they are means, all else is a median."""
POINTS = "% of income"
"""Unit of changes of income in percent, which are no chances."""


@dataclass(frozen=True)
class Error:
    """A number of the first screen.

    Attributes:
        key: what it is.
        unit: of value and error.
        value: median over the draws, or mean of a chance.
        error: standard error by the number of draws; NaN with too few.
        width: of its range, 5 to 95 % of the draws.
    """

    key: str
    unit: str
    value: float
    error: float
    width: float

    @property
    def of_range(self) -> float:
        """The error as a share of the range."""
        return self.error / self.width if self.width > 0.0 else math.nan


@dataclass(frozen=True, eq=False)
class Sampling:
    """Sampling errors of a chain."""

    chain: Chain

    @cached_property
    def errors(self) -> tuple[Error, ...]:
        """Of every number of the first screen that varies."""
        found = (*self._options(), *self._leaves(), *self._losses())
        return tuple(each for each in found if each.error > 0.0)

    @property
    def lost(self) -> int:
        """Draws without an equilibrium that the threat game asks for."""
        return int((~self.chain.whole).sum())

    @property
    def chances(self) -> float:
        """The largest error of a chance, points; NaN without one."""
        found = [each.error for each in self.errors if each.unit == CHANCE]
        return max(found, default=math.nan)

    @property
    def medians(self) -> float:
        """The largest error of a median, as a share of its range; NaN without one."""
        found = [each.of_range for each in self.errors if each.unit != CHANCE]
        return max((share for share in found if not math.isnan(share)), default=math.nan)

    # -- numbers -----

    def _options(self) -> Iterator[Error]:
        """The decision table; what is one of two values has no middle that could be known."""
        for option in decision_of(self.chain).options:
            columns = {
                "sender": (option.sender, "USD bn/year"),
                "others": (option.others, "USD bn/year"),
                "loss": (option.loss, "USD bn/month"),
                "ground": (option.ground, "km2"),
                "pays": (option.pays, "EUR bn/year"),
            }
            for name, (values, unit) in columns.items():
                if values is not None and len(np.unique(values)) > 2:
                    yield self.median(f"{option.key}, {name}", values, unit)
            if option.freeze is not None:
                chance = option.freeze
                yield self.mean(f"{option.key}, freeze", 100.0 * chance.each, chance.refuses)

    def _leaves(self) -> Iterator[Error]:
        """The tree."""
        for leaf in tree_of(self.chain).leaves:
            yield self.mean(f"{leaf.kind} {leaf.threat}".strip(), 100.0 * leaf.each, leaf.weights)

    def _losses(self) -> Iterator[Error]:
        """Incomes of those hit and of the senders under each threat."""
        for threat in self.chain.threats:
            key, question = carried_out(threat), threat.question
            for code, members in {**question.parties, "senders": question.senders}.items():
                values = self.chain.worlds.percent_of(key, members)
                yield self.median(f"{key}, income of {code}", values, POINTS)

    # -- errors -----

    @cached_property
    def _counts(self) -> Array:
        """(SAMPLES, K) how often each draw is in a sample of the bootstrap."""
        chain = self.chain
        size = chain.asked.block if chain.worlds.drawn and chain.asked.blocks > 1 else 1
        blocks = -(-chain.draws // size)
        rng = np.random.default_rng(chain.asked.seed)
        drawn = rng.multinomial(blocks, np.full(blocks, 1.0 / blocks), SAMPLES)
        return np.repeat(drawn, size, axis=1)[:, : chain.draws].astype(float)

    def median(self, key: str, values: Array, unit: str) -> Error:
        """A median over the draws with an answer."""
        known = ~np.isnan(values)
        order = np.argsort(values[known], kind="stable")
        counts, sorted_ = self._counts[:, known][:, order], values[known][order]
        return _error(key, unit, Spread(values), medians(sorted_, counts), Spread(values).median)

    def mean(self, key: str, values: Array, weights: Array) -> Error:
        """The mean of a chance, %, in the weights of its draws."""
        known = ~np.isnan(values) & (weights > 0)
        counts = self._counts[:, known] * np.broadcast_to(weights, values.shape)[known]
        sums = counts.sum(axis=1)
        found = (counts @ values[known])[sums > 0] / sums[sums > 0]
        spread = Spread(values, weights)
        return _error(key, CHANCE, spread, found, spread.mean)


def medians(values: Array, counts: Array) -> Array:
    """(samples,) medians of rising values (K,) that are counted (samples, K) times.

    Samples without any are left out.
    """
    counts = counts[counts.sum(axis=1) > 0]
    middle = (np.cumsum(counts, axis=1) - counts / 2.0) / counts.sum(axis=1, keepdims=True)
    found = [np.interp(0.5, at[n > 0], values[n > 0]) for at, n in zip(middle, counts, strict=True)]
    return np.array(found)


def _error(key: str, unit: str, spread: Spread, samples: Array, value: float) -> Error:
    error = float(np.std(samples, ddof=1)) if len(samples) > 1 else math.nan
    return Error(key, unit, value, error, spread.high - spread.low)
