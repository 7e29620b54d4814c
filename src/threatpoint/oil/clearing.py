"""The prices at which barrels balance: the world's, the seller's, and the freight between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import WorldError
from threatpoint.oil.levels import by_levels
from threatpoint.oil.newton import near

if TYPE_CHECKING:
    from threatpoint.oil.cleared import Cleared
    from threatpoint.oil.crude import Crude


def clear(crude: Crude, throw: bool = True) -> Cleared:
    """The prices of every draw.

    Args:
        crude: the market.
        throw: False returns draws that do not balance too; `failures` names them.

    Raises:
        WorldError: no price within `LOG_PRICES` balances the world; says how much is missing.
    """
    found = _found(crude)
    if throw and (failed := found.failures):
        raise WorldError(f"{next(iter(failed.values()))} (in {len(failed)} of {crude.draws} draws)")
    return found


def _found(crude: Crude) -> Cleared:
    """By Newton steps on all three at once; level by level where these do not arrive."""
    found, arrived = near(crude)
    if arrived.all():
        return found
    return found.with_rows(~arrived, by_levels(crude.pick(np.flatnonzero(~arrived))))
