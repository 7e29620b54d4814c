"""Solve one counterfactual: feasibility first, then the fused fixed point, then every check.

No number is returned unless every market clears to the tolerance; a failure is a typed error that
carries its status, or, with `throw=False`, that status and no number.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.attempt import settle
from threatpoint.equilibrium.baselines import compared_with, nearby
from threatpoint.equilibrium.calibration import Calibration
from threatpoint.equilibrium.door import HasGiven, HasWedges, problem_of, require_same, wedges_of
from threatpoint.equilibrium.given import Given
from threatpoint.equilibrium.horizon import elasticities_for
from threatpoint.equilibrium.kept import calibrated
from threatpoint.equilibrium.problem import Problem
from threatpoint.equilibrium.solution import Solution, rebased
from threatpoint.errors import EquilibriumError, PolicyError, require_type
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.policy import Instrument


def solve(
    economy: Economy,
    policy: HasWedges | Wedges | Sequence[Instrument] | None = None,
    *,
    elasticities: Elasticities | None = None,
    horizon: str = "long",
    deficits: str = "fixed",
    tolerance: float = 1e-10,
    start: Solution | None = None,
    rebase: bool = True,
    given: Given | HasGiven | None = None,
    throw: bool = True,
) -> Solution:
    """Counterfactual equilibrium of an economy under a policy.

    Args:
        economy: a balanced baseline.
        policy: wedges, instruments, or anything with `.wedges(economy)`; None: the baseline.
        elasticities: a set that replaces the economy's own.
        horizon: which of the economy's sets to use.
        deficits: closure, "fixed" (units of world value added), "balanced" or "proportional".
        tolerance: bound on every market's residual, 1e-13 to 1e-6.
        start: a solution of the same economy to start from; one without numbers counts as none.
        rebase: under "balanced", first re-solve the baseline with trade balanced and compare with
            that (`solution.economy` then is `balanced_trade(economy)`), so that the result is the
            policy's alone. False keeps the baseline: the closing of its deficits is then part of
            the result.
        given: one sector's prices and flows, from a market of its own; None: every sector follows
            its supply elasticity.
        throw: False returns a failure instead of raising it: a solution whose numbers are all NaN
            and whose status says why (`status.converged`, `status.message`). What was asked
            wrongly is an error all the same.

    Raises:
        UnbalancedError: the baseline violates an accounting identity.
        PolicyError, WorldError: bad wedges, closure, horizon, tolerance or start.
        InfeasibleError: the policy leaves no equilibrium.
        NoPathError: a country's income runs out before the whole shock is in.
        ConvergenceError: no point met the tolerance; carries the status.

    Example:
        >>> world = tp.load_world()
        >>> solution = tp.solve(world, tp.CutOff("USA", "CHN"))
        >>> [round(float(solution.welfare.percent[world.country(c)]), 2) for c in ("USA", "CHN")]
        [-0.6, -0.62]
    """
    values = elasticities_for(economy, horizon, elasticities)
    require_type("rebase", rebase, bool, PolicyError)
    require_type("throw", throw, bool, PolicyError)
    wedges, how = wedges_of(economy, policy), (deficits, tolerance)
    table = economy
    try:
        table = compared_with(economy, values, deficits, rebase)
        problem = problem_of(calibrated(table, values), wedges, *how, given, table)
        near = nearby(economy, horizon, values, deficits, rebase, given)
        return _settled(replace(problem, near=near), start)
    except EquilibriumError as error:
        if throw:
            raise
        return problem_of(calibrated(table, values), wedges, *how, None, table).unsolved(error)


def solve_shares(
    calibration: Calibration,
    wedges: Wedges | None = None,
    *,
    deficits: str = "fixed",
    tolerance: float = 1e-10,
    economy: Economy | None = None,
    start: Solution | None = None,
    given: Given | None = None,
) -> Solution:
    """The same from baseline shares, which need not be an equilibrium themselves.

    Raises: as `solve`.
    """
    if wedges is None:
        wedges = Wedges(calibration.tariff, np.ones_like(calibration.tariff))
    problem = problem_of(calibration, wedges, deficits, tolerance, given, economy)
    return _settled(problem, start)


def _settled(problem: Problem, start: Solution | None) -> Solution:
    """The equilibrium, from another solution where that has numbers."""
    if start is not None:
        require_same(problem.calibration, start)
        if start.status.converged:
            return settle(problem, start.stacked)
    return settle(problem)


def balanced_economy(
    calibration: Calibration, *, services: tuple[str, ...] = (), **labels: Any
) -> Economy:
    """A balanced baseline from shares that are not one: re-solved with trade balanced.

    Used for published data, as Caliendo & Parro (2015) do for their Table 2.
    """
    return rebased(solve_shares(calibration, deficits="balanced"), services=services, **labels)
