"""Sweeps: what moves of a threat, and that what is read in between is what a solve gives."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from threatpoint import words
from threatpoint.analysis.carried import Carried, solve_carried
from threatpoint.analysis.outcome import Outcome
from threatpoint.analysis.sweeps import grid, sweep
from threatpoint.analysis.sweeps.moves import HIGHEST, Moves
from threatpoint.analysis.sweeps.points import enforced_at, place_of, places, weights
from threatpoint.analysis.sweeps.sweep import Sweep, solve_sweep
from threatpoint.oil.solve import solve
from threatpoint.policy import CutOff, Policy, Quota, Rule, Tariff
from threatpoint.policy.measure import Measure
from threatpoint.situation import load_situation
from threatpoint.world import load_world

PAGE = ("short",)


def carried(rule: Rule) -> Carried:
    return solve_carried("threat", "threat", rule, load_world(), "short", "fixed")


def swept(rule: Rule, horizons: tuple[str, ...] = PAGE) -> Sweep | None:
    return solve_sweep(rule, carried(rule), load_world(), horizons, "fixed")


def measure(*items: object) -> Measure:
    return Measure.of(Policy(items), load_world())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def border() -> Sweep:
    """25 % on two, and 10 % on the energy of one of them."""
    found = swept(load_situation("border-2025-02-01").policy)
    assert found
    return found


@pytest.fixture(scope="module")
def cut() -> Sweep:
    found = swept(measure(CutOff("USA", ["CHN", "IND"])))
    assert found
    return found


# -- points ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 6, 9])
def test_a_polynomial_is_read_exactly(count):
    at = places(count)
    values = np.polynomial.Polynomial(np.arange(1.0, count + 1))
    for x in (0.0, 0.123, float(at[-1]), 0.9999, 1.0):
        read = weights(at, x) @ values(at)
        assert read == pytest.approx(values(x if count > 1 else 1.0), rel=1e-12)


@given(st.floats(0, 1), st.floats(-0.5, 3), st.sampled_from([0.0, *grid.TAXED]))
def test_a_place_is_that_of_its_enforcement(enforcement, rate, k):
    assert 0 <= place_of(enforcement, rate, k) <= 1 + 1e-9
    again = enforced_at(place_of(enforcement, rate, k), rate, k)
    assert again == pytest.approx(enforcement, abs=1e-9)


def test_a_cut_has_places_of_its_enforcement_itself():
    assert place_of(0.3, math.nan, 0.0) == enforced_at(0.3, math.nan, 0.0) == 0.3
    sharp = place_of(0.3, math.nan, grid.CUT[True])
    assert enforced_at(sharp, math.nan, grid.CUT[True]) == pytest.approx(0.3)


# -- what moves ------------------------------------------------------------------------------


def test_the_most_measures_that_are_alike_move(border):
    assert (border.moves.rate, border.moves.enforcement) == (0.25, 1.0)
    assert len(border.moves.moving) == 2
    assert not border.moves.all
    energy = border.moves.at(0.5, 0.5).templates[0]
    assert energy == border.moves.rule.templates[0], "the other measure stays as stated"


def test_two_targets_are_hit_in_every_combination(cut):
    assert cut.grid.hits == (("CHN", "IND"), ("CHN",), ("IND",))
    assert math.isnan(cut.moves.rate)


def test_more_targets_are_hit_together_or_alone():
    moves = Moves.of(measure(CutOff("USA", ["CHN", "IND", "BRA", "TUR", "MEX"])), load_world())
    assert [len(hit) for hit in moves.coalitions(True)] == [5, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("rate", "ends"),
    [(0.25, (0, 1)), (0.8, (0, 1.6)), (9.0, (0, HIGHEST)), (-0.05, (-0.1, 0)), (-0.7, (-0.9, 0))],
)
def test_a_rate_moves_to_its_double_and_to_100_percent_at_least(rate, ends):
    moves = Moves.of(measure(Tariff("USA", "CHN", rate=rate, mode="add")), load_world())
    assert moves.rates == pytest.approx(ends)


def test_a_quota_on_one_has_nothing_to_move():
    assert swept(measure(Quota("USA", "CHN", "ELEC", volume=0.5))) is None


def test_a_union_is_hit_as_one():
    found = swept(measure(Tariff("USA", ["EU", "JPN"], rate=0.2, mode="add")))
    assert found
    assert {frozenset(hit) for hit in found.grid.hits} == {
        frozenset(hit) for hit in (("EU", "JPN"), ("EU",), ("JPN",))
    }
    alone = solve(load_world(), Tariff("USA", "EU", rate=0.2, mode="add"), horizon="short")
    read = found.at("short", ("EU",), 0.2, 1.0)
    assert read["JPN"] == pytest.approx(
        alone.welfare.percent[load_world().country("JPN")], abs=1e-3
    )


# -- what is read ----------------------------------------------------------------------------


def apart(found: Sweep, hit: tuple[str, ...], rate: float, enforcement: float) -> float:
    """The largest difference to a solve."""
    world = load_world()
    policy = found.moves.policy(world, rate, enforcement, hit)
    solved = solve(world, policy, horizon="short").welfare.percent
    read = found.at("short", hit, rate, enforcement)
    return max(abs(read[code] - solved[n]) for n, code in enumerate(world.countries))


def claim(found: Sweep) -> float:
    """What the page prints."""
    return float(words.rounded_up(found.error))


def test_the_threat_as_made_is_what_the_chart_shows(border):
    rule = border.moves.rule
    read = border.at("short", border.grid.hits[0], 0.25, 1.0)
    main = carried(rule).main
    assert max(abs(read[code] - main.percent(code)) for code in read) < claim(border)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2), st.floats(0, 1), st.floats(0, 1))
def test_the_error_of_a_tariff_holds_in_between(border, k, rate, enforcement):
    assert apart(border, border.grid.hits[k], rate, enforcement) <= claim(border)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2), st.floats(0, 1))
def test_the_error_of_a_cut_holds_in_between(cut, k, enforcement):
    assert apart(cut, cut.grid.hits[k], math.nan, enforcement) <= claim(cut)


def test_nothing_enforced_changes_nothing(cut):
    assert set(cut.at("short", ("CHN",), math.nan, 0.0).values()) == {0.0}


def test_every_horizon_agrees_with_what_was_solved():
    rule = load_situation("brazil-2025-07-09").threats["letter"]
    found = swept(rule, ("short", "medium", "long"))
    assert found
    by_horizon = carried(rule).by_horizon
    for name in found.grid.horizons:
        read = found.at(name, ("BRA",), 0.4, 1.0)
        assert abs(read["BRA"] - by_horizon[name].percent("BRA")) < claim(found)


# -- where there is none ---------------------------------------------------------------------


def test_a_sweep_that_is_too_far_from_a_solve_is_none(monkeypatch):
    monkeypatch.setattr(sweep, "TOO_FAR", 1e-7)
    assert swept(measure(CutOff("USA", "CHN"))) is None


def test_where_few_points_are_too_far_more_are_solved():
    """Canada's crude is easily replaced: what is lost falls fastest near full enforcement."""
    found = swept(measure(Tariff("USA", ["MEX", "CAN"], rate=0.25, mode="add")))
    assert found
    assert found.grid.exponent == grid.TAXED[True]
    assert claim(found) <= sweep.TOO_FAR
    assert apart(found, ("CAN",), 0.6, 0.93) <= claim(found)


def test_so_are_more_of_a_cut():
    found = swept(measure(CutOff("USA", ["CHN", "IND", "BRA", "TUR", "MEX"])))
    assert found
    assert found.grid.exponent == grid.CUT[True]
    assert apart(found, found.grid.hits[0], math.nan, 0.97) <= claim(found)


def test_what_is_too_far_for_enforcement_still_moves_by_its_rate(monkeypatch):
    monkeypatch.setattr(grid, "SHARPER", 2)
    monkeypatch.setattr(grid, "ENFORCED_OF_FEW", 2)
    found = swept(measure(Tariff("USA", "MEX", rate=0.25, mode="add", enforcement=0.8)))
    assert found
    assert math.isnan(found.moves.enforcement)
    assert apart(found, ("MEX",), 0.6, math.nan) <= claim(found)


def test_a_threat_without_an_answer_has_none():
    nothing = Carried("threat", Outcome("threat", "", "", "", (), None, "no equilibrium"), {})
    rule = measure(CutOff("USA", "CHN"))
    assert solve_sweep(rule, nothing, load_world(), PAGE, "fixed") is None


@pytest.mark.parametrize(
    ("most", "shape"),
    [(500, (3, 3, 1, 7)), (30, (1, 3, 1, 7)), (15, (1, 1, 1, 7)), (5, None)],
)
def test_a_larger_world_moves_less(monkeypatch, most, shape):
    world = load_world()
    monkeypatch.setattr(grid, "MOST", most * world.trade.size)
    moves = Moves.of(measure(CutOff("USA", ["CHN", "IND"])), world)
    found = next(grid.grids(moves, ("short", "medium", "long"), world), None)
    assert (found and found.shape) == shape


@pytest.mark.parametrize(
    ("size", "said"), [(0.0021, "0.003"), (0.002, "0.002"), (0.0, "0.0001"), (0.35, "0.4")]
)
def test_an_error_is_rounded_up(size, said):
    assert words.rounded_up(size) == said
