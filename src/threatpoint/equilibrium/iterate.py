"""Drive the fixed point to its tolerance: Anderson acceleration on the map.

With a guide (`guide`) the same acceleration runs on steps that are nearly Newton's; on a path it
runs on Newton steps with a Jacobian that is kept from an earlier point (`newton.Jacobian`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.evaluation import advance, evaluate
from threatpoint.equilibrium.fixed_point import Anderson

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.guide import Guide
    from threatpoint.equilibrium.system import System

STEPS = ((1.0, 400), (1 / 8, 400))
"""Part of the system's wage step, and evaluations allowed; tried in turn."""

METHOD = "Anderson, guided by the baseline's Jacobian"
LOST = ", after the baseline's Jacobian did not help"

Correction = Callable[["Array"], "Array"]
"""From the map's step to a better one."""


GUIDED = 40
"""Evaluations allowed with a guide; where it helps, 7 to 12 are usual."""


def iterate(
    system: System,
    first: Array,
    tolerance: float,
    history: list[float],
    guide: Guide | None = None,
    hopeless: Callable[[Array], bool] = lambda _: False,
) -> tuple[Array, str]:
    """The guided map, the map alone, the same with a smaller wage step: (best point, method).

    The method is "" where none succeeded, and says so where a guide was there and did not help: the
    map then starts anew from `first`, unless the point reached is hopeless.
    """
    with np.errstate(all="ignore"):
        led = None if guide is None else guide.of(system)
    if led is not None:
        z, done = accelerate(system, first, 1.0, GUIDED, tolerance, history, led.newton)
        if done:
            return z, METHOD
        if hopeless(z):
            return z, ""
    z, lost = first, "" if led is None else LOST
    for part, allowed in STEPS:
        z, done = accelerate(system, first, part, allowed, tolerance, history)
        if done:
            return z, f"Anderson, step {part * system.step:.2g}{lost}"
    return z, ""


def accelerate(
    system: System,
    first: Array,
    part: float,
    allowed: int,
    tolerance: float,
    history: list[float],
    correct: Correction | None = None,
) -> tuple[Array, bool]:
    """Anderson on the map; returns the best point seen and whether it is an equilibrium.

    A point outside the domain (a non-finite residual) is left by going back to the best one with
    half the step and no memory. A point where every market clears is an equilibrium only if it is
    sound: no level at a corner, no country that spends less than nothing.

    It starts at `first` with this part of the system's wage step; the residuals of at most
    `allowed` evaluations are added to the history. `correct` makes the map's step a better one.
    """
    z, mixer, step = first, Anderson(first.shape), part * system.step
    best, smallest = first, np.inf
    with np.errstate(all="ignore"):
        for _ in range(allowed):
            state = evaluate(system, z)
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
                    return best, state.sound
            image = advance(system, state, step)
            image = image if correct is None else z + correct(image - z)
            if not np.isfinite(image).all():
                return best, False
            z = mixer.step(z, image)
            if system.cells is not None:
                z = system.cells.within(z)
    return best, False
