"""The crude market of one day as numbers: who pumps, who refines, what the seller can do.

Quantities in mb/d of crude and condensate, prices in USD a barrel. Every array has D draws (or
members) in front; the market is solved for all of them at once (`threatpoint.oil.clearing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from threatpoint.oil.rows import times
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Positions


@dataclass(frozen=True, eq=False)
class Crude(Shown):
    """What the market is before anything is done, and what is done, for D draws.

    O outlets are where the seller's crude goes; each belongs to one of B buyers (a buyer may have
    one by sea and one by pipeline). P producers pump elsewhere.

    Attributes:
        world_price, price: (D,) benchmark and the seller's price, free on board, at baseline.
        landed: (D, O) landed discount at baseline, USD a barrel.
        runs: (D, B) crude refined by buyers, those who never buy from the seller among them.
        income: (D, B) what income makes of it, a factor.
        buyer: (O,) position of the outlet's buyer.
        bought: (D, O) what it takes at baseline.
        ceiling: (D, O) the largest share of its buyer's runs that it can take.
        haul: (D, O) ship-days a barrel, in hauls of the unit of the base.
        kept: (D, O) share of the demand that goes on where purchases are stopped.
        charge: (D, O) what is lost on a barrel on the way, on top of freight (middlemen), USD.
        levy: (D, O) what the buyer pays on top of the seller's price, a share of it: tariffs, and
            real costs of trading; tax: (D, O) what the seller's treasury takes, a share too.
        quota: (D, O) largest volume, infinite where there is none.
        to_seller: (D, O) 1 where the seller holds the scarcity of a quota, 0 where the buyer does.
        elsewhere: (D, P) output of the others, with what is cut; cut: (D, P) what is cut.
        spare: (D, P) idle capacity that comes in, all of it, once the price has risen by `band`.
        demand, supply, own_supply: (D,) price elasticities e_d, e_s and the seller's e_R.
        tau: (D,) width of the S-curve of origin, USD a barrel.
        fleet: (D,) slope of freight, USD for each mb/d of hauls above `ships`.
        ships: (D,) hauls that the fleet at baseline can do, mb/d times haul.
        band: (D,) rise of the price, a share, over which spare capacity comes in.
        home: (D,) what the seller refines itself; home_room: what it could besides;
            home_from, home_full: netback over the world price at which it begins to, and at which
            all room is used.
        own_cut: (D,) output that the seller itself cuts.
        shut_in: (D,) netback below which wells close.
        net_before: (D,) what the last seaborne barrel netted at baseline, USD a barrel.
        cap: (D,) price up to which Western ships and insurers serve, infinite where none. The cap
            in force stands in the baseline's price: it binds above that price only.
        own_fleet: (D,) seaborne volume that sails without them.
        evasion, evasion_slope: (D,) USD a barrel that its last fifth costs, and for each mb/d
            beyond it.
    """

    world_price: Array
    price: Array
    landed: Array
    runs: Array
    income: Array
    buyer: Positions
    bought: Array
    ceiling: Array
    haul: Array
    kept: Array
    charge: Array
    levy: Array
    tax: Array
    quota: Array
    to_seller: Array
    elsewhere: Array
    cut: Array
    spare: Array
    demand: Array
    supply: Array
    own_supply: Array
    tau: Array
    fleet: Array
    ships: Array
    band: Array
    home: Array
    home_room: Array
    home_from: Array
    home_full: Array
    own_cut: Array
    shut_in: Array
    net_before: Array
    cap: Array
    own_fleet: Array
    evasion: Array
    evasion_slope: Array

    @property
    def draws(self) -> int:
        """D."""
        return len(self.world_price)

    @property
    def exports(self) -> Array:
        """(D,) the seller's exports at baseline."""
        return self.bought.sum(axis=1)

    def pick(self, which: Positions | slice) -> Self:
        """The market of some draws."""
        values = {f.name: getattr(self, f.name)[which] for f in fields(self) if f.name != "buyer"}
        return replace(self, **values)

    def at_incomes(self, use: Array, incomes: Array | float, elasticity: Array) -> Self:
        """The market at other real incomes, which move what is refined.

        Args:
            use: (B, N) part of a buyer's crude that an economy refines.
            incomes: (N,) or (D, N) real incomes over the baseline's.
            elasticity: (D,) of crude demand in income.
        """
        factor = np.broadcast_to(incomes, (self.draws, use.shape[1])) ** elasticity[:, None]
        return replace(self, income=times(factor, use.T))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Several markets of the same outlets as one."""
        first = parts[0]
        names = [f.name for f in fields(cls) if f.name != "buyer"]
        values = {name: np.concatenate([getattr(one, name) for one in parts]) for name in names}
        return replace(first, **values)

    def wide(self, count: int) -> Self:
        """One draw, `count` times."""
        values = {
            f.name: np.repeat(getattr(self, f.name), count, axis=0)
            for f in fields(self)
            if f.name != "buyer"
        }
        return replace(self, **values)
