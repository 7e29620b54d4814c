"""From derivatives to the weights of flows to those to what a policy does: the transpose of
`equilibrium.flows`.

Of what a buyer spends, 1 / (1 + tariff) reaches the border, and 1 / (1 + charges) of that the
producer. Arrays are sector-first, [j, n, i], and a number where it is the same everywhere.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from threatpoint.equilibrium.adjoint.flows import every, to_weights
from threatpoint.equilibrium.adjoint.levels import whole
from threatpoint.equilibrium.apart import Weights
from threatpoint.equilibrium.given import costs

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.adjoint.bounds import Pulled
    from threatpoint.equilibrium.solution import Asked


class Channel(NamedTuple):
    """One way along each flow: weights, 1 + the tariff that is paid at the border, 1 + charges
    behind it, the part of them that is used up, and the whole price factor.
    """

    weight: Array
    duty: Array
    behind: Array | float
    cost: Array | float
    factor: Array


class Slopes(NamedTuple):
    """Derivatives along one channel: to the log of its weight, to duty, to a charge that somebody
    gets, to its being used up besides, and to theta.
    """

    left: Array
    duty: Array
    charge: Array
    used: Array
    theta: Array


class ToWedges:
    """Derivatives of an outcome to each wedge."""

    def __init__(self, pull: Pulled, asked: Asked) -> None:
        self.pull, self.asked = pull, asked
        self.wedges, self.theta = costs(asked.wedges, asked.given), pull.at.theta[:, :, None]

    @cached_property
    def weights(self) -> Weights:
        """Derivatives to A, B, C and W where no bound is in force."""
        found = to_weights(self.pull, every(*self.pull.at.system.shape))
        apart, limits = self.pull.at.system.apart, self.pull.limits
        if apart is not None and limits is not None:
            for values, bound in zip(found, limits.free, strict=True):
                values[apart.flow] = bound
        return found

    def _first(self, values: Array) -> Array:
        """An array of the policy, sector first."""
        return np.ascontiguousarray(values.transpose(2, 0, 1))

    @cached_property
    def _paid(self) -> tuple[Array, Array]:
        """1 + tariff, before and after."""
        before, after = self.asked.calibration.tariff, self.wedges.tariff
        return 1.0 + self._first(before), 1.0 + self._first(after)

    @cached_property
    def _charges(self) -> tuple[Array | float, Array | float]:
        """(charges behind the border, the part of them that is used up)."""
        if not self.wedges.charging:
            return 0.0, 0.0
        cost = self._first(self.wedges.cost)
        return cost + self._first(self.wedges.export_tax), cost

    @cached_property
    def _melts(self) -> Array | float:
        """What has to be shipped for one unit to arrive, over the baseline's."""
        return 1.0 + self._first(self.wedges.iceberg) if self.wedges.charging else 1.0

    @cached_property
    def _weights(self) -> tuple[Array, Channel | None]:
        """Weights of the channel that pays the tariff, and the one that evades it, if any does."""
        opened, apart = self.pull.at.opened, self.pull.at.system.apart
        total = whole(opened.A_off, opened.A_own)
        if apart is not None:
            total[apart.flow] = apart.free.weight
        total *= self.pull.at.live[:, :, None]
        if not self.wedges.charging or not np.any(self.wedges.evading):
            return total, None
        hidden = self._evading()
        return total - hidden.weight, hidden

    def _evading(self) -> Channel:
        """The channel that pays the tariff of before, and bears what escaping costs."""
        charges, cost = self._charges
        escape, share = (self._first(x) for x in (self.wedges.evasion_cost, self.wedges.evading))
        behind = 1.0 + charges + escape
        before = self._first(self.asked.calibration.pi) * self._first(self.wedges.survival)
        factor = behind * self._melts
        weight = before * share * factor**-self.theta * self.pull.at.live[:, :, None]
        return Channel(weight, self._paid[0], behind, cost + escape, factor)

    @cached_property
    def main(self) -> Slopes:
        """Along the channel that pays the tariff."""
        (before, after), (charges, cost) = self._paid, self._charges
        factor = after * (1.0 + charges) / before * self._melts
        return self._along(Channel(self._weights[0], after, 1.0 + charges, cost, factor))

    @cached_property
    def hidden(self) -> Slopes | None:
        """Along the channel that evades it; None where nothing does."""
        return None if self._weights[1] is None else self._along(self._weights[1])

    def _along(self, way: Channel) -> Slopes:
        """A = weight, border = A / duty, B = border / behind, C = border - B, W = B cost."""
        to = self.weights
        at_border = way.weight / way.duty
        passed = at_border * (to.received - to.charged + way.cost * to.wasted) / way.behind
        border = at_border * to.charged + passed
        left = way.weight * to.weight + border
        stiff = self.theta * left
        charge, used = -(stiff + passed) / way.behind, at_border * to.wasted / way.behind
        changed = way.factor != 1.0  # logs are dear, and most flows keep their price
        dearer = np.log(way.factor, out=np.zeros_like(way.factor), where=changed)
        return Slopes(left, -(stiff + border) / way.duty, charge, used, -dearer * left)

    def total(self, name: str) -> Array:
        """The sum over both channels."""
        main, hidden = getattr(self.main, name), self.hidden
        return main if hidden is None else main + getattr(hidden, name)


def abroad(values: Array) -> Array:
    """As the policy has them, [n, i, j], 0 at home."""
    found = values.copy()
    home = np.arange(len(values[0]))
    found[:, home, home] = 0.0
    return by_importer(found)


def by_importer(values: Any) -> Any:
    """Sector-first values [j, n, i] as [n, i, j]."""
    return values.transpose(1, 2, 0)
