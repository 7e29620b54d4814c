"""Quantity: the one number of this package that has a range, a unit and a source."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Self

from threatpoint.errors import QuantityError


@dataclass(frozen=True)
class Quantity:
    """One number with all that is needed to check it.

    Attributes:
        value, low, high: the number and its range, in `unit`.
        unit: e.g. "USD/bbl", "mb/d"; "1" has none.
        period: what it is about.
        source: producer and document.
        page: where in it, in words ("p. 1187", "table 3", "section 4").
        prior: True when nobody has measured it.

    Raises:
        QuantityError: not finite, or a value outside its range.
    """

    value: float
    low: float
    high: float
    unit: str = ""
    period: str = ""
    source: str = ""
    page: str = ""
    prior: bool = False

    def __post_init__(self) -> None:
        value, low, high = self.value, self.low, self.high
        if not all(math.isfinite(number) for number in (value, low, high)):
            raise QuantityError("value and range must be finite numbers")
        if not low <= value <= high:
            unit = f" {self.unit}" if self.unit else ""
            raise QuantityError(f"{value:g}{unit} is outside its range {low:g} to {high:g}")

    @classmethod
    def exactly(cls, value: float, unit: str = "", **rest: Any) -> Self:
        """A number without a range: both ends are the value."""
        return cls(value, value, value, unit, **rest)

    def row(self, *more: str) -> dict[str, Any]:
        """Value, low, high and unit as a row of a table, with the attributes named."""
        return {name: getattr(self, name) for name in ("value", "low", "high", "unit", *more)}

    def wrong_unit(self, name: str, unit: str) -> str:
        """Message for a quantity called `name` that must be in `unit`; "" if it is."""
        return "" if self.unit == unit else f"{name} is in {self.unit!r}; it must be in {unit!r}"


TOO_WIDE = 10.0
"""A range that reaches further than so many times the value says nothing."""


@dataclass(frozen=True)
class Ranged(Quantity):
    """A computed answer: the median of the draws with their range, or as solved once without one.

    Attributes:
        driver: the input that carries most of its spread; "" if none does.
    """

    driver: str = ""

    def __post_init__(self) -> None:
        """Not checked, for it was computed: NaN where there is no answer, inf out of reach."""

    @property
    def determined(self) -> bool:
        """The range says something: neither end is more than `TOO_WIDE` times the value."""
        return max(abs(self.low), abs(self.high)) <= TOO_WIDE * abs(self.value)
