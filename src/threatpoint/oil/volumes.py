"""What a cleared crude market gives the world economy: prices of a sector, and who buys of whom.

The equilibrium knows sectors and money; the market knows barrels. What is handed over is the price
that producers get, the volume of each flow, and what a buyer pays for the seller's crude on
landing. Where a buyer changes supplier at equal prices it loses nothing: crude is one good, and
the trade weights are set so that the price index is the mean price a barrel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.equations import kappa
from threatpoint.equilibrium.flows import in_sector
from threatpoint.equilibrium.given import Given
from threatpoint.errors import InfeasibleError
from threatpoint.oil.balancing import balanced

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.oil.outcome import OilOutcome
    from threatpoint.policy.wedges import Wedges

LEAST = 0.1
"""Part of what other sellers sell to a buyer that must be left for the rest to take its place."""


@dataclass(frozen=True, eq=False)
class Volumes:
    """One member's sector after the market has cleared.

    Attributes:
        sector: position of the sector.
        price: (N,) of producers, ratio to the baseline's.
        ratio: (N n, N i) volume of each flow, ratio to the baseline's.
        unit: (N n, N i) baseline price of a flow relative to the world price: below 1 where the
            buyer lands it at a discount.
        sold: (N n, N i) bool, flows of the seller whose landed price the market sets.
        landed: (N n, N i) what the buyer pays there, ratio to the baseline's.
        words: the regime in words.
        market: the outcome, for those who read it from a solution.
        policy: all that is done, a part of which the market took over.
        failure: why the market has not cleared, else "".
    """

    sector: int
    price: Array
    ratio: Array
    unit: Array
    sold: Mask
    landed: Array
    words: str = ""
    market: OilOutcome | None = None
    policy: Wedges | None = None
    failure: str = ""

    def given(self, base: Calibration, wedges: Wedges) -> Given:
        """The same as weights of a calibration, whose shares and theta they need.

        With s' the shares of spending that volumes and prices make and P the price index, the
        weights are s' (p / P)^theta, so that shares and index come out as they are.

        Raises:
            InfeasibleError: the market has not cleared, or somebody is cut off from nearly all
        """
        if self.failure:
            raise InfeasibleError(self.failure)
        j = self.sector
        pi, theta = base.pi[:, :, j], base.elasticities.theta[j]
        left, levied = in_sector(base, wedges, j)
        ratio = self._rerouted(base, left, wedges.survival[:, :, j])
        paid = np.where(self.sold, self.landed, self.price[None, :] * levied)
        spent = pi * ratio * paid
        barrels = np.sum(pi * ratio / self.unit, axis=1)
        before = np.sum(pi / self.unit, axis=1)
        total = spent.sum(axis=1)
        index = _share(total * before, barrels)
        share = _share(spent, total[:, None])
        # the policy acts on these weights once more: what it leaves of a flow is taken out of them
        some = left + (left <= 0)
        alone = self.sold * paid**theta + ~self.sold * self.price[None, :] ** theta / some
        weight = _share(share, pi) * alone / index[:, None] ** theta
        return Given(
            j, self.price, weight, self._cost(base, wedges), self.words, self.market, self.policy
        )

    def _rerouted(self, base: Calibration, left: Array, uncut: Array) -> Array:
        """(N n, N i) ratios of volumes where a policy cuts or taxes flows of other sellers.

        Crude is one good: who is kept from one seller buys of another, who sells to somebody else;
        what each makes and uses stays as the market says.

        Raises:
            InfeasibleError: a buyer is cut off from all but a few of them.
        """
        sells = np.any(self.sold, axis=0)
        others = base.trade[:, :, self.sector] * ~sells
        if not np.any((left != 1.0) & (others > 0)):
            return self.ratio
        flows = others * self.ratio
        abroad = flows * (1.0 - np.eye(len(flows)))
        lost = (abroad * uncut).sum(axis=1) <= LEAST * abroad.sum(axis=1)
        if (who := lost & (abroad.sum(axis=1) > 0) & ~sells).any():  # the seller has its own
            names = ", ".join(base.countries[n] for n in np.flatnonzero(who))
            raise InfeasibleError(
                f"the market in barrels has no answer for {names}, cut off from nine tenths or "
                "more of what sellers abroad sell there; leave it out, or name fewer sellers"
            )
        again = balanced(flows * left, flows.sum(axis=1), flows.sum(axis=0))
        return np.where(others > 0, self.ratio * left * again, self.ratio)

    def _cost(self, base: Calibration, wedges: Wedges) -> Array:
        """(N, N) what a landed price is above the producers' with taxes and tariffs, a share."""
        j = self.sector
        duty = kappa(base.tariff[:, :, j], wedges.tariff[:, :, j])
        levied = self.landed / (duty * self.price[None, :]) - 1.0 - wedges.export_tax[:, :, j]
        return np.where(self.sold, levied, 0.0)


def _share(part: Array, whole: Array) -> Array:
    """Part over whole, 1 where there is none of either."""
    whole = np.broadcast_to(whole, part.shape)
    return np.divide(part, whole, out=np.ones_like(part), where=whole > 0)
