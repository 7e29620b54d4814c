"""What must hold in every world: invariants of the equilibrium over random economies."""

import contextlib

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests import oracle
from tests.economies import SHOCKS, World, random_shock, random_world, rebuilt, worlds
from threatpoint.equilibrium import Solution, solve
from threatpoint.errors import ConvergenceError, EquilibriumError, InfeasibleError
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

MANY = settings(max_examples=200)
CLOSURES = st.sampled_from(["fixed", "balanced", "proportional"])
SEEDS = st.integers(0, 2**31 - 1)
KINDS = st.sampled_from(SHOCKS)


def elasticities(world: World) -> Elasticities:
    e = world.economy
    return Elasticities.of(e.countries, e.sectors, world.theta, world.phi)


def counterfactual(world: World, wedges: Wedges | None, deficits: str) -> Solution:
    values = elasticities(world)
    return solve(world.economy, wedges, elasticities=values, deficits=deficits, rebase=False)


def feasible(world: World, wedges: Wedges, deficits: str) -> Solution:
    """The solution; a draw without equilibrium is dropped.

    Where the solver gives up, the oracle must find none either: otherwise the test fails.
    """
    try:
        return counterfactual(world, wedges, deficits)
    except InfeasibleError:
        assume(False)  # refusals have a test of their own, below
        raise
    except ConvergenceError:
        oracle_finds_none(world, wedges, deficits)
        assume(False)
        raise


def oracle_finds_none(world: World, wedges: Wedges, deficits: str) -> None:
    """Re-raise the solver's error if the oracle solves what the solver could not."""
    b = oracle.baseline(world.economy, world.theta, world.phi)
    with contextlib.suppress(oracle.NoSolutionError):
        oracle.solve(b, wedges.tariff, wedges.survival, deficits)
        raise


@MANY
@given(worlds(), st.sampled_from(["fixed", "proportional"]))
def test_no_shock_returns_the_baseline_exactly(world, deficits):
    found = counterfactual(world, None, deficits)
    e = world.economy
    np.testing.assert_allclose(found.wages, 1, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.prices, 1, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.trade, e.trade, rtol=1e-12, atol=1e-12 * e.trade.max())
    np.testing.assert_allclose(found.final, e.final, rtol=1e-12, atol=1e-12 * e.final.max())
    np.testing.assert_allclose(found.welfare.percent, 0, atol=1e-10)


@MANY
@given(worlds(max_n=6, max_s=4), SEEDS, KINDS, CLOSURES)
def test_every_equation_holds(world, seed, kind, deficits):
    """Checked by the independent statement of the equations; Walras' market is among them."""
    shock = random_shock(world, seed, kind)
    found = feasible(world, shock, deficits)
    b = oracle.baseline(world.economy, world.theta, world.phi)
    gaps = oracle.residuals(b, found, shock.tariff, shock.survival, deficits)
    assert {name: float(np.abs(gap).max()) for name, gap in gaps.items()} == pytest.approx(
        dict.fromkeys(gaps, 0.0), abs=1e-8
    )
    assert np.abs(found.status.walras).max() <= 1e-8


@MANY
@given(worlds(max_n=5, max_s=3), SEEDS, KINDS, CLOSURES)
def test_equals_the_oracle(world, seed, kind, deficits):
    """Same equilibrium as the slow statement, or none in either.

    The oracle's method is the weaker one: where it finds nothing the solver may still be right, but
    then its answer must satisfy every equation of the oracle.
    """
    shock = random_shock(world, seed, kind)
    b = oracle.baseline(world.economy, world.theta, world.phi)
    try:
        expected = oracle.solve(b, shock.tariff, shock.survival, deficits)
    except oracle.NoSolutionError:
        with contextlib.suppress(EquilibriumError):
            found = counterfactual(world, shock, deficits)
            gaps = oracle.residuals(b, found, shock.tariff, shock.survival, deficits)
            assert oracle.largest(gaps) < 1e-8
        return
    found = counterfactual(world, shock, deficits)
    np.testing.assert_allclose(1 + found.welfare.percent / 100, expected.real_income, rtol=1e-8)
    np.testing.assert_allclose(found.wages, expected.wages, rtol=1e-8)
    size = world.economy.value_added.sum()
    np.testing.assert_allclose(found.trade, expected.trade, rtol=0, atol=1e-8 * size)


@MANY
@given(worlds(max_n=6, max_s=4), SEEDS, KINDS, CLOSURES, st.randoms(use_true_random=False))
def test_relabelling_changes_nothing(world, seed, kind, deficits, random):
    shock = random_shock(world, seed, kind)
    found = feasible(world, shock, deficits)
    n, s = world.economy.value_added.shape
    countries, sectors = random.sample(range(n), n), random.sample(range(s), s)
    pair = np.ix_(countries, countries, sectors)
    moved = Wedges(shock.tariff[pair], shock.survival[pair])
    again = counterfactual(rebuilt(world, countries, sectors), moved, deficits)
    np.testing.assert_allclose(again.welfare.percent, found.welfare.percent[countries], atol=1e-6)
    size = 1e-8 * found.trade.max()
    np.testing.assert_allclose(again.trade, found.trade[pair], rtol=0, atol=size)


@MANY
@given(worlds(max_n=6, max_s=4), SEEDS, KINDS, CLOSURES, st.floats(-9, 9))
def test_rescaling_money_changes_nothing_real(world, seed, kind, deficits, power):
    shock = random_shock(world, seed, kind)
    found = feasible(world, shock, deficits)
    n, s = world.economy.value_added.shape
    scale = 10.0**power
    rescaled = rebuilt(world, list(range(n)), list(range(s)), scale)
    again = counterfactual(rescaled, shock, deficits)
    np.testing.assert_allclose(again.welfare.percent, found.welfare.percent, atol=1e-6)
    np.testing.assert_allclose(again.wages, found.wages, rtol=1e-8)
    size = 1e-8 * found.trade.max()
    np.testing.assert_allclose(again.trade / scale, found.trade, rtol=0, atol=size)
    np.testing.assert_allclose(again.welfare.usd / scale, found.welfare.usd, rtol=1e-6, atol=size)


@MANY
@given(worlds(max_n=6, max_s=4), SEEDS, KINDS, CLOSURES)
def test_accounts_add_up(world, seed, kind, deficits):
    """Shares sum to one, revenue is what tariffs collect, income is spent, deficits cancel."""
    shock = random_shock(world, seed, kind)
    found = feasible(world, shock, deficits)
    size = found.value_added.sum()
    close = {"rtol": 1e-9, "atol": 1e-9 * size}
    paid = (found.trade * (1 + shock.tariff)).sum(axis=1)
    np.testing.assert_allclose(paid, found.expenditure, **close)
    np.testing.assert_allclose(found.trade.sum(axis=0), found.output, **close)
    collected = (found.trade * shock.tariff).sum(axis=(1, 2))
    np.testing.assert_allclose(found.tariff_revenue, collected, **close)
    income = found.value_added.sum(axis=1) + found.tariff_revenue + found.deficit
    np.testing.assert_allclose(found.income, income, **close)
    np.testing.assert_allclose(found.final.sum(axis=1), found.income, **close)
    balance = found.trade.sum(axis=(1, 2)) - found.trade.sum(axis=(0, 2))
    np.testing.assert_allclose(found.deficit, balance, **close)
    assert abs(found.deficit.sum()) <= 1e-9 * size
    assert size == pytest.approx(world.economy.value_added.sum(), rel=1e-9)  # the numéraire
    assert np.all(found.income > 0)
    assert found.trade.min() >= 0


@MANY
@given(worlds(max_n=6, max_s=4), SEEDS, st.sampled_from(["cut-off", "coalition"]), CLOSURES)
def test_a_flow_cut_off_is_exactly_zero(world, seed, kind, deficits):
    shock = random_shock(world, seed, kind)
    cut = (shock.survival == 0) & (world.economy.trade > 0)
    assume(cut.any())
    found = feasible(world, shock, deficits)
    assert np.all(found.trade[cut] == 0)
    assert np.all(found.trade[world.economy.trade == 0] == 0)


@MANY
@given(worlds(max_n=6, max_s=4), SEEDS, KINDS, st.floats(-3, 3))
def test_homogeneous_of_degree_one_in_money(world, seed, kind, power):
    """Scaling every nominal variable leaves each equation satisfied but for the numéraire."""
    shock = random_shock(world, seed, kind)
    found = feasible(world, shock, "proportional")
    scale = 10.0**power
    fields = ("wages", "prices", "expenditure", "value_added")
    scaled = type("Scaled", (), {name: getattr(found, name) * scale for name in fields})
    b = oracle.baseline(world.economy, world.theta, world.phi)
    gaps = oracle.residuals(b, scaled, shock.tariff, shock.survival, "proportional")
    np.testing.assert_allclose(gaps["numeraire"], scale - 1, rtol=1e-8, atol=1e-8)
    assert oracle.largest(gaps, but=("numeraire",)) < 1e-8


@MANY
@given(st.integers(2, 8), SEEDS, st.floats(0.5, 12))
def test_isolating_a_one_sector_country_equals_autarky(n, seed, theta):
    """Arkolakis, Costinot & Rodriguez-Clare: lambda^(1 / (gamma theta)), inputs included."""
    world = random_world(seed, n, 1, balanced=True, zeros=False)
    e = world.economy
    untaxed = np.zeros_like(e.tariff)
    final = e.trade.sum(axis=1) - e.inputs.sum(axis=2)
    free = Economy.from_arrays(
        e.countries, e.sectors, e.trade, e.inputs * 0.5, e.value_added + e.inputs[:, 0] * 0.5,
        final + e.inputs[:, 0] * 0.5, untaxed,
    )  # fmt: skip
    survival = np.ones_like(untaxed)
    survival[0, 1:], survival[1:, 0] = 0.0, 0.0
    found = solve(
        free,
        Wedges(untaxed, survival),
        elasticities=Elasticities.of(e.countries, e.sectors, theta),
        deficits="balanced",
    )
    home = free.trade[0, 0, 0] / free.absorption[0, 0]
    gamma = free.value_added[0, 0] / free.output[0, 0]
    exact = home ** (1 / (gamma * theta))
    assert 1 + found.welfare.percent[0] / 100 == pytest.approx(exact, rel=1e-9)


@MANY
@given(st.floats(0.05, 0.95), st.floats(0.1, 10), st.floats(0.5, 12), SEEDS)
def test_more_enforcement_hurts_more_between_two_one_sector_countries(home, size, theta, seed):
    """A theorem for two countries, one sector, no inputs or tariffs: both import shares fall.

    If A's import share rose with the iceberg cost d, the relative wage w_B / w_A would have to
    fall by more than d rises; then B's import share and w_B / w_A both fall, and trade cannot
    balance. Real income is home^(-1/theta) up to a constant, so it falls in both.
    """
    rng = np.random.default_rng(seed)
    flow = (1 - home) * min(1.0, size)
    trade = np.array([[1 - flow + 1e-3, flow], [flow, size - flow + 1e-3]])[:, :, None]
    total = trade.sum(axis=1)
    economy = Economy.from_arrays(["A", "B"], ["G"], trade, np.zeros((2, 1, 1)), total, total)
    values = Elasticities.of(economy.countries, economy.sectors, theta)
    losses = []
    for survival in [1.0, *sorted(rng.uniform(0, 1, 3), reverse=True), 0.0]:
        left = np.where(np.eye(2)[:, :, None] > 0, 1.0, survival)
        found = solve(economy, Wedges(economy.tariff, left), elasticities=values)
        losses.append(found.welfare.percent)
    assert np.all(np.diff(losses, axis=0) <= 1e-7)


@settings(max_examples=60)
@given(worlds(max_n=4, max_s=3), SEEDS, KINDS, CLOSURES, st.booleans())
def test_what_is_refused_has_no_equilibrium(world, seed, kind, deficits, isolate):
    """Whatever the solver refuses or gives up on, the oracle finds no equilibrium either."""
    shock = random_shock(world, seed, kind)
    if isolate:
        alone = shock.survival.copy()
        alone[0, 1:] = alone[1:, 0] = 0.0
        shock = Wedges(shock.tariff, alone)
    try:
        counterfactual(world, shock, deficits)
    except (InfeasibleError, ConvergenceError):
        oracle_finds_none(world, shock, deficits)
