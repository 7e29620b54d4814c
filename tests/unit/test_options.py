"""Options: small games against whole ones, what is expected of a target."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from tests.golden_worlds import golden_world
from threatpoint.analysis import analyse
from threatpoint.analysis.cases import cases
from threatpoint.policy import CutOff, ExportTax, Rule, Tariff
from threatpoint.policy.demand import Cost, Demand
from threatpoint.quantity import Quantity, Ranged
from threatpoint.situation import load_situation
from threatpoint.strategy import Game, Terms, pose, solve_threat
from threatpoint.strategy.game import Payoff
from threatpoint.strategy.options import WORKS, option_rows
from threatpoint.strategy.results import target_rows
from threatpoint.strategy.threat import sketch

FILES = Path(__file__).parents[1] / "situations" / "files"


@pytest.fixture(scope="module")
def analysis():
    world = golden_world(6)
    return analyse(load_situation(FILES / "golden-rich.toml", world), world)


def stated(analysis, name):
    economy = analysis.economy
    return economy, analysis.situation.threats[name], {}


@pytest.mark.parametrize("horizon", ["short", "medium", "long"])
def test_a_sketch_says_of_each_target_what_the_whole_game_says(analysis, horizon):
    economy, rule, how = stated(analysis, "together")
    small = sketch(pose(economy, rule, horizon=horizon, **how))
    whole = solve_threat(economy, rule, horizon=horizon, **how)
    assert rule.retaliations
    assert len(small.worlds) == 3 * len(small.parties) + 4 < len(whole.worlds)
    option = next(o for o in analysis.options if o.key == "together")
    for row in target_rows(whole, thresholds=False):
        if horizon == analysis.horizon:
            belief, gain = option.belief(row["target"]), option.gain(row["target"])
            after = "break_even_belief_with_retaliation", "credibility_with_retaliation_usd_bn"
            assert (belief.value, gain.value) == pytest.approx(tuple(row[key] for key in after))
            assert (belief.low, belief.high) == (belief.value, belief.value)
    for profile in small.worlds:
        assert small.game.payoff(profile) == whole.game.payoff(profile)


def test_worlds_without_a_punishment_are_those_of_another_threat_for_the_same(analysis):
    economy, rule, how = stated(analysis, "together")
    other = replace(rule, then=Tariff("USA", "target", rate=0.3, mode="add"), retaliation=())
    first = sketch(pose(economy, rule, horizon="short", **how))
    taken = sketch(pose(economy, other, horizon="short", senders=("USA", "DEU"), **how), first)
    alone = solve_threat(economy, other, horizon="short", senders=("USA", "DEU"), **how)
    for profile, world in taken.worlds.items():
        assert (world is first.worlds[profile]) == ("P" not in profile)
        assert world.change == pytest.approx(alone.worlds[profile].change, abs=1e-3)


def test_worlds_of_a_threat_for_something_else_are_not_taken(analysis):
    economy, rule, how = stated(analysis, "together")
    less = replace(rule, when=replace(rule.when, goods=("crude",)))
    first = sketch(pose(economy, rule, horizon="short", **how))
    other = sketch(pose(economy, less, horizon="short", **how), first)
    assert not [p for p, world in other.worlds.items() if world is first.worlds.get(p)]


def test_a_game_of_some_profiles_says_what_it_lacks():
    part = Game(("A", "B"), {"DD": Payoff(0.0, (0.0, 0.0))}, Terms(), partial=True)
    with pytest.raises(ValueError, match="profile PD has no equilibrium"):
        part.payoff("PD")


def test_the_first_case_is_as_stated_and_each_other_changes_one_thing():
    world = golden_world(4)
    base, *others = cases(world, "short", "fixed", {"another table holds": world})
    assert (base.key, base.title, base.deficits, base.elasticities) == ("", "", "fixed", "short")
    assert [case.title.partition(" ")[0] for case in others] == ["every", "trade", "another"]
    for case in others:
        changed = (case.deficits != "fixed", case.elasticities != "short", "table" in case.key)
        assert sum(changed) <= 1 or case.key.startswith("baseline")


def test_a_range_far_wider_than_its_value_says_nothing():
    assert Ranged(4.0, 1.0, 40.0).determined
    assert not Ranged(4.0, 0.0, 156.0).determined
    assert not Ranged(4.0, -50.0, 5.0).determined
    assert not Ranged(0.0, -1.0, 1.0).determined
    assert Ranged(0.0, 0.0, 0.0).determined


def test_threats_stand_in_the_order_in_which_they_were_made(analysis):
    made = {name: table.date for name, table in analysis.situation.made.items()}
    names = list(analysis.carried)
    assert set(names) == set(analysis.situation.threats)
    days = [made[name] for name in names if name in made]
    assert days == sorted(days)
    assert names[: len(days)] == [name for name in names if name in made]
    for carried in analysis.carried.values():
        assert list(carried.by_horizon) == ["short", "medium", "long"]
        assert carried.by_horizon[analysis.horizon] is carried.main


def test_short_names_of_what_is_done():
    tariff, cut = Tariff("USA", "target", rate=0.25, mode="add"), CutOff("USA", "target")
    assert tariff.short == "25-point tariff"
    assert Tariff("USA", "IND", rate=0.25).short == "25 % tariff"
    assert Tariff("USA", "IND", rate=-0.05, mode="add").short == "5-point tariff cut"
    assert ExportTax("USA", "IND", rate=0.2).short == "20 % export tax"
    assert Rule("USA", named="IND", then=(tariff, cut)).short == "25-point tariff and cut-off"
    lower = Tariff("USA", "target", rate=0.1, mode="add")
    both = Rule("USA", named="IND", then=(lower, tariff))
    assert both.short == "10-point and 25-point tariff"
    three = Rule("USA", named="IND", then=(cut, tariff, ExportTax("USA", "target", rate=0.2)))
    assert three.short == "cut-off and two more measures"


def test_a_demand_that_is_no_trade_costs_a_target_what_the_file_says(analysis):
    option = analysis.options[0]
    first, *rest = option.targets
    cost = Quantity(7.0, 5.0, 9.0, "USD bn", "per year", "test")
    dear = replace(option.game.game, costs={first: cost})
    asked = replace(option, game=replace(option.game, game=dear))
    assert asked.stops(first).value == pytest.approx(option.stops(first).value - 7)
    assert asked.others("C").value == pytest.approx(option.others("C").value - 7)
    assert asked.others().value == option.others().value
    assert asked.hit(first).value == option.hit(first).value
    assert [asked.stops(t).value for t in rest] == [option.stops(t).value for t in rest]


def test_where_nobody_says_what_giving_in_costs_it_is_not_nothing(analysis):
    option = analysis.options[0]
    unknown = replace(option.game.game, unpriced=option.targets)
    asked = replace(option, game=replace(option.game, game=unknown))
    assert math.isnan(asked.stops(option.targets[0]).value)
    assert math.isnan(asked.others("C").value)
    assert math.isfinite(asked.others().value)


def test_what_a_demand_that_is_no_trade_costs_stands_in_the_senders_bill_too(analysis):
    economy, rule, how = stated(analysis, "together")
    own = (("CHN", Cost(2.0, 2.0, 2.0, "USD bn", "a year", "a test")),)
    demand = Demand("do this", own=own)
    asked = replace(rule, when=None, named=("CHN", "IND"), demand=demand, retaliation=())
    threat = solve_threat(economy, asked, horizon="short", **how)
    (works,) = [row for row in option_rows(threat) if row["option"] == WORKS]
    assert works["CHN_usd_bn"] == pytest.approx(-2.0)
    assert math.isnan(works["IND_usd_bn"])  # nobody says what it costs India
