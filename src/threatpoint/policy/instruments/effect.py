"""Effect: what one instrument does to the flows it hits, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.policy.acts import Act
    from threatpoint.policy.limits import VolumeLimit


@dataclass(frozen=True, eq=False)
class Effect:
    """What an instrument does, on its cells [importer n, exporter i, sector j]; None: nothing.

    A figure is one number for all cells or an array (N n, N i, S j) of which only the cells count.

    Attributes:
        cells: bool (N, N, S), the cells it touches.
        cut: (N, N, S) share of each cell that it takes away at unchanged prices.
        leak_cost: what the surviving part of a cut flow bears, as a share of the seller's price.
        tariff_set: tariff in place of the baseline's, as a share.
        tariff_added: what comes on top of the tariff.
        evading: share of the flow that escapes the change of its tariff.
        evasion_cost: what that costs, as a share of the seller's price.
        export_tax: what the exporter's treasury takes, as a share of the seller's price.
        cost: what nobody earns, as a share of the seller's price.
        iceberg: change of what has to be shipped for one unit to arrive, as a share.
        volume: a bound on the volume of each cell.
        acts: what is done to the market of a good as a whole; the cells are the trade it is about.
        kept: good finer than a sector -> share of it that goes on where it is stopped.
    """

    cells: Mask
    cut: Array | None = None
    leak_cost: Array | float = 0.0
    tariff_set: Array | float | None = None
    tariff_added: Array | float | None = None
    evading: Array | float = 0.0
    evasion_cost: Array | float = 0.0
    export_tax: Array | float | None = None
    cost: Array | float | None = None
    iceberg: Array | float | None = None
    volume: VolumeLimit | None = None
    acts: tuple[Act, ...] = ()
    kept: Mapping[str, float] = field(default_factory=dict[str, float])

    @classmethod
    def of_cut(cls, cells: Mask, share: Array | float, leak_cost: float = 0.0) -> Effect:
        """A share of each cell is taken away, and what is left bears a cost."""
        return cls(cells, np.where(cells, share, 0.0), leak_cost)

    @property
    def tariff(self) -> bool:
        """Whether it is a tariff."""
        return self.tariff_set is not None or self.tariff_added is not None
