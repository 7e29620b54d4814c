"""Rounding: what printed digits allow, exactly, in rational arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
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

    def shrunk(self, low: Fraction, high: Fraction) -> Interval:
        """The same without a margin at its low and at its high end."""
        return Interval(self.low + low, self.high - high)

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


def half_up(printed: Decimal, scale: Fraction, hair: Fraction) -> Interval:
    """As `rounded` where halves go away from 0: without the end further from 0, by a hair."""
    return _open_end(printed, rounded(printed, scale), hair)


def half_even(printed: Decimal, scale: Fraction, hair: Fraction) -> Interval:
    """As `rounded` where halves go to the even digit: an odd last digit has neither end."""
    margin = hair if printed.as_tuple().digits[-1] % 2 else Fraction(0)
    return rounded(printed, scale).shrunk(margin, margin)


def cut_off(printed: Decimal, scale: Fraction, hair: Fraction) -> Interval:
    """As `cut`, without the end that already prints as the next figure, by a hair."""
    return _open_end(printed, cut(printed, scale), hair)


def _open_end(printed: Decimal, interval: Interval, hair: Fraction) -> Interval:
    away = (Fraction(0), hair) if printed >= 0 else (hair, Fraction(0))
    return interval.shrunk(*away)


def feasible(equalities: Sequence[Sequence[int]], intervals: Sequence[Interval]) -> bool:
    """Whether some x within its intervals satisfies coefficients . x = 0 for every equality.

    Exact: the first phase of the simplex method over the rationals. With y = x - low >= 0 and a
    slack for each width, it drives the sum of what the equalities lack to 0. Bland's rule (always
    the first column and the first basic variable) keeps it from cycling.
    """
    n = len(intervals)
    if any(interval.low > interval.high for interval in intervals):
        return False
    rows, basis = _tableau(equalities, intervals)
    while True:
        lacking = [row for row, name in zip(rows, basis, strict=True) if name >= 2 * n]
        enter = next((k for k in range(2 * n) if sum(row[k] for row in lacking) > 0), None)
        if enter is None:
            return all(row[-1] == 0 for row in lacking)
        ratios = [(r[-1] / r[enter], basis[m], m) for m, r in enumerate(rows) if r[enter] > 0]
        leave = min(ratios)[2]
        _pivot(rows, leave, enter)
        basis[leave] = enter


def _tableau(
    equalities: Sequence[Sequence[int]], intervals: Sequence[Interval]
) -> tuple[list[list[Fraction]], list[int]]:
    """Rows [n variables, n slacks, right side >= 0], and the basic variable of each row.

    Numbers from 2 n on stand for what an equality lacks.
    """
    n = len(intervals)
    rows: list[list[Fraction]] = []
    for coefficients in equalities:
        right = -sum((c * i.low for c, i in zip(coefficients, intervals, strict=True)), Fraction(0))
        sign = -1 if right < 0 else 1
        rows.append([Fraction(sign * c) for c in coefficients] + [Fraction(0)] * n + [sign * right])
    for k, interval in enumerate(intervals):
        ones = [Fraction(int(m % n == k)) for m in range(2 * n)]
        rows.append([*ones, interval.high - interval.low])
    return rows, [*range(2 * n, 2 * n + len(equalities)), *range(n, 2 * n)]


def _pivot(rows: list[list[Fraction]], leave: int, enter: int) -> None:
    """Solve row `leave` for variable `enter` and substitute it everywhere."""
    scale = rows[leave][enter]
    rows[leave] = [value / scale for value in rows[leave]]
    for m, row in enumerate(rows):
        if m != leave and row[enter]:
            factor = row[enter]
            rows[m] = [a - factor * b for a, b in zip(row, rows[leave], strict=True)]
