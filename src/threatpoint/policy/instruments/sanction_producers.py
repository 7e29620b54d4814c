"""Sanction producers: firms that sell a part of the sellers' good are put on a sanctions list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from threatpoint.policy.acts import ProducersAct
from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.on_market import OnMarket
from threatpoint.policy.markets import market_word
from threatpoint.policy.numbers import join

if TYPE_CHECKING:
    from threatpoint.policy.acts import Codes
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class SanctionProducers(OnMarket):
    """Firms with a share of the sellers' exports are sanctioned.

    Buyers refuse part of what these firms sell; the rest goes through middlemen, or is swapped.

    Attributes:
        sellers: where the firms are; each needs baseline exports in the market.
        good: the good with a market of its own; key of `economy.markets`, e.g. "crude".
        share: how much of the sellers' exports that these firms sell; above 0 and at most 1.

    Raises:
        PolicyError: a share outside 0 to 1, or no number.

    Example:
        >>> tp.SanctionProducers("RUS", "crude", share=0.5).describe()
        'firms with 50 % of the exports of crude from RUS are sanctioned'
    """

    word: ClassVar[str] = "sanction-producers"
    title: ClassVar[str] = "sanction on producers"
    example: ClassVar[str] = "RUS:crude@50%"
    order: ClassVar[int] = 11

    sellers: Selector = field(metadata=entries.side())
    good: str = field(metadata=entries.goods("good", ":", market_word))
    share: float = field(metadata=entries.part("share of the exports", "@", "SHARE"))

    def act(self, economy: Economy, makers: Codes, buyers: Codes) -> ProducersAct:
        return ProducersAct(self.good, makers, self.share)

    def describe(self) -> str:
        flow = f"{self.good} from {join(self.sides[0])}"
        return f"firms with {100 * self.share:g} % of the exports of {flow} are sanctioned"
