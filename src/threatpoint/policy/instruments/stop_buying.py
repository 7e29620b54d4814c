"""Stop buying: buyers stop buying some goods, which may be finer than the sectors of the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy import door
from threatpoint.policy.goods import held, part_of_cells, sectors_holding
from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.base import Instrument
from threatpoint.policy.instruments.effect import Effect
from threatpoint.policy.numbers import enforced, join

if TYPE_CHECKING:
    from threatpoint.array_types import Mask
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class StopBuying(Instrument):
    """The buyers stop buying the goods from the sellers.

    A flow such as crude is only part of its sector: that part of the cell is cut and the rest,
    such as pipeline gas, is left. A flow that nobody reports is not cut.

    Attributes:
        buyers: who stops.
        sellers: whose goods they are.
        goods: what they stop buying; sector codes, or names of `economy.flows` such as "crude".
        enforcement: how much of the purchases stops; e in [0, 1]. At unchanged prices a share
            1 - e goes on.

    Raises:
        PolicyError: enforcement outside [0, 1].

    Example:
        >>> tp.StopBuying("IND", "RUS", "crude").describe()
        'IND stops buying crude from RUS'
    """

    word: ClassVar[str] = "stop-buying"
    title: ClassVar[str] = "stop of buying"
    example: ClassVar[str] = "IND:RUS:crude@80%"
    order: ClassVar[int] = 8

    buyers: Selector = field(metadata=entries.side(imports=True, acts=True))
    sellers: Selector = field(metadata=entries.side())
    goods: Selector = field(metadata=entries.goods("goods", ":", door.goods))
    enforcement: float = field(default=1.0, metadata=entries.ENFORCEMENT)

    def sector_mask(self, economy: Economy, where: str = "") -> Mask:
        return sectors_holding(economy, self.goods, where or self.describe())

    def live(self, economy: Economy, cells: Mask) -> Mask:
        """Cells with a purchase to stop; raises `PolicyError` where there is none."""
        found = cells & (part_of_cells(economy, self.goods, self.describe()) > 0)
        if not found.any():
            raise PolicyError(
                f"{self.describe()}: hits nothing, the table knows of no such purchase"
            )
        return found

    def effect(self, economy: Economy) -> Effect:
        """The enforced share of the goods is gone, and of nothing else in their sectors."""
        cells = self.cells(economy)
        part = part_of_cells(economy, self.goods, self.describe())
        holds = held(economy, self.goods, self.describe())
        finer = [good for goods in holds.values() for good in goods if good not in holds]
        cut = np.where(cells, self.enforcement * part, 0.0)
        return Effect(cells, cut, kept=dict.fromkeys(finer, 1.0 - self.enforcement))

    def describe(self) -> str:
        buyers, sellers = self.sides
        verb = "stops" if len(buyers) == 1 else "stop"
        flow = f"{join(self.goods)} from {join(sellers)}"
        return f"{join(buyers)} {verb} buying {flow}{enforced(self.enforcement)}"
