"""Each reason for delay against a plain enumeration that knows no closed form."""

from __future__ import annotations

import numpy as np
import pytest

from threatpoint.errors import TalksError
from threatpoint.talks import delay
from threatpoint.talks.ceasefire import expected_advance
from threatpoint.talks.terms import Side, WarTerms

R = Side(land_value=2.0, war_cost=30.0, peace_gain=10.0)
U = Side(land_value=4.0, war_cost=40.0, peace_gain=20.0)
DELTA = 0.9
MONTHS = np.arange(1500)


def terms(drift: float) -> WarTerms:
    return WarTerms(100.0, drift, DELTA, R, U)


def freeze_after(n: int, drift: float) -> float:
    """Present value for R of fighting n months and freezing in place then."""
    lines = 100.0 + drift * np.minimum(MONTHS, n)
    flow = np.where(n > MONTHS, 2.0 * lines - 30.0, 2.0 * lines + 10.0)
    return float((DELTA**MONTHS * flow).sum())


@pytest.mark.parametrize("drift", [-3.0, 0.0, 1.0, 2.2, 2.3, 5.0])
def test_drift_against_freezing_after_any_number_of_months(drift):
    """The limit is 20/9 km2 a month."""
    values = [freeze_after(n, drift) for n in range(60)]
    verdict = delay.drift_verdict(terms(drift))
    assert bool(verdict.pays) == (int(np.argmax(values)) > 0) == (drift > 20 / 9)
    assert verdict.threshold == pytest.approx(20 / 9)
    assert verdict.number == pytest.approx(values[1] - values[0])


def waiting(hazard: float, z0: float, z1: float, drift: float, wait: int) -> float:
    """Value of waiting for a cut up to `wait` months, then taking z0; by summing over its date."""
    total, alive, weight, line = 0.0, 1.0, 1.0, 100.0
    peace = lambda line, z: (2.0 * (line + z) + 10.0) / (1 - DELTA)  # noqa: E731
    for _ in range(wait):
        total += alive * weight * (2.0 * line - 30.0)
        line, weight = line + drift, weight * DELTA
        total += alive * hazard * weight * peace(line, z1)
        alive *= 1 - hazard
    return total + alive * weight * peace(line, z0)


@pytest.mark.parametrize("hazard", [0.0, 0.01, 0.05, 0.2, 1.0])
@pytest.mark.parametrize(("z0", "z1"), [(0.0, 20.0), (5.0, 40.0), (0.0, 0.0), (3.0, 1.0)])
def test_waiting_for_a_cut_against_every_length_of_wait(hazard, z0, z1):
    verdict = delay.aid_cut_verdict(terms(1.5), hazard, z0, z1)
    values = [waiting(hazard, z0, z1, 1.5, n) for n in (0, 1, 2, 10, 300)]
    assert verdict.number == pytest.approx(values[1] - values[0])
    assert bool(verdict.pays) == (max(values[1:]) > values[0] + 1e-9)


def test_the_hazard_that_flips():
    flip = float(delay.hazard_that_flips(terms(1.5), 5.0, 40.0))
    assert delay.gain_from_waiting(terms(1.5), flip, 5.0, 40.0) == pytest.approx(0.0, abs=1e-9)
    assert np.isnan(delay.hazard_that_flips(terms(1.5), 5.0, 5.0))


# -- private information ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("least", "most"), [(5.0, 10.0), (5.0, 25.0), (5.0, 40.0), (0.0, 100.0), (20.0, 21.0)]
)
def test_the_best_offer_against_all_offers(least, most):
    """U's gain over war, averaged over 400 types of R, at each of 4001 offers."""
    t = terms(1.0)
    top = 100.0 + expected_advance(1.0, DELTA)
    types = least + (most - least) * (np.arange(400) + 0.5) / 400
    margins = np.linspace(least, most, 4001)
    gain = 4.0 * (t.defender.margin + margins)
    average = gain * (types[None, :] >= margins[:, None]).mean(axis=1)
    best = margins[int(np.argmax(average))]
    found = float(delay.screening_margin(t, least, most))
    assert found == pytest.approx(best, abs=(most - least) / 200)
    assert top - found <= top - least
    assert delay.rejection(t, least, most) == pytest.approx((found - least) / (most - least))


def test_private_costs_flip_where_the_belief_is_wide():
    t = terms(1.0)
    flip = float(delay.private_costs_verdict(t, 10.0, 20.0).threshold)
    assert flip == pytest.approx(2.0 * (2.0 * 10.0 + 15.0) - 10.0)
    assert not delay.private_costs_verdict(t, 10.0, flip - 0.01).pays
    assert delay.private_costs_verdict(t, 10.0, flip + 0.01).pays


def test_without_doubt_nobody_refuses():
    assert delay.rejection(terms(1.0), 7.0, 7.0) == 0.0
    assert not delay.private_costs_verdict(terms(1.0), 30.0, 30.0).pays
    low = float(terms(1.0).attacker.margin)
    assert delay.screening_margin(terms(1.0), low, low) == low


@pytest.mark.parametrize(("least", "most"), [(float("nan"), 4.0), (1.0, float("inf"))])
def test_bad_beliefs(least, most):
    with pytest.raises(TalksError, match="margin is"):
        delay.screening_margin(terms(1.0), least, most)


# -- positioning -----------------------------------------------------------------------------


@pytest.mark.parametrize("months", [0, 1, 7, 40])
@pytest.mark.parametrize("rate", [0.0, 0.05, 1.0])
def test_the_value_of_ground_is_a_sum_over_months(months, rate):
    held = np.where(months > MONTHS, (1 - rate) ** MONTHS, (1 - rate) ** float(months))
    expected = (DELTA**MONTHS * held * 2.0).sum()
    assert delay.value_of_ground(2.0, DELTA, rate, months) == pytest.approx(expected)


def test_ground_is_worth_more_the_nearer_the_freeze():
    n = np.array([np.inf, 24.0, 6.0, 1.0, 0.0])
    values = delay.value_of_ground(2.0, DELTA, 0.05, n)
    assert np.all(np.diff(values) > 0)
    assert values[-1] == pytest.approx(2.0 / 0.1)


def test_the_date_from_which_a_push_pays():
    n = float(delay.months_before_a_push(2.0, DELTA, 0.05, 16.0))
    assert delay.value_of_ground(2.0, DELTA, 0.05, n) == pytest.approx(16.0)
    assert delay.positioning_verdict(terms(1.0), 0.05, n - 0.1, 16.0).pays
    assert not delay.positioning_verdict(terms(1.0), 0.05, n + 0.1, 16.0).pays
    assert delay.months_before_a_push(2.0, DELTA, 0.05, 1.0) == np.inf
    assert delay.months_before_a_push(2.0, DELTA, 0.05, 21.0) == 0.0
    assert not delay.positioning_verdict(terms(1.0), 0.05, 0.0, 21.0).pays
