"""Sanctions on energy itself, [oil.NAME], on the shipped world at every horizon."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from threatpoint.analysis.oil_answers import scenarios, solve_oil
from threatpoint.analysis.outcome import page_horizons
from threatpoint.equilibrium import solve
from threatpoint.equilibrium.results import assumptions
from threatpoint.errors import SituationError
from threatpoint.oil.outcome import DAYS, oil_outcome
from threatpoint.oil.regime import REGIMES, oil_supply
from threatpoint.policy import CutOff, Policy
from threatpoint.situation import load_situation
from threatpoint.world import load_world

NAME = "ukraine-2025-03-31"
SELLER = "RUS"
EMBARGO = "Nobody buys"
HORIZONS = page_horizons(load_world())


@pytest.fixture(scope="module")
def world():
    return load_world()


@pytest.fixture(scope="module")
def situation():
    return load_situation(NAME)


@pytest.fixture(scope="module")
def answers(situation, world):
    return solve_oil(situation, world)


@pytest.fixture(scope="module")
def embargo(situation, world):
    """(regime, horizon) -> the market when nobody buys."""
    one = situation.oil["embargo-held"]
    asked = {name: replace(one, opec=name, label=name) for name in REGIMES}
    found = solve_oil(replace(situation, oil=asked), world)
    return {(a.scenario.opec, a.horizon): a.outcome for a in found}


def by_name(answers, situation, name):
    """Horizon -> the outcome of one sanction, short first."""
    label = situation.oil[name].label
    return {a.horizon: a.outcome for a in answers if a.scenario.label == label}


def test_every_sanction_is_answered_at_every_horizon(answers, situation):
    asked = [(s.label, h) for s in situation.oil.values() for h in HORIZONS]
    assert [(a.scenario.label, a.horizon) for a in answers] == asked
    assert len(asked) >= 12
    for a in answers:
        assert a.failure == ""
        assert a.solution.status.converged
        assert a.solution.status.residual <= 1e-10
        assert np.abs(a.solution.status.walras).max() <= 1e-8
        assert a.solution.status.bounds.size > 0
        assert assumptions(a.solution)["horizon"] == a.horizon == a.outcome.horizon
        assert REGIMES[a.scenario.opec] in a.outcome.regime


def test_the_world_price_rises_and_the_seller_loses_price_volume_and_income(answers, world):
    for row, a in zip(scenarios(answers, world, SELLER).rows, answers, strict=True):
        o = a.outcome
        assert o.world_price_percent > 0
        assert o.price[1] < o.price[0]
        assert o.volume[1] < o.volume[0]
        assert row["revenue_change_usd_bn_month"] < 0
        assert a.solution.welfare.percent[world.country(SELLER)] < 0
        assert o.volume[1] == 0 or o.discount[1] > o.discount[0]
        assert o.price[1] >= world.markets["crude"].floors[SELLER].value * (1 - 1e-9)


def test_revenue_is_price_times_volume_and_buyers_add_up(answers):
    for a in answers:
        o = a.outcome
        for k in (0, 1):
            assert o.revenue[k] == pytest.approx(o.price[k] * o.volume[k] * DAYS / 1e3)
            assert o.buyers[k].sum() == pytest.approx(o.volume[k])
            assert o.paid[k].sum() == pytest.approx(o.revenue[k])
            assert (o.buyers[k] >= 0).all()


def test_the_baseline_is_the_same_everywhere(answers, world):
    market = world.markets["crude"]
    for a in answers:
        o = a.outcome
        assert o.benchmark[0] == market.benchmark.value
        assert o.price[0] == market.prices[SELLER].value
        assert o.volume[0] == pytest.approx(market.exports[SELLER].value)


def test_the_shorter_the_horizon_the_larger_the_price_rise(answers, situation):
    for name in situation.oil:
        rises = [o.world_price_percent for o in by_name(answers, situation, name).values()]
        if name != "price-cap":  # the rent rations its buyers alike in the first year and after
            assert rises == sorted(rises, reverse=True)
        assert rises[0] > rises[-1]


def test_who_stops_buys_nothing_and_others_buy_more(answers, situation, world):
    for name, stopped in {
        "india-stops": ["IND"],
        "india-and-china-stop": ["IND", "CHN"],
    }.items():
        out = [world.country(code) for code in stopped]
        for o in by_name(answers, situation, name).values():
            before, after = o.buyers
            assert (after[out] == 0).all()
            rest = np.delete(np.arange(len(before)), out)
            assert after[rest].sum() > before[rest].sum()
            assert o.volume[1] > 0


def test_a_larger_group_of_buyers_costs_the_seller_more(answers, situation):
    one, two = (
        by_name(answers, situation, name) for name in ("india-stops", "india-and-china-stop")
    )
    for h in HORIZONS:
        assert two[h].world_price_percent > one[h].world_price_percent
        assert two[h].revenue[1] < one[h].revenue[1]
        assert two[h].discount[1] > one[h].discount[1]


def test_under_an_embargo_nothing_at_all_is_sold(answers):
    found = [a.outcome for a in answers if a.scenario.label.startswith(EMBARGO)]
    assert len(found) == 6
    for o in found:
        assert o.volume[1] == 0.0
        assert o.revenue[1] == 0.0
        assert not o.buyers[1].any()
        assert np.isnan(o.discount[1])


def test_holding_output_raises_the_price_most_and_idle_capacity_least(embargo):
    assert len(embargo) == len(REGIMES) * len(HORIZONS)
    for h in HORIZONS:
        hold, respond, spare = (
            embargo[regime, h].world_price_percent for regime in ("hold", "respond", "spare")
        )
        assert hold >= respond >= spare > 0
        assert hold > 1.2 * spare


def test_idle_capacity_comes_in_at_the_baseline_price_until_it_is_used_up(embargo, world):
    """In value added; barrels may exceed it a little, see the elasticities in `test_supply`."""
    market = world.markets["crude"]
    for h in HORIZONS:
        o = embargo["spare", h]
        assert sum(o.output[code] for code in market.spare) > 2
        for code, idle in market.spare.items():
            used_up = o.output[code] > idle.value
            assert -0.01 <= o.output[code] <= 1.3 * idle.value
            assert used_up == (code == "ROW")  # a small part of a large output


def test_the_price_cap_leaves_the_seller_between_cap_less_cost_and_its_old_price(
    answers, situation, world
):
    market = world.markets["crude"]
    for o in by_name(answers, situation, "price-cap").values():
        assert 60 - market.evasion_cost.value < o.price[1] < o.price[0]
        assert o.buyers[1][world.country("IND")] < o.buyers[0][world.country("IND")]


def test_no_buyer_takes_more_than_its_refineries_can(answers, world):
    limit = world.markets["crude"].largest_share.value
    single = np.array([code not in world.residuals for code in world.countries])
    pairs = single[:, None] & single[None, :] & ~np.eye(len(single), dtype=bool)
    j = world.sector("OILGAS")
    assert (pairs & ~np.isfinite(oil_supply(world).largest_volume[:, :, j])).any()
    pairs &= ~np.isfinite(oil_supply(world).largest_volume[:, :, j])  # their volume is bound
    for a in answers:
        most = np.maximum(limit, a.solution.calibration.pi[:, :, j])
        assert (a.solution.shares[:, :, j] <= most * (1 + 1e-8))[pairs].all()


def test_an_economy_without_markets_has_no_oil_answers(situation, world):
    assert solve_oil(situation, replace(world, markets={})) == ()
    assert solve_oil(replace(situation, oil={}), world) == ()


def test_a_sanction_without_an_equilibrium_keeps_its_reason(situation, world):
    """Rows then hold no number."""
    one = {"embargo": situation.oil["embargo-held"]}
    short = {"short": world.elasticities["short"]}
    # closure 'fixed' cannot pay the seller's deficit when all of its trade is stopped
    world_ = replace(world, elasticities=short)
    gone = replace(one["embargo"], policy=Policy([CutOff(SELLER, "others", "all")]))
    (answer,) = solve_oil(replace(situation, oil={"gone": gone}), world_)
    assert answer.outcome is None
    assert answer.solution is None
    assert "no equilibrium" in answer.failure
    (row,) = scenarios((answer,), world_, SELLER).rows
    assert np.isnan(row["world_price_percent"])
    assert row["absorbed_by"] == answer.failure


def test_the_regime_alone_moves_nothing(world):
    for regime in REGIMES:
        o = oil_outcome(solve(world, horizon="short", supply=oil_supply(world, regime)))
        assert o.world_price_percent == pytest.approx(0, abs=1e-6)
        assert o.volume[1] == pytest.approx(o.volume[0])


FILE = """
[oil.stop]
label = "India stops"
opec = "{opec}"

[[oil.stop.instruments]]
instrument = "stop-buying"
buyers = ["{buyer}"]
sellers = ["RUS"]
goods = ["crude"]
"""


def spoilt(tmp_path, **changes):
    """The built-in situation with one more sanction."""
    from importlib.resources import files

    text = (files("threatpoint.situation") / "library" / f"{NAME}.toml").read_text("utf-8")
    path = tmp_path / "spoilt.toml"
    path.write_text(text + FILE.format(**{"opec": "hold", "buyer": "IND", **changes}), "utf-8")
    return path


def test_a_sanction_of_ones_own_is_read(tmp_path):
    own = load_situation(spoilt(tmp_path)).oil["stop"]
    assert (own.label, own.opec) == ("India stops", "hold")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opec": "hodl"}, ["hodl", "hold"]),
        ({"opec": ""}, ["opec"]),
        ({"buyer": "INDD"}, ["INDD", "IND"]),
        ({"buyer": "RUS"}, ["RUS"]),
        ({"buyer": "USA"}, ["crude"]),
    ],
)
def test_a_wrong_word_in_a_sanction_is_refused(tmp_path, changes, words):
    with pytest.raises(SituationError) as caught:
        load_situation(spoilt(tmp_path, **changes))
    for word in ("oil.stop", *words):
        assert word in str(caught.value)
