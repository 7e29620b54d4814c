"""Ceasefire against war without end: closed forms that the talks are validated with.

While the war lasts R earns omega_R x - c_R and U earns -omega_U x - c_U a month, and x moves by mu
a month. Peace at the line y brings omega_R y + s_R and -omega_U y + g a month for good. Values are
per month: (1 - delta) times the present value. The alternative to a line is war without end; the
talks themselves compare with one more month (`freeze`), which is the same at a steady drift.
Model: Fearon (1995) and Powell (1999) with a moving front; science note, section 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.talks.terms import Number, WarTerms


def expected_advance(drift: Number, discount: Number) -> Array:
    """The line a war without end is worth, beyond today's: delta mu / (1 - delta), km2."""
    return np.asarray(discount * drift / (1.0 - discount), dtype=float)


def least_line(terms: WarTerms) -> Array:
    """y_min = x + delta mu / (1 - delta) - (c_R + s_R) / omega_R, km2: R accepts y >= y_min."""
    return terms.line + expected_advance(terms.drift, terms.discount) - terms.attacker.margin


def largest_line(terms: WarTerms) -> Array:
    """y_max = x + delta mu / (1 - delta) + (c_U + g) / omega_U, km2: U accepts y <= y_max."""
    return terms.line + expected_advance(terms.drift, terms.discount) + terms.defender.margin


def sanction_needed(terms: WarTerms) -> Array:
    """s_R* = max(0, delta mu omega_R / (1 - delta) - c_R), USD bn per month.

    The least sum of sanctions lifted by a ceasefire at which R accepts a freeze in place.
    """
    worth = expected_advance(terms.drift, terms.discount) * terms.attacker.land_value
    return np.maximum(0.0, worth - terms.attacker.war_cost)


def drift_accepted_by_attacker(terms: WarTerms) -> Array:
    """(1 - delta)(c_R + s_R) / (delta omega_R), km2 per month: up to here R accepts a freeze."""
    return (1.0 - terms.discount) / terms.discount * terms.attacker.margin


def rubinstein_share(discount_first: Number, discount_second: Number) -> Array:
    """(1 - delta_2) / (1 - delta_1 delta_2): what who proposes first gets of 1.

    Rubinstein (1982), Econometrica 50:97-109, alternating offers with discounting.
    """
    return np.asarray((1.0 - discount_second) / (1.0 - discount_first * discount_second))
