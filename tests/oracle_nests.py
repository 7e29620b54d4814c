"""The nests of the oracle: weighted CES means, costs, prices, shares; dense and plain.

With weights that sum to 1 and elasticity of substitution s, price of a bundle and shares are

    M(p)  = (sum_k a[k] p[k]^(1-s))^(1/(1-s))        s = 1: prod_k p[k]^a[k]
    a'[k] = a[k] (p[k] / M)^(1-s)

    v[n,j] = w[n]^phi VAhat[n,j]^(1-phi)              VAhat where the quantity is fixed;
             what c leaves over q where c is given
    q[n,j] = M of P[n,k] with weights gamma_in / (1 - gamma), epsilon among inputs
    c[n,j] = M of v and q with weights gamma, 1 - gamma, eta between them
    P[n,j] = (sum_i A[n,i,j] c[i,j]^-theta)^(-1/theta),   A = pi survival kappa^-theta
    kappa  = (1+te+cost) (1+tau') / (1+tau)
    index  = M of P[n,j] with weights alpha, rho among final goods
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SILENT = {"divide": "ignore", "invalid": "ignore", "over": "ignore"}


class NoSolutionError(RuntimeError):
    """The oracle found no equilibrium (or none exists)."""


@dataclass(frozen=True, eq=False)
class Baseline:
    """Baseline shares and levels; shapes as in the product: [n, i, j], [n, k, j], [n, j], [n].

    eta, epsilon, fixed and given broadcast to [n, j], rho to [n]. `fixed` marks cells whose real
    value added cannot change; `given` are prices c imposed on cells, nan where they are free. The
    baseline has no export tax and no trading cost.
    """

    pi: np.ndarray
    gamma: np.ndarray
    gamma_in: np.ndarray
    alpha: np.ndarray
    tau: np.ndarray
    VA: np.ndarray
    D: np.ndarray
    theta: np.ndarray
    phi: np.ndarray
    eta: float | np.ndarray = 1.0
    epsilon: float | np.ndarray = 1.0
    rho: float | np.ndarray = 1.0
    fixed: bool | np.ndarray = False
    given: float | np.ndarray = np.nan


@dataclass(frozen=True, eq=False)
class Rates:
    """What is levied on each flow [n, i, j]: tariff at the border, export tax, trading cost."""

    tariff: np.ndarray
    tax: np.ndarray
    cost: np.ndarray

    @property
    def margin(self):
        """Border price over the seller's price."""
        return 1 + self.tax + self.cost

    @property
    def paid(self):
        """Buyer's price over the seller's price."""
        return self.margin * (1 + self.tariff)


def divide(a, b, empty=0.0):
    """Quotient a / b, `empty` where b is 0."""
    a, b = np.broadcast_arrays(np.asarray(a, float), np.asarray(b, float))
    return np.where(b != 0, a / np.where(b != 0, b, 1.0), empty)


def mean(weights, prices, s, axis):
    """CES mean of prices along an axis; s broadcasts against the result.

    log M = log(1 + sum a (p^(1-s) - 1)) / (1-s): the same formula, but exact near s = 1.
    """
    s = np.asarray(s, float)
    logs = np.log(prices)
    e = np.expand_dims(1 - np.broadcast_to(s, np.sum(weights * logs, axis=axis).shape), axis)
    near = np.log1p(np.sum(weights * np.expm1(e * logs), axis=axis))
    one = np.sum(weights * logs, axis=axis)
    e = np.squeeze(e, axis)
    return np.exp(np.where(e == 0, one, near / np.where(e == 0, 1.0, e)))


def input_weights(b):
    """s[n,k,j] = gamma_in / (1 - gamma); all zero where a sector uses no inputs."""
    return divide(b.gamma_in, b.gamma_in.sum(axis=1, keepdims=True))


def costs(b, v, P):
    """Unit cost c[n,j] and price of the input bundle q[n,j] (1 where there are no inputs)."""
    s = input_weights(b)
    q = mean(s, P[:, :, None] * np.ones_like(s), b.epsilon, axis=1)
    q = np.where(s.sum(axis=1) > 0, q, 1.0)
    both = np.stack([v, q], axis=1)
    weights = np.stack([b.gamma, 1 - b.gamma], axis=1)
    return mean(weights, both, b.eta, axis=1), q


def apart(b):
    """Cells [n, j] outside the mobile factor's market: a fixed quantity, or a price given."""
    return cell(b, b.fixed) | ~np.isnan(cell(b, b.given))


def value_of(b, v, P):
    """Price of value added v[n,j]: where c is given, what it leaves over the inputs."""
    given = cell(b, b.given)
    if np.all(np.isnan(given)):
        return v
    q, eta = costs(b, v, P)[1], cell(b, b.eta)
    e = np.where(eta == 1, 1.0, 1 - eta)
    with np.errstate(**SILENT):
        left = ((given**e - (1 - b.gamma) * q**e) / b.gamma) ** (1 / e)
        left = np.where(eta == 1, (given / q ** (1 - b.gamma)) ** (1 / b.gamma), left)
    return np.where(np.isnan(given), v, left)


def cost_of(b, v, P):
    """Unit cost c[n,j]; where it is given, that."""
    given = cell(b, b.given)
    return np.where(np.isnan(given), _cost_of(b, v, P), given)


def _cost_of(b, v, P):
    """From v and P; at the limit of both nests prod_k P^gamma_in times v^gamma, at once."""
    if np.all(np.asarray(b.eta) == 1) and np.all(np.asarray(b.epsilon) == 1):
        return v**b.gamma * np.exp(np.einsum("nkj,nk->nj", b.gamma_in, np.log(P)))
    return costs(b, v, P)[0]


def cost_shares(b, v, P):
    """Counterfactual gamma'[n,j] and gamma_in'[n,k,j]; they sum to 1."""
    v = value_of(b, v, P)
    c, q = costs(b, v, P)
    gamma = b.gamma * (v / c) ** (1 - np.asarray(b.eta))
    inside = (P[:, :, None] / q[:, None, :]) ** (1 - cell(b, b.epsilon)[:, None, :])
    bundle = (1 - b.gamma) * (q / c) ** (1 - np.asarray(b.eta))
    return gamma, input_weights(b) * inside * bundle[:, None, :]


def cell(b, values):
    """Values [n, j] from whatever broadcasts to that."""
    return np.broadcast_to(np.asarray(values), b.VA.shape)


def index_of(b, P):
    """Ideal price index of final use [n]."""
    return mean(b.alpha, P, b.rho, axis=1)


def final_shares(b, P):
    """Counterfactual alpha'[n,j]."""
    rho = np.broadcast_to(np.asarray(b.rho, float), len(P))
    return b.alpha * (P / index_of(b, P)[:, None]) ** (1 - rho[:, None])


def factor_cost(b, w, VAhat):
    """v[n,j] = w^phi VAhat^(1-phi); 1 where nothing is produced (its cost reaches nobody).

    Where the quantity is fixed, VAhat / v = 1.
    """
    phi = np.where(cell(b, b.fixed), 0.0, b.phi)
    return w[:, None] ** phi * np.where(VAhat > 0, VAhat, 1.0) ** (1 - phi)


def wages_of(b, VA):
    """w[n] from the mobile factor's market: sum over the cells that can change of phi VA'.

    A fixed cell, and one whose price is given, keeps its quantity of the mobile factor and pays w
    phi VA for it, so both sides lose the same term. A country in which nothing can change has no
    such market: w follows VA'.
    """
    mobile = np.where(apart(b), 0.0, b.phi)
    base = (mobile * b.VA).sum(axis=1)
    total = VA.sum(axis=1) / b.VA.sum(axis=1)
    return np.where(base > 0, divide((mobile * VA).sum(axis=1), base), total)


def frictions(b, tariff, survival, export_tax=0.0, cost=0.0):
    """A[n,i,j] = pi survival kappa^-theta; a survival of 0 is an exact mask."""
    kappa = (1 + export_tax + cost) * (1 + tariff) / (1 + b.tau)
    return b.pi * survival * kappa ** (-b.theta)


def price_of(A, c, theta, idle):
    """P[n,j] = (sum_i A c^-theta)^(-1/theta); 1 in markets without supplier (nobody buys there)."""
    sums = np.einsum("nij,ij->nj", A, c ** (-theta))
    return np.where(idle, 1.0, np.where(idle, 1.0, sums) ** (-1 / theta))


def solve_prices(b, A, v):
    """Fixed point of prices and costs at given costs of value added, by plain repetition."""
    idle = A.sum(axis=1) == 0
    P = np.ones_like(v)
    for _ in range(20_000):
        new = price_of(A, cost_of(b, v, P), b.theta, idle)
        if not np.all(np.isfinite(new)) or np.any(new <= 0) or np.any(new > 1e200):
            raise NoSolutionError("prices are not finite")
        change = np.max(np.abs(np.log(new / P)))
        P = new
        if change < 1e-14:
            return P
    if change > 1e-12:
        raise NoSolutionError("prices have no fixed point")
    return P


def trade_shares(b, A, c, P):
    """pi'[n,i,j] = A (c[i,j] / P[n,j])^-theta; exactly 0 where A is 0."""
    return A * (c[None, :, :] / P[:, None, :]) ** (-b.theta)


def demanded(b, A):
    """Markets (n, j) that somebody in n still wants: a consumer, or a sector with any sales."""
    used = np.ones(b.VA.shape, bool)
    while True:
        sells = np.any((A > 0) & used[:, None, :], axis=0)
        wanted = (b.alpha > 0) | np.any((b.gamma_in > 0) & sells[:, None, :], axis=2)
        if np.array_equal(wanted, used):
            return used
        used = wanted


def dead_cells(b, A):
    """Cells (n, j) whose output is exactly zero after the cut-offs: no buyer with any demand."""
    return ~np.any((A > 0) & demanded(b, A)[:, None, :], axis=0)


def blocs_of(b, A):
    """The sets of countries that can still trade with each other, directly or through others."""
    n = len(A)
    live = np.any((A > 0) & demanded(b, A)[:, None, :], axis=2)
    reach = np.eye(n, dtype=bool) | live | live.T
    for m in range(n):
        reach |= reach[:, [m]] & reach[[m], :]
    return np.unique(reach, axis=0)
