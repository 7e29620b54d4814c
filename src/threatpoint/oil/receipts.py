"""Who is paid for the seller's crude: the seller, its treasury, ships, and those who hold rents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.oil.buyers import Buyers
from threatpoint.oil.seller import evading, spent

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.oil.cleared import Cleared


@dataclass(frozen=True, eq=False)
class Receipts:
    """What a cleared market pays, USD a barrel times mb/d, that is USD million a day.

    The price of an outlet is that of the barrel sold last, but where the seller holds the scarcity
    of a quota: then what the buyer would pay for that volume. A barrel that is served under a cap
    is paid the cap, and its buyer keeps the rest; one that evades it is paid in full and bears the
    cost, which nobody earns.
    """

    found: Cleared

    @cached_property
    def asked(self) -> Array:
        """(D, O) price free on board before levies, the scarcity of the seller's quotas in it."""
        c, taken = self.found.crude, self.found.taken
        flat = np.broadcast_to(self.found.price[:, None], taken.volume.shape)
        binds = (c.to_seller > 0) & (taken.wanted > c.quota) & (c.quota > 0)
        if not binds.any():
            return flat
        wanted = Buyers(c, self.found.log_price).discount_for(np.where(binds, c.quota, 1.0))
        room = (taken.discount - np.where(binds, wanted, 0.0)) / ((1 + c.tax) * (1 + c.levy))
        return np.where(binds, flat + room, flat)

    @cached_property
    def _sea(self) -> Array:
        """(D,) seaborne volume."""
        return self.found.seaborne

    @cached_property
    def _evading(self) -> Array:
        """(D,) seaborne barrels that evade the cap."""
        return evading(self.found.crude, self.found.price, self._sea)

    @cached_property
    def served_share(self) -> Array:
        """(D,) part of the seaborne barrels that is sold at the cap, where it binds; else 0."""
        c = self.found.crude
        served = np.where(self.found.price > c.cap, self._sea - self._evading, 0.0)
        return np.divide(served, self._sea, out=np.zeros_like(served), where=self._sea > 0)

    @cached_property
    def paid(self) -> Array:
        """(D, O) what buyers pay a barrel free on board before tax and levies, on average."""
        c = self.found.crude
        below = np.where(self.served_share > 0, self.found.price - c.cap, 0.0) * self.served_share
        return self.asked - np.where(c.haul > 0, below[:, None], 0.0)

    @property
    def border(self) -> Array:
        """(D,) mean price at the border, the export tax in it; NaN for no exports."""
        return self._mean(self.paid * (1.0 + self.found.crude.tax))

    @property
    def net(self) -> Array:
        """(D,) mean of what a barrel nets the seller: less tax and the cost of evading."""
        c = self.found.crude
        lost = np.where(self.found.price > c.cap, spent(c, self._evading), 0.0)
        return self._mean(self.paid) - lost / _some(self.found.exports)

    @property
    def revenue(self) -> Array:
        """(D,) of the seller and its treasury, USD million a day."""
        c, volume = self.found.crude, self.found.taken.volume
        tax = np.sum(self.paid * c.tax * volume, axis=1)
        return np.nan_to_num(self.net) * self.found.exports + tax

    def landed(self) -> Array:
        """(D, O) mean price that the buyer pays on landing, USD a barrel."""
        c, taken = self.found.crude, self.found.taken
        extra = (self.paid - self.found.price[:, None]) * (1.0 + c.tax) * (1.0 + c.levy)
        return self.found.world_price[:, None] - c.landed - taken.discount + extra

    def _mean(self, prices: Array) -> Array:
        volume = self.found.taken.volume
        return np.sum(prices * volume, axis=1) / _some(self.found.exports)


def _some(volume: Array) -> Array:
    """Volumes; NaN where there are none."""
    return np.where(volume > 0, volume, np.nan)
