"""What a game says beside who gives in: offers on record, bargains, what is not known and why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from tests.told import TOLD, day, rule_of, situation, sure, threat, valued
from threatpoint.analysis import bargains, played
from threatpoint.analysis.played import Played, solve_played
from threatpoint.errors import PolicyError
from threatpoint.policy import Action, CutOff, Quota, Rule, Tariff
from threatpoint.policy.demand import Cost, Demand
from threatpoint.policy.standing import on_day
from threatpoint.situation.figure import Figure
from threatpoint.situation.made_schema import OfferTable
from threatpoint.strategy import Terms
from threatpoint.strategy.game import NoWorld
from threatpoint.strategy.partial_rows import stopping_rows
from threatpoint.strategy.quantity_tables import offer, unanswered
from threatpoint.strategy.record import base_rate_of
from threatpoint.strategy.threat import pose, sketch
from threatpoint.world import load_world

BUYERS = ("IND", "TUR")
RULE = rule_of(named=BUYERS)


@pytest.fixture(scope="module")
def world():
    return on_day(load_world(), day(3, 31))


@pytest.fixture(scope="module")
def game(world):
    return sketch(pose(world, RULE, horizon="short"))


def points(value: float) -> Figure:
    return Figure(
        value=Decimal(value), unit="percentage points", period="2025", source="a test"
    )  # fmt: skip


def offers(world, *cuts, rule=RULE, when=TOLD, terms=None, clocks=(), **given):
    """The rows of one offer a cut, each to the targets of a threat of its own."""
    names = [f"t{n}" for n, _ in enumerate(cuts)]
    threats = [threat(name, day(3, 1), None, rule) for name in names]
    due: Any = {name: list(clocks) for name in names if clocks}
    made = {
        name: OfferTable(by="USA", date=when, source="a note", cut=points(cut), **given)
        for name, cut in zip(names, cuts, strict=True)
    }
    stated = replace(situation(*threats, **due), offers=made)
    return bargains.offered(stated, world, "short", "fixed", terms)


# -- offers on record


def test_an_offer_that_fits_has_three_parts_for_each_target(world):
    rows = offers(world, 10)
    assert [row["target"] for row in rows] == ["IND"] * 3 + ["TUR"] * 3
    assert {row["status"] for row in rows} == {"found"}
    assert unanswered(rows) == []


def test_what_does_not_fit_one_target_s_day_leaves_the_other_s_answer(world):
    """On 27 August India bears tariffs that can be cut by 40 points; Türkiye does not."""
    rows = offers(world, 40, when=day(8, 28), clocks=[(day(8, 27), BUYERS)])
    india = [row for row in rows if row["target"] == "IND"]
    assert len(india) == 3
    assert {row["status"] for row in india} == {"found"}
    (lost,) = [row for row in rows if row["target"] == "TUR"]
    assert "only" in lost["status"]
    assert lost["target_gain_usd_bn"] != lost["target_gain_usd_bn"]
    (said,) = unanswered(rows)
    assert said.startswith("No answer to the offer to Türkiye: ")
    table = offer(rows)
    assert said in table.note
    assert [row["target"] for row in table.rows].count("TUR") == 1


def test_a_target_that_does_not_fit_hides_none_after_it(world):
    turned = rule_of(named=("TUR", "IND"))
    rows = offers(world, 40, rule=turned, when=day(8, 28), clocks=[(day(8, 27), BUYERS)])
    found = {row["target"] for row in rows if row["status"] == "found"}
    assert found == {"IND"}
    assert {row["target"] for row in rows} == {"IND", "TUR"}


def test_an_offer_whose_threat_is_no_game_says_so(world):
    nobody = Rule("USA", Action("crude", "RUS", min_value=1e9), RULE.then)
    (row,) = offers(world, 10, rule=nobody)
    assert (row["name"], row["target"]) == ("all targets", "")
    assert row["status"] in unanswered([row])[0] + "."


def test_refusing_what_is_in_force_leaves_it_there(world):
    """Before the clock a refusal brings the threat, after it what stands goes on standing."""
    before = offers(world, 5, when=day(8, 28), clocks=[(day(8, 29), BUYERS)])
    after = offers(world, 5, when=day(8, 28), clocks=[(day(8, 27), BUYERS)])
    free, bound = (next(r for r in rows if r["part"] == "tariff cut") for rows in (before, after))
    assert [free["cut_points"], bound["cut_points"]] == pytest.approx([5, 5])
    assert bound["target_gain_usd_bn"] > 0
    assert free["target_gain_usd_bn"] != pytest.approx(bound["target_gain_usd_bn"], rel=1e-3)


def test_a_cut_of_a_whole_counts_in_proportion(world):
    half, plain = (offers(world, 10, of=of)[0]["cut_points"] for of in (points(20), None))
    assert plain == pytest.approx(10)
    assert half > 25 / 2 - 1e-9


def test_political_terms_count_in_an_offer_on_record(world):
    plain, dear = (
        {row["part"]: row["target_gain_usd_bn"] for row in offers(world, 10, terms=terms)[:3]}
        for terms in (None, Terms(phi=4.0))
    )
    assert dear["pledge"] == pytest.approx(plain["pledge"] - 4.0)
    assert dear["tariff cut"] == pytest.approx(plain["tariff cut"])


# -- where bargaining would end


def test_who_has_nothing_to_bargain_over_is_left_out(world):
    """Without a tariff of the day or of the threat there is none to move."""
    cut = Rule("USA", Action("crude", "RUS"), CutOff("USA", "target"), named=("IND",))
    assert bargains.ends(sketch(pose(load_world(), cut, horizon="short"))) == ([], [])


def test_ends_are_found_for_every_target_that_gains(game):
    rows, unknown = bargains.ends(game)
    assert unknown == []
    assert {row["target"] for row in rows} == {*BUYERS}
    assert all(row["target_gain_usd_bn"] >= -1e-6 for row in rows)
    assert all(row["sender_gain_with_b_usd_bn"] >= -1e-6 for row in rows)


# -- played


def test_a_small_game_has_no_models_and_says_the_rest(game):
    found = solve_played(game, situation(threat("a", None, None, RULE)))
    assert game.game.partial
    assert (found.models, found.course, found.record, found.offers) == ([], None, None, [])
    assert {row["target"] for row in found.motive} == {*BUYERS, "together"}
    share = base_rate_of(("USA",)).share
    assert {row["belief"] for row in found.stopping} == {share}
    assert found.lacking == []


def test_beliefs_of_how_much_stops_are_the_course_s_of_this_very_threat(game):
    """Another threat of the same words, in which hitting costs the sender, is another belief."""
    mine = threat("mine", day(3, 1), valued({"IND": 20.0, "TUR": 1.0}), RULE)
    other = replace(RULE, named=("IND", "TUR", "CHN"))
    same = threat("same", day(3, 2), valued({"IND": -90.0, "TUR": -90.0, "CHN": 0.0}), other)
    assert mine.rule.short == same.rule.short
    found = solve_played(game, situation(mine, same), (mine, same))
    latest = sure(found.course).tough("mine")
    believed = {row["target"]: row["belief"] for row in found.stopping}
    assert believed == latest
    assert latest["IND"] > sure(found.course).tough("same")["IND"] + 0.1


def test_a_demand_that_nobody_prices_has_no_models(world):
    rule = Rule("USA", None, RULE.then, named=("CAN",), demand=Demand("stop the flow"))
    cost = Cost(2.0, 1.0, 3.0, "USD bn", source="a test", prior=True)
    priced = replace(rule, demand=Demand("stop the flow", cost))
    found = played._models(sketch(pose(world, rule, horizon="short")), {})
    assert found == []
    rows = stopping_rows(sketch(pose(world, priced, horizon="short")), {"CAN": 0.5})
    assert {row["status"] for row in rows} == {"found"}
    assert all(row["corners"] for row in rows)


def test_an_evasion_of_the_file_is_not_told_twice(world):
    (duty,) = RULE.templates
    rule = replace(RULE, then=(replace(duty, enforcement=0.8, evasion_cost=0.1),))
    assert played._evasion(sketch(pose(world, rule, horizon="short"))) == []


def test_what_cannot_be_evaded_has_no_table(world):
    quota = Quota("USA", "target", "goods", volume=0.5)
    rule = Rule("USA", Action("crude", "RUS"), quota, named=("IND",))
    assert played._evasion(sketch(pose(world, rule, horizon="short"))) == []


def test_why_something_is_not_known_is_kept_and_said(game, monkeypatch):
    def refuse(*_):
        raise PolicyError("this acts on a whole market")

    monkeypatch.setattr(played.partial_rows, "stopping_rows", refuse)
    monkeypatch.setattr(played.motive, "motive_rows", refuse)
    found = solve_played(game, situation(threat("a", None, None, RULE)))
    assert (found.stopping, found.motive) == ([], [])
    assert found.lacking == [
        "What the sender would do anyway is not known: this acts on a whole market.",
        "How much each target stops is not known: this acts on a whole market.",
    ]


def test_lacking_says_each_threat_and_offer_without_an_answer():
    lost = threat("a", day(3), None)
    row = {"name": "India", "status": "a cut of 40 points cannot be offered."}
    found = Played(beside=(lost,), offers=[row])
    assert found.lacking == [
        "No game in “words of a”: no supplier is left.",
        "No answer to the offer to India: a cut of 40 points cannot be offered.",
    ]


def test_no_tables_of_nothing():
    assert list(Played().tables()) == []
    assert all(rows == [] for rows in Played().rows().values())
    assert SimpleNamespace(**Played().rows()).carried_out == []


def test_the_plain_tariff_is_told_from_the_one_threatened(world):
    """A share that goes round makes another punishment of the same words."""
    (duty,) = RULE.templates
    rule = replace(RULE, then=(replace(duty, enforcement=0.8, evasion_cost=0.1),))
    assert isinstance(duty, Tariff)
    rows = stopping_rows(sketch(pose(world, rule, horizon="short")), 0.6)
    own = [row["punishment"] for row in rows if row["target"] == "IND"]
    assert own[0] == "25-point tariff, as threatened"
    assert len({*own}) == len(own)


def test_a_bargain_without_a_world_is_said(game, monkeypatch):
    """A target of whom a world has no equilibrium was left out without a word."""

    def lost(threat, target):
        raise NoWorld.of("P", "no supplier")

    monkeypatch.setattr(bargains, "bargain_rows", lost)
    rows, (said, _) = bargains.ends(game)
    assert rows == []
    assert said.startswith("Where bargaining with India would end is not known: ")
    assert "no supplier" in said
