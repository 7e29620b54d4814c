"""A drawn world keeps every identity, and its seed says all about it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from threatpoint.world import Economy, check, load_world
from threatpoint.world.draw import draw_world

SEEDS = st.integers(0, 2**31)
ARRAYS = ("trade", "tariff", "inputs", "value_added", "final")


@cache
def world(tariffs: str) -> Economy:
    return load_world(tariffs)


@settings(max_examples=15)
@given(SEEDS, st.sampled_from(["collected", "statutory"]))
def test_a_drawn_world_keeps_every_identity(seed, tariffs):
    drawn, before = draw_world(world(tariffs), seed), world(tariffs)
    assert [item.name for item in check(drawn, 1e-9) if not item.ok] == []
    for name in ARRAYS:
        made, had = getattr(drawn, name), getattr(before, name)
        assert np.isfinite(made).all()
        assert made.min() >= 0
        assert not made[had == 0].any()  # what is not there is not drawn
    active = before.output > 0
    share = drawn.value_added[active] / drawn.output[active]
    assert 0.05 * (1 - 1e-9) <= share.min() <= share.max() <= 0.95 * (1 + 1e-9)
    held = {flow.sector: np.zeros(before.trade.shape[:2]) for flow in drawn.flows.values()}
    for flow in drawn.flows.values():
        held[flow.sector] += flow.values
    for sector, values in held.items():
        assert np.all(values <= drawn.trade[:, :, drawn.sector(sector)] * (1 + 1e-12))


@settings(max_examples=5)
@given(SEEDS)
def test_the_same_seed_gives_the_same_bits(seed):
    one, two = draw_world(world("collected"), seed), draw_world(world("collected"), seed)
    assert one.metadata["fingerprint"] == two.metadata["fingerprint"]
    for name in ARRAYS:
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes()
    other = draw_world(world("collected"), seed + 1)
    assert other.metadata["fingerprint"] != one.metadata["fingerprint"]


@settings(max_examples=5)
@given(SEEDS)
def test_drawing_again_starts_from_the_drawn_table(seed):
    """A drawn world is a table like any other."""
    again = draw_world(draw_world(world("collected"), seed), seed + 1)
    assert [item.name for item in check(again, 1e-9) if not item.ok] == []
    assert again.metadata["title"].count("drawn with seed") == pytest.approx(2)
