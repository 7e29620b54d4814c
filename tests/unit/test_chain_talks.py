"""The talks of a chain: its levers, in its draws."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import threatpoint as tp
from threatpoint.analysis.chain.chain import Chain, solve_chain
from threatpoint.analysis.chain.decision import Decision
from threatpoint.analysis.chain.talks import levers, talks_of

SITUATION = tp.load_situation("ukraine-2025-03-31")


@cache
def chain() -> Chain:
    return solve_chain(SITUATION, tp.load_world(), draws=64, quick=True)


def test_the_talks_have_the_levers_of_the_decision():
    decision = Decision(chain())
    found = talks_of(decision)
    assert found is not None
    assert [*found.losses][0] == "nothing"
    assert [*found.losses] == [*levers(decision)]
    assert not any(key.startswith("support") for key in found.losses)
    for key, option in levers(decision).items():
        np.testing.assert_array_equal(found.losses[key], option.loss)
        assert option.freeze is not None
        assert found.within_a_year[key].value == pytest.approx(option.freeze.value)
    front = chain().rooms.front
    assert front is not None
    assert found.expected[0] == front.known.year


def test_without_talks_there_are_none():
    bare = replace(SITUATION, talks=None, threats={SITUATION.main: SITUATION.policy}, oil={})
    world = tp.load_world()
    assert talks_of(Decision(solve_chain(bare, world, draws=2, quick=True))) is None
