"""What was found: each rate with its slope, whether it is a maximum, and the way there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Positions
    from threatpoint.strategy.tariffs.climb import Bounds
    from threatpoint.strategy.tariffs.rates import FreeRates
    from threatpoint.strategy.tariffs.vanish import Still

SHARP = 1e-6
"""Curvature nearer to 0 than this is not told from flat."""
EXACT = 1e-6
"""A Newton step this small, in log(1 + rate), leaves slopes that vanish."""
BEYOND = "income would still rise beyond them"
LOWEST, HIGHEST, FREE = "lowest", "highest", ""
"""Which bound holds a rate."""


@dataclass(frozen=True)
class SetRate:
    """A rate that was found.

    Attributes:
        importer, exporter, sector: whose, on whose goods, on which; "all" of those named.
        rate: added to the tariff in force, a share of 1.
        bound: `LOWEST` or `HIGHEST` where that bound holds it, else "".
        slope: what its side would gain by a point more, USD bn a year.
        imports_usd_bn: what it is on in the baseline.
    """

    importer: str
    exporter: str
    sector: str
    rate: float
    bound: str
    slope: float
    imports_usd_bn: float


@dataclass(frozen=True)
class SecondOrder:
    """Whether the rates of a side are a maximum of its income, the others' as they are.

    Attributes:
        free: rates that no bound holds.
        held: rates that a bound holds.
        left: how far a further Newton step would move any of them, in log(1 + rate).
        curvature: largest eigenvalue of the second derivatives to the free rates, each scaled so
            that its own is -1; -inf where bounds hold all. Below 0: lower in every direction.
    """

    free: int
    held: int
    left: float
    curvature: float

    @property
    def first_order(self) -> bool:
        """Whether slopes vanish on the free rates; at a bound they push against it."""
        return self.left <= EXACT

    @property
    def maximum(self) -> bool:
        """Whether it is a strict local maximum within the bounds, all of which may hold it."""
        return not self.free or (self.first_order and self.curvature < -SHARP)

    @property
    def words(self) -> str:
        """In words."""
        if not self.free:
            return f"a maximum at the bounds, which hold every rate: {BEYOND}"
        if not self.first_order:
            return f"no maximum was found: the rates still move by {self.left:.1e}"
        count = f"{self.free} of {self.free + self.held}"
        among = f"where no bound holds the rate ({count}), " if self.held else ""
        if not self.maximum:
            bent = "income is flat or curves up in some direction: no maximum"
            return f"{among}slopes vanish, but {bent}"
        held = f"; bounds hold the other {self.held}, and {BEYOND}" if self.held else ""
        return (
            f"{among}slopes vanish and income curves down in every direction: a little more or "
            f"less of any loses{held}"
        )


def set_rates(free: FreeRates, u: Array, slope: Array, bounds: Bounds) -> tuple[SetRate, ...]:
    """All rates at a point, with the slopes (K,) to the logs."""
    held = ~bounds.free(u, slope)
    at = np.where(held & (u <= bounds.low), LOWEST, np.where(held, HIGHEST, FREE))
    unit = free.in_usd_bn
    return tuple(
        SetRate(
            r.importer, r.exporter, r.sector, math.expm1(u[k]), str(at[k]),
            float(slope[k] * math.exp(-u[k]) / 100.0), unit(r.imports),
        )
        for k, r in enumerate(free.rates)
    )  # fmt: skip


def second_order(still: Still, own: Positions, bounds: Bounds) -> SecondOrder:
    """Of the rates `own` of one side (positions) where all slopes were led to vanish."""
    free = own[bounds.free(still.u, still.slope)[own]]
    held = len(own) - len(free)
    if not free.size:
        return SecondOrder(0, held, 0.0, -math.inf)
    second = still.second[np.ix_(free, free)]
    size = np.sqrt(np.maximum(np.abs(np.diag(second)), 1e-300))
    scaled = (second + second.T) / 2 / np.outer(size, size)
    return SecondOrder(len(free), held, still.left, float(np.linalg.eigvalsh(scaled).max()))
