"""The path from the baseline: the shock grown from none to all of it.

With elasticities below 1 several equilibria can exist. The answer is the one on this path. It is
followed where the map does not converge by itself; where it ends before the whole shock is in, that
is said, with the share reached and whose income runs out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium import system as sy
from threatpoint.equilibrium.iterate import accelerate
from threatpoint.equilibrium.newton import LARGEST, Jacobian

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.policy.wedges import Wedges

    Array = NDArray[np.float64]

WIDEST, FINEST = 0.25, 1 / 256
"""Steps of the shock: the first and largest, and the one below which the path has ended."""

WARM, CORRECTED = 60, 25
"""Evaluations allowed for a step with the map alone, and with a Jacobian."""

MOST = 12_000
"""Evaluations of the whole path."""

POOR = 0.05
"""A country is running out of income below this part of its baseline's."""


@dataclass
class Path:
    """A path in progress.

    Attributes:
        system_at: share of the shock -> the counterfactual.
        tolerance: of every point.
        history: residuals of all evaluations.
        share: how much of the shock is in.
        z: the equilibrium there.
        before: (share, z) of the point before, from which the next one is extrapolated.
    """

    system_at: Callable[[float], sy.System]
    tolerance: float
    history: list[float]
    share: float = 0.0
    z: Array = field(default_factory=lambda: np.zeros(0))
    before: tuple[float, Array] | None = None
    jacobian: Jacobian | None = None

    def follow(self) -> bool:
        """Go on until the whole shock is in, or no step succeeds; whether it is."""
        allowed = len(self.history) + MOST
        start = self.system_at(0.0)
        self.z = np.zeros(start.size)
        if not self._reach(start, 0.0, self.z):
            return False
        width = WIDEST
        while self.share < 1.0 and width >= FINEST and len(self.history) < allowed:
            aim = min(1.0, self.share + width)
            reached = self._reach(self.system_at(aim), aim, self._ahead(aim))
            width = min(2.0 * width, WIDEST) if reached else 0.5 * width
        return self.share == 1.0

    def _ahead(self, aim: float) -> Array:
        """The next point along the line through the last two."""
        if self.before is None:
            return self.z
        share, z = self.before
        return self.z + (self.z - z) * ((aim - self.share) / (self.share - share))

    def _reach(self, system: sy.System, aim: float, guess: Array) -> bool:
        """Solve at `aim`: the map, then Newton with the Jacobian at hand, then with a new one."""
        found = self._by_map(system, guess) if self.jacobian is None else None
        if found is None and system.size <= LARGEST:
            found = self._by_newton(system, guess)
        if found is None:
            return False
        if aim > 0.0:
            self.before = (self.share, self.z)
        self.share, self.z = aim, found
        return True

    def _by_map(self, system: sy.System, guess: Array) -> Array | None:
        args = (1.0, WARM, self.tolerance, self.history)
        z, done = accelerate(system, guess, *args)
        return z if done else None

    def _by_newton(self, system: sy.System, guess: Array) -> Array | None:
        for fresh in (False, True):
            if fresh or self.jacobian is None:
                try:
                    self.jacobian = Jacobian(system, guess, self.history)
                except FloatingPointError:
                    self.jacobian = None
                    return None
            args = (1.0, CORRECTED, self.tolerance, self.history, self.jacobian.newton)
            z, done = accelerate(system, guess, *args)
            if done:
                return z
        return None


def poorest(path: Path) -> tuple[int, float]:
    """(position, income as a part of the baseline's) of the country with the least at the end."""
    system = path.system_at(path.share)
    with np.errstate(all="ignore"):
        left = sy.evaluate(system, path.z).spent / system.factor_income
    return int(left.argmin()), float(left.min())


def partial(c: Calibration, wedges: Wedges, share: float) -> Wedges:
    """A policy grown from none (share 0) to all of it (share 1).

    Price factors grow geometrically, what is cut falls linearly to what is left, and a bound below
    the baseline falls from it. Shares that evade stay: without a tariff they evade nothing.
    """

    def factor(new: Array, old: Array | float = 0.0) -> Array:
        return (1.0 + new) ** share * (1.0 + old) ** (1.0 - share) - 1.0

    def bound(size: float) -> float:
        return max(size, size**share)

    return replace(
        wedges,
        tariff=factor(wedges.tariff, c.tariff),
        survival=1.0 - share * (1.0 - wedges.survival),
        export_tax=factor(wedges.export_tax),
        cost=factor(wedges.cost),
        evasion_cost=factor(wedges.evasion_cost),
        volume_limits=tuple(replace(x, volume=bound(x.volume)) for x in wedges.volume_limits),
        price_limits=tuple(replace(x, cap=bound(x.cap)) for x in wedges.price_limits),
    )
