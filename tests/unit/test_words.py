"""One formatter of numbers for all rooms: signs, digits, and no minus before zero."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threatpoint import words
from threatpoint.words import NOISE, number_words

FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)
DECIMALS = st.none() | st.integers(0, 4)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (-0.0021, 2, "-0.002"),
        (-0.0021, None, "-0.002"),
        (0.00096, 2, "+0.001"),
        (-4e-6, 2, "0.00"),
        (-0.0, 2, "0.00"),
        (0.0, None, "0"),
        (-0.004, 0, "-0.004"),
        (-0.96e-4, 1, "-0.0001"),
        (-1234.5, 1, "-1,234.5"),
        (math.nan, 2, "–"),
        (-math.inf, None, "–"),
    ],
)
def test_numbers(value, decimals, text):
    assert number_words(value, True, decimals) == text


@given(value=FINITE, signed=st.booleans(), decimals=DECIMALS)
def test_no_sign_before_zero_and_no_size_lost(value, signed, decimals):
    text = number_words(value, signed, decimals)
    number = float(text.replace(",", ""))
    assert not re.fullmatch(r"[-+]0(\.0+)?", text)
    if abs(value) >= NOISE:
        assert number != 0
        assert math.copysign(1, number) == math.copysign(1, value)
        places = 10.0 ** -(decimals if decimals is not None else 0)
        assert abs(number - value) <= max(0.06 * abs(value), 0.5 * places) * (1 + 1e-9)


@given(value=FINITE, signed=st.booleans(), decimals=DECIMALS)
def test_the_page_writes_the_same_with_its_own_signs(value, signed, decimals):
    page = words.number(value, signed, decimals)
    assert "-" not in page
    plain = str.maketrans({",": None, words.THIN: None, words.MINUS: "-"})
    assert page.translate(plain) == number_words(value, signed, decimals).replace(",", "")


def test_a_range_whose_ends_read_the_same_is_one_number():
    assert words.ranged(-0.0201, -0.0199) == "−0.02"
    assert words.ranged(-0.03, 0.01) == "−0.03 to +0.01"
    assert words.span(0.0201, 0.0199) == "0.02\u00a0%"
    assert words.number_span(0.2, 0.6) == "0.20 to 0.60"


def test_draws_of_ground_are_told_in_hundreds():
    assert words.hundreds(3581.2) == f"3{words.THIN}600"
    assert words.hundreds(926.0, 7590.0) == f"900 to 7{words.THIN}600"
    assert words.hundreds(10.0, 30.0) == "0"
