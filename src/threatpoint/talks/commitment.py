"""Commitment: guarantees that start after a ceasefire against the same guarantees before it.

Guarantees cut the drift of a resumed war by `shift` km2 a month. Deployed after the ceasefire, in
`phases` equal monthly steps, they make R weaker every month of the peace: R gains by fighting now,
and U cannot promise not to use its strength later (Powell 2006, International Organization
60:169-203). Deployed before, they lower what R can ask for, and nothing shifts afterwards; but they
run the hazard of a wider war.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.talks.ceasefire import largest_line, least_line

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.talks.terms import Number, WarTerms

HALVINGS = 60
"""Steps of the bisection for the hazard: 2^-60 is below one part in 1e18."""


def commitment_premium(terms: WarTerms, shift: Number, phases: Number = 1.0) -> Array:
    """delta^2 (Delta / m) / (1 - delta)^2, km2: what R asks for above y_min for one month's wait.

    Held to its war value w_{t+1} next month, R accepts this month iff
    (1 - delta)(omega_R y + s_R) + delta w_{t+1} >= w_t, with mu_t - mu_{t+1} = Delta / m and
    w_t = omega_R (x + delta mu_t / (1 - delta)) - c_R. So y >= y_min + this premium.

    Args:
        terms: delta is taken from it.
        shift: Delta, km2 per month by which the guarantees cut the drift, 0 or more.
        phases: m, months over which they are deployed, 1 or more.
    """
    return terms.discount**2 * (shift / phases) / (1.0 - np.asarray(terms.discount)) ** 2


def premium_if_kept(terms: WarTerms, shift: Number, phases: Number = 1.0) -> Array:
    """delta^2 (Delta / m)(1 - delta^m) / (1 - delta)^2, km2: the same where only war moves a line.

    U can then push the line back only to its own y_max(mu_t), not to R's y_min(mu_t). Peace along
    y_max(mu_0), y_max(mu_1), ... beats war today iff y_max - y_min is at least this. It is the
    premium above times 1 - delta^m: the two bound what U's bargaining power after the ceasefire
    can do.
    """
    return commitment_premium(terms, shift, phases) * (1.0 - terms.discount**phases)


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
    """
    q = discount * (1.0 - hazard)
    left = np.power(q, months)
    kept = (gain - discount * hazard * loss) * (1.0 - left) / (1.0 - q)
    return kept + left * gain / (1.0 - discount)


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
