"""One class for a number with a range: what it refuses, and how it is read back."""

from __future__ import annotations

import dataclasses
import math

import pytest

from threatpoint.errors import QuantityError
from threatpoint.quantity import Quantity
from threatpoint.strategy.terms import Terms


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((10, 11, 20), "10 km2 is outside its range 11 to 20"),
        ((30, 11, 20), "30 km2 is outside its range 11 to 20"),
        ((1, 2, 0), "1 km2 is outside its range 2 to 0"),
        ((math.nan, 0, 1), "must be finite numbers"),
        ((0, -math.inf, 1), "must be finite numbers"),
        ((0, 0, math.inf), "must be finite numbers"),
    ],
)
def test_what_is_no_quantity(numbers, words):
    with pytest.raises(QuantityError, match=words):
        Quantity(*numbers, "km2")


def test_a_quantity_is_frozen_and_one_without_a_range_has_equal_ends():
    exact = Quantity.exactly(3.0, "km2", source="A (2019)", prior=True)
    assert exact == Quantity(3.0, 3.0, 3.0, "km2", source="A (2019)", prior=True)
    assert exact.row("source") == {
        "value": 3.0, "low": 3.0, "high": 3.0, "unit": "km2", "source": "A (2019)",
    }  # fmt: skip
    with pytest.raises(dataclasses.FrozenInstanceError):
        exact.value = 2.0  # type: ignore[misc]


def test_a_wrong_unit_is_named_with_the_right_one():
    assert not Quantity.exactly(1, "km2").wrong_unit("line", "km2")
    assert Quantity.exactly(1, "%").wrong_unit("line", "km2") == (
        "line is in '%'; it must be in 'km2'"
    )
    with pytest.raises(ValueError, match=r"kappa is in 'EUR'; it must be in 'USD bn per year'"):
        Terms(kappa=Quantity.exactly(1, "EUR"))
    with pytest.raises(ValueError, match=r"kappa: a prior of -1 is below 0"):
        Terms(kappa=Quantity(1, -1, 2))
