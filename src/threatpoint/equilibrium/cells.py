"""Wedges that the equilibrium decides: quotas, limits on one origin, price caps.

Each bound cell has one unknown u >= 0, the log of what the good is worth to the buyer over the
seller's price; it joins the stacked state. u is 0 where the bound does not bind (complementarity).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.policy.wedges import Wedges

    Array = NDArray[np.float64]

VOLUME, SHARE, PRICE = 0, 1, 2
SOFT = 0.5
"""Added to the slope of a bound's response, so that no step is larger than 1 / SOFT."""


@dataclass(frozen=True, eq=False)
class Cells:
    """K bound flows, (K,) each.

    Attributes:
        importer, exporter, sector: positions.
        kind: VOLUME, SHARE or PRICE.
        bound: largest volume (ratio to baseline), largest share of spending, or cap (ratio to the
            seller's baseline price).
        baseline: baseline value of the flow over the seller's unit cost of 1 (VOLUME), else 1.
        abroad: True where the exporter earns the rent.
        served, cost, part: of a price cap; 0, 0, 1 for the others.
        theta: trade elasticity of the cell.
        step: how far u answers the gap.
    """

    importer: Any
    exporter: Any
    sector: Any
    kind: Array
    bound: Array
    baseline: Array
    abroad: Array
    served: Array
    cost: Array
    part: Array
    theta: Array
    step: Array

    def __len__(self) -> int:
        """K."""
        return len(self.bound)


@dataclass(frozen=True, eq=False)
class Opened:
    """What the unknowns do to K flows: buyers pay `worth`; of that `paid` is the seller's price,
    `charged` goes to the exporter's side, `wasted` of it for real costs; the rest is the buyers'.
    """

    worth: Array
    charged: Array
    wasted: Array


Binding = dict[tuple[int, int, int], tuple[int, float]]
"""(importer, exporter, sector) -> (SHARE or VOLUME, its bound)."""


def bound_cells(c: Calibration, wedges: Wedges, binding: Binding) -> Cells:
    """All bound flows of a policy, and the limits of physics that turned out to bind.

    Args:
        c: the baseline.
        wedges: gives volume and price limits.
        binding: limits on one origin and on volumes that were exceeded without them.
    """
    rows: list[tuple[float, ...]] = []
    value = c.pi * c.expenditure[:, None, :] / (1.0 + c.tariff)
    for limit in wedges.volume_limits:
        for n, i, j in np.argwhere(limit.cells & (value > 0)):
            abroad = float(limit.payee == "exporter")
            rows.append((n, i, j, VOLUME, limit.volume, float(value[n, i, j]), abroad, 0, 0, 1))
    for limit in wedges.price_limits:
        for n, i, j in np.argwhere(limit.cells & (value > 0) & (limit.part > 0)):
            part = float(limit.part[n, i, j])
            rows.append((n, i, j, PRICE, limit.cap, 1, 0, limit.served, limit.cost, part))
    for (n, i, j), (kind, bound) in binding.items():
        volume = kind == VOLUME
        base = float(value[n, i, j]) if volume else 1.0
        rows.append((n, i, j, kind, bound, base, float(volume), 0, 0, 1))
    table = np.array(rows, dtype=np.float64).reshape(-1, 10).T
    n, i, j = (table[k].astype(np.intp) for k in range(3))
    theta = c.elasticities.theta[j]
    home = 1.0 - c.pi[n, i, j]
    step = 1.0 / (theta * home + SOFT)
    return Cells(n, i, j, *table[3:], theta=theta, step=np.where(table[3] == PRICE, 1.0, step))


def open_cells(k: Cells, u: Array, log_cost: Array) -> Opened:
    """The split of each bound flow at the unknowns u [K]; log_cost [j, n] of the sellers.

    Of a price cap only `part` of the flow is capped: buyers then pay 1 + part (e^u - 1) on average.
    """
    worth = 1.0 + k.part * np.expm1(u)
    seller = np.exp(log_cost[k.sector, k.exporter])
    free = seller * np.exp(u)
    needs = (1.0 - k.served) * k.cost * (free > 0)
    wasted = np.where(k.kind == PRICE, k.part * np.minimum(needs / seller, np.expm1(u)), 0.0)
    charged = np.where(k.abroad > 0, worth - 1.0, wasted)
    return Opened(worth, charged, wasted)


def gaps(k: Cells, u: Array, log_cost: Array, share: Array, received: Array) -> Array:
    """Bound gaps [K]: above 0 where the bound is broken, 0 at a solution.

    share: of the buyer's spending; received: money at the producer. For a price cap the seller's
    price must be served min(cap, p) + (1 - served)(p - cost), p = c e^u. The natural residual of
    complementarity is the larger of the gap and -u.
    """
    cost = log_cost[k.sector, k.exporter]
    with np.errstate(divide="ignore", invalid="ignore"):
        volume = np.log(received / (k.baseline * k.bound)) - cost
        within = np.log(share / k.bound)
    worth = np.exp(cost + u)
    earned = k.served * np.minimum(k.bound, worth) + (1.0 - k.served) * (worth - k.cost)
    capped = cost - np.log(np.maximum(earned, 1e-3))
    gap = np.select([k.kind == VOLUME, k.kind == SHARE], [volume, within], capped)
    return np.maximum(gap, -u)
