"""What buyers take: crude at the world price, and how much of it from the seller.

Products sell at the world price, so that price moves what is refined; a discount is rent, and
moves only where the crude comes from: a share that follows the discount along an S-curve up to what
the refineries can take. Freight rises once more is hauled than the fleet can do; whoever pays for
it hauls too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.oil.logistic import log_odds, logistic
from threatpoint.oil.roots import falling_root
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.oil.crude import Crude

FULL = 0.98
"""A buyer whose baseline share is nearer to its ceiling stands this near: beyond, the S-curve could
not tell it from one that is full."""


@dataclass(frozen=True, eq=False)
class Taken(Shown):
    """What outlets take at given prices.

    Attributes:
        freight: (D,) rise of the freight of one haul, USD a barrel.
        volume: (D, O) mb/d.
        wanted: (D, O) the same without quotas.
        discount: (D, O) rise of the landed discount, USD a barrel.
    """

    freight: Array
    volume: Array
    wanted: Array
    discount: Array

    @property
    def total(self) -> Array:
        """(D,)"""
        return self.volume.sum(axis=1)


@dataclass(frozen=True, eq=False)
class Buyers:
    """The buyers of a market at one world price.

    Attributes:
        crude: the market.
        log_price: (D,) log of the world price over the baseline's.
    """

    crude: Crude
    log_price: Array

    @cached_property
    def refined(self) -> Array:
        """(D, B) crude that buyers refine: Q0 y (P / P0)^(-e_d)."""
        c = self.crude
        return c.runs * c.income * np.exp(-c.demand * self.log_price)[:, None]

    @cached_property
    def _runs(self) -> Array:
        """(D, O) what the outlet's buyer refines, of which it takes a share."""
        return self.refined[:, self.crude.buyer]

    @cached_property
    def _at_most(self) -> Array:
        """(D, O) ceiling as it stands: never below what is bought at baseline."""
        c = self.crude
        return np.maximum(c.ceiling, c.bought / c.runs[:, c.buyer] / FULL)

    @cached_property
    def _odds(self) -> Array:
        """(D, O) log of (1 - r) / r, r the baseline share over the ceiling; infinite at 0."""
        c = self.crude
        full = c.runs[:, c.buyer] * self._at_most
        r = np.divide(c.bought, full, out=np.zeros_like(full), where=full > 0)
        return np.where(r > 0, -log_odds(np.where(r > 0, r, 0.5)), np.inf)

    def taken(self, price: Array, freight: Array | None = None) -> Taken:
        """What they take where a barrel nets the seller `price` (D,) free on board.

        freight: (D,) the rise of freight, where it is known or tried; None: that which the hauls
            ask at this price.
        """
        c = self.crude
        paid = price[:, None] * (1.0 + c.tax) * (1.0 + c.levy) - c.price[:, None]
        before = (c.world_price * np.expm1(self.log_price))[:, None] - paid - c.charge
        freight = self._freight(before) if freight is None else freight
        discount = before - c.haul * freight[:, None]
        wanted = self._wanted(discount)
        return Taken(freight, np.minimum(wanted, c.quota), wanted, discount)

    def _wanted(self, discount: Array) -> Array:
        """(D, O) the S-curve: ceiling / (1 + odds exp(-D / tau)) of what is refined."""
        c = self.crude
        share = self._at_most * logistic(discount / c.tau[:, None] - self._odds)
        return c.kept * share * self._runs

    def discount_for(self, volume: Array) -> Array:
        """(D, O) the landed discount at which an outlet wants this volume: the curve turned."""
        c = self.crude
        full = c.kept * self._at_most * self._runs
        part = np.divide(volume, full, out=np.ones_like(full), where=full > 0)
        return c.tau[:, None] * (log_odds(np.minimum(part, 1.0)) + self._odds)

    def asked(self, volume: Array) -> Array:
        """(D,) the rise of freight that hauling these volumes (D, O) asks."""
        c = self.crude
        return c.fleet * np.maximum((c.haul * volume).sum(axis=1) - c.ships, 0.0)

    def _freight(self, before: Array) -> Array:
        """(D,) t = slope max(0, sum h x(t) - ships): one root, since x falls as t rises."""
        c = self.crude

        def asked(t: Array) -> Array:
            return self.asked(np.minimum(self._wanted(before - c.haul * t[:, None]), c.quota))

        most = asked(np.zeros_like(c.fleet))
        if not most.any():
            return most
        return falling_root(lambda t: asked(t) - t, np.zeros_like(most), most)
