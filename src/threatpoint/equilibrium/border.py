"""Bounds in the guide: one row and one column for each unknown of a bound.

The block of the baseline stays inverted; [[J, C], [R, D]] is solved by its Schur complement
D - R J^-1 C. Derivatives are those at the baseline with the bound just binding: a flow under a
bound on its volume keeps about its baseline volume, so that its weight in the markets stays about
the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium import caps
from threatpoint.equilibrium.apart import Apart, one_hot
from threatpoint.equilibrium.cells import PRICE, SHARE, VOLUME
from threatpoint.equilibrium.inverse import inverted
from threatpoint.equilibrium.tangent import Push, every_direction, no_direction

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Floats, Positions
    from threatpoint.equilibrium.cells import Cells
    from threatpoint.equilibrium.coarse import Coarse, Reach
    from threatpoint.equilibrium.tangent import Moved, Taken, Tangent

MOST = 200
"""Unknowns of bounds above which their rows and columns would cost more than they save."""

NUDGE = 1e-4
"""Size of the differences in the unknowns of bounds, which are logs."""


@dataclass(frozen=True, eq=False)
class Unbounded:
    """The Jacobian of advance(z) - z at the baseline.

    Attributes:
        tangent: of the baseline.
        moved: what each unit direction does there.
        inverse: of the Jacobian, in single precision.
    """

    tangent: Tangent
    moved: Moved
    inverse: Floats

    def newton(self, step: Array) -> Array:
        """The Newton step in place of the map's, of stacked states without bounds."""
        return -np.matmul(step.astype(np.float32), self.inverse.T).astype(np.float64)

    @property
    def finite(self) -> bool:
        """Whether it is a number throughout."""
        return bool(np.isfinite(self.inverse).all())

    @property
    def size(self) -> int:
        """Unknowns."""
        return len(self.inverse)

    def solve(self, columns: Floats) -> Floats:
        """J^-1 columns, [size, m]."""
        return np.matmul(self.inverse, columns)

    def reach(self, taken: Taken) -> Rows:
        """What bounds take from the unknowns."""
        return Rows(taken(self.moved, every_direction(self.tangent.system).spend))


@dataclass(frozen=True, eq=False)
class Rows:
    """What bounds take from the unknowns, [m, size] of a Jacobian."""

    rows: Floats

    def columns(self, columns: Floats) -> Floats:
        """R columns, [m, k]."""
        return np.matmul(self.rows, columns)

    def states(self, steps: Array) -> Array:
        """R steps of stacked states, [..., m]."""
        return np.matmul(steps, self.rows.T)


@dataclass(frozen=True, eq=False)
class Border:
    """The same with bounds.

    Attributes:
        guide: without them.
        rows: R. behind: [size, m] J^-1 C. schur: [m, m] inverse of D - R J^-1 C.
    """

    guide: Unbounded | Coarse
    rows: Rows | Reach
    behind: Floats
    schur: Floats

    def newton(self, step: Array) -> Array:
        """The Newton step in place of the map's, of stacked states with bounds."""
        size = self.guide.size
        free = self.guide.newton(step[..., :size])
        bounds = step[..., size:] + self.rows.states(free)
        moved = -np.matmul(bounds, self.schur.T)
        return np.concatenate([free - np.matmul(moved, self.behind.T), moved], axis=-1)


def border(guide: Unbounded | Coarse, apart: Apart) -> Border | None:
    """The guide with these bounds; None where they are too many or their block is singular."""
    if len(apart.cells) > MOST:
        return None
    direct = _direct(apart)
    push = _pushed(guide, apart, *direct)
    count = len(apart.cells)
    moved = guide.tangent.image(no_direction(guide.tangent.system, count), push)
    slack = _slack(guide, apart)

    def taken(moved: Moved, spend: Floats) -> Floats:
        found = _rows(guide, apart, moved, spend)
        found[slack] = 0.0
        return found

    own = taken(moved, np.zeros_like(moved.price)) + _own(apart, *direct)
    own[slack] = 0.0
    own[slack, slack] = -apart.cells.step[slack]
    rows, behind = guide.reach(taken), guide.solve(moved.step)
    try:
        schur: Floats = inverted(own - rows.columns(behind))
    except np.linalg.LinAlgError:
        return None
    return Border(guide, rows, behind, schur) if np.isfinite(schur).all() else None


def _direct(apart: Apart) -> tuple[Floats, Floats, Floats]:
    """D log of the weight, d log of what producers get, d charges over that; [U, m] by unknown."""
    free = apart.free
    there = apart.at(NUDGE * np.eye(len(apart.cells)), None)
    weight, received = np.where(free.weight > 0, free.weight, 1.0), free.received
    received = np.where(received > 0, received, 1.0)
    changes = (
        (there.weight - free.weight) / weight,
        (there.received - free.received) / received,
        (there.charged - free.charged) / received,
    )
    first, second, third = (_single(x.T / NUDGE) for x in changes)
    return first, second, third


def _pushed(
    guide: Unbounded | Coarse, apart: Apart, weight: Floats, received: Floats, charged: Floats
) -> Push:
    """What the bounds' unknowns do to markets, at the flows' baseline shares."""
    tangent = guide.tangent
    shape = (*tangent.system.shape, -1)
    share, before = _share(apart, tangent.bought[apart.flow])
    money = (tangent.crossing[apart.flow] * share / before)[:, None]

    to_seller, to_buyer = (
        _single(one_hot(at, apart.places, np)).T for at in (apart.seller, apart.buyer)
    )
    sold = (to_seller @ (money * received)).reshape(shape)
    output = np.where(tangent.state.output > 0, tangent.state.output, 1.0)
    return Push(
        worth=(to_buyer @ (share[:, None] * weight)).reshape(shape),
        wanted=sold / _single(output)[:, :, None],
        sold=sold,
        bought=(to_buyer @ (money * received)).reshape(shape),
        earned=(to_seller @ (money * charged)).reshape(shape),
        owed=(to_buyer @ (money * charged)).reshape(shape),
    )


def _slack(guide: Unbounded | Coarse, apart: Apart) -> Positions:
    """Positions of the bounds that are wider than another on the same flow: only one binds."""
    cells, flow = apart.cells, apart.of_cell[apart.cells.head]
    share = guide.tangent.bought[apart.flow][flow]
    room = np.where(cells.kind == SHARE, cells.bound / np.where(share > 0, share, 1.0), cells.bound)
    room = np.where(cells.kind == PRICE, 0.0, room)
    least = np.full(len(apart.free.weight), np.inf)
    np.minimum.at(least, flow, room)
    return np.flatnonzero(room > least[flow])


def _share(apart: Apart, before: Floats) -> tuple[Floats, Floats]:
    """(U,) shares of the flows in their markets under the bounds, and before."""
    cells, share = apart.cells, before.copy()
    limited = np.flatnonzero(cells.kind == SHARE)
    share[apart.of_cell[cells.head[limited]]] = cells.bound[limited]
    return share, np.where(before > 0, before, 1.0)


def _rows(guide: Unbounded | Coarse, apart: Apart, moved: Moved, spend: Floats) -> Floats:
    """What the image of the unknowns takes from costs, prices and spending, [m, directions]."""
    cells = apart.cells
    j, n, i = (x[apart.of_cell[cells.head]] for x in apart.flow)
    theta, price = guide.tangent.theta[j], (cells.kind == PRICE)[:, None]
    seller, dearer = moved.cost[j, i], theta * (moved.price[j, n] - moved.cost[j, i])
    volume, share = spend[j, n] + dearer - seller, dearer
    gap = np.select(
        [(cells.kind == VOLUME)[:, None], (cells.kind == SHARE)[:, None]], [volume, share]
    )
    step = _single(cells.step)[:, None]
    return np.concatenate([step * gap, seller[price[:, 0]]])


def _own(apart: Apart, weight: Floats, received: Floats, _: Floats) -> Floats:
    """What the image of the unknowns takes from them alone, [m, m]."""
    cells, head = apart.cells, apart.of_cell[apart.cells.head]
    bounds, count = len(cells.head), len(cells)
    kind, step = cells.kind[:, None], _single(cells.step)[:, None]
    found = np.zeros((count, count), dtype=np.float32)
    found[:bounds] = step * np.select(
        [kind == VOLUME, kind == SHARE], [received[head], weight[head]]
    )
    by_rent, by_price = _of_caps(cells)
    k, place = np.flatnonzero(cells.kind == PRICE), np.arange(bounds, count)
    found[k, k], found[k, place] = (cells.step * by_rent)[k], (cells.step * by_price)[k]
    found[place, place] = -1.0
    return found


def _of_caps(cells: Cells) -> tuple[Floats, Floats]:
    """Derivatives of the gap of a price cap to its rent and to the log of its seller's price."""

    def gap(t: Array, cost: Array) -> Array:
        terms = (cells.bound, cells.served, cells.cost, cells.evading)
        worth, _ = caps.path(t, cost, cells.bound, cells.cost, cells.evading)
        return caps.gap(cost, worth, *terms)

    here = np.zeros(len(cells.head))
    before = gap(here, here)
    return (gap(here + NUDGE, here) - before) / NUDGE, (gap(here, here + NUDGE) - before) / NUDGE


def _single(values: Floats) -> Floats:
    return np.ascontiguousarray(values, dtype=np.float32)
