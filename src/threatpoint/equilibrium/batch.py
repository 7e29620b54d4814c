"""Many fixed points in one pass: the same map, guide and acceleration along a leading axis.

A member's numbers depend on no other member: each operation works along its own axes, those of the
guide on lists padded to one width, and who has arrived stands still. So a list gives the same bits
however it is cut. What comes out is only a point for each member: it is judged one by one as ever.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.equations import is_one
from threatpoint.equilibrium.evaluation import advance, evaluate
from threatpoint.equilibrium.fixed_point import Anderson
from threatpoint.equilibrium.iterate import GUIDED

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from threatpoint.array_types import Array
    from threatpoint.equilibrium.guide import Guide
    from threatpoint.equilibrium.iterate import Correction
    from threatpoint.equilibrium.supply import Curves
    from threatpoint.equilibrium.system import System

WIDTH = 32
"""Most members in one pass; for the guide a shorter list is padded with its last member."""

COMMON = ("place", "charged", "blocs", "closure")
"""Constants that members of one pass must share: they decide shapes and branches."""

SCALARS = {"eta": (1, 1), "epsilon": (1, 1), "within": (1, 1), "rho": (1, 1), "step": (1,)}
"""Constants that are one number for each member -> axes they are spread over."""


def alike(system: System) -> Hashable:
    """What must be equal for systems to be solved in one pass."""
    nests = tuple(is_one(x) or np.ndim(x) for x in (system.eta, system.epsilon, system.rho))
    common = (getattr(system, name) for name in COMMON)
    words = tuple(x if isinstance(x, str) else (x.shape, x.tobytes()) for x in common)
    c = system.curves
    curves = c and (c.price is not None, c.imposed.tobytes())
    return system.shape, system.shares.shape, words, curves, nests


def stacked(systems: Sequence[System]) -> System:
    """Systems that are alike as one, with a leading axis where they differ."""
    changes = {
        f.name: _together([getattr(system, f.name) for system in systems], SCALARS.get(f.name))
        for f in fields(systems[0])
        if f.name not in (*COMMON, "curves", "cells", "apart")
    }
    return replace(systems[0], curves=_curves([s.curves for s in systems]), **changes)


def _curves(curves: Sequence[Curves | None]) -> Curves | None:
    first = curves[0]
    if first is None:
        return None
    names = [f.name for f in fields(first) if f.name != "imposed"]
    return replace(
        first,
        **{x: _together([getattr(c, x) for c in curves], SCALARS.get(x)) for x in names},
    )


def _together(values: list[Any], spread: tuple[int, ...] | None) -> Any:
    """One value where all are equal, else all along a leading axis."""
    first = values[0]
    if all(value is first or np.array_equal(value, first) for value in values[1:]):
        return first
    if isinstance(first, np.ndarray):
        return np.stack(values)
    return np.array(values).reshape(-1, *(spread or ()))


def accelerate_many(
    systems: Sequence[System], starts: Sequence[Array], tolerance: float, guide: Guide
) -> list[tuple[Array, list[float]]]:
    """(best point, residuals of its evaluations) of each, at most `WIDTH` systems that are alike.

    A member that leaves the domain, or does not arrive within the evaluations allowed, stays where
    its residual was least.
    """
    system, z = stacked(systems), np.stack(starts)
    corrected = _corrected(systems, system, guide)
    best, smallest, live = z.copy(), np.full(len(z), np.inf), np.ones(len(z), dtype=bool)
    mixer, history = Anderson(z.shape), [list[float]() for _ in systems]
    with np.errstate(all="ignore"):
        for _ in range(GUIDED):
            state = evaluate(system, z)
            residual = state.residuals
            for k in np.flatnonzero(live):
                history[k].append(float(residual[k]))
            better = live & (residual < smallest)
            best[better], smallest[better] = z[better], residual[better]
            image = advance(system, state)
            image = image if corrected is None else z + corrected(image - z)
            live = live & np.isfinite(image).all(axis=-1) & (smallest > tolerance)
            if not live.any():
                break
            image[~live] = z[~live]
            z = np.where(live[:, None], mixer.step(z, image), z)
    return list(zip(best, history, strict=True))


def _corrected(systems: Sequence[System], system: System, guide: Guide) -> Correction | None:
    """The guide's step for each of some systems, which together are `system`.

    One product of many rows is cut in blocks: only with as many rows each has the same bits.
    """
    count, led = len(systems), guide.of(system)
    order = [*range(count), *[count - 1] * (WIDTH - count)]
    if led is not guide.unbounded and count < WIDTH:
        led = guide.of(stacked([systems[k] for k in order]))
    return None if led is None else lambda step: led.newton(step[order])[:count]
