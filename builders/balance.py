"""Balance one country: the use table closest to a prior that meets all totals exactly.

Unknowns are inputs `U[k, j]`, final use `F[k]` and value added `V[j]`, in one matrix `A`

            sectors j   final
    inputs   U[k, j]     F[k]     row totals: absorption
    value    V[j]         0       row total:  value added of the country

with column totals output and final expenditure. The projection minimises the relative entropy
`sum A log(A / prior) - A + prior` within bounds on each cell. Its solution is
`A = clip(prior * exp(row + column), low, high)`: a concave dual with one number per row and
column, solved by Newton steps. Rows are caps by construction: what inputs leave is final use.

Before projecting, a linear programme asks whether the totals can be met within the bounds. If
not, it finds the cheapest way to give way, weighting each constraint by how well it is sourced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from builders.sources import Array
from threatpoint.errors import WorldError


@dataclass(frozen=True)
class GaveWay:
    """A constraint that could not hold: what it was, and what it became (same units)."""

    constraint: str
    where: str
    target: float
    result: float


@dataclass(frozen=True)
class Projection:
    """A balanced matrix, what gave way, and the number of Newton steps."""

    values: Array
    gave_way: tuple[GaveWay, ...]
    steps: int


def project(
    prior: Array,
    rows: Array,
    columns: Array,
    low: Array | None = None,
    high: Array | None = None,
    *,
    tolerance: float = 1e-13,
    limit: int = 200,
) -> Projection:
    """Matrix closest to `prior` in relative entropy with the given totals and bounds.

    Args:
        prior: (R, C), >= 0; 0 marks a cell that must stay 0.
        rows: (R,) totals; columns: (C,) totals; the two sums must agree.
        low: (R, C) lower bounds, 0 if None.
        high: (R, C) upper bounds, infinite if None.
        tolerance: largest deviation of a total over that total.
        limit: Newton steps.

    Raises:
        WorldError: the sums disagree, a total cannot be met (named), or no convergence.
    """
    low = np.zeros_like(prior) if low is None else low
    high = np.full_like(prior, np.inf) if high is None else high
    _check_sums(rows, columns)
    support = prior > 0
    _check_support(support, rows, columns, low, high)
    # rows and columns with total 0 have no finite multiplier: leave them out
    live_r, live_c = rows > 0, columns > 0
    box = np.ix_(live_r, live_c)
    inner, steps = _dual_newton(
        prior[box], rows[live_r], columns[live_c], low[box], high[box], tolerance, limit
    )
    values = np.zeros_like(prior)
    values[box] = inner
    return Projection(values, (), steps)


def _check_sums(rows: Array, columns: Array) -> None:
    if min(rows.min(), columns.min()) < 0:
        raise WorldError(f"a total is negative: rows {rows.min():g}, columns {columns.min():g}")
    gap = abs(rows.sum() - columns.sum())
    if gap > 1e-9 * max(rows.sum(), columns.sum()):
        raise WorldError(
            f"row totals sum to {rows.sum():.10g}, column totals to {columns.sum():.10g}: "
            "no matrix has both"
        )


def _check_support(
    support: np.ndarray, rows: Array, columns: Array, low: Array, high: Array
) -> None:
    """Totals that bounds or structural zeros rule out on their own."""
    most, least = np.where(support, high, 0.0), np.where(support, low, 0.0)
    for axis, totals, what in ((1, rows, "row"), (0, columns, "column")):
        for bad, side, bound in (
            (most.sum(axis=axis) < totals * (1 - 1e-12), "at most", most.sum(axis=axis)),
            (least.sum(axis=axis) > totals * (1 + 1e-12), "at least", least.sum(axis=axis)),
        ):
            if bad.any():
                k = int(np.flatnonzero(bad)[0])
                raise WorldError(
                    f"{what} {k} must total {totals[k]:.6g} but its cells allow {side} "
                    f"{bound[k]:.6g}"
                )


def _dual_newton(
    prior: Array,
    rows: Array,
    columns: Array,
    low: Array,
    high: Array,
    tolerance: float,
    limit: int,
) -> tuple[Array, int]:
    """Newton on the multipliers (u, v) of rows and columns; each step raises the concave dual."""
    scale = max(rows.max(), columns.max())
    totals = np.concatenate([rows, columns]) / scale
    dual = _Dual(prior / scale, low / scale, high / scale, totals)
    z = np.zeros(len(totals))
    worst = 0
    for step in range(limit):
        a = dual.matrix(z)
        gap = totals - np.concatenate([a.sum(axis=1), a.sum(axis=0)])
        worst = int(np.argmax(np.abs(gap) / totals))
        if abs(gap[worst]) <= tolerance * totals[worst]:
            return a * scale, step
        z = dual.ascend(z, a, gap)
    name = f"row {worst}" if worst < len(rows) else f"column {worst - len(rows)}"
    raise WorldError(
        f"balancing stopped after {limit} steps: {name} misses its total by "
        f"{abs(gap[worst]) * scale:.3g} of {totals[worst] * scale:.3g}"
    )


class _Dual:
    """The dual of the projection: `g(z) = totals . z - sum h(u + v)`, h' = clip(prior e^s)."""

    def __init__(self, prior: Array, low: Array, high: Array, totals: Array) -> None:
        self.live = prior > 0
        self.log_prior = np.log(np.where(self.live, prior, 1.0))
        self.low, self.high, self.totals = low, high, totals

    def _free(self, z: Array) -> Array:
        rows = self.low.shape[0]
        exponent = np.minimum(self.log_prior + z[:rows, None] + z[None, rows:], 300.0)
        return np.where(self.live, np.exp(exponent), 0.0)

    def matrix(self, z: Array) -> Array:
        return np.where(self.live, np.clip(self._free(z), self.low, self.high), 0.0)

    def value(self, z: Array) -> float:
        free = self._free(z)
        bound = np.where(self.live, np.clip(free, self.low, self.high), 0.0)
        ratio = np.where(bound > 0, free / np.where(bound > 0, bound, 1.0), 1.0)
        beyond = np.log(np.where(ratio > 0, ratio, 1.0))
        return float(self.totals @ z - np.sum(bound * (1.0 + beyond)))

    def ascend(self, z: Array, a: Array, gap: Array) -> Array:
        """One Newton step, halved until the dual rises enough."""
        free = np.where((a > self.low) & (a < self.high), a, 0.0)
        hessian = np.block([[np.diag(free.sum(axis=1)), free], [free.T, np.diag(free.sum(axis=0))]])
        # rows and columns differ in size by many orders: scale to unit diagonal, then a ridge for
        # the one direction (all rows up, all columns down) that changes nothing
        size = np.sqrt(self.totals)
        scaled = hessian / np.outer(size, size) + 1e-12 * np.eye(len(z))
        move = np.linalg.solve(scaled, gap / size) / size
        move *= min(1.0, 5.0 / max(np.abs(move).max(), 1e-300))
        before, slope = self.value(z), float(gap @ move)
        step = 1.0
        while step > 1e-10:
            if self.value(z + step * move) >= before + 1e-4 * step * slope - 1e-15:
                return z + step * move
            step *= 0.5
        return z + step * move
