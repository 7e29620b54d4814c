"""Quotas: bad input, cases solved by hand, and the cells by themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from threatpoint.equilibrium import solve
from threatpoint.equilibrium.binding import bound_cells
from threatpoint.equilibrium.calibration import Calibration
from threatpoint.equilibrium.cells import gaps, open_cells
from threatpoint.errors import PolicyError
from threatpoint.policy.limits import VolumeLimit
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

THETA = 4.0


def alike(theta: float = THETA) -> Economy:
    """Two alike countries, one good, no inputs; each buys 30 of 100 abroad."""
    trade = np.array([[[70.0], [30.0]], [[30.0], [70.0]]])
    names = (["A", "B"], ["F"])
    made = np.full((2, 1), 100.0)
    values = Elasticities.of(*names, theta)
    return Economy.from_arrays(
        *names, trade, np.zeros((2, 1, 1)), made, made.copy(), elasticities={"long": values}
    )


ABROAD = np.array([[[False], [True]], [[True], [False]]])


def quota(volume: float, payee="importer") -> Wedges:
    return replace(Wedges.none(alike()), volume_limits=(VolumeLimit(ABROAD, volume, payee),))


# -- by hand -------------------------------------------------------------------------------------


@pytest.mark.parametrize("volume", [0.9, 0.5, 0.1])
@pytest.mark.parametrize("payee", ["importer", "exporter"])
def test_a_quota_between_two_alike_countries(volume, payee):
    """By symmetry c = 1 and output stays 100, so home sales are 100 - 30 q; whoever is paid.

    Relative demand gives the rent: 30 q / (100 - 30 q) = (3 / 7) t^-(theta + 1), t = 1 + rent:
    a share of spending falls with t^-theta, what is left for the seller with t^-1 more.
    """
    s = solve(alike(), quota(volume, payee))
    np.testing.assert_allclose(s.unit_costs, 1.0, rtol=1e-9)
    np.testing.assert_allclose(s.trade[ABROAD], 30 * volume, rtol=1e-8)
    np.testing.assert_allclose(s.trade[~ABROAD], 100 - 30 * volume, rtol=1e-8)
    ratio = (30 * volume / (100 - 30 * volume)) / (3 / 7)
    rent = ratio ** (-1 / (THETA + 1)) - 1
    earned = s.tariff_revenue if payee == "importer" else s.export_charges
    np.testing.assert_allclose(earned, rent * 30 * volume, rtol=1e-8)
    np.testing.assert_allclose(s.income, 100 + rent * 30 * volume, rtol=1e-8)


def test_both_payees_are_alike_between_two_alike_countries():
    one, other = (solve(alike(), quota(0.5, payee)) for payee in ("importer", "exporter"))
    np.testing.assert_allclose(one.welfare.percent, other.welfare.percent, rtol=1e-7)
    assert (one.welfare.percent < 0).all()


def test_a_quota_at_the_baseline_changes_nothing():
    s = solve(alike(), quota(1.0))
    np.testing.assert_allclose(s.trade, s.economy.trade, rtol=1e-9)
    np.testing.assert_allclose(s.tariff_revenue, 0.0, atol=1e-8)


# -- the cells by themselves ---------------------------------------------------------------------


def cells_of(wedges: Wedges):
    e = alike()
    calibration = Calibration.from_economy(e, e.elasticities["long"])
    return bound_cells(calibration, wedges)


def test_without_a_bound_there_are_no_cells():
    assert cells_of(Wedges.none(alike())) is None


def test_each_bound_flow_is_one_cell_and_two_bounds_of_one_flow_stand_on_each_other():
    both = (*quota(0.5, "exporter").volume_limits, *quota(0.8).volume_limits)
    k = cells_of(replace(Wedges.none(alike()), volume_limits=both))
    np.testing.assert_allclose(k.bound, [0.5, 0.5, 0.8, 0.8])
    assert k.abroad.tolist() == [1, 1, 0, 0]
    assert k.baseline.tolist() == [30, 30, 30, 30]
    assert [layer.tolist() for layer in k.layers] == [[0, 1], [2, 3]]


def test_at_no_rent_nothing_is_charged_and_the_gap_is_that_of_the_bound():
    k = cells_of(quota(0.5))
    o = open_cells(k, np.zeros(2))
    assert o.bought.tolist() == o.received.tolist() == [1, 1]
    assert o.rent.tolist() == [0, 0]
    received = np.full(2, 30.0)
    np.testing.assert_allclose(gaps(k, np.zeros(2), np.zeros(1), received), np.log(2.0))
    # a bound that is kept has no gap at u = 0, and asks for u = 0 where u is above
    np.testing.assert_array_equal(gaps(k, np.zeros(2), np.zeros(1), received / 4), 0.0)
    assert (gaps(k, np.full(2, 0.2), np.zeros(1), received / 4) == -0.2).all()


# -- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("volume", [0.0, -0.5, np.nan, np.inf])
def test_a_quota_that_means_nothing_is_refused(volume):
    with pytest.raises(PolicyError, match="must be above 0 and finite"):
        VolumeLimit(ABROAD, volume)


def test_arrays_of_another_shape_are_refused():
    none = Wedges.none(alike())
    wrong = np.ones((2, 2, 2))
    with pytest.raises(PolicyError, match=r"limit 1 has \(2, 2, 2\)"):
        replace(none, volume_limits=(VolumeLimit(wrong > 0, 0.5),))


def test_a_bound_on_home_sales_is_refused():
    home = ~ABROAD
    with pytest.raises(PolicyError, match="home"):
        replace(Wedges.none(alike()), volume_limits=(VolumeLimit(home, 0.5),))
