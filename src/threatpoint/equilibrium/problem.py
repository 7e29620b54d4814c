"""One counterfactual, and the same with only a part of the shock in."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.active import Active
from threatpoint.equilibrium.assembly import assemble
from threatpoint.equilibrium.binding import bound_cells, limited
from threatpoint.equilibrium.feasibility import Structure, structure
from threatpoint.equilibrium.flows import flows
from threatpoint.equilibrium.given import CLOSING
from threatpoint.equilibrium.guide import Guide, guide
from threatpoint.equilibrium.set_apart import with_bounds_apart
from threatpoint.equilibrium.solution import Asked, Solution
from threatpoint.equilibrium.state import State
from threatpoint.equilibrium.verdict import judge

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.supply import Supply
    from threatpoint.equilibrium.system import System
    from threatpoint.errors import EquilibriumError
    from threatpoint.policy.wedges import Wedges


@dataclass(frozen=True, eq=False)
class Problem(Asked):
    """What `solve` was asked, checked.

    Attributes:
        tolerance: bound on every market's residual.
        kept: under closure "balanced", the part of the baseline's deficits that is still there.
        near: the guide of another set of elasticities nearby, to be used for this one.
    """

    tolerance: float
    kept: float = 0.0
    near: Guide | None = None

    @classmethod
    def of(cls, solution: Solution) -> Problem:
        """The problem that a solution solves."""
        asked = {field.name: getattr(solution, field.name) for field in fields(Asked)}
        return cls(**asked, tolerance=solution.status.tolerance)

    def at(self, share: float) -> Problem:
        """The problem with this share of the shock, 0 to 1."""
        if share == 1.0:
            return self
        return replace(
            self,
            wedges=_grown(self.calibration, self.wedges, share),
            supply=_tightened(self.supply, share),
            given=self.given and self.given.at(share),
            kept=1.0 - share if self.closure == "balanced" else 0.0,
        )

    def system(self, active: Active) -> tuple[System, str]:
        """(the system to solve, what trade is left in one direction only).

        Raises:
            InfeasibleError: the shares leave no equilibrium.
        """
        return self._system(active) if active else self._free

    @cached_property
    def _free(self) -> tuple[System, str]:
        """The system without the bounds that enter as they turn out to bind."""
        return self._system(Active())

    def _system(self, active: Active) -> tuple[System, str]:
        base, wedges = self.calibration, active.wedges(self.wedges)
        left = (
            self._left
            if wedges is self.wedges
            else structure(base, wedges, self._closed, self.given)
        )
        cells = bound_cells(base, wedges, self.supply, active.flows, active.caps)
        made = assemble(base, left, self._closed, self.supply, cells, self.given)
        system = with_bounds_apart(made)
        if self.kept:
            system = replace(system, deficit=self.kept * system.deficit)
        return system, left.one_way

    @property
    def _closed(self) -> str:
        """The closure of the system: deficits that are on their way are fixed."""
        return "fixed" if self.kept else self.closure

    @cached_property
    def _left(self) -> Structure:
        """What the policy leaves of the network where no cap shuts a flow."""
        return structure(self.calibration, self.wedges, self._closed, self.given)

    @cached_property
    def guide(self) -> Guide | None:
        """What guides the map from the baseline; None where there is no such guide.

        That of a set of elasticities nearby where one was given: one guide then serves all draws.
        """
        return self.near or guide(self.calibration, self.supply, self.given)

    @cached_property
    def limited(self) -> bool:
        """Whether there are bounds that stand in a system only once they turn out to bind."""
        return limited(self.calibration, self.wedges, self.supply)

    def judged(self, system: System, z: Array, method: str, history: list[float]) -> Solution:
        """The solution at a point; its status says whether it is one."""
        state, status = judge(self.calibration, system, z, method, history, self.tolerance)
        with np.errstate(all="ignore"):
            return Solution.from_state(self, system, state, status)

    def unsolved(self, error: EquilibriumError) -> Solution:
        """No number at all, and a status that says why."""
        base = self.calibration
        n, s = base.value_added.shape
        before = flows(base, _grown(base, self.wedges, 0.0))
        left = Structure(before, np.ones((n, s), dtype=bool), np.ones((1, n), dtype=bool))
        system = assemble(base, left, self.closure)
        nowhere = np.full(system.size, np.nan)
        state, tried = judge(base, system, nowhere, "none", [], self.tolerance)
        status = error.status or replace(tried, code="infeasible")
        nothing = State(
            **{name: np.full_like(level, np.nan) for name, level in vars(state).items()}
        )
        found = Solution.from_state(self, system, nothing, replace(status, message=str(error)))
        blank = np.full((n, s), np.nan)
        return replace(found, prices=blank, unit_costs=blank)


def _grown(base: Calibration, wedges: Wedges, share: float) -> Wedges:
    """A policy grown from none (share 0) to all of it (share 1).

    Price factors and what a cut leaves move geometrically, a flow that ends at nothing as a power
    of what is still to come, and a bound below the baseline falls from it. Shares that evade stay:
    without a tariff they evade nothing.
    """

    def factor(new: Array, old: Array | float = 0.0) -> Array:
        return (1.0 + new) ** share * (1.0 + old) ** (1.0 - share) - 1.0

    cut = wedges.survival
    return replace(
        wedges,
        tariff=factor(wedges.tariff, base.tariff),
        survival=np.where(cut > 0, cut**share, (1.0 - share) ** CLOSING),
        export_tax=factor(wedges.export_tax),
        cost=factor(wedges.cost),
        evasion_cost=factor(wedges.evasion_cost),
        volume_limits=tuple(
            replace(limit, volume=_bound(limit.volume, share)) for limit in wedges.volume_limits
        ),
    )


def _tightened(supply: Supply, share: float) -> Supply:
    """Regimes that leave the baseline alone at share 0: bounds below it and floors above it."""
    return replace(
        supply,
        floor=np.minimum(supply.floor, supply.floor**share),
        largest_volume=np.maximum(supply.largest_volume, supply.largest_volume**share),
    )


def _bound(size: float, share: float) -> float:
    return max(size, size**share)
