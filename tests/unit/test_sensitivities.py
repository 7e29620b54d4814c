"""Derivatives of an outcome: the transposed pass, what it is asked, and what it refuses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.worlds import synthetic

import threatpoint as tp
from tests.directions import CLOSE, Direction, apart, difference
from threatpoint.equilibrium import solve
from threatpoint.equilibrium.adjoint.bounds import Pulled
from threatpoint.equilibrium.adjoint.direct import Direct
from threatpoint.equilibrium.adjoint.nests import steeper
from threatpoint.equilibrium.adjoint.outcome import KINDS
from threatpoint.equilibrium.adjoint.solve import Transposed, levels
from threatpoint.equilibrium.evaluation import advance, evaluate
from threatpoint.equilibrium.problem import Problem
from threatpoint.equilibrium.system import System
from threatpoint.errors import ConvergenceError, PolicyError
from threatpoint.policy import Quota
from threatpoint.words import HORIZONS

QUOTAS = (
    Quota("USA", "CHN", "goods", volume=0.6, payee="exporter"),
    Quota("USA", "IND", "goods", volume=0.9),
    Quota("USA", "BRA", "goods", volume=1.5),
)
DUTY = tp.Tariff("USA", "CHN", rate=0.25, mode="add")


@pytest.fixture(scope="module")
def world():
    return tp.load_world()


def moved(at, **wedges):
    """A direction in some wedges of the flow ELEC from China to the United States."""
    flow = at.table.country("USA"), at.table.country("CHN"), at.table.sector("ELEC")
    every = {}
    for name in ("survival", "tariff", "export_tax", "cost"):
        every[name] = np.zeros_like(at.wedges.survival)
        every[name][flow] = wedges.get(name, 0.0)
    return Direction(every, {})


@pytest.mark.parametrize("horizon", HORIZONS)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_outcome_at_each_horizon(world, horizon, kind):
    policy = tp.Policy((DUTY, tp.ExportTax("CHN", "USA", rate=0.1)))
    at = solve(world, policy.wedges(world), horizon=horizon, tolerance=1e-13)
    sector = "ELEC" if kind in ("output", "price", "sales") else ""
    found = tp.sensitivities(at, tp.Outcome(kind, "USA", sector))
    assert apart(at, moved(at, survival=-1.0, tariff=1.0, export_tax=0.5), found) < CLOSE


def test_bounds_in_force_hold_volumes(world):
    at = solve(world, tp.Policy((*QUOTAS, DUTY)).wedges(world), horizon="short", tolerance=1e-13)
    found = tp.sensitivities(at, tp.Outcome("real_income", ["USA", "CHN"]))
    assert apart(at, moved(at, survival=-1.0, tariff=1.0, cost=0.5), found) < CLOSE
    flow = world.country("USA"), world.country("CHN"), world.sector("ELEC")
    assert (
        abs(found.export_tax[flow]) < 1e-3
    )  # a bound that pays the exporter leaves no room for it


def test_a_tariff_that_is_evaded_and_a_market_that_gives_prices(world):
    duty = replace(DUTY, enforcement=0.7, evasion_cost=0.05)
    evaded = solve(world, tp.Policy((duty,)).wedges(world), horizon="short", tolerance=1e-13)
    oil = tp.solve(world, tp.StopBuying("IND", "RUS", "crude"), horizon="short", tolerance=1e-13)
    for at in (evaded, oil):
        found = tp.sensitivities(at, tp.Outcome("treasury", "USA"))
        along = moved(at, survival=-1.0, tariff=1.0)
        assert np.isfinite(difference(at, along, found.outcome, 1e-3))
        assert apart(at, along, found) < CLOSE


@pytest.mark.parametrize(("horizon", "policy"), [("long", (DUTY,)), ("short", (*QUOTAS, DUTY))])
def test_the_transposed_pass_is_that_of_jax(world, horizon, policy, monkeypatch):
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    at = solve(world, tp.Policy(policy).wedges(world), horizon=horizon, tolerance=1e-13)
    system, _ = Problem.of(at).system
    state = at._state
    point = np.concatenate(
        [state.log_wage, state.log_price.ravel(), state.log_spend.ravel(), state.bound]
    )
    rows = np.random.default_rng(1).normal(size=system.size)
    monkeypatch.setattr(System, "xp", jax.numpy)

    def step(z, weights):
        changed = replace(system, A_off=weights)
        found = evaluate(changed, z)
        gaps = found.bound_gap if system.cells is not None else z[:0]
        ahead = advance(replace(changed, cells=None), found) - z[: system.size - len(gaps)]
        return jax.numpy.concatenate([ahead, gaps])

    _, back = jax.vjp(step, jax.numpy.asarray(point), jax.numpy.asarray(system.A_off))
    to_state, to_weights = (np.asarray(x) for x in back(jax.numpy.asarray(rows)))
    monkeypatch.undo()
    pull = Pulled(levels(at), rows, Direct.none(system))
    slack = point[-len(pull.bound) :] < 1e-9 if len(pull.bound) else []
    kept = np.ones(system.size, dtype=bool)
    kept[system.size - len(slack) :] = ~np.asarray(slack, dtype=bool)  # at a kink of the maximum
    np.testing.assert_allclose(pull.state[kept], to_state[kept], rtol=1e-6, atol=1e-9)
    strength = np.exp(-system.theta * state.log_cost)
    mine = (pull.worth / state.competitiveness)[:, :, None] * strength[:, None, :]
    np.testing.assert_allclose(mine, to_weights, rtol=1e-6, atol=1e-9)


def test_a_large_world_is_solved_with_the_pieces_of_its_guide():
    case = synthetic(40, 20)
    at = solve(case.economy, elasticities=case.elasticities, tolerance=1e-13)
    found = tp.sensitivities(at, tp.Outcome("real_income", at.calibration.countries[0]))
    assert found.products < 20
    right = -Pulled(Transposed(at).at, np.zeros(at._system.size), Direct.none(at._system)).state
    assert not right.any()
    tariff = np.zeros_like(at.wedges.tariff)
    tariff[0, 1, 0] = 1.0
    along = dict.fromkeys(("survival", "export_tax", "cost"), 0.0 * tariff)
    assert apart(at, Direction(along | {"tariff": tariff}, {}), found) < CLOSE


def test_a_common_cut_and_productivity_are_sums_of_the_parts(world):
    found = tp.sensitivities(tp.solve(world), tp.Outcome("real_income", "USA"))
    theta = world.elasticities["long"].theta
    np.testing.assert_allclose(found.iceberg, -theta * found.cut)
    np.testing.assert_allclose(found.productivity, theta * found.cut.sum(axis=0))
    assert (np.einsum("nnj->nj", found.tariff) == 0).all()


def test_several_outcomes_are_those_asked_one_by_one(world):
    at, asked = tp.solve(world), [tp.Outcome("real_income", x) for x in ("USA", "IND")]
    both = tp.sensitivities(at, asked)
    for one, outcome in zip(both, asked, strict=True):
        alone = tp.sensitivities(at, outcome)
        assert (one.outcome, one.value) == (outcome, alone.value)
        np.testing.assert_array_equal(one.cut, alone.cut)


@pytest.mark.parametrize("power", [0.0, 1e-5, -9e-4, 2e-3, 0.7, -1.5])
def test_the_slope_of_a_mean_in_its_power(power):
    weights, logs = np.array([0.2, 0.5, 0.3]), np.array([0.3, -0.2, 0.1])

    def level(s):
        return np.log(weights @ np.exp(s * logs)) / s if abs(s) > 1e-12 else weights @ logs

    tilted = weights * np.exp(power * logs)
    h = 1e-2  # Richardson: two differences
    first, second = ((level(power + x) - level(power - x)) / (2 * x) for x in (h, 2 * h))
    found = steeper(tilted / tilted.sum(), logs, level(power), power)
    np.testing.assert_allclose(found, (4 * first - second) / 3, rtol=1e-7)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (lambda: tp.Outcome("welfare", "USA"), "outcome"),
        (lambda: tp.Outcome("treasury", "USA", "ELEC"), "no sector"),
        (lambda: tp.Outcome("real_income", "Atlantis"), "Atlantis"),
        (lambda: tp.Outcome("price", "USA"), "one sector"),
        (lambda: "USA", "outcome"),
    ],
)
def test_refused(world, outcome, words):
    with pytest.raises(PolicyError, match=words):
        tp.sensitivities(tp.solve(world), outcome())


def test_no_equilibrium_has_no_derivatives(world):
    found = tp.solve(world)
    failed = replace(found, status=replace(found.status, code="infeasible"))
    with pytest.raises(ConvergenceError, match="no equilibrium"):
        tp.sensitivities(failed, tp.Outcome("real_income", "USA"))
