"""The tariffs of a day: what is reported is the action's alone, against the world under them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.economies import random_shock, random_world, rebuilt
from threatpoint.equilibrium import solve
from threatpoint.equilibrium.baselines import standing_world
from threatpoint.policy.wedges import Wedges
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.identities import check
from threatpoint.world.standing import Standing

seeds = st.integers(0, 10_000)


def dated(economy, seed):
    """The economy with tariffs of a day: points on some flows between countries."""
    rng = np.random.default_rng(seed)
    added = rng.uniform(0.0, 0.6, economy.tariff.shape) * (rng.random(economy.tariff.shape) < 0.4)
    for n in range(len(economy.countries)):
        added[n, n] = 0.0
    day = Standing(date(2025, 3, 31), economy.tariff + added, "tariffs of a test", "a test")
    return replace(economy, standing=day)


def values_of(world):
    """Its elasticities as a set."""
    return Elasticities(world.theta, world.phi)


def action(world, economy, seed):
    """A random cut on the tariffs in force."""
    shock = random_shock(world, seed, "leaky coalition")
    return Wedges(economy.tariff_in_force, shock.survival)


@settings(max_examples=25)
@given(seed=seeds)
def test_an_action_of_nothing_is_exactly_nothing(seed):
    world = random_world(seed, 4, 3)
    economy = dated(world.economy, seed)
    found = solve(economy, None, elasticities=values_of(world))
    assert np.abs(found.welfare.percent).max() < 1e-12
    np.testing.assert_array_equal(found.trade > 0, economy.trade > 0)


@settings(max_examples=25)
@given(seed=seeds)
def test_one_solve_against_the_standing_world_is_two_against_the_table(seed):
    world = random_world(seed, 4, 3, zeros=False)
    economy, values = dated(world.economy, seed), values_of(world)
    wedges = action(world, economy, seed)
    found = solve(economy, wedges, elasticities=values, throw=False)
    stood = solve(economy.bare, Wedges.none(economy), elasticities=values)
    both = solve(economy.bare, wedges, elasticities=values, throw=False)
    assert found.status.converged == both.status.converged
    if found.status.converged:
        ratio = (1 + both.welfare.percent / 100) / (1 + stood.welfare.percent / 100) - 1
        np.testing.assert_allclose(found.welfare.percent, 100 * ratio, atol=1e-6)
        np.testing.assert_allclose(found.trade, both.trade, rtol=1e-7, atol=1e-9)


@settings(max_examples=15)
@given(seed=seeds)
def test_the_standing_world_keeps_every_identity(seed):
    world = random_world(seed, 4, 3)
    economy = standing_world(dated(world.economy, seed), values_of(world))
    assert all(item.ok for item in check(economy))


@settings(max_examples=15)
@given(seed=seeds)
def test_standing_and_action_commute_with_relabelling(seed):
    world = random_world(seed, 4, 3, zeros=False)
    order, sectors = np.random.default_rng(seed).permutation(4), np.arange(3)
    economy, other = dated(world.economy, seed), rebuilt(world, order, sectors)
    flow = np.ix_(order, order, sectors)
    day = replace(economy.standing, tariff=economy.standing.tariff[flow])
    wedges = action(world, economy, seed)
    moved = Wedges(wedges.tariff[flow], wedges.survival[flow])
    one = solve(economy, wedges, elasticities=values_of(world), throw=False)
    two = solve(
        replace(other.economy, standing=day), moved, elasticities=values_of(other), throw=False
    )
    assert one.status.converged == two.status.converged
    if one.status.converged:
        np.testing.assert_allclose(one.welfare.percent[order], two.welfare.percent, atol=1e-7)
