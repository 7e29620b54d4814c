"""The dual of `threatpoint.world.projection`, and the Newton steps that climb it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import WorldError

if TYPE_CHECKING:
    from threatpoint.array_types import Array


def newton(
    prior: Array,
    rows: Array,
    columns: Array,
    low: Array,
    high: Array,
    names: Sequence[str],
    tolerance: float,
    limit: int,
) -> tuple[Array, int]:
    """Newton on the multipliers (u, v) of rows and columns; each step raises the concave dual."""
    scale = max(rows.max(), columns.max())
    totals = np.concatenate([rows, columns]) / scale
    dual = Dual(prior / scale, low / scale, high / scale, totals)
    z, gap = np.zeros(len(totals)), totals
    worst = step = 0
    for step in range(limit * len(RIDGES)):
        a = dual.matrix(z)
        gap = totals - np.concatenate([a.sum(axis=1), a.sum(axis=0)])
        worst = int(np.argmax(np.abs(gap) / totals))
        if abs(gap[worst]) <= tolerance * totals[worst]:
            return a * scale, step
        dual.ridge = RIDGES[step // limit]
        z = dual.ascend(z, a, gap)
    raise WorldError(
        f"balancing stopped after {step + 1} steps: {names[worst]} misses its total by "
        f"{abs(gap[worst]) * scale:.3g} of {totals[worst] * scale:.3g}"
    )


class Dual:
    """The dual of the projection: `g(z) = totals . z - sum h(u + v)`, h' = clip(prior e^s)."""

    def __init__(self, prior: Array, low: Array, high: Array, totals: Array) -> None:
        self.live = prior > 0
        self.log_prior = np.log(np.where(self.live, prior, 1.0))
        self.low = np.where(self.live, low, 0.0)
        self.high = np.where(self.live, high, 0.0)
        self.totals, self.rows = totals, prior.shape[0]
        self.ridge = RIDGES[0]

    def _exponent(self, z: Array) -> Array:
        return self.log_prior + z[: self.rows, None] + z[None, self.rows :]

    def _cells(self, exponent: Array) -> Array:
        free = np.exp(np.clip(exponent, -REACH, REACH))
        return np.where(self.live, np.clip(free, self.low, self.high), 0.0)

    def matrix(self, z: Array) -> Array:
        """The matrix that belongs to multipliers."""
        return self._cells(self._exponent(z))

    def value(self, z: Array) -> float:
        """The dual; a cell on a bound adds its bound for every unit of exponent beyond."""
        exponent = self._exponent(z)
        cell = self._cells(exponent)
        beyond = exponent - np.log(np.where(cell > 0, cell, 1.0))
        return float(self.totals @ z - np.sum(np.where(cell > 0, cell * (1.0 + beyond), 0.0)))

    def ascend(self, z: Array, a: Array, gap: Array) -> Array:
        """One Newton step, halved until the dual rises enough; where it stalls, a sweep follows."""
        free = np.where((a > self.low) & (a < self.high), a, 0.0)
        hessian = np.block([[np.diag(free.sum(axis=1)), free], [free.T, np.diag(free.sum(axis=0))]])
        # rows and columns differ in size by many orders: scale by the totals. The ridge is for
        # directions without curvature: all rows up and all columns down, which changes nothing, and
        # blocks of rows and columns whose cells between them all sit on bounds
        size = np.sqrt(self.totals)
        scaled = hessian / np.outer(size, size)
        scaled += self.ridge * max(1.0, np.diag(scaled).max()) * np.eye(len(z))
        move = np.linalg.solve(scaled, gap / size) / size
        move *= min(1.0, 5.0 / max(np.abs(move).max(), 1e-300))
        before, slope = self.value(z), float(gap @ move)
        step = 1.0
        while step > 1e-10:
            if self.value(z + step * move) >= before + 1e-4 * step * slope - 1e-15:
                break
            step *= 0.5
        z = z + step * move
        return self.sweep(z) if step < STALL else z

    def sweep(self, z: Array) -> Array:
        """Meet every row total given the columns, then every column total given the rows.

        Exact in each multiplier, so it passes the kinks where cells reach their bounds, and blocks
        of rows and columns that have no free cell between them, where Newton finds no slope.
        """
        u, v = z[: self.rows], z[self.rows :]
        rows, columns = self.totals[: self.rows], self.totals[self.rows :]
        u = _bisect(lambda w: self.matrix(np.concatenate([w, v])).sum(axis=1), u, rows)
        v = _bisect(lambda w: self.matrix(np.concatenate([u, w])).sum(axis=0), v, columns)
        return np.concatenate([u, v])


RIDGES = (1e-12, 1e-4, 1e-2)
"""Damping of the Newton step; the next one is tried where one has not converged."""

STALL = 0.1
"""A Newton step cut shorter than this has met a kink."""

REACH = 300.0
"""Exponents are kept within this, far beyond any ratio of money to money."""


def _bisect(total: Callable[[Array], Array], start: Array, target: Array) -> Array:
    """Root of each component of a function that rises in each component alone."""
    low, high = start - 100.0, start + 100.0
    for _ in range(70):
        middle = (low + high) / 2
        short = total(middle) < target
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return (low + high) / 2
