"""What a policy does to the market of one good, in barrels and dollars a barrel.

World price, the seller's volume, price, discount and revenue, who bought it, and who replaced it.
Prices are in dollars at constant world value added (the numeraire). All prices and revenues are
free on board; values by customs, which hold freight, serve only to split volumes over buyers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import WorldError
from threatpoint.oil.balance import ROUNDING, Balance, balance
from threatpoint.oil.regime import market_of
from threatpoint.words import number_words

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.world.market import Market

DAYS = 365.0 / 12.0
"""Days of a month."""


@dataclass(frozen=True, eq=False)
class OilOutcome:
    """One market after a policy; pairs are (before, after).

    Attributes:
        good, seller, horizon, regime: what it is about.
        benchmark: price of the world's benchmark, e.g. USD/bbl: the baseline's times the mean
            change of the producer prices of all other exporters, weighted by baseline exports.
        price: what the seller gets for its good, free on board, all channels together; its price
            at home where it exports none.
        volume: the seller's exports, e.g. mb/d.
        revenue: exports times price, USD bn per month.
        buyers: (N,) volume by buyer before, and after.
        paid: (N,) USD bn per month to the seller by buyer before, and after.
        output: code -> change of output by economy whose volume is known, and of its exports' rest.
        balance: whether these volumes agree with each other; `buyers`, `paid` and `output` are
            printed only where `adds_up` says so.
        units: of prices and volumes.
        basis: of every price.
        note: what the table cannot tell apart.
    """

    good: str
    seller: str
    horizon: str
    regime: str
    benchmark: tuple[float, float]
    price: tuple[float, float]
    volume: tuple[float, float]
    revenue: tuple[float, float]
    buyers: tuple[Array, Array]
    paid: tuple[Array, Array]
    output: dict[str, float]
    balance: Balance
    units: tuple[str, str]
    basis: str
    note: str

    @property
    def discount(self) -> tuple[float, float]:
        """The benchmark less the seller's price, before and after; NaN for no exports."""
        after = self.benchmark[1] - self.price[1] if self.volume[1] > 0 else float("nan")
        return self.benchmark[0] - self.price[0], after

    @property
    def adds_up(self) -> bool:
        """The buyers take what the seller exports, and what is pumped is used."""
        return self._unsold <= ROUNDING and self.balance.holds

    @property
    def _unsold(self) -> float:
        """By how much the volumes of the buyers miss that of the seller."""
        return abs(self.volume[1] - float(self.buyers[1].sum()))

    @property
    def withheld(self) -> str:
        """Why volumes by buyer and producer are not printed; "" where they add up."""
        if self.adds_up:
            return ""
        gap = max(abs(self.balance.missing), self._unsold)
        if not np.isfinite(gap):
            return f"withheld: what {self.seller} pumps is not known, so it cannot be checked"
        return f"withheld: {number_words(gap, decimals=2)} {self.units[1]} do not add up"

    @property
    def revenue_change(self) -> float:
        """Of the seller, USD bn per month."""
        return self.revenue[1] - self.revenue[0]

    @property
    def world_price_percent(self) -> float:
        """Change of the benchmark, %."""
        return 100.0 * (self.benchmark[1] / self.benchmark[0] - 1.0)


def oil_outcome(solution: Solution, seller: str = "", good: str = "crude") -> OilOutcome:
    """The market of a good in an equilibrium.

    Args:
        solution: of an economy with that market.
        seller: code; "": the only seller with a known price and export volume.
        good: a key of `economy.markets`.

    Raises:
        WorldError: no such market, or a seller without price, volume or known buyers.
    """
    economy = solution.table
    market = market_of(economy, good)
    seller = _seller(market, seller)
    i, j = economy.country(seller), economy.sector(market.sector)
    before, after = _volumes(solution, market, i, j)
    price0 = market.prices[seller].value
    price1 = price0 * float(solution.unit_costs[i, j])
    mark0 = market.benchmark.value
    mark1 = mark0 * _world_price(solution, i, j)
    return OilOutcome(
        good=good,
        seller=seller,
        horizon=solution.calibration.elasticities.horizon,
        regime=solution.supply.words,
        benchmark=(mark0, mark1),
        price=(price0, price1),
        volume=(float(before.sum()), float(after.sum())),
        revenue=(float(_money(before.sum() * price0)), float(_money(after.sum() * price1))),
        buyers=(before, after),
        paid=(_money(before * price0), _money(after * price1)),
        output=_output_changes(solution, market, j),
        balance=balance(solution, economy, market, seller, (before, after)),
        units=(market.price_unit, market.volume_unit),
        basis=market.basis,
        note=market.note,
    )


def _seller(market: Market, asked: str) -> str:
    """The seller asked for, or the only one."""
    known = sorted(market.prices.keys() & market.exports.keys())
    if asked in known or (not asked and len(known) == 1):
        return asked or known[0]
    wrong = (
        f" of {asked}: no price and export volume in the baseline" if asked else ": name the seller"
    )
    raise WorldError(f"{market.name}{wrong}; known: {', '.join(known) or 'none'}")


def _money(price_times_volume: Any) -> Any:
    """USD bn per month of mb/d times USD/bbl."""
    return price_times_volume * DAYS / 1e3


def _volumes(solution: Solution, market: Market, i: int, j: int) -> tuple[Array, Array]:
    """(N,) volume by buyer before and after; the sector's falls on its goods by what is left.

    At unchanged prices a policy leaves kept x value of the good and survival x cell of the sector;
    prices then move both alike.
    """
    economy = solution.table
    flow = economy.flows[market.name]
    value = np.where(flow.known[:, i], flow.values[:, i], 0.0)
    if not value.sum() > 0:
        raise WorldError(
            f"{market.name} of {economy.countries[i]}: the table knows of no buyer, so its exports "
            "cannot be split"
        )
    cell = economy.trade[:, i, j]
    survival = solution.wedges.survival[:, i, j]
    kept = solution.wedges.kept.get(market.name)
    left = survival if kept is None else kept[:, i]
    hat = _ratio(solution.trade[:, i, j], cell) / solution.unit_costs[i, j]
    total = market.exports[economy.countries[i]].value
    before = total * value / value.sum()
    return before, before * hat * _ratio(left, survival)


def _world_price(solution: Solution, i: int, j: int) -> float:
    """Mean change of producer prices of all exporters but the seller, by baseline exports."""
    economy = solution.table
    exports = economy.trade[:, :, j].sum(axis=0) - np.diag(economy.trade[:, :, j])
    exports = np.where(np.arange(len(exports)) == i, 0.0, exports)
    return float(np.average(solution.unit_costs[:, j], weights=exports))


def _output_changes(solution: Solution, market: Market, j: int) -> dict[str, float]:
    """Change of output where its volume is known: baseline x change of the sector's quantity."""
    economy = solution.table
    hats = _ratio(solution.output[:, j], economy.output[:, j]) / solution.unit_costs[:, j]
    return {
        code: made.value * float(hats[economy.country(code)] - 1.0)
        for code, made in market.output.items()
    }


def _ratio(after: Array, before: Array) -> Array:
    return np.divide(after, before, out=np.zeros_like(before), where=before > 0)
