"""Move cap: the price cap in force is moved or lifted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from threatpoint.policy.acts import CapInForceAct
from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.on_market import OnMarket
from threatpoint.policy.markets import market_word
from threatpoint.policy.numbers import join, price_above_0

if TYPE_CHECKING:
    from threatpoint.policy.acts import Codes
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy

LIFTED = "lifted"


@dataclass(frozen=True)
class MoveCap(OnMarket):
    """The price cap in force on the sellers' good is moved to another price, or lifted.

    In words the price is a number, or "lifted".

    Attributes:
        sellers: whose good is under the cap; each needs baseline exports in the market.
        good: the good with a market of its own; key of `economy.markets`, e.g. "crude".
        price: the new cap, free on board; in `unit`, None lifts it.
        unit: of the price; must be the price unit of the market.

    Raises:
        PolicyError: a price not above 0, or no number.

    Example:
        >>> tp.MoveCap("RUS", "crude", price=50).describe()
        'the price cap in force on crude from RUS is moved to 50 USD/bbl'
        >>> tp.MoveCap("RUS", "crude", price=None).describe()
        'the price cap in force on crude from RUS is lifted'
    """

    word: ClassVar[str] = "move-cap"
    title: ClassVar[str] = "move of the price cap"
    example: ClassVar[str] = "RUS:50/crude"
    order: ClassVar[int] = 9

    sellers: Selector = field(metadata=entries.side())
    good: str = field(metadata=entries.goods("good", "/", market_word))
    price: float | None = field(metadata=entries.price(":", f"PRICE|{LIFTED}", "50", LIFTED))
    unit: str = "USD/bbl"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.price is not None:
            price_above_0("price cap", self.price, self.unit)

    def act(self, economy: Economy, makers: Codes, buyers: Codes) -> CapInForceAct:
        return CapInForceAct(self.good, makers, self.price)

    def describe(self) -> str:
        done = LIFTED if self.price is None else f"moved to {self.price:g} {self.unit}"
        return f"the price cap in force on {self.good} from {join(self.sides[0])} is {done}"
