"""Which bounds are in force: only those that an equilibrium without them would break.

Quotas always stand in the system. Price caps, limits on one origin and limits on volume enter one
solve after the other, so that a bound which does not bind changes nothing, to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.cells import SHARE, VOLUME, Cap, Limits
from threatpoint.errors import ConvergenceError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium.caps import Regime
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.equilibrium.supply import Supply
    from threatpoint.policy.wedges import Wedges

    Array = NDArray[np.float64]

SLACK = 1.0 + 1e-9
"""A physical limit counts as exceeded above this multiple of it."""

MOST = 40
"""Sets of bounds that are tried."""


@dataclass(frozen=True)
class Active:
    """Bounds that bind.

    Attributes:
        flows: (importer, exporter, sector) -> (SHARE or VOLUME, its bound).
        caps: price cap -> its regime.
        rounds: sets of bounds tried before.
    """

    flows: Limits = field(default_factory=dict[tuple[int, int, int], tuple[int, float]])
    caps: Mapping[Cap, Regime] = field(default_factory=dict[Cap, "Regime"])
    rounds: int = 0

    def wedges(self, wedges: Wedges) -> Wedges:
        """The policy with flows closed that a cap shuts: what stands beside the good is left."""
        shut = [cap for cap, regime in self.caps.items() if regime == "shut"]
        if not shut:
            return wedges
        survival = wedges.survival.copy()
        for p, i, j in shut:
            survival[:, i, j] *= 1.0 - wedges.price_limits[p].part[:, i, j]
        return replace(wedges, survival=survival)

    def after(self, found: Solution) -> Active | None:
        """The bounds to solve with next; None where the equilibrium found breaks none.

        Raises:
            ConvergenceError: bounds go on and off without end.
        """
        flows = {
            flow: bound
            for flow, bound in _exceeded(found, found.supply).items()
            if flow not in self.flows
        }
        caps = {**self.caps, **_moved(found, self.caps)}
        if not flows and caps == self.caps:
            return None
        if self.rounds == MOST:
            raise ConvergenceError(
                f"no equilibrium found: after {MOST} sets of bounds (quotas, caps, limits on one "
                "origin) another one binds each time. Try fewer bounds at once.",
                found.status,
            )
        return Active({**self.flows, **flows}, caps, self.rounds + 1)


def _moved(found: Solution, known: Mapping[Cap, Regime]) -> dict[Cap, Regime]:
    """Price caps that enter, and those whose regime does not hold at this equilibrium."""
    moved: dict[Cap, Regime] = {}
    for p, limit in enumerate(found.wedges.price_limits):
        live = (limit.part > 0) & (found.baseline_trade > 0)
        for i, j in np.argwhere(live.any(axis=0)):
            key = (p, int(i), int(j))
            price, regime = found.unit_costs[i, j], known.get(key)
            at_start, at_end = found.ends(key)
            at_start = at_start and regime == "evading"
            if price > limit.cap * SLACK:
                if regime is None:
                    moved[key] = "served"
                elif regime == "served" and at_end:
                    moved[key] = "evading" if limit.served < 1.0 else "shut"
            elif price * SLACK < limit.cap and (
                regime == "shut" or (regime == "evading" and at_start)
            ):
                moved[key] = "served"
    return moved


def _exceeded(found: Solution, supply: Supply) -> dict[tuple[int, int, int], tuple[int, float]]:
    """Limits of physics that the equilibrium breaks.

    A limit on one origin below the baseline share is the baseline share.
    """
    c, policy = found.calibration, found.wedges.largest_volume
    broken: dict[tuple[int, int, int], tuple[int, float]] = {}
    if np.isfinite(policy).any() or np.isfinite(supply.largest_volume).any():
        most = np.minimum(supply.largest_volume, policy)
        volume = found.trade / found.unit_costs / np.where(c.pi > 0, found.baseline_trade, 1.0)
        for n, i, j in np.argwhere((c.pi > 0) & (volume > most * SLACK)):
            broken[int(n), int(i), int(j)] = (VOLUME, float(most[n, i, j]))
    if (supply.largest_share < 1.0).any():
        limit = np.maximum(supply.largest_share, c.pi)
        for n, i, j in np.argwhere((supply.largest_share < 1.0) & (found.shares > limit * SLACK)):
            broken.setdefault((int(n), int(i), int(j)), (SHARE, float(limit[n, i, j])))
    return broken
