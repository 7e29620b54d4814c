"""Properties of a course: the order of targets, and what came later, change nothing."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.told import TOLD, day, rule_of, situation, sure, threat, valued
from threatpoint.analysis.course import solve_course

GAIN = st.floats(-60.0, 30.0)
TARGETS = ("IND", "CHN", "TUR")
VALUES = st.fixed_dictionaries(dict.fromkeys(TARGETS, GAIN))
CLOCKS = st.lists(st.booleans(), max_size=2)
"""Clocks of the first threat; whether the first target was hit."""
FEW = settings(max_examples=15, deadline=None)
NUMBERS = ("gain_usd_bn", "belief_tough", "hit_probability", "hit_low", "hit_high", "gives_in")


def course(gains, clocks, later=None, more=()):
    """Two threats of a story, the second after the situation's day."""
    first = threat("first", day(3), valued(gains))
    known = [(day(3, 10 + n), (TARGETS[0],) if hit else ()) for n, hit in enumerate(clocks)]
    if later is None:
        return sure(solve_course(situation(first, first=known), (first,)))
    second = threat("second", day(6), valued(later), rule_of(rate=0.1))
    after = [(day(7, 1 + n), ()) for n, _ in enumerate(more)]
    stated = situation(first, second, first=known, second=after)
    return sure(solve_course(stated, (first, second)))


def numbers(found):
    """Of each day, threat and target."""
    keys = ((row["date"], row["step"], row["key"], row["target"]) for row in found.rows)
    return {key: [row[n] for n in NUMBERS] for key, row in zip(keys, found.rows, strict=True)}


def same(one, other, tolerance=1e-9):
    assert one.keys() == other.keys()
    for key, own in one.items():
        assert own == pytest.approx(other[key], abs=tolerance, nan_ok=True)


@FEW
@given(VALUES, CLOCKS, st.permutations(TARGETS))
def test_another_order_of_the_targets_permutes_the_rows(gains, clocks, order):
    turned = {target: gains[target] for target in order}
    same(numbers(course(gains, clocks)), numbers(course(turned, clocks)))


@FEW
@given(VALUES, CLOCKS, VALUES, CLOCKS)
def test_what_came_later_changes_nothing_of_what_was_known(gains, clocks, later, more):
    whole = sure(course(gains, clocks, later, more).known_on(TOLD))
    assert numbers(whole).keys() == numbers(course(gains, clocks)).keys()
    same(numbers(whole), numbers(course(gains, clocks)))


@FEW
@given(VALUES, CLOCKS)
def test_who_is_to_be_hit_has_a_chance_within_its_range_and_nobody_else_has_one(gains, clocks):
    found = course(gains, clocks)
    over = False
    for rows in found.days():
        over = over or any(row["was_hit"] for row in rows)
        for row in rows:
            chance = row["hit_probability"]
            assert math.isnan(chance) == math.isnan(row["gives_in"]) == over
            assert over or 0.0 <= row["hit_low"] <= row["hit_high"] <= 1.0
            assert over or row["hit_low"] - 1e-9 <= chance <= row["hit_high"] + 1e-9
