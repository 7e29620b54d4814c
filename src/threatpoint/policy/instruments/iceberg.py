"""Iceberg cost: more, or less, has to be shipped for the same to arrive."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.base import Instrument
from threatpoint.policy.instruments.effect import Effect
from threatpoint.policy.numbers import join, rate_above

if TYPE_CHECKING:
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy

CHECK = partial(
    rate_above, -1.0, "iceberg cost", "the change of an iceberg cost", "leaves no cost above 0"
)


@dataclass(frozen=True)
class Iceberg(Instrument):
    """The iceberg cost of trade changes: a trade agreement, red tape, a longer way.

    For one unit to arrive, d units are shipped; d becomes (1 + rate) times what it is. Nobody earns
    it and nothing else is used up. Several changes on one flow multiply.

    Attributes:
        exporters: whose sales it changes.
        importers: to whom they sell.
        sectors: what is hit; codes or "goods", "services", "all".
        rate: by how much the cost changes, below 0 a fall; a share: -0.1 is 10 % less.

    Raises:
        PolicyError: a rate of -1 or less, not a number, or above 10 and not written as
            `percent(...)`.

    Example:
        >>> tp.Iceberg("DEU", "USA", rate=-0.1).describe()
        'iceberg costs of goods from DEU to USA fall by 10 %'
    """

    word: ClassVar[str] = "iceberg"
    title: ClassVar[str] = "iceberg cost"
    example: ClassVar[str] = "DEU:USA:-10%"
    order: ClassVar[int] = 7

    exporters: Selector = field(metadata=entries.EXPORTERS)
    importers: Selector = field(metadata=entries.IMPORTERS)
    sectors: Selector = field(default="goods", metadata=entries.SECTORS)
    rate: float = field(default=math.nan, metadata=entries.percent(":", "RATE%", CHECK))

    def effect(self, economy: Economy) -> Effect:
        return Effect(self.cells(economy), iceberg=self.rate)

    def describe(self) -> str:
        exporters, importers = self.sides
        flow = f"{join(self.sectors)} from {join(exporters)} to {join(importers)}"
        moved = f"{'fall' if self.rate < 0 else 'rise'} by {100 * abs(self.rate):g} %"
        return f"iceberg costs of {flow} {moved}"
