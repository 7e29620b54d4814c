"""Curve: what is known at a few points, and a monotone cubic between them.

Between points where the values rise the curve rises, and nowhere does it leave the values at the
two points beside it (Fritsch & Butland 1984, SIAM J. Sci. Stat. Comput. 5, pp. 300-304).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Positions

Function = Callable[[float], float]

TIE = 1e-9
"""Part of the largest value in size by which two maxima must differ to be told apart."""


@dataclass(frozen=True, eq=False)
class Curve:
    """A piecewise cubic in one number.

    Attributes:
        knots: (K,) where its pieces meet, rising.
        pieces: (4, K - 1) coefficients of each piece from the cube down, in the distance from the
            knot at its left.
    """

    knots: Array
    pieces: Array

    @classmethod
    def through(cls, points: Sequence[float], values: Sequence[float]) -> Curve:
        """The monotone curve through some points, two or more, rising."""
        x, y = np.asarray(points, dtype=np.float64), np.asarray(values, dtype=np.float64)
        width, secant = np.diff(x), np.diff(y) / np.diff(x)
        slope = _slopes(width, secant)
        square = (3.0 * secant - 2.0 * slope[:-1] - slope[1:]) / width
        cube = (slope[:-1] + slope[1:] - 2.0 * secant) / width**2
        return cls(x, np.array([cube, square, slope[:-1], y[:-1]]))

    def __call__(self, x: float) -> float:
        """Its value; beyond its ends that of the last piece."""
        return float(self.values(np.array([x]))[0])

    def values(self, x: Array) -> Array:
        """The same at many points, of any shape."""
        piece = self._piece(x)
        (a, b, c, d), h = self.pieces[:, piece], x - self.knots[piece]
        return ((a * h + b) * h + c) * h + d

    def slope(self, x: float) -> float:
        """Its slope."""
        piece = self._piece(np.array(x))
        (a, b, c, _), h = self.pieces[:, piece], x - self.knots[piece]
        return float((3.0 * a * h + 2.0 * b) * h + c)

    def _piece(self, x: Array) -> Positions:
        after = np.searchsorted(self.knots, x, side="right")
        return np.clip(after - 1, 0, len(self.knots) - 2)

    def stretched(self, to: float) -> Curve:
        """S -> its value at `to` s, for s in [0, 1] and `to` above 0."""
        knots = self.knots / to
        inside = knots < 1.0
        last = np.append(knots[inside], 1.0)
        powers = to ** np.arange(3, -1, -1.0)[:, None]
        return Curve(last, self.pieces[:, : len(last) - 1] * powers)

    def times(self, factor: float) -> Curve:
        """The curve with every value times a factor."""
        return Curve(self.knots, factor * self.pieces)

    def tilted(self, slope: float) -> Curve:
        """The curve with a line through the origin added."""
        pieces = self.pieces.copy()
        pieces[2] += slope
        pieces[3] += slope * self.knots[: pieces.shape[1]]
        return Curve(self.knots, pieces)


def _slopes(width: Array, secant: Array) -> Array:
    """(K,) slopes at the points: weighted harmonic means of those of the lines beside each."""
    if len(width) == 1:
        return np.repeat(secant, 2)
    left, right = secant[:-1], secant[1:]
    weights = 2.0 * width[1:] + width[:-1], width[1:] + 2.0 * width[:-1]
    level = np.sign(left) * np.sign(right) <= 0
    parts = (w / np.where(level, 1.0, s) for w, s in zip(weights, (left, right), strict=True))
    with np.errstate(over="ignore"):  # a line that is nearly level
        inner = np.where(level, 0.0, 3.0 * (width[:-1] + width[1:]) / sum(parts))
    first = _end(width[0], width[1], secant[0], secant[1])
    return np.array([first, *inner, _end(width[-1], width[-2], secant[-1], secant[-2])])


def _end(width: float, following: float, secant: float, after: float) -> float:
    """The slope at an end: that of a parabola, held where the curve would not stay monotone."""
    slope = ((2.0 * width + following) * secant - width * after) / (width + following)
    if slope * secant <= 0:
        return 0.0
    return 3.0 * secant if secant * after < 0 and abs(slope) > abs(3.0 * secant) else slope


def highest(value: Function, slope: Function, knots: Iterable[float]) -> float:
    """Where in [0, 1] a piecewise cubic is highest; of equals the smallest.

    Its ends and knots are tried, and where the slope, a parabola in each piece, is 0.

    Args:
        value: the function.
        slope: its slope, without jumps.
        knots: where its pieces meet.
    """
    inner = sorted({0.0, 1.0, *(float(k) for k in knots if 0 < k < 1)})
    tried = list(inner)
    for left, right in pairwise(inner):
        tried += [left + (right - left) * h for h in _level(slope, left, right)]
    worth = np.array([value(x) for x in sorted(tried)])
    near = worth >= worth.max() - TIE * np.abs(worth).max()
    return sorted(tried)[int(np.argmax(near))]


def _level(slope: Function, left: float, right: float) -> list[float]:
    """Where in a piece, as a part of its width, the parabola of its slope is 0."""
    first, middle, last = slope(left), slope((left + right) / 2), slope(right)
    square, line = 2 * (first + last) - 4 * middle, 4 * middle - 3 * first - last
    roots = np.roots([square, line, first]) if square or line else np.array([])
    return [float(r.real) for r in roots if abs(r.imag) < TIE and 0 < r.real < 1]
