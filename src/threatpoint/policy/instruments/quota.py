"""Quota: a bound on the volume of a flow."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from threatpoint.errors import PolicyError
from threatpoint.policy import door
from threatpoint.policy.acts import QuotaAct
from threatpoint.policy.goods import sectors_holding
from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.base import Instrument
from threatpoint.policy.instruments.effect import Effect
from threatpoint.policy.limits import VolumeLimit
from threatpoint.policy.markets import codes_in, known_flows, market_in, taking_part
from threatpoint.policy.numbers import join, rate_above
from threatpoint.policy.scope import side_masks

if TYPE_CHECKING:
    from threatpoint.array_types import Mask
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy

NONE = "must be above 0; write a cut-off for none at all"
CHECK = partial(rate_above, 0.0, "quota", "the volume of a quota", NONE)
GOODS = entries.goods("goods", "/", door.sectors_or_market, varied=True)
HOLDERS: dict[str, Literal["buyer", "seller"]] = {"importer": "buyer", "exporter": "seller"}
PAYEE = entries.choice("quota payee", ("importer", "exporter"), ":", "importer|:exporter")


@dataclass(frozen=True)
class Quota(Instrument):
    """Each flow is at most so much of its baseline volume.

    One on a good with a market, such as crude, holds in that market.

    Attributes:
        importers: who buys.
        exporters: whose goods they are.
        sectors: what is hit; codes or "goods", "services", "all", or one key of `economy.markets`
            alone.
        volume: largest volume of each flow, of its baseline's; a share: 0.5 is one half.
        payee: who earns the rent; "importer" (an import quota that is auctioned) or "exporter" (a
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
    sectors: Selector = field(default="goods", metadata=GOODS)
    volume: float = field(default=math.nan, metadata=entries.percent(":", "VOLUME%", CHECK))
    payee: Literal["importer", "exporter"] = field(default="importer", metadata=PAYEE)

    def good(self, economy: Economy) -> str:
        """The good with a market that it is on, '' for sectors; raises `PolicyError` for both."""
        goods = [word for word in self.goods_words if word in economy.markets]
        if goods and len(self.goods_words) > 1:
            raise PolicyError(
                f"{self.describe()}: {goods[0]} has a market of its own; write its quota apart"
            )
        return goods[0] if goods else ""

    def sector_mask(self, economy: Economy, where: str = "") -> Mask:
        good = self.good(economy)
        return (
            sectors_holding(economy, good, where) if good else super().sector_mask(economy, where)
        )

    def live(self, economy: Economy, cells: Mask) -> Mask:
        good, where = self.good(economy), self.describe()
        if not good:
            return super().live(economy, cells)
        self._act(economy, good)
        return known_flows(economy, market_in(economy, good, where), cells, self.sides[1], where)

    def effect(self, economy: Economy) -> Effect:
        cells, good = self.cells(economy), self.good(economy)
        if good:
            return Effect(cells, acts=(self._act(economy, good),))
        return Effect(cells, volume=VolumeLimit(cells, float(self.volume), self.payee))

    def _act(self, economy: Economy, good: str) -> QuotaAct:
        """The quota in the market of the good."""
        where = self.describe()
        market = market_in(economy, good, where)
        buyers, sellers = (codes_in(economy, m) for m in side_masks(economy, self.sides, where))
        sellers = taking_part(economy, market, self.sides[1], sellers, "exports", where)
        buyers = tuple(code for code in buyers if {*sellers} != {code})
        return QuotaAct(good, sellers, buyers, float(self.volume), HOLDERS[self.payee])

    def describe(self) -> str:
        importers, exporters = self.sides
        flow = f"{join(self.sectors)} from {join(exporters)} to {join(importers)}"
        size = f"{100 * self.volume:g} % of its baseline volume"
        return f"a quota holds each flow of {flow} at {size}, rent to the {self.payee}"
