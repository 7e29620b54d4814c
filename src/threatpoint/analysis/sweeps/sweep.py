"""Sweep: who loses what from a threat at other rates, enforcement and targets.

A page answers a slider with it: it is solved at some points, and what lies between them is
interpolated. How far that is from a solve is measured by solving there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.sweeps.grid import Grid, Place, fitting
from threatpoint.analysis.sweeps.moves import Moves
from threatpoint.analysis.sweeps.points import place_of, weights
from threatpoint.equilibrium.horizon import elasticities_for
from threatpoint.equilibrium.results import together
from threatpoint.errors import ConvergenceError, PolicyError
from threatpoint.oil.solve import solve_many
from threatpoint.strategy.regime import regime_of

if TYPE_CHECKING:
    from threatpoint.analysis.carried import Carried
    from threatpoint.array_types import Array
    from threatpoint.equilibrium import Solution
    from threatpoint.policy import Rule
    from threatpoint.world.economy import Economy

CHUNK = 64
"""Worlds that are in memory at once."""
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
        place = Place(*numbers, float(np.log1p(rate)), place_of(enforcement, rate))
        return dict(zip(self.codes, map(float, read(self.percent, self.grid, place)), strict=True))


def read(percent: Array, grid: Grid, place: Place) -> Array:
    """(N,) the polynomial through the points of a grid at a place."""
    of_rates, of_shares = weights(grid.us, place.u), weights(grid.enforced, place.place)
    return np.einsum("r,e,ren->n", of_rates, of_shares, percent[place.horizon, place.hit])


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
        grid = fitting(moves, horizons, economy)
        return None if grid is None else _swept(_Asked(moves, grid, economy, deficits), carried)
    except (ConvergenceError, PolicyError):
        return None


def _swept(asked: _Asked, carried: Carried) -> Sweep | None:
    """The sweep, checked; None where it is too far from what was solved otherwise."""
    grid, checks = asked.grid, asked.grid.checks
    found = asked.solved([*grid.places, *checks])
    n = len(found) - len(checks)
    percent = found[:n].reshape(*grid.shape, -1)
    between = [read(percent, grid, place) for place in checks]
    stated = [read(percent, grid, asked.stated(h)) for h in range(len(grid.horizons))]
    others = [carried.by_horizon[name] for name in grid.horizons[1:]]
    known = [asked.read(outcome.solution) for outcome in (carried.main, *others)]
    apart = np.abs(np.array([*between, *stated]) - np.array([*found[n:], *known]))
    error = float(apart.max())
    if not error <= TOO_FAR:
        return None
    return Sweep(asked.moves, grid, tuple(asked.members), percent, error, len(checks))


@dataclass(frozen=True, eq=False)
class _Asked:
    """What is solved."""

    moves: Moves
    grid: Grid
    economy: Economy
    deficits: str

    @property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """Each economy, and each group that is hit or acts as one -> its members."""
        alone = {code: (code,) for code in self.economy.countries}
        return alone | dict(self.moves.rule.as_one(self.economy))

    def stated(self, horizon: int) -> Place:
        """The threat as it was made."""
        moves = self.moves
        place = place_of(moves.enforcement, moves.rate)
        return Place(horizon, 0, float(np.log1p(moves.rate)), place)

    def solved(self, places: Sequence[Place]) -> Array:
        """(places, N) changes.

        Raises:
            ConvergenceError: one of them has no equilibrium.
        """
        done = ((place, self._policy(place)) for place in places)
        asked = {k: (place, policy) for k, (place, policy) in enumerate(done) if policy.items}
        found = np.zeros((len(places), len(self.members)))
        for chunk in _chunks(asked):
            for k, values in self._chunk({k: asked[k] for k in chunk}):
                found[k] = values
        return found

    def read(self, solution: Solution | None) -> Array:
        """(N,) changes.

        Raises:
            ConvergenceError: there is no equilibrium.
        """
        if solution is None or not solution.status.converged:
            raise ConvergenceError("no equilibrium")
        return np.array([together(solution, codes)[0] for codes in self.members.values()])

    def _policy(self, place: Place) -> Any:
        hit = self.grid.hits[place.hit]
        return self.moves.policy(self.economy, place.rate, place.enforcement, hit)

    def _chunk(self, asked: Mapping[int, tuple[Place, Any]]) -> Iterator[tuple[int, Array]]:
        """The number of each world and what it gives, solved together."""
        sets = [elasticities_for(self.economy, name) for name in self.grid.horizons]
        found = solve_many(
            self.economy,
            {k: policy for k, (_, policy) in asked.items()},
            elasticities={k: sets[place.horizon] for k, (place, _) in asked.items()},
            deficits=self.deficits,
            opec=regime_of(self.economy, self.moves.rule),
        )
        for k, solution in found.items():
            yield k, self.read(solution)


def _chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    left = iter(numbers)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
