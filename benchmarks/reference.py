"""The solver as it was, for comparison: the map alone from the baseline, everything set up anew.

    python -m benchmarks.reference

No guide, no batch, no patched set-up (commit 77056f0). Equations, verdict and
the path from the baseline are today's, so that only what was added since is compared.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cached_property
from typing import TYPE_CHECKING

from benchmarks.reference_setup import assemble
from threatpoint.equilibrium.attempt import settle
from threatpoint.equilibrium.binding import bound_cells
from threatpoint.equilibrium.door import problem_of, wedges_of
from threatpoint.equilibrium.horizon import elasticities_for
from threatpoint.equilibrium.kept import calibrated
from threatpoint.equilibrium.problem import Problem
from threatpoint.equilibrium.set_apart import with_bounds_apart
from threatpoint.situation import load_situation
from threatpoint.world import load_world

if TYPE_CHECKING:
    from typing import Any

    from threatpoint.equilibrium import Solution
    from threatpoint.equilibrium.system import System
    from threatpoint.world.economy import Economy

COUNTS = {"short": 53, "medium": 40, "long": 27}
"""Evaluations of the built-in threat on today's table; on that of commit 77056f0, 54, 38 and 28."""


class AsBefore(Problem):
    """A problem that is solved as before."""

    guide = None  # pyright: ignore

    @cached_property
    def system(self) -> tuple[System, str]:
        """(the system to solve, what trade is left in one direction only), all formed anew."""
        base, wedges = self.calibration, self.wedges
        closure = "fixed" if self.kept else self.closure
        cells = bound_cells(base, wedges)
        system, one_way = assemble(base, wedges, closure, self.given, cells)
        system = with_bounds_apart(system)
        if self.kept:
            system = replace(system, deficit=self.kept * system.deficit)
        return system, one_way


def as_before(problem: Problem) -> AsBefore:
    """The same problem, solved as before."""
    return AsBefore(**{f.name: getattr(problem, f.name) for f in fields(problem)})


def solve_as_before(problem: Problem) -> Solution:
    """The answer of the solver as it was; raises as `solve`."""
    return settle(as_before(problem))


def asked(
    economy: Economy, policy: Any = None, horizon: str = "long", deficits: str = "fixed"
) -> Problem:
    """What `solve` makes of these arguments."""
    values = elasticities_for(economy, horizon, None)
    wedges = wedges_of(economy, policy)
    return problem_of(calibrated(economy, values), wedges, deficits, 1e-10, None, economy)


def counts() -> dict[str, int]:
    """Horizon -> evaluations of the built-in threat, as before."""
    world = load_world()
    threat = load_situation("ukraine-2025-03-31").policy.policy(world)
    return {name: solve_as_before(asked(world, threat, name)).status.evaluations for name in COUNTS}


if __name__ == "__main__":
    for horizon, count in counts().items():
        print(f"{horizon}: {count} evaluations, {COUNTS[horizon]} when they were counted")
