"""The oracle against closed forms it does not know."""

import numpy as np
import pytest

from tests import oracle
from tests.economies import SHOCKS, random_shock, random_world
from threatpoint.world.economy import Economy

CLOSURES = ("fixed", "balanced", "proportional")


def symmetric_pair(home=0.8, inputs=0.0):
    """Two equal countries, one sector, output 1, home share `home`, no tariff."""
    flows = np.array([[home, 1 - home], [1 - home, home]])[:, :, None]
    use = np.full((2, 1, 1), inputs)
    return Economy.from_arrays(
        ["A", "B"], ["G"], flows, use, np.full((2, 1), 1 - inputs), np.full((2, 1), 1 - inputs)
    )


@pytest.mark.parametrize("closure", CLOSURES)
@pytest.mark.parametrize("seed", range(4))
def test_no_shock_returns_the_baseline(seed, closure):
    world = random_world(seed, 4, 3, specific=seed % 2 == 1, balanced=True)
    found = oracle.solve(oracle.baseline(world.economy, world.theta, world.phi), closure=closure)
    np.testing.assert_allclose(found.wages, 1, atol=1e-12)
    np.testing.assert_allclose(found.prices, 1, atol=1e-12)
    np.testing.assert_allclose(found.real_income, 1, atol=1e-12)
    np.testing.assert_allclose(found.trade, world.economy.trade, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("theta", [0.7, 4.0, 11.0])
@pytest.mark.parametrize("rate", [0.1, 1.0, 5.0])
def test_symmetric_tariff_war_has_a_closed_form(theta, rate):
    """By symmetry w = 1, so shares, price and tariff revenue follow by hand."""
    b = oracle.baseline(symmetric_pair(0.8), theta)
    tariff = np.array([[0.0, rate], [rate, 0.0]])[:, :, None]
    found = oracle.solve(b, tariff)
    sums = 0.8 + 0.2 * (1 + rate) ** -theta
    foreign = 0.2 * (1 + rate) ** -theta / sums
    income = 1 / (1 - rate / (1 + rate) * foreign)
    np.testing.assert_allclose(found.real_income, income * sums ** (1 / theta), rtol=1e-12)
    np.testing.assert_allclose(found.revenue, rate / (1 + rate) * foreign * income, rtol=1e-11)


@pytest.mark.parametrize(("theta", "inputs"), [(4.0, 0.0), (4.0, 0.5), (0.6, 0.2), (12.0, 0.7)])
def test_autarky_equals_acr(theta, inputs):
    """Arkolakis, Costinot & Rodriguez-Clare: real income falls to lambda^(1 / (gamma theta))."""
    b = oracle.baseline(symmetric_pair(0.8, inputs), theta)
    found = oracle.solve(b, survival=np.eye(2)[:, :, None])
    home = 0.8
    np.testing.assert_allclose(found.real_income, home ** (1 / (theta * (1 - inputs))), rtol=1e-12)


@pytest.mark.parametrize("seed", range(12))
def test_its_solutions_satisfy_every_equation(seed):
    world = random_world(seed, 5, 3, specific=seed % 2 == 1)
    b = oracle.baseline(world.economy, world.theta, world.phi)
    shock = random_shock(world, seed, SHOCKS[seed % len(SHOCKS)])
    found = oracle.solve(b, shock.tariff, shock.survival, "balanced")
    gaps = oracle.residuals(b, found, shock.tariff, shock.survival, "balanced")
    assert oracle.largest(gaps, but=("trade",)) < 5e-12
    assert np.max(np.abs(gaps["trade"])) < 1e-8  # flows far smaller than the country


@pytest.mark.parametrize("what", ["wages", "prices", "expenditure", "value_added"])
@pytest.mark.parametrize("specific", [False, True])
def test_residuals_notice_a_wrong_candidate(what, specific):
    world = random_world(7, 4, 3, specific=specific)
    b = oracle.baseline(world.economy, world.theta, world.phi)
    found = oracle.solve(b)
    wrong = getattr(found, what).copy()
    wrong.flat[np.argmax(b.VA.flat[: wrong.size])] *= 1.001
    fields = {k: getattr(found, k) for k in ("wages", "prices", "expenditure", "value_added")}
    candidate = type("Candidate", (), {**fields, what: wrong})
    assert oracle.largest(oracle.residuals(b, found)) < 1e-10
    assert oracle.largest(oracle.residuals(b, candidate)) > 1e-5


def test_supply_responds_with_phi_over_one_minus_phi():
    """Real value added VAhat / v rises by (v / w)^(phi / (1 - phi))."""
    world = random_world(3, 4, 3, specific=True)
    b = oracle.baseline(world.economy, world.theta, world.phi)
    shock = random_shock(world, 1, "world tariffs")
    found = oracle.solve(b, shock.tariff, closure="proportional")
    made = b.VA > 0
    inputs = np.einsum("nkj,nk->nj", b.gamma_in, np.log(found.prices))
    v = np.exp((np.log(found.unit_costs) - inputs) / np.where(made, b.gamma, 1))
    quantity = (found.value_added / np.where(made, b.VA, 1) / v)[made]
    expected = ((v / found.wages[:, None]) ** (b.phi / (1 - b.phi)))[made]
    np.testing.assert_allclose(quantity, expected, rtol=1e-9)
    mobile = (b.phi * found.value_added).sum(axis=1) / (b.phi * b.VA).sum(axis=1)
    np.testing.assert_allclose(mobile, found.wages, rtol=1e-11)


def test_a_sector_that_loses_every_buyer_closes():
    """With a specific factor its value added is exactly 0, and nothing becomes nan."""
    trade = np.zeros((3, 3, 2))
    trade[:, :, 0] = [[5, 1, 1], [1, 5, 1], [1, 1, 5]]
    trade[1, 0, 1] = 1.0  # A sells good 2 to B only; C sells it to A, B and itself
    trade[:, 2, 1] = [0.4, 0.3, 2.0]
    output, spending = trade.sum(axis=0), trade.sum(axis=1)
    economy = Economy.from_arrays(
        ["A", "B", "C"], ["1", "2"], trade, np.zeros((3, 2, 2)), output, spending, metadata={}
    )
    b = oracle.baseline(economy, [3.0, 5.0], [[0.5, 0.5]] * 3)
    survival = np.ones((3, 3, 2))
    survival[1, 0, 1] = 0
    found = oracle.solve(b, survival=survival, closure="balanced")
    assert found.value_added[0, 1] == 0
    assert np.all(np.isfinite(found.prices))
    gaps = oracle.residuals(b, found, survival=survival, closure="balanced")
    assert oracle.largest(gaps) < 1e-10


def test_a_market_without_supplier_is_refused():
    b = oracle.baseline(symmetric_pair(), 4.0)
    with pytest.raises(oracle.NoSolutionError, match="no supplier"):
        oracle.solve(b, survival=np.zeros((2, 2, 1)))


def test_negative_spending_is_not_an_equilibrium():
    """A lends far more than it would earn once almost nobody can buy from it."""
    flows = np.array([[1.0, 0.1], [9.0, 1.0]])[:, :, None]
    economy = Economy.from_arrays(
        ["A", "B"], ["G"], flows, np.zeros((2, 1, 1)), flows.sum(axis=0), flows.sum(axis=1)
    )
    b = oracle.baseline(economy, 4.0)
    survival = np.ones((2, 2, 1))
    survival[1, 0] = 1e-7
    with pytest.raises(oracle.NoSolutionError):
        oracle.solve(b, survival=survival)


def nearly_closed(seed=0):
    """Two countries that 500 % tariffs at a high theta all but close: trade is 1e-14 of output."""
    world = random_world(seed, 2, 1, balanced=True, zeros=False, theta_range=(8.0, 30.0))
    b = oracle.baseline(world.economy, world.theta)
    return b, random_shock(world, seed, "world tariffs").tariff


def test_a_root_of_the_factor_markets_alone_does_not_count():
    """With almost no trade they clear at any wages; only the balance of trade sees the wages."""
    b, tariff = nearly_closed()
    found = oracle.solve(b, tariff, closure="balanced")
    gaps = oracle.residuals(b, found, tariff, closure="balanced")
    assert oracle.largest(gaps) < 1e-9
    wages = found.wages * np.array([1.5, 1.0])
    wages *= b.VA.sum() / (wages @ b.VA.sum(axis=1))
    scale = wages / found.wages
    false = {
        "wages": wages,
        "prices": found.prices * scale[:, None],
        "expenditure": found.expenditure * scale[:, None],
        "value_added": found.value_added * scale[:, None],
    }
    gaps = oracle.residuals(b, type("Candidate", (), false), tariff, closure="balanced")
    assert oracle.largest(gaps, but=("trade",)) < 1e-9
    assert oracle.largest(gaps) > 5


@pytest.mark.parametrize("value", [0.0, -1.0, np.nan])
@pytest.mark.parametrize("what", ["wages", "prices", "expenditure", "value_added"])
def test_a_level_that_is_not_above_0_is_no_root(what, value):
    world = random_world(7, 3, 2, zeros=False)
    b = oracle.baseline(world.economy, world.theta, world.phi)
    found = oracle.solve(b)
    fields = {
        k: getattr(found, k).copy() for k in ("wages", "prices", "expenditure", "value_added")
    }
    fields[what].flat[0] = value
    gaps = oracle.residuals(b, type("Candidate", (), fields))
    assert gaps["signs"].max() == np.inf
    assert oracle.largest(gaps) == np.inf


def test_real_costs_may_not_exceed_income():
    """Every market clears, and yet A, which lends abroad, would burn more than it has left."""
    flows = np.array([[1.0, 0.1], [9.0, 1.0]])[:, :, None]
    economy = Economy.from_arrays(
        ["A", "B"], ["G"], flows, np.zeros((2, 1, 1)), flows.sum(axis=0), flows.sum(axis=1)
    )
    cost = np.array([[0.0, 0.0], [9.0, 0.0]])[:, :, None]
    with pytest.raises(oracle.NoSolutionError, match="signs"):
        oracle.solve(oracle.baseline(economy, 4.0), cost=cost)
