"""Trade cost: selling becomes dearer, and nobody earns it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.base import Instrument
from threatpoint.policy.instruments.effect import Effect
from threatpoint.policy.numbers import cost_rate, join

if TYPE_CHECKING:
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy

CHECK = partial(cost_rate, "trade cost")


@dataclass(frozen=True)
class TradeCost(Instrument):
    """Selling becomes dearer and nobody earns it: payments, insurance or shipping are sanctioned.

    Several costs on one flow add up.

    Attributes:
        exporters: whose sales bear it.
        importers: to whom they sell.
        sectors: what is hit; codes or "goods", "services", "all".
        rate: how much of the seller's price, earned by nobody; a share: 0.1 is 10 %.

    Raises:
        PolicyError: a rate below 0, not a number, or above 10 and not written as `percent(...)`.

    Example:
        >>> tp.TradeCost("RUS", "WORLD", rate=0.1).describe()
        'payments, insurance and transport of goods from RUS to WORLD cost 10 % more'
    """

    word: ClassVar[str] = "trade-cost"
    example: ClassVar[str] = "RUS:WORLD:10%"
    order: ClassVar[int] = 6

    exporters: Selector = field(metadata=entries.EXPORTERS)
    importers: Selector = field(metadata=entries.IMPORTERS)
    sectors: Selector = field(default="goods", metadata=entries.SECTORS)
    rate: float = field(default=math.nan, metadata=entries.percent(":", "RATE%", CHECK))

    def effect(self, economy: Economy) -> Effect:
        return Effect(self.cells(economy), cost=self.rate)

    def describe(self) -> str:
        exporters, importers = self.sides
        flow = f"{join(self.sectors)} from {join(exporters)} to {join(importers)}"
        return f"payments, insurance and transport of {flow} cost {100 * self.rate:g} % more"
