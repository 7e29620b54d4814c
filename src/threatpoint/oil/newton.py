"""The three prices at once, by Newton steps from the baseline.

Ten times faster than level by level. There is one root, so a point that is reached is the one; what
does not arrive is solved level by level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.oil.buyers import Buyers
from threatpoint.oil.cleared import Cleared, at

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.oil.crude import Crude

STEPS = 30
"""Most Newton steps; five to eight are usual."""

LONGEST = np.array([0.5, 15.0, 15.0])
"""Longest step of the log world price, of the seller's price and of freight, USD a barrel."""

ARRIVED = 1e-12
"""mb/d, or USD a barrel, by which a Newton point may be off."""

EDGE = 1e-6
"""A cap this near the shut-in price, USD a barrel, leaves open what is asked of the barrels that
evade it; level by level it is the least."""

NUDGE = np.array([1e-7, 1e-5, 1e-5])
"""Steps of the differences that make the slopes."""


def near(crude: Crude) -> tuple[Cleared, Mask]:
    """(Newton's point from the baseline, which draws have arrived); one root, so it is the one."""
    point = np.stack([np.zeros(crude.draws), crude.price, np.zeros(crude.draws)])
    gap = _gaps(crude, point)
    for _ in range(STEPS):
        moving = ~(np.abs(gap).max(axis=0) <= ARRIVED)
        if not moving.any():
            break
        here = np.flatnonzero(moving)
        part = crude.pick(here)
        point[:, here] -= _step(part, point[:, here], gap[:, here])
        gap[:, here] = _gaps(part, point[:, here])
    arrived = np.abs(gap).max(axis=0) <= ARRIVED
    open_ = np.abs(crude.cap - crude.shut_in) <= EDGE
    return at(crude, *point), arrived & ~open_


def _gaps(crude: Crude, point: Array) -> Array:
    """(3, D) what is left: barrels of the world; of the seller, or its distance from closing;
    freight.
    """
    found = at(crude, *point)
    excess = found.offer.exports - found.exports
    closing = found.offer.net - crude.shut_in
    asked = Buyers(crude, found.log_price).asked(found.taken.volume)
    return np.stack([found.imbalance, np.minimum(closing, excess), found.taken.freight - asked])


def _step(crude: Crude, point: Array, gap: Array) -> Array:
    """(3, D) a Newton step, no longer than `LONGEST` and never below a price of nothing."""
    slopes = np.empty((crude.draws, 3, 3))
    for k, nudge in enumerate(NUDGE):
        moved = point.copy()
        moved[k] += nudge
        slopes[:, :, k] = ((_gaps(crude, moved) - gap) / nudge).T
    flat = np.abs(np.linalg.det(slopes)) < 1e-14
    slopes[flat] = np.eye(3)
    step: Array = np.asarray(np.linalg.solve(slopes, gap.T[:, :, None])[:, :, 0].T, np.float64)
    step = np.clip(step, -LONGEST[:, None], LONGEST[:, None])
    step[1] = np.minimum(step[1], 0.9 * point[1])
    step[2] = np.minimum(step[2], point[2])
    return step
