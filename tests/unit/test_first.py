"""The first screen on small worlds: what to expect, what it costs, how sure, in words."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.golden_worlds import golden_world
from threatpoint import words
from threatpoint.analysis import analyse
from threatpoint.analysis.asked import situation_of
from threatpoint.brief.first import computed, first
from threatpoint.brief.first_facts import Facts
from threatpoint.brief.reading import Reading
from threatpoint.policy import Policy, Tariff
from threatpoint.policy.demand import Demand
from threatpoint.situation import load_situation

FILES = Path(__file__).parents[1] / "situations" / "files"


def solved(name: str, countries: int):
    world = golden_world(countries)
    return analyse(load_situation(FILES / f"golden-{name}.toml", world), world)


@pytest.fixture(scope="module")
def plain():
    return solved("plain", 5)


@pytest.fixture(scope="module")
def rich():
    return solved("rich", 6)


def facts(analysis) -> Facts:
    return Facts(Reading(analysis))


def with_gains(analysis, needed: float | None = None, **gains: float):
    """The first threat with what its punishments bring the sender changed in every draw.

    `needed`: from which belief everybody gives in.
    """
    chain = analysis.chain
    name, threat = next(iter(chain.game.threats.items()))
    gain = {p: np.full(chain.draws, gains.get(p, -1e9)) for p in threat.gain}
    cost = threat.cost if needed is None else {p: needed * b for p, b in threat.bite.items()}
    moved = replace(chain)
    threats = {name: replace(threat, gain=gain, cost=cost)}
    values = {**chain.values, "type_decides": np.zeros(chain.draws)}  # the rule alone
    moved.__dict__["game"] = replace(chain.game, threats=threats, values=values)
    return replace(analysis, chain=moved)


def test_who_threatens_whom_with_what_and_for_what(plain, rich):
    assert first(Reading(plain)).heading == (
        "The United States threatens China, Germany and India with a cut-off for buying crude oil "
        "from Russia"
    )
    assert first(Reading(rich)).heading.endswith(
        "with a 50-point tariff and two more measures or a quota for buying oil from Russia"
    )


def test_a_threat_that_costs_without_bound_is_not_expected(plain):
    said = first(Reading(with_gains(plain, needed=0.9))).answer
    assert said == (
        "Expect no cut-off of any of the three (100 %) and nobody to stop buying (100 %)."
    )


def test_the_first_sentence_follows_the_draws(plain):
    """Moving one input of the draws moves the sentence."""
    every = dict.fromkeys(plain.chain.threats[0].parties, 1e6)
    said = first(Reading(with_gains(plain, needed=2.0, **every))).answer
    assert said.startswith("Expect nobody to stop buying (100 %); open: whether a cut-off comes (")
    one = first(Reading(with_gains(plain, needed=1e-9, IND=1e6))).answer
    assert "India to stop buying (100 %)" in one
    assert "no cut-off" in one


def test_how_sure_is_the_share_of_the_draws(plain):
    sure = first(Reading(with_gains(plain, needed=0.9))).sure
    assert [tuple(line) for line in sure][:2] == [
        ("No cut-off", "100 %", "firm"),
        ("China goes on", "100 %", "firm"),
    ]


def test_every_number_of_the_boxes_is_that_of_the_threat_carried_out(rich):
    found = first(Reading(rich))
    for k, carried in enumerate(rich.carried.values()):
        for box, codes in zip(found.boxes, (("USA", "DEU"), carried.main.targets), strict=True):
            worst = min(carried.main.percent(code) for code in codes)
            assert box.cells[k].number == words.change(worst)
            assert rich.economy.names[min(codes, key=carried.main.percent)] in box.cells[k].label


def test_the_first_chart_draws_whom_its_title_names(rich, plain):
    for analysis in (rich, plain):
        losses = first(Reading(analysis)).figures[0]
        named = [name for name in analysis.economy.names.values() if name in losses.title]
        assert named
        for name in named:
            assert name in re.sub(r"<title>.*?</title>", "", losses.wide)
        worst = min(analysis.economy.countries, key=facts(analysis).lead.main.percent)
        assert analysis.economy.names[worst] in losses.title


def test_a_title_calls_nobody_the_one_that_gains_most_of_those_that_are_not_drawn(rich, plain):
    for analysis in (rich, plain):
        losses = first(Reading(analysis)).figures[0]
        assert " gains" in losses.title
        assert "gains most" not in losses.title


def test_a_line_has_no_text_and_a_demand_is_named(plain):
    assert "text of 31 March 2025" in first(Reading(plain)).kicker
    policy = Policy([Tariff("USA", "CHN", rate=0.2, mode="add")])
    line = analyse(situation_of(policy, plain.economy), plain.economy)
    assert "text of" not in first(Reading(line)).kicker
    (option,) = plain.options
    rule = replace(option.rule, when=None, named=("CHN",), demand=Demand("the port opens"))
    asked = replace(plain, options=(replace(option, rule=rule),))
    assert first(Reading(asked)).heading.endswith("with a cut-off; the demand: the port opens")


def test_what_targets_do_inside_the_policy_is_no_missing_retaliation(plain):
    there = Tariff("USA", "CHN", rate=0.2, mode="add")
    back = Tariff("CHN", "USA", rate=0.2, mode="add")

    def beyond(*items):
        policy = Policy(items)
        return Reading(analyse(situation_of(policy, plain.economy), plain.economy)).beyond

    assert beyond(there) == ""
    assert "which is counted" in beyond(there, back)


def test_the_options_stand_from_mild_to_hard_and_the_ceiling_last(rich):
    from threatpoint.brief.first import option_rows

    rows = option_rows(facts(rich))
    threats = rows[: len(rich.chain.threats)]
    costs = [row["sender"][0] for row in threats]
    assert costs == sorted(costs, reverse=True)
    assert [row["last"] for row in rows] == [False] * (len(rows) - 1) + [True]
    for row in rows:
        assert [tile["target"] for tile in row["tiles"]] == ["China", "India"]
    assert all(0 <= tile["chance"] <= 1 for row in threats for tile in row["tiles"])


def test_it_is_short(plain, rich):
    for analysis in (plain, rich):
        found = first(Reading(analysis))
        said = [found.heading, found.answer, found.note, found.absent, found.sure_note]
        said += [f"{name} {text}" for name, text in found.changes]
        said += [line.claim for line in found.sure]
        said += [f"{figure.title} {figure.subtitle} {figure.note}" for figure in found.figures]
        assert len(re.findall(r"[^\W\d_][\w’'-]*", " ".join(said))) < 250


def test_without_an_answer_it_says_why(plain):
    reason = "no supplier of S00 is left"
    main = replace(plain.main, solution=None, failure=reason)
    lost = replace(plain, main=main, options=(), chain=None)
    found = first(Reading(lost))
    assert found.answer == f"No answer: {reason}."
    assert not found.boxes
    assert not found.figures
    assert found.heading == plain.situation.title


def test_without_a_demand_it_says_who_loses_most(plain):
    found = first(Reading(replace(plain, options=(), chain=None)))
    assert found.answer.startswith("The United States loses most,")
    assert not found.beliefs
    assert not found.sure
    assert len(found.figures) == 1


def test_the_day_of_the_computation_can_be_given(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert computed() == datetime.date(1970, 1, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "now")
    assert computed() == datetime.date.today()


def test_where_several_threats_are_carried_out_the_losses_name_theirs(rich, plain):
    assert Reading(plain).case == "in the first year"
    one, other = (Reading(rich.of_threat(name)).case for name in rich.carried)
    assert one == "with the 50-point tariff and two more measures in the first year"
    assert other == "with the quota in the first year"


def test_a_threat_that_hits_nobody_is_not_passed_over(rich):
    """It was left out of the answer without a word."""
    chain = replace(rich.chain, threats=rich.chain.threats[:1])
    found = first(Reading(replace(rich, chain=chain)))
    assert found.answer.endswith("; no telling what to expect of a quota.")
    alone = first(Reading(replace(rich, options=(), chain=None)))
    assert alone.answer.startswith("India loses most, ")
    assert "; no telling what to expect of a quota" in alone.answer


def test_what_giving_in_costs_may_be_unknown(plain):
    chain = plain.chain
    name, threat = next(iter(chain.game.threats.items()))
    unknown = {party: np.full(chain.draws, np.nan) for party in threat.cost}
    moved = replace(chain)
    moved.__dict__["game"] = replace(chain.game, threats={name: replace(threat, cost=unknown)})
    found = first(Reading(replace(plain, chain=moved)))
    assert found.answer.endswith("open: what giving in costs (not known).")
    assert [line.word for line in found.sure][-3:] == ["unknown"] * 3
