"""Roots of many falling functions side by side, each in a bracket of its own.

Chandrupatla (1997), Advances in Engineering Software 28: inverse quadratic interpolation where it
is safe, bisection elsewhere. Each root depends on nothing that is solved beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask

WIDTH = 1e-14
"""A bracket this narrow, relative to its ends and to 1, is a root: below it lies rounding."""

MOST = 200
"""Most steps; bisection alone needs sixty."""


@dataclass
class _Bracket:
    """Newest point a, the other end b, the point before them c; f at each."""

    a: Array
    b: Array
    c: Array
    fa: Array
    fb: Array
    fc: Array

    def interpolated(self) -> Array:
        """Share of the way from a to b, in (0, 1): a half where interpolation is not safe."""
        xi = (self.a - self.b) / _nonzero(self.c - self.b)
        phi = (self.fa - self.fb) / _nonzero(self.fc - self.fb)
        safe = (phi**2 < xi) & ((1.0 - phi) ** 2 < 1.0 - xi)
        first = self.fa / _nonzero(self.fb - self.fa) * self.fc / _nonzero(self.fb - self.fc)
        slope = (self.c - self.a) / _nonzero(self.b - self.a)
        rest = self.fa / _nonzero(self.fc - self.fa) * self.fb / _nonzero(self.fc - self.fb)
        return np.where(safe, first + slope * rest, 0.5)

    def narrowed(self, x: Array, fx: Array) -> None:
        """Take in a new point; the root stays between a and b."""
        same = np.sign(fx) == np.sign(self.fa)
        self.c, self.fc = np.where(same, self.a, self.b), np.where(same, self.fa, self.fb)
        self.b, self.fb = np.where(same, self.b, self.a), np.where(same, self.fb, self.fa)
        self.a, self.fa = x, fx


def falling_root(f: Callable[[Array], Array], low: Array, high: Array) -> Array:
    """Where each falling function is 0; the nearer end where it is not 0 between them.

    Args:
        f: from (D,) points to (D,) values; element d depends on point d alone.
        low: (D,) lower ends.
        high: (D,) upper ends.

    Returns:
        (D,) roots: `low` where f is 0 or less there, `high` where it is 0 or more there.
    """
    f_low, f_high = f(low), f(high)
    root = np.where(f_low <= 0, low, high)
    open_ = (f_low > 0) & (f_high < 0)
    if not open_.any():
        return root
    at = _Bracket(high, low, low, f_high, f_low, f_low)
    share = np.full_like(low, 0.5)
    for _ in range(MOST):
        x = np.where(open_, at.a + share * (at.b - at.a), root)
        fx = f(x)
        at.narrowed(x, fx)
        root, open_, share = _settled(at, root, open_)
        if not open_.any():
            break
    return root


def _settled(at: _Bracket, root: Array, open_: Mask) -> tuple[Array, Mask, Array]:
    """(roots, which are still sought, share of the next step); what is found stays."""
    nearer = np.abs(at.fa) < np.abs(at.fb)
    best, value = np.where(nearer, at.a, at.b), np.where(nearer, at.fa, at.fb)
    length = _nonzero(np.abs(at.b - at.a))
    least = (2.0 * WIDTH * np.abs(best) + WIDTH) / length
    done = open_ & ((least > 0.5) | (value == 0))
    share = np.clip(at.interpolated(), least, 1.0 - least)
    return np.where(open_, best, root), open_ & ~done, np.where(done, 0.5, share)


def _nonzero(values: Array) -> Array:
    """The values; 1 where they are 0, so that nothing is divided by it."""
    return np.where(values == 0, 1.0, values)
