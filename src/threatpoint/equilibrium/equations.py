"""The equations of section 1 of the theory, one pure function each.

Arrays are sector-first here ([j, n] and [j, n, i]), which makes the two trade products batched
matrix-vector products; every array argument is a plain array of one array library, and `xp` is
that library (NumPy by default), so that a GPU array library can run the same code.
All prices, costs and wages are logarithms of hats (ratios counterfactual / baseline).

The Cobb-Douglas form lives in `unit_cost` and `spending` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def kappa(tariff: Array, new_tariff: Array) -> Array:
    """Cost change from tariffs alone, (1 + tau') / (1 + tau); any shape."""
    return (1.0 + new_tariff) / (1.0 + tariff)


def trade_weights(pi: Array, kappa_: Array, survival: Array, theta: Array) -> Array:
    """A = pi (kappa d)^(-theta) with d^(-theta) = survival; exactly 0 where cut off.

    Shapes [n, i, j] and theta (S,). Source: Caliendo & Parro (2015), eq. 8; enforcement as in
    section 1 of the theory ("Leakage").
    """
    weights = pi * survival
    changed = kappa_ != 1.0  # powers are dear and most flows keep their tariff
    exponent = np.broadcast_to(-theta, pi.shape)
    weights[changed] *= kappa_[changed] ** exponent[changed]
    return weights


def unit_cost(
    gamma: Array, gamma_in: Array, value_added_cost: Array, price: Array, xp: Any
) -> Array:
    """Log c = gamma log v + sum_k gamma_in log P: the Cobb-Douglas limit eta = epsilon = 1.

    gamma, value_added_cost, price: [j, n]; gamma_in: [n, k, j]. Caliendo & Parro (2015), eq. 2.
    """
    inputs = xp.matmul(price.T[:, None, :], gamma_in)[:, 0, :].T
    return gamma * value_added_cost + inputs


def spending(gamma_in: Array, alpha: Array, output: Array, income: Array, xp: Any) -> Array:
    """X' = sum_k gamma_in Y' + alpha I': the Cobb-Douglas limit rho = 1.

    gamma_in: [n, k, j]; alpha, output: [j, n]; income: [n]. Caliendo & Parro (2015), eq. 7.
    """
    inputs = xp.matmul(gamma_in, output.T[:, :, None])[:, :, 0].T
    return inputs + alpha * income


def specific_factor(cost: Array, slope: Array, sales: Array, theta: Array) -> Array:
    """Log c where part of value added is fixed in the sector (phi < 1), market cleared.

    With v = w^phi VAhat^(1 - phi), log c = cost + slope log Yhat, slope = gamma (1 - phi), and
    demand says log Yhat = sales - theta log c. Both hold at
    log c = (cost + slope sales) / (1 + slope theta).

    cost: log c at unchanged specific returns; sales: log of the sales at c = 1 over baseline
    output; all [k, n], theta [k, 1], for the k sectors with a specific factor.
    Source: section 1 of the theory, supply elasticity phi / (1 - phi).
    """
    return (cost + slope * sales) / (1.0 + slope * theta)


def price(competitiveness: Array, theta: Array, xp: Any) -> Array:
    """Log P = -log(sum_i A c^(-theta)) / theta; argument is that sum, [j, n]. C&P (2015), eq. 4."""
    return -xp.log(competitiveness) / theta


def deficit_fixed(
    deficit: Array, share: Array, factor_income: Array, blocs: Array, xp: Any
) -> Array:
    """Closure `fixed`: D' = D in units of world value added."""
    return deficit


def deficit_balanced(
    deficit: Array, share: Array, factor_income: Array, blocs: Array, xp: Any
) -> Array:
    """Closure `balanced`: D' = 0."""
    return xp.zeros_like(deficit)


def deficit_proportional(
    deficit: Array, share: Array, factor_income: Array, blocs: Array, xp: Any
) -> Array:
    """Closure `proportional`: D' = d F', less each country's part (by F') of its bloc's sum.

    share: d = D / F at baseline, F factor income [n]; blocs: [b, n] membership of the countries
    that can still trade with each other. The second term keeps each bloc's sum at 0.
    """
    wanted = share * factor_income
    excess = xp.matmul(blocs, wanted) / xp.matmul(blocs, factor_income)
    return wanted - factor_income * xp.matmul(excess, blocs)


DEFICITS: dict[str, Callable[[Array, Array, Array, Array, Any], Array]] = {
    "fixed": deficit_fixed,
    "balanced": deficit_balanced,
    "proportional": deficit_proportional,
}


def trade_imbalance(exports: Array, imports: Array, deficit: Array, xp: Any) -> Array:
    """log((E + max(D, 0)) / (M + max(-D, 0))): 0 where a country's trade balances, both signs kept.

    Cross-border flows only; in logs, so that a small and nearly closed country counts in full.
    """
    paid = imports + xp.maximum(-deficit, 0.0)
    earned = exports + xp.maximum(deficit, 0.0)
    closed = (paid <= 0) & (earned <= 0)
    return xp.log(xp.where(closed, 1.0, earned) / xp.where(closed, 1.0, paid))
