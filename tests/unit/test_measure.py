"""A policy that is carried out, read as a rule: who acts, who is hit, and groups as one."""

from __future__ import annotations

import datetime
import math
import re

import numpy as np
import pytest

import threatpoint as tp
from tests.golden_worlds import golden_world
from threatpoint.analysis import analyse
from threatpoint.analysis.asked import situation_of
from threatpoint.brief.reading import Reading
from threatpoint.equilibrium import results
from threatpoint.errors import PolicyError
from threatpoint.policy import Measure
from threatpoint.policy.instruments import INSTRUMENTS

WORLD = golden_world(6)


def policy(*words: str) -> tp.Policy:
    """Instruments as typed: 'tariff USA:CHN:+20%'."""
    parts = (text.split(" ", 1) for text in words)
    return tp.Policy([INSTRUMENTS[kind].parse(rest, WORLD) for kind, rest in parts])


@pytest.mark.parametrize(
    ("words", "senders", "hit"),
    [
        (["tariff USA:EU,China:+20%/ELEC"], ("USA",), ("CHN", "EU")),
        (["tariff USA:CHN:+20%", "tariff CHN:USA:+20%"], ("USA",), ("CHN",)),
        (["tariff USA:WORLD:+10%"], ("USA",), ("CHN", "IND", "RUS", "EU")),
        (["tariff USA:others:+10%/ELEC"], ("USA",), ("CHN", "IND", "RUS", "DEU", "HUN")),
        (["stop-buying WORLD:RUS:crude"], ("USA", "CHN", "IND", "EU"), ("RUS",)),
        (["trade-cost RUS:WORLD:10%"], ("USA", "CHN", "IND", "EU"), ("RUS",)),
        (["tariff USA:CHN:+20%", "tariff EU:CHN:10%/ELEC"], ("USA", "EU"), ("CHN",)),
        (["export-ban RUS:DEU/OILGAS"], ("RUS",), ("DEU",)),
    ],
)
def test_who_acts_and_who_is_hit(words, senders, hit):
    measure = Measure.of(policy(*words), WORLD)
    named = {"EU"} & {word for text in words for word in re.split(r"[ :,/]", text)}
    if not named:  # members stand for themselves where no group is named
        senders, hit = (_members(codes) for codes in (senders, hit))
    assert measure.senders == senders
    assert tuple(measure.parties(WORLD)) == hit
    assert measure.targets(WORLD) == _members(hit)
    assert measure.carriers(WORLD) == _members(senders)
    assert not measure.bystanders(WORLD)
    assert measure.buyers(WORLD) == []


def _members(codes):
    return tuple(member for code in codes for member in WORLD.groups.get(code, (code,)))


def test_a_measure_does_what_its_policy_does():
    asked = policy("tariff USA:EU,CHN:+20%/ELEC", "export-ban USA:CHN/SVC")
    ours, theirs = Measure.of(asked, WORLD).wedges(WORLD), asked.wedges(WORLD)
    assert np.array_equal(ours.tariff, theirs.tariff)
    assert np.array_equal(ours.survival, theirs.survival)


@pytest.mark.parametrize("words", ["tariff WORLD:WORLD:+10%", "tariff EU:EU:+10%/ELEC"])
def test_nobody_can_be_told_apart_where_the_same_act_and_are_hit(words):
    with pytest.raises(PolicyError, match="the same economies act and are hit"):
        Measure.of(policy(words), WORLD)


def test_nobody_decides_anything_under_a_measure():
    measure = Measure.of(policy("tariff USA:CHN:+20%"), WORLD)
    with pytest.raises(PolicyError, match="nothing to decide"):
        measure.policy(WORLD, {"CHN": False})


# -- a group as one --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def solved():
    return tp.solve(WORLD, policy("tariff USA:EU,CHN:+20%/ELEC"), horizon="short")


def test_a_group_is_the_exact_sum_of_its_members(solved):
    rows = {row["country"]: row for row in results.country_rows(solved)}
    (union,) = results.group_rows(solved, {"EU": ("DEU", "HUN")})
    members = [rows["DEU"], rows["HUN"]]
    spending = sum(row["final_expenditure_baseline"] for row in members)
    money = sum(row["real_income_money"] for row in members)
    assert union["name"] == "European Union"
    assert union["real_income_money"] == pytest.approx(money, rel=1e-12)
    assert union["real_income_percent"] == pytest.approx(100 * money / spending, rel=1e-12)
    assert union["real_income_share_of_gdp"] == pytest.approx(
        100 * money / sum(row["gdp_baseline"] for row in members), rel=1e-12
    )
    parts = sum(
        union[f"from_{key}_points"] for key in ("factor_income", "tariff_revenue", "deficit")
    )
    assert parts == pytest.approx(union["real_income_percent"], abs=1e-9)
    assert math.isnan(union["wage_percent"])
    assert union.keys() == rows["DEU"].keys()


def test_a_group_without_members_changes_by_no_percentage(solved):
    assert math.isnan(results.together(solved, ())[0])
    empty = golden_world(4)  # without a member of the EU
    asked = tp.Policy(tp.Tariff("USA", "CHN", rate=0.1))
    assert analyse(situation_of(asked, empty), empty).main.percent("CHN") < 0


def test_side_rows_put_groups_last_with_the_same_sum(solved):
    *_, union = results.side_rows({"short": solved, "none": None}, {"EU": ("DEU", "HUN")})
    percent, money = results.together(solved, ("DEU", "HUN"))
    assert (union["country"], union["short_percent"], union["short_money"]) == (
        "EU",
        percent,
        money,
    )
    assert math.isnan(union["none_percent"])


# -- its situation ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reading():
    asked = policy("tariff USA:EU,CHN:+20%/ELEC")
    day = datetime.date(2025, 4, 1)
    situation = situation_of(asked, WORLD, command="threatpoint shock ...", date=day)
    return Reading(analyse(situation, WORLD))


def test_a_policy_becomes_a_situation_without_a_game(reading):
    found, situation = reading.analysis, reading.analysis.situation
    title = "The United States adds 20 points to the tariff on electronics from the EU and China"
    assert situation.title == title
    assert situation.command == "threatpoint shock ..."
    assert not found.games
    assert not found.threat.failures
    assert not found.options
    assert found.chain is not None
    assert found.chain.game is None
    assert not found.oil
    assert list(found.by_horizon) == ["short", "medium", "long"]
    assert found.horizon == "short"


def test_its_numbers_are_those_of_solve(reading, solved):
    for code in WORLD.countries:
        n = WORLD.country(code)
        assert reading.main.percent(code) == pytest.approx(solved.welfare.percent[n], abs=1e-7)


def test_a_group_that_is_hit_is_one_row_and_its_members_stand_apart(reading):
    assert reading.hit == ("CHN", "EU")
    assert [row["country"] for row in reading.of_role("target")] == ["CHN", "EU"]
    assert [row["country"] for row in reading.inside] == ["DEU", "HUN"]
    union = next(row for row in reading.countries if row["country"] == "EU")
    assert union["real_income_money"] == pytest.approx(
        sum(row["real_income_money"] for row in reading.inside), rel=1e-12
    )
    assert math.isnan(union["range_low"])  # trade was not drawn


def test_oil_is_part_of_it_where_the_policy_touches_the_market():
    situation = situation_of(policy("stop-buying IND:RUS:crude"), WORLD)
    assert [scenario.opec for scenario in situation.oil.values()] == ["hold"]
    found = analyse(situation, WORLD)
    assert {answer.horizon for answer in found.oil.values()} == {"short", "medium", "long"}
    oil = found.oil["policy-short"].solution
    n = WORLD.country("RUS")
    assert oil is not None
    assert found.main.percent("RUS") == pytest.approx(oil.welfare.percent[n], abs=1e-7)
