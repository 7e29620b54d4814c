"""Probability of taking all of ten forts, as a linear solve, and against the closed form."""

from __future__ import annotations

from validation.check import Check, compare, published
from validation.models.stochastic import ruin, ruin_closed_form

FORTS = 10
STARTS = ((0.5, 5), (0.55, 5), (0.45, 3))


def checks() -> list[Check]:
    """Row 9, and the linear solve against the closed form."""
    computed: dict[tuple[str, str], float] = {}
    exact: list[Check] = []
    for win, start in STARTS:
        item = f"p {win:g}, {start} of {FORTS} forts"
        value = float(ruin(win, FORTS)[start])
        computed["probability of winning", item] = value
        formula = float(ruin_closed_form(win, FORTS)[start])
        what, source = f"solve equals formula, {item}", "gambler's ruin, in closed form"
        exact.append(Check(9, what, "probability", formula, value, 1e-12, source))
    return compare(published(__file__), computed) + exact
