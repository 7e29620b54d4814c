"""Willing: what donors give of their own accord, against what would be efficient.

Preferences are `ln(x_i) + beta_i ln(A)` with own income `Y_i = x_i + a_i` and aid `A = sum a_i`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from threatpoint.array_types import Array
from threatpoint.errors import ThreatpointError


@dataclass(frozen=True)
class Provision:
    """Aid that donors choose to give.

    Attributes:
        total: A, unit of the incomes.
        given: a_i per donor, same unit.
    """

    total: float
    given: Array


def voluntary(income: ArrayLike, beta: ArrayLike) -> Provision:
    """Nash equilibrium `A = sum_C Y_i / (1 + sum_C 1/beta_i)`, `a_i = Y_i - A/beta_i`.

    Donor i gives only while `beta_i Y_i > A`, so the contributing set C holds the donors with the
    largest `beta_i Y_i`; donors join in that order until the next would give nothing.

    Args:
        income: Y, shape (donors,), positive, any money unit.
        beta: weight of the common aim, shape (donors,) or one number, positive.

    Raises:
        ThreatpointError: empty, of different length, not finite or not positive.

    Source: Olson & Zeckhauser (1966), Review of Economics and Statistics 48(3); equilibrium as in
    Bergstrom, Blume & Varian (1986), Journal of Public Economics 29.
    """
    y, b = _checked(income, beta)
    order = np.argsort(-(b * y), kind="stable")
    money, price, total = 0.0, 1.0, 0.0
    for i in order:
        if b[i] * y[i] <= total:
            break
        money, price = money + y[i], price + 1.0 / b[i]
        total = float(money / price)
    return Provision(total, np.maximum(0.0, y - total / b))


def efficient(income: ArrayLike, beta: ArrayLike) -> float:
    """Efficient aid `A = sum_i Y_i beta_i / (1 + beta_i)`, unit of the incomes.

    Each donor pays its own marginal valuation (Lindahl), so the marginal rates of substitution
    sum to one (Samuelson 1954, Review of Economics and Statistics 36(4)).

    Raises:
        ThreatpointError: as `voluntary`.
    """
    y, b = _checked(income, beta)
    return float((y * b / (1.0 + b)).sum())


def revealed(income: ArrayLike, given: ArrayLike, outside: float = 0.0) -> Array:
    """Weights `beta_i = A / (Y_i - a_i)` at which the gifts observed are an equilibrium.

    `outside` is aid of others that counts in A.

    Raises:
        ThreatpointError: malformed, a gift not above 0 and below income, `outside` negative.
    """
    y, a = _checked(income, given, "gift")
    if (a >= y).any():
        raise ThreatpointError(f"gift: donor {int((a >= y).argmax())} gives its income or more")
    if not (np.isfinite(outside) and outside >= 0.0):
        raise ThreatpointError(f"outside: {outside} is not a number of 0 or more")
    return (a.sum() + outside) / (y - a)


def _checked(income: ArrayLike, other: ArrayLike, what: str = "beta") -> tuple[Array, Array]:
    y, b = np.asarray(income, dtype=float), np.asarray(other, dtype=float)
    b = np.broadcast_to(b, y.shape) if b.ndim == 0 else b
    if y.ndim != 1 or not y.size or b.shape != y.shape:
        raise ThreatpointError(
            f"income has shape {y.shape}, {what} {b.shape}; give one number a donor"
        )
    for name, values in (("income", y), (what, b)):
        bad = ~(np.isfinite(values) & (values > 0.0))
        if bad.any():
            i = int(bad.argmax())
            raise ThreatpointError(f"{name}: donor {i} has {values[i]}; use positive numbers")
    return y, b
