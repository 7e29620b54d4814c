"""Drive the fixed point to its tolerance: the accelerated map first, then a path in the deficits.

Measured on random economies: with trade balanced the accelerated map solved every feasible case,
500 % tariffs on everything at theta 50 included. What fails are deficits that a nearly closed
world cannot finance. So the fallback starts from balanced trade and raises the deficits step by
step; where that path ends, it says how far it came and who runs out of income.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium import system as sy
from threatpoint.equilibrium.fixed_point import Anderson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

STEPS = ((1.0, 400), (1 / 8, 600))
"""Part of the system's wage step, and evaluations allowed; tried in turn."""

FINEST = 1 / 64
"""The path in the deficits stops when its step falls below this."""


@dataclass(frozen=True, eq=False)
class Attempt:
    """Where the iteration ended.

    Attributes:
        z: stacked state, the best point seen.
        done: True if it met the tolerance.
        method: what produced it.
        history: largest residual at each evaluation, all methods together.
        financed: part of the deficits (0 to 1) the path could carry; 1 if it was not needed.
        poorest: position of the country with the least income left where the path ended.
    """

    z: Array
    done: bool
    method: str
    history: tuple[float, ...]
    financed: float = 1.0
    poorest: int | None = None


def iterate(system: sy.System, first: Array, tolerance: float) -> Attempt:
    """Each method in turn until one meets the tolerance; the last point otherwise."""
    history: list[float] = []
    with np.errstate(all="ignore"):
        z, done = first, False
        for part, allowed in STEPS:
            z, done = accelerate(system, first, part, allowed, tolerance, history)
            if done:
                step = part * system.step
                return Attempt(z, True, f"Anderson, step {step:.2g}", tuple(history))
        if system.closure == "balanced":
            return Attempt(z, False, "Anderson", tuple(history))
        return _raise_deficits(system, z, tolerance, history)


def accelerate(
    system: sy.System,
    first: Array,
    part: float,
    allowed: int,
    tolerance: float,
    history: list[float],
) -> tuple[Array, bool]:
    """Anderson on the map; returns the best point seen and whether it met the tolerance.

    A point outside the domain (a non-finite residual) is left by going back to the best one with
    half the step and no memory.
    """
    z, mixer, step = first, Anderson(first.size), part * system.step
    best, smallest = first, np.inf
    for _ in range(allowed):
        state = sy.evaluate(system, z)
        residual = state.residual
        history.append(residual)
        if not np.isfinite(residual):
            if mixer.last is None:
                return best, False
            z, step = best, 0.5 * step
            mixer.restart()
            continue
        if residual < smallest:
            best, smallest = z, residual
            if residual <= tolerance:
                return best, True
        z = mixer.step(z, sy.advance(system, state, step))
    return best, False


def _raise_deficits(
    system: sy.System, failed: Array, tolerance: float, history: list[float]
) -> Attempt:
    """From balanced trade, raise the deficits to their full size in adaptive steps."""
    z, reached, width = np.zeros_like(failed), 0.0, 0.25
    z, done = accelerate(_scaled(system, 0.0), z, *STEPS[1], tolerance, history)
    if not done:
        return Attempt(failed, False, "Anderson", tuple(history))
    while reached < 1.0 and width >= FINEST:
        aim = min(1.0, reached + width)
        part = _scaled(system, aim)
        trial, done = accelerate(part, z, *STEPS[0], tolerance, history)
        if done and (sy.evaluate(part, trial).income > 0).all():
            z, reached, width = trial, aim, 2 * width
        else:
            width *= 0.5
    if reached == 1.0:
        return Attempt(z, True, "path in the deficits", tuple(history))
    income = sy.evaluate(_scaled(system, reached), z).income
    poorest = int((income / system.factor_income).argmin())
    return Attempt(failed, False, "path in the deficits", tuple(history), reached, poorest)


def _scaled(system: sy.System, part: float) -> sy.System:
    return replace(system, deficit=part * system.deficit, deficit_share=part * system.deficit_share)
