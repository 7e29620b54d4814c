"""The guide: the baseline's Jacobian, which turns a step of the map into nearly a Newton step.

Every counterfactual of a world starts at the same baseline, so the Jacobian there is taken once for
each world, set of elasticities and sector given, and kept while the calibration lives.
It only guides: what counts as an equilibrium is judged as without it, and where it does not help
the map goes on alone. Bounds that bind border it with their own rows and columns (Schur
complement).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol
from weakref import WeakKeyDictionary

import numpy as np

from threatpoint.equilibrium.assembly import assemble
from threatpoint.equilibrium.border import Border, Unbounded, border
from threatpoint.equilibrium.calibration import Calibration
from threatpoint.equilibrium.coarse import Coarse, coarse
from threatpoint.equilibrium.evaluation import evaluate
from threatpoint.equilibrium.feasibility import structure
from threatpoint.equilibrium.given import Given
from threatpoint.equilibrium.inverse import inverted
from threatpoint.equilibrium.nearby import Nearby
from threatpoint.equilibrium.tangent import Tangent, every_direction
from threatpoint.errors import InfeasibleError
from threatpoint.policy.wedges import Wedges

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.system import System

MOST_BORDERS = 128
"""Sets of bounds whose rows and columns are kept with a guide: a game meets the same ones often."""

CLOSURE = "fixed"
"""One guide serves every closure: another costs an evaluation or three, a guide of its own as much
as ten solves.
"""

LARGEST = 1200
"""Unknowns above which the inverse is made of small pieces (`coarse`): a dense one would cost more
than it saves.
"""


class Corrector(Protocol):
    """What makes of the map's step nearly a Newton step."""

    def newton(self, step: Array) -> Array:
        """The step in place of the map's, of stacked states."""
        ...


@dataclass(frozen=True, eq=False)
class Guide:
    """The Jacobian at the baseline, and the borders of the bounds that it has met."""

    unbounded: Unbounded | Coarse
    _borders: dict[Hashable, Border | None] = field(
        default_factory=dict[Hashable, "Border | None"], repr=False
    )

    @property
    def together(self) -> bool:
        """Whether counterfactuals gain from going through the map side by side: in a large world
        one alone keeps the processor busy, and many at once only wait for memory.
        """
        return self.unbounded.size <= LARGEST

    def of(self, system: System) -> Corrector | None:
        """What guides a system, or several of one kind without bounds; None where bounds leave
        nothing that does.
        """
        if system.apart is None:
            return self.unbounded
        key = system.apart.key
        if key not in self._borders:
            if len(self._borders) * max(self.unbounded.size, LARGEST) >= MOST_BORDERS * LARGEST:
                self._borders.clear()
            self._borders[key] = border(self.unbounded, system.apart)
        return self._borders[key]

    @cached_property
    def nearby(self) -> Guide:
        """The same for systems of the economy with other elasticities.

        In a large world a direction costs about an evaluation, more than it saves: there the guide
        leads them as it is.
        """
        return _Nearby(self.unbounded, self._borders) if self.together else self


class _Nearby(Guide):
    def of(self, system: System) -> Corrector | None:
        if system.apart is None:
            return Nearby(self.unbounded, self.unbounded.tangent.at(system))
        return super().of(system)


_KEPT: WeakKeyDictionary[Calibration, dict[int | None, Guide | None]] = WeakKeyDictionary()


def guide(base: Calibration, given: Given | None = None) -> Guide | None:
    """The guide of a baseline, with the prices of one sector given; None without a Jacobian.

    It depends on which sector that is, not on what its prices are.
    """
    known = _KEPT.setdefault(base, {})
    at = None if given is None else given.sector
    if at not in known:
        known[at] = _made(base, None if at is None else Given.none(base, at))
    return known[at]


def known(base: Calibration, given: Given | None = None) -> Guide | None:
    """The same where it was made already: None where it would have to be."""
    return _KEPT.get(base, {}).get(None if given is None else given.sector)


def _made(base: Calibration, given: Given | None) -> Guide | None:
    try:
        left = structure(base, Wedges(base.tariff, np.ones_like(base.tariff)), CLOSURE)
    except InfeasibleError:
        return None
    system = assemble(base, left, CLOSURE, given)
    with np.errstate(all="ignore"):
        tangent = Tangent(system, evaluate(system, np.zeros(system.size)))
        try:
            found = coarse(tangent) if system.size > LARGEST else _dense(tangent)
        except np.linalg.LinAlgError:
            return None
    return Guide(found) if found.finite else None


def _dense(tangent: Tangent) -> Unbounded:
    moved = tangent.image(every_direction(tangent.system))
    return Unbounded(tangent, moved, inverted(moved.step))
