"""A set-up patched from the baseline is the set-up formed anew, bit for bit, refusals included."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest
from benchmarks.draw import draw
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.economies import SHOCKS, random_shock, random_world
from threatpoint.equilibrium import Calibration, feasibility
from threatpoint.equilibrium.door import problem_of
from threatpoint.equilibrium.finite import escaping
from threatpoint.equilibrium.kept import calibrated
from threatpoint.errors import InfeasibleError
from threatpoint.policy.wedges import Wedges
from threatpoint.words import CLOSURES
from threatpoint.world.elasticities import Elasticities

SEEDS = st.integers(0, 2**31 - 1)
NEVER, ALWAYS = 2.0, -1.0
"""Parts of all cells, none and any of which a policy exceeds."""


def same(one, other) -> bool:
    """Equal throughout: arrays bit for bit, and what holds arrays by its parts."""
    if is_dataclass(one):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other


def set_up(problem, part: float):
    """The system, or the refusal in words, where more than this part of all cells starts anew."""
    with pytest.MonkeyPatch.context() as patch, np.errstate(all="ignore"):
        patch.setattr(feasibility, "MANY", part)
        try:
            return problem.system
        except InfeasibleError as error:
            return type(error), str(error)


def assert_same(base, wedges, closure, given=None) -> None:
    problem = problem_of(base, wedges, closure, 1e-10, given, None)
    assert same(set_up(problem, NEVER), set_up(replace(problem), ALWAYS))


def harsher(wedges: Wedges, rng) -> Wedges:
    """The same policy with flows cut off at random, from few to nearly all."""
    cut = rng.random(wedges.tariff.shape) < rng.choice((0.02, 0.3, 0.9))
    own = np.arange(len(cut))
    cut[own, own] = False
    return replace(wedges, survival=np.where(cut, 0.0, wedges.survival))


@given(st.integers(0, 10**6), st.sampled_from(sorted(CLOSURES)), st.booleans())
@settings(max_examples=60)
def test_every_instrument_sector_given_and_refusal(number, closure, harsh):
    case = draw(12, number)
    base = calibrated(case.economy, case.elasticities)
    wedges = harsher(case.wedges, np.random.default_rng(number)) if harsh else case.wedges
    assert_same(base, wedges, closure, case.given)


@given(SEEDS, st.integers(2, 6), st.integers(1, 4), st.sampled_from(SHOCKS), st.floats(0.1, 1.0))
@settings(max_examples=60)
@example(seed=0, n=2, s=1, kind="cut-off", eta=0.2)
def test_shares_that_are_no_equilibrium_themselves(seed, n, s, kind, eta):
    """Among them some whose baseline is refused: the counterfactual's refusal is its own."""
    world = random_world(seed, n, s)
    e = world.economy
    values = Elasticities.of(e.countries, e.sectors, world.theta, eta=eta, epsilon=eta)
    base = Calibration.from_economy(e, values)
    rng = np.random.default_rng([seed, 5])
    left = base.pi * (rng.random(base.pi.shape) < 0.7)
    bought = left.sum(axis=1, keepdims=True)
    base = replace(base, pi=left / np.where(bought > 0, bought, 1.0))
    assert_same(base, harsher(random_shock(world, seed, kind), rng), "fixed")


def shares(eta: float = 0.4):
    """Three countries of one world, and no policy on it."""
    world = random_world(3, 3, 2, zeros=False)
    e = world.economy
    values = Elasticities.of(e.countries, e.sectors, world.theta, eta=eta, epsilon=eta)
    return Calibration.from_economy(e, values), Wedges.none(e)


@pytest.mark.parametrize("part", [NEVER, ALWAYS])
def test_weights_are_those_of_the_theory(part, monkeypatch):
    monkeypatch.setattr(feasibility, "MANY", part)
    base, none = shares()
    tariff, survival = none.tariff.copy(), np.ones_like(none.tariff)
    tariff[0, 1], survival[1, 2, 0] = 0.5, 0.25
    found = feasibility.structure(base, replace(none, tariff=tariff, survival=survival), "fixed")
    dearer = (1 + tariff) / (1 + base.tariff)
    A = (base.pi * survival * dearer**-base.elasticities.theta).transpose(2, 0, 1)
    np.testing.assert_allclose(found.flows.whole, A, rtol=1e-14)
    np.testing.assert_allclose(found.flows.total, A.sum(axis=2), rtol=1e-14)
    received = found.flows.B_off[:, 0, 1] / found.flows.A_off[:, 0, 1]
    np.testing.assert_allclose(received, 1 / (1 + tariff[0, 1]), rtol=1e-14)


def test_without_a_policy_the_baselines_arrays_are_shared_and_read_only():
    base, none = shares()
    one, other = (feasibility.structure(base, none, c).flows for c in ("fixed", "balanced"))
    assert one.A_off is other.A_off
    system = problem_of(base, none, "fixed", 1e-10, None, None).system[0]
    for values in (system.A_off, system.B_off, system.gamma, system.alpha, system.output):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 0.0


def test_a_policy_leaves_the_baseline_as_it_was():
    base, none = shares()
    before = feasibility.structure(base, none, "fixed").flows.whole
    survival = none.survival.copy()
    survival[0, 1:] = 0.0
    survival[1:, 0] = 0.0
    left = feasibility.structure(base, replace(none, survival=survival), "balanced")
    assert len(left.blocs) == 2
    again = feasibility.structure(base, none, "fixed")
    assert np.array_equal(again.flows.whole, before)
    assert len(again.blocs) == 1


@given(SEEDS, st.integers(2, 5), st.integers(1, 3), st.floats(0.1, 0.9), st.sampled_from(SHOCKS))
@settings(max_examples=60)
def test_prices_that_fall_at_once_never_escape(seed, n, s, eta, kind):
    """The quick verdict is the first step of the long one."""
    world = random_world(seed, n, s, theta_range=(0.5, 3.0))
    e = world.economy
    values = Elasticities.of(e.countries, e.sectors, world.theta, eta=eta, epsilon=eta)
    base, wedges = Calibration.from_economy(e, values), random_shock(world, seed, kind)
    found, left, markets = feasibility._after(base, wedges, None)
    quick = feasibility._limit(base).falling(found.A_off, found.A_own, markets, left.demanded)
    assert not quick or escaping(base, found.whole, left.demanded) is None


def test_other_elasticities_share_the_flows_of_the_same_shares():
    base, none = shares()
    other = base.at(replace(base.elasticities, theta=2 * base.elasticities.theta, eta=0.9))
    one, two = (feasibility.structure(c, none, "fixed").flows for c in (base, other))
    assert one.A_off is two.A_off
    dearer = np.where(np.eye(3)[:, :, None] > 0, none.tariff, none.tariff + 0.5)
    assert_same(other, replace(none, tariff=dearer), "fixed")
    cut = np.ones_like(none.tariff)
    cut[0, 1] = 0.5
    assert_same(other, replace(none, survival=cut), "fixed")
