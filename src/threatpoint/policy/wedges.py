"""Wedges: what a policy does to each flow, and who is paid.

| wedge | enters as | payee |
|---|---|---|
| tariff | `kappa = (1 + tau') / (1 + tau)` | the importer's treasury |
| survival below 1 | `d^(-theta) = survival`, an iceberg cost | nobody: the cost is real |
| survival 0 | the flow is cut off by mask, `pi' = 0` | nobody |
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.world.economy import Economy


@dataclass(frozen=True, eq=False)
class Wedges:
    """Trade costs after a policy, cell by cell, in the order [importer n, exporter i, sector j].

    Attributes:
        tariff: (N, N, S) ad-valorem tariff after the policy, as a share.
        survival: (N, N, S) share of the flow that survives at unchanged prices, in [0, 1];
            1 where nothing is cut off, 0 where the cut-off is complete.
        causes: for each instrument, its words and the bool mask (N, N, S) of the cells it touched;
            used to name the rule in an error.
    """

    tariff: NDArray[np.float64]
    survival: NDArray[np.float64]
    causes: tuple[tuple[str, NDArray[np.bool_]], ...] = field(default=())

    @classmethod
    def none(cls, economy: Economy) -> Wedges:
        """No policy: the tariffs of the baseline, nothing cut off."""
        return cls(economy.tariff, np.ones_like(economy.tariff))

    def cause(self, n: int, i: int, j: int) -> str:
        """The words of the instruments that touched a cell, '' if none did."""
        return "; ".join(words for words, mask in self.causes if mask[n, i, j])
