"""List ships: a part of the sellers' own fleet is put on a sanctions list and drops out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from threatpoint.policy.acts import ShipsAct
from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.on_market import OnMarket
from threatpoint.policy.markets import market_word
from threatpoint.policy.numbers import join

if TYPE_CHECKING:
    from threatpoint.policy.acts import Codes
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class ListShips(OnMarket):
    """A share of the fleet with which the sellers carry the good themselves is listed.

    Those ships drop out: what is left of the fleet is fuller, and freight is dearer.

    Attributes:
        sellers: whose fleet it is; each needs baseline exports in the market.
        good: the good with a market of its own; key of `economy.markets`, e.g. "crude".
        share: how much of their own fleet, by what it carries; above 0 and at most 1.

    Raises:
        PolicyError: a share outside 0 to 1, or no number.

    Example:
        >>> tp.ListShips("RUS", "crude", share=0.2).describe()
        '20 % of the own fleet that carries crude from RUS is listed'
    """

    word: ClassVar[str] = "list-ships"
    title: ClassVar[str] = "listing of ships"
    example: ClassVar[str] = "RUS:crude@20%"
    order: ClassVar[int] = 10

    sellers: Selector = field(metadata=entries.side())
    good: str = field(metadata=entries.goods("good", ":", market_word))
    share: float = field(metadata=entries.part("share of the fleet", "@", "SHARE"))

    def act(self, economy: Economy, makers: Codes, buyers: Codes) -> ShipsAct:
        return ShipsAct(self.good, makers, self.share)

    def describe(self) -> str:
        flow = f"{self.good} from {join(self.sides[0])}"
        return f"{100 * self.share:g} % of the own fleet that carries {flow} is listed"
