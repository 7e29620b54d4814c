"""Quotas and who is paid along a flow, for `benchmarks.residuals`.

A bound must hold, and may cost something only where it binds. `omega`, what a whole flow is worth
to its buyer over the border price because of a quota, is read off what a solution reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

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
        omega: worth of the flow over the border price, 1 where no quota binds.
        bought: factor on the share weight, all bounds together.
        volume: over the baseline's, 0 where there was none.
    """

    omega: Array
    bought: Array
    volume: Array


def open_flows(s: Solution, b: Base, ways: tuple[Channel, Channel]) -> Opened:
    """The rents that are in what is reported; 1 where no bound binds and where nothing flows."""
    volume = np.where(b.trade > 0, s.trade / np.where(b.trade > 0, b.trade, 1.0), 0.0)
    volume = volume / s.unit_costs
    bound = overrun(s, volume) >= -BINDS
    ratio = s.spending * received(ways)
    ratio = np.divide(ratio, s.trade, out=np.ones_like(ratio), where=(s.trade > 0) & bound)
    return Opened(ratio, ratio**-b.theta, volume)


def overrun(s: Solution, volume: Array) -> Array:
    """Log of each flow over its tightest quota, (N, N, S); -inf where there is none."""
    volume, found = np.log(volume), np.full_like(volume, -np.inf)
    for limit in s.wedges.volume_limits:
        found = np.maximum(found, np.where(limit.cells, volume - np.log(limit.volume), -np.inf))
    return found


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

    The rent of a quota is all that the buyer's worth exceeds the border price by; it is the
    importer's, or the exporter's.
    """
    none = np.zeros_like(s.trade)
    importer, exporter, wasted = none.copy(), none.copy(), none.copy()
    per_unit, abroad = received(ways), exporters_rent(s, o)
    for way, part in zip(ways, parts(ways), strict=True):
        through = s.trade * (part / (1 + way.tariff) / way.margin) / per_unit
        border = through * way.margin
        rent = np.where(abroad, border * (o.omega - 1), 0.0)
        importer += border * (o.omega * (1 + way.tariff) - 1) - rent  # buyers pay omega x border
        exporter += border + rent - through
        wasted += through * way.cost
    return Paid(s.trade, importer, exporter, wasted)


def exporters_rent(s: Solution, o: Opened) -> Mask:
    """Flows whose rent goes to the exporter's side: of its bounds one binds."""
    volume, found = np.log(o.volume), np.zeros(s.trade.shape, dtype=bool)
    for limit in s.wedges.volume_limits:
        if limit.payee == "exporter":
            found = found | (limit.cells & (volume >= np.log(limit.volume) - BINDS))
    return found


def limits(s: Solution, b: Base, o: Opened) -> dict[str, Array]:
    """No bound is broken, no rent is negative, and there is one only where a bound binds."""
    over, rent = overrun(s, o.volume), np.log(o.omega)
    return {
        "quota": np.maximum(over, 0.0),
        "no negative rent": np.maximum(-rent, 0.0),
        "rent only where a bound binds": np.minimum(np.maximum(rent, 0.0), -over),
    }
