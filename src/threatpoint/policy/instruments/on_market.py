"""On a market: what the instruments share that act on the market of one good as a whole."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.goods import sectors_holding
from threatpoint.policy.instruments.base import Instrument
from threatpoint.policy.instruments.effect import Effect
from threatpoint.policy.instruments.entries import UNITS, entries_of
from threatpoint.policy.markets import codes_in, known_flows, market_in, taking_part
from threatpoint.policy.numbers import join
from threatpoint.policy.scope import side_masks

if TYPE_CHECKING:
    from threatpoint.array_types import Mask
    from threatpoint.policy.acts import Act, Codes
    from threatpoint.world.economy import Economy
    from threatpoint.world.market import Market


@dataclass(frozen=True)
class OnMarket(Instrument):
    """Base of instruments on one good, field `good`; the first side is who makes or sells it.

    Its cells are only the trade it is about: what it does is an act, see `policy.acts`.
    """

    fact: ClassVar[str] = "exports"
    """The figure of the market that the first side must have, a key of `FACTS`."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.goods_words) != 1:
            raise PolicyError(f"{self.title}: on one good, not on {join(self.goods_words)}")
        object.__setattr__(self, self.goods_name, self.goods_words[0])

    @classmethod
    def read(cls, texts: Mapping[str, str], words: str, economy: Economy) -> dict[str, Any]:
        """Field -> value; figures are in the units of the market."""
        found = super().read(texts, words, economy)
        market = economy.markets[found["good"]]
        units = [getattr(market, UNITS[e.key]) for e in entries_of(cls).values() if e.key in UNITS]
        return {**found, "unit": units[0]} if units else found

    @abstractmethod
    def act(self, economy: Economy, makers: Codes, buyers: Codes) -> Act:
        """What it does; the codes of those who take part, and of the second side, if any."""

    def effect(self, economy: Economy) -> Effect:
        """The act, and the flows it is about."""
        cells = self.cells(economy)
        makers, buyers = self._codes(economy)
        buyers = tuple(code for code in buyers if {*makers} != {code})
        return Effect(cells, acts=(self.act(economy, makers, buyers),))

    def _codes(self, economy: Economy) -> tuple[Codes, Codes]:
        """Codes of those who take part, and of the second side; raises `PolicyError` as `live`."""
        market, where = self.market(economy), self.describe()
        first, *rest = (codes_in(economy, m) for m in side_masks(economy, self.sides, where))
        makers = taking_part(economy, market, self.sides[0], first, self.fact, where)
        return makers, rest[0] if rest else ()

    def market(self, economy: Economy) -> Market:
        """The market of the good.

        Raises:
            PolicyError: the economy has none of this name, or not its flow, or in another unit.
        """
        good = self.goods_words[0]
        market = market_in(economy, good, f"{self.title} on {good!r}")
        for name, entry in self.entries.items():
            unit = entry.key in UNITS and getattr(market, UNITS[entry.key])
            if unit and getattr(self, name) is not None and unit != getattr(self, "unit", unit):
                raise PolicyError(
                    f"{self.describe()}: {entry.key}s of {good} are in {unit}; give them in that "
                    "unit"
                )
        return market

    def sector_mask(self, economy: Economy, where: str = "") -> Mask:
        return sectors_holding(economy, self.market(economy).name, where)

    def live(self, economy: Economy, cells: Mask) -> Mask:
        """The trade it is about.

        Raises:
            PolicyError: somebody named makes or sells none of the good, or nobody does; a share
                or volume of 0.
        """
        where = self.describe()
        if getattr(self, "share", 1.0) == 0:
            raise PolicyError(f"{where}: hits nothing; leave it out")
        if self.fact == "exports":
            market, sellers = self.market(economy), self.sides[0]
            cells = known_flows(economy, market, cells, sellers, where)
        makers = np.isin(economy.countries, self._codes(economy)[0])
        return cells & makers[:, None] & (economy.trade > 0)
