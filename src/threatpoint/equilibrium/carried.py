"""Rents of bounds on single flows, from one set of bounds to another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.cells import PRICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threatpoint.array_types import Array
    from threatpoint.equilibrium.cells import Cells, Limit


def carried(before: Cells | None, rents: Array, after: Cells | None) -> Array:
    """(G + H,) unknowns of bounds as a start: the rents of quotas and limits that both sets have.

    A bound that enters starts at 0, and so does a price cap: its regime may be another.

    Args:
        before: the bounds of a solution; None without any.
        rents: (G + H,) its unknowns.
        after: the bounds to solve with.
    """
    if after is None:
        return np.zeros(0)
    known = {} if before is None else dict(zip(_bounds(before), rents, strict=False))
    found = np.zeros(len(after))
    for k, (limit, place) in enumerate(_bounds(after)):
        if limit[-1] != PRICE:
            found[k] = known.get((limit, place), 0.0)
    return found


def _bounds(cells: Cells) -> Iterator[tuple[Limit, int]]:
    """First flow and kind of each bound, and how many alike stand before it."""
    columns = (cells.importer[cells.head], cells.exporter[cells.head], cells.sector[cells.head])
    seen: Counter[Limit] = Counter()
    for limit in zip(*(x.astype(np.intp).tolist() for x in (*columns, cells.kind)), strict=True):
        yield limit, seen[limit]
        seen[limit] += 1
