"""A smooth curve over tariff rates from few solves: a polynomial through Chebyshev points.

In u = log(1 + rate) real income is all but a low polynomial: ten points reproduce 60 solves of the
built-in threats within USD 1 m (Trefethen 2013, Approximation Theory and Approximation Practice).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.polynomial import Chebyshev
from numpy.polynomial.chebyshev import chebpts2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.array_types import Array

POINTS = 10
HIGHEST = 1.5
"""The largest rate looked at: 150 %, far above every optimum found and every tariff threatened."""
REAL = 1e-9
"""A root whose imaginary part is smaller is real."""


def rates(low: float = 0.0, high: float = HIGHEST) -> list[float]:
    """The rates at which a curve is solved, from the lowest to the highest."""
    first, last = math.log1p(low), math.log1p(high)
    u = first + (chebpts2(POINTS) + 1.0) / 2.0 * (last - first)
    return [float(rate) for rate in np.expm1(u).clip(low, high)]


@dataclass(frozen=True)
class RateCurve:
    """A change of a value as a function of the rate.

    Attributes:
        polynomial: of u = log(1 + rate), on the rates looked at.
    """

    polynomial: Chebyshev

    @classmethod
    def through(cls, values: Sequence[float] | Array) -> RateCurve:
        """The curve of the values at `rates()` against that at rate 0."""
        y = np.asarray(values, dtype=np.float64)
        return cls.of(y - y[0])

    @classmethod
    def of(
        cls, changes: Sequence[float] | Array, low: float = 0.0, high: float = HIGHEST
    ) -> RateCurve:
        """The curve of changes at `rates(low, high)`; that at rate 0 need not be 0."""
        u, y = np.log1p(rates(low, high)), np.asarray(changes, dtype=np.float64)
        domain = [math.log1p(low), math.log1p(high)]
        return cls(Chebyshev.fit(u, y, POINTS - 1, domain=domain))

    @property
    def ends(self) -> list[float]:
        """Where it begins and ends, in log(1 + rate)."""
        return [float(end) for end in self.polynomial.domain]

    def at(self, rate: float) -> float:
        """The value at a rate within its ends."""
        return float(self.polynomial(math.log1p(rate)))

    @property
    def best(self) -> float:
        """The rate of the largest change; 0 where none is above 0."""
        found = max([*self.ends, *self._roots(self.polynomial.deriv())], key=self.polynomial)
        return math.expm1(found) if self.at(math.expm1(found)) > 0 else 0.0

    @property
    def tops(self) -> list[float]:
        """Rates at which it is higher than beside them, its ends too."""
        slope = self.polynomial.deriv()
        first, last = self.ends
        found = [u for u in self._roots(slope) if slope.deriv()(u) < 0]
        found += [end for end, sign in ((first, 1.0), (last, -1.0)) if sign * slope(end) <= 0]
        return [math.expm1(u) for u in sorted(found)]

    @property
    def gone(self) -> float:
        """The rate beyond the best one at which the gain is gone; 0 without gain, inf if none."""
        return self.gone_after(self.best)

    def gone_after(self, rate: float) -> float:
        """The same beyond a rate."""
        if not rate:
            return 0.0
        later = [root for root in self._roots(self.polynomial) if math.expm1(root) > rate]
        return math.expm1(min(later)) if later else math.inf

    def _roots(self, polynomial: Chebyshev) -> list[float]:
        """Real roots within the rates looked at."""
        found = polynomial.roots()
        real, (first, last) = found[np.abs(found.imag) < REAL].real, self.ends
        return [float(u) for u in real if first < u < last]
