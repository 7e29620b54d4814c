"""Scaled: a part of what a policy does, or a multiple of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError

if TYPE_CHECKING:
    from threatpoint.policy.limits import VolumeLimit
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy


def scaled(wedges: Wedges, economy: Economy, size: float) -> Wedges:
    """Every change of tariffs, taxes, costs and flows times a size: 0 nothing, 1 the policy.

    Above 1 a cut or a bound stops at what leaves nothing of the flow. What evades a tariff is the
    same share of it at every size.

    Args:
        wedges: of the policy.
        economy: gives the tariffs in force.
        size: 0 or more.

    Raises:
        PolicyError: a size below 0; a policy that acts on a market as a whole.
    """
    if not 0 <= size < np.inf:
        raise PolicyError(f"size {size:g} of a policy must be 0 or more")
    if wedges.acts:
        raise PolicyError("only what is done to flows has a size; this acts on a whole market")
    in_force = economy.tariff_in_force
    return replace(
        wedges,
        tariff=in_force + size * (wedges.tariff - in_force),
        survival=np.maximum(1.0 - size * (1.0 - wedges.survival), 0.0),
        export_tax=size * wedges.export_tax,
        cost=size * wedges.cost,
        iceberg=(1.0 + wedges.iceberg) ** size - 1.0,
        kept={k: np.maximum(1.0 - size * (1.0 - x), 0.0) for k, x in wedges.kept.items()},
        volume_limits=tuple(_bound(limit, size) for limit in wedges.volume_limits if size > 0),
    )


def _bound(limit: VolumeLimit, size: float) -> VolumeLimit:
    """A bound as far from the baseline's volume as its size says."""
    left = 1.0 - size * (1.0 - limit.volume)
    if left <= 0:
        raise PolicyError(f"{size:g} times this quota leaves nothing; give a smaller size")
    return replace(limit, volume=left)
