"""The talks of a chain: its levers, in its draws."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import threatpoint as tp
from threatpoint import words
from threatpoint.analysis.chain.chain import Chain, solve_chain
from threatpoint.analysis.chain.talks import levers
from threatpoint.brief import talks as talks_part
from threatpoint.brief.prose import say

SITUATION = tp.load_situation("ukraine-2025-03-31")


@cache
def chain() -> Chain:
    return solve_chain(SITUATION, tp.load_world(), draws=64, quick=True)


def test_the_talks_have_the_levers_of_the_decision():
    found = chain().talks
    assert found is not None
    assert next(iter(found.losses)) == "nothing"
    assert [*found.losses] == [*levers(chain())]
    assert not any(key.startswith("support") for key in found.losses)
    for key, option in levers(chain()).items():
        np.testing.assert_array_equal(found.losses[key], option.loss)
        assert option.freeze is not None
        assert found.within_a_year[key].value == pytest.approx(option.freeze.value)
    front = chain().rooms.front
    assert front is not None
    assert found.expected[0] == front.known.year


def test_without_talks_there_are_none():
    bare = replace(SITUATION, talks=None, threats={SITUATION.main: SITUATION.policy}, oil={})
    world = tp.load_world()
    assert solve_chain(bare, world, draws=2, quick=True).talks is None


# -- on the page ---------------------------------------------------------------------------------


def page_facts() -> talks_part.Facts:
    """As a page of these draws has them."""
    analysis = SimpleNamespace(situation=SITUATION, chain=chain(), pressure=SimpleNamespace())
    places = {"CHN": "China", "IND": "India", "TUR": "Turkey", "BRA": "Brazil", "RUS": "Russia"}
    reading: Any = SimpleNamespace(analysis=analysis, place=lambda code: places.get(code, code))
    found = talks_part.Facts.of(reading)
    assert found is not None
    return found


def test_levers_are_called_by_what_is_done():
    named = [*page_facts().talks.losses]
    assert named[0] == "nothing"
    for name in ("cut-off on all four countries", "all four stop buying", "cut-off on Turkey",
                  "India and China stop buying Russian crude"):  # fmt: skip
        assert name in named
    assert not any("oil " in name[:4] for name in named)


def test_levers_that_bring_about_the_same_are_told_once():
    facts = page_facts()
    assert facts.told[0] == "nothing"
    chances = [facts.talks.chance(lever).chance.value for lever in facts.told]
    assert all(1.25 * a <= b for a, b in pairwise(chances))
    assert 3 <= len(facts.told) <= 7
    assert "cut-off on all four countries" in facts.idle
    assert [lever for lever, _ in facts.year] == facts.told


def test_the_section_and_the_row_say_date_and_year():
    facts = page_facts()
    section = talks_part.section(facts)
    best = facts.talks.chance("all four stop buying").chance
    assert f"“all four stop buying”, brings a chance of {words.chance(best.value)}" in section.title
    said = say("talks.agreement", facts, None)
    assert "Within a year, with support as it is and the front as it may go" in said["answer"]
    assert "Next to nothing comes of “cut-off on all four countries”" in said["answer"]
    assert f"expected on the date: {words.rounded(facts.talks.drift.value)}" in said["answer"]
