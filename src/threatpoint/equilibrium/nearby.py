"""The guide of one set of elasticities for systems with another.

No elasticity touches a baseline's shares, so the Jacobian of another set is known too; only its
inverse is not. A step with it is found in a few directions, each of them what the kept inverse
makes of what is left: generalized conjugate residuals (Eisenstat, Elman & Schultz 1983, SIAM J.
Numer. Anal. 20:345) with that inverse as preconditioner. Directions cost little: several systems
share their products with baseline shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.tangent import ONE, directions

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Floats
    from threatpoint.equilibrium.border import Unbounded
    from threatpoint.equilibrium.coarse import Coarse
    from threatpoint.equilibrium.tangent import Tangent

ENOUGH, MOST = 0.03, 4
"""How much of a step may be left unexplained, and directions taken for it."""


@dataclass(frozen=True, eq=False)
class Nearby:
    """The Jacobian of other elasticities, with the inverse of the guide's.

    Attributes:
        guide: of the set nearby. tangent: its baseline with the elasticities of the systems.
    """

    guide: Unbounded | Coarse
    tangent: Tangent

    def newton(self, step: Array) -> Array:
        """The Newton step in place of the map's, of one state or of one for each system."""
        left = np.ascontiguousarray(-step.reshape(-1, step.shape[-1]).T, dtype=np.float32)
        enough, found = ENOUGH * _norm(left), np.zeros_like(left)
        known: list[tuple[Floats, Floats]] = []
        for _ in range(MOST):
            needed = _norm(left) > enough
            if not needed.any():
                break
            along, image = self._direction(left, known)
            part = np.where(needed, _dot(image, left), 0 * ONE)
            found, left = found + part * along, left - part * image
            known.append((along, image))
        return found.T.astype(np.float64).reshape(step.shape)

    def _direction(self, left: Floats, known: list[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
        """One more direction and its image, the image of length 1 and orthogonal to those known."""
        along = self.guide.solve(left)
        image = self.tangent.image(directions(self.tangent.system, along)).step
        for before, its in known:
            part = _dot(its, image)
            along, image = along - part * before, image - part * its
        size = _norm(image)
        scale = ONE / np.where(size > 0, size, ONE)
        return along * scale, image * scale


def _norm(rows: Floats) -> Floats:
    found: Floats = np.sqrt(_dot(rows, rows))
    return found


def _dot(a: Floats, b: Floats) -> Floats:
    found: Floats = np.einsum("km,km->m", a, b)
    return found
