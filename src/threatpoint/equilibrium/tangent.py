"""The derivative of the map at one state, in many directions at once.

Each step is the differential of the one in `evaluation`, in the same order; directions stand on a
last axis m, logs for levels in logs. At the state no bound is in force and nobody is paid between
the border and the producer, as at a baseline. Source: total differential of section 1 of the
theory. Numbers are in single precision: it guides steps, it decides no answer.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from threatpoint.equilibrium.supply import slopes

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Floats, Positions
    from threatpoint.equilibrium.state import State
    from threatpoint.equilibrium.system import System

SINGLE = np.float32
ONE = SINGLE(1.0)


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


Taken = Callable[["Moved", "Floats"], "Floats"]
"""From an image, and what it is of, to what bounds take from it: [m, directions]."""


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
        self.system, self.state, self.terms = system, state, Terms.of(system)
        own = np.arange(system.shape[1])
        share, money = system.A_off.copy(), system.B_off.copy()
        share[:, own, own], money[:, own, own] = system.A_own, system.B_own
        strength = np.exp(-system.theta * state.log_cost)
        self.per_unit, self.strength = state.expenditure / state.competitiveness, strength
        share *= strength[:, None, :]
        share /= state.competitiveness[:, :, None]
        self.bought = _single(share)
        demand = state.expenditure * np.exp(system.theta * state.log_price)
        wanted = np.multiply(money, demand[:, :, None], out=share)
        self.wanted = _single(wanted.transpose(0, 2, 1) / _above(wanted.sum(axis=1))[:, :, None])
        money *= strength[:, None, :]
        money *= self.per_unit[:, :, None]
        self.sold = _single(money.transpose(0, 2, 1) / _above(state.output)[:, :, None])
        self.home = _single(money[:, own, own])[:, :, None]
        money[:, own, own] = 0.0
        self.crossing = _single(money)
        self.abroad, self.arriving = (self.crossing.sum(axis=k)[:, :, None] for k in (1, 2))
        self.follow = _single(system.follow)[:, :, None]
        self.output = _single(_above(state.output))[:, :, None]
        self.use, self.money = Use(system, state), Money(system, state, self.crossing)

    def at(self, system: System) -> Tangent:
        """The same levels with the elasticities of a system, or of several side by side.

        True at a baseline, whose shares no elasticity touches. With several, direction k is that
        of system k.
        """
        other = copy(self)
        other.terms = Terms.of(system)
        return other

    @property
    def theta(self) -> Floats:
        """Trade elasticities, [j, 1]."""
        found: Floats = self.terms.theta[..., 0]
        return found

    # each step of the map, in its order

    def image(self, moved: Directions, push: Push | None = None) -> Moved:
        """What follows from some directions."""
        bundle = np.matmul(self.use.inputs, moved.price.transpose(1, 0, 2)).transpose(1, 0, 2)
        cost, value = self._costs(moved, bundle, push)
        price = self._over_sellers(self.bought, cost)
        if push is not None:
            price = price - push.worth / self.terms.theta
        trade = self._trade(moved, cost, price, push)
        income, change, scale = self._income(moved, cost, value, trade)
        spend = self.use.spending(self.terms, moved, bundle, cost, trade.output, income)
        follow = self.follow * change - scale
        flat = (-1, moved.wage.shape[-1])
        step = np.concatenate(
            [
                change - scale,
                (price - moved.price + follow).reshape(flat),
                (spend - moved.spend + follow).reshape(flat),
            ]
        )
        return Moved(cost, price, step)

    def _costs(self, moved: Directions, bundle: Floats, push: Push | None) -> tuple[Floats, Floats]:
        """(d log c, d log v)."""
        terms, made = self.terms, self.use.made
        value: Floats = np.broadcast_to(moved.wage, bundle.shape).copy()
        cost = made * value + (ONE - made) * bundle
        if terms.curve is None:
            return cost, value
        pick, (level, supply, bend) = terms.pick, terms.curve
        wanted = (moved.spend + terms.theta * moved.price)[pick]
        sales = self._over_buyers(self.wanted[pick], wanted)
        if push is not None:
            sales = sales + push.wanted[pick]
        a = level * moved.wage + supply * sales
        here = made[pick]
        cost[pick] = (here * a + (ONE - here) * bundle[pick]) / (ONE + here * bend)
        value[pick] = a - bend * cost[pick]
        if (j := terms.given) is not None:
            cost[j] = 0.0
            value[j] = (ONE - ONE / _above(made[j])) * bundle[j]
        return cost, value

    def _trade(self, moved: Directions, cost: Floats, price: Floats, push: Push | None) -> Trade:
        """What crosses borders, and what does not."""
        theta = self.terms.theta
        demand, dearer = moved.spend + theta * price, theta * cost
        wanted = self._over_buyers(self.sold, demand)
        output = wanted - dearer
        more, less = self._across(wanted, demand, dearer)
        exports, imports = more - self.abroad * dearer, self.arriving * demand - less
        home = self.home * (demand - dearer)
        abroad, arriving, kept = (x.sum(axis=0) for x in (exports, imports, home))
        if push is None:
            return Trade(output, abroad, arriving, kept, 0.0 * abroad, 0.0 * abroad)
        output = output + push.sold / self.output
        abroad, arriving = abroad + push.sold.sum(axis=0), arriving + push.bought.sum(axis=0)
        paid = push.earned.sum(axis=0), push.owed.sum(axis=0)
        return Trade(output, abroad, arriving, kept, *paid)

    def _across(self, wanted: Floats, demand: Floats, dearer: Floats) -> tuple[Floats, Floats]:
        """What sellers sell more abroad by demand, and buyers buy less there by costs, money."""
        sold = self._over_buyers(self.crossing.transpose(0, 2, 1), demand)
        return sold, self._over_sellers(self.crossing, dearer)

    @staticmethod
    def _over_sellers(shares: Floats, values: Floats) -> Floats:
        """Sum over sellers i of shares [j, n, i] times values [j, i, m]: [j, n, m]."""
        return np.matmul(shares, values)

    @staticmethod
    def _over_buyers(shares: Floats, values: Floats) -> Floats:
        """Sum over buyers n of shares [j, i, n] times values [j, n, m]: [j, i, m]."""
        return np.matmul(shares, values)

    def _income(
        self, moved: Directions, cost: Floats, value: Floats, trade: Trade
    ) -> tuple[Floats, Floats, Floats]:
        """(d final expenditure, d log w by the imbalance, that of the numeraire), [n, m]."""
        money = self.money
        factors = self._factors(moved, cost, value, trade.output)
        spent = (money.expenditure * moved.spend).sum(axis=0)
        revenue = spent - trade.imports - trade.home - trade.owed
        deficit = money.deficit(factors)
        gap = money.gap(trade.exports + trade.earned, trade.imports + trade.owed, deficit)
        return (
            factors + revenue + trade.earned + deficit,
            self.terms.step * gap,
            money.drift(factors),
        )

    def _factors(self, moved: Directions, cost: Floats, value: Floats, output: Floats) -> Floats:
        """D factor income, money."""
        terms, money = self.terms, self.money
        mobile = money.wage * terms.mobile * moved.wage
        if terms.curve is None:
            return mobile
        output, cost, value = (x[terms.pick] for x in (output, cost, value))
        added, phi = (x[terms.pick] for x in (money.added, terms.phi))
        eta = terms.eta if len(terms.eta) == 1 else terms.eta[terms.pick]
        more = added * (output + (ONE - eta) * (value - cost))
        return mobile + ((ONE - phi) * more).sum(axis=0)


class Money:
    """Each country's accounts at one state."""

    def __init__(self, system: System, state: State, crossing: Floats) -> None:
        self.expenditure = _single(state.expenditure)[:, :, None]
        self.added = _single(state.value_added)[:, :, None]
        self.wage = _single(np.exp(state.log_wage))[:, None]
        self.proportional = system.closure == "proportional"
        self.blocs, self.share = system.blocs, system.deficit_share
        self.income = state.income - state.revenue - state.deficit - state.charges
        self.of_bloc = _single(system.blocs @ self.income)[:, None]
        self.inward = _single(state.deficit > 0)[:, None]
        sums = crossing.sum(axis=(0, 1)), crossing.sum(axis=(0, 2))
        self.received, self.paid = (
            _single(_above(x + np.maximum(side * state.deficit, 0.0)))[:, None]
            for x, side in zip(sums, (1.0, -1.0), strict=True)
        )

    def gap(self, earned: Floats, owed: Floats, deficit: Floats) -> Floats:
        """D of the imbalance of trade, in logs, [n, m]."""
        found = (earned + self.inward * deficit) / self.received
        return found - (owed - (ONE - self.inward) * deficit) / self.paid

    def drift(self, factors: Floats) -> Floats:
        """D of each country's bloc's factor income, in logs, [n, m]."""
        blocs = _single(self.blocs)
        return blocs.T @ ((blocs @ factors) / self.of_bloc)

    def deficit(self, factors: Floats) -> Floats:
        """D of the deficit, by closure: in proportion to factor income, each bloc's sum at 0."""
        if not self.proportional:
            return np.zeros_like(factors)
        blocs = self.blocs
        excess = (blocs @ (self.share * self.income)) / (blocs @ self.income)
        net = _single(self.share - excess @ blocs)[:, None] * factors
        more = (_single(blocs) @ net) / self.of_bloc
        return net - _single(self.income)[:, None] * (_single(blocs).T @ more)


class Use:
    """Who buys what: inputs and final use at one state, in numbers of one precision."""

    def __init__(self, system: System, state: State, kind: type = SINGLE) -> None:
        s, epsilon = len(system.gamma), 1.0 - np.reshape(system.epsilon, -1)
        shares = system.shares.reshape(len(system.shares), -1, s, s).sum(axis=1)
        spent = _above(state.expenditure * np.exp(state.spend_gap))
        power = epsilon * (state.log_price.T[:, :, None] - state.bundle.T[:, None])
        self.inputs = _as(kind, (shares * np.exp(power)).transpose(0, 2, 1))
        made = system.gamma * np.exp((1.0 - system.eta) * (state.log_value - state.log_cost))
        self.made = _as(kind, made)[:, :, None]
        basket = system.alpha * np.exp((1.0 - system.rho) * (state.log_price - state.index))
        self.basket = _as(kind, basket)[:, :, None]
        self.final = _as(kind, basket * state.income / spent)[:, :, None]
        self.income = _as(kind, state.income)[:, None]
        gaps = (1.0 - system.eta) * (state.bundle - state.log_cost)
        used = (1.0 - system.gamma) * state.output * np.exp(gaps - epsilon[:, None] * state.bundle)
        dearer = np.exp(epsilon * state.log_price.T[:, :, None]) / spent.T[:, :, None]
        self.part = _as(kind, shares * used.T[:, None, :] * dearer)
        self.all = _as(kind, self.part.sum(axis=2).T)[:, :, None]

    def spending(
        self,
        terms: Terms,
        moved: Directions,
        bundle: Floats,
        cost: Floats,
        output: Floats,
        income: Floats,
    ) -> Floats:
        """D log X' [j, n, m]: final use and inputs."""
        rho, eta, epsilon = (ONE - x for x in (terms.rho, terms.eta, terms.epsilon))
        more, by_user = income / self.income, output
        if rho.any():
            index = (self.basket * moved.price).sum(axis=0)
            more = rho * (moved.price - index) + more
        if eta.any():
            by_user = by_user + eta * (bundle - cost)
        if epsilon.any():
            by_user = by_user - epsilon * bundle
        inputs = np.matmul(self.part, by_user.transpose(1, 0, 2)).transpose(1, 0, 2)
        spend = self.final * more + inputs
        return spend + self._within(epsilon, moved) * moved.price if epsilon.any() else spend

    def _within(self, epsilon: Floats, moved: Directions) -> Floats:
        """Part of a good's spending that is inputs, times its users' 1 - epsilon, [k, n, m].

        A product of one width whatever systems stand beside each other: so each has its bits.
        """
        if len(epsilon) == 1:
            return self.all * epsilon
        each = np.broadcast_to(epsilon[:, 0], (len(epsilon), moved.wage.shape[-1]))
        return np.matmul(self.part, np.ascontiguousarray(each)).transpose(1, 0, 2)


@dataclass(frozen=True, eq=False)
class Terms:
    """What elasticities and supply make of the shares; the last axis is 1, or that of systems.

    Attributes:
        theta: [j, 1, m]. eta, epsilon: [1, 1, m], or [j, 1, m] by user; rho: [1, 1, m].
        step: [1, m]. mobile: [n, m].
        phi: [j, n, m] mobile share.
        pick: positions of the sectors with a specific factor, or prices given; curve: level, supply
            and bend of their supply curves (`supply.slopes`), None if there are none.
        given: position of the sector whose prices are given; None if there is none.
    """

    theta: Floats
    eta: Floats
    epsilon: Floats
    rho: Floats
    step: Floats
    mobile: Floats
    phi: Floats
    pick: Positions | slice
    curve: tuple[Floats, Floats, Floats] | None
    given: int | None = None

    @classmethod
    def of(cls, system: System) -> Terms:
        """Those of a system, or of several with a leading axis."""
        curves, pick = system.curves, system.place.argmax(axis=0)
        if len(pick) == len(system.place):
            pick = slice(None)  # copies nothing
        curve, given = None, None
        if curves is not None:
            level, supply, bend = (_last(x, 2) for x in slopes(curves))
            curve = level, supply, bend
            if curves.price is not None:
                given = int(np.matmul(system.place, 1.0 * curves.imposed).argmax())
        one = {name: _last(getattr(system, name), 2) for name in ("eta", "epsilon", "rho")}
        return cls(
            theta=_last(system.theta, 2),
            **one,
            step=_last(system.step, 1),
            mobile=_last(system.mobile, 1),
            phi=_last(system.phi, 2),
            pick=pick,
            curve=curve,
            given=given,
        )


def _last(values: Array | float, axes: int) -> Floats:
    """Numbers with these axes, those of several systems on the last; a number alone on all."""
    values = np.asarray(values)
    if values.ndim == 0:
        values = values.reshape((1,) * axes)
    return _single(np.moveaxis(values, 0, -1) if values.ndim > axes else values[..., None])


def directions(system: System, moved: Floats) -> Directions:
    """Directions of the stacked state without bounds, [size, m]."""
    s, n = system.shape
    price, spend = (moved[k : k + s * n].reshape(s, n, -1) for k in (n, n + s * n))
    return Directions(moved[:n], price, spend)


def every_direction(system: System) -> Directions:
    """The unit directions of the stacked state without bounds."""
    s, n = system.shape
    return directions(system, np.eye(n + 2 * s * n, dtype=SINGLE))


def no_direction(system: System, count: int) -> Directions:
    """`count` directions in which wages, prices and spending stay."""
    s, n = system.shape
    still = np.zeros((s, n, count), dtype=SINGLE)
    return Directions(still[0], still, still)


def _single(values: Any) -> Floats:
    return _as(SINGLE, values)


def _as(kind: Any, values: Any) -> Any:
    """Values in numbers of one precision."""
    return np.ascontiguousarray(values).astype(kind, copy=False)


def _above(values: Floats) -> Floats:
    """Values above 0; 1 where there are none, which multiplies nothing."""
    return np.where(values > 0, values, 1.0)
