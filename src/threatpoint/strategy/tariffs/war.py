"""Tariffs of a war: those of several sides of which each is the best reply to the others'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threatpoint.errors import ConvergenceError, PolicyError
from threatpoint.policy.scope import listed
from threatpoint.strategy.tariffs.optimal import SPREAD, bounds_of, require_seed
from threatpoint.strategy.tariffs.rates import free_rates
from threatpoint.strategy.tariffs.rounds import Rounds, starts
from threatpoint.strategy.tariffs.worlds import Worlds
from threatpoint.views import Tabled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.policy.scope import Selector
    from threatpoint.strategy.tariffs.points import NashPoint
    from threatpoint.strategy.tariffs.rates import Ways
    from threatpoint.words import Closure, Horizon
    from threatpoint.world.economy import Economy

CONCEPT = "Nash equilibrium in added tariffs, from best replies and Newton's steps"
DRAWN = 3
"""Drawn starts, besides no added tariff and the highest."""


@dataclass(frozen=True, eq=False)
class TariffWar(Tabled, view="threatpoint.strategy.views:WAR"):
    """Sides whose added tariffs are best replies to each other; USD bn a year.

    Attributes:
        sides: who, in the order of `rates` and `changes`.
        by: how rates of a side may differ.
        points: where all slopes vanish, as found: first those that are equilibria as tested, that
            reached from no added tariff before others.
        starts: start -> position of the point that it led to; None where it led to none.
        rounds: of replies to the first point.
        bounds: least and largest rate looked at.
        solves: worlds solved.
        note: as of `OptimalTariff`.
        horizon, deficits: what was asked.
        concept: what it is.
    """

    sides: tuple[str, ...]
    by: str
    points: tuple[NashPoint, ...]
    starts: Mapping[str, int | None]
    rounds: int
    bounds: tuple[float, float]
    solves: int
    note: str
    horizon: str
    deficits: str
    concept: str = CONCEPT

    @property
    def rates(self) -> tuple[float, ...]:
        """Of the first point: each side's rate, or its mean weighted by imports."""
        return self.points[0].means

    @property
    def changes(self) -> tuple[float, ...]:
        """Of the first point: real income of each side against no added tariffs."""
        return self.points[0].changes


def nash_tariffs(
    economy: Economy,
    *sides: Selector,
    sectors: Selector = "goods",
    by: Ways = "uniform",
    horizon: Horizon = "long",
    deficits: Closure = "fixed",
    bounds: tuple[float, float] = SPREAD,
    seed: int = 0,
) -> TariffWar:
    """Added tariffs of some sides on each other of which none gains by others (Ossa 2014).

    From several starts best replies lead near, Newton's steps on all first-order conditions at once
    lead there. Each point is then tested: every side's best reply is searched for again, from
    several starts, and must be what it has.

    Args: as `optimal_tariff`, for two sides or more, each on all others.

    Raises:
        PolicyError: unknown labels, fewer than two sides, a country on two.
        ConvergenceError: no start leads to an equilibrium; a rate at which there is none of trade.

    Example:
        >>> war = tp.nash_tariffs(tp.load_world(), "USA", "IND", horizon="short")
        >>> [round(100 * rate) for rate in war.rates], [change < 0 for change in war.changes]
        ([17, 5], [False, True])
        >>> len(war.points), war.points[0].mutual
        (1, True)
    """
    require_seed(seed)
    free = free_rates(economy, _each_on_the_others(sides), sectors, by)
    worlds = Worlds.of(free, horizon, deficits)
    game = Rounds(worlds, bounds_of(bounds, len(free)))
    points, led = game.search(starts(game.bounds, DRAWN, seed))
    if not points:
        raise ConvergenceError(f"tariffs that answer each other: none found; {game.lost}")
    rounds = points[0].rounds
    return TariffWar(
        free.sides, by, points, led, rounds, bounds, worlds.solves, worlds.note, horizon, deficits
    )


def _each_on_the_others(sides: Sequence[Selector]) -> list[tuple[Any, Any]]:
    """(side, all others).

    Raises:
        PolicyError: fewer than two.
    """
    read = [listed(side, "a side") for side in sides]
    if len(read) < 2:
        raise PolicyError("a tariff war needs two sides or more, as nash_tariffs(world, 'A', 'B')")
    return [(one, sum((x for x in read if x is not one), ())) for one in read]
