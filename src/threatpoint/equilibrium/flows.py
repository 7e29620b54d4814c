"""What the wedges leave of each flow, and who is paid along it.

Of one unit that a buyer spends on a flow, so much reaches the border, and so much of that the
producer; the rest is tariff (importer), export tax (exporter) or a real cost (used up in the
exporter's economy). A flow may have two channels: one that pays the new tariff and one that evades
it at a cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.equations import kappa, trade_weights

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.policy.wedges import Wedges


@dataclass(frozen=True, eq=False)
class Flows:
    """Trade weights and the split of spending, (N n, N i, S j) each.

    Attributes:
        weights: A, share weights at unit costs of 1.
        received: B, the part of A that reaches the producer.
        charged: the part of A that the exporter's treasury takes, plus `wasted`.
        wasted: the part of A paid for real costs of trading.
    """

    weights: Array
    received: Array
    charged: Array
    wasted: Array

    def kept(self, mask: Mask) -> Flows:
        """Only the flows of a mask; the others are exactly 0."""
        if mask.all():
            return self
        weights, received = self.weights * mask, self.received * mask
        if self.charged is self.wasted:  # neither exists
            return Flows(weights, received, self.charged, self.wasted)
        return Flows(weights, received, self.charged * mask, self.wasted * mask)


def flows(base: Calibration, wedges: Wedges) -> Flows:
    """Weights and split of every flow under a policy; the baseline has tariffs only.

    Channel 1 pays tau' and bears export tax and cost; channel 2, the evading share, pays the
    baseline tariff and bears the evasion cost besides. A = sum of channels.
    """
    theta = base.elasticities.theta
    if not (wedges.export_tax.any() or wedges.cost.any() or wedges.evading.any()):
        return _tariffs_only(base, wedges)
    charges = wedges.export_tax + wedges.cost
    first = kappa(base.tariff, wedges.tariff) * (1.0 + charges)
    honest = wedges.survival * (1.0 - wedges.evading)
    main = trade_weights(base.pi, first, honest, theta)
    border = main / (1.0 + wedges.tariff)
    received = border / (1.0 + charges)
    wasted = received * wedges.cost
    if not wedges.evading.any():
        return Flows(main, received, border - received, wasted)
    dearer = 1.0 + charges + wedges.evasion_cost
    hidden = trade_weights(base.pi, dearer, wedges.survival * wedges.evading, theta)
    at_border = hidden / (1.0 + base.tariff)
    got = at_border / dearer
    return Flows(
        main + hidden,
        received + got,
        border - received + at_border - got,
        wasted + got * (wedges.cost + wedges.evasion_cost),
    )


def _tariffs_only(base: Calibration, wedges: Wedges) -> Flows:
    """The common case: nobody is paid between the border and the producer."""
    cost = kappa(base.tariff, wedges.tariff)
    weights = trade_weights(base.pi, cost, wedges.survival, base.elasticities.theta)
    none = np.zeros_like(weights)
    return Flows(weights, weights / (1.0 + wedges.tariff), none, none)
