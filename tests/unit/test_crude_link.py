"""The crude market and the world around it agree: barrels, prices, and what complying costs."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from validation.crude_market import DAYS, world

from threatpoint.equilibrium import Given
from threatpoint.errors import InfeasibleError, PolicyError
from threatpoint.oil.setting import require_setting
from threatpoint.oil.solve import oil_outcome, solve, solve_many
from threatpoint.policy import (
    CutOff,
    CutOutput,
    ExportBan,
    ExportTax,
    ListShips,
    Policy,
    PriceCap,
    Quota,
    ReleaseSpare,
    SanctionProducers,
    StopBuying,
    Tariff,
)
from threatpoint.policy.acts import ShipsAct
from threatpoint.units import money
from threatpoint.words import HORIZONS
from threatpoint.world import load_world
from threatpoint.world.economy import Economy

OIL, SELLER = "crude", "RUS"
YEAR = 365.0 / 1e3
"""USD a barrel times mb/d -> USD bn a year."""


def stop(*who, enforcement=1.0):
    return StopBuying(who, SELLER, OIL, enforcement=enforcement)


POLICIES = {
    "India": stop("IND"),
    "India and China": stop("IND", "CHN"),
    "nobody": stop("WORLD"),
    "half": stop("WORLD", enforcement=0.5),
    "a cap below": PriceCap(SELLER, "WORLD", OIL, cap=40.0),
    "a cap above": PriceCap(SELLER, "WORLD", OIL, cap=90.0),
    "quota, buyers": Quota("WORLD", SELLER, OIL, volume=0.5),
    "quota, seller": Quota("WORLD", SELLER, OIL, volume=0.5, payee="exporter"),
    "producers": SanctionProducers(SELLER, OIL, share=0.5),
    "ships": ListShips(SELLER, OIL, share=0.3),
    "a cut": CutOutput("SAU", OIL, cut=1.0),
    "spare released": ReleaseSpare("SAU", OIL, share=0.5),
    "tariff": Tariff("IND", SELLER, "OILGAS", rate=0.25),
}


@cache
def solved(day, horizon, opec):
    policies = {name: [act] for name, act in POLICIES.items()}
    return solve_many(world(day), policies, horizon=horizon, opec=opec)


EVERY = pytest.mark.parametrize(
    ("day", "horizon", "opec"),
    [(d, h, o) for d in DAYS for h in HORIZONS for o in ("hold", "half", "all")],
)


@EVERY
def test_every_scenario_converges_with_its_market_and_barrels_balance(day, horizon, opec):
    for name, found in solved(day, horizon, opec).items():
        market = oil_outcome(found)
        assert found.status.converged, name
        assert abs(market.imbalance) <= 1e-9, name
        assert market.horizon == horizon
        assert market.opec == opec
        taken = sum(now for _, now in market.buyers().values())
        assert taken == pytest.approx(market.volume[1], abs=1e-9)


@EVERY
def test_the_sector_moves_by_the_share_of_crude_in_it(day, horizon, opec):
    link = require_setting(world(day)).link
    j, seller = link.outlets.sector, link.outlets.seller
    output = world(day).trade[:, :, j].sum(axis=0)
    others = np.arange(len(output)) != seller
    part = np.average(link.share[others], weights=output[others])
    for name, found in solved(day, horizon, opec).items():
        rise = oil_outcome(found).world_price_percent / 100
        prices = found.unit_costs[:, j]
        np.testing.assert_allclose(prices[others], 1 + link.share[others] * rise, rtol=1e-9)
        mean = np.average(prices[others], weights=output[others]) - 1
        assert mean == pytest.approx(part * rise, rel=0.1, abs=1e-9), name


@pytest.mark.parametrize("day", DAYS)
def test_the_outcome_is_the_same_alone_and_beside_others(day):
    alone = solve(world(day), [POLICIES["India"]], horizon="short")
    beside = solved(day, "short", "hold")["India"]
    np.testing.assert_allclose(alone.welfare.percent, beside.welfare.percent, atol=1e-7)
    assert oil_outcome(alone).revenue == pytest.approx(oil_outcome(beside).revenue, rel=1e-9)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", ["India", "nobody", "a cap below", "producers"])
def test_what_the_seller_earns_abroad_is_the_markets_and_its_gas_is_left_alone(day, name):
    """The table's crude by the market's revenue; the rest of the sector sells as before."""
    link, found = require_setting(world(day)).link, solved(day, "short", "hold")[name]
    j, n = link.outlets.sector, link.outlets.seller
    before, after = (np.delete(each.trade[:, n, j], n) for each in (world(day), found))
    crude = before * np.delete(link.part, n)
    was, now = oil_outcome(found).revenue
    assert after.sum() == pytest.approx(before.sum() - crude.sum() * (1 - now / was), rel=0.07)


@pytest.mark.parametrize("day", DAYS)
def test_a_levy_on_the_sector_is_paid_by_who_buys_the_gas_in_it(day):
    """Else its treasury would earn what nobody pays."""
    here = world(day)
    policies = {"tax": ExportTax(SELLER, "WORLD", "OILGAS", rate=0.2),
                "tariff": Tariff("EU", SELLER, "OILGAS", rate=0.5)}  # fmt: skip
    found = solve_many(here, {k: [act] for k, act in policies.items()}, horizon="short")
    n, germany = here.country(SELLER), here.country("DEU")
    bought = here.trade[germany, n, here.sector("OILGAS")] / here.final[germany].sum()
    assert require_setting(here).link.part[germany] == 0
    assert found["tax"].welfare.percent[germany] < -100 * 0.2 * bought
    cost = found["tariff"].given.cost[germany, n]
    assert cost == pytest.approx(1 / found["tariff"].given.price[n] - 1, rel=1e-9)


def test_a_quota_on_the_sector_holds_for_the_gas_in_it():
    """Germany buys gas alone; a quota on crude leaves it."""
    here = world()
    n, j, germany = here.country(SELLER), here.sector("OILGAS"), here.country("DEU")
    before = here.trade[germany, n, j]
    for goods, most in (("OILGAS", 0.5), (OIL, 1.0)):
        policy = [Quota("WORLD", SELLER, goods, volume=0.5)]
        found = solve(here, policy, horizon="short")
        bought = found.trade[germany, n, j] / found.given.price[n]
        assert bought / before == pytest.approx(most, rel=0.05)


# -- what complying costs ---------------------------------------------------------------------

STILL = {"e_d": 0.05, "e_s": 50.0}
"""Others pump what is missing at hardly more, so only the discount is lost."""

AROUND = 0.02
"""What the rest of the economy adds or takes, as a share of what the buyer pays."""


def lost(here, code, *who, values=None):
    """(USD bn a year that an economy loses when some stop, its market)."""
    found = solve(here, [stop(*who)], horizon="short", values=values)
    n = here.country(code)
    whole = -found.welfare.percent[n] / 100 * here.final[n].sum()
    return money(whole, here.unit, "USD bn"), oil_outcome(found)


def saved(market, code):
    """(USD bn a year that a buyer saves by its landed discount, and that it pays)."""
    barrels, off = market.buyers()[code][0], market.landed_discounts()[code][0]
    return barrels * off * YEAR, barrels * (market.benchmark[0] - off) * YEAR


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("code", ["IND", "CHN", "TUR"])
def test_a_buyer_alone_loses_its_barrels_times_their_discount(day, code):
    """Where the world price stands still; a price that moves comes on top."""
    here = world(day)
    alone, market = lost(here, code, code, values=STILL)
    off, paid = saved(market, code)
    assert abs(market.world_price_percent) < 0.1
    assert alone == pytest.approx(off, abs=AROUND * paid)
    dearer, market = lost(here, code, code)
    assert dearer > alone
    assert market.world_price_percent > 0.1


@pytest.mark.parametrize("off", [1.5, 8.5])
def test_a_drawn_discount_is_what_complying_costs(off):
    here = world("2025-03")
    alone, market = lost(here, "IND", "IND", values={"discount IND": off} | STILL)
    saves, paid = saved(market, "IND")
    assert saves == pytest.approx(off * market.buyers()["IND"][0] * YEAR)
    assert alone == pytest.approx(saves, abs=AROUND * paid)


@pytest.mark.parametrize("day", DAYS)
def test_without_a_discount_changing_supplier_costs_nothing(day):
    here = world(day)
    base, market = require_setting(here).outlets.base, here.markets[OIL]
    bare = replace(base, discount=np.zeros_like(base.discount))
    bases = tuple((begin, bare if each.day == base.day else each) for begin, each in market.bases)
    other = replace(here, markets={**here.markets, OIL: replace(market, bases=bases)})
    values = {f"discount {code}": 0.0 for code in base.buyers} | STILL
    alone, market = lost(other, "IND", "IND", values=values)
    assert saved(market, "IND")[0] == 0
    assert abs(alone) < AROUND * saved(market, "IND")[1]


@pytest.mark.parametrize("day", DAYS)
def test_complying_costs_more_when_the_other_complies_too(day):
    assert lost(world(day), "IND", "IND", "CHN")[0] > 2.0 * lost(world(day), "IND", "IND")[0]


# -- no jump where the last barrel goes -------------------------------------------------------


@pytest.mark.parametrize("horizon", HORIZONS)
@pytest.mark.parametrize("goods", [OIL, "OILGAS", "REFPET", "COAL", (OIL, "REFPET")])
def test_the_last_thousandth_of_a_stop_costs_no_more_than_others(horizon, goods):
    """China and Turkey go on buying Russian gas, at its own price, as they give up crude."""
    here = world("2025-03")
    for code in ("IND", "CHN", "TUR"):
        stops = {x: StopBuying(code, SELLER, goods, enforcement=x) for x in (0.99, 0.999, 1.0)}
        found = solve_many(here, stops, horizon=horizon)
        before, near, whole = (-found[x].welfare.usd[here.country(code)] for x in stops)
        assert abs(whole - near) < 0.01 * whole, code
        assert whole - near == pytest.approx((near - before) / 9, rel=0.25), code


def test_nearly_no_quota_is_a_stop():
    here, n = world("2025-03"), world("2025-03").country("CHN")
    for goods in (OIL, "OILGAS"):
        both = {"quota": Quota("CHN", SELLER, goods, volume=1e-4),
                "stop": StopBuying("CHN", SELLER, goods)}  # fmt: skip
        found = solve_many(here, both, horizon="short", opec="hold")
        quota, stopped = (found[k].welfare.usd[n] for k in both)
        assert quota == pytest.approx(stopped, rel=0.01), goods


def relabelled(here, order):
    """The same table with its economies in another order."""

    def pairs(values):
        return values[np.ix_(order, order)]

    flows = {
        name: replace(f, **{x: pairs(getattr(f, x)) for x in ("values", "known", "basis")})
        for name, f in here.flows.items()
    }
    sets = {name: replace(each, phi=each.phi[order]) for name, each in here.elasticities.items()}
    return Economy.from_arrays(
        [here.countries[n] for n in order],
        here.sectors,
        pairs(here.trade),
        *(getattr(here, name)[order] for name in ("inputs", "value_added", "final")),
        pairs(here.tariff),
        **{name: getattr(here, name) for name in LABELS},
        flows=flows,
        elasticities=sets,
    )


LABELS = ("services", "names", "groups", "residuals", "unit", "year", "markets")


def test_relabelling_economies_changes_nothing():
    here = world()
    order = np.random.default_rng(3).permutation(len(here.countries))
    other = relabelled(here, order)
    first, second = (
        solve(each, [POLICIES["India and China"]], horizon="short") for each in (here, other)
    )
    np.testing.assert_allclose(first.welfare.percent[order], second.welfare.percent, atol=1e-7)
    assert oil_outcome(first).revenue == pytest.approx(oil_outcome(second).revenue, rel=1e-9)


def test_what_is_asked_of_a_market_that_is_not_there_is_refused():
    bare = replace(world("2023"), markets={})
    for asked in ({"opec": "hold"}, {"values": {"tau": 3.0}}):
        with pytest.raises(PolicyError, match="no market of crude in barrels"):
            solve(bare, **asked)
        with pytest.raises(PolicyError, match="no market of crude in barrels"):
            solve_many(bare, [None], **asked)
    sector = Given.none(world("2023"), "OILGAS")
    with pytest.raises(PolicyError, match="leaves the market of crude alone"):
        solve(world("2023"), given=sector, opec="hold")
    with pytest.raises(PolicyError, match="unknown regime of OPEC 'spare'"):
        solve(world("2023"), opec="spare")
    with pytest.raises(PolicyError, match="there is nothing to stop"):
        solve(world("2025-03"), StopBuying("NLD", "RUS", "crude"))


def test_an_act_on_a_market_that_is_not_solved_is_refused():
    acts = (ShipsAct("gas", ("RUS",), 0.5),)
    wedges = replace(Policy().wedges(world("2023")), acts=acts)
    with pytest.raises(PolicyError, match="no market of gas is solved in barrels"):
        solve(world("2023"), wedges)
    with pytest.raises(PolicyError, match="no market of gas is solved in barrels"):
        solve_many(world("2023"), [wedges])


@pytest.mark.parametrize(
    "policy",
    [
        Tariff("IND", "WORLD", "OILGAS", rate=0.5, mode="add"),
        CutOff("IND", "WORLD", "OILGAS", enforcement=0.9),
    ],
)
def test_home_output_does_not_take_the_place_of_all_imports_at_a_given_price(policy):
    world = load_world()
    n, j = world.country("IND"), world.sector("OILGAS")
    found = solve(world, policy, horizon="short")
    assert found.given is None
    before, after = world.trade[n, n, j], found.trade[n, n, j]
    assert after < 1.6 * before  # with the market in barrels it grew from 19 to 130 and 88 USD bn


def test_a_buyer_cut_off_from_nearly_all_sellers_is_refused_in_barrels():
    policy = CutOff("IND", "WORLD", "OILGAS", enforcement=0.9)
    with pytest.raises(InfeasibleError, match="IND"):
        solve(load_world(), policy, horizon="short", opec="hold")


def test_one_other_seller_taxed_leaves_the_market_in_barrels():
    policy = [
        Tariff("IND", "SAU", "OILGAS", rate=0.5, mode="add"),
        StopBuying("IND", "RUS", "crude", enforcement=0.5),
    ]
    assert solve(load_world(), policy, horizon="short").given is not None


def test_crude_of_another_seller_that_is_banned_or_taxed_is_bought_elsewhere():
    world = load_world()
    usa, chn, j = world.country("USA"), world.country("CHN"), world.sector("OILGAS")
    banned = solve(world, ExportBan("USA", "CHN", "OILGAS"), horizon="short", opec="hold")
    flow = world.trade[chn, usa, j]
    assert banned.trade[chn, usa, j] == 0
    assert np.abs(banned.welfare.usd[[usa, chn]]).max() < 0.1 * flow  # 81 % of it, once
    duty = Tariff("USA", "CAN", "OILGAS", rate=0.25, mode="add")
    taxed = solve(world, duty, horizon="short", opec="hold")
    can = world.country("CAN")
    assert abs(taxed.output[can, j] / world.output[can, j] - 1.0) < 0.02
    assert taxed.tariff[usa, can, j] == pytest.approx(0.25 + world.tariff[usa, can, j])
