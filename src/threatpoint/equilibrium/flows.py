"""What the wedges leave of each flow, and who is paid along it.

Of one unit that a buyer spends on a flow, so much reaches the border, and so much of that the
producer; the rest is tariff (importer), export tax (exporter) or a real cost (used up in the
exporter's economy). A flow may have two channels: one that pays the new tariff and one that evades
it at a cost. The baseline's flows are split once; a policy's differ in the cells it touches only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.calibration import freeze, once_of_shares
from threatpoint.equilibrium.equations import kappa, trade_weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.given import Costs
    from threatpoint.policy.wedges import Wedges


@dataclass(frozen=True, eq=False)
class Flows:
    """Trade weights and the split of spending, sector-first and read-only, home sales apart.

    Attributes:
        A_off, A_own: [j, n, i] and [j, n] share weights at unit costs of 1, abroad and at home.
        B_off, B_own: the part of A that reaches the producer.
        total: [j, n] sum of a market's weights.
        charged: (Q,) sectors in which the exporter's side takes something before the producer.
        C_off, W_off: [q, n, i] what it takes there, and the part of that that is used up as real
            costs of trading.
    """

    A_off: Array
    A_own: Array
    B_off: Array
    B_own: Array
    total: Array
    charged: Positions
    C_off: Array
    W_off: Array

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def whole(self) -> Array:
        """[j, n, i] share weights, home sales among them; a copy."""
        own = range(self.A_own.shape[1])
        found = self.A_off.copy()
        found[:, own, own] = self.A_own
        return found

    def kept(self, demanded: Mask) -> Flows:
        """Only the markets of an (N, S) mask; the flows of the others are exactly 0."""
        if demanded.all():
            return self
        here = demanded.T
        off = here[:, :, None]
        C, W = (values * off[self.charged] for values in (self.C_off, self.W_off))
        live = ((C != 0) | (W != 0)).any(axis=(1, 2))
        return Flows(
            self.A_off * off,
            self.A_own * here,
            self.B_off * off,
            self.B_own * here,
            self.total * here,
            self.charged[live],
            C[live],
            W[live],
        )


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells [n, i, j] that a policy touches, and what it makes of them; (K,) each.

    Attributes:
        n, i, j: positions of importer, exporter and sector.
        weights, received: A and B.
        charged, wasted: what the exporter's side takes, and what of it is used up.
    """

    n: Positions
    i: Positions
    j: Positions
    weights: Array
    received: Array
    charged: Array
    wasted: Array

    def kept(self, mask: Mask) -> Cells:
        """The same cells, with nothing left of those outside a (K,) mask."""
        if mask.all():
            return self
        names = ("weights", "received", "charged", "wasted")
        return replace(self, **{name: getattr(self, name) * mask for name in names})


def flows(base: Calibration, wedges: Wedges | Costs) -> Flows:
    """Weights and split of every flow under a policy; the baseline has tariffs only."""
    theta = base.elasticities.theta
    return _ordered(*_split(base.pi, base.tariff, theta, wedges, lambda values: values))


@once_of_shares
def untouched(base: Calibration) -> Flows:
    """The flows of the baseline: shares, less its tariffs."""
    theta, tariff = base.elasticities.theta, base.tariff
    return _ordered(*_tariffs_only(base.pi, tariff, theta, tariff, np.ones(1)))


def touched(base: Calibration, wedges: Wedges | Costs, at: Positions) -> Cells:
    """What a policy leaves of these cells, flat positions [n, i, j]."""
    pair, j = np.divmod(at, len(base.sectors))
    n, i = np.divmod(pair, len(base.countries))

    def here(values: Array) -> Array:
        return values.reshape(-1)[at][None, None]  # keeps the axes [n, i, j]

    theta = base.elasticities.theta[j]
    split = _split(here(base.pi), here(base.tariff), theta, wedges, here)
    return Cells(n, i, j, *(values.reshape(-1) for values in split))


def in_sector(base: Calibration, wedges: Wedges | Costs, j: int) -> tuple[Array, Array]:
    """(N n, N i) of one sector: what a policy leaves of each flow's weight at the same costs, and
    what a buyer pays for what the producer gets over the baseline's; 1 where nothing is traded.
    """

    def here(values: Array) -> Array:
        return values[:, :, j : j + 1]

    pi, tariff = here(base.pi), here(base.tariff)
    weight, received, _, _ = _split(pi, tariff, base.elasticities.theta[j : j + 1], wedges, here)
    left = np.divide(weight, pi, out=np.ones_like(pi), where=pi > 0)
    paid = np.divide(weight, received, out=1.0 + tariff, where=received > 0)
    return left[:, :, 0], (paid / (1.0 + tariff))[:, :, 0]


Split = tuple["Array", "Array", "Array", "Array"]
"""(A, B, charged, wasted) of cells; see `Cells`."""


def _split(
    pi: Array,
    tariff: Array,
    theta: Array,
    wedges: Wedges | Costs,
    here: Callable[[Array], Array],
) -> Split:
    """The split of the cells that `here` takes from an array (N, N, S); theta by last axis.

    Channel 1 pays tau' and bears export tax and cost; channel 2, the evading share, pays the
    baseline tariff and bears the evasion cost besides. A = sum of channels. What melts on the way
    is paid to the producer.
    """
    after, survival = here(wedges.tariff), here(wedges.survival)
    if not wedges.charging:
        return _tariffs_only(pi, tariff, theta, after, survival)
    tax, cost, evading = map(here, (wedges.export_tax, wedges.cost, wedges.evading))
    charges, melts = tax + cost, 1.0 + here(wedges.iceberg)
    first = kappa(tariff, after) * (1.0 + charges) * melts
    main = trade_weights(pi, first, survival * (1.0 - evading), theta)
    border = main / (1.0 + after)
    received = border / (1.0 + charges)
    wasted = received * cost
    if not evading.any():
        return main, received, border - received, wasted
    escape = here(wedges.evasion_cost)
    dearer = 1.0 + charges + escape
    hidden = trade_weights(pi, dearer * melts, survival * evading, theta)
    at_border = hidden / (1.0 + tariff)
    got = at_border / dearer
    return (
        main + hidden,
        received + got,
        border - received + at_border - got,
        wasted + got * (cost + escape),
    )


def _tariffs_only(pi: Array, tariff: Array, theta: Array, after: Array, survival: Array) -> Split:
    """The common case: nobody is paid between the border and the producer."""
    weights = trade_weights(pi, kappa(tariff, after), survival, theta)
    none = np.broadcast_to(0.0, weights.shape)
    return weights, weights / (1.0 + after), none, none


def _ordered(weights: Array, received: Array, charged: Array, wasted: Array) -> Flows:
    """Flows of the split of all cells."""
    A_off, A_own = _apart(weights)
    B_off, B_own = _apart(received)
    live = np.zeros(weights.shape[2], dtype=bool)
    if any(charged.strides):
        live = ((charged != 0) | (wasted != 0)).any(axis=(0, 1))
    C_off, W_off = (_apart(values[:, :, live])[0] for values in (charged, wasted))
    total = A_own + A_off.sum(axis=2)
    return Flows(A_off, A_own, B_off, B_own, total, np.flatnonzero(live), C_off, W_off)


def patched(before: Flows, cells: Cells) -> Flows:
    """Flows with these cells in place of theirs; without any, the very same."""
    if not len(cells.j):
        return before
    A_off, A_own = _replaced(before.A_off, before.A_own, cells, cells.weights)
    B_off, B_own = _replaced(before.B_off, before.B_own, cells, cells.received)
    total, at = before.total.copy(), rows(cells, before.total.shape)
    by_row = A_off.reshape(total.size, -1)[at]
    total.reshape(-1)[at] = A_own.reshape(-1)[at] + by_row.sum(axis=1)
    return Flows(A_off, A_own, B_off, B_own, total, *_charges(cells, A_off.shape))


def rows(cells: Cells, shape: tuple[int, ...]) -> Positions:
    """Flat positions [j, n] of the markets with a touched cell."""
    hit = np.zeros(shape, dtype=bool)
    hit[cells.j, cells.n] = True
    return np.flatnonzero(hit)


def _replaced(off: Array, own: Array, cells: Cells, values: Array) -> tuple[Array, Array]:
    """Copies, abroad and at home, with the values of these cells."""
    off, own = off.copy(), own.copy()
    off[cells.j, cells.n, cells.i] = values
    home = cells.n == cells.i
    if home.any():
        j, n = cells.j[home], cells.n[home]
        off[j, n, n], own[j, n] = 0.0, values[home]
    return off, own


def _charges(cells: Cells, shape: tuple[int, ...]) -> tuple[Positions, Array, Array]:
    """(sectors with charges, charged, wasted), the latter [q, n, i].

    A subsidy that offsets a real cost leaves a charge of 0, and the cost is used up all the same.
    """
    live = (cells.charged != 0) | (cells.wasted != 0)
    row = np.zeros(shape[0], dtype=np.intp)
    row[cells.j[live]] = 1
    sectors = np.flatnonzero(row)
    row[sectors] = np.arange(len(sectors))
    C_off, W_off = np.zeros((2, len(sectors), *shape[1:]))
    at = (row[cells.j[live]], cells.n[live], cells.i[live])
    C_off[at], W_off[at] = cells.charged[live], cells.wasted[live]
    return sectors, C_off, W_off


def _apart(values: Array) -> tuple[Array, Array]:
    """([j, n, i] between countries, [j, n] at home) of (N n, N i, S j)."""
    off = values.transpose(2, 0, 1).copy()  # a view would zero the caller's diagonal
    own = np.arange(len(values))
    home = off[:, own, own]
    off[:, own, own] = 0.0
    return off, home
