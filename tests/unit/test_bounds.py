"""Quotas and price caps: bad input, cases solved by hand, and what a stop leaves of a cell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.markets import oil_world
from threatpoint.equilibrium import solve
from threatpoint.equilibrium.binding import bound_cells
from threatpoint.equilibrium.calibration import Calibration
from threatpoint.equilibrium.cells import PRICE, SHARE, VOLUME, gaps, open_cells
from threatpoint.equilibrium.supply import Supply
from threatpoint.errors import PolicyError
from threatpoint.policy import CutOff, Policy, StopBuying
from threatpoint.policy.limits import PriceLimit, VolumeLimit
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


def test_a_price_cap_between_two_alike_countries():
    """One unit cost for both markets: the seller's price c = 1 at home fixes what buyers pay,
    1 = s min(cap, p) + (1 - s)(p - m), so p = (1 - s cap) / (1 - s) + m.
    """
    cap, served, cost = 0.9, 0.6, 0.05
    limit = PriceLimit(ABROAD, cap, served, cost, ABROAD * 1.0)
    s = solve(alike(), replace(Wedges.none(alike()), price_limits=(limit,)))
    np.testing.assert_allclose(s.unit_costs, 1.0, rtol=1e-9)
    paid = (s.spending / s.trade)[ABROAD]
    np.testing.assert_allclose(paid, (1 - served * cap) / (1 - served) + cost, rtol=1e-8)
    sold = s.trade[ABROAD][0]
    np.testing.assert_allclose(s.waste, (1 - served) * cost * sold, rtol=1e-8)
    rents = (paid - 1)[0] * sold - s.waste[0]
    np.testing.assert_allclose(s.tariff_revenue, rents, rtol=1e-8)
    np.testing.assert_allclose(s.income, 100 + rents + s.waste, rtol=1e-8)


# -- the cells by themselves ---------------------------------------------------------------------


def cells_of(wedges: Wedges, binding=None, capped=None, supply=None):
    e = alike()
    calibration = Calibration.from_economy(e, e.elasticities["long"])
    supply = supply or Supply.free(2, 1)
    return bound_cells(calibration, wedges, supply, binding or (), capped or {})


def test_without_a_bound_there_are_no_cells():
    assert len(cells_of(Wedges.none(alike()))) == 0


BOTH = {(0, 1, 0): "evading", (0, 0, 0): "served"}
"""Sales of country B, and of country A, under the first price limit."""


def test_each_bound_flow_is_one_cell_of_its_kind():
    limit = PriceLimit(ABROAD, 0.9, 0.5, 0.1, ABROAD * 0.7)
    wedges = replace(quota(0.5, "exporter"), price_limits=(limit,))
    supply = replace(
        Supply.free(2, 1),
        largest_share=np.where(ABROAD, 0.2, 1.0),
        largest_volume=np.where(ABROAD, 1.1, np.inf),
    )
    k = cells_of(wedges, {(0, 1, 0, SHARE), (1, 0, 0, VOLUME)}, BOTH, supply)
    assert k.kind.tolist() == [VOLUME, VOLUME, SHARE, VOLUME, PRICE, PRICE]
    # a limit on one origin below the baseline share is that share
    np.testing.assert_allclose(k.bound, [0.5, 0.5, 0.3, 1.1, 0.9, 0.9])
    assert k.abroad.tolist() == [1, 1, 0, 1, 0, 0]
    assert k.part.tolist() == [1, 1, 1, 1, 0.7, 0.7]
    assert k.baseline.tolist() == [30, 30, 1, 30, 1, 1]
    assert k.evading.tolist() == [0, 0, 0, 0, 1, 0]
    # each flow has three bounds, one on top of the other
    assert [len(layer) for layer in k.layers] == [2, 2, 2]


def test_the_flows_of_one_seller_under_a_cap_share_one_rent():
    trade = np.full((3, 3, 1), 10.0)
    names = (["A", "B", "C"], ["F"])
    made = np.full((3, 1), 30.0)
    e = Economy.from_arrays(*names, trade, np.zeros((3, 1, 1)), made, made.copy())
    cells = np.zeros_like(trade, dtype=bool)
    cells[1:, 0] = True
    limit = PriceLimit(cells, 0.9, 0.5, 0.1, cells * 1.0)
    calibration = Calibration.from_economy(e, Elasticities.of(*names, THETA))
    wedges = replace(Wedges.none(e), price_limits=(limit,))
    k = bound_cells(calibration, wedges, Supply.free(3, 1), (), {(0, 0, 0): "served"})
    assert len(k) == 2  # the rent, and the seller's price
    assert k.group.tolist() == [0, 0]
    shut = bound_cells(calibration, wedges, Supply.free(3, 1), (), {(0, 0, 0): "shut"})
    assert len(shut) == 0


def test_at_no_rent_nothing_is_charged_and_the_gap_is_that_of_the_bound():
    k = cells_of(quota(0.5))
    o = open_cells(k, np.zeros(2))
    assert o.bought.tolist() == o.received.tolist() == o.bound.tolist() == [1, 1]
    assert o.rent.tolist() == o.wasted.tolist() == [0, 0]
    received, share = np.full(2, 30.0), np.full(2, 0.3)
    np.testing.assert_allclose(gaps(k, np.zeros(2), np.zeros(1), share, received), np.log(2.0))
    # a bound that is kept has no gap at u = 0, and asks for u = 0 where u is above
    np.testing.assert_array_equal(gaps(k, np.zeros(2), np.zeros(1), share, received / 4), 0.0)
    assert (gaps(k, np.full(2, 0.2), np.zeros(1), share, received / 4) == -0.2).all()


# -- what a stop leaves ----------------------------------------------------------------------------


def test_what_is_left_of_a_cell_cannot_grow_where_a_part_is_stopped_entirely():
    e = oil_world()
    n, i, j = e.country("CHN"), e.country("RUS"), e.sector("OILGAS")
    w = Policy([StopBuying("CHN", "RUS", "crude")]).wedges(e)
    assert w.largest_volume[n, i, j] == pytest.approx(8 / 68)
    assert w.largest_volume[n, i, j] == w.survival[n, i, j]
    assert np.isinf(
        np.delete(w.largest_volume.ravel(), np.ravel_multi_index((n, i, j), (10, 10, 4)))
    ).all()


def test_a_leaky_stop_or_one_of_the_whole_cell_sets_no_largest_volume():
    e = oil_world()
    for stop in (
        StopBuying("CHN", "RUS", "crude", enforcement=0.5),
        StopBuying("IND", "RUS", "crude"),  # crude is all it buys
        CutOff("CHN", "RUS", "OILGAS", "imports", 0.5),
    ):
        assert np.isinf(Policy([stop]).wedges(e).largest_volume).all()


# -- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("volume", [0.0, -0.5, np.nan, np.inf])
def test_a_quota_that_means_nothing_is_refused(volume):
    with pytest.raises(PolicyError, match="must be above 0 and finite"):
        VolumeLimit(ABROAD, volume)


@pytest.mark.parametrize(
    ("cap", "served", "cost", "words"),
    [
        (0.0, 0.5, 0.1, "must be above 0"),
        (-1.0, 0.5, 0.1, "must be above 0"),
        (np.nan, 0.5, 0.1, "must be above 0"),
        (np.inf, 0.5, 0.1, "must be above 0"),
        (0.9, 1.1, 0.1, "served share 1.1 is outside 0 to 1"),
        (0.9, -0.1, 0.1, "outside 0 to 1"),
        (0.9, np.nan, 0.1, "outside 0 to 1"),
        (0.9, 0.5, -0.1, r"must lie in \[0, 1\)"),
        (0.9, 0.5, 1.0, r"must lie in \[0, 1\)"),
        (0.9, 0.5, np.nan, r"must lie in \[0, 1\)"),
    ],
)
def test_a_cap_that_means_nothing_is_refused(cap, served, cost, words):
    with pytest.raises(PolicyError, match=words):
        PriceLimit(ABROAD, cap, served, cost, ABROAD * 1.0)


def test_every_problem_of_a_cap_is_named_at_once():
    with pytest.raises(PolicyError, match=r"price cap: the cap.*; served share.*; the evaders"):
        PriceLimit(ABROAD, 0.0, 2.0, 3.0, ABROAD * 1.0)


@pytest.mark.parametrize("part", [-0.2, 1.3, np.nan])
def test_a_capped_part_outside_0_to_1_is_refused(part):
    with pytest.raises(PolicyError, match="part"):
        PriceLimit(ABROAD, 0.9, 0.5, 0.1, ABROAD * part)


@pytest.mark.parametrize("value", [0.0, -1.0, np.nan])
def test_a_largest_volume_that_is_not_above_0_is_refused(value):
    e = alike()
    volume = np.full_like(e.trade, np.inf)
    volume[0, 1, 0] = value
    with pytest.raises(
        PolicyError, match=r"a largest volume is not above 0 in 1 cell.*\(0, 1, 0\)"
    ):
        replace(Wedges.none(e), largest_volume=volume)


def test_arrays_of_another_shape_are_refused():
    none = Wedges.none(alike())
    wrong = np.ones((2, 2, 2))
    with pytest.raises(PolicyError, match=r"largest_volume has \(2, 2, 2\)"):
        replace(none, largest_volume=wrong)
    with pytest.raises(PolicyError, match=r"limit 1 has \(2, 2, 2\)"):
        replace(none, volume_limits=(VolumeLimit(wrong > 0, 0.5),))
    with pytest.raises(PolicyError, match=r"capped parts have shape \(2, 2, 2\)"):
        PriceLimit(ABROAD, 0.9, 0.5, 0.1, wrong)


def test_a_bound_on_home_sales_is_refused():
    home = ~ABROAD
    with pytest.raises(PolicyError, match="home"):
        replace(Wedges.none(alike()), volume_limits=(VolumeLimit(home, 0.5),))
    with pytest.raises(PolicyError, match="home"):
        replace(Wedges.none(alike()), price_limits=(PriceLimit(home, 0.9, 0.5, 0.1, home * 1.0),))
    with pytest.raises(PolicyError, match="home"):
        replace(Wedges.none(alike()), largest_volume=np.where(home, 0.5, np.inf))
