"""One linear solve with the transposed Jacobian of the map at a solution."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.adjoint.direct import Direct
from threatpoint.equilibrium.adjoint.levels import Levels
from threatpoint.equilibrium.adjoint.pull import Pull
from threatpoint.equilibrium.border import Unbounded
from threatpoint.equilibrium.guide import known
from threatpoint.equilibrium.problem import Problem
from threatpoint.equilibrium.system import opened
from threatpoint.errors import ConvergenceError

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.solution import Solution

EXACT, ALLOWED = 1e-11, 1e-8
"""How much of the right-hand side may be left: aimed at, and allowed."""
RESTART, MOST = 60, 20
"""Directions kept by the iteration, and how often it starts again with new ones."""


def levels(solution: Solution) -> Levels:
    """Shares and money of a solution, its bounds apart."""
    system, state = solution._system, solution._state
    if system.cells is None:
        return Levels(system, system, state)
    system, _ = Problem.of(solution).system
    return Levels(system, opened(system, state.bound), state)


class Transposed:
    """The transposed Jacobian at a solution, nearly inverted by that of its baseline.

    Source of the iteration: Saad & Schultz (1986), GMRES, SIAM J. Sci. Stat. Comput. 7:856.
    """

    def __init__(self, solution: Solution) -> None:
        self.at = levels(solution)
        self.none, self.products = Direct.none(self.at.system), 0
        guide = known(solution.calibration, solution.given)
        near = guide.unbounded if guide is not None else None
        self.inverse = near.inverse if isinstance(near, Unbounded) else None

    def solve(self, direct: Direct) -> Pull:
        """The pass whose weights on the map's steps carry an outcome to whatever was given.

        Raises:
            ConvergenceError: the iteration leaves more than `ALLOWED`.
        """
        size = self.at.system.size
        right = -Pull(self.at, np.zeros(size), direct).state
        scale = float(np.abs(right).max())
        rows = self._iterate(right) if scale else np.zeros(size)
        found = Pull(self.at, rows, direct)
        left = float(np.abs(found.state).max())
        if not left <= ALLOWED * scale:
            raise ConvergenceError(
                f"the derivatives do not settle: {left / scale:.1e} of the right-hand side is left "
                f"after {self.products} products. The solution may be next to a bound."
            )
        return found

    def _iterate(self, right: Array) -> Array:
        linalg: Any = import_module("scipy.sparse.linalg")
        size = len(right)
        shape = {"shape": (size, size), "dtype": np.float64}
        product = linalg.LinearOperator(matvec=self._product, **shape)
        near = linalg.LinearOperator(matvec=self._near, **shape)
        how = {"rtol": EXACT, "atol": 0.0, "restart": min(RESTART, size), "maxiter": MOST}
        found, _ = linalg.gmres(product, right, M=near, **how)
        return found

    def _product(self, rows: Array) -> Array:
        self.products += 1
        return Pull(self.at, rows, self.none).state

    def _near(self, columns: Array) -> Array:
        """Nearly the inverse: the baseline's, transposed; the map contracts where there is none."""
        if self.inverse is None:
            return -columns
        size = len(self.inverse)
        head = columns[:size].astype(np.float32) @ self.inverse
        return np.concatenate([head.astype(np.float64), -columns[size:]])
