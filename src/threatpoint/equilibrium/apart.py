"""The flows under bounds, stored apart: their weights move with the unknowns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from threatpoint.equilibrium.cells import open_cells

if TYPE_CHECKING:
    from collections.abc import Hashable

    from threatpoint.array_types import Array, Positions
    from threatpoint.equilibrium.cells import Cells


class Weights(NamedTuple):
    """Weights of U flows, (U,) each: for the buyer, what the producer and the exporter's side get
    of it, and what of that is used up.
    """

    weight: Array
    received: Array
    charged: Array
    wasted: Array


@dataclass(frozen=True, eq=False)
class Apart:
    """U flows under K bounds.

    Attributes:
        cells: the bounds.
        flow: positions (sector, importer, exporter), (U,) each.
        free: their weights where no bound is in force.
        buyer, seller: (U,) places in [j, n] and in [j, i], row by row.
        places: how many places there are, S N.
        layers: of each layer of cells, (U,) the cell on each flow, K where it has none.
        of_cell: (K,) the flow of each bound.
    """

    cells: Cells
    flow: tuple[Positions, Positions, Positions]
    free: Weights
    buyer: Positions
    seller: Positions
    places: int
    layers: tuple[Positions, ...]
    of_cell: Positions

    @property
    def key(self) -> Hashable:
        """Equal for the same bounds on the same flows with the same free weights."""
        cells = self.cells
        arrays = (*self.flow, *self.free, self.of_cell, cells.abroad, cells.bound, cells.baseline)
        return tuple(x.tobytes() for x in arrays)

    def at(self, unknowns: Array, xp: Any = np) -> Weights:
        """The weights at these unknowns; a flow under two bounds has one rent on the other."""
        left = open_cells(self.cells, unknowns, xp)
        weight, got, charged, used = self.free
        for on in self.layers:
            bought, received = (_on(x, on, 1.0, xp) for x in (left.bought, left.received))
            paid = (got + charged) * received * _on(left.rent, on, 0.0, xp)
            weight, got = weight * bought, got * received
            charged, used = charged * received + paid, used * received
        return Weights(weight, got, charged, used)

    def over_sellers(self, weights: Array, values: Array, xp: Any) -> Array:
        """Sum over these flows of weights (U,) times values [j, i], by buyer: [j, n]."""
        along = weights * xp.take(_flat(values, xp), self.seller, axis=-1)
        return xp.reshape(summed(along, self.buyer, self.places, xp), values.shape)

    def over_buyers(self, values: Array, weights: Array, xp: Any) -> Array:
        """Sum over these flows of weights (U,) times values [j, n], by seller: [j, i]."""
        along = weights * xp.take(_flat(values, xp), self.buyer, axis=-1)
        return xp.reshape(summed(along, self.seller, self.places, xp), values.shape)


def summed(along: Array, at: Positions, places: int, xp: Any) -> Array:
    """Values (..., U) summed at their places: (..., places)."""
    if xp is np and along.ndim == 1:
        found: Any = np.bincount(at, along, places)
        return found
    return xp.matmul(along, one_hot(at, places, xp))


def one_hot(at: Positions, places: int, xp: Any) -> Array:
    """(U, places) 1 at each place, else 0."""
    return xp.astype(at[:, None] == xp.arange(places)[None, :], xp.float64)


def _flat(values: Array, xp: Any) -> Array:
    """[..., j, n] as one axis."""
    return xp.reshape(values, (*values.shape[:-2], -1))


def _on(values: Array, cell: Positions, otherwise: float, xp: Any) -> Array:
    """Values (K,) by flow (U,)."""
    padded = xp.concat([values, otherwise * xp.ones_like(values[..., :1])], axis=-1)
    return xp.take(padded, cell, axis=-1)
