"""Money units and how numbers are put into words."""

from __future__ import annotations

from threatpoint.errors import PolicyError, unknown

SCALES = {"": 1e-6, "thousand": 1e-3, "million": 1.0, "bn": 1e3, "tn": 1e6}
CURRENCIES = ("USD", "EUR")
MONEY_UNITS: tuple[str, ...] = tuple(
    f"{currency} {scale}".strip() for currency in CURRENCIES for scale in SCALES
)
"""The closed list of money units: "USD", "USD thousand", "USD million", "USD bn", ..."""


def money(value: float, unit: str, into: str) -> float:
    """Convert money between two units of one currency.

    Args:
        value: the amount in `unit`.
        unit: one of `MONEY_UNITS`; "" means `into` already.
        into: the unit wanted.

    Raises:
        PolicyError: an unknown unit, or two currencies (no exchange rate is assumed).
    """
    if unit in ("", into):
        return value
    problems = [unknown("money unit", u, MONEY_UNITS) for u in (unit, into) if u not in MONEY_UNITS]
    if problems:
        raise PolicyError("; ".join(problems))
    (currency, _, scale), (currency_into, _, scale_into) = unit.partition(" "), into.partition(" ")
    if currency != currency_into:
        raise PolicyError(
            f"{value:g} {unit} cannot be read in {into}: no exchange rate is assumed; "
            f"give the amount in {currency_into}"
        )
    return value * SCALES[scale] / SCALES[scale_into]


def money_words(value: float, unit: str) -> str:
    """An amount for readers: 60_000 "USD million" is 'USD 60 bn'."""
    if unit not in MONEY_UNITS:
        return f"{value:,.4g} {unit}"
    currency, amount, name = scaled(value, unit)
    return f"{currency} {_short(amount)} {name}".rstrip()


def scaled(value: float, unit: str, near: float = 1.0) -> tuple[str, float, str]:
    """An amount in the largest scale of which it is `near`: ("USD", 60.0, "bn")."""
    currency, _, scale = unit.partition(" ")
    amount = value * SCALES[scale]
    names = (name for name in reversed(SCALES) if abs(amount) >= near * SCALES[name])
    name = next(names, "")
    return currency, amount / SCALES[name], name


def percent_words(share: float) -> str:
    """A share for readers: 0.196 is '20 %', 0.0123 is '1.2 %'."""
    return f"{_short(100 * share)} %"


def _short(value: float) -> str:
    """Two significant digits below 10, whole numbers above (three digits kept below 1000)."""
    return f"{value:.2g}" if abs(value) < 9.95 else f"{value:,.0f}"
