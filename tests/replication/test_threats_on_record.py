"""Threats on record, at each day on which they were due: the rule, and that what ships is fresh."""

import datetime
import math
from dataclasses import replace
from pathlib import Path

import pytest
from validation import after_2025_03_31, threats_on_record
from validation.chances import (
    BASE,
    NAIVE,
    OURS,
    SENDER,
    Chances,
    naive,
    pooled,
    scores,
)
from validation.happened import SITUATION
from validation.scored import ORDER
from validation.threats_on_record import Clock, clocks, page, rows
from validation.threats_on_record.chances import chances_of, later, line_of, section, stories
from validation.threats_on_record.score import line

from threatpoint import words
from threatpoint.analysis.happened import happened, table
from threatpoint.situation import built_in, load_situation
from threatpoint.strategy import Resolve, Step, type_priors

DAY = datetime.date(2025, 8, 6)
CLOCK = Clock(
    "brazil-2025-07-09", "order", "BRA", "short", DAY, True, "in force", "an order", 2.0, 1.0
)


@pytest.fixture(scope="module")
def found():
    return threats_on_record.found()


@pytest.mark.parametrize(
    ("hit", "gain", "answered", "verdict"),
    [
        (True, 2.0, 1.0, "right"),
        (True, 0.0, 0.0, "right"),
        (True, -1.0, -2.0, "miss"),
        (False, 2.0, 1.0, "miss"),
        (False, -1.0, -2.0, "right"),
        (True, 1.0, -1.0, "open"),
        (False, 1.0, -1.0, "open"),
    ],
)
def test_the_verdict_follows_the_sign_and_is_open_where_the_answer_turns_it(
    hit, gain, answered, verdict
):
    assert replace(CLOCK, hit=hit, gain=gain, answered=answered).verdict == verdict


def test_a_line_says_what_happened_with_both_numbers_and_a_reason():
    said = line(CLOCK)
    assert said.happened == "Brazil was hit on 6 August 2025: in force"
    assert words.plain(said.said) == "+USD 2.0 bn, +USD 1.0 bn if it answers as stated"
    assert said.reason == ""
    worth = words.plain(line(replace(CLOCK, gain=-1.0, answered=-3.0)).reason)
    assert worth == "a word worth USD 3.0 bn a year to the sender is enough; here it is 0"
    assert "it said that it would" in line(replace(CLOCK, answered=-1.0)).reason


def test_every_day_of_which_the_record_says_something_is_scored(found):
    asked = {(c.situation, c.threat, c.day) for c in found}
    recorded = {
        (name, threat, due.date)
        for name in built_in()
        for threat, made in load_situation(name).made.items()
        for due in made.due
        if due.hit is not None
    }
    assert asked == recorded
    places = [ORDER.index(c.verdict) for c in found]
    assert places == sorted(places)


def test_days_of_which_nothing_is_said_are_left_out():
    read = load_situation("venezuela-2025-03-24")
    made = read.made["order"].model_copy(update={"clocks": None})
    assert clocks(replace(read, made={"order": made})) == []


def test_what_ships_is_what_is_computed(found):
    text = Path(threats_on_record.__file__).with_name("differences.md").read_text(encoding="utf-8")
    assert text == page(found)
    for name in built_in():
        if name != SITUATION:
            shipped = happened(load_situation(name))
            assert [vars(each) for each in shipped] == rows(found, name)
            assert table(shipped).rows


def test_every_clock_on_record_has_one_chance_and_the_same_outcome(found):
    cases = [
        (name, f.row["threat"], f.row["target"], f.day, f.hit)
        for name, story in stories().items()
        for f in story.forecasts
    ]
    recorded = {(c.situation, c.threat, c.target, c.day, c.hit) for c in found}
    assert len(cases) == len(set(cases)) == len(recorded)
    assert set(cases) == recorded


def test_the_words_on_what_it_rests_on_hold():
    read = [load_situation(name) for name in built_in()]
    assert len({each.sender for each in read}) >= 4  # not one sender's record alone
    told = {name: story.sender for name, story in stories().items()}
    american = {name for name, sender in told.items() if sender == SENDER}
    assert american == {each.name for each in read if each.sender == "USA"}
    years = [step.date.year for story in stories().values() for step in story.clocks]
    assert f"from {min(years)} to {max(years)}" in " ".join(section())


def test_pooled_scores_are_the_sum_of_those_of_the_situations():
    every = list(stories().values())
    each, rows_ = pooled(every), scores(every)
    alone = [scores([story]) for story in every]
    for name, (log, _, history) in rows_.items():
        assert log == pytest.approx(sum(own[name][0] for own in alone))
        assert history == pytest.approx(sum(own[name][2] for own in alone))
    coin = len(each) * math.log(0.5)
    assert rows_["a coin"] == pytest.approx((coin, 0.25, rows_["a coin"][2]))
    base = [naive(BASE, f.sender) if f.hit else 1 - naive(BASE, f.sender) for f in each]
    assert rows_[BASE][0] == pytest.approx(sum(map(math.log, base)))
    assert rows_[BASE][1] == pytest.approx(sum((1 - p) ** 2 for p in base) / len(each))
    assert rows_[OURS][1] == pytest.approx(sum(f.brier() for f in each) / len(each))


def test_the_record_of_a_sender_is_its_own_where_it_is_told_apart():
    assert naive(BASE, "USA") == pytest.approx(132 / 201 / 2)
    assert naive(BASE, "all") == pytest.approx(349 / 489 / 2)
    assert {naive(name, "USA") == naive(name, "all") for name in NAIVE[1:]} == {True}


def test_ukraine_has_the_score_that_its_own_page_prints():
    own = Path(after_2025_03_31.__file__).with_name("differences.md").read_text(encoding="utf-8")
    log, brier, _ = scores([stories()[SITUATION]])[OURS]
    assert f"| **{OURS}** | {log:.2f} | {brier:.3f} |".replace("-", "−") in own


def test_the_figures_of_the_readme_are_those_computed():
    readme = Path(threats_on_record.__file__).parents[1].joinpath("README.md").read_text("utf-8")
    rows_ = scores(list(stories().values()))
    base, ours = (f"{rows_[name][0]:.2f}".replace("-", "−") for name in (BASE, OURS))
    assert f"(log score {base} against {ours})" in readme
    told = stories().values()
    hit = [later(own, f) for own in told for f in own.forecasts if f.hit]
    assert (len(hit), hit.count(False)) == (11, 7)
    assert "Of eleven that were hit, seven were hit at the first clock" in readme


def story(*clocks: tuple[int, str]) -> Chances:
    made = Step(datetime.date(2025, 1, 1), "tariff", "made")
    days = [
        Step(datetime.date(2025, month, 1), "tariff", "clock", frozenset(filter(None, [hit])))
        for month, hit in clocks
    ]
    gains = {"tariff": {"IND": 3.0, "BRA": 3.0}}
    return Chances(Resolve(gains, type_priors(SENDER)), (made, *days))


def test_a_line_on_all_clocks_says_who_was_hit_and_why_it_missed():
    nobody = line_of(story((2, "")))
    assert nobody.happened == "of 2 cases at one clock none was hit"
    assert nobody.verdict == "miss"
    assert nobody.reason.startswith("nobody was hit")
    second = story((2, ""), (3, "IND"))
    assert [later(second, f) for f in second.forecasts if f.hit] == [True]
    assert line_of(second).happened.endswith("at two clocks one was hit: India on 1 March 2025")
    assert line_of(second).reason.startswith("all that was hit was hit at a clock after one")
    first = story((2, "IND"))
    assert not any(later(first, f) for f in first.forecasts)
    assert line_of(first).reason == "the priors were chosen with the events known"


def test_a_situation_without_a_threat_made_has_no_chances():
    read = load_situation("venezuela-2025-03-24")
    assert chances_of(replace(read, made={})) is None


def test_the_chances_stand_in_each_shipped_file_once():
    for name in built_in():
        parts = [each.part for each in happened(load_situation(name))]
        assert parts.count("chances of being hit, all clocks") == 1
