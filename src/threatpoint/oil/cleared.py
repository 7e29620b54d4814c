"""What everybody does at some prices of crude, and whether the barrels balance at them."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.oil.buyers import Buyers, Taken
from threatpoint.oil.crude import Crude
from threatpoint.oil.seller import Offer, netback, offer
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask, Positions

LOG_PRICES = (-4.0, 6.0)
"""Log of the world price over the baseline's within which it is sought: 2 % to 400 times."""

BALANCE = 1e-9
"""mb/d by which a market that has cleared may be off."""


@dataclass(frozen=True, eq=False)
class Cleared(Shown):
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

    def with_rows(self, which: Mask, other: Cleared) -> Cleared:
        """The market with some draws from another."""
        parts: dict[str, Any] = {
            f.name: _replaced(getattr(self, f.name), which, getattr(other, f.name))
            for f in fields(self)
        }
        parts["crude"] = self.crude
        return Cleared(**parts)

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
        parts: dict[str, Any] = {
            f.name: _picked(getattr(self, f.name), which) for f in fields(self)
        }
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
        return seaborne(self.crude, self.taken)

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
    if isinstance(value, Crude):
        return value.pick(which)
    if not is_dataclass(value):
        return value[which]
    return type(value)(**{f.name: getattr(value, f.name)[which] for f in fields(value)})


def _replaced(value: Any, which: Mask, other: Any) -> Any:
    """An array, or what holds arrays, with some draws from another."""
    if isinstance(value, Crude):
        return value
    if not is_dataclass(value):
        found: Array = value.copy()
        found[which] = other
        return found
    names = [f.name for f in fields(value)]
    return type(value)(
        **{name: _replaced(getattr(value, name), which, getattr(other, name)) for name in names}
    )


def at(crude: Crude, log_price: Array, price: Array, freight: Array | None = None) -> Cleared:
    """What everybody does at some prices (D,), whether they clear or not."""
    buyers = Buyers(crude, log_price)
    taken = buyers.taken(price, freight)
    offering = offered(crude, taken, price, crude.world_price * np.exp(log_price))
    made = _made(crude, log_price)
    return Cleared(crude, log_price, price, taken, offering, buyers.refined, made)


def baseline(crude: Crude) -> Cleared:
    """The market before anything is done: what the base says, to the last digit."""
    return at(crude, np.zeros(crude.draws), crude.price, np.zeros(crude.draws))


def seaborne(crude: Crude, taken: Taken) -> Array:
    """(D,) what goes by sea."""
    return np.where(crude.haul > 0, taken.volume, 0.0).sum(axis=1)


def offered(crude: Crude, taken: Taken, price: Array, world_price: Array) -> Offer:
    net = netback(crude, price, seaborne(crude, taken))
    return offer(crude, net, world_price)


def _made(crude: Crude, log_price: Array) -> Array:
    """(D, P) output elsewhere: S0 (P / P0)^(e_s), less cuts, and spare capacity in its band."""
    follow = np.exp(crude.supply * log_price)[:, None]
    rise = np.clip(np.expm1(log_price) / crude.band, 0.0, 1.0)[:, None]
    return crude.elsewhere * follow - crude.cut + crude.spare * rise
