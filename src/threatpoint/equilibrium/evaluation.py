"""The fused fixed point on (log w, log P, log X): all equations in one pass.

`evaluate` is the map at a stacked state, `advance` the next one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium import equations
from threatpoint.equilibrium.cells import gaps
from threatpoint.equilibrium.state import State
from threatpoint.equilibrium.supply import clear
from threatpoint.equilibrium.system import opened, split

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.system import System, Unknowns


def _over_sellers(weights: Array, values: Array, xp: Any) -> Array:
    """Sum over sellers i of weights [j, n, i] times values [j, i]: [j, n]."""
    return xp.matmul(weights, values[:, :, None])[:, :, 0]


def _over_buyers(values: Array, weights: Array, xp: Any) -> Array:
    """Sum over buyers n of values [j, n] times weights [j, n, i]: [j, i]."""
    return xp.matmul(values[:, None, :], weights)[:, 0, :]


def costs(system: System, at: Unknowns, bundle: Array, spending: Array) -> tuple[Array, Array]:
    """Log c and log v, [j, n]; specific sectors are cleared against demand, X P^theta [j, n]."""
    xp, pick = system.xp, system.place.T
    wages = xp.broadcast_to(at.log_wage, system.shape)
    cost = equations.unit_cost(system.gamma, wages, bundle, system.eta, xp)
    if system.curves is None:
        return cost, wages
    wanted = xp.matmul(pick, spending * xp.exp(system.theta * at.log_price))
    before = xp.matmul(pick, system.output)
    home = xp.matmul(pick, system.B_own) * wanted
    sales = _over_buyers(wanted, system.B_place, xp) + home
    alive = (sales != 0) & (before > 0)
    log_sales = xp.log(xp.where(alive, sales, 1.0) / xp.where(alive, before, 1.0))
    cleared = clear(system.curves, at.log_wage, xp.matmul(pick, bundle), log_sales, xp)
    specific_cost, value = (xp.matmul(system.place, level) for level in cleared)
    rest = 1.0 - xp.sum(system.place, axis=1)[:, None]
    return rest * cost + specific_cost, rest * wages + value


def _factors(
    system: System, log_wage: Array, log_value: Array, value_added: Array
) -> tuple[Array, Array]:
    """(F', demand over supply of the mobile factor minus 1), [n].

    The mobile factor earns phi VA' in each sector. Where output is held, the sector keeps its
    baseline amount of the factor at the going wage. The rest of value added is rent.
    """
    xp, paid = system.xp, system.phi * value_added
    income = supplied = xp.exp(log_wage) * system.mobile
    if system.curves is not None:
        held = xp.matmul(system.place, system.curves.pinned)
        paid = paid * xp.exp(held * (log_wage - log_value))
        income = supplied + xp.sum(value_added - paid, axis=0)
    return income, xp.sum(paid, axis=0) / supplied - 1.0


def _next_spending(
    system: System, at: Unknowns, log_cost: Array, bundle: Array, sold: Array, income: Array
) -> tuple[Array, Array]:
    """(log Xhat that costs, output `sold` and income imply [j, n], log final price index [n])."""
    xp, prices, nests = system.xp, at.log_price, (system.eta, system.epsilon)
    index = equations.price_index(system.alpha, prices, system.rho, xp)
    spend = equations.final_spending(system.alpha, prices, index, income, system.rho, xp)
    scales = equations.input_scales(system.gamma, prices, bundle, log_cost, sold, *nests, xp)
    spend = spend + equations.input_spending(system.shares, *scales, xp)
    ratio = spend * system.per_expenditure
    return xp.log(xp.where(ratio <= 0, 1.0, ratio)), index  # what is no number stays none


def _priced(
    system: System, at: Unknowns, spending: Array, bundle: Array
) -> tuple[System, Array, Array]:
    """The system with its bound flows opened, log c and log v [j, n]."""
    free = opened(system, at.bound)
    log_cost, log_value = costs(free, at, bundle, spending)
    capped = system.cells is not None and system.cells.under is not None
    return opened(system, at.bound, log_cost) if capped else free, log_cost, log_value


def evaluate(system: System, z: Array) -> State:
    """One pass through the equations at the stacked state z."""
    at, xp = split(system, z), system.xp
    X = system.expenditure * xp.exp(at.log_spend)
    bundle = equations.input_bundle(system.shares, at.log_price, system.epsilon, xp)
    system, log_cost, log_value = _priced(system, at, X, bundle)
    strength = xp.exp(-system.theta * log_cost)
    competitiveness = _over_sellers(system.A_off, strength, xp) + system.A_own * strength
    per_unit = X / competitiveness
    imports = per_unit * _over_sellers(system.B_off, strength, xp)
    exports = strength * _over_buyers(per_unit, system.B_off, xp)
    own = strength * system.B_own * per_unit
    output = exports + own
    charged, charges, waste = _charges(system, per_unit, strength)
    revenue = xp.sum(X - imports - own, axis=0) - charged
    value_added = output * equations.value_added_share(
        system.gamma, log_value, log_cost, system.eta
    )
    factor_income, labour = _factors(system, at.log_wage, log_value, value_added)
    deficit = equations.new_deficit(
        system.closure, system.deficit, system.deficit_share, factor_income, system.blocs, xp
    )
    income = factor_income + revenue + charges + deficit
    next_spend, index = _next_spending(system, at, log_cost, bundle, output, income)
    earned, owed = xp.sum(exports, axis=0) + charges, xp.sum(imports, axis=0) + charged
    return State(
        log_wage=at.log_wage,
        log_price=at.log_price,
        log_spend=at.log_spend,
        bound=at.bound,
        log_cost=log_cost,
        log_value=log_value,
        expenditure=X,
        competitiveness=competitiveness,
        bundle=bundle,
        value_added=value_added,
        output=output,
        revenue=revenue,
        charges=charges,
        waste=waste,
        deficit=deficit,
        income=income,
        index=index,
        price_gap=equations.price(competitiveness, system.theta, xp) - at.log_price,
        spend_gap=next_spend - at.log_spend,
        imbalance=equations.trade_imbalance(earned, owed, deficit, xp),
        bound_gap=_bound_gaps(system, at.bound, log_cost, per_unit, competitiveness),
        drift=xp.log(
            xp.matmul(system.blocs, factor_income) / xp.matmul(system.blocs, system.factor_income)
        ),
        labour=labour,
    )


def _charges(system: System, per_unit: Array, strength: Array) -> tuple[Array, Array, Array]:
    """(by importer, by exporter, of that used up), [n]: export taxes and real costs of trading."""
    xp = system.xp
    if system.charged.shape[1] == 0:
        none = xp.zeros_like(system.deficit)
        return none, none, none
    bought, sold = xp.matmul(system.charged.T, per_unit), xp.matmul(system.charged.T, strength)
    by_importer = xp.sum(bought * _over_sellers(system.C_off, sold, xp), axis=0)
    by_exporter = xp.sum(sold * _over_buyers(bought, system.C_off, xp), axis=0)
    used = xp.sum(sold * _over_buyers(bought, system.W_off, xp), axis=0)
    return by_importer, by_exporter, used


def _bound_gaps(
    system: System, bound: Array, log_cost: Array, per_unit: Array, competitiveness: Array
) -> Array:
    cells = system.cells
    if cells is None:
        return bound
    j, n, i = at = tuple(x[cells.head] for x in (cells.sector, cells.importer, cells.exporter))
    strength = np.exp(-cells.theta[cells.head] * log_cost[j, i])
    share = system.A_off[at] * strength / competitiveness[j, n]
    received = system.B_off[at] * strength * per_unit[j, n]
    return gaps(cells, bound, log_cost, share, received)


def advance(system: System, state: State, step: float | None = None) -> Array:
    """The next stacked state: wages follow trade, prices costs, spending income, bounds their gap.

    Each bloc's factor income is brought back to its baseline: its numeraire.
    """
    xp = system.xp
    scale = xp.matmul(state.drift, system.blocs)
    change = (system.step if step is None else step) * state.imbalance
    follow = system.follow * change - scale
    log_price = state.log_price + state.price_gap + follow
    log_spend = state.log_spend + state.spend_gap + follow
    parts = [
        state.log_wage + change - scale,
        xp.reshape(log_price, (-1,)),
        xp.reshape(log_spend, (-1,)),
    ]
    if system.cells is not None:
        parts.append(system.cells.advance(state.bound, state.bound_gap))
    return xp.concat(parts)
