"""What the seller offers: wells, its own refineries, and what a barrel nets it.

Under a price cap a barrel is either served at the cap or evades it, at a cost that rises with the
barrels that do. Wells follow the netback above the shut-in price; at
that price any quantity is offered. Refineries at home take more only once exports net much less
than the world price.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.oil.crude import Crude

FREE = 0.8
"""Share of the seller's own fleet that evades a cap at no cost."""


def evasion(crude: Crude, volume: Array) -> Array:
    """(D,) m: what the last of these seaborne barrels pays to evade a cap, USD a barrel.

    0 up to four fifths of the own fleet, then up to `evasion` at its end, then the slope.
    """
    own = crude.own_fleet
    last = np.divide(
        volume - FREE * own, (1.0 - FREE) * own, out=np.full_like(own, np.inf), where=own > 0
    )
    beyond = crude.evasion_slope * np.maximum(volume - own, 0.0)
    return crude.evasion * np.clip(last, 0.0, 1.0) + beyond


def spent(crude: Crude, volume: Array) -> Array:
    """(D,) what all of these barrels pay to evade, USD a barrel times mb/d: the area under m."""
    own = crude.own_fleet
    width = (1.0 - FREE) * own
    inside = np.clip(volume - FREE * own, 0.0, width)
    rising = np.divide(inside**2, 2.0 * width, out=np.zeros_like(own), where=width > 0)
    beyond = np.maximum(volume - own, 0.0)
    return crude.evasion * (rising + beyond) + crude.evasion_slope * beyond**2 / 2.0


def evading(crude: Crude, price: Array, volume: Array) -> Array:
    """(D,) how many of the seaborne barrels evade the cap: those for which it costs less."""
    own, gain = crude.own_fleet, np.maximum(price - crude.cap, 0.0)
    room = (1.0 - FREE) * own
    part = np.divide(gain, crude.evasion, out=np.full_like(gain, np.inf), where=crude.evasion > 0)
    over = np.maximum(gain - crude.evasion, 0.0)
    beyond = np.divide(
        over,
        crude.evasion_slope,
        out=np.where(over > 0, np.inf, 0.0),
        where=crude.evasion_slope > 0,
    )
    return np.minimum(volume, FREE * own + room * np.minimum(part, 1.0) + beyond)


def netback(crude: Crude, price: Array, volume: Array) -> Array:
    """(D,) what the last seaborne barrel nets: max(min(p, cap), p - m)."""
    return np.maximum(np.minimum(price, crude.cap), price - evasion(crude, volume))


@dataclass(frozen=True, eq=False)
class Offer:
    """What the seller does at a netback.

    Attributes:
        net: (D,) netback of the last barrel.
        wells: (D,) what it would pump at this netback.
        home: (D,) what its own refineries take.
    """

    net: Array
    wells: Array
    home: Array

    @property
    def exports(self) -> Array:
        """(D,) what is left to export."""
        return self.wells - self.home


def offer(crude: Crude, net: Array, world_price: Array) -> Offer:
    """Wells and refineries.

    Args:
        crude: the market.
        net: (D,) netback of the last barrel.
        world_price: (D,) USD a barrel.
    """
    pumped = crude.home + crude.exports
    above = np.maximum(net, crude.shut_in)
    wells = pumped * (above / crude.net_before) ** crude.own_supply - crude.own_cut
    width = crude.home_from - crude.home_full
    more = np.clip((crude.home_from - net / world_price) / width, 0.0, 1.0)
    return Offer(net, wells, crude.home + crude.home_room * more)
