"""What must hold of the chance of a freeze, whatever is drawn."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.drawn_attacker import attacker
from threatpoint.talks.freeze import freeze

seeds = st.integers(0, 10_000)
losses = st.floats(-50.0, 200.0)
supports = st.floats(-0.9, 3.0)
drifts = st.floats(-3.0, 5.0)
ROUNDING = 1e-12


@given(seeds, losses, supports, drifts)
def test_it_is_a_probability(seed, loss, support, drift):
    found = freeze(attacker(seed=seed), loss, support, drift)
    assert 0.0 <= found.value <= 1.0
    assert ((found.each >= 0.0) & (found.each <= 1.0)).all()
    assert 0.0 <= found.spread.low <= found.spread.high <= 1.0


@given(seeds, losses, supports, st.floats(0.0, 5.0), st.floats(0.0, 20.0))
def test_it_rises_with_the_loss(seed, loss, support, drift, more):
    some = attacker(seed=seed)
    raised = freeze(some, loss + more, support, drift).value
    assert raised >= freeze(some, loss, support, drift).value - ROUNDING


@given(seeds, st.floats(0.0, 200.0), supports, drifts, st.floats(0.0, 3.0))
def test_it_falls_with_the_drift_and_rises_with_support(seed, loss, support, drift, more):
    some = attacker(seed=seed)
    found = freeze(some, loss, support, drift).value
    assert freeze(some, loss, support, drift + more).value <= found + ROUNDING
    if drift >= 0:
        assert freeze(some, loss, support + more, drift).value >= found - ROUNDING


@given(seeds, st.floats(-50.0, 0.0), st.floats(-0.9, 0.0), st.floats(1.0, 5.0))
def test_nothing_that_makes_war_no_worse_brings_a_freeze(seed, loss, support, drift):
    assert freeze(attacker(seed=seed), loss, support, drift).value == 0.0


@given(seeds, losses, supports)
def test_the_order_of_the_draws_does_not_matter(seed, loss, support):
    some = attacker(seed=seed)
    order = np.random.default_rng(seed).permutation(64)
    turned = replace(some, **{f.name: getattr(some, f.name)[order] for f in fields(some)})
    first, second = freeze(some, loss, support), freeze(turned, loss, support)
    assert abs(first.value - second.value) < ROUNDING
    assert abs(first.spread.high - second.spread.high) < ROUNDING
