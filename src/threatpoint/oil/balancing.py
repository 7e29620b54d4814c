"""A table of flows brought to given sums: rows and columns scaled in turn (RAS).

Source: Deming & Stephan (1940); for crude it says who buys more of whom when one seller's barrels
are taken away, each flow as near to what it was as the sums allow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array

ROUNDS = 200
"""Most rounds; forty are usual."""

CLOSE = 1e-12
"""Largest relative gap of a sum at which the scaling stops."""


def balanced(flows: Array, rows: Array, columns: Array) -> Array:
    """(..., N) factors of rows and (..., M) of columns as one table (..., N, M) of factors.

    Args:
        flows: (N, M) or (..., N, M), 0 or more.
        rows: (..., N) sums wanted of rows.
        columns: (..., M) of columns, with the same total. A row or column of nothing stays.

    Returns:
        (..., N, M): what each flow is multiplied by.
    """
    left, right = np.ones_like(rows), np.ones_like(columns)
    moving = np.ones(rows.shape[:-1], dtype=bool)
    for _ in range(ROUNDS):
        across = np.matmul(flows, right[..., None])[..., 0]
        left = np.where(moving[..., None], _over(rows, across), left)
        down = np.matmul(left[..., None, :], flows)[..., 0, :]
        gap = np.abs(_over(columns, down * right) - 1.0).max(axis=-1, initial=0.0)
        right = np.where(moving[..., None], _over(columns, down), right)
        moving = moving & (gap > CLOSE)  # each table stops by itself
        if not moving.any():
            break
    return np.ones_like(flows) * left[..., :, None] * right[..., None, :]


def _over(wanted: Array, found: Array) -> Array:
    return np.divide(wanted, found, out=np.ones_like(wanted), where=found > 0)
