"""Rounding: what printed digits allow, exactly, in rational arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Interval:
    """All values between two ends, ends included."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high


def step(printed: Decimal, scale: Fraction = Fraction(1)) -> Fraction:
    """One unit of the last printed digit: 0.01 for 77.51."""
    exponent = printed.as_tuple().exponent
    return Fraction(10) ** int(exponent) * scale


def rounded(printed: Decimal, scale: Fraction = Fraction(1)) -> Interval:
    """Values that round to a printed figure: 77.51 is 77.505 to 77.515."""
    value, half = Fraction(printed) * scale, step(printed, scale) / 2
    return Interval(value - half, value + half)


def cut(printed: Decimal, scale: Fraction = Fraction(1)) -> Interval:
    """Values that print so when later digits are cut off: 77.51 is 77.51 to 77.52."""
    value, width = Fraction(printed) * scale, step(printed, scale)
    return Interval(*sorted((value, value + (width if value >= 0 else -width))))


Row = tuple[tuple[Fraction, ...], Fraction]
"""Coefficients a and bound b of one inequality a . x <= b."""


def bounds(intervals: Sequence[Interval], slack: Fraction = Fraction(0)) -> list[Row]:
    """Each variable within its interval, by `slack` inside."""
    rows: list[Row] = []
    for k, interval in enumerate(intervals):
        unit = tuple(Fraction(int(k == m)) for m in range(len(intervals)))
        rows.append((unit, interval.high - slack))
        rows.append((tuple(-u for u in unit), -interval.low - slack))
    return rows


def equality(coefficients: Sequence[int]) -> list[Row]:
    """The product coefficients . x = 0 as two inequalities."""
    row = tuple(Fraction(c) for c in coefficients)
    return [(row, Fraction(0)), (tuple(-c for c in row), Fraction(0))]


def feasible(rows: Iterable[Row], variables: int) -> bool:
    """Whether some x satisfies every row; exact, by Fourier-Motzkin elimination."""
    left = set(rows)
    for k in range(variables):
        upper = [row for row in left if row[0][k] > 0]
        lower = [row for row in left if row[0][k] < 0]
        left = {row for row in left if row[0][k] == 0}
        left |= {_combined(up, low, k) for up in upper for low in lower}
    return all(bound >= 0 for _, bound in left)


def _combined(up: Row, low: Row, k: int) -> Row:
    """The sum of two rows, scaled so that variable k drops out."""
    a, b = 1 / up[0][k], -1 / low[0][k]
    coefficients = tuple(a * u + b * v for u, v in zip(up[0], low[0], strict=True))
    return coefficients, a * up[1] + b * low[1]
