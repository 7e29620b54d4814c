"""Numbers and texts as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from threatpoint.world.plain import hidden, number, printable


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25", "25"),
        (" -2.50 ", "-2.50"),
        ("−3", "-3"),
        ("+.5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("1E-5", "0.00001"),
        ("100.0625", "100.0625"),
        ("0e999999", "0"),
        ("-0.0", "0"),
    ],
)
def test_a_number_is_read_exactly(text, value):
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0_5", "is not a number"),
        ("1,5", "is not a number"),
        ("٣", "is not a number"),
        ("0x1F", "is not a number"),
        ("1 000", "is not a number"),
        ("--1", "is not a number"),
        ("", "is not a number"),
        ("e5", "is not a number"),
        ("nan", "is not finite"),
        ("-Infinity", "is not finite"),
        ("1e999999999", "is not within"),
        ("1e-999999", "is not within"),
        ("1e99999999999999999999999", "is not within"),
        ("1e31", "is not within"),
        ("9" * 5000, "has 5,000 characters"),
    ],
)
def test_anything_else_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        number(text)


def test_what_is_hidden_is_named_and_shown():
    assert hidden("plain text") == ""
    assert hidden("a\tb", "\t") == ""
    assert hidden("a\x1bb") == "a control character (U+001B)"
    assert hidden("a\u202eb") == "right-to-left override (U+202E)"
    assert printable("a\x1bb\u202e") == "a\\x1bb\\u202e"
