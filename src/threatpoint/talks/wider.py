"""A wider war: what base rates and a loss say of a force that is sent before a ceasefire.

With a rate e a month and a loss L, it comes within n months with probability 1 - exp(-e n), and a
force must be worth e L a month to pay for it. Nobody has measured e for such a force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.spread import Spread
from threatpoint.talks.attacker import PREFIX

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.quantity import Ranged

SPANS = (3, 12, 36)
"""Months in which the force stands there."""


@dataclass(frozen=True, eq=False)
class WiderWar:
    """What is known of it; all (K,).

    Attributes:
        rate: e, per month.
        loss: L, USD bn once.
    """

    rate: Array
    loss: Array

    @classmethod
    def of(cls, values: Mapping[str, Array]) -> WiderWar:
        """From the draws."""
        rate, loss = (values[f"{PREFIX}wider_war_{name}"] for name in ("rate", "loss"))
        return cls(np.asarray(rate, float) / 100.0, np.asarray(loss, float))

    def within(self, months: float) -> Ranged:
        """Probability that it comes within so many months, %."""
        return Spread(-100.0 * np.expm1(-self.rate * months), unit="%").ranged()

    def expected_loss(self, months: float) -> Ranged:
        """That probability times the loss, USD bn."""
        return Spread(-np.expm1(-self.rate * months) * self.loss, unit="USD bn").ranged()

    @property
    def worth(self) -> Ranged:
        """What a force must be worth a month to pay for it, USD bn."""
        return Spread(self.rate * self.loss, unit="USD bn/month").ranged()
