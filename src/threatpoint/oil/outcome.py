"""One market after a policy: prices, volumes, money and who gains, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.oil.receipts import Receipts
from threatpoint.views import Tabled
from threatpoint.world.country_names import country_named

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.oil.cleared import Cleared
    from threatpoint.oil.outlets import Outlets

DAYS = 365.0 / 12.0
"""Days of a month."""

MOVED = 1e-9
"""Log change of the price below which it has not moved."""

GROUPS = {"RST": "others", "OPE": "other OPEC"}
"""Codes of the base that are no country -> what they are called."""

Pair = tuple[float, float]


def measured(market: Cleared) -> dict[str, Array]:
    """Name -> (D,) number of a market that cleared.

    World price, and its change in percent; the seller's price at the border, what a barrel nets on
    average, and the price of the barrel sold last, USD a barrel; discount to the world price;
    exports, what is shut in and what its own refineries take besides, mb/d; rise of freight a haul,
    USD a barrel; revenue of the seller and its treasury, USD bn a month. Prices and discount are
    NaN for no exports.
    """
    paid = Receipts(market)
    return {
        "benchmark": market.world_price,
        "world_price_percent": 100.0 * np.expm1(market.log_price),
        "price": paid.border,
        "net": np.where(market.exports > 0, paid.net, np.nan),
        "marginal": market.price,
        "discount": market.world_price - paid.border,
        "volume": market.exports,
        "shut": market.shut,
        "at_home": market.at_home,
        "freight": market.taken.freight,
        "revenue": paid.revenue * DAYS / 1e3,
    }


@dataclass(frozen=True, eq=False)
class OilOutcome(Tabled, view="threatpoint.oil.views:OIL"):
    """A market before and after; a pair of numbers is (before, after), of the first draw.

    Attributes:
        before, after: the market without and with what is done, for D draws.
        outlets: base and economy.
        horizon, opec: what it is about.
    """

    before: Cleared
    after: Cleared
    outlets: Outlets
    horizon: str
    opec: str

    def of(self, draw: int) -> OilOutcome:
        """That of one draw."""
        pick = slice(draw, draw + 1)
        return replace(self, before=self.before.pick(pick), after=self.after.pick(pick))

    @property
    def good(self) -> str:
        """Name of the good."""
        return self.outlets.market.name

    @property
    def seller(self) -> str:
        """Code of the seller."""
        return self.outlets.base.seller

    @property
    def units(self) -> tuple[str, str]:
        """Of prices and volumes."""
        return self.outlets.market.price_unit, self.outlets.market.volume_unit

    @cached_property
    def numbers(self) -> Mapping[str, tuple[Array, Array]]:
        """Name of `measured` -> (D,) before and after."""
        before, after = measured(self.before), measured(self.after)
        return {name: (before[name], after[name]) for name in before}

    def pair(self, name: str) -> Pair:
        """A number of `measured` before and after."""
        before, after = self.numbers[name]
        return float(before[0]), float(after[0])

    @property
    def benchmark(self) -> Pair:
        """World price, USD a barrel."""
        return self.pair("benchmark")

    @property
    def price(self) -> Pair:
        """What a barrel fetches at the border on average, an export tax in it; NaN for none."""
        return self.pair("price")

    @property
    def discount(self) -> Pair:
        """The world price less the seller's; NaN for no exports."""
        return self.pair("discount")

    @property
    def volume(self) -> Pair:
        """The seller's exports, mb/d."""
        return self.pair("volume")

    @property
    def revenue(self) -> Pair:
        """Of the seller and its treasury, USD bn a month."""
        return self.pair("revenue")

    @property
    def net(self) -> Pair:
        """What a barrel nets the seller on average, less tax and evasion; NaN for no exports."""
        return self.pair("net")

    @property
    def shut(self) -> float:
        """What its wells could pump at this price and do not, mb/d."""
        return self.pair("shut")[1]

    @property
    def at_home(self) -> float:
        """What its own refineries take besides, mb/d."""
        return self.pair("at_home")[1]

    @property
    def haul_words(self) -> str:
        """What one haul is, in words: that to the first buyer whose hauls count as one."""
        base = self.outlets.base
        ones = [code for code, haul in zip(base.buyers, base.haul, strict=True) if haul == 1.0]
        return f"to {self.name(ones[0])}" if ones else "of one haul"

    @property
    def freight(self) -> float:
        """Rise of the freight of one haul, USD a barrel."""
        return self.pair("freight")[1]

    @property
    def revenue_change(self) -> float:
        """USD bn a month."""
        return self.revenue[1] - self.revenue[0]

    @property
    def world_price_percent(self) -> float:
        """Change of the world price, %."""
        return self.pair("world_price_percent")[1]

    @property
    def imbalance(self) -> float:
        """What is refined and not pumped, the world over, mb/d."""
        return float(np.abs(self.after.imbalance).max())

    @property
    def implied_elasticity(self) -> float:
        """Barrels that the world misses, a share of its output, over the log change of the price.

        Those that the seller and whoever cuts output no longer give it, and those that changed
        incomes ask besides. NaN where the price does not move.
        """
        c = self.after.crude
        fewer = self.volume[0] - self.volume[1] - self.pair("at_home")[1]
        richer = float((c.runs[0] * (c.income[0] - 1.0)).sum())
        lost = fewer + richer + float(c.cut[0].sum())
        moved, world = float(self.after.log_price[0]), float(self.outlets.base.production.sum())
        return lost / world / moved if abs(moved) > MOVED else float("nan")

    def buyers(self) -> dict[str, Pair]:
        """Code of a buyer -> what it takes of the seller's crude, mb/d, the largest first."""
        found: dict[str, Pair] = {}
        for k, code in enumerate(self.outlets.codes):
            was, now = found.get(code, (0.0, 0.0))
            taken = [float(m.taken.volume[0, k]) for m in (self.before, self.after)]
            found[code] = (was + taken[0], now + taken[1])
        return dict(sorted(found.items(), key=lambda item: -item[1][0]))

    def taken_over_before(self, kept: Array) -> Array:
        """(N,) what each economy takes of the seller's crude over what it took; NaN of none.

        Args:
            kept: (N,) share that each was told to keep at unchanged prices: what economies take
                that one outlet counts together is told apart by it.
        """
        by = self.outlets.purchases
        left = by * kept
        total = left.sum(axis=1, keepdims=True)
        after = np.divide(left, total, out=np.zeros_like(left), where=total > 0)
        was, now = self.before.taken.volume[0] @ by, self.after.taken.volume[0] @ after
        return np.divide(now, was, out=np.full_like(was, np.nan), where=was > 0)

    def producers(self) -> dict[str, Pair]:
        """Code of a producer -> output, mb/d; all but the seller."""
        codes = [code for code in self.outlets.base.producers if code != self.seller]
        before, after = (m.made[0].tolist() for m in (self.before, self.after))
        return dict(zip(codes, zip(before, after, strict=True), strict=True))

    def gains(self) -> dict[str, float]:
        """Producer -> what its output fetches more at the world price, USD bn a month."""
        was, now = self.benchmark
        return {
            code: (now * after - was * before) * DAYS / 1e3
            for code, (before, after) in self.producers().items()
        }

    @property
    def owners(self) -> tuple[str, ...]:
        """Producers with idle capacity, the most first."""
        base = self.outlets.base
        idle = dict(zip(base.producers, base.spare, strict=True))
        return tuple(sorted((c for c in idle if idle[c] > 0), key=lambda code: -idle[code]))

    def landed_discounts(self) -> dict[str, Pair]:
        """Code of a buyer -> the world price less what it pays on landing; NaN for nothing."""
        markets = (self.before, self.after)
        prices = [Receipts(market).landed()[0] for market in markets]
        volumes = [market.taken.volume[0] for market in markets]
        found: dict[str, Pair] = {}
        for code in dict.fromkeys(self.outlets.codes):
            here = np.array([one == code for one in self.outlets.codes])
            mean = [_mean(p[here], v[here]) for p, v in zip(prices, volumes, strict=True)]
            found[code] = (self.benchmark[0] - mean[0], self.benchmark[1] - mean[1])
        return found

    def name(self, code: str) -> str:
        """A code of the base in words."""
        return self.outlets.economy.names.get(code) or code_words(code)


def code_words(code: str) -> str:
    """A code of the base without a table."""
    country = None if code in GROUPS else country_named(code)
    return country.name if country else GROUPS.get(code, code)


def _mean(prices: Array, volumes: Array) -> float:
    total = float(volumes.sum())
    return float((prices * volumes).sum()) / total if total > 0 else float("nan")
