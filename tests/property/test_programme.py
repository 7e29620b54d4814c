"""What must hold of any draw of the programme of announcements."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from threatpoint.support.inputs import inputs
from threatpoint.support.programme import programme

FOUND = programme(datetime.date(2025, 3, 31))
shares = st.floats(0.001, 0.999)
uniforms = st.fixed_dictionaries({one.key: shares for one in inputs()})


def drawn(uniform):
    return {one.key: one.quantile(np.array([uniform[one.key]])) for one in inputs()}


@given(uniforms)
def test_nobody_gives_less_than_nothing(uniform):
    share, gap = FOUND.replaced(drawn(uniform), 18), FOUND.gap[1]
    least = -(FOUND.base + FOUND.common[2, 1]) / gap
    assert (share >= least - 1e-9).all()
    assert (FOUND.change(drawn(uniform)) >= -1.0).all()


@given(uniforms, shares)
def test_more_delivered_never_replaces_less(uniform, other):
    low, high = sorted((uniform["support_delivered"], other))
    less, more = (
        FOUND.replaced(drawn(uniform | {"support_delivered": u}), 12) for u in (low, high)
    )
    assert (more >= less - 1e-12).all()


@given(uniforms)
def test_the_same_inputs_give_the_same_paths(uniform):
    one, other = (FOUND.change(drawn(uniform)) for _ in range(2))
    assert (one == other).all()


@given(uniforms, uniforms)
def test_draws_do_not_see_each_other(one, other):
    both = {key: np.concatenate([value, drawn(other)[key]]) for key, value in drawn(one).items()}
    assert FOUND.change(both)[0] == pytest.approx(FOUND.change(drawn(one))[0], rel=1e-12)


@given(uniforms, shares)
def test_a_larger_share_covered_leaves_less_missing(uniform, share):
    values = drawn(uniform)
    assert FOUND.covered(values, share)[0, 0] >= FOUND.covered(values, 0.0)[0, 0]
