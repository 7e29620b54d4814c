"""How figures of claims are written: printed digits, units, formulas, sources."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError
from threatpoint.units import money
from threatpoint.words import printed_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threatpoint.situation.figure import Figure


def show(figure: Figure) -> str:
    """'USD 77.51 bn' with the digits as printed."""
    return printed_words(str(figure.value), figure.unit)


def unit_ratio(unit: str, into: str) -> Fraction:
    """The factor between two units, as an exact power of ten."""
    return Fraction(repr(round(money(1.0, unit, into), 12))) if unit != into else Fraction(1)


def exact_value(figure: Figure, unit: str) -> Fraction:
    """The printed digits as a rational, in another unit."""
    return Fraction(figure.value) * unit_ratio(figure.unit, unit)


def decimal_text(value: Fraction) -> str:
    """A rational as a plain decimal with a true minus sign; exact for printed figures."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{number:f}".replace("-", "−")


def amount_words(value: Fraction, unit: str) -> str:
    """'USD −0.01 bn'"""
    return printed_words(decimal_text(value), unit)


def formula_words(
    result: Figure, terms: Sequence[tuple[int, str]], figures: Mapping[str, Figure], total: Fraction
) -> str:
    """'USD 119.70 bn = 77.51 + 42.19'; parts in another unit carry it."""
    same = all(figures[key].unit == result.unit for _, key in terms)
    parts = "".join(
        f" {'+' if sign > 0 else '−'} {figures[key].value if same else show(figures[key])}"
        for sign, key in terms
    ).removeprefix(" + ")
    places = max(-int(figures[key].value.as_tuple().exponent) for _, key in terms)
    number = f"{float(total):.{max(places, 0)}f}".replace("-", "−") if same else decimal_text(total)
    return f"{printed_words(number, result.unit)} = {parts}"


def sources_of(figures: Sequence[Figure]) -> str:
    """The sources of some figures, each once."""
    return "; ".join(dict.fromkeys(figure.source for figure in figures))


def not_comparable(figures: Sequence[Figure]) -> str:
    """Why figures cannot be added or compared, '' if they can."""
    periods = list(dict.fromkeys(figure.period for figure in figures))
    if len(periods) > 1:
        return f"The figures are of different periods: {', '.join(periods)}."
    try:
        for figure in figures:
            unit_ratio(figure.unit, figures[0].unit)
    except PolicyError as error:
        return f"The figures have different units: {error}."
    return ""
