"""One linear solve with the transposed Jacobian of the map at a solution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.adjoint.bounds import Pulled
from threatpoint.equilibrium.adjoint.direct import Direct
from threatpoint.equilibrium.adjoint.levels import Levels
from threatpoint.equilibrium.adjoint.near import near
from threatpoint.equilibrium.guide import known
from threatpoint.equilibrium.problem import Problem
from threatpoint.equilibrium.system import opened
from threatpoint.errors import ConvergenceError

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.solution import Solution

EXACT, ALLOWED = 1e-11, 1e-8
"""How much of the right-hand side may be left: aimed at, and allowed."""
ROUNDING = 1e-5
"""An outcome smaller than this part of what it is the difference of is all but rounding."""
MOST = 400
"""Directions taken at most."""


def levels(solution: Solution) -> Levels:
    """Shares and money of a solution, its bounds apart."""
    system, state = solution.point
    if system.cells is None:
        return Levels(system, system, state)
    system, _ = Problem.of(solution).system
    return Levels(system, opened(system, state.bound), state)


class Transposed:
    """The transposed Jacobian at a solution, nearly inverted by that of its baseline.

    Source of the iteration: Eisenstat, Elman & Schultz (1983), SIAM J. Numer. Anal. 20:345; it
    bears an inverse in single precision, which is not quite linear.
    """

    def __init__(self, solution: Solution) -> None:
        self.at = levels(solution)
        self.none = Direct.none(self.at.system)
        self._near = near(known(solution.calibration, solution.given), self._product)

    def solve(self, direct: Direct) -> tuple[Pulled, int]:
        """The pass whose weights on the map's steps carry an outcome to whatever was given, and
        the products taken.

        Raises:
            ConvergenceError: the iteration leaves more than `ALLOWED`.
        """
        size = self.at.system.size
        right = -Pulled(self.at, np.zeros(size), direct).state
        scale = max(float(np.abs(right).max()), ROUNDING * direct.size(self.at.state))
        rows, taken = self._iterate(right, EXACT * scale)
        found = Pulled(self.at, rows, direct)
        left = float(np.abs(found.state).max())
        if not left <= ALLOWED * scale:
            raise ConvergenceError(
                f"the derivatives do not settle: {left / scale:.1e} of the right-hand side is left "
                f"after {taken} products. The solution may be next to a bound."
            )
        return found, taken

    def _iterate(self, right: Array, enough: float) -> tuple[Array, int]:
        """Generalized conjugate residuals: each direction is what the baseline's inverse makes of
        what is left, its image orthogonal to those before.
        """
        left, found = right.copy(), np.zeros_like(right)
        known: list[tuple[Array, Array]] = []
        while len(known) < MOST and np.abs(left).max() > enough:
            along, image = self._direction(left, known)
            part = image @ left
            found += part * along
            left -= part * image
            known.append((along, image))
        return found, len(known)

    def _direction(self, left: Array, known: list[tuple[Array, Array]]) -> tuple[Array, Array]:
        along = self._near(left)
        image = self._product(along)
        for before, its in (*known, *known):  # twice: rounding leaves too much of them
            part = its @ image
            along, image = along - part * before, image - part * its
        size = np.sqrt(image @ image)
        return along / size, image / size

    def _product(self, rows: Array) -> Array:
        return Pulled(self.at, rows, self.none).state
