"""The logistic curve: against scipy's, its inverse, its ends."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from threatpoint.oil.logistic import log_odds, logistic

EVERYWHERE = st.floats(-700.0, 700.0)


@given(EVERYWHERE)
def test_it_is_that_of_scipy_to_the_last_digits(x):
    np.testing.assert_allclose(logistic(np.array([x])), expit(np.array([x])), rtol=4e-15)


@given(st.floats(1e-300, 1.0, exclude_max=True))
def test_its_inverse_is_that_of_scipy_and_turns_it(part):
    p = np.array([part])
    np.testing.assert_allclose(log_odds(p), logit(p), rtol=1e-14, atol=4e-16)
    np.testing.assert_allclose(logistic(log_odds(p)), p, rtol=4e-13)


def test_the_ends():
    ends = np.array([-np.inf, 0.0, np.inf])
    assert logistic(ends).tolist() == [0.0, 0.5, 1.0]
    assert log_odds(np.array([0.0, 0.5, 1.0])).tolist() == ends.tolist()
