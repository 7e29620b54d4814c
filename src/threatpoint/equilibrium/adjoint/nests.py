"""Derivatives to the elasticities of the nests and of supply, theta's part in flows left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.supply import slopes

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.adjoint.bounds import Pulled
    from threatpoint.equilibrium.solution import Asked
    from threatpoint.equilibrium.supply import Curves

NEAR = 1e-3
"""Powers nearer to 0 than this take the first terms of a series: a difference would cancel."""


def steeper(weights: Array, logs: Array, level: Array, power: Array | float) -> Array:
    """Derivative of log(sum_k w_k x_k^s) / s to s, summed over the first axis.

    Args:
        weights: [k, ...] of the mean at s, w_k x_k^s over their sum.
        logs: [k, ...] log x.
        level: [...] the log of the mean.
        power: s.
    """
    near = np.abs(power) < NEAR
    mean = np.einsum("k...,k...->...", weights, logs)
    slope = (mean - level) / np.where(near, 1.0, power)
    if not np.any(near):
        return slope
    off = logs - mean
    square = off * off
    second = np.einsum("k...,k...->...", weights, square)
    third, fourth = (np.einsum("k...,k...,k...->...", weights, square, x) for x in (off, square))
    series = second / 2 - power * third / 6 + power**2 * (fourth - 3 * second**2) / 24
    return np.asarray(np.where(near, series, slope), dtype=np.float64)


class ToNests:
    """Derivatives of an outcome to eta, epsilon [j], rho, phi [j, n] and what theta [j] does."""

    def __init__(self, pull: Pulled, asked: Asked) -> None:
        self.pull, self.asked = pull, asked
        self.state, self.system = pull.at.state, pull.at.system

    @property
    def theta(self) -> Array:
        """[j] through prices, strengths, supply curves and bounds."""
        pull, state, at = self.pull, self.state, self.pull.at
        logs = -np.log(state.competitiveness) / at.theta
        found = -(pull.row.log_price * logs) / at.theta - pull.force * state.log_cost
        if self.system.curves is not None:
            found += pull.wanted * state.log_price
            j = at.picked
            found[j] -= pull.intercept[j] * state.log_cost[j] * self._curve_terms()[0]
        total = found.sum(axis=1)
        if self.system.apart is not None and pull.limits is not None:
            np.add.at(total, self.system.apart.cells.sector, pull.limits.theta)
        return total

    @property
    def eta(self) -> Array:
        """[j] of the user's nest of value added and inputs."""
        pull, state, made = self.pull, self.state, self.pull.at.made
        power = 1.0 - np.broadcast_to(self.system.eta, made.shape)
        logs = np.stack([state.log_value, state.bundle])
        less = steeper(np.stack([made, 1.0 - made]), logs, state.log_cost, power)
        root = pull.root.copy()
        curves, j = self.system.curves, pull.at.picked
        if curves is not None and curves.price is not None:
            some = np.where(made[j] > 0, made[j], 1.0)
            root[j] = np.where(curves.imposed, -pull.value[j] / some, root[j])
        found = -root * less - pull.added * (state.log_value - state.log_cost)
        found -= pull.used * (state.bundle - state.log_cost)
        if curves is not None:
            _, *parts = self._curve_terms()
            found[j] += pull.intercept[j] * self._curve(parts)
        return found.sum(axis=1)

    @property
    def epsilon(self) -> Array:
        """[j] of the user's nest of inputs."""
        pull, state, use = self.pull, self.state, self.pull.at.use
        power = 1.0 - np.broadcast_to(self.system.epsilon, pull.used.shape)
        logs = np.broadcast_to(state.log_price.T[:, None, :], use.inputs.shape)
        shares, by_input = (np.moveaxis(x, 2, 0) for x in (use.inputs, logs))
        less = steeper(shares, by_input, state.bundle.T, power.T).T
        within = np.matmul((pull.next_spend * state.log_price).T[:, None, :], use.part)[:, 0, :].T
        return (pull.used * state.bundle - within - pull.bundle * less).sum(axis=1)

    @property
    def rho(self) -> float:
        """Of final use."""
        pull, state = self.pull, self.state
        basket = pull.at.use.basket[:, :, 0]
        less = steeper(basket, state.log_price, state.index, 1.0 - self.system.rho)
        direct = (pull.final * (state.log_price - state.index)).sum()
        return float(-direct - (pull.index * less).sum())

    @property
    def phi(self) -> Array:
        """[j, n] mobile shares; NaN in sectors without a specific factor anywhere."""
        pull, system, at = self.pull, self.system, self.pull.at
        found = np.full(pull.cost.shape, np.nan)
        curves, j = system.curves, at.picked
        if curves is None:
            return found
        before = self.asked.calibration.value_added.T[j]
        paid = before * np.exp(self.state.log_wage) - self.state.value_added[j]
        free = ~np.broadcast_to(curves.imposed, paid.shape)
        moved = pull.intercept[j] * self._curve(_phi_terms(curves))
        found[j] = np.where(free, pull.factors * paid + moved, 0.0)
        return found

    def _curve(self, terms: tuple[Array, ...] | list[Array]) -> Array:
        """[k, n] what changes of level, supply and bend do to a supply curve."""
        state, at, j = self.state, self.pull.at, self.pull.at.picked
        cost = state.log_cost[j]
        level, supply, bend = terms
        ratio = state.output[j] / np.where(self.system.output[j] > 0, self.system.output[j], 1.0)
        sales = np.log(np.where(ratio > 0, ratio, 1.0)) + at.theta[j] * cost
        return level * state.log_wage + supply * sales - bend * cost

    def _curve_terms(self) -> tuple[Array, Array, Array, Array]:
        """Derivatives [k, n]: of bend to theta; of level, supply and bend to eta."""
        curves = self.system.curves
        assert curves is not None
        part = curves.specific / (1.0 - curves.specific * (1.0 - curves.eta))
        level, supply, bend = slopes(curves)
        some = curves.specific > 0
        return part, -part * level * some, -part * supply, -part - part * bend


def _phi_terms(curves: Curves) -> tuple[Array, Array, Array]:
    """Derivatives of level, supply and bend of supply curves to the mobile share, [k, n]."""
    scale = 1.0 - curves.specific * (1.0 - curves.eta)
    less = (1.0 - curves.eta) / scale
    supply = -(1.0 + curves.specific * less) / scale
    return (1.0 - curves.phi * less) / scale, supply, (curves.theta + 1.0 - curves.eta) * supply
