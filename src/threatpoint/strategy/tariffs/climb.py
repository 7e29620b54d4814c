"""The way up: from a start, by slopes, to the top of a smooth function within bounds.

A quasi-Newton method with bounds (L-BFGS-B; Byrd, Lu, Nocedal & Zhu 1995, SIAM Journal on
Scientific Computing 16:1190-1208), in unknowns scaled by the flows that they are on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import ConvergenceError

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask

    Slopes = Callable[[Array], tuple[float, Array]]

STEPS = 60
"""Steps at most; what is left is for Newton's, see `vanish`."""
FAR = 1e3
"""By how much, in steps of the first slope, a point without an equilibrium is lower."""
GAINED = 1e-9
"""A step that gains less, of what was gained, is the last."""


@dataclass(frozen=True, eq=False)
class Bounds:
    """Least and largest unknowns, (K,) each."""

    low: Array
    high: Array

    @property
    def ends(self) -> tuple[Array, Array]:
        """Both."""
        return self.low, self.high

    def inside(self, u: Array) -> Array:
        """The nearest point within."""
        return u.clip(self.low, self.high)

    def free(self, u: Array, slope: Array) -> Mask:
        """(K,) unknowns within bounds, or at one from which the slope leads away."""
        return ~(((u <= self.low) & (slope <= 0)) | ((u >= self.high) & (slope >= 0)))

    def of(self, at: Any) -> Bounds:
        """Those of some unknowns."""
        return Bounds(self.low[at], self.high[at])


@dataclass(frozen=True, eq=False)
class Step:
    """One point on the way up.

    Attributes:
        u: (K,) the unknowns.
        value: there.
        slope: (K,) derivatives there.
        by: what led there.
    """

    u: Array
    value: float
    slope: Array
    by: str


def climb(
    slopes: Slopes, start: Array, bounds: Bounds, scale: Array, name: str, steps: int = STEPS
) -> tuple[Step, ...]:
    """The way up from a start, each point higher than the one before.

    Args:
        slopes: (K,) unknowns -> value and (K,) derivatives.
        start: (K,).
        bounds: of the unknowns.
        scale: (K,) above 0, sizes of the second derivatives but for a common factor.
        name: of the start.
        steps: at most.
    """
    optimise: Any = import_module("scipy.optimize")
    way = [Step(start, *slopes(start), name)]
    size = np.sqrt(scale)
    unit = max(float(np.abs(way[0].slope / size).max()), 1e-12)

    def down(v: Array) -> tuple[float, Array]:
        u = bounds.inside(v / size)
        try:
            value, slope = slopes(u)
        except ConvergenceError:  # no equilibrium there: turn back
            return FAR - way[-1].value / unit, np.zeros_like(u)
        if value > way[-1].value:
            way.append(Step(u, value, slope, "quasi-Newton"))
        return -value / unit, -slope / size / unit

    limits = list(zip(bounds.low * size, bounds.high * size, strict=True))
    how = {"maxiter": steps, "maxfun": 2 * steps, "ftol": GAINED, "gtol": 1e-6}
    optimise.minimize(down, start * size, jac=True, method="L-BFGS-B", bounds=limits, options=how)
    return tuple(way)
