"""Release spare: producers bring idle capacity into use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from threatpoint.policy.acts import SpareAct
from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.on_market import OnMarket
from threatpoint.policy.markets import market_word
from threatpoint.policy.numbers import join

if TYPE_CHECKING:
    from threatpoint.policy.acts import Codes
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class ReleaseSpare(OnMarket):
    """The producers release a share of their idle capacity at once, whatever the price.

    Attributes:
        producers: who releases it; each needs idle capacity in the market.
        good: the good with a market of its own; key of `economy.markets`, e.g. "crude".
        share: how much of the idle capacity of each; above 0 and at most 1.

    Raises:
        PolicyError: a share outside 0 to 1, or no number.

    Example:
        >>> tp.ReleaseSpare(["SAU", "ARE"], "crude", share=1.0).describe()
        'SAU and ARE release 100 % of idle capacity of crude'
    """

    word: ClassVar[str] = "release-spare"
    title: ClassVar[str] = "release of spare capacity"
    example: ClassVar[str] = "SAU,ARE:crude@100%"
    order: ClassVar[int] = 13
    fact: ClassVar[str] = "spare"

    producers: Selector = field(metadata=entries.side(acts=True))
    good: str = field(metadata=entries.goods("good", ":", market_word))
    share: float = field(metadata=entries.part("share of idle capacity", "@", "SHARE"))

    def act(self, economy: Economy, makers: Codes, buyers: Codes) -> SpareAct:
        return SpareAct(self.good, makers, self.share)

    def describe(self) -> str:
        (producers,) = self.sides
        verb = "releases" if len(producers) == 1 else "release"
        size = f"{100 * self.share:g} % of idle capacity"
        return f"{join(producers)} {verb} {size} of {self.good}"
