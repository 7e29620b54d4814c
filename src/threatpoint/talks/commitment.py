"""Commitment: guarantees that start after a ceasefire against the same guarantees before it.

Guarantees cut the drift of a resumed war by `shift` km2 a month. Deployed after the ceasefire, in
`phases` equal monthly steps, they make R weaker every month of the peace: R gains by fighting now,
and U cannot promise not to use its strength later (Powell 2006, International Organization
60:169-203). Deployed before, they lower what R can ask for, and nothing shifts afterwards; but they
run the hazard of a wider war.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.talks.ceasefire import expected_advance, largest_line, least_line
from threatpoint.talks.terms import require

if TYPE_CHECKING:
    from threatpoint.talks.terms import Array, Mask, Number, WarTerms

HALVINGS = 60
"""Steps of the bisection for the hazard: 2^-60 is below one part in 1e18."""


@dataclass(frozen=True, eq=False)
class Guarantees:
    """The same guarantees, deployed before against after a ceasefire.

    Attributes:
        premium: km2 that R asks for on top of y_min when they come after and U can use its new
            strength at the table (Powell).
        premium_kept: km2, the same where a line once agreed moves only by war.
        room: km2 there is, y_max - y_min today.
        holds_after: bool, a ceasefire with guarantees afterwards can hold.
        holds_if_kept: bool, it can where lines move only by war.
        largest_shift: km2 per month, the largest shift with which it holds.
        phases_needed: months over which the deployment must be spread to hold.
        least_line_before: km2, y_min once they are deployed before.
        ground_saved: km2 by which both ends of the zone move when they come before.
        gain: USD bn per month for U of that ground.
    """

    premium: Array
    premium_kept: Array
    room: Array
    holds_after: Mask
    holds_if_kept: Mask
    largest_shift: Array
    phases_needed: Array
    least_line_before: Array
    ground_saved: Array
    gain: Array


def commitment_premium(terms: WarTerms, shift: Number, phases: Number = 1.0) -> Array:
    """delta^2 (Delta / m) / (1 - delta)^2, km2: what R asks for above y_min for one month's wait.

    Held to its war value w_{t+1} next month, R accepts this month iff
    (1 - delta)(omega_R y + s_R) + delta w_{t+1} >= w_t, with mu_t - mu_{t+1} = Delta / m and
    w_t = omega_R (x + delta mu_t / (1 - delta)) - c_R. So y >= y_min + this premium.

    Args:
        terms: delta is taken from it.
        shift: Delta, km2 per month by which the guarantees cut the drift, 0 or more.
        phases: m, months over which they are deployed, 1 or more.

    Raises:
        TalksError: a shift below 0, less than one phase.
    """
    delta = require("shift of the drift by guarantees", shift, "km2 per month", least=0.0)
    steps = require("phases of deployment", phases, "months", least=1.0)
    return terms.discount**2 * (delta / steps) / (1.0 - np.asarray(terms.discount)) ** 2


def premium_if_kept(terms: WarTerms, shift: Number, phases: Number = 1.0) -> Array:
    """delta^2 (Delta / m)(1 - delta^m) / (1 - delta)^2, km2: the same where only war moves a line.

    U can then push the line back only to its own y_max(mu_t), not to R's y_min(mu_t). Peace along
    y_max(mu_0), y_max(mu_1), ... beats war today iff y_max - y_min is at least this. It is the
    premium above times 1 - delta^m: the two bound what U's bargaining power after the ceasefire
    can do.
    """
    steps = np.asarray(phases, dtype=float)
    return commitment_premium(terms, shift, phases) * (1.0 - terms.discount**steps)


def commitment_room(terms: WarTerms) -> Array:
    """y_max - y_min, km2: the most U can be held to in the first month, less what R asks for."""
    return largest_line(terms) - least_line(terms)


def largest_shift(terms: WarTerms, phases: Number = 1.0) -> Array:
    """Delta* = m (1 - delta)^2 (y_max - y_min) / delta^2, km2 per month."""
    return (
        phases
        * (1.0 - np.asarray(terms.discount)) ** 2
        / terms.discount**2
        * commitment_room(terms)
    )


def phases_needed(terms: WarTerms, shift: Number) -> Array:
    """m* = ceil(delta^2 Delta / ((1 - delta)^2 (y_max - y_min))), months; inf where never."""
    room = commitment_room(terms)
    with np.errstate(divide="ignore"):
        ratio = commitment_premium(terms, shift) / np.maximum(room, 0.0)
    return np.maximum(1.0, np.ceil(ratio - 1e-12))


def after_guarantees(terms: WarTerms, shift: Number) -> WarTerms:
    """The terms once the guarantees stand: the drift is lower by the shift."""
    return replace(terms, drift=np.asarray(terms.drift - np.asarray(shift, dtype=float)))


def guarantees(terms: WarTerms, shift: Number, phases: Number = 1.0) -> Guarantees:
    """Before against after.

    Args:
        terms: the terms before any guarantee stands.
        shift: km2 per month by which the guarantees cut the drift.
        phases: months over which a deployment after the ceasefire is spread.
    """
    premium, room = commitment_premium(terms, shift, phases), commitment_room(terms)
    kept = premium_if_kept(terms, shift, phases)
    saved = expected_advance(np.asarray(shift, dtype=float), terms.discount)
    return Guarantees(
        premium=premium,
        premium_kept=kept,
        room=room,
        holds_after=np.asarray(premium <= room),
        holds_if_kept=np.asarray(kept <= room),
        largest_shift=largest_shift(terms, phases),
        phases_needed=phases_needed(terms, shift),
        least_line_before=least_line(after_guarantees(terms, shift)),
        ground_saved=saved,
        gain=np.asarray(saved * terms.defender.land_value),
    )


# -- escalation ------------------------------------------------------------------------------


def value_before(
    gain: Number, loss: Number, hazard: Number, discount: Number, months: Number
) -> Array:
    """V_n = b + delta [(1 - e) V_{n-1} - e L], V_0 = b / (1 - delta), USD bn.

    Guarantees deployed before bring b a month. For n months, until the war ends, each month starts
    a wider war with probability e; it costs L and ends the gain. In closed form, with
    q = delta (1 - e): V_n = (b - delta e L)(1 - q^n) / (1 - q) + q^n b / (1 - delta).

    Args:
        gain: b, USD bn per month.
        loss: L, USD bn once, above 0.
        hazard: e per month, in [0, 1].
        discount: delta per month.
        months: n, months of exposure, 0 or more; inf while the guarantees stand.

    Raises:
        TalksError: a hazard outside 0 to 1, a loss not above 0, months below 0.
    """
    e = require("hazard of a wider war", hazard, "per month", least=0.0, most=1.0)
    cost = require("loss from a wider war", loss, "USD bn", above=0.0)
    n = np.asarray(months, dtype=float)
    require("months of exposure", np.where(n == np.inf, 0.0, n), "months", least=0.0)
    q = discount * (1.0 - e)
    left = np.power(q, n)
    return (gain - discount * e * cost) * (1.0 - left) / (1.0 - q) + left * gain / (1.0 - discount)


def hazard_that_stops(
    gain: Number, loss: Number, discount: Number, months: Number = np.inf
) -> Array:
    """e*, per month: above it guarantees before a ceasefire stop paying (V_n = 0).

    For exposure without end e* = b / (delta L); else V_n falls in e and has one root in [0, 1],
    found by bisection. 1 where the option pays at any hazard, 0 where it never does.
    """
    shape = np.broadcast_shapes(*(np.shape(v) for v in (gain, loss, discount, months)))
    low, high = np.zeros(shape), np.ones(shape)
    pays_always = value_before(gain, loss, high, discount, months) >= 0
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        pays = value_before(gain, loss, middle, discount, months) > 0
        low, high = np.where(pays, middle, low), np.where(pays, high, middle)
    return np.where(pays_always, 1.0, np.where(np.asarray(gain) > 0, low, 0.0))
