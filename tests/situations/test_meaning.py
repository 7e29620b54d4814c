"""What a situation file says is what is computed: retaliation, senders, demands, who is hit."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from threatpoint.analysis import analyse
from threatpoint.analysis.tables import every_outcome
from threatpoint.brief import cases, choices, first_facts, game, horizons, losses, terminal, threats
from threatpoint.brief.headlines import headlines
from threatpoint.brief.losses import answer
from threatpoint.brief.reading import Reading
from threatpoint.errors import PolicyError, SituationError
from threatpoint.oil.solve import solve
from threatpoint.policy import CutOff, ExportBan, Policy, Rule, Tariff
from threatpoint.policy.idle import require_retaliation
from threatpoint.situation import load_situation
from threatpoint.strategy import NoWorld, pose, quantal_response
from threatpoint.strategy import answers as a
from threatpoint.strategy.joining import sender_rows
from threatpoint.strategy.options import ALL_BACK, bill_rows, option_rows
from threatpoint.strategy.regime import regime_of
from threatpoint.strategy.results import target_rows, term_rows
from threatpoint.world import load_world

FILES = Path(__file__).parent / "files"
ENERGY = ("COAL", "OILGAS", "REFPET")
REST = ("AGR", "OMIN", "FOOD", "TEX", "WOODPAP", "CHEM", "METMIN", "ELEC", "MACH", "TRANSP", "OMF")
G7 = ("USA", "JPN", "CAN", "GBR", "DEU", "FRA", "ITA")

BORDER = (
    Tariff("USA", "CAN", ENERGY, 0.10, "add"),
    Tariff("USA", "CAN", REST, 0.25, "add"),
    Tariff("USA", "MEX", "goods", 0.25, "add"),
)
BORDER_BACK = (
    Tariff("CAN", "USA", "goods", 0.25, "add"),
    Tariff("MEX", "USA", ("AGR", "FOOD", "METMIN"), 0.20, "add"),
)
WANTED: dict[str, tuple[Policy, Policy]] = {
    "border": (Policy(BORDER), Policy(BORDER + BORDER_BACK)),
    "coalition": (
        Policy(Tariff((*G7, "EU"), ("CHN", "IND"), "goods", 0.5, "add")),
        Policy(
            Tariff((*G7, "EU"), ("CHN", "IND"), "goods", 0.5, "add"),
            answers=ExportBan("CHN", G7, "OMIN"),
        ),
    ),
    "anti-coercion": (
        Policy(
            [
                Tariff("EU", "USA", ("AGR", "FOOD", "TRANSP"), 0.3, "add"),
                Tariff("EU", "CHE", "METMIN", 0.1, "add"),
            ]
        ),
        Policy(
            [
                Tariff("EU", "USA", ("AGR", "FOOD", "TRANSP"), 0.3, "add"),
                Tariff("EU", "CHE", "METMIN", 0.1, "add"),
                Tariff("USA", "EU", "goods", 0.3, "add"),
            ]
        ),
    ),
    "export-ban": (
        Policy(ExportBan("CHN", ("USA", "JPN"), ("OMIN", "METMIN"), 0.9)),
        Policy(
            ExportBan("CHN", ("USA", "JPN"), ("OMIN", "METMIN"), 0.9),
            answers=Tariff("USA", "CHN", "goods", 1.0, "add"),
        ),
    ),
}
"""File -> what it means, written out by hand: without and with retaliation."""


@pytest.fixture(scope="module")
def world():
    return load_world()


@pytest.fixture(scope="module")
def found(world):
    files = {name: load_situation(FILES / f"{name}.toml") for name in WANTED}
    return {name: analyse(read, world, horizon="long") for name, read in files.items()}


def losses_table(reading: Reading) -> Any:
    section = losses.section(reading)
    assert section is not None
    return section.tables[0]


def rows_of(table: Any) -> dict[str, dict[str, str]]:
    """Country -> its row of the CSV file."""
    return {row["country"]: row for row in csv.DictReader(io.StringIO(table.csv()))}


# -- retaliation is a second column, a stage, and changes what is said ------------------------


@pytest.mark.parametrize("name", WANTED)
def test_both_columns_are_the_solutions_of_the_instruments_written_by_hand(name, world, found):
    how = {"opec": regime_of(world, found[name].situation.policy)}
    alone, both = (solve(world, policy, **how).welfare.percent for policy in WANTED[name])
    reading = Reading(found[name])
    rows = rows_of(losses_table(reading))
    for code, n in zip(world.countries, range(len(world.countries)), strict=True):
        assert float(rows[code]["real_income_percent"]) == pytest.approx(alone[n], abs=1e-9)
        assert float(rows[code]["answered_percent"]) == pytest.approx(both[n], abs=1e-9)
    assert not np.allclose(alone, both, atol=1e-3)


@pytest.mark.parametrize("name", WANTED)
def test_the_second_column_stands_on_page_terminal_and_in_every_file(name, found):
    reading = Reading(found[name])
    shown = [column.heading for column in losses_table(reading).shown]
    assert sum("With retaliation" in label for label in shown) == 2
    assert "If the targets retaliate as stated" in " ".join(answer(reading))
    printed = terminal.summary(found[name], 100)[-1]
    assert any("retaliation" in str(column.header) for column in printed.columns)  # type: ignore[union-attr]
    keys = {row["key"] for row in cases.side_by_side(reading).assumptions().rows}
    assert {"main-retaliation", "deficits-balanced-retaliation"} <= keys
    assert "main-retaliation" in {row["case"] for row in every_outcome(reading.analysis).rows}
    section = horizons.section(reading, found[name].by_horizon)
    assert section is not None
    assert "long_answered_percent" in section.tables[0].csv()
    assert "with retaliation" in " ".join(headlines(reading))
    (table,) = threats.section(reading).tables
    assert table.rows[0]["retaliation"] != "None."


def test_retaliation_turns_the_sign_of_the_sender(found):
    main = found["border"].main
    assert main.percent("USA") > 0 > main.answered.percent("USA")


def test_without_a_stated_retaliation_there_is_no_second_column(world, tmp_path):
    text = (FILES / "export-ban.toml").read_text(encoding="utf-8")
    path = tmp_path / "case.toml"
    path.write_text(text[: text.index("[[threats.ban.retaliation]]")], encoding="utf-8")
    analysis = analyse(load_situation(path), world)
    reading = Reading(analysis)
    assert analysis.main.answered is None
    assert "answered_percent" not in losses_table(reading).csv()
    assert "retaliate" not in " ".join(answer(reading))


def test_retaliation_is_a_stage_of_the_game(world, found):
    threat = found["border"].games["long"]
    assert threat.game.letters == "CDPR"
    for profile, policy in zip(("PP", "RR"), WANTED["border"], strict=True):
        both = solve(world, policy, **threat.question.solver)
        usd = both.welfare.usd[world.country("USA")] / 1000
        assert threat.change(profile, ("USA",)) == pytest.approx(usd, abs=1e-6)
    rows = {row["target"]: row for row in target_rows(threat, thresholds=False)}
    alone = solve(world, Policy((*BORDER[:2], BORDER_BACK[0])), **threat.question.solver)
    bite = -alone.welfare.usd[world.country("CAN")] / 1000
    assert rows["CAN"]["bite_with_retaliation_usd_bn"] == pytest.approx(bite, abs=1e-6)
    assert rows["CAN"]["break_even_belief_with_retaliation"] == pytest.approx(2 / bite)
    assert rows["CAN"]["gain_of_retaliation_usd_bn"] == pytest.approx(
        rows["CAN"]["bite_usd_bn"] - bite
    )
    assert (
        rows["CAN"]["credibility_usd_bn"] > 0 > rows["CAN"]["credibility_with_retaliation_usd_bn"]
    )
    assert ALL_BACK in [row["option"] for row in option_rows(threat)]
    tables = game.by_horizon(game.Facts(Reading(found["border"]), {"long": threat}))
    assert [table.key for table in tables] == ["giving-in", "complying", "retaliation"]


def test_a_retaliation_that_hits_nothing_left_is_refused(world):
    rule = Rule("USA", None, CutOff("USA", "target"), ("CHN",), name="cut")
    back = Tariff("target", "USA", rate=0.25, mode="add")
    with pytest.raises(PolicyError, match="has no effect: what it hits is cut off"):
        require_retaliation(pose(world, rule, retaliation=(back,)).rule, world)
    require_retaliation(pose(world, rule, retaliation=(replace(back, sectors="all"),)).rule, world)


# -- several senders --------------------------------------------------------------------------


def test_every_sender_is_one_and_stands_in_the_bill(world, found):
    reading = Reading(found["coalition"])
    members = {*G7, *world.groups["EU"]}
    assert {row["country"] for row in reading.of_role("sender")} == members
    assert reading.place(found["coalition"].situation.sender) == "the G7"
    threat = found["coalition"].games["long"]
    bill = {row["member"]: row for row in bill_rows(threat)}
    assert set(bill) == {*members, "together"}
    each = sum(bill[code]["carried_out_usd_bn"] for code in members)
    assert bill["together"]["carried_out_usd_bn"] == pytest.approx(each)
    assert bill["together"]["carried_out_usd_bn"] == pytest.approx(threat.game.payoff("PP").sender)
    alone = solve(world, WANTED["coalition"][0], **threat.question.solver)
    total = sum(alone.welfare.usd[world.country(code)] for code in members) / 1000
    assert each == pytest.approx(total, abs=1e-6)
    assert "senders" in [table.key for table in game.bill(game.Facts.of(reading))]
    assert found["coalition"].situation.groups == {"G7": G7}


def test_a_list_of_senders_and_one_that_only_an_instrument_names(world, tmp_path):
    text = (FILES / "export-ban.toml").read_text(encoding="utf-8")
    several = text.replace('sender = "CHN"', 'sender = ["CHN", "BRA"]')
    joined = text.replace(
        'exporters = ["CHN"]\nimporters = ["target"]',
        'exporters = ["CHN", "BRA"]\nimporters = ["target"]',
    )
    for changed in (several, joined):
        path = tmp_path / "case.toml"
        path.write_text(changed, encoding="utf-8")
        situation = load_situation(path)
        assert situation.policy.carriers(world) == ("CHN", "BRA")
    assert load_situation(path).sender == "CHN"


# -- who is hit -------------------------------------------------------------------------------


def test_an_instrument_that_names_a_target_hits_it_only_when_it_is_punished(world):
    rule = load_situation(FILES / "border.toml").policy
    assert rule.policy(world, {"CAN": False}).items == BORDER[2:]
    assert rule.policy(world, {"MEX": False}).items == BORDER[:2]
    alone = pose(world, rule, targets=("CAN",))
    assert tuple(alone.parties) == ("CAN",)
    assert alone.policy("P").items == BORDER[:2]
    assert alone.policy("R").items == (*BORDER[:2], BORDER_BACK[0])
    assert alone.mark != pose(world, rule).mark


def test_others_than_targets_are_hit_when_somebody_is_punished_and_told_apart(world, found):
    rule = load_situation(FILES / "anti-coercion.toml").policy
    assert rule.bystanders(world) == ("CHE",)
    assert rule.policy(world, {"USA": False}).items == ()
    rows = {row["country"]: row["role_words"] for row in Reading(found["anti-coercion"]).countries}
    assert rows["CHE"] == "no target, hit too"
    assert rows["NOR"] == "third country"


def test_two_rates_on_one_flow_are_still_a_contradiction(tmp_path):
    text = (FILES / "border.toml").read_text(encoding="utf-8")
    text = text.replace('mode = "add"', 'mode = "set"').replace('"percentage points"', '"%"')
    text = text.replace('sectors = ["COAL", "OILGAS", "REFPET"]\n', "")
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(
        SituationError, match=r"threats\.border\.then: contradiction.*set different"
    ):
        load_situation(path)


# -- demands that are no trade ----------------------------------------------------------------


def test_the_cost_of_a_demand_decides_the_belief(world, found):
    threat = found["border"].games["long"]
    rows = {row["target"]: row for row in target_rows(threat, thresholds=False)}
    gdp = float(world.gdp[world.country("MEX")]) / 1000
    assert rows["CAN"]["compliance_cost_usd_bn"] == pytest.approx(2)
    assert rows["MEX"]["compliance_cost_usd_bn"] == pytest.approx(0.005 * gdp)
    for row in rows.values():
        cost, bite = row["compliance_cost_usd_bn"], row["bite_usd_bn"]
        assert row["break_even_belief"] == pytest.approx(cost / bite)
    assert rows["CAN"]["break_even_prior_low"] == pytest.approx(0.5 / rows["CAN"]["bite_usd_bn"])
    assert rows["CAN"]["break_even_prior_high"] == pytest.approx(8 / rows["CAN"]["bite_usd_bn"])
    assert threat.change("CC", ("USA", "CAN", "MEX")) == pytest.approx(0, abs=1e-6)
    assert len({world.residual for world in threat.worlds.values()}) == 9  # C and D trade alike
    costs = {row["party"]: row["value"] for row in term_rows(threat) if row["term"] == "cost"}
    assert costs == {"CAN": 2, "MEX": pytest.approx(0.005 * gdp)}
    complies = threat.equilibria().after_threat[0].profile
    assert complies[0] == "C"


def test_without_a_cost_bite_and_credibility_are_answered_and_the_belief_says_what_it_lacks(found):
    threat = found["anti-coercion"].games["long"]
    (row,) = target_rows(threat)
    assert row["bite_usd_bn"] > 0
    assert row["credibility_usd_bn"] < 0
    assert math.isnan(row["break_even_belief"])
    assert row["lacks"] == "cost of complying"
    assert "what complying costs USA is not given" in row["status"]
    assert "not given" in threat.equilibria().status
    assert a.bite(threat.game, 0, "D", "R") > a.bite(threat.game, 0, "D")
    (joined,) = sender_rows(threat, [])
    assert joined["bite_usd_bn"] == row["bite_usd_bn"]
    assert math.isnan(joined["break_even_belief"])
    with pytest.raises(NoWorld, match="give `cost`"):
        quantal_response(threat.game, [0.1])
    reading = Reading(found["anti-coercion"])
    section = choices.giving_in(first_facts.Facts(reading))
    assert "moves the United States or not: not known" in section.title
    assert any(text.startswith("Nobody says what giving in costs") for text in section.lead)
    assert section.title in " ".join(headlines(reading))


def test_a_rule_that_asks_for_nothing_is_no_game_and_the_page_says_so(found):
    assert not found["export-ban"].games
    (lead,) = threats.section(Reading(found["export-ban"])).lead
    assert "asks nobody to stop anything" in lead


# -- made -------------------------------------------------------------------------------------


def test_when_and_by_whom_a_threat_was_made_stands_on_page_and_terminal(found):
    reading = Reading(found["border"])
    (table,) = threats.section(reading).tables
    words = table.rows[0]["made"]
    who = "Made by the United States"
    for part in (who, "1 February 2025", "10 to 25", "after 4 February 2025"):
        assert part in words
    assert "executive orders" in words
    assert words in [str(part) for part in terminal.summary(found["border"])]
    none = threats.section(Reading(found["export-ban"])).tables[0].rows[0]["made"]
    assert none == "Nobody is said to have made this threat."
    facts = dict(threats.section(Reading(found["coalition"])).facts)
    assert facts["G7"] == "senders"
    assert facts["G7, members"].startswith("the United States, Japan")


def test_the_built_in_threats_say_when_they_were_made():
    situation = load_situation("ukraine-2025-03-31")
    assert set(situation.made) == {*situation.threats, *situation.later}
    tariff = situation.made["oil-tariff"]
    assert (tariff.by, str(tariff.date), str(tariff.clock)) == ("USA", "2025-03-30", "2025-04-30")
    assert tariff.rate is not None
    assert [int(end) for end in tariff.rate.range or ()] == [25, 50]
