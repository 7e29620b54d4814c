"""The talks of a chain: its levers in its draws, on the date and within a year, on the page."""

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
from threatpoint.analysis.chain.chain import Chain, Drawing, solve_chain
from threatpoint.analysis.chain.talks import levers, talks_of
from threatpoint.analysis.chain.tree import within_year
from threatpoint.brief import talks as talks_part
from threatpoint.brief.prose import say
from threatpoint.talks.talks import TalksResult

SITUATION = tp.load_situation("ukraine-2025-03-31")
NOTHING, ALL_STOP, THREAT = "nothing", "all four stop buying", "cut-off on all four countries"


@cache
def chain() -> Chain:
    return solve_chain(SITUATION, tp.load_world(), Drawing(64, quick=True))


def talks() -> TalksResult:
    found = talks_of(chain())
    assert found is not None
    return found


def test_the_talks_have_the_levers_of_the_chain():
    found = talks()
    assert next(iter(found.losses)) == NOTHING
    assert [*found.losses] == [*levers(chain())]
    assert not any(key.startswith("support") for key in found.losses)
    for key, option in levers(chain()).items():
        assert option.loss is not None
        np.testing.assert_array_equal(found.losses[key], option.loss)
        year = within_year(chain().rooms, option.loss)
        assert found.within_a_year[key].value == pytest.approx(year.value)
    np.testing.assert_array_equal(found.expected, chain().rooms.expected)


def test_carrying_the_threat_out_brings_no_freeze():
    found = page_facts().talks
    assert found.chance(NOTHING).chance.value == 0.0
    assert found.chance(THREAT).chance.value < 0.005
    assert found.chance(ALL_STOP).chance.value > 0.2


def test_without_talks_there_are_none():
    bare = replace(SITUATION, talks=None, threats={SITUATION.main: SITUATION.policy}, oil={})
    assert talks_of(solve_chain(bare, tp.load_world(), Drawing(2, quick=True))) is None


def test_an_attacker_that_is_not_in_the_table_loses_nothing_known():
    odd = replace(SITUATION, oil={}, threats={SITUATION.main: SITUATION.policy})
    given = SITUATION.talks
    assert given is not None
    odd = replace(odd, talks=replace(given, attacker="QQQ"))
    found = talks_of(solve_chain(odd, tp.load_world(), Drawing(2, quick=True)))
    assert found is not None
    assert [*found.losses] == [NOTHING]


# -- on the page ---------------------------------------------------------------------------------


def page_facts() -> talks_part.Facts:
    """As a page of these draws has them."""
    analysis = SimpleNamespace(situation=SITUATION, chain=chain(), talks=talks())
    reading: Any = SimpleNamespace(analysis=analysis, place={"RUS": "Russia"}.get)
    found = talks_part.Facts.of(reading)
    assert found is not None
    return found


def test_levers_are_called_by_what_is_done():
    named = [*page_facts().talks.losses]
    for name in (NOTHING, THREAT, ALL_STOP, "India and China stop buying Russian crude"):
        assert name in named
    assert not any(name.startswith("oil ") for name in named)


def test_levers_that_bring_about_the_same_are_told_once():
    facts = page_facts()
    assert facts.told[0] == NOTHING
    chances = [facts.talks.chance(lever).chance.value for lever in facts.told]
    assert all(1.25 * a <= b for a, b in pairwise(chances))
    assert 3 <= len(facts.told) <= 7
    assert THREAT in facts.idle
    assert [lever for lever, _ in facts.ends_of_year] == [facts.told[0], facts.told[-1]]


def test_the_section_and_the_row_say_date_and_year():
    facts = page_facts()
    section = talks_part.section(facts)
    best = facts.talks.chance(ALL_STOP).chance
    assert f"“{ALL_STOP}”, brings a chance of {words.chance(best.value)}" in section.title
    said = say("talks.agreement", facts, None)
    assert "Within a year, with support as it is and the front as it may go" in said["answer"]
    assert "Next to nothing comes of" in said["answer"]
    assert f"expected on the date: {words.rounded(facts.talks.drift.value)}" in said["answer"]
