"""The transposed pass through bounds: their unknowns move the weights of their flows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from threatpoint.equilibrium.adjoint.flows import to_weights
from threatpoint.equilibrium.adjoint.pull import Pull
from threatpoint.equilibrium.apart import Weights
from threatpoint.equilibrium.cells import open_cells

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Positions
    from threatpoint.equilibrium.adjoint.direct import Direct
    from threatpoint.equilibrium.adjoint.levels import Levels
    from threatpoint.equilibrium.apart import Apart


class Layer(NamedTuple):
    """One layer of bounds: which cell is on each flow, and the weights before it."""

    cell: Positions
    before: Weights
    bought: Array
    received: Array
    rent: Array


class Bound(NamedTuple):
    """Derivatives to the unknowns and to the trade elasticity of bounds, (K,) each, and to the
    weights of their flows without them, (U,) each.
    """

    unknowns: Array
    theta: Array
    free: Weights


class Pulled(Pull):
    """The whole transposed pass, bounds included.

    Attributes:
        limits: through the bounds; None where there are none.
    """

    def __init__(self, at: Levels, rows: Array, direct: Direct) -> None:
        super().__init__(at, rows, direct)
        self.limits: Bound | None = None
        if at.system.apart is not None:
            self.limits = back(self)
            slack = np.where(at.binding, 0.0, self.row.bound)
            self.bound = self.limits.unknowns - slack


def back(pull: Pull) -> Bound:
    """The transpose of `Apart.at`."""
    apart, unknowns = _apart(pull), pull.at.state.bound
    cells, to = apart.cells, _at_flows(pull, apart)
    sums = np.zeros((3, len(unknowns) + 1))  # the last: flows without a bound in a layer
    for layer in reversed(_layers(apart, unknowns)):
        for total, values in zip(sums, _through(layer, to), strict=True):
            np.add.at(total, layer.cell, values)
        to = _before(layer, to)
    shut, less, rents = sums[:, :-1]
    moved = cells.abroad * np.exp(unknowns) * rents - cells.theta * shut - less
    return Bound(moved, -unknowns * shut, to)


def _through(layer: Layer, to: Weights) -> tuple[Array, Array, Array]:
    """By flow: what its weight and receipts bring per log point shut, the latter alone, rents."""
    weight, got, charged, used = layer.before
    rents = to.charged * (got + charged) * layer.received
    less = to.received * got + to.charged * charged + to.wasted * used
    less = less * layer.received + rents * layer.rent
    return to.weight * weight * layer.bought + less, less, rents


def _before(layer: Layer, to: Weights) -> Weights:
    """Derivatives to the weights before a layer."""
    return Weights(
        to.weight * layer.bought,
        (to.received + to.charged * layer.rent) * layer.received,
        to.charged * (1.0 + layer.rent) * layer.received,
        to.wasted * layer.received,
    )


def _layers(apart: Apart, unknowns: Array) -> list[Layer]:
    """Each layer with the weights before it."""
    left = open_cells(apart.cells, unknowns)
    before, found = apart.free, list[Layer]()
    for cell in apart.layers:
        bought, received = (np.append(x, 1.0)[cell] for x in (left.bought, left.received))
        layer = Layer(cell, before, bought, received, np.append(left.rent, 0.0)[cell])
        found.append(layer)
        before = _after(layer)
    return found


def _after(layer: Layer) -> Weights:
    """The weights after a layer, as `Apart.at`."""
    weight, got, charged, used = layer.before
    paid = (got + charged) * layer.received * layer.rent
    return Weights(
        weight * layer.bought,
        got * layer.received,
        charged * layer.received + paid,
        used * layer.received,
    )


def _at_flows(pull: Pull, apart: Apart) -> Weights:
    """Derivatives to the flows' weights, bounds in force among what they move."""
    to = to_weights(pull, apart.flow)
    j, n, i = apart.flow
    got = pull.at.opened.B_off[j, n, i]
    gap = np.bincount(apart.of_cell, pull.gap, len(got))
    more = np.divide(gap, got, out=np.zeros_like(got), where=got > 0)
    return to._replace(received=to.received + more)


def _apart(pull: Pull) -> Apart:
    apart = pull.at.system.apart
    assert apart is not None
    return apart
