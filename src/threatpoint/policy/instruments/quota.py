"""Quota: a bound on the volume of a flow."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.base import Instrument
from threatpoint.policy.instruments.effect import Effect
from threatpoint.policy.limits import VolumeLimit
from threatpoint.policy.numbers import join, rate_above

if TYPE_CHECKING:
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy

NONE = "must be above 0; write a cut-off for none at all"
CHECK = partial(rate_above, 0.0, "quota", "the volume of a quota", NONE)
PAYEE = entries.choice("quota payee", ("importer", "exporter"), ":", "importer|:exporter")


@dataclass(frozen=True)
class Quota(Instrument):
    """Each flow is at most so much of its baseline volume.

    Attributes:
        importers: who buys.
        exporters: whose goods they are.
        sectors: codes or "goods", "services", "all".
        volume: largest volume of each flow, as a share of its baseline volume: 0.5 is one half.
        payee: who earns the rent, "importer" (an import quota that is auctioned) or "exporter" (a
            voluntary export restraint).

    Raises:
        PolicyError: a volume not above 0, not a number, or above 10 and not written as
            `percent(...)`; an unknown payee.

    Example:
        >>> print(tp.Quota("EU", "CHN", "ELEC", volume=0.5).describe())
        a quota holds each flow of ELEC from CHN to EU at 50 % of its baseline volume, rent to the
        importer
    """

    word: ClassVar[str] = "quota"
    example: ClassVar[str] = "EU:CHN:50%/ELEC"
    order: ClassVar[int] = 4

    importers: Selector = field(metadata=entries.side(imports=True, acts=True))
    exporters: Selector = field(metadata=entries.EXPORTERS)
    sectors: Selector = field(default="goods", metadata=entries.SECTORS)
    volume: float = field(default=math.nan, metadata=entries.percent(":", "VOLUME%", CHECK))
    payee: Literal["importer", "exporter"] = field(default="importer", metadata=PAYEE)

    def effect(self, economy: Economy) -> Effect:
        cells = self.cells(economy)
        return Effect(cells, volume=VolumeLimit(cells, float(self.volume), self.payee))

    def describe(self) -> str:
        importers, exporters = self.sides
        flow = f"{join(self.sectors)} from {join(exporters)} to {join(importers)}"
        size = f"{100 * self.volume:g} % of its baseline volume"
        return f"a quota holds each flow of {flow} at {size}, rent to the {self.payee}"
