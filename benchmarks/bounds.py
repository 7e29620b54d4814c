"""Quotas, limits of physics and who is paid along a flow, for `benchmarks.residuals`.

A bound must hold, and may cost something only where it binds. Two kinds of rent are read off what a
solution reports: `omega`, what a whole flow is worth to its buyer over the border price because of
a quota or a limit; and that of a price cap (`benchmarks.caps`), which is one for all buyers of one
seller and is about the capped part of each flow only, a channel beside the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.caps import Caps, caps_of, earned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.plain import Base, Channel
    from threatpoint.equilibrium import Solution

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

BINDS = 1e-6
"""A bound counts as binding within this, in logs; only there is a rent looked for."""


@dataclass(frozen=True, eq=False)
class Paid:
    """Where the spending on each flow goes, money, (N, N, S) each; `wasted` is part of exporter."""

    received: Array
    importer: Array
    exporter: Array
    wasted: Array


@dataclass(frozen=True, eq=False)
class Opened:
    """What bounds do to each flow, (N, N, S).

    Attributes:
        omega: worth of the whole flow over the border price, 1 where no quota or limit binds.
        bought: factor on the share weight, all bounds together.
        caps: rents of the price caps.
        volume: over the baseline's, 0 where there was none.
    """

    omega: Array
    bought: Array
    caps: Caps
    volume: Array


def open_flows(s: Solution, b: Base, ways: tuple[Channel, Channel]) -> Opened:
    """The rents that are in what is reported; 1 where no bound binds and where nothing flows."""
    volume = np.where(b.trade > 0, s.trade / np.where(b.trade > 0, b.trade, 1.0), 0.0)
    volume = volume / s.unit_costs
    bound = np.maximum.reduce(list(overruns(s, b, volume).values())) >= -BINDS
    caps = caps_of(s, b, ways, bound)
    got = np.divide(caps.received, caps.bought, out=np.ones_like(volume), where=s.trade > 0)
    ratio = s.spending * received(ways) * got
    ratio = np.divide(ratio, s.trade, out=np.ones_like(ratio), where=(s.trade > 0) & bound)
    return Opened(ratio, caps.bought * ratio**-b.theta, caps, volume)


def overruns(s: Solution, b: Base, volume: Array) -> dict[str, Array]:
    """Log of each flow over its bounds, (N, N, S) by kind; -inf where there is none."""
    volume, quota = np.log(volume), np.full_like(volume, -np.inf)
    for limit in s.wedges.volume_limits:
        quota = np.maximum(quota, np.where(limit.cells, volume - np.log(limit.volume), -np.inf))
    most = np.minimum(s.wedges.largest_volume, s.supply.largest_volume)
    share = np.log(s.spending) - np.log(s.expenditure)[:, None, :]
    limited = (s.supply.largest_share < 1) & (s.spending > 0)
    origin = share - np.log(np.maximum(s.supply.largest_share, b.pi))
    return {
        "quota": quota,
        "largest volume": np.where(np.isfinite(most), volume - np.log(most), -np.inf),
        "largest share of one origin": np.where(limited, origin, -np.inf),
    }


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


def split(s: Solution, o: Opened, ways: tuple[Channel, Channel]) -> Paid:
    """Tariff, export tax and real cost of both channels, and the rents, at the sellers' revenue.

    The rent of a quota or limit is all that the buyer's worth exceeds the border price by; it is
    the importer's, or the exporter's (its own restraint, a limit of physics). That of a price cap
    is the importer's, less what evaders use up.
    """
    none = np.zeros_like(s.trade)
    importer, exporter, wasted = none.copy(), none.copy(), none.copy()
    per_unit, abroad = received(ways), exporters_rent(s, o)
    c, live = o.caps, o.caps.received > 0
    paid = o.omega * np.divide(c.bought, c.received, out=np.ones_like(c.bought), where=live)
    for way, part in zip(ways, parts(ways), strict=True):
        through = s.trade * (part / (1 + way.tariff) / way.margin) / per_unit
        border = through * way.margin
        rent = np.where(abroad, border * (o.omega - 1), 0.0)
        rent += under_caps(s, o, abroad, border, through)
        importer += border * (paid * (1 + way.tariff) - 1) - rent  # buyers pay `paid` x border
        exporter += border + rent - through
        wasted += through * way.cost
    evaded = o.caps.evaded(s, exporter)
    return Paid(s.trade, importer - evaded, exporter + evaded, wasted + evaded)


def under_caps(s: Solution, o: Opened, abroad: Mask, border: Array, through: Array) -> Array:
    """Correction of the exporter's rent on capped flows, money: of the capped part it has what the
    cap lets it have, R at the worth with the rent less R at the worth without it; evaders' cost
    included where only the rent makes them evade.
    """
    found = np.zeros_like(border)
    for position, limit in enumerate(s.wedges.price_limits):
        here = abroad & (o.caps.of == position) & (s.trade > 0) & (o.caps.under > 0)
        cost = np.broadcast_to(s.unit_costs, border.shape)
        low = np.where(here, o.caps.low, cost)
        high = low * o.omega
        gets = (earned(high, limit) - earned(low, limit)) / cost
        evades = (high - limit.cost > limit.cap) & (low - limit.cost <= limit.cap * (1 + BINDS))
        spends = np.where(evades, (1 - limit.served) * limit.cost / cost - o.caps.least, 0.0)
        capped = o.caps.under * (through * (gets + spends) - border * (o.omega - 1))
        found = np.where(here, capped, found)
    return found


def exporters_rent(s: Solution, o: Opened) -> Array:
    """Flows whose rent goes to the exporter's side: of its bounds one binds."""
    volume = np.log(o.volume)
    most = np.minimum(s.wedges.largest_volume, s.supply.largest_volume)
    found = volume >= np.log(most) - BINDS
    for limit in s.wedges.volume_limits:
        if limit.payee == "exporter":
            found = found | (limit.cells & (volume >= np.log(limit.volume) - BINDS))
    return found


def limits(s: Solution, b: Base, o: Opened) -> dict[str, Array]:
    """No bound is broken, no rent is negative, and there is one only where a bound binds."""
    over, rent = overruns(s, b, o.volume), np.log(o.omega)
    every = np.maximum.reduce(list(over.values()))
    return {name: np.maximum(x, 0.0) for name, x in over.items()} | {
        "no negative rent": np.maximum(-rent, 0.0),
        "rent only where a bound binds": np.minimum(np.maximum(rent, 0.0), -every),
        "price cap": o.caps.gap,
    }
