"""Tariffs for their own sake: the one that is best for a country, and those of a tariff war."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threatpoint.errors import ConvergenceError
from threatpoint.oil.solve import solve_many
from threatpoint.policy import Policy, Rule, Tariff
from threatpoint.policy.scope import TARGET, listed, member_codes
from threatpoint.strategy.motive import TOGETHER, motives
from threatpoint.strategy.rate_curve import RateCurve, rates
from threatpoint.strategy.threat import pose
from threatpoint.strategy.worlds import in_usd_bn

if TYPE_CHECKING:
    from threatpoint.policy.scope import Selector
    from threatpoint.strategy.motive import Motive
    from threatpoint.world.economy import Economy

SMALL = 1e-4
"""Rates of a tariff war that move less than this have settled: a hundredth of a point."""
ROUNDS = 20


def optimal_tariff(
    economy: Economy,
    importer: Selector,
    exporters: Selector,
    *,
    sectors: Selector = "goods",
    horizon: str = "long",
    deficits: str = "fixed",
) -> Motive:
    """The tariff, added to those of the table, that is best for a country if nobody answers.

    One rate on all goods of all exporters (Johnson 1953; sizes: Ossa 2014).

    Args:
        economy: the baseline.
        importer: who sets it; of several the sum of real incomes counts.
        exporters: on whose goods.
        sectors: on which of their goods.
        horizon: of the elasticities.
        deficits: closure.

    Raises:
        PolicyError: unknown labels, trade that does not exist, no equilibrium at some rate.

    Example:
        >>> best = tp.optimal_tariff(tp.load_world(), "USA", "IND", horizon="short")
        >>> round(100 * best.rate), round(best.gain, 1), round(100 * best.gone)
        (17, 2.4, 41)
    """
    duty = Tariff(importer, TARGET, sectors, rates()[1], "add")
    rule = Rule(importer, None, duty, named=tuple(listed(exporters, "exporters")))
    found = motives(pose(economy, rule, horizon=horizon, deficits=deficits))
    return found.get(TOGETHER) or next(iter(found.values()))


@dataclass(frozen=True)
class TariffWar:
    """Two sides whose added tariffs are best replies to each other.

    Attributes:
        rates: the added tariff of the one on the other, and back.
        changes: of the real income of both against no added tariffs, USD bn a year.
        rounds: of replies until neither moves.
        concept: what it is.
    """

    rates: tuple[float, float]
    changes: tuple[float, float]
    rounds: int
    concept: str = "Nash equilibrium in one added tariff a side, best replies from no added tariff"


def nash_tariffs(
    economy: Economy,
    one: Selector,
    other: Selector,
    *,
    sectors: Selector = "goods",
    horizon: str = "long",
    deficits: str = "fixed",
) -> TariffWar:
    """Added tariffs of two sides on each other of which neither gains by another (Ossa 2014).

    Args: as `optimal_tariff`, for two sides.

    Raises:
        PolicyError: unknown labels.
        ConvergenceError: the replies do not settle; a rate at which there is no equilibrium.

    Example:
        >>> war = tp.nash_tariffs(tp.load_world(), "USA", "IND", horizon="short")
        >>> [round(100 * rate) for rate in war.rates], [change < 0 for change in war.changes]
        ([17, 5], [False, True])
    """
    war = _War(economy, (one, other), sectors, {"horizon": horizon, "deficits": deficits})
    held = (0.0, 0.0)
    for done in range(1, ROUNDS + 1):
        replies = war.replies(held)
        settled = max(abs(new - old) for new, old in zip(replies, held, strict=True)) < SMALL
        held = replies
        if settled:
            return TariffWar(held, war.changes(held), done)
    raise ConvergenceError(f"tariffs that answer each other do not settle in {ROUNDS} rounds")


@dataclass(frozen=True)
class _War:
    """The worlds of two sides' tariffs."""

    economy: Economy
    sides: tuple[Selector, Selector]
    sectors: Selector
    how: dict[str, Any]

    def replies(self, held: tuple[float, float]) -> tuple[float, float]:
        """The best reply of each side to the other's rate."""
        tried = [_with_rate(held, side, rate) for side in (0, 1) for rate in rates()]
        paid = self._paid(tried)
        half = len(rates())
        own = [pair[0] for pair in paid[:half]], [pair[1] for pair in paid[half:]]
        return RateCurve.through(own[0]).best, RateCurve.through(own[1]).best

    def changes(self, held: tuple[float, float]) -> tuple[float, float]:
        """What both get at two rates."""
        return self._paid([held])[0]

    def _paid(self, tried: list[tuple[float, float]]) -> list[tuple[float, float]]:
        found = solve_many(self.economy, dict(enumerate(map(self._policy, tried))), **self.how)
        lost = next((each.status.message for each in found.values() if each.status.message), "")
        if lost:
            raise ConvergenceError(f"tariffs of two sides on each other: {lost}")
        return [(self._income(0, s), self._income(1, s)) for s in found.values()]

    def _policy(self, pair: tuple[float, float]) -> Policy:
        one, other = self.sides
        both = ((one, other, pair[0]), (other, one, pair[1]))
        duties = tuple(Tariff(n, i, self.sectors, r, "add") for n, i, r in both if r > 0)
        return Policy(duties, "tariffs on each other")

    def _income(self, side: int, solution: Any) -> float:
        codes = member_codes(self.economy, listed(self.sides[side], "side"), "a side")
        at = [self.economy.country(code) for code in codes]
        return in_usd_bn(float(solution.welfare.usd[at].sum()), self.economy)


def _with_rate(pair: tuple[float, float], side: int, rate: float) -> tuple[float, float]:
    """The pair with one side's rate replaced."""
    return (rate, pair[1]) if side == 0 else (pair[0], rate)
