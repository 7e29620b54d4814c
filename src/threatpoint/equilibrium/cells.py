"""Wedges that the equilibrium decides: quotas, limits on one origin, price caps.

Each bound has one unknown t >= 0 that joins the stacked state, 0 where the bound does not bind
(complementarity). It sets u, the log of what the good is worth to its buyer over the seller's
price. A quota and a limit on one origin bind one flow; a price cap binds all flows of one seller
under it, with one u: buyers of one good at one price value it alike, so the rent is uniform. A cap
has the log of the seller's price as a second unknown (`caps`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium import caps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.supply import Supply
    from threatpoint.policy.limits import PriceLimit
    from threatpoint.policy.wedges import Wedges

    Array = NDArray[np.float64]

VOLUME, SHARE, PRICE = 0, 1, 2
Limit = tuple[int, int, int, int]
"""A limit of physics: (importer, exporter, sector, SHARE or VOLUME)."""

Cap = tuple[int, int, int]
"""(position of the price limit, exporter, sector)."""

SOFT = 0.5
"""Added to the slope of a bound's response, so that no step is larger than 1 / SOFT."""


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
        return len(self.head) + len(self.caps)

    def bound_of(self, unknown: int) -> int:
        """The bound to which an unknown belongs."""
        return unknown if unknown < len(self.head) else unknown - len(self.caps)

    def split(self, unknowns: Array) -> tuple[Array, Array]:
        """(t [G], log c of the sellers [G], 0 where there is no cap)."""
        bounds, free = len(self.head), len(self.head) - len(self.caps)
        return unknowns[:bounds], np.concatenate([np.zeros(free), unknowns[bounds:]])

    def advance(self, unknowns: Array, gap: Array) -> Array:
        """The next unknowns: t answers its gap within its ends, log c takes the seller's."""
        count = len(self.head)
        moved = np.clip(unknowns[:count] + self.step * gap[:count], 0.0, self.most)
        return np.concatenate([moved, unknowns[count:] + gap[count:]])


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


def physical(c: Calibration, wedges: Wedges, supply: Supply) -> tuple[Array, Array]:
    """(most volume of each flow, ratio to baseline; most share of spending), (N, N, S).

    A limit on one origin below the baseline share is the baseline share.
    """
    share = np.maximum(supply.largest_share, c.pi)
    return np.minimum(supply.largest_volume, wedges.largest_volume), share


def bound_cells(
    c: Calibration,
    wedges: Wedges,
    supply: Supply,
    binding: Collection[Limit],
    capped: Mapping[Cap, caps.Regime],
) -> Cells:
    """All quotas of a policy, and the other bounds that turned out to bind.

    Args:
        c: the baseline.
        wedges: gives volume and price limits.
        supply: gives limits of physics.
        binding: limits on one origin and on volumes that are exceeded without them.
        capped: price caps below the seller's price without them.
    """
    value = c.pi * c.expenditure[:, None, :] / (1.0 + c.tariff)
    flows: list[Any] = []  # importer, exporter, sector, unknown, part, abroad
    bounds: list[Any] = []  # kind, bound, baseline, served, cost, evading
    for limit in wedges.volume_limits:
        for n, i, j in np.argwhere(limit.cells & (value > 0)):
            flows.append((n, i, j, len(bounds), 1, limit.payee == "exporter"))
            bounds.append((VOLUME, limit.volume, value[n, i, j], 0, 0, 0))
    most = physical(c, wedges, supply)
    for n, i, j, kind in sorted(binding):
        volume = kind == VOLUME
        flows.append((n, i, j, len(bounds), 1, volume))
        bounds.append((kind, most[kind][n, i, j], value[n, i, j] if volume else 1, 0, 0, 0))
    places: dict[Cap, int] = {}
    for key, regime in capped.items():
        p, i, j = key
        if regime == "shut":
            continue
        limit, places[key] = wedges.price_limits[p], len(bounds)
        buyers = np.flatnonzero((limit.part * value)[:, i, j] > 0)
        flows += [(n, i, j, len(bounds), limit.part[n, i, j], 0) for n in buyers]
        bounds.append((PRICE, limit.cap, 1, limit.served, limit.cost, regime == "evading"))
    tables = (np.array(flows, dtype=float), np.array(bounds, dtype=float))
    sold = [
        _without(
            limit, [(i, j) for (q, i, j), regime in capped.items() if (q, regime) == (p, "shut")]
        )
        for p, limit in enumerate(wedges.price_limits)
    ]
    return _cells(c, *tables, places, sold)


def _without(limit: PriceLimit, shut: Sequence[tuple[int, int]]) -> PriceLimit:
    """The price limit without sellers that sell nothing under it."""
    if not shut:
        return limit
    part = limit.part.copy()
    for i, j in shut:
        part[:, i, j] = 0.0
    return replace(limit, part=part)


def _cells(
    c: Calibration,
    flows: Array,
    bounds: Array,
    places: Mapping[Cap, int],
    limits: Sequence[PriceLimit],
) -> Cells:
    """The tables of `bound_cells` as `Cells`."""
    n, i, j, group = flows.reshape(-1, 6).T[:4].astype(np.intp)
    part, abroad = flows.reshape(-1, 6).T[4:]
    kind, bound, baseline, served, cost, evading = bounds.reshape(-1, 6).T
    head = np.unique(group, return_index=True)[1]
    theta = c.elasticities.theta[j]
    layers = _layers(list(zip(n, i, j, strict=True)))
    price = kind == PRICE
    all_served = np.where(served < 1.0, caps.widest(bound, cost), caps.GONE / theta[head])
    most = np.where(price & (evading == 0), all_served, np.inf)
    soft = 1.0 / ((theta * (1.0 - c.pi[n, i, j]))[head] + SOFT)
    step = np.where(price, 1.0, soft)
    more = (kind, bound, baseline, served, cost, evading, most, step, places)
    under = _under(limits, flows.reshape(-1, 6), price[group]) if limits else None
    return Cells(n, i, j, group, part, abroad, theta, under, layers, head, *more)


def _under(limits: Sequence[PriceLimit], flows: Array, price: NDArray[np.bool_]) -> Under | None:
    """The price caps on the flows whose exporter earns a rent."""
    places = [tuple(int(x) for x in row[:3]) for row in flows]
    own = {place: k for k, place in enumerate(places) if price[k]}
    terms = np.array([[np.inf, 0.0, 0.0, 0.0, -1.0]] * len(places)).reshape(-1, 5)
    for k, place in enumerate(places):
        for limit in limits:
            if flows[k, 5] and limit.cells[place] and limit.part[place] > 0:
                given = (limit.cap, limit.served, limit.cost, limit.part[place])
                terms[k] = (*given, own.get(place, -1))
    if not np.isfinite(terms[:, 0]).any():
        return None
    return Under(*terms.T[:4], below=terms[:, 4].astype(np.intp))


def _layers(places: list[tuple[int, ...]]) -> tuple[Any, ...]:
    """Positions in as many layers as the most bounded flow has bounds."""
    seen: dict[tuple[int, ...], int] = {}
    layers: list[list[int]] = []
    for k, place in enumerate(places):
        depth = seen[place] = seen.get(place, -1) + 1
        if depth == len(layers):
            layers.append([])
        layers[depth].append(k)
    return tuple(np.array(layer, dtype=np.intp) for layer in layers)


def open_cells(k: Cells, unknowns: Array) -> Opened:
    """What the unknowns [G + H] leave of each bound flow."""
    t, cost = k.split(unknowns)
    worth, rest = caps.path(t, cost, k.bound, k.cost, k.evading)
    capped = k.kind == PRICE
    u = np.where(capped, worth, t)[k.group]
    waste = np.where(capped, (1.0 - k.served) * rest * k.cost * np.exp(-cost), 0.0)[k.group]
    wasted = np.minimum(waste, np.maximum(np.expm1(u), 0.0))
    bound = k.part * np.exp(-(k.theta + 1.0) * u)
    return Opened(
        bought=1.0 - k.part + k.part * np.exp(-k.theta * u),
        received=1.0 - k.part + bound,
        bound=bound,
        log_worth=u,
        rent=np.where(k.abroad > 0, np.expm1(u), 0.0),
        wasted=wasted,
    )


def exporters(k: Cells, o: Opened, log_cost: Array) -> tuple[Array, Array, Array]:
    """What a cap leaves of the exporter's rent: (rent on the border price, rent and waste on what
    the seller gets), (K,) each; log_cost [j, n] of the sellers.

    The part of the flow that is the capped good earns R at its worth, less what it earns without
    this bound; the rest earns all of the rent.
    """
    u = k.under
    if u is None:
        return o.rent, 0.0 * o.rent, o.wasted
    below = u.below >= 0
    low = np.where(below, o.log_worth[u.below], 0.0)
    left = u.part * np.exp(-(k.theta + 1.0) * low)
    capped = left / (1.0 - u.part + left)
    price = np.exp(log_cost[k.sector, k.exporter])
    worth = price * np.exp(low), price * np.exp(low + o.log_worth)
    first, then = (caps.earned(p, u.cap, u.served, u.cost) for p in worth)
    evading = (1.0 - u.served) * u.cost / price * (worth[1] - u.cost > u.cap)
    more = np.maximum(evading - np.where(below, o.wasted[u.below], 0.0), 0.0)
    mine = k.abroad > 0
    rent = np.where(mine, capped * np.maximum(then - first, 0.0) / price, 0.0)
    return (1.0 - capped) * o.rent, rent, np.where(mine, capped * more, o.wasted)


def gaps(k: Cells, unknowns: Array, log_cost: Array, share: Array, received: Array) -> Array:
    """Gaps of the bounds [G + H]: above 0 where the bound is broken, 0 at a solution.

    log_cost: [j, n] of the sellers. share, received: [G] of the first flow of each, its share of
    the buyer's spending and what its seller gets. Complementarity on 0 <= t <= most as its natural
    residual: the gap where t is inside, and how far t is from the end that the gap points to.
    """
    t, cost = k.split(unknowns)
    sellers = log_cost[k.sector[k.head], k.exporter[k.head]]
    with np.errstate(divide="ignore", invalid="ignore"):
        volume = np.log(received / (k.baseline * k.bound)) - sellers
        within = np.log(share / k.bound)
    worth = caps.path(t, cost, k.bound, k.cost, k.evading)[0]
    capped = caps.gap(cost, worth, k.bound, k.served, k.cost, k.evading)
    gap = np.select([k.kind == VOLUME, k.kind == SHARE], [volume, within], capped)
    ends = np.maximum(np.minimum(gap, k.most - t), -t)
    return np.concatenate([ends, (sellers - cost)[k.kind == PRICE]])
