"""Wedges that the equilibrium decides: quotas, limits on one origin, price caps.

Each bound has one unknown t >= 0 that joins the stacked state, 0 where the bound does not bind
(complementarity). It sets u, the log of what the good is worth to its buyer over the seller's
price. A quota and a limit on one origin bind one flow; a price cap binds all flows of one seller
under it, with one u: buyers of one good at one price value it alike, so the rent is uniform. A cap
has the log of the seller's price as a second unknown (`caps`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium import caps

if TYPE_CHECKING:
    from threatpoint.array_types import Array

VOLUME, SHARE, PRICE = 0, 1, 2
Limit = tuple[int, int, int, int]
"""A limit of physics: (importer, exporter, sector, SHARE or VOLUME)."""

Cap = tuple[int, int, int]
"""(position of the price limit, exporter, sector)."""


@dataclass(frozen=True, eq=False)
class Under:
    """Price caps on flows that have a bound with a rent for the exporter, (K,) each.

    Attributes:
        cap, served, cost, part: of the price limit; an infinite cap and 0 where there is none.
        below: position of the cap's own cell on the flow, -1 where it does not bind.
    """

    cap: Array
    served: Array
    cost: Array
    part: Array
    below: Any


@dataclass(frozen=True, eq=False)
class Cells:
    """K bound flows under G bounds, of which H are price caps; G + H unknowns.

    Attributes:
        importer, exporter, sector: (K,) positions.
        group: (K,) which bound the flow has.
        part: (K,) share of the flow that is bound; the rest is a channel of its own.
        abroad: (K,) 1 where the exporter earns the rent.
        theta: (K,) trade elasticity.
        under: price caps on flows whose exporter earns a rent: it has what the cap lets it have;
            None where there are none.
        layers: positions of cells, each flow at most once in a layer: a flow under two bounds has
            its rents one on top of the other.
        head: (G,) the first cell of each bound.
        kind: (G,) VOLUME, SHARE or PRICE.
        bound: (G,) largest volume (ratio to baseline), largest share of spending, or cap (ratio to
            the seller's baseline price).
        baseline: (G,) baseline value of the flow over the seller's unit cost of 1 (VOLUME), else 1.
        served, cost, evading: (G,) of a price cap, and whether its rest evades; 0 for the others.
        most: (G,) the largest t of the regime; infinite where there is none.
        step: (G,) how far t answers the gap.
        caps: price cap -> its bound, which are the last H.
    """

    importer: Any
    exporter: Any
    sector: Any
    group: Any
    part: Array
    abroad: Array
    theta: Array
    under: Under | None
    layers: tuple[Any, ...]
    head: Any
    kind: Array
    bound: Array
    baseline: Array
    served: Array
    cost: Array
    evading: Array
    most: Array
    step: Array
    caps: Mapping[Cap, int]

    def __len__(self) -> int:
        """G + H."""
        return self.head.shape[0] + len(self.caps)

    def bound_of(self, unknown: int) -> int:
        """The bound to which an unknown belongs."""
        return unknown if unknown < self.head.shape[0] else unknown - len(self.caps)

    def split(self, unknowns: Array, xp: Any = np) -> tuple[Array, Array]:
        """(t [G], log c of the sellers [G], 0 where there is no cap)."""
        bounds, free = self.head.shape[0], self.head.shape[0] - len(self.caps)
        t = unknowns[..., :bounds]
        cost = xp.concat([xp.zeros_like(t[..., :free]), unknowns[..., bounds:]], axis=-1)
        return t, cost

    def within(self, z: Array) -> Array:
        """The stacked state, whose last unknowns are these, with every t within its ends."""
        z, first = z.copy(), z.shape[-1] - len(self)
        t = slice(first, first + self.head.shape[0])
        z[..., t] = np.minimum(np.maximum(z[..., t], 0.0), self.most)
        return z

    def advance(self, unknowns: Array, gap: Array, xp: Any = np) -> Array:
        """The next unknowns: t answers its gap within its ends, log c takes the seller's."""
        count = self.head.shape[0]
        t = unknowns[..., :count] + self.step * gap[..., :count]
        moved = xp.minimum(xp.maximum(t, xp.zeros_like(t)), self.most)
        return xp.concat([moved, unknowns[..., count:] + gap[..., count:]], axis=-1)


@dataclass(frozen=True, eq=False)
class Opened:
    """What the unknowns do to K flows.

    Attributes:
        bought: of the flow's share weight this much is left, and `received` of what its seller
            gets; 1 where the bound is slack.
        bound: the part of `received` that is under the bound.
        log_worth: log of what it is worth to the buyer over the border price without the bound.
        rent: what the exporter's side earns there, over that price.
        wasted: what it uses up there for real costs, over what the seller gets. The rest of the gap
            between the buyers' worth and the border price is the buyers'.
    """

    bought: Array
    received: Array
    bound: Array
    log_worth: Array
    rent: Array
    wasted: Array


def open_cells(cells: Cells, unknowns: Array, xp: Any = np) -> Opened:
    """What the unknowns [G + H] leave of each bound flow."""
    t, cost = cells.split(unknowns, xp)
    worth, rest = caps.path(t, cost, cells.bound, cells.cost, cells.evading, xp)
    capped = cells.kind == PRICE
    u = xp.take(xp.where(capped, worth, t), cells.group, axis=-1)
    waste = (1.0 - cells.served) * rest * cells.cost * xp.exp(-cost)
    waste = xp.take(xp.where(capped, waste, 0.0 * waste), cells.group, axis=-1)
    bound = cells.part * xp.exp(-(cells.theta + 1.0) * u)
    rent = xp.expm1(u)
    return Opened(
        bought=1.0 - cells.part + cells.part * xp.exp(-cells.theta * u),
        received=1.0 - cells.part + bound,
        bound=bound,
        log_worth=u,
        rent=xp.where(cells.abroad > 0, rent, 0.0 * rent),
        wasted=xp.minimum(waste, xp.maximum(rent, 0.0 * rent)),
    )


def exporters(cells: Cells, opened: Opened, log_cost: Array, xp: Any) -> tuple[Array, Array, Array]:
    """What a cap leaves of the exporter's rent: (rent on the border price, rent and waste on what
    the seller gets), (K,) each; log_cost (K,) of the sellers.

    The part of the flow that is the capped good earns R at its worth, less what it earns without
    this bound; the rest earns all of the rent.
    """
    under, wasted = cells.under, opened.wasted
    none = 0.0 * opened.rent
    if under is None:
        return opened.rent, none, wasted
    cap, served, cost, below = under.cap, under.served, under.cost, under.below >= 0
    low = xp.where(below, xp.take(opened.log_worth, under.below, axis=-1), none)
    left = under.part * xp.exp(-(cells.theta + 1.0) * low)
    capped = left / (1.0 - under.part + left)
    price = xp.exp(log_cost)
    before, after = price * xp.exp(low), price * xp.exp(low + opened.log_worth)
    earned = caps.earned(after, cap, served, cost, xp) - caps.earned(before, cap, served, cost, xp)
    evading = xp.where(after - cost > cap, (1.0 - served) * cost / price, none)
    already = xp.where(below, xp.take(wasted, under.below, axis=-1), none)
    more = xp.maximum(evading - already, none)
    mine = cells.abroad > 0
    rent = xp.where(mine, capped * xp.maximum(earned, none) / price, none)
    return (1.0 - capped) * opened.rent, rent, xp.where(mine, capped * more, wasted)


def gaps(
    cells: Cells, unknowns: Array, sellers: Array, share: Array, received: Array, xp: Any = np
) -> Array:
    """Gaps of the bounds [G + H]: above 0 where the bound is broken, 0 at a solution.

    sellers, share, received: [G] of the first flow of each, its seller's log c, its share of the
    buyer's spending and what its seller gets. Complementarity on 0 <= t <= most as its natural
    residual: the gap where t is inside, and how far t is from the end that the gap points to.
    """
    t, cost = cells.split(unknowns, xp)
    volume = xp.log(received / (cells.baseline * cells.bound)) - sellers
    within = xp.log(share / cells.bound)
    worth = caps.path(t, cost, cells.bound, cells.cost, cells.evading, xp)[0]
    gap = caps.gap(cost, worth, cells.bound, cells.served, cells.cost, cells.evading, xp)
    gap = xp.where(cells.kind == SHARE, within, gap)
    gap = xp.where(cells.kind == VOLUME, volume, gap)
    ends = xp.maximum(xp.minimum(gap, cells.most - t), -t)
    free = cells.head.shape[0] - len(cells.caps)
    return xp.concat([ends, (sellers - cost)[..., free:]], axis=-1)
