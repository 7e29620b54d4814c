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


def rates() -> list[float]:
    """The rates at which a curve is solved, from 0 to `HIGHEST`."""
    span = math.log1p(HIGHEST)
    return [float(rate) for rate in np.expm1((chebpts2(POINTS) + 1.0) / 2.0 * span).clip(0.0)]


@dataclass(frozen=True)
class RateCurve:
    """A change of a value as a function of the rate.

    Attributes:
        polynomial: of u = log(1 + rate).
    """

    polynomial: Chebyshev

    @classmethod
    def through(cls, values: Sequence[float] | Array) -> RateCurve:
        """The curve of the values at `rates()` against that at rate 0."""
        y = np.asarray(values, dtype=np.float64)
        return cls.of(y - y[0])

    @classmethod
    def of(cls, changes: Sequence[float] | Array) -> RateCurve:
        """The curve of changes at `rates()`; that at rate 0 need not be 0."""
        u, y = np.log1p(rates()), np.asarray(changes, dtype=np.float64)
        domain = [0.0, math.log1p(HIGHEST)]
        return cls(Chebyshev.fit(u, y, POINTS - 1, domain=domain))

    def at(self, rate: float) -> float:
        """The value at a rate within 0 to `HIGHEST`."""
        return float(self.polynomial(math.log1p(rate)))

    @property
    def best(self) -> float:
        """The rate of the largest change; 0 where none is above 0."""
        ends = [0.0, math.log1p(HIGHEST)]
        found = max([*ends, *self._roots(self.polynomial.deriv())], key=self.polynomial)
        return math.expm1(found) if self.at(math.expm1(found)) > 0 else 0.0

    @property
    def gone(self) -> float:
        """The rate beyond the best one at which the gain is gone; 0 without gain, inf if none."""
        if not self.best:
            return 0.0
        later = [root for root in self._roots(self.polynomial) if math.expm1(root) > self.best]
        return math.expm1(min(later)) if later else math.inf

    @staticmethod
    def _roots(polynomial: Chebyshev) -> list[float]:
        """Real roots within the rates looked at."""
        found = polynomial.roots()
        real = found[np.abs(found.imag) < REAL].real
        return [float(u) for u in real if 0.0 < u < math.log1p(HIGHEST)]
