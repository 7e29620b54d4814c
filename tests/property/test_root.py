"""Roots that are asked for one value at a time against SciPy's, which takes the function whole."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from threatpoint.strategy.root import brent

SHAPES = {
    "line": lambda x: x,
    "cube": lambda x: x**3,
    "step": lambda x: math.tanh(30 * x) + 0.01 * x,
    "curve": lambda x: math.expm1(x),
    "jump": lambda x: -1.0 if x < 0 else 2.0,
}
SPAN = st.floats(0.001, 5)


def sought(search, function):
    """The root that a search finds, and the points it asked for."""
    asked = []
    try:
        point = next(search)
        while True:
            asked.append(point)
            point = search.send(function(point))
    except StopIteration as end:
        return end.value, asked


@given(shape=st.sampled_from(list(SHAPES)), root=st.floats(-3, 3), below=SPAN, above=SPAN)
def test_it_asks_for_the_same_points_and_finds_the_same_root(shape, root, below, above):
    def function(x):
        return SHAPES[shape](x - root)

    def watched(x):
        seen.append(x)
        return function(x)

    seen = []
    low, high = root - below, root + above
    expected = brentq(watched, low, high, xtol=1e-6)
    found, asked = sought(brent(low, high, function(low), function(high), 1e-6), function)
    assert (found, asked) == (expected, seen[2:])  # it knows the ends already
    assert found == pytest.approx(root, abs=1e-6)


@pytest.mark.parametrize(("at_low", "at_high", "root"), [(-1.0, 0.0, 2.0), (0.0, 1.0, 1.0)])
def test_a_root_at_an_end_needs_no_value(at_low, at_high, root):
    assert sought(brent(1.0, 2.0, at_low, at_high, 1e-6), None) == (root, [])
