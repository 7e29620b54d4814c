"""The best reply of a side to the rates of the others; of one side alone, its optimal tariffs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.strategy.rate_curve import RateCurve, rates
from threatpoint.strategy.tariffs.climb import STEPS, Step, climb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from threatpoint.array_types import Array, Positions
    from threatpoint.strategy.tariffs.climb import Bounds
    from threatpoint.strategy.tariffs.worlds import Worlds

CURVE = "curve of rates"


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

    def fields(self, points: Sequence[Array]) -> Array:
        """(points, own) derivatives."""
        return self.worlds.slopes([self.point(own) for own in points], self.own)[1]

    def curve(self) -> RateCurve:
        """Its income by one rate on all, within the bounds."""
        low, high = (math.expm1(float(end[self.own[0]])) for end in (self.bounds.low, self.bounds.high))
        points = [self.point(np.full(len(self.own), math.log1p(r))) for r in rates(low, high)]
        incomes = self.worlds.incomes([self.point(np.zeros(len(self.own))), *points])[:, self.side]
        return RateCurve.of(incomes[1:] - incomes[0], low, high)

    def ways(self, starts: Mapping[str, Array], steps: int = STEPS) -> dict[str, tuple[Step, ...]]:
        """Start -> the way up from it, in its own rates."""
        scale = self.worlds.free.imports[self.own]
        within = self.bounds.of(self.own)
        return {
            name: climb(self.slopes, within.inside(at), within, scale / scale.max(), steps)
            for name, at in starts.items()
        }


def best(ways: Iterable[tuple[Step, ...]]) -> tuple[Step, ...]:
    """The way that ends highest."""
    return max(ways, key=lambda way: way[-1].value)
