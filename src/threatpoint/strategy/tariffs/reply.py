"""The best reply of a side to the rates of the others; of one side alone, its optimal tariffs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import ConvergenceError
from threatpoint.strategy.rate_curve import RateCurve, rates
from threatpoint.strategy.tariffs.climb import STEPS, Step, climb
from threatpoint.strategy.tariffs.vanish import vanish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threatpoint.array_types import Array, Positions
    from threatpoint.strategy.tariffs.climb import Bounds
    from threatpoint.strategy.tariffs.vanish import Still
    from threatpoint.strategy.tariffs.worlds import Worlds

NONE, ONE, HIGH, HELD = "no added tariff", "the best one rate", "the highest", "those held"
"""Where ways up begin."""
LOOSE = 6
"""Steps of a reply in several rates that need not be exact."""
LEAST = 0.01
"""A highest rate below this leaves nothing to look at."""
SAME = 1e-8
"""Ways that end this near each other, of the income there, end together."""


@dataclass(frozen=True, eq=False)
class Reply:
    """What a side can get.

    Attributes:
        worlds: of all rates.
        side: whose reply it is.
        held: (K,) logs of one plus all rates; those of the others stay.
        bounds: of all rates.
    """

    worlds: Worlds
    side: int
    held: Array
    bounds: Bounds

    @property
    def own(self) -> Positions:
        """Its rates."""
        return np.flatnonzero(self.worlds.free.whose == self.side)

    def point(self, own: Array) -> Array:
        """All rates where its own are these."""
        u = self.held.copy()
        u[self.own] = own
        return u

    def slopes(self, own: Array) -> tuple[float, Array]:
        """Its income at own rates, USD bn, and the derivatives to them."""
        incomes, slopes = self.worlds.slopes([self.point(own)], self.own)
        return float(incomes[0, self.side]), slopes[0]

    def still(self, own: Array) -> Still:
        """Own rates led on to where the slopes vanish, those of the others as they are held."""
        return vanish(
            lambda at: self.slopes(at)[1],
            lambda at, slope: self.worlds.seconds(self.point(at), slope, self.own, self.bounds),
            own,
            self.bounds.of(self.own),
        )

    def curve(self) -> RateCurve:
        """Its income by one rate on all, within the bounds, as far up as there are equilibria.

        Raises:
            ConvergenceError: there is none at the least rates above no added tariff.
        """
        low, high = (math.expm1(float(end[self.own[0]])) for end in self.bounds.ends)
        while True:
            tried = [0.0, *rates(low, high)]
            points = [self.point(np.full(len(self.own), math.log1p(rate))) for rate in tried]
            found = self.worlds.tried(points)
            lost = [rate for rate, one in zip(tried, found, strict=True) if one is None]
            if not lost:
                incomes = np.array([one[self.side] for one in found if one is not None])
                return RateCurve.of(incomes[1:] - incomes[0], low, high)
            high = min(lost)
            if high > 0:
                high = self._highest(max(rate for rate in tried if rate < high), high)
            if high < LEAST:
                raise ConvergenceError(self.worlds.lost)

    def _highest(self, known: float, lost: float) -> float:
        """The highest one rate with an equilibrium, between one that has and one that lacks it."""
        while lost - known > LEAST:
            middle = (known + lost) / 2
            u = self.point(np.full(len(self.own), math.log1p(middle)))
            known, lost = (known, middle) if self.worlds.tried([u])[0] is None else (middle, lost)
        return known

    def ways(self, starts: Mapping[str, Array], steps: int = STEPS) -> dict[str, tuple[Step, ...]]:
        """Start -> the way up from it, in its own rates; without starts that have no equilibrium.

        Raises:
            ConvergenceError: none of them has one.
        """
        scale = self.worlds.free.imports[self.own]
        within, found = self.bounds.of(self.own), dict[str, "tuple[Step, ...]"]()
        for name, start in starts.items():
            at = within.inside(start)
            try:
                found[name] = climb(self.slopes, at, within, scale / scale.max(), name, steps)
            except ConvergenceError as error:
                self.worlds.lost = str(error)
        if not found:
            raise ConvergenceError(self.worlds.lost)
        return found

    @property
    def one(self) -> Array:
        """The best one rate on all, by the curve."""
        return np.full(len(self.own), math.log1p(self.top(self.curve())))

    def top(self, curve: RateCurve) -> float:
        """The rate of the highest top of a curve; where it has several, each is solved.

        The market of crude can give income two tops that are nearly as high.
        """
        tops = curve.tops
        if len(tops) < 2:
            return curve.best
        ends = [np.full(len(self.own), math.log1p(top)) for top in tops]
        if len(self.own) == 1:
            ends = [self.still(end).u for end in ends]
        tried = [np.zeros(len(self.own)), *ends]
        found = self.worlds.tried([self.point(own) for own in tried])
        values = [-np.inf if one is None else one[self.side] for one in found]
        return math.expm1(float(tried[int(np.argmax(values))][0]))

    def rough(self, first: bool) -> Array:
        """Its best own rates, nearly: one by the curve, several by a few steps.

        first: from the best one rate, not from those held.
        """
        if len(self.own) == 1:
            return self.one
        at = {ONE: self.one} if first else {HELD: self.held[self.own]}
        return best(self.ways(at, LOOSE))[-1].u

    def best(self) -> Array:
        """Its best own rates: by the curve, or ways up from several starts; then Newton's steps."""
        one, within = self.one, self.bounds.of(self.own)
        if len(one) > 1:
            one = best(self.ways({NONE: 0 * one, ONE: one, HIGH: within.high}))[-1].u
        return self.still(one).u


def best(ways: Mapping[str, tuple[Step, ...]]) -> tuple[Step, ...]:
    """The way that ends highest; of those that end together the first."""
    ends = [way[-1].value for way in ways.values()]
    most = max(ends)
    return next(w for w in ways.values() if w[-1].value >= most - SAME * max(abs(most), 1.0))
