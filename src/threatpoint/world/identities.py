"""Accounting identities of a world table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import UnbalancedError

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy


def require_balanced(economy: Economy, tolerance: float = 1e-6) -> None:
    """Raise `UnbalancedError` if a market or sector account is off by more than `tolerance`."""
    sides = {
        "use": (economy.inputs.sum(axis=2) + economy.final, economy.absorption),
        "cost": (economy.value_added + economy.inputs.sum(axis=1), economy.output),
    }
    for name, (left, right) in sides.items():
        scale = np.maximum(left, right).max(axis=1, keepdims=True)
        gap = np.abs(left - right) / scale
        if gap.max() > tolerance:
            n, j = np.unravel_index(int(gap.argmax()), gap.shape)
            raise UnbalancedError(
                f"{name} account of {economy.countries[n]}, {economy.sectors[j]}: {left[n, j]:.6g} "
                f"against {right[n, j]:.6g} {economy.unit}"
            )
