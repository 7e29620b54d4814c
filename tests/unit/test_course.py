"""The course of a story: which threats are of it, what is known when, and what a path says."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tests.told import TOLD, day, rule_of, situation, sure, threat, valued
from threatpoint.analysis import course
from threatpoint.analysis.course import Course, solve_course
from threatpoint.strategy import Terms

A = threat("a", day(3, 1), valued({"IND": 3.0, "CHN": -20.0}))
MILD = threat("mild", day(5, 1), valued({"IND": 3.0, "CHN": -2.0}), rule_of(rate=0.1))
PASSED = [(day(3, 20), ())]


def told(*threats, **clocks) -> Course:
    found = solve_course(situation(*threats, **clocks), threats)
    assert found is not None
    return found


def numbers(rows):
    return [(r["date"], r["key"], r["target"], r["hit_probability"], r["gives_in"]) for r in rows]


# -- which threats are of the story


@pytest.mark.parametrize(
    "other",
    [rule_of(goods="refined"), rule_of(sender="CHN")],
    ids=["another demand", "another sender"],
)
def test_another_story_is_left_out_and_named(other):
    second = threat("second", day(3, 5), valued({"IND": 9.0}), other)
    found = told(A, second, second=[(day(3, 9), ("IND",))])
    assert {row["key"] for row in found.rows} == {"a"}
    assert not any(row["was_hit"] for row in found.rows)
    (said,) = found.left_out
    assert "“words of second”" in said
    assert said in sure(course.table(found)).note


def test_the_story_of_a_threat_asked_about_is_its_own():
    second = threat("second", day(3, 5), valued({"IND": 9.0}), rule_of(goods="refined"))
    threats = (A, second)
    found = sure(solve_course(situation(*threats), threats, "second"))
    assert {row["key"] for row in found.rows} == {"second"}
    assert [each.name for each in found.others] == ["a"]


def test_a_threat_that_nobody_made_has_the_story_of_those_for_the_same():
    unmade = threat("unmade", None, valued({"IND": 9.0}))
    alone = threat("alone", None, valued({"IND": 9.0}), rule_of(goods="refined"))
    threats = (A, unmade, alone)
    found = sure(solve_course(situation(*threats), threats, "unmade"))
    assert {row["key"] for row in found.rows} == {"a"}
    assert solve_course(situation(*threats), threats, "alone") is None


def test_of_another_story_only_what_was_made_by_the_day_is_named():
    second = threat("second", day(6), valued({"IND": 9.0}), rule_of(goods="refined"))
    found = told(A, second)
    assert found.left_out
    assert sure(found.known_on(TOLD)).left_out == []


def test_all_threats_for_the_same_are_told_without_a_word_on_others():
    found = told(A, MILD)
    assert {row["key"] for row in found.rows} == {"a", "mild"}
    assert found.left_out == []


def test_no_story_where_nobody_made_a_threat():
    unmade = replace(A, day=None)
    assert solve_course(situation(unmade), (unmade,)) is None


def test_a_threat_without_a_game_is_no_part_of_a_story():
    assert solve_course(situation(threat("a", day(3), None)), (threat("a", day(3), None),)) is None
    found = told(threat("z", day(2), None), A)
    assert {row["key"] for row in found.rows} == {"a"}


# -- what is known when


def test_what_is_known_on_a_day_is_the_course_of_that_day_alone():
    late = [*PASSED, (day(6, 1), ("IND",))]
    whole = told(A, MILD, a=PASSED, mild=late[1:])
    alone = told(A, a=PASSED)
    assert numbers(sure(whole.known_on(TOLD)).rows) == numbers(alone.rows)
    assert sure(whole.known_on(TOLD)).history == alone.history
    assert whole.known_on(day(2)) is None


def test_a_missed_clock_lowers_the_chance_of_every_target_in_turn():
    found = told(A, a=[(day(3, n), ()) for n in (5, 10, 15)])
    for target in ("IND", "CHN"):
        own = [row["hit_probability"] for row in found.rows if row["target"] == target]
        assert own == sorted(own, reverse=True)
        assert len({*own}) == 4


def test_after_it_was_carried_out_no_clock_is_to_come():
    found = told(A, a=[*PASSED, (day(3, 25), ("IND",))])
    last = found.days()[-1]
    assert all(math.isnan(row[key]) for row in last for key in ("hit_probability", "gives_in"))
    assert [row["was_hit"] for row in last] == [True, False]
    assert found.forecasts == []
    assert course.table(found) is None
    assert course.table(None) is None


def test_a_clock_after_it_was_carried_out_in_part_is_no_error_and_no_step():
    parts = [(day(3, 20), ("IND",)), (day(3, 25), ("CHN",)), (day(3, 28), ())]
    assert told(A, a=parts).history == told(A, a=parts[:1]).history


def test_a_clock_of_which_nothing_is_said_is_skipped():
    found = told(A, a=[(day(3, 10), None), *PASSED])
    assert [step.date for step in found.history] == [A.day, day(3, 20)]


def test_the_stated_answer_counts():
    free = told(threat("a", day(3), valued({"IND": 3.0}, back=None)))
    answered = told(threat("a", day(3), valued({"IND": 3.0}, back=50.0)))
    assert answered.rows[0]["gain_usd_bn"] == pytest.approx(-47.0)
    assert answered.rows[0]["hit_probability"] < free.rows[0]["hit_probability"]
    assert (free.rows[0]["pays"], answered.rows[0]["pays"]) == (True, False)


def test_who_gives_in_anyway_never_and_is_not_known():
    costs = {"anyway": -1.0, "never": 9.0, "unknown": math.nan}
    found = {
        name: told(threat("a", day(3), valued({"IND": 3.0}, cost=cost))).rows[0]["gives_in"]
        for name, cost in costs.items()
    }
    assert (found["anyway"], found["never"]) == (1.0, 0.0)
    assert math.isnan(found["unknown"])


def test_beliefs_are_of_the_threat_and_not_of_one_with_the_same_words():
    again = threat("again", day(5, 1), valued({"IND": -80.0, "CHN": -20.0}))
    found = told(A, again)
    assert A.rule.short == again.rule.short
    assert found.tough("a")["IND"] > found.tough("again")["IND"] + 0.1
    assert found.tough("nobody") == {}


def test_audience_cost_raises_the_chance():
    dear = replace(valued({"IND": -20.0}), terms=Terms(kappa=30.0))
    low, high = (told(threat("a", day(3), g)) for g in (valued({"IND": -20.0}), dear))
    assert high.rows[0]["hit_probability"] > low.rows[0]["hit_probability"]


# -- the marked days


def test_days_are_marked_with_the_same_targets_in_one_order():
    other = threat("other", day(5), valued({"CHN": -2.0, "TUR": 1.0}), rule_of(rate=0.1))
    turned = threat("turned", day(6), valued({"CHN": -2.0, "IND": 3.0}), rule_of(rate=0.1))
    marked = told(A, other, turned).marked
    assert [[row["target"] for row in rows] for rows in marked] == [["IND", "CHN"]] * 2
    assert [rows[0]["key"] for rows in marked] == ["a", "turned"]


def test_no_day_is_marked_after_which_nothing_is_to_come():
    marked = told(A, a=[*PASSED, (day(3, 25), ("IND",))]).marked
    assert [rows[0]["date"] for rows in marked] == ["2025-03-01", "2025-03-20"]
    assert all(row["hit_probability"] > 0 for rows in marked for row in rows)


# -- the path


def test_one_day_has_no_path():
    assert course.path(told(A)) is None
    assert course.path(None) is None


def test_a_path_in_words():
    one = threat("one", day(5), valued({"IND": 3.0}), rule_of(rate=0.1))
    table = sure(course.path(told(A, one, a=PASSED, one=[(day(6), ("IND",))])))
    ends = [row["what"].rpartition(", ")[2] for row in table.rows]
    assert ends == ["made", "clock passed", "made", "Land IND hit"]
    assert table.rows[0]["what"] == "1 March 2025: 25-point tariff, made"
    assert [row["happened"] for row in table.rows] == ["nobody hit"] * 3 + ["Land IND hit"]
    assert {row["money"] for row in table.rows} == {"Land IND"}
    cells = {c.key: c for c in table.columns}
    assert [cells["CHN"].write(row) for row in table.rows][2:] == ["–", "–"]
    said = cells["IND"].write(table.rows[0])
    assert said.endswith(")")
    assert float(said.split()[0]) == pytest.approx(table.rows[0]["IND"], rel=0.1)
    low, high = table.rows[0]["IND_low"], table.rows[0]["IND_high"]
    assert low <= table.rows[0]["IND"] <= high
    assert cells["IND"].write(table.rows[-1]).startswith("hit, ")


def test_money_alone_hits_nobody():
    table = sure(course.path(told(threat("a", day(3), valued({"IND": -1.0})), a=PASSED)))
    assert {row["money"] for row in table.rows} == {"nobody"}


def test_a_chance_that_nobody_could_tell_from_none_is_none():
    assert course.percent(4e-4) == 0.0
    assert course.percent(6e-4) == pytest.approx(0.06)
    assert math.isnan(course.percent(math.nan))
