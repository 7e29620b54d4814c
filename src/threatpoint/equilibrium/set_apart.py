"""From a system with bounds to one whose bound flows are stored apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.apart import Apart, Weights

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Positions
    from threatpoint.equilibrium.system import System


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
    layers = tuple(_layer(layer, of_cell, at.shape[1]) for layer in cells.layers)
    places = (buyer, seller, s * countries, layers, of_cell)
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
