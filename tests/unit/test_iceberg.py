"""Iceberg costs up and down, against closed forms and by what must hold of any world."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import threatpoint as tp
from tests.economies import random_world
from threatpoint.errors import PolicyError

THETA = 4.0


def one_sector(trade: list[list[float]]) -> tp.Economy:
    """Labour alone, one good, [buyer][seller]; balanced, as the matrix is symmetric."""
    sales = np.array(trade)
    n = len(trade)
    codes = [f"C{k}" for k in range(n)]
    return tp.Economy.from_arrays(
        codes, ["ALL"], trade=sales[:, :, None], inputs=np.zeros((n, 1, 1)),
        value_added=sales.sum(axis=0)[:, None], final=sales.sum(axis=1)[:, None],
        elasticities={"long": tp.Elasticities.of(codes, ["ALL"], [THETA])},
    )  # fmt: skip


@pytest.mark.parametrize("rate", [-0.3, -0.1, 0.1, 1.0])
def test_two_equal_countries_follow_the_closed_form(rate):
    """With equal wages the home share is 1 / (1 + (1 - pi) / pi d^-theta), income its -1/theta."""
    world = one_sector([[8, 2], [2, 8]])
    found = tp.solve(world, [tp.Iceberg("WORLD", "WORLD", rate=rate)])
    share = 1 / (1 + 0.25 * (1 + rate) ** -THETA)
    gain = 100 * ((share / 0.8) ** (-1 / THETA) - 1)
    np.testing.assert_allclose(found.welfare.percent, gain, rtol=1e-8)
    np.testing.assert_allclose(found.shares[0, 0, 0], share, rtol=1e-9)
    np.testing.assert_allclose(found.wages, 1, rtol=1e-9)
    assert np.abs(found.waste).max() == 0


@pytest.mark.parametrize("rate", [-0.25, 0.4])
def test_the_home_share_is_enough_for_the_gain_of_each_country(rate):
    """Arkolakis, Costinot & Rodriguez-Clare (2012): W' = pi_nn'^(-1/theta), whoever changes."""
    world = one_sector([[9, 1, 2], [1, 6, 3], [2, 3, 20]])
    found = tp.solve(world, [tp.Iceberg("C0", "C1", rate=rate)])
    home = np.arange(3)
    before = world.trade[home, home, 0] / world.trade[:, :, 0].sum(axis=1)
    hat = found.shares[home, home, 0] / before
    np.testing.assert_allclose(found.welfare.percent, 100 * (hat ** (-1 / THETA) - 1), rtol=1e-7)


@given(seed=st.integers(0, 10**6), fall=st.floats(0.01, 0.4))
def test_cheaper_trade_for_all_raises_income_of_the_world_and_back_is_back(seed, fall):
    random = random_world(seed, 3, 2, zeros=False, theta_range=(2.0, 8.0), balanced=True)
    economy = random.economy.bare
    free = tp.Economy.from_arrays(
        economy.countries, economy.sectors, *untaxed(economy),
        elasticities={"long": tp.Elasticities.of(economy.countries, economy.sectors, random.theta)},
    )  # fmt: skip
    cheaper = tp.Iceberg("WORLD", "WORLD", "all", rate=-fall)
    back = tp.Iceberg("WORLD", "WORLD", "all", rate=1 / (1 - fall) - 1)
    assert tp.solve(free, [cheaper]).welfare.usd.sum() > 0
    np.testing.assert_allclose(tp.solve(free, [cheaper, back]).welfare.percent, 0, atol=1e-7)


def untaxed(economy):
    """Trade, inputs, value added and final use of a table without tariffs: each good is final."""
    trade = economy.trade
    n, _, s = trade.shape
    return trade, np.zeros((n, s, s)), trade.sum(axis=0), trade.sum(axis=1)


def test_prices_of_imports_are_those_of_what_arrives():
    world = one_sector([[8, 2], [2, 8]])
    found = tp.solve(world, [tp.Iceberg("WORLD", "WORLD", rate=-0.1)])
    rows = found.to_pandas()
    np.testing.assert_allclose(rows.import_price_percent, -10, rtol=1e-8)
    np.testing.assert_allclose(rows.import_price_paid_percent, -10, rtol=1e-8)


def test_a_derivative_is_what_a_small_change_does():
    """To an iceberg cost, and to theta, where costs have fallen already; with a tariff evaded."""
    world = one_sector([[9, 1, 2], [1, 6, 3], [2, 3, 20]])
    duty = tp.Tariff("C1", "C0", rate=0.2, enforcement=0.7, evasion_cost=0.05)

    def income(rate: float, theta: float = THETA) -> tp.Solution:
        own = tp.Elasticities.of(world.countries, world.sectors, [theta])
        return tp.solve(world, [tp.Iceberg("C0", "C1", rate=rate), duty], elasticities=own,
                        tolerance=1e-12)  # fmt: skip

    found = tp.sensitivities(income(-0.2), tp.Outcome("real_income", "C1"))
    step = 1e-5
    up, down = (income(0.8 * np.exp(x) - 1).welfare.usd[1] for x in (step, -step))
    assert found.iceberg[1, 0, 0] == pytest.approx((up - down) / (2 * step), rel=1e-5)
    up, down = (income(-0.2, THETA + x).welfare.usd[1] for x in (step, -step))
    assert found.theta[0] == pytest.approx((up - down) / (2 * step), rel=1e-4)


@pytest.mark.parametrize("rate", [-1.0, -2.0, float("nan"), 11.0, "ten", True])
def test_a_rate_that_means_nothing_is_refused(rate):
    with pytest.raises(PolicyError, match=r"iceberg cost|give a number"):
        tp.Iceberg("C0", "C1", rate=rate)


def test_a_trade_cost_below_0_leads_to_the_iceberg_cost():
    with pytest.raises(PolicyError, match="write an iceberg cost"):
        tp.TradeCost("C0", "C1", rate=-0.1)


def test_barrels_do_not_melt():
    """Where the market of crude is counted in barrels; elsewhere its sector is one like others."""
    world = tp.load_world()
    melts = tp.Iceberg("RUS", "WORLD", "OILGAS", rate=-0.1)
    assert tp.solve(world, [melts]).status.converged
    with pytest.raises(PolicyError, match="none of which melts"):
        tp.solve(world, [melts], opec="hold")
