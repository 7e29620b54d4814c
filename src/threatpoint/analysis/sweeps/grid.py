"""Grid: at which rates, enforcements, targets and horizons a threat is solved."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from threatpoint.analysis.sweeps.points import (
    ALONE,
    between,
    enforced_at,
    place_of,
    places,
    weights,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.analysis.sweeps.moves import Moves
    from threatpoint.array_types import Array
    from threatpoint.world.economy import Economy

RATES, MORE_RATES = 6, 9
"""Rates that are solved, and where they go beyond 100 %."""
CUTS, ENFORCED, ENFORCED_OF_FEW = 7, 3, 4
"""Enforcements: of a cut; at each rate; and where few combinations of targets are solved."""
FEW_COMBINATIONS = 3
SHARPER, SHARP_CUTS, SHARP_RATES = 7, 9, 8
"""Enforcements at each rate and of a cut, and rates, where these were too few."""
TAXED, CUT = (1.0, 6.0), (0.0, 4.0)
"""Exponents of the places of enforcement, first and where these were too few; see `points`."""
MOST_CHECKS = 24
"""Checks of a horizon; of more, every other one is made."""
MOST = 500 * 32 * 32 * 15
"""Solves times the flows of a world: on the world that is shipped, 500 solves take some five
seconds. Of a larger one less is moved."""


class Place(NamedTuple):
    """One world: horizon and targets by their number, log(1 + rate), enforcement.

    NaN stays as stated.
    """

    horizon: int
    hit: int
    u: float
    enforcement: float

    @property
    def rate(self) -> float:
        """NaN where there is none."""
        return math.expm1(self.u)


@dataclass(frozen=True, eq=False)
class Grid:
    """The worlds of a sweep.

    Attributes:
        horizons: (H) that of the page first.
        hits: (C) targets that are hit together, all of them first.
        us: (R,) logs of one plus the rates; NaN where no rate moves.
        enforced: (E,) places of the enforcement on [0, 1]; NaN where it does not move.
        exponent: of these places.
    """

    horizons: tuple[str, ...]
    hits: tuple[tuple[str, ...], ...]
    us: Array
    enforced: Array
    exponent: float

    @classmethod
    def of(cls, moves: Moves, horizons: Sequence[str], every: bool, sharp: bool = False) -> Grid:
        """All that can be moved at some horizons; `every` combination of targets, or all."""
        hits = tuple(moves.coalitions(every))
        enforced = _enforced(moves, len(hits), sharp)
        exponent = (CUT if math.isnan(moves.rate) else TAXED)[sharp]
        return cls(tuple(horizons), hits, _rates(moves, sharp), enforced, exponent)

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(H, C, R, E)."""
        return len(self.horizons), len(self.hits), len(self.us), len(self.enforced)

    @property
    def places(self) -> Iterator[Place]:
        """In the order of an array of `shape`."""
        for h, c, u, e in product(range(self.shape[0]), range(self.shape[1]), *self._moved):
            yield self._at(h, c, u, e)

    @property
    def checks(self) -> list[Place]:
        """Worlds in between: of all targets at each horizon, then of each other combination."""
        us, es = (between(np.array(side)).tolist() for side in self._moved)
        if max(map(len, self._moved)) == 1:
            return []
        every = [(i, k) for i in range(len(us)) for k in range(len(es))]
        if len(every) > MOST_CHECKS:  # a chessboard of them
            every = [(i, k) for i, k in every if (i + k) % 2 == 0]
        found = [self._at(h, 0, us[i], es[k]) for h in range(self.shape[0]) for i, k in every]
        others = range(1, self.shape[1])
        return found + [self._at(0, c, us[len(us) // 2], es[len(es) // 2]) for c in others]

    def read(self, percent: Array, at: Place) -> Array:
        """(N,) the polynomial through (H, C, R, E, N) numbers on the grid, at a place."""
        where = place_of(at.enforcement, at.rate, self.exponent)
        of_rates, of_shares = weights(self.us, at.u), weights(self.enforced, where)
        return np.einsum("r,e,ren->n", of_rates, of_shares, percent[at.horizon, at.hit])

    def _at(self, horizon: int, hit: int, u: float, place: float) -> Place:
        return Place(horizon, hit, u, enforced_at(place, math.expm1(u), self.exponent))

    @property
    def _moved(self) -> tuple[list[float], list[float]]:
        return self.us.tolist(), self.enforced.tolist()


def grids(moves: Moves, horizons: Sequence[str], economy: Economy) -> Iterator[Grid]:
    """Grids that are solved soon and move something, the one with fewest points first."""
    for sharp in (False, True):
        grid = _largest(moves, horizons, economy, sharp)
        if grid is not None and max(grid.shape[1:]) > 1:
            yield grid


def _largest(moves: Moves, horizons: Sequence[str], economy: Economy, sharp: bool) -> Grid | None:
    """All horizons and combinations of targets; else the first horizon; else all together."""
    for names, every in ((horizons, True), (horizons[:1], True), (horizons[:1], False)):
        grid = Grid.of(moves, names, every, sharp)
        if _worlds(grid) * economy.trade.size <= MOST:
            return grid
    return None


def _worlds(grid: Grid) -> int:
    """About how many worlds are solved: where nothing is paid, or enforced, none is."""
    h, c, r, e = grid.shape
    return h * c * max(r - 1, 1) * max(e - 1, 1) + len(grid.checks)


def _rates(moves: Moves, sharp: bool) -> Array:
    if math.isnan(moves.rate):
        return np.full(1, math.nan)
    low, high = (math.log1p(end) for end in moves.rates)
    few = SHARP_RATES if sharp else RATES
    return low + (high - low) * places(few if high - low < 0.7 else MORE_RATES)


def _enforced(moves: Moves, combinations: int, sharp: bool) -> Array:
    if math.isnan(moves.enforcement):
        return math.nan * ALONE
    if math.isnan(moves.rate):
        return places(SHARP_CUTS if sharp else CUTS)
    few = ENFORCED_OF_FEW if combinations <= FEW_COMBINATIONS else ENFORCED
    return places(SHARPER if sharp else few)
