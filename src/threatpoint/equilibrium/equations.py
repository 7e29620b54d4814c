"""The equations of section 1 of the theory, one pure function each.

Arrays are sector-first here ([j, n] and [j, n, i]), which makes the two trade products batched
matrix-vector products; every array argument is a plain array of one array library, and `xp` is
that library (NumPy by default), so that a GPU array library can run the same code.
All prices, costs and wages are logarithms of hats (ratios counterfactual / baseline).

Each CES function codes its Cobb-Douglas limit, an elasticity of exactly 1. Elasticities by using
sector [j, 1] come from `by_sector`, in which none is exactly 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import InfeasibleError

if TYPE_CHECKING:
    from threatpoint.array_types import Array


BESIDE_ONE = 1e-12
"""How far from 1 a nest is solved that is Cobb-Douglas in some sectors only. `expm1` and `log1p`
keep every digit there, and the limit is as near as rounding.
"""


def by_sector(elasticity: float | Array) -> float | Array:
    """An elasticity (S,) as [j, 1], or the number that all sectors have."""
    values: Array = np.reshape(np.asarray(elasticity, dtype=np.float64), (-1, 1))
    if (values == values[0]).all():
        return float(values[0, 0])
    values = values.copy()
    values[values == 1.0] = 1.0 - BESIDE_ONE
    return values


def is_one(elasticity: Any) -> bool:
    """Whether a nest is Cobb-Douglas; several elasticities, by member or sector, are none of 1."""
    return getattr(elasticity, "ndim", 0) == 0 and elasticity == 1.0


def kappa(tariff: Array, new_tariff: Array) -> Array:
    """Cost change from tariffs alone, (1 + tau') / (1 + tau); any shape."""
    return (1.0 + new_tariff) / (1.0 + tariff)


def trade_weights(pi: Array, kappa_: Array, survival: Array, theta: Array) -> Array:
    """A = pi (kappa d)^(-theta) with d^(-theta) = survival; exactly 0 where cut off.

    Shapes [n, i, j] and theta (S,). Source: Caliendo & Parro (2015), eq. 8; enforcement as in
    section 1 of the theory ("Leakage").

    Raises:
        InfeasibleError: a flow becomes so much cheaper, at so large a theta, that its weight is
            beyond what floating point holds.
    """
    weights = pi * survival
    changed = kappa_ != 1.0  # powers are dear and most flows keep their tariff
    exponent = np.broadcast_to(-theta, pi.shape)
    with np.errstate(over="ignore"):
        weights[changed] *= kappa_[changed] ** exponent[changed]
    if not np.isfinite(weights).all():
        n, i, j = (int(k) for k in np.argwhere(~np.isfinite(weights))[0])
        raise InfeasibleError(
            f"a flow that becomes {100 * (1 - kappa_[n, i, j]):.2g} % cheaper at a trade "
            f"elasticity of {theta[j]:.3g} grows beyond all numbers; give a smaller elasticity"
        )
    return weights


def unit_cost(gamma: Array, value_added_cost: Array, bundle: Array, eta: Any, xp: Any) -> Array:
    """Log c: c^(1-eta) = gamma v^(1-eta) + (1-gamma) q^(1-eta); limit eta = 1: Cobb-Douglas.

    All [j, n]. Baqaee & Farhi (2019), Econometrica 87:4, section 2; in the limit Caliendo & Parro
    (2015), eq. 2.
    """
    if is_one(eta):
        return gamma * value_added_cost + (1.0 - gamma) * bundle
    s = 1.0 - eta
    change = gamma * xp.expm1(s * value_added_cost) + (1.0 - gamma) * xp.expm1(s * bundle)
    return xp.log1p(change) / s


def blocks(log_price: Array, shares: Array, xp: Any) -> Array:
    """Input prices [k, n] once for each block of k rows of the shares, [b k, n]."""
    count = shares.shape[-2] // log_price.shape[-2]
    return log_price if count == 1 else xp.concat([log_price] * count, axis=-2)


def input_bundle(shares: Array, log_price: Array, epsilon: Any, within: Any, xp: Any) -> Array:
    """Log q: q^(1-epsilon) = sum_k s_k P_k^(1-epsilon); limit epsilon = 1: sum_k s_k log P_k.

    shares: s [n, k, j], sums to 1 over k (or 0); log_price: [k, n]; returns [j, n]. Written with
    expm1 and log1p, so that it is exact at unchanged prices and smooth through epsilon = 1. Where
    epsilon differs by user, the shares have one block of rows for each of its values, 0 for all
    users with another, and `within` [b k, 1] is that of each row; else it is epsilon.
    """
    if is_one(epsilon):
        return xp.matmul(log_price.mT[..., None, :], shares)[..., 0, :].mT
    change = xp.expm1((1.0 - within) * blocks(log_price, shares, xp))
    return xp.log1p(xp.matmul(change.mT[..., None, :], shares)[..., 0, :].mT) / (1.0 - epsilon)


def value_added_share(
    gamma: Array, value_added_cost: Array, cost: Array, eta: Any, xp: Any
) -> Array:
    """Gamma' = gamma (v / c)^(1-eta), [j, n]; prices in logs."""
    if is_one(eta):
        return gamma
    return gamma * xp.exp((1.0 - eta) * (value_added_cost - cost))


def input_scales(
    gamma: Array,
    log_price: Array,
    bundle: Array,
    cost: Array,
    output: Array,
    eta: Any,
    epsilon: Any,
    within: Any,
    shares: Array,
    xp: Any,
) -> tuple[Array, Array]:
    """(of the user [j, n], of the row of shares [b k, n]): gamma_in' Y' is s times both.

    gamma_in' = s (P/q)^(1-epsilon) (1-gamma) (q/c)^(1-eta), with constant shares s [n, k, j], in
    blocks as in `input_bundle`; all else [., n]. Shephard's lemma on the two nests.
    """
    used = (1.0 - gamma) * output
    if not (is_one(eta) and is_one(epsilon)):
        used = used * xp.exp((1.0 - eta) * (bundle - cost) - (1.0 - epsilon) * bundle)
    if is_one(epsilon):
        return used, xp.ones_like(log_price)
    return used, xp.exp((1.0 - within) * blocks(log_price, shares, xp))


def input_spending(shares: Array, used: Array, dearer: Array, xp: Any) -> Array:
    """sum_j gamma_in' Y', [k, n], of the `input_scales`."""
    found = xp.matmul(shares, used.mT[..., None])[..., 0].mT * dearer
    goods, rows = used.shape[-2], found.shape[-2]
    if rows == goods:
        return found
    return xp.sum(xp.reshape(found, (*found.shape[:-2], rows // goods, goods, -1)), axis=-3)


def price_index(alpha: Array, log_price: Array, rho: float, xp: Any) -> Array:
    """Log of the ideal final-use price index, [n]: P^(1-rho) = sum_j alpha_j P_j^(1-rho)."""
    if is_one(rho):
        return xp.sum(alpha * log_price, axis=-2)
    s = 1.0 - rho
    summed = xp.log1p(xp.sum(alpha * xp.expm1(s * log_price), axis=-2, keepdims=True)) / s
    return summed[..., 0, :]


def final_spending(
    alpha: Array, log_price: Array, index: Array, income: Array, rho: float, xp: Any
) -> Array:
    """Alpha' I', alpha' = alpha (P_j / P)^(1-rho); alpha, log_price [j, n], index, income [n]."""
    if is_one(rho):
        return alpha * income[..., None, :]
    return alpha * xp.exp((1.0 - rho) * (log_price - index[..., None, :])) * income[..., None, :]


def price(competitiveness: Array, theta: Array, xp: Any) -> Array:
    """Log P = -log(sum_i A c^(-theta)) / theta; argument is that sum, [j, n]. C&P (2015), eq. 4."""
    return -xp.log(competitiveness) / theta


def netted(deficit: Array, factor_income: Array, blocs: Array, xp: Any) -> Array:
    """Deficits less each country's part, by factor income F, of its bloc's sum; all [n].

    blocs: [b, n] membership of the countries that can still trade with each other.
    """
    excess = each(deficit, blocs.T, xp) / each(factor_income, blocs.T, xp)
    return deficit - factor_income * each(excess, blocs, xp)


def each(rows: Array, matrix: Array, xp: Any) -> Array:
    """Each row [..., n] times a matrix [n, m], as by itself: so none depends on how many there are.

    One product of all rows would be cut in blocks of rows.
    """
    return xp.matmul(rows[..., None, :], matrix)[..., 0, :]


def new_deficit(
    closure: str, deficit: Array, share: Array, factor_income: Array, blocs: Array, xp: Any
) -> Array:
    """D' in units of world value added, by closure: D; 0; or d F', with each bloc's sum kept at 0.

    share: d = D / F at baseline [n].
    """
    if closure == "fixed":
        return deficit
    if closure == "balanced":
        return xp.zeros_like(factor_income)
    return netted(share * factor_income, factor_income, blocs, xp)


def trade_imbalance(exports: Array, imports: Array, deficit: Array, xp: Any) -> Array:
    """log((E + max(D, 0)) / (M + max(-D, 0))): 0 where a country's trade balances, both signs kept.

    Cross-border flows only; in logs, so that a small and nearly closed country counts in full.
    """
    none, one = xp.zeros_like(deficit), xp.ones_like(imports)
    paid = imports + xp.maximum(-deficit, none)
    earned = exports + xp.maximum(deficit, none)
    closed = (paid <= 0) & (earned <= 0)
    return xp.log(xp.where(closed, one, earned) / xp.where(closed, one, paid))
