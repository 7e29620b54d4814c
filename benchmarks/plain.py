"""Baseline shares, network and CES means, stated plainly for `benchmarks.residuals`.

Nothing here comes from the solver: shares are formed from the levels of an `Economy`, what is left
of the network from its `Wedges`. Indices: n importer, i exporter, j sector, k sector as an input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium import Given
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy
    from threatpoint.world.elasticities import Elasticities

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

NEAR_ONE = 1e-3
"""Within this of 1 a CES mean is summed around its Cobb-Douglas limit."""


@dataclass(frozen=True, eq=False)
class Base:
    """The baseline: levels of the table and the shares that follow from them.

    Attributes:
        trade, tariff, pi: (N n, N i, S j). made, value_added, final, spending, gamma: (N, S).
        inputs, mix: (N n, S k, S j) input use, and the part of each good in all inputs of j.
        income, deficit: (N,). theta, eta, epsilon: (S,); phi: (N, S); rho: a number.
    """

    trade: Array
    tariff: Array
    inputs: Array
    value_added: Array
    final: Array
    made: Array
    spending: Array
    pi: Array
    gamma: Array
    mix: Array
    alpha: Array
    income: Array
    deficit: Array
    theta: Array
    phi: Array
    eta: Array
    epsilon: Array
    rho: float

    @classmethod
    def of(cls, e: Economy, values: Elasticities) -> Base:
        """Shares of an economy; gamma is 1 where nothing is made."""
        paid = e.trade * (1 + e.tariff)
        made, spending = e.trade.sum(axis=0), paid.sum(axis=1)
        bought = e.inputs.sum(axis=1, keepdims=True)
        return cls(
            e.trade,
            e.tariff,
            e.inputs,
            e.value_added,
            e.final,
            made,
            spending,
            pi=over(paid, spending[:, None, :]),
            gamma=over(e.value_added, made, empty=1.0),
            mix=over(e.inputs, bought * np.ones_like(e.inputs)),
            alpha=e.final / e.final.sum(axis=1, keepdims=True),
            income=e.final.sum(axis=1),
            deficit=e.trade.sum(axis=(1, 2)) - made.sum(axis=1),
            theta=values.theta,
            phi=values.phi,
            eta=np.broadcast_to(values.eta, values.theta.shape),
            epsilon=np.broadcast_to(values.epsilon, values.theta.shape),
            rho=values.rho,
        )


@dataclass(frozen=True, eq=False)
class Channel:
    """One way of a flow, (N, N, S) each: its weight in the price, and what is taken along it.

    Attributes:
        weight: pi survival (buyer's price at unit costs of 1)^-theta.
        tariff: of the importer's treasury, on the border price.
        margin: border price over the seller's price, bounds left out.
        cost: the part of the margin that is used up, over the seller's price.
    """

    weight: Array
    tariff: Array
    margin: Array
    cost: Array


def channels(b: Base, w: Wedges, given: Given | None = None) -> tuple[Channel, Channel]:
    """The honest part pays the tariff after the policy; the evading part the old one and a cost.

    In a given sector weights shift and real costs come on top.
    """
    left, cost = np.array(w.survival), np.array(w.cost)
    if given is not None:
        left[:, :, given.sector] *= given.weight
        cost[:, :, given.sector] += given.cost
    honest, hidden = left * (1 - w.evading), left * w.evading
    margin = 1 + w.export_tax + cost
    dearer = margin + w.evasion_cost
    kappa = (1 + w.tariff) / (1 + b.tariff)
    return (
        Channel(b.pi * honest * (kappa * margin) ** -b.theta, w.tariff, margin, cost),
        Channel(b.pi * hidden * dearer**-b.theta, b.tariff, dearer, cost + w.evasion_cost),
    )


@dataclass(frozen=True, eq=False)
class Network:
    """What is left: flows (N n, N i, S j), markets that somebody wants and cells that sell (N, S),
    and the groups of countries that still trade with each other, (B, N) bool.
    """

    flows: Mask
    wanted: Mask
    sells: Mask
    blocs: Mask


def network(b: Base, weights: Array) -> Network:
    """A market exists for consumers, or for a sector that itself sells; nothing else remains."""
    wanted = np.ones(b.made.shape, dtype=bool)
    while True:
        sells = ((weights > 0) & wanted[:, None, :]).any(axis=0)
        still = (b.final > 0) | ((b.inputs > 0) & sells[:, None, :]).any(axis=2)
        if (still == wanted).all():
            break
        wanted = still
    flows = (weights > 0) & wanted[:, None, :]
    return Network(flows, wanted, sells, _groups(flows.any(axis=2)))


def _groups(links: Mask) -> Mask:
    """Connected groups of the countries, direction left out; one row a group."""
    reach = links | links.T | np.eye(len(links), dtype=bool)
    for m in range(len(links)):
        reach = reach | (reach[:, [m]] & reach[[m], :])
    return np.unique(reach, axis=0)


def over(a: Array, b: Array, empty: float = 0.0) -> Array:
    """A / b, `empty` where b is 0."""
    return np.divide(a, b, out=np.full(np.shape(a), empty), where=np.asarray(b) != 0)


def sectoral_mean(weights: Array, logs: Array, s: Array, axis: int) -> Array:
    """`log_mean` with one s (S,) for each sector j on the last axis."""
    along = zip(np.moveaxis(weights, -1, 0), np.moveaxis(logs, -1, 0), s, strict=True)
    return np.stack([log_mean(a, x, float(of), axis) for a, x, of in along], axis=-1)


def log_mean(weights: Array, logs: Array, s: float, axis: int) -> Array:
    """Log of (sum_k a_k p_k^(1-s))^(1/(1-s)), the weights sum to 1 (or 0: then -inf or 0); s = 1 is
    sum_k a_k log p_k. Where a is 0 the price does not count.
    """
    used = weights > 0
    logs = np.where(used, logs, 0.0)
    if abs(1 - s) < NEAR_ONE:
        average = (weights * logs).sum(axis=axis, keepdims=True)
        if s == 1:
            return average.squeeze(axis)
        more = (weights * np.expm1((1 - s) * (logs - average))).sum(axis=axis)
        return average.squeeze(axis) + np.log1p(more) / (1 - s)
    return log_sum(weights, (1 - s) * logs, axis) / (1 - s)


def log_sum(weights: Array, logs: Array, axis: int) -> Array:
    """Log of sum_k a_k exp(x_k) without overflow; -inf where all weights are 0."""
    terms = np.where(weights > 0, np.log(np.where(weights > 0, weights, 1.0)) + logs, -np.inf)
    top = terms.max(axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    return np.log(np.exp(terms - top).sum(axis=axis)) + top.squeeze(axis)
