"""What is drawn in a chain: every input with its distribution, source, date and group."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest

import threatpoint as tp
from threatpoint.analysis.chain.chain import ask_chain, draw_inputs
from threatpoint.analysis.chain.inputs import later_than
from threatpoint.drawn_input import CHOSEN, Input
from threatpoint.policy.standing import on_day
from threatpoint.situation import built_in

WORLD = tp.load_world()


def inputs_of(name: str) -> tuple[Input, ...]:
    situation = tp.load_situation(name)
    return ask_chain(situation, on_day(WORLD, situation.date), draws=2)[0].inputs


@pytest.mark.parametrize("name", built_in())
def test_every_input_has_a_distribution_a_source_a_date_and_a_group(name):
    inputs = inputs_of(name)
    assert len({item.key for item in inputs}) == len(inputs)
    for item in inputs:
        assert item.meaning, item.key
        assert item.spread, item.key
        assert item.source, item.key
        assert item.unit, item.key
        assert re.fullmatch(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?", item.known), (item.key, item.known)
        assert item.group, item.key
        assert "_" not in item.group, f"{item.key}: {item.group} are no words"


@pytest.mark.parametrize("name", built_in())
def test_every_input_is_drawn_within_its_uniforms(name):
    for key, values in draw_inputs(tp.load_situation(name), WORLD, draws=4).items():
        assert np.isfinite(values).all(), key


def test_what_was_chosen_or_published_later_is_told():
    inputs = inputs_of("ukraine-2025-03-31")
    later = {item.key for item in later_than(inputs, date(2025, 3, 31))}
    assert {item.key for item in inputs if item.known == CHOSEN} <= later
    assert {"crude_served_RUS", "crude_discount_IND"} <= later  # April and August 2025
    assert not {"theta_short", "eta", "support_stocks", "type_share"} & later
    assert not later_than(inputs, date(2026, 12, 1))


def test_a_year_without_a_month_is_taken_to_its_end():
    (one,) = (item for item in inputs_of("ukraine-2025-03-31") if item.key == "eta")
    assert one.known == "2019"
    assert later_than([one], date(2019, 11, 30))
    assert not later_than([one], date(2019, 12, 1))
