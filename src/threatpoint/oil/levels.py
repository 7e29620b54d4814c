"""The prices level by level, each a falling function in a bracket, so that there is one root.

Excess demand of the world over its price (outer), of the seller's crude over its price (middle),
and the freight that the hauls ask over the freight (inner, in `threatpoint.oil.buyers`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.oil.buyers import Buyers
from threatpoint.oil.cleared import LOG_PRICES, Cleared, at, offered, seaborne
from threatpoint.oil.roots import falling_root
from threatpoint.oil.seller import netback

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.oil.crude import Crude

STEEP = 60.0
"""Widths of the S-curve above parity at which nobody buys from the seller any more."""


def by_levels(crude: Crude) -> Cleared:
    """The prices of every draw, one level inside the other: always the root, where there is one."""
    low, high = (np.full(crude.draws, end) for end in LOG_PRICES)
    return _at(crude, falling_root(lambda x: _at(crude, x).imbalance, low, high))


def _at(crude: Crude, log_price: Array) -> Cleared:
    """The seller's market cleared at a world price."""
    buyers = Buyers(crude, log_price)
    price = _sellers_price(crude, buyers, crude.world_price * np.exp(log_price))
    return at(crude, log_price, price)


def _sellers_price(crude: Crude, buyers: Buyers, world_price: Array) -> Array:
    """(D,) price free on board: excess demand for the seller's crude is 0.

    Where even at the shut-in netback less is wanted than wells give, that is the price.
    """

    def excess(price: Array) -> Array:
        taken = buyers.taken(price)
        return taken.total - offered(crude, taken, price, world_price).exports

    low = _closing(crude, buyers)
    high = np.maximum(low, crude.price + np.maximum(world_price - crude.world_price, 0.0))
    high = high + STEEP * crude.tau
    return falling_root(excess, low, high)


def _closing(crude: Crude, buyers: Buyers) -> Array:
    """(D,) the price at which a barrel nets the shut-in price.

    That price itself unless a cap lies below it: then only barrels that evade the
    cap are worth pumping.
    """
    least = crude.shut_in
    below = crude.cap < least
    if not below.any():
        return least

    def missing(price: Array) -> Array:
        return crude.shut_in - netback(crude, price, seaborne(crude, buyers.taken(price)))

    return np.where(below, falling_root(missing, least, least + STEEP * crude.tau), least)
