"""The equilibrium that breaks no bound: by the map, and where it fails by the path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.active import Active
from threatpoint.equilibrium.continuation import Path
from threatpoint.equilibrium.iterate import iterate
from threatpoint.equilibrium.system import System
from threatpoint.equilibrium.verdict import refuse
from threatpoint.errors import ConvergenceError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium.problem import Problem
    from threatpoint.equilibrium.solution import Solution

    Array = NDArray[np.float64]

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
        refuse(problem, path, failed)
    return replace(found, status=replace(found.status, evaluations=len(history)))


def by_map(problem: Problem, start: Start = baseline) -> Solution:
    """The equilibrium that the map alone reaches: bounds enter as they turn out to bind.

    Raises:
        InfeasibleError: the policy leaves none. ConvergenceError: none was found; its status has
            the residuals of all evaluations.
    """
    active, history = Active(), list[float]()
    while True:
        system, _ = problem.system(active)
        z, method = iterate(system, start(system), problem.tolerance, history)
        found = problem.judged(system, z, method, history)
        if not found.status.converged:
            raise ConvergenceError(f"no equilibrium found: {found.status}", found.status)
        following = active.after(found)
        if following is None:
            return found
        active, start = following, found.stacked
