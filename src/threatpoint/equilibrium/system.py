"""The fused fixed point on (log w, log P, log X): all equations in one pass.

`System` holds the constants of one counterfactual; `evaluate` is the map. No power over N x N x S
stands in the map: the trade weights `A`, and what of them reaches the producer, `B`, are formed
once. Their diagonals are stored apart, because exports and imports near autarky would otherwise
cancel. Bounds (quotas, price caps) add one unknown for each bound flow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium import cells as bc
from threatpoint.equilibrium import equations as eq
from threatpoint.equilibrium import supply as sp

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

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


WALRAS = 30.0
"""Tolerances allowed in the redundant labour markets."""

DEEPEST = 300.0
"""A level below exp(-300) or above exp(300) times its baseline is no economy but a corner."""


@dataclass(frozen=True, eq=False)
class System:
    """Constants of one counterfactual, sector-first: [j, n] and [j, n, i].

    Attributes:
        A_off, A_own: trade weights between countries, and at home [j, n].
        B_off, B_own: the part of them that reaches the producer.
        C_off, W_off: [q, n, i] what the exporter's side takes before the producer, and the part of
            it that is used up as real costs, for the Q sectors `charged` of [j, q] one-hot.
        follow: [j, n] home part of the trade weights, squared.
        gamma, alpha, theta: [j, n], [j, n], [j, 1].
        shares: [n, k, j] input shares s = gamma_in / (1 - gamma).
        eta, epsilon, rho: substitution elasticities.
        phi: [j, n].
        place: [j, k] one-hot, the K sectors that have a specific factor somewhere.
        curves: supply of these sectors; None if there are none.
        B_place: [k, n, i] rows of B_off for these sectors.
        output: baseline Y [j, n].
        expenditure: baseline X [j, n], 0 where no market is left; per_expenditure: 1 / X, or 0.
        mobile: [n] baseline income of the mobile factor.
        deficit, deficit_share: D and D / F [n].
        closure: name of the deficit closure.
        blocs: [b, n] membership of countries that can still trade; each has its own numeraire.
        factor_income: [n] baseline F.
        step, carry: wage response of the map, see `WAGE_STEP` and `CARRY`.
        cells: bound flows; None if there are none.
    """

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
    eta: float
    epsilon: float
    rho: float
    phi: Array
    place: Array
    curves: sp.Curves | None
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
    carry: float
    cells: bc.Cells | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """(S, N)."""
        return self.alpha.shape[0], self.alpha.shape[1]

    @property
    def size(self) -> int:
        """Length of the stacked state."""
        s, n = self.shape
        bounds = 0 if self.cells is None else len(self.cells)
        return n + 2 * s * n + bounds


@dataclass(frozen=True, eq=False)
class State:
    """Everything one pass of the map computes, sector-first.

    The gaps are the residuals: log P' - log P and log X' - log X [j, n], the log ratio of a
    country's foreign receipts to its payments [n], and the bounds' [K]; drift is the log of each
    bloc's factor income over its numeraire [b]. The labour gaps (demand over supply of the mobile
    factor, minus 1, [n]) belong to the markets the map does not use; they sum up the others' gaps,
    so `WALRAS` times the tolerance is allowed there.
    """

    log_wage: Array
    log_price: Array
    log_spend: Array
    log_cost: Array
    log_value: Array
    bound: Array
    expenditure: Array
    competitiveness: Array
    bundle: Array
    value_added: Array
    output: Array
    exports: Array
    imports: Array
    revenue: Array
    charges: Array
    waste: Array
    factor_income: Array
    deficit: Array
    income: Array
    index: Array
    price_gap: Array
    spend_gap: Array
    imbalance: Array
    bound_gap: Array
    drift: Array
    labour: Array

    @property
    def residual(self) -> float:
        """The largest gap of all markets, the redundant ones included; a gap that is none: inf."""
        gaps = (
            self.price_gap,
            self.spend_gap,
            self.imbalance,
            self.bound_gap,
            self.drift,
            self.labour / WALRAS,
        )
        largest = np.max([np.abs(gap).max(initial=0.0) for gap in gaps])
        return np.inf if np.isnan(largest) else float(largest)

    @property
    def spent(self) -> Array:
        """(N,) income net of what real costs of trading use up."""
        return self.income - self.waste

    @property
    def sound(self) -> bool:
        """Whether it can be an economy: each level a number above 0, each country's income too."""
        logs = (self.log_wage, self.log_price, self.log_spend, self.log_cost, self.log_value)
        within = all(bool((np.abs(level) < DEEPEST).all()) for level in logs)
        return within and bool((self.spent > 0).all())


@dataclass(frozen=True, eq=False)
class Unknowns:
    """The stacked state taken apart: log w [n], log P and log Xhat [j, n], bounds u [K]."""

    log_wage: Array
    log_price: Array
    log_spend: Array
    bound: Array


def split(system: System, z: Array, xp: Any = np) -> Unknowns:
    """The unknowns in the stacked state."""
    s, n = system.shape
    price, spend = (xp.reshape(z[i : i + s * n], (s, n)) for i in (n, n + s * n))
    return Unknowns(z[:n], price, spend, z[n + 2 * s * n :])


def costs(s: System, at: Unknowns, bundle: Array, demand: Array, xp: Any) -> tuple[Array, Array]:
    """Log c and log v, [j, n]; specific sectors are cleared against `demand` = X P^theta [j, n]."""
    wages = xp.broadcast_to(at.log_wage, s.shape)
    cost = eq.unit_cost(s.gamma, wages, bundle, s.eta, xp)
    if s.curves is None:
        return cost, wages
    pick = s.place.T
    wanted, before = xp.matmul(pick, demand), xp.matmul(pick, s.output)
    sales = xp.matmul(wanted[:, None, :], s.B_place)[:, 0, :] + xp.matmul(pick, s.B_own) * wanted
    alive = (sales != 0) & (before > 0)
    log_sales = xp.log(xp.where(alive, sales, 1.0) / xp.where(alive, before, 1.0))
    cleared, value = sp.clear(s.curves, at.log_wage, xp.matmul(pick, bundle), log_sales, xp)
    rest = 1.0 - xp.sum(s.place, axis=1)[:, None]
    return rest * cost + xp.matmul(s.place, cleared), rest * wages + xp.matmul(s.place, value)


def factor_payments(
    s: System, log_wage: Array, log_value: Array, value_added: Array, xp: Any
) -> Array:
    """What the mobile factor earns in each sector, [j, n]: phi VA'.

    Where output is held, the sector keeps its baseline amount of the factor at the going wage, and
    the rest is rent.
    """
    paid = s.phi * value_added
    if s.curves is None:
        return paid
    sectors = xp.matmul(s.place, s.curves.pinned)
    return paid * xp.exp(sectors * (log_wage - log_value))


def opened(s: System, bound: Array, log_cost: Array | None = None) -> System:
    """The system with the bound flows' weights at their unknowns.

    log_cost: [j, n] of the sellers; who is paid along a flow under a cap needs it, weights do not.
    """
    k = s.cells
    if k is None:
        return s
    o = bc.open_cells(k, bound)
    cost = np.zeros(s.shape) if log_cost is None else log_cost
    on_border, on_price, wasted = bc.exporters(k, o, cost)
    A, B, C, W = s.A_off.copy(), s.B_off.copy(), s.C_off.copy(), s.W_off.copy()
    row = s.charged.argmax(axis=1)
    for at in k.layers:  # a flow under two bounds has one rent on top of the other
        flow = (k.sector[at], k.importer[at], k.exporter[at])
        charge = (row[k.sector[at]], k.importer[at], k.exporter[at])
        under, border = B[flow] * o.bound[at], (B[flow] + C[charge]) * o.bound[at]
        A[flow] *= o.bought[at]
        B[flow] *= o.received[at]
        paid = border * on_border[at] + under * (on_price[at] + wasted[at])
        C[charge] = C[charge] * o.received[at] + paid
        W[charge] = W[charge] * o.received[at] + under * wasted[at]
    B_place = B[s.place.argmax(axis=0)] if s.place.shape[1] else s.B_place
    return replace(s, A_off=A, B_off=B, C_off=C, W_off=W, B_place=B_place)


def _next_spending(
    s: System, at: Unknowns, log_cost: Array, bundle: Array, sold: Array, income: Array, xp: Any
) -> tuple[Array, Array]:
    """(log Xhat that costs, output `sold` and income imply [j, n], log final price index [n])."""
    index = eq.price_index(s.alpha, at.log_price, s.rho, xp)
    spend = eq.final_spending(s.alpha, at.log_price, index, income, s.rho, xp)
    spend = spend + eq.input_spending(
        s.shares, s.gamma, at.log_price, bundle, log_cost, sold, s.eta, s.epsilon, xp
    )
    ratio = spend * s.per_expenditure
    return xp.log(xp.where(ratio <= 0, 1.0, ratio)), index  # what is no number stays none


def _factor_income(s: System, log_wage: Array, value_added: Array, paid: Array, xp: Any) -> Array:
    """F' = w x mobile factor + what is left of value added for the specific ones, [n]."""
    mobile = xp.exp(log_wage) * s.mobile
    return mobile if s.curves is None else mobile + xp.sum(value_added - paid, axis=0)


def _priced(
    system: System, at: Unknowns, X: Array, bundle: Array, xp: Any
) -> tuple[System, Array, Array]:
    """The system with its bound flows opened, log c and log v [j, n]."""
    demand = X * xp.exp(system.theta * at.log_price) if system.curves is not None else X
    s = opened(system, at.bound)
    log_cost, log_value = costs(s, at, bundle, demand, xp)
    if system.cells is not None and system.cells.under is not None:
        s = opened(system, at.bound, log_cost)
    return s, log_cost, log_value


def evaluate(system: System, z: Array, xp: Any = np) -> State:
    """One pass through the equations at the stacked state z."""
    at = split(system, z, xp)
    X = system.expenditure * xp.exp(at.log_spend)
    bundle = eq.input_bundle(system.shares, at.log_price, system.epsilon, xp)
    s, log_cost, log_value = _priced(system, at, X, bundle, xp)
    strength = xp.exp(-s.theta * log_cost)
    competitiveness = xp.matmul(s.A_off, strength[:, :, None])[:, :, 0] + s.A_own * strength
    per_unit = X / competitiveness
    imports = per_unit * xp.matmul(s.B_off, strength[:, :, None])[:, :, 0]
    exports = strength * xp.matmul(per_unit[:, None, :], s.B_off)[:, 0, :]
    own = strength * s.B_own * per_unit
    output = exports + own
    charged, charges, waste = _charges(s, per_unit, strength, xp)
    revenue = xp.sum(X - imports - own, axis=0) - charged
    value_added = eq.value_added_share(s.gamma, log_value, log_cost, s.eta) * output
    paid = factor_payments(s, at.log_wage, log_value, value_added, xp)
    factor_income = _factor_income(s, at.log_wage, value_added, paid, xp)
    deficit = eq.DEFICITS[s.closure](s.deficit, s.deficit_share, factor_income, s.blocs, xp)
    income = factor_income + revenue + charges + deficit
    next_spend, index = _next_spending(s, at, log_cost, bundle, output, income, xp)
    earned, owed = xp.sum(exports, axis=0) + charges, xp.sum(imports, axis=0) + charged
    return State(
        log_wage=at.log_wage,
        log_price=at.log_price,
        log_spend=at.log_spend,
        log_cost=log_cost,
        bound=at.bound,
        expenditure=X,
        competitiveness=competitiveness,
        bundle=bundle,
        value_added=value_added,
        output=output,
        exports=exports,
        imports=imports,
        revenue=revenue,
        charges=charges,
        waste=waste,
        factor_income=factor_income,
        deficit=deficit,
        income=income,
        index=index,
        log_value=log_value,
        price_gap=eq.price(competitiveness, s.theta, xp) - at.log_price,
        spend_gap=next_spend - at.log_spend,
        imbalance=eq.trade_imbalance(earned, owed, deficit, xp),
        bound_gap=_bound_gaps(s, at.bound, log_cost, per_unit, competitiveness),
        labour=xp.sum(paid, axis=0) / (xp.exp(at.log_wage) * s.mobile) - 1.0,
        drift=xp.log(xp.matmul(s.blocs, factor_income) / xp.matmul(s.blocs, s.factor_income)),
    )


def _charges(s: System, per_unit: Array, strength: Array, xp: Any) -> tuple[Array, Array, Array]:
    """(by importer, by exporter, of that used up), [n]: export taxes and real costs of trading."""
    if s.charged.shape[1] == 0:
        none = xp.zeros_like(s.deficit)
        return none, none, none
    bought, sold = xp.matmul(s.charged.T, per_unit), xp.matmul(s.charged.T, strength)
    by_importer = xp.sum(bought * xp.matmul(s.C_off, sold[:, :, None])[:, :, 0], axis=0)
    by_exporter = xp.sum(sold * xp.matmul(bought[:, None, :], s.C_off)[:, 0, :], axis=0)
    used = xp.sum(sold * xp.matmul(bought[:, None, :], s.W_off)[:, 0, :], axis=0)
    return by_importer, by_exporter, used


def _bound_gaps(
    s: System, bound: Array, log_cost: Array, per_unit: Array, competitiveness: Array
) -> Array:
    k = s.cells
    if k is None:
        return bound
    j, n, i = at = (k.sector[k.head], k.importer[k.head], k.exporter[k.head])
    strength = np.exp(-k.theta[k.head] * log_cost[j, i])
    share = s.A_off[at] * strength / competitiveness[j, n]
    received = s.B_off[at] * strength * per_unit[j, n]
    return bc.gaps(k, bound, log_cost, share, received)


def advance(system: System, state: State, step: float | None = None, xp: Any = np) -> Array:
    """The next stacked state: wages follow trade, prices costs, spending income, bounds their gap.

    Each bloc's factor income is brought back to its baseline: its numeraire.
    """
    s = system
    scale = xp.matmul(state.drift, s.blocs)
    raise_ = (s.step if step is None else step) * state.imbalance
    follow = s.carry * s.follow * raise_ - scale
    log_price = state.log_price + state.price_gap + follow
    log_spend = state.log_spend + state.spend_gap + follow
    parts = [
        state.log_wage + raise_ - scale,
        xp.reshape(log_price, (-1,)),
        xp.reshape(log_spend, (-1,)),
    ]
    if s.cells is not None:
        parts.append(s.cells.advance(state.bound, state.bound_gap))
    return xp.concat(parts)
