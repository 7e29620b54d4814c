"""The market of one good in physical units: regimes, limits, and what the outcome reports."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.economies import random_world
from threatpoint.equilibrium import solve, solve_shares
from threatpoint.equilibrium.calibration import Calibration
from threatpoint.errors import PolicyError, WorldError
from threatpoint.oil.balance import Balance
from threatpoint.oil.outcome import DAYS, oil_outcome
from threatpoint.oil.regime import REGIMES, market_of, oil_supply, touches_market
from threatpoint.oil.rows import absorbed_words, buyer_rows
from threatpoint.policy import Policy, StopBuying, Tariff
from threatpoint.policy.wedges import Wedges
from threatpoint.quantity import Quantity
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.flow import BASIS, Flow
from threatpoint.world.market import Market

SELLER, OTHER, BUYER, REST = "C00", "C01", "C02", "C03"


def quantity(value: float, unit: str = "mb/d") -> Quantity:
    return Quantity(value, value, value, unit, source="hand-made")


def market(**changes) -> Market:
    fields = {
        "benchmark": quantity(80, "USD/bbl"),
        "prices": {SELLER: quantity(60, "USD/bbl")},
        "output": {SELLER: quantity(10), OTHER: quantity(12), REST: quantity(20)},
        "exports": {SELLER: quantity(5)},
        "spare": {OTHER: quantity(3), REST: quantity(2)},
        "floors": {SELLER: quantity(24, "USD/bbl")},
        "largest_share": quantity(0.4, "share"),
        **changes,
    }
    return Market("crude", "S00", **fields)


def oil_economy(**changes) -> Economy:
    """Four countries; the good is 80 % of the seller's flow to two buyers, and 0 to the rest."""
    world = random_world(5, 4, 3, zeros=False, balanced=True)
    e = world.economy
    values, known = np.zeros((4, 4)), np.zeros((4, 4), dtype=bool)
    values[[1, 2], 0] = 0.8 * e.trade[[1, 2], 0, 0]
    known[:, 0] = True
    basis = np.where(known, BASIS.index("observed"), 0).astype(np.int8)
    sets = {
        "long": Elasticities.of(e.countries, e.sectors, 4.0, 0.5),
        "short": Elasticities.of(e.countries, e.sectors, 4.0, 0.1, eta=0.5, horizon="short"),
    }
    return replace(
        e,
        markets={"crude": market(**changes)},
        flows={"crude": Flow("crude", "S00", values, known, basis, "hand-made")},
        residuals=(REST,),
        elasticities=sets,
    )


@pytest.fixture(scope="module")
def economy() -> Economy:
    return oil_economy()


@pytest.fixture(scope="module")
def stopped(economy):
    """The buyer stops; the market's regime is in force."""
    policy = Policy([StopBuying(BUYER, SELLER, "crude")])
    return solve(economy, policy, supply=oil_supply(economy))


# -- regimes -------------------------------------------------------------------------------------


def test_respond_has_the_floor_and_no_regime_of_idle_capacity(economy):
    s = oil_supply(economy)
    assert not s.held.any()
    assert not s.spare.any()
    assert s.floor[0, 0] == pytest.approx(24 / 60)
    assert np.count_nonzero(s.floor) == 1
    assert REGIMES["respond"] in s.words
    assert "C00 shuts in below 24 USD/bbl" in s.words


def test_hold_binds_economies_that_decide_and_spare_binds_all(economy):
    held, spare = oil_supply(economy, "hold"), oil_supply(economy, "spare")
    assert np.argwhere(held.held).tolist() == [[1, 0]]
    assert not held.spare.any()
    np.testing.assert_allclose(spare.spare[:, 0], [0, 3 / 12, 0, 2 / 20])
    assert not spare.held.any()


def test_the_limit_on_one_origin_leaves_out_home_groups_and_other_goods(economy):
    share = oil_supply(economy).largest_share
    pairs = share[:, :, 0] < 1
    assert pairs.sum() == 6
    assert not pairs.diagonal().any()
    assert not pairs[3].any()
    assert not pairs[:, 3].any()
    assert (share[:, :, 1:] == 1).all()
    assert (share[:, :, 0][pairs] == 0.4).all()


def test_flows_without_the_good_cannot_grow(economy):
    volume = oil_supply(economy).largest_volume
    assert volume[3, 0, 0] == 1.0
    assert np.isinf(volume[[0, 1, 2], 0, 0]).all()
    assert np.isinf(volume[:, 1:]).all()
    assert np.isinf(volume[:, :, 1:]).all()


def test_without_those_facts_there_is_no_such_limit():
    bare = oil_economy(largest_share=None, floors={}, spare={})
    for regime in REGIMES:
        s = oil_supply(bare, regime)
        assert (s.largest_share == 1).all()
        assert not s.floor.any()
        assert not s.held.any()
        assert s.words == REGIMES[regime]


def test_idle_capacity_without_known_output_is_left_out():
    e = oil_economy(output={SELLER: quantity(10)})
    assert not oil_supply(e, "spare").spare.any()
    assert not oil_supply(e, "hold").held.any()


# -- which policies touch it -----------------------------------------------------------------------


def test_a_policy_touches_the_market_through_the_sellers_sector_only(economy):
    def touched(*items, e=economy):
        return touches_market(e, Policy(items).wedges(e))

    assert touched(StopBuying(BUYER, SELLER, "crude"))
    assert touched(Tariff(BUYER, SELLER, "S00", 0.9))
    assert not touched(Tariff(BUYER, SELLER, "S01", 0.9))
    assert not touched(Tariff(BUYER, OTHER, "S00", 0.9))
    assert not touched(Tariff(SELLER, BUYER, "S00", 0.9))
    bare = replace(economy, markets={}, flows={})
    assert not touched(Tariff(BUYER, SELLER, "S00", 0.9), e=bare)


# -- the outcome ---------------------------------------------------------------------------------


def test_without_a_policy_nothing_moves(economy):
    for regime in REGIMES:
        o = oil_outcome(solve(economy, supply=oil_supply(economy, regime)))
        assert o.benchmark == pytest.approx((80, 80))
        assert o.price == pytest.approx((60, 60))
        assert o.discount == pytest.approx((20, 20))
        assert o.volume == pytest.approx((5, 5))
        assert o.revenue == pytest.approx((5 * 60 * DAYS / 1e3,) * 2)
        assert o.world_price_percent == pytest.approx(0, abs=1e-7)
        np.testing.assert_allclose(list(o.output.values()), 0, atol=1e-7)
        assert absorbed_words(o) == ""


def test_one_that_stops_buys_nothing_and_the_volumes_add_up(stopped):
    o = oil_outcome(stopped)
    before, after = o.buyers
    assert before.sum() == pytest.approx(o.volume[0]) == pytest.approx(5)
    assert after.sum() == pytest.approx(o.volume[1])
    assert after[2] == 0.0
    assert before[[0, 3]].tolist() == [0, 0]
    assert after[[0, 3]].tolist() == [0, 0]
    assert after[1] > before[1]
    for k in (0, 1):
        assert o.revenue[k] == pytest.approx(o.volume[k] * o.price[k] * DAYS / 1e3)
        assert o.paid[k].sum() == pytest.approx(o.revenue[k])
    assert o.price[1] < o.price[0]
    assert o.volume[1] < o.volume[0]
    assert o.discount[1] == pytest.approx(o.benchmark[1] - o.price[1])


def test_no_buyer_takes_more_than_its_limit_from_one_origin(stopped):
    limit = np.maximum(0.4, stopped.calibration.pi[:3, :3, 0])
    off = ~np.eye(3, dtype=bool)
    assert (stopped.shares[:3, :3, 0][off] <= limit[off] * (1 + 1e-8)).all()


def test_the_benchmark_is_the_mean_of_the_other_exporters(stopped):
    e = stopped.economy
    abroad = e.trade[:, :, 0].sum(axis=0) - e.trade[:, :, 0].diagonal()
    mean = np.average(stopped.unit_costs[1:, 0], weights=abroad[1:])
    assert oil_outcome(stopped).benchmark[1] == pytest.approx(80 * mean)


def test_output_changes_are_those_of_the_sectors_quantity(stopped):
    o = oil_outcome(stopped)
    made = stopped.output[:, 0] / stopped.unit_costs[:, 0] / stopped.economy.output[:, 0]
    expected = {SELLER: 10 * (made[0] - 1), OTHER: 12 * (made[1] - 1), REST: 20 * (made[3] - 1)}
    assert o.output == pytest.approx(expected)


def test_an_embargo_by_all_leaves_no_volume_and_no_discount(economy):
    policy = Policy([StopBuying([OTHER, BUYER], SELLER, "crude")])
    o = oil_outcome(solve(economy, policy, supply=oil_supply(economy)))
    assert o.volume[1] == 0.0
    assert o.revenue[1] == 0.0
    assert np.isnan(o.discount[1])
    assert o.world_price_percent > 0
    assert o.price[1] >= 24 * (1 - 1e-9)


def test_held_output_raises_the_world_price_and_idle_capacity_lowers_it(economy):
    policy = Policy([StopBuying([OTHER, BUYER], SELLER, "crude")])
    for horizon in economy.elasticities:
        found = [
            oil_outcome(
                solve(economy, policy, horizon=horizon, supply=oil_supply(economy, regime))
            ).world_price_percent
            for regime in ("hold", "respond", "spare")
        ]
        assert found[0] > found[1] > found[2]


def test_rows_carry_what_the_outcome_says(stopped):
    o = oil_outcome(stopped)
    assert (o.seller, o.horizon, o.units[0]) == (SELLER, "long", "USD/bbl")
    rows = buyer_rows(o, stopped.economy)
    assert {r["buyer"] for r in rows} == {OTHER, BUYER}
    assert [r["volume_baseline"] for r in rows] == sorted(
        (r["volume_baseline"] for r in rows), reverse=True
    )
    assert np.isnan([r["revenue_month"] for r in rows]).all()
    kept = buyer_rows(replace(o, balance=Balance(-0.4, -0.4)), stopped.economy)
    assert sum(r["revenue_month"] for r in kept) == pytest.approx(o.revenue[1])
    assert sum(r["volume"] for r in kept) == pytest.approx(o.volume[1])


# -- do the barrels add up -------------------------------------------------------------------------


def test_without_a_policy_the_barrels_add_up(economy):
    o = oil_outcome(solve(economy, supply=oil_supply(economy)))
    assert o.adds_up
    assert o.withheld == ""
    assert o.balance.missing == pytest.approx(0, abs=1e-6)
    assert all(np.isfinite(r["volume"]) for r in buyer_rows(o, economy))


def test_barrels_that_do_not_add_up_are_withheld_with_their_size(stopped):
    """Counted here once more: what the seller pumps, uses at home and exports; others balance."""
    o, e = oil_outcome(stopped), stopped.economy
    home = stopped.trade[0, 0, 0] / stopped.unit_costs[0, 0] / e.trade[0, 0, 0]
    gap = o.output[SELLER] - (10 - 5) * (home - 1) - (o.volume[1] - o.volume[0])
    assert abs(gap) > 0.01
    assert o.balance.missing == pytest.approx(gap)
    assert not o.adds_up
    assert o.withheld == f"withheld: {abs(gap):.2f} mb/d do not add up"
    assert absorbed_words(o) == o.withheld


def test_a_table_of_buyers_that_misses_barrels_is_withheld(stopped):
    o = replace(oil_outcome(stopped), balance=Balance(0.0, 0.0))
    assert o.adds_up
    lost = replace(o, buyers=(o.buyers[0], o.buyers[1] * 0.9))
    assert not lost.adds_up
    assert lost.withheld


def test_a_seller_whose_output_is_not_known_cannot_be_checked():
    e = oil_economy(output={OTHER: quantity(12), REST: quantity(20)})
    o = oil_outcome(solve(e, supply=oil_supply(e)))
    assert not o.adds_up
    assert "C00 pumps is not known" in o.withheld


def test_who_pumps_more_is_named_largest_first(stopped):
    output = {"A": 0.2, "B": 0.5, "C": -1.0, "D": 0.004}
    o = replace(oil_outcome(stopped), output=output, balance=Balance(0.0, 0.0))
    assert absorbed_words(o) == "B +0.50 mb/d, A +0.20 mb/d"
    assert absorbed_words(o, least=0.3) == "B +0.50 mb/d"


# -- bad input -----------------------------------------------------------------------------------


def test_an_economy_without_the_market_says_so(economy):
    bare = replace(economy, markets={}, flows={})
    for ask in (
        lambda: oil_supply(bare),
        lambda: market_of(bare),
        lambda: oil_outcome(solve(bare)),
    ):
        with pytest.raises(WorldError, match="unknown market in physical units 'crude'"):
            ask()


def test_a_misspelt_market_regime_or_seller_gets_the_known_ones(economy, stopped):
    with pytest.raises(WorldError, match=r"'crud' \(did you mean 'crude'"):
        oil_supply(economy, good="crud")
    with pytest.raises(PolicyError, match=r"regime of OPEC 'hodl' \(did you mean 'hold'"):
        oil_supply(economy, "hodl")
    with pytest.raises(WorldError, match=r"crude of C01: no price and export volume.*C00"):
        oil_outcome(stopped, OTHER)
    with pytest.raises(WorldError, match="known: none"):
        oil_outcome(solve(oil_economy(prices={}, floors={})))


def test_a_solution_from_shares_has_no_barrels(economy):
    c = Calibration.from_economy(economy, economy.elasticities["long"])
    with pytest.raises(WorldError, match="computed from shares"):
        oil_outcome(solve_shares(c, Wedges.none(economy)))


def test_two_sellers_must_be_told_apart():
    both = {code: quantity(60, "USD/bbl") for code in (SELLER, OTHER)}
    e = oil_economy(prices=both, exports={SELLER: quantity(5), OTHER: quantity(4)})
    with pytest.raises(WorldError, match="name the seller; known: C00, C01"):
        oil_outcome(solve(e))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"prices": {}}, "C00 has a shut-in price and no baseline price"),
        ({"prices": {SELLER: quantity(0, "USD/bbl")}}, "C00 has a shut-in price"),
        ({"output": {OTHER: quantity(0)}}, "C01 has idle capacity and a baseline output of 0 mb/d"),
        ({"spare": {"XXX": quantity(1)}, "output": {"XXX": quantity(3)}}, "unknown country 'XXX'"),
        ({"largest_share": quantity(1.2)}, "largest share of one origin"),
        ({"floors": {SELLER: quantity(-3)}}, "floor must be finite and 0 or more"),
    ],
)
def test_facts_that_do_not_hang_together_are_refused(changes, words):
    with pytest.raises(WorldError, match=words):
        oil_supply(oil_economy(**changes), "spare")


def test_a_market_needs_its_flow_and_a_seller_a_buyer(economy):
    with pytest.raises(WorldError, match="market of crude: unknown flow 'crude'"):
        oil_supply(replace(economy, flows={}))
    flow = economy.flows["crude"]
    unsold = replace(economy, flows={"crude": replace(flow, values=flow.values * 0.0)})
    with pytest.raises(WorldError, match="crude of C00: the table knows of no buyer"):
        oil_outcome(solve(unsold))
