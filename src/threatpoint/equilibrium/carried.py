"""Where the rents of bounds start: at those of a solution with other bounds, or by its flows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.cells import PRICE, SHARE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threatpoint.array_types import Array
    from threatpoint.equilibrium.cells import Cells, Limit


def carried(before: Cells | None, rents: Array, after: Cells, volume: Array, share: Array) -> Array:
    """(G + H,) unknowns of bounds as a start.

    The rent of a quota or a limit that was there before is kept; one that enters starts where its
    flow by itself would meet it. A price cap starts at 0: its regime may be another.

    Args:
        before: the bounds of a solution; None without any.
        rents: (G + H,) its unknowns.
        after: the bounds to solve with.
        volume: (G,) of the first flow of each of these at the solution, ratio to the baseline's.
        share: (G,) of its buyer's spending.
    """
    known = {} if before is None else dict(zip(_bounds(before), rents, strict=False))
    found = np.zeros(len(after))
    for k, (bound, rent) in enumerate(
        zip(_bounds(after), alone(after, volume, share), strict=True)
    ):
        if bound[0][-1] != PRICE:
            found[k] = known.get(bound, rent)
    return found


def alone(cells: Cells, volume: Array, share: Array) -> Array:
    """(G,) rents at which the first flow of each bound falls to it, if no price changes.

    With a rent t a flow falls by exp(-(1 + theta (1 - share)) t), and its share by exp(-theta
    (1 - share) t); arguments as of `carried`.
    """
    size = np.where(cells.kind == SHARE, share, volume)
    size = np.where(size > cells.bound, size / cells.bound, 1.0)
    steep = cells.theta[cells.head] * (1.0 - share) + (cells.kind != SHARE)
    found: Array = np.log(size) / np.where(steep > 0, steep, 1.0)
    return found


def _bounds(cells: Cells) -> Iterator[tuple[Limit, int]]:
    """First flow and kind of each bound, and how many alike stand before it."""
    columns = (cells.importer[cells.head], cells.exporter[cells.head], cells.sector[cells.head])
    seen: Counter[Limit] = Counter()
    for limit in zip(*(x.astype(np.intp).tolist() for x in (*columns, cells.kind)), strict=True):
        yield limit, seen[limit]
        seen[limit] += 1
