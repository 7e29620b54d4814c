"""The oracle's nests, levies and fixed quantities against closed forms it does not know."""

import numpy as np
import pytest

from tests import oracle
from tests.economies import SHOCKS, random_shock, random_world
from tests.oracle_nests import mean
from threatpoint.world.economy import Economy


def drawn(seed, n=4, s=3, **options):
    """A random world with random nests: (baseline of the oracle, world)."""
    world = random_world(seed, n, s, balanced=True, **options)
    rng = np.random.default_rng(seed)
    eta, epsilon, rho = np.exp(rng.uniform(np.log(0.2), np.log(2), 3))
    phi = rng.uniform(0.1, 1, world.phi.shape) if seed % 2 else 1.0
    b = oracle.baseline(world.economy, world.theta, phi, eta=eta, epsilon=epsilon, rho=rho)
    return b, world


def pair(home=0.8, sectors=1):
    """Two equal countries without inputs; every sector of size 1, home share `home`."""
    flows = np.array([[home, 1 - home], [1 - home, home]])[:, :, None] * np.ones(sectors)
    total = np.ones((2, sectors))
    return Economy.from_arrays(
        ["A", "B"],
        [f"S{j}" for j in range(sectors)],
        flows,
        np.zeros((2, sectors, sectors)),
        total,
        total,
    )


@pytest.mark.parametrize("s", [0.2, 1 - 1e-9, 1.0, 1 + 1e-9, 2.0])
def test_a_ces_mean_of_equal_prices_is_the_price(s):
    found = mean(np.array([0.3, 0.7]), np.array([1.7, 1.7]), s, axis=0)
    assert found == pytest.approx(1.7, rel=1e-12)


@pytest.mark.parametrize(("s", "exact"), [(2.0, 4 / 3), (0.5, ((1 + 2**0.5) / 2) ** 2)])
def test_a_ces_mean_by_hand(s, exact):
    assert mean(np.array([0.5, 0.5]), np.array([1.0, 2.0]), s, axis=0) == pytest.approx(exact)


@pytest.mark.parametrize("closure", ["fixed", "balanced", "proportional"])
@pytest.mark.parametrize("seed", range(4))
def test_no_shock_returns_the_baseline(seed, closure):
    b, world = drawn(seed)
    found = oracle.solve(b, closure=closure)
    np.testing.assert_allclose(found.real_income, 1, atol=1e-12)
    np.testing.assert_allclose(found.trade, world.economy.trade, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("seed", range(12))
def test_its_solutions_satisfy_every_equation_and_the_accounts(seed):
    b, world = drawn(seed)
    shock = random_shock(world, seed, SHOCKS[seed % len(SHOCKS)])
    abroad = (1 - np.eye(4))[:, :, None]
    rng = np.random.default_rng(seed)
    more = {
        "export_tax": abroad * rng.uniform(-0.2, 1, b.pi.shape),
        "cost": abroad * rng.uniform(0, 0.5, b.pi.shape),
    }
    found = oracle.solve(b, shock.tariff, shock.survival, "balanced", **more)
    gaps = oracle.residuals(b, found, shock.tariff, shock.survival, "balanced", **more)
    assert oracle.largest(gaps, but=("trade",)) < 1e-11
    assert np.max(np.abs(gaps["trade"])) < 1e-7  # flows far smaller than the country
    levies = found.revenue + found.export_tax_revenue + found.waste
    income = found.value_added.sum(axis=1) + levies + found.deficit
    np.testing.assert_allclose(found.income, income, rtol=1e-12)
    paid = found.trade * (1 + more["export_tax"] + more["cost"]) * (1 + shock.tariff)
    np.testing.assert_allclose(paid.sum(axis=1), found.expenditure, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("rate", [0.1, 1.0, 5.0])
@pytest.mark.parametrize("theta", [0.7, 4.0])
def test_symmetric_export_taxes_equal_symmetric_tariffs(rate, theta):
    """Lerner: between two mirror images it does not matter at which side of the border one pays."""
    b, wall = oracle.baseline(pair(), theta), np.array([[0.0, rate], [rate, 0.0]])[:, :, None]
    taxed, tariffs = oracle.solve(b, export_tax=wall), oracle.solve(b, wall)
    np.testing.assert_allclose(taxed.real_income, tariffs.real_income, rtol=1e-12)
    np.testing.assert_allclose(taxed.export_tax_revenue, tariffs.revenue, rtol=1e-11)


@pytest.mark.parametrize("rate", [0.1, 1.0, 5.0])
def test_a_trading_cost_between_mirror_images_is_an_iceberg_cost(rate):
    """The cost is paid in the final basket, of the same price everywhere: pure loss, by hand."""
    theta, home = 4.0, 0.8
    b = oracle.baseline(pair(home), theta)
    cost = np.array([[0.0, rate], [rate, 0.0]])[:, :, None]
    found = oracle.solve(b, cost=cost)
    iceberg = oracle.solve(b, survival=(1 + cost) ** -theta)
    np.testing.assert_allclose(found.real_income, iceberg.real_income, rtol=1e-12)
    sums = home + (1 - home) * (1 + rate) ** -theta
    np.testing.assert_allclose(found.real_income, sums ** (1 / theta), rtol=1e-12)
    assert np.all(found.waste > 0)


@pytest.mark.parametrize("rho", [0.2, 1.0, 2.0])
def test_final_goods_substitute_with_rho(rho):
    """Autarky in one of two sectors: its price rises by home^(-1/theta), the other's does not."""
    theta, home = 4.0, 0.8
    b = oracle.baseline(pair(home, 2), theta, rho=rho)
    survival = np.ones((2, 2, 2))
    survival[:, :, 0] = np.eye(2)
    found = oracle.solve(b, survival=survival)
    price = home ** (-1 / theta)
    index = (price * 1) ** 0.5 if rho == 1 else (0.5 * price ** (1 - rho) + 0.5) ** (1 / (1 - rho))
    np.testing.assert_allclose(found.real_income, 1 / index, rtol=1e-11)


@pytest.mark.parametrize("eta", [0.2, 1.0, 2.0])
def test_inputs_and_value_added_substitute_with_eta(eta):
    """One sector, half of whose cost is its own product: c^(1-eta) = g + (1-g) P^(1-eta), w = 1."""
    theta, home, g = 4.0, 0.8, 0.5
    flows = np.array([[home, 1 - home], [1 - home, home]])[:, :, None]
    half = np.full((2, 1), g)
    economy = Economy.from_arrays(["A", "B"], ["G"], flows, np.full((2, 1, 1), 1 - g), half, half)
    found = oracle.solve(oracle.baseline(economy, theta, eta=eta), survival=np.eye(2)[:, :, None])
    P, c, rise = found.prices, found.unit_costs, home ** (-1 / theta)
    np.testing.assert_allclose(P, c * rise, rtol=1e-12)
    if eta == 1:
        np.testing.assert_allclose(P, rise ** (1 / g), rtol=1e-11)
    else:
        e = 1 - eta
        np.testing.assert_allclose(c**e, g / (1 - (1 - g) * rise**e), rtol=1e-11)
    np.testing.assert_allclose(found.real_income, 1 / P[:, 0], rtol=1e-11)


@pytest.mark.parametrize("phi", [0.3, 1.0])
def test_a_fixed_quantity_sells_all_it_has(phi):
    """Real value added VAhat / v is 1 in the fixed cell, whatever happens to prices."""
    world = random_world(3, 4, 3, balanced=True)
    fixed = np.zeros((4, 3), bool)
    fixed[1, 0] = fixed[2, 1] = True
    b = oracle.baseline(world.economy, world.theta, phi, eta=0.5, epsilon=0.3, fixed=fixed)
    shock = random_shock(world, 1, "world tariffs")
    found = oracle.solve(b, shock.tariff, closure="balanced")
    gaps = oracle.residuals(b, found, shock.tariff, closure="balanced")
    assert oracle.largest(gaps) < 1e-9
    free = oracle.residuals(
        oracle.baseline(world.economy, world.theta, phi, eta=0.5, epsilon=0.3),
        found,
        shock.tariff,
        closure="balanced",
    )
    assert oracle.largest(free) > 1e-4


def test_a_small_phi_approaches_a_fixed_quantity():
    world = random_world(5, 3, 2, zeros=False, balanced=True)
    shock = random_shock(world, 1, "pair tariffs")
    everywhere = np.ones((3, 2), bool)
    exact = oracle.baseline(world.economy, world.theta, fixed=everywhere)
    expected = oracle.solve(exact, shock.tariff, closure="balanced").real_income
    errors = []
    for phi in (0.1, 0.01, 0.001):
        b = oracle.baseline(world.economy, world.theta, phi)
        found = oracle.solve(b, shock.tariff, closure="balanced").real_income
        errors.append(np.abs(found - expected).max())
    assert errors[1] < 0.2 * errors[0]
    assert errors[2] < 0.2 * errors[1]


def test_a_fixed_quantity_without_buyers_is_refused():
    trade = np.zeros((2, 2, 2))
    trade[:, :, 0] = [[5, 1], [1, 5]]
    trade[1, 0, 1], trade[0, 1, 1], trade[1, 1, 1] = 1.0, 1.0, 1.0
    economy = Economy.from_arrays(
        ["A", "B"], ["1", "2"], trade, np.zeros((2, 2, 2)), trade.sum(axis=0), trade.sum(axis=1)
    )
    b = oracle.baseline(economy, 4.0, fixed=np.array([[False, True], [False, False]]))
    survival = np.ones((2, 2, 2))
    survival[1, 0, 1] = 0.0
    with pytest.raises(oracle.NoSolutionError, match="no buyer"):
        oracle.solve(b, survival=survival, closure="balanced")
