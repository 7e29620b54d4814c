"""Charges on trade: an export tax, which a treasury earns, and a cost, which nobody earns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from threatpoint.errors import PolicyError
from threatpoint.policy.instrument import Instrument
from threatpoint.policy.numbers import cost_rate, join, plain_rate

if TYPE_CHECKING:
    from threatpoint.policy.scope import Selector


@dataclass(frozen=True)
class ExportTax(Instrument):
    """The exporters tax what they sell to the importers; their treasury earns it.

    Several taxes on one flow add up: the baseline has none.

    Attributes:
        exporters: who levies it.
        importers: who pays it.
        sectors: codes or "goods", "services", "all".
        rate: as a share of the seller's price: 0.2 is 20 %; below 0 it is a subsidy.

    Raises:
        PolicyError: a rate of -100 % or less, not a number, or above 10 and not written as
            `percent(...)`.
    """

    exporters: Selector
    importers: Selector
    sectors: Selector = "goods"
    rate: float = math.nan

    side_names: ClassVar[tuple[str, str]] = ("exporters", "importers")
    importer_first: ClassVar[bool] = False
    actor: ClassVar[str] = "exporters"

    def __post_init__(self) -> None:
        self._normalise()
        rate = plain_rate("export tax", "the rate of an export tax", self.rate)
        if rate <= -1:
            raise PolicyError(
                f"export tax {100 * rate:g} % is -100 % or less: the good would have no price"
            )

    def describe(self) -> str:
        """The instrument in words, as used in messages."""
        exporters, importers = self.sides
        verb = "taxes" if self.rate >= 0 else "subsidises"
        flow = f"{join(self.sectors)} to {join(importers)}"
        return f"{join(exporters)} {verb} exports of {flow} at {abs(100 * self.rate):g} %"


@dataclass(frozen=True)
class TradeCost(Instrument):
    """Selling becomes dearer and nobody earns it: payments, insurance or shipping are sanctioned.

    Several costs on one flow add up.

    Attributes:
        exporters: whose sales bear it.
        importers: to whom they sell.
        sectors: codes or "goods", "services", "all".
        rate: as a share of the seller's price: 0.1 is 10 %.

    Raises:
        PolicyError: a rate below 0, not a number, or above 10 and not written as `percent(...)`.
    """

    exporters: Selector
    importers: Selector
    sectors: Selector = "goods"
    rate: float = math.nan

    side_names: ClassVar[tuple[str, str]] = ("exporters", "importers")
    importer_first: ClassVar[bool] = False

    def __post_init__(self) -> None:
        self._normalise()
        cost_rate("trade cost", self.rate)

    def describe(self) -> str:
        """The instrument in words, as used in messages."""
        exporters, importers = self.sides
        flow = f"{join(self.sectors)} from {join(exporters)} to {join(importers)}"
        return f"payments, insurance and transport of {flow} cost {100 * self.rate:g} % more"
