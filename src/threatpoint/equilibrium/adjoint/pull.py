"""The transposed pass: from weights on the map's steps to weights on what goes into it.

Each part is the transpose of one in `evaluation`, in the opposite order. For weights r on the rows
of advance(z) - z and an outcome h, it gives the derivative of r . (advance(z) - z) + h to the
stacked state; and, kept for later, that to unit costs, supply curves, market shares and flows, from
which those to all parameters follow. Source: reverse accumulation (Griewank & Walther 2008,
Evaluating Derivatives, chapter 3), written out by hand for section 1 of the theory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.supply import slopes
from threatpoint.equilibrium.system import split

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.adjoint.direct import Direct
    from threatpoint.equilibrium.adjoint.levels import Levels
    from threatpoint.equilibrium.state import Unknowns


class Pull:
    """Derivatives to the levels of a state; logs where the level is one, else money.

    Attributes:
        wage [n]; price, spend, bundle, cost, value [j, n]: to the logs of w, P, X, q, c and v.
        bound: [K] to the unknowns of bounds, 0 before `bounds.Pulled`.
        added: [j, n] to the log of value added.
        worth: [j, n] to log competitiveness; force: [j, n] to the log of a seller's strength.
        sold: [j, n] to output, money; meets: [j, n] to what buyers would pay a seller at c = 1,
            over its output: it moves with supply curves.
        factors, revenue, earned, owed, charged, charges, waste: [n] to each country's money.
    """

    def __init__(self, at: Levels, rows: Array, direct: Direct) -> None:
        self.at, self.direct = at, direct
        self.row = row = split(at.system, rows)
        self.price, self.spend = direct.price - row.log_price, -row.log_spend
        self.cost, self.value, self.bundle, self.bound = (
            np.zeros_like(x) for x in (self.price, self.price, self.price, row.bound)
        )
        self.wage = np.zeros_like(row.log_wage)
        self._spending(np.where(at.live, row.log_spend, 0.0))
        self._accounts(row)
        self._value_added()
        self._trade(row)
        self._costs()
        self.price += np.matmul(at.use.inputs.mT, self.bundle.T[:, :, None])[:, :, 0].T

    @property
    def state(self) -> Array:
        """The derivative to the stacked state."""
        return np.concatenate([self.wage, self.price.ravel(), self.spend.ravel(), self.bound])

    def _spending(self, next_spend: Array) -> None:
        """Of final use and inputs."""
        use, system = self.at.use, self.at.system
        final, part = next_spend * use.final[:, :, 0], use.part
        self.final, self.income = final, final.sum(axis=0) / self.at.state.income
        self.index = self.direct.index - (1.0 - system.rho) * self.income * self.at.state.income
        self.price += (1.0 - system.rho) * final + self.index * use.basket[:, :, 0]
        self.next_spend = next_spend
        self.used = np.matmul(next_spend.T[:, None, :], part)[:, 0, :].T
        by_user = 1.0 - np.broadcast_to(system.epsilon, self.used.shape)
        within = np.matmul(part, by_user.T[:, :, None])[:, :, 0].T
        self.price += next_spend * within
        less = (1.0 - system.eta) * self.used
        self.bundle += less - by_user * self.used
        self.cost -= less
        self.log_output = self.used.copy()

    def _accounts(self, row: Unknowns) -> None:
        """Of incomes, balances of trade and the numeraire."""
        at, system, direct = self.at, self.at.system, self.direct
        both = row.log_price + row.log_spend
        balance = system.step * (row.log_wage + (system.follow * both).sum(axis=0))
        income = self.income + direct.income
        earned, paid = (balance * x for x in at.account)
        self.revenue = income + direct.revenue
        self.charges, self.waste = income + direct.charges + earned, direct.waste
        self.earned, self.owed = earned, -paid
        self.charged = self.owed - self.revenue
        inward = at.state.deficit > 0
        deficit = income + inward * earned + ~inward * paid
        blocs = system.blocs
        drift = blocs @ -(row.log_wage + both.sum(axis=0))
        of_bloc = blocs @ at.income
        self.factors = income + self._deficit(deficit) + (drift / of_bloc) @ blocs
        self.total_income = income

    def _deficit(self, deficit: Array) -> Array:
        """[n] to factor income through deficits that follow it."""
        system, income = self.at.system, self.at.income
        if system.closure != "proportional":
            return np.zeros_like(income)
        blocs, share = system.blocs, system.deficit_share
        of_bloc = blocs @ income
        excess = (blocs @ (share * income)) / of_bloc
        less = -(blocs @ (income * deficit)) / of_bloc
        return deficit * (share - excess @ blocs) + (less @ blocs) * (share - excess @ blocs)

    def _value_added(self) -> None:
        """Of factor income: the mobile factor's, and rents where there are any."""
        at, system = self.at, self.at.system
        self.wage += self.factors * np.exp(at.state.log_wage) * system.mobile
        self.added = np.zeros_like(self.price)
        if system.curves is None:
            return
        self.added = (1.0 - system.phi) * at.state.value_added * self.factors
        more = (1.0 - system.eta) * self.added
        self.log_output = self.log_output + self.added
        self.value += more
        self.cost -= more

    def _trade(self, row: Unknowns) -> None:
        """Of all flows, through what a buyer spends per unit and a seller's strength."""
        at, direct = self.at, self.direct
        self.sold = np.where(at.state.output > 0, self.log_output / at.output, 0.0) + direct.output
        self.abroad = self.earned + direct.sales
        net = self.owed - self.revenue
        per_unit = _over(at.trade, self.sold + self.abroad) - at.home * self.abroad
        per_unit += at.arriving * self.owed - at.spent * self.revenue
        force = at.output * self.sold * (at.state.output > 0) + at.abroad * self.abroad
        force += _down(net, at.trade) - at.home * self.owed
        per_unit, force = self._charges(per_unit, force)
        self._bound_markets(row, per_unit, force)
        self.worth = -per_unit - row.log_price / at.theta
        self.force = force + _down(self.worth, at.bought)
        self.spend += per_unit + at.state.expenditure * self.revenue
        self.cost -= at.theta * self.force

    def _charges(self, per_unit: Array, force: Array) -> tuple[Array, Array]:
        """The same of what the exporter's side takes."""
        j = self.at.charged
        if len(j):
            taken, used = self.at.charges
            both = taken * (self.charged[:, None] + self.charges) + used * self.waste
            per_unit[j] += both.sum(axis=2)
            force[j] += both.sum(axis=1)
        return per_unit, force

    def _bound_markets(self, row: Unknowns, per_unit: Array, force: Array) -> None:
        """Of the volumes that bounds in force hold."""
        apart = self.at.system.apart
        if apart is None:
            return
        gap = np.where(self.at.binding, row.bound, 0.0)
        j, n, i = (x[apart.of_cell] for x in apart.flow)
        np.add.at(per_unit, (j, n), gap)
        np.add.at(force, (j, i), gap)
        np.add.at(self.cost, (j, i), -gap)
        self.gap = gap

    def _costs(self) -> None:
        """Of unit costs: Cobb-Douglas or CES of value added and inputs, or where supply meets
        demand.
        """
        system = self.at.system
        self.root, self.intercept = self.cost.copy(), np.zeros_like(self.cost)
        self.meets, made = np.zeros_like(self.cost), self.at.made
        wage = self.value + made * self.cost
        inputs = (1.0 - made) * self.cost
        if system.curves is not None:
            self._curves(wage, inputs)
        self.wage += wage.sum(axis=0)
        self.bundle += inputs

    def _curves(self, wage: Array, inputs: Array) -> None:
        """The same of sectors with a supply curve, or with prices given."""
        at, j, curves = self.at, self.at.picked, self.at.system.curves
        assert curves is not None
        level, supply, bend = slopes(curves)
        made, cost, value = at.made[j], self.cost[j], self.value[j]
        root = (cost - bend * value) / (1.0 + made * bend)
        intercept = made * root + value
        if curves.price is not None:
            free = ~curves.imposed
            root, intercept = root * free, intercept * free
        inputs[j], wage[j] = (1.0 - made) * root, level * intercept
        meets = supply * intercept
        if curves.price is not None:
            some = np.where(made > 0, made, 1.0)
            inputs[j] += curves.imposed * (1.0 - 1.0 / some) * value
        self.root[j], self.intercept[j], self.meets[j] = root, intercept, meets
        self.meets[j] = np.where(at.state.output[j] > 0, meets, 0.0)
        wanted = _over(at.trade, self.meets / at.output)
        self.spend += wanted
        self.price += at.theta * wanted
        self.wanted = wanted


def _over(flows: Array, sellers: Array) -> Array:
    """Sum over sellers of flows [j, n, i] times numbers [j, i]: [j, n]."""
    return np.matmul(flows, sellers[:, :, None])[:, :, 0]


def _down(buyers: Array, flows: Array) -> Array:
    """Sum over buyers of numbers [n] or [j, n] times flows [j, n, i]: [j, i]."""
    return np.matmul(buyers[..., None, :], flows)[:, 0, :]
