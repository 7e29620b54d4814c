"""Bargaining over how much the target stops and at which tariff: the set, and where it ends.

Agreed on a share x and a tariff t, target and sender have in USD bn a year

    target  V(t) - L(x)                     sender  W(t) + w(x) + B R(x)

where V and W are income over the tariff, L what stopping costs the target, w what it does to the
sender's income, R the revenue that the seller loses and B what a dollar of that is worth to the
sender. Without an agreement the threat is carried out and the target goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.numbers import number

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.strategy.curve import Curve

WEIGHTS = (0.05, 1.0)
"""B, USD per USD, log-uniform between: a prior, nobody has measured it."""

NOTHING = 1e-6
"""A smaller gain, USD bn a year, is none."""


@dataclass(frozen=True)
class Deal:
    """A point agreed on, or that there is nothing to agree on.

    Attributes:
        share: x, of its purchases that the target stops.
        rate: t, points added to the tariffs of the day, as a share.
        target, sender: their gains over no agreement, USD bn a year; the sender's with B.
    """

    share: float
    rate: float
    target: float
    sender: float


@dataclass(frozen=True, eq=False)
class Bargain:
    """What two can agree on.

    Attributes:
        loss: L over the share x in [0, 1].
        to_sender: w over the share.
        revenue: R over the share.
        target: V over the tariff t, from the least to the largest allowed.
        sender: W over the tariff.
        refusal: incomes of target and sender without an agreement.
    """

    loss: Curve
    to_sender: Curve
    revenue: Curve
    target: Curve
    sender: Curve
    refusal: tuple[float, float]

    @property
    def rates(self) -> tuple[float, float]:
        """The least and the largest tariff that can be agreed on."""
        return float(self.target.knots[0]), float(self.target.knots[-1])

    def gains(self, shares: Array, rates: Array, weight: float) -> tuple[Array, Array]:
        """(X, T) gains of target and sender over no agreement, at shares and tariffs."""
        stopped = self.to_sender.values(shares) + weight * self.revenue.values(shares)
        target = self.target.values(rates) - self.loss.values(shares)[:, None]
        sender = self.sender.values(rates) + stopped[:, None]
        return target - self.refusal[0], sender - self.refusal[1]

    def deal(self, share: float, rate: float, weight: float = 0.0) -> Deal:
        """What both gain by an agreement over none."""
        target, sender = self.gains(np.array([share]), np.array([rate]), weight)
        return Deal(share, rate, float(target[0, 0]), float(sender[0, 0]))


def require_weight(weight: object) -> float:
    """B, the worth to the sender of a dollar that the seller loses.

    Raises:
        PolicyError: outside 0 to 1.
    """
    value = number("B", weight, f"{WEIGHTS[0]:g} to {WEIGHTS[1]:g} USD per USD")
    if not 0 <= value <= 1:
        raise PolicyError(
            f"B {value:g} is outside 0 to 1: it is what a dollar that the seller loses is worth to "
            f"the sender, a prior of {WEIGHTS[0]:g} to {WEIGHTS[1]:g}"
        )
    return value
