"""The market of a good of an economy: its base on the economy's day, and what a policy is to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError, WorldError, unknown
from threatpoint.oil.done import levied
from threatpoint.oil.link import Link
from threatpoint.oil.outlets import Outlets
from threatpoint.oil.volumes import LEAST
from threatpoint.world.economy import Economy

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.policy.limits import VolumeLimit
    from threatpoint.policy.wedges import Wedges

GOOD = "crude"
MOST = 0.5
"""Part of what a buyer gets from other sellers that may be taxed or cut (`Setting.beyond`)."""
KEPT = 8
"""Economies whose markets are remembered."""


@dataclass(frozen=True, eq=False)
class Setting:
    """A market in an economy.

    Attributes:
        outlets: base and economy.
    """

    outlets: Outlets

    @cached_property
    def link(self) -> Link:
        """How the sector of the economy follows the market."""
        return Link(self.outlets)

    def touched(self, wedges: Wedges) -> bool:
        """Whether a policy does anything to this market that the market can answer."""
        if self.acts(wedges):
            return True
        return bool(self._changed(wedges)[self._flows > 0].any()) and not self.beyond(wedges)

    def acts(self, wedges: Wedges) -> bool:
        """Whether something is done to the market as a whole."""
        return any(act.good == self.outlets.market.name for act in wedges.acts)

    def beyond(self, wedges: Wedges) -> str:
        """Buyers of the seller's for whom most of what others sell them is taxed or cut, in words.

        The market knows levies and cuts on the seller's barrels alone, and what others sell is only
        bought elsewhere: it cannot say by how much such a buyer would use less, or make more.
        """
        countries, sector = self.outlets.economy.countries, self.outlets.sector
        at = (slice(None), slice(None), sector)
        changed = (wedges.survival[at] != 1) | (wedges.export_tax[at] != 0)
        changed |= (wedges.cost[at] != 0) | (
            wedges.tariff[at] != self.outlets.economy.tariff_in_force[at]
        )
        part, whole = (self._others * changed).sum(axis=1), self._others.sum(axis=1)
        most = (self._flows > 0) & (part > MOST * whole)
        return ", ".join(code for code, so in zip(countries, most, strict=True) if so)

    def shut(self, wedges: Wedges) -> bool:
        """Whether somebody is cut off from all but a few of those who sell besides the seller, so
        that nothing can take their place.
        """
        left = (self._others * wedges.survival[:, :, self.outlets.sector]).sum(axis=1)
        whole = self._others.sum(axis=1)
        lost = (whole > 0) & (left <= LEAST * whole)
        lost[self.outlets.seller] = False  # it has its own
        return bool(lost.any())

    @cached_property
    def _others(self) -> Array:
        """(N n, N i) sales of the sector abroad, but the seller's."""
        o = self.outlets
        found = o.economy.trade[:, :, o.sector] * (1.0 - np.eye(len(o.economy.countries)))
        found[:, o.seller] = 0.0
        return found

    @cached_property
    def _flows(self) -> Array:
        """(N,) the seller's sales of the sector abroad."""
        flows = self.outlets.economy.trade[:, self.outlets.seller, self.outlets.sector].copy()
        flows[self.outlets.seller] = 0.0
        return flows

    def _changed(self, wedges: Wedges) -> Mask:
        """(N,) flows of the seller's sector that a policy changes."""
        at = (slice(None), self.outlets.seller, self.outlets.sector)
        changed = wedges.survival[at] != 1
        changed |= wedges.tariff[at] != self.outlets.economy.tariff_in_force[at]
        changed |= (wedges.export_tax[at] != 0) | (wedges.cost[at] != 0)
        for limit in wedges.volume_limits:
            changed |= limit.cells[at]
        return changed

    def require_purchases(self, wedges: Wedges) -> None:
        """Refuse a stop of purchases that nobody makes on this day, though the table has them.

        Raises:
            PolicyError: none of those who stop buy the good on the day of the base.
        """
        outlets = self.outlets
        kept = wedges.kept.get(outlets.market.name)
        if kept is None:
            return
        stopped = (kept[:, outlets.seller] < 1) & (self._flows * self.link.part > 0)
        buys = (outlets.bought @ outlets.purchases) > 0
        if stopped.any() and not (stopped & buys).any():
            names = [
                code
                for code, is_so in zip(outlets.economy.countries, stopped, strict=True)
                if is_so
            ]
            raise PolicyError(
                f"{', '.join(names)}: bought {outlets.market.name} of {outlets.base.seller} in the "
                f"table's year, but none on the day of the market ({outlets.base.day}), so there "
                "is nothing to stop"
            )

    def left(self, wedges: Wedges) -> Array:
        """(N,) what a policy leaves of the seller's other goods in the sector.

        A quota on the sector rations them at their price: nobody earns their scarcity.
        """
        at = (slice(None), self.outlets.seller, self.outlets.sector)
        left = self._uncut(wedges)
        for limit in wedges.volume_limits:
            left = np.where(limit.cells[at], np.minimum(left, limit.volume), left)
        return left

    def _uncut(self, wedges: Wedges) -> Array:
        """(N,) the part of them that is not cut off."""
        at = (slice(None), self.outlets.seller, self.outlets.sector)
        survival, kept = wedges.survival[at], wedges.kept.get(self.outlets.market.name)
        if kept is None:
            return survival
        part = self.link.part
        rest = survival - part * kept[:, self.outlets.seller]
        whole = np.where(part < 1, 1.0 - part, 1.0)
        return np.where(part < 1, np.clip(rest / whole, 0.0, 1.0), 1.0)

    def dearer(self, wedges: Wedges) -> Array:
        """(N,) what buyers pay more for the seller's other goods in the sector, a share."""
        tax = wedges.export_tax[:, self.outlets.seller, self.outlets.sector]
        return (1.0 + tax) * (1.0 + levied(self.outlets, wedges)) - 1.0

    def for_trade(self, wedges: Wedges) -> Wedges:
        """The policy without what the market does: the rest is for the equilibrium of trade.

        Raises:
            PolicyError: an iceberg cost on the sector, whose barrels do not melt.
        """
        if np.any(wedges.iceberg[:, :, self.outlets.sector] != 0):
            sector = self.outlets.economy.sectors[self.outlets.sector]
            raise PolicyError(
                f"iceberg costs on {sector}: its {self.outlets.market.name} is counted in barrels, "
                f"none of which melts; leave {sector} out of `sectors`, or write a trade cost"
            )
        at = (slice(None), self.outlets.seller, self.outlets.sector)
        changed = {"survival": 1.0, "cost": 0.0, "evading": 0.0, "evasion_cost": 0.0}
        arrays: dict[str, Array] = {}
        for name, nothing in changed.items():
            values = getattr(wedges, name)
            if np.any(values[at] != nothing):
                arrays[name] = np.array(values)
                arrays[name][at] = nothing
        limits = tuple(x for x in map(self._elsewhere, wedges.volume_limits) if x is not None)
        return replace(wedges, acts=(), kept={}, volume_limits=limits, **arrays)

    def _elsewhere(self, limit: VolumeLimit) -> VolumeLimit | None:
        """A bound without the flows of this market; None where it has no others."""
        at = (slice(None), self.outlets.seller, self.outlets.sector)
        if not limit.cells[at].any():
            return limit
        cells = limit.cells.copy()
        cells[at] = False
        return replace(limit, cells=cells) if cells.any() else None


@lru_cache(maxsize=KEPT)
def setting_of(economy: Economy, good: str = GOOD) -> Setting | None:
    """The market of an economy on its day; None where it has none that can be solved.

    A setting knows its economy, so few are kept: thousands of tables may be drawn.

    Raises:
        WorldError: the good's flow is not in the table, or the seller sells none of it.
    """
    market = economy.markets.get(good)
    day = economy.standing.date if economy.standing else None
    base = None if market is None else market.base_on(day)
    if market is None or base is None:
        return None
    if market.name not in economy.flows:
        problem = unknown("flow", market.name, tuple(economy.flows))
        raise WorldError(f"market of {good}: {problem}")
    return Setting(Outlets(base, economy, market))


def require_setting(economy: Economy, good: str = GOOD) -> Setting:
    """The same.

    Raises:
        PolicyError: there is none.
    """
    found = setting_of(economy, good)
    if found is None:
        known = ", ".join(economy.markets) or "none"
        raise PolicyError(
            f"this table has no market of {good} in barrels (markets: {known}); caps, ships, "
            "producers, quotas, output and spare capacity need one"
        )
    return found
