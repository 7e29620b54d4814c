"""What is computed once for each economy and set of elasticities, and kept with the economy."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from threatpoint.equilibrium.calibration import Calibration
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.identities import require_balanced

KEPT = 8
"""Sets of elasticities besides its own for which an economy's results are kept: thousands may be
drawn."""

IDENTITIES = 1e-9
"""A baseline whose accounts are off by more is refused: no market system would clear at it."""

T = TypeVar("T")


def kept(make: Callable[[Economy, Elasticities], T]) -> Callable[[Economy, Elasticities], T]:
    """The same function, its results kept while the economy lives; both arguments are frozen."""
    store: WeakKeyDictionary[Economy, dict[Elasticities, T]] = WeakKeyDictionary()

    @wraps(make)
    def found(economy: Economy, values: Elasticities) -> T:
        known = store.setdefault(economy, {})
        if values not in known:
            made = make(economy, values)
            own = list(economy.elasticities.values())
            others = [each for each in known if not any(each is one for one in own)]
            if len(others) >= KEPT:
                known.pop(others[0])
            known[values] = made
        return known[values]

    return found


_SHARES: WeakKeyDictionary[Economy, Calibration] = WeakKeyDictionary()
"""One calibration of each economy, whose shares serve every set of elasticities."""


@kept
def calibrated(economy: Economy, values: Elasticities) -> Calibration:
    """An economy's calibration, its accounts checked; raises `UnbalancedError`."""
    if economy not in _SHARES:
        require_balanced(economy, IDENTITIES)
        _SHARES[economy] = Calibration.from_economy(economy, values)
    return _SHARES[economy].at(values)
