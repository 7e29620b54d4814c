"""Supply with a factor that is fixed in the sector, and at prices that are given.

Value added is made of a mobile and a specific factor, v = w^phi VAhat^(1 - phi): its supply
elasticity is phi / (1 - phi). Where prices are given, any quantity is made at them, and value added
takes what they leave over inputs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium import equations
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.given import Given

NEWTON = 40
"""Most Newton steps on one supply curve; it is monotone, four to six are usual."""

TRACED = 8
"""The same in array libraries that trace: there each curve takes all of them."""

NEAR = 1e-9
"""A Newton step this small is the last of its curve: the next would be about its square. Each curve
stops by itself, so that none depends on the others solved beside it.
"""

NOTHING = 1e-6
"""Least value of v^(1 - eta) at a given price that inputs alone exceed; the verdict refuses it."""


@dataclass(frozen=True, eq=False)
class Curves(Shown):
    """The supply curves of the K sectors with a specific factor, or prices given, [k, n].

    Attributes:
        phi, gamma: as in the theory.
        specific: 1 - phi, 0 where there is no output.
        theta: [k, 1] trade elasticity, the slope of demand at given prices of the markets.
        eta: elasticity between value added and inputs, a number or [k, 1].
        imposed, price: [k, 1] bool, the sector whose prices are given, and [k, n] log c there;
            price None where there is none.
    """

    phi: Array
    specific: Array
    gamma: Array
    theta: Array
    eta: float | Array
    imposed: Mask
    price: Array | None = None


def curves(base: Calibration, sectors: Positions, given: Given | None = None) -> Curves:
    """The curves of the chosen sectors (positions), sector first."""
    pick = (slice(None), sectors)
    phi, eta = base.elasticities.phi[pick].T, equations.by_sector(base.elasticities.eta)
    return Curves(
        phi=np.ascontiguousarray(phi),
        specific=np.where(base.output[pick].T > 0, 1.0 - phi, 0.0),
        gamma=np.ascontiguousarray(base.gamma[pick].T),
        theta=base.elasticities.theta[sectors][:, None],
        eta=eta[sectors] if isinstance(eta, np.ndarray) else eta,
        **_imposed(base, sectors, given),
    )


def _imposed(base: Calibration, sectors: Positions, given: Given | None) -> dict[str, Any]:
    """The sector whose prices are given, and these; 0 where nothing is made."""
    if given is None:
        return {"imposed": np.zeros((len(sectors), 1), dtype=bool)}
    here = (sectors == given.sector)[:, None]
    made = base.output[:, given.sector] > 0
    return {"imposed": here, "price": here * np.where(made, np.log(given.price), 0.0)}


def _value_at(gamma: Array, cost: Array, bundle: Array, eta: Any, xp: Any) -> Array:
    """Log v at which the unit cost is c: the inverse of `equations.unit_cost`, [k, n].

    Where inputs alone cost more than c, value added is worth next to nothing (`NOTHING`).
    """
    share = xp.where(gamma > 0, gamma, xp.ones_like(gamma))
    if equations.is_one(eta):
        return (cost - (1.0 - gamma) * bundle) / share
    s = 1.0 - eta
    change = (xp.expm1(s * cost) - (1.0 - gamma) * xp.expm1(s * bundle)) / share
    least = (NOTHING - 1.0) * xp.ones_like(change)
    return xp.log1p(xp.where(change > least, change, least)) / s


def clear(
    curves: Curves, log_wage: Array, bundle: Array, sales: Array, xp: Any
) -> tuple[Array, Array]:
    """(log c, log v) at which supply meets sales, [k, n].

    sales: log of what buyers would pay at c = 1, over baseline output; demand is sales - theta
    log c. Where prices are given, any sales meet supply.
    """
    cost, value = _meet(curves, log_wage, bundle, sales, xp)
    if curves.price is None:
        return cost, value
    left = _value_at(curves.gamma, curves.price, bundle, curves.eta, xp)
    return xp.where(curves.imposed, curves.price, cost), xp.where(curves.imposed, left, value)


def _meet(
    curves: Curves, log_wage: Array, bundle: Array, sales: Array, xp: Any
) -> tuple[Array, Array]:
    """(log c, log v) where the supply curve meets demand.

    From log v = phi log w + (1-phi) log VAhat, log VAhat = log Yhat + (1-eta)(log v - log c) and
    log Yhat = sales - theta log c follows log v = a - b log c with b > -1; then c is the root of
    log c = equations.unit_cost(a - b log c, q): increasing on the left, so there is one.
    """
    level, supplied, b = slopes(curves, xp)
    a = level * log_wage[..., None, :] + supplied * sales
    cost = (curves.gamma * a + (1.0 - curves.gamma) * bundle) / (1.0 + curves.gamma * b)
    if equations.is_one(curves.eta):
        return cost, a - b * cost
    moving = xp.isfinite(cost)
    for _ in range(NEWTON if xp is np else TRACED):
        value = a - b * cost
        made = equations.unit_cost(curves.gamma, value, bundle, curves.eta, xp)
        slope = 1.0 + b * curves.gamma * xp.exp((1.0 - curves.eta) * (value - made))
        step = (cost - made) / slope
        cost = xp.where(moving, cost - step, cost)
        moving = moving & (xp.abs(step) > NEAR)
        if xp is np and not bool(np.any(moving)):  # others may be traced
            break
    value = a - b * cost
    return cost, value


def slopes(curves: Curves, xp: Any = np) -> tuple[Array, Array, Array]:
    """Log v = level log w + supply log sales - bend log c along each curve, [k, n] each."""
    specific = curves.specific
    scale = 1.0 - specific * (1.0 - curves.eta)
    level = xp.where(specific > 0, curves.phi / scale, xp.ones_like(scale))
    return level, specific / scale, specific * (curves.theta + 1.0 - curves.eta) / scale


def off_price(curves: Curves, value: Array, bundle: Array) -> Array:
    """Log by which unit costs are off the prices given, [k, n]; 0 where none are.

    Above 0 where inputs alone cost more than the price.
    """
    if curves.price is None:
        return np.zeros_like(value)
    made = equations.unit_cost(curves.gamma, value, bundle, curves.eta, np)
    return np.where(curves.imposed, made - curves.price, 0.0)


def off_curve(curves: Curves, log_wage: Array, value: Array, earned: Array) -> Array:
    """What is left of each supply curve at a point, [k, n]: log v less the curve's.

    earned: log of value added over its baseline, -inf where nothing is sold. 0 where there is no
    specific factor, or prices are given.
    """
    gap = value - ((1.0 - curves.specific) * log_wage + curves.specific * earned)
    counts = (curves.specific > 0) & np.isfinite(earned) & ~curves.imposed
    return np.where(counts, gap, 0.0)
