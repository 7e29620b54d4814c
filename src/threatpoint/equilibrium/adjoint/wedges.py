"""From derivatives to the weights of flows to those to what a policy does: the transpose of
`equilibrium.flows`.

Of what a buyer spends, 1 / (1 + tariff) reaches the border, and 1 / (1 + charges) of that the
producer. Arrays are [n, i, j], as in `Wedges`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from threatpoint.equilibrium.adjoint.flows import every, to_weights
from threatpoint.equilibrium.apart import Weights
from threatpoint.equilibrium.equations import kappa, trade_weights
from threatpoint.equilibrium.given import costs

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.adjoint.pull import Pull
    from threatpoint.equilibrium.solution import Asked


class Channel(NamedTuple):
    """One way along each flow: weights, duty paid at the border and charges behind it.

    Attributes:
        weight: share weights. duty: 1 + the tariff that is paid. behind: 1 + charges.
        cost: the part of the charges that is used up. dearer: log of the whole price factor.
    """

    weight: Array
    duty: Array
    behind: Array
    cost: Array
    dearer: Array


class Slopes(NamedTuple):
    """Derivatives along one channel: to the log of its weight, the log of duty, a charge that is
    paid, and one that is used up besides; and to theta, all [n, i, j].
    """

    left: Array
    duty: Array
    charge: Array
    used: Array
    theta: Array


class ToWedges:
    """Derivatives of an outcome to each wedge, [n, i, j], 0 at home but for what is left."""

    def __init__(self, pull: Pull, asked: Asked) -> None:
        self.pull, self.asked = pull, asked
        self.wedges = costs(asked.wedges, asked.given)
        self.theta = asked.calibration.elasticities.theta

    @cached_property
    def weights(self) -> Weights:
        """Derivatives to A, B, C and W where no bound is in force."""
        at, pull = every(*self.pull.at.system.shape), self.pull
        found = [values.copy() for values in to_weights(pull, at)]
        if (apart := pull.at.system.apart) is not None:
            for values, bound in zip(found, pull.limits.free, strict=True):
                values[apart.flow] = bound
        return Weights(*(x.transpose(1, 2, 0) for x in found))

    @cached_property
    def main(self) -> Slopes:
        """Along the channel that pays the tariff."""
        base, w = self.asked.calibration, self.wedges
        behind = 1.0 + w.export_tax + w.cost
        factor = kappa(base.tariff, w.tariff) * behind
        weight = trade_weights(base.pi, factor, w.survival * (1.0 - w.evading), self.theta)
        return self._along(Channel(weight, 1.0 + w.tariff, behind, w.cost, np.log(factor)))

    @cached_property
    def hidden(self) -> Slopes | None:
        """Along the channel that evades it; None where nothing does."""
        base, w = self.asked.calibration, self.wedges
        if not w.charging or not np.any(w.evading):
            return None
        behind = 1.0 + w.export_tax + w.cost + w.evasion_cost
        weight = trade_weights(base.pi, behind, w.survival * w.evading, self.theta)
        used = w.cost + w.evasion_cost
        return self._along(Channel(weight, 1.0 + base.tariff, behind, used, np.log(behind)))

    def _along(self, way: Channel) -> Slopes:
        """A = weight, border = A / duty, B = border / behind, C = border - B, W = B cost."""
        to = self.weights
        at_border = way.weight * self._live / way.duty
        passed = (to.received - to.charged + way.cost * to.wasted) / way.behind
        border = at_border * (to.charged + passed)
        left = way.weight * self._live * to.weight + border
        charge = -(self.theta * left + at_border * passed) / way.behind
        used = at_border * to.wasted / way.behind
        duty = -self.theta * left - border
        return Slopes(left, duty / way.duty, charge, used, -way.dearer * left)

    @cached_property
    def _live(self) -> Array:
        """[n, i, j] 1 where a market is left, else 0."""
        return self.pull.at.live.T[:, None, :].astype(np.float64)

    def total(self, name: str) -> Array:
        """The sum over both channels."""
        main, hidden = getattr(self.main, name), self.hidden
        return main if hidden is None else main + getattr(hidden, name)

    def abroad(self, values: Array) -> Array:
        """The same, 0 at home."""
        found, home = values.copy(), np.arange(len(values))
        found[home, home] = 0.0
        return found
