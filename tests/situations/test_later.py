"""A threat made after the day of a situation: nothing of that day's run knows it."""

from __future__ import annotations

import datetime

import pytest

from tests.commands import typed
from threatpoint.errors import SituationError
from threatpoint.situation import load_situation
from threatpoint.situation.record import steps
from threatpoint.world import load_world

WORLD = load_world()
BUILT_IN = load_situation("ukraine-2025-03-31")
HEAD = """
[situation]
title = "Duties"
date = 2025-03-31
question = "Who loses?"
sender = "USA"
main = "{main}"
source = "a test"

[parties]
USA = "sender"
MEX = "target"
"""
THREAT = """
[threats.{name}]
words = "duties"
named = ["MEX"]
{sender}
{made}
[[threats.{name}.then]]
instrument = "tariff"
importers = ["USA"]
exporters = ["target"]
mode = "add"
rate = {{ value = 50, unit = "percentage points", period = "2025", source = "a test" {prior} }}
"""
MADE = '[threats.{name}.made]\nby = "USA"\ndate = {date}\nsource = "a test"\n'
PRIOR = ", range = [40, 60], prior = true"


def threat(name, date=None, prior="", sender=""):
    made = MADE.format(name=name, date=date) if date else ""
    return THREAT.format(name=name, made=made, prior=prior, sender=sender)


def read(path, main="now", more=""):
    place = path / "duties.toml"
    parts = [HEAD.format(main=main), threat("now"), threat("last", "2025-06-01")]
    parts.append(threat("next", "2025-05-01", PRIOR, 'sender = ["USA", "CAN"]'))
    place.write_text("\n".join([*parts, more]))
    return load_situation(place)


def test_the_run_of_the_day_knows_nothing_of_a_later_threat(tmp_path):
    found = read(tmp_path)
    assert set(found.threats) == {"now"}
    assert set(found.later) == {"next", "last"}
    assert found.assumptions == ()
    assert [one.where for one in found.given] == ["threats.now.then.0.rate"]


def test_on_its_own_day_it_is_the_main_threat_and_those_before_it_are_known(tmp_path):
    found = read(tmp_path).when_made("next")
    assert found.date == datetime.date(2025, 5, 1)
    assert (found.main, found.sender) == ("next", "USA+CAN")
    assert set(found.threats) == {"now", "next"}
    assert set(found.later) == {"last"}
    assert [one.where for one in found.assumptions] == ["threats.next.then.0.rate"]


def test_the_last_one_knows_all_of_them(tmp_path):
    both = read(tmp_path).when_made("last")
    assert set(both.threats) == {"now", "next", "last"}
    assert not both.later
    assert both.sender == "USA"


@pytest.mark.parametrize(
    ("main", "more", "place"),
    [
        ("next", "", "situation.main"),
        ("now", '[scenarios.s]\nlabel = "s"\nthreat = "next"\n', "scenarios.s.threat"),
    ],
)
def test_neither_the_main_threat_nor_a_reading_may_be_a_later_one(tmp_path, main, more, place):
    with pytest.raises(SituationError) as error:
        read(tmp_path, main, more)
    text = "'next' was made on 2025-05-01, after the situation's own date, 2025-03-31"
    assert f"{place}: {text}" in str(error.value)


def test_a_later_threat_is_checked_like_any_other(tmp_path):
    more = '[threats.last.when]\nbuys = ["gold"]\nfrom = ["RUS"]\n'
    with pytest.raises(SituationError, match="gold"):
        read(tmp_path, more=more)


def test_the_built_in_threats_were_made_on_their_dates():
    made = {name: (str(m.date), m.clock and str(m.clock)) for name, m in BUILT_IN.made.items()}
    assert made == {
        "oil-cutoff": ("2025-03-31", None),
        "oil-tariff": ("2025-03-30", "2025-04-30"),
        "oil-tariff-july": ("2025-07-14", "2025-09-02"),
        "india-order": ("2025-08-06", "2025-08-27"),
    }
    clock = BUILT_IN.made["oil-tariff-july"].clock
    assert clock == datetime.date(2025, 7, 14) + datetime.timedelta(days=50)
    assert set(BUILT_IN.threats) == {"oil-cutoff", "oil-tariff"}
    assert not any("july" in one.where or "india-order" in one.where for one in BUILT_IN.given)


def test_the_built_in_threats_came_due_as_on_record():
    due = {name: [(str(c.date), c.hit) for c in made.due] for name, made in BUILT_IN.made.items()}
    assert due == {
        "oil-cutoff": [],
        "oil-tariff": [("2025-04-30", [])],
        "oil-tariff-july": [("2025-08-08", [])],
        "india-order": [("2025-08-27", ["IND"])],
    }


def test_the_steps_of_all_threats_stand_in_order_of_days():
    told = [(str(day), name, kind, sorted(hit)) for day, name, kind, hit in steps(BUILT_IN)]
    assert told == [
        ("2025-03-30", "oil-tariff", "made", []),
        ("2025-03-31", "oil-cutoff", "made", []),
        ("2025-04-30", "oil-tariff", "clock", []),
        ("2025-07-14", "oil-tariff-july", "made", []),
        ("2025-08-06", "india-order", "made", []),
        ("2025-08-08", "oil-tariff-july", "clock", []),
        ("2025-08-27", "india-order", "clock", ["IND"]),
    ]


def test_the_offer_of_2026_is_no_figure_of_the_day_of_the_order():
    offer = BUILT_IN.offers["india-order"]
    assert (str(offer.date), offer.cut.number, offer.pledged.value) == ("2026-02-06", 32, 100)
    order = BUILT_IN.when_made("india-order")
    assert "threats.india-order.made.rate" in [one.where for one in order.given]
    assert not any("offer" in one.where for one in (*BUILT_IN.given, *order.given))


def test_whom_the_later_threats_hit():
    july, order = (BUILT_IN.when_made(name) for name in ("oil-tariff-july", "india-order"))
    assert july.policy.targets(WORLD) == BUILT_IN.policy.targets(WORLD)
    assert order.policy.targets(WORLD) == ("IND",)
    assert set(order.threats) == {"oil-cutoff", "oil-tariff", "oil-tariff-july", "india-order"}


def test_the_command_solves_it_for_its_own_day_unless_told_otherwise(tmp_path):
    asked = ("threat", "--threat", "india-order", "--horizon", "short")
    own, same, table = (
        typed(*asked, *date, folder=tmp_path)
        for date in ((), ("--date", "2025-08-06"), ("--date", "2024-12-31"))
    )
    assert own == same
    assert own != table
    assert "Made by the United States on 6 August 2025" in own
