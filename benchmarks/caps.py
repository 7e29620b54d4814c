"""Price caps, for `benchmarks.residuals`: the seller's price and the rent must fit each other.

p is what the capped good is worth to its buyers, z the cap, s the served share, m the cost of doing
without the services. The seller gets R(p) = s min(p, z) + (1 - s) max(min(p, z), p - m), so a cap
at or above the price changes nothing. Where p - m = z sellers are indifferent: any part evades.
Where all is served and the seller gets more elsewhere, nothing is sold under the cap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.plain import Base, Channel
    from threatpoint.equilibrium import Solution
    from threatpoint.policy.limits import PriceLimit

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

GONE = 1e-9
"""Below this share of the best known flow nothing is sold under a cap."""

FUZZ = 1e-7
"""In logs: a price that stands at a kink of R. Above GONE / FUZZ a rent is known this well."""


@dataclass(frozen=True, eq=False)
class Caps:
    """What price caps do, (N, N, S) each.

    Attributes:
        bought, received: factors on the share weight, and on what of it reaches the seller.
        under: part of the seller's revenue that is from the capped good.
        least, most: evaders' cost over the revenue from the capped good: where sellers are
            indifferent the one differs from the other.
        gap: (K,) of each cap and seller, how far price and rent are from fitting each other.
        low: (N, N, S) p, what the capped good is worth because of the cap alone.
        of: (N, N, S) position of the price limit on the flow, -1 where there is none.
    """

    bought: Array
    received: Array
    under: Array
    least: Array
    most: Array
    gap: Array
    low: Array
    of: NDArray[np.intp]

    def evaded(self, s: Solution, before: Array) -> Array:
        """What evaders use up, money: the reported charges beyond `before`, within the bounds."""
        revenue = s.trade * self.under
        return np.clip(s.charges - before, revenue * self.least, revenue * self.most)


def earned(p: Array, limit: PriceLimit) -> Array:
    """R(p): what the seller gets where the good is worth p to its buyers."""
    at_cap = np.minimum(p, limit.cap)
    return limit.served * at_cap + (1 - limit.served) * np.maximum(at_cap, p - limit.cost)


@dataclass(frozen=True)
class Rent:
    """Of one cap and seller: log p / c, how much of the best known flow is capped, and the gap."""

    log: float
    known: float
    gap: float
    least: float
    most: float


def caps_of(s: Solution, b: Base, ways: tuple[Channel, Channel], limited: Mask) -> Caps:
    """All caps of the policy; flows where another bound binds as well tell nothing of a cap."""
    shape = s.trade.shape
    bought, received = np.ones(shape), np.ones(shape)
    under, least, most, gaps = np.zeros(shape), np.zeros(shape), np.zeros(shape), []
    low, of = np.broadcast_to(s.unit_costs, shape).copy(), np.full(shape, -1)
    kept = bought_of(s, b, ways)
    for position, limit in enumerate(s.wedges.price_limits):
        flows = limit.cells & (limit.part > 0) & (ways[0].weight + ways[1].weight > 0)
        for i, j in np.argwhere(flows.any(axis=0)):
            at = (flows[:, i, j], i, j)
            part, theta = limit.part[at], float(b.theta[j])
            usable = ~limited[at] if (~limited[at]).any() else np.ones(len(part), dtype=bool)
            seller = (int(i), int(j))
            rent = implied(limit, float(s.unit_costs[seller])) if limited[at].all() else None
            rent = rent or read(s, limit, part[usable], kept[at][usable], theta, seller)
            gaps.append(rent.gap)
            low[at], of[at] = s.unit_costs[seller] * np.exp(rent.log), position
            share = part * np.exp(-theta * rent.log)
            paid = part * np.exp(-(theta + 1) * rent.log)
            bought[at], received[at] = 1 - part + share, 1 - part + paid
            under[at] = np.divide(paid, received[at], out=np.zeros_like(paid), where=paid > 0)
            least[at], most[at] = rent.least, rent.most
    return Caps(bought, received, under, least, most, np.array(gaps), low, of)


def implied(limit: PriceLimit, cost: float) -> Rent | None:
    """The rent at which the seller gets its price, p with R(p) = c; None where many p do.

    Where another bound binds on every capped flow, what is reported has the sum of both rents only.
    """
    if cost < limit.cap * (1 - FUZZ):
        return Rent(0.0, 1.0, 0.0, 0.0, 0.0)
    if cost <= limit.cap * (1 + FUZZ) or limit.served == 1:
        return None
    log, waste = evaders(limit, cost)
    return Rent(log, 1.0, 0.0, waste, waste)


def evaders(limit: PriceLimit, cost: float) -> tuple[float, float]:
    """(log p / c where the rest evades and R(p) = c, what evading uses up over c)."""
    p = (cost - limit.served * limit.cap) / (1 - limit.served) + limit.cost
    return float(np.log(p / cost)), (1 - limit.served) * limit.cost / cost


def bought_of(s: Solution, b: Base, ways: tuple[Channel, Channel]) -> Array:
    """Spending over what it would be without any bound on the flow, at the prices reported."""
    cost, P = np.log(s.unit_costs), np.log(s.prices)
    weights = ways[0].weight + ways[1].weight
    free = np.log(weights) + b.theta * (P[:, None, :] - cost[None, :, :])
    return np.exp(np.log(s.spending) - np.log(s.expenditure)[:, None, :] - free)


def read(
    s: Solution, limit: PriceLimit, part: Array, kept: Array, theta: float, seller: tuple[int, int]
) -> Rent:
    """The rent of one seller from the buyer of whose purchases the capped good is most."""
    cost = float(s.unit_costs[seller])
    left = np.clip((kept - (1 - part)) / np.where(kept > 0, kept, 1.0), 0.0, 1.0)
    k = int(left.argmax())
    known, cap = float(left[k]), limit.cap
    if known <= GONE:
        return _gone(limit, cost, theta)
    log = -float(np.log(known * kept[k] / part[k])) / theta
    p, fuzz = cost * np.exp(log), FUZZ / known
    at_cap = min(p, cap)
    earned = limit.served * at_cap + (1 - limit.served) * max(at_cap, p - limit.cost)
    gap = abs(max(np.log(cost / earned), -log)) * known
    waste = (1 - limit.served) * limit.cost / cost
    kink = np.log(p / (cap + limit.cost))
    evading = p > cap * (1 + fuzz)
    least = waste if kink > fuzz else 0.0
    return Rent(log, known, float(gap), least, waste if evading and kink > -fuzz else 0.0)


def _gone(limit: PriceLimit, cost: float, theta: float) -> Rent:
    """Next to nothing is sold under the cap: at the price that evaders need, or at none."""
    if limit.served == 1:
        return Rent(np.inf, 0.0, 0.0 if cost >= limit.cap * (1 - FUZZ) else np.inf, 0.0, 0.0)
    log, waste = evaders(limit, cost)
    fits = cost > limit.cap and np.exp(-theta * log) <= 10 * GONE
    return Rent(log, 0.0, 0.0 if fits else np.inf, 0.0, waste)
