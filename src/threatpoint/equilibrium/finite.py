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

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.equilibrium.calibration import Calibration

LONGEST = 3000
"""Applications of the limit map; growth that is still undecided then is left to the solver."""
SURE = 1e-4
"""A growth factor above 1 + SURE counts as escaping."""


@dataclass(frozen=True, eq=False)
class Limit:
    """The limit map at equal prices, T(1), of the baseline.

    Costs there do not depend on trade weights, so a policy changes T(1) only in the markets it
    touches. Where every price falls, T(1) < 1, no price escapes.

    Attributes:
        strength: [j, i] c^-theta of the sellers, scaled; 0 where nothing is sold.
        ceiling: [j, 1] sums of weights times strength above this fall.
        falls: [j, n] bool, the price falls at baseline, or there is no market.
    """

    strength: Array
    ceiling: Array
    falls: Mask

    @classmethod
    def of(cls, base: Calibration, weights: Array, demanded: Mask, sold: Mask) -> Limit:
        """From the [j, n, i] weights and the (N, S) markets and sellers that exist."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            cost = _limit_cost(base, np.where(demanded, 0.0, -np.inf).T)
            least, strength = _strength(base, np.where(sold.T, cost, np.inf))
            strength = np.where(sold.T, strength, 0.0)
            ceiling = np.exp(base.elasticities.theta[:, None] * least)
        scaled = np.matmul(weights, strength[:, :, None])[:, :, 0]
        return cls(strength, ceiling, (scaled > ceiling) | ~demanded.T)

    def falling(self, weights: Array, at_home: Array, markets: Positions, demanded: Mask) -> bool:
        """Whether every price falls where a policy changes the weights of these flat markets.

        weights, at_home: [j, n, i] and [j, n], abroad and at home.
        """
        count = weights.shape[1]
        j, n = np.divmod(markets, count)
        with np.errstate(over="ignore"):  # above any ceiling, then
            served = (weights.reshape(-1, count)[markets] * self.strength[j]).sum(axis=1)
            served += at_home.reshape(-1)[markets] * self.strength[j, n]
        falls = self.falls.copy()
        falls.reshape(-1)[markets] = served > self.ceiling[j, 0]
        return bool((falls | ~demanded.T).all())


def escaping(base: Calibration, weights: Array, demanded: Mask) -> tuple[int, int, float] | None:
    """(country, sector, growth factor) of the market whose price escapes, None if all are finite.

    Args:
        base: the baseline.
        weights: [j, n, i] surviving trade weights, home sales among them.
        demanded: (N, S) markets that exist and whose prices are not given.
    """
    if np.min(base.elasticities.eta) >= 1.0:
        return None  # value added bounds every cost
    log_price = np.where(demanded, 0.0, -np.inf).T
    for count in range(1, LONGEST + 1):
        log_price = np.where(demanded.T, _limit_map(base, weights, log_price), -np.inf)
        top = log_price.max()
        if top < 0.0:  # every price fell: T^count(1) < 1, so the radius is below 1
            return None
        if count in (LONGEST // 4, LONGEST):
            growth = float(np.exp(top / count))  # every price began at 1
            if growth > 1.0 + SURE:
                place = np.unravel_index(int(log_price.argmax()), log_price.shape)
                return int(place[1]), int(place[0]), growth
    return None


def _limit_map(base: Calibration, weights: Array, log_price: Array) -> Array:
    """Log T of log P, [j, n]; -inf marks what costs nothing in the limit."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        least, strength = _strength(base, _limit_cost(base, log_price))
        found = _price(base, least, np.matmul(weights, strength[:, :, None])[:, :, 0])
    return np.where(np.isfinite(found), found, np.where(np.isnan(found), -np.inf, found))


def _limit_cost(base: Calibration, log_price: Array) -> Array:
    """Log c = log(1 - gamma) / (1 - eta) + log q, [j, i]; -inf where value added bounds it."""
    eta = base.elasticities.sectoral("eta")[:, None]
    scale = np.log1p(-base.gamma.T) / np.where(eta < 1.0, 1.0 - eta, 1.0)
    return np.where(eta < 1.0, scale + _limit_bundle(base, log_price), -np.inf)


def _limit_bundle(base: Calibration, log_price: Array) -> Array:
    """Log q, [j, i], one value of epsilon after the other."""
    epsilon, found = base.elasticities.sectoral("epsilon"), np.empty_like(log_price)
    for value in np.unique(epsilon):
        users = epsilon == value
        found[users] = _bundle_of(base.input_shares[:, :, users], log_price, value)
    return found


def _bundle_of(shares: Array, log_price: Array, epsilon: float) -> Array:
    """Log q of some users, [j, i], of shares [i, k, j]."""
    if epsilon == 1.0:
        terms = np.where(shares > 0, shares * log_price.T[:, :, None], 0.0)
        return terms.sum(axis=1).T
    slope = 1.0 - epsilon
    top = np.maximum(log_price.max(axis=0), -700.0)
    power = np.exp(slope * (log_price - top))
    summed = np.matmul(power.T[:, None, :], shares)[:, 0, :].T
    return top + np.log(summed) / slope


def _strength(base: Calibration, cost: Array) -> tuple[Array, Array]:
    """(least log c of a sector [j, 1], c^-theta scaled by it [j, i]), against overflow."""
    theta = base.elasticities.theta[:, None]
    least = np.maximum(cost.min(axis=1, keepdims=True), -700.0)
    return least, np.exp(np.minimum(-theta * (cost - least), 700.0))


def _price(base: Calibration, least: Array, scaled: Array) -> Array:
    """Log P = -log(sum_i A c^-theta) / theta of the scaled sum, [j, n]."""
    return least - np.log(scaled) / base.elasticities.theta[:, None]
