"""The bounds that are in force, as the cells of a system."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from threatpoint.equilibrium import caps
from threatpoint.equilibrium.calibration import once_of_shares
from threatpoint.equilibrium.cells import PRICE, VOLUME, Cap, Cells, Limit, Under

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.supply import Supply
    from threatpoint.policy.limits import PriceLimit
    from threatpoint.policy.wedges import Wedges

SOFT = 0.5
"""Added to the slope of a bound's response, so that no step is larger than 1 / SOFT."""


def physical(base: Calibration, wedges: Wedges, supply: Supply) -> tuple[Array, Array]:
    """(most volume of each flow, ratio to baseline; most share of spending), (N, N, S).

    A limit on one origin below the baseline share is the baseline share.
    """
    share = np.maximum(supply.largest_share, base.pi)
    return supply.largest_volume, share


def limited(base: Calibration, wedges: Wedges, supply: Supply) -> bool:
    """Whether a limit of physics stands on any flow; in most problems none does."""
    if supply.largest_volume.min() < np.inf:
        return True
    share = supply.largest_share
    return bool(share.min() < 1.0 and (np.maximum(share, base.pi) < 1.0).any())


class Bound(NamedTuple):
    """One bound, as the attributes of `Cells` of these names; the first three are those of (G,)."""

    kind: int
    bound: float
    baseline: float = 1.0
    served: float = 0.0
    cost: float = 0.0
    evading: bool = False


class BoundFlow(NamedTuple):
    """One flow under the bound at position `group`, as the attributes of `Cells` of these names."""

    importer: int
    exporter: int
    sector: int
    group: int
    part: float = 1.0
    abroad: bool = False


def bound_cells(
    base: Calibration,
    wedges: Wedges,
    supply: Supply,
    binding: Collection[Limit],
    capped: Mapping[Cap, caps.Regime],
) -> Cells:
    """All quotas of a policy, and the other bounds that turned out to bind.

    `binding` are limits on one origin and on volumes that are exceeded without them, `capped` the
    price caps below the seller's price without them.
    """
    if not (wedges.volume_limits or binding):
        return _none(base)
    value = base.trade
    flows: list[BoundFlow] = []
    bounds: list[Bound] = []
    for limit in wedges.volume_limits:
        for n, i, j in np.argwhere(limit.cells & (value > 0)):
            flows.append(BoundFlow(n, i, j, len(bounds), abroad=limit.payee == "exporter"))
            bounds.append(Bound(VOLUME, limit.volume, float(value[n, i, j])))
    most = physical(base, wedges, supply) if binding else ()
    for n, i, j, kind in sorted(binding):
        volume = kind == VOLUME
        flows.append(BoundFlow(n, i, j, len(bounds), abroad=volume))
        bounds.append(Bound(kind, most[kind][n, i, j], value[n, i, j] if volume else 1.0))
    places: dict[Cap, int] = {}
    return _cells(base, flows, bounds, places, _open_limits((), capped))


@once_of_shares
def _none(base: Calibration) -> Cells:
    """No bounds."""
    return _cells(base, (), (), {}, ())


def _open_limits(
    limits: Sequence[PriceLimit], capped: Mapping[Cap, caps.Regime]
) -> list[PriceLimit]:
    """The price limits without sellers that sell nothing under them."""
    parts = [limit.part.copy() for limit in limits]
    for (p, i, j), regime in capped.items():
        if regime == "shut":
            parts[p][:, i, j] = 0.0
    return [replace(limit, part=part) for limit, part in zip(limits, parts, strict=True)]


def _cells(
    base: Calibration,
    flows: Sequence[BoundFlow],
    bounds: Sequence[Bound],
    places: Mapping[Cap, int],
    limits: Sequence[PriceLimit],
) -> Cells:
    """The bounds and their flows as arrays."""
    columns = np.array(flows, dtype=float).reshape(-1, len(BoundFlow._fields)).T
    n, i, j, group = columns[:4].astype(np.intp)
    part, abroad = columns[4:]
    terms = np.array(bounds, dtype=float).reshape(-1, len(Bound._fields)).T
    kind, bound, baseline, served, cost, evading = terms
    head = np.unique(group, return_index=True)[1]
    theta = base.elasticities.theta[j]
    layers = _layers(list(zip(n, i, j, strict=True)))
    price = kind == PRICE
    all_served = np.where(served < 1.0, caps.widest(bound, cost), caps.GONE / theta[head])
    most = np.where(price & (evading == 0), all_served, np.inf)
    soft = 1.0 / ((theta * (1.0 - base.pi[n, i, j]))[head] + SOFT)
    step = np.where(price, 1.0, soft)
    more = (kind, bound, baseline, served, cost, evading, most, step, places)
    under = _under(limits, flows, price[group]) if limits else None
    return Cells(n, i, j, group, part, abroad, theta, under, layers, head, *more)


def _under(limits: Sequence[PriceLimit], flows: Sequence[BoundFlow], price: Mask) -> Under | None:
    """The price caps on the flows whose exporter earns a rent."""
    places = [tuple(map(int, flow[:3])) for flow in flows]
    own = {place: k for k, place in enumerate(places) if price[k]}
    terms = np.array([[np.inf, 0.0, 0.0, 0.0, -1.0]] * len(places)).reshape(-1, 5)
    for k, place in enumerate(places):
        for limit in limits:
            if flows[k].abroad and limit.cells[place] and limit.part[place] > 0:
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
