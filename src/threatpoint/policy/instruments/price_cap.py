"""Price cap: a good is served (shipped, insured) only up to a price."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from threatpoint.errors import PolicyError
from threatpoint.policy.acts import CapAct
from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.on_market import OnMarket
from threatpoint.policy.markets import market_word
from threatpoint.policy.numbers import join, number, price_above_0

if TYPE_CHECKING:
    from threatpoint.policy.acts import Codes
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class PriceCap(OnMarket):
    """The sellers' good is served (shipped, insured) only up to a price.

    It comes on top of the cap in force, if there is one: the lower binds. The served share sells
    at the cap at most; the rest avoids the services, at a cost that rises with the volume.

    Attributes:
        sellers: whose good it is; each needs baseline exports in the market.
        buyers: to whom they sell it.
        good: the good with a market of its own; key of `economy.markets`, e.g. "crude".
        cap: highest price of the served share, free on board; in `unit`.
        served: share of the volume that uses the services; in [0, 1], None is the market's.
        evasion_cost: extra cost of the rest; in `unit`, None is the market's.
        unit: of cap and cost; must be the price unit of the market.

    Raises:
        PolicyError: a cap not above 0, a share outside 0 to 1, a cost below 0, or no number.

    Example:
        >>> tp.PriceCap("RUS", "WORLD", "crude", cap=60).describe()
        'the price of crude from RUS to WORLD is capped at 60 USD/bbl'
    """

    word: ClassVar[str] = "price-cap"
    example: ClassVar[str] = "RUS:WORLD:60/crude@70%+10"
    order: ClassVar[int] = 7

    sellers: Selector = field(metadata=entries.side())
    buyers: Selector = field(metadata=entries.side(imports=True))
    good: str = field(metadata=entries.goods("good", "/", market_word))
    cap: float = field(metadata=entries.price(":", "PRICE", "60"))
    served: float | None = field(
        default=None, metadata=entries.part("served share", "@", "SERVED", optional=True)
    )
    evasion_cost: float | None = field(default=None, metadata=entries.price("+", "COST", "+10"))
    unit: str = "USD/bbl"

    def __post_init__(self) -> None:
        super().__post_init__()
        price_above_0("price cap", self.cap, self.unit)
        if self.evasion_cost is not None and number("evasion cost", self.evasion_cost, "10") < 0:
            raise PolicyError(f"evasion cost {self.evasion_cost:g} {self.unit} is below 0")

    def act(self, economy: Economy, makers: Codes, buyers: Codes) -> CapAct:
        return CapAct(self.good, makers, buyers, self.cap, self.served, self.evasion_cost)

    def describe(self) -> str:
        sellers, buyers = self.sides
        flow = f"{self.good} from {join(sellers)} to {join(buyers)}"
        served = "" if self.served is None else f" on {100 * self.served:g} % of the volume"
        rest = "; the rest" if self.served is not None else "; evading it"
        cost = f"{rest} costs {self.evasion_cost:g} {self.unit}" if self.evasion_cost else ""
        return f"the price of {flow} is capped at {self.cap:g} {self.unit}{served}{cost}"
