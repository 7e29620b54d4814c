"""Logit QRE of two symmetric 2 x 2 games, by the software and by the equation that defines it.

p = 1 / (1 + exp(-lambda (u_first(p) - u_second(p)))), p the probability of the first action. On the
principal branch both players use the same p.
"""

from __future__ import annotations

import math

import numpy as np

from threatpoint.errors import MissingExtraError
from validation.check import Check, SourceDataMissing, compare, given, published
from validation.models.normal_form import logit_equilibrium

GAMES = {
    "prisoner's dilemma, P(cooperate)": np.array([[3.0, 0.0], [5.0, 1.0]]),
    "chicken, P(swerve)": np.array([[0.0, -1.0], [1.0, -10.0]]),
}
"""Payoff of the row player; rows and columns: first action, second action."""


def fixed_point(payoff: np.ndarray, precision: float) -> float:
    """The symmetric logit equilibrium by bisection: the gap to the formula changes sign once."""

    def gap(p: float) -> float:
        first, second = payoff @ np.array([p, 1.0 - p])
        return p - 1.0 / (1.0 + math.exp(-precision * (first - second)))

    low, high = 0.0, 1.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if gap(middle) < 0 else (low, middle)
    return 0.5 * (low + high)


def checks() -> list[Check]:
    """Rows 10 and 11: the software against the published number, and against the equation."""
    rows = published(__file__)
    computed: dict[tuple[str, str], float] = {}
    same: list[Check] = []
    for row in rows:
        payoff, precision = GAMES[row["measure"]], *given(row["item"])
        try:
            point = logit_equilibrium([payoff, payoff.T], precision)
        except MissingExtraError as error:
            raise SourceDataMissing(str(error)) from error
        value = point.chances[0][0]
        computed[row["measure"], row["item"]] = value
        same.append(
            Check(
                int(row["number"]),
                f"solver equals the equation, {row['measure']}, {row['item']}",
                "share",
                fixed_point(payoff, precision),
                value,
                1e-7,
                "p = logit(lambda (u1 - u2)), bisection",
            )
        )
    return compare(rows, computed) + same
