"""The guide of a large world: nearly the inverse of the Jacobian, made of small pieces.

A dense inverse grows with the cube of all unknowns. Here prices and spending are solved country by
country, as if nothing reached it from abroad; what that leaves is solved sector by sector, over the
countries whose supply curves meet in one market; and wages, on which everything hangs, are solved
between the two (Schur complement). Block relaxation with a coarse space: Smith, Bjorstad & Gropp
(1996), Domain Decomposition, chapters 1 and 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium import blocks
from threatpoint.equilibrium.tangent import SINGLE, Tangent, directions

if TYPE_CHECKING:
    from collections.abc import Callable

    from threatpoint.array_types import Array, Floats
    from threatpoint.equilibrium.tangent import Taken


@dataclass(frozen=True, eq=False)
class Coarse:
    """Nearly the inverse of the Jacobian of advance(z) - z at the baseline, in single precision.

    Attributes:
        tangent: of the baseline.
        countries, sectors: the blocks of these names.
        behind: [2 S N, n] what prices and spending are solved for where a wage moves.
        wages: [n, n] inverse of the Schur complement.
    """

    tangent: Tangent
    countries: Floats
    sectors: Floats
    behind: Floats
    wages: Floats

    @property
    def size(self) -> int:
        """Unknowns."""
        return len(self.wages) + len(self.behind)

    @property
    def finite(self) -> bool:
        """Whether it is a number throughout."""
        return all(np.isfinite(x).all() for x in (self.sectors, self.behind, self.wages))

    def newton(self, step: Array) -> Array:
        """Nearly the Newton step in place of the map's, of stacked states without bounds."""
        return -_of_states(self.solve, step)

    def solve(self, columns: Floats) -> Floats:
        """Nearly J^-1 columns, [size, m]."""
        n = len(self.wages)
        left = blocks.own_steps(self.tangent, columns.copy())
        first = blocks.in_countries(self.countries, left[n:])
        left -= blocks.moved(self.tangent, np.zeros_like(left[:n]), first)
        wage = np.matmul(self.wages, left[:n])
        rest = first + blocks.in_sectors(self.tangent, self.sectors, left[n:])
        return np.concatenate([wage, rest - np.matmul(self.behind, wage)])

    def reach(self, taken: Taken) -> Reach:
        """What bounds take from the unknowns."""
        return Reach(self.tangent, taken)


@dataclass(frozen=True, eq=False)
class Reach:
    """What bounds take from the unknowns, by the image of whatever moves: no row is stored."""

    tangent: Tangent
    taken: Taken

    def columns(self, columns: Floats) -> Floats:
        """R columns, [m, k]."""
        moved = directions(self.tangent.system, columns)
        return self.taken(self.tangent.image(moved), moved.spend)

    def states(self, steps: Array) -> Array:
        """R steps of stacked states, [..., m]."""
        return _of_states(self.columns, steps)


def coarse(tangent: Tangent) -> Coarse:
    """The pieces at a baseline.

    Raises:
        LinAlgError: one is singular.
    """
    s, n = tangent.system.shape
    tangent = blocks.Compact(tangent)
    countries, sectors = blocks.countries(tangent), blocks.sectors(tangent)
    one, still = np.eye(n, dtype=SINGLE), np.zeros((2 * s * n, n), dtype=SINGLE)
    left = blocks.moved(tangent, one, still)
    behind = blocks.in_countries(countries, left[n:])
    left -= blocks.moved(tangent, 0.0 * one, behind)
    behind += blocks.in_sectors(tangent, sectors, left[n:])
    return Coarse(tangent, countries, sectors, behind, np.linalg.inv(left[:n]))


def _of_states(solve: Callable[[Floats], Floats], steps: Array) -> Array:
    """What becomes of stacked states [..., size], each a column of what is solved."""
    columns = np.reshape(steps, (-1, steps.shape[-1])).T.astype(SINGLE, order="C")
    found = solve(columns)
    return np.reshape(found.T, (*steps.shape[:-1], len(found))).astype(np.float64)
