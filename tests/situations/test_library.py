"""The library: every situation has its sources and its record, is solved, and reads well."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from threatpoint.analysis import check_claims
from threatpoint.analysis.analysis import analyse
from threatpoint.analysis.chain.chain import Drawing
from threatpoint.analysis.happened import happened
from threatpoint.brief import summary
from threatpoint.brief.first_facts import Facts
from threatpoint.brief.page import render
from threatpoint.brief.reading import Reading
from threatpoint.policy.standing import on_day
from threatpoint.situation import built_in, load_situation
from threatpoint.strategy import solve_threat
from threatpoint.world import load_world

WORLD = load_world()
NAMES = built_in()
ONE_A_SENDER = ("cars-2024-10-04", "turkiye-2015-11-28", "eu-2025-07-12", "grain-2023-07-19")
UNION, OLD, HIT_UNION, SEVERAL = ONE_A_SENDER


@pytest.fixture(scope="module")
def readings():
    """Pages with few draws: a union that sends, a text of 2015, a union hit."""

    def reading(name):
        situation = load_situation(name)
        world = on_day(WORLD, situation.date)
        return Reading(analyse(situation, world, drawing=Drawing(32, quick=True)))

    return {name: reading(name) for name in ONE_A_SENDER}


def text_of(analysis):
    """What the terminal prints."""
    out = io.StringIO()
    for part in summary(analysis, 400):
        Console(file=out, width=400).print(part)
    return out.getvalue().replace("\u00a0", " ")


def test_at_least_eleven_of_several_senders_and_outcomes():
    read = [load_situation(name) for name in NAMES]
    assert len(read) >= 11
    senders = {each.sender for each in read}
    assert {"USA", "CHN", "RUS", "EU", "POL+HUN+SVK"} <= senders
    forms = {type(item).__name__ for each in read for item in each.policy.templates}
    assert {"Tariff", "CutOff", "ExportBan"} <= forms
    came = {bool(c.hit) for each in read for made in each.made.values() for c in made.due}
    assert came == {True, False}


@pytest.mark.parametrize("name", NAMES)
def test_each_says_who_when_and_what_came(name):
    situation = load_situation(name)
    assert name.endswith(str(situation.date))
    assert situation.source
    assert situation.rows
    for made in situation.made.values():
        assert made.source
        assert all(clock.hit is not None and (clock.source or made.source) for clock in made.due)
    assert happened(situation)


@pytest.mark.parametrize("name", NAMES)
def test_each_claim_is_checked_and_holds_or_says_why_not(name):
    checks = check_claims(load_situation(name), WORLD)
    assert all(check.verdict and check.source and check.explanation for check in checks)
    if name != "ukraine-2025-03-31":
        assert {check.verdict for check in checks} <= {"holds", "holds within rounding"}


@pytest.mark.parametrize("name", NAMES)
def test_each_is_solved(name):
    """The main threat, all carried out and each alone, in the first year."""
    situation = load_situation(name)
    game = solve_threat(on_day(WORLD, situation.date), situation.policy, horizon="short")
    assert not any(world.reason for world in game.worlds.values())
    assert game.game.targets


def test_a_union_that_sends_is_one_on_the_first_screen(readings):
    facts = Facts(readings[UNION])
    own = facts.own(facts.lead)
    assert own.code == facts.first_sender == "EU"
    assert own.first == pytest.approx(facts.lead.main.percent("EU"))
    assert not {row.code for row in facts.rows(facts.lead)} & {"DEU", "FRA", "REU"}
    assert facts.answered == pytest.approx(facts.lead.main.answered.percent("EU"))


def test_several_senders_stand_one_by_one(readings):
    facts = Facts(readings[SEVERAL])
    own = {row.code for row in facts.rows(facts.lead) if row.role == "sender"}
    assert own == {"POL", "HUN", "SVK"}


def test_a_text_older_than_the_table_says_so_on_the_first_screen(readings):
    assert Facts(readings[OLD]).older == 2023
    assert Facts(readings[UNION]).older is None
    page = render(readings[OLD].analysis)
    assert "trade and tariffs of 2023" in page
    assert "in force on 28 November 2015" not in page


def test_a_demand_that_is_no_trade_has_no_table_of_purchases(readings):
    for reading in readings.values():
        assert reading.analysis.played.stopping == []


def test_nobody_re_ships_services(readings):
    """Russia's ban on holidays: no third country could carry them."""
    carried = {row["main_sector"] for row in readings[OLD].analysis.played.carriers}
    assert carried
    assert not carried & set(WORLD.services)


@pytest.mark.parametrize("name", ONE_A_SENDER)
def test_sentences_are_whole(name, readings):
    said = text_of(readings[name].analysis)
    assert not re.search(r"against it work \d|Made by (United|EU\b)|\bthe the\b", said)
    assert not re.search(r" {3,}\.|\.\.|, ,|\(\)", re.sub(r"[─ ]{4,}", " ", said))
