"""Supply with a factor that is fixed in the sector: its curve, and the mobile factor's market."""

from __future__ import annotations

import numpy as np
import pytest

from tests.economies import random_world
from threatpoint.equilibrium import solve
from threatpoint.equilibrium.supply import Curves, clear
from threatpoint.policy.wedges import Wedges
from threatpoint.world.elasticities import Elasticities

SEEDS = range(4)
NESTS = ({}, {"eta": 0.5, "epsilon": 0.3, "rho": 0.8}, {"eta": 1.4, "epsilon": 0.7, "rho": 1.2})


def solved(seed: int, **nests):
    """A small world with specific factors under tariffs of 40 points on country 1."""
    world = random_world(seed, 3, 3, specific=True, zeros=False, theta_range=(1.0, 6.0))
    e = world.economy
    tariff = e.tariff.copy()
    tariff[0, 1], tariff[2, 1] = tariff[0, 1] + 0.4, tariff[2, 1] + 0.4
    values = Elasticities.of(e.countries, e.sectors, world.theta, world.phi, **nests)
    return solve(e, Wedges(tariff, np.ones_like(tariff)), elasticities=values)


@pytest.mark.parametrize("nests", NESTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_value_added_is_on_its_curve_and_the_mobile_factor_fully_used(seed, nests):
    """Log v = phi log w + (1 - phi) log VAhat; sum_j phi VA' = w sum_j phi VA."""
    s = solved(seed, **nests)
    before, phi = s.economy.value_added, s.calibration.elasticities.phi
    curve = phi * np.log(s.wages)[:, None] + (1 - phi) * np.log(s.value_added / before)
    np.testing.assert_allclose(np.log(s.value_added_price), curve, atol=1e-8)
    used = (phi * s.value_added).sum(axis=1)
    np.testing.assert_allclose(used, s.wages * (phi * before).sum(axis=1), rtol=1e-8)


def cleared(log_sales: float, phi: float, gamma: float, eta: float, theta=4.0, price=None):
    """(log output, log c, log v) of one sector at unchanged wages and input prices."""
    one = np.ones((1, 1))
    curve = Curves(
        phi=phi * one,
        specific=(1.0 - phi) * one,
        gamma=gamma * one,
        theta=theta * one,
        eta=eta,
        imposed=one * (price is not None) > 0,
        price=None if price is None else price * one,
    )
    cost, value = (x.item() for x in clear(curve, np.zeros(1), 0.0 * one, log_sales * one, np))
    return log_sales - (theta + 1.0) * cost, cost, value


@pytest.mark.parametrize("eta", [0.3, 0.5, 1.0, 1.6])
@pytest.mark.parametrize("gamma", [0.4, 0.75, 1.0])
@pytest.mark.parametrize("phi", [1 / 11, 0.5])
def test_the_supply_elasticity_of_value_added_and_of_output(phi, gamma, eta):
    """The ratio phi / (1 - phi) is of value added in its own price.

    Inputs stand in for value added, so output follows its price by
    (phi / (1 - phi) + eta (1 - gamma)) / gamma.
    """
    output, cost, value = (np.array(cleared(1e-5, phi, gamma, eta))) / 1e-5
    value_added = output + eta * (cost - value)
    assert value_added / value == pytest.approx(phi / (1 - phi), rel=1e-4)
    expected = (phi / (1 - phi) + eta * (1 - gamma)) / gamma
    assert output / cost == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("eta", [0.3, 0.5, 1.0, 1.6])
@pytest.mark.parametrize("sales", [-0.4, 0.0, 0.7])
def test_at_a_given_price_any_sales_are_made_and_value_added_has_the_rest(eta, sales):
    """Inputs at their baseline price: c^(1-eta) = gamma v^(1-eta) + 1 - gamma."""
    gamma, price = 0.6, 0.1
    output, cost, value = cleared(sales, 0.2, gamma, eta, price=price)
    assert (output, cost) == (sales - 5.0 * price, price)
    s = 1 - eta
    if eta == 1.0:
        assert value == pytest.approx(price / gamma)
    else:
        assert gamma * np.exp(s * value) + 1 - gamma == pytest.approx(np.exp(s * price))
