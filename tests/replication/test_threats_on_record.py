"""Threats on record, at each day on which they were due: the rule, and that what ships is fresh."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from validation import threats_on_record
from validation.happened import SITUATION
from validation.scored import ORDER
from validation.threats_on_record import Clock, clocks, page, rows
from validation.threats_on_record.score import line

from threatpoint import words
from threatpoint.analysis.happened import happened, table
from threatpoint.situation import built_in, load_situation

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
