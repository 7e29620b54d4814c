"""Acts on the crude market: each moves it the right way, and an act of nothing changes nothing."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from validation.crude_market import DAYS, cleared, done, numbers, outcome, outlets, priors

from threatpoint.errors import PolicyError
from threatpoint.oil.receipts import Receipts
from threatpoint.policy import (
    CutOutput,
    ExportTax,
    ListShips,
    MoveCap,
    PriceCap,
    Quota,
    ReleaseSpare,
    SanctionProducers,
    StopBuying,
    Tariff,
)
from threatpoint.words import HORIZONS

DAY = pytest.mark.parametrize("day", DAYS)
SAME = 1e-9
OIL = "crude"


def stop(who, enforcement=1.0):
    return [StopBuying(who, "RUS", OIL, enforcement=enforcement)]


def cap(price, buyers="WORLD", **how):
    return [PriceCap("RUS", buyers, OIL, cap=price, **how)]


def volumes(found):
    return {code: now for code, (_, now) in found.buyers().items()}


NOTHING = {
    "nobody stops": lambda day: stop("WORLD", 0.0),
    "a cap of what is in force": lambda day: cap(outlets(day).base.cap),
    "a cap above it": lambda day: cap(outlets(day).base.cap + 20.0),
    "the cap moved to where it is": lambda day: [MoveCap("RUS", OIL, outlets(day).base.cap)],
    "a cap lifted that did not bind": lambda day: [MoveCap("RUS", OIL, None)],
    "a quota above what is bought": lambda day: [Quota("WORLD", "RUS", OIL, volume=1.5)],
    "a tax of nothing": lambda day: [ExportTax("RUS", "WORLD", "OILGAS", rate=0.0)],
}


@DAY
@pytest.mark.parametrize("act", NOTHING)
def test_an_act_of_nothing_changes_nothing(day, act):
    found = outcome(NOTHING[act](day), day=day)
    assert found.world_price_percent == pytest.approx(0.0, abs=SAME)
    assert found.revenue_change == pytest.approx(0.0, abs=SAME)
    assert found.volume[1] == pytest.approx(found.volume[0], abs=SAME)


@DAY
def test_who_stops_buys_nothing_and_others_buy_more(day):
    found = outcome(stop("IND"), day=day)
    before = {code: was for code, (was, _) in found.buyers().items()}
    assert volumes(found)["IND"] == 0.0
    assert all(now > before[code] for code, now in volumes(found).items() if code != "IND")
    assert found.world_price_percent > 0
    assert found.revenue_change < 0


@DAY
def test_the_more_is_stopped_the_more_it_costs(day):
    many = [outcome(stop("WORLD", e), day=day) for e in (0.0, 0.3, 0.6, 0.9)]
    prices, revenues = ([f(x) for x in many] for f in (
        lambda x: x.world_price_percent, lambda x: x.revenue[1]))  # fmt: skip
    assert prices == sorted(prices)
    assert revenues == sorted(revenues, reverse=True)


# -- caps -------------------------------------------------------------------------------------


@DAY
def test_a_lower_cap_pays_the_seller_less(day):
    caps = [outlets(day).base.cap - below for below in (0, 5, 10, 20, 30)]
    capped = [outcome(cap(price), day=day) for price in caps]
    moved = [outcome([MoveCap("RUS", OIL, price)], day=day) for price in caps]
    for each, same in zip(capped, moved, strict=True):
        assert same.revenue[1] == pytest.approx(each.revenue[1], rel=1e-12)
    revenues = [each.revenue[1] for each in capped]
    assert all(low <= high + SAME for high, low in pairwise(revenues))
    assert revenues[-1] < revenues[0] - 0.1


@DAY
def test_the_lower_of_two_caps_binds_and_the_cap_moved_up_frees_a_dearer_market(day):
    both = outcome([*cap(40.0), MoveCap("RUS", OIL, 50.0)], day=day)
    lower = outcome([MoveCap("RUS", OIL, 40.0)], day=day)
    assert min(both.revenue[1], lower.revenue[1]) > 0
    scarce = [CutOutput("SAU", OIL, cut=2.0)]
    kept, lifted = (
        outcome(acts, day=day) for acts in (scarce, [*scarce, MoveCap("RUS", OIL, None)])
    )
    assert lifted.revenue[1] > kept.revenue[1] + 0.01
    assert lifted.world_price_percent <= kept.world_price_percent + SAME


@DAY
def test_a_cap_on_some_buyers_costs_less_than_one_on_all(day):
    low = outlets(day).base.cap - 15.0
    some, most, every = (
        outcome(cap(low, who), day=day) for who in ("TUR", ("IND", "TUR"), "WORLD")
    )
    assert every.revenue[1] < most.revenue[1] < some.revenue[1] < some.revenue[0]


def test_a_cap_on_who_buys_by_pipeline_alone_caps_nothing():
    assert outcome(cap(30.0, "SVK")).revenue_change == pytest.approx(0.0, abs=SAME)


def test_more_served_under_a_cap_costs_more_and_none_served_costs_nothing():
    few, many = (outcome(cap(40.0, served=share)) for share in (0.2, 0.8))
    assert many.revenue[1] < few.revenue[1]
    none = outcome(cap(40.0, served=0.0, evasion_cost=0.0))
    assert none.revenue_change == pytest.approx(0.0, abs=1e-6)


# -- ships, producers, quotas -----------------------------------------------------------------


@DAY
def test_the_more_ships_are_listed_the_dearer_freight(day):
    many = [outcome([ListShips("RUS", OIL, share=s)], day=day) for s in (0.1, 0.3, 0.6)]
    freight = [each.freight for each in many]
    assert 0 < freight[0] < freight[1] < freight[2]
    net = [each.net[1] for each in many]
    assert net == sorted(net, reverse=True)


@DAY
def test_near_outlets_pay_no_freight(day):
    values, here = numbers(day), outlets(day)
    found = cleared([ListShips("RUS", OIL, share=0.3)], values, day=day)
    near, freight = here.near > 0, found.taken.freight[0]
    flat = (found.world_price - found.crude.world_price - found.price + found.crude.price)[0]
    discount = found.taken.discount[0]
    assert discount[near] == pytest.approx(flat)
    assert discount[~near] == pytest.approx(flat - found.crude.haul[0, ~near] * freight)
    more = found.taken.volume[0] > found.crude.bought[0]
    assert more[near].all()
    assert not more[np.array(here.codes) == "IND"].any()


@DAY
def test_sanctioned_producers_sell_less_and_at_less(day):
    many = [outcome([SanctionProducers("RUS", OIL, share=s)], day=day) for s in (0.2, 0.5, 1.0)]
    for f in (lambda x: x.revenue[1], lambda x: x.volume[1], lambda x: x.net[1]):
        assert [f(x) for x in many] == sorted((f(x) for x in many), reverse=True)
    swapped = outcome([SanctionProducers("RUS", OIL, share=0.5)], day=day, swap=1.0, middlemen=1e-9)
    assert swapped.revenue_change == pytest.approx(0.0, abs=1e-6)


@DAY
def test_a_quota_holds_and_pays_who_holds_its_scarcity(day):
    buyer, seller = (
        outcome([Quota("WORLD", "RUS", OIL, volume=0.5, payee=payee)], day=day)
        for payee in ("importer", "exporter")
    )
    for found in (buyer, seller):
        assert found.volume[1] == pytest.approx(found.volume[0] / 2, rel=1e-9)
    assert buyer.world_price_percent == pytest.approx(seller.world_price_percent, rel=1e-9)
    assert buyer.revenue[1] < seller.revenue[1] < seller.revenue[0]
    off = [found.landed_discounts()["IND"] for found in (buyer, seller)]
    assert off[0][1] > off[1][1] + 10.0


def test_a_quota_on_a_part_of_an_outlet_leaves_the_rest():
    """The base counts the rest of the Union and of the world as one buyer."""
    here = outlets()
    k = here.codes.index("RST")
    part = here.purchases[k, here.economy.country("ROW")]
    assert 0 < part < 1
    one = done([Quota("ROW", "RUS", OIL, volume=0.1)], numbers())
    assert one.quota[0, k] == pytest.approx(here.bought[k] * (1 - 0.9 * part))
    both = done([Quota(("ROW", "EU"), "RUS", OIL, volume=0.1)], numbers())
    assert both.quota[0, k] == pytest.approx(here.bought[k] * 0.1)


# -- output, taxes, tariffs -------------------------------------------------------------------


@DAY
def test_a_cut_raises_the_price_and_idle_capacity_lowers_it(day):
    values = numbers(day)
    cut = outcome([CutOutput("SAU", OIL, cut=1.0)], day=day)
    assert cut.world_price_percent > 0
    assert cut.revenue_change > 0
    expected = 1.0 / 82.0 / (values["e_d"] + values["e_s"])
    assert np.log1p(cut.world_price_percent / 100) == pytest.approx(expected, rel=0.12)
    idle = outlets(day).base.spare[list(outlets(day).base.producers).index("SAU")]
    freed = outcome([ReleaseSpare("SAU", OIL, share=1.0)], day=day)
    assert freed.world_price_percent < 0
    assert freed.producers()["SAU"][1] > freed.producers()["SAU"][0] + 0.9 * idle - 0.1
    half = outcome([ReleaseSpare("SAU", OIL, share=0.5)], day=day)
    assert freed.world_price_percent < half.world_price_percent < 0


@DAY
def test_the_border_has_an_export_tax_in_it_and_the_netback_has_not(day):
    found = outcome([ExportTax("RUS", "WORLD", "OILGAS", rate=0.2)], day=day)
    assert found.price[1] == pytest.approx(1.2 * found.net[1], rel=1e-9)
    assert found.net[1] < found.net[0]
    assert found.price[1] >= found.price[0]


@DAY
def test_where_wells_do_not_answer_the_seller_bears_its_own_tax(day):
    """Nobody pumps less for it, so barrels and the price at the border stay; the treasury gains."""
    fixed = {"e_s": 0.0, "home_room": 0.0}
    found = outcome([ExportTax("RUS", "WORLD", "OILGAS", rate=0.2)], day=day, **fixed)
    assert found.price[1] == pytest.approx(found.price[0], rel=1e-7)
    assert found.net[1] == pytest.approx(found.net[0] / 1.2, rel=1e-7)
    assert found.revenue_change == pytest.approx(0.0, abs=1e-6)
    assert found.volume[1] == pytest.approx(found.volume[0], rel=1e-7)


@DAY
def test_who_levies_a_tariff_buys_less_and_the_seller_gets_less(day):
    found = outcome([Tariff("IND", "RUS", "OILGAS", rate=0.25)], day=day)
    assert volumes(found)["IND"] < found.buyers()["IND"][0]
    assert volumes(found)["CHN"] > found.buyers()["CHN"][0]
    assert found.net[1] < found.net[0]


# -- elasticities -----------------------------------------------------------------------------

PAIRS = [(h, pair.name) for h in HORIZONS for pair in priors(horizon=h).pairs]


@DAY
@pytest.mark.parametrize(("horizon", "pair"), PAIRS)
@pytest.mark.parametrize("act", ["nobody buys", "a cut"])
def test_the_elasticity_implied_is_the_sum_of_the_pair(day, horizon, pair, act):
    """A little less: the seller's own refiners and wells, a tenth of the world, do not answer."""
    acts = {"nobody buys": stop("WORLD"), "a cut": [CutOutput("SAU", OIL, cut=2.0)]}[act]
    values = numbers(day, pair, horizon)
    found = outcome(acts, day=day, pair=pair, horizon=horizon)
    used = values["e_d"] + values["e_s"]
    assert found.implied_elasticity == pytest.approx(used, rel=0.10)


@DAY
@pytest.mark.parametrize("opec", ["hold", "half", "all"])
def test_barrels_balance_and_money_is_what_is_paid(day, opec):
    for acts in (stop("WORLD"), stop(("IND", "CHN")), cap(45.0), [ListShips("RUS", OIL, 0.3)]):
        values = numbers(day)
        found = cleared(acts, values, day=day, opec=opec)
        assert abs(found.imbalance[0]) <= 1e-9
        paid = Receipts(found)
        bought = np.sum(paid.paid * found.taken.volume)
        assert paid.revenue[0] <= bought + 1e-9


@DAY
def test_a_sellers_own_cut_is_missed_by_its_buyers_and_never_by_its_refineries(day):
    few = outcome([CutOutput("RUS", OIL, cut=2.0)], day=day)
    assert few.volume[0] - few.volume[1] == pytest.approx(2.0, abs=0.3)
    assert few.world_price_percent > 0
    assert few.discount[1] < few.discount[0]
    with pytest.raises(PolicyError, match="what its own refineries take cannot be cut"):
        outcome([CutOutput("RUS", OIL, cut=9.0)], day=day)


@DAY
def test_wells_that_ran_at_the_baseline_do_not_close_above_it(day):
    dear = outcome([], day=day, shut_in=90.0)
    assert dear.world_price_percent == pytest.approx(0, abs=1e-9)
    assert dear.volume[1] == pytest.approx(dear.volume[0])
