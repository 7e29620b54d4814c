"""What sides get at some rates, and how much more by a little more of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.adjoint.outcome import Outcome
from threatpoint.equilibrium.adjoint.sensitivities import sensitivities
from threatpoint.errors import ConvergenceError
from threatpoint.oil.setting import setting_of
from threatpoint.oil.solve import DEFAULT, solve, solve_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.array_types import Array, Positions
    from threatpoint.equilibrium import Solution
    from threatpoint.strategy.tariffs.rates import FreeRates

TOLERANCE = 1e-12
"""Of a solve; slopes are differences of its answers where the market of crude moves."""
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
        if len(asked) == 1:
            return [solve(self.free.economy, asked[0], start=self._last, throw=False, **how)]
        same = dict(enumerate(asked))
        return list(solve_many(self.free.economy, same, starts=self._last, **how).values())

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
        """Whether the rates move the market of crude, which slopes by one adjoint solve hold."""
        market = setting_of(self.free.economy)
        return market is not None and market.touched(self.free.wedges(np.ones(len(self.free))))

    @property
    def apart(self) -> float:
        """In log(1 + rate), how far apart slopes are taken for their own derivatives."""
        return 1e-2 if self.in_barrels else 1e-4
