"""The rows of the text: each answered from the results, or said not to be."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from types import MappingProxyType
from typing import get_args

import pytest

from tests.unit.test_brief_page import small_analysis, small_economy
from threatpoint.analysis.chain.chain import Drawing, solve_chain
from threatpoint.analysis.games import MOST, solve_games, tariffs
from threatpoint.analysis.outcome import horizons_of
from threatpoint.brief import expect, game, summary, talks
from threatpoint.brief.answers import ANSWERS, answer
from threatpoint.brief.headlines import NAMES, headlines
from threatpoint.brief.lines import UNANSWERED, line_by_line
from threatpoint.brief.prose import sentence
from threatpoint.brief.reading import Reading
from threatpoint.policy import Action, CutOff, Rule, Tariff
from threatpoint.situation.schema import Answer
from threatpoint.words import (
    belief,
    chance,
    chance_span,
    magnitude,
    number,
    number_span,
    percent,
    rounded,
    rounded_in,
    rounded_span,
    share,
    shares,
    usd_change,
)


@pytest.fixture(scope="module")
def analysis(built_in):
    return built_in.analysis


@pytest.fixture(scope="module")
def rows(analysis):
    return {row["number"]: row for row in line_by_line(Reading(analysis)).rows}


def by_answer(analysis, key):
    return next(r.number for r in analysis.situation.rows if r.answer == key)


# -- all rows --------------------------------------------------------------------------------


def test_every_row_is_answered_with_range_and_source(rows):
    for n, row in rows.items():
        assert row["mark"] != "not modelled yet"
        assert "not modelled yet" not in row["answer"].lower()
        for key in ("answer", "range", "assumptions", "source"):
            assert row[key].strip(" –"), (n, key)


def test_no_row_shows_a_number_that_is_none(rows):
    for row in rows.values():
        text = " ".join(map(str, row.values()))
        assert not re.search(r"\b(nan|inf|None)\b|\d[eE][-+]?\d|-\d", re.sub(r"\d-\d\d", "", text))


def test_the_row_on_oil_states_every_sanction_and_is_open_without(analysis, rows):
    n = by_answer(analysis, "oil")
    for item in analysis.oil.values():
        assert item.scenario.label in rows[n]["answer"]
        assert number(item.price.value, True) in rows[n]["answer"]
        if item.horizon == analysis.horizon:
            before, revenue = item.outcome.revenue[0], item.revenue
            assert number(revenue.value - before, True) in rows[n]["answer"]
            low, high = revenue.low - before, revenue.high - before
            assert number_span(low, high) in rows[n]["range"]
    assert "over horizons" not in rows[n]["range"]
    row = line_by_line(Reading(replace(analysis, oil={}))).rows[n - 1]
    assert (row["answer"], row["mark"]) == (UNANSWERED, "not modelled yet")


def test_the_schema_and_the_page_know_the_same_answers():
    assert set(get_args(Answer)) == set(ANSWERS)


def test_without_talks_and_support_their_rows_are_said_to_be_open(analysis):
    situation = replace(analysis.situation, talks=None, support=None)
    bare = replace(analysis, situation=situation, chain=None, support=None, front=None)
    found = {row["number"]: row for row in line_by_line(Reading(bare)).rows}
    for key in ("agreement", "burden", "substitution", "force", "escalation", "delay",
                "positioning", "control", "drift", "pocket"):  # fmt: skip
        row = found[by_answer(analysis, key)]
        assert (row["answer"], row["mark"]) == (UNANSWERED, "not modelled yet")


# -- true to the results ---------------------------------------------------------------------


def test_the_threat_is_stated_at_every_horizon(analysis, rows):
    assert tuple(analysis.by_horizon) == ("short", "medium", "long")
    assert analysis.by_horizon["short"] is analysis.main
    text = rows[by_answer(analysis, "threat")]["answer"]
    reading = Reading(analysis)
    for outcome in analysis.by_horizon.values():
        for code in ("USA", *analysis.main.targets):
            own = outcome is analysis.main
            found = reading.percent(code) if own else outcome.percent(code)
            assert percent(found, True) in text


def test_beliefs_and_prices_are_those_of_the_games(analysis, rows):
    text = rows[by_answer(analysis, "yielding")]["answer"]
    for row in game.Facts.of(Reading(analysis)).rows:
        assert number(100 * row["break_even_belief"]) in text
        assert number(row["price_of_credibility_usd_bn"]) in text


def test_the_options_hold_the_losses_and_the_tariffs_of_the_file(analysis):
    row = analysis.situation.rows[-1]
    text = answer("options", Reading(analysis), row)["answer"]
    for option in game.Facts.of(Reading(analysis)).options.values():
        for found in option:
            assert usd_change(found["sender_usd_bn"]) in text
    for words in tariffs(analysis.situation):
        assert words in text
    assert list(tariffs(analysis.situation)) == list(analysis.threat.settled["short"])


def test_what_is_next_is_answered_by_the_decision_table(analysis, rows):
    found = expect.Facts.of(Reading(analysis))
    row = rows[by_answer(analysis, "expect")]
    assert row["answer"].startswith(sentence("expect.answer", found))
    for leaf in found.tree.leaves:
        assert chance_span(leaf.ranged.low / 100, leaf.ranged.high / 100) in row["range"]
    assert "256 draws" in row["source"]


def test_the_talks_state_the_chance_of_a_freeze(analysis, rows):
    facts = talks.Facts.of(Reading(analysis))
    found = facts.talks
    text = rows[by_answer(analysis, "agreement")]["answer"]
    assert f"nothing {chance(0.0)}" in text
    assert ("Next to nothing comes of" in text) == bool(facts.idle)
    best = max(found.losses, key=lambda lever: found.chance(lever).chance.value)
    assert f"“{best}” {chance(found.chance(best).chance.value)}" in text
    assert chance(found.waiting.ground.value) in rows[by_answer(analysis, "delay")]["answer"]
    assert chance(found.ground[24].value) in rows[by_answer(analysis, "positioning")]["answer"]
    wider = rows[by_answer(analysis, "escalation")]["answer"]
    assert wider.startswith("Not determined by what is known")
    assert chance(found.wider.within(36).value / 100) in wider


def test_support_and_front_are_those_of_the_file(analysis, rows):
    assert analysis.support.key == analysis.situation.support.key
    assert analysis.support.date == analysis.situation.date
    assert number(analysis.support.gap) in rows[by_answer(analysis, "burden")]["answer"]
    assert analysis.front.month == "2025-03"
    drift = analysis.front.drift
    text = rows[by_answer(analysis, "drift")]["range"]
    assert number(drift.low) in text
    assert number(drift.high) in text
    assert "Belgorod" in rows[by_answer(analysis, "pocket")]["answer"]
    assert "Kursk" in rows[by_answer(analysis, "control")]["answer"]
    pocket = rows[by_answer(analysis, "pocket")]["answer"]
    assert pocket.index("Belgorod") < pocket.index("Kursk")  # against which it is small
    assert "1.0" in pocket
    assert "7 April 2025" in pocket


# -- words follow numbers --------------------------------------------------------------------


def test_an_attacker_outside_the_table_is_said_so(analysis):
    given = analysis.situation.talks
    odd = replace(analysis.situation, talks=replace(given, attacker="QQQ"))
    chain = solve_chain(odd, analysis.economy, Drawing(2, quick=True))
    found = replace(analysis, situation=odd, chain=chain)
    assert [*found.talks.losses] == ["nothing"]
    assert "it has no row in the table of trade" in line_by_line(Reading(found)).rows[0]["answer"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(24326.0, "24\u202f300"), (1.0e6, "1\u202f000\u202f000"), (145.2, "145"), (0.29, "0.29"),
     (0.0, "0"), (float("nan"), "–"), (float("inf"), "any"), (-7151.0, "−7\u202f150"),
     (-0.0039, "−0.0039")],
)  # fmt: skip
def test_three_digits_at_most(value, text):
    assert rounded(value) == text


def test_spans_beliefs_and_measures():
    assert rounded_span(1.0, 1.0, "km") == "1.0\u00a0km"
    assert belief(1.2) == belief(1.003) == "never"
    assert belief(-0.1) == "anyway"
    assert belief(float("nan")) == "–"
    assert rounded_in(9.73, "USD bn/month") == "USD\u00a09.7\u00a0bn a month"


# -- other situations ------------------------------------------------------------------------


def test_a_small_situation_has_its_game_and_nothing_else():
    found = small_analysis()
    assert tuple(found.by_horizon) == tuple(found.games) == ("long",)
    assert found.talks is None
    assert found.support is None
    assert found.front is None
    assert found.front_failure


def test_the_headline_names_the_member_and_the_target_that_lose_most():
    found = small_analysis(("C02",), sender="UNION")
    twice = replace(found, by_horizon={"short": found.main, "long": found.main})
    (line,) = [text for text in headlines(Reading(twice)) if text.startswith("Losses")]
    hit = min(("C00", "C01"), key=found.main.percent)
    mine, theirs = (magnitude(found.main.percent(code)) for code in (hit, "C02"))
    assert line == (
        f"Losses: With the cut-off Land {hit} loses {mine} in the first year and {mine} after "
        f"7–10 years; Land C02 loses {theirs} and {theirs}"
    )


def test_more_worlds_than_an_analysis_solves_are_refused_with_a_way_out():
    targets = tuple(f"C{k:02d}" for k in range(1, 10) if k != 3)
    found = small_analysis(targets, economy=small_economy(10))
    assert 3 ** len(targets) > MOST
    assert not found.games
    assert "threatpoint threat" in found.threat.failures["long"]


def test_a_threat_that_asks_for_nothing_has_no_game():
    from tests.unit.test_brief_page import small_situation

    rule = Rule("C00", None, CutOff("C00", "target"), named=("C01",))
    found = solve_games(small_situation(rule), small_economy(), "fixed")
    assert not found.solved
    assert "asks nobody to stop" in found.failures["long"]


def test_an_economy_without_elasticities_has_no_horizons():
    assert horizons_of(small_economy(elasticities=MappingProxyType({}))) == ()


def test_tariffs_of_a_file_stand_once():
    from tests.unit.test_brief_page import small_situation

    cut = Rule("C00", Action("S00", "C03"), CutOff("C00", "target"), named=("C01",))
    duty = replace(cut, then=(Tariff("C00", "target", rate=0.1, mode="add"),))
    situation = small_situation(
        cut,
        threats=MappingProxyType({"threat": cut, "duty": duty, "again": duty}),
        words=MappingProxyType({"threat": "w", "duty": "a duty", "again": "the same"}),
    )
    assert list(tariffs(situation)) == ["a duty"]
    assert list(solve_games(situation, small_economy(), "fixed").settled["long"]) == ["a duty"]


def test_the_terminal_has_a_line_for_each_part_within_100_columns(analysis):
    from rich.console import Console

    console = Console(width=100, file=io.StringIO(), record=True)
    for part in summary(analysis):
        console.print(part)
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= 100
    for part in list(NAMES.values())[1:7]:
        assert f"{part}: " in text


def test_support_is_told_from_the_draws_of_the_situation(analysis, rows):
    drawn = analysis.support_drawn
    assert drawn.values is analysis.chain.rooms.values
    found = rows[by_answer(analysis, "substitution")]
    assert share(drawn.replaced().median) in found["answer"]
    assert shares((drawn.replaced().low, drawn.replaced().high)) in found["range"]
