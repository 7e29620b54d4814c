"""The flows under bounds, stored apart: their weights move with the unknowns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from threatpoint.equilibrium.cells import exporters, open_cells

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Positions
    from threatpoint.equilibrium.cells import Cells
    from threatpoint.equilibrium.system import System


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
    """U flows under the K cells of some bounds.

    Attributes:
        cells: the bounds.
        flow: positions (sector, importer, exporter), (U,) each.
        free: their weights where no bound is in force.
        buyer, seller: (U,) places in [j, n] and in [j, i], row by row.
        to_buyer, to_seller: (U, S N) one-hot, the same.
        layers: of each layer of cells, (U,) the cell on each flow, K where it has none.
        of_cell: (K,) the flow of each cell.
    """

    cells: Cells
    flow: tuple[Positions, Positions, Positions]
    free: Weights
    buyer: Positions
    seller: Positions
    to_buyer: Array
    to_seller: Array
    layers: tuple[Positions, ...]
    of_cell: Positions

    def at(self, unknowns: Array, log_cost: Array | None, xp: Any = np) -> Weights:
        """The weights at these unknowns; a flow under two bounds has one rent on the other.

        log_cost: [j, n] of the sellers; without it what the exporter's side gets of a flow under a
        price cap means nothing.
        """
        left = open_cells(self.cells, unknowns, xp)
        cost = xp.zeros_like(self.to_buyer[0]) if log_cost is None else _flat(log_cost, xp)
        sellers = xp.take(cost, xp.take(self.seller, self.of_cell), axis=-1)
        on_border, on_price, wasted = exporters(self.cells, left, sellers, xp)
        weight, got, charged, used = self.free
        for on in self.layers:
            bought, received = (_on(x, on, 1.0, xp) for x in (left.bought, left.received))
            bound, lost = (_on(x, on, 0.0, xp) for x in (left.bound, wasted))
            under, border = got * bound, (got + charged) * bound
            paid = border * _on(on_border, on, 0.0, xp)
            paid = paid + under * (_on(on_price, on, 0.0, xp) + lost)
            weight, got = weight * bought, got * received
            charged, used = charged * received + paid, used * received + under * lost
        return Weights(weight, got, charged, used)

    def over_sellers(self, weights: Array, values: Array, xp: Any) -> Array:
        """Sum over these flows of weights (U,) times values [j, i], by buyer: [j, n]."""
        return self._summed(weights, values, self.seller, self.to_buyer, xp)

    def over_buyers(self, values: Array, weights: Array, xp: Any) -> Array:
        """Sum over these flows of weights (U,) times values [j, n], by seller: [j, i]."""
        return self._summed(weights, values, self.buyer, self.to_seller, xp)

    def _summed(self, weights: Array, values: Array, at: Positions, to: Array, xp: Any) -> Array:
        along = weights * xp.take(_flat(values, xp), at, axis=-1)
        return xp.reshape(xp.matmul(along, to), values.shape)


def _flat(values: Array, xp: Any) -> Array:
    """[..., j, n] as one axis."""
    return xp.reshape(values, (*values.shape[:-2], -1))


def _on(values: Array, cell: Positions, otherwise: float, xp: Any) -> Array:
    """Values (K,) by flow (U,)."""
    padded = xp.concat([values, otherwise * xp.ones_like(values[..., :1])], axis=-1)
    return xp.take(padded, cell, axis=-1)


def with_bounds_apart(system: System) -> System:
    """The system with the weights of its bound flows stored apart, 0 among the others."""
    cells = system.cells
    if cells is None:
        return system
    every = np.stack([cells.sector, cells.importer, cells.exporter])
    at, of_cell = np.unique(every, axis=1, return_inverse=True)
    of_cell = of_cell.reshape(-1)  # NumPy 2.0 gives it a second axis
    j, n, i = flow = (at[0], at[1], at[2])
    charge = (system.charged.argmax(axis=1)[j], n, i)
    free = (system.A_off[flow], system.B_off[flow], system.C_off[charge], system.W_off[charge])
    rest = {name: _without(getattr(system, name), flow) for name in ("A_off", "B_off")}
    rest |= {name: _without(getattr(system, name), charge) for name in ("C_off", "W_off")}
    if system.place.shape[1]:
        rest["B_place"] = rest["B_off"][system.place.argmax(axis=0)]
    s, countries = system.shape
    buyer, seller = j * countries + n, j * countries + i
    one = np.eye(s * countries)
    layers = tuple(_layer(layer, of_cell, at.shape[1]) for layer in cells.layers)
    places = (buyer, seller, one[buyer], one[seller], layers, of_cell)
    return replace(system, apart=Apart(cells, flow, Weights(*free), *places), **rest)


def _without(weights: Array, flow: tuple[Any, ...]) -> Array:
    copy = weights.copy()
    copy[flow] = 0.0
    return copy


def _layer(layer: Positions, of_cell: Positions, flows: int) -> Positions:
    """(U,) the cell of this layer on each flow, K where there is none."""
    found = np.full(flows, len(of_cell), dtype=np.intp)
    found[of_cell[layer]] = layer
    return found
