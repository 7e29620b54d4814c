"""All answers with their ranges, as rows and as typed."""

from __future__ import annotations

import csv
import dataclasses
import itertools
import json
import math
import pathlib

import numpy as np
import pytest
import typer

from threatpoint.cli import talks as command
from threatpoint.errors import TalksError, ThreatpointError
from threatpoint.quantity import Quantity
from threatpoint.situation import load_talks
from threatpoint.talks import results
from threatpoint.talks.ceasefire import zone_width
from threatpoint.talks.measures import MEASURES
from threatpoint.talks.priors import BY_NAME, NAMES, RATIO, case
from threatpoint.talks.reasons import TESTS
from threatpoint.talks.talks import solve_talks, vertices
from threatpoint.talks.threat_link import sanction_from

PRIORS = load_talks("ukraine-2025-03-31").priors
RESULT = solve_talks(PRIORS)


def test_every_number_lies_in_its_range():
    for name, number in RESULT.numbers.items():
        assert number.low <= number.value <= number.high, name
    assert set(RESULT.numbers) == {m.name for m in MEASURES}
    assert RESULT.agreement.converged
    assert RESULT.agreement.gap < 1e-6


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_an_answer_depends_on_what_it_says_and_on_nothing_else(measure):
    """Moved alone from several places, a prior that is not listed changes nothing."""
    for corner in ("value", "low", "high"):
        base = {name: getattr(PRIORS[name], corner) for name in NAMES}
        before = float(measure.formula(case(base)))
        for name in NAMES:
            if name in measure.uses:
                continue
            for end in ("low", "high"):
                moved = {**base, name: getattr(PRIORS[name], end)}
                after = float(measure.formula(case(moved)))
                assert after == pytest.approx(before, rel=1e-9, abs=1e-6), (name, end)


@pytest.mark.parametrize("test", TESTS, ids=lambda t: t.reason)
def test_a_verdict_depends_on_what_it_says(test):
    for corner in ("value", "low", "high"):
        base = {name: getattr(PRIORS[name], corner) for name in NAMES}
        before = test.formula(case(base))
        for name in set(NAMES) - set(test.uses):
            moved = test.formula(case({**base, name: PRIORS[name].high}))
            assert float(moved.number) == pytest.approx(float(before.number), rel=1e-9)


def draws(count: int) -> dict[str, np.ndarray]:
    """Random points within the ranges of the built-in priors."""
    random = np.random.default_rng(7)
    return {n: random.uniform(PRIORS[n].low, PRIORS[n].high, count) for n in NAMES}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_no_point_within_the_priors_leaves_the_range(measure):
    """Vertices bound each answer because each is monotone in every prior."""
    values = np.asarray(measure.formula(case(draws(2000))))
    found = RESULT.numbers[measure.name]
    room = 1e-9 * max(1.0, abs(found.low), abs(found.high))
    assert values.min() >= found.low - room
    assert values.max() <= found.high + room


@pytest.mark.parametrize("test", TESTS, ids=lambda t: t.reason)
def test_no_verdict_within_the_priors_leaves_its_range(test):
    found = next(r for r in RESULT.reasons if r.reason == test.reason)
    verdict = test.formula(case(draws(2000)))
    for values, ranged in ((verdict.number, found.number), (verdict.threshold, found.threshold)):
        known = values[~np.isnan(values)]
        room = 1e-9 * max(1.0, abs(ranged.low))
        assert known.min() >= ranged.low - room
        assert known.max() <= ranged.high * (1 + 1e-9) + 1e-9
    assert found.ever or not verdict.pays.any()
    assert not found.always or verdict.pays.all()


def test_far_out_priors_give_numbers_or_none_but_no_warning():
    """Log-uniform over many decades, drifts of both signs, discounts next to 1."""
    random = np.random.default_rng(11)
    size = 5000
    values = {}
    for p in BY_NAME.values():
        spread = 10.0 ** random.uniform(-6, 6, size)
        if p.bounds == dict(RATIO):
            spread = 1 - 10.0 ** random.uniform(-6, -0.01, size)
        elif "most" in p.bounds:
            spread = p.bounds["most"] * random.integers(0, 5, size) / 4
        elif "least" in p.bounds:
            spread = p.bounds["least"] + spread
        elif not p.bounds:
            spread = spread * random.choice([-1, 1], size)
        values[p.name] = spread
    far = case(values)
    none = {
        "division": zone_width(far.terms) < 0,
        "revealed land value": far.terms.drift <= 0,
        "land value before": far.terms.drift <= 0,
    }
    for measure in MEASURES:
        missing = np.isnan(np.asarray(measure.formula(far)))
        assert np.array_equal(missing, none.get(measure.name, np.zeros(size, bool))), measure.name
    for test in TESTS:
        assert test.formula(far).pays.shape == (size,)


def test_vertices_are_all_combinations():
    found = vertices(PRIORS, ("drift", "discount", "attacker_expenditure"))
    assert set(found) == {"drift", "discount"}
    pairs = set(zip(found["drift"].tolist(), found["discount"].tolist(), strict=True))
    assert pairs == set(itertools.product((133.0, 240.0), (0.98, 0.997)))


def test_a_threat_helps_and_a_cut_in_aid_hurts():
    threat, cut = solve_talks(PRIORS, s_R=3.0), solve_talks(PRIORS, aid_change=-0.4)
    for result, sign in ((threat, -1), (cut, 1)):
        moved = result.numbers["least line"].value - RESULT.numbers["least line"].value
        assert sign * moved > 0
    assert threat.numbers["sanction needed"] == RESULT.numbers["sanction needed"]
    assert threat.attacker_accepts
    assert not RESULT.attacker_accepts
    assert cut.numbers["sanction needed"].value > RESULT.numbers["sanction needed"].value


def test_the_gap_the_threat_closes():
    gap = RESULT.numbers["sanction missing"].value
    half = solve_talks(PRIORS, s_R=gap / 2)
    assert half.numbers["gap closed"].value == pytest.approx(50.0)
    assert RESULT.numbers["gap closed"].value == 0.0
    assert solve_talks(PRIORS, s_R=2 * gap).numbers["gap closed"].value == 100.0
    assert half.numbers["land value before"] == RESULT.numbers["revealed land value"]
    assert half.numbers["revealed land value"].value > RESULT.numbers["revealed land value"].value


def test_a_threat_with_a_range_widens_the_ranges():
    wide = solve_talks(PRIORS, s_R=Quantity(3.0, 0.0, 6.0, "USD bn/month"))
    point = solve_talks(PRIORS, s_R=3.0)
    assert wide.numbers["sanction"].low < point.numbers["sanction"].low
    assert wide.numbers["sanction"].value == point.numbers["sanction"].value


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"discount": Quantity(1.0, 1.0, 1.0, "per month")}, "discount is 1 per month"),
        ({"line": Quantity(-1.0, -1.0, -1.0, "km2")}, "line is -1 km2"),
        ({"cut_hazard": Quantity(0.5, 0.0, 2.0, "per month")}, "cut_hazard is 2 per month"),
        ({"aid_effect": Quantity(-3.0, -3.0, 1.0, "km2/month")}, "aid_effect is -3"),
        ({"drift": Quantity(1.0, 1.0, 1.0, "km2")}, "drift is in 'km2'; it must be in 'km2/month'"),
        ({"drfit": Quantity(1.0, 1.0, 1.0, "km2")}, "unknown prior 'drfit'"),
    ],
)
def test_bad_priors(change, words):
    with pytest.raises(TalksError, match=words):
        solve_talks({**PRIORS, **change})


@pytest.mark.parametrize("name", [name for name in NAMES if BY_NAME[name].bounds])
def test_every_bound_is_kept_at_the_door(name):
    """Behind it nothing is checked again."""
    prior, beyond = BY_NAME[name], {"least": -1.0, "most": 1.0, "above": 0.0, "below": 0.0}
    for word, bound in prior.bounds.items():
        out = Quantity.exactly(bound + beyond[word], prior.unit)
        with pytest.raises(TalksError, match=f"^{name} is .* must be finite and .*{bound:g}"):
            solve_talks({**PRIORS, name: out})


def test_all_bad_priors_at_once():
    given = {name: PRIORS[name] for name in NAMES if name != "drift"}
    given["exposure"] = Quantity(-1.0, -1.0, -1.0, "months")
    with pytest.raises(TalksError, match=r"missing priors: drift; exposure is -1 months"):
        solve_talks(given)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_bad_inputs_of_a_run(value):
    with pytest.raises(TalksError, match="threat_sanctions is"):
        solve_talks(PRIORS, s_R=value)
    with pytest.raises(TalksError, match="must be in 'USD bn/month'"):
        solve_talks(PRIORS, s_R=Quantity(1.0, 1.0, 1.0, "USD bn"))
    with pytest.raises(TalksError, match="aid_change is -2"):
        solve_talks(PRIORS, aid_change=-2.0)


def test_a_front_that_stands_still_has_no_revealed_bound():
    still = {**PRIORS, "drift": Quantity(0.0, 0.0, 0.0, "km2/month")}
    result = solve_talks(still)
    assert math.isnan(result.numbers["revealed land value"].value)
    assert result.attacker_accepts
    assert not any(r.pays for r in result.reasons if r.reason in ("drift", "positioning"))


def test_rows_and_files(tmp_path):
    still = solve_talks({**PRIORS, "drift": Quantity(0.0, 0.0, 0.0, "km2/month")})
    assert [row["measure"] for row in results.number_rows(RESULT)] == [m.name for m in MEASURES]
    assert len(results.reason_rows(RESULT)) == 5
    assert len(results.prior_rows(RESULT)) == len(NAMES) + 2
    saved = json.loads(results.write(still, tmp_path / "t.json").read_text())
    assert saved["number"][0]["definition"]
    assert saved["summary"]["closed_form_agrees"] is True
    with results.write(still, tmp_path / "t.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    values = {(r["table"], r["item"], r["measure"]): r["value"] for r in rows}
    assert values["number", "revealed land value", "value"] == ""
    assert float(values["number", "zone width", "value"]) > 0
    with pytest.raises(ThreatpointError, match=r"ends in \.csv or \.json"):
        results.write(still, tmp_path / "t.txt")
    with pytest.raises(ThreatpointError, match="does not exist"):
        results.write(still, tmp_path / "no" / "t.csv")


def test_the_command(tmp_path, capsys):
    app = typer.Typer(rich_markup_mode=None)
    command.register(app)
    app(
        ["--sanctions", "3.5", "--aid-change", "-10", "--out", str(tmp_path / "t.csv")],
        standalone_mode=False,
    )
    printed = capsys.readouterr().out
    for words in ("RUS accepts a freeze in place", "zone width", "private-costs", "they agree"):
        assert words in printed
    assert "written:" in printed


def test_the_result_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        RESULT.basis = "guess"  # type: ignore[misc]


def test_the_threat_enters_from_two_equilibria():
    """Cutting the seller's oil off from one buyer costs it income; lifting that is s_R."""
    from threatpoint.equilibrium import solve
    from threatpoint.policy import ExportBan, Policy
    from threatpoint.world import load_world

    world = load_world()
    free, hit = solve(world, Policy([])), solve(world, Policy([ExportBan("RUS", "CHN", "OILGAS")]))
    row = world.countries.index("RUS")
    gain = (free.welfare.usd[row] - hit.welfare.usd[row]) / 1e3 / 12
    assert sanction_from(free, hit, "RUS") == pytest.approx(gain)
    assert gain > 0
    with pytest.raises(TalksError, match=r"unknown country 'RSU'.*did you mean"):
        sanction_from(free, hit, "RSU")


def test_the_docs_list_every_prior_as_the_registry_has_it():
    text = (pathlib.Path(__file__).parents[2] / "docs" / "talks.md").read_text(encoding="utf-8")
    for p in BY_NAME.values():
        symbol = "–" if p.symbol == "-" else f"`{p.symbol}`"
        assert f"| `{p.name}` | {symbol} | {p.unit} | {p.meaning} |" in text


def test_no_line_and_no_zone_is_larger_than_the_country():
    given = load_talks("ukraine-2025-03-31")
    result = solve_talks(given.priors, area=given.area)
    rows = {row["measure"]: row for row in results.number_rows(result)}
    held = given.priors["line"].value
    for name in ("least line", "largest line", "division"):
        assert -held <= rows[name]["low"] <= rows[name]["high"] <= given.area - held
    assert result.numbers["zone width"].high > given.area == rows["zone width"]["high"]
    assert rows["zone width"]["beyond"] == "high"
