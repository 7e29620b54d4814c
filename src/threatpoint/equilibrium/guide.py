"""The guide: the baseline's Jacobian, which turns a step of the map into nearly a Newton step.

Every counterfactual of a world starts at the same baseline, so the Jacobian there is taken once for
each world, set of elasticities, closure and regime of supply, and kept while the calibration lives.
It only guides: what counts as an equilibrium is judged as without it, and where it does not help
the map goes on alone. Bounds that bind border it with their own rows and columns (Schur
complement).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from threatpoint.equilibrium.assembly import assemble
from threatpoint.equilibrium.border import Border, border
from threatpoint.equilibrium.calibration import Calibration
from threatpoint.equilibrium.evaluation import evaluate
from threatpoint.equilibrium.feasibility import structure
from threatpoint.equilibrium.inverse import inverted
from threatpoint.equilibrium.tangent import Moved, Tangent, every_direction
from threatpoint.errors import InfeasibleError
from threatpoint.policy.wedges import Wedges

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Floats
    from threatpoint.equilibrium.supply import Supply
    from threatpoint.equilibrium.system import System

LARGEST = 1200
"""Unknowns above which no guide is made: the dense inverse would cost more than it saves."""


@dataclass(frozen=True, eq=False)
class Guide:
    """The Jacobian of advance(z) - z at the baseline.

    Attributes:
        tangent: of the baseline.
        moved: what each unit direction does there.
        inverse: of the Jacobian, in single precision.
    """

    tangent: Tangent
    moved: Moved
    inverse: Floats

    def newton(self, step: Array) -> Array:
        """The Newton step in place of the map's, of stacked states without bounds."""
        return -np.matmul(step.astype(np.float32), self.inverse.T).astype(np.float64)

    def of(self, system: System) -> Guide | Border | None:
        """The guide of a system, with its bounds; None where these leave none."""
        return self if system.apart is None else border(self, system.apart)


_KEPT: WeakKeyDictionary[Calibration, dict[object, Guide | None]] = WeakKeyDictionary()


def guide(base: Calibration, closure: str, supply: Supply) -> Guide | None:
    """The guide of a baseline; None above `LARGEST`, or where the baseline has no Jacobian."""
    s, n = len(base.sectors), len(base.countries)
    if n + 2 * s * n > LARGEST:
        return None
    known = _KEPT.setdefault(base, {})
    key = (closure, supply.held.tobytes())  # idle capacity and floors bend no curve beside them
    if key not in known:
        known[key] = _made(base, closure, supply)
    return known[key]


def _made(base: Calibration, closure: str, supply: Supply) -> Guide | None:
    try:
        left = structure(base, Wedges(base.tariff, np.ones_like(base.tariff)), closure)
    except InfeasibleError:
        return None
    system = assemble(base, left, closure, supply)
    with np.errstate(all="ignore"):
        tangent = Tangent(system, evaluate(system, np.zeros(system.size)))
        moved = tangent.image(every_direction(system))
        try:
            inverse = inverted(moved.step)
        except np.linalg.LinAlgError:
            return None
    return Guide(tangent, moved, inverse) if np.isfinite(inverse).all() else None
