"""Quotas as the equilibrium sees them: each has a rent that is 0 where it does not bind.

Each bound on a flow has one unknown u >= 0 that joins the stacked state (complementarity): the log
of what the good is worth to its buyer over the border price.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array


@dataclass(frozen=True, eq=False)
class Cells:
    """K bounds, one flow each, (K,) each array.

    Attributes:
        importer, exporter, sector: positions of the flow.
        abroad: 1 where the exporter earns the rent.
        theta: trade elasticity.
        bound: largest volume, ratio to baseline.
        baseline: value of the flow at baseline, over the seller's unit cost of 1.
        step: how far u answers the gap.
        layers: positions of cells, each flow at most once in a layer: a flow under two bounds has
            its rents one on top of the other.
    """

    importer: Any
    exporter: Any
    sector: Any
    abroad: Array
    theta: Array
    bound: Array
    baseline: Array
    step: Array
    layers: tuple[Any, ...]

    def __len__(self) -> int:
        """K."""
        return self.importer.shape[0]

    def within(self, z: Array) -> Array:
        """The stacked state, whose last unknowns are these, with every u at 0 or above."""
        z, first = z.copy(), z.shape[-1] - len(self)
        z[..., first:] = np.maximum(z[..., first:], 0.0)
        return z

    def advance(self, unknowns: Array, gap: Array, xp: Any = np) -> Array:
        """The next unknowns: u answers its gap and stays at 0 or above."""
        return xp.maximum(unknowns + self.step * gap, xp.zeros_like(unknowns))


@dataclass(frozen=True, eq=False)
class Opened:
    """What the unknowns do to K flows.

    Attributes:
        bought: of the flow's share weight this much is left, and `received` of what its seller
            gets; 1 where the bound is slack.
        rent: what the exporter's side earns there, over the border price; else the buyers do.
    """

    bought: Array
    received: Array
    rent: Array


def open_cells(cells: Cells, unknowns: Array, xp: Any = np) -> Opened:
    """What the unknowns [K] leave of each bound flow."""
    rent = xp.expm1(unknowns)
    return Opened(
        bought=xp.exp(-cells.theta * unknowns),
        received=xp.exp(-(cells.theta + 1.0) * unknowns),
        rent=xp.where(cells.abroad > 0, rent, 0.0 * rent),
    )


def gaps(cells: Cells, unknowns: Array, sellers: Array, received: Array, xp: Any = np) -> Array:
    """Gaps of the bounds [K]: above 0 where the bound is broken, 0 at a solution.

    sellers, received: [K] log c of the flow's seller, and what it gets. Complementarity on 0 <= u
    as its natural residual: the gap where u is above 0, and how far u is from 0 where it should not
    be.
    """
    volume = xp.log(received / (cells.baseline * cells.bound)) - sellers
    return xp.maximum(volume, -unknowns)
