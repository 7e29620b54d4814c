"""Figures of the draws: one number for one thing on page and terminal, with its range or none."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from tests.golden_worlds import golden_world
from threatpoint import words
from threatpoint.analysis import analyse
from threatpoint.analysis.chain.figures import figures_of
from threatpoint.analysis.measures import BITE, COST, GAIN, NEEDED, STOPS, STRUCK
from threatpoint.brief import game, horizons, losses, oil
from threatpoint.brief.first import drawn_rows, first
from threatpoint.brief.first_facts import Facts
from threatpoint.brief.folds import folds
from threatpoint.brief.lines import line_by_line
from threatpoint.brief.page import render
from threatpoint.brief.reading import Reading
from threatpoint.brief.terminal import summary
from threatpoint.situation import load_situation
from threatpoint.spread import Spread
from threatpoint.strategy.game import COMPLY, RETALIATES

FILES = Path(__file__).parents[1] / "situations" / "files"
THETA = "theta"


@pytest.fixture(scope="module")
def quick():
    world = golden_world(6)
    return analyse(load_situation(FILES / "golden-rich.toml", world), world)


def in_draws(analysis, wide: float = 1.0):
    """The same as if trade had been drawn: the elasticities scale every change."""
    chain = analysis.chain
    key = next(item.key for item in chain.inputs if item.key.startswith(THETA))
    by = 1.3 + wide * (np.argsort(np.argsort(chain.values[key])) / chain.draws - 0.5)
    scaled = {name: getattr(chain.worlds, name) * by[:, None] for name in ("price", "receipts")}
    for name in ("percent", "money"):
        scaled[name] = getattr(chain.worlds, name) * by[:, None, None]
    chain = replace(chain, worlds=replace(chain.worlds, drawn=True, **scaled))
    figures = figures_of(chain)
    options = tuple(replace(option, figures=figures) for option in analysis.options)
    answers = analysis.oil.items()
    here = {k: a.horizon == analysis.horizon for k, a in answers}
    market = {k: replace(a, figures=figures if here[k] else None) for k, a in answers}
    return replace(analysis, chain=chain, options=options, oil=market)


@pytest.fixture(scope="module")
def analysis(quick):
    return in_draws(quick)


def median(values) -> float:
    return float(np.median(values))


# -- the figures themselves -------------------------------------------------------------------


def test_a_loss_is_the_median_of_the_draws_with_90_of_100_of_them(analysis):
    figures, worlds = analysis.figures, analysis.chain.worlds
    for name in analysis.situation.threats:
        drawn = worlds.percent_of(figures.carried(name), ("IND",))
        found = figures.percent(name, ("IND",))
        assert (found.value, found.low, found.high) == pytest.approx(
            [Spread(drawn).at(share) for share in (0.5, 0.05, 0.95)]
        )
        assert found.low < analysis.carried[name].main.percent("IND") * 1.3 < found.high
        money = figures.money(name, ("IND",)).value
        assert money / analysis.carried[name].main.money("IND") == pytest.approx(1.3, rel=0.01)


def test_members_of_a_group_are_one(analysis):
    figures, name = analysis.figures, analysis.situation.main
    each = [figures.money(name, (code,)).value for code in ("DEU", "HUN")]
    assert figures.money(name, ("DEU", "HUN")).value == pytest.approx(sum(each), rel=1e-6)


def test_what_carries_a_loss_is_what_moves_trade(analysis):
    assert analysis.figures.driver(analysis.situation.main, ("CHN",)) == "trade elasticities"


def test_the_game_of_a_target_is_that_of_the_draws(analysis):
    figures, played = analysis.figures, analysis.chain.game
    for name, threat in played.threats.items():
        for party in threat.asking.parties:
            for measure in (NEEDED, GAIN, BITE, COST):
                values = getattr(threat, measure)[party]
                assert figures.of_target(name, party, measure).value == median(values)
            hit, stops = (figures.of_target(name, party, m).value for m in (STRUCK, STOPS))
            assert hit == pytest.approx(-median(threat.bite[party]))
            assert stops == pytest.approx(-median(threat.cost[party]))


def test_what_all_do_is_asked_of_their_acts(analysis):
    figures, name = analysis.figures, analysis.chain.threats[0].name
    asking, worlds = analysis.chain.threats[0], analysis.chain.worlds
    senders = asking.question.senders
    assert figures.sender(name).value == median(worlds.usd_bn(asking.all_hit, senders))
    stop = worlds.usd_bn(asking.stop(), senders)
    assert figures.sender(name, COMPLY).value == pytest.approx(median(stop))
    answered = [each for each in analysis.chain.threats if each.answered]
    for each in answered:
        back = figures.sender(each.name, RETALIATES)
        key = f"{each.all_hit} answered"
        assert back.value == median(worlds.usd_bn(key, each.question.senders))
    assert answered


def test_what_was_not_drawn_has_no_figure(analysis, quick):
    assert quick.figures is None
    figures = analysis.figures
    assert figures.percent("nobody", ("IND",)) is None
    assert figures.of_target(analysis.situation.main, "HUN", NEEDED) is None
    assert figures.price("nothing") is None
    assert np.isnan(figures.under("nothing", "IND"))


# -- one number for one thing -----------------------------------------------------------------


def test_box_chart_tables_row_and_terminal_say_the_same_of_the_sender(analysis):
    reading = Reading(analysis)
    facts = Facts(reading)
    name = facts.lead.name
    found = analysis.figures.percent(name, ("USA",))
    box = first(reading).boxes[0]
    assert box.cells[0].number == words.change(found.value)
    assert box.cells[0].range == words.ranged(found.low, found.high)
    drawn = next(row for row in drawn_rows(facts) if row.code == "USA")
    assert (drawn.first, drawn.low, drawn.high) == (found.value, found.low, found.high)
    seen = Reading(analysis.of_threat(name))
    table = losses.section(seen).tables[0]
    row = next(row for row in table.rows if row["country"] == "USA")
    assert (row["real_income_percent"], row["range_low"]) == (found.value, found.low)
    over = horizons.facts(seen, seen.analysis.by_horizon)
    first_year = next(row for row in over["rows"] if row["country"] == "USA")
    assert first_year[f"{analysis.horizon}_percent"] == found.value
    for horizon in [h for h in over["solved"] if h != analysis.horizon]:
        outcome = analysis.carried[name].by_horizon[horizon]
        assert first_year[f"{horizon}_percent"] == pytest.approx(outcome.percent("USA"))


def test_the_row_of_the_text_and_the_terminal_say_it_too(analysis):
    reading = Reading(analysis)
    found = analysis.figures.percent(analysis.situation.main, ("CHN",))
    row = next(row for row in line_by_line(reading).rows if row["number"] == 2)
    assert f"{words.magnitude(found.value)} in China" in row["answer"]
    assert words.span(found.low, found.high) in row["range"]
    assert "Moved most by trade elasticities" in row["range"]
    console = Console(width=140)
    with console.capture() as said:
        console.print(*summary(analysis, 140))
    text = words.plain(re.sub(r"\s+", " ", said.get()))
    assert words.plain(words.magnitude(found.value)) in text
    assert "Before tariffs" not in text  # it is solved once


def test_a_total_is_that_of_the_draws(analysis):
    reading = Reading(analysis)
    codes = [row["country"] for row in reading.of_role("target")]
    whole = analysis.figures.money(analysis.situation.main, codes).value
    assert reading.together("target") == whole


def test_a_belief_is_the_same_in_box_table_and_game(analysis):
    facts = Facts(Reading(analysis))
    lead = facts.options[0]
    found = lead.belief("CHN")
    tile = next(b for b in first(facts.reading).beliefs if b.name == "China")
    assert tile.cells[0].number == words.belief(found.value)
    assert tile.cells[0].range == words.belief_span(found.low, found.high)
    played = game.Facts.of(facts.reading)
    main = next(o for o in facts.options if o.key == analysis.situation.main)
    row = next(row for row in played.stated if row["target"] == "CHN")
    key = "break_even_belief_with_retaliation"
    assert row[key if key in row else "break_even_belief"] == main.belief("CHN").value
    bill = played.bill
    whole = analysis.figures.percent(analysis.situation.main, facts.reading.senders)
    assert bill["sender_percent"] == pytest.approx(whole.value)
    assert bill["sender_usd_bn"] == main.sender().value
    assert bill["sender_low"] < bill["sender_usd_bn"] < bill["sender_high"]


def test_crude_has_the_draws_of_the_chain(analysis):
    facts = oil.Facts.of(Reading(analysis))
    assert facts.joint
    assert facts.draws == analysis.chain.draws
    for market in facts.here:
        answer = next(a for a in analysis.oil.values() if a.scenario.label == market.label)
        price = analysis.figures.price(answer.scenario.name)
        assert (market.price, market.price_ends) == (price.value, (price.low, price.high))
    assert not any(market.joint for found in facts.scenarios for market in found.others)


def test_the_page_says_what_is_solved_once(analysis):
    text = re.sub(r"\s+", " ", render(analysis))
    assert "90 of 100 draws" in text
    assert "--quick)" not in text
    assert words.one_horizon_drawn(analysis.horizon) in text
    assert "range over" not in text


def test_what_was_tried_one_by_one_stands_in_the_method(analysis):
    (home,) = [f.key for f in folds(Reading(analysis)) for s in f.sections if s.key == "variants"]
    assert home == "method"


# -- nothing was drawn, or nothing is known ---------------------------------------------------


def test_where_trade_was_not_drawn_no_range_is_printed_and_it_is_said_once(quick):
    found = first(Reading(quick))
    cells = [cell for box in found.boxes for cell in box.cells]
    cells += [cell for belief in found.beliefs for cell in belief.cells]
    assert cells
    assert not any(cell.range for cell in cells)
    assert found.note.count("--quick") == 1
    assert not any(option.drawn for option in quick.options)
    row = next(row for row in line_by_line(Reading(quick)).rows if row["number"] == 2)
    assert row["range"] == "not drawn (--quick)"
    assert "In brackets" not in render(quick)


def test_a_range_of_gain_and_loss_far_wider_than_its_value_says_nothing(quick):
    assert words.undetermined(-0.3, -0.02, 0.1)
    assert not words.undetermined(-0.3, -0.1, 0.1)
    assert not words.undetermined(-0.9, -0.02, -0.01)
    assert not words.undetermined(float("nan"), 0.0, float("nan"))
    wide = in_draws(quick, wide=2.9)  # from -0.15 to 2.75 times the change
    cells = first(Reading(wide)).boxes[0].cells
    assert all(cell.range for cell in cells)


def test_no_belief_is_printed_above_certainty(analysis):
    text = render(in_draws(analysis, wide=2.5))
    for found in re.findall(r"(\d+(?:\.\d+)?)\u202f?%", first_beliefs(text)):
        assert float(found) <= 100.0


def first_beliefs(text: str) -> str:
    """The box of beliefs of the page."""
    start = text.index("Belief from which each gives in")
    return text[start : text.index("<figure", start)]
