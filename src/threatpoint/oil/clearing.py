"""The prices at which barrels balance: the world's, the seller's, and the freight between them.

Three falling functions, each in a bracket: excess demand of the world over its price (outer), of
the seller's crude over its price (middle), and the freight that the hauls ask over the freight
(inner, in `threatpoint.oil.buyers`). Each has one root.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import WorldError
from threatpoint.oil.buyers import Buyers, Taken
from threatpoint.oil.crude import Crude
from threatpoint.oil.roots import falling_root
from threatpoint.oil.seller import Offer, netback, offer

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Positions

LOG_PRICES = (-4.0, 6.0)
"""Log of the world price over the baseline's within which it is sought: 2 % to 400 times."""

STEEP = 60.0
"""Widths of the S-curve above parity at which nobody buys from the seller any more."""

BALANCE = 1e-9
"""mb/d by which a market that has cleared may be off."""


@dataclass(frozen=True, eq=False)
class Cleared:
    """A market that has cleared, for D draws.

    Attributes:
        crude: what was solved.
        log_price: (D,) log of the world price over the baseline's.
        price: (D,) of the seller, free on board: of the barrel that is sold last.
        taken, offer: what outlets take; wells and refineries of the seller.
        refined: (D, B) what buyers refine.
        made: (D, P) what is pumped elsewhere.
    """

    crude: Crude
    log_price: Array
    price: Array
    taken: Taken
    offer: Offer
    refined: Array
    made: Array

    @property
    def failures(self) -> dict[int, str]:
        """Draw -> why no price balances its barrels."""
        off = np.flatnonzero(~(np.abs(self.imbalance) <= BALANCE))
        low, high = np.exp(LOG_PRICES)
        return {
            int(d): f"no price of crude between {low:.2g} and {high:.3g} times the baseline's "
            f"balances the barrels: {self.imbalance[d]:+.3g} mb/d are used and not pumped; larger "
            "elasticities, or less taken away, leave a price"
            for d in off
        }

    def pick(self, which: Positions | slice) -> Cleared:
        """The market of some draws."""
        parts = {f.name: _picked(getattr(self, f.name), which) for f in fields(self)}
        return Cleared(**parts)

    @property
    def world_price(self) -> Array:
        """(D,) USD a barrel."""
        return self.crude.world_price * np.exp(self.log_price)

    @property
    def exports(self) -> Array:
        """(D,) of the seller, mb/d."""
        return self.taken.total

    @property
    def seaborne(self) -> Array:
        """(D,) of them, what goes by sea."""
        return _seaborne(self.crude, self.taken)

    @property
    def shut(self) -> Array:
        """(D,) what the wells could pump at this price and do not."""
        return np.maximum(self.offer.exports - self.exports, 0.0)

    @property
    def at_home(self) -> Array:
        """(D,) what the seller refines above the baseline; its products go abroad."""
        return self.offer.home - self.crude.home

    @property
    def imbalance(self) -> Array:
        """(D,) mb/d refined less pumped, the world over."""
        pumped = self.made.sum(axis=1) + self.exports + self.offer.home
        used = self.refined.sum(axis=1) + self.crude.home
        return used - pumped


def _picked(value: Any, which: Positions | slice) -> Any:
    """Some draws of an array, or of what holds arrays."""
    if isinstance(value, np.ndarray):
        return value[which]
    if isinstance(value, Crude):
        return value.pick(which)
    return type(value)(**{f.name: getattr(value, f.name)[which] for f in fields(value)})


def clear(crude: Crude, throw: bool = True) -> Cleared:
    """The prices of every draw.

    Args:
        crude: the market.
        throw: False returns draws that do not balance too; `failures` names them.

    Raises:
        WorldError: no price within `LOG_PRICES` balances the world; says how much is missing.
    """
    low, high = (np.full(crude.draws, end) for end in LOG_PRICES)
    log_price = falling_root(lambda x: _at(crude, x).imbalance, low, high)
    found = _at(crude, log_price)
    if throw and (failed := found.failures):
        raise WorldError(f"{next(iter(failed.values()))} (in {len(failed)} of {crude.draws} draws)")
    return found


def _at(crude: Crude, log_price: Array) -> Cleared:
    """The seller's market at a world price."""
    buyers = Buyers(crude, log_price)
    world_price = crude.world_price * np.exp(log_price)
    price = _sellers_price(crude, buyers, world_price)
    taken = buyers.taken(price)
    offered = _offered(crude, taken, price, world_price)
    return Cleared(crude, log_price, price, taken, offered, buyers.refined, _made(crude, log_price))


def _sellers_price(crude: Crude, buyers: Buyers, world_price: Array) -> Array:
    """(D,) price free on board: excess demand for the seller's crude is 0.

    Where even at the shut-in netback less is wanted than wells give, that is the price.
    """

    def excess(price: Array) -> Array:
        taken = buyers.taken(price)
        return taken.total - _offered(crude, taken, price, world_price).exports

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
        return crude.shut_in - netback(crude, price, _seaborne(crude, buyers.taken(price)))

    return np.where(below, falling_root(missing, least, least + STEEP * crude.tau), least)


def _seaborne(crude: Crude, taken: Taken) -> Array:
    """(D,) what goes by sea."""
    return np.where(crude.haul > 0, taken.volume, 0.0).sum(axis=1)


def _offered(crude: Crude, taken: Taken, price: Array, world_price: Array) -> Offer:
    net = netback(crude, price, _seaborne(crude, taken))
    return offer(crude, net, world_price)


def _made(crude: Crude, log_price: Array) -> Array:
    """(D, P) output elsewhere: S0 (P / P0)^(e_s), less cuts, and spare capacity in its band."""
    follow = np.exp(crude.supply * log_price)[:, None]
    rise = np.clip(np.expm1(log_price) / crude.band, 0.0, 1.0)[:, None]
    return crude.elsewhere * follow - crude.cut + crude.spare * rise
