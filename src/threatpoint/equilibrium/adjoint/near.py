"""Nearly the inverse of the transposed Jacobian: the guide's, transposed.

Where the guide is made of small pieces (`coarse`), each step of its solve is transposed, in the
opposite order; the one product with the Jacobian in it is that at the solution.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.border import Unbounded
from threatpoint.equilibrium.tangent import SINGLE

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.coarse import Coarse
    from threatpoint.equilibrium.guide import Guide

Product = Callable[["Array"], "Array"]


def near(guide: Guide | None, product: Product) -> Product:
    """What turns a right-hand side into nearly its solution.

    Args:
        guide: of the baseline; None where there is none: the map contracts by itself.
        product: the transposed Jacobian times stacked rows.
    """
    if guide is None:
        return lambda columns: -columns
    known, size = guide.unbounded, guide.unbounded.size

    def head(columns: Array, bounds: Array) -> Array:
        if isinstance(known, Unbounded):
            return (columns.astype(SINGLE) @ known.inverse).astype(np.float64)
        return _of_pieces(known, columns, lambda x: product(np.append(x, 0.0 * bounds))[:size])

    def solved(columns: Array) -> Array:
        rest = -columns[size:]  # unknowns of bounds, which the guide knows nothing of
        return np.concatenate([head(columns[:size], rest), rest])

    return solved


def _of_pieces(guide: Coarse, columns: Array, product: Product) -> Array:
    """The transpose of `Coarse.solve`."""
    n = len(guide.wages)
    wages, rest = columns[:n], columns[n:]
    left = np.append(guide.wages.T @ (wages - guide.behind.T @ rest), _in_sectors(guide, rest))
    first = rest - product(_own_steps(guide, left))[n:]
    left[n:] += _in_countries(guide, first)
    return _own_steps(guide, left)


def _own_steps(guide: Coarse, rows: Array) -> Array:
    """The transpose of `blocks.own_steps`."""
    s, n = guide.tangent.system.shape
    found, rest = rows.copy(), np.reshape(rows[n:], (2, s, n))
    found[:n] -= (guide.tangent.follow[:, :, 0] * rest).sum(axis=(0, 1))
    return found


def _in_countries(guide: Coarse, rest: Array) -> Array:
    """The transpose of `blocks.in_countries`."""
    n, both, _ = guide.countries.shape
    given = np.reshape(rest, (both, n)).T[:, None, :]
    return np.matmul(given, guide.countries)[:, 0, :].T.ravel()


def _in_sectors(guide: Coarse, rest: Array) -> Array:
    """The transpose of `blocks.in_sectors`."""
    found, terms = -rest, guide.tangent.terms
    if terms.curve is None:
        return found
    given, out = (np.reshape(x, (2, *guide.tangent.system.shape))[0] for x in (rest, found))
    out[terms.pick] = np.matmul(given[terms.pick][:, None, :], guide.sectors)[:, 0, :]
    return found
