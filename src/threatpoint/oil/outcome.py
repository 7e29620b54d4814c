"""One market after a policy: prices, volumes, money and who gains, before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.oil.receipts import Receipts

if TYPE_CHECKING:
    from collections.abc import Callable

    from threatpoint.array_types import Array
    from threatpoint.oil.clearing import Cleared
    from threatpoint.oil.outlets import Outlets

DAYS = 365.0 / 12.0
"""Days of a month."""

Pair = tuple[float, float]


@dataclass(frozen=True, eq=False)
class OilOutcome:
    """One member of a market that cleared; pairs are (before, after).

    Attributes:
        before, after: the market without and with what is done, of one draw.
        outlets: base and economy.
        horizon, opec: what it is about.
    """

    before: Cleared
    after: Cleared
    outlets: Outlets
    horizon: str
    opec: str

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
    def _receipts(self) -> tuple[Receipts, Receipts]:
        return Receipts(self.before), Receipts(self.after)

    def _of(self, number: Callable[[Cleared], Array]) -> Pair:
        return float(number(self.before)[0]), float(number(self.after)[0])

    def _paid(self, number: Callable[[Receipts], Array]) -> Pair:
        before, after = self._receipts
        return float(number(before)[0]), float(number(after)[0])

    @property
    def benchmark(self) -> Pair:
        """World price."""
        return self._of(lambda market: market.world_price)

    @property
    def price(self) -> Pair:
        """What a barrel fetches at the border on average, an export tax in it; NaN for none."""
        return self._paid(lambda paid: paid.border)

    @property
    def net(self) -> Pair:
        """What a barrel nets on average, less tax and the cost of evading; NaN for none."""
        return self._paid(lambda paid: paid.net)

    @property
    def marginal(self) -> Pair:
        """Price of the barrel that is sold last, free on board."""
        return self._of(lambda market: market.price)

    @property
    def discount(self) -> Pair:
        """The world price less the seller's; NaN for no exports."""
        return self.benchmark[0] - self.price[0], self.benchmark[1] - self.price[1]

    @property
    def volume(self) -> Pair:
        """The seller's exports."""
        return self._of(lambda market: market.exports)

    @property
    def revenue(self) -> Pair:
        """Of the seller and its treasury, USD bn a month."""
        before, after = self._paid(lambda paid: paid.revenue)
        return before * DAYS / 1e3, after * DAYS / 1e3

    @property
    def revenue_change(self) -> float:
        """USD bn a month."""
        return self.revenue[1] - self.revenue[0]

    @property
    def world_price_percent(self) -> float:
        """Change of the world price, %."""
        return 100.0 * (self.benchmark[1] / self.benchmark[0] - 1.0)

    @property
    def shut(self) -> float:
        """What its wells could pump at this price and do not."""
        return float(self.after.shut[0])

    @property
    def at_home(self) -> float:
        """What its own refineries take besides."""
        return float(self.after.at_home[0])

    @property
    def freight(self) -> float:
        """Rise of the freight of one haul to India, price unit."""
        return float(self.after.taken.freight[0])

    @property
    def imbalance(self) -> float:
        """What is refined and not pumped, the world over."""
        return float(self.after.imbalance[0])

    @property
    def implied_elasticity(self) -> float:
        """Barrels that the world loses, as a share of its output, over the log price change.

        NaN where the price does not move.
        """
        lost = self.volume[0] - self.volume[1] - self.at_home - float(self.after.crude.cut.sum())
        lost += 2.0 * float(self.after.crude.cut.sum())
        moved = float(self.after.log_price[0])
        world = float(self.outlets.base.production.sum())
        return lost / world / moved if abs(moved) > MOVED else float("nan")

    def buyers(self) -> dict[str, Pair]:
        """Buyer -> what it takes of the seller's crude, the largest first."""
        found: dict[str, Pair] = {}
        for k, code in enumerate(self.outlets.codes):
            was, now = found.get(code, (0.0, 0.0))
            taken = [float(m.taken.volume[0, k]) for m in (self.before, self.after)]
            found[code] = (was + taken[0], now + taken[1])
        return dict(sorted(found.items(), key=lambda item: -item[1][0]))

    def producers(self) -> dict[str, Pair]:
        """Producer -> output, all but the seller."""
        others = [code for code in self.outlets.base.producers if code != self.seller]
        pairs = zip(self.before.made[0], self.after.made[0], strict=True)
        return {
            code: (float(was), float(now)) for code, (was, now) in zip(others, pairs, strict=True)
        }

    def gains(self) -> dict[str, float]:
        """Producer -> what its output fetches more, USD bn a month at the world price."""
        was, now = self.benchmark
        return {
            code: (now * after - was * before) * DAYS / 1e3
            for code, (before, after) in self.producers().items()
        }

    def landed_discount(self) -> dict[str, Pair]:
        """Buyer -> the world price less what it pays on landing; NaN where it takes nothing."""
        found: dict[str, Pair] = {}
        landed = [paid.landed()[0] for paid in self._receipts]
        for code in dict.fromkeys(self.outlets.codes):
            here = np.array([one == code for one in self.outlets.codes])
            found[code] = tuple(  # type: ignore[assignment]
                mark - _mean(price[here], market.taken.volume[0, here])
                for mark, price, market in zip(
                    self.benchmark, landed, (self.before, self.after), strict=True
                )
            )
        return found

    def of(self, draw: int) -> OilOutcome:
        """The outcome of one draw of several."""
        pick = slice(draw, draw + 1)
        return replace(self, before=self.before.pick(pick), after=self.after.pick(pick))


MOVED = 1e-9
"""Log change of the price below which it has not moved."""


def _mean(prices: Array, volumes: Array) -> float:
    total = float(volumes.sum())
    return float((prices * volumes).sum()) / total if total > 0 else float("nan")
