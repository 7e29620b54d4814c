"""Ceasefire: which lines both sides prefer to a war in which the front moves.

While the war lasts R earns omega_R x - c_R and U earns -omega_U x - c_U a month, and x moves by mu
a month. Peace at the line y brings omega_R y + s_R and -omega_U y + g a month for good. Values are
per month: (1 - delta) times the present value. The alternative to a line is war without end.
Model: Fearon (1995) and Powell (1999) with a moving front; science note, section 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.talks.terms import require

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.talks.terms import Number, WarTerms


def expected_advance(drift: Number, discount: Number) -> Array:
    """The line a war without end is worth, beyond today's: delta mu / (1 - delta), km2."""
    return np.asarray(discount * drift / (1.0 - discount), dtype=float)


def war_value_attacker(terms: WarTerms) -> Array:
    """omega_R (x + delta mu / (1 - delta)) - c_R, USD bn per month."""
    line = terms.line + expected_advance(terms.drift, terms.discount)
    return terms.attacker.land_value * line - terms.attacker.war_cost


def war_value_defender(terms: WarTerms) -> Array:
    """-omega_U (x + delta mu / (1 - delta)) - c_U, USD bn per month."""
    line = terms.line + expected_advance(terms.drift, terms.discount)
    return -terms.defender.land_value * line - terms.defender.war_cost


def least_line(terms: WarTerms) -> Array:
    """y_min = x + delta mu / (1 - delta) - (c_R + s_R) / omega_R, km2: R accepts y >= y_min."""
    return terms.line + expected_advance(terms.drift, terms.discount) - terms.attacker.margin


def largest_line(terms: WarTerms) -> Array:
    """y_max = x + delta mu / (1 - delta) + (c_U + g) / omega_U, km2: U accepts y <= y_max."""
    return terms.line + expected_advance(terms.drift, terms.discount) + terms.defender.margin


def zone_width(terms: WarTerms) -> Array:
    """y_max - y_min, km2: both margins together; above 0 whenever war costs anybody anything."""
    return terms.attacker.margin + terms.defender.margin


def attacker_accepts_in_place(terms: WarTerms) -> Mask:
    """A freeze in place suits R, bool: delta mu / (1 - delta) <= (c_R + s_R) / omega_R."""
    return np.asarray(expected_advance(terms.drift, terms.discount) <= terms.attacker.margin)


def defender_accepts_in_place(terms: WarTerms) -> Mask:
    """A freeze in place suits U, bool: -(c_U + g) / omega_U <= delta mu / (1 - delta)."""
    return np.asarray(-terms.defender.margin <= expected_advance(terms.drift, terms.discount))


def sanction_needed(terms: WarTerms) -> Array:
    """s_R* = max(0, delta mu omega_R / (1 - delta) - c_R), USD bn per month.

    The least sum of sanctions lifted by a ceasefire at which R accepts a freeze in place.
    """
    worth = expected_advance(terms.drift, terms.discount) * terms.attacker.land_value
    return np.maximum(0.0, worth - terms.attacker.war_cost)


def drift_accepted_by_attacker(terms: WarTerms) -> Array:
    """(1 - delta)(c_R + s_R) / (delta omega_R), km2 per month: up to here R accepts a freeze."""
    return (1.0 - terms.discount) / terms.discount * terms.attacker.margin


def drift_accepted_by_defender(terms: WarTerms) -> Array:
    """-(1 - delta)(c_U + g) / (delta omega_U), km2 per month: from here on U accepts a freeze."""
    return -(1.0 - terms.discount) / terms.discount * terms.defender.margin


def aid_window(terms: WarTerms, aid_effect: Number) -> tuple[Array, Array]:
    """Changes in aid [a_low, a_high] at which both sides accept a freeze in place.

    With mu = mu0 - kappa a: a_low = (mu0 - (1-delta)(c_R+s_R)/(delta omega_R)) / kappa and
    a_high = (mu0 + (1-delta)(c_U+g)/(delta omega_U)) / kappa. Unit: that of `aid_change`.

    Args:
        terms: with `drift` mu0, the drift at unchanged aid.
        aid_effect: kappa, km2 per month per unit of aid, above 0.
    """
    low = (terms.drift - drift_accepted_by_attacker(terms)) / aid_effect
    high = (terms.drift - drift_accepted_by_defender(terms)) / aid_effect
    return low, high


def drift_with_support(mu0: Number, kappa: Number, aid_change: Number) -> Array:
    """mu(a) = mu0 - kappa a, km2 per month.

    Args:
        mu0: drift at unchanged support, km2 per month.
        kappa: km2 per month that the whole of baseline support holds back, 0 or more.
        aid_change: change in support as a share of the baseline's: -1 is all lost.
    """
    return np.asarray(mu0 - kappa * aid_change)


def equivalent_constant(path: Array, discount: float) -> float:
    """(1 - delta) sum_k delta^k a_k, the constant with the same worth as a monthly path.

    The war value is linear in the drift of each month, and the drift is linear in aid; so a path
    of drifts (or of changes in aid) moves y_min and y_max as this constant does. The last month of
    the path goes on for good.

    Args:
        path: (T,) values of months 0, 1, ..., T - 1.
        discount: delta in (0, 1).

    Raises:
        TalksError: an empty path, a number that is not finite, a discount outside (0, 1).
    """
    values = np.atleast_1d(require("monthly path", path, "per month"))
    delta = float(require("discount", discount, "per month", above=0.0, below=1.0))
    weights = (1.0 - delta) * delta ** np.arange(len(values))
    weights[-1] = delta ** (len(values) - 1)
    return float(weights @ values)


def rubinstein_share(discount_first: Number, discount_second: Number) -> Array:
    """(1 - delta_2) / (1 - delta_1 delta_2): what who proposes first gets of 1.

    Rubinstein (1982), Econometrica 50:97-109, alternating offers with discounting.
    """
    return np.asarray((1.0 - discount_second) / (1.0 - discount_first * discount_second))


def division(terms: WarTerms) -> Array:
    """y* = y_min + theta (y_max - y_min), km2; theta = R's Rubinstein (1982) share, R first.

    NaN where the zone is empty, which takes a peace that costs more than the war.
    """
    share = rubinstein_share(terms.attacker.patience, terms.defender.patience)
    width = zone_width(terms)
    return np.where(width >= 0, least_line(terms) + share * width, np.nan)


def revealed_land_value(terms: WarTerms) -> Array:
    """(c_R + s_R)(1 - delta) / (delta mu), USD bn per km2 and month.

    Who refuses a freeze in place at drift mu shows that omega_R is at least this. NaN where the
    drift is not above 0: no land value explains the refusal; inf where it is next to 0.
    """
    cost = terms.attacker.war_cost + terms.attacker.peace_gain
    drift = np.asarray(terms.drift, dtype=float)
    safe = np.where(drift > 0, drift, np.nan)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        return cost * (1.0 - terms.discount) / (terms.discount * safe)
