"""Nested CES costs and specific factors: what must hold in every world, by oracle and by solver.

Tests marked with a way run twice, on the oracle and on the solver. What a shorter horizon does is a
theorem only for autarky:

- A price index with shares fixed at baseline falls in its elasticity of substitution (a power mean
  rises in its exponent), and national product at given prices,
  min_w sum_j VA_j (phi_j w + (1-phi_j) p_j^(1/(1-phi_j)) w^(-phi_j/(1-phi_j))), rises in each phi.
  A closed economy without tariffs is efficient, so its real income rises in every elasticity.
- With trade left a country may gain from rigidity: its terms of trade improve when its rivals or
  buyers cannot adjust. The counter-examples below are exact figures of the oracle.
"""

import contextlib

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests import oracle
from tests.economies import SHOCKS, World, random_shock, random_world, rebuilt
from tests.nested import (
    WAYS,
    Nests,
    by_oracle,
    by_solver,
    isolated,
    random_nests,
    random_phi,
    real_income,
)
from threatpoint.errors import EquilibriumError
from threatpoint.policy.wedges import Wedges

SOME = settings(max_examples=12)
MANY = settings(max_examples=15)
FEW = settings(max_examples=4)
SEEDS = st.integers(0, 2**31 - 1)
KINDS = st.sampled_from(SHOCKS)
CLOSURES = st.sampled_from(["fixed", "balanced", "proportional"])
SPECIFIC = st.booleans()


def drawn(seed: int, specific: bool, n: int = 3, s: int = 2, **options):
    """A world, its nests and its phi."""
    world = random_world(seed, n, s, **options)
    phi = random_phi(world, seed) if specific else np.ones((n, s))
    return world, random_nests(seed), phi


def found_or_dropped(way, *args):
    """The answer; a draw without equilibrium is dropped."""
    try:
        return way(*args)
    except (oracle.NoSolutionError, EquilibriumError):
        assume(False)
        raise


@MANY
@given(SEEDS, SPECIFIC, KINDS, CLOSURES)
def test_the_solver_equals_the_oracle(seed, specific, kind, closure):
    """To 1e-7; where the oracle finds nothing, a solution must satisfy its every equation."""
    world, nests, phi = drawn(seed, specific, 4, 3)
    shock = random_shock(world, seed, kind)
    b = oracle.baseline(world.economy, world.theta, phi, **vars(nests))
    try:
        expected = by_oracle(world, nests, phi, shock, closure)
    except oracle.NoSolutionError:
        with contextlib.suppress(EquilibriumError):
            found = by_solver(world, nests, phi, shock, closure)
            gaps = oracle.residuals(b, found, shock.tariff, shock.survival, closure)
            assert oracle.largest(gaps) < 1e-7
        return
    found = by_solver(world, nests, phi, shock, closure)
    np.testing.assert_allclose(real_income(found), expected.real_income, rtol=1e-7)
    np.testing.assert_allclose(found.wages, expected.wages, rtol=1e-7)
    size = world.economy.value_added.sum()
    np.testing.assert_allclose(found.trade, expected.trade, rtol=0, atol=1e-7 * size)


@SOME
@given(SEEDS, SPECIFIC)
def test_the_solver_equals_the_oracle_under_export_taxes_and_costs(seed, specific):
    world, nests, phi = drawn(seed, specific)
    rng = np.random.default_rng(seed)
    e = world.economy
    abroad = (1 - np.eye(3))[:, :, None]
    levies = [abroad * rng.uniform(0, top, e.trade.shape) for top in (1.0, 0.5)]
    shock = Wedges(e.tariff, np.ones_like(e.tariff), export_tax=levies[0], cost=levies[1])
    expected = found_or_dropped(by_oracle, world, nests, phi, shock)
    found = by_solver(world, nests, phi, shock)
    np.testing.assert_allclose(real_income(found), expected.real_income, rtol=1e-7)


@pytest.mark.parametrize("way", WAYS)
@SOME
@given(seed=SEEDS, specific=SPECIFIC, closure=st.sampled_from(["fixed", "proportional"]))
def test_no_shock_returns_the_baseline(way, seed, specific, closure):
    world, nests, phi = drawn(seed, specific)
    found = way(world, nests, phi, None, closure)
    np.testing.assert_allclose(real_income(found), 1, atol=1e-10)
    np.testing.assert_allclose(found.prices, 1, atol=1e-10)
    top = world.economy.trade.max()
    np.testing.assert_allclose(found.trade, world.economy.trade, rtol=1e-10, atol=1e-10 * top)


@pytest.mark.parametrize("way", WAYS)
@SOME
@given(
    seed=SEEDS,
    specific=SPECIFIC,
    kind=KINDS,
    power=st.floats(-6, 6),
    order=st.permutations(range(3)),
)
def test_names_and_units_change_nothing_real(way, seed, specific, kind, power, order):
    world, nests, phi = drawn(seed, specific)
    shock = random_shock(world, seed, kind)
    found = found_or_dropped(way, world, nests, phi, shock)
    pair = np.ix_(order, order, [1, 0])
    moved = Wedges(shock.tariff[pair], shock.survival[pair])
    other = rebuilt(world, list(order), [1, 0], 10.0**power)
    again = way(other, nests, phi[np.ix_(order, [1, 0])], moved)
    np.testing.assert_allclose(real_income(again), real_income(found)[list(order)], rtol=1e-8)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(3))
def test_elasticities_near_one_give_the_long_run(way, seed):
    """At 1e-9 nothing is left of the gap; at 1e-4 both sides lie equally far, to first order."""
    world = random_world(seed, 3, 2)
    shock = random_shock(world, seed, "world tariffs")
    exact = real_income(way(world, Nests(), world.phi, shock))

    def off(gap):
        return real_income(way(world, Nests(*[1 + gap] * 3), world.phi, shock)) - exact

    np.testing.assert_allclose([off(1e-9), off(-1e-9)], 0, atol=1e-9)
    above, below = off(1e-4), off(-1e-4)
    assert 1e-9 < np.abs(above).max() < 1e-3
    np.testing.assert_allclose(above, -below, rtol=1e-2, atol=1e-10)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(3))
def test_a_mobile_share_near_one_gives_the_long_run(way, seed):
    world = random_world(seed, 3, 2)
    shock = random_shock(world, seed, "world tariffs")
    nests = random_nests(seed)
    exact = real_income(way(world, nests, np.ones((3, 2)), shock))
    for gap in (1e-4, 1e-7):
        near = real_income(way(world, nests, np.full((3, 2), 1 - gap), shock))
        np.testing.assert_allclose(near, exact, rtol=100 * gap)


def shorter(world: World, nests: Nests, phi, seed: int):
    """Every elasticity lower by a factor of its own, from 0.3 to 1."""
    rng = np.random.default_rng([seed, 9])
    cut = rng.uniform(0.3, 1, 3)
    rigid = Nests(*(float(v * c) for v, c in zip(vars(nests).values(), cut, strict=True)))
    theta = world.theta * rng.uniform(0.3, 1, world.theta.shape)
    return World(world.economy, theta, world.phi), rigid, phi * rng.uniform(0.3, 1, phi.shape)


@pytest.mark.parametrize("way", WAYS)
@FEW
@given(seed=SEEDS, specific=SPECIFIC)
def test_rigidity_never_lowers_the_loss_from_autarky(way, seed, specific):
    """For the country cut off from everything, and for every country where all are."""
    world, nests, phi = drawn(seed, specific, zeros=False, theta_range=(1.0, 8.0))
    everyone = isolated(world, [0, 1, 2])
    loose = found_or_dropped(way, world, nests, phi, everyone)
    tight = found_or_dropped(way, *shorter(world, nests, phi, seed), everyone)
    assert np.all(real_income(tight) <= real_income(loose) + 1e-9)
    alone = isolated(world, [0])
    loose = found_or_dropped(way, world, nests, phi, alone)
    tight = found_or_dropped(way, *shorter(world, nests, phi, seed), alone)
    assert real_income(tight)[0] <= real_income(loose)[0] + 1e-9


def three_free(seed: int) -> World:
    """Three countries that trade in balance, without tariffs; theta from 2 to 6."""
    world = random_world(seed, 3, 2, zeros=False, balanced=True, theta_range=(2.0, 6.0))
    assert not world.economy.tariff.any()
    return world


@pytest.mark.parametrize("way", WAYS)
def test_with_trade_left_a_country_may_gain_from_rigid_final_demand(way):
    """Countries 0 and 1 stop trading with each other; 0 still trades with 2 and loses LESS."""
    world = three_free(44)
    survival = np.ones_like(world.economy.trade)
    survival[0, 1], survival[1, 0] = 0.0, 0.0
    shock = Wedges(world.economy.tariff, survival)
    loose = real_income(way(world, Nests(), world.phi, shock))
    tight = real_income(way(world, Nests(rho=0.3), world.phi, shock))
    np.testing.assert_allclose(loose, [0.97985666, 0.96647735, 1.00044269], atol=1e-8)
    np.testing.assert_allclose(tight, [0.98018389, 0.96645324, 1.00042013], atol=1e-8)


@pytest.mark.parametrize("way", WAYS)
def test_with_trade_left_a_country_may_gain_from_rigid_supply(way):
    """Nobody buys good 0 from country 0 any more; with phi 0.4 it loses 7.5 %, with 1 8.1 %."""
    world = three_free(73)
    survival = np.ones_like(world.economy.trade)
    survival[1:, 0, 0] = 0.0
    shock = Wedges(world.economy.tariff, survival)
    loose = real_income(way(world, Nests(), world.phi, shock))
    tight = real_income(way(world, Nests(), 0.4 * world.phi, shock))
    np.testing.assert_allclose(loose, [0.91884787, 0.99499683, 0.97566181], atol=1e-8)
    np.testing.assert_allclose(tight, [0.92488996, 0.98421764, 0.97440862], atol=1e-8)
