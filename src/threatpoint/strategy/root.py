"""A root between two points, asked for one value at a time, so that many are sought together."""

from __future__ import annotations

from collections.abc import Generator
from math import inf

Search = Generator[float, float, float]
"""Gives the points at which it wants the function's value, takes the values, returns the root."""

Point = tuple[float, float]
"""Where, and the function's value there."""

APART = 2.0**-50
"""Least relative distance at which two points are told apart."""

MOST = 100
"""Values asked for at most; fewer than ten are usual."""


def brent(low: float, high: float, at_low: float, at_high: float, within: float) -> Search:
    """The root of a continuous function between two points where its signs differ.

    A step through the last points where that converges, else halving (Brent 1973, chapter 4).

    Args:
        low: the one point.
        high: the other.
        at_low: the function's value at `low`.
        at_high: that at `high`, of the other sign or 0.
        within: largest distance of what is returned from the root.
    """
    before: Point = (low, at_low)
    best: Point = (high, at_high)
    other, last, step = before, high - low, high - low
    for _ in range(MOST):
        if best[1] and (before[1] > 0) != (best[1] > 0):
            other, last, step = before, best[0] - before[0], best[0] - before[0]
        if abs(other[1]) < abs(best[1]):
            before, best, other = best, other, best
        least, half = (within + APART * abs(best[0])) / 2, (other[0] - best[0]) / 2
        if best[1] == 0 or abs(half) < least:
            break
        converging = abs(last) > least and abs(best[1]) < abs(before[1])
        tried = _through(before, best, other) if converging else inf
        good = 2 * abs(tried) < min(abs(last), 3 * abs(half) - least)
        last, step = (step, tried) if good else (half, half)
        following: float = best[0] + (
            step if abs(step) > least else (least if half > 0 else -least)
        )
        before, best = best, (following, (yield following))
    return best[0]


def _through(before: Point, best: Point, other: Point) -> float:
    """The step from the best point to where a curve through these points is 0."""
    (x0, f0), (x1, f1), (x2, f2) = before, best, other
    if x0 == x2:  # two points: a line
        return -f1 * (x1 - x0) / (f1 - f0)
    slope, far = (f0 - f1) / (x0 - x1), (f2 - f1) / (x2 - x1)
    return -f1 * (f2 * far - f0 * slope) / (far * slope * (f2 - f0))
