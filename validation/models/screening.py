"""Screening: two offers, a month of war between them, to an attacker whose costs are not known.

U offers y_1. If R refuses, a month of war follows and U offers y_2, take it or fight on without
end. R knows its margin k = (c_R + s_R) / omega_R; U believes it uniform on [k_lo, k_hi]. R looks
ahead: it refuses y_1 when it expects better. War is what tells the types apart (Slantchev 2003,
American Political Science Review 97:621-632; Filson & Werner 2002, American Journal of Political
Science 46); here with two offers and a moving front.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.talks.terms import require

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.talks.terms import Number, WarTerms


@dataclass(frozen=True, eq=False)
class Screening:
    """U's best two offers and what R does.

    Attributes:
        first: kappa_1, km2; the first line is y_1 = x + A - kappa_1.
        second: k_2, km2; the second line is y_2 = x + mu + A - k_2.
        cutoff: k_1, km2; R accepts the first offer iff its margin is at least this.
        refused_first: probability that R refuses the first offer: a month of war.
        refused_both: probability that it refuses both: war without end.
    """

    first: Array
    second: Array
    cutoff: Array
    refused_first: Array
    refused_both: Array


def second_offer(cutoff: Number, least: Number, margin: Number) -> Array:
    """k_2 = max(k_lo, (k_1 - d) / 2), km2: U's best last offer, belief uniform on [k_lo, k_1]."""
    return np.maximum(least, (np.asarray(cutoff, dtype=float) - margin) / 2.0)


def first_offer(cutoff: Number, second: Number, discount: Number) -> Array:
    """kappa_1 = (1 - delta) k_1 + delta k_2, km2: the type k_1 is indifferent between the offers.

    Waiting costs it (1 - delta)(c_R + s_R) and brings delta omega_R k_2 less in concessions.
    """
    return (1.0 - np.asarray(discount)) * cutoff + discount * np.asarray(second)


def gain_over_war(
    cutoff: Number, least: Number, most: Number, margin: Number, discount: Number
) -> Array:
    """U's gain over war without end, per omega_U and up to the width of the belief, km2 squared.

    (d + kappa_1)(k_hi - k_1) + delta (d + k_2)(k_1 - k_2).
    """
    k = np.asarray(cutoff, dtype=float)
    second = second_offer(k, least, margin)
    first = first_offer(k, second, discount)
    later = discount * (margin + second) * np.maximum(0.0, k - second)
    return (margin + first) * (most - k) + later


def screening_offers(terms: WarTerms, least: Number, most: Number) -> Screening:
    """U's best pair of offers.

    The gain is a parabola in k_1 on each side of 2 k_lo + d, where the last offer starts to leave
    types out; the best of the two summits, each kept on its side, is the answer. Below the joint
    the summit is (k_hi - d) / 2; above it
    [(1 - delta/2)(k_hi - d) + delta d / 2] / (2 - 3 delta / 2).

    Args:
        terms: d = (c_U + g) / omega_U and delta are taken from it; d must be 0 or more.
        least: k_lo, km2, 0 or more.
        most: k_hi, km2.

    Raises:
        TalksError: a margin below 0, k_hi below k_lo.
    """
    low = require("least margin", least, "km2", least=0.0)
    high = require("largest margin", most, "km2")
    require("width of the belief", high - low, "km2", least=0.0)
    d = require("margin of the defender", terms.defender.margin, "km2", least=0.0)
    delta = np.asarray(terms.discount, dtype=float)
    joint = np.clip(2.0 * low + d, low, high)
    upper = ((1.0 - delta / 2.0) * (high - d) + delta * d / 2.0) / (2.0 - 1.5 * delta)
    below = np.clip((high - d) / 2.0, low, joint)
    above = np.clip(upper, joint, high)
    gains = [gain_over_war(k, low, high, d, delta) for k in (below, above)]
    cutoff = np.where(gains[1] > gains[0], above, below)
    second = second_offer(cutoff, low, d)
    width = np.where(high > low, high - low, 1.0)
    return Screening(
        first=first_offer(cutoff, second, delta),
        second=second,
        cutoff=cutoff,
        refused_first=(cutoff - low) / width,
        refused_both=(np.minimum(second, cutoff) - low) / width,
    )
