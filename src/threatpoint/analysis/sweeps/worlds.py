"""Worlds: a threat solved where its sweep asks for it, so many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.sweeps.grid import Grid, Place
from threatpoint.analysis.sweeps.moves import Moves
from threatpoint.equilibrium.horizon import elasticities_for
from threatpoint.equilibrium.results import together
from threatpoint.errors import ConvergenceError
from threatpoint.oil.solve import solve_many
from threatpoint.strategy.regime import regime_of

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium import Solution
    from threatpoint.policy import Policy
    from threatpoint.world.economy import Economy

CHUNK = 64
"""Worlds that are in memory at once."""


@dataclass(frozen=True, eq=False)
class Worlds:
    """Worlds of a threat.

    Attributes:
        moves, grid: what is done, and where.
        economy: the baseline.
        deficits: closure.
    """

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
        return Place(horizon, 0, float(np.log1p(self.moves.rate)), self.moves.enforcement)

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

    def _policy(self, place: Place) -> Policy:
        hit = self.grid.hits[place.hit]
        return self.moves.policy(self.economy, place.rate, place.enforcement, hit)

    def _chunk(self, asked: Mapping[int, tuple[Place, Policy]]) -> Iterator[tuple[int, Array]]:
        """The number of each world and what it gives, solved together."""
        sets = [elasticities_for(self.economy, name) for name in self.grid.horizons]
        found = solve_many(
            self.economy,
            {k: policy for k, (_, policy) in asked.items()},
            elasticities={k: sets[place.horizon] for k, (place, _) in asked.items()},
            deficits=self.deficits,
            opec=regime_of(self.economy, self.moves.rule),
        )
        for k, solution in zip(asked, found.values(), strict=True):
            yield k, self.read(solution)


def _chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    left = iter(numbers)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
