"""The guide: the analytic Jacobian against differences, and what it leaves of the evaluations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.economies import random_world
from threatpoint.analysis.ensemble.draws import draws_of, uniforms
from threatpoint.analysis.ensemble.inputs import inputs_of
from threatpoint.equilibrium import attempt, solve, solve_many
from threatpoint.equilibrium.active import Active
from threatpoint.equilibrium.batch import stacked
from threatpoint.equilibrium.door import problem_of
from threatpoint.equilibrium.evaluation import advance, evaluate
from threatpoint.equilibrium.guide import guide
from threatpoint.equilibrium.inverse import inverted
from threatpoint.equilibrium.iterate import LOST, METHOD
from threatpoint.equilibrium.kept import calibrated
from threatpoint.equilibrium.nearby import ENOUGH
from threatpoint.equilibrium.tangent import Tangent, every_direction
from threatpoint.oil.regime import oil_supply
from threatpoint.policy import CutOff, StopBuying, Tariff
from threatpoint.policy.wedges import Wedges
from threatpoint.situation import load_situation
from threatpoint.words import HORIZONS
from threatpoint.world import Elasticities, load_world

WORLD = load_world()
THREAT = load_situation("ukraine-2025-03-31").policy


@settings(max_examples=25)
@given(
    seed=st.integers(0, 10_000),
    nests=st.sampled_from([(1.0, 1.0, 1.0), (0.5, 0.2, 0.9), (1.5, 0.7, 1.0)]),
    phi=st.sampled_from([1.0, 0.4]),
    closure=st.sampled_from(["fixed", "balanced", "proportional"]),
)
def test_the_jacobian_is_that_of_differences_at_any_state(seed, nests, phi, closure):
    economy = random_world(seed, 4, 3).economy
    eta, epsilon, rho = nests
    values = Elasticities.of(
        economy.countries, economy.sectors, 4.0, phi, eta=eta, epsilon=epsilon, rho=rho
    )
    asked = (Wedges.none(economy), closure, 1e-10, None, economy)
    system, _ = problem_of(calibrated(economy, values), *asked).system(Active())
    z = np.random.default_rng(seed).normal(scale=0.1, size=system.size)
    found = Tangent(system, evaluate(system, z)).image(every_direction(system)).step
    h = 1e-6

    def step(x):
        return advance(system, evaluate(system, x)) - x

    slopes = [(step(z + h * d) - step(z - h * d)) / (2 * h) for d in np.eye(z.size)]
    np.testing.assert_allclose(found, np.array(slopes).T, atol=1e-5)


def test_the_inverse_by_halves_is_the_inverse():
    rng = np.random.default_rng(1)
    matrix = (0.01 * rng.normal(size=(701, 701)) - np.eye(701)).astype(np.float32)
    np.testing.assert_allclose(inverted(matrix) @ matrix, np.eye(701), atol=1e-4)


@pytest.mark.parametrize("horizon", HORIZONS)
def test_ordinary_shocks_take_ten_evaluations_at_most(horizon):
    both = [
        Tariff("USA", "CHN", rate=0.25, mode="add"),
        Tariff("CHN", "USA", rate=0.25, mode="add"),
    ]
    for policy in (THREAT, both, CutOff("USA", "CHN"), CutOff("USA", ("CHN", "IND"))):
        status = solve(WORLD, policy, horizon=horizon).status
        assert status.evaluations <= 10
        assert status.method == METHOD


@pytest.mark.parametrize("regime", ["respond", "hold", "spare"])
@pytest.mark.parametrize("horizon", HORIZONS)
def test_bounds_and_regimes_are_guided_too(regime, horizon):
    stop = StopBuying(("CHN", "IND"), "RUS", "crude")
    found = solve(WORLD, stop, horizon=horizon, supply=oil_supply(WORLD, regime))
    assert found.status.method == METHOD
    assert found.status.evaluations <= 40


def test_where_the_guide_does_not_help_the_map_goes_on_alone_and_says_so(monkeypatch):
    monkeypatch.setattr("threatpoint.equilibrium.iterate.GUIDED", 2)
    found = solve(WORLD, CutOff("USA", "CHN"))
    assert found.status.converged
    assert found.status.method.endswith(LOST)


def test_bounds_foreseen_and_found_one_by_one_give_the_same_answer(monkeypatch):
    stop = StopBuying(("CHN", "IND"), "RUS", "crude")
    supply = oil_supply(WORLD)
    foreseen = solve(WORLD, stop, supply=supply)
    monkeypatch.setattr(attempt, "_foreseen", lambda problem, start, *_: (Active(), start))
    alone = solve(WORLD, stop, supply=supply)
    np.testing.assert_allclose(foreseen.welfare.percent, alone.welfare.percent, atol=1e-7)
    assert foreseen.status.evaluations < alone.status.evaluations


@pytest.mark.parametrize("horizon", HORIZONS)
def test_drawn_elasticities_take_twelve_evaluations_at_most(horizon):
    points = uniforms(3, len(inputs_of(WORLD, horizon)), 0, 32)
    sets = list(draws_of(WORLD, horizon, points).sets)
    found = solve_many(WORLD, THREAT, elasticities=sets, horizon=horizon)
    assert not found.failures
    for solution in found.values():
        assert solution.status.evaluations <= 12
        assert solution.status.method == METHOD


def test_a_set_nearby_is_led_by_its_own_jacobian():
    """The dense one of the draw itself, against what the guide of the world's own set makes."""
    points = uniforms(3, len(inputs_of(WORLD, "short")), 0, 4)
    systems, dense = [], []
    for values in draws_of(WORLD, "short", points).sets:
        asked = (Wedges.none(WORLD), "fixed", 1e-10, None, WORLD)
        problem = problem_of(calibrated(WORLD, values), *asked)
        system, _ = problem.system(Active())
        systems.append(system)
        tangent = Tangent(system, evaluate(system, np.zeros(system.size)))
        dense.append(tangent.image(every_direction(system)).step)
    own = calibrated(WORLD, WORLD.elasticities["short"])
    led = guide(own, problem.supply).nearby.of(stacked(systems))
    step = np.random.default_rng(1).normal(size=(len(systems), systems[0].size))
    for k, moved in enumerate(led.newton(step)):
        left = np.linalg.norm(dense[k] @ moved + step[k])
        assert left <= 2 * ENOUGH * np.linalg.norm(step[k])
