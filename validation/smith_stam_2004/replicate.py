"""Probability of taking all of ten forts, as a linear solve, and against the closed form."""

from __future__ import annotations

from validation.check import Check, compare, given, published
from validation.models.stochastic import ruin, ruin_closed_form


def checks() -> list[Check]:
    """Row 9, and the linear solve against the closed form."""
    rows, computed = published(__file__), dict[tuple[str, str], float]()
    exact: list[Check] = []
    for row in rows:
        item = row["item"]
        win, start, forts = given(item)
        value = float(ruin(win, int(forts))[int(start)])
        computed[row["measure"], item] = value
        formula = float(ruin_closed_form(win, int(forts))[int(start)])
        what, source = f"solve equals formula, {item}", "gambler's ruin, in closed form"
        exact.append(Check(9, what, "probability", formula, value, 1e-12, source))
    return compare(rows, computed) + exact
