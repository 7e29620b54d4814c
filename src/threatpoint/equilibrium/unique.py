"""Is the equilibrium the only one? What other starts give.

With elasticities of substitution below 1 several equilibria can exist, and nothing proves that
there is only one. So the same counterfactual is solved again from points far away and along the
path from the baseline, and what they gave is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.attempt import by_map
from threatpoint.equilibrium.continuation import Path
from threatpoint.equilibrium.problem import Problem
from threatpoint.errors import EquilibriumError, PolicyError
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.equilibrium.system import System

SPREADS = (0.1, 0.5, 1.5)
"""Standard deviations of the logs of wages, prices and spending at the starts, in turn."""

ALIKE = 1e-6
"""Equilibria count as the same when no real income differs by more (relative)."""

MOST = 1000
"""Starts that may be asked for."""


@dataclass(frozen=True, eq=False)
class Uniqueness(Shown):
    """What other starts gave.

    Attributes:
        asked: the equilibrium that was asked about.
        starts: random starts tried.
        same: of them, how many gave the equilibrium that was asked about.
        nothing: how many gave none.
        others: other equilibria found, each once, by a start or along the path.
        path: what the path from the baseline gave: "same", "another" or "nothing".
    """

    asked: Solution
    starts: int
    same: int
    nothing: int
    others: tuple[Solution, ...]
    path: str

    def __str__(self) -> str:
        """One sentence or two for a person."""
        along = {
            "same": "So does the path from the baseline, the shock grown from none to all of it.",
            "another": "The path from the baseline, the shock grown from none to all of it, leads "
            "to another one.",
            "nothing": "The path from the baseline could not be followed to its end.",
        }[self.path]
        text = f"{self.same} of {self.starts} other starts give the same equilibrium"
        if self.nothing:
            text += f", {self.nothing} give none"
        if self.others:
            text += f"; others were found: {len(self.others)} ({self._farthest()})"
        return f"{text}. {along}"

    def _farthest(self) -> str:
        """Where another equilibrium differs most."""
        here = self.asked.welfare.percent
        gaps = np.array([other.welfare.percent - here for other in self.others])
        k, n = np.unravel_index(int(np.abs(gaps).argmax()), gaps.shape)
        code = self.asked.calibration.countries[n]
        return f"farthest in {code}: {here[n] + gaps[k, n]:+.2f} % instead of {here[n]:+.2f} %"


def check_unique(solution: Solution, starts: int = 12, seed: int = 0) -> Uniqueness:
    """Solve the counterfactual of a solution again from other points.

    Args:
        solution: an equilibrium.
        starts: random starts, 1 to 1000: wages, prices and spending scattered around the baseline.
        seed: of the random numbers.

    Raises:
        PolicyError: no such number of starts, or a solution without an equilibrium.

    Example, after that of `solve`:
        >>> print(tp.check_unique(solution, starts=3))
        3 of 3 other starts give the same equilibrium. So does the path from the baseline, the shock
        grown from none to all of it.
    """
    if type(starts) is not int or not 1 <= starts <= MOST:
        raise PolicyError(f"{starts!r} starts cannot be tried; give a whole number, 1 to {MOST}")
    if not solution.status.converged:
        raise PolicyError(f"there is no equilibrium to compare with: {solution.status}")
    problem = Problem.of(solution)
    rng = np.random.default_rng(seed)
    found = [_from(problem, rng, SPREADS[k % len(SPREADS)]) for k in range(starts)]
    path = Path(problem, []).follow()
    others: list[Solution] = []
    for other in (*found, path):
        if other is not None and not any(_alike(other, known) for known in (solution, *others)):
            others.append(other)
    same = sum(other is not None and _alike(other, solution) for other in found)
    word = "nothing" if path is None else "same" if _alike(path, solution) else "another"
    return Uniqueness(solution, starts, same, found.count(None), tuple(others), word)


def _from(problem: Problem, rng: np.random.Generator, spread: float) -> Solution | None:
    """What the map gives from one random start."""

    def start(system: System) -> Array:
        return rng.normal(scale=spread, size=system.size)

    try:
        return by_map(problem, start)
    except EquilibriumError:
        return None


def _alike(one: Solution, other: Solution) -> bool:
    """Whether two equilibria are the same, by every country's real income."""
    first, second = (1.0 + solution.welfare.percent / 100.0 for solution in (one, other))
    return bool((np.abs(first / second - 1.0) <= ALIKE).all())
