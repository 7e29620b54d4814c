"""One counterfactual, and the same with only a part of the shock in."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.assembly import assemble
from threatpoint.equilibrium.binding import bound_cells
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
            given=self.given and self.given.at(share),
            kept=1.0 - share if self.closure == "balanced" else 0.0,
        )

    @cached_property
    def system(self) -> tuple[System, str]:
        """(the system to solve, what trade is left in one direction only).

        Raises:
            InfeasibleError: the shares leave no equilibrium.
        """
        base, closure = self.calibration, "fixed" if self.kept else self.closure
        left = structure(base, self.wedges, closure, self.given)
        cells = bound_cells(base, self.wedges)
        system = with_bounds_apart(assemble(base, left, closure, self.given, cells))
        if self.kept:  # deficits that are on their way are fixed
            system = replace(system, deficit=self.kept * system.deficit)
        return system, left.one_way

    @cached_property
    def guide(self) -> Guide | None:
        """What guides the map from the baseline; None where there is no such guide.

        That of a set of elasticities nearby where one was given: one guide then serves all draws.
        """
        return self.near or guide(self.calibration, self.given)

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
        iceberg=factor(wedges.iceberg),
        evasion_cost=factor(wedges.evasion_cost),
        volume_limits=tuple(
            replace(limit, volume=_bound(limit.volume, share)) for limit in wedges.volume_limits
        ),
    )


def _bound(size: float, share: float) -> float:
    return max(size, size**share)
