"""Where slopes vanish: Newton's steps within bounds, and the second derivatives there.

For one side the slopes are those of its income, and their derivatives its second derivatives. For
several each has the slopes of its own income to its own rates: where all vanish, nobody gains by a
little more or less of any (the first-order conditions of a Nash equilibrium, stacked).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.strategy.tariffs.climb import Bounds

    Field = Callable[[Array], Array]
    Seconds = Callable[[Array, Array], Array]

SETTLED = 1e-9
"""A Newton step this small, in log(1 + rate), is none."""
NEWTON = 20
"""Newton steps at most."""
LARGEST = 0.3
"""The largest change of an unknown in one step."""
STALE = 1e-2
"""Derivatives are taken anew after a change of an unknown by more than this."""


@dataclass(frozen=True, eq=False)
class Still:
    """Where the steps ended.

    Attributes:
        u: (K,) unknowns.
        slope: (K,) there; not 0 at bounds that hold.
        second: (K, K) derivatives of the slopes [of, to].
        left: the size of the last step; above `SETTLED` where they did not settle.
        way: unknowns and slopes after each step.
    """

    u: Array
    slope: Array
    second: Array
    left: float
    way: tuple[tuple[Array, Array], ...]


def vanish(
    slopes: Field, seconds: Seconds, start: Array, bounds: Bounds, near: Array | None = None
) -> Still:
    """Newton's steps from a start that is near.

    Args:
        slopes: of a point (K,), (K,).
        seconds: of a point and its slopes, (K, K) derivatives of the slopes [of, to].
        start: (K,).
        bounds: unknowns at which the slope pushes against one are held there.
        near: (K, K) derivatives of the slopes at a point nearby, where they are known.
    """
    u, slope = start, slopes(start)
    second, taken = seconds(u, slope) if near is None else near, u
    size, before = np.inf, np.inf
    way: list[tuple[Array, Array]] = []
    for _ in range(NEWTON):
        move = _move(u, slope, second, bounds)
        size = float(np.abs(move).max(initial=0.0))
        if size < SETTLED:
            break
        if size > before / 2 or np.abs(u - taken).max() > STALE:
            second, taken = seconds(u, slope), u
            move = _move(u, slope, second, bounds)
        u, before = u + move, size
        slope = slopes(u)
        way.append((u, slope))
    return Still(u, slope, second, size, tuple(way))


def _move(u: Array, slope: Array, second: Array, bounds: Bounds) -> Array:
    """Newton's step of the unknowns that are free, within bounds and not too far.

    One whose own second derivative is above 0 is led up its slope instead: Newton's step would
    lead it to a minimum.
    """
    free = bounds.free(u, slope)
    astray = free & (np.diag(second) >= 0)
    move, at = np.where(astray, LARGEST * np.sign(slope), 0.0), np.flatnonzero(free & ~astray)
    if at.size:
        found = np.linalg.lstsq(second[np.ix_(at, at)], -slope[at], rcond=None)[0]
        move[at] = found * min(1.0, LARGEST / max(float(np.abs(found).max()), 1e-300))
    return bounds.inside(u + move) - u
