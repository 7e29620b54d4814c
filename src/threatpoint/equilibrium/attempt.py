"""The equilibrium that breaks no bound: by the map, where it fails by the path, or why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from threatpoint.equilibrium.active import Active
from threatpoint.equilibrium.continuation import Path
from threatpoint.equilibrium.iterate import accelerate, iterate
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

ROUGH, FORESEEN = 1e-3, 10
"""How far a solution is taken that foresees which bounds will bind, and evaluations allowed."""

Rough = tuple["Array", list[float]]
"""A stacked state and the residuals of the evaluations that led to it."""

Start = Callable[[System], "Array"]
"""The stacked state at which a system is started."""


def baseline(system: System) -> Array:
    """The start where nothing has changed."""
    return np.zeros(system.size)


def settle(problem: Problem, start: Start = baseline, rough: Rough | None = None) -> Solution:
    """The equilibrium from a start, or else at the end of the path from the baseline.

    rough: a point near the solution without the bounds that may come to bind, where it is known.

    Raises:
        InfeasibleError: the policy leaves none. ConvergenceError: none was found.
    """
    try:
        return by_map(problem, start, rough)
    except ConvergenceError as error:
        failed = error.status
    history = list(failed.history) if failed else []
    path = Path(problem, history)
    found = path.follow()
    if found is None:
        _refuse(problem, path, failed)
    return replace(found, status=replace(found.status, evaluations=len(history)))


def by_map(problem: Problem, start: Start = baseline, rough: Rough | None = None) -> Solution:
    """The equilibrium that the map alone reaches: bounds enter as they turn out to bind.

    Raises:
        InfeasibleError: the policy leaves none. ConvergenceError: none was found; its status has
            the residuals of all evaluations.
    """
    history = list[float]()
    if problem.limited and problem.guide is not None:
        z, history = rough or _near_free(problem, start)
        active, there = _foreseen(problem, start, z, history)
        found = _all_at_once(problem, active, there, history) if active else None
        if found is not None:
            return found
    return _with_bounds(problem, Active(), start, history)[0]


def _all_at_once(
    problem: Problem, active: Active, start: Start, history: list[float]
) -> Solution | None:
    """The equilibrium with the bounds foreseen; None where none binds, or it is not found so: then
    bounds enter one after the other.
    """
    try:
        found, active = _with_bounds(problem, active, start, history)
    except ConvergenceError:
        return None
    return found if active.binding(found) else None


def _with_bounds(
    problem: Problem, active: Active, start: Start, history: list[float]
) -> tuple[Solution, Active]:
    """The equilibrium that breaks no bound, solved with these bounds first; and those at the end.

    Raises:
        InfeasibleError, ConvergenceError: as `by_map`.
    """
    while True:
        system, _ = problem.system(active)
        z, method = iterate(system, start(system), problem.tolerance, history, problem.guide)
        found = problem.judged(system, z, method, history)
        if not found.status.converged:
            _require_paid(problem, found.status, ROUGH)
            raise ConvergenceError(f"no equilibrium found: {found.status}", found.status)
        following = active.after(found)
        if following is None:
            return found, active
        active, start = following, found.going_on


def _require_paid(problem: Problem, status: Status | None, cleared: float = np.inf) -> None:
    """Refuse a given price that inputs alone exceed, where all else is off by this at most.

    Raises:
        InfeasibleError: there is one.
    """
    given = problem.given
    if given is None or status is None or not status.given.max() > status.tolerance:
        return
    if replace(status, given=0.0 * status.given).residual > cleared:
        return
    base, n = problem.calibration, int(status.given[:, given.sector].argmax())
    raise InfeasibleError(
        f"no equilibrium: at the price given for {base.sectors[given.sector]} in "
        f"{base.countries[n]}, {given.price[n]:.3g} times the baseline's, its inputs alone cost "
        "more, so that nothing is left for value added. Give a higher price.",
        status,
    )


def _near_free(problem: Problem, start: Start) -> Rough:
    """A point near the solution without the bounds that may come to bind."""
    system, _ = problem.system(Active())
    history, led = list[float](), problem.guide and problem.guide.of(system)
    z = start(system)
    if led is not None:
        z, _ = accelerate(system, z, 1.0, FORESEEN, ROUGH, history, led.newton)
    return z, history


def _foreseen(
    problem: Problem, start: Start, z: Array, history: list[float]
) -> tuple[Active, Start]:
    """The bounds that a rough solution without them breaks, and where to go on.

    One that does not bind in the end is left slack. Where none binds the problem is solved without
    them, so that such bounds change nothing, to the last bit.
    """
    rough, (system, _) = replace(problem, tolerance=ROUGH), problem.system(Active())
    found = rough.judged(system, z, "", history)
    if not found.status.converged:
        return Active(), start
    return Active().after(found) or Active(), found.going_on


def _refuse(problem: Problem, path: Path, failed: Status | None) -> NoReturn:
    """Say what failed, how far the path came and what to try; `failed` is what the map said."""
    _, one_way = problem.system(Active())
    if one_way:
        raise ConvergenceError(
            f"no equilibrium found: {one_way}, and the deficits of closure 'proportional' do not "
            f"pay for that. Cut off both directions or use an enforcement below 1. ({failed})",
            failed,
        )
    _require_paid(problem, failed)
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
