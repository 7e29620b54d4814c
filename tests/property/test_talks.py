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
from threatpoint.talks import commitment, delay
from threatpoint.talks.ceasefire import rubinstein_share
from threatpoint.talks.terms import Side, WarTerms
from threatpoint.talks.threat_link import gap_closed, sanction_flow, with_sanctions

money = st.floats(0.01, 100.0)
discounts = st.floats(0.05, 0.999)
sides = st.builds(
    Side,
    land_value=st.floats(1e-4, 10.0),
    war_cost=money,
    peace_gain=st.floats(0.0, 50.0),
    patience=discounts,
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


@given(everything)
def test_the_zone_is_never_empty(t):
    assert cf.zone_width(t) > 0
    assert cf.least_line(t) <= cf.division(t) <= cf.largest_line(t)


@given(everything, more)
def test_sanctions_lifted_by_a_ceasefire_make_the_attacker_ask_for_less(t, added):
    raised = with_sanctions(t, added)
    assert cf.least_line(raised) < cf.least_line(t)
    assert cf.sanction_needed(raised) == cf.sanction_needed(t)
    assert 0.0 <= gap_closed(t, added) <= 1.0
    assert bool(cf.attacker_accepts_in_place(raised)) >= bool(cf.attacker_accepts_in_place(t))
    assert t.drift <= 1e-9 or cf.revealed_land_value(raised) > cf.revealed_land_value(t)


@given(everything)
def test_a_front_that_hardly_moves_reveals_any_land_value(t):
    assert cf.revealed_land_value(replace(t, drift=5e-324)) == np.inf


@given(everything, st.floats(-500, 500), st.floats(-500, 500), st.floats(-500, 500))
def test_sanctions_that_outlive_the_peace_change_nothing(t, lifted, carried_out, lasting):
    one = sanction_flow(lifted, carried_out)
    other = sanction_flow(lifted + lasting, carried_out + lasting)
    assert one == pytest.approx(other, abs=1e-9)
    lines = [cf.least_line(with_sanctions(t, flow)) for flow in (one, other)]
    assert close(*lines, 1e3 / t.attacker.land_value)


@given(everything, st.floats(0.1, 500.0))
def test_a_faster_front_moves_both_ends_and_needs_more_sanctions(t, faster):
    quick = replace(t, drift=t.drift + faster)
    assert cf.least_line(quick) > cf.least_line(t)
    assert cf.largest_line(quick) > cf.largest_line(t)
    assert cf.sanction_needed(quick) >= cf.sanction_needed(t)
    assert bool(cf.attacker_accepts_in_place(quick)) <= bool(cf.attacker_accepts_in_place(t))


@given(everything, st.floats(1.0, 600.0), st.floats(-1.0, 1.0), st.floats(0.0, 1.0))
def test_more_aid_lowers_every_line(t, kappa, aid, extra):
    low = replace(t, drift=cf.drift_with_support(t.drift, kappa, aid))
    high = replace(t, drift=cf.drift_with_support(t.drift, kappa, aid + extra))
    assert cf.least_line(high) <= cf.least_line(low)
    assert cf.sanction_needed(high) <= cf.sanction_needed(low)


@given(everything, st.floats(1.0, 600.0))
def test_the_window_of_aid_is_where_both_accept(t, kappa):
    low, high = (float(a) for a in cf.aid_window(t, kappa))
    assert low < high
    for aid in (low + 0.01 * (high - low), (low + high) / 2, high - 0.01 * (high - low)):
        inside = replace(t, drift=t.drift - kappa * aid)
        assert cf.attacker_accepts_in_place(inside)
        assert cf.defender_accepts_in_place(inside)
    beyond = 0.01 * (high - low)
    assert not cf.attacker_accepts_in_place(replace(t, drift=t.drift - kappa * (low - beyond)))
    assert not cf.defender_accepts_in_place(replace(t, drift=t.drift - kappa * (high + beyond)))


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
    assert close(cf.division(other), cf.division(t), 1e6)
    assert cf.sanction_needed(other) == pytest.approx(cf.sanction_needed(t) * unit, abs=1e-6 * unit)


@given(everything)
def test_swapping_the_sides_mirrors_the_talks(t):
    """Seen from the other side, ground held is ground not held and the drift is backwards."""
    total = 1e6
    mirror = WarTerms(total - t.line, -t.drift, t.discount, t.defender, t.attacker)
    scale = 1e6 + abs(float(cf.least_line(t))) + abs(float(cf.largest_line(t)))
    assert close(cf.least_line(mirror), total - cf.largest_line(t), scale)
    assert close(cf.largest_line(mirror), total - cf.least_line(t), scale)
    share = rubinstein_share(t.defender.patience, t.attacker.patience)
    first = cf.largest_line(t) - share * cf.zone_width(t)
    assert close(cf.division(mirror), total - first, scale)


@given(everything, st.floats(1.001, 100.0))
def test_refusing_a_freeze_reveals_the_land_value_truly(t, faster):
    """Whoever refuses values land at least as high as the bound; whoever values it less accepts."""
    last_accepted = t.attacker.margin * (1 - t.discount) / t.discount
    refused = replace(t, drift=faster * last_accepted)
    assert not cf.attacker_accepts_in_place(refused)
    bound = float(cf.revealed_land_value(refused))
    assert 0 < bound < t.attacker.land_value
    lower = replace(t.attacker, land_value=bound * (1 - 1e-9))
    assert cf.attacker_accepts_in_place(replace(refused, attacker=lower))


@given(everything, st.floats(0.0, 500.0), st.integers(1, 60))
def test_spreading_guarantees_helps_and_deploying_before_never_hurts_the_zone(t, shift, phases):
    fast, slow = (commitment.commitment_premium(t, shift, n) for n in (1, phases))
    assert slow <= fast
    after = replace(t, drift=t.drift - shift)
    assert cf.zone_width(after) == pytest.approx(cf.zone_width(t))


@given(st.floats(0.01, 100), st.floats(1, 1e4), discounts, st.floats(0, 0.5), st.integers(0, 100))
def test_a_wider_war_only_lowers_the_value_of_guarantees_before(gain, loss, delta, hazard, months):
    calm = commitment.value_before(gain, loss, hazard, delta, months)
    tense = commitment.value_before(gain, loss, hazard + 0.1, delta, months)
    assert tense <= calm + 1e-9 * abs(calm)


@given(everything, st.floats(0, 1), st.floats(0, 1), st.floats(0, 1e4))
def test_a_likelier_cut_never_makes_waiting_worse(t, hazard, other, rise):
    low, high = sorted((hazard, other))
    gains = [delay.gain_from_waiting(t, h, 0.0, rise) for h in (low, high)]
    assert gains[0] <= gains[1] + 1e-9 * abs(gains[1])


@given(everything, st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_a_refusal_has_a_probability_below_a_half(t, least, width):
    """With a uniform belief the best offer never stakes on more than half of the types."""
    refused = delay.rejection(t, least, least + width)
    assert 0 <= refused <= 0.5 + 1e-12


@given(st.floats(1e-4, 10), discounts, st.floats(0, 1), st.floats(0, 100), st.floats(0, 100))
def test_ground_gains_value_towards_the_freeze(land, delta, rate, n, later):
    near, far = (delay.value_of_ground(land, delta, rate, m) for m in sorted((n, later)))
    assert near >= far * (1 - 1e-12)


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
