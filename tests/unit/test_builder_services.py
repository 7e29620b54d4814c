"""Services that move to keep trade balances within a band."""

from __future__ import annotations

import numpy as np
import pytest
from builders.services import within_band
from hypothesis import given, settings
from hypothesis import strategies as st

from threatpoint.errors import WorldError


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(2, 8))
def test_balances_end_in_the_band_and_others_stay(seed, size):
    rng = np.random.default_rng(seed)
    prior = np.exp(rng.normal(2, 1, (size, size)))
    goods = rng.normal(0, 3, size)
    goods -= goods.mean()
    want = rng.normal(0, 2, size)
    want -= want.mean()
    low, high = want - 1.0, want + 1.0
    moved = within_band(prior, goods, low, high)
    cross = moved.values - np.diag(np.diag(moved.values))
    total = goods + cross.sum(axis=1) - cross.sum(axis=0)
    assert np.all(total >= low - 1e-6 * cross.sum())
    assert np.all(total <= high + 1e-6 * cross.sum())
    np.testing.assert_array_equal(np.diag(moved.values), np.diag(prior))
    ratio = (moved.values / prior)[~np.eye(size, dtype=bool)]
    np.testing.assert_allclose(
        ratio, (moved.factor[:, None] / moved.factor)[~np.eye(size, dtype=bool)], rtol=1e-9
    )
    # a country is moved only to the edge it had crossed
    edge = np.minimum(np.abs(total - low), np.abs(total - high))
    assert np.all((moved.factor == 1.0) | (edge < 1e-5 * cross.sum()))


def test_balances_inside_the_band_change_nothing():
    prior = np.array([[9.0, 2.0], [3.0, 9.0]])
    moved = within_band(prior, np.array([1.0, -1.0]), np.full(2, -5.0), np.full(2, 5.0))
    np.testing.assert_array_equal(moved.values, prior)


def test_bounds_that_the_world_cannot_meet_are_refused():
    with pytest.raises(WorldError, match="deficits sum to 0 over the world"):
        within_band(np.ones((2, 2)), np.zeros(2), np.array([3.0, 3.0]), np.array([4.0, 4.0]))


def test_a_country_without_services_trade_cannot_be_moved():
    prior = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 2.0], [0.0, 2.0, 1.0]])
    goods, want = np.array([5.0, -2.0, -3.0]), np.zeros(3)
    with pytest.raises(WorldError, match="deficit of country 0"):
        within_band(prior, goods, want - 0.5, want + 0.5)
