"""Export tax: the exporters' treasury takes a share of what they sell."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.base import Instrument
from threatpoint.policy.instruments.effect import Effect
from threatpoint.policy.numbers import join, rate_above, verb

if TYPE_CHECKING:
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy

BELOW = "is -100 % or less: the good would have no price"
CHECK = partial(rate_above, -1.0, "export tax", "the rate of an export tax", BELOW)


@dataclass(frozen=True)
class ExportTax(Instrument):
    """The exporters tax what they sell to the importers; their treasury earns it.

    Several taxes on one flow add up: the baseline has none.

    Attributes:
        exporters: who levies it.
        importers: who pays it.
        sectors: what is hit; codes or "goods", "services", "all".
        rate: how much of the seller's price, below 0 a subsidy; a share: 0.2 is 20 %.

    Raises:
        PolicyError: a rate of -100 % or less, not a number, or above 10 and not written as
            `percent(...)`.

    Example:
        >>> tp.ExportTax("RUS", "WORLD", "OILGAS", rate=0.2).describe()
        'RUS taxes exports of OILGAS to WORLD at 20 %'
    """

    word: ClassVar[str] = "export-tax"
    example: ClassVar[str] = "RUS:WORLD:20%/OILGAS"
    order: ClassVar[int] = 5

    exporters: Selector = field(metadata=entries.side(acts=True))
    importers: Selector = field(metadata=entries.IMPORTERS)
    sectors: Selector = field(default="goods", metadata=entries.SECTORS)
    rate: float = field(default=math.nan, metadata=entries.percent(":", "RATE%", CHECK))

    def effect(self, economy: Economy) -> Effect:
        return Effect(self.cells(economy), export_tax=self.rate)

    def describe(self) -> str:
        exporters, importers = self.sides
        does = ("taxes", "tax") if self.rate >= 0 else ("subsidises", "subsidise")
        flow = f"{join(self.sectors)} to {join(importers)}"
        size = f"{abs(100 * self.rate):g} %"
        return f"{join(exporters)} {verb(exporters, *does)} exports of {flow} at {size}"
