"""The principal branch of logit equilibria, followed from even choice at lambda 0.

With x the log odds of every choice and a(x, lambda) what one action is worth above another, the
equilibria are the roots of x - lambda * a (McKelvey and Palfrey 1995). The roots that hang together
with x = 0 at lambda 0 are a curve. It is followed by its length, not by lambda, so that it may turn
back (Turocy 2005 does so too): a step along the tangent, then Newton steps across it. Where players
are alike in everything the curve forks; the branch on which they stay alike is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import ConvergenceError

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Complexes

System = Callable[["Complexes", "Complexes"], "Complexes"]
"""Log odds (points, choices) and lambda (points,), complex -> x - lambda * a (points, choices)."""

MOST_STEPS = 5000
"""Curves that arrive take 20-200 steps."""

FIRST_STEP, SHORTEST, LONGEST = 0.05, 1e-10, 20.0
NEWTON_STEPS = 6
SMALL = 1e-11
"""Residual in log odds, of the size of the point, at which a point lies on the curve."""

TURN = 0.97
"""Cosine of the largest angle between the tangents at both ends of a step."""

TINY = 1e-30
"""Of the complex step: derivatives are exact to rounding."""


def follow(system: System, size: int, precision: float) -> Array:
    """The log odds at one lambda, where the curve from even choice first reaches it.

    Args:
        system: x - lambda * a, for many points at once; analytic, for complex steps.
        size: number of log odds.
        precision: lambda, 0 or more, with payoffs of about 1.

    Raises:
        ConvergenceError: the curve cannot be followed that far.
    """
    at = np.zeros(size + 1)
    tangent, length = _tangent(system, at, np.eye(size + 1)[-1]), FIRST_STEP
    for _ in range(MOST_STEPS):
        if at[-1] == precision:
            return at[:-1]
        found = _step(system, at, tangent, length, precision)
        if found is None:
            length = _shorter(length, at)
        else:
            at, tangent = found
            length = min(1.6 * length, LONGEST)
    raise ConvergenceError(f"the branch has no end after {MOST_STEPS} steps (lambda {at[-1]:.3g})")


def _step(
    system: System, at: Array, tangent: Array, length: float, precision: float
) -> tuple[Array, Array] | None:
    """The next point and the tangent there, none where the step was too long."""
    aimed, across = at + length * tangent, tangent
    if aimed[-1] >= precision:  # arrive at the lambda itself
        aimed = at + (precision - at[-1]) / tangent[-1] * tangent
        aimed[-1] = precision
        across = np.eye(at.size)[-1]
    point = _corrected(system, aimed, across)
    if point is not None and point[-1] > precision:  # passed by the correction alone
        aimed[-1], across = precision, np.eye(at.size)[-1]
        point = _corrected(system, aimed, across)
    if point is None or np.linalg.norm(point - aimed) > 0.3 * np.linalg.norm(aimed - at) + SMALL:
        return None
    ahead = _tangent(system, point, tangent)
    return (point, ahead) if ahead @ tangent > TURN else None


def _corrected(system: System, point: Array, across: Array) -> Array | None:
    """Newton steps in the plane through a point across a direction, none where they do not end."""
    start = point
    for _ in range(NEWTON_STEPS):
        value, slope = _slope(system, point)
        if not np.isfinite(slope).all():
            return None
        if np.abs(value).max() <= SMALL * (1.0 + np.abs(point).max()):
            return point
        residual = np.append(value, across @ (point - start))
        point = point - _solved(np.vstack([slope, across]), residual)
    return None


def _tangent(system: System, at: Array, before: Array) -> Array:
    """The direction of the curve, of length 1, that goes on from the one before."""
    _, slope = _slope(system, at)
    ahead = _solved(np.vstack([slope, before]), np.eye(at.size)[-1])
    return ahead / np.linalg.norm(ahead)


def _slope(system: System, at: Array) -> tuple[Array, Array]:
    """The residual (choices,) and its slopes (choices, choices + 1), by complex steps."""
    points = at + 1j * TINY * np.eye(at.size)
    with np.errstate(all="ignore"):  # a point too far off is refused by what comes out
        values = system(points[:, :-1], points[:, -1])
    return values[0].real, values.imag.T / TINY


def _solved(matrix: Array, right: Array) -> Array:
    """The solution of linear equations; that of least length where the curve forks."""
    try:
        return np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.lstsq(matrix, right)[0], dtype=np.float64)


def _shorter(length: float, at: Array) -> float:
    """A shorter step; raises `ConvergenceError` where it would be none."""
    if length < SHORTEST:
        raise ConvergenceError(f"the branch cannot be followed beyond lambda {at[-1]:.3g}")
    return length / 3.0
