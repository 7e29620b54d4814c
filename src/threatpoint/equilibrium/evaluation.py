"""The fused fixed point on (log w, log P, log X): all equations in one pass.

`evaluate` is the map at a stacked state, `advance` the next one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from threatpoint.equilibrium import equations
from threatpoint.equilibrium.cells import gaps
from threatpoint.equilibrium.state import State
from threatpoint.equilibrium.supply import clear
from threatpoint.equilibrium.system import split

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Positions
    from threatpoint.equilibrium.apart import Weights
    from threatpoint.equilibrium.state import Unknowns
    from threatpoint.equilibrium.system import System


def _over_sellers(weights: Array, values: Array, xp: Any) -> Array:
    """Sum over sellers i of weights [j, n, i] times values [j, i]: [j, n]."""
    return xp.matmul(weights, values[..., None])[..., 0]


def _over_buyers(values: Array, weights: Array, xp: Any) -> Array:
    """Sum over buyers n of values [j, n] times weights [j, n, i]: [j, i]."""
    return xp.matmul(values[..., None, :], weights)[..., 0, :]


def _to_buyers(
    system: System,
    strength: Array,
    part: Literal["weight", "received"],
    flows: Weights | None,
) -> Array:
    """Sum over foreign sellers of what they sell per unit of spending, [j, n]: all of it, or what
    the producer receives; the bound flows included.
    """
    off = system.A_off if part == "weight" else system.B_off
    found = _over_sellers(off, strength, system.xp)
    if system.apart is None or flows is None:
        return found
    return found + system.apart.over_sellers(getattr(flows, part), strength, system.xp)


def _to_sellers(system: System, per_unit: Array, flows: Weights | None) -> Array:
    """Sum over foreign buyers of what a producer receives per unit of strength, [j, i]."""
    found = _over_buyers(per_unit, system.B_off, system.xp)
    if system.apart is None or flows is None:
        return found
    return found + system.apart.over_buyers(per_unit, flows.received, system.xp)


def costs(
    system: System, at: Unknowns, bundle: Array, spending: Array, flows: Weights | None
) -> tuple[Array, Array]:
    """Log c and log v, [j, n]; specific sectors are cleared against demand, X P^theta [j, n]."""
    xp, pick = system.xp, system.place.T
    wages = xp.broadcast_to(at.log_wage[..., None, :], spending.shape)
    cost = equations.unit_cost(system.gamma, wages, bundle, system.eta, xp)
    if system.curves is None:
        return cost, wages
    wanted = spending * xp.exp(system.theta * at.log_price)
    here, before = xp.matmul(pick, wanted), xp.matmul(pick, system.output)
    sales = _over_buyers(here, system.B_place, xp) + xp.matmul(pick, system.B_own) * here
    if system.apart is not None and flows is not None:
        bound = system.apart.over_buyers(wanted, flows.received, xp)
        sales = sales + xp.matmul(pick, bound)
    alive = (sales != 0) & (before > 0)
    one = xp.ones_like(sales)
    log_sales = xp.log(xp.where(alive, sales, one) / xp.where(alive, before, one))
    cleared = clear(system.curves, at.log_wage, xp.matmul(pick, bundle), log_sales, xp)
    specific_cost, value = (xp.matmul(system.place, level) for level in cleared)
    rest = 1.0 - xp.sum(system.place, axis=1)[:, None]
    return rest * cost + specific_cost, rest * wages + value


def _factors(system: System, log_wage: Array, value_added: Array) -> tuple[Array, Array]:
    """(F', demand over supply of the mobile factor minus 1), [n].

    The mobile factor earns phi VA' in each sector, the rest of value added is rent; all of it where
    prices are given (`assembly`).
    """
    xp, paid = system.xp, system.phi * value_added
    income = supplied = xp.exp(log_wage) * system.mobile
    if system.curves is not None:
        income = supplied + xp.sum(value_added - paid, axis=-2)
    return income, xp.sum(paid, axis=-2) / supplied - 1.0


def _next_spending(
    system: System, at: Unknowns, log_cost: Array, bundle: Array, sold: Array, income: Array
) -> tuple[Array, Array]:
    """(log Xhat that costs, output `sold` and income imply [j, n], log final price index [n])."""
    xp, prices, nests = system.xp, at.log_price, (system.eta, system.epsilon, system.within)
    index = equations.price_index(system.alpha, prices, system.rho, xp)
    spend = equations.final_spending(system.alpha, prices, index, income, system.rho, xp)
    s, made = system.shares, (prices, bundle, log_cost, sold)
    scales = equations.input_scales(system.gamma, *made, *nests, s, xp)
    spend = spend + equations.input_spending(s, *scales, xp)
    ratio = spend * system.per_expenditure
    return xp.log(xp.where(ratio <= 0, 1.0, ratio)), index  # what is no number stays none


def _priced(
    system: System, at: Unknowns, spending: Array, bundle: Array
) -> tuple[Array, Array, Weights | None]:
    """Log c, log v [j, n], and the weights of the bound flows."""
    if system.apart is None:
        return *costs(system, at, bundle, spending, None), None
    flows = system.apart.at(at.bound, system.xp)
    return *costs(system, at, bundle, spending, flows), flows


def evaluate(system: System, z: Array) -> State:
    """One pass through the equations at the stacked state z."""
    at, xp = split(system, z), system.xp
    X = system.expenditure * xp.exp(at.log_spend)
    nest = system.epsilon, system.within
    bundle = equations.input_bundle(system.shares, at.log_price, *nest, xp)
    log_cost, log_value, flows = _priced(system, at, X, bundle)
    strength = xp.exp(-system.theta * log_cost)
    competitiveness = system.A_own * strength + _to_buyers(system, strength, "weight", flows)
    per_unit = X / competitiveness
    imports = per_unit * _to_buyers(system, strength, "received", flows)
    exports = strength * _to_sellers(system, per_unit, flows)
    own = strength * system.B_own * per_unit
    output = exports + own
    charged, charges, waste = _charges(system, per_unit, strength, flows)
    revenue = xp.sum(X - imports - own, axis=-2) - charged
    value_added = output * equations.value_added_share(
        system.gamma, log_value, log_cost, system.eta, xp
    )
    factor_income, labour = _factors(system, at.log_wage, value_added)
    deficit = equations.new_deficit(
        system.closure, system.deficit, system.deficit_share, factor_income, system.blocs, xp
    )
    income = factor_income + revenue + charges + deficit
    next_spend, index = _next_spending(system, at, log_cost, bundle, output, income)
    earned, owed = xp.sum(exports, axis=-2) + charges, xp.sum(imports, axis=-2) + charged
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
        bound_gap=_bound_gaps(system, at.bound, log_cost, per_unit, flows),
        drift=xp.log(
            equations.each(factor_income, system.blocs.T, xp)
            / equations.each(system.factor_income, system.blocs.T, xp)
        ),
        labour=labour,
    )


def _charges(
    system: System, per_unit: Array, strength: Array, flows: Weights | None
) -> tuple[Array, Array, Array]:
    """(by importer, by exporter, of that used up), [n]: export taxes and real costs of trading."""
    xp, pick = system.xp, system.charged.T
    if pick.shape[0] == 0:
        none = xp.zeros_like(per_unit[..., 0, :])
        return none, none, none
    bought, sold = xp.matmul(pick, per_unit), xp.matmul(pick, strength)
    paid = bought * _over_sellers(system.C_off, sold, xp)
    earned, used = (sold * _over_buyers(bought, x, xp) for x in (system.C_off, system.W_off))
    paid, earned, used = (xp.sum(x, axis=-2) for x in (paid, earned, used))
    if system.apart is None or flows is None:
        return paid, earned, used
    paid = paid + xp.sum(per_unit * system.apart.over_sellers(flows.charged, strength, xp), axis=-2)
    more, lost = (
        xp.sum(strength * system.apart.over_buyers(per_unit, x, xp), axis=-2)
        for x in (flows.charged, flows.wasted)
    )
    return paid, earned + more, used + lost


def _bound_gaps(
    system: System, bound: Array, log_cost: Array, per_unit: Array, flows: Weights | None
) -> Array:
    xp, apart = system.xp, system.apart
    if apart is None or flows is None:
        return bound

    def there(levels: Array, places: Positions) -> Array:
        flat = xp.reshape(levels, (*levels.shape[:-2], -1))
        return xp.take(flat, xp.take(places, apart.of_cell), axis=-1)

    sellers = there(log_cost, apart.seller)
    strength = xp.exp(-apart.cells.theta * sellers)
    received = xp.take(flows.received, apart.of_cell, axis=-1) * strength
    return gaps(apart.cells, bound, sellers, received * there(per_unit, apart.buyer), xp)


def advance(system: System, state: State, step: float | None = None) -> Array:
    """The next stacked state: wages follow trade, prices costs, spending income, bounds their gap.

    Each bloc's factor income is brought back to its baseline: its numeraire.
    """
    xp = system.xp
    scale = equations.each(state.drift, system.blocs, xp)
    change = (system.step if step is None else step) * state.imbalance
    follow = system.follow * change[..., None, :] - scale[..., None, :]
    log_price = state.log_price + state.price_gap + follow
    log_spend = state.log_spend + state.spend_gap + follow
    flat = (*change.shape[:-1], -1)
    parts = [
        state.log_wage + change - scale,
        xp.reshape(log_price, flat),
        xp.reshape(log_spend, flat),
    ]
    if system.cells is not None:
        parts.append(system.cells.advance(state.bound, state.bound_gap, xp))
    return xp.concat(parts, axis=-1)
