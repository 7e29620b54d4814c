"""Properties of bargaining over a share and a tariff, over random curves."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from threatpoint.strategy.agreement import Frontier
from threatpoint.strategy.bargain import Bargain
from threatpoint.strategy.curve import Curve

STEPS = st.lists(st.floats(0.01, 3.0), min_size=3, max_size=5)
TURNS = st.lists(st.floats(-2.0, 2.0), min_size=4, max_size=4)
WEIGHT = st.floats(0.0, 1.0)


def curve(steps, low=0.0, high=1.0):
    values = np.concatenate([[0.0], np.cumsum(steps)])
    return Curve.through(np.linspace(low, high, len(values)), values)


@st.composite
def bargains(draw):
    """The target loses by the share and by the tariff; the sender's income may turn."""
    loss, revenue = (curve(draw(STEPS)) for _ in range(2))
    bite = curve(draw(STEPS), -0.3, 0.25)
    refusal = (-bite(0.25) - draw(st.floats(0.0, 1.0)), draw(st.floats(-2.0, 1.0)))
    sender = curve(draw(TURNS), -0.3, 0.25)
    return Bargain(loss, curve(draw(TURNS)), revenue, bite.times(-1.0), sender, refusal)


@given(bargains(), WEIGHT)
def test_no_agreement_has_a_larger_product_and_both_gain(bargain, weight):
    found = Frontier(bargain, weight).nash()
    shares, rates = np.linspace(0, 1, 41), np.linspace(*bargain.rates, 41)
    gains = bargain.gains(shares, rates, weight)
    product = np.maximum(gains[0], 0) * np.maximum(gains[1], 0)
    if found is None:
        assert product.max() < 1e-3
        return
    assert min(found.target, found.sender) > 0
    assert found.target * found.sender >= product.max() * (1 - 1e-3)


@given(bargains(), WEIGHT, st.floats(-50, 50), st.floats(-50, 50))
def test_a_constant_added_to_all_of_a_players_payoffs_changes_nothing(bargain, weight, one, two):
    def lifted(each, constant):
        return Curve(each.knots, each.pieces + constant * np.eye(4)[:, 3:])

    other = Bargain(
        bargain.loss,
        bargain.to_sender,
        bargain.revenue,
        lifted(bargain.target, one),
        lifted(bargain.sender, two),
        (bargain.refusal[0] + one, bargain.refusal[1] + two),
    )
    first, second = (Frontier(each, weight).nash() for each in (bargain, other))
    assume(first is not None and second is not None)
    assert second.target * second.sender == pytest.approx(first.target * first.sender, abs=1e-5)


@settings(max_examples=8, deadline=None)
@given(bargains(), WEIGHT, st.floats(0.5, 0.95))
def test_who_is_more_patient_has_no_less(bargain, weight, patience):
    frontier = Frontier(bargain, weight)
    found = [frontier.alternating((patience, other)) for other in (patience, (1 + patience) / 2)]
    assume(None not in found)
    assert found[1].sender >= found[0].sender - 1e-4 * (1 + abs(found[0].sender))
