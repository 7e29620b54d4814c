"""The guide of large worlds: its pieces, and answers that are those of the map alone."""

from __future__ import annotations

import numpy as np
import pytest

from tests.economies import random_shock, random_world
from threatpoint.equilibrium import blocks, solve, solve_many
from threatpoint.equilibrium.active import Active
from threatpoint.equilibrium.coarse import Coarse, coarse
from threatpoint.equilibrium.door import problem_of
from threatpoint.equilibrium.evaluation import evaluate
from threatpoint.equilibrium.guide import LARGEST, guide
from threatpoint.equilibrium.inverse import SMALLEST, inverted
from threatpoint.equilibrium.iterate import LOST, METHOD
from threatpoint.equilibrium.kept import calibrated
from threatpoint.equilibrium.supply import Supply
from threatpoint.equilibrium.tangent import Tangent, every_direction
from threatpoint.oil.regime import oil_supply
from threatpoint.policy import StopBuying
from threatpoint.policy.wedges import Wedges
from threatpoint.words import HORIZONS
from threatpoint.world import Elasticities, load_world

LARGE = random_world(3, 32, 20, theta_range=(2.0, 8.0))
ECONOMY = LARGE.economy
NESTS = {
    "abrupt": (0.25, 0.5, 0.2, 0.9),
    "short": (0.25, 0.5, 0.2, 0.9),
    "medium": (0.6, 0.7, 0.45, 0.95),
    "long": (1.0, 1, 1, 1),
}
"""Name -> phi, eta, epsilon, rho."""


def like(horizon, economy=ECONOMY, theta=LARGE.theta):
    """Elasticities of a horizon: one sector in ten has a specific factor at every one."""
    phi, eta, epsilon, rho = NESTS[horizon]
    given = np.full((len(economy.countries), len(economy.sectors)), phi)
    given[:, ::10] = min(phi, 0.3)
    nests = {"eta": eta, "epsilon": epsilon, "rho": rho}
    return Elasticities.of(economy.countries, economy.sectors, theta, given, **nests)


def tangent_of(economy, values):
    """The derivative of the map at a baseline."""
    asked = (Wedges.none(economy), "fixed", 1e-10, None, economy)
    system, _ = problem_of(calibrated(economy, values), *asked).system(Active())
    return Tangent(system, evaluate(system, np.zeros(system.size)))


def jacobian(tangent):
    """The Jacobian without what of prices and spending only follows the wage step."""
    return blocks.own_steps(tangent, tangent.image(every_direction(tangent.system)).step)


def alone(monkeypatch):
    """From here on no guide."""
    monkeypatch.setattr("threatpoint.equilibrium.problem.guide", lambda *_: None)


def test_the_blocks_of_countries_invert_their_part_but_for_what_comes_back_from_abroad():
    world = random_world(5, 6, 4)
    economy, (s, n) = world.economy, (4, 6)
    tangent = tangent_of(economy, Elasticities.of(economy.countries, economy.sectors, 4.0))
    inside = np.reshape(jacobian(tangent)[n:, n:], (2 * s, n, 2 * s, n))
    product = blocks.countries(tangent) @ np.einsum("knmn->nkm", inside)
    np.testing.assert_allclose(product, np.tile(np.eye(2 * s), (n, 1, 1)), atol=0.1)
    np.testing.assert_allclose(product[:, :s], np.tile(np.eye(s, 2 * s), (n, 1, 1)), atol=1e-5)


def test_the_blocks_of_sectors_invert_their_part_but_for_the_numeraire():
    world = random_world(5, 6, 4)
    tangent = tangent_of(world.economy, like("short", world.economy, 4.0))
    s, n = tangent.system.shape
    prices = slice(n, n + s * n)
    own = np.einsum("jnji->jni", np.reshape(jacobian(tangent)[prices, prices], (s, n, s, n)))
    np.testing.assert_allclose(
        blocks.sectors(tangent) @ own, np.tile(np.eye(n), (s, 1, 1)), atol=0.1
    )


@pytest.mark.parametrize("horizon", HORIZONS)
def test_what_one_pass_leaves_of_the_error_dies_out(horizon):
    world = random_world(5, 9, 6)
    tangent = tangent_of(world.economy, like(horizon, world.economy, world.theta))
    made = coarse(tangent)
    full = tangent.image(every_direction(tangent.system)).step
    left = np.eye(len(full)) - made.solve(full)
    assert np.abs(np.linalg.eigvals(left)).max() < 0.4


def test_stacked_states_are_solved_one_by_one():
    made = coarse(tangent_of(ECONOMY, like("short")))
    steps = np.random.default_rng(1).normal(size=(3, made.size))
    found = made.newton(steps)
    assert found.shape == steps.shape
    for one, step in zip(found, steps, strict=True):
        np.testing.assert_allclose(made.newton(step), one, rtol=1e-3, atol=1e-4)


def test_many_small_matrices_are_inverted_at_once():
    rng = np.random.default_rng(1)
    matrices = (0.1 * rng.normal(size=(5, 41, 41)) - 3 * np.eye(41)).astype(np.float32)
    found = inverted(matrices, SMALLEST) @ matrices
    np.testing.assert_allclose(found, np.tile(np.eye(41), (5, 1, 1)), atol=1e-4)


@pytest.mark.parametrize("horizon", HORIZONS)
@pytest.mark.parametrize("kind", ["pair tariffs", "cut-off", "iceberg"])
def test_a_large_world_is_guided_to_the_answer_of_the_map_alone(monkeypatch, horizon, kind):
    how = {"elasticities": like(horizon)}
    shock = random_shock(LARGE, 1, kind)
    found = solve(ECONOMY, shock, **how)
    alone(monkeypatch)
    by_map = solve(ECONOMY, shock, **how)
    assert found.status.method == METHOD
    assert found.status.evaluations < 0.6 * by_map.status.evaluations
    np.testing.assert_allclose(found.welfare.percent, by_map.welfare.percent, atol=1e-8)


def test_the_guide_of_a_large_world_is_made_of_pieces_and_leads_its_members_one_by_one():
    free = Supply.free(len(ECONOMY.countries), len(ECONOMY.sectors))
    made = guide(calibrated(ECONOMY, like("short")), free)
    assert made is not None
    assert isinstance(made.unbounded, Coarse)
    assert made.unbounded.size > LARGEST
    assert not made.together
    assert made.nearby is made


@pytest.mark.parametrize("horizon", HORIZONS)
def test_bounds_of_a_large_world_are_guided_to_the_same_answer(monkeypatch, horizon):
    n, s = len(ECONOMY.countries), len(ECONOMY.sectors)
    free = Supply.free(n, s)
    most = free.largest_volume.copy()
    most[1, 0], most[2, 0] = 1.0, 1.02
    supply = Supply(free.held, free.spare, free.floor, free.largest_share, most)
    how = {"elasticities": like(horizon), "supply": supply}
    shock = random_shock(LARGE, 1, "pair tariffs")
    found = solve(ECONOMY, shock, **how)
    alone(monkeypatch)
    by_map = solve(ECONOMY, shock, **how)
    assert found.status.method == METHOD
    np.testing.assert_allclose(found.welfare.percent, by_map.welfare.percent, atol=1e-8)


@pytest.mark.parametrize("regime", ["respond", "hold", "spare"])
def test_caps_and_regimes_are_guided_by_pieces_as_by_the_dense_inverse(monkeypatch, regime):
    world, stop = load_world(), StopBuying(("CHN", "IND"), "RUS", "crude")
    how = {"horizon": "short", "supply": oil_supply(world, regime)}
    dense = solve(world, stop, **how)
    monkeypatch.setattr("threatpoint.equilibrium.guide.LARGEST", 0)
    monkeypatch.setattr("threatpoint.equilibrium.guide._KEPT", {})
    found = solve(world, stop, **how)
    assert found.status.method == METHOD
    # each set of bounds on the way takes some more by pieces
    assert found.status.evaluations <= 2 * dense.status.evaluations
    np.testing.assert_allclose(found.welfare.percent, dense.welfare.percent, atol=1e-8)


def test_where_pieces_do_not_help_the_map_goes_on_alone_and_says_so(monkeypatch):
    monkeypatch.setattr("threatpoint.equilibrium.iterate.GUIDED", 2)
    found = solve(ECONOMY, random_shock(LARGE, 1, "cut-off"), elasticities=like("long"))
    assert found.status.converged
    assert found.status.method.endswith(LOST)


def test_members_of_a_large_world_have_the_bits_of_a_solve():
    shocks = [random_shock(LARGE, seed, "pair tariffs") for seed in range(3)]
    values = like("short")
    whole = list(solve_many(ECONOMY, shocks, elasticities=values).values())
    for k, shock in enumerate(shocks):
        one = solve(ECONOMY, shock, elasticities=values).welfare.percent
        (cut,) = solve_many(ECONOMY, [shock], elasticities=values).values()
        np.testing.assert_array_equal(whole[k].welfare.percent, one)
        np.testing.assert_array_equal(cut.welfare.percent, one)
