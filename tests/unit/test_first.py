"""The first screen on small worlds: what to expect, what it costs, how sure, in words."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.golden_worlds import golden_world
from threatpoint import words
from threatpoint.analysis import analyse
from threatpoint.analysis.asked import situation_of
from threatpoint.brief.first import computed, first
from threatpoint.brief.first_facts import Facts, parts
from threatpoint.brief.prose import sentence
from threatpoint.brief.reading import Reading
from threatpoint.policy import Policy, Tariff
from threatpoint.policy.demand import Demand
from threatpoint.situation import load_situation
from threatpoint.strategy.answers import stated
from threatpoint.strategy.game import PUNISHED

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


def with_game(analysis, **payoffs):
    """The first threat with what its punishments bring the sender changed: target -> USD bn."""
    option = analysis.options[0]
    game = option.game.game
    quiet = game.everybody("D")
    made = dict(game.payoffs)
    for target, gain in payoffs.items():
        i = game.targets.index(target)
        for hit in {PUNISHED, stated(game)}:
            alone = quiet[:i] + hit + quiet[i + 1 :]
            made[alone] = replace(made[alone], sender=gain)
    changed = replace(option.game, game=replace(game, payoffs=made))
    again = replace(option, games={**option.games, "": changed})
    return replace(analysis, options=(again, *analysis.options[1:]))


def test_who_threatens_whom_with_what_and_for_what(plain, rich):
    assert first(Reading(plain)).heading == (
        "The United States threatens China, Germany and India with a cut-off for buying crude oil "
        "from Russia"
    )
    assert first(Reading(rich)).heading.endswith(
        "with a 50-point tariff and two more measures or a quota for buying oil from Russia"
    )


def test_a_threat_that_pays_against_nobody_is_not_expected(plain):
    assert first(Reading(plain)).answer == "By money alone expect no cut-off."


def test_a_believed_threat_moves_those_for_whom_stopping_is_cheaper(plain):
    beliefs = {t: plain.options[0].belief(t).value for t in plain.options[0].targets}
    assert all(0 < belief < 1 for belief in beliefs.values())
    one = first(Reading(with_game(plain, IND=1.0))).answer
    assert one == "By money alone expect India to stop buying and China and Germany spared."
    both = first(Reading(with_game(plain, IND=1.0, DEU=0.5))).answer
    assert both == "By money alone expect Germany and India to stop buying and China spared."
    every = first(Reading(with_game(plain, CHN=1.0, IND=1.0, DEU=0.5))).answer
    assert every == "By money alone expect China, Germany and India to stop buying."


def test_a_target_that_never_gives_in_is_hit(rich):
    assert rich.options[0].belief("CHN").value > 1
    said = first(Reading(with_game(rich, CHN=1.0, IND=1.0))).answer
    assert ",," not in said
    assert said.startswith(
        "By money alone expect a 50-point tariff and two more measures on China, which keeps "
        "buying, and India to stop buying"
    )


def test_how_sure_counts_what_was_tried(plain):
    option, sure = plain.options[0], first(Reading(plain)).sure
    assert [tuple(line) for line in sure] == [("No cut-off", "2 of 2", "3 of 3")]
    other = with_game(plain, IND=1.0)
    (line,) = first(Reading(other)).sure
    assert line == ("India stops", "0 of 2", "0 of 3")
    assert len(option.games) == 3


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
    given = with_game(asked, CHN=1.0, IND=1.0, DEU=1.0)
    assert first(Reading(given)).sure[0].claim == "China, Germany and India give in"


def test_the_options_stand_from_mild_to_hard_and_the_ceiling_last(rich):
    from threatpoint.brief.first import option_rows

    rows = option_rows(facts(rich))
    costs = [row["sender"][0] for row in rows[:-1]]
    assert costs == sorted(costs, reverse=True)
    assert [row["last"] for row in rows] == [False] * (len(rows) - 1) + [True]
    assert len(rows) == len(rich.options) + 1
    for row in rows[:-1]:
        assert [tile["target"] for tile in row["tiles"]] == ["China", "India"]


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
    lost = replace(plain, main=main, options=(), expected=None)
    found = first(Reading(lost))
    assert found.answer == f"No answer: {reason}."
    assert not found.boxes
    assert not found.figures
    assert found.heading == plain.situation.title


def test_without_a_demand_it_says_who_loses_most(plain):
    found = first(Reading(replace(plain, options=(), expected=None)))
    assert found.answer.startswith("The United States loses most,")
    assert not found.beliefs
    assert not found.sure
    assert len(found.figures) == 1


def test_the_day_of_the_computation_can_be_given(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert computed() == datetime.date(1970, 1, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "now")
    assert computed() == datetime.date.today()


def test_one_is_hit_one_stops_one_is_spared(plain):
    """Three parts of one answer stand with the commas that a list has."""
    option = plain.options[0]
    fates = {"CHN": "P", "DEU": "C", "IND": "D"}
    found = Facts(Reading(plain))
    said = sentence("first.parts", found, list(parts(option, fates)))
    assert said == (
        "a cut-off on China, which keeps buying, Germany to stop buying and India spared"
    )
    two = list(parts(option, {"CHN": "P", "DEU": "C"}))
    said = sentence("first.parts", found, two)
    assert said == "a cut-off on China, which keeps buying, and Germany to stop buying"


def test_where_several_threats_are_carried_out_the_losses_name_theirs(rich, plain):
    assert Reading(plain).case == "in the first year"
    one, other = (Reading(rich.of_threat(name)).case for name in rich.carried)
    assert one == "with the 50-point tariff and two more measures in the first year"
    assert other == "with the quota in the first year"


def test_a_threat_without_a_game_is_not_passed_over(rich):
    """It was left out of the answer without a word, and so was a case without a result."""
    first_made, other = rich.options
    without = first(Reading(replace(rich, options=(first_made,))))
    assert without.answer.endswith("; no telling what to expect of a quota.")
    alone = first(Reading(replace(rich, options=(), expected=None)))
    assert alone.answer.startswith("China loses most, ")
    assert "; no telling what to expect of a quota" in alone.answer
    failed = replace(first_made, failures={"long": "no supplier", "the baseline has": "no price"})
    found = first(Reading(replace(rich, options=(failed, other))))
    assert (
        found.sure_note == "Counts of tries, not chances (a hit: 17 to 35 %); 2 more had no result."
    )
    assert first(Reading(rich)).sure_note == "Counts of tries, not chances (a hit: 17 to 35 %)."


def test_talks_that_could_not_be_solved_are_said_to_be_unknown(plain):
    lost = replace(plain.expected, failure="the attacker is not in the table")
    sure = first(Reading(replace(plain, expected=lost))).sure
    assert tuple(sure[-1]) == ("Freeze", "not known", words.DASH)
