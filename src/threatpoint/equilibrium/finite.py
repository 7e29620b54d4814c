"""Do finite prices exist? Seen from the shares, before solving.

At given wages the price system P -> T(P) is monotone. Where value added and inputs are complements
(eta < 1), value added drops out as prices grow, and T approaches a map that is homogeneous of
degree 1: P = (sum_i A c^-theta)^(-1/theta), c = (1 - gamma)^(1/(1 - eta)) q(P). A finite fixed
point exists if and only if the growth factor of that map (its nonlinear spectral radius) is below
1. For one closed economy with a single elasticity sigma it is the spectral radius of
a^(1 - sigma) (1 - gamma) s, a = pi_nn^(-1/theta). Source: Lemmens & Nussbaum (2012), Nonlinear
Perron-Frobenius Theory, chapters 5 and 6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.equilibrium.calibration import Calibration

LONGEST = 3000
"""Applications of the limit map; growth that is still undecided then is left to the solver."""
SURE = 1e-4
"""A growth factor above 1 + SURE counts as escaping."""


def escaping(base: Calibration, weights: Array, demanded: Mask) -> tuple[int, int, float] | None:
    """(country, sector, growth factor) of the market whose price escapes, None if all are finite.

    Args:
        base: the baseline.
        weights: (N, N, S) surviving trade weights.
        demanded: (N, S) markets that exist.
    """
    if base.elasticities.eta >= 1.0:
        return None  # value added bounds every cost
    log_price = np.where(demanded, 0.0, -np.inf).T
    ordered = np.ascontiguousarray(weights.transpose(2, 0, 1))
    start = log_price.copy()
    for count in range(1, LONGEST + 1):
        log_price = _limit_map(base, ordered, log_price)
        top = log_price.max()
        if top < 0.0:  # every price fell: T^count(1) < 1, so the radius is below 1
            return None
        if count in (LONGEST // 4, LONGEST):
            growth = float(np.exp((log_price - start).max() / count))
            if growth > 1.0 + SURE:
                place = np.unravel_index(int(log_price.argmax()), log_price.shape)
                return int(place[1]), int(place[0]), growth
    return None


def _limit_map(base: Calibration, weights: Array, log_price: Array) -> Array:
    """Log T of log P, [j, n]; -inf marks what costs nothing in the limit."""
    values = base.elasticities
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if values.epsilon == 1.0:
            shares = base.input_shares
            terms = np.where(shares > 0, shares * log_price.T[:, :, None], 0.0)
            bundle = terms.sum(axis=1).T
        else:
            slope = 1.0 - values.epsilon
            top = np.maximum(log_price.max(axis=0), -700.0)
            power = np.exp(slope * (log_price - top))
            summed = np.matmul(power.T[:, None, :], base.input_shares)[:, 0, :].T
            bundle = top + np.log(summed) / slope
        cost = np.log1p(-base.gamma.T) / (1.0 - values.eta) + bundle
        return _price(base, weights, cost)


def _price(base: Calibration, weights: Array, cost: Array) -> Array:
    """Log P = -log(sum_i A c^-theta) / theta, scaled against overflow; free goods cost nothing."""
    theta = base.elasticities.theta[:, None]
    least = np.maximum(cost.min(axis=1, keepdims=True), -700.0)
    strength = np.exp(np.minimum(-theta * (cost - least), 700.0))
    found = least - np.log(np.matmul(weights, strength[:, :, None])[:, :, 0]) / theta
    return np.where(np.isfinite(found), found, np.where(np.isnan(found), -np.inf, found))
