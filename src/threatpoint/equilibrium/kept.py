"""What is computed once for each economy and set of elasticities, and kept with the economy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from threatpoint.equilibrium.calibration import Calibration
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.identities import require_balanced

KEPT = 4
"""Sets of elasticities for which an economy's results are kept."""

IDENTITIES = 1e-9
"""A baseline whose accounts are off by more is refused: no market system would clear at it."""

T = TypeVar("T")


class Kept(Generic[T]):
    """Results by economy, for the last few sets of elasticities; both are frozen.

    Args:
        make: computes a result that is not there yet.
    """

    def __init__(self, make: Callable[[Economy, Elasticities], T]) -> None:
        self._make = make
        self._store: WeakKeyDictionary[Economy, dict[Elasticities, T]] = WeakKeyDictionary()

    def __call__(self, economy: Economy, values: Elasticities) -> T:
        """The result, computed on first use."""
        known = self._store.setdefault(economy, {})
        if values not in known:
            made = self._make(economy, values)
            while len(known) >= KEPT:
                known.pop(next(iter(known)))
            known[values] = made
        return known[values]


def _calibrate(economy: Economy, values: Elasticities) -> Calibration:
    require_balanced(economy, IDENTITIES)
    return Calibration.from_economy(economy, values)


calibrated = Kept(_calibrate)
"""An economy's calibration, its accounts checked; raises `UnbalancedError`."""
