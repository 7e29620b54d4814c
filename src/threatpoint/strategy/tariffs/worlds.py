"""What sides get at some rates, and how much more by a little more of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint import equilibrium
from threatpoint.equilibrium.adjoint.outcome import Outcome
from threatpoint.equilibrium.adjoint.sensitivities import sensitivities
from threatpoint.equilibrium.horizon import elasticities_for
from threatpoint.errors import ConvergenceError, PolicyError, require_label
from threatpoint.oil import solve as oil
from threatpoint.oil.setting import setting_of
from threatpoint.oil.solve import DEFAULT
from threatpoint.words import CLOSURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.array_types import Array, Positions
    from threatpoint.equilibrium import Solution
    from threatpoint.oil.setting import Setting
    from threatpoint.policy.wedges import Wedges
    from threatpoint.strategy.tariffs.climb import Bounds
    from threatpoint.strategy.tariffs.rates import FreeRates

AS_OTHERS = (
    "crude trades as any other good here: its market in barrels cannot be solved where most of "
    "what other sellers sell is taxed, too"
)
TOLERANCE = 1e-12
"""Of a solve; slopes are differences of its answers where the market of crude moves."""
APART, APART_IN_BARRELS = 1e-4, 3e-3
"""In log(1 + rate), how far slopes, and incomes, are apart for second derivatives."""
STEP = 2e-3
"""In log(1 + rate), of a central difference of incomes: truncated by a millionth, and so noisy."""


@dataclass(eq=False)
class Worlds:
    """The worlds of free rates.

    Attributes:
        free: the rates.
        how: horizon and closure, as `solve` takes them.
        solves: how many worlds were solved, all together.
        lost: why the last of those without an equilibrium had none; "" where all had one.
    """

    free: FreeRates
    how: dict[str, Any]
    solves: int = 0
    lost: str = ""
    _last: Solution | None = field(default=None, repr=False)

    @classmethod
    def of(cls, free: FreeRates, horizon: str, deficits: str) -> Worlds:
        """The same, horizon and closure checked before anything is solved.

        Raises:
            PolicyError: an unknown closure.
            WorldError: an unknown horizon.
        """
        require_label("deficit closure", deficits, CLOSURES, PolicyError)
        elasticities_for(free.economy, horizon)
        return cls(free, {"horizon": horizon, "deficits": deficits})

    def solved(self, points: Sequence[Array]) -> list[Solution]:
        """The worlds of (K,) logs of one plus the rates, together.

        Raises:
            ConvergenceError: one of them has no equilibrium.
        """
        found = self._each(points)
        for u, one in zip(points, found, strict=True):
            if one.status.message:
                raise ConvergenceError(self._lost(u, one), one.status)
        self._last = found[0]
        return found

    def tried(self, points: Sequence[Array]) -> list[list[float] | None]:
        """(sides,) changes of real income at each point; None where there is no equilibrium."""
        found = self._each(points)
        for u, one in zip(points, found, strict=True):
            if one.status.message:
                self.lost = self._lost(u, one)
        return [None if one.status.message else self.incomes_of(one) for one in found]

    def _lost(self, u: Array, one: Solution) -> str:
        most = 100 * float(np.expm1(u).max())
        return f"no equilibrium at added tariffs of up to {most:.0f} %: {one.status.message}"

    def _each(self, points: Sequence[Array]) -> list[Solution]:
        """The same, converged or not; one alone starts from the last that was solved."""
        self.solves += len(points)
        asked = [self.free.wedges(u) for u in points]
        how: dict[str, Any] = {"tolerance": TOLERANCE, **self.how}
        if self.in_barrels:  # in all worlds, so that they differ by the rates alone
            how["opec"] = DEFAULT
        room: Any = oil if self.in_barrels else equilibrium
        if len(asked) == 1:
            start = {"start": self._last, "throw": False}
            return [room.solve(self.free.economy, asked[0], **start, **how)]
        same = dict(enumerate(asked))
        return list(room.solve_many(self.free.economy, same, starts=self._last, **how).values())

    def incomes(self, points: Sequence[Array]) -> Array:
        """(points, sides) changes of real income against no added tariffs, USD bn a year."""
        return np.array([self.incomes_of(one) for one in self.solved(points)])

    def incomes_of(self, solution: Solution) -> list[float]:
        """The same of one world, (sides,)."""
        usd = solution.welfare.usd
        return [self.free.in_usd_bn(usd[at].sum()) for at in self.free.members]

    def by_country(self, solution: Solution) -> dict[str, float]:
        """Economy -> the change of its real income, USD bn a year."""
        usd = map(self.free.in_usd_bn, solution.welfare.usd)
        return dict(zip(self.free.economy.countries, usd, strict=True))

    def slopes(self, points: Sequence[Array], rates: Positions) -> tuple[Array, Array]:
        """(points, sides) changes, and what the side of each of some rates gets by more of it.

        The second is (points, rates): d change / du.
        """
        if self.in_barrels:
            return self.differences(points, rates)
        found = self.solved(points)
        slopes = [
            self._adjoint(one, rates) * np.exp(u[rates])
            for one, u in zip(found, points, strict=True)
        ]
        return np.array([self.incomes_of(one) for one in found]), np.array(slopes)

    def _adjoint(self, solution: Solution, rates: Positions) -> Array:
        """(rates,) d income of its side / d rate, by one adjoint solve a side."""
        whose, found = self.free.whose[rates], np.empty(len(rates))
        sides = [int(side) for side in np.unique(whose)]
        outcomes = [Outcome("real_income", self.free.codes(side)) for side in sides]
        for side, one in zip(sides, sensitivities(solution, outcomes), strict=True):
            own = whose == side
            found[own] = self.free.summed(one.tariff)[rates[own]]
        return found * self.free.in_usd_bn(1.0)

    def differences(self, points: Sequence[Array], rates: Positions) -> tuple[Array, Array]:
        """The same by central differences: two worlds a rate; one where the other has no answer."""
        steps, k = STEP * np.eye(len(self.free))[rates], len(rates)
        tried = [at for u in points for at in (u, *(u + steps), *(u - steps))]
        found = np.array([one or self._none for one in self.tried(tried)])
        found = found.reshape(len(points), 1 + 2 * k, -1)
        here, up, down = found[:, :1], found[:, 1 : 1 + k], found[:, 1 + k :]
        if np.isnan(here).any() or (np.isnan(up) & np.isnan(down)).any():
            raise ConvergenceError(self.lost)
        one_sided = np.where(np.isnan(up), (here - down) / STEP, (up - here) / STEP)
        lost = np.isnan(up) | np.isnan(down)
        slopes = np.where(lost, one_sided, (up - down) / (2 * STEP))
        return found[:, 0], slopes[:, np.arange(k), self.free.whose[rates]]

    @property
    def _none(self) -> list[float]:
        return [np.nan] * len(self.free.sides)

    @cached_property
    def in_barrels(self) -> bool:
        """Whether the rates move the market of crude, and it can be solved under them.

        Slopes by one adjoint solve would hold that market.
        """
        return self._market is not None and self._market.touched(self._all)

    @property
    def note(self) -> str:
        """How crude is traded, where its market cannot be solved under the rates."""
        return AS_OTHERS if self._market is not None and self._market.beyond(self._all) else ""

    @property
    def _market(self) -> Setting | None:
        return setting_of(self.free.economy)

    @property
    def _all(self) -> Wedges:
        """All rates above 0."""
        return self.free.wedges(np.ones(len(self.free)))

    def seconds(self, u: Array, slope: Array, rates: Positions, bounds: Bounds) -> Array:
        """(rates, rates) derivatives of the slopes [of, to] at a point, within the bounds."""
        apart = APART_IN_BARRELS if self.in_barrels else APART
        steps = np.where(u + apart > bounds.high, -apart, apart)[rates]
        moves = np.eye(len(u))[rates] * steps[:, None]
        if self.in_barrels:
            return self._second_differences(u, moves, rates) / np.outer(steps, steps)
        return ((self.slopes([*(u + moves)], rates)[1] - slope) / steps[:, None]).T

    def _second_differences(self, u: Array, moves: Array, rates: Positions) -> Array:
        """Of incomes, each of the side that sets the rate of the row."""
        first, second = np.triu_indices(len(rates))
        tried = [u, *(u + moves), *(u + moves[first] + moves[second])]
        found = self.incomes(tried)[:, self.free.whose[rates]]
        one, both = found[1 : 1 + len(rates)] - found[0], found[1 + len(rates) :] - found[0]
        rows = np.empty((len(rates), len(rates), len(rates)))
        rows[first, second] = rows[second, first] = both - one[first] - one[second]
        return np.array([rows[k, :, k] for k in range(len(rates))])
