"""What must hold for any terms of the talks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from validation.models.bargaining import fearon_range, nash_point
from validation.models.stochastic import ruin

from threatpoint.talks import ceasefire as cf
from threatpoint.talks.ceasefire import rubinstein_share
from threatpoint.talks.terms import Side, WarTerms

money = st.floats(0.01, 100.0)
discounts = st.floats(0.05, 0.999)
sides = st.builds(
    Side,
    land_value=st.floats(1e-4, 10.0),
    war_cost=money,
    peace_gain=st.floats(0.0, 50.0),
)
everything = st.builds(
    WarTerms,
    line=st.floats(0.0, 6e5),
    drift=st.floats(-800.0, 800.0),
    discount=discounts,
    attacker=sides,
    defender=sides,
)
more = st.floats(0.01, 50.0)


def close(a, b, scale: float = 1.0) -> bool:
    return bool(abs(float(a) - float(b)) <= 1e-9 * max(1.0, scale, abs(float(a)), abs(float(b))))


@given(everything, st.floats(0.1, 500.0))
def test_a_faster_front_moves_both_ends_and_needs_more_sanctions(t, faster):
    quick = replace(t, drift=t.drift + faster)
    assert cf.least_line(quick) > cf.least_line(t)
    assert cf.largest_line(quick) > cf.largest_line(t)
    assert cf.sanction_needed(quick) >= cf.sanction_needed(t)


@given(everything, st.floats(0.01, 1000.0))
def test_money_in_other_units_changes_no_line(t, unit):
    def scaled(side):
        return replace(
            side,
            land_value=side.land_value * unit,
            war_cost=side.war_cost * unit,
            peace_gain=side.peace_gain * unit,
        )

    other = replace(t, attacker=scaled(t.attacker), defender=scaled(t.defender))
    assert close(cf.least_line(other), cf.least_line(t), float(abs(cf.least_line(t))) + 1e6)
    assert cf.sanction_needed(other) == pytest.approx(cf.sanction_needed(t) * unit, abs=1e-6 * unit)


@given(everything)
def test_swapping_the_sides_mirrors_the_talks(t):
    """Seen from the other side, ground held is ground not held and the drift is backwards."""
    total = 1e6
    mirror = WarTerms(total - t.line, -t.drift, t.discount, t.defender, t.attacker)
    scale = 1e6 + abs(float(cf.least_line(t))) + abs(float(cf.largest_line(t)))
    assert close(cf.least_line(mirror), total - cf.largest_line(t), scale)
    assert close(cf.largest_line(mirror), total - cf.least_line(t), scale)


@given(discounts, discounts)
def test_the_two_shares_of_alternating_offers_fit(first, second):
    """What the first leaves the second is the second's share as a proposer, a round later."""
    left = 1 - rubinstein_share(first, second)
    assert left == pytest.approx(second * rubinstein_share(second, first))


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_the_nash_point_lies_in_fearons_range(win, a, b, power):
    low, high = fearon_range(win, a, b)
    assert low <= win <= high
    assert low <= nash_point(low, high, power) <= high + 1e-15


@given(st.floats(0.05, 0.95), st.integers(2, 30))
def test_forts_seen_from_the_other_side(win, forts):
    assert np.allclose(ruin(win, forts), 1 - ruin(1 - win, forts)[::-1], atol=1e-9)
