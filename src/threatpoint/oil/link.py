"""From a cleared market to the sector of the economy that holds the good.

The sector holds more than the good (gas beside crude), so a price moves it by the good's share.
Volumes are handed over in barrels: each producer's output and each buyer's use move as the market
says, the seller's flows one by one, and the others' flows as near to what they were as that allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.oil.balancing import balanced
from threatpoint.oil.receipts import Receipts
from threatpoint.oil.rows import times
from threatpoint.oil.volumes import Volumes
from threatpoint.units import money

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.oil.cleared import Cleared
    from threatpoint.oil.outlets import Outlets

YEAR = 365.0
"""Days."""


@dataclass(frozen=True, eq=False)
class Link:
    """How an economy's sector and the market of a good belong together.

    Attributes:
        outlets: base and economy.
    """

    outlets: Outlets

    def volumes(self, found: Cleared, left: Array, income: Array, dearer: Array) -> list[Volumes]:
        """What the market gives each member's economy.

        Args:
            found: the market of D members.
            left: (D, N) what their policies leave of the seller's other goods in the sector.
            income: (D, N) factor on each economy's use by its income.
            dearer: (D, N) what their tariffs, taxes and costs add to the price of those goods.
        """
        receipts, failed = Receipts(found), found.failures
        price = self.prices(found, receipts, left)
        landed = self._landed(found, receipts, left, dearer)
        ratio, unit = self.ratios(found, left, income), self._units(found)
        same: dict[str, Any] = {"sector": self.outlets.sector, "sold": self._sold}
        return [
            Volumes(price=price[d], ratio=ratio[d], unit=unit[d], landed=landed[d], **same,
                    failure=failed.get(d, ""))
            for d in range(found.crude.draws)
        ]  # fmt: skip

    @cached_property
    def _cells(self) -> Array:
        """(N n, N i) sales of the sector, money."""
        return self.outlets.economy.trade[:, :, self.outlets.sector]

    @cached_property
    def share(self) -> Array:
        """(N,) part of the good in an economy's output of the sector: barrels at the world price
        over the table's output, at most 1. Of the seller that of its exports, since its gas is
        booked there too.
        """
        base, output = self.outlets.base, self._cells.sum(axis=0)
        made = self.outlets.producers * output
        total = made.sum(axis=1, keepdims=True)
        value = (self._barrel * base.production) @ _share(made, total)
        share = np.minimum(_share(value, output), 1.0)
        abroad = self._cells[:, self.outlets.seller] * self._sold[:, self.outlets.seller]
        share[self.outlets.seller] = (self.part * abroad).sum() / abroad.sum()
        return share

    @cached_property
    def _barrel(self) -> float:
        """Money a year of 1 mb/d at the world price of the table's year."""
        price = self.outlets.market.benchmark.value
        return price * YEAR * money(1.0, "USD million", self.outlets.economy.unit)

    def prices(self, found: Cleared, receipts: Receipts, left: Array) -> Array:
        """(D, N) producer prices of the sector, ratios: 1 + share (P / P0 - 1)."""
        rise = np.expm1(found.log_price)[:, None] * self.share
        rise[:, self.outlets.seller] = self._sellers_rise(found, receipts, left)
        return 1.0 + rise

    def _sellers_rise(self, found: Cleared, receipts: Receipts, left: Array) -> Array:
        """(D,) rise of the seller's price: the mean of what it sells abroad.

        The good by what a barrel nets it, the rest of the sector (gas) as it was: its receipts
        from abroad are then those of the market and of the rest.
        """
        price = self._unit(found)
        good, rest = ((x * price).sum(axis=1) for x in self._from_seller(found, left))
        part = np.divide(good, good + rest, out=np.ones_like(good), where=good + rest > 0)
        net = np.where(found.exports > 0, receipts.net, found.price)
        return part * (net / found.crude.net_before - 1.0)

    @cached_property
    def part(self) -> Array:
        """(N,) part of the good in what each economy buys of the seller's sector."""
        o = self.outlets
        flow, cell = o.economy.flows[o.market.name], self._cells[:, o.seller]
        known = np.where(flow.known[:, o.seller], flow.values[:, o.seller], 0.0)
        return np.minimum(np.divide(known, cell, out=np.zeros_like(cell), where=cell > 0), 1.0)

    @cached_property
    def _sold(self) -> Mask:
        """(N, N) the seller's flows abroad."""
        sold = np.zeros(self._cells.shape, dtype=bool)
        sold[:, self.outlets.seller] = True
        sold[self.outlets.seller, self.outlets.seller] = False
        return sold

    def _unit(self, found: Cleared) -> Array:
        """(D, N) price of the seller's flows before, relative to the world's: landed below it.

        What buyers of the good save in a year is the market's, in dollars; the table's prices are
        of its own year.
        """
        a_year = YEAR * money(1.0, "USD million", self.outlets.economy.unit)
        saved = times(found.crude.landed * found.crude.bought, self.outlets.purchases) * a_year
        paid = self._cells[:, self.outlets.seller] * self.part
        off = np.divide(saved, paid, out=np.zeros_like(saved), where=paid > 0)
        return np.where(self._sold[:, self.outlets.seller], 1.0 / (1.0 + off), 1.0)

    def _units(self, found: Cleared) -> Array:
        """(D, N n, N i) the same of every flow: 1 of all others."""
        units = np.ones((found.crude.draws, *self._cells.shape))
        units[:, :, self.outlets.seller] = self._unit(found)
        return units

    def _over_outlets(self, values: Array, weight: Array) -> Array:
        """(D, N) mean over an economy's outlets of (D, O) values, by weights (D, O)."""
        by = self.outlets.purchases
        return _share(times(values * weight, by), times(weight, by))

    def _landed(self, found: Cleared, receipts: Receipts, left: Array, dearer: Array) -> Array:
        """(D, N n, N i) what buyers pay for the seller's flows, ratio; 1 elsewhere.

        The mean over what they take afterwards: gas that is left when crude is given up pays its
        own price.
        """
        o, c = self.outlets, found.crude
        before = c.world_price[:, None] - c.landed
        rise = self._over_outlets(receipts.landed() / before - 1.0, found.taken.volume)
        good, rest = self._from_seller(found, left)
        part = _share(good, good + rest)
        landed = np.ones((c.draws, *self._cells.shape))
        landed[:, :, o.seller] = 1.0 + part * rise + (1.0 - part) * dearer
        return np.where(self._sold, landed, 1.0)

    def ratios(self, found: Cleared, left: Array, income: Array) -> Array:
        """(D, N n, N i) volume of each flow, ratio to the baseline's."""
        seller, before = self.outlets.seller, self._sellers_barrels(found)
        good, rest = self._from_seller(found, left)
        mine, others = good + rest, self._cells.copy()
        others[:, seller] = 0.0
        columns = others.sum(axis=0) * self._made(found)
        wanted = (others.sum(axis=1) + before) * self._used(found, income)
        rows = np.maximum(wanted - mine, 0.0)
        rows[:, seller] = others[seller].sum()
        rows *= (columns.sum(axis=1) / rows.sum(axis=1))[:, None]
        ratio = balanced(others, rows, columns)
        ratio[:, :, seller] = np.divide(mine, before, out=np.ones_like(mine), where=before > 0)
        ratio[:, seller, seller] = self._at_home(found)
        return ratio

    def _at_home(self, found: Cleared) -> Array:
        """(D,) what the seller uses itself over the baseline's."""
        return 1.0 + self.share[self.outlets.seller] * found.at_home / found.crude.home

    def _sellers_barrels(self, found: Cleared) -> Array:
        """(D, N) what each economy buys of the seller's sector, in the table's barrels."""
        seller = self.outlets.seller
        return self._cells[:, seller] * self._sold[:, seller] / self._unit(found)

    def _from_seller(self, found: Cleared, left: Array) -> tuple[Array, Array]:
        """(D, N) what each economy takes of the seller's good, and of the rest of its sector.

        In the table's barrels. The good as the market says, by as many barrels more, or by the
        share that is left of what the table holds; the rest by what the policy leaves.
        """
        o = self.outlets
        cell = self._sellers_barrels(found)
        good, rest = cell * self.part, cell * (1.0 - self.part)
        before, after = (times(x, o.purchases) for x in (found.crude.bought, found.taken.volume))
        fewer = np.divide(after, before, out=np.ones_like(after), where=before > 0)
        more = good + np.maximum(after - before, 0.0) * self._barrel
        return np.where(after < before, good * fewer, more), rest * left

    def _made(self, found: Cleared) -> Array:
        """(D, N) output of the sector over the baseline's, but the seller's."""
        o, c = self.outlets, found.crude
        others = [code != o.base.seller for code in o.base.producers]
        places = o.producers[others]
        after, before = (times(x, places / places.sum(axis=1, keepdims=True)) for x in
                         (found.made, c.elsewhere))  # fmt: skip
        ratio = np.divide(after, before, out=np.ones_like(after), where=before > 0)
        return 1.0 + self.share * (ratio - 1.0)

    def _used(self, found: Cleared, income: Array) -> Array:
        """(D, N) use of the sector over the baseline's."""
        share = min(self.outlets.base.production.sum() * self._barrel / self._cells.sum(), 1.0)
        factor = np.exp(-found.crude.demand * found.log_price)[:, None] * income
        return 1.0 + share * (factor - 1.0)


def _share(part: Array, whole: Array) -> Array:
    """Part over whole, 0 where there is no whole."""
    whole = np.broadcast_to(whole, part.shape)
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
