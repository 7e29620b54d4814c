"""Figures: what a number of a situation file must look like, and the base of all its tables."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from threatpoint.errors import unknown
from threatpoint.policy.demand import OF_GDP
from threatpoint.quantity import Quantity
from threatpoint.units import MONEY_UNITS
from threatpoint.world.plain import LARGEST_EXPONENT

GDP_UNITS = (OF_GDP,)
QUANTITY_UNITS = ("Mt", "mb/d", "USD/bbl", "USD/t", "km2", "months", "people")
POINTS = "percentage points"
SHARE_UNITS = ("%", POINTS)
UNITS = (*MONEY_UNITS, *SHARE_UNITS, *GDP_UNITS, *QUANTITY_UNITS)
"""The closed list of units a figure can have."""


class Model(BaseModel):
    """A table of the file: unknown keys and wrong types are errors, nothing is converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


MOST_DECIMALS = 60


def _decimal(value: Any) -> Any:
    """Numbers as printed: TOML integers and floats keep their digits.

    The bounds keep exact arithmetic short: 1e999999999 as a fraction has a billion digits.
    """
    limit = LARGEST_EXPONENT
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > 10**limit:  # before any conversion: an integer may have 4000 digits
            raise ValueError(f"is too large: a number is at most 1e{limit}")
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite():
        if value and not -limit <= value.adjusted() <= limit:
            raise ValueError(f"{value:.3g} is not within 1e-{limit} and 1e{limit}, nor 0")
        if not -MOST_DECIMALS <= int(value.as_tuple().exponent) <= limit:
            raise ValueError(f"has more than {MOST_DECIMALS} decimals or {limit} zeros")
    return value


def _written(value: Any) -> Any:
    """Text that is not blank."""
    if isinstance(value, str) and not value.strip():
        raise ValueError("is blank")
    return value


def one_of(units: tuple[str, ...]) -> BeforeValidator:
    """A unit is one of these."""

    def known(value: Any) -> Any:
        if value not in units:
            raise ValueError(unknown("unit", str(value), units))
        return value

    return BeforeValidator(known)


# what an editor is told where a validator says more than a type
_TEXT = {"type": "string", "pattern": r"\S"}
_SENDERS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}

Number = Annotated[Decimal, BeforeValidator(_decimal)]
Unit = Annotated[str, one_of(UNITS), WithJsonSchema({"enum": [*UNITS]})]
Text = Annotated[str, BeforeValidator(_written), WithJsonSchema(_TEXT)]
Words = Annotated[list[Text], Field(min_length=1)]
Senders = Annotated[
    Words,
    BeforeValidator(lambda given: [given] if isinstance(given, str) else given),
    WithJsonSchema(_SENDERS),
]
"""One word, or a list of them."""
RowNumber = Annotated[int, Field(ge=1, le=9999)]


class Figure(Model):
    """One number with all that is needed to check it."""

    value: Number = Field(description="as printed, digits kept")
    unit: Unit = Field(description="one of the closed list of units")
    period: Text = Field(description="the year, fiscal year or date it is about")
    source: Text = Field(description="producer and document")
    page: Text | None = Field(None, description="where in the document")
    range: list[Number] | None = Field(None, description="[low, high] in the same unit")
    prior: bool = Field(
        False,
        description="true where nobody has measured it: a choice, which needs a range; "
        "left out: it was measured",
    )

    @property
    def number(self) -> float:
        """The value as a float, in `unit`."""
        return float(self.value)

    @property
    def sound(self) -> bool:
        """Whether the range, if there is one, is two numbers around the value."""
        limits = self.range
        return limits is None or (len(limits) == 2 and limits[0] <= self.value <= limits[1])

    @property
    def ends(self) -> tuple[float, float, float]:
        """Value, low and high of a sound figure; without a range all three are the value."""
        low, high = self.range or (self.value, self.value)
        return self.number, float(low), float(high)

    @property
    def quantity(self) -> Quantity:
        """A sound figure as the model takes it."""
        return Quantity(
            *self.ends, self.unit, self.period, self.source, self.page or "", self.prior
        )

    @property
    def share(self) -> float:
        """The value of a figure in percent, as a share."""
        return float(self.value / 100)
