"""The constants of one counterfactual, its unknowns, and its weights where bounds bind.

No power over N x N x S stands in the map: the trade weights `A`, and what of them reaches the
producer, `B`, are formed once. Their diagonals are stored apart, because exports and imports near
autarky would otherwise cancel. Bounds (quotas) add one unknown for each bound flow, and the weights
of these flows, which move, are stored apart too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from threatpoint.equilibrium.state import Unknowns
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.apart import Apart
    from threatpoint.equilibrium.cells import Cells
    from threatpoint.equilibrium.supply import Curves

WAGE_STEP = 0.7
"""Wage response to a trade imbalance in the map, over the mean trade elasticity, at most `LARGEST`;
Anderson acceleration does the rest. Measured on the shipped table: 0.15 is best at a mean of 4.6
(long), 0.5 at 1.5 (short)."""

LARGEST = 0.5

CARRY = (0.6, 0.2)
"""How far prices and spending follow a country's wage step at once, times the home share squared:
first number plus the second times the mean mobile share of value added.

Measured on the shipped table: 29 evaluations instead of 42 without it, at no cost per evaluation.
At a fixed point the wage step is 0, so neither touches the answer.
"""


@dataclass(frozen=True, eq=False)
class System(Shown):
    """Constants of one counterfactual, sector-first: [j, n] and [j, n, i].

    Attributes:
        A_off, A_own: trade weights between countries, and at home [j, n].
        B_off, B_own: the part of them that reaches the producer.
        C_off, W_off: [q, n, i] what the exporter's side takes before the producer, and the part of
            it that is used up as real costs, for the Q sectors `charged` of [j, q] one-hot.
        follow: [j, n] how far prices and spending follow the wage step, see `CARRY`.
        gamma, alpha, theta: [j, n], [j, n], [j, 1].
        shares: [n, k, j] input shares s = gamma_in / (1 - gamma); where epsilon differs by user,
            [n, b k, j], a block for each of its values.
        eta, epsilon, rho: substitution elasticities; the first two numbers, or [j, 1] by user.
        within: epsilon of each row of the shares, a number or [b k, 1].
        phi: [j, n].
        place: [j, k] one-hot, the K sectors with a specific factor somewhere, or with prices given.
        curves: supply of these sectors; None if there are none.
        B_place: [k, n, i] rows of B_off for these sectors.
        output: baseline Y [j, n].
        expenditure: baseline X [j, n], 0 where no market is left; per_expenditure: 1 / X, or 0.
        mobile: [n] baseline income of the mobile factor.
        deficit, deficit_share: D and D / F [n].
        closure: name of the deficit closure.
        blocs: [b, n] membership of countries that can still trade; each has its own numeraire.
        factor_income: [n] baseline F.
        step: wage response of the map, see `WAGE_STEP`.
        cells: bounds on flows; None if there are none.
        apart: the bound flows' weights, which are then 0 in the others; None if there are none.
        xp: the array library that holds all of them.
    """

    xp: ClassVar[Any] = np
    A_off: Array
    A_own: Array
    B_off: Array
    B_own: Array
    C_off: Array
    W_off: Array
    charged: Array
    follow: Array
    gamma: Array
    shares: Array
    alpha: Array
    theta: Array
    eta: float | Array
    epsilon: float | Array
    within: float | Array
    rho: float
    phi: Array
    place: Array
    curves: Curves | None
    B_place: Array
    output: Array
    expenditure: Array
    per_expenditure: Array
    mobile: Array
    deficit: Array
    deficit_share: Array
    closure: str
    blocs: Array
    factor_income: Array
    step: float
    cells: Cells | None = None
    apart: Apart | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """(S, N)."""
        return self.alpha.shape[-2], self.alpha.shape[-1]

    @property
    def size(self) -> int:
        """Length of the stacked state."""
        s, n = self.shape
        bounds = 0 if self.cells is None else len(self.cells)
        return n + 2 * s * n + bounds


def split(system: System, z: Array) -> Unknowns:
    """The unknowns in the stacked state, or in several: leading axes are kept."""
    s, n = system.shape
    shape = (*z.shape[:-1], s, n)
    price, spend = (system.xp.reshape(z[..., i : i + s * n], shape) for i in (n, n + s * n))
    return Unknowns(z[..., :n], price, spend, z[..., n + 2 * s * n :])


def opened(system: System, bound: Array) -> System:
    """The system with its bound flows among the others, their weights at these unknowns."""
    if system.apart is None:
        return system
    here, at = system.apart.at(bound), system.apart.flow
    charge = (system.charged.argmax(axis=1)[at[0]], *at[1:])
    full = {"A_off": (at, here.weight), "B_off": (at, here.received)}
    full |= {"C_off": (charge, here.charged), "W_off": (charge, here.wasted)}
    return replace(
        system, apart=None, **{name: _with(system, name, *new) for name, new in full.items()}
    )


def _with(system: System, name: str, at: tuple[Any, ...], values: Array) -> Array:
    """A copy of some weights with those of some flows in it."""
    copy = getattr(system, name).copy()
    copy[at] = values
    return copy
