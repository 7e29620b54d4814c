"""Price cap: a good is served (shipped, insured) only up to a price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from threatpoint.errors import PolicyError, shown, unknown
from threatpoint.policy.goods import part_of_cells, sectors_holding
from threatpoint.policy.instruments import entries
from threatpoint.policy.instruments.base import Instrument
from threatpoint.policy.instruments.effect import Effect
from threatpoint.policy.limits import PriceLimit
from threatpoint.policy.numbers import join, number

if TYPE_CHECKING:
    from threatpoint.array_types import Mask
    from threatpoint.policy.scope import Selector
    from threatpoint.quantity import Quantity
    from threatpoint.world.economy import Economy
    from threatpoint.world.market import Market


def _market_of(text: str, economy: Economy, words: str) -> str:
    """The good with a market that a text names, in any case."""
    known = {name.casefold(): name for name in economy.markets}
    good = known.get(text.strip().casefold())
    if good is None:
        raise PolicyError(unknown_market(economy, text.strip(), shown(words)))
    return good


@dataclass(frozen=True)
class PriceCap(Instrument):
    """The sellers' good is served (shipped, insured) only up to a price.

    The served share sells at the cap at most; the rest avoids the services at a cost. Flows that
    nobody reports are not bound.

    Attributes:
        sellers: whose good it is; each needs a baseline price in the market.
        buyers: to whom they sell it.
        good: key of `economy.markets`, e.g. "crude".
        cap: highest price of the served share, in `unit`.
        served: share of the volume that uses the services, in [0, 1]; None is the market's.
        evasion_cost: extra cost of the rest, in `unit`; None is the market's.
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
    good: str = field(metadata=entries.goods("good", "/", _market_of))
    cap: float = field(metadata=entries.price(":", "PRICE", "60"))
    served: float | None = field(
        default=None, metadata=entries.part("served share", "@", "SERVED", optional=True)
    )
    evasion_cost: float | None = field(default=None, metadata=entries.price("+", "COST", "+10"))
    unit: str = "USD/bbl"

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.goods_words) != 1:
            raise PolicyError(f"a price cap is on one good, not on {join(self.good)}")
        object.__setattr__(self, "good", self.goods_words[0])
        if number("the price cap", self.cap, "60") <= 0:
            raise PolicyError(f"price cap {self.cap:g} {self.unit} must be above 0")
        if self.evasion_cost is not None and number("evasion cost", self.evasion_cost, "10") < 0:
            raise PolicyError(f"evasion cost {self.evasion_cost:g} {self.unit} is below 0")

    @classmethod
    def read(cls, texts: Mapping[str, str], words: str, economy: Economy) -> dict[str, Any]:
        """Field -> value; cap and cost are in the unit of the market."""
        found = super().read(texts, words, economy)
        return {**found, "unit": economy.markets[found["good"]].price_unit}

    def market(self, economy: Economy) -> Market:
        """The market of the good.

        Raises:
            PolicyError: the economy has none of this name, or not its flow, or in another unit.
        """
        where = f"price cap on {self.good!r}"
        if self.good not in economy.markets:
            raise PolicyError(unknown_market(economy, self.good, where))
        market = economy.markets[self.good]
        if market.name not in economy.flows:
            raise PolicyError(unknown("flow", market.name, tuple(economy.flows), where))
        if market.price_unit != self.unit:
            raise PolicyError(
                f"price cap {self.cap:g} {self.unit}: prices of {self.good} are in "
                f"{market.price_unit}; give cap and cost in that unit"
            )
        return market

    def sector_mask(self, economy: Economy, where: str = "") -> Mask:
        return sectors_holding(economy, self.market(economy).name, where)

    def live(self, economy: Economy, cells: Mask) -> Mask:
        """Cells with a known flow of the good.

        Raises:
            PolicyError: there is none, or a seller named has none that anybody reports.
        """
        found = cells & (part_of_cells(economy, self.market(economy).name, self.describe()) > 0)
        named = sorted({*self.sides[0]} & {*economy.countries})
        silent = [code for code in named if not found[:, economy.country(code)].any()]
        if silent or not found.any():
            whose = f" of {', '.join(silent)}" if silent else ""
            raise PolicyError(
                f"{self.describe()}: hits nothing{whose}, the table knows of no such flow of "
                f"{self.good}"
            )
        return found

    def effect(self, economy: Economy) -> Effect:
        """The bound, one per seller because baseline prices differ.

        Raises:
            PolicyError: a seller without a baseline price; no served share or evasion cost here
                or in the market; a cost of the whole price.
        """
        market, cells, where = self.market(economy), self.cells(economy), self.describe()
        part = part_of_cells(economy, market.name, where)
        sellers = {code: i for i, code in enumerate(economy.countries) if cells[:, i].any()}
        lacking = [code for code in sellers if code not in market.prices]
        if lacking:
            raise PolicyError(
                f"{where}: no baseline price of {self.good} from {', '.join(lacking)}; "
                f"known: {', '.join(market.prices) or 'none'}"
            )
        served = self._or_market("served", self.served, market.served)
        cost = 0.0
        if served < 1 or self.evasion_cost is not None:
            cost = self._or_market("evasion_cost", self.evasion_cost, market.evasion_cost)
        limits: list[PriceLimit] = []
        for code, i in sellers.items():
            own = np.zeros_like(cells)
            own[:, i] = cells[:, i]
            price, parts = market.prices[code].value, np.where(own, part, 0.0)
            try:
                limits.append(PriceLimit(own, self.cap / price, served, cost / price, parts))
            except PolicyError as error:
                raise PolicyError(f"{where}, seller {code}: {error}") from None
        return Effect(cells, prices=tuple(limits), capped=market.name)

    def _or_market(self, name: str, own: float | None, known: Quantity | None) -> float:
        """A figure given, or the market's."""
        if own is not None:
            return own
        if known is None:
            raise PolicyError(
                f"{self.describe()}: the market of {self.good} has no {name!r}; give it here"
            )
        return known.value

    def describe(self) -> str:
        sellers, buyers = self.sides
        flow = f"{self.good} from {join(sellers)} to {join(buyers)}"
        served = "" if self.served is None else f" on {100 * self.served:g} % of the volume"
        rest = "; the rest" if self.served is not None else "; evading it"
        cost = f"{rest} costs {self.evasion_cost:g} {self.unit}" if self.evasion_cost else ""
        return f"the price of {flow} is capped at {self.cap:g} {self.unit}{served}{cost}"


def unknown_market(economy: Economy, good: str, where: str) -> str:
    """Message for a good without a market in physical units."""
    if economy.markets:
        return unknown("market", good, tuple(economy.markets), where)
    return f"{where}: the table has no markets in physical units, so no price can be capped"
