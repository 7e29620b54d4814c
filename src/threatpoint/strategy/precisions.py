"""Which lambdas mean something, and how far a game can be solved."""

from __future__ import annotations

from collections.abc import Iterable

from threatpoint.errors import PolicyError
from threatpoint.policy.numbers import number

REACH = 500.0
"""Largest lambda times the largest difference of a player's payoffs that is solved.

Further on probabilities come near the smallest number a computer holds, about exp(-745).
"""


def require_precisions(given: Iterable[object], name: str = "lambda") -> list[float]:
    """The lambdas as numbers.

    Args:
        given: a list of numbers, each 0 or more.
        name: what the user calls it, for messages.

    Raises:
        PolicyError: no list, no number, below 0 or not finite.
    """
    if isinstance(given, str) or not hasattr(given, "__iter__"):
        raise PolicyError(f"{name} is {given!r}; give a list of numbers, e.g. [0.1]")
    found = [float(number(name, value, "0.1 (per USD bn)")) for value in given]
    below = [value for value in found if value < 0]
    if below:
        raise PolicyError(f"{name} {below[0]:g} is below 0; give 0 or more, e.g. 0.1 (per USD bn)")
    return found


def largest_precision(span: float) -> float:
    """The largest lambda solved, rounded down to three digits.

    Args:
        span: largest difference between two payoffs of one player.
    """
    return float(f"{0.995 * REACH / span:.3g}") if span > 0 else float("inf")


def require_reach(precision: float, span: float) -> None:
    """Refuse a lambda at which choice can no longer be told from certainty.

    Args:
        precision: lambda.
        span: largest difference between two payoffs of one player.

    Raises:
        PolicyError: names the largest lambda that is solved.
    """
    most = largest_precision(span)
    if precision > most:
        raise PolicyError(
            f"lambda {precision:g} is above {most:g}, the largest solved where payoffs differ by "
            f"up to {span:.3g}: beyond it choice is all but certain; give a smaller lambda, or "
            "leave lambda out for the equilibria in pure strategies"
        )
