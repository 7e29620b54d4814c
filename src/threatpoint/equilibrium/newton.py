"""Newton steps with the map's Jacobian, taken at one point and used at those around it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.evaluation import advance, evaluate

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.system import System

LARGEST = 1600
"""Unknowns above which no Jacobian is formed: it would be dense and cost as many evaluations."""

NUDGE = 1e-7
"""Size of the differences; the state is in logarithms."""


class Jacobian:
    """The factored Jacobian of advance(z) - z at z; evaluations are added to the history.

    Raises:
        FloatingPointError: it is not finite there, or singular.
    """

    def __init__(self, system: System, z: Array, history: list[float]) -> None:
        self.size = z.size
        columns = np.empty((z.size, z.size))
        with np.errstate(all="ignore"):
            here = self._step(system, z)
            for k in range(z.size):
                there = z.copy()
                there[k] += NUDGE
                columns[:, k] = (self._step(system, there) - here) / NUDGE
        history += [float(np.abs(here).max())] * (z.size + 1)
        if not np.isfinite(columns).all():
            raise FloatingPointError("the map is not finite around this point")
        self._lapack: Any = import_module("scipy.linalg.lapack")  # needed by hard cases only
        factors: tuple[Array, Any, int] = self._lapack.dgetrf(columns)
        self._lu, self._pivots, singular = factors
        if singular:
            raise FloatingPointError("the map is singular at this point")

    @staticmethod
    def _step(system: System, z: Array) -> Array:
        return advance(system, evaluate(system, z)) - z

    def newton(self, step: Array) -> Array:
        """The Newton step in place of the map's: -J^-1 (advance(z) - z)."""
        solved: Array = self._lapack.dgetrs(self._lu, self._pivots, step)[0]
        return -solved
