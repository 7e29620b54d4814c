"""The programme, the forts and the bargaining rules."""

from __future__ import annotations

import numpy as np
import pytest
from validation.models import bargaining, stochastic

from threatpoint.errors import TalksError
from threatpoint.talks import programme
from threatpoint.talks.ceasefire import expected_advance, least_line, rubinstein_share
from threatpoint.talks.terms import Side, WarTerms

R = Side(land_value=2.0, war_cost=30.0, peace_gain=10.0)
U = Side(land_value=4.0, war_cost=40.0, peace_gain=20.0)


@pytest.mark.parametrize("drift", [0.5, 4.0, -1.0])
def test_stopping_a_freeze_that_stays_on_offer_flips_at_the_sanction_needed(drift):
    """Bisection on s_R in the programme, against s_R* = delta mu omega / (1-delta) - c."""
    low, high = -200.0, 200.0
    for _ in range(50):
        middle = (low + high) / 2
        side = Side(2.0, 30.0, middle)
        stops = programme.freeze_programme(side, 1000.0, drift, 0.9).stops[0]
        low, high = (low, middle) if stops else (middle, high)
    assert high == pytest.approx(0.9 * drift * 2.0 / 0.1 - 30.0, abs=1e-6)


def test_the_defender_refuses_a_freeze_when_it_regains_ground_fast():
    ends = [programme.freeze_programme(U, 1000.0, mu, 0.9, -1.0).stops[0] for mu in (-1.6, -1.7)]
    assert ends == [True, False]


def test_a_programme_that_runs_out_says_so():
    flow, stop = np.array([0.0, 1.0]), np.array([0.0, 0.0])
    found = programme.value_iteration(flow, stop, programme.next_month, 0.9, most_sweeps=1)
    assert found.status.code == "stalled"
    assert not found.status.converged
    assert "stalled after 1 sweeps" in str(found.status)


def test_terms_too_large_to_follow():
    with pytest.raises(TalksError, match="flow of war is inf"):
        programme.value_iteration(np.array([np.inf]), np.zeros(1), programme.next_month, 0.9)


# -- forts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("win", [0.0, 0.2, 0.45, 0.5, 0.55, 0.9, 1.0])
@pytest.mark.parametrize("forts", [2, 3, 10, 60])
def test_ruin_is_the_closed_form(win, forts):
    np.testing.assert_allclose(
        stochastic.ruin(win, forts), stochastic.ruin_closed_form(win, forts), atol=1e-10
    )


def test_a_fair_war_lasts_i_times_n_minus_i_months():
    held = np.arange(11)
    np.testing.assert_allclose(stochastic.duration(0.5, 10), held * (10 - held), atol=1e-9)
    np.testing.assert_allclose(stochastic.duration(1.0, 4), [0, 3, 2, 1, 0], atol=1e-12)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((1.1, 5), "next fort is 1.1"),
        ((float("nan"), 5), "next fort is nan"),
        ((0.5, 1), "forts is 1"),
        ((0.5, 2.5), "whole number"),
        ((0.5, 1e9), "forts is 1e.09"),
    ],
)
def test_bad_forts(args, words):
    with pytest.raises(TalksError, match=words):
        stochastic.ruin(*args)


@pytest.mark.parametrize("drift", [-3.0, 0.0, 2.0, 5.0])
def test_a_random_front_tends_to_the_moving_one_as_its_ends_recede(drift):
    gaps = []
    for forts in (40, 160, 400):
        lines = 10_000.0 + 5.0 * (np.arange(forts + 1) - forts // 2)
        value = stochastic.stochastic_war_value(lines, drift, 2.0, 30.0, 0.9)[forts // 2]
        moving = 2.0 * (10_000.0 + float(expected_advance(drift, 0.9))) - 30.0
        gaps.append(abs(value - moving))
    assert gaps[-1] < 1e-6
    assert gaps[0] >= gaps[-1]


@pytest.mark.parametrize("drift", [0.5, 2.0])
def test_on_a_random_front_a_freeze_is_taken_from_the_same_sanction_on(drift):
    """Far from the ends chance changes nothing: gains and losses of ground weigh the same."""
    lines = 10_000.0 + 5.0 * (np.arange(401) - 200)
    chances = stochastic.moves((1 + drift / 5) / 2, 400)

    def following(value):
        return np.concatenate([value[:1], chances @ value, value[-1:]])

    def takes(sanction: float) -> bool:
        stop = (2.0 * lines + sanction) / 0.1
        found = programme.value_iteration(2.0 * lines - 10.0, stop, following, 0.9)
        assert found.status.converged
        return bool(found.stops[200])

    needed = 0.9 * drift * 2.0 / 0.1 - 10.0
    assert takes(needed + 1e-4)
    assert not takes(needed - 1e-4)


def test_the_ends_of_a_random_front_are_peace():
    value = stochastic.stochastic_war_value(np.array([0.0, 5.0, 10.0]), 5.0, 2.0, 30.0, 0.9)
    np.testing.assert_allclose(value, [0.0, 0.1 * (10.0 - 30.0) + 0.9 * 20.0, 20.0])


@pytest.mark.parametrize(
    ("lines", "drift", "words"),
    [
        ([0.0, 1.0, 3.0], 0.0, "evenly spaced"),
        ([3.0, 2.0, 1.0], 0.0, "evenly spaced"),
        ([0.0, 1.0], 0.0, "three or more"),
        ([0.0, 1.0, 2.0], 2.0, "drift is 2"),
        ([-1.0, 0.0, 1.0], 0.0, "lines is -1"),
    ],
)
def test_bad_fronts(lines, drift, words):
    with pytest.raises(TalksError, match=words):
        stochastic.stochastic_war_value(np.array(lines), drift, 2.0, 30.0, 0.9)


# -- bargaining ------------------------------------------------------------------------------


def test_rubinstein_is_the_limit_of_backward_induction():
    """1000 rounds of alternating offers, from the last one back."""
    first, second, share = 0.9, 0.8, 1.0
    for _ in range(1000):
        other = 1.0 - first * share  # what the second keeps when it proposes
        share = 1.0 - second * other
    assert rubinstein_share(first, second) == pytest.approx(share)


def test_nash_maximises_the_product():
    grid = np.linspace(0.5, 0.75, 100_001)
    best = grid[np.argmax((grid - 0.5) * (0.75 - grid))]
    assert bargaining.nash_point(0.5, 0.75) == pytest.approx(best, abs=1e-5)
    weighted = grid[np.argmax((grid - 0.5) ** 0.8 * (0.75 - grid) ** 0.2)]
    assert bargaining.nash_point(0.5, 0.75, 0.8) == pytest.approx(weighted, abs=1e-5)


def test_the_range_stays_within_the_stake():
    assert bargaining.fearon_range(0.05, 0.2, 0.1) == (0.0, pytest.approx(0.15))
    assert bargaining.fearon_range(0.95, 0.2, 0.1) == (pytest.approx(0.75), 1.0)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (lambda: bargaining.fearon_range(1.2, 0.1, 0.1), "A wins is 1.2"),
        (lambda: bargaining.fearon_range(0.5, -0.1, 0.1), "war cost of A"),
        (lambda: bargaining.nash_point(1.0, 0.0), "width of the range"),
        (lambda: bargaining.nash_point(0.0, 1.0, 2.0), "bargaining power"),
    ],
)
def test_bad_bargains(step, words):
    with pytest.raises(TalksError, match=words):
        step()


def test_the_line_accepted_is_the_closed_form():
    found, status = programme.accepted_line(R, 1000.0, 3.0, 0.9, 1.0)
    assert status.converged
    assert found == pytest.approx(float(least_line(WarTerms(1000.0, 3.0, 0.9, R, U))), rel=1e-9)
