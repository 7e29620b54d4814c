"""One small case for each way a wrong number once came out: solved and right, or refused.

Each is checked against `benchmarks.residuals`, which is written apart from the solver.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.residuals import BOUND, largest, residuals
from benchmarks.restarts import shifted

from tests.economies import random_world
from threatpoint.equilibrium import solve
from threatpoint.errors import EquilibriumError
from threatpoint.oil.regime import oil_supply
from threatpoint.policy import ExportTax, PriceCap, TradeCost
from threatpoint.policy.limits import PriceLimit
from threatpoint.policy.wedges import Wedges
from threatpoint.world import load_world
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities


def right(found):
    """Every market and account of a solution is right; returns it."""
    label, worst, place = largest(residuals(found))
    assert worst <= BOUND, f"{label} {worst:.1e} at {place}"
    return found


def right_or_refused(call):
    """A typed refusal, or a solution in which everything is right."""
    try:
        found = call()
    except EquilibriumError:
        return
    right(found)


def pair(inputs=0.5, home=0.8, size=1.0):
    """Two countries, one sector."""
    flows = np.array([[size * home, 1 - home], [1 - home, home]])[:, :, None]
    made, bought = flows.sum(axis=0), flows.sum(axis=1)
    use = inputs * made
    return Economy.from_arrays(
        ["A", "B"], ["G"], flows, use[:, None, :], made - use, bought - use, metadata={}
    )


def stiff(seed, n, s, theta, phi, eta, epsilon, rho):
    """A small world in which nothing replaces anything: its wages may run to 0."""
    e = random_world(seed, n, s, zeros=False, balanced=True).economy
    nests = {"eta": eta, "epsilon": epsilon, "rho": rho}
    return e, Elasticities.of(e.countries, e.sectors, theta, phi, **nests)


# -- a number that is none in the redundant markets -----------------------------------------------


@pytest.mark.parametrize("inputs", [0.3, 0.6, 0.85])
@pytest.mark.parametrize("left", [0.1, 0.01])
def test_a_cut_off_in_a_stiff_pair(inputs, left):
    e = pair(inputs, size=1.5)
    values = Elasticities.of(["A", "B"], ["G"], 0.5, 0.3, eta=0.1, epsilon=0.1, rho=0.1)
    survival = np.where(np.eye(2, dtype=bool)[:, :, None], 1.0, left)
    shock = Wedges(e.tariff, survival)
    right_or_refused(lambda: solve(e, shock, elasticities=values, deficits="balanced"))


@pytest.mark.parametrize("spread", [1.0, 3.0, 10.0, 30.0])
@pytest.mark.parametrize("seed", range(6))
def test_from_far_away_with_no_policy(seed, spread):
    e, values = stiff(seed, 2 + seed % 3, 1 + seed % 2, 0.45, 0.85, 0.03, 0.03, 0.03)
    here = right(solve(e, elasticities=values))
    away = shifted(here, np.random.default_rng(seed), spread)
    right_or_refused(lambda: solve(e, elasticities=values, start=away))


# -- real costs -----------------------------------------------------------------------------------


def test_a_subsidy_that_offsets_a_cost_leaves_the_cost():
    """The sum of the charges is exactly 0 on every flow, and what is burnt is not."""
    world = load_world()
    subsidy = ExportTax("RUS", "WORLD", "OILGAS", -0.1)
    exact = right(solve(world, [subsidy, TradeCost("RUS", "WORLD", "OILGAS", 0.1)]))
    near = right(solve(world, [subsidy, TradeCost("RUS", "WORLD", "OILGAS", 0.1 + 1e-7)]))
    np.testing.assert_allclose(exact.welfare.percent, near.welfare.percent, atol=1e-5)
    assert exact.waste[world.country("RUS")] > 0


def test_nobody_burns_more_than_the_whole_income():
    world = load_world()
    right_or_refused(lambda: solve(world, [TradeCost("ARE", "WORLD", "all", 9.0)]))


# -- price caps -----------------------------------------------------------------------------------


@pytest.mark.parametrize("served", [0.0, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("cap", [0.05, 0.5, 1.0, 1.03, 3.0])
@pytest.mark.parametrize("part", [0.3, 1.0])
def test_a_cap_costs_something_only_where_it_binds(cap, served, part):
    e = random_world(3, 3, 2, zeros=False).economy
    values = Elasticities.of(e.countries, e.sectors, 3.0, 0.3)
    cells = np.zeros_like(e.trade, dtype=bool)
    cells[[0, 2], 1, 0] = True
    limit = PriceLimit(cells, cap, served, 0.1, np.where(cells, part, 0.0))
    shock = replace(Wedges.none(e), price_limits=(limit,))
    try:
        found = solve(e, shock, elasticities=values)
    except EquilibriumError:
        return
    right(found)
    if cap >= 1:
        np.testing.assert_allclose(found.welfare.percent, 0, atol=1e-9)


def test_a_cap_and_a_closed_market_on_one_flow():
    """Buyers that cannot take more, under a cap: neither bound hides the other."""
    world = load_world()
    cap = PriceCap("RUS", "WORLD", "crude", 20.0)
    right(solve(world, [cap], horizon="short", supply=oil_supply(world, "hold")))
