"""Freeze: how likely the attacker is to accept one, given that it refused one on the date.

Compared with one more month: R accepts iff r m <= tau = 1 + (s_R + ds) / C. Here ds is what a lever
makes peace save a month (the part lifted x its loss), and m what the drift is then over what was
expected on the date, (1 + x)^(-eta) after a change x of support. The refusal, r > tau0, is a
likelihood, so with F the law of r in a draw

    P = sum_k [F_k(max(tau_k / m_k, tau0_k)) - F_k(tau0_k)] / sum_k [1 - F_k(tau0_k)].

The range is that of the same ratio in single draws, weighted by the likelihood: 5 to 95 %.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.quantity import Ranged
from threatpoint.spread import Spread
from threatpoint.talks.terms import require

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.talks.attacker import Attacker
    from threatpoint.talks.terms import Number

UNIT = "%"


@dataclass(frozen=True, eq=False)
class Chance:
    """The probability of something, given the refusal on the date.

    Attributes:
        holds: (K,) probability of it together with the refusal, in each draw.
        refuses: (K,) probability of the refusal.
    """

    holds: Array
    refuses: Array

    @property
    def value(self) -> float:
        """Over all draws, 0 to 1; NaN if no draw refuses."""
        refused = float(self.refuses.sum())
        return float(self.holds.sum()) / refused if refused else math.nan

    @cached_property
    def each(self) -> Array:
        """(K,) the same in single draws; NaN where the refusal is impossible."""
        sure = np.where(self.refuses > 0, self.refuses, np.nan)
        return self.holds / sure

    @cached_property
    def spread(self) -> Spread:
        """Over the draws, weighted by the likelihood of the refusal, in shares."""
        return Spread(self.each, self.refuses)

    @property
    def effective(self) -> float:
        """(sum w)^2 / sum w^2: equally weighted draws that say as much."""
        return self.spread.effective

    @property
    def error(self) -> float:
        """Standard error of the value for independent draws; those of a Sobol sequence err less."""
        weights = self.refuses / self.refuses.sum()
        found = np.nan_to_num(self.each) - self.value
        return float(np.sqrt(np.sum((weights * found) ** 2)))

    def ranged(self, driver: str = "") -> Ranged:
        """Value with its range over the draws, %."""
        low, high = self.spread.low, self.spread.high
        return Ranged(100 * self.value, 100 * low, 100 * high, UNIT, driver=driver)


def drift_after(attacker: Attacker, support: Number) -> Array:
    """(K,) (1 + x)^(-eta), the drift after a change of support over the drift without it.

    Raises:
        TalksError: support of which nothing is left.
    """
    change = require("change of support", support, "of support", above=-1.0)
    return np.power(1.0 + change, -attacker.elasticity)


def freeze(
    attacker: Attacker, loss: Number = 0.0, support: Number = 0.0, drift: Number = 1.0
) -> Chance:
    """The chance of a freeze.

    Args:
        attacker: in each draw.
        loss: what a lever costs the attacker, USD bn a month, (K,) or one number; below 0 it gains.
            Draws in which it is not known (NaN) are left out.
        support: x, change of support as a share of it, above -1.
        drift: the drift then over what was expected on the date, (K,); below 0 ground is lost.

    Raises:
        TalksError: a number that is not finite; support of which nothing is left.
    """
    known = ~np.isnan(np.asarray(loss, float))
    lost = require("loss", np.where(known, loss, 0.0), "USD bn per month")
    moved = require("drift", drift, "of that expected") * drift_after(attacker, support)
    found = _accepted(attacker, attacker.bar_with(attacker.lifted * lost), moved)
    return Chance(found.holds * known, found.refuses * known)


def freeze_over(attacker: Attacker, loss: Number, drifts: Array) -> Chance:
    """The chance of a freeze over what the front may do, each drift as likely as any other.

    The range is then that of what is not known, not of what is still to come.

    Args:
        attacker: in each draw.
        loss: as in `freeze`.
        drifts: (P,) or (P, K) drifts over what was expected on the date.

    Raises:
        TalksError: as `freeze`; no drift.
    """
    found = [freeze(attacker, loss, drift=drift) for drift in require("drift", drifts, "of that")]
    return Chance(np.mean([one.holds for one in found], axis=0), found[0].refuses)


def _accepted(attacker: Attacker, bar: Array, moved: Array) -> Chance:
    """Those with r m <= tau and r > tau0; where the front moves back, r >= tau / m and r > tau0."""
    still, refuses = moved == 0.0, attacker.refuses
    with np.errstate(over="ignore"):  # a front that hardly moves: any r is below, or none
        edge = np.maximum(bar / np.where(still, 1.0, moved), attacker.bar)
    above = attacker.above(edge)
    accepts = np.where(moved > 0, np.maximum(refuses - above, 0.0), above)
    return Chance(np.where(still, np.where(bar >= 0.0, refuses, 0.0), accepts), refuses)
