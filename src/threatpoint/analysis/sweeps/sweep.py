"""Sweep: who loses what from a threat at other rates, enforcement and targets.

A page answers a slider with it: it is solved at some points, and what lies between them is
interpolated. How far that is from a solve is measured by solving there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.sweeps.grid import Grid, Place, grids
from threatpoint.analysis.sweeps.moves import Moves
from threatpoint.analysis.sweeps.worlds import Worlds
from threatpoint.errors import ConvergenceError, PolicyError

if TYPE_CHECKING:
    from threatpoint.analysis.carried import Carried
    from threatpoint.array_types import Array
    from threatpoint.policy import Rule
    from threatpoint.world.economy import Economy

TOO_FAR = 0.01
"""Percent of real income: a sweep that is further from a solve anywhere is not shown."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """Changes of real income, %.

    Attributes:
        moves: what moves.
        grid: where it was solved.
        codes: (N) economies, then groups that are hit or act as one.
        percent: (H, C, R, E, N) changes on the grid.
        error: the largest difference to a solve among those made to check, in points.
        checked: how many were made.
    """

    moves: Moves
    grid: Grid
    codes: tuple[str, ...]
    percent: Array
    error: float
    checked: int

    @property
    def solved(self) -> int:
        """Worlds of the grid in which something is done."""
        return int(self.percent.any(axis=-1).sum())

    def at(
        self, horizon: str, hit: Sequence[str], rate: float, enforcement: float
    ) -> dict[str, float]:
        """Economy -> its change where some targets are hit.

        Args:
            horizon: one of `grid.horizons`.
            hit: one of `grid.hits`, in its order.
            rate: as a share, within `moves.rates`; NaN where none moves.
            enforcement: in [0, 1]; NaN where it does not move.
        """
        numbers = self.grid.horizons.index(horizon), self.grid.hits.index(tuple(hit))
        place = Place(*numbers, float(np.log1p(rate)), enforcement)
        found = self.grid.read(self.percent, place)
        return dict(zip(self.codes, map(float, found), strict=True))


def solve_sweep(
    rule: Rule, carried: Carried, economy: Economy, horizons: Sequence[str], deficits: str
) -> Sweep | None:
    """A threat at all that can be moved of it; None where nothing can, or some world has no answer.

    Args:
        rule: the threat.
        carried: it carried out as stated, which the sweep must agree with.
        economy: the baseline.
        horizons: that of the page first.
        deficits: closure.
    """
    if carried.main.solution is None:
        return None
    try:
        moves = Moves.of(rule, economy)
        for each in dict.fromkeys((moves, replace(moves, held=True))):
            for grid in grids(each, horizons, economy):
                found = _swept(Worlds(each, grid, economy, deficits), carried)
                if found is not None:
                    return found
    except (ConvergenceError, PolicyError):
        pass
    return None


def _swept(asked: Worlds, carried: Carried) -> Sweep | None:
    """The sweep, checked; None where it is too far from what was solved otherwise."""
    grid, checks = asked.grid, asked.grid.checks
    found = asked.solved([*grid.places, *checks])
    n = len(found) - len(checks)
    percent = found[:n].reshape(*grid.shape, -1)
    between = [grid.read(percent, place) for place in checks]
    stated = [grid.read(percent, asked.stated(h)) for h in range(len(grid.horizons))]
    others = [carried.by_horizon[name] for name in grid.horizons[1:]]
    known = [asked.read(outcome.solution) for outcome in (carried.main, *others)]
    apart = np.abs(np.array([*between, *stated]) - np.array([*found[n:], *known]))
    error = float(apart.max())
    if not error <= TOO_FAR:
        return None
    return Sweep(asked.moves, grid, tuple(asked.members), percent, error, len(checks))
