"""Spread: quantiles of weighted draws, how many they are worth, and what carries a number."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from threatpoint.spread import Spread, carried_by, how_sure


def test_quantiles_of_a_uniform():
    found = Spread((np.arange(1024) + 0.5) / 1024)
    assert found.low == pytest.approx(0.05, abs=1e-3)
    assert found.median == pytest.approx(0.5, abs=1e-12)
    assert found.high == pytest.approx(0.95, abs=1e-3)
    assert found.effective == pytest.approx(1024)
    assert found.mean == pytest.approx(0.5)


def test_weights_that_are_whole_numbers_are_repeated_draws():
    once, twice = np.array([1.0, 2.0, 5.0]), np.array([1.0, 2.0, 2.0, 5.0, 5.0, 5.0])
    weighted = Spread(once, np.array([1.0, 2.0, 3.0]))
    assert weighted.mean == pytest.approx(twice.mean())
    assert weighted.share(once > 1.5) == pytest.approx((twice > 1.5).mean())
    assert weighted.effective == pytest.approx(36 / 14)


def test_draws_without_an_answer_are_left_out():
    found = Spread(np.array([math.nan, 1.0, 3.0]))
    assert found.mean == 2.0
    assert found.share(np.array([True, True, False])) == 0.5
    assert math.isnan(Spread(np.array([math.nan])).median)
    assert math.isnan(Spread(np.array([math.nan])).share(np.array([True])))


def test_infinite_values_keep_their_place():
    found = Spread(np.array([1.0, 2.0, 3.0, np.inf, np.inf]))
    assert found.median == 3.0
    assert found.high == np.inf


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), st.floats(0.01, 0.99))
def test_a_quantile_is_between_the_ends(values: list[float], share: float):
    found = Spread(np.array(values)).at(share)
    assert min(values) <= found <= max(values)


def test_the_error_of_the_median_is_that_of_a_normal():
    rng = np.random.default_rng(1)
    found = Spread(rng.standard_normal(4096))
    assert found.error == pytest.approx(math.sqrt(math.pi / 2 / 4096), rel=0.15)


def test_what_carries_a_sum():
    rng = np.random.default_rng(2)
    x, y, z = rng.random((3, 2048))
    found = carried_by({"x": x, "y": y, "z": z}, 3 * x + y)
    assert list(found) == ["x", "y"]
    assert found["x"] == pytest.approx(0.9, abs=0.05)
    assert found["y"] == pytest.approx(0.1, abs=0.05)


def test_a_group_counts_by_its_strongest_input():
    rng = np.random.default_rng(3)
    x, y = rng.random((2, 1024))
    found = carried_by({"both": np.stack([x, y], axis=1)}, x)
    assert found["both"] > 0.95


def test_kinds_count_by_their_means():
    rng = np.random.default_rng(5)
    kind, noise = rng.integers(0, 16, 1024), rng.standard_normal(1024)
    effect = rng.standard_normal(16)[kind]
    found = carried_by({"kind": kind, "noise": noise}, effect + noise)
    share = effect.var() / (effect + noise).var()
    assert found["kind"] == pytest.approx(share, abs=0.06)


def test_a_hundred_inputs_that_carry_nothing_look_like_nothing():
    rng = np.random.default_rng(6)
    inputs = {f"x{k}": rng.random(256) for k in range(100)}
    found = carried_by(inputs, rng.standard_normal(256))
    assert len(found) <= 2
    assert max(found.values(), default=0.0) < 0.06


def test_few_draws_say_nothing_of_what_carries():
    assert carried_by({"x": np.arange(64.0)}, np.arange(64.0)) == {}
    assert carried_by({"x": np.arange(256.0)}, np.ones(256)) == {}


@pytest.mark.parametrize(
    ("agree", "word"),
    [(1.0, "firm"), (0.95, "firm"), (0.94, "likely"), (0.66, "likely"), (0.5, "depends"),
     (math.nan, "unknown")],
)  # fmt: skip
def test_words_of_agreement(agree: float, word: str):
    assert how_sure(agree) == word
