"""Properties of how much a target stops, over random losses and punishments."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from threatpoint.strategy.curve import Curve, highest
from threatpoint.strategy.forms import FORMS, best_share

STEPS = st.lists(st.floats(0.0, 5.0), min_size=3, max_size=6)
BELIEF = st.floats(0.0, 1.0)
FORM = st.sampled_from(FORMS)


def rising(steps):
    """A curve over [0, 1] from 0 that rises by these steps."""
    values = np.concatenate([[0.0], np.cumsum(steps)])
    return Curve.through(np.linspace(0.0, 1.0, len(values)), values)


def expected(loss, bite, p, form, x):
    """What a target loses at x, written anew."""
    full = 0.0 if form == "step" and x == 1 else bite(1.0)
    return loss(x) + p * {"step": full, "scaled": bite(1 - x)}.get(form, (1 - x) * full)


@given(STEPS, STEPS, BELIEF, FORM)
def test_no_other_share_is_better(loss, bite, p, form):
    loss, bite = rising(loss), rising(bite)
    found = best_share(loss, bite, p, form)
    others = [expected(loss, bite, p, form, x) for x in np.linspace(0, 1, 101)]
    assert found.loss == pytest.approx(expected(loss, bite, p, form, found.share), abs=1e-9)
    assert found.loss <= min(others) + 1e-7


@given(STEPS, STEPS, BELIEF, FORM, st.floats(0.0, 1.0))
def test_it_never_stops_more_when_the_bite_falls(loss, bite, p, form, factor):
    loss, bite = rising(loss), rising(bite)
    more, less = (best_share(loss, each, p, form).share for each in (bite, bite.times(factor)))
    assert less <= more + 1e-6


@given(STEPS, STEPS, BELIEF, FORM)
def test_it_never_stops_more_when_it_believes_less(loss, bite, p, form):
    loss, bite = rising(loss), rising(bite)
    assert best_share(loss, bite, p / 2, form).share <= best_share(loss, bite, p, form).share + 1e-6


@given(STEPS, st.floats(-100.0, 100.0))
def test_a_constant_added_changes_nothing(steps, constant):
    curve = rising(steps).tilted(-sum(steps) / 2)
    lifted = Curve(curve.knots, curve.pieces + np.array([[0.0], [0.0], [0.0], [constant]]))
    first, second = (highest(each, each.slope, each.knots) for each in (curve, lifted))
    assert curve(first) == pytest.approx(curve(second), abs=1e-6)


@given(STEPS, STEPS, BELIEF, FORM, st.floats(0.01, 100.0))
def test_another_unit_of_money_changes_nothing(loss, bite, p, form, unit):
    loss, bite = rising(loss), rising(bite)
    one, other = best_share(loss, bite, p, form), best_share(
        loss.times(unit), bite.times(unit), p, form
    )  # fmt: skip
    assert expected(loss, bite, p, form, other.share) == pytest.approx(one.loss, abs=1e-6)
