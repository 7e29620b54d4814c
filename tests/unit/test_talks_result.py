"""The talks of a situation over draws: the table, what goes with it, its files, as typed."""

from __future__ import annotations

import csv
import json
import math
import pathlib
from dataclasses import replace

import numpy as np
import pytest
import typer

from threatpoint import words
from threatpoint.analysis.talks_drawn import draw_talks, require_possible
from threatpoint.cli import talks as command
from threatpoint.errors import TalksError, ThreatpointError
from threatpoint.laws import LAWS
from threatpoint.quantity import Quantity
from threatpoint.situation import load_talks
from threatpoint.talks import results
from threatpoint.talks.freeze_inputs import GROUPS, inputs
from threatpoint.talks.priors import BY_NAME, NAMES, RETIRED, Priors
from threatpoint.talks.talks import SUPPORTS, solve_talks
from threatpoint.talks.written import write
from threatpoint.world import load_world

GIVEN = load_talks("ukraine-2025-03-31")
LOSSES = {"nothing": 0.0, "gain": -1.0, "some": 2.0, "much": 8.0}
RESULT = draw_talks(GIVEN, LOSSES)


def test_what_is_drawn_says_from_what_and_since_when():
    drawn = inputs(GIVEN.priors, GIVEN.known)
    assert [item.key for item in drawn] == [f"talks_{n}" for n in NAMES if n != "line"]
    for item in drawn:
        assert item.known
        assert item.source
        assert item.group == GROUPS[item.key.removeprefix("talks_")]
        prior = GIVEN.priors[item.key.removeprefix("talks_")].prior
        assert (item.known == "2026-11") == prior  # a prior is known when it is chosen
        assert prior or item.known <= "2025-03"  # a figure, by the date of the situation
    assert {p.law for p in BY_NAME.values()} - {""} <= set(LAWS)


def test_nothing_and_what_pays_the_attacker_bring_no_freeze():
    for lever in ("nothing", "gain"):
        for support in (-0.4, 0.0):
            assert RESULT.chance(lever, support).chance.value == 0.0


def test_levers_and_support_order_the_table():
    for support in SUPPORTS:
        found = [RESULT.chance(lever, support).chance.value for lever in LOSSES]
        assert found[2] < found[3]
        assert found[1] <= found[0] < found[2]
    for lever in ("some", "much"):
        found = [RESULT.chance(lever, support).chance.value for support in SUPPORTS]
        assert found == sorted(found)
        assert found[0] < found[-1]


def test_enough_draws_stand_behind_every_cell():
    assert all(cell.chance.effective >= 200 for cell in RESULT.cells)
    assert not any(cell.few for cell in RESULT.cells)
    fewest = draw_talks(GIVEN, LOSSES, draws=128)
    assert all(cell.few for cell in fewest.cells)
    assert "fewer than 200 effective draws: nothing, gain" in results.by_support(fewest).note
    assert draw_talks(GIVEN, LOSSES, draws=256).effective >= 200


def test_doubling_the_draws_moves_nothing_by_more_than_its_error():
    double = draw_talks(GIVEN, LOSSES, draws=2048)
    for one, two in zip(RESULT.cells, double.cells, strict=True):
        assert abs(one.chance.value - two.chance.value) <= one.chance.error


def test_a_driver_is_an_input_that_moves_the_cell():
    assert RESULT.chance("nothing").driver == ""
    assert RESULT.chance("much").driver == "ground_ratio"
    assert RESULT.chance("nothing", 0.2).driver in ("ground_ratio", "aid_elasticity")
    assert [c.prior for c in RESULT.cells[:3]] == [True, False, True]


def test_a_freeze_within_a_year_takes_the_drift_that_came():
    assert RESULT.within_a_year == {}
    half, same, twice = (RESULT.over_a_year(np.array([x])).within_a_year for x in (0.5, 1.0, 2.0))
    for lever in LOSSES:
        assert same[lever].value == RESULT.chance(lever).chance.value
        assert half[lever].value > same[lever].value >= twice[lever].value
    assert half["nothing"].value > 0.1
    both = RESULT.over_a_year(np.array([0.5, 2.0])).within_a_year
    for lever in LOSSES:
        assert both[lever].value == pytest.approx((half[lever].value + twice[lever].value) / 2)
    shown = results.by_support(RESULT.over_a_year(np.array([0.5])))
    assert shown.shown[-1].heading == "Within a year"
    assert shown.rows[0]["within_a_year"] == pytest.approx(100 * half["nothing"].value)
    with pytest.raises(TalksError, match="drift is nan"):
        _ = RESULT.over_a_year(np.array([np.nan])).within_a_year


def test_other_levers_can_be_asked_of_the_same_draws():
    found = RESULT.under({"much": 8.0}).chance("much").chance
    assert found.value == RESULT.chance("much").chance.value
    with pytest.raises(TalksError, match="loss under 'x'"):
        RESULT.under({"x": math.inf})


def test_levers_can_be_called_otherwise():
    found = RESULT.named({"some": "a bit", "much": "a bit"})
    assert [*found.losses] == ["nothing", "gain", "a bit", "a bit (much)"]
    assert found.chance("a bit").chance.value == RESULT.chance("some").chance.value


def test_reasons_to_wait_are_all_of_the_refusal():
    waiting = RESULT.waiting
    assert waiting.ground.value + waiting.aid.value == pytest.approx(1.0)
    assert 0.7 < waiting.ground.value < 1.0
    values = RESULT.values | {"talks_cut_hazard": np.zeros(RESULT.draws)}
    assert replace(RESULT, values=values).waiting.aid.value == 0.0


def test_ground_is_worth_less_the_longer_it_must_be_kept():
    found = [RESULT.ground[n].value for n in (3, 6, 12, 24)]
    assert found == sorted(found, reverse=True)
    assert found[0] > 0.9
    values = RESULT.values | {"talks_loss_rate": np.zeros(RESULT.draws)}
    assert replace(RESULT, values=values).ground[24].value == pytest.approx(1.0)
    lost = RESULT.values | {"talks_loss_rate": np.ones(RESULT.draws)}
    assert replace(RESULT, values=lost).ground[3].value == 0.0


def test_a_wider_war_by_its_base_rate():
    one = draw_talks(GIVEN, {"nothing": 0.0}, draws=1)
    rate, loss = (float(one.values[f"talks_wider_war_{k}"][0]) for k in ("rate", "loss"))
    assert one.wider.within(12).value == pytest.approx(100 * (1 - math.exp(-0.12 * rate)))
    assert one.wider.worth.value == pytest.approx(rate / 100 * loss)
    within = [RESULT.wider.within(n).value for n in (3, 12, 36)]
    assert within == sorted(within)
    spread = RESULT.wider.expected_loss(12)
    assert spread.low < spread.value < spread.high


def test_what_follows_from_the_cost_of_a_month():
    assert RESULT.price.value == pytest.approx(1e3 * RESULT.cost.value / 372, rel=0.2)
    assert RESULT.needed.low < RESULT.needed.value < RESULT.needed.high
    assert 5 < RESULT.per_billion.low < RESULT.per_billion.value < RESULT.per_billion.high < 16
    assert RESULT.watch_drift[0.5] < RESULT.watch_drift[0.25] < 372
    assert RESULT.watch_loss[0.5] > RESULT.watch_loss[0.25]


def test_draws_that_do_not_fit_and_inputs_that_are_missing():
    with pytest.raises(TalksError, match="loss under 'some': 3 values for 1024 draws"):
        solve_talks(RESULT.values, {"some": np.ones(3)})
    with pytest.raises(TalksError, match="the input 'talks_deaths' is missing"):
        solve_talks({k: v for k, v in RESULT.values.items() if k != "talks_deaths"}, {})
    with pytest.raises(TalksError, match="change of support is -1"):
        solve_talks(RESULT.values, {}, (-1.0,))
    with pytest.raises(TalksError, match="drift is 0 km2 per month"):
        solve_talks(RESULT.values, {}, expected=0.0)
    with pytest.raises(ThreatpointError, match="power of 2"):
        draw_talks(GIVEN, LOSSES, draws=1000)
    with pytest.raises(TalksError, match="talks must be"):
        draw_talks({}, LOSSES)  # type: ignore[arg-type]


# -- priors --------------------------------------------------------------------------------------

BAD = {
    "missing": ({"deaths": None}, "missing priors: deaths"),
    "unknown": ({"drfit": Quantity.exactly(1.0)}, "unknown prior 'drfit' (did you mean 'drift'?)"),
    "retired": ({"aid_effect": Quantity.exactly(1.0)}, "'aid_effect' is no longer used: give"),
    "retired for good": ({"guarantees": Quantity.exactly(1.0)}, "no longer used: leave it out"),
    "unit": ({"deaths": Quantity(1.0, 0.5, 2.0, "km2")}, "deaths is in 'km2'"),
    "bounds": ({"aid_cut": Quantity(40.0, 20.0, 100.0, "%")}, "aid_cut is 100 %"),
    "law": (
        {"ground_ratio": Quantity(3.0, 1.0, 4.0, "1")},
        "ground_ratio: loguniform: 3 is not the geometric middle of its range, 2",
    ),
    "law without a range": (
        {"life_value": Quantity(0.4, 0.4, 1.0, "USD m")},
        "life_value: lognormal: low, value and high must rise",
    ),
    "no quantity": ({"line": 5}, "line must be a Quantity, not 5"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_priors(case):
    change, text = BAD[case]
    given = {k: v for k, v in {**GIVEN.priors, **change}.items() if v is not None}
    with pytest.raises(TalksError) as caught:
        Priors(given)  # type: ignore[arg-type]
    assert text in str(caught.value)
    assert not set(RETIRED) & set(NAMES)
    assert {new for new in RETIRED.values() if new} <= set(NAMES)


# -- tables, files, command ----------------------------------------------------------------------


def test_the_table_by_support_shows_chances_with_their_ranges():
    table = results.by_support(RESULT)
    assert [c.heading for c in table.shown] == [
        "What is done", "Support −40\u00a0%", "Support as it is", "Support +20\u00a0%",
    ]  # fmt: skip
    first, *_ = table.first
    assert [words.plain(cell) for cell in first[:3]] == ["nothing", "0 %", "0 %"]
    assert "freeze_+20_high" in table.csv().splitlines()[0]
    assert all(name for name in table.definitions)


def test_files_hold_everything(tmp_path: pathlib.Path):
    text = write(RESULT, GIVEN.priors, GIVEN.known, tmp_path / "t.json").read_text("utf-8")
    found = json.loads(text)
    assert set(found) == {"freeze", "number", "prior", "summary"}
    assert len(found["freeze"]) == len(LOSSES) * len(SUPPORTS)
    assert found["summary"]["draws"] == 1024
    assert [row["name"] for row in found["prior"]] == list(NAMES)
    path = write(RESULT, GIVEN.priors, GIVEN.known, tmp_path / "t.csv")
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    chance = {r["item"]: float(r["value"]) for r in rows if r["measure"] == "chance"}
    assert chance["much, support +0 %"] == pytest.approx(100 * RESULT.chance("much").chance.value)


def test_a_lever_that_costs_more_than_is_earned_is_refused():
    world = load_world()
    require_possible(world, "RUS", 3.0, -40.0)
    require_possible(world, "nobody", 1e9, 0.0)
    with pytest.raises(TalksError, match="RUS earns no more than that a month"):
        require_possible(world, "RUS", 1e4, 0.0)
    for change in (-100.0, 1001.0, math.nan):
        with pytest.raises(TalksError, match="aid change"):
            require_possible(world, "RUS", 0.0, change)


def test_as_typed(capsys, tmp_path):
    command.talks(sanctions=3.5, aid_change=-40.0, draws=256, out=tmp_path / "t.json")
    said = capsys.readouterr().out
    assert "Russia refused a freeze" in said
    assert "a loss of 3.5 bn" in said
    assert "Support −40" in said
    rows = json.loads((tmp_path / "t.json").read_text("utf-8"))["freeze"]
    assert {row["support_percent"] for row in rows} == {-40.0, 0.0}
    assert {row["lever"] for row in rows} == {"nothing", "a loss of 3.5 bn"}
    command.talks(draws=2, out=tmp_path / "t.csv")
    assert "all four stop buying, support +20 %" in (tmp_path / "t.csv").read_text("utf-8")
    app = typer.Typer()
    command.register(app)
    assert app.registered_commands
