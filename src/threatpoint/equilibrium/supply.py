"""Supply with a factor that is fixed in the sector, and regimes of output on top of it.

Value added is made of a mobile and a specific factor, v = w^phi (VAhat / Khat)^(1 - phi): its
supply elasticity is phi / (1 - phi). A regime bends that curve: output held, idle capacity brought
in once the price rises, or wells shut below a floor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium import equations
from threatpoint.errors import WorldError

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
"""Least value of v^(1 - eta) at a price floor that inputs alone exceed."""


@dataclass(frozen=True, eq=False)
class Supply:
    """Regimes of output by country and sector; everything else follows its supply elasticity.

    Attributes:
        held: (N, S) bool, output is kept at its baseline quantity.
        spare: (N, S) idle capacity as a share of baseline output, 0 where none: it comes in at the
            baseline price of value added, until it is used up.
        floor: (N, S) price as a ratio to the baseline's below which output is shut in; 0 if none.
        largest_share: (N n, N i, S j) the most a buyer can take from one origin, as a share of its
            spending; 1 where there is no limit. The buyer earns what it saves.
        largest_volume: (N n, N i, S j) most volume of a flow as a ratio to the baseline's, infinite
            where there is none. The exporter then earns the buyers' price.
        words: the regime in words.

    Raises:
        WorldError: a negative or non-finite number, a share outside (0, 1], arrays of limits that
            do not fit each other, or a limit on home sales.
    """

    held: Mask
    spare: Array
    floor: Array
    largest_share: Array
    largest_volume: Array
    words: str = ""

    def __post_init__(self) -> None:
        sizes = {"spare": self.spare, "floor": self.floor}
        bad = [x for x, size in sizes.items() if not (np.isfinite(size) & (size >= 0)).all()]
        if bad:
            raise WorldError(f"supply: {' and '.join(bad)} must be finite and 0 or more")
        if not ((self.largest_share > 0) & (self.largest_share <= 1)).all():
            raise WorldError("supply: the largest share of one origin must lie in (0, 1]")
        if not (self.largest_volume > 0).all():
            raise WorldError("supply: the largest volume of a flow must be above 0")
        if self.largest_share.shape != self.largest_volume.shape:
            raise WorldError(
                f"supply: largest_volume has {self.largest_volume.shape}, largest_share "
                f"{self.largest_share.shape}; both need [importer, exporter, sector]"
            )
        limited = (self.largest_share < 1) | np.isfinite(self.largest_volume)
        if limited.ndim == 3 and np.einsum("nnj->nj", limited).any():
            raise WorldError("supply: there is a limit on home sales; only flows abroad have one")

    @classmethod
    def free(cls, countries: int, sectors: int) -> Supply:
        """No regime anywhere."""
        none = np.zeros((countries, sectors))
        shape = (countries, countries, sectors)
        return cls(none > 0, none, none, np.ones(shape), np.full(shape, np.inf))


@dataclass(frozen=True, eq=False)
class Curves:
    """The supply curves of the K sectors with a specific factor, [k, n].

    Attributes:
        phi, gamma: as in the theory.
        theta: [k, 1] trade elasticity, the slope of demand at given prices of the markets.
        specific: 1 - phi, 0 where there is no output.
        pinned, spare, floor: the regimes; `pinned` is 1 where output is held, `spare` is log(1 +
            share), `floor` is log c, -inf if none.
        idle, floored: whether any economy has idle capacity, or a floor.
        imposed, price: [k, 1] bool, the sector whose prices are given, and [k, n] log c there;
            price None where there is none.
        eta: elasticity between value added and inputs.
    """

    phi: Array
    specific: Array
    gamma: Array
    theta: Array
    pinned: Array
    spare: Array
    floor: Array
    idle: bool
    floored: bool
    eta: float
    imposed: Mask
    price: Array | None = None


def curves(
    base: Calibration, supply: Supply, sectors: Positions, given: Given | None = None
) -> Curves:
    """The curves of the chosen sectors (positions), sector first."""
    pick = (slice(None), sectors)
    phi, held, spare = (x[pick].T for x in (base.elasticities.phi, supply.held, supply.spare))
    with np.errstate(divide="ignore"):
        floor = np.log(supply.floor[pick].T)
    return Curves(
        phi=np.where(held, 0.0, phi),
        specific=np.where(base.output[pick].T > 0, np.where(held, 1.0, 1.0 - phi), 0.0),
        gamma=np.ascontiguousarray(base.gamma[pick].T),
        theta=base.elasticities.theta[sectors][:, None],
        pinned=held.astype(np.float64),
        spare=np.log1p(spare),
        floor=floor,
        idle=bool((spare > 0).any()),
        floored=bool(np.isfinite(floor).any()),
        eta=base.elasticities.eta,
        **_imposed(base, sectors, given),
    )


def _imposed(base: Calibration, sectors: Positions, given: Given | None) -> dict[str, Any]:
    """The sector whose prices are given, and these; 0 where nothing is made."""
    if given is None:
        return {"imposed": np.zeros((len(sectors), 1), dtype=bool)}
    here = (sectors == given.sector)[:, None]
    made = base.output[:, given.sector] > 0
    return {"imposed": here, "price": here * np.where(made, np.log(given.price), 0.0)}


def _value_at(gamma: Array, cost: Array, bundle: Array, eta: float, xp: Any) -> Array:
    """Log v at which the unit cost is c: the inverse of `equations.unit_cost`, [k, n].

    Where inputs alone cost more than c, value added is worth next to nothing (`NOTHING`).
    """
    share = xp.where(gamma > 0, gamma, xp.ones_like(gamma))
    if equations.is_one(eta):
        return (cost - (1.0 - gamma) * bundle) / share
    s = 1.0 - eta
    part = (xp.exp(s * cost) - (1.0 - gamma) * xp.exp(s * bundle)) / share
    return xp.log(xp.where(part > NOTHING, part, NOTHING * xp.ones_like(part))) / s


def clear(
    curves: Curves, log_wage: Array, bundle: Array, sales: Array, xp: Any
) -> tuple[Array, Array]:
    """(log c, log v) at which supply meets sales, [k, n].

    sales: log of what buyers would pay at c = 1, over baseline output; demand is sales - theta
    log c. With `spare` the curve is flat at the baseline price of value added from today's
    capacity to all of it: max(min(today's, flat), full). A floor is one more maximum. Where prices
    are given, any sales meet supply.
    """
    cost, value = _meet(curves, log_wage, bundle, sales, 0.0, xp)
    if curves.idle:
        full = _meet(curves, log_wage, bundle, sales, curves.spare, xp)
        cost, value = _with_spare(curves, bundle, (cost, value), full, xp)
    if curves.floored:
        shut = cost < curves.floor
        cost = xp.where(shut, curves.floor, cost)
        value = xp.where(shut, _value_at(curves.gamma, cost, bundle, curves.eta, xp), value)
    if curves.price is not None:
        left = _value_at(curves.gamma, curves.price, bundle, curves.eta, xp)
        cost = xp.where(curves.imposed, curves.price, cost)
        value = xp.where(curves.imposed, left, value)
    return cost, value


def _with_spare(
    curves: Curves, bundle: Array, today: tuple[Array, Array], full: tuple[Array, Array], xp: Any
) -> tuple[Array, Array]:
    """The curve of today's capacity, bent flat where idle capacity comes in."""
    (cost, value), (full_cost, full_value) = today, full
    flat = xp.zeros_like(cost)
    flat_cost = equations.unit_cost(curves.gamma, flat, bundle, curves.eta, xp)
    at_flat = (curves.spare > 0) & (cost > flat_cost)
    cost, value = xp.where(at_flat, flat_cost, cost), xp.where(at_flat, flat, value)
    beyond = at_flat & (full_cost > flat_cost)
    return xp.where(beyond, full_cost, cost), xp.where(beyond, full_value, value)


def _meet(
    curves: Curves, log_wage: Array, bundle: Array, sales: Array, shift: Any, xp: Any
) -> tuple[Array, Array]:
    """(log c, log v) where one supply curve meets demand; `shift` is log Khat.

    From log v = phi log w + (1-phi)(log VAhat - shift), log VAhat = log Yhat + (1-eta)(log v -
    log c) and log Yhat = sales - theta log c follows log v = a - b log c with b > -1; then c is the
    root of log c = equations.unit_cost(a - b log c, q): increasing on the left, so there is one.
    """
    level, supplied, b = slopes(curves, xp)
    a = level * log_wage[..., None, :] + supplied * (sales - shift)
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
    """Log v = level log w + supply log sales - bend log c along each curve, [k, n] each.

    Where idle capacity holds the price, or a floor does, that of the curve beside it.
    """
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


def off_curve(curves: Curves, log_wage: Array, cost: Array, value: Array, earned: Array) -> Array:
    """What is left of each supply curve at a point, [k, n]: log v less the curve's.

    earned: log of value added over its baseline, -inf where nothing is sold. At a floor of the
    price v may lie above its curve, elsewhere not. 0 where there is no specific factor.
    """
    today = (1.0 - curves.specific) * log_wage + curves.specific * earned
    full = today - curves.specific * curves.spare
    curve = np.where(curves.spare > 0, np.maximum(np.minimum(today, 0.0), full), today)
    plain, above = value - curve, cost - curves.floor
    floored = np.maximum(np.maximum(-above, -plain), np.minimum(above, plain))
    gap = np.where(np.isfinite(curves.floor), floored, plain)
    return np.where((curves.specific > 0) & np.isfinite(earned) & ~curves.imposed, gap, 0.0)
