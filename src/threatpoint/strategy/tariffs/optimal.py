"""The tariffs that are best for a country if nobody answers them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from numbers import Integral
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import PolicyError, shown
from threatpoint.policy.numbers import number
from threatpoint.strategy.rate_curve import HIGHEST
from threatpoint.strategy.tariffs.climb import Bounds, Step
from threatpoint.strategy.tariffs.found import SecondOrder, SetRate, second_order, set_rates
from threatpoint.strategy.tariffs.rates import free_rates
from threatpoint.strategy.tariffs.reply import NONE, ONE, Reply, best
from threatpoint.strategy.tariffs.worlds import Worlds
from threatpoint.views import Tabled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threatpoint.array_types import Array
    from threatpoint.policy.scope import Selector
    from threatpoint.strategy.tariffs.rates import Ways
    from threatpoint.strategy.tariffs.vanish import Still
    from threatpoint.words import Closure, Horizon
    from threatpoint.world.economy import Economy

LIMITS = (-0.99, 100.0)
"""Bounds that may be asked for: -99 % to 10,000 %."""
SPREAD = (0.0, HIGHEST)
"""Rates looked at where nobody says otherwise."""


@dataclass(frozen=True, eq=False)
class OptimalTariff(Tabled, view="threatpoint.strategy.views:OPTIMAL"):
    """The added tariffs that are best for an importer, nobody answering; USD bn a year.

    Attributes:
        importer: who sets them.
        by: how they may differ, a key of `WAYS`.
        rates: each of them, with its bound and slope.
        rate: the rate, or their mean weighted by imports of the baseline; 0 where none pays.
        gain: of the importer at them, against no added tariff.
        gone: the one rate at which the gain is gone; inf where it is above the highest; NaN where
            rates differ.
        loss: of those they hit, at them.
        changes: economy -> change of its real income.
        second_order: whether it is a maximum.
        bounds: least and largest rate looked at: the largest is less than what was asked where
            there is no equilibrium beyond it.
        lost: why there is none beyond it; "" where there is.
        path: from no added tariff up.
        starts: start -> the gain to which the way up from it led.
        solves: worlds solved.
        note: how crude is traded, where not in barrels; "" where that makes no difference.
        horizon, deficits: what was asked.
    """

    importer: str
    by: str
    rates: tuple[SetRate, ...]
    rate: float
    gain: float
    gone: float
    loss: float
    changes: Mapping[str, float]
    second_order: SecondOrder
    bounds: tuple[float, float]
    lost: str
    path: tuple[Step, ...]
    starts: Mapping[str, float]
    solves: int
    note: str
    horizon: str
    deficits: str

    @property
    def slope(self) -> float:
        """The largest derivative to a rate that no bound holds, USD bn a point; 0 without any."""
        return max((abs(rate.slope) for rate in self.rates if not rate.bound), default=0.0)


def optimal_tariff(
    economy: Economy,
    importer: Selector,
    exporters: Selector,
    *,
    sectors: Selector = "goods",
    by: Ways = "uniform",
    horizon: Horizon = "long",
    deficits: Closure = "fixed",
    bounds: tuple[float, float] = SPREAD,
    seed: int = 0,
) -> OptimalTariff:
    """The tariffs, added to those in force, that are best for a country if nobody answers.

    One rate on all goods of all exporters, or rates that differ by sector, partner or both (Johnson
    1953; sizes: Ossa 2014). One rate is searched for on a curve over all rates within the bounds;
    several by ways up from no tariff, from that one rate and from drawn rates. Then Newton's steps
    lead to where the slopes vanish.

    Args:
        economy: the baseline.
        importer: who sets them; of several the sum of real incomes counts.
        exporters: on whose goods; "WORLD" is everybody else. A group is one partner.
        sectors: on which of their goods.
        by: "uniform", "sector", "partner" or "both": what the rates may differ by.
        horizon: of the elasticities.
        deficits: closure.
        bounds: least and largest added rate, shares of 1; 0 lies between them.
        seed: of the drawn start.

    Raises:
        PolicyError: unknown labels, trade that does not exist, a country on both sides, bounds that
            make no sense, an unknown closure, a seed that is no whole number from 0 on.
        WorldError: an unknown horizon.
        ConvergenceError: no equilibrium even at low rates.

    Example:
        >>> best = tp.optimal_tariff(tp.load_world(), "USA", "IND", horizon="short")
        >>> round(100 * best.rate), round(best.gain, 1), round(100 * best.gone)
        (17, 2.4, 41)
        >>> best.second_order.maximum
        True
    """
    require_seed(seed)
    free = free_rates(economy, [(importer, exporters)], sectors, by)
    worlds = Worlds.of(free, horizon, deficits)
    limits = bounds_of(bounds, len(free))
    reply = Reply(worlds, 0, np.zeros(len(free)), limits)
    curve = reply.curve()
    limits = Bounds(limits.low, limits.high.clip(max=curve.ends[1]))
    reply = replace(reply, bounds=limits)
    one = reply.top(curve)
    first = _first(reply, one)
    ways = {ONE: first}
    if len(free) > 1:
        ways = reply.ways({NONE: first[0].u, ONE: first[-1].u, "drawn rates": drawn(limits, seed)})
    way = best(ways)
    still = reply.still(way[-1].u)
    end = worlds.solved([still.u])[0]
    return OptimalTariff(
        importer=free.sides[0],
        by=by,
        rates=set_rates(free, still.u, still.slope, limits),
        rate=free.mean(still.u),
        gain=worlds.incomes_of(end)[0] if still.u.any() else 0.0,
        gone=curve.gone_after(one) if len(free) == 1 else math.nan,
        loss=-free.in_usd_bn(end.welfare.usd[free.hit].sum()) if still.u.any() else 0.0,
        changes=worlds.by_country(end),
        second_order=second_order(still, reply.own, limits),
        bounds=looked_at(limits),
        lost=worlds.lost,
        path=_led_on(reply, first, way, still),
        starts={name: steps[-1].value for name, steps in ways.items()},
        solves=worlds.solves,
        note=worlds.note,
        horizon=horizon,
        deficits=deficits,
    )


def bounds_of(bounds: Any, count: int) -> Bounds:
    """The bounds of so many rates, in log(1 + rate).

    Raises:
        PolicyError: not two numbers within -99 % and 10,000 % with 0 between them.
    """
    try:
        low, high = bounds
    except (TypeError, ValueError):
        raise PolicyError("bounds: give the least and the largest rate, as (0, 1.5)") from None
    for rate in (low, high):
        number("bounds", rate, "0.5")
    if not LIMITS[0] <= low <= 0 <= high <= LIMITS[1] or low == high:
        text = f"bounds ({low:g}, {high:g}) must hold 0, no added tariff, and lie within"
        raise PolicyError(f"{text} {LIMITS[0]:g} and {LIMITS[1]:g}; rates are shares of 1")
    return Bounds(np.full(count, math.log1p(low)), np.full(count, math.log1p(high)))


def require_seed(seed: Any) -> None:
    """Refuse a seed that is no whole number from 0 on; raises `PolicyError`."""
    if isinstance(seed, bool) or not isinstance(seed, Integral) or int(seed) < 0:
        raise PolicyError(f"seed: {shown(seed)} is not a whole number from 0 on")


def looked_at(bounds: Bounds) -> tuple[float, float]:
    """Least and largest rate, shares of 1."""
    low, high = (math.expm1(float(end[0])) for end in bounds.ends)
    return low, high


def drawn(bounds: Bounds, seed: int) -> Array:
    """Rates drawn between the bounds, uniform in log(1 + rate)."""
    parts = np.random.default_rng(seed).random(len(bounds.low))
    return bounds.low + parts * (bounds.high - bounds.low)


def _first(reply: Reply, one: float) -> tuple[Step, ...]:
    """From no added tariff to the best one rate, which the curve of rates knows."""
    none = np.zeros(len(reply.own))
    path = [Step(none, *reply.slopes(none), NONE)]
    if one:
        u = np.full(len(none), math.log1p(one))
        path.append(Step(u, *reply.slopes(u), ONE))
    return tuple(path)


def _led_on(
    reply: Reply, first: tuple[Step, ...], way: tuple[Step, ...], still: Still
) -> tuple[Step, ...]:
    """The whole path: from no added tariff, the way up that ended highest, Newton's steps."""
    before = first[:1] if way[0].u.any() else ()
    incomes = reply.worlds.incomes([reply.point(u) for u, _ in still.way]) if still.way else ()
    led = (
        Step(u, float(income[reply.side]), slope, "Newton")
        for (u, slope), income in zip(still.way, incomes, strict=True)
    )
    return (*before, *way, *led)
