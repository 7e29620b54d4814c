"""The derivative of the map at one state, in many directions at once.

Each step is the differential of the one in `evaluation`, in the same order; directions stand on a
last axis m, logs for levels in logs. At the state no bound is in force and nobody is paid between
the border and the producer, as at a baseline. Source: total differential of section 1 of the
theory. Numbers are in single precision: it guides steps, it decides no answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from threatpoint.equilibrium.supply import slopes

if TYPE_CHECKING:
    from threatpoint.array_types import Floats
    from threatpoint.equilibrium.state import State
    from threatpoint.equilibrium.system import System

SINGLE = np.float32


class Directions(NamedTuple):
    """What moves: d log w [n, m], d log P and d log X [j, n, m]."""

    wage: Floats
    price: Floats
    spend: Floats


@dataclass(frozen=True, eq=False)
class Moved:
    """What follows: d of log c, log P' and the stacked image less the state, [.., m]."""

    cost: Floats
    price: Floats
    step: Floats


@dataclass(frozen=True, eq=False)
class Push:
    """What moves weights themselves: [j, n, m] or [j, i, m], money or logs.

    Attributes:
        worth: d log of competitiveness at given costs.
        wanted: d log of sales at given prices, as `costs` sees them.
        sold: d money that producers get, by seller; bought: the same, by buyer.
        earned: d money the exporter's side takes, by seller; owed: the same, by buyer.
    """

    worth: Floats
    wanted: Floats
    sold: Floats
    bought: Floats
    earned: Floats
    owed: Floats


@dataclass(frozen=True, eq=False)
class Trade:
    """D log output [j, n, m]; d money by country [n, m]: exports, imports, sales at home, and what
    the exporter's side takes, by seller and by buyer.
    """

    output: Floats
    exports: Floats
    imports: Floats
    home: Floats
    earned: Floats
    owed: Floats


class Tangent:
    """Shares and levels of one state, for the derivative of the map there."""

    def __init__(self, system: System, state: State) -> None:
        self.system, self.state = system, state
        own = np.arange(system.shape[1])
        A, B = system.A_off.copy(), system.B_off.copy()
        A[:, own, own], B[:, own, own] = system.A_own, system.B_own
        strength = np.exp(-system.theta * state.log_cost)
        self.per_unit, self.strength = state.expenditure / state.competitiveness, strength
        self.bought = _single(A * strength[:, None, :] / state.competitiveness[:, :, None])
        money = B * strength[:, None, :] * self.per_unit[:, :, None]
        self.sold = _single(money.transpose(0, 2, 1) / _above(state.output)[:, :, None])
        wanted = B * (state.expenditure * np.exp(system.theta * state.log_price))[:, :, None]
        self.wanted = _single(wanted.transpose(0, 2, 1) / _above(wanted.sum(axis=1))[:, :, None])
        self.home = _single(money[:, own, own])
        money[:, own, own] = 0.0
        self.crossing = _single(money)
        self.theta = _single(system.theta)

    # each step of the map, in its order

    def image(self, moved: Directions, push: Push | None = None) -> Moved:
        """What follows from some directions."""
        bundle = self._bundle(moved.price)
        cost, value = self._costs(moved, bundle, push)
        price = np.matmul(self.bought, cost)
        if push is not None:
            price = price - push.worth / self.theta[:, :, None]
        trade = self._trade(moved, cost, price, push)
        income, change, scale = self._income(moved, cost, value, trade)
        spend = self._spending(moved, bundle, cost, trade.output, income)
        follow = _single(self.system.follow)[:, :, None] * change - scale
        flat = (-1, moved.wage.shape[-1])
        step = np.concatenate(
            [
                change - scale,
                (price - moved.price + follow).reshape(flat),
                (spend - moved.spend + follow).reshape(flat),
            ]
        )
        return Moved(cost, price, step)

    def _bundle(self, price: Floats) -> Floats:
        """D log q [j, n, m]."""
        system, state = self.system, self.state
        power = (1.0 - system.epsilon) * (state.log_price.T[:, :, None] - state.bundle.T[:, None])
        shares = _single(system.shares * np.exp(power))
        return np.matmul(shares.transpose(0, 2, 1), price.transpose(1, 0, 2)).transpose(1, 0, 2)

    def _costs(self, moved: Directions, bundle: Floats, push: Push | None) -> tuple[Floats, Floats]:
        """(d log c, d log v)."""
        system = self.system
        made = _single(self._made())[:, :, None]
        value: Floats = np.broadcast_to(moved.wage, bundle.shape).copy()
        cost = made * value + (1.0 - made) * bundle
        if system.curves is None:
            return cost, value
        pick = system.place.argmax(axis=0)
        wanted = (moved.spend + self.theta[:, :, None] * moved.price)[pick]
        sales = np.matmul(self.wanted[pick], wanted)
        if push is not None:
            sales = sales + push.wanted[pick]
        moving = system.curves.spare <= 0  # idle capacity holds the price while it lasts
        level, supply, bend = (_single(x * moving)[:, :, None] for x in slopes(system.curves))
        a = level * moved.wage + supply * sales
        here = made[pick]
        cost[pick] = (here * a + (1.0 - here) * bundle[pick]) / (1.0 + here * bend)
        value[pick] = a - bend * cost[pick]
        return cost, value

    def _made(self) -> Floats:
        """Share of value added in unit costs, [j, n]."""
        gap = self.state.log_value - self.state.log_cost
        return self.system.gamma * np.exp((1.0 - self.system.eta) * gap)

    def _trade(self, moved: Directions, cost: Floats, price: Floats, push: Push | None) -> Trade:
        """What crosses borders, and what does not."""
        theta = self.theta[:, :, None]
        demand, dearer = moved.spend + theta * price, theta * cost
        output = np.matmul(self.sold, demand) - dearer
        crossing = self.crossing
        sold, bought = (crossing.sum(axis=k)[:, :, None] for k in (1, 2))
        exports = np.matmul(crossing.transpose(0, 2, 1), demand) - sold * dearer
        imports = bought * demand - np.matmul(crossing, dearer)
        home = self.home[:, :, None] * (demand - dearer)
        abroad, arriving, kept = (x.sum(axis=0) for x in (exports, imports, home))
        if push is None:
            return Trade(output, abroad, arriving, kept, 0.0 * abroad, 0.0 * abroad)
        output = output + push.sold / _single(_above(self.state.output))[:, :, None]
        abroad, arriving = abroad + push.sold.sum(axis=0), arriving + push.bought.sum(axis=0)
        paid = push.earned.sum(axis=0), push.owed.sum(axis=0)
        return Trade(output, abroad, arriving, kept, *paid)

    def _income(
        self, moved: Directions, cost: Floats, value: Floats, trade: Trade
    ) -> tuple[Floats, Floats, Floats]:
        """(d final expenditure, d log w by the imbalance, that of the numeraire), [n, m]."""
        system, state = self.system, self.state
        blocs = _single(system.blocs)
        factors = self._factors(moved, cost, value, trade.output)
        spent = (_single(state.expenditure)[:, :, None] * moved.spend).sum(axis=0)
        revenue = spent - trade.imports - trade.home - trade.owed
        deficit = self._deficit(factors)
        earned, owed = trade.exports + trade.earned, trade.imports + trade.owed
        sums = self.crossing.sum(axis=(0, 1)), self.crossing.sum(axis=(0, 2))
        received, paid = (
            _above(x + np.maximum(side * state.deficit, 0.0))[:, None]
            for x, side in zip(sums, (1.0, -1.0), strict=True)
        )
        inward = (state.deficit > 0)[:, None]
        gap = (earned + inward * deficit) / _single(received)
        gap = gap - (owed - ~inward * deficit) / _single(paid)
        drift = (blocs @ factors) / _single(system.blocs @ self._factor_income())[:, None]
        return (
            factors + revenue + trade.earned + deficit,
            SINGLE(system.step) * gap,
            blocs.T @ drift,
        )

    def _factor_income(self) -> Floats:
        state = self.state
        return state.income - state.revenue - state.deficit - state.charges

    def _factors(self, moved: Directions, cost: Floats, value: Floats, output: Floats) -> Floats:
        """D factor income, money."""
        system, state = self.system, self.state
        mobile = _single(np.exp(state.log_wage) * system.mobile)[:, None] * moved.wage
        if system.curves is None:
            return mobile
        added = _single(state.value_added)[:, :, None]
        added = added * (output + SINGLE(1.0 - system.eta) * (value - cost))
        held = np.matmul(system.place, system.curves.pinned)
        share = system.phi * np.exp(held * (state.log_wage - state.log_value))
        pinned = _single(held * share * state.value_added)[:, :, None]
        rent = _single(1.0 - share)[:, :, None] * added - pinned * (moved.wage - value)
        return mobile + rent.sum(axis=0)

    def _deficit(self, factors: Floats) -> Floats:
        """D of the deficit, by closure: in proportion to factor income, each bloc's sum at 0."""
        system = self.system
        if system.closure != "proportional":
            return np.zeros_like(factors)
        blocs, income = system.blocs, self._factor_income()
        share = system.deficit_share
        excess = (blocs @ (share * income)) / (blocs @ income)
        net = _single(share - excess @ blocs)[:, None] * factors
        more = (_single(blocs) @ net) / _single(blocs @ income)[:, None]
        return net - _single(income)[:, None] * (_single(blocs).T @ more)

    def _spending(
        self, moved: Directions, bundle: Floats, cost: Floats, output: Floats, income: Floats
    ) -> Floats:
        """D log X' [j, n, m]: final use and inputs."""
        system, state = self.system, self.state
        rho, eta, epsilon = (SINGLE(1.0 - x) for x in (system.rho, system.eta, system.epsilon))
        spent = _above(state.expenditure * np.exp(state.spend_gap))
        basket = system.alpha * np.exp((1.0 - system.rho) * (state.log_price - state.index))
        index = (_single(basket)[:, :, None] * moved.price).sum(axis=0)
        final = _single(basket * state.income / spent)[:, :, None]
        more = final * (rho * (moved.price - index) + income / _single(state.income)[:, None])
        gaps = (1.0 - system.eta) * (state.bundle - state.log_cost)
        used = (1.0 - system.gamma) * state.output * np.exp(gaps - epsilon * state.bundle)
        dearer = np.exp(epsilon * state.log_price) / spent
        part = _single(system.shares * used.T[:, None, :] * dearer.T[:, :, None])
        by_user = output + eta * (bundle - cost) - epsilon * bundle
        inputs = np.matmul(part, by_user.transpose(1, 0, 2)).transpose(1, 0, 2)
        return more + inputs + _single(part.sum(axis=2).T)[:, :, None] * epsilon * moved.price


def every_direction(system: System) -> Directions:
    """The unit directions of the stacked state without bounds."""
    s, n = system.shape
    one = np.eye(n + 2 * s * n, dtype=SINGLE)
    price, spend = (one[k : k + s * n].reshape(s, n, -1) for k in (n, n + s * n))
    return Directions(one[:n], price, spend)


def no_direction(system: System, count: int) -> Directions:
    """`count` directions in which wages, prices and spending stay."""
    s, n = system.shape
    still = np.zeros((s, n, count), dtype=SINGLE)
    return Directions(still[0], still, still)


def _single(values: Any) -> Floats:
    return np.ascontiguousarray(values, dtype=SINGLE)


def _above(values: Floats) -> Floats:
    """Values above 0; 1 where there are none, which multiplies nothing."""
    return np.where(values > 0, values, 1.0)
