"""Commitment and escalation against games and sums written out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from threatpoint.talks import commitment
from threatpoint.talks.ceasefire import expected_advance, largest_line, least_line
from threatpoint.talks.delay import commitment_verdict
from threatpoint.talks.terms import Side, WarTerms

R = Side(land_value=2.0, war_cost=30.0, peace_gain=10.0)
U = Side(land_value=4.0, war_cost=40.0, peace_gain=20.0)
DELTA = 0.9
TERMS = WarTerms(100.0, 3.0, DELTA, R, U)


def war(drift: float) -> float:
    """R's present value of war without end, summed over months."""
    t = np.arange(1500)
    return float((DELTA**t * (2.0 * (100.0 + drift * t) - 30.0)).sum())


def holds(shift: float, phases: int) -> bool:
    """The game month by month, backwards: U offers the least R takes, at most y_max.

    After the last phase R is held to its war value. Before, in each month R compares war at the
    drift of the day with this month's best line and next month's value.
    """
    cap = float(largest_line(TERMS))
    value = war(3.0 - shift)
    for step in reversed(range(phases)):
        fight = war(3.0 - shift * step / phases)
        best = 2.0 * cap + 10.0 + DELTA * value
        if best < fight:
            return False
        value = fight
    return True


@pytest.mark.parametrize("shift", [0.0, 0.2, 0.4, 0.5, 1.0, 3.0, 6.0])
@pytest.mark.parametrize("phases", [1, 2, 5, 12])
def test_after_a_ceasefire_against_the_game(shift, phases):
    assert bool(commitment_verdict(TERMS, shift, phases).pays) != holds(shift, phases)


@pytest.mark.parametrize("shift", [0.0, 1.0, 3.0, 4.0, 6.0])
@pytest.mark.parametrize("phases", [1, 2, 12, 30])
def test_where_lines_move_only_by_war_against_a_sum_of_months(shift, phases):
    """Peace along U's reservation lines of each month, against war today."""
    t = np.arange(1500)
    drifts = 3.0 - shift * np.minimum(t, phases) / phases
    lines = np.array([float(largest_line(WarTerms(100.0, mu, DELTA, R, U))) for mu in drifts[:40]])
    lines = np.concatenate([lines, np.full(1460, lines[-1])])
    peace = float((DELTA**t * (2.0 * lines + 10.0)).sum())
    kept, room = commitment.premium_if_kept(TERMS, shift, phases), commitment.commitment_room(TERMS)
    assert bool(kept <= room) == (peace >= war(3.0) - 1e-9)
    gap = (peace - war(3.0)) * (1 - DELTA) / 2.0
    assert room - kept == pytest.approx(gap)
    assert kept <= commitment.commitment_premium(TERMS, shift, phases)


def test_phases_needed_is_the_least_that_holds():
    for shift in (0.3, 1.0, 2.0, 5.0):
        needed = int(commitment.phases_needed(TERMS, shift))
        assert holds(shift, needed)
        assert needed == 1 or not holds(shift, needed - 1)
    assert commitment.phases_needed(TERMS, 0.0) == 1


def test_before_a_ceasefire_both_ends_move_and_nothing_else():
    after = replace(TERMS, drift=TERMS.drift - 2.0)
    assert expected_advance(2.0, DELTA) == pytest.approx(18.0)
    assert least_line(after) == pytest.approx(least_line(TERMS) - 18.0)
    assert largest_line(TERMS) - largest_line(after) == pytest.approx(18.0)
    assert commitment.commitment_room(after) == pytest.approx(commitment.commitment_room(TERMS))


def test_the_largest_shift_leaves_no_room():
    for phases in (1, 3):
        shift = commitment.largest_shift(TERMS, phases)
        premium = commitment.commitment_premium(TERMS, shift, phases)
        assert premium == pytest.approx(commitment.commitment_room(TERMS))


def recursion(gain: float, loss: float, hazard: float, months: int) -> float:
    value = gain / (1 - DELTA)
    for _ in range(months):
        value = gain + DELTA * ((1 - hazard) * value - hazard * loss)
    return value


@pytest.mark.parametrize("months", [0, 1, 5, 60])
@pytest.mark.parametrize("hazard", [0.0, 0.01, 0.3, 1.0])
def test_the_value_of_guarantees_before_is_the_recursion(months, hazard):
    found = commitment.value_before(3.0, 200.0, hazard, DELTA, months)
    assert found == pytest.approx(recursion(3.0, 200.0, hazard, months))


@pytest.mark.parametrize("months", [1, 5, 60])
def test_the_hazard_that_stops_it(months):
    e = float(commitment.hazard_that_stops(3.0, 200.0, DELTA, months))
    assert 0 < e < 1
    assert recursion(3.0, 200.0, e, months) == pytest.approx(0.0, abs=1e-9)


def test_the_hazard_without_end_in_closed_form():
    assert commitment.hazard_that_stops(3.0, 200.0, DELTA) == pytest.approx(3.0 / (0.9 * 200.0))
    assert commitment.hazard_that_stops(3.0, 1.0, DELTA) == 1.0
    assert commitment.hazard_that_stops(0.0, 200.0, DELTA) == 0.0
    assert commitment.hazard_that_stops(3.0, 200.0, DELTA, 0.0) == 1.0
    gains = np.array([1.0, 2.0, 4.0])
    assert np.all(np.diff(commitment.hazard_that_stops(gains, 200.0, DELTA, 12.0)) > 0)
