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

from threatpoint.errors import PolicyError

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

    def __post_init__(self) -> None:
        """Refuse wedges that mean nothing.

        Raises:
            PolicyError: shapes, non-finite cells, a tariff of -100 % or less, survival outside
                [0, 1], or anything but free trade at home.
        """
        tariff, survival = np.asarray(self.tariff), np.asarray(self.survival)
        if tariff.ndim != 3 or tariff.shape != survival.shape or len(set(tariff.shape[:2])) != 1:
            raise PolicyError(
                f"wedges need two arrays [importer, exporter, sector] of one shape; tariff has "
                f"{tariff.shape}, survival {survival.shape}"
            )
        own = np.arange(len(tariff))
        problems = {
            "a tariff is not finite": ~np.isfinite(tariff),
            "a tariff is -100 % or less": tariff <= -1.0,
            "survival is not within 0 and 1": ~((survival >= 0) & (survival <= 1)),
            "there is a tariff on home sales": (own[:, None] == own)[:, :, None] & (tariff != 0),
            "home sales are cut off": (own[:, None] == own)[:, :, None] & (survival != 1),
        }
        found = [
            f"{words} in {int(bad.sum())} cell(s), first at [n, i, j] = "
            f"{tuple(int(p) for p in np.argwhere(bad)[0])}"
            for words, bad in problems.items()
            if bad.any()
        ]
        if found:
            raise PolicyError("wedges cannot be used: " + "; ".join(found))

    @classmethod
    def none(cls, economy: Economy) -> Wedges:
        """No policy: the tariffs of the baseline, nothing cut off."""
        return cls(economy.tariff, np.ones_like(economy.tariff))

    def cause(self, n: int, i: int, j: int) -> str:
        """The words of the instruments that touched a cell, '' if none did."""
        return "; ".join(words for words, mask in self.causes if mask[n, i, j])
