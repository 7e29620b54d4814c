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
    from threatpoint.array_types import Array, Mask, Positions

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

    def with_rows(self, which: Mask, other: Cleared) -> Cleared:
        """The market with some draws from another."""
        parts = {
            f.name: _replaced(getattr(self, f.name), which, getattr(other, f.name))
            for f in fields(self)
        }
        return Cleared(**parts | {"crude": self.crude})

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


def _replaced(value: Any, which: Mask, other: Any) -> Any:
    """An array, or what holds arrays, with some draws from another."""
    if isinstance(value, np.ndarray):
        found = value.copy()
        found[which] = other
        return found
    if isinstance(value, Crude):
        return value
    names = [f.name for f in fields(value)]
    return type(value)(
        **{name: _replaced(getattr(value, name), which, getattr(other, name)) for name in names}
    )


def clear(crude: Crude, throw: bool = True) -> Cleared:
    """The prices of every draw.

    Args:
        crude: the market.
        throw: False returns draws that do not balance too; `failures` names them.

    Raises:
        WorldError: no price within `LOG_PRICES` balances the world; says how much is missing.
    """
    found = _found(crude)
    if throw and (failed := found.failures):
        raise WorldError(f"{next(iter(failed.values()))} (in {len(failed)} of {crude.draws} draws)")
    return found


def _found(crude: Crude) -> Cleared:
    """By Newton steps on all three at once; level by level where these do not arrive."""
    found, arrived = near(crude)
    if arrived.all():
        return found
    return found.with_rows(~arrived, by_levels(crude.pick(np.flatnonzero(~arrived))))


def baseline(crude: Crude) -> Cleared:
    """The market before anything is done: what the base says, to the last digit."""
    return at(crude, np.zeros(crude.draws), crude.price, np.zeros(crude.draws))


def by_levels(crude: Crude) -> Cleared:
    """The prices of every draw, one level inside the other: always the root, where there is one."""
    low, high = (np.full(crude.draws, end) for end in LOG_PRICES)
    return _at(crude, falling_root(lambda x: _at(crude, x).imbalance, low, high))


def _at(crude: Crude, log_price: Array) -> Cleared:
    """The seller's market cleared at a world price."""
    buyers = Buyers(crude, log_price)
    price = _sellers_price(crude, buyers, crude.world_price * np.exp(log_price))
    return at(crude, log_price, price)


def at(crude: Crude, log_price: Array, price: Array, freight: Array | None = None) -> Cleared:
    """What everybody does at some prices (D,), whether they clear or not."""
    buyers = Buyers(crude, log_price)
    taken = buyers.taken(price, freight)
    offered = _offered(crude, taken, price, crude.world_price * np.exp(log_price))
    made = _made(crude, log_price)
    return Cleared(crude, log_price, price, taken, offered, buyers.refined, made)


STEPS = 30
"""Most Newton steps; five to eight are usual."""

LONGEST = np.array([0.5, 15.0, 15.0])
"""Longest step of the log world price, of the seller's price and of freight, USD a barrel."""

ARRIVED = 1e-12
"""mb/d, or USD a barrel, by which a Newton point may be off."""

EDGE = 1e-6
"""A cap this near the shut-in price, USD a barrel, leaves open what is asked of the barrels that
evade it; level by level it is the least."""

NUDGE = np.array([1e-7, 1e-5, 1e-5])
"""Steps of the differences that make the slopes."""


def near(crude: Crude) -> tuple[Cleared, Mask]:
    """(Newton's point from the baseline, which draws have arrived); one root, so it is the one."""
    point = np.stack([np.zeros(crude.draws), crude.price, np.zeros(crude.draws)])
    gap = _gaps(crude, point)
    for _ in range(STEPS):
        moving = ~(np.abs(gap).max(axis=0) <= ARRIVED)
        if not moving.any():
            break
        here = np.flatnonzero(moving)
        part = crude.pick(here)
        point[:, here] -= _step(part, point[:, here], gap[:, here])
        gap[:, here] = _gaps(part, point[:, here])
    arrived = np.abs(gap).max(axis=0) <= ARRIVED
    open_ = np.abs(crude.cap - crude.shut_in) <= EDGE
    return at(crude, *point), arrived & ~open_


def _gaps(crude: Crude, point: Array) -> Array:
    """(3, D) what is left: barrels of the world; of the seller, or its distance from closing;
    freight.
    """
    found = at(crude, *point)
    excess = found.offer.exports - found.exports
    closing = found.offer.net - crude.shut_in
    asked = Buyers(crude, found.log_price).asked(found.taken.volume)
    return np.stack([found.imbalance, np.minimum(closing, excess), found.taken.freight - asked])


def _step(crude: Crude, point: Array, gap: Array) -> Array:
    """(3, D) a Newton step, no longer than `LONGEST` and never below a price of nothing."""
    slopes = np.empty((crude.draws, 3, 3))
    for k, nudge in enumerate(NUDGE):
        moved = point.copy()
        moved[k] += nudge
        slopes[:, :, k] = ((_gaps(crude, moved) - gap) / nudge).T
    flat = np.abs(np.linalg.det(slopes)) < 1e-14
    slopes[flat] = np.eye(3)
    step = np.linalg.solve(slopes, gap.T[:, :, None])[:, :, 0].T
    step = np.clip(step, -LONGEST[:, None], LONGEST[:, None])
    step[1] = np.minimum(step[1], 0.9 * point[1])
    step[2] = np.minimum(step[2], point[2])
    return step


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
