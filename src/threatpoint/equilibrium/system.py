"""The fused fixed point on (log w, log P, log X): all equations in one pass.

`System` holds the constants of one counterfactual; `evaluate` is the map. No power over N x N x S
stands in the map: the trade weights `A` and `B = A / (1 + tau')` are formed once. Their diagonals
are stored apart, because exports and imports near autarky would otherwise cancel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium import equations as eq

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.feasibility import Structure

    Array = NDArray[np.float64]

WAGE_STEP = 0.15
"""Wage response to a trade imbalance in the map; Anderson acceleration does the rest."""

CARRY = 0.8
"""How far prices and spending follow a country's wage step at once, times the home share squared.

Measured on the shipped table: 29 evaluations instead of 42 without it, at no cost per evaluation.
At a fixed point the wage step is 0, so the value does not touch the answer.
"""


WALRAS = 100.0
"""Tolerances allowed in the redundant labour markets."""


@dataclass(frozen=True, eq=False)
class System:
    """Constants of one counterfactual, sector-first: [j, n] and [j, n, i].

    Attributes:
        A_off, A_own: trade weights between countries, and at home [j, n].
        B_off, B_own: the same over (1 + tau').
        follow: [j, n] home part of the trade weights, squared.
        gamma, alpha, theta: [j, n], [j, n], [j, 1].
        gamma_in: [n, k, j].
        phi: [j, n].
        place: [j, k] one-hot, the K sectors that have a specific factor somewhere.
        B_place: [k, n, i] rows of B_off for these sectors.
        output: baseline Y [j, n].
        expenditure: baseline X [j, n], 0 where no market is left; per_expenditure: 1 / X, or 0.
        mobile: [n] baseline income of the mobile factor.
        deficit, deficit_share: D and D / F [n].
        closure: name of the deficit closure.
        blocs: [b, n] membership of countries that can still trade; each has its own numeraire.
        factor_income: [n] baseline F.
    """

    A_off: Array
    A_own: Array
    B_off: Array
    B_own: Array
    follow: Array
    gamma: Array
    gamma_in: Array
    alpha: Array
    theta: Array
    phi: Array
    place: Array
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

    @property
    def shape(self) -> tuple[int, int]:
        """(S, N)."""
        return self.alpha.shape[0], self.alpha.shape[1]


@dataclass(frozen=True, eq=False)
class State:
    """Everything one pass of the map computes, sector-first.

    The gaps are the residuals: log P' - log P and log X' - log X [j, n], and the log ratio of a
    country's foreign receipts to its payments [n]; drift is the log of each bloc's factor income
    over its numeraire [b]. The labour gaps (demand over supply of the mobile factor, minus 1, [n])
    belong to the markets the map does not use; they sum up the others' gaps, so `WALRAS` times the
    tolerance is allowed there.
    """

    log_wage: Array
    log_price: Array
    log_spend: Array
    log_cost: Array
    expenditure: Array
    competitiveness: Array
    output: Array
    exports: Array
    imports: Array
    revenue: Array
    factor_income: Array
    deficit: Array
    income: Array
    price_gap: Array
    spend_gap: Array
    imbalance: Array
    drift: Array
    labour: Array

    @property
    def residual(self) -> float:
        """The largest gap of all."""
        gaps = (self.price_gap, self.spend_gap, self.imbalance, self.drift)
        return float(max(np.abs(self.labour).max() / WALRAS, *(np.abs(g).max() for g in gaps)))


def assemble(
    calibration: Calibration, structure: Structure, new_tariff: Array, closure: str
) -> System:
    """Constants of the map from shares, surviving trade weights and the closure."""
    c = calibration
    own = np.arange(len(c.countries))
    A_off = structure.weights.transpose(2, 0, 1).copy()  # a view would zero the caller's diagonal
    B_off = A_off / (1.0 + new_tariff.transpose(2, 0, 1))
    A_own, B_own = A_off[:, own, own], B_off[:, own, own]
    A_off[:, own, own] = 0.0
    B_off[:, own, own] = 0.0
    # A market nobody demands needs a finite price only for the arithmetic; it is never reported.
    A_own[A_own + A_off.sum(axis=2) <= 0] = 1.0
    phi, gamma = c.elasticities.phi.T, c.gamma.T
    specific = np.flatnonzero(((phi < 1) & (c.value_added.T > 0)).any(axis=1))
    factor_income = c.value_added.sum(axis=1)
    expenditure = np.where(structure.demanded, c.expenditure, 0.0).T.copy()
    return System(
        A_off=A_off,
        A_own=A_own,
        B_off=B_off,
        B_own=B_own,
        follow=(A_own / (A_own + A_off.sum(axis=2))) ** 2,
        gamma=np.ascontiguousarray(gamma),
        gamma_in=np.ascontiguousarray(c.gamma_in),
        alpha=np.ascontiguousarray(c.alpha.T),
        theta=c.elasticities.theta[:, None],
        phi=np.ascontiguousarray(phi),
        place=np.eye(len(c.sectors))[:, specific],
        B_place=B_off[specific],
        output=np.ascontiguousarray(c.output.T),
        expenditure=expenditure,
        per_expenditure=np.divide(1.0, expenditure, out=expenditure.copy(), where=expenditure > 0),
        mobile=(c.elasticities.phi * c.value_added).sum(axis=1),
        deficit=_settled(c.deficit, factor_income, structure.blocs),
        deficit_share=c.deficit / factor_income,
        closure=closure,
        blocs=structure.blocs.astype(np.float64),
        factor_income=factor_income,
    )


def _settled(deficit: Array, factor_income: Array, blocs: NDArray[np.bool_]) -> Array:
    """Deficits less each bloc's rounding error, which feasibility has bounded, by income.

    A country alone in its bloc gets exactly 0: with no trade left, any rest would be infinite in
    logarithms.
    """
    members = blocs.astype(np.float64)
    excess = (members @ deficit) / (members @ factor_income)
    alone = (members.sum(axis=1) @ members) == 1.0
    return np.where(alone, 0.0, deficit - factor_income * (excess @ members))


def split(system: System, z: Array, xp: Any = np) -> tuple[Array, Array, Array]:
    """(log w [n], log P [j, n], log Xhat [j, n]) from the stacked state."""
    s, n = system.shape
    log_price = xp.reshape(z[n : n + s * n], (s, n))
    return z[:n], log_price, xp.reshape(z[n + s * n :], (s, n))


def log_costs(system: System, log_wage: Array, log_price: Array, demand: Array, xp: Any) -> Array:
    """Log c [j, n]; sectors with a specific factor are cleared against `demand` = X P^theta."""
    s = system
    if s.place.shape[1] == 0:
        wages = xp.broadcast_to(log_wage, s.shape)
        return eq.unit_cost(s.gamma, s.gamma_in, wages, log_price, xp)
    cost = eq.unit_cost(s.gamma, s.gamma_in, s.phi * log_wage, log_price, xp)
    pick = s.place.T
    wanted, before = xp.matmul(pick, demand), xp.matmul(pick, s.output)
    abroad = xp.matmul(wanted[:, None, :], s.B_place)[:, 0, :]
    sales = abroad + xp.matmul(pick, s.B_own) * wanted
    alive = (sales > 0) & (before > 0)
    log_sales = xp.log(xp.where(alive, sales, 1.0) / xp.where(alive, before, 1.0))
    slope = xp.where(alive, xp.matmul(pick, s.gamma * (1.0 - s.phi)), 0.0)
    mobile = xp.matmul(pick, cost)
    cleared = eq.specific_factor(mobile, slope, log_sales, xp.matmul(pick, s.theta))
    return cost + xp.matmul(s.place, cleared - mobile)


def evaluate(system: System, z: Array, xp: Any = np) -> State:
    """One pass through the equations at the stacked state z."""
    s = system
    log_wage, log_price, log_spend = split(s, z, xp)
    X = s.expenditure * xp.exp(log_spend)
    demand = X * xp.exp(s.theta * log_price) if s.place.shape[1] else X
    log_cost = log_costs(s, log_wage, log_price, demand, xp)
    strength = xp.exp(-s.theta * log_cost)
    competitiveness = xp.matmul(s.A_off, strength[:, :, None])[:, :, 0] + s.A_own * strength
    per_unit = X / competitiveness
    imports = per_unit * xp.matmul(s.B_off, strength[:, :, None])[:, :, 0]
    exports = strength * xp.matmul(per_unit[:, None, :], s.B_off)[:, 0, :]
    own = strength * s.B_own * per_unit
    output = exports + own
    revenue = xp.sum(X - imports - own, axis=0)
    factor_income = xp.exp(log_wage) * s.mobile
    if s.place.shape[1]:
        factor_income = factor_income + xp.sum((1.0 - s.phi) * s.gamma * output, axis=0)
    deficit = eq.DEFICITS[s.closure](s.deficit, s.deficit_share, factor_income, s.blocs, xp)
    income = factor_income + revenue + deficit
    spend = eq.spending(s.gamma_in, s.alpha, output, income, xp)
    ratio = spend * s.per_expenditure
    next_spend = xp.log(xp.where(ratio > 0, ratio, 1.0))
    return State(
        log_wage=log_wage,
        log_price=log_price,
        log_spend=log_spend,
        log_cost=log_cost,
        expenditure=X,
        competitiveness=competitiveness,
        output=output,
        exports=exports,
        imports=imports,
        revenue=revenue,
        factor_income=factor_income,
        deficit=deficit,
        income=income,
        price_gap=eq.price(competitiveness, s.theta, xp) - log_price,
        spend_gap=next_spend - log_spend,
        imbalance=eq.trade_imbalance(xp.sum(exports, axis=0), xp.sum(imports, axis=0), deficit, xp),
        labour=xp.sum(s.phi * s.gamma * output, axis=0) / (xp.exp(log_wage) * s.mobile) - 1.0,
        drift=xp.log(xp.matmul(s.blocs, factor_income) / xp.matmul(s.blocs, s.factor_income)),
    )


def advance(
    system: System, state: State, step: float = WAGE_STEP, carry: float = CARRY, xp: Any = np
) -> Array:
    """The next stacked state: wages follow trade, prices costs, spending income.

    Each bloc's factor income is brought back to its baseline: its numeraire.
    """
    s = system
    scale = xp.matmul(state.drift, s.blocs)
    raise_ = step * state.imbalance
    follow = carry * s.follow * raise_ - scale
    log_price = state.log_price + state.price_gap + follow
    log_spend = state.log_spend + state.spend_gap + follow
    return xp.concat(
        [
            state.log_wage + raise_ - scale,
            xp.reshape(log_price, (-1,)),
            xp.reshape(log_spend, (-1,)),
        ]
    )
