"""Substitution elasticities by the using sector: eta and epsilon as arrays, 1 among them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.residuals import BOUND, largest, residuals

from tests import oracle
from tests.economies import random_shock, random_world
from tests.unit.test_finite_prices import closed
from threatpoint.equilibrium import Given, solve, solve_many
from threatpoint.equilibrium.door import problem_of
from threatpoint.equilibrium.evaluation import advance, evaluate
from threatpoint.equilibrium.finite import escaping
from threatpoint.equilibrium.iterate import METHOD
from threatpoint.equilibrium.kept import calibrated
from threatpoint.equilibrium.tangent import Tangent, every_direction
from threatpoint.errors import WorldError
from threatpoint.policy import CutOff, Quota
from threatpoint.policy.wedges import Wedges
from threatpoint.world import load_world
from threatpoint.world.elasticities import Elasticities

WORLD = load_world()
BOTH = (
    ([0.05, 0.5, 1.0], [0.2, 0.05, 1.0]),
    ([0.5, 0.5, 0.5], [0.2, 1.0, 0.2]),
    ([1.0, 1.4, 0.3], [1.0, 1.0, 1.0]),
)


def case(seed: int, eta, epsilon, phi=None):
    """A small world, tariffs on all of it, and elasticities by sector."""
    world = random_world(seed, 3, 3, specific=True, zeros=False, theta_range=(1.0, 6.0))
    e, shock = world.economy, random_shock(world, seed, "pair tariffs")
    nests = {"eta": eta, "epsilon": epsilon, "rho": 0.8}
    phi = world.phi if phi is None else phi
    return e, Elasticities.of(e.countries, e.sectors, world.theta, phi, **nests), shock, nests


@pytest.mark.parametrize(("eta", "epsilon"), BOTH)
@pytest.mark.parametrize("phi", [None, 1.0])
def test_it_agrees_with_the_oracle(eta, epsilon, phi):
    e, values, shock, nests = case(1, eta, epsilon, phi)
    found = solve(e, shock, elasticities=values)
    b = oracle.baseline(e, values.theta, values.phi, **nests)
    known = oracle.solve(b, shock.tariff, shock.survival)
    for name in ("wages", "unit_costs", "prices", "output", "income"):
        np.testing.assert_allclose(getattr(found, name), getattr(known, name), rtol=2e-8)
    label, worst, place = largest(residuals(found))
    assert worst <= BOUND, f"{label} {worst:.1e} at {place}"


@pytest.mark.parametrize(("eta", "epsilon"), BOTH)
def test_a_given_sector_among_them(eta, epsilon):
    e, values, shock, nests = case(2, eta, epsilon)
    given = Given.none(e, 0).times(1.2)
    found = solve(e, shock, elasticities=values, given=given)
    prices = np.full((3, 3), np.nan)
    prices[:, 0] = 1.2
    b = oracle.baseline(e, values.theta, values.phi, given=prices, **nests)
    known = oracle.solve(b, shock.tariff, shock.survival)
    np.testing.assert_allclose(found.prices, known.prices, rtol=2e-8)
    assert largest(residuals(found))[1] <= BOUND


def test_one_number_for_all_is_that_number_to_the_last_bit():
    own = WORLD.elasticities["short"]
    one = replace(own, eta=0.5, epsilon=0.2)
    all_alike = replace(own, eta=np.full(15, 0.5), epsilon=[0.2] * 15)
    first, second = (
        solve(WORLD, CutOff("USA", "CHN"), elasticities=x).welfare.percent for x in (one, all_alike)
    )
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("name", ["eta", "epsilon"])
def test_cobb_douglas_in_some_sectors_is_the_limit(name):
    e, values, shock, _ = case(3, 0.5, 0.3)
    answers = []
    for beside in (1.0, 1.0 - 1e-7, 1.0 + 1e-7):
        some = replace(values, **{name: [0.4, beside, 1.0]})
        answers.append(solve(e, shock, elasticities=some, tolerance=1e-12).welfare.percent)
    np.testing.assert_allclose(answers[1:], np.broadcast_to(answers[0], (2, 3)), atol=1e-5)
    np.testing.assert_allclose(np.mean(answers[1:], axis=0), answers[0], atol=1e-9)


@pytest.mark.parametrize(("eta", "epsilon"), BOTH)
@pytest.mark.parametrize("phi", [1.0, 0.4])
def test_the_jacobian_is_that_of_differences(eta, epsilon, phi):
    e, values, _, _ = case(4, eta, epsilon, phi)
    system, _ = problem_of(calibrated(e, values), Wedges.none(e), "fixed", 1e-10, None, e).system
    z = np.random.default_rng(1).normal(scale=0.1, size=system.size)
    found = Tangent(system, evaluate(system, z)).image(every_direction(system)).step
    h = 1e-6

    def step(x):
        return advance(system, evaluate(system, x)) - x

    slopes = [(step(z + h * d) - step(z - h * d)) / (2 * h) for d in np.eye(z.size)]
    np.testing.assert_allclose(found, np.array(slopes).T, atol=2e-5)


def drawn(rng) -> Elasticities:
    """The short set with eta and epsilon drawn for three kinds of sectors."""
    own, kind = WORLD.elasticities["short"], np.arange(15) % 3
    eta, epsilon = rng.uniform(0.1, 0.9, 3)[kind], rng.uniform(0.05, 0.6, 3)[kind]
    return replace(own, theta=own.theta * rng.uniform(0.8, 1.2), eta=eta, epsilon=epsilon)


def test_members_together_give_the_answers_of_solve():
    rng = np.random.default_rng(4)
    sets = [drawn(rng) for _ in range(5)]
    sets += [replace(sets[0], eta=0.5), replace(sets[0], eta=1.0, epsilon=0.2)]
    many = solve_many(WORLD, CutOff("USA", "CHN"), elasticities=sets, horizon="short")
    for found, values in zip(many.values(), sets, strict=True):
        one = solve(WORLD, CutOff("USA", "CHN"), elasticities=values, horizon="short")
        assert found.status.method == METHOD
        assert found.status.evaluations <= 16
        np.testing.assert_allclose(found.welfare.percent, one.welfare.percent, atol=1e-8)
    alone = solve_many(WORLD, CutOff("USA", "CHN"), elasticities=sets[:1], horizon="short")
    np.testing.assert_array_equal(alone[0].welfare.percent, many[0].welfare.percent)


def test_a_large_world_and_quotas_too(monkeypatch):
    monkeypatch.setattr("threatpoint.equilibrium.guide.LARGEST", 0)
    monkeypatch.setattr("threatpoint.equilibrium.guide._KEPT", {})
    values = drawn(np.random.default_rng(5))
    quota = Quota("USA", "CHN", "goods", 0.5)
    found = solve(WORLD, [quota], elasticities=values, horizon="short")
    assert found.status.method == METHOD
    assert largest(residuals(found))[1] <= BOUND


def test_value_added_bounds_prices_where_it_can_replace_inputs():
    """One good made of itself, at home for 3 times its price: finite with eta 1 in it, else not."""
    c, _ = closed(0, 2, 0.5, 0.0)
    own = np.array([[[0.8, 0.0], [0.0, 0.8]]])
    c = replace(c, gamma=np.full((1, 2), 0.2), gamma_in=own)
    weights, wanted = 3.0 ** -c.elasticities.theta[:, None, None], np.ones((1, 2), dtype=bool)
    for eta, lost in (([0.5, 0.5], True), ([1.0, 0.5], True), ([1.0, 1.2], False)):
        values = replace(c.elasticities, eta=eta, epsilon=[0.5, 1.0])
        found = escaping(replace(c, elasticities=values), weights, wanted)
        assert (found is not None) == lost
        assert found is None or eta[found[1]] < 1


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([0.5, 0.2], r"eta has \(2,\): give one number, or \(3,\), by sector"),
        ([0.5, -0.2, 0.1], "eta must be 0 or more and finite in every sector"),
        ([0.5, np.nan, 0.1], "eta must be 0 or more and finite in every sector"),
        (["a", "b", "c"], "eta must be an array of numbers"),
        ([0.5, 0.2, 1e-5], "elasticity eta is below 0.001"),
    ],
)
def test_what_means_nothing_is_refused(value, words):
    e, values, shock, _ = case(0, 0.5, 0.5)
    with pytest.raises(WorldError, match=words):
        solve(e, shock, elasticities=replace(values, eta=value))


def test_only_eta_and_epsilon_are_by_sector():
    with pytest.raises(WorldError, match="elasticity rho must be 0 or more and finite"):
        replace(WORLD.elasticities["short"], rho=np.full(15, 0.9))


def test_values_by_sector_are_frozen_and_compared():
    own = WORLD.elasticities["short"]
    some = np.where(np.arange(15) == 2, 0.05, 0.5)
    values = replace(own, eta=some)
    some[0] = 9.0
    assert values.sectoral("eta")[0] == 0.5
    with pytest.raises(ValueError, match="read-only"):
        values.eta[0] = 1.0
    assert values.common("eta") == 0.5
    assert values.apart("eta", WORLD.sectors) == {"OILGAS": 0.05}
    assert values.same(replace(values, eta=values.eta.tolist()))
    assert not values.same(replace(values, eta=0.5))
    assert replace(own, eta=0.5, epsilon=0.2).same(replace(own, eta=[0.5] * 15, epsilon=0.2))
