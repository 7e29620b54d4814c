"""The moving-front model by hand, and against plain sums over months."""

from __future__ import annotations

import numpy as np
import pytest

from threatpoint.errors import TalksError
from threatpoint.talks import ceasefire as cf
from threatpoint.talks.terms import Side, WarTerms, require
from threatpoint.talks.threat_link import gap_closed, sanction_flow, with_sanctions

R = Side(land_value=2.0, war_cost=30.0, peace_gain=10.0, patience=0.9)
U = Side(land_value=4.0, war_cost=40.0, peace_gain=20.0, patience=0.8)
TERMS = WarTerms(line=100.0, drift=1.0, discount=0.9, attacker=R, defender=U)


def by_months(flow, discount: float = 0.9, months: int = 600) -> float:
    """(1 - delta) x the sum of a flow over months."""
    t = np.arange(months)
    return float((1 - discount) * (discount**t * flow(t)).sum())


def test_by_hand():
    """The advance is 9 km2, the margins are 20 and 15."""
    assert cf.expected_advance(1.0, 0.9) == pytest.approx(9.0)
    assert cf.least_line(TERMS) == pytest.approx(89.0)
    assert cf.largest_line(TERMS) == pytest.approx(124.0)
    assert cf.zone_width(TERMS) == pytest.approx(35.0)
    assert cf.sanction_needed(TERMS) == 0.0
    assert cf.attacker_accepts_in_place(TERMS)
    assert cf.defender_accepts_in_place(TERMS)
    assert cf.revealed_land_value(TERMS) == pytest.approx(40 * 0.1 / 0.9)
    assert cf.drift_accepted_by_attacker(TERMS) == pytest.approx(20 / 9)
    assert cf.drift_accepted_by_defender(TERMS) == pytest.approx(-15 / 9)
    share = 0.2 / (1 - 0.72)
    assert cf.division(TERMS) == pytest.approx(89 + share * 35)


def test_war_values_are_sums_over_months():
    assert cf.war_value_attacker(TERMS) == pytest.approx(by_months(lambda t: 2 * (100 + t) - 30))
    assert cf.war_value_defender(TERMS) == pytest.approx(by_months(lambda t: -4 * (100 + t) - 40))


def test_both_are_indifferent_at_the_ends_of_the_zone():
    low, high = cf.least_line(TERMS), cf.largest_line(TERMS)
    assert 2 * low + 10 == pytest.approx(cf.war_value_attacker(TERMS))
    assert -4 * high + 20 == pytest.approx(cf.war_value_defender(TERMS))


def test_the_sanction_needed_makes_the_attacker_indifferent_to_a_freeze():
    fast = WarTerms(100.0, 5.0, 0.9, R, U)
    needed = float(cf.sanction_needed(fast))
    assert needed == pytest.approx(5 * 9 * 2 - 30)
    side = Side(2.0, 30.0, needed)
    assert cf.least_line(WarTerms(100.0, 5.0, 0.9, side, U)) == pytest.approx(100.0)


def test_the_window_of_aid_gives_the_two_limits_of_the_drift():
    low, high = cf.aid_window(TERMS, 0.5)
    assert cf.drift_with_support(1.0, 0.5, low if low >= -1 else -1.0) <= 20 / 9
    assert 1.0 - 0.5 * low == pytest.approx(20 / 9)
    assert 1.0 - 0.5 * high == pytest.approx(-15 / 9)


def test_no_land_value_explains_a_refusal_without_drift():
    assert np.isnan(cf.revealed_land_value(WarTerms(1.0, 0.0, 0.9, R, U)))
    assert np.isnan(cf.revealed_land_value(WarTerms(1.0, -2.0, 0.9, R, U)))


def test_a_path_of_drifts_is_worth_its_constant():
    path = np.array([5.0, 5.0, -2.0, 1.0])
    months = np.arange(600)
    drifts = np.where(months < 3, path[np.minimum(months, 3)], path[-1])
    lines = 100.0 + np.concatenate([[0.0], np.cumsum(drifts)[:-1]])
    value = float(0.1 * (0.9**months * (2.0 * lines - 30.0)).sum())
    constant = cf.equivalent_constant(path, 0.9)
    assert cf.war_value_attacker(WarTerms(100.0, constant, 0.9, R, U)) == pytest.approx(value)
    assert cf.equivalent_constant(np.array([3.0]), 0.9) == 3.0
    with pytest.raises(TalksError, match="monthly path is empty"):
        cf.equivalent_constant(np.array([]), 0.9)
    with pytest.raises(TalksError, match="monthly path is nan"):
        cf.equivalent_constant(np.array([1.0, np.nan]), 0.9)


def test_draws_broadcast():
    drift = np.array([-1.0, 0.0, 5.0])
    width = cf.least_line(WarTerms(100.0, drift, 0.9, R, U))
    assert width == pytest.approx([71.0, 80.0, 125.0])
    assert cf.attacker_accepts_in_place(WarTerms(100.0, drift, 0.9, R, U)).tolist() == [
        True,
        True,
        False,
    ]


def test_the_threat_in_money_per_month():
    assert sanction_flow(-12.0, -36.0) == pytest.approx(2.0)


def test_a_threat_moves_the_attacker_part_of_the_way():
    fast = WarTerms(100.0, 5.0, 0.9, R, U)
    raised = with_sanctions(fast, 20.0)
    assert raised.attacker.peace_gain == 30.0
    assert cf.sanction_needed(raised) == pytest.approx(60.0)
    assert gap_closed(fast, 20.0) == pytest.approx(0.4)
    assert cf.least_line(raised) == pytest.approx(cf.least_line(fast) - 10.0)
    bounds = cf.revealed_land_value(raised) / cf.revealed_land_value(fast)
    assert bounds == pytest.approx(60 / 40)
    assert not cf.attacker_accepts_in_place(raised)
    assert cf.attacker_accepts_in_place(with_sanctions(fast, 50.001))
    assert gap_closed(fast, 80.0) == 1.0
    assert gap_closed(TERMS, 1.0) == 1.0


def test_what_outlives_the_peace_changes_nothing():
    """Both incomes are lower by the same sanctions: s_R is the same, and so is everything else."""
    added = sanction_flow(-12.0, -36.0)
    lasting = sanction_flow(-12.0 - 50.0, -36.0 - 50.0)
    one, other = with_sanctions(TERMS, added), with_sanctions(TERMS, lasting)
    assert cf.least_line(one) == cf.least_line(other)


BAD_SIDES = {
    "zero land value": ((0.0, 1.0), "land value is 0"),
    "negative land value": ((-1.0, 1.0), "above 0"),
    "nan cost": ((1.0, float("nan")), "war cost is nan"),
    "inf cost": ((1.0, float("inf")), "war cost is inf"),
    "negative cost": ((1.0, -2.0), "at least 0"),
    "nan gain": ((1.0, 1.0, float("nan")), "gain from peace is nan"),
    "patience of 1": ((1.0, 1.0, 0.0, 1.0), "patience is 1"),
    "a word": (("much", 1.0), "'much' is not a number"),
    "empty": ((np.array([]), 1.0), "is empty"),
    "one bad draw": ((np.array([1.0, -3.0]), 1.0), "land value is -3"),
}


@pytest.mark.parametrize("case", BAD_SIDES)
def test_bad_sides(case):
    args, words = BAD_SIDES[case]
    with pytest.raises(TalksError, match=words):
        Side(*args)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((-1.0, 1.0, 0.9), "line is -1 km2; it must be finite and at least 0"),
        ((1.0, float("nan"), 0.9), "drift is nan"),
        ((1.0, 1.0, 1.0), "discount is 1 per month; it must be finite and above 0 and below 1"),
        ((1.0, 1.0, 0.0), "discount is 0"),
        ((1.0, 1.0, 1.5), "below 1"),
    ],
)
def test_bad_terms(args, words):
    with pytest.raises(TalksError, match=words):
        WarTerms(*args, R, U)


def test_numbers_are_arrays_of_floats():
    assert require("x", [1, 2], "km2").tolist() == [1.0, 2.0]
