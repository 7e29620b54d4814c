"""Which bounds are in force: only those that an equilibrium without them would break.

Quotas always stand in the system. Price caps, limits on one origin and limits on volume enter one
solve after the other, so that a bound which does not bind changes nothing, to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.binding import limited, physical
from threatpoint.equilibrium.cells import SHARE, VOLUME, Cap, Limit
from threatpoint.errors import ConvergenceError

if TYPE_CHECKING:
    from threatpoint.array_types import Mask
    from threatpoint.equilibrium.caps import Regime
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.policy.limits import PriceLimit
    from threatpoint.policy.wedges import Wedges

SLACK = 1.0 + 1e-9
"""A physical limit counts as exceeded above this multiple of it."""

MOST = 40
"""Sets of bounds that are tried."""


@dataclass(frozen=True)
class Active:
    """Bounds that bind.

    Attributes:
        flows: (importer, exporter, sector, SHARE or VOLUME) of the limits of physics that bind.
        caps: price cap -> its regime.
        rounds: sets of bounds tried before.
    """

    flows: frozenset[Limit] = frozenset()
    caps: Mapping[Cap, Regime] = field(default_factory=dict[Cap, "Regime"])
    rounds: int = field(default=0, compare=False)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.flows or self.caps)

    def binding(self, found: Solution) -> bool:
        """Whether at least one of them binds at an equilibrium with them."""
        return "shut" in self.caps.values() or found.rents(len(self.flows) + len(self.caps))

    def wedges(self, wedges: Wedges) -> Wedges:
        """The policy with flows closed that a cap shuts: what stands beside the good is left."""
        return wedges

    def after(self, found: Solution) -> Active | None:
        """The bounds to solve with next; None where the equilibrium found breaks none.

        Raises:
            ConvergenceError: bounds go on and off without end.
        """
        flows = self.flows | _exceeded(found)
        caps: dict[Cap, Regime] = {**self.caps, **_moved(found, self.caps)}
        if flows == self.flows and caps == self.caps:
            return None
        if self.rounds == MOST:
            raise ConvergenceError(
                f"no equilibrium found: after {MOST} sets of bounds (quotas, caps, limits on one "
                "origin) another one binds each time. Try fewer bounds at once.",
                replace(found.status, code="oscillating"),
            )
        return Active(flows, caps, self.rounds + 1)


def _moved(found: Solution, known: Mapping[Cap, Regime]) -> dict[Cap, Regime]:
    """Price caps that enter, and those whose regime does not hold at this equilibrium."""
    moved: dict[Cap, Regime] = {}
    for p, limit in enumerate(()):
        live = (limit.part > 0) & (found.baseline_trade > 0)
        for i, j in np.argwhere(live.any(axis=0)):
            key = (p, int(i), int(j))
            regime = known.get(key)
            following = _following(found, key, regime, limit)
            if following != regime and following is not None:
                moved[key] = following
    return moved


def _following(
    found: Solution, key: Cap, regime: Regime | None, limit: PriceLimit
) -> Regime | None:
    """The regime of a cap to solve with next, by the seller's price and where the rent stands."""
    price = found.unit_costs[key[1], key[2]]
    at_start, at_end = found.ends(key)
    if price > limit.cap * SLACK and regime is None:
        return "served"
    if price > limit.cap * SLACK and regime == "served" and at_end:
        return "evading" if limit.served < 1.0 else "shut"
    if price * SLACK < limit.cap and (regime == "shut" or (regime == "evading" and at_start)):
        return "served"
    return regime


def _exceeded(found: Solution) -> set[Limit]:
    """Limits of physics that the equilibrium breaks."""
    base = found.calibration
    if not limited(base, found.wedges, found.supply):
        return set()
    volumes, shares = physical(base, found.wedges, found.supply)
    broken: set[Limit] = set()
    if np.isfinite(volumes).any():
        volume = found.trade / found.unit_costs / np.where(base.pi > 0, found.baseline_trade, 1.0)
        broken |= _places((base.pi > 0) & (volume > volumes * SLACK), VOLUME)
    if (shares < 1.0).any():
        broken |= _places(found.shares > shares * SLACK, SHARE)
    return broken


def _places(where: Mask, kind: int) -> set[Limit]:
    return {(int(n), int(i), int(j), kind) for n, i, j in np.argwhere(where)}
