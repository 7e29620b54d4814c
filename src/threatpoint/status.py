"""What a solver says about itself. No number leaves the solver without one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array

Code = Literal["converged", "oscillating", "diverging", "stalled", "infeasible"]


@dataclass(frozen=True, eq=False)
class Status:
    """Outcome of one solve, with the residual of every market at the returned point.

    Attributes:
        code: "converged", how the solver failed, or "infeasible" where there is none to find.
        method: the method that produced the point.
        evaluations: evaluations of the fixed-point map, all methods together.
        tolerance: bound on every residual below; 30 times it for `supply` and `walras`, which
            sum up the gaps of the others.
        price: (N, S) |log P - log P'| of the price fixed point.
        goods: (N, S) excess demand over the market's own size.
        trade: (N,) |log(receipts / payments)| of each country's foreign trade.
        given: (N, S) |log| by which a unit cost is off the price given for it; only rounding,
            unless inputs alone cost more.
        bounds: (K,) |log| by which a quota is missed.
        supply: (K, N) |log| by which a sector with a specific factor is off its supply curve.
        numeraire: (B,) |log| of each bloc's factor income over its baseline.
        walras: (N,) labour demand over supply, minus 1: the markets the solver does not use.
        history: largest residual at each evaluation.
        worst: the market with the largest residual, in words.
        message: why there is no equilibrium and what to try; "" where there is one.
    """

    code: Code
    method: str
    evaluations: int
    tolerance: float
    price: Array
    goods: Array
    trade: Array
    given: Array
    bounds: Array
    supply: Array
    numeraire: Array
    walras: Array
    history: tuple[float, ...]
    worst: str
    message: str = ""

    @property
    def residual(self) -> float:
        """The largest of prices, goods, trade, given, bounds, numeraire; inf: one is no number."""
        return largest(self.price, self.goods, self.trade, self.given, self.bounds, self.numeraire)

    @property
    def converged(self) -> bool:
        """True if every market clears to the tolerance."""
        return self.code == "converged"

    def __repr__(self) -> str:
        """In one line."""
        return f"<Status: {self}>"

    def __str__(self) -> str:
        """For a person: the reason of a failure, or one line."""
        return self.message or (
            f"{self.code} after {self.evaluations} evaluations ({self.method}); largest residual "
            f"{self.residual:.1e} ({self.worst}), redundant markets {np.abs(self.walras).max():.1e}"
        )


def largest(*gaps: Array) -> float:
    """The largest gap of all, either sign; inf where one is no number."""
    found = np.max([np.abs(gap).max(initial=0.0) for gap in gaps])
    return np.inf if np.isnan(found) else float(found)


def classify(history: tuple[float, ...]) -> Code:
    """Name a failure from its residuals: diverging, oscillating or stalled."""
    recent = np.array(history[-40:])
    recent = recent[np.isfinite(recent)]
    if recent.size < 3 or not np.isfinite(history[-1]) or recent[-1] > 100 * recent.min():
        return "diverging"
    ups = np.mean(np.diff(recent) > 0)
    return "oscillating" if ups > 0.25 and recent.max() > 1.5 * recent.min() else "stalled"
