"""What a shock to one good costs: to first order its share, to second the mean of its shares.

With lambda the good's share of spending (Domar weight) and x the log change of its quantity,

    d log Y = lambda x                             (Hulten 1978)
    d log Y = lambda x + 1/2 (lambda' - lambda) x  (Baqaee & Farhi 2019, Theorem 1)

where lambda' is the share after the shock. The mean of both shares is the trapezium under the
share between its ends; `exact` is the area itself under CES.
"""

from __future__ import annotations

import math

from validation.bachmann_2022.replicate import loss
from validation.check import Check, compare, given, published

ROWS = published(__file__)
ITEM = ROWS[0]["item"]
SHARE, AFTER, CUT = (number / 100.0 for number in given(ITEM))
"""Cost share of oil before and after; share of its quantity that is lost."""

ORDERS = {
    "loss of world output to first order": lambda: first_order(SHARE, CUT),
    "loss of world output to second order": lambda: second_order(SHARE, AFTER, CUT),
}


def first_order(share: float, cut: float) -> float:
    """Loss, %, of a cut, a share, taken as the change of the logarithm as in the paper."""
    return 100.0 * share * cut


def second_order(share: float, after: float, cut: float) -> float:
    """The same with the mean of the shares before and after."""
    return first_order((share + after) / 2.0, cut)


def elasticity(share: float, after: float, cut: float) -> float:
    """Substitution between the good and the rest that takes one share to the other under CES.

    Odds of the share move by (1 - cut)^((s - 1) / s).
    """
    odds = math.log(after / (1.0 - after)) - math.log(share / (1.0 - share))
    power = odds / math.log1p(-cut)
    return 1.0 / (1.0 - power)


def exact(share: float, after: float, cut: float) -> float:
    """Loss, %, of the CES aggregate with that elasticity: all orders."""
    return loss(share, elasticity(share, after, cut), cut)


def checks() -> list[Check]:
    """Row 18."""
    return compare(ROWS, {(m, ITEM): order() for m, order in ORDERS.items()})
