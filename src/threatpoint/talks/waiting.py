"""Waiting: why the attacker refuses, and until when taking ground pays, given the refusal.

A month's wait pays for the ground alone where r > tau0. It pays only because support may be cut
where r is below that, but (r - tau0) + h n (r m - tau0) > 0: with probability h the cut comes, and
for the n months until a freeze each month of war then brings r m, m = (1 - cut)^(-eta). So

    r > tau0 (1 + h n) / (1 + h n m).

A km2 taken n months before a freeze is kept with probability (1 - rho)^n; it is worth its price
where r (1 - rho)^n > 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.talks.attacker import PREFIX
from threatpoint.talks.freeze import Chance, drift_after

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.talks.attacker import Attacker

MONTHS_AHEAD = (3, 6, 12, 24)
"""Months to the freeze at which taking ground is asked."""


@dataclass(frozen=True, eq=False)
class Waiting:
    """Which reason stands behind the refusal; both together are all of it.

    Attributes:
        ground: the ground of a month is worth more than the month.
        aid: it is not, and waiting pays only because support may be cut.
    """

    ground: Chance
    aid: Chance

    @classmethod
    def of(cls, attacker: Attacker, values: Mapping[str, Array]) -> Waiting:
        """From the draws."""
        cut, hazard, months = (
            np.asarray(values[PREFIX + name], float)
            for name in ("aid_cut", "cut_hazard", "months_to_freeze")
        )
        exposed = hazard * months
        worse = drift_after(attacker, -cut / 100.0)
        least = attacker.bar * (1.0 + exposed) / (1.0 + exposed * worse)
        refuses = attacker.above(least)
        ground = attacker.refuses
        return cls(Chance(ground, refuses), Chance(np.maximum(refuses - ground, 0.0), refuses))


def worth_taking(attacker: Attacker, values: Mapping[str, Array], months: float) -> Chance:
    """The chance that a km2 is worth its price so many months before a freeze."""
    kept = (1.0 - np.asarray(values[f"{PREFIX}loss_rate"], float)) ** months
    least = 1.0 / np.maximum(kept, 1e-300)
    return Chance(attacker.above(np.maximum(least, attacker.bar)), attacker.refuses)
