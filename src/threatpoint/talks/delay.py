"""Delay: five reasons for dragging out the talks, each tested.

Every reason becomes a `Verdict`: does it pay, by how much, and what would flip it. All arrays
broadcast. Money is USD bn per month for good, unless said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.talks.ceasefire import drift_accepted_by_attacker, expected_advance
from threatpoint.talks.commitment import commitment_premium, commitment_room, largest_shift
from threatpoint.talks.terms import require

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.talks.terms import Number, WarTerms


@dataclass(frozen=True, eq=False)
class Verdict:
    """One reason for delay; `measures.TESTS` has the units.

    Attributes:
        pays: bool, whether the reason holds.
        number: what is measured.
        threshold: value of what flips it at which `pays` changes; NaN or inf where none does.
    """

    pays: Mask
    number: Array
    threshold: Array


# -- 1 drift ---------------------------------------------------------------------------------


def drift_verdict(terms: WarTerms) -> Verdict:
    """(1) Delay pays iff mu > (1 - delta)(c_R + s_R) / (delta omega_R).

    The number is what a freeze next month is worth over one now, USD bn: the month costs R the war
    and the gain from peace; the ground won earns for good. What flips it is the drift, km2/month.
    """
    side = terms.attacker
    earned = expected_advance(terms.drift, terms.discount) * side.land_value
    gain = np.asarray(earned - side.war_cost - side.peace_gain)
    return Verdict(gain > 0, gain, drift_accepted_by_attacker(terms))


# -- 2 expected cut in aid -------------------------------------------------------------------


def gain_from_waiting(
    terms: WarTerms, hazard: Number, offer_now: Number, offer_after: Number
) -> Array:
    """Waiting: delta omega_R [mu0 + h (z1-z0)] / (1-delta) - (c_R + s_R + omega_R z0), USD bn.

    R waits a month for a cut in aid. The peace on offer is x + z0 before the cut and x + z1 after
    it, when R takes it. By stationarity one month is worth waiting iff waiting for the cut is.

    Args:
        terms: with `drift` mu0, the drift before the cut.
        hazard: h, probability per month that aid is cut, in [0, 1].
        offer_now: z0, km2 beyond the line of the day.
        offer_after: z1, the same after the cut.
    """
    side = terms.attacker
    advance = expected_advance(terms.drift + hazard * (offer_after - offer_now), terms.discount)
    return side.land_value * advance - side.war_cost - side.peace_gain - side.land_value * offer_now


def hazard_that_flips(terms: WarTerms, offer_now: Number, offer_after: Number) -> Array:
    """h* = [(1-delta)(c_R + s_R + omega_R z0) / (delta omega_R) - mu0] / (z1 - z0).

    At or below 0 R waits anyway, above 1 never. NaN where the offer does not improve (z1 <= z0).
    """
    rise = np.asarray(offer_after - offer_now, dtype=float)
    limit = drift_accepted_by_attacker(terms)
    limit = limit + (1.0 - terms.discount) / terms.discount * offer_now
    return (limit - terms.drift) / np.where(rise > 0, rise, np.nan)


def aid_cut_verdict(
    terms: WarTerms, hazard: Number, offer_now: Number, offer_after: Number
) -> Verdict:
    """(2) Delay pays iff the gain from waiting for a cut in aid, USD bn, is above 0.

    What flips it is the hazard, per month.
    """
    gain = gain_from_waiting(terms, hazard, offer_now, offer_after)
    return Verdict(gain > 0, gain, hazard_that_flips(terms, offer_now, offer_after))


# -- 3 commitment ----------------------------------------------------------------------------


def commitment_verdict(terms: WarTerms, shift: Number, phases: Number) -> Verdict:
    """(3) R fights on iff guarantees that start after a ceasefire ask for more than there is room.

    Powell (2006); the equations are in `commitment`. The number is what is lacking, km2; what flips
    it is the shift, km2/month.
    """
    lacking = commitment_premium(terms, shift, phases) - commitment_room(terms)
    return Verdict(lacking > 0, lacking, largest_shift(terms, phases))


# -- 4 private information about costs -------------------------------------------------------


def screening_margin(terms: WarTerms, least: Number, most: Number) -> Array:
    """The margin of R that U's best offer counts on: k* = (k_hi - d) / 2 within [k_lo, k_hi], km2.

    U offers y = x + delta mu/(1-delta) - k once; R knows its margin (c_R + s_R) / omega_R, U
    believes it uniform on [k_lo, k_hi]. U gains omega_U (d + k) with probability
    (k_hi - k) / (k_hi - k_lo), d = (c_U + g) / omega_U: the trade-off of risk and return of
    Fearon (1995, section on miscalculating the other's willingness to fight), with a uniform
    belief. War without end follows a rejection.

    Args:
        terms: d is taken from it.
        least: k_lo, km2.
        most: k_hi, km2.

    Raises:
        TalksError: a margin that is not finite, as next to a land value of 0.
    """
    low, high = require("least margin", least, "km2"), require("largest margin", most, "km2")
    best = (high - terms.defender.margin) / 2.0
    return np.clip(best, low, high)


def rejection(terms: WarTerms, least: Number, most: Number) -> Array:
    """(k* - k_lo) / (k_hi - k_lo): probability that R refuses U's best offer; 0 without doubt."""
    low, high = np.asarray(least, dtype=float), np.asarray(most, dtype=float)
    margin = screening_margin(terms, low, high)
    width = high - low
    return np.where(width > 0, (margin - low) / np.where(width > 0, width, 1.0), 0.0)


def private_costs_verdict(terms: WarTerms, least_cost: Number, most_cost: Number) -> Verdict:
    """(4) Some R refuse iff U believes costs so uncertain that k_hi > k_hi* = 2 k_lo + d.

    Up to k_hi* U's best offer satisfies every R. The number is the probability that R refuses; what
    flips it is `most_cost`, USD bn/month.

    Args:
        terms: s_R and omega_R are known to both.
        least_cost: lower end of U's belief about c_R, USD bn per month.
        most_cost: upper end of it.
    """
    side = terms.attacker
    low, high = ((cost + side.peace_gain) / side.land_value for cost in (least_cost, most_cost))
    refused = rejection(terms, low, high)
    flip = (2.0 * low + terms.defender.margin) * side.land_value - side.peace_gain
    return Verdict(refused > 0, refused, flip)


# -- 5 positioning ---------------------------------------------------------------------------


def value_of_ground(
    land_value: Number, discount: Number, loss_rate: Number, months: Number
) -> Array:
    """V(n) = omega [(1 - q^n) / (1 - q) + q^n / (1 - delta)], q = delta (1 - rho), USD bn per km2.

    A km2 taken n months before a freeze is lost again with probability rho a month until then and
    kept for good afterwards. V rises as the date comes nearer, up to omega / (1 - delta).

    Args:
        land_value: omega, USD bn per km2 and month.
        discount: delta per month.
        loss_rate: rho per month, in [0, 1].
        months: n, months until the freeze, 0 or more; inf without a freeze.
    """
    q = discount * (1.0 - loss_rate)
    kept = np.power(q, months)
    return land_value * ((1.0 - kept) / (1.0 - q) + kept / (1.0 - discount))


def months_before_a_push(
    land_value: Number, discount: Number, loss_rate: Number, price: Number
) -> Array:
    """n* = log[(K/omega - 1/(1-q)) / (1/(1-delta) - 1/(1-q))] / log q, months before the freeze.

    Ground that costs K a km2 is worth taking from n* months before the freeze on. inf: always
    (K below its value without a freeze); 0: never (K above its value on the last day).

    Args:
        land_value: omega, as in `value_of_ground`.
        discount: delta per month.
        loss_rate: rho per month, in [0, 1].
        price: K, USD bn that a km2 costs, 0 or more.
    """
    never = value_of_ground(land_value, discount, loss_rate, np.inf)
    last_day = value_of_ground(land_value, discount, loss_rate, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.log((price - never) / (last_day - never)) / np.log(discount * (1.0 - loss_rate))
    return np.where(price <= never, np.inf, np.where(price >= last_day, 0.0, n))


def positioning_verdict(
    terms: WarTerms, loss_rate: Number, months: Number, price: Number
) -> Verdict:
    """(5) A push before the freeze pays iff V(n) > K; it pays from n* months before on.

    The number is V(n) - K, USD bn/km2; what flips it is `months`.
    """
    args = (terms.attacker.land_value, terms.discount, loss_rate)
    worth = value_of_ground(*args, months)
    return Verdict(worth > price, worth - price, months_before_a_push(*args, price))
