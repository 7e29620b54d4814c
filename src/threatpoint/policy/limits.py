"""Limits: wedges whose size the equilibrium decides, because a bound must hold.

| limit | bound | payee of the gap between the buyer's value and the seller's price |
|---|---|---|
| `VolumeLimit` | volume of each flow at most so much of its baseline | importer, or exporter |
| `PriceLimit` | served volume sells at most at the cap | the buyer; the evaders' cost is real |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from threatpoint.errors import PolicyError

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask


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


@dataclass(frozen=True, eq=False)
class PriceLimit:
    """A price cap on the seller, with a second channel that evades it at a cost.

    The served share sells at min(cap, p), p being what the good is worth to the buyer; the rest
    sells at p - cost. So the seller's price is served min(cap, p) + (1 - served)(p - cost). The
    buyers earn the rent on the served share; the cost of the rest is real, nobody earns it.

    Attributes:
        cells: (N n, N i, S j) bool, the flows it binds.
        cap: ratio of the cap to the seller's baseline price, on the same basis (free on board).
        served: share of the volume that uses the services the cap rides on, in [0, 1].
        cost: extra cost of the rest, as a ratio to the seller's baseline price.
        part: (N n, N i, S j) share of each flow that is the capped good (crude in oil and gas).

    Raises:
        PolicyError: a cap not above 0, a share or part outside 0 to 1, a cost below 0 or of the
            whole price, not finite, or parts of another shape than the cells.
    """

    cells: Mask
    cap: float
    served: float
    cost: float
    part: Array

    def __post_init__(self) -> None:
        problems = {
            f"the cap is {self.cap:g} times the baseline price; it must be above 0": not (
                np.isfinite(self.cap) and self.cap > 0
            ),
            f"served share {self.served:g} is outside 0 to 1": not 0 <= self.served <= 1,
            f"the evaders' cost is {self.cost:g} of the baseline price; it must lie in [0, 1)": (
                not 0 <= self.cost < 1
            ),
        }
        part = np.asarray(self.part)
        shapes = f"the capped parts have shape {part.shape}, the cells {np.shape(self.cells)}"
        problems[shapes] = part.shape != np.shape(self.cells)
        problems["a capped part of a flow is outside 0 to 1"] = not (
            (part >= 0) & (part <= 1)
        ).all()
        found = [words for words, bad in problems.items() if bad]
        if found:
            raise PolicyError("price cap: " + "; ".join(found))
