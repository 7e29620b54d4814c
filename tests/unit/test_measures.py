"""Measures beside welfare, by hand: two countries, one good, no inputs, theta 1.

Each spends a fifth on the other. Both do the same to each other, so wages stay at the numeraire and
all follows from one price index.
"""

from __future__ import annotations

import numpy as np
import pytest

import threatpoint as tp
from threatpoint.equilibrium import measures, results
from threatpoint.equilibrium.solution import rebased
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

CODES, GOODS = ("A", "B"), ("G",)
DUTY, TAX = 0.25, 0.1


def table() -> Economy:
    """Value added 100 each, 80 sold at home and 20 abroad, no tariffs."""
    trade = np.array([[80.0, 20.0], [20.0, 80.0]])[:, :, None]
    made = np.full((2, 1), 100.0)
    values = Elasticities.of(CODES, GOODS, 1.0, 1.0)
    return Economy.from_arrays(
        CODES, GOODS, trade, np.zeros((2, 1, 1)), made, made, elasticities={"long": values}
    )


def both(instrument, rate: float) -> tp.Solution:
    """The instrument of each against the other, solved."""
    policy = [instrument("A", "B", "G", rate=rate), instrument("B", "A", "G", rate=rate)]
    return tp.solve(table(), policy, tolerance=1e-12)


@pytest.fixture(scope="module")
def duties() -> tp.Solution:
    return both(tp.Tariff, DUTY)


@pytest.fixture(scope="module")
def taxes() -> tp.Solution:
    return both(tp.ExportTax, TAX)


def row(solution) -> dict[str, float]:
    """A's columns; B's are the same."""
    mine, other = results.country_rows(solution)
    for name in mine.keys() - {"country", "name"}:
        assert mine[name] == pytest.approx(other[name], abs=1e-8, nan_ok=True)
    return mine


def test_a_duty_of_both(duties):
    """Share of imports .16 / .96 = 1/6 of spending, a fifth of it duty: R = I / 30."""
    index = 1 / (0.8 + 0.2 / (1 + DUTY))
    income = 100 / (1 - 1 / 30)
    found = row(duties)
    assert found["price_index_percent"] == pytest.approx(100 * (index - 1), abs=1e-8)
    assert found["tariff_revenue"] == pytest.approx(income / 30, abs=1e-8)
    assert found["tariff_revenue_change"] == pytest.approx(income / 30, abs=1e-8)
    assert found["real_income_percent"] == pytest.approx(income / index - 100, abs=1e-8)
    assert found["real_income_before_tariffs_percent"] == pytest.approx(-4.0, abs=1e-8)
    assert found["real_income_before_tariffs_money"] == pytest.approx(-4.0, abs=1e-8)
    assert found["gdp"] == pytest.approx(income, abs=1e-8)
    assert found["gdp_percent"] == pytest.approx(income / index - 100, abs=1e-8)


def test_a_duty_is_passed_on_to_buyers_and_not_to_sellers(duties):
    found = row(duties)
    assert found["import_price_percent"] == pytest.approx(0.0, abs=1e-8)
    assert found["import_price_paid_percent"] == pytest.approx(100 * DUTY, abs=1e-8)


def test_an_export_tax_is_in_the_price_at_the_border_and_no_tariff_revenue(taxes):
    """Share of imports (.2 / 1.1) P, of which 1 / 11 is tax that the other side keeps."""
    index = 1 / (0.8 + 0.2 / (1 + TAX))
    income = 100 / (1 - TAX / (1 + TAX) * 0.2 / (1 + TAX) * index)
    found = row(taxes)
    assert found["import_price_percent"] == pytest.approx(100 * TAX, abs=1e-8)
    assert found["import_price_paid_percent"] == pytest.approx(100 * TAX, abs=1e-8)
    assert found["tariff_revenue"] == pytest.approx(0.0, abs=1e-10)
    assert found["real_income_percent"] == pytest.approx(income / index - 100, abs=1e-8)
    assert found["real_income_before_tariffs_percent"] == pytest.approx(
        found["real_income_percent"], abs=1e-8
    )
    assert found["gdp"] == pytest.approx(income, abs=1e-8)


def test_a_duty_of_the_baseline_that_is_lifted(duties):
    """From the equilibrium under duties back: 1 / .96 before tariff revenue; prices paid fall."""
    base = rebased(duties)
    free = Wedges(np.zeros((2, 2, 1)), np.ones((2, 2, 1)))
    found = row(tp.solve(base, free, horizon="long", tolerance=1e-12))
    income, index = 100 / (1 - 1 / 30), 1 / 0.96
    assert found["real_income_before_tariffs_percent"] == pytest.approx(100 / 0.96 - 100, abs=1e-7)
    assert found["real_income_percent"] == pytest.approx(1e4 / (income / index) - 100, abs=1e-7)
    assert found["tariff_revenue_change"] == pytest.approx(-income / 30, abs=1e-8)
    assert found["import_price_paid_percent"] == pytest.approx(100 / 1.25 - 100, abs=1e-7)


def test_the_parts_of_real_income_give_that_before_tariffs(duties):
    found = row(duties)
    parts = found["from_factor_income_points"] + found["from_deficit_points"]
    assert found["real_income_before_tariffs_percent"] == pytest.approx(parts, abs=1e-8)


def test_what_is_cut_off_has_no_price():
    found = row(tp.solve(table(), tp.CutOff("A", "B")))
    assert np.isnan([found["import_price_percent"], found["import_price_paid_percent"]]).all()
    assert found["price_index_percent"] == pytest.approx(25.0, abs=1e-7)
    assert found["gdp_percent"] == pytest.approx(-20.0, abs=1e-7)


def test_nothing_changes_without_a_policy():
    found = row(tp.solve(table()))
    changes = {name: value for name, value in found.items() if name.endswith("_percent")}
    np.testing.assert_allclose([*changes.values()], 0.0, atol=1e-8)
    assert found["gdp"] == pytest.approx(found["gdp_baseline"])


def test_two_countries_as_one_are_the_sum_of_both(duties):
    (union,) = results.group_rows(duties, {"both": CODES})
    mine = row(duties)
    for name in ("real_income_before_tariffs_percent", "gdp_percent"):
        assert union[name] == pytest.approx(mine[name], abs=1e-8)
    assert union["gdp"] == pytest.approx(2 * mine["gdp"])
    assert np.isnan(union["import_price_percent"])
    together = results.together(duties, CODES, before_tariffs=True)
    assert together == pytest.approx((-4.0, -8.0), abs=1e-7)


def test_every_measure_is_in_the_labelled_arrays(duties):
    data, found = duties.to_xarray(), row(duties)
    for name, key in {
        "real_income_before_tariffs": "real_income_before_tariffs_percent",
        "real_income_before_tariffs_money": "real_income_before_tariffs_money",
        "gdp": "gdp",
    }.items():
        assert float(data[name].sel(country="A")) == found[key]
    for name, key in {
        "real_gdp": "gdp_percent",
        "price_index": "price_index_percent",
        "import_prices": "import_price_percent",
        "import_prices_paid": "import_price_paid_percent",
    }.items():
        assert 100 * (float(data[name].sel(country="A")) - 1) == pytest.approx(found[key])
    assert data["gdp"].attrs["unit"] == table().unit


def test_real_costs_of_trading_are_no_income():
    found = tp.solve(table(), tp.TradeCost("A", "B", "G", rate=0.2), tolerance=1e-12)
    kept = found.income - found.waste
    assert found.waste.max() > 0
    np.testing.assert_allclose(measures.gdp(found), kept - found.deficit)
    np.testing.assert_allclose(found.welfare.before_tariffs, found.welfare.percent, atol=1e-10)


def test_who_spends_less_than_its_tariff_revenue_has_no_measure_before_it():
    """A spends 5, of 10 of revenue from duties on its inputs: factor income and deficit are -5."""
    trade = np.array([[5.0, 20.0], [125.0, 80.0]])[:, :, None]
    inputs = np.array([30.0, 0.0])[:, None, None]
    tariff = np.array([[0.0, 0.5], [0.0, 0.0]])[:, :, None]
    made, used = np.full((2, 1), 100.0), np.array([[5.0], [205.0]])
    values = {"long": Elasticities.of(CODES, GOODS, 1.0, 1.0)}
    world = Economy.from_arrays(
        CODES, GOODS, trade, inputs, made, used, tariff=tariff, elasticities=values
    )
    found = tp.solve(world).welfare
    np.testing.assert_allclose(found.percent, 0.0, atol=1e-7)
    assert np.isnan(found.before_tariffs[0])
    assert found.before_tariffs[1] == pytest.approx(0.0, abs=1e-7)
