"""A price cap: what the seller gets for what the good is worth to its buyers.

Let p be what the good is worth, z the cap, s the share of the volume that needs the services the
cap rides on, and m the cost of doing without them. What is served sells at min(p, z). The rest
evades where that pays more, p - m > z, and is served where it does not. So the seller gets

    R(p) = s min(p, z) + (1 - s) max(min(p, z), p - m),

and a cap at or above the price changes nothing. R is p up to z, z up to z + m, then rises with
slope 1 - s. The seller's equilibrium price c must be R(p). All prices are ratios to the seller's
baseline price.

c is an unknown of its own where a cap binds, so that what the cap does to a flow depends on
unknowns only.

A cap that binds has one of three regimes, tried in this order, as a cap that is lowered meets
them: all is served (p <= z + m); the rest evades (p >= z + m); nothing is sold under the cap,
because the seller gets more elsewhere and nobody evades (s = 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array

Regime = Literal["served", "evading", "shut"]

GONE = 30.0
"""Of a flow that is worth exp(GONE / theta) times the seller's price, next to nothing is left."""

NOTHING = 1e-12
"""A rent that counts as none."""


def widest(cap: Array, cost: Array, xp: Any = np) -> Array:
    """Log (z + m) / z: the rent at which evading begins to pay; a cost next to nothing is none."""
    rent = xp.log1p(cost / cap)
    return xp.where(rent > NOTHING, rent, 0.0 * rent)


def path(
    t: Array, log_cost: Array, cap: Array, cost: Array, evading: Array, xp: Any = np
) -> tuple[Array, Array]:
    """(log p / c, part of the rest that evades) along t >= 0, all (G,).

    Where all is served p = c e^t. In the regime of evasion p stands at z + m first, where sellers
    are indifferent, while the part that evades rises from 0 to 1; then p rises.
    """
    ramp = widest(cap, cost, xp)
    inside, none = xp.minimum(t, ramp), 0.0 * t
    part = xp.where(ramp > 0, inside / xp.where(ramp > 0, ramp, 0.0 * ramp + 1.0), none + 1.0)
    beyond = xp.maximum(xp.log(cap + cost) - log_cost, none) + t - inside
    return xp.where(evading > 0, beyond, t), xp.where(evading > 0, part, none)


def earned(worth: Array, cap: Array, served: Array, cost: Array, xp: Any = np) -> Array:
    """R(p), what the seller gets where the good is worth p; p itself without a cap (infinite)."""
    at_cap = xp.minimum(worth, cap)
    return served * at_cap + (1.0 - served) * xp.maximum(at_cap, worth - cost)


def gap(
    log_cost: Array,
    log_worth: Array,
    cap: Array,
    served: Array,
    cost: Array,
    evading: Array,
    xp: Any = np,
) -> Array:
    """Log c - log R(p), (G,): above 0 where the seller would not sell at this cap."""
    worth = xp.exp(log_cost + log_worth)
    got = xp.where(evading > 0, earned(worth, cap, served, cost, xp), xp.minimum(worth, cap))
    return log_cost - xp.log(got)
