"""The crude market laid over an economy: outlets of the seller, and which economies they are.

A buyer that takes part of its crude by pipeline or from a near port has two outlets: freight moves
only the other. What the base counts in a group (others that may buy) is spread over the economies
of the group by what the table knows they bought.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.oil.positions import position
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Positions
    from threatpoint.world.crude_base import CrudeBase
    from threatpoint.world.economy import Economy
    from threatpoint.world.market import Market


@dataclass(frozen=True, eq=False)
class Outlets(Shown):
    """A base and the economy it stands in.

    Attributes:
        base: the market's numbers on a day.
        economy: the table.
        market: the good.
    """

    base: CrudeBase
    economy: Economy
    market: Market

    @cached_property
    def seller(self) -> int:
        """Position of the seller in the economy."""
        return self.economy.country(self.base.seller)

    @cached_property
    def sector(self) -> int:
        """Position of the sector that holds the good."""
        return self.economy.sector(self.market.sector)

    @cached_property
    def _near(self) -> tuple[tuple[int, bool], ...]:
        """(buyer, whether near) of each outlet; a buyer with nothing near has one by sea."""
        base = self.base
        found: list[tuple[int, bool]] = []
        for b in np.flatnonzero(base.ceiling > 0):
            found += [(int(b), True)] if base.near[b] > 0 else []
            found += [(int(b), False)] if base.near[b] < base.bought[b] or base.near[b] == 0 else []
        return tuple(found)

    @cached_property
    def buyer(self) -> Positions:
        """(O,) the buyer of each outlet."""
        return np.array([b for b, _ in self._near], dtype=np.intp)

    @cached_property
    def near(self) -> Array:
        """(O,) 1 where the outlet has no freight premium."""
        return np.array([float(near) for _, near in self._near])

    @cached_property
    def bought(self) -> Array:
        """(O,) mb/d at baseline."""
        base, b = self.base, self.buyer
        return np.where(self.near > 0, base.near[b], base.bought[b] - base.near[b])

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """(O,) code of the buyer."""
        return tuple(self.base.buyers[int(b)] for b in self.buyer.tolist())

    @cached_property
    def places(self) -> Array:
        """(B, N) 1 where an economy is, or holds a part of, a buyer."""
        return self._places("buyer", self.base.buyers)

    @cached_property
    def producers(self) -> Array:
        """(P, N) the same for producers."""
        return self._places("producer", self.base.producers)

    def _places(self, side: str, codes: tuple[str, ...]) -> Array:
        where = position(self.base, self.economy, side)
        found = np.zeros((len(codes), len(self.economy.countries)))
        for k, code in enumerate(codes):
            found[k, [self.economy.country(place) for place in where[code]]] = 1.0
        return found

    @cached_property
    def purchases(self) -> Array:
        """(O, N) part of an outlet's purchases that an economy makes; rows sum to 1.

        By what the table knows of the flow; evenly where it knows nothing.
        """
        flow = self.economy.flows[self.market.name]
        known = np.where(flow.known[:, self.seller], flow.values[:, self.seller], 0.0)
        return _parts(self.places[self.buyer], known)

    @cached_property
    def use(self) -> Array:
        """(B, N) part of a buyer's crude that an economy refines, by its use of the sector."""
        return _parts(self.places, self.economy.trade[:, :, self.sector].sum(axis=1))


def _parts(places: Array, weight: Array) -> Array:
    """Rows of weights over the places of each, summing to 1; evenly where all weigh nothing."""
    found = places * weight
    empty = found.sum(axis=1) <= 0
    found[empty] = places[empty]
    total: Array = found.sum(axis=1, keepdims=True)
    return np.divide(found, total, out=np.zeros_like(found), where=total > 0)
