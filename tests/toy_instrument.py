"""An instrument outside the package, in one file: all that it takes to have one more.

A share of the goods is sent back at the border, and what comes in bears the cost of inspection.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from threatpoint.policy.instruments import Instrument, entries
from threatpoint.policy.instruments.effect import Effect
from threatpoint.policy.numbers import join

if TYPE_CHECKING:
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class Inspection(Instrument):
    """The importers inspect what they buy."""

    word: ClassVar[str] = "inspection"
    example: ClassVar[str] = "USA:CHN:20%/ELEC~5%"

    importers: Selector = field(metadata=entries.side(imports=True, acts=True))
    exporters: Selector = field(metadata=entries.EXPORTERS)
    sent_back: float = field(metadata=entries.part("share sent back", ":", "SHARE"))
    sectors: Selector = field(default="goods", metadata=entries.SECTORS)
    fee: float = field(default=0.0, metadata=entries.percent("~", "FEE"))

    def effect(self, economy: Economy) -> Effect:
        """A share of each flow is gone, and the rest costs more."""
        return Effect.of_cut(self.cells(economy), self.sent_back, self.fee)

    def describe(self) -> str:
        """The instrument in words."""
        importers, exporters = self.sides
        flow = f"{join(self.sectors)} from {join(exporters)}"
        return f"{join(importers)} inspects {flow} and sends {100 * self.sent_back:g} % back"
