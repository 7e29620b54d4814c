"""Sanctions on energy itself, [oil.NAME], on the shipped world at every horizon."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from threatpoint.analysis.oil_answers import scenarios, solve_oil
from threatpoint.analysis.outcome import page_horizons
from threatpoint.equilibrium.results import assumptions
from threatpoint.errors import SituationError
from threatpoint.oil.inputs import OPEC
from threatpoint.oil.outcome import DAYS
from threatpoint.oil.priors import priors_of
from threatpoint.oil.solve import oil_outcome, solve
from threatpoint.policy import CutOff, Policy
from threatpoint.policy.standing import on_day
from threatpoint.situation import load_situation
from threatpoint.world import load_world

NAME = "ukraine-2025-03-31"
SELLER = "RUS"
EMBARGO = "Nobody buys"
HORIZONS = page_horizons(load_world())
BALANCE = 1e-9
"""mb/d."""


@pytest.fixture(scope="module")
def situation():
    return load_situation(NAME)


@pytest.fixture(scope="module")
def world(situation):
    return on_day(load_world(), situation.date)


@pytest.fixture(scope="module")
def answers(situation, world):
    return solve_oil(situation, world)


@pytest.fixture(scope="module")
def embargo(situation, world):
    """(regime, horizon) -> the market when nobody buys."""
    one = situation.oil["embargo-held"]
    asked = {name: replace(one, opec=name, label=name) for name in OPEC}
    found = solve_oil(replace(situation, oil=asked), world)
    return {(a.scenario.opec, a.horizon): a.outcome for a in found}


def by_name(answers, situation, name):
    """Horizon -> the outcome of one sanction, short first."""
    label = situation.oil[name].label
    return {a.horizon: a.outcome for a in answers if a.scenario.label == label}


def test_every_sanction_is_answered_at_every_horizon(answers, situation):
    asked = [(s.label, h) for s in situation.oil.values() for h in HORIZONS]
    assert [(a.scenario.label, a.horizon) for a in answers] == asked
    assert len(asked) >= 24
    for a in answers:
        assert a.failure == ""
        assert a.solution.status.converged
        assert a.solution.status.residual <= 1e-10
        assert np.abs(a.solution.status.walras).max() <= 1e-8
        assert assumptions(a.solution)["horizon"] == a.horizon == a.outcome.horizon
        assert assumptions(a.solution)["supply"] == OPEC[a.scenario.opec]


def test_barrels_balance_in_every_answer_and_in_every_draw(answers):
    for a in answers:
        assert a.outcome.imbalance <= BALANCE
        assert a.drawn.draws.imbalance <= BALANCE
        taken = sum(after for _, after in a.outcome.buyers().values())
        assert taken == pytest.approx(a.outcome.volume[1], abs=BALANCE)
        assert len(a.drawn.draws.world_price_percents) == 1024


def test_the_implied_elasticity_is_the_sum_of_the_pair_used(answers):
    """Without idle capacity; what the seller's wells and refineries withhold counts as missing."""
    for a in answers:
        if a.scenario.opec != "hold":
            continue
        for name, outcome in a.drawn.pairs.items():
            pair = priors_of(a.horizon).at(name)
            wanted = pair["e_d"] + pair["e_s"]
            assert outcome.implied_elasticity == pytest.approx(wanted, rel=0.1)


def test_the_sectors_price_is_crudes_share_of_the_markets(answers, world):
    j, seller = world.sector("OILGAS"), world.country(SELLER)
    others = np.arange(len(world.countries)) != seller
    output = world.output[others, j]
    for a in answers:
        rise = 100 * (np.average(a.solution.unit_costs[others, j], weights=output) - 1)
        share = min(
            82.0 * 365 * world.markets["crude"].benchmark.value / world.output[:, j].sum(), 1
        )
        assert rise == pytest.approx(share * a.outcome.world_price_percent, rel=0.1)


def test_the_world_price_rises_and_the_seller_loses(answers, world):
    for row, a in zip(scenarios(answers, SELLER).rows, answers, strict=True):
        o = a.outcome
        assert o.world_price_percent > 0
        assert o.volume[1] < o.volume[0]
        assert row["revenue_change_usd_bn_month"] < 0
        assert a.solution.welfare.percent[world.country(SELLER)] < 0
        assert o.volume[1] == 0 or o.discount[1] > 0


def test_revenue_is_what_barrels_net(answers):
    for a in answers:
        for k in (0, 1):
            if a.outcome.volume[k] > 0:
                net = a.outcome.pair("net")[k] * a.outcome.volume[k] * DAYS / 1e3
                assert a.outcome.revenue[k] == pytest.approx(net)
            else:
                assert a.outcome.revenue[k] == 0


def test_the_baseline_is_the_base_of_the_day(answers, world):
    base = world.markets["crude"].base_on(world.standing.date)
    assert base.day == "2025-03"
    for a in answers:
        assert a.outcome.benchmark[0] == pytest.approx(base.benchmark)
        assert a.outcome.price[0] == pytest.approx(base.price)
        assert a.outcome.volume[0] == pytest.approx(base.exports)


def test_the_shorter_the_horizon_the_larger_the_price_rise(answers, situation):
    for name in situation.oil:
        rises = [o.world_price_percent for o in by_name(answers, situation, name).values()]
        assert rises == sorted(rises, reverse=True)


def test_who_stops_buys_nothing_and_others_buy_more(answers, situation):
    for name, stopped in {"india-stops": {"IND"}, "india-and-china-stop": {"IND", "CHN"}}.items():
        for o in by_name(answers, situation, name).values():
            pairs = o.buyers()
            assert all(pairs[code][1] == 0 for code in stopped)
            assert all(
                after > before for code, (before, after) in pairs.items() if code not in stopped
            )


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
    assert len(found) == 9
    for o in found:
        assert o.volume[1] == 0.0
        assert o.revenue[1] == 0.0
        assert not any(after for _, after in o.buyers().values())
        assert np.isnan(o.discount[1])


def test_holding_output_raises_the_price_most_and_all_of_it_least(embargo):
    assert len(embargo) == len(OPEC) * len(HORIZONS)
    for h in HORIZONS:
        hold, half, all_ = (embargo[regime, h].world_price_percent for regime in OPEC)
        assert hold > half > all_ > 0
        assert hold > 2 * all_


def test_idle_capacity_comes_in_no_further_than_there_is(embargo, world):
    base = world.markets["crude"].base_on(world.standing.date)
    idle = dict(zip(base.producers, base.spare, strict=True))
    for h in HORIZONS:
        o, held = embargo["all", h], embargo["hold", h]
        for code in o.owners:
            came = o.producers()[code][1] - held.producers()[code][1]
            assert came <= idle[code] + BALANCE
            assert o.producers()[code][1] > o.producers()[code][0]


def test_the_price_cap_leaves_the_seller_between_the_cap_and_its_old_price(answers, situation):
    for o in by_name(answers, situation, "price-cap").values():
        assert 50 < o.net[1] < o.pair("marginal")[1]
        assert o.revenue[1] < o.revenue[0]


def test_no_buyer_takes_more_than_its_refineries_can(answers, world):
    base = world.markets["crude"].base_on(world.standing.date)
    ceiling = dict(zip(base.buyers, base.ceiling * base.runs, strict=True))
    for a in answers:
        for code, (_, after) in a.outcome.buyers().items():
            assert after <= ceiling[code] * 1.01  # who earns more refines more


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
    (row,) = scenarios((answer,), SELLER).rows
    assert np.isnan(row["world_price_percent"])
    assert row["absorbed_by"] == answer.failure


def test_the_regime_alone_moves_nothing(world):
    for regime in OPEC:
        o = oil_outcome(solve(world, horizon="short", opec=regime))
        assert o.world_price_percent == pytest.approx(0, abs=1e-9)
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
