"""The equilibrium: by the map, where it fails by the path, or why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from threatpoint.equilibrium.continuation import Path
from threatpoint.equilibrium.iterate import iterate
from threatpoint.equilibrium.system import System
from threatpoint.errors import ConvergenceError, InfeasibleError, NoPathError

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.problem import Problem
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.status import Status

POOR = 0.05
"""A country is running out of income below this part of its baseline's."""

CLEARED, ALONE = 1e-2, 10.0
"""A given price is below what inputs alone cost where every market is off by the first at most, and
the price by so many times more.
"""

Start = Callable[[System], "Array"]
"""The stacked state at which a system is started."""


def baseline(system: System) -> Array:
    """The start where nothing has changed."""
    return np.zeros(system.size)


def settle(problem: Problem, start: Start = baseline) -> Solution:
    """The equilibrium from a start, or else at the end of the path from the baseline.

    Raises:
        InfeasibleError: the policy leaves none. ConvergenceError: none was found.
    """
    try:
        return by_map(problem, start)
    except ConvergenceError as error:
        failed = error.status
    history = list(failed.history) if failed else []
    path = Path(problem, history)
    found = path.follow()
    if found is None:
        _refuse(problem, path, failed)
    return replace(found, status=replace(found.status, evaluations=len(history)))


def by_map(problem: Problem, start: Start = baseline) -> Solution:
    """The equilibrium that the map alone reaches.

    Raises:
        InfeasibleError: the policy leaves none. ConvergenceError: none was found; its status has
            the residuals of all evaluations.
    """
    (system, _), history = problem.system, list[float]()

    def hopeless(z: Array) -> bool:
        return problem.given is not None and _unpaid(problem.judged(system, z, "", history).status)

    how = problem.tolerance, history, problem.guide, hopeless
    z, method = iterate(system, start(system), *how)
    found = problem.judged(system, z, method, history)
    if not found.status.converged:
        if _unpaid(found.status):
            _refuse_price(problem, found.status)
        raise ConvergenceError(f"no equilibrium found: {found.status}", found.status)
    return found


def _unpaid(status: Status) -> bool:
    """Whether nothing is wrong at a point but that inputs alone exceed a price that is given."""
    rest = replace(status, given=0.0 * status.given).residual
    return bool(rest <= CLEARED and status.given.max() > max(ALONE * rest, status.tolerance))


def _refuse_price(problem: Problem, status: Status) -> NoReturn:
    """Say whose price is below what its inputs cost."""
    given, base = problem.given, problem.calibration
    assert given is not None
    n = int(status.given[:, given.sector].argmax())
    raise InfeasibleError(
        f"no equilibrium: at the price given for {base.sectors[given.sector]} in "
        f"{base.countries[n]}, {given.price[n]:.3g} times the baseline's, its inputs alone cost "
        "more, so that nothing is left for value added. Give a higher price.",
        replace(status, code="infeasible"),
    )


def _refuse(problem: Problem, path: Path, failed: Status | None) -> NoReturn:
    """Say what failed, how far the path came and what to try; `failed` is what the map said."""
    _, one_way = problem.system
    if one_way:
        raise ConvergenceError(
            f"no equilibrium found: {one_way}, and the deficits of closure 'proportional' do not "
            f"pay for that. Cut off both directions or use an enforcement below 1. ({failed})",
            failed,
        )
    if problem.given is not None and failed and failed.given.max() > failed.tolerance:
        _refuse_price(problem, failed)
    name, left = _poorest(problem.calibration, path)
    reached = f"{path.share:.1%} of the shock"
    if left < POOR:
        raise NoPathError(
            f"no equilibrium on the path from the baseline: grown step by step, {reached} has one, "
            f"and there {name} has {left:.1%} of its income left, net of trade deficit and real "
            "costs of trading; with more it would run out. Try --deficits balanced or "
            f"proportional, or a smaller shock. ({failed})",
            failed,
            path.share,
        )
    raise ConvergenceError(
        f"no equilibrium found: grown from the baseline, the path ends with {reached}; the income "
        f"of {name} shrinks most on the way, to {left:.0%}. Try a smaller shock, an enforcement "
        f"below 1, another --deficits, or a longer horizon. ({failed})",
        failed,
    )


def _poorest(base: Calibration, path: Path) -> tuple[str, float]:
    """(country, income as a part of the baseline's) with the least at the end of the path."""
    if not path.points:
        return base.countries[0], 1.0
    end = path.points[-1].found
    left = (end.income - end.waste) / base.income
    return base.countries[int(left.argmin())], float(left.min())
