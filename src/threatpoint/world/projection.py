"""Balance one country: the use table closest to a prior that meets all totals exactly.

Unknowns are inputs `U[k, j]`, final use `F[k]` and value added `V[j]`, in one matrix `A`

            sectors j   final
    inputs   U[k, j]     F[k]     row totals: absorption
    value    V[j]         0       row total:  value added of the country

with column totals output and final expenditure. The projection minimises the relative entropy
`sum A log(A / prior) - A + prior` within bounds on each cell. Its solution is
`A = clip(prior * exp(row + column), low, high)`: a concave dual with one number per row and
column, solved by Newton steps. Rows are caps by construction: what inputs leave is final use.

If no such matrix exists, a linear programme says which totals are in conflict and finds the
cheapest change that resolves it, weighting each total by how well it is sourced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import WorldError
from threatpoint.world.dual import newton

if TYPE_CHECKING:
    from threatpoint.array_types import Array


@dataclass(frozen=True)
class GaveWay:
    """A total that could not hold: its name, what it was, and what it became (same units)."""

    constraint: str
    target: float
    result: float


@dataclass(frozen=True)
class Projection:
    """A balanced matrix, the totals that gave way, and the number of Newton steps."""

    values: Array
    gave_way: tuple[GaveWay, ...]
    steps: int


class ConflictError(WorldError):
    """The totals and bounds exclude each other.

    Attributes:
        gave_way: the cheapest change of totals that would resolve the conflict.
        conflict: names of all totals that take part in it.
    """

    def __init__(self, gave_way: Sequence[GaveWay], conflict: Sequence[str]) -> None:
        self.gave_way, self.conflict = tuple(gave_way), tuple(conflict)
        moves = "; ".join(
            f"{item.constraint} from {item.target:.6g} to {item.result:.6g}" for item in gave_way
        )
        super().__init__(
            f"the totals cannot all hold within the bounds. In conflict: {', '.join(conflict)}. "
            f"The cheapest way out moves {moves}. Widen a bound or let one of them give way"
        )


@dataclass(frozen=True)
class Names:
    """What rows and columns are called in messages."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Rows, then columns."""
        return (*self.rows, *self.columns)


def project(
    prior: Array,
    rows: Array,
    columns: Array,
    low: Array | None = None,
    high: Array | None = None,
    *,
    names: Names | None = None,
    weights: Array | None = None,
    tolerance: float = 1e-13,
    limit: int = 150,
) -> Projection:
    """Matrix closest to `prior` in relative entropy with the given totals and bounds.

    Args:
        prior: (R, C), >= 0; 0 marks a cell that must stay 0.
        rows: (R,) totals.
        columns: (C,) totals; they must sum to the same as those of the rows.
        low: (R, C) lower bounds, 0 if None.
        high: (R, C) upper bounds, infinite if None.
        names: of rows and columns, for messages.
        weights: (R + C,) how firmly each total is sourced; with them, totals in conflict give way
            (the lightest first) and are reported; without, a conflict is an error.
        tolerance: largest deviation of a total over that total.
        limit: Newton steps with each damping.

    Raises:
        ConflictError: no matrix has these totals within the bounds, and no weights were given.
        WorldError: negative totals, sums that disagree, or no convergence.
    """
    low = np.zeros_like(prior) if low is None else np.where(prior > 0, low, 0.0)
    high = np.full_like(prior, np.inf) if high is None else high
    _check_sums(rows, columns)
    if np.any(low > high):
        k = tuple(int(p) for p in np.argwhere(low > high)[0])
        raise WorldError(f"cell {k} must be at least {low[k]:.6g} and at most {high[k]:.6g}")
    names = names or _numbered(len(rows), len(columns))
    task = _Task(prior, rows, columns, low, high, names)
    try:
        return _fit(task, tolerance, limit)
    except WorldError as stopped:
        problem = _conflict(task, weights)
        if problem is None:
            raise
        if weights is None:
            raise problem.error from stopped
    return _given_way(task, problem, tolerance, limit)


@dataclass(frozen=True)
class _Task:
    """What is to be projected, all parts given."""

    prior: Array
    rows: Array
    columns: Array
    low: Array
    high: Array
    names: Names


def _fit(task: _Task, tolerance: float, limit: int) -> Projection:
    """Project without asking first whether it can be done."""
    rows, columns, low, high = task.rows, task.columns, task.low, task.high
    dead = low.sum(axis=1)[rows == 0].sum() + low.sum(axis=0)[columns == 0].sum()
    if dead > 0:
        raise WorldError(f"totals of 0 hold cells that must be at least {dead:.6g}")
    # a total of 0 has no finite multiplier: its cells are 0, leave them out
    box = np.ix_(rows > 0, columns > 0)
    at = np.concatenate([rows > 0, columns > 0])
    live = [name for name, there in zip(task.names.all, at, strict=True) if there]
    inner, steps = newton(
        task.prior[box],
        rows[rows > 0],
        columns[columns > 0],
        low[box],
        high[box],
        live,
        tolerance,
        limit,
    )
    values = np.zeros_like(task.prior)
    values[box] = inner
    return Projection(values, (), steps)


def _numbered(rows: int, columns: int) -> Names:
    return Names(
        tuple(f"row {k}" for k in range(rows)), tuple(f"column {k}" for k in range(columns))
    )


def _check_sums(rows: Array, columns: Array) -> None:
    if min(rows.min(), columns.min()) < 0:
        raise WorldError(f"a total is negative: rows {rows.min():g}, columns {columns.min():g}")
    gap = abs(rows.sum() - columns.sum())
    if gap > 1e-9 * max(rows.sum(), columns.sum()):
        raise WorldError(
            f"row totals sum to {rows.sum():.10g}, column totals to {columns.sum():.10g}: "
            "no matrix has both"
        )


@dataclass(frozen=True)
class _Problem:
    """A conflict, and what (R + C,) must be taken from the totals to resolve it."""

    error: ConflictError
    taken: Array


CONFLICT = 1e-7
"""A total that misses by less than this share of the largest is not called a conflict: the linear
programme is no more exact than that."""


FURTHER = (0.0, 1e-6, 1e-4)
"""How much further than the cheapest way out the totals move, as a share of it: at its very end no
cell may be free, and the linear programme is not exact."""


def _given_way(task: _Task, problem: _Problem, tolerance: float, limit: int) -> Projection:
    """Project on the totals that are left when those in conflict gave way; all others hold.

    Raises:
        WorldError: it does not converge there either.
    """
    stopped = WorldError("no way out was tried")
    for more in FURTHER:
        moved = _moved(task, (1 + more) * problem.taken)
        try:
            fit = _fit(moved, tolerance, limit)
        except WorldError as again:
            stopped = again
        else:
            gave_way = tuple(
                replace(item, result=item.result + more * (item.result - item.target))
                for item in problem.error.gave_way
            )
            return Projection(fit.values, gave_way, fit.steps)
    raise stopped


def _moved(task: _Task, taken: Array) -> _Task:
    """The task less what gave way; both sums agree again in the total that moved most."""
    rows, columns = np.split(np.concatenate([task.rows, task.columns]) - taken, [len(task.rows)])
    rows, columns = np.maximum(rows, 0), np.maximum(columns, 0)
    gap, at = rows.sum() - columns.sum(), int(np.argmax(np.abs(taken)))
    if at < len(rows):
        rows[at] -= gap
    else:
        columns[at - len(rows)] += gap
    return replace(task, rows=rows, columns=columns)


def _conflict(task: _Task, weights: Array | None) -> _Problem | None:
    """The cheapest change of totals that makes them feasible; None if they are.

    A linear programme: cells within bounds, plus what each total falls short or exceeds, at a cost
    per unit of its weight. Totals with a price in the dual are those that take part.
    """
    from scipy import sparse
    from scipy.optimize import linprog

    rows, columns, names = task.rows, task.columns, task.names
    scale = max(rows.max(), columns.max())
    totals = np.concatenate([rows, columns]) / scale
    at_row, at_column = np.nonzero(task.prior > 0)
    count, size = len(at_row), len(totals)
    incidence = sparse.coo_matrix(
        (
            np.ones(2 * count),
            (np.concatenate([at_row, len(rows) + at_column]), np.tile(np.arange(count), 2)),
        ),
        shape=(size, count),
    )
    eye = sparse.identity(size)
    cost = np.ones(size) if weights is None else weights
    bounds = np.column_stack([end[at_row, at_column] for end in (task.low, task.high)]) / scale
    free = np.column_stack([np.zeros(2 * size), np.full(2 * size, np.inf)])
    solved = linprog(
        np.concatenate([np.zeros(count), cost, cost]),
        A_eq=sparse.hstack([incidence, eye, -eye]).tocsr(),
        b_eq=totals,
        bounds=np.vstack([bounds, free]),
        method="highs",
    )
    if solved.status != 0:
        raise WorldError(f"the bounds contradict each other: {solved.message}")
    missing = solved.x[count : count + size] - solved.x[count + size :]
    if np.abs(missing).max() <= CONFLICT:
        return None
    new = (totals - missing) * scale
    at = np.abs(missing) > CONFLICT
    moved = [
        GaveWay(names.all[k], float(totals[k] * scale), float(new[k])) for k in np.flatnonzero(at)
    ]
    involved = [names.all[k] for k in _certificate(solved.eqlin.marginals, len(rows))]
    return _Problem(ConflictError(moved, involved), np.where(at, missing, 0.0) * scale)


def _certificate(price: Array, rows: int) -> list[int]:
    """Positions of the fewest totals whose prices prove the conflict.

    Raising all row prices and lowering all column prices alike proves the same, so choose the
    level that leaves most prices at 0.
    """
    side = np.where(np.arange(len(price)) < rows, 1.0, -1.0)
    choices = [price - level * side for level in (0.0, *(price * side))]
    live = [np.flatnonzero(np.abs(choice) > 1e-9) for choice in choices]
    return [int(k) for k in min(live, key=len)]
