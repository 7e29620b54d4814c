"""The moving-front model by hand, and against plain sums over months."""

from __future__ import annotations

import numpy as np
import pytest

from threatpoint.errors import TalksError
from threatpoint.talks import ceasefire as cf
from threatpoint.talks.terms import Side, WarTerms, require

R = Side(land_value=2.0, war_cost=30.0, peace_gain=10.0)
U = Side(land_value=4.0, war_cost=40.0, peace_gain=20.0)
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
    assert cf.sanction_needed(TERMS) == 0.0
    assert cf.drift_accepted_by_attacker(TERMS) == pytest.approx(20 / 9)


def test_both_are_indifferent_at_the_lines_they_accept():
    low, high = cf.least_line(TERMS), cf.largest_line(TERMS)
    assert 2 * low + 10 == pytest.approx(by_months(lambda t: 2 * (100 + t) - 30))
    assert -4 * high + 20 == pytest.approx(by_months(lambda t: -4 * (100 + t) - 40))


def test_the_sanction_needed_makes_the_attacker_indifferent_to_a_freeze():
    fast = WarTerms(100.0, 5.0, 0.9, R, U)
    needed = float(cf.sanction_needed(fast))
    assert needed == pytest.approx(5 * 9 * 2 - 30)
    side = Side(2.0, 30.0, needed)
    assert cf.least_line(WarTerms(100.0, 5.0, 0.9, side, U)) == pytest.approx(100.0)


def test_draws_broadcast():
    drift = np.array([-1.0, 0.0, 5.0])
    width = cf.least_line(WarTerms(100.0, drift, 0.9, R, U))
    assert width == pytest.approx([71.0, 80.0, 125.0])


BAD_SIDES = {
    "zero land value": ((0.0, 1.0), "land value is 0"),
    "negative land value": ((-1.0, 1.0), "above 0"),
    "nan cost": ((1.0, float("nan")), "war cost is nan"),
    "inf cost": ((1.0, float("inf")), "war cost is inf"),
    "negative cost": ((1.0, -2.0), "at least 0"),
    "nan gain": ((1.0, 1.0, float("nan")), "gain from peace is nan"),
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
