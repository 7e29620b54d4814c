"""The same problem from other points and under other labels, for the stress.

A restart may fail to converge, and may find another equilibrium where there are several; what it
reports must satisfy every equation in either case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium import Given
from threatpoint.errors import ThreatpointError
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from benchmarks.draw import Case
    from threatpoint.equilibrium import Solution

    Array = NDArray[np.float64]
    Order = NDArray[np.intp]

FAR, VERY_FAR = (0.3, 1.0, 3.0), (5.0, 10.0, 30.0)
"""Far starts: standard deviation of the shift of every log wage, price and expenditure."""


@dataclass(frozen=True, eq=False)
class Start:
    """A way to solve a case again: `case` from `start`, and how its countries were reordered."""

    name: str
    case: Case
    start: Solution | None
    countries: Order


def starts(case: Case, found: Solution, rng: Generator) -> Iterator[Start]:
    """From far away in every case; in some from very far, from a neighbouring policy, or relabelled
    in another unit of money.
    """
    same = np.arange(len(case.economy.countries))
    yield Start("far", case, shifted(found, rng, float(rng.choice(FAR))), same)
    if rng.random() < 0.2:  # most of these take all evaluations that the solver allows
        yield Start("very far", case, shifted(found, rng, float(rng.choice(VERY_FAR))), same)
    near = _neighbour(case) if rng.random() < 0.5 else None
    if near is not None:
        yield Start("neighbour", case, near, same)
    if not case.economy.markets and rng.random() < 0.5:
        countries, sectors = rng.permutation(same), rng.permutation(len(case.economy.sectors))
        scale = float(np.exp(rng.uniform(-12, 12)))
        yield Start("relabelled", relabelled(case, countries, sectors, scale), None, countries)


def shifted(found: Solution, rng: Generator, spread: float) -> Solution:
    """A solution whose wages, prices and expenditure lie elsewhere: only good to start from."""
    state = found._state

    def moved(x: Array) -> Array:
        return x + spread * rng.standard_normal(x.shape)

    away = replace(
        state,
        log_wage=moved(state.log_wage),
        log_price=moved(state.log_price),
        expenditure=state.expenditure * np.exp(moved(np.zeros_like(state.expenditure))),
    )
    return replace(found, _state=away)


def _neighbour(case: Case) -> Solution | None:
    """Half of the policy, without limits and regimes, under the same closure; None if unsolved."""
    w, tariff = case.wedges, case.economy.tariff
    half = Wedges(tariff + 0.5 * (w.tariff - tariff), 0.5 + 0.5 * w.survival, cost=0.5 * w.cost)
    try:
        return case.solve(wedges=half, given=None)
    except ThreatpointError:
        return None


def relabelled(case: Case, n: Order, s: Order, scale: float) -> Case:
    """The same problem with countries and sectors in another order, money in another unit."""
    e, v, w, u = case.economy, case.elasticities, case.wedges, case.given
    flow, use, cell = np.ix_(n, n, s), np.ix_(n, s, s), np.ix_(n, s)
    economy = Economy.from_arrays(
        [e.countries[k] for k in n],
        [e.sectors[k] for k in s],
        scale * e.trade[flow],
        scale * e.inputs[use],
        scale * e.value_added[cell],
        scale * e.final[cell],
        e.tariff[flow],
    )
    values = Elasticities(
        v.theta[s], v.phi[cell], v.sectoral("eta")[s], v.sectoral("epsilon")[s], v.rho
    )
    wedges = Wedges(
        w.tariff[flow],
        w.survival[flow],
        export_tax=w.export_tax[flow],
        cost=w.cost[flow],
        evading=w.evading[flow],
        evasion_cost=w.evasion_cost[flow],
        volume_limits=tuple(replace(x, cells=x.cells[flow]) for x in w.volume_limits),
    )
    if u is not None:
        pair, at = np.ix_(n, n), [int(j) for j in s].index(u.sector)
        u = Given(at, u.price[n], u.weight[pair], u.cost[pair], u.words)
    return replace(case, economy=economy, elasticities=values, wedges=wedges, given=u)


def apart(found: Solution, again: Solution, countries: Order) -> float:
    """The largest difference of wages, price indices and real income, in logs."""
    pairs = (
        (found.wages, again.wages),
        (found.price_index, again.price_index),
        (1 + found.welfare.percent / 100, 1 + again.welfare.percent / 100),
    )
    with np.errstate(all="ignore"):
        gaps = [np.abs(np.log(a[countries]) - np.log(b)).max() for a, b in pairs]
    return float(np.nan_to_num(max(gaps), nan=np.inf))
