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

from threatpoint.equilibrium.apart import Apart, one_hot
from threatpoint.equilibrium.inverse import inverted
from threatpoint.equilibrium.tangent import Push, every_direction, no_direction

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Floats, Positions
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
    slack = _slack(apart)

    def taken(moved: Moved, spend: Floats) -> Floats:
        found = _rows(guide, apart, moved, spend)
        found[slack] = 0.0
        return found

    own = taken(moved, np.zeros_like(moved.price)) + _own(apart, direct[1])
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
    there = apart.at(NUDGE * np.eye(len(apart.cells)))
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
    share, money = tangent.bought[apart.flow], tangent.crossing[apart.flow][:, None]
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


def _slack(apart: Apart) -> Positions:
    """Positions of the bounds that are wider than another on the same flow: only one binds."""
    least = np.full(len(apart.free.weight), np.inf)
    np.minimum.at(least, apart.of_cell, apart.cells.bound)
    return np.flatnonzero(apart.cells.bound > least[apart.of_cell])


def _rows(guide: Unbounded | Coarse, apart: Apart, moved: Moved, spend: Floats) -> Floats:
    """What the image of the unknowns takes from costs, prices and spending, [m, directions]."""
    j, n, i = (x[apart.of_cell] for x in apart.flow)
    seller = moved.cost[j, i]
    volume = spend[j, n] + guide.tangent.theta[j] * (moved.price[j, n] - seller) - seller
    return _single(apart.cells.step)[:, None] * volume


def _own(apart: Apart, received: Floats) -> Floats:
    """What the image of the unknowns takes from them alone, [m, m]."""
    return _single(apart.cells.step)[:, None] * received[apart.of_cell]


def _single(values: Floats) -> Floats:
    return np.ascontiguousarray(values, dtype=np.float32)
