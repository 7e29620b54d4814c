"""Limits: wedges whose size the equilibrium decides, because a bound must hold.

| limit | bound | payee of the gap between the buyer's value and the seller's price |
|---|---|---|
| `VolumeLimit` | volume of each flow at most so much of its baseline | importer, or exporter |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from threatpoint.errors import PolicyError

if TYPE_CHECKING:
    from threatpoint.array_types import Mask


@dataclass(frozen=True, eq=False)
class VolumeLimit:
    """A quota on each of some flows.

    Attributes:
        cells: (N n, N i, S j) bool, the flows it binds, one by one.
        volume: largest volume, as a ratio to the baseline's.
        payee: who earns the rent, "importer" or "exporter".

    Raises:
        PolicyError: a volume that is not above 0 (0 is a cut-off), or not finite.
    """

    cells: Mask
    volume: float
    payee: Literal["importer", "exporter"] = "importer"

    def __post_init__(self) -> None:
        if not (np.isfinite(self.volume) and self.volume > 0):
            raise PolicyError(
                f"a quota of {100 * self.volume:g} % of the baseline volume must be above 0 and "
                "finite; write a cut-off for none at all"
            )
