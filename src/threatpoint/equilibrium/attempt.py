"""One set of bounds solved: the map, and where it fails the path from the baseline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium import system as sy
from threatpoint.equilibrium.active import Active
from threatpoint.equilibrium.assembly import assemble
from threatpoint.equilibrium.cells import VOLUME, bound_cells
from threatpoint.equilibrium.continuation import Path, partial
from threatpoint.equilibrium.feasibility import structure
from threatpoint.equilibrium.iterate import iterate
from threatpoint.equilibrium.solution import Solution
from threatpoint.equilibrium.verdict import judge, refuse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.supply import Supply
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy

    Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Problem:
    """One counterfactual: what `solve` was asked, checked."""

    calibration: Calibration
    wedges: Wedges
    closure: str
    supply: Supply
    tolerance: float
    economy: Economy | None

    def system(self, active: Active, share: float = 1.0) -> tuple[sy.System, str]:
        """(the system with this share of the shock, what trade is left in one direction only).

        Raises:
            InfeasibleError: the shares leave no equilibrium.
        """
        c, wedges, closure = self.calibration, active.wedges(self.wedges), self.closure
        binding = active.flows
        if share < 1.0:
            wedges = partial(c, wedges, share)
            binding = {
                flow: (kind, max(bound, bound**share) if kind == VOLUME else bound)
                for flow, (kind, bound) in binding.items()
            }
            closure = "fixed" if closure == "balanced" else closure  # deficits shrink on the way
        left = structure(c, wedges, closure)
        cells = bound_cells(c, wedges, binding, active.caps)
        system = assemble(c, left, closure, self.supply, cells)
        if closure != self.closure:
            system = replace(system, deficit=(1.0 - share) * system.deficit)
        return system, left.one_way


def attempt(problem: Problem, active: Active, start: Solution | Array | None) -> Solution:
    """The equilibrium under these bounds.

    Args:
        problem: the counterfactual.
        active: the bounds in force.
        start: a solution to start from, or a stacked state; None is the baseline.

    Raises:
        InfeasibleError: the policy leaves none. ConvergenceError: none was found.
    """
    system, one_way = problem.system(active)
    first = np.zeros(system.size) if start is None else start
    first = first.stacked(system) if isinstance(first, Solution) else first
    history: list[float] = []
    z, method = iterate(system, first, problem.tolerance, history)
    path = None
    if not method:
        path = Path(lambda share: problem.system(active, share)[0], problem.tolerance, history)
        if path.follow():
            z, method = path.z, "path from the baseline"
    c, tolerance = problem.calibration, problem.tolerance
    state, status = judge(c, system, z, method, history, tolerance)
    if not status.converged:
        assert path is not None
        refuse(c, status, path, one_way)
    args = (problem.wedges, system, state, status, problem.closure, problem.supply)
    return Solution.from_state(c, *args, problem.economy)


def settle(problem: Problem, start: Solution | Array | None = None) -> Solution:
    """The equilibrium that breaks no bound: bounds enter as they turn out to bind.

    Raises: as `attempt`.
    """
    active, evaluations = Active(), 0
    while True:
        found = attempt(problem, active, start)
        evaluations += found.status.evaluations
        following = active.after(found)
        if following is None:
            return replace(found, status=replace(found.status, evaluations=evaluations))
        active, start = following, found
