"""Threats on their days: their order, the tariffs of the day, what is said without a game."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from tests.told import TOLD, day, rule_of, situation, sure, threat, valued
from tests.unit.test_brief_page import small_economy, small_situation
from threatpoint.analysis import dated
from threatpoint.analysis.dated import asked, solve_dated, world_of
from threatpoint.policy import Action, CutOff, Rule, Tariff
from threatpoint.policy.demand import Demand
from threatpoint.policy.standing import on_day
from threatpoint.situation.made_schema import MadeTable
from threatpoint.world import load_world

BUYING = Action("S00", "C03")
CUT = Rule("C00", BUYING, CutOff("C00", "target"), named=("C01", "C02"))
DUTY = Rule("C00", BUYING, Tariff("C00", "target", rate=0.1, mode="add"), named=("C01",))


def solved(threats, days, **changes):
    """Threats of a small world made on these days."""
    made = {
        name: MadeTable(by="C00", date=when, source="a note") for name, when in days.items()
    }  # fmt: skip
    stated = {"threats": MappingProxyType(threats), "made": made, "words": {}, **changes}
    return solve_dated(small_situation(CUT, **stated), small_economy(), "long", "fixed")


def test_by_the_day_and_those_never_made_last():
    threats = {"never": DUTY, "threat": CUT, "early": DUTY}
    found = solved(threats, {"threat": day(3, 5), "early": day(3, 1)})
    assert [each.name for each in found] == ["early", "threat", "never"]
    assert [each.day for each in found] == [day(3, 1), day(3, 5), None]
    assert not any(each.later or each.failure for each in found)


def test_of_a_day_the_main_one_is_first_as_on_the_page():
    found = solved(
        {"a": DUTY, "threat": CUT, "b": DUTY}, dict.fromkeys("ab", TOLD) | {"threat": TOLD}
    )
    assert [each.name for each in found] == ["threat", "a", "b"]


def test_a_threat_that_asks_for_nothing_is_none():
    bare = Rule("C00", None, Tariff("C00", "target", rate=0.1, mode="add"), named=("C01",))
    assert [each.name for each in solved({"threat": CUT, "bare": bare}, {})] == ["threat"]


def test_why_there_is_no_game_is_kept_and_said():
    nobody = Rule("C00", Action("S00", "C03", min_value=1e9), CutOff("C00", "target"))
    found = solved({"threat": CUT, "nobody": nobody}, {"threat": day(3), "nobody": day(2)})
    lost, kept = found
    assert (lost.name, lost.game, lost.rows) == ("nobody", None, [])
    assert lost.failure
    assert not kept.failure
    table = sure(dated.table(found))
    assert {row["key"] for row in table.rows} == {"threat"}
    (said,) = dated.lacking(found)
    assert said in table.note
    assert lost.failure.rstrip(".") in said


def test_no_table_without_a_game():
    assert dated.table([threat("a", day(3), None)]) is None
    assert dated.table([]) is None


# -- the tariffs of the day


@pytest.fixture(scope="module")
def march():
    return on_day(load_world(), TOLD)


def test_each_threat_stands_in_the_world_of_its_own_day(march):
    august, now = world_of(march, day(8, 27)), sure(march.standing).tariff
    then = sure(august.standing)
    assert then.date == day(8, 27)
    india, usa = (march.country(code) for code in ("IND", "USA"))
    assert then.tariff[usa, india].max() > now[usa, india].max() + 0.2


def test_where_the_same_tariffs_stood_it_is_the_same_world(march):
    assert world_of(march, TOLD) is march
    assert world_of(march, day(3, 30)) is march
    assert world_of(march, None) is march


def test_a_world_without_a_day_s_tariffs_is_every_day_s():
    bare = load_world()
    assert bare.standing is None
    assert world_of(bare, day(8, 27)) is bare


# -- who asks for what, and the least punishments


def test_the_same_is_asked_whatever_is_threatened():
    one, other = (threat(n, day(3), None, rule_of(rate=r)) for n, r in (("a", 0.1), ("b", 0.5)))
    assert asked(one) == asked(other)
    refined = threat("c", day(3), None, rule_of(goods="refined"))
    theirs = threat("d", day(3), None, rule_of("CHN"))
    duty = Tariff("USA", "target", rate=0.1, mode="add")
    border = threat("e", day(3), None, Rule("USA", None, duty, ("CAN",), demand=Demand("stop")))
    assert len({*map(asked, (one, refined, theirs, border))}) == 4


def test_least_punishments_are_of_one_demand():
    """What another demand costs is not what the one made first does."""
    other = {"named": ("C01", "C02"), "demand": Demand("stop the flow")}
    second = Rule("C00", None, Tariff("C00", "target", rate=0.1, mode="add"), **other)
    first = solved({"threat": DUTY}, {"threat": day(3)})
    both = solved({"threat": DUTY, "second": second}, {"threat": day(3), "second": day(3, 2)})
    assert dated.least(first) == dated.least(both)
    assert {*dated.least(both)} == {"C01"}


def test_least_punishments_are_not_of_later_threats():
    found = solved({"threat": DUTY}, {"threat": day(3)})
    assert dated.least(found)["C01"]
    hidden = [replace(each, later=True) for each in found]
    assert dated.least(hidden) == {}


def test_a_later_threat_is_beside_the_others_and_marked():
    known = threat("a", day(3), valued({"IND": 1.0}))
    later = threat("b", day(6), valued({"IND": 1.0}))
    assert [each.later for each in (known, later)] == [False, True]
    stated = situation(known, later)
    assert (*stated.threats, *stated.later) == ("a", "b")
    names = [name for name, *_ in dated._threats(stated)]
    assert names == ["a", "b"]
