"""Draws of the crude market's priors: inside their ranges, central where said, streams apart."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from threatpoint.errors import QuantityError, WorldError
from threatpoint.laws import LAWS, quantile
from threatpoint.oil.pairs import PAIR
from threatpoint.oil.priors import priors_of
from threatpoint.quantity import Quantity
from threatpoint.words import HORIZONS
from threatpoint.world.crude_base import base_on

BASE = base_on(datetime.date(2025, 8, 6))
MANY = 4096
PROBABILITY = st.floats(1e-6, 1.0 - 1e-6)


@st.composite
def ranges(draw):
    low, reach, above = (draw(st.floats(0.01, 10.0)) for _ in range(3))
    return Quantity(low + reach, low, low + reach + above)


def middle(given):
    return replace(given, value=(given.low + given.high) / 2.0)


@given(ranges(), st.sampled_from(LAWS), st.lists(PROBABILITY, min_size=2, max_size=6))
def test_quantiles_rise_and_keep_inside_what_the_law_allows(number, law, at):
    if law == "loguniform":
        number = replace(number, value=np.sqrt(number.low * number.high))
    elif law not in ("lognormal", "triangular"):
        number = middle(number)
    values = quantile(number, law, np.sort(at))
    assert (np.diff(values) >= -1e-12).all()
    assert (values > 0).all()
    if law != "lognormal":
        assert (values >= number.low - 1e-12).all()
        assert (values <= number.high + 1e-12).all()


@given(ranges())
def test_a_lognormal_number_has_the_stated_quantiles(number):
    found = quantile(number, "lognormal", np.array([0.05, 0.5, 0.95]))
    np.testing.assert_allclose(found, [number.low, number.value, number.high], rtol=1e-9)


@given(ranges())
def test_beta_and_uniform_have_the_middle_for_a_median(number):
    number = middle(number)
    for law in ("beta22", "uniform"):
        np.testing.assert_allclose(quantile(number, law, np.array([0.5])), number.value)


def test_a_triangular_number_turns_at_its_mode():
    number = Quantity(4.0, 1.5, 8.5)
    below = (4.0 - 1.5) / (8.5 - 1.5)
    assert quantile(number, "triangular", np.array([below])) == pytest.approx(4.0)
    ends = quantile(number, "triangular", np.array([1e-12, 1.0 - 1e-12]))
    np.testing.assert_allclose(ends, [1.5, 8.5], atol=1e-4)


def test_a_law_that_does_not_fit_is_refused():
    half = np.array([0.5])
    with pytest.raises(QuantityError, match="unknown law 'normal'"):
        quantile(Quantity(1.0, 0.5, 2.0), "normal", half)
    with pytest.raises(QuantityError, match="above 0"):
        quantile(Quantity(1.0, 0.0, 2.0), "lognormal", half)
    with pytest.raises(QuantityError, match="not the middle"):
        quantile(Quantity(1.0, 0.5, 2.0), "beta22", half)
    with pytest.raises(QuantityError, match="not the geometric middle of its range, 2"):
        quantile(Quantity(2.5, 1.0, 4.0), "loguniform", half)
    with pytest.raises(QuantityError, match="from 0 must begin above 0"):
        quantile(Quantity(1.0, 0.0, 2.0), "loguniform", half)
    assert quantile(Quantity.exactly(3.0), "lognormal", half).tolist() == [3.0]


def test_a_number_with_two_values_has_each_in_half_of_the_draws():
    at = (np.arange(8) + 0.5) / 8
    assert quantile(Quantity(2.0, 1.0, 3.0), "ends", at).tolist() == [1.0] * 4 + [3.0] * 4


@pytest.mark.parametrize("horizon", HORIZONS)
def test_draws_are_inside_their_support_and_central_where_said(horizon):
    priors = priors_of(horizon, BASE)
    drawn = priors.draw(MANY, seed=1)
    assert set(drawn) == set(priors.central)
    for key, (number, law) in priors.numbers.items():
        values = drawn[key]
        assert values.shape == (MANY,)
        assert np.isfinite(values).all()
        outside = np.mean((values < number.low) | (values > number.high))
        assert outside == pytest.approx(0.1, abs=0.03) if law == "lognormal" else outside == 0.0
        at_half = quantile(number, law, np.array([0.5]))[0]
        assert np.median(values) == pytest.approx(at_half, rel=0.05, abs=0.01)
    assert (drawn["e_s"] > 0).all()
    assert (drawn["e_d"] > 0).all()
    assert (drawn["home_full"] < drawn["home_from"]).all()


def test_pairs_come_by_weight_and_are_correlated_inside():
    priors = priors_of("short")
    drawn = priors.draw(MANY, seed=3)
    for index, pair in enumerate(priors.pairs):
        here = drawn[PAIR] == index
        assert here.mean() == pytest.approx(pair.weight, abs=0.03)
        e_d, e_s = drawn["e_d"][here], drawn["e_s"][here]
        assert np.median(e_d) == pytest.approx(pair.e_d.value, rel=0.05)
        assert np.median(e_s) == pytest.approx(pair.e_s.value, rel=0.05)
        found = np.corrcoef(np.log(e_d), np.log(e_s))[0, 1]
        assert found == pytest.approx(pair.correlation, abs=0.06)


def test_each_horizon_has_its_pairs():
    names = {h: [pair.name for pair in priors_of(h).pairs] for h in HORIZONS}
    assert names["abrupt"] == ["low_case"]
    assert names["short"] == ["caldara", "kilian_murphy", "baumeister", "low_case"]
    assert names["medium"] == names["long"] == ["prior"]
    assert priors_of("short").at("baumeister")["e_d"] == 0.35
    assert priors_of("long").central["e_s"] == 0.3
    with pytest.raises(WorldError, match="unknown pair 'hamilton'"):
        priors_of("short").at("hamilton")


def test_a_stream_is_its_keys_own():
    whole, alone = priors_of("short", BASE), priors_of("short")
    first, again, fewer = (p.draw(64, seed=5) for p in (whole, whole, alone))
    for key, values in fewer.items():
        np.testing.assert_array_equal(values, first[key])
        np.testing.assert_array_equal(again[key], first[key])
    for key, values in whole.draw(16, seed=5).items():
        np.testing.assert_array_equal(values, first[key][:16])
    assert not np.array_equal(whole.draw(64, seed=6)["tau"], first["tau"])


@pytest.mark.parametrize(("count", "seed"), [(0, 1), (4, -1), (2.5, 1), (4, "x")])
def test_draws_need_numbers(count, seed):
    with pytest.raises(WorldError, match=r"of draws|must be an int"):
        priors_of("short").draw(count, seed)


def test_an_unknown_horizon_is_refused():
    with pytest.raises(WorldError, match="unknown horizon 'shrot'"):
        priors_of("shrot")


def test_what_was_known_when_is_kept():
    priors = priors_of("medium", BASE)
    assert set(priors.numbers) <= set(priors.known)
    assert priors.known["swap"] == "2025-12"
