"""Wedges and supply that the equilibrium decides, for `benchmarks.residuals`: bounds must hold,
and what they cost may differ from 0 only where they bind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.plain import Base, Channel, Network
    from threatpoint.equilibrium import Solution
    from threatpoint.policy.limits import PriceLimit

    Array = NDArray[np.float64]

BINDS = 1e-6
"""A bound counts as binding within this, in logs, where only one of several can be paid."""


@dataclass(frozen=True, eq=False)
class Paid:
    """Where the spending on each flow goes, money, (N, N, S) each; `wasted` is part of exporter."""

    received: Array
    importer: Array
    exporter: Array
    wasted: Array


def parts(ways: tuple[Channel, Channel]) -> tuple[Array, Array]:
    """Share of the spending on a flow that goes through each channel."""
    total = ways[0].weight + ways[1].weight
    first = np.where(total > 0, ways[0].weight / np.where(total > 0, total, 1.0), 1.0)
    return first, 1 - first


def received(ways: tuple[Channel, Channel]) -> Array:
    """What the seller gets of one unit of spending where no bound is in force."""
    one, two = parts(ways)
    a, b = ways
    return one / (1 + a.tariff) / a.margin + two / (1 + b.tariff) / b.margin


def worth(s: Solution, ways: tuple[Channel, Channel]) -> Array:
    """What the good is worth to the buyer over the seller's price, other charges left out.

    Exactly 1 where no bound of any kind is laid on a flow, and where nothing flows.
    """
    bound = np.isfinite(s.wedges.largest_volume) | np.isfinite(s.supply.largest_volume)
    bound = bound | (s.supply.largest_share < 1)
    for limit in (*s.wedges.volume_limits, *s.wedges.price_limits):
        bound = bound | limit.cells
    bound = bound & (s.trade > 0)
    ratio = s.spending * received(ways) / np.where(s.trade > 0, s.trade, 1.0)
    return np.where(bound, ratio, 1.0)


def split(s: Solution, b: Base, ways: tuple[Channel, Channel]) -> Paid:
    """Tariff, export tax and real cost of both channels, and the rent of a bound, at the sellers'
    revenue that is reported.

    The rent is all that the buyer's value exceeds the border price by. Under a price cap the
    evaders' cost is used up, and the buyer keeps what else the seller does not earn. What is left
    is the importer's (import quota, limit on one origin) or the exporter's (its own restraint, a
    limit of physics).
    """
    w, none = worth(s, ways), np.zeros_like(s.trade)
    importer, exporter, wasted = none.copy(), none.copy(), none.copy()
    per_unit, abroad = received(ways), np.where(exporters_rent(s, b), sellers_worth(s, w) - 1, 0.0)
    for way, part in zip(ways, parts(ways), strict=True):
        through = s.trade * (part / (1 + way.tariff) / way.margin) / per_unit
        border = through * way.margin
        importer += way.tariff * border * w + border * (w - 1 - abroad)
        exporter += border * (1 + abroad) - through
        wasted += through * way.cost
    evaded = sum((evasion(s, w, limit) for limit in s.wedges.price_limits), none) * s.trade
    return Paid(s.trade, importer - evaded, exporter + evaded, wasted + evaded)


def volumes(s: Solution, b: Base) -> Array:
    """Volume of each flow over its baseline; 0 where there was none."""
    return np.where(b.trade > 0, s.trade / np.where(b.trade > 0, b.trade, 1.0), 0.0) / s.unit_costs


def exporters_rent(s: Solution, b: Base) -> Array:
    """Flows whose rent goes to the exporter's side: of its bounds one binds."""
    log_volume = np.log(volumes(s, b))
    found = (
        log_volume >= np.log(np.minimum(s.wedges.largest_volume, s.supply.largest_volume)) - BINDS
    )
    for limit in s.wedges.volume_limits:
        if limit.payee == "exporter":
            found = found | (limit.cells & (log_volume >= np.log(limit.volume) - BINDS))
    return found


def buyers_price(s: Solution, w: Array, limit: PriceLimit) -> Array:
    """p, what the capped good is worth to the buyer: of a flow only `part` is that good."""
    part = np.where(limit.part > 0, limit.part, 1.0)
    return s.unit_costs * (1 + (w - 1) / part)


def evasion(s: Solution, w: Array, limit: PriceLimit) -> Array:
    """What evaders spend, over the seller's revenue: only where that earns more than the cap."""
    evades = capped(s, limit) & (buyers_price(s, w, limit) - limit.cost > limit.cap)
    spent = limit.part * (1 - limit.served) * limit.cost / s.unit_costs
    return np.where(evades, spent, 0.0)


def capped(s: Solution, limit: PriceLimit) -> Array:
    """The flows that a price cap is about."""
    return limit.cells & (limit.part > 0) & (s.trade > 0)


def earned(s: Solution, w: Array, limit: PriceLimit) -> Array:
    """What the seller can earn at the buyer's value p, over its price: served min(cap, p) and
    (1 - served) max(min(cap, p), p - cost).
    """
    p = buyers_price(s, w, limit)
    at_cap = np.minimum(limit.cap, p)
    outside = np.maximum(at_cap, p - limit.cost)
    return (limit.served * at_cap + (1 - limit.served) * outside) / s.unit_costs


def sellers_worth(s: Solution, w: Array) -> Array:
    """What of the buyer's value would be the seller's, over its price; less than w under a cap."""
    for limit in s.wedges.price_limits:
        w = np.where(capped(s, limit), 1 + limit.part * (earned(s, w, limit) - 1), w)
    return w


def cap_gap(s: Solution, w: Array, limit: PriceLimit) -> Array:
    """Log of the seller's price over what it can earn; -inf where nothing is capped."""
    return np.where(capped(s, limit), -np.log(earned(s, w, limit)), -np.inf)


def limits(s: Solution, b: Base, ways: tuple[Channel, Channel]) -> dict[str, Array]:
    """No bound is broken, no rent is negative, and there is one only where a bound binds."""
    w, volume = worth(s, ways), np.log(volumes(s, b))
    quotas = np.full_like(w, -np.inf)
    for limit in s.wedges.volume_limits:
        quotas = np.maximum(quotas, np.where(limit.cells, volume - np.log(limit.volume), -np.inf))
    most = np.minimum(s.wedges.largest_volume, s.supply.largest_volume)
    physics = np.where(np.isfinite(most), volume - np.log(most), -np.inf)
    share = np.where(
        s.spending > 0, np.log(s.spending) - np.log(s.expenditure)[:, None, :], -np.inf
    )
    largest = np.log(np.maximum(s.supply.largest_share, b.pi))
    origin = np.where(s.supply.largest_share < 1, share - largest, -np.inf)
    caps = np.full_like(w, -np.inf)
    for limit in s.wedges.price_limits:
        caps = np.maximum(caps, cap_gap(s, w, limit))
    every = np.maximum.reduce([quotas, physics, origin, caps])
    return {
        "quota": np.maximum(quotas, 0.0),
        "largest volume": np.maximum(physics, 0.0),
        "largest share of one origin": np.maximum(origin, 0.0),
        "price cap": np.maximum(caps, 0.0),
        "no negative rent": np.maximum(-np.log(w), 0.0),
        "rent only where a bound binds": np.minimum(np.maximum(np.log(w), 0.0), -every),
    }


def supply(s: Solution, b: Base, left: Network) -> dict[str, Array]:
    """Mobile and specific factors: v = w^phi (VAhat / Khat)^(1 - phi), and the regimes of output.

    Khat follows from what is reported: 1 in the plain case; between 1 and all capacity at the
    baseline price of value added where some is idle; below 1 only at a floor of the price.
    """
    r, made = s.supply, left.sells & (b.value_added > 0)
    phi = np.where(r.held, 0.0, b.phi)
    v, w = np.log(s.value_added_price), np.log(s.wages)[:, None]
    hat = np.log(np.where(made, s.value_added / np.where(made, b.value_added, 1.0), 1.0))
    today = phi * w + (1 - phi) * hat
    full = today - (1 - phi) * np.log1p(r.spare)
    curve = np.where(r.spare > 0, np.maximum(np.minimum(today, 0.0), full), today)
    above = np.log(s.unit_costs) - np.log(r.floor)
    plain = v - curve
    floored = np.maximum(np.maximum(-above, -plain), np.minimum(above, plain))
    paid = np.where(r.held, s.wages[:, None] * b.phi * b.value_added, b.phi * s.value_added)
    endowment = (b.phi * b.value_added).sum(axis=1)
    return {
        "supply": np.where(made, np.where(r.floor > 0, floored, plain), 0.0),
        "mobile factor": paid.sum(axis=1) / s.wages / endowment - 1,
    }
