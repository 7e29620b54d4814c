"""The path from the baseline: the shock grown from none to all of it.

With elasticities below 1 several equilibria can exist. The answer is the one on this path. It is
followed where the map does not converge by itself; where it ends before the whole shock is in, that
is said, with the share reached and whose income runs out.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.iterate import accelerate
from threatpoint.equilibrium.newton import LARGEST, Jacobian
from threatpoint.errors import EquilibriumError

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.problem import Problem
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.equilibrium.system import System

WIDEST, FINEST = 0.25, 1 / 256
"""Steps of the shock: the first and largest, and the one below which the path has ended."""

WARM, CORRECTED = 60, 25
"""Evaluations allowed for a step with the map alone, and with a Jacobian."""

MOST = 5_000
"""Evaluations of the whole path."""

METHOD = "path from the baseline"


@dataclass(frozen=True)
class Point:
    """An equilibrium on the path: the share of the shock, the state."""

    share: float
    z: Array
    found: Solution


@dataclass
class Path:
    """A path in progress.

    Attributes:
        problem: the whole shock.
        history: residuals of all evaluations.
        points: the last two points.
    """

    problem: Problem
    history: list[float]
    points: list[Point] = field(default_factory=list[Point])
    _jacobian: Jacobian | None = None

    @property
    def share(self) -> float:
        """How much of the shock is in."""
        return self.points[-1].share if self.points else 0.0

    def follow(self) -> Solution | None:
        """Go on until the whole shock is in; None where no step succeeds any more."""
        allowed, width = len(self.history) + MOST, WIDEST
        if not self._reach(0.0):
            return None
        while self.share < 1.0 and width >= FINEST and len(self.history) < allowed:
            reached = self._reach(min(1.0, self.share + width))
            width = min(2.0 * width, WIDEST) if reached else 0.5 * width
        return self.points[-1].found if self.share == 1.0 else None

    def _reach(self, aim: float) -> bool:
        """Solve at `aim`; whether it succeeded."""
        with suppress(EquilibriumError):
            if point := self._point(aim):
                self.points = [*self.points[-1:], point]
                return True
        return False

    def _point(self, aim: float) -> Point | None:
        stage = self.problem.at(aim)
        system, _ = stage.system
        z = self._solved(system, self._guess(system, aim))
        if z is None:
            return None
        found = stage.judged(system, z, METHOD, self.history)
        return Point(aim, z, found) if found.status.converged else None

    def _guess(self, system: System, aim: float) -> Array:
        """The next point along the line through the last two."""
        if not self.points:
            return np.zeros(system.size)
        last, first = self.points[-1], self.points[0]
        if first is last:
            return last.z
        return last.z + (last.z - first.z) * ((aim - last.share) / (last.share - first.share))

    def _solved(self, system: System, guess: Array) -> Array | None:
        """The map, until it needed help once; then Newton steps. None where neither succeeds."""
        if self._jacobian is None:
            args = (1.0, WARM, self.problem.tolerance, self.history)
            z, done = accelerate(system, guess, *args)
            if done:
                return z
        return self._by_newton(system, guess) if system.size <= LARGEST else None

    def _by_newton(self, system: System, guess: Array) -> Array | None:
        """With the Jacobian at hand, then with a new one."""
        for fresh in (False, True):
            if fresh or self._jacobian is None or self._jacobian.size != guess.size:
                try:
                    self._jacobian = Jacobian(system, guess, self.history)
                except FloatingPointError:
                    self._jacobian = None
                    return None
            args = (1.0, CORRECTED, self.problem.tolerance, self.history, self._jacobian.newton)
            z, done = accelerate(system, guess, *args)
            if done:
                return z
        return None
