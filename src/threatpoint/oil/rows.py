"""Rows of draws times a table, each row by itself.

A product of matrices may add in another order for another number of rows; here a draw has the same
bits whatever stands beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threatpoint.array_types import Array


def times(rows: Array, table: Array) -> Array:
    """(D, N) of rows (D, P) and a table (P, N)."""
    found: Array = (rows[:, :, None] * table).sum(axis=1)
    return found
