"""Points: where a sweep is solved, and how an answer in between is made of those around it.

The rate is u = log(1 + rate), in which real income is all but a low polynomial (see
`strategy.rate_curve`). Of enforcement e it is nearly one in how much of the flow goes on,
1 - e + e (1 + rate)^-k, of which the log is used, with k = 1; of a cut, in e itself: k = 0. Where a
good that is easily replaced is hit, income falls fastest near full enforcement, and a larger k puts
the points there, of a cut as of a rate whose log is 1. At Chebyshev points such a polynomial has no
waves (Berrut and Trefethen 2004, Barycentric Lagrange Interpolation).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.polynomial.chebyshev import chebpts2

if TYPE_CHECKING:
    from threatpoint.array_types import Array

ALONE = np.ones(1)
"""The one place of what does not move."""


def places(count: int) -> Array:
    """(count,) Chebyshev points on [0, 1], both ends among them; one is the upper end."""
    return ALONE if count == 1 else (chebpts2(count) + 1.0) / 2.0


def between(at: Array) -> Array:
    """In the middle between each two."""
    return (at[1:] + at[:-1]) / 2.0 if len(at) > 1 else at


def weights(at: Array, x: float) -> Array:
    """(n,) what each of n Chebyshev points counts for a polynomial through them at x."""
    if len(at) == 1:
        return ALONE
    hit = np.isclose(at, x, rtol=0.0, atol=1e-12)
    if hit.any():
        return hit / hit.sum()
    signs = np.where(np.arange(len(at)) % 2, -1.0, 1.0)
    signs[[0, -1]] /= 2.0
    found = signs / (x - at)
    return found / found.sum()


def enforced_at(place: float, rate: float, k: float) -> float:
    """Enforcement at a place on [0, 1]; `rate` is NaN where nothing is paid."""
    u = _steepness(rate, k)
    return place if abs(u) < 1e-9 else math.expm1(-place * u) / math.expm1(-u)


def place_of(enforcement: float, rate: float, k: float) -> float:
    """The place of an enforcement: `enforced_at` turned round."""
    u = _steepness(rate, k)
    return enforcement if abs(u) < 1e-9 else -math.log1p(enforcement * math.expm1(-u)) / u


def _steepness(rate: float, k: float) -> float:
    return k if math.isnan(rate) else k * math.log1p(rate)
